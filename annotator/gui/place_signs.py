"""The two signs of places that one wrote on or marked: a sheet with lines for a memo, a ribbon for a bookmark."""

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

Kind = Literal["memo", "bookmark"]
GRID = 16.0


def _sheet() -> QPainterPath:
    path = QPainterPath(QPointF(3, 3))
    for x, y in ((13, 3), (13, 10.5), (8.5, 10.5), (5.5, 13.5), (5.5, 10.5), (3, 10.5)):
        path.lineTo(x, y)
    path.closeSubpath()
    for y, end in ((5.75, 10.5), (8, 8.5)):
        path.moveTo(5.5, y)
        path.lineTo(end, y)
    return path


def _ribbon() -> QPainterPath:
    path = QPainterPath(QPointF(4.5, 2.5))
    for x, y in ((11.5, 2.5), (11.5, 13.5), (8, 10.5), (4.5, 13.5)):
        path.lineTo(x, y)
    path.closeSubpath()
    return path


PATHS: dict[Kind, QPainterPath] = {"memo": _sheet(), "bookmark": _ribbon()}


def paint_place_sign(painter: QPainter, kind: Kind, rect: QRectF, colour: QColor) -> None:
    """Paints a sign into a square of logical pixels. It looks the same from right to left."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / GRID, rect.height() / GRID)
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(colour, 1.5, Qt.PenStyle.SolidLine, cap, join))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(PATHS[kind])
    painter.restore()
