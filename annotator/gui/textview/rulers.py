"""One line of a paragraph, measured once: where any part of it lies from left to right. Positions are UTF-16."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextLayout, QTextLine

NEAR = 6.0  # runs of glyphs closer than this, in pixels, are one piece
WITH_PLACES = QTextLayout.GlyphRunRetrievalFlag.RetrieveStringIndexes
Run = tuple[float, float]  # left, right


class Ruler:
    """A line from `start` to `end`, at `top`. Qt is asked once for each place where a part begins or ends."""

    def __init__(self, line: QTextLine, *, mixed: bool):
        natural = line.naturalTextRect()
        self.line, self.mixed = line, mixed
        self.start, self.end = line.textStart(), line.textStart() + line.textLength()
        self.top, self.height = line.y(), line.height()
        self.left, self.right = natural.left(), natural.right()
        self._runs: dict[tuple[int, int], list[Run]] = {}
        self._places: dict[int, float] = {}
        self._items: list[tuple[int, int, list[Run]]] | None = None

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def runs(self, start: int, end: int) -> list[Run]:
        """Left and right of what is visible between two places of the line: several where writing directions mix, none
        where only blanks hang over the wrap."""
        runs = self._runs.get((start, end))
        if runs is None:
            whole = self._mixed(start, end) if self.mixed else [(self.x(start), self.x(end))]
            cut = ((max(left, self.left), min(right, self.right)) for left, right in whole)
            runs = self._runs[start, end] = [(left, right) for left, right in cut if left < right]
        return runs

    def x(self, position: int) -> float:
        """Where a caret at a position stands."""
        x = self._places.get(position)
        if x is None:
            x = self._places[position] = x_of(self.line, position)
        return x

    def rect(self, run: Run) -> QRectF:
        """The rectangle of one run."""
        return QRectF(run[0], self.top, run[1] - run[0], self.height)

    def _mixed(self, start: int, end: int) -> list[Run]:
        """Where writing directions mix only the glyphs know where a part lies. Qt says it of each item of the line, and
        of an item that is cut it is asked again."""
        if self._items is None:
            self._items = self._itemized()
        found: list[Run] = []
        for low, high, runs in self._items:
            if low >= end:
                break
            a, b = max(start, low), min(end, high)
            if a < b:
                found += runs if (a, b) == (low, high) else self._glyphs(a, b)
        return joined(found)

    def _glyphs(self, start: int, end: int) -> list[Run]:
        """Of one item: all fonts in it are told with the same rectangle."""
        return [_sides(run.boundingRect()) for run in self.line.glyphRuns(start, end - start)[:1]]

    def _itemized(self) -> list[tuple[int, int, list[Run]]]:
        """From where to where each item of the line goes, and where it lies, in the order of the text."""
        firsts: dict[Run, int] = {}
        for run in self.line.glyphRuns(self.start, self.end - self.start, WITH_PLACES):
            sides, first = _sides(run.boundingRect()), min(run.stringIndexes())
            firsts[sides] = min(first, firsts.get(sides, first))
        starts = sorted((first, sides) for sides, first in firsts.items())
        ends = [*(first for first, _ in starts[1:]), self.end]
        return [(first, end, [sides]) for (first, sides), end in zip(starts, ends, strict=False)]  # no item, one end


def x_of(line: QTextLine, position: int, edge: QTextLine.Edge = QTextLine.Edge.Leading) -> float:
    """Where an edge of a character stands on its line. The binding answers a number, or a pair with the position."""
    x: Any = line.cursorToX(position, edge)
    return x[0] if isinstance(x, tuple) else x


def joined(runs: Iterable[Run]) -> list[Run]:
    """Runs from left to right, those that nearly touch as one; what has no width is left out."""
    made: list[Run] = []
    for left, right in sorted(runs):
        if right <= left:
            continue
        if made and left <= made[-1][1] + NEAR:
            made[-1] = (made[-1][0], max(made[-1][1], right))
        else:
            made.append((left, right))
    return made


def _sides(rect: QRectF) -> Run:
    return rect.left(), rect.right()
