"""The small drawn signs: swatch, key cap, state ring, stave. Used by delegates and by the widgets around them."""

from collections.abc import Callable, Sequence
from math import floor
from typing import Literal

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QFontMetrics, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from annotator.model import Code

from .icons import paint_icon
from .mirror import to_side, turn_over, upright
from .textures import brush
from .theme import FontRole, Theme, font

State = Literal["to do", "in progress", "done"]
Lane = tuple[QColor | None, float, float]  # colour, or None where the coder has nothing; start and end, 0 to 1


def swatch(painter: QPainter, x: float, y: float, colour: QColor, size: float = 10) -> None:
    """The colour of a code as a small rounded square."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(x, y, size, size), 3, 3)


def code_swatch(painter: QPainter, x: float, y: float, code: Code, theme: Theme, size: float = 10) -> None:
    """The colour of a code and, where they are wanted, its texture."""
    shape = QRectF(x, y, size, size)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush(painter, shape.topLeft(), theme.colour(code.colour), theme.texture(code.id), theme.canvas))
    painter.drawRoundedRect(shape, 3, 3)


def keycap(painter: QPainter, right: float, middle: float, text: str, theme: Theme) -> float:
    """A key cap whose right edge and middle are given. Returns its width."""
    painter.setFont(font("tiny"))
    width = max(20.0, round(QFontMetricsF(painter.font()).horizontalAdvance(text)) + 10.0)
    rect = QRectF(right - width + 0.5, round(middle) - 8.5, width - 1, 17)
    painter.setPen(QPen(theme.edge, 1))
    painter.setBrush(theme.sunk)
    painter.drawRoundedRect(rect, 4, 4)
    painter.setPen(theme.muted)
    with upright(painter, rect):
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    return width


def words(
    painter: QPainter,
    area: QRect,
    text: str,
    *,
    role: FontRole,
    colour: QColor,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter,
) -> int:
    """One line of words in a rectangle, elided where it is too long. Returns the width that was drawn."""
    painter.setFont(font(role))
    painter.setPen(colour)
    metrics = QFontMetrics(painter.font())
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, area.width()))
    align = to_side(painter, align)
    with upright(painter, area):
        painter.drawText(area, align | Qt.TextFlag.TextSingleLine, shown)
    return metrics.horizontalAdvance(shown)


def state_ring(
    painter: QPainter,
    x: float,
    y: float,
    state: State,
    share: float,
    theme: Theme,
    size: float = 14,
    *,
    nothing: bool = False,
) -> None:
    """To do: an open ring; in progress: a ring with the share as a pie; done: a filled disc with a tick, or with `nothing`
    found a ring with one."""
    box = QRectF(x + 1, y + 1, size - 2, size - 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if state == "done":
        painter.setPen(QPen(theme.good, 1.5) if nothing else Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush if nothing else theme.good)
        painter.drawEllipse(box if nothing else box.adjusted(-0.75, -0.75, 0.75, 0.75))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(theme.good if nothing else theme.panel, 1.6, Qt.PenStyle.SolidLine, cap, join))
        tick = ((0.29, 0.53), (0.44, 0.67), (0.71, 0.36))
        with upright(painter, box):
            painter.drawPolyline([QPointF(x + size * a, y + size * b) for a, b in tick])
        return
    painter.setPen(QPen(theme.accent if state == "in progress" else theme.muted, 1.5))
    painter.drawEllipse(box)
    if state == "in progress":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.accent)
        painter.drawPie(box.adjusted(2.5, 2.5, -2.5, -2.5), 90 * 16, -round(360 * 16 * share))


def stave(painter: QPainter, rect: QRectF, lanes: Sequence[Lane], theme: Theme) -> None:
    """A difference in miniature: one line a coder. Absence is drawn too, as dots."""
    pitch = rect.height() / len(lanes)
    for n, (colour, start, end) in enumerate(lanes):
        y = floor(rect.top() + pitch * (n + 0.5))
        if colour is None:
            pen = QPen(theme.muted, 1, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([1, 2.5])
            painter.setPen(pen)
            painter.drawLine(QPointF(rect.left(), y + 0.5), QPointF(rect.right(), y + 0.5))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            left = rect.left() + rect.width() * start
            painter.drawRoundedRect(QRectF(left, y - 1, max(3, rect.width() * (end - start)), 3), 1.5, 1.5)


class Mark(QWidget):
    """A fixed little widget around one of the functions above. `draw` reads the colours when it is called. It stands
    beside words that say the same."""

    SPOKEN_AS = QAccessible.Role.Graphic

    def __init__(self, width: int, height: int, draw: Callable[[QPainter], object]):
        super().__init__()
        self.setFixedSize(width, height)
        self.draw = draw

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter)
        painter.end()


class Sign(Mark):
    """An icon that follows the theme."""

    def __init__(self, name: str, theme: Theme, *, size: int = 14):
        super().__init__(size, size, lambda painter: paint_icon(painter, name, QRectF(0, 0, size, size), theme.muted))


class Progress(QWidget):
    """A line of 3 px: how much is done, 0 to 1."""

    SPOKEN_AS = QAccessible.Role.ProgressBar

    def __init__(self, share: float, theme: Theme, width: int | None = None):
        super().__init__()
        self.share, self.theme = share, theme
        self.setAccessibleName(self.tr("Progress"))
        self.setFixedHeight(3)
        if width:
            self.setFixedWidth(width)

    def spoken_value(self) -> str:
        return self.tr("{percent} %").format(percent=round(100 * self.share))

    def set_share(self, share: float) -> None:
        self.share = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        turn_over(painter, self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.edge)
        painter.drawRoundedRect(QRectF(self.rect()), 1.5, 1.5)
        painter.setBrush(self.theme.good)
        painter.drawRoundedRect(QRectF(0, 0, self.width() * self.share, 3), 1.5, 1.5)
        painter.end()
