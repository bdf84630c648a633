"""Packages in: read as files from elsewhere, verified, and united with a project; and new projects out of assignments."""

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from annotator import portable, purging, secrecy, settings
from annotator.errors import AnnotatorError, Damaged, Refused
from annotator.fieldwork import archive, keys
from annotator.fieldwork.choosing import kept_back
from annotator.fieldwork.manifest import NAMES, EntityEntry, Manifest, check_word, entities, parsed, signer
from annotator.model import FORMAT, Change, Edit, Entity, entity_id
from annotator.packages import (
    UNREADABLE,
    Package,
    Receipt,
    contents_named,
    must_be_understood,
    must_be_whole,
    read_line,
)
from annotator.project import Project
from annotator.revisions import Revision

Progress = Callable[[int, int], None]
LOG = "log.jsonl"
LINES = 2000  # read between two words on how far it is


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Looks for no garbage meanwhile: among hundreds of thousands of revisions that takes a third of the time, and there is
    none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class Arrived(NamedTuple):
    """A package that was read and found whole."""

    path: Path
    manifest: Manifest
    package: Package
    entities: tuple[EntityEntry, ...]
    word: str  # to check with the sender


@dataclass(frozen=True)
class Received:
    """What came of some packages: those that were taken in with their receipts, those that were not with the reason, and
    what a person should know."""

    arrived: list[tuple[Arrived, Receipt]] = field(default_factory=list)
    failures: list[tuple[Path, AnnotatorError]] = field(default_factory=list)
    notes: list[AnnotatorError] = field(default_factory=list)


def read(
    path: Path, *, progress: Progress = lambda done, total: None, cancelled: Callable[[], bool] = lambda: False
) -> Arrived:
    """Reads and verifies a package: its signature, the hash of each part and of every revision. Raises Damaged or Refused."""
    with _undisturbed():
        return _read(path, progress, cancelled)


def _read(path: Path, progress: Progress, cancelled: Callable[[], bool]) -> Arrived:
    unpacked = archive.opened(path)
    with unpacked.zip:
        key = signer(unpacked.manifest, path.name)
        if not keys.is_signed(key, unpacked.manifest, unpacked.signature.decode("ascii", "replace")):
            raise Damaged("package.not_signed", name=path.name)
        manifest = parsed(unpacked.manifest, path.name)
        if manifest.format > FORMAT:
            raise Refused("package.newer", name=path.name)
        _must_be_named(unpacked, manifest)
        members = _members(unpacked, manifest)
        revisions = _revisions(unpacked, manifest, progress, cancelled)
    texts = {name[6:-4]: data for name, data in members.items() if name.startswith("texts/")}
    must_be_whole(texts, path.name)
    registry = entities(members["entities.json"], path.name) if "entities.json" in members else []
    withheld = tuple((gap.device, gap.first, gap.last) for gap in manifest.withheld)
    package = Package(
        manifest.project.id,
        revisions,
        texts,
        withheld,
        manifest.coder.id,
        path.name,
        hashlib.sha256(unpacked.manifest).hexdigest(),
        ((manifest.sender.device, manifest.sender.key, manifest.sender.coder.id),),
        is_examined=True,
    )
    return Arrived(path, manifest, package, tuple(registry), check_word(unpacked.manifest))


def _must_be_named(unpacked: archive.Unpacked, manifest: Manifest) -> None:
    """Raises Damaged or Refused unless the manifest names what is there, and may be there."""
    if not all(NAMES.fullmatch(entry) for entry in manifest.entries) or LOG not in manifest.entries:
        raise Damaged("package.altered", name=unpacked.path.name)
    archive.must_hold(unpacked, {entry: member.size for entry, member in manifest.entries.items()})


def _members(unpacked: archive.Unpacked, manifest: Manifest) -> dict[str, bytes]:
    """The members but for the log, each as the manifest says. Raises Damaged."""
    return {
        entry: b"".join(unpacked.parts(entry, member.size, member.sha256))
        for entry, member in manifest.entries.items()
        if entry != LOG
    }


def _revisions(
    unpacked: archive.Unpacked, manifest: Manifest, progress: Progress, cancelled: Callable[[], bool]
) -> tuple[Revision, ...]:
    """The log, line by line as it is unpacked: of a large one the whole would be a quarter of a gigabyte."""
    name, total, found = unpacked.path.name, manifest.counts.get("revisions", 0), list[Revision]()
    member = manifest.entries[LOG]
    for words in _lines(unpacked.parts(LOG, member.size, member.sha256)):
        try:
            project, one = read_line(words)
        except UNREADABLE:
            raise Damaged("package.altered", name=name) from None
        if project != manifest.project.id:
            raise Damaged("package.altered", name=name)
        must_be_understood(one, name)
        found.append(one)
        if len(found) % LINES == 0:
            progress(len(found), total)
            if cancelled():
                raise Refused("package.cancelled")
    if len(found) != total or not _ends_as_told(found, manifest):
        raise Damaged("package.altered", name=name)
    return tuple(found)


