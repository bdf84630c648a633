"""A hit with the words around it on one line, the hit always in the same column (key word in context)."""

import unicodedata

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from annotator.finding import Hit
from annotator.gui.theme import Theme, font

COLUMN = 0.42  # of the width stands before the hit
WIDE = 120  # px of a hit from which its middle stands in the column, and not its beginning
JOINER = "\u200d"  # lets Arabic letters keep the shape that they have in their word
LINE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


class Kwic:
    """Where one reads from right to left all is turned over: what comes before the hit stands to its right."""

    def __init__(self, hit: Hit):
        self.from_right = reads_from_right(f"{hit.left}{hit.words}{hit.right}")
        begins, ends = _joins(hit.left[-1:], hit.words[:1]), _joins(hit.words[-1:], hit.right[:1])
        self.before, self.words, self.after = hit.left + begins, begins + hit.words + ends, ends + hit.right

    def places(self, area: QRect, wide: int) -> tuple[QRect, QRect, QRect]:
        """Where the words before, the hit, so many pixels wide, and the words after stand."""
        at = round(area.width() * COLUMN) - (wide // 2 if wide > WIDE else 0)
        at = max(0, min(at, area.width() - wide))
        rects = [(0, at), (at, wide), (at + wide, area.width() - at - wide)]
        if self.from_right:
            rects = [(area.width() - start - width, width) for start, width in rects]
        first, second, third = (QRect(area.left() + x, area.top(), width, area.height()) for x, width in rects)
        return first, second, third

    def paint(self, painter: QPainter, area: QRect, theme: Theme) -> None:
        """Draws it; what has no room ends in an ellipsis on the side that is far from the hit."""
        plain, strong = QFont(font("body")), QFont(font("body"))
        strong.setBold(True)
        words = QFontMetrics(strong).elidedText(self.words, Qt.TextElideMode.ElideMiddle, area.width() // 2)
        before, hit, after = self.places(area, QFontMetrics(strong).horizontalAdvance(words))
        way = Qt.LayoutDirection.RightToLeft if self.from_right else Qt.LayoutDirection.LeftToRight
        painter.setLayoutDirection(way)
        painter.setPen(theme.text)
        begins, ends = (RIGHT, LEFT) if self.from_right else (LEFT, RIGHT)
        self._piece(painter, strong, hit, words, begins)
        self._piece(painter, plain, before, _end(self.before, plain, before.width()), ends)
        self._piece(painter, plain, after, _beginning(self.after, plain, after.width()), begins)

    def _piece(self, painter: QPainter, used: QFont, area: QRect, words: str, side: Qt.AlignmentFlag) -> None:
        painter.setFont(used)
        painter.drawText(area, LINE | side | Qt.TextFlag.TextSingleLine, words)


def reads_from_right(words: str) -> bool:
    """Whether most of the letters are written from right to left: a line may hold names of another script."""
    ways = [unicodedata.bidirectional(letter) for letter in words]
    return sum(way in ("R", "AL") for way in ways) > ways.count("L")


def _joins(left: str, right: str) -> str:
    return JOINER if all(unicodedata.bidirectional(letter or " ") == "AL" for letter in (left, right)) else ""


def _beginning(words: str, used: QFont, width: int) -> str:
    return QFontMetrics(used).elidedText(words, Qt.TextElideMode.ElideRight, width)


def _end(words: str, used: QFont, width: int) -> str:
    return QFontMetrics(used).elidedText(words, Qt.TextElideMode.ElideLeft, width)
