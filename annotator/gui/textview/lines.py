"""One laid-out paragraph: its lines, and where a range of its text lies on them. Positions are UTF-16."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextLayout, QTextLine, QTextOption

from .frozen import RIGHT_TO_LEFT
from .rulers import Ruler, x_of


def _option(way: Qt.LayoutDirection, side: Qt.AlignmentFlag) -> QTextOption:
    made = QTextOption(side)
    made.setTextDirection(way)  # else it is that of the program's own language
    made.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return made


OPTIONS = {
    False: _option(Qt.LayoutDirection.LeftToRight, Qt.AlignmentFlag.AlignLeft),
    True: _option(Qt.LayoutDirection.RightToLeft, Qt.AlignmentFlag.AlignRight),
}


class Piece(NamedTuple):
    """A part of a range on one line: which line, from where to where in the paragraph, and its rectangle."""

    line: int
    start: int
    end: int
    rect: QRectF


def lay_out(layout: QTextLayout, width: float, gap: float, *, right_to_left: bool) -> float:
    """Break a paragraph into lines of `width`, each with a gap below. Answers its height."""
    layout.setTextOption(OPTIONS[right_to_left])
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, y))
        y += line.height() + gap
    layout.endLayout()
    return y


class Paragraph:
    """A paragraph whose `layout` has its lines. `start` is its place in the text; all else is relative to it. One that
    `goes_on` is a stretch: behind its last line comes another of the same paragraph."""

    def __init__(self, number: int, start: int, layout: QTextLayout, words: str, *, goes_on: bool = False):
        self.number, self.start, self.layout, self.goes_on = number, start, layout, goes_on
        self.lines: list[QTextLine] = [layout.lineAt(n) for n in range(layout.lineCount())]
        self._starts = [line.textStart() for line in self.lines]
        self._tops = [line.y() for line in self.lines]
        last = self.lines[-1]
        self.length = last.textStart() + last.textLength()
        self.mixed = bool(RIGHT_TO_LEFT.search(words))
        self.empty = not words
        self._rulers: dict[int, Ruler] = {}

    def ruler(self, number: int) -> Ruler:
        """What measures a line."""
        ruler = self._rulers.get(number)
        if ruler is None:
            ruler = self._rulers[number] = Ruler(self.lines[number], mixed=self.mixed)
        return ruler

    def top_of(self, number: int) -> float:
        """Where a line begins, from the top of the paragraph."""
        return self._tops[number]

    def bottom_of(self, number: int) -> float:
        """Where a line ends, the gap below it not counted."""
        return self._tops[number] + self.lines[number].height()

    def line_of(self, position: int) -> int:
        """The number of the line that a position stands on."""
        return max(0, bisect_right(self._starts, position) - 1)

    def line_at(self, y: float) -> int:
        """The number of the line at a height, its gap included."""
        return max(0, bisect_right(self._tops, y) - 1)

    def lines_between(self, top: float, bottom: float) -> range:
        """The lines that touch a stretch of the height."""
        return range(self.line_at(top), self.line_at(bottom) + 1)

    def extent_of(self, lines: range) -> tuple[int, int]:
        """From the first to the last position of some lines."""
        last = self.lines[lines[-1]]
        return self._starts[lines[0]], last.textStart() + last.textLength()

    def pieces(self, start: int, end: int, within: range | None = None) -> Iterator[Piece]:
        """Where `[start, end)` lies, line by line from top to bottom; blanks that hang over a wrap are left out."""
        start, end = max(0, start), min(end, self.length)
        first, stop = self.line_of(start), len(self.lines)
        if within is not None:
            first, stop = max(first, within.start), min(stop, within.stop)
        for number in range(first, stop):
            ruler = self.ruler(number)
            if ruler.start >= end:
                break
            a, b = max(start, ruler.start), min(end, ruler.end)
            if a < b:
                for run in ruler.runs(a, b):
                    yield Piece(number, a, b, ruler.rect(run))

    def counted(self, spans: Iterable[tuple[int, int]], within: range) -> dict[int, int]:
        """How many of some spans are visible on each line. A span is looked at where it begins and where it ends; the
        lines between, which it fills, are only counted."""
        counts = dict.fromkeys(within, 0)
        steps = dict.fromkeys(range(within.start, within.stop + 1), 0)
        for start, end in spans:
            first, last = self.line_of(start), self.line_of(end - 1)
            for number in {first, last}.intersection(counts):
                counts[number] += self._is_on(number, start, end)
            if last - first > 1 and first < within.stop and last > within.start:
                steps[max(first + 1, within.start)] += 1
                steps[min(last, within.stop)] -= 1
        for number, filled in zip(within, accumulate(steps.values()), strict=False):
            counts[number] += filled if filled and self._is_on(number, 0, self.length) else 0
        return {number: count for number, count in counts.items() if count}

    def _is_on(self, number: int, start: int, end: int) -> bool:
        """Whether something of a span is visible on a line."""
        ruler = self.ruler(number)
        start, end = max(start, ruler.start), min(end, ruler.end)
        return start < end and bool(ruler.runs(start, end))

    def position_on(self, number: int, x: float) -> int:
        """The position on a line nearest to `x`; not the one behind a blank that hangs over the wrap, whose caret
        would stand on the next line."""
        line = self.lines[number]
        position = line.xToCursor(x, QTextLine.CursorPosition.CursorBetweenCharacters)
        end = line.textStart() + line.textLength()
        if position < end or self._is_last(number):
            return position
        before = self.layout.previousCursorPosition(end)
        natural, edge = line.naturalTextRect(), x_of(line, before)
        return before if min(abs(edge - natural.right()), abs(edge - natural.left())) < 0.5 else position

    def ends_of(self, number: int) -> tuple[int, int]:
        """The first and the last place for a caret on a line."""
        line = self.lines[number]
        end = line.textStart() + line.textLength()
        return line.textStart(), end if self._is_last(number) else self.layout.previousCursorPosition(end)

    def _is_last(self, number: int) -> bool:
        return number + 1 == len(self.lines) and not self.goes_on

    def has_caret(self, position: int) -> bool:
        """Whether a caret at a position stands in this paragraph."""
        return 0 <= position < self.length + (not self.goes_on)

    def caret(self, position: int) -> QRectF:
        """Where the caret stands: a rectangle without width."""
        ruler = self.ruler(self.line_of(position))
        return QRectF(ruler.x(position), ruler.top, 0, ruler.height)

    def edge(self, position: int, *, end: bool) -> QRectF:
        """Where a span begins or ends: beside its own first or last character, which in mixed writing is not where
        the caret of the same position stands."""
        if not end:
            return self.caret(position)
        last = self.layout.previousCursorPosition(position)
        line = self.lines[self.line_of(last)]
        return QRectF(x_of(line, last, QTextLine.Edge.Trailing), line.y(), 0, line.height())
