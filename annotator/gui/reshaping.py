"""What hands do to annotations that are there: edges, spans, split, join, copy, and many in one step."""

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator import editing
from annotator.errors import Refused
from annotator.gui.messages import words_of
from annotator.model import Annotation, Change
from annotator.text import Span

if TYPE_CHECKING:
    from .coding import Coding


class Reshaping(QObject):
    """Of the document that one codes. Everything here is about one's own annotations; others' are refused in words."""

    def __init__(self, coding: "Coding"):
        super().__init__(coding)
        self.coding, self.project, self.view = coding, coding.project, coding.view
        self.copied: Annotation | None = None
        self.view.edge_dragged.connect(self._edge_dragged)

    # Edges ------------------------------------------------------------------------------------------------------------

    def end_back(self) -> None:
        self._move_edge(end=True, way=-1)

    def end_on(self) -> None:
        self._move_edge(end=True, way=1)

    def start_back(self) -> None:
        self._move_edge(end=False, way=-1)

    def start_on(self) -> None:
        self._move_edge(end=False, way=1)

    def _move_edge(self, *, end: bool, way: int) -> None:
        """Moves an edge of the current annotation or, with none, of the selection: by a word, or by a character in exact
        mode. Says why when it can go no further."""
        annotation, selection = self.coding.annotation(), self.view.selection()
        n = -1 if end else 0
        if annotation:
            spans = list(annotation.spans)

            def moved() -> Change:
                spans[n] = self._moved(spans[n], end=end, way=way)
                return editing.resize(self.project, annotation, spans)

            if self._do(moved):
                self.view.reveal(*spans[n])
        elif selection:
            try:
                new = self._moved(selection, end=end, way=way)
            except Refused as refusal:
                self.coding.session.refused.emit(words_of(refusal))
                return
            anchor, caret = self.view.ends()
            self.view.extend(*(new if caret >= anchor else reversed(new)))
            self.view.sight.keep_caret()

    def _moved(self, span: Span, *, end: bool, way: int) -> Span:
        """The span with one edge a unit further. Raises Refused where nothing would be left of it, or the text ends."""
        edge = "end" if end else "start"
        place = self.view.motion.next_edge(span[int(end)], edge, way, exact=self.view.exact)
        if place is None:
            raise Refused("span.text_ends")
        moved = Span(span.start, place) if end else Span(place, span.end)
        if moved.start >= moved.end:
            raise Refused("span.nothing_left")
        return moved

    def _edge_dragged(self, id: str, old: Span, new: Span) -> None:
        if id in self.coding.shown:
            annotation = self.project.noun("annotation", id)
            spans = [new if span == old else span for span in annotation.spans]
            self._do(lambda: editing.resize(self.project, annotation, spans))

    # Spans ------------------------------------------------------------------------------------------------------------

    def add_span(self) -> None:
        """Lets the annotation that was current last cover the selection too."""
        span, last = self.view.selection(), self.coding.last
        if span is None or last is None or last not in self.coding.shown:
            self._do(lambda: _refuse("annotation.none_before" if span else "annotation.none_selected"))
        else:
            annotation = self.project.noun("annotation", last)
            if self._do(lambda: editing.add_span(self.project, annotation, span)):
                self.coding.go_to(last)

    def remove_span(self) -> None:
        """Takes the span at the caret out of the current annotation."""
        caret = self.view.caret()
        self._alter(lambda one: editing.remove_span(self.project, one, caret))

    def split(self) -> None:
        """Divides the current annotation at the caret, or at the edge of the word that the caret is in. What lies behind
        becomes current."""
        at = self.view.motion.edge(self.view.caret(), end=False, exact=self.view.exact)
        if change := self._alter(lambda one: editing.split(self.project, one, at)):
            self.coding.make_current(change.edits[1].object)

    def join_next(self) -> None:
        """Makes one annotation of the current one and the next of one's own that has its code."""
        self._join_beside(1)

    def join_previous(self) -> None:
        self._join_beside(-1)

    def _join_beside(self, way: int) -> None:
        if change := self._alter(lambda one: editing.join(self.project, [one, self._beside(one, way)])):
            self.coding.make_current(change.edits[0].object)

    def _beside(self, annotation: Annotation, way: int) -> Annotation:
        shown = self.coding.shown
        code, number = annotation.code, shown.number(annotation.id) + way
        while 0 <= number < len(shown):
            mark = shown.marks[shown.at(number)][0]
            if (mark.code, mark.coder) == (code, annotation.coder):
                return self.project.noun("annotation", mark.annotation)
            number += way
        raise Refused("annotation.join_none", name=self.coding.drawn[code].name)

    # Copies -----------------------------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Keeps the code, attributes and certainty of the current annotation for `paste`."""
        self.copied = self.coding.annotation() or self.copied

    def paste(self) -> None:
        """Gives what was copied to the selection or, with none, to the current annotation or the sentence at the caret."""
        source, current = self.copied, self.coding.annotation()
        if source is None:
            self._do(lambda: _refuse("annotation.none_copied"))
        elif current and current.id != source.id and not self.view.selection():
            self._alter(lambda one: editing.copy_onto(self.project, source, [one]))
        else:
            self._copy_to_target(source)

    def again(self) -> None:
        """Codes as the annotation that was current last, its attributes and certainty included."""
        last = self.coding.last
        if last and last in self.coding.shown:
            self._copy_to_target(self.project.noun("annotation", last))
        else:
            self._do(lambda: _refuse("annotation.none_before"))

    def _copy_to_target(self, source: Annotation) -> None:
        document, round, target = self.coding.document, self.coding.round, self.coding.target()
        if document and round and target:
            spans = [target]
            self.coding.put(
                lambda: editing.copy_to(self.project, source, document=document.id, round=round.id, spans=spans), spans
            )

    # Many -------------------------------------------------------------------------------------------------------------

    def retract(self) -> None:
        """Takes the current annotation back."""
        self.retract_all([self.coding.current] if self.coding.current else [])

    def retract_all(self, ids: Collection[str]) -> None:
        """Takes annotations back, as one step."""
        if ids:
            self._do(lambda: editing.retract(*self._own(ids)))

    def recode_all(self, ids: Collection[str], code: str) -> None:
        """Gives annotations another code, as one step."""
        if ids and self._do(lambda: editing.recode(self.project, self._own(ids), code)):
            self.coding.remember(code)

    def join_all(self, ids: Collection[str]) -> None:
        """Makes one annotation of several."""
        if change := self._do(lambda: editing.join(self.project, self._own(ids))):
            self.coding.go_to(change.edits[0].object)

    # ------------------------------------------------------------------------------------------------------------------

    def _own(self, ids: Collection[str]) -> Sequence[Annotation]:
        """These annotations. Raises Refused when one of them is another's."""
        found = self.project.nouns_of("annotation", ids)
        for one in found:
            if one.coder != self.coding.me.id:
                raise Refused("right.not_yours", kind="annotation", owner=self.coding.name_of(one.coder))
        return found

    def _alter(self, verb: Callable[[Annotation], Change]) -> Change | None:
        """Does something to the current annotation."""
        if id := self.coding.current:
            return self._do(lambda: verb(self._own([id])[0]))
        return None

    def _do(self, make: Callable[[], Change]) -> Change | None:
        return self.coding.session.attempt(make)


def _refuse(key: str) -> Change:
    raise Refused(key)
