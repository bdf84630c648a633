"""The small drawn signs: swatch, key cap, state ring, stave. Used by delegates and by the widgets around them."""

from math import floor

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from .theme import font


def swatch(painter, x, y, colour, size=10):
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(x, y, size, size), 3, 3)


def keycap(painter, right, middle, text, theme):
    """a key cap whose right edge and middle are given; answers its width"""
    painter.setFont(font("tiny"))
    width = max(20.0, round(QFontMetricsF(painter.font()).horizontalAdvance(text)) + 10.0)
    rect = QRectF(right - width + 0.5, round(middle) - 8.5, width - 1, 17)
    painter.setPen(QPen(theme.edge, 1))
    painter.setBrush(theme.sunk)
    painter.drawRoundedRect(rect, 4, 4)
    painter.setPen(theme.muted)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    return width


def state_ring(painter, x, y, state, share, theme, size=14):
    """to do: an open ring; in progress: a ring with the share as a pie; done: a filled disc with a tick"""
    box = QRectF(x + 1, y + 1, size - 2, size - 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if state == "done":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.good)
        painter.drawEllipse(box.adjusted(-0.75, -0.75, 0.75, 0.75))
        painter.setPen(
            QPen(theme.panel, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        painter.drawPolyline(
            [QPointF(x + size * a, y + size * b) for a, b in ((0.29, 0.53), (0.44, 0.67), (0.71, 0.36))]
        )
        return
    painter.setPen(QPen(theme.accent if state == "in progress" else theme.muted, 1.5))
    painter.drawEllipse(box)
    if state == "in progress":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.accent)
        painter.drawPie(box.adjusted(2.5, 2.5, -2.5, -2.5), 90 * 16, -round(360 * 16 * share))


def stave(painter, rect, lanes, theme):
    """A difference in miniature: one line a coder; lanes are (colour or None, start 0..1, end 0..1). Absence is drawn too."""
    pitch = rect.height() / len(lanes)
    for n, (colour, start, end) in enumerate(lanes):
        y = floor(rect.top() + pitch * (n + 0.5))
        if colour is None:
            painter.setPen(QPen(theme.muted, 1, Qt.PenStyle.CustomDashLine))
            pen = painter.pen()
            pen.setDashPattern([1, 2.5])
            painter.setPen(pen)
            painter.drawLine(QPointF(rect.left(), y + 0.5), QPointF(rect.right(), y + 0.5))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            left = rect.left() + rect.width() * start
            painter.drawRoundedRect(QRectF(left, y - 1, max(3, rect.width() * (end - start)), 3), 1.5, 1.5)


class Mark(QWidget):
    """a fixed little widget around one of the functions above"""

    def __init__(self, width, height, draw):
        super().__init__()
        self.setFixedSize(width, height)
        self.draw = draw

    def paintEvent(self, event):
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter)
        painter.end()


class Progress(QWidget):
    """a 3 px line: how much is done"""

    def __init__(self, share, theme, width=None):
        super().__init__()
        self.share, self.theme = share, theme
        self.setFixedHeight(3)
        if width:
            self.setFixedWidth(width)

    def paintEvent(self, event):
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.edge)
        painter.drawRoundedRect(QRectF(self.rect()), 1.5, 1.5)
        painter.setBrush(self.theme.good)
        painter.drawRoundedRect(QRectF(0, 0, self.width() * self.share, 3), 1.5, 1.5)
        painter.end()
