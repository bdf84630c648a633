"""What is painted on the page besides spans: number, hits, selection, caret, and the tag of an edge that is dragged."""

from bisect import bisect_left
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from annotator.gui.theme import font, mix

from .lines import Paragraph
from .painter import ground

if TYPE_CHECKING:
    from .view import CodedTextView

CARET = 2  # pixels
HANG, BESIDE = 12, 6  # from the paragraph number to the column, and what stays free of it where numbers are large
EVERY = 5  # lines from number to number
HIT = 0.6  # of the muted colour in the frame of a hit
NUMBER, LEAST_NUMBER, MOST_NUMBER = 0.66, 6.0, 14.0  # of the reading size, and points


def number_font(view: "CodedTextView") -> QFont:
    """In step with the words, as far as a number is of use: beside the largest it stays a second word."""
    made = QFont(view.font())
    made.setPointSizeF(min(MOST_NUMBER, max(LEAST_NUMBER, made.pointSizeF() * NUMBER)))
    return made


def draw_number(painter: QPainter, view: "CodedTextView", paragraph: Paragraph) -> None:
    """The number of a paragraph hangs left of its first line, or right of it where the window reads from right to left."""
    made = number_font(view)
    words = str(view.text.numbers[paragraph.number])
    room = view.EDGE - BESIDE
    if (wide := QFontMetricsF(made).horizontalAdvance(words)) > room:
        made.setPointSizeF(made.pointSizeF() * room / wide)
    painter.setFont(made)
    painter.setPen(view.theme.muted)
    wide = QFontMetricsF(made).horizontalAdvance(words)
    hang = min(HANG, view.EDGE - wide)
    x = -hang - wide
    if view.isRightToLeft():
        x = view.page.width + hang
    painter.drawText(QPointF(x, paragraph.lines[0].ascent()), words)


def draw_line_numbers(painter: QPainter, view: "CodedTextView", paragraph: Paragraph, lines: range) -> None:
    """Every fifth line has paragraph and line beside it: of the whole document they could not be known at once, and a
    line belongs to its paragraph at any width."""
    above = view.page.lines_above(paragraph.number)
    if above is None:
        return
    made = number_font(view)
    painter.setFont(made)
    painter.setPen(view.theme.muted)
    metrics = QFontMetricsF(made)
    for n in lines:
        if (above + n + 1) % EVERY == 0:
            words, line = f"{view.text.numbers[paragraph.number]}.{above + n + 1}", paragraph.lines[n]
            painter.drawText(QPointF(-HANG - metrics.horizontalAdvance(words), line.y() + line.ascent()), words)


def draw_hits(painter: QPainter, view: "CodedTextView", paragraph: Paragraph, lines: range) -> None:
    """A hairline round what was found, so that the tint below stays; the hit one stands at has the accent."""
    hits, quiet = view.hits, mix(view.theme.canvas, view.theme.muted, HIT)
    first = bisect_left(hits, paragraph.start, key=lambda hit: hit[1])
    for n in range(first, len(hits)):
        start, end = hits[n][0] - paragraph.start, hits[n][1] - paragraph.start
        if start > paragraph.length:
            break
        now = n == view.hit
        painter.setPen(QPen(view.theme.accent, 2) if now else QPen(quiet, 1))
        for piece in paragraph.pieces(start, end, lines):
            painter.drawRect(ground(piece).adjusted(-0.5, 0.5, 0.5, -0.5))


def draw_selection(painter: QPainter, view: "CodedTextView", paragraph: Paragraph, lines: range) -> None:
    """The ground of the selected words."""
    start, end = view.selected()
    if start < end:
        for piece in paragraph.pieces(start - paragraph.start, end - paragraph.start, lines):
            painter.fillRect(ground(piece), view.theme.selection)
            if view.theme.high:
                painter.setPen(QPen(view.theme.text, 1))
                painter.drawRect(ground(piece).adjusted(0.5, 0.5, -0.5, -0.5))


def draw_caret(painter: QPainter, view: "CodedTextView", caret: QRectF) -> None:
    """The caret, steady and wide enough to be seen over a tint."""
    painter.fillRect(QRectF(caret.x() - CARET / 2, caret.y(), CARET, caret.height()), view.theme.text)


def draw_tag(painter: QPainter, view: "CodedTextView", words: str) -> None:
    """A few words on a raised tag below the edge in the hand, inside the window."""
    end = view.pointer.edge is not None and view.pointer.edge.end
    edge = view.page.edge(view.text.unit(view.pointer.resized[end]), end=end)
    edge.translate(0, -view.verticalScrollBar().value())
    painter.setFont(font("small"))
    metrics = QFontMetricsF(painter.font())
    size = QRectF(0, 0, metrics.horizontalAdvance(words) + 16, metrics.height() + 6)
    x = max(4.0, min(edge.x() - size.width() / 2, view.viewport().width() - size.width() - 4))
    below = edge.bottom() + view.page.gap + 2
    y = below if below + size.height() < view.viewport().height() else edge.top() - size.height() - 4
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(view.theme.edge)
    painter.setBrush(view.theme.raised)
    painter.drawRoundedRect(size.translated(round(x) + 0.5, round(y) + 0.5), 4, 4)
    painter.setPen(view.theme.text)
    painter.drawText(QPointF(round(x) + 8.5, round(y) + 3.5 + metrics.ascent()), words)
