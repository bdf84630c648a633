"""Which codes can coders tell, and how do they differ? One row a code: a table, an interval, the make-up of disagreement."""

from math import ceil
from typing import TYPE_CHECKING

from annotator.agreement.words import between, number

from .ink import Ink
from .sheet import Areas, Sheet, To, interval, lowest, scale
from .values import PARTS, CodeRow, Forest, Made

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TOP, FOOT, HEAD = 52, 26, 26
ROW, LEAST = 29, 19  # the height of a row, and the least in which words of 6.7 pt do not touch
NAMES = (116, 240)  # the width of the names of codes
USED, SHARED = 46, 58  # of the columns of uses and shares


def height_for(codes: int) -> int:
    """How high the figure is with every row at its best."""
    return TOP + FOOT + 6 + ROW * (codes + 1)


def forest(figure: "Figure", values: Forest, ink: Ink, *, numbers: bool = True) -> Areas:
    """`numbers=False` where a table beside it says them. Returns the areas of the rows by their number."""
    return _Drawn(Sheet(figure, ink), values, numbers).draw()


class _Drawn:
    def __init__(self, sheet: Sheet, values: Forest, numbers: bool):
        self.sheet, self.values, self.numbers, self.ink = sheet, values, numbers, sheet.ink
        self.parted = any(row.made.total for row in values.rows)
        self.shared = any(row.share is not None for row in values.rows)
        self.top, self.bottom = TOP, sheet.height - FOOT
        self.step = (self.bottom - self.top - 6) / max(1, len(values.rows))
        self.size = min(10.0, max(6.7, self.step * 0.42))
        widest = max((sheet.width_of(row.name, self.size, bold=not n) for n, row in enumerate(values.rows)), default=0)
        self.names = min(NAMES[1], max(NAMES[0], widest + 14))
        self.shown = sheet.shortened([row.name for row in values.rows], self.names - 12, self.size)
        self.uses = self.names + USED
        self.share = self.uses + (SHARED if self.shared else 0)
        self._columns()

    def _columns(self) -> None:
        width = self.sheet.width
        self.left = self.share + 26
        self.bar_width = max(168.0, (width - self.left) * 0.28) if self.parted else 0
        self.bars = width - self.bar_width - 32 if self.parted else width + 22
        self.range_at, self.value_at = self.bars - 24, self.bars - 100
        self.right = self.value_at - 34 if self.numbers else self.bars - 34

    def draw(self) -> Areas:
        self._heads()
        low = lowest(row.point for row in self.values.rows)
        to = scale(self.sheet, self.left, self.right, low, self.top, self.bottom, lines=self.values.lines)
        bar = self._axis_of_bars() if self.parted else None
        areas: Areas = {}
        for n, row in enumerate(self.values.rows):
            y = self.top + 4 + (n + 0.5) * self.step + (2 if n else 0)
            areas[n] = (0.0, y - self.step / 2, self.sheet.width, y + self.step / 2)
            self._row(y, row, self.shown[n], to, bar, strong=not n)
            if not n:
                self.sheet.line(0, y + self.step / 2, self.sheet.width, y + self.step / 2, "rule")
        self.sheet.done()
        return areas

    def _heads(self) -> None:
        sheet, say = self.sheet, self.ink.say
        sheet.text(0, 12, say(self.values.head), 9, "muted")
        sheet.text(self.uses, 12, say("Uses"), 9, "muted", "right")
        if self.shared:
            sheet.text(self.share, 12, say("Of text"), 9, "muted", "right")
        head = say("95% interval")
        room = (self.range_at - sheet.width_of(head, 9) if self.numbers else self.bars - 4) - self.left - 8
        sheet.fitted(self.left, 12, self.values.what, room, 9, colour="muted")
        if self.numbers:
            sheet.text(self.range_at, 12, head, 9, "muted", "right")
        if self.parted:
            sheet.fitted(self.bars, 12, say("Disagreement, % of comparisons"), self.bar_width + 26, 9, colour="muted")
        sheet.line(0, HEAD, sheet.width, HEAD, "rule")

    def _axis_of_bars(self) -> To:
        limit = limit_of([row.made for row in self.values.rows if row.point.value is not None])
        legend(self.sheet, self.bars, self.top - 9, self.bar_width + 26)
        return axis_of_bars(self.sheet, self.bars, self.bar_width, self.bottom, limit)

    def _row(self, y: float, row: CodeRow, name: str, to: To, bar: To | None, *, strong: bool) -> None:
        sheet, weight, size = self.sheet, "bold" if strong else "normal", self.size
        sheet.fitted(0, y, name, self.names - 12, size, weight=weight)
        sheet.text(self.uses, y, f"{row.uses:,}", size, ha="right", weight=weight)
        if row.share is not None:
            sheet.text(self.share, y, f"{100 * row.share:.1f}%", size, ha="right", weight=weight)
        if row.point.value is None:
            self._reason(y, row)
            return
        interval(sheet, to, y, row.point, "text" if strong else "accent", strong=strong)
        if self.numbers:
            sheet.text(self.value_at, y, number(row.point.value), size, ha="right", weight=weight)
            sheet.text(self.range_at, y, between(row.point.low, row.point.high), size, "muted", "right")
        if bar is not None:
            stacked(sheet, bar, y, row.made, min(12.0, self.step * 0.55), size, strong=strong)

    def _reason(self, y: float, row: CodeRow) -> None:
        """n/a keeps its row, with its counts and why."""
        sheet, size, say = self.sheet, min(9.0, self.size), self.ink.say
        room = (self.range_at if self.numbers else self.bars - 8) - self.left
        told = f"n/a: {row.point.reason}" if row.point.reason else "n/a"
        size = next((one for one in (size, 8.0, 7.4) if sheet.width_of(told, one) <= room), min(size, 7.4))
        words = sheet.elided(told, room, size)
        sheet.on_ground(self.left, y, words, size, "muted")
        if self.parted and row.made.total:
            told = say("in {apart} of {total} comparisons")
            told = told.format(apart=f"{sum(row.made.apart):,}", total=f"{row.made.total:,}")
            sheet.fitted(self.bars, y, told, self.bar_width + 26, size, colour="muted")


