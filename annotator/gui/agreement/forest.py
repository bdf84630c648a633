"""The columns of the table of codes, the scale in one of them, and how a value is drawn on it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import floor

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from annotator.agreement.figures.values import PARTS
from annotator.agreement.words import FLOOR, MINUS, RELIABLE, number
from annotator.gui.marks import words
from annotator.gui.theme import Theme, font, mix

from .canvas import ink_of
from .lines import Line
from .saying import in_words

WIDTHS = {
    "uses": 44,
    "share": 52,
    "units": 58,
    "percent": 52,
    "value": 36,
    "interval": 84,
    "bars": 150,
    "n": 48,
    "documents": 68,
}
ORDER = ("code", "uses", "share", "units", "percent", "scale", "value", "interval", "bars", "n", "documents")
GIVE_WAY = ("documents", "n", "percent", "units", "share", "bars")  # first what can be done without in a narrow window
SUM = 30  # beside a bar, for how much it is
LEAST, MOST = {"code": 112, "scale": 150}, {"code": 208}
TIGHT, SHORT = 100, 104  # of the code, where there is not even room for the least, and of the scale beside long names
EDGE, GAP = 8, 12  # beside the columns and between them
CONVENTIONAL = ("alpha", "kappa", "unitizing")  # the lines are of coefficients that chance brings to 0
DOT, END = 4.0, 4.0  # half the height of the dot and of the tick at the lower end
NARROWEST = 20  # between two numbers of the scale
MIDDLE = Qt.AlignmentFlag.AlignVCenter
RIGHT = MIDDLE | Qt.AlignmentFlag.AlignRight


class Columns:
    """Where each column stands in a width: name -> (x, width)."""

    def __init__(self, width: int, *, needed: Mapping[str, int], without: Collection[str] = ()):
        """`needed` is what the longest words of some columns need, that of the code among them."""
        room, out = width - 2 * EDGE, set(without)
        widths = {name: max(least, needed.get(name, 0)) for name, least in WIDTHS.items()}
        giving = [name for name in GIVE_WAY if name not in out]
        while giving and room - _taken(widths, out) < sum(LEAST.values()):
            out.add(giving.pop(0))
        free = room - _taken(widths, out)
        code = max(TIGHT, min(needed["code"], MOST["code"], free - SHORT))
        widths |= {"code": code, "scale": max(LEAST["scale"] // 2, free - code)}
        self.at, x = dict[str, tuple[int, int]](), EDGE
        for name in ORDER:
            if name not in out:
                self.at[name] = x, widths[name]
                x += widths[name] + GAP

    def area(self, name: str, rect: QRect, to: str = "") -> QRect:
        """The place of a column in a row, or from one column to the end of another."""
        x, width = self.at[name]
        if to:
            width = sum(self.at[to]) - x
        return QRect(rect.left() + x, rect.top(), width, rect.height())


def _taken(widths: Mapping[str, int], out: Collection[str]) -> int:
    """What all columns but the code and the scale take, with the gap before each of them and before the scale."""
    return sum(width + GAP for name, width in widths.items() if name not in out) + GAP


@dataclass(frozen=True, slots=True)
class Scale:
    """From `least` to 1 between two places."""

    least: float
    left: float
    right: float

    @classmethod
    def of(cls, columns: Columns, least: float) -> "Scale":
        x, width = columns.at["scale"]
        return cls(least, x + 6, x + width - 6)

    def at(self, value: float) -> float:
        return self.left + (value - self.least) / (1 - self.least) * (self.right - self.left)

    def ticks(self) -> list[tuple[float, str]]:
        """Every fifth, or where that is too narrow every other: its place and its words."""
        step = 2 if self.at(0.2) - self.at(0) >= NARROWEST else 4
        values = [n / 10 for n in range(-20, 11) if n % step == 0 and n / 10 >= self.least]
        values += [] if 1 in values else [1]
        return [(self.at(value), f"{value:g}".replace("0.", ".").replace("-", MINUS)) for value in values]


def reference(theme: Theme) -> QColor:
    """The colour of lines that numbers are read against."""
    return mix(theme.canvas, theme.muted, 0.6)


def paint_lines(painter: QPainter, scale: Scale, top: float, bottom: float, theme: Theme) -> None:
    """The conventional lines, sharp."""
    painter.setPen(QPen(reference(theme), 1))
    for line in (FLOOR, RELIABLE):
        x = floor(scale.at(line)) + 0.5
        painter.drawLine(QLineF(x, top, x, bottom))


def paint_line_names(painter: QPainter, scale: Scale, area: QRect, theme: Theme) -> None:
    """.667 and .800 over their lines, to either side so that they never touch."""
    bottom = area.bottom() - 1
    for line, left in ((FLOOR, True), (RELIABLE, False)):
        x = round(scale.at(line))
        place = QRect(x - 44, bottom - 16, 47, 16) if left else QRect(x - 3, bottom - 16, 44, 16)
        align = RIGHT if left else MIDDLE
        words(painter, place, number(line, 3), role="tiny", colour=theme.muted, align=align)


def paint_axis(painter: QPainter, scale: Scale, theme: Theme) -> None:
    """The scale below the rows: a line, ticks, and a number at every fifth."""
    painter.setPen(QPen(reference(theme), 1))
    painter.drawLine(QLineF(scale.left, 0.5, scale.right, 0.5))
    for x, text in scale.ticks():
        painter.setPen(QPen(reference(theme), 1))
        painter.drawLine(QLineF(floor(x) + 0.5, 0.5, floor(x) + 0.5, 4.5))
        place = QRect(round(x) - 20, 5, 40, 14)
        words(painter, place, text, role="tiny", colour=theme.muted, align=Qt.AlignmentFlag.AlignCenter)


def paint_value(painter: QPainter, scale: Scale, line: Line, area: QRect, theme: Theme) -> None:
    """The interval with a tick at its lower end, which is judged, and the dot. Of little data: grey and hollow."""
    value, low, high = line.row.value, line.row.low, line.row.high
    if value is None or not line.is_defined:
        return
    middle, x = area.top() + area.height() // 2 + 0.5, scale.at(value)
    colour = theme.muted if line.few else theme.text if line.code is None else theme.accent
    painter.setPen(QPen(colour, 1.5))
    if low is not None and high is not None:
        start = scale.at(low)
        painter.drawLine(QLineF(start, middle, scale.at(high), middle))
        painter.drawLine(QLineF(start, middle - END, start, middle + END))
    radius = DOT - 0.5 if line.few else DOT
    painter.setBrush(theme.canvas if line.few else colour)
    painter.setPen(QPen(colour, 1.5) if line.few else Qt.PenStyle.NoPen)
    painter.drawEllipse(QPointF(x, middle), radius, radius)


# The make-up of disagreement ---------------------------------------------------------------------------------------------


def paint_bar(painter: QPainter, line: Line, area: QRect, limit: float, theme: Theme) -> None:
    """The parts of the disagreement, and their sum; of what has no value the counts alone."""
    made = line.made
    if made is None or not made.total:
        return
    if not line.is_defined:
        told = in_words("in {apart} of {total} comparisons")
        told = told.format(apart=f"{sum(made.apart):,}", total=f"{made.total:,}")
        words(painter, area, told, role="small", colour=theme.muted)
        return
    room, colours, at = area.width() - SUM, ink_of(theme).parts, 0
    painter.setPen(Qt.PenStyle.NoPen)
    top = area.top() + (area.height() - 12) / 2
    for part, count in zip(PARTS, made.apart, strict=True):
        start, end = (area.left() + room * n / made.total / limit for n in (at, at + count))
        if count:
            painter.fillRect(QRectF(start, top, max(1.0, end - start - 1), 12), QColor(colours[part]))
        at += count
    end = area.left() + room * made.share / limit
    role = "heading" if line.code is None else "body"
    place = QRect(round(end) + 5, area.top(), 40, area.height())
    words(painter, place, f"{100 * made.share:.0f}", role=role, colour=theme.text)


def paint_legend(painter: QPainter, area: QRect, theme: Theme) -> None:
    """The names of the parts."""
    metrics, names = QFontMetrics(font("tiny")), [in_words(part) for part in PARTS]
    x = area.right() - sum(metrics.horizontalAdvance(name) + 15 for name in names) + 5
    colours = ink_of(theme).parts
    for part, name in zip(PARTS, names, strict=True):
        painter.fillRect(QRect(x, area.top() + 4, 8, 8), QColor(colours[part]))
        x += 10 + words(painter, QRect(x + 10, area.top(), 200, 16), name, role="tiny", colour=theme.muted) + 5


def paint_axis_of_bars(painter: QPainter, area: QRect, limit: float, theme: Theme) -> None:
    """Percent from 0."""
    room = area.width() - SUM
    painter.setPen(QPen(reference(theme), 1))
    painter.drawLine(QLineF(area.left(), 0.5, area.left() + room, 0.5))
    step = 0.2 if limit > 0.4 else 0.1 if limit > 0.2 else 0.05
    for n in range(round(limit / step + 0.5) + 1):
        if n * step > limit + 1e-9:
            break
        x = area.left() + room * n * step / limit
        painter.setPen(QPen(reference(theme), 1))
        painter.drawLine(QLineF(floor(x) + 0.5, 0.5, floor(x) + 0.5, 4.5))
        align, place = Qt.AlignmentFlag.AlignCenter, QRect(round(x) - 20, 5, 40, 14)
        words(painter, place, f"{100 * n * step:.0f}", role="tiny", colour=theme.muted, align=align)