def _ends_as_told(found: Sequence[Revision], manifest: Manifest) -> bool:
    """Whether the last revision of each device is there, and no other device's."""
    heads, hashes = manifest.devices, {head.hash for head in manifest.devices}
    last = {(one.device, one.seq, one.hash) for one in found if one.hash in hashes}
    is_there = {(head.device, head.last, head.hash) for head in heads} == last
    return is_there and {head.device for head in heads} == {one.device for one in found}


def _lines(parts: Iterable[bytes]) -> Iterator[bytes]:
    """What is written in these parts, line by line."""
    left = b""
    for part in parts:
        *whole, left = (left + part).split(b"\n")
        yield from whole
    if left:
        yield left


# Into a project -------------------------------------------------------------------------------------------------------


def receive(
    project: Project,
    paths: Iterable[Path],
    *,
    dry_run: bool = False,
    trusted: Sequence[str] = (),
    progress: Progress = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Received:
    """Takes in all of these packages that are whole, of this project, and signed with the key that their device is known by,
    in one transaction. `trusted` are fingerprints of new keys that a person accepts. With `dry_run` nothing is written.
    Raises Damaged or Refused when they were whole and yet could not be united: then none was taken in."""
    received, whole = Received(), []
    known: dict[str, str] = {}
    for path in paths:
        try:
            arrived = read(path, progress=progress, cancelled=cancelled)
            received.notes.extend(admitted(project, arrived, known, trusted))
            whole.append(arrived)
        except AnnotatorError as error:
            if error.key == "package.cancelled":
                raise
            received.failures.append((path, error))
    packages = [one.package for one in whole]
    with _undisturbed():
        receipts = project.receive(packages, dry_run=dry_run, progress=progress, cancelled=cancelled) if whole else []
    received.arrived.extend(zip(whole, receipts, strict=True))
    for arrived, receipt in received.arrived:
        received.notes.extend(of_purged(arrived.path, receipt))
    received.notes.extend([] if dry_run else purging.sweep_if_due(project))
    return received


def admitted(project: Project, arrived: Arrived, known: dict[str, str], trusted: Sequence[str]) -> list[AnnotatorError]:
    """What a person should know of a package that may come into this project. Raises Refused for one that may not. Keys
    that are seen for the first time go into `known`."""
    _must_be_of(project, arrived)
    note = _enrolled(project, arrived, known, trusted)
    return [*([note] if note else []), *_other_texts(project, arrived)]


def _enrolled(
    project: Project, arrived: Arrived, known: dict[str, str], trusted: Sequence[str]
) -> AnnotatorError | None:
    """Remembers a key that is seen for the first time, and says so. Raises Refused for another key than the known one."""
    sender = arrived.manifest.sender
    before = known.get(sender.device) or project.known_keys([sender.device]).get(sender.device)
    words = keys.fingerprint(sender.key)
    if before not in (None, sender.key) and words not in trusted:
        raise Refused("package.other_key", name=arrived.path.name, who=sender.coder.name, words=words)
    known[sender.device] = sender.key
    told = {"name": arrived.path.name, "who": sender.coder.name, "words": words}
    return None if before == sender.key else AnnotatorError("package.new_key", **told)


def _must_be_of(project: Project, arrived: Arrived) -> None:
    if arrived.manifest.project.id != project.id:
        raise Refused("package.foreign", name=arrived.path.name)
    if project.actor.role != "supervisor" and arrived.manifest.coder.id != project.actor.id:
        raise Refused("package.not_yours", owner=arrived.manifest.coder.name)


def _other_texts(project: Project, arrived: Arrived) -> Iterable[AnnotatorError]:
    """Documents whose text was another where the package was made."""
    for one in project.nouns_of("document", arrived.manifest.texts.keys()):
        if one.text != arrived.manifest.texts[one.id]:
            yield AnnotatorError("package.other_text", name=arrived.path.name, title=one.title)


def of_purged(path: Path, receipt: Receipt) -> list[AnnotatorError]:
    """What a person should know of a file that still holds words of a purged document."""
    return [AnnotatorError("package.purged", name=path.name, count=receipt.purged)] if receipt.purged else []


def merge(
    project: Project,
    other: Path,
    *,
    dry_run: bool = False,
    progress: Progress = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Receipt:
    """Takes in all that another copy of the project holds and this person may hand on: a supervisor all, a coder their own.
    Raises Damaged or Refused."""
    package = copied(project, other)
    (receipt,) = project.receive([package], dry_run=dry_run, progress=progress, cancelled=cancelled)
    if not dry_run:
        purging.sweep_if_due(project)
    return receipt


def copied(project: Project, other: Path) -> Package:
    """All that another copy of the project holds and this person may hand on. Raises Damaged or Refused."""
    with Project(other, actor=project.actor.id, device=project.device, writing=False) as copy:
        log = copy.sendable()
        revisions = tuple(one for one in log if not one.is_purged)
        contents = copy.contents(contents_named(revisions))
        withheld, of = tuple(kept_back(log, copy.withheld(), revisions)), copy.id
    sha256 = hashlib.sha256("".join(sorted(one.hash for one in revisions)).encode()).hexdigest()
    return Package(of, revisions, contents, withheld, project.actor.id, other.name, sha256)


# Out of an assignment -------------------------------------------------------------------------------------------------


def accept(
    path: Path,
    target: Path,
    *,
    trusted: Sequence[str] = (),
    secret: bytes | None = None,
    progress: Progress = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Received:
    """Makes the project of an assignment at a place or, where it is there already, brings it up to date. A
    new one is encrypted when it gets a secret, whose key file is the caller's to write first. Raises Damaged or Refused."""
    arrived = read(path, progress=progress, cancelled=cancelled)
    if arrived.manifest.kind != "assignment":
        raise Refused("package.no_assignment", name=path.name)
    coder = arrived.manifest.coder
    device = settings.load().device(coder.name)
    if not target.exists():
        return _accepted_anew(arrived, target, device, secret)
    with Project(target, actor=_acting(target, arrived), device=device) as project:
        if project.made_for() not in ("", coder.id):
            raise Refused("package.for_another", name=path.name, who=coder.name, path=target)
        received = receive(project, [path], trusted=trusted, progress=progress, cancelled=cancelled)
        if received.failures:
            raise received.failures[0][1]
        _name_entities(project, arrived)
    return received


def _accepted_anew(arrived: Arrived, target: Path, device: str, secret: bytes | None) -> Received:
    sender = arrived.manifest.sender
    told = {"name": arrived.path.name, "who": sender.coder.name, "words": keys.fingerprint(sender.key)}
    with Project.create_from(target, arrived.package, device=device, secret=secret) as project:
        _name_entities(project, arrived)
        (receipt,) = project.receipts()
    return Received([(arrived, receipt)], [], [AnnotatorError("package.new_key", **told)])


def home(arrived: Arrived, places: Iterable[Path]) -> Path | None:
    """The first of these places that holds the project which was made of an earlier assignment to the same coder."""
    of, coder = arrived.manifest.project.id, arrived.manifest.coder.id
    for place in places:
        with suppress(AnnotatorError):
            if place.is_file() and coder in [one.id for one in Project.people(place)]:
                with Project(place, actor=coder, device="", writing=False) as found:
                    if (found.id, found.made_for()) == (of, coder):
                        return place
    return None


def _acting(target: Path, arrived: Arrived) -> str:
    """The coder's id in a project that is there already. Raises Refused when it is not theirs."""
    if arrived.manifest.coder.id not in [one.id for one in Project.people(target)]:
        raise Refused("package.foreign", name=arrived.path.name)
    return arrived.manifest.coder.id


def _name_entities(project: Project, arrived: Arrived) -> None:
    """Puts into the registry what others named, as the coder's own: who named it first does not go out."""
    here = {one.id for one in project.nouns("entity")}
    given = [one for one in arrived.entities if one.id not in here and one.id == entity_id(project.id, one.name)]
    if given:
        edits = tuple(Edit(None, Entity(one.id, one.name, tuple(one.aliases))) for one in given)
        project.apply(Change("add entity", edits))


def has_questions(path: Path) -> bool:
    """Whether more has to be asked than an assignment answers before its project is made or brought up to date beside it: a
    passphrase of one of the two, or whether to encrypt."""
    target = beside(path)
    if target.exists():
        return secrecy.is_locked(target)
    with suppress(OSError, AnnotatorError, ValueError):
        if archive.is_sealed(path):
            return True
        with (unpacked := archive.opened(path)).zip:
            return parsed(unpacked.manifest, path.name).encrypted
    return False


def beside(path: Path) -> Path:
    """Where the project of an assignment goes that is opened: beside the file, or in the documents of this person where
    nothing can be written beside it."""
    import os

    name = f"{path.stem}.annotator"
    if (here := path.with_name(name)).exists() or os.access(path.resolve().parent, os.W_OK):
        return here
    if carried := portable.root():
        return carried / name
    from platformdirs import user_documents_path

    return user_documents_path() / name
