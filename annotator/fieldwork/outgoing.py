"""Packages out to a coder, and back: made, signed and written."""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from annotator import codebook, codebook_file, secrecy
from annotator.errors import Refused
from annotator.fieldwork import archive, keys, readme
from annotator.fieldwork.choosing import Choice, kept_back, texts_of
from annotator.fieldwork.manifest import SCHEMA, Gap, Head, Manifest, Member, Named, Sender, check_word, written
from annotator.fieldwork.sealing import Seal
from annotator.interchange import annotation_table
from annotator.model import FORMAT, Coder, Round
from annotator.packages import texts_named, write_line
from annotator.project import Project
from annotator.revisions import Revision

ASSIGNMENT, CODED = ".assignment", ".coded"
Progress = Callable[[int, int], None]


class Sent(NamedTuple):
    """What a package holds, in numbers, and the words to check it by on the other side."""

    path: Path
    coder: str
    counts: Mapping[str, int]
    word: str
    fingerprint: str


class Packed(NamedTuple):
    """A package that is made and not written yet: what it holds is settled, and so is the word to check it by."""

    ending: str
    coder: str
    counts: Mapping[str, int]
    codebook: int | None
    word: str
    fingerprint: str
    manifest: bytes
    signature: bytes
    members: dict[str, bytes]

    def write(self, out: Path, seal: Seal | None = None) -> Sent:
        """Writes it, whole or not at all, and sealed if wanted. Raises Refused."""
        _must_end(out, self.ending)
        archive.write(out, self.manifest, self.signature, self.members.items(), seal)
        return Sent(out, self.coder, self.counts, self.word, self.fingerprint)


class _Parts(NamedTuple):
    """What goes into a package beside its manifest."""

    kind: str
    coder: Coder
    round: Round | None
    revisions: tuple[Revision, ...]
    texts: dict[str, str]
    withheld: list[tuple[str, int, int]]
    members: dict[str, bytes]


def assign(
    project: Project, *, coder: Coder, round: Round, documents: Collection[str], out: Path, seal: Seal | None = None
) -> Sent:
    """Writes the package that a coder works from. Raises Refused as `packed_assignment` does."""
    _must_end(out, ASSIGNMENT)
    return packed_assignment(project, coder=coder, round=round, documents=documents).write(out, seal)


def packed_assignment(
    project: Project,
    *,
    coder: Coder,
    round: Round,
    documents: Collection[str],
    progress: Progress = lambda done, total: None,
) -> Packed:
    """The package that a coder works from: these documents, the codebook, what is theirs so far, and nothing of other
    coders. Raises Refused: only a supervisor makes it, and there must be a document."""
    if project.actor.role != "supervisor":
        raise Refused("right.supervisor_only", kind="assignment")
    if not documents:
        raise Refused("package.no_documents", name=coder.name, round=round.name)
    choice = Choice(project, coder.id, documents)
    contents = project.contents(set(choice.texts.values()) | texts_named(choice.revisions))
    members = {f"texts/{sha256}.txt": data for sha256, data in contents.items()}
    entities = [{"id": one.id, "name": one.name, "aliases": list(one.aliases)} for one in choice.entities]
    members["entities.json"] = _json(entities)
    members["codebook.json"] = codebook_file.dump(
        codebook.of_project(project, round.codebook_version), Path("codebook.json")
    ).encode()
    withheld = kept_back(choice.log, project.withheld(), choice.revisions)
    parts = _Parts("assignment", coder, round, choice.revisions, choice.texts, withheld, members)
    return _packed(project, parts, ASSIGNMENT, progress)


def hand_in(
    project: Project, out: Path, *, progress: Progress = lambda done, total: None, seal: Seal | None = None
) -> Sent:
    """Writes all that the actor made: the way back to the supervisor. Raises Refused when there is nothing."""
    _must_end(out, CODED)
    return packed_work(project, progress=progress).write(out, seal)


