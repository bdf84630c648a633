"""The keys of the text: moving, selecting, taking sentences. All others are left to the window."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from annotator.text import Span

from .frozen import reads_right_to_left
from .motion import Unit

if TYPE_CHECKING:
    from .view import CodedTextView

Key, Modifier = Qt.Key, Qt.KeyboardModifier
PLAIN, CTRL = Modifier.NoModifier, Modifier.ControlModifier
SIDE: dict[int, int] = {Key.Key_Left: -1, Key.Key_Right: 1}
UP_DOWN: dict[int, int] = {Key.Key_Up: -1, Key.Key_Down: 1}
PAGES: dict[int, int] = {Key.Key_PageUp: -1, Key.Key_PageDown: 1}
ENDS = (Key.Key_Home, Key.Key_End)


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
        return self._action(event) is not None and event.key() != Key.Key_Escape

    def _action(self, event: QKeyEvent) -> Callable[[], object] | None:
        if event.matches(QKeySequence.StandardKey.Copy):
            return self.view.copy
        if event.matches(QKeySequence.StandardKey.SelectAll):
            return self.view.selectAll
        key, modifiers = event.key(), event.modifiers() & ~Modifier.KeypadModifier
        if (key, modifiers) == (Key.Key_E, CTRL):
            return self.take_more
        if modifiers == PLAIN and key in (Key.Key_F8, Key.Key_Escape):
            return self.toggle_exact if key == Key.Key_F8 else self.let_go
        return self._motion(key, modifiers & ~Modifier.ShiftModifier, bool(modifiers & Modifier.ShiftModifier))

    def _motion(self, key: int, modifiers: Qt.KeyboardModifier, extend: bool) -> Callable[[], object] | None:
        if modifiers not in (PLAIN, CTRL):
            return None
        ctrl = modifiers == CTRL
        if key in SIDE:
            small: Unit = "character" if self.view.exact else "word"
            way = -SIDE[key] if self._from_the_right() else SIDE[key]
            return lambda: self._step(way, "sentence" if ctrl else small, extend)
        if key in UP_DOWN and ctrl:
            return lambda: self._step(UP_DOWN[key], "paragraph", extend)
        if key in UP_DOWN:
            return lambda: self._rise(UP_DOWN[key], extend)
        if key in PAGES and not ctrl:
            return lambda: self._turn(PAGES[key], extend)
        if key in ENDS:
            return lambda: self._to_end(key == Key.Key_End, ctrl, extend)
        return None

    def _from_the_right(self) -> bool:
        text = self.view.text
        return reads_right_to_left(text.paragraph(text.number_at(self.view.caret())))

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

    def _to_end(self, end: bool, whole: bool, extend: bool) -> None:
        view = self.view
        if whole:
            self._go(len(view.text.text) if end else 0, extend)
        else:
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
        """Select the sentence at the caret; when that is selected already, its paragraph."""
        view = self.view
        selected = view.selection()
        sentence = view.motion.around(selected.start if selected else view.caret(), "sentence")
        if sentence is None:
            return
        if selected == sentence:
            sentence = view.motion.around(sentence.start, "paragraph") or sentence
        view.select(sentence)

    def let_go(self) -> bool:
        """Give up what is being dragged, else the selection. Answers whether there was either."""
        view = self.view
        if view.pointer.give_up():
            return True
        had: Span | None = view.selection()
        view.put_caret(view.caret())
        return had is not None
