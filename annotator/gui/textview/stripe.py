"""One stripe beside the text and the line to its name, drawn alike on screen and on paper."""

from collections.abc import Callable
from functools import lru_cache
from math import ceil, floor
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

from .index import Mark

BAR, WOVEN_BAR, FOOT = 4.0, 6.0, 3.0  # how wide a stripe is, plain or with a texture; how far its feet stand out
OUTLINE, ROUND, END = 1.0, 2.0, 6.0  # of a hollow stripe; radius of the ends, and how high they are painted
NAME_GAP = 14.0  # from the last lane to the names


class Stripe(NamedTuple):
    """The visible part of one span, in pixels of the margin, and whether its first and last line are there."""

    mark: Mark
    top: float
    bottom: float
    first: bool
    last: bool


Body = Callable[[QPainter, QRectF, QColor, QColor | None], None]


def paint_stripe(
    painter: QPainter,
    stripe: Stripe,
    x: float,
    colour: QColor,
    ground: QColor | None,
    weave: Callable[[QPointF], QBrush] | None = None,
    body: Body | None = None,
) -> None:
    """A bar, filled when it is one's own (no `ground`), else hollow on its ground; feet where the span begins and ends.
    `weave` gives the texture of a code that has one, from a corner on; `body` paints a bar without one."""
    rect = QRectF(x, stripe.top + 1, WOVEN_BAR if weave else BAR, max(8.0, stripe.bottom - stripe.top - 2))
    if weave:
        _paint_rounded(painter, rect, colour if ground else None, weave(rect.topLeft()))
    else:
        (body or paint_body)(painter, rect, colour, ground)
    for there, y in ((stripe.first, rect.top()), (stripe.last, rect.bottom() - 1.5)):
        if there:
            painter.fillRect(QRectF(x - FOOT, y, FOOT + 1, 1.5), colour)


def paint_body(painter: QPainter, rect: QRectF, colour: QColor, ground: QColor | None) -> None:
    """A bar as it is, on paper."""
    _paint_rounded(painter, rect, colour if ground else None, QBrush(ground or colour))


def paint_tall(painter: QPainter, rect: QRectF, colour: QColor, ground: QColor | None) -> None:
    """A bar on the screen, of which only the ends are round, and painted before: a tall shape with smooth edges would take
    as long as all else in the margin."""
    ends = _ends(colour.rgba(), ground.rgba() if ground else None, painter.device().devicePixelRatioF())
    half = ends.height() / 2
    painter.drawPixmap(QRectF(rect.left(), rect.top(), BAR, END), ends, QRectF(0, 0, ends.width(), half))
    painter.drawPixmap(QRectF(rect.left(), rect.bottom() - END, BAR, END), ends, QRectF(0, half, ends.width(), half))
    middle = rect.adjusted(0, ROUND, 0, -ROUND)
    painter.fillRect(middle, colour)
    if ground:
        painter.fillRect(middle.adjusted(OUTLINE, 0, -OUTLINE, 0), ground)


@lru_cache(maxsize=512)
def _ends(colour: int, ground: int | None, density: float) -> QPixmap:
    """A bar that has nothing but its two ends."""
    made = QPixmap(ceil(BAR * density), 2 * ceil(END * density))
    made.setDevicePixelRatio(density)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    rect = QRectF(0, 0, BAR, made.height() / density)
    paint_body(painter, rect, QColor.fromRgba(colour), None if ground is None else QColor.fromRgba(ground))
    painter.end()
    return made


def _paint_rounded(painter: QPainter, rect: QRectF, outline: QColor | None, fill: QBrush) -> None:
    smooth, inset = painter.testRenderHint(QPainter.RenderHint.Antialiasing), OUTLINE / 2 if outline else 0.0
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(outline, OUTLINE) if outline else Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), ROUND, ROUND)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)


def leader_start(stripe: Stripe, middle: float) -> float:
    """The height at which the way to a name leaves its stripe: that of the name, as long as the stripe reaches down to it."""
    return min(middle, floor(stripe.bottom + 0.5) - 5)


def paint_leader(painter: QPainter, stripe: Stripe, colour: QColor, edge: float, names: float, middle: float) -> None:
    """From the edge of a stripe to its name: straight as long as the stripe reaches down to it."""
    start, knee = leader_start(stripe, middle), names - 10
    if start == middle:
        painter.fillRect(QRectF(edge, middle, names - 4 - edge, 1), colour)
        return
    painter.fillRect(QRectF(edge, start, knee - edge, 1), colour)
    painter.fillRect(QRectF(knee, start, 1, middle - start), colour)
    painter.fillRect(QRectF(knee, middle, names - 4 - knee, 1), colour)
