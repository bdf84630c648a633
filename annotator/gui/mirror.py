"""Where one reads from right to left: what paints itself is thought from left to right and turned over as a whole, its words
and ticks excepted."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QPainter
from PySide6.QtWidgets import QWidget


def turn_over(painter: QPainter, area: QRect | QRectF) -> None:
    """From now on this area is painted as its mirror image, if the window reads from right to left."""
    if painter.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        _flip(painter, area)


@contextmanager
def upright(painter: QPainter, area: QRect | QRectF) -> Iterator[None]:
    """What must never be turned over is painted in this area meanwhile: words, a tick."""
    if not is_turned(painter):
        yield
        return
    painter.save()
    _flip(painter, area)
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # each word reads as its letters do
    try:
        yield
    finally:
        painter.restore()


def to_side(painter: QPainter, align: Qt.AlignmentFlag) -> Qt.AlignmentFlag:
    """An alignment as it is meant where all is turned over: left is where a line begins."""
    if not is_turned(painter) or align & Qt.AlignmentFlag.AlignHCenter:
        return align
    sides = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignRight
    side = Qt.AlignmentFlag.AlignLeft if align & Qt.AlignmentFlag.AlignRight else Qt.AlignmentFlag.AlignRight
    return align & ~sides | side | Qt.AlignmentFlag.AlignAbsolute


def is_turned(painter: QPainter) -> bool:
    return painter.worldTransform().m11() < 0


def write(painter: QPainter, x: float, base: float, words: str) -> None:
    """Words in the painter's font, from x on, wherever that has been turned to."""
    if not is_turned(painter):
        painter.drawText(QPointF(x, base), words)
        return
    area = QRectF(x, base, QFontMetricsF(painter.font()).horizontalAdvance(words), 1)
    with upright(painter, area):
        painter.drawText(QPointF(x, base), words)


def turned(widget: QWidget, point: QPoint) -> QPoint:
    """A point of a widget as it is thought from left to right."""
    return QPoint(widget.width() - point.x(), point.y()) if widget.isRightToLeft() else point


def forward_key(widget: QWidget) -> Qt.Key:
    """The arrow that leads on: to the right, or to the left where one reads so."""
    return Qt.Key.Key_Left if widget.isRightToLeft() else Qt.Key.Key_Right


def back_key(widget: QWidget) -> Qt.Key:
    return Qt.Key.Key_Right if widget.isRightToLeft() else Qt.Key.Key_Left


def beginning(pixels: int, end: int = 0) -> tuple[int, int, int, int]:
    """Margins of so many pixels where a line begins, and where it ends."""
    return (end, 0, pixels, 0) if QGuiApplication.isRightToLeft() else (pixels, 0, end, 0)


def _flip(painter: QPainter, area: QRect | QRectF) -> None:
    painter.translate(2 * area.left() + area.width(), 0)
    painter.scale(-1, 1)