# Bars of disagreement, here and where they stand alone ------------------------------------------------------------------


def limit_of(made: list[Made]) -> float:
    """The share at which the axis of bars ends: the tenth above the longest bar, and a tenth at least."""
    return min(1.0, max(0.1, ceil(round(max((one.share for one in made), default=0.0), 9) * 10) / 10))


def axis_of_bars(sheet: Sheet, left: float, width: float, bottom: float, limit: float) -> To:
    """Percent from 0. Returns where a share stands."""

    def to(share: float) -> float:
        return left + share / limit * width

    step = 0.2 if limit > 0.4 else 0.1 if limit > 0.2 else 0.05
    for n in range(round(limit / step + 0.5)):
        if n * step <= limit + 1e-9:
            sheet.line(to(n * step), bottom, to(n * step), bottom + 4, "muted", 0.8)
            sheet.text(to(n * step), bottom + 13, f"{100 * n * step:.0f}", 8, "muted", "center")
    sheet.line(left, bottom, left + width, bottom, "muted", 0.8)
    return to


def legend(sheet: Sheet, x: float, y: float, room: float, free: float = 0) -> None:
    """The names of the parts over the bars, as large as there is room; where there is none, it takes of what is free before."""
    names = [sheet.ink.say(part) for part in PARTS]
    widths = {s: sum(sheet.width_of(n, s) + 19 for n in names) - 8 for s in (8.0, 7.5, 7.0, 6.7)}
    size = next((s for s, width in widths.items() if width <= room), 6.7)
    x -= min(free, max(0.0, widths[size] - room))
    for part, name in zip(PARTS, names, strict=True):
        sheet.box(x, y - 4, 8, 8, part)
        sheet.text(x + 11, y, name, size, "muted")
        x += 19 + sheet.width_of(name, size)


def stacked(sheet: Sheet, to: To, y: float, made: Made, high: float, size: float, *, strong: bool = False) -> None:
    """The parts of a bar, and their sum at its end; the rest of the 100% agreed in full."""
    if not made.total:
        return
    at = 0
    for part, count in zip(PARTS, made.apart, strict=True):
        start, end = to(at / made.total), to((at + count) / made.total)
        if count:
            sheet.box(start, y - high / 2, max(0.6, end - start - 1), high, part)
        at += count
    sheet.text(to(at / made.total) + 6, y, f"{100 * made.share:.0f}", size, weight="bold" if strong else "normal")
