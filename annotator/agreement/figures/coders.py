"""Who agrees with whom? Below the diagonal the value, above it its interval; at the margin use and influence."""

from typing import TYPE_CHECKING

from annotator.agreement.words import number

from .ink import Ink
from .sheet import Areas, Sheet
from .values import Coders, Point

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TOP, HIGH, WIDE = 36, 38, 64
MARGIN = 116
DEEPEST, FADE = 0.62, 0.08  # the tint of 1 above that of nothing, the same in every project


def height_for(coders: int) -> int:
    return TOP + HIGH * coders + 4


def coders(figure: "Figure", values: Coders, ink: Ink, *, chosen: tuple[int, int] | None = None) -> Areas:
    """Returns the areas of the cells by pair, on either side of the diagonal."""
    sheet, m, say = Sheet(figure, ink), len(values.names), ink.say
    without = any(value is not None for value in values.without)
    margin = MARGIN if without else MARGIN - 46
    w = min(WIDE, (sheet.width - margin) / m)
    h = min(HIGH, (sheet.height - TOP - 2) / m)
    size = min(10.5, max(6.7, w * 0.19))
    at_uses, at_without = m * w + 66, m * w + MARGIN - 2
    words = say("below {measure}, above its interval").format(measure=values.what)
    sheet.fitted(0, 22, words, max(m * w, at_uses - 64), 8.5, colour="muted")
    heads = [(say("annotations\nper doc."), at_uses)] + ([(say("all\nwithout"), at_without)] if without else [])
    for head, x in heads:
        for n, words in enumerate(head.split("\n")):
            sheet.text(x, 8 + 14 * n, words, 8.5, "muted", "right")
    areas: Areas = {}
    for i, name in enumerate(values.names):
        y = TOP + i * h
        sheet.fitted((i + 0.5) * w, y + h / 2, name, w - 2, min(10, size + 0.5), weight="bold", ha="center")
        sheet.text(at_uses, y + h / 2, f"{values.per_document[i]:.1f}", 9.5, ha="right")
        if without:
            sheet.text(at_without, y + h / 2, number(values.without[i]), 9.5, ha="right")
        for j in range(i):
            point = values.pairs.get((j, i), Point(None))
            _pair(sheet, point, (j * w, y, w, h), (i * w, TOP + j * h, w, h), size)
            areas[j, i] = (j * w, y, (j + 1) * w, y + h)
            areas[i, j] = (i * w, TOP + j * h, (i + 1) * w, TOP + (j + 1) * h)
    if chosen in areas and chosen is not None:
        x0, y0, x1, y1 = areas[chosen]
        sheet.frame(x0 + 1, y0 + 1, x1 - x0 - 2, y1 - y0 - 2)
    sheet.done()
    return areas


Box = tuple[float, float, float, float]  # left, top, width, height


def _pair(sheet: Sheet, point: Point, below: Box, above: Box, size: float) -> None:
    (x, y, w, h), ink = below, sheet.ink
    sheet.box(x + 1, y + 1, w - 2, h - 2, tint_of(ink, point.value))
    colour = "muted" if point.value is None else "text"
    sheet.text(x + w / 2, y + h / 2, number(point.value), size, colour, "center")
    x, y, w, h = above
    if point.low is None or point.high is None:
        sheet.text(x + w / 2, y + h / 2, "–", min(8.5, size), "muted", "center")
        return
    words, small = f"{number(point.low)}–{number(point.high)}", min(8.5, size)
    if sheet.width_of(words, max(6.7, small)) <= w - 2:
        sheet.text(x + w / 2, y + h / 2, words, max(6.7, small), "muted", "center")
    else:  # two lines where one is too narrow
        for shift, end in ((-0.2, point.low), (0.2, point.high)):
            sheet.text(x + w / 2, y + h * (0.5 + shift), number(end), 6.7, "muted", "center")


def tint_of(ink: Ink, value: float | None) -> str:
    """The ground of a value: a fixed scale from .3 to .9, so that two projects compare."""
    if value is None:
        return ink.empty
    return ink.tint(ink.where, FADE + DEEPEST * min(1.0, max(0.0, (value - 0.3) / 0.6)) ** 1.6)
