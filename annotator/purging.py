"""A document that must disappear, for good: its text and all that was said of it, out of the project, its backups and every
copy that hears of it. What stays are numbers, authors, times and hashes, so that the chains of all devices still hold.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from . import backups, storage, store, union
from .errors import AnnotatorError, Refused
from .model import Annotation, Change, Document, Edit, Purge, new_id
from .packages import Package
from .project import Project
from .revisions import Revision, Withheld


class Extent(NamedTuple):
    """What a purge takes along."""

    documents: list[Document]  # the one that was named, and those of the same text
    annotations: int  # those that were taken back as well
    coders: list[str]  # names of those whose annotations they are
    memos: int
    backups: int


@dataclass
class Swept:
    """What became of the backups: how many were purged, how many deleted, and which could be neither."""

    purged: int = 0
    deleted: int = 0
    left: list[AnnotatorError] = field(default_factory=list)


def documents(project: Project) -> list[Document]:
    """Every document that the log tells of, as it was last, also those that were taken back."""
    nouns = (one.noun() for one in project.log("document"))
    return list({noun.id: noun for noun in nouns if isinstance(noun, Document)}.values())


def extent(project: Project, document: str) -> Extent:
    """What purging a document takes along. Raises Refused when there is none of this id."""
    going = {one.id for one, _ in _alike(project, document)}
    nouns: dict[str, Annotation] = {}
    for one in project.log("annotation"):
        if isinstance(noun := one.noun(), Annotation) and noun.document in going:
            nouns[noun.id] = noun
    names = {one.id: one.name for one in project.nouns("coder")}
    coders = sorted({names.get(one.coder, one.coder) for one in nouns.values()})
    memos = [one for one in project.memos_about(going) if not one.is_bookmark]
    there = [one for one in documents(project) if one.id in going]
    return Extent(there, len(nouns), coders, len(memos), len(copies(project.path)))


def change(project: Project, document: str) -> Change:
    """Purges a document and those of the same text. Raises Refused when there is none of this id."""
    going = _alike(project, document)
    return Change("purge", tuple(Edit(None, Purge(new_id(), one.id, tuple(sorted(texts)))) for one, texts in going))


def _alike(project: Project, document: str) -> list[tuple[Document, set[str]]]:
    """The document and all that ever had one of its texts, each with the SHA-256 of all that was stored of it."""
    ever: dict[str, list[Document]] = {}
    for one in project.log("document"):
        if isinstance(noun := one.noun(), Document):
            ever.setdefault(noun.id, []).append(noun)
    if document not in ever:
        raise Refused("noun.missing", kind="document")
    going = {document}
    while True:
        texts = {noun.text for id in going for noun in ever[id]}
        more = {id for id, nouns in ever.items() if texts & {noun.text for noun in nouns}}
        if more <= going:
            break
        going |= more
    stored = {id: {s for noun in ever[id] for s in (noun.text, noun.original) if s} for id in going}
    return [(ever[id][-1], stored[id]) for id in sorted(going)]


# Traces ---------------------------------------------------------------------------------------------------------------


def copies(project: Path) -> list[Path]:
    """The backups of a project, and the copies that were made before it was brought up to date."""
    place = project.resolve()
    older = place.parent.glob(f"{_literal(place.stem)}.backup-*{place.suffix}")
    return [*(one.path for one in backups.found(project)), *sorted(older)]


def _literal(words: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in words)


def sweep(project: Project) -> Swept:
    """Wipes the last traces of what was purged out of the file and its backups. A backup that cannot be purged is deleted.
    Raises Refused when the file is read elsewhere just now: then it is still due, and done at the next opening."""
    project.scrub()
    swept, purges = Swept(), project.log("purge")
    for path in copies(project.path):
        try:
            _purge_copy(path, project, purges)
            swept.purged += 1
        except (AnnotatorError, DatabaseError, OSError) as error:
            if reason := _deleted(path, error):
                swept.left.append(reason)
            else:
                swept.deleted += 1
    for begun in backups.folder(project.path).glob(f"*{_literal(project.path.suffix)}.part*"):
        storage.remove(begun)
    if not swept.left:
        project.scrubbed()
    return swept


def sweep_if_due(project: Project) -> list[AnnotatorError]:
    """Wipes traces where a purge came in, or was cut off. Returns what a person should know."""
    if not (project.is_writable and project.is_due_to_be_scrubbed):
        return []
    try:
        return sweep(project).left
    except AnnotatorError as error:
        return [error]


def _purge_copy(path: Path, project: Project, purges: list[Revision]) -> None:
    """Lets a copy hear of the purges, wipes it, and reads it to the end. Raises what reading and writing it raises."""
    _, older = storage.examine(path)
    if older:
        raise Refused("project.newer", path=path)
    engine = storage.engine_for(path, writing=True)
    try:
        with engine.execution_options(writing=True).begin() as connection:
            missing = _not_in(connection, purges)
            package = Package(project.id, tuple(purges), {}, tuple(missing), project.actor.id, path.name)
            union.unite(connection, [package], project.actor.id, lambda done, total: None, lambda: False)
        storage.scrub(engine, path)
    finally:
        engine.dispose()
    storage.must_be_whole(path)


def _not_in(connection: Connection, purges: Iterable[Revision]) -> Iterable[Withheld]:
    """What the devices wrote between the end of a copy and these revisions: it stays out of the copy on purpose."""
    for one in purges:
        author = store.author(connection, project="", actor=one.actor, device=one.device)
        if author.seq < one.seq - 1:
            yield one.device, author.seq + 1, one.seq - 1


def _deleted(path: Path, error: BaseException) -> AnnotatorError | None:
    """Deletes a copy; what is to be said when that cannot be done."""
    storage.remove(path)
    if path.exists():
        return AnnotatorError("purge.backup_left", path=path, reason=getattr(error, "strerror", None) or error)
    return None
