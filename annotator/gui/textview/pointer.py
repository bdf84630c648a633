"""The mouse in the text: caret, selection, the edges of the current annotation, codes dropped on words."""

from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import (
    QClipboard,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication

from annotator.text import Span

from .handles import EdgeDrag, edge_at

if TYPE_CHECKING:
    from .view import CodedTextView

CODE_TYPE = "application/x-annotator-code"  # what is dragged: the id of a code in UTF-8
TICK = 30  # milliseconds between two steps of scrolling by dragging beyond the window


class Pointer:
    """What one mouse does to one view."""

    def __init__(self, view: "CodedTextView"):
        self.view = view
        self.edge: EdgeDrag | None = None
        self.resized = Span(0, 0)  # what its span would be
        self._anchor: Span | None = None  # what was pressed on: a position, a word or a sentence
        self._pressed = QPoint()
        self._dragging = False
        self._last_double = (0.0, QPoint())
        self._scroller = QTimer(view, interval=TICK)
        self._scroller.timeout.connect(self._scroll)
        self._at, self._exact = QPoint(), False

    # Pressing and dragging --------------------------------------------------------------------------------------------

    def press(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        position = self.view.position_at(point)
        if event.button() == Qt.MouseButton.RightButton:
            selected = self.view.selection()
            if selected is None or not selected.start <= position <= selected.end:
                self.view.put_caret(position)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed, self._dragging = point, False
        self.edge = edge_at(self.view, self.view.on_page(point))
        if self.edge:
            self.resized = self.edge.span
            return
        if self._is_third_click(point):
            self._take(self.view.motion.around(position, "sentence"), position)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._anchor = Span(self.view.ends()[0], self.view.ends()[0])
            self._extend(point, self._is_exact(event))
        else:
            self._anchor = Span(position, position)
            self.view.put_caret(position)

    def double(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = event.position().toPoint()
        self._last_double = monotonic(), point
        self._pressed, self._dragging = point, True
        position = self.view.position_at(point)
        self._take(self.view.motion.around(self.view.character_at(point) or position, "word"), position)

    def move(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._hover(point)
            return
        far = (point - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        self._dragging = self._dragging or far
        if self._dragging:
            self._at, self._exact = point, self._is_exact(event)
            self._drag()
            if not 0 <= point.y() < self.view.viewport().height():
                self._scroller.start()

    def release(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._scroller.stop()
        edge, new = self.edge, self.resized
        point = event.position().toPoint()
        if edge:
            self.give_up()
            if new != edge.span:
                self.view.edge_dragged.emit(edge.annotation, edge.span, new)
        elif not self._dragging:
            found = self.view.annotation_under(point)
            if found:
                self.view.annotation_clicked.emit(found)
        self._offer_selection()
        self._anchor = None

    def _offer_selection(self) -> None:
        """Where the middle button pastes what is selected, let it."""
        clipboard, words = QGuiApplication.clipboard(), self.view.selected_words()
        if words and clipboard.supportsSelection():
            clipboard.setText(words, QClipboard.Mode.Selection)

    def give_up(self) -> bool:
        """Let go of an edge without moving it. Answers whether there was one in the hand."""
        had, self.edge = self.edge, None
        self._scroller.stop()
        if had:
            self.view.viewport().update()
        return had is not None

    def _is_third_click(self, point: QPoint) -> bool:
        when, where = self._last_double
        near = (point - where).manhattanLength() < QApplication.startDragDistance()
        return near and (monotonic() - when) * 1000 < QApplication.doubleClickInterval()

    def _is_exact(self, event: QMouseEvent) -> bool:
        return self.view.exact or bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)

    def _take(self, span: Span | None, position: int) -> None:
        self._anchor = span or Span(position, position)
        if span:
            self.view.select(span)

    def _drag(self) -> None:
        if self.edge:
            self._resize(self._at, self._exact)
        elif self._anchor:
            self._extend(self._at, self._exact)

    def _extend(self, point: QPoint, exact: bool) -> None:
        if self._anchor is None:
            return
        position = self.view.position_at(point)
        if position >= self._anchor.start:
            self.view.extend(self._anchor.start, max(position, self._anchor.end), exact=exact)
        else:
            self.view.extend(self._anchor.end, position, exact=exact)

    def _resize(self, point: QPoint, exact: bool) -> None:
        edge = self.edge
        if edge is None:
            return
        motion = self.view.motion
        position = motion.edge(self.view.position_at(point), end=edge.end, exact=exact)
        unit = "character" if exact else "word"
        if edge.end:
            least = min(edge.high, motion.forward(edge.span.start, unit, "end"))
            self.resized = Span(edge.span.start, min(max(position, least), edge.high))
        else:
            most = max(edge.low, motion.back(edge.span.end, unit, "start"))
            self.resized = Span(max(min(position, most), edge.low), edge.span.end)
        self.view.viewport().update()

    def _scroll(self) -> None:
        height = self.view.viewport().height()
        beyond = self._at.y() if self._at.y() < 0 else max(0, self._at.y() - height + 1)
        if not beyond:
            self._scroller.stop()
            return
        bar = self.view.verticalScrollBar()
        bar.setValue(bar.value() + max(-60, min(60, beyond)))
        self._drag()

    # Hovering ---------------------------------------------------------------------------------------------------------

    def _hover(self, point: QPoint) -> None:
        edge = edge_at(self.view, self.view.on_page(point))
        shape = Qt.CursorShape.SizeHorCursor if edge else Qt.CursorShape.IBeamCursor
        if self.view.viewport().cursor().shape() != shape:
            self.view.viewport().setCursor(shape)
        self.view.hover(edge.annotation if edge else self.view.annotation_under(point))

    def menu(self, event: QContextMenuEvent) -> None:
        """A menu is wanted, at the pointer or, by its key, at the caret."""
        view = self.view
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            position, corner = view.caret(), view.cursorRect().bottomLeft()
            found = next(iter(view.annotations_at(position)), "")
            view.menu_wanted.emit(view.viewport().mapToGlobal(corner), position, found)
        else:
            found = view.annotation_under(event.pos()) or ""
            view.menu_wanted.emit(event.globalPos(), view.position_at(event.pos()), found)

    # Dropping a code --------------------------------------------------------------------------------------------------

    def drag(self, event: QDragEnterEvent | QDragMoveEvent) -> None:
        """A code is held over the text: show what it would be put on."""
        code = self._code(event)
        spans = self._target(event.position().toPoint(), code) if code else ()
        self.view.preview(spans, code)
        if code and spans:
            event.acceptProposedAction()
        elif code and isinstance(event, QDragEnterEvent):
            event.accept()
        else:
            event.ignore()

    def drop(self, event: QDropEvent) -> None:
        code = self._code(event)
        spans = self._target(event.position().toPoint(), code)
        self.view.preview((), "")
        if code and spans:
            event.acceptProposedAction()
            self.view.code_dropped.emit(code, spans)
        else:
            event.ignore()

    def _code(self, event: QDropEvent) -> str:
        return bytes(event.mimeData().data(CODE_TYPE).data()).decode()

    def _target(self, point: QPoint, code: str) -> tuple[Span, ...]:
        """The selection when the point is on it; the words of the innermost annotation there that has another code; else
        the sentence there."""
        view, position = self.view, self.view.position_at(point)
        selected = view.selection()
        if selected and selected.start <= position <= selected.end:
            return (selected,)
        for row in view.index.at(position):
            annotation = view.index[row].annotation
            marks = [view.index[other] for other in view.index.of(annotation)]
            if marks[0].code != code:
                return tuple(sorted(Span(mark.start, mark.end) for mark in marks))
        sentence = view.motion.around(position, "sentence")
        return (sentence,) if sentence else ()
