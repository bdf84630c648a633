"""One laid-out paragraph: its lines, and where a range of its text lies on them. Positions are UTF-16."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextLayout, QTextLine, QTextOption

from .frozen import RIGHT_TO_LEFT

NEAR = 6.0  # runs of glyphs closer than this, in pixels, are one piece


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
        last = self.lines[-1]
        self.length = last.textStart() + last.textLength()
        self.mixed = bool(RIGHT_TO_LEFT.search(words))
        self.empty = not words

    def line_of(self, position: int) -> int:
        """The number of the line that a position stands on."""
        return max(0, bisect_right(self._starts, position) - 1)

    def line_at(self, y: float) -> int:
        """The number of the line at a height, its gap included."""
        return max(0, bisect_right(self.lines, y, key=lambda line: line.y()) - 1)

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
            line = self.lines[number]
            line_start = self._starts[number]
            a, b = max(start, line_start), min(end, line_start + line.textLength())
            if line_start >= end:
                break
            if b > a:
                for left, right in self._runs(line, a, b):
                    yield Piece(number, a, b, QRectF(left, line.y(), right - left, line.height()))

    def _runs(self, line: QTextLine, start: int, end: int) -> Iterator[tuple[float, float]]:
        """Left and right of each visible run. Where writing directions mix, one range is several runs on a line, and
        only the glyphs know where."""
        natural = line.naturalTextRect()
        if self.mixed:
            spans = _joined(run.boundingRect() for run in line.glyphRuns(start, end - start))
        else:
            spans = [(x_of(line, start), x_of(line, end))]
        for a, b in spans:
            left, right = max(a, natural.left()), min(b, natural.right())
            if right > left:
                yield left, right

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
        line = self.lines[self.line_of(position)]
        return QRectF(x_of(line, position), line.y(), 0, line.height())

    def edge(self, position: int, *, end: bool) -> QRectF:
        """Where a span begins or ends: beside its own first or last character, which in mixed writing is not where
        the caret of the same position stands."""
        if not end:
            return self.caret(position)
        last = self.layout.previousCursorPosition(position)
        line = self.lines[self.line_of(last)]
        return QRectF(x_of(line, last, QTextLine.Edge.Trailing), line.y(), 0, line.height())


def x_of(line: QTextLine, position: int, edge: QTextLine.Edge = QTextLine.Edge.Leading) -> float:
    """Where an edge of a character stands on its line. The binding answers a number, or a pair with the position."""
    x: Any = line.cursorToX(position, edge)
    return x[0] if isinstance(x, tuple) else x


def _joined(rects: Iterator[QRectF]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for left, right in sorted((rect.left(), rect.right()) for rect in rects if rect.width() > 0):
        if joined and left <= joined[-1][1] + NEAR:
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        else:
            joined.append((left, right))
    return joined