def packed_work(project: Project, *, progress: Progress = lambda done, total: None) -> Packed:
    """All that the actor made, on whichever device. Raises Refused when there is nothing."""
    log = project.sendable()
    chosen = tuple(one for one in log if one.actor == project.actor.id and not one.is_purged)
    if not chosen:
        raise Refused("package.nothing_made", name=project.actor.name)
    places = {place[0] for place in project.assignment_states() if place[1] == project.actor.id}
    texts, contents = texts_of(project, places), project.contents(texts_named(chosen))
    members = {f"texts/{sha256}.txt": data for sha256, data in contents.items()}
    members["preview.csv"] = _preview(project)
    withheld = kept_back(log, project.withheld(), chosen)
    return _packed(project, _Parts("coded", project.actor, None, chosen, texts, withheld, members), CODED, progress)


def counts_of(project: Project, coder: str, documents: Collection[str]) -> dict[str, int]:
    """What a coder has done on these documents: so many annotations in so many documents, and documents done."""
    numbers = project.annotation_counts()
    states = project.assignment_states()
    places = [place for place in states if place[1] == coder and place[0] in documents]
    return {
        "annotations": sum(numbers.get(place, 0) for place in places),
        "documents": len({place[0] for place in places}),
        "done": sum(states[place] == "done" for place in places),
    }


def _packed(project: Project, parts: _Parts, ending: str, progress: Progress) -> Packed:
    lines = []
    for number, one in enumerate(parts.revisions):
        lines.append(write_line(project.id, one))
        if number % 1000 == 0:
            progress(number, len(parts.revisions))
    counts = {"revisions": len(lines)} | counts_of(project, parts.coder.id, parts.texts.keys())
    (about,) = project.nouns("project")
    members = dict(sorted(parts.members.items())) | {"log.jsonl": "".join(f"{line}\n" for line in lines).encode()}
    key = keys.public_key(project.device)
    members["README.txt"] = readme.words(parts.kind, about.name, parts.coder.name, parts.round, counts).encode()
    versions = {one.id: one.number for one in project.nouns("codebook_version")}
    wanted = parts.round.codebook_version if parts.round else max(versions, default=None)
    manifest = written(
        Manifest(
            schema=SCHEMA,
            kind="assignment" if parts.kind == "assignment" else "coded",
            project=Named(id=about.id, name=about.name),
            coder=Named(id=parts.coder.id, name=parts.coder.name),
            sender=Sender(
                device=project.device,
                coder=Named(id=project.actor.id, name=project.actor.name),
                key=key,
                fingerprint=keys.fingerprint(key),
            ),
            round=Named(id=parts.round.id, name=parts.round.name) if parts.round else None,
            codebook=versions.get(wanted or ""),
            until=max((one.at for one in parts.revisions), default=""),
            format=max((one.format for one in parts.revisions), default=FORMAT),
            counts=counts,
            devices=_heads(parts.revisions),
            withheld=[Gap(device=device, first=first, last=last) for device, first, last in parts.withheld],
            texts=parts.texts,
            entries={name: Member(sha256=_sha256(data), size=len(data)) for name, data in members.items()},
            encrypted=secrecy.is_encrypted(project.path),
        )
    )
    signature = keys.sign(project.device, manifest)[1].encode()
    words = check_word(manifest), keys.fingerprint(key)
    return Packed(ending, parts.coder.name, counts, versions.get(wanted or ""), *words, manifest, signature, members)


def _heads(revisions: Iterable[Revision]) -> list[Head]:
    """The last number of each device, and its hash; where a copied file made two of one number, of that which came last."""
    last: dict[str, Revision] = {}
    for one in revisions:
        if one.device not in last or one.seq >= last[one.device].seq:
            last[one.device] = one
    return [Head(device=device, last=one.seq, hash=one.hash) for device, one in sorted(last.items())]


def _preview(project: Project) -> bytes:
    """The actor's annotations as a table that any program for tables reads."""
    made, names = io.StringIO(newline=""), annotation_table.Names(project)
    own = (row for row in annotation_table.rows(project, names=names) if row["coder"] == project.actor.name)
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(names.columns)
    writer.writerows([row.get(name, "") for name in names.columns] for row in own)
    return made.getvalue().encode("utf-8-sig")


def _must_end(out: Path, ending: str) -> None:
    if out.suffix.casefold() != ending:
        raise Refused("package.ending", path=out, better=f"{out.stem}{ending}")


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
