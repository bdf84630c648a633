"""Which code is taken for which? Counts of places, and percent of the row, with "no code" as the last row and column.

Grey: the same code. Orange: another code. Blue: one coded, the other did not. As in the bars of the codes.
"""

from typing import TYPE_CHECKING

from .ink import Ink
from .sheet import Areas, Sheet
from .values import Confusion

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TALLEST, LOW = 40, 28  # of a cell; below the second there is room for one number
NARROW = 30  # a cell that has no room for a percentage
GAP, TAIL, FOOT = 6, 56, 36
SMALLEST, SLANT = 6.7, 0.53  # of words; points of words at 45 degrees a pixel of their column: more would touch
FULL = 0.5  # the share of the row at which a tint is at its deepest


def height_for(codes: int) -> int:
    return 118 + TALLEST * (codes + 1) + FOOT


def confusion(figure: "Figure", values: Confusion, ink: Ink, *, chosen: tuple[int, int] | None = None) -> Areas:
    """Returns the areas of the cells by (row, column) of the table."""
    return _Drawn(Sheet(figure, ink), values).draw(chosen)


class _Drawn:
    def __init__(self, sheet: Sheet, values: Confusion):
        self.sheet, self.values, self.ink = sheet, values, sheet.ink
        q = self.q = len(values.codes)
        self.order = [*values.order, *range(q, len(values.table))]
        self.labels = [*values.codes, sheet.ink.say("No code")]
        rows = len(self.order)
        self.size = 9.5 if q <= 22 else 8.0 if q <= 32 else 6.7
        widest = max(sheet.width_of(self.labels[n], self.size) for n in self.order)
        self.head = sheet.ink.say("{coder} coded").format(coder=values.rows)
        self.left = min(220.0, sheet.width * 0.26, max(widest, sheet.width_of(self.head, 9.5, bold=True)) + 18)
        self.names = min(widest, 190.0)
        self.top = 34 + min(self.names * 0.72 + 10, 150)
        last = max(sheet.width_of(self.labels[c], self.size) for c in self.order[-3:])
        tail = max(TAIL, 12 + min(last, self.names) * 0.72 - 20)
        self.w = (sheet.width - self.left - tail - GAP) / rows
        self.slanted = max(SMALLEST, min(self.size, SLANT * self.w))
        self.h = min(TALLEST, (sheet.height - self.top - FOOT) / rows)

    def x_of(self, n: int) -> float:
        return self.left + n * self.w + (GAP if n == self.q else 0)

    def y_of(self, n: int) -> float:
        return self.top + n * self.h + (GAP if n == self.q else 0)

    def draw(self, chosen: tuple[int, int] | None) -> Areas:
        self._heads()
        areas: Areas = {}
        for i, a in enumerate(self.order):
            for j, b in enumerate(self.order):
                x, y = self.x_of(j), self.y_of(i)
                self._cell(a, b, x, y)
                areas[a, b] = (x, y, x + self.w, y + self.h)
        if chosen is not None and chosen in areas:
            x0, y0, x1, y1 = areas[chosen]
            self.sheet.frame(x0 + 1, y0 + 1, x1 - x0 - 2, y1 - y0 - 2)
        self.sheet.done()
        return areas

    def _heads(self) -> None:
        sheet, say, table, q = self.sheet, self.ink.say, self.values.table, self.q
        head = self.head if sheet.width_of(self.head, 9.5, bold=True) <= self.left - 14 else self.values.rows
        sheet.fitted(self.left - 12, self.top - 14, head, self.left - 14, 9.5, ha="right", weight="bold")
        sheet.text(self.left, 10, say("{coder} coded").format(coder=self.values.columns), 9.5, weight="bold")
        last = len(self.order) - 1
        foot, right = self.y_of(last) + self.h + 16, self.x_of(last) + self.w + 50
        right = min(right, sheet.width - 2)
        across = sheet.shortened(self.labels, self.names, self.size)
        down = sheet.shortened(self.labels, self.left - 14, self.size)
        for n, c in enumerate(self.order):
            colour = "muted" if c == q else "text"
            sheet.ax.text(
                self.x_of(n) + self.w / 2 - 3, self.top - 8, across[c], fontsize=self.slanted, color=sheet.colour(colour),
                rotation=45, rotation_mode="anchor", ha="left", va="bottom",
            )  # fmt: skip
            middle = self.y_of(n) + self.h / 2
            sheet.text(self.left - 12, middle, down[c], self.size, colour=colour, ha="right")
            sheet.text(right, self.y_of(n) + self.h / 2, f"{table[c].sum():,}", self.size, "muted", "right")
            sheet.text(self.x_of(n) + self.w / 2, foot, f"{table[:, c].sum():,}", self.size, "muted", "center")
        sheet.text(self.left - 12, foot, say("Total"), 9, "muted", "right")
        sheet.text(right, foot, f"{table.sum():,}", self.size, "muted", "right", weight="bold")
        if right - sheet.width_of(say("Total"), 9) > self.x_of(last) + self.w:
            sheet.text(right, self.top - 14, say("Total"), 9, "muted", "right", zorder=1)

    def _cell(self, a: int, b: int, x: float, y: float) -> None:
        sheet, q, table = self.sheet, self.q, self.values.table
        count, w, h = int(table[a, b]), self.w, self.h
        if a == b == q:
            if w >= 44 and h >= LOW:
                words = self.ink.say("not\ncountable")
                sheet.text(x + w / 2, y + h / 2, words, 7.5, "muted", "center", va="center", linespacing=1.1)
            return
        share = count / max(1, int(table[a].sum()))
        sheet.box(x + 1, y + 1, w - 2, h - 2, fill(self.ink, a == b, q in (a, b), share) if count else self.ink.empty)
        if not count:
            return
        if h >= LOW and w >= NARROW:
            sheet.text(x + w / 2, y + h * 0.31, f"{count:,}", min(10, self.size + 0.5), ha="center")
            sheet.text(x + w / 2, y + h * 0.73, f"{100 * share:.0f}%", min(8, self.size), ha="center")
        elif sheet.width_of(f"{count:,}", 6.7) <= w - 2 and h >= 10:
            size = next((s for s in (9.5, 8.0, 7.2) if sheet.width_of(f"{count:,}", s) <= w - 3 and s * 1.5 <= h), 6.7)
            sheet.text(x + w / 2, y + h / 2, f"{count:,}", size, ha="center")


def fill(ink: Ink, same: bool, nothing: bool, share: float) -> str:
    """The ground of a cell: its hue by what it is, its strength by its share of the row, the same in every project."""
    if same:
        return ink.tint(ink.muted, 0.12 + 0.55 * share)
    return ink.tint(ink.where if nothing else ink.what, 0.10 + 0.75 * min(share / FULL, 1.0))
