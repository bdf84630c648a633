"""One stripe beside the text and the line to its name, drawn alike on screen and on paper."""

from collections.abc import Callable
from math import floor
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from .index import Mark

BAR, WOVEN_BAR, FOOT = 4.0, 6.0, 3.0  # how wide a stripe is, plain or with a texture; how far its feet stand out
NAME_GAP = 14.0  # from the last lane to the names


class Stripe(NamedTuple):
    """The visible part of one span, in pixels of the margin, and whether its first and last line are there."""

    mark: Mark
    top: float
    bottom: float
    first: bool
    last: bool


def paint_stripe(
    painter: QPainter,
    stripe: Stripe,
    x: float,
    colour: QColor,
    ground: QColor | None,
    weave: Callable[[QPointF], QBrush] | None = None,
) -> QRectF:
    """A bar, filled when it is one's own (no `ground`), else hollow on its ground; feet where the span begins and ends.
    `weave` gives the texture of a code that has one, from a corner on. Answers where the bar lies."""
    rect = QRectF(x, stripe.top + 1, WOVEN_BAR if weave else BAR, max(8.0, stripe.bottom - stripe.top - 2))
    fill = weave(rect.topLeft()) if weave else None
    if ground is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill or colour)
        painter.drawRoundedRect(rect, 2, 2)
    else:
        painter.setPen(QPen(colour, 1.2))
        painter.setBrush(fill or ground)
        painter.drawRoundedRect(rect.adjusted(0.6, 0.6, -0.6, -0.6), 2, 2)
    for there, y in ((stripe.first, rect.top()), (stripe.last, rect.bottom() - 1.5)):
        if there:
            painter.fillRect(QRectF(x - FOOT, y, FOOT + 1, 1.5), colour)
    return rect


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
