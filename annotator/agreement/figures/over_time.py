"""Does agreement hold over the order of coding? Above all coders together, below each coder against the others."""

from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np

from annotator.agreement.words import number

from .ink import Ink, mix
from .sheet import Areas, Sheet, To, tick
from .values import Chart, Panel

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LEFT, RIGHT, TOP = 34, 128, 76
STRIP, PANEL = 128, 200  # the axis and head between chart and panels, and the height of one line of panels
APART = 14  # between two words at the ends of lines
IN_LINE = 4  # panels


def height_for(chart: Chart) -> int:
    return 430 + (PANEL * lines_of(len(chart.panels)) + 40 if chart.panels else 0)


def lines_of(panels: int) -> int:
    return -(-panels // IN_LINE)


def over_time(figure: "Figure", values: Chart, ink: Ink) -> Areas:
    """Returns the areas of the documents by their place in the arrays."""
    return _Drawn(Sheet(figure, ink), values).draw()


class _Drawn:
    def __init__(self, sheet: Sheet, values: Chart):
        self.sheet, self.values, self.ink = sheet, values, sheet.ink
        self.lines = lines_of(len(values.panels))
        strip = 40 + PANEL * self.lines if self.lines else 0
        self.bottom = max(TOP + 120.0, sheet.height - strip - 40)
        self.last = int(values.place[-1]) if len(values.place) else 1
        self.low, self.high = reach(values)

    def x(self, place: float) -> float:
        return LEFT + (place - 0.5) / self.last * (self.sheet.width - LEFT - RIGHT)

    def y(self, value: float) -> float:
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.bottom - share * (self.bottom - TOP)

    def draw(self) -> Areas:
        self._limits()
        self._stages()
        self._axes()
        sheet, values = self.sheet, self.values
        xs = [self.x(place) for place in values.place]
        sheet.points(xs, [self.y(v) for v in values.by_document], mix(self.ink.muted, self.ink.canvas, 0.8), 4.8)
        sheet.curve(xs, self._ys(values.running), "accent", 2.2, zorder=4)
        for n in np.flatnonzero(values.outside):
            sheet.dot(xs[n], self.y(values.running[n]), 6.5, "accent", hollow=True)
        self._ends()
        if values.panels:
            self._panels(self.bottom + 52)
        sheet.done()
        return {
            n: (x - 6, self.y(v) - 6, x + 6, self.y(v) + 6)
            for n, (x, v) in enumerate(zip(xs, values.by_document, strict=True))
        }

    def _ys(self, found: np.ndarray) -> list[float]:
        return [self.y(value) if np.isfinite(value) else np.nan for value in found]

    def _limits(self) -> None:
        values, sheet, ink = self.values, self.sheet, self.ink
        if values.limits is None or values.baseline is None or values.centre is None:
            return
        left, right = self.x(values.baseline[0] - 0.5), self.x(self.last + 0.5)
        low, high = (self.y(end) for end in values.limits)
        sheet.box(left, high, right - left, low - high, mix(ink.rule, ink.canvas, 0.55), zorder=0)
        sheet.line(left, self.y(values.centre), right, self.y(values.centre), ink.faint, zorder=1)

    def _stages(self) -> None:
        sheet, values, ink = self.sheet, self.values, self.ink
        for n, stage in enumerate(values.stages):
            x = self.x(stage.first - 0.5)
            room = self.x(stage.last + 0.5) - x - 12
            if n:
                sheet.line(x, 4, x, self.bottom, "rule")
            sheet.fitted(x + 8, 12, stage.name, room, 10, weight="bold")
            sheet.fitted(x + 8, 29, stage.days, room, 8.5, colour="muted")
            sets = values.baseline is not None and stage.first == values.baseline[0]
            words = ", ".join(filter(None, (stage.codebook, ink.say("sets the limits") if sets else "")))
            sheet.fitted(x + 8, 45, words, room, 8.5, colour="muted")
            if stage.is_anew and n:
                sheet.dot(x, TOP - 10, 7, "text", marker="v")
        if any(stage.is_anew for stage in values.stages[1:]):
            x = self.x(self.last + 0.5) + 12
            sheet.dot(x, TOP - 10, 7, "text", marker="v")
            sheet.text(x + 8, TOP - 11, ink.say("new codebook"), 8.5, "muted")

    def _axes(self) -> None:
        sheet = self.sheet
        sheet.text(LEFT + 8, TOP + 8, self.values.what, 8.5, "muted")
        step = 1 if (self.bottom - TOP) / (self.high - self.low) >= 130 else 2
        for n in range(round(self.high * 10), round(self.low * 10) - 1, -step):
            sheet.line(LEFT - 4, self.y(n / 10), LEFT, self.y(n / 10), "muted", 0.8)
            sheet.text(LEFT - 8, self.y(n / 10), tick(n / 10), 8.5, "muted", "right")
        sheet.line(LEFT, self.y(self.low), LEFT, self.y(self.high), "muted", 0.8)
        right = self.x(self.last + 0.5)
        documents(sheet, self.x, LEFT, right, self.bottom, self.last, 8.5)
        sheet.text(right + 8, self.bottom + 14, self.ink.say("document, as coded"), 8.5, "muted")

    def _ends(self) -> None:
        """Direct labels at the ends of the lines, pushed apart where they would touch."""
        values, say = self.values, self.ink.say
        ends = []
        if len(values.running) and np.isfinite(values.running[-1]):
            words = say("last {count} documents").format(count=values.window)
            ends.append((self.y(values.running[-1]), words, "accent", 9.0))
        if values.limits is not None and values.centre is not None:
            told = zip(
                (values.limits[1], values.centre, values.limits[0]),
                (say("{value} upper limit"), say("{value} baseline"), say("{value} lower limit")),
                strict=True,
            )
            ends += [(self.y(value), words.format(value=number(value)), "muted", 8.5) for value, words in told]
        ends.sort()
        for y, (_, words, colour, size) in zip(spread([end[0] for end in ends], APART), ends, strict=True):
            self.sheet.text(self.x(self.last + 0.5) + 8, y, words, size, colour)

    # Each coder ---------------------------------------------------------------------------------------------------------

    def _panels(self, top: float) -> None:
        sheet, ink = self.sheet, self.ink
        head = ink.say("Is it one coder?")
        sheet.text(0, top, head, 10, weight="bold")
        x = sheet.width_of(head, 10, bold=True) + 16
        keys = (
            (ink.say("the coder with the others"), "accent", 2.2),
            (ink.say("the others among themselves"), ink.faint, 1.2),
            (ink.say("gap beyond its limits"), "", 0.0),
        )
        for words, colour, width in keys:
            if colour:
                sheet.line(x, top, x + 16, top, colour, width)
            else:
                sheet.dot(x + 8, top, 6, "accent", hollow=True)
            sheet.text(x + 22, top, words, 8.5, "muted")
            x += 40 + sheet.width_of(words, 8.5)
        in_line = min(IN_LINE, len(self.values.panels))
        wide = (sheet.width - LEFT - 28 * (in_line - 1) - 8) / in_line
        for n, panel in enumerate(self.values.panels):
            line, column = divmod(n, IN_LINE)
            self._panel(panel, LEFT + column * (wide + 28), top + 14 + line * PANEL, wide, first=not column)

    def _panel(self, panel: Panel, left: float, top: float, wide: float, *, first: bool) -> None:
        sheet, say, a, b = self.sheet, self.ink.say, top + 44, top + PANEL - 32
        late = panel.place[panel.apart]
        sheet.fitted(left, top + 14, panel.name, wide, 9.5)
        words = (
            say("apart since document {number}").format(number=late[0]) if len(late) else say("moves with the others")
        )
        sheet.fitted(left, top + 31, words, wide, 8.5, colour="text" if len(late) else "muted")

        def x(place: float) -> float:
            return left + (place - 0.5) / self.last * wide

        def y(value: float) -> float:
            share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
            return b - share * (b - a) if np.isfinite(value) else np.nan

        for stage in self.values.stages[1:]:
            sheet.line(x(stage.first - 0.5), a, x(stage.first - 0.5), b, "rule")
        xs = [x(place) for place in panel.place]
        sheet.curve(xs, [y(v) for v in panel.rest], self.ink.faint, 1.2, zorder=3)
        sheet.curve(xs, [y(v) for v in panel.me], "accent", 2.2, zorder=4)
        for n in np.flatnonzero(panel.apart):
            sheet.dot(xs[n], y(panel.me[n]), 5, "accent", hollow=True)
        documents(sheet, x, left, left + wide, b, self.last, 8.0)
        for value in (self.low, self.high) if first else ():
            sheet.text(left - 8, y(value), tick(value), 8, "muted", "right")


def reach(values: Chart) -> tuple[float, float]:
    """From the tenth below what is drawn to the tenth above it: the only figure that zooms. The line, its limits and the
    panels always fit; documents far below are drawn at the edge."""
    shown = [values.running, *(one for panel in values.panels for one in (panel.me, panel.rest))]
    kept = [*values.by_document, *(values.limits or ())]
    for found in shown:
        kept += [value for value in found if np.isfinite(value)]
    low = floor(round(min([0.4, *kept]), 9) * 10) / 10
    high = min(1.0, ceil(round(max([low + 0.2, *kept]), 9) * 10) / 10)
    return max(-1.0, low), high


def documents(sheet: Sheet, x: To, left: float, right: float, y: float, last: int, size: float) -> None:
    """The axis of documents: 1, and every round number that has room."""
    room = max(1.0, (right - left) / max(1, last))
    step = next((s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if s * room >= 34), 2000)
    sheet.line(left, y, right, y, "muted", 0.8)
    for place in (1, *range(step if step > 1 else 2, last + 1, step)):
        if place > 1 and x(place) - x(1) < 0.7 * step * room:
            continue  # it would touch the 1
        sheet.line(x(place), y, x(place), y + 4, "muted", 0.8)
        sheet.text(x(place), y + 14, f"{place}", size, "muted", "center")


def spread(places: list[float], apart: float) -> list[float]:
    """Ascending places, pushed apart where they would touch, about where they were."""
    found = list(places)
    for _ in range(60):
        for n in range(len(found) - 1):
            if found[n + 1] - found[n] < apart:
                middle = (found[n] + found[n + 1]) / 2
                found[n], found[n + 1] = middle - apart / 2, middle + apart / 2
    return found
