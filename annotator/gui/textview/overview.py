"""The whole document as a bar: where it is coded and how, what is in the window, the current annotation, what was found.
Words that have no code leave the bar empty. Clicking or dragging scrolls there."""

from bisect import bisect_right
from collections.abc import Iterator
from heapq import merge
from math import log
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from annotator.gui.theme import mix

from .index import Mark
from .slices import Slices

if TYPE_CHECKING:
    from .view import CodedTextView

WIDTH = 16  # pixels
LEFT, RIGHT = 4.0, 3.0  # from the edges to the marks
TICK = 5.0  # pixels of the tick of a bookmark
LEAST = 2  # pixels of the shortest mark, and of a hit
GRIP = 12.0  # pixels that the frame has at least
SLICE = 0.005  # seconds of work between two events
AT_ONCE = 2_000  # marks up to which the picture is ready in the next paint
PART = 2_000  # annotations that are sorted together
LATER = 150  # milliseconds after a change until a bigger one is made anew


class Run(NamedTuple):
    """Rows of the bar, `[top, bottom)`, that show one code."""

    top: int
    bottom: int
    code: str


class Overview(QWidget):
    """The bar of one view. It keeps one code a row of pixels, so it costs the same to paint at any size of text."""

    SPOKEN_AS = QAccessible.Role.Graphic

    def __init__(self, view: "CodedTextView"):
        super().__init__(view)
        self.view = view
        self.runs: list[Run] = []
        self._tops: list[float] = []
        self._shape: tuple[float, ...] = ()
        self._hits: tuple[object, list[int]] = (None, [])
        self._bookmarks: tuple[object, list[int]] = (None, [])
        self._making = Slices(self, SLICE, self._make, self.update)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Overview of the document"))
        self.hide()

    # The picture ------------------------------------------------------------------------------------------------------

    def reset(self) -> None:
        """Marks have come or gone, or are filtered otherwise."""
        self._making.begin(0 if len(self.view.index) <= AT_ONCE else LATER)
        self.update()

    def _make(self) -> Iterator[None]:
        """The innermost annotation gives a row its code, as it gives the words their tint: so the longest come first.
        What is shown stays until the new picture is complete; out of sight none is made."""
        if not self.isVisible():
            return
        self._measure()
        yield
        index, rows = self.view.index, list[str]([""]) * max(1, self.height())
        parts, annotations = list[list[Mark]](), index.annotations()
        for first in range(0, len(annotations), PART):
            those = [index[row] for one in annotations[first : first + PART] for row in index.of(one)]
            parts.append(sorted(filter(index.shows, those), key=_length))
            yield
        for n, mark in enumerate(merge(*parts, key=_length)):
            top = min(int(self.row_of(mark.start)), len(rows) - LEAST)
            bottom = min(max(top + LEAST, round(self.row_of(mark.end))), len(rows))
            rows[top:bottom] = [mark.code] * (bottom - top)
            if n % 256 == 255:
                yield
        self.runs = list(_runs(rows))

    def _measure(self) -> None:
        self._tops = self.view.page.heights.tops()
        self._shape = self._shape_now()
        self._hits = self._bookmarks = None, []

    def _shape_now(self) -> tuple[float, ...]:
        """By what it is seen that places have moved: a size has changed, or heights are no longer guessed."""
        page = self.view.page
        return (
            self.height(),
            page.width,
            page.pitch,
            round(50 * log(page.heights.total() + 1)),
            0 not in page.heights.exact,
        )

    def row_of(self, point: int) -> float:
        """The height of the bar at which a place in the text stands, as far as its paragraph is measured."""
        text, tops = self.view.text, self._tops
        number = bisect_right(text.starts, point) - 1
        if number + 1 >= len(tops) or not tops[-1]:
            return 0.0
        start = text.starts[number]
        end = text.starts[number + 1] if number + 1 < len(text) else len(text.text) + 1
        y = tops[number] + (tops[number + 1] - tops[number]) * (point - start) / (end - start)
        return y / tops[-1] * self.height()

    # Painting ---------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent, /) -> None:
        if self._shape != self._shape_now() and not self._making.is_due:
            self.reset()
        if self._making.is_due and len(self.view.index) <= AT_ONCE:
            self._making.finish()
        view, painter = self.view, QPainter(self)
        painter.fillRect(self.rect(), view.theme.canvas)
        painter.fillRect(QRectF(0, 0, 1, self.height()), view.theme.rule)
        self._paint_frame(painter)
        painter.setPen(Qt.PenStyle.NoPen)
        for top, bottom, code in self.runs:
            rect = QRectF(LEFT, top, self.width() - LEFT - RIGHT, bottom - top)
            painter.fillRect(rect, view.styles.brush(painter, QPointF(LEFT, 0), code))
        self._paint_current(painter)
        self._paint_hits(painter)
        self._paint_bookmarks(painter)
        painter.end()

    def frame(self) -> QRectF:
        """What of the document is in the window."""
        bar = self.view.verticalScrollBar()
        whole = max(1, bar.maximum() + self.view.viewport().height())
        height = max(GRIP, self.view.viewport().height() / whole * self.height())
        top = bar.value() / max(1, bar.maximum()) * (self.height() - height)
        return QRectF(0, top, self.width(), min(height, self.height()))

    def _paint_frame(self, painter: QPainter) -> None:
        theme = self.view.theme
        painter.fillRect(self.frame().adjusted(1, 0, 0, 0), mix(theme.canvas, theme.text, 0.10))
        edge = theme.text if theme.high else theme.muted
        painter.setPen(QPen(edge, 1))
        painter.drawRect(self.frame().adjusted(1.5, 0.5, -0.5, -0.5))

    def _paint_current(self, painter: QPainter) -> None:
        """A pointer beside the rows of the annotation that is current, over its own colour."""
        view = self.view
        for row in view.index.of(view.current) if view.current else ():
            mark = view.index[row]
            top = self.row_of(mark.start)
            height = max(4.0, self.row_of(mark.end) - top)
            rect = QRectF(LEFT - 2, top - 1, self.width() - LEFT - RIGHT + 4, height + 2)
            painter.fillRect(rect, view.theme.text)
            painter.fillRect(rect.adjusted(1, 1, -1, -1), view.styles.colour(mark.code))

    def _paint_hits(self, painter: QPainter) -> None:
        view = self.view
        if self._hits[0] is not view.hits:
            rows = sorted({int(self.row_of(view.text.point(start))) for start, _ in view.hits})
            self._hits = view.hits, rows
        quiet: QColor = mix(view.theme.canvas, view.theme.text, 0.75)
        for row in self._hits[1]:
            painter.fillRect(QRectF(1, row, LEFT - 1, LEAST), quiet)
        if view.hit is not None and view.hit < len(view.hits):
            row = self.row_of(view.text.point(view.hits[view.hit][0]))
            painter.fillRect(QRectF(1, row - 1, self.width() - 1, LEAST + 1), view.theme.accent)

    def bookmark_rows(self) -> list[int]:
        """Where the bookmarks stand in the bar."""
        marked = self.view.gutter.marked()
        if self._bookmarks[0] is not marked:
            self._bookmarks = marked, sorted({int(self.row_of(start)) for start in marked})
        return self._bookmarks[1]

    def _paint_bookmarks(self, painter: QPainter) -> None:
        """A tick like the head of an arrow, at the edge away from the hits: it is known by its shape."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.view.theme.canvas, 1))
        painter.setBrush(self.view.theme.text)
        right = self.width() + 0.5
        for row in self.bookmark_rows():
            painter.drawPolygon(
                [QPointF(right, row - TICK), QPointF(right, row + TICK), QPointF(right - TICK - 1, row)]
            )

    # Pointer ----------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        self._scroll(event)

    def mouseMoveEvent(self, event: QMouseEvent, /) -> None:
        self._scroll(event)

    def _scroll(self, event: QMouseEvent) -> None:
        """Bring what is under the pointer into the middle of the window."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            bar, height = self.view.verticalScrollBar(), self.view.viewport().height()
            share = min(1.0, max(0.0, event.position().y() / max(1, self.height())))
            bar.setValue(round(share * (bar.maximum() + height) - height / 2))
        event.accept()

    def wheelEvent(self, event: QWheelEvent, /) -> None:
        QCoreApplication.sendEvent(self.view.viewport(), event)

    def name_of(self, y: float) -> str:
        """Which paragraph stands at a height of the bar, and the code there."""
        number = min(bisect_right(self._tops, y / max(1, self.height()) * self._tops[-1]), len(self.view.text)) - 1
        where = self.tr("Paragraph {number}").format(number=self.view.text.numbers[max(0, number)])
        code = next((run.code for run in self.runs if run.top <= y < run.bottom), "")
        is_marked = any(abs(row - y) <= TICK for row in self.bookmark_rows())
        said = where, self.view.styles.name(code), self.tr("Bookmark") if is_marked else ""
        return " · ".join(filter(None, said))

    def event(self, event: QEvent, /) -> bool:
        if isinstance(event, QHelpEvent) and self._tops:
            QToolTip.showText(event.globalPos(), self.name_of(event.pos().y()), self)
            return True
        return super().event(event)


def _length(mark: Mark) -> int:
    """By what the longest come first."""
    return mark.start - mark.end


def _runs(rows: list[str]) -> Iterator[Run]:
    start = 0
    for row in range(1, len(rows) + 1):
        if row == len(rows) or rows[row] != rows[start]:
            if rows[start]:
                yield Run(start, row, rows[start])
            start = row
