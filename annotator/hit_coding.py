"""From hits to annotations: which of them are coded already, as it stands in the text, and coding many at once.

A hit is coded when all of it stands inside an annotation of one's own with the code, in the round in which one codes its
document: whether that was made from the hit, from its sentence, or by hand before.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from . import editing
from .errors import Refused
from .model import BY_SEARCH, Annotation, Change, Edit, Round, new_id
from .project import Project
from .search import whole_words
from .spans import Cover
from .text import Span

Place = tuple[str, Span]  # document and span


class Coded:
    """Where one's annotations of a code stand, and of those merged with it, each document in its round. Kept in step by
    `follow`."""

    def __init__(self, project: Project, code: str, rounds: Mapping[str, Round]):
        self._me, self._rounds = project.actor.id, rounds
        book = project.codebook()
        final = editing.final_code(book, code)
        self._codes = {id for id in book if editing.final_code(book, id) == final} | {code}
        self._spans: dict[str, dict[str, list[Span]]] = {}  # document -> annotation -> its spans
        self._covers: dict[str, Cover] = {}
        for row in project.coded_spans(coders=[self._me], codes=self._codes):
            if self._is_here(row.document, row.round):
                self._of(row.document).setdefault(row.annotation, []).append(Span(row.start, row.end))

    def holds(self, place: Place) -> bool:
        """Whether a place is coded."""
        document, span = place
        if document not in self._spans:
            return False
        if document not in self._covers:
            self._covers[document] = Cover(span for spans in self._of(document).values() for span in spans)
        return self._covers[document].holds(*span)

    def follow(self, change: Change) -> list[Place]:
        """Takes in what a change did. Returns the places that it touched."""
        touched: list[Place] = []
        for edit in change.edits:
            for one in (edit.before, edit.after):
                if isinstance(one, Annotation) and self._is_counted(one):
                    touched += [(one.document, span) for span in one.spans]
                    self._covers.pop(one.document, None)
                    self._of(one.document).pop(one.id, None)
            if isinstance(edit.after, Annotation) and self._is_counted(edit.after):
                self._of(edit.after.document)[edit.after.id] = [*edit.after.spans]
        return touched

    def _of(self, document: str) -> dict[str, list[Span]]:
        return self._spans.setdefault(document, {})

    def _is_here(self, document: str, round: str) -> bool:
        found = self._rounds.get(document)
        return found is not None and found.id == round

    def _is_counted(self, one: Annotation) -> bool:
        return one.coder == self._me and one.code in self._codes and self._is_here(one.document, one.round)


class Plan(NamedTuple):
    """What coding hits without looking at each would do: a change, how many places it codes, how many it leaves out."""

    change: Change
    made: int
    left_out: int


def code_all(project: Project, places: Iterable[Place], *, code: str, rounds: Mapping[str, Round]) -> Plan:
    """Codes all these places of documents at once, each made whole words, marked as made by search. Left out are those that
    are coded, and documents that are in no round of `rounds` (document id -> round) or are done. Raises Refused: none is
    left."""
    me, places = project.actor.id, dict.fromkeys(places)
    done = {place for place, state in project.assignment_states().items() if state == "done"}
    coded = Coded(project, code, rounds)
    spans: dict[str, list[Span]] = {}
    for document, span in places:
        if not coded.holds((document, span)):
            spans.setdefault(document, []).append(span)
    open = [id for id in spans if id in rounds and (id, me, rounds[id].id) not in done]
    for version in {rounds[id].codebook_version for id in open}:
        editing.must_offer(project, version, code)
    edits = [edit for id in open for edit in _put_all(project, id, spans[id], code, rounds[id])]
    if not edits:
        raise Refused("find.nothing_to_code")
    return Plan(Change("code hits", tuple(edits)), len(edits), len(places) - sum(len(spans[id]) for id in open))


def _put_all(project: Project, document: str, spans: Iterable[Span], code: str, round: Round) -> Iterator[Edit]:
    me, version, text = project.actor.id, round.codebook_version, project.text(document)
    for span in dict.fromkeys(whole_words(text, span) for span in spans):
        quote = text[span.start : span.end]
        made = Annotation(new_id(), document, me, round.id, code, (span,), (quote,), version, origin=BY_SEARCH)
        yield Edit(None, made)
