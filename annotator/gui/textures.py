"""Textures of codes: what tells two codes apart when their colours do not. Cut into the colour, as cloth is woven."""

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

from annotator.colours import TEXTURES

PERIOD, TILE = 6, 24  # pixels: a texture repeats so soon, and its tile is whole at any usual scale of a screen
CUT = 2.0  # how wide a cut is


def brush(painter: QPainter, corner: QPointF, colour: QColor, texture: int, ground: QColor) -> QBrush:
    """What to fill a shape with whose top left corner is given: the colour, with the texture cut into it down to the
    ground. Sets where the painter begins its brushes."""
    if not texture:
        return QBrush(colour)
    painter.setBrushOrigin(corner)
    device = painter.device()
    return QBrush(_tile(texture, colour.rgb(), ground.rgb(), device.devicePixelRatioF() if device else 1.0))


@lru_cache(maxsize=512)
def _tile(texture: int, colour: int, ground: int, scale: float) -> QPixmap:
    tile = QPixmap(round(TILE * scale), round(TILE * scale))
    tile.setDevicePixelRatio(scale)
    tile.fill(QColor.fromRgb(colour))
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor.fromRgb(ground), CUT, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.setBrush(QColor.fromRgb(ground))
    CUTS[texture](painter)
    painter.end()
    return tile


def _plain(painter: QPainter) -> None:
    """Nothing is cut."""


def _rising(painter: QPainter) -> None:
    painter.setPen(QPen(painter.pen().color(), CUT * 0.9))
    for x in range(-TILE, TILE + 1, PERIOD):
        painter.drawLine(QPointF(x, TILE), QPointF(x + TILE, 0))


def _level(painter: QPainter) -> None:
    for y in range(PERIOD // 2, TILE, PERIOD):
        painter.drawLine(QPointF(0, y), QPointF(TILE, y))


def _dots(painter: QPainter) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for x in range(PERIOD // 2, TILE, PERIOD):
        for y in range(PERIOD // 2, TILE, PERIOD):
            painter.drawEllipse(QPointF(x, y), CUT * 0.95, CUT * 0.95)


def _upright(painter: QPainter) -> None:
    for x in range(PERIOD // 2, TILE, PERIOD):
        painter.drawLine(QPointF(x, 0), QPointF(x, TILE))


def _falling(painter: QPainter) -> None:
    painter.setPen(QPen(painter.pen().color(), CUT * 0.9))
    for x in range(-TILE, TILE + 1, PERIOD):
        painter.drawLine(QPointF(x, 0), QPointF(x + TILE, TILE))


def _checks(painter: QPainter) -> None:
    half = PERIOD / 2
    for row in range(TILE * 2 // PERIOD):
        for column in range(row % 2, TILE * 2 // PERIOD, 2):
            painter.fillRect(QRectF(column * half, row * half, half, half), painter.brush())


CUTS: tuple[Callable[[QPainter], None], ...] = (_plain, _rising, _level, _dots, _upright, _falling, _checks)
assert len(CUTS) == TEXTURES
