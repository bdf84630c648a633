"""The page: a document layout that lays out only what is seen. Estimated heights become exact in idle time."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, QTimer
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextBlock,
    QTextDocument,
    QTextFrame,
    QTextLayout,
    QTextLine,
)

from . import signs
from .frozen import FrozenText
from .gaps import draw_gaps
from .heights import Heights
from .lines import Paragraph, lay_out

if TYPE_CHECKING:
    from .view import CodedTextView

LIVE = 200  # laid-out paragraphs that are kept
CHUNK = 16  # lines whose drawing is prepared together: a very long paragraph is drawn in parts
SLICE = 0.004  # seconds of idle work between two events
SAMPLES = 16  # paragraphs laid out at once to calibrate the estimate
SCATTER = 7  # steps from one of them to the next, so that the first few are spread over the text too
ENOUGH = 20_000  # letters: no more of them are laid out where paragraphs are long
EMPTY = 0.3  # height of an empty paragraph, in lines


# What a page knows of a text, whatever blocks Qt makes of it.
KNOWN = (
    *("heights", "left", "top", "width", "pitch", "gap", "space", "_font", "_shape", "_size"),
    *("_live", "_drawn", "_beside", "_counts", "_correction", "_next"),
)


class Anchor(NamedTuple):
    """What stands at the top edge of the window: a UTF-16 position and how far its line is scrolled past, in pitches.
    It says the same at any width, font and estimate of heights."""

    position: int = 0
    fraction: float = 0.0


class Page(QAbstractTextDocumentLayout):
    """Lays out, measures and draws the paragraphs of one document for one view.

    Qt keeps 48 bytes a character in a block's own layout for good, so paragraphs are drawn from layouts of our own;
    a block's own is laid out only when Qt asks for its rectangle, because its cursor reads the lines there.
    """

    def __init__(self, document: QTextDocument, text: FrozenText, view: "CodedTextView"):
        super().__init__(document)
        self.text, self.view = text, view
        self.heights = Heights([])
        self.left, self.top, self.width = 0.0, 0.0, 0.0
        self.pitch = self.gap = self.space = 1.0
        self._font = QFont()
        self._shape: tuple[Any, ...] = ()
        self._size = QSizeF()
        self._live: OrderedDict[int, Paragraph] = OrderedDict()
        self._drawn: dict[tuple[int, int], Any] = {}
        self._beside: dict[int, Any] = {}
        self._own_blocks: set[int] = set()
        self._counts: dict[int, int] = {}  # lines of the stretches that go on, as far as they are known
        self._correction = 1.0
        self._next = self._waiting = 0
        self._idle = QTimer(self, interval=0)
        self._idle.timeout.connect(self._refine)

    def take_over(self, before: "Page") -> None:
        """Go on where the page of another document of the same text stands: all is known here that was known there."""
        before._idle.stop()
        for name in KNOWN:
            setattr(self, name, getattr(before, name))
        self.refine()

    # Heights ----------------------------------------------------------------------------------------------------------

    @contextmanager
    def once(self) -> Iterator[None]:
        """Lay anew at most once, when this is over: width and font change in several steps."""
        self._waiting += 1
        try:
            yield
        finally:
            self._waiting -= 1
            self.documentChanged(0, 0, 0)

    def documentChanged(self, position: int, removed: int, added: int, /) -> None:
        """Qt calls this for a new text, width or font, and also when nothing of that changed."""
        document = self.document()
        page, font = document.pageSize().width(), document.defaultFont()
        if self._waiting or page <= 0 or document.characterCount() != self.text.units + 1:
            return
        width = max(60.0, min(page - self.view.options.edges(), self.view.column()))
        shape = (width, font.key(), self.view.gap(QFontMetricsF(font)), self.view.EDGE)
        if shape != self._shape:
            self._shape = shape
            self._lay_anew(width, font)

    def _lay_anew(self, width: float, font: QFont) -> None:
        self.forget()
        for number in self._own_blocks:
            self.document().findBlockByNumber(number).layout().clearLayout()
        self._own_blocks.clear()
        self._counts.clear()
        metrics = QFontMetricsF(font)
        new_font = font.key() != self._font.key()
        self.width, self._font, self.gap = width, font, self._shape[2]
        self.left, self.top = self.view.EDGE, self.view.EDGE_TOP
        self.pitch, self.space = metrics.height() + self.gap, round(metrics.height() * 0.55)
        letters = max(1.0, width / (metrics.averageCharWidth() * 0.98))
        if new_font:
            self._correction = self._calibrate(letters)
        self.heights = Heights(self._estimates(letters * self._correction))
        self._next = 0
        self.refine()
        self.publish()

    def _estimates(self, letters: float) -> list[float]:
        each, least, empty = self.pitch / letters, 0.5 * self.pitch + self.space, self._empty
        estimates = [(weight * each + least) // 1 if weight else empty for weight in self.text.weights]
        for number in self.text.going_on:
            estimates[number] -= self.space
        return estimates

    @property
    def _empty(self) -> float:
        return float(round(self.pitch * EMPTY))

    def _calibrate(self, letters: float) -> float:
        """How far the estimate is off for this text and font, by a few paragraphs spread over it."""
        count = len(self.text)
        numbers = [n * SCATTER % SAMPLES * count // SAMPLES for n in range(SAMPLES)] if count > 2 * SAMPLES else []
        exact = estimated = seen = 0.0
        for number in numbers:
            weight = self.text.weights[number]
            if weight >= 40 and seen < ENOUGH:
                seen += weight
                exact += self._laid(number)[1] - (0 if number in self.text.going_on else self.space)
                estimated += (weight / letters + 0.5) * self.pitch
        return estimated / exact if exact else 1.0

    def _laid(self, number: int) -> tuple[QTextLayout, float, str]:
        words = self.text.paragraph(number)
        layout = QTextLayout(words, self._font)
        height = lay_out(layout, self.width, self.gap, right_to_left=self.text.right_to_left(number))
        if number in self.text.going_on:
            self._counts[number] = layout.lineCount()
        else:
            height = height + self.space if words else self._empty
        return layout, float(ceil(height)), words

    def paragraph(self, number: int) -> Paragraph:
        """A paragraph with its lines; the few used last are kept."""
        kept = self._live.get(number)
        if kept is not None:
            self._live.move_to_end(number)
            return kept
        layout, height, words = self._laid(number)
        layout.setCacheEnabled(True)  # else Qt shapes the text again at every draw
        start, goes_on = self.text.unit(self.text.starts[number]), number in self.text.going_on
        made = self._live[number] = Paragraph(number, start, layout, words, goes_on=goes_on)
        while len(self._live) > LIVE:
            self._forget_drawing(self._live.popitem(last=False)[1])
        if self.heights.set(number, height):
            self.view.sight.settle_soon()
        return made

    def lines_above(self, number: int) -> int | None:
        """How many lines of its paragraph stand above this stretch of it, once that is known."""
        counts = [self._counts.get(above) for above in range(self.text.stretches(number)[0], number)]
        return None if None in counts else sum(filter(None, counts))

    def refine(self) -> None:
        """Make all heights exact, bit by bit, as long as the view is shown."""
        if self._next < len(self.heights):
            self._idle.start()

    def _refine(self) -> None:
        """Measure some more paragraphs. No paint may come between new heights and the moved scroll bar."""
        if not self.view.isVisible():
            self._idle.stop()
            return
        until, count = perf_counter() + SLICE, len(self.heights)
        while self._next < count and perf_counter() < until:
            if not self.heights.exact[self._next]:
                self.heights.set(self._next, self._laid(self._next)[1])
            self._next += 1
        if self._next >= count:
            self._idle.stop()
            if self.text.going_on:
                self.view.viewport().update()  # now all lines have numbers
        self.view.sight.settle()

    def publish(self) -> None:
        """Tell the scroll bar how high the page is."""
        size = QSizeF(self.width + 2 * self.left, self.heights.total() + 2 * self.top)
        if size != self._size:
            self._size = size
            self.documentSizeChanged.emit(size)

    # Places -----------------------------------------------------------------------------------------------------------

    def top_of(self, number: int) -> float:
        """Where a paragraph begins on the page, in pixels."""
        return self.top + self.heights.above(number)

    def number_at(self, y: float) -> int:
        """The paragraph at a height of the page."""
        return self.heights.at(y - self.top)

    def around(self, unit: int) -> Paragraph:
        """The paragraph around a position of the text."""
        return self.paragraph(self.text.number_at(self.text.point(unit)))

    def caret(self, unit: int) -> QRectF:
        """Where the caret at a position stands on the page."""
        paragraph = self.around(unit)
        return self._on_page(paragraph, paragraph.caret(unit - paragraph.start))

    def edge(self, unit: int, *, end: bool) -> QRectF:
        """Where a span that begins or ends at a position has its edge on the page."""
        paragraph = self.paragraph(self.text.edge_at(self.text.point(unit), end=end))
        return self._on_page(paragraph, paragraph.edge(unit - paragraph.start, end=end))

    def _on_page(self, paragraph: Paragraph, rect: QRectF) -> QRectF:
        return rect.translated(self.left, self.top_of(paragraph.number))

    def position_at(self, point: QPointF) -> int:
        """The position of the text nearest to a point of the page."""
        paragraph, number, x = self._line_at(point)
        return paragraph.start + paragraph.position_on(number, x)

    def character_at(self, point: QPointF) -> int | None:
        """The position of the character under a point of the page."""
        paragraph, number, x = self._line_at(point)
        line = paragraph.lines[number]
        y, natural = point.y() - self.top_of(paragraph.number), line.naturalTextRect()
        if not (natural.left() <= x < natural.right() and line.y() - 1 <= y < line.y() + line.height() + self.gap):
            return None
        return paragraph.start + line.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter)

    def _line_at(self, point: QPointF) -> tuple[Paragraph, int, float]:
        paragraph = self.paragraph(self.number_at(point.y()))
        line = paragraph.line_at(point.y() - self.top_of(paragraph.number))
        return paragraph, line, point.x() - self.left

    def next_line(self, unit: int, way: int, x: float) -> int | None:
        """The position nearest to an x of the page on the line above (-1) or below (1); None if there is no such line."""
        paragraph = self.around(unit)
        line = paragraph.line_of(unit - paragraph.start) + way
        if not 0 <= line < len(paragraph.lines):
            if not 0 <= paragraph.number + way < len(self.heights):
                return None
            paragraph = self.paragraph(paragraph.number + way)
            line = 0 if way > 0 else len(paragraph.lines) - 1
        return paragraph.start + paragraph.position_on(line, x - self.left)

    def line_ends(self, unit: int) -> tuple[int, int]:
        """The first and the last place for a caret on the line of a position."""
        paragraph = self.around(unit)
        start, end = paragraph.ends_of(paragraph.line_of(unit - paragraph.start))
        return paragraph.start + start, paragraph.start + end

    def anchor_at(self, y: float) -> Anchor:
        """What stands at a height of the page, exactly: the paragraph there is laid out first."""
        number = self.number_at(y)
        while True:
            paragraph = self.paragraph(number)
            below = y - self.top_of(number)
            if below < self.heights[number] or number + 1 == len(self.heights):
                break
            number += 1
        line = paragraph.lines[paragraph.line_at(below)]
        return Anchor(paragraph.start + line.textStart(), (below - line.y()) / self.pitch)

    def height_of(self, anchor: Anchor) -> float:
        """The height of the page at which this anchor stands."""
        paragraph = self.around(anchor.position)
        line = paragraph.lines[paragraph.line_of(anchor.position - paragraph.start)]
        return self.top_of(paragraph.number) + line.y() + anchor.fraction * self.pitch

    def lay_around(self, unit: int, room: float) -> None:
        """Lay out what stands less than `room` pixels above or below a position, so that distances there are exact."""
        number = self.around(unit).number
        for numbers in (range(number, -1, -1), range(number, len(self.heights))):
            left = room
            for near in numbers:
                self.paragraph(near)
                left -= self.heights[near]
                if left < 0:
                    break

    def lay_between(self, top: float, bottom: float) -> None:
        """Lay out all that stands between two heights of the page."""
        number = self.number_at(top)
        while number < len(self.heights) and self.top_of(number) < bottom:
            self.paragraph(number)
            number += 1

    # What Qt asks -----------------------------------------------------------------------------------------------------

    def pageCount(self) -> int:
        return 1

    def documentSize(self) -> QSizeF:
        return self._size

    def frameBoundingRect(self, frame: QTextFrame, /) -> QRectF:
        return QRectF(QPointF(0, 0), self._size)

    def blockBoundingRect(self, block: QTextBlock, /) -> QRectF:
        if not block.isValid() or not len(self.heights):
            return QRectF()
        number, last = (
            self.text.number_at(self.text.point(unit))
            for unit in (block.position(), block.position() + block.length() - 1)
        )
        self.paragraph(number)
        place = QPointF(self.left, self.top_of(number))
        if (
            number == last
        ):  # Qt could lay out a paragraph of many stretches, and `Blocks` of many lines, only as a whole
            if block.blockNumber() not in self._own_blocks:
                block.layout().setFont(self._font)
                way = self.text.right_to_left(number)
                lay_out(block.layout(), self.width, self.gap, right_to_left=way)
                self._own_blocks.add(block.blockNumber())
            block.layout().setPosition(place)  # a screen reader is told from here where the caret is
        return QRectF(place, QSizeF(self.width, self.top_of(last) + self.heights[last] - place.y()))

    def hitTest(self, point: Any, accuracy: Qt.HitTestAccuracy, /) -> int:
        if not len(self.heights):
            return -1
        if accuracy == Qt.HitTestAccuracy.FuzzyHit:
            return self.position_at(point)
        found = self.character_at(point)
        return -1 if found is None else found

    # Drawing ----------------------------------------------------------------------------------------------------------

    def forget(self) -> None:
        """All paragraphs are laid out and prepared anew."""
        self._live.clear()
        self.forget_drawings()

    def forget_drawings(self, numbers: range | None = None) -> None:
        """The marks of these paragraphs, or of all, have changed."""
        if numbers is None:
            self._drawn.clear()
            self._beside.clear()
            return
        for number in numbers if len(numbers) < LIVE else [number for number in self._live if number in numbers]:
            if number in self._live:
                self._forget_drawing(self._live[number])

    def _forget_drawing(self, paragraph: Paragraph) -> None:
        self._beside.pop(paragraph.number, None)
        for chunk in range(0, len(paragraph.lines), CHUNK):
            self._drawn.pop((paragraph.number, chunk), None)

    def beside(self, number: int, make: Callable[[Paragraph], Any]) -> Any:
        """What is made of a paragraph to be drawn beside it, kept until its lines or its marks change."""
        paragraph = self.paragraph(number)
        made = self._beside.get(number)
        if made is None:
            made = self._beside[number] = make(paragraph)
        return made

    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext, /) -> None:
        """Paint what the clip shows. The view knows its selection, so nothing but caret and clip is read from the
        context: its other fields are views into memory that Qt reuses."""
        if not len(self.heights):
            return
        clip = QRectF(context.clip) if context.clip.isValid() else QRectF(QPointF(0, 0), self._size)
        caret = int(context.cursorPosition)
        number = self.number_at(clip.top())
        clip.adjust(0, -self.pitch, 0, self.pitch)  # marks and letters may stand out of their lines
        while number and self.top_of(number) > clip.top() and self.heights.exact[number - 1]:
            number -= 1  # one that is not measured is not in sight, and measuring it would move what is
        y = self.top_of(number)
        while number < len(self.heights) and y < clip.bottom():
            paragraph = self.paragraph(number)
            painter.translate(self.left, y)
            self._draw_paragraph(painter, paragraph, clip.translated(-self.left, -y), caret)
            painter.translate(-self.left, -y)
            y += self.heights[number]
            number += 1

    def _draw_paragraph(self, painter: QPainter, paragraph: Paragraph, clip: QRectF, caret: int) -> None:
        lines = paragraph.lines_between(clip.top(), clip.bottom())
        parts = [self._drawing(paragraph, n) for n in range(lines.start // CHUNK * CHUNK, lines.stop, CHUNK)]
        spans = self.view.spans
        for part in parts:
            spans.under(painter, part, paragraph)
        signs.draw_selection(painter, self.view, paragraph, lines)
        signs.draw_hits(painter, self.view, paragraph, lines)
        painter.setPen(self.view.theme.text)
        if len(paragraph.lines) <= CHUNK:
            paragraph.layout.draw(painter, QPointF(0, 0), [], clip)
        else:
            for n in lines:
                paragraph.lines[n].draw(painter, QPointF(0, 0))
        for part in parts:
            spans.over(painter, part, paragraph)
            draw_gaps(painter, self.view, paragraph, part)
        if paragraph.has_caret(caret - paragraph.start):
            signs.draw_caret(painter, self.view, paragraph.caret(caret - paragraph.start))
        if not paragraph.empty and lines.start == 0 and self.text.begins(paragraph.number):
            signs.draw_number(painter, self.view, paragraph)
        if self.view.options.line_numbers:
            signs.draw_line_numbers(painter, self.view, paragraph, lines)

    def _drawing(self, paragraph: Paragraph, first: int) -> Any:
        key = (paragraph.number, first)
        made = self._drawn.get(key)
        if made is None:
            lines = range(first, min(first + CHUNK, len(paragraph.lines)))
            made = self._drawn[key] = self.view.spans.build(paragraph, lines)
        return made
