"""What floats over the window: raised, with the one soft shadow."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from .parts import column
from .theme import Theme


class Floating(QWidget):
    """A raised sheet with a soft shadow, a child of the window: no second window, no focus trouble."""

    EDGE = 24

    def __init__(self, parent: QWidget, theme: Theme):
        super().__init__(parent)
        self.theme = theme
        around = self.EDGE + 1
        self.inside = column(gap=0, margins=(around, around, around, around))
        self.setLayout(self.inside)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        body = QRectF(self.rect()).adjusted(self.EDGE, self.EDGE, -self.EDGE, -self.EDGE)
        weight = 2 if self.theme.dark else 1
        for n in range(self.EDGE - 6, 0, -1):
            painter.setBrush(QColor(0, 0, 0, weight * (2 if n < 8 else 1)))
            painter.drawRoundedRect(body.adjusted(-n, -n + 6, n, n + 6), 8 + n, 8 + n)
        painter.setBrush(self.theme.raised)
        painter.setPen(self.theme.edge)
        painter.drawRoundedRect(body.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()
