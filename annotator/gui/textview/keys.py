"""The keys of the text: moving, selecting, taking sentences. Which they are, the keymap says; others are left to the
window."""

from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent

from annotator.gui.code_keys import names_of
from annotator.gui.own_keys import KEYS
from annotator.text import Span

from .motion import Unit

if TYPE_CHECKING:
    from .view import CodedTextView

MORE: tuple[Unit, ...] = ("clause", "sentence", "paragraph")
OURS = "work.text."  # how those actions begin that the text does itself


class Keyboard:
    """Does what a key says to the caret and the selection of one view."""

    def __init__(self, view: "CodedTextView"):
        self.view = view
        self._column: tuple[int, float] = (-1, 0.0)  # where the caret was put by moving up or down, and for which x

    def press(self, event: QKeyEvent) -> bool:
        """Do what this key says. Answers whether it is a key of the text at all."""
        action = self._action(event)
        return action() is not False if action else False

    def wants(self, event: QKeyEvent) -> bool:
        """Whether this is a key of the text, so that no shortcut of the window may take it. Esc is shared."""
        return self._action(event) is not None and event.key() != Qt.Key.Key_Escape

    def _action(self, event: QKeyEvent) -> Callable[[], object] | None:
        if event.key() == Qt.Key.Key_Escape:
            return self.let_go
        found = KEYS.keymap.action(names_of(event), "text")
        if found is None or not found[0].run.startswith(OURS):
            return None
        action, extend = found
        does = attrgetter(action.run.removeprefix(OURS))(self.view)
        return (lambda: does(extend)) if action.extends else does

    def word_left(self, extend: bool = False) -> None:
        self._sideways(-1, "character" if self.view.exact else "word", extend)

    def word_right(self, extend: bool = False) -> None:
        self._sideways(1, "character" if self.view.exact else "word", extend)

    def clause_up(self, extend: bool = False) -> None:
        self._step(-1, "clause", extend)

    def clause_down(self, extend: bool = False) -> None:
        self._step(1, "clause", extend)

    def sentence_left(self, extend: bool = False) -> None:
        self._sideways(-1, "sentence", extend)

    def sentence_right(self, extend: bool = False) -> None:
        self._sideways(1, "sentence", extend)

    def paragraph_up(self, extend: bool = False) -> None:
        self._step(-1, "paragraph", extend)

    def paragraph_down(self, extend: bool = False) -> None:
        self._step(1, "paragraph", extend)

    def line_up(self, extend: bool = False) -> None:
        self._rise(-1, extend)

    def line_down(self, extend: bool = False) -> None:
        self._rise(1, extend)

    def page_up(self, extend: bool = False) -> None:
        self._turn(-1, extend)

    def page_down(self, extend: bool = False) -> None:
        self._turn(1, extend)

    def line_start(self, extend: bool = False) -> None:
        self._to_line_end(0, extend)

    def line_end(self, extend: bool = False) -> None:
        self._to_line_end(1, extend)

    def text_start(self, extend: bool = False) -> None:
        self._go(0, extend)

    def text_end(self, extend: bool = False) -> None:
        self._go(len(self.view.text.text), extend)

    def _sideways(self, way: int, unit: Unit, extend: bool) -> None:
        self._step(-way if self._from_the_right() else way, unit, extend)

    def _from_the_right(self) -> bool:
        text = self.view.text
        return text.right_to_left(text.number_at(self.view.caret()))

    def _step(self, way: int, unit: Unit, extend: bool) -> None:
        """To the next or last start of a unit. Extending, what is selected grows and shrinks by whole units."""
        view, motion = self.view, self.view.motion
        anchor, caret = view.ends()
        if not extend:
            move = motion.forward if way > 0 else motion.back
            view.put_caret(move(caret, unit, "start"))
        elif way > 0:
            ahead = motion.forward(caret, unit, "end" if caret >= anchor else "start")
            view.extend(anchor, ahead if caret >= anchor else min(ahead, anchor))
        else:
            behind = motion.back(caret, unit, "start" if caret <= anchor else "end")
            view.extend(anchor, behind if caret <= anchor else max(behind, anchor))
        view.sight.keep_caret()

    def _rise(self, way: int, extend: bool) -> None:
        """A line up or down, in the column in which the first of several such moves began."""
        caret = self.view.text.unit(self.view.caret())
        x = self._x(caret)
        target = self.view.page.next_line(caret, way, x)
        self._to_column(target if target is not None else caret, x, extend)

    def _turn(self, way: int, extend: bool) -> None:
        """A page up or down: the caret stays where it is in the window."""
        view, page, bar = self.view, self.view.page, self.view.verticalScrollBar()
        caret = view.text.unit(view.caret())
        x, y = self._x(caret), page.caret(caret).center().y()
        distance = way * max(page.pitch, view.viewport().height() - page.pitch)
        bar.setValue(bar.value() + round(distance))
        if page.top <= y + distance <= page.documentSize().height() - page.top:
            target = page.position_at(QPointF(x, y + distance))
        else:
            target = view.text.unit(len(view.text.text)) if way > 0 else 0
        self._to_column(target, x, extend)

    def _x(self, caret: int) -> float:
        return self._column[1] if self._column[0] == caret else self.view.page.caret(caret).x()

    def _to_column(self, target: int, x: float, extend: bool) -> None:
        self._go(self.view.text.point(target), extend)
        self._column = self.view.text.unit(self.view.caret()), x

    def _to_line_end(self, end: int, extend: bool) -> None:
        view = self.view
        ends = view.page.line_ends(view.text.unit(view.caret()))
        self._go(view.text.point(ends[end]), extend)

    def _go(self, target: int, extend: bool) -> None:
        if extend:
            self.view.extend(self.view.ends()[0], target)
        else:
            self.view.put_caret(target)
        self.view.sight.keep_caret()

    def toggle_exact(self) -> None:
        self.view.set_exact(not self.view.exact)

    def take_more(self) -> None:
        """Select the clause at the caret; what is selected already gives way to its sentence, then to its paragraph."""
        view = self.view
        selected = view.selection()
        around = (view.motion.around(selected.start if selected else view.caret(), unit) for unit in MORE)
        wider = (one for one in around if one and (selected is None or _is_within(selected, one)))
        if found := next(wider, None):
            view.select(found)

    def take_clause(self) -> None:
        """Select the clause at the caret; when one is selected, or the caret stands at its end, the next one."""
        view, motion = self.view, self.view.motion
        selected = view.selection()
        end = motion.forward(selected.end if selected else view.caret(), "clause", "end")
        if clause := motion.around(max(0, end - 1), "clause"):
            view.select(clause)
            view.sight.keep_caret()

    def let_go(self) -> bool:
        """Give up what is being dragged, else the selection. Answers whether there was either."""
        view = self.view
        if view.pointer.give_up():
            return True
        had: Span | None = view.selection()
        view.put_caret(view.caret())
        return had is not None


def _is_within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and inner != outer
