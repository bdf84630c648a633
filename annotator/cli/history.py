"""annotator history"""

from argparse import Namespace
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from annotator.cli import desk, terminal
from annotator.model import (
    Annotation,
    Assignment,
    Code,
    CodebookVersion,
    Coder,
    Document,
    Memo,
    Noun,
    Round,
    Sitting,
    name_of,
)
from annotator.project import Project
from annotator.revisions import Revision

LONGEST = 72  # characters of what a change was about


class Deed(NamedTuple):
    """One change, as it is told."""

    change: str
    at: str  # UTC
    who: str
    did: str
    about: str
    objects: list[dict[str, str]]


def run(arguments: Namespace) -> int:
    """Tells who did what when, as far as the person may read it."""
    with desk.sit_down(arguments, writing=False) as project:
        document = desk.document(project, arguments.document).id if arguments.document else None
        deeds = _deeds(project, document)
    deeds.reverse()
    shown = deeds[: arguments.limit or None]
    if arguments.format == "json":
        terminal.say_json({"schema": "annotator-history/1", "changes": [deed._asdict() for deed in shown]})
        return 0
    rows = [(_local(deed.at), deed.who, deed.did, terminal.shortened(deed.about, LONGEST)) for deed in shown]
    if rows:
        terminal.say_table([("when", "who", "did", "what"), *rows])
    if len(deeds) > len(shown):
        more = terminal.count(len(deeds) - len(shown), "earlier change")
        terminal.tell(f"{more}; --limit 0 shows all.")
    return 0


def _deeds(project: Project, document: str | None) -> list[Deed]:
    """The changes, oldest first; with a document those that touch it, and of each only what touches it."""
    log = project.log()
    nouns = _nouns(log)
    names = _Names({step.object: noun for step in log if (noun := nouns[step.id])}.values())
    found = []
    for change, steps in groupby(log, attrgetter("change")):
        kept = [step for step in steps if _is_told(nouns[step.id], document)]
        if kept:
            objects = [{"kind": step.kind, "id": step.object, "op": step.op} for step in kept]
            about = names.all_of([nouns[step.id] for step in kept])
            first = kept[0]
            found.append(Deed(change, first.at, names.called(first.actor), first.label, about, objects))
    return found


def _nouns(log: Iterable[Revision]) -> dict[str, Noun | None]:
    """Revision id -> what it left or, of a retraction, what it took away."""
    found: dict[str, Noun | None] = {}
    for step in log:
        before = next((found[parent] for parent in step.parents if found.get(parent)), None)
        found[step.id] = step.noun() or before
    return found


def _is_told(noun: Noun | None, document: str | None) -> bool:
    """Whether a history tells of it: neither time on task nor bookmarks are work on a text; with a document only what is
    about it."""
    if isinstance(noun, Sitting) or (isinstance(noun, Memo) and noun.is_bookmark):
        return False
    if document is None:
        return True
    return noun is not None and document in (noun.id, getattr(noun, "document", None), getattr(noun, "about", None))


class _Names:
    """Nouns as a reader knows them, by the names they have now, or had last."""

    def __init__(self, nouns: Iterable[Noun]):
        self.names = {noun.id: name_of(noun) for noun in nouns if isinstance(noun, Document | Coder | Code | Round)}

    def called(self, id: str) -> str:
        return self.names.get(id, id)

    def all_of(self, nouns: list[Noun | None]) -> str:
        """One noun by itself, several by their numbers."""
        known = [noun for noun in nouns if noun is not None]
        if len(known) == 1:
            return self.of(known[0])
        kinds = Counter(type(noun) for noun in known)
        told = ", ".join(_counted(kind, number) for kind, number in kinds.items())
        places = {noun.document for noun in known if isinstance(noun, Annotation | Assignment)}
        return f"{told} in {self.called(places.pop())}" if len(places) == 1 else told

    def of(self, noun: Noun) -> str:
        match noun:
            case Annotation():
                quote = terminal.shortened(" … ".join(noun.quotes), 40)
                return f"{self.called(noun.code)} on “{quote}” in {self.called(noun.document)}"
            case Assignment():
                return f"{self.called(noun.document)}, {self.called(noun.coder)}, {self.called(noun.round)}"
            case CodebookVersion():
                return f"version {noun.number}"
            case Memo():
                return f"{self.names.get(noun.about, 'the project')}: {noun.words}"
        return name_of(noun)


def _counted(kind: type, number: int) -> str:
    words = {"CodebookVersion": "codebook version", "About": "project"}.get(kind.__name__, kind.__name__.lower())
    return terminal.count(number, words, "entities" if words == "entity" else "")


def _local(at: str) -> str:
    """A time in UTC as the clock on this wall shows it."""
    return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}"
