"""What is the disagreement made of? A bar a row: of pairs of coders, of codes, of rounds."""

from typing import TYPE_CHECKING

from .forest import axis_of_bars, legend, limit_of, stacked
from .ink import Ink
from .sheet import Areas, Sheet
from .values import Bars

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TOP, FOOT, ROW = 52, 26, 26


def height_for(rows: int) -> int:
    return TOP + FOOT + ROW * rows + 4


def makeup(figure: "Figure", values: Bars, ink: Ink) -> Areas:
    """Returns the areas of the rows by their number."""
    sheet, say = Sheet(figure, ink), ink.say
    bottom = sheet.height - FOOT
    step = (bottom - TOP - 4) / max(1, len(values.rows))
    size = min(9.5, max(6.7, step * 0.42))
    head, counted = say("Disagreement, % of comparisons"), say("Comparisons")
    names = min(sheet.width * 0.34, max([sheet.width_of(name, size) for name, _ in values.rows] + [90.0]) + 14)
    counts = names + max(56.0, sheet.width_of(counted, 9) + 4)
    left, width = counts + 20, max(70.0, sheet.width - counts - 20 - 34)
    sheet.fitted(0, 12, values.head, names, 9, colour="muted")
    sheet.text(counts, 12, counted, 9, "muted", "right")
    head = head if sheet.width_of(head, 9) <= width + 34 else say("Disagreement, %")
    sheet.fitted(left, 12, head, width + 34, 9, colour="muted")
    sheet.line(0, 26, sheet.width, 26, "rule")
    legend(sheet, left, TOP - 9, width + 30, free=left)
    to = axis_of_bars(sheet, left, width, bottom, limit_of([made for _, made in values.rows]))
    areas: Areas = {}
    shown = sheet.shortened([name for name, _ in values.rows], names - 8, size)
    for n, (_, made) in enumerate(values.rows):
        y = TOP + 2 + (n + 0.5) * step
        sheet.text(0, y, shown[n], size)
        sheet.text(counts, y, f"{made.total:,}", size, ha="right")
        stacked(sheet, to, y, made, min(12.0, step * 0.55), size)
        areas[n] = (0.0, y - step / 2, sheet.width, y + step / 2)
    sheet.done()
    return areas
