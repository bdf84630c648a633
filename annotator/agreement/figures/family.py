"""Is it where or what? The family of unitizing alphas on one scale."""

from typing import TYPE_CHECKING

from annotator.agreement.words import between, number

from .ink import Ink
from .sheet import Sheet, interval, lowest, scale
from .values import Family

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TOP, FOOT, STEP = 22, 22, 54
BELOW, LINE = 18, 15  # px from a name to the first line of a reason, and to the next


def height_for(rows: int) -> int:
    return TOP + FOOT + STEP * rows


def family(figure: "Figure", values: Family, ink: Ink) -> None:
    sheet = Sheet(figure, ink)
    bottom = sheet.height - FOOT
    step = (bottom - TOP) / max(1, len(values.rows))
    to = scale(sheet, 4, sheet.width - 6, lowest(kin.point for kin in values.rows), TOP, bottom)
    for n, kin in enumerate(values.rows):
        y, point = TOP + n * step + step * 0.3, kin.point
        sheet.on_ground(0, y, f"{kin.name}, {kin.symbol}", 9.5)
        if point.value is None:
            _reason(sheet, y, f"n/a: {point.reason}")
            continue
        around = between(point.low, point.high)
        sheet.on_ground(sheet.width - min(74, sheet.width_of(around, 9) + 10), y, number(point.value), 9.5, ha="right")
        sheet.on_ground(sheet.width, y, around, 9, "muted", "right")
        interval(sheet, to, y + step * 0.45, point, "accent")
    sheet.done()


def _reason(sheet: Sheet, y: float, words: str) -> None:
    """On two lines at the most."""
    first, rest = words.split(), list[str]()
    while len(first) > 1 and sheet.width_of(" ".join(first), 8.0) > sheet.width - 4:
        rest.insert(0, first.pop())
    lines = [" ".join(first)]
    if rest:
        lines.append(sheet.elided(" ".join(rest), sheet.width - 4, 8.0))
    for n, line in enumerate(lines):
        sheet.on_ground(0, y + BELOW + LINE * n, line, 8.0, "muted")
