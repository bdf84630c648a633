"""What only a person decides: which of two versions holds, and where words are that are not at their place any more. The
reads are plain values, the verbs return a Change that nobody has applied yet, or raise Refused."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from .errors import Damaged, Refused
from .model import DECIDE, Annotation, Change, Edit, Noun, new_id
from .project import Project
from .revisions import Revision
from .text import Span

MOST = 20  # places that are proposed for an orphan


class Side(NamedTuple):
    """One version of what is contested. `noun` is None where it was taken back."""

    revision: str
    by: str  # coder id
    device: str
    at: str  # UTC
    noun: Noun | None


class Contested(NamedTuple):
    """Something that was changed in two places. Until a person decides it is read as on side `shown`."""

    kind: str
    object: str
    sides: tuple[Side, ...]
    shown: int


def contested(project: Project) -> list[Contested]:
    """All that waits for a decision and that this person may read, the oldest first."""
    return [_contested(id, heads) for id, heads in sorted(project.contested().items())]


def _contested(id: str, heads: list[Revision]) -> Contested:
    heads = sorted(heads, key=lambda head: (head.at, head.id))
    sides = tuple(Side(head.id, head.actor, head.device, head.at, head.noun()) for head in heads)
    shown = max(range(len(sides)), key=lambda number: (sides[number].noun is not None, sides[number].revision))
    return Contested(heads[0].kind, id, sides, shown)


def settle(project: Project, object: str, revision: str) -> Change:
    """Decides that one side holds: that of this revision. The other stays in the log. A decision that leaves another version
    than was shown can be taken back."""
    found = _found(project, object)
    chosen = [side for side in found.sides if side.revision == revision]
    if not chosen:
        raise Refused("contested.no_side", count=len(found.sides))
    edit = Edit(_shown(project, found), chosen[0].noun)
    return Change("settle" if edit.before == edit.after else DECIDE, (edit,), settles=True)


def keep_both(project: Project, object: str) -> Change:
    """Decides that both versions of an annotation hold: the one that is shown stays, the others become annotations of their
    own."""
    found = _found(project, object)
    shown = _shown(project, found)
    others = [side.noun for number, side in enumerate(found.sides) if number != found.shown]
    if not isinstance(shown, Annotation) or not all(isinstance(other, Annotation) for other in others):
        raise Refused("contested.not_both", kind=found.kind)
    apart = [replace(other, id=new_id()) for other in others if isinstance(other, Annotation)]
    return Change(DECIDE, (Edit(shown, shown), *(Edit(None, one) for one in apart)), settles=True)


def _found(project: Project, object: str) -> Contested:
    for one in contested(project):
        if one.object == object:
            return one
    raise Refused("contested.unknown", object=object)


def _shown(project: Project, found: Contested) -> Noun | None:
    return next(iter(project.nouns_of(found.kind, [found.object])), None)


# Orphans --------------------------------------------------------------------------------------------------------------


class Orphan(NamedTuple):
    """An annotation whose quoted words are not at their place, and where in the text they stand, the nearest first."""

    annotation: Annotation
    places: list[tuple[Span, ...]]


def orphans(project: Project, cancelled: Callable[[], bool] = lambda: False) -> list[Orphan]:
    """All orphans that this person may read, document by document. What has no text here is left to `check`."""
    found: list[Orphan] = []
    for document in sorted({place[0] for place in project.annotation_counts()}):
        if cancelled():
            break
        with suppress(Damaged):
            if lost := project.orphans(document):
                text = project.text(document)
                found += [Orphan(one, places(text, one)) for one in lost]
    return found


def places(text: str, orphan: Annotation) -> list[tuple[Span, ...]]:
    """Where the quoted words of an annotation stand in a text, the nearest to where they were first; each of several spans
    after the one before it."""
    if not orphan.quotes or not all(orphan.quotes):
        return []
    was = orphan.spans[0].start if orphan.spans else 0
    starts = sorted(_all(text, orphan.quotes[0]), key=lambda start: (abs(start - was), start))
    found = (_from(text, orphan.quotes, start) for start in starts)
    return [spans for spans in found if spans][:MOST]


def _all(text: str, words: str) -> Iterable[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _from(text: str, quotes: tuple[str, ...], start: int) -> tuple[Span, ...]:
    """The spans of these words, the first at this place; () where one is not to be found behind the other."""
    spans = [Span(start, start + len(quotes[0]))]
    for quote in quotes[1:]:
        at = text.find(quote, spans[-1].end)
        if at < 0:
            return ()
        spans.append(Span(at, at + len(quote)))
    return tuple(spans)


def re_anchor(project: Project, orphan: Annotation, spans: Iterable[Span]) -> Change:
    """Puts an annotation where a person has found its words again, its coder or a supervisor. Raises Refused unless just
    these words stand there."""
    moved = replace(orphan, spans=tuple(sorted(Span(*span) for span in spans)))
    if not moved.fits(project.text(orphan.document)):
        raise Refused("orphan.other_words", quote=" … ".join(orphan.quotes))
    return Change("re-anchor", (Edit(orphan, moved),))
