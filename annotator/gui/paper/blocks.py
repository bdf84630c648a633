"""What stands one below the other on paper: lines of words, paragraphs of the coded text, rows of the list of codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout

from annotator.gui.textview.frozen import reads_right_to_left
from annotator.gui.textview.lines import Paragraph, lay_out
from annotator.gui.textview.painter import FIRST, PITCH
from annotator.interchange.coded_document import Used

if TYPE_CHECKING:
    from .surface import NoteEnd, Surface

GAP = FIRST + 3 * PITCH  # below each line of the text, for its lanes
BETWEEN, EMPTY = 8.0, 9.0  # after a paragraph, and the height of an empty one
HANG = 12.0  # from a number to its words
SWATCH = 4.0
ACROSS = 3  # codes in a row of their list
NUMBER, NOTE = 0.7, 0.62  # sizes of numbers of paragraphs and of notes, as shares of the reading size


class Look(NamedTuple):
    """Of a stretch of words: bold, muted."""

    length: int
    bold: bool = False
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph of our own: title, facts, heading, note. `looks` say how its words look, from the first on."""

    words: str
    share: float = 0.86
    bold: bool = False
    muted: bool = False
    looks: Sequence[Look] = ()
    hang: str = ""
    code: str = ""  # whose colour stands before it
    x: float = 0.0
    wide: bool = False  # over the margin, too
    before: float = 0.0
    after: float = 0.0
    with_next: bool = False


class LaidWords:
    """Words with their lines."""

    def __init__(self, surface: "Surface", block: Words):
        self.surface, self.block = surface, block
        self.after, self.with_next = block.after, block.with_next
        font = surface.paper.font(block.share, bold=block.bold)
        self._ascent = QFontMetricsF(font).ascent()
        self._layout = QTextLayout(block.words, font)
        self._layout.setFormats(_formats(surface, block, font))
        right = surface.paper.margin.right() if block.wide else surface.paper.body.right()
        room = right - surface.paper.body.left() - block.x
        lay_out(self._layout, room, 2.0, right_to_left=reads_right_to_left(block.words))
        self._lines = [self._layout.lineAt(n) for n in range(self._layout.lineCount())]
        self.heights = [line.height() + 2.0 for line in self._lines]
        self.heights[0] += block.before

    def draw(self, painter: QPainter, lines: range, y: float) -> None:
        """Draws some of its lines, from a height of the page on."""
        block, surface = self.block, self.surface
        colour = surface.theme.muted if block.muted else surface.theme.text
        painter.setPen(colour)
        left = surface.paper.body.left() + block.x
        top = y + (block.before if lines.start == 0 else 0.0)
        for n in lines:
            line = self._lines[n]
            line.draw(painter, QPointF(left, top - line.y()))
            painter.setPen(colour)
            if n == 0:
                self._draw_sign(painter, left, top + line.ascent())
            top += self.heights[n] - (block.before if n == 0 else 0.0)

    def _draw_sign(self, painter: QPainter, left: float, base: float) -> None:
        block, surface = self.block, self.surface
        if block.code:
            painter.fillRect(QRectF(left - 9, base - 9, SWATCH, 10), surface.styles.colour(block.code))
        if block.hang:
            _draw_number(painter, surface, block.hang, left - HANG - 4, base)


class LaidParagraph:
    """A paragraph of the coded text with its lines."""

    with_next = False

    def __init__(self, surface: "Surface", number: int):
        self.surface, self.number = surface, number
        words = surface.text.paragraph(number)
        self.ends = surface.note_ends(number)
        layout = QTextLayout(words, surface.paper.font())
        start = surface.text.unit(surface.text.starts[number])
        layout.setFormats([_room(surface, end) for end in self.ends if end.room != "none"])
        lay_out(layout, surface.page.width, GAP, right_to_left=surface.text.right_to_left(number))
        layout.setCacheEnabled(True)
        self.paragraph = Paragraph(number, start, layout, words)
        self.after = BETWEEN if words.strip() else EMPTY
        self.heights = [line.height() + GAP for line in self.paragraph.lines] if words.strip() else []

    def draw(self, painter: QPainter, lines: range, y: float) -> None:
        """Draws some of its lines with all that lies on them, from a height of the page on."""
        surface, paragraph = self.surface, self.paragraph
        drawing = surface.spans.build(paragraph, lines)
        left, top = surface.paper.body.left(), y - paragraph.lines[lines.start].y()
        painter.translate(left, top)
        surface.spans.under(painter, drawing, paragraph)
        painter.setPen(surface.theme.text)
        for n in lines:
            paragraph.lines[n].draw(painter, QPointF(0, 0))
        surface.spans.over(painter, drawing, paragraph)
        self._draw_notes(painter, lines)
        if lines.start == 0:
            number = str(surface.text.numbers[paragraph.number])
            _draw_number(painter, surface, number, -HANG, paragraph.lines[0].ascent())
        painter.translate(-left, -top)

    def _draw_notes(self, painter: QPainter, lines: range) -> None:
        paragraph, surface = self.paragraph, self.surface
        font = surface.paper.font(NOTE)
        painter.setFont(font)
        painter.setPen(surface.theme.text)
        metrics = QFontMetricsF(font)
        to_left = paragraph.layout.textOption().textDirection() == Qt.LayoutDirection.RightToLeft
        for at, said, room in self.ends:
            edge = paragraph.edge(at, end=True)
            if paragraph.line_of(max(0, at - 1)) in lines:
                width = metrics.horizontalAdvance(said)
                beside = 0 if room == "letter" else -1 if to_left else 1
                x = edge.x() - width * (to_left != (room == "letter")) + beside
                painter.drawText(QPointF(x, edge.y() + metrics.ascent()), said)


class LaidCodes:
    """A row of the list of codes: some side by side, each with its colour and how often it is used. The list stays on
    one page."""

    after = 0.0

    def __init__(self, surface: "Surface", codes: Sequence[tuple[str, Used]], *, last: bool):
        self.surface, self.codes, self.with_next = surface, codes, not last
        self._font = surface.paper.font(0.86)
        self.heights = [QFontMetricsF(self._font).height() + 4]

    def draw(self, painter: QPainter, lines: range, y: float) -> None:
        """Draws the row at a height of the page."""
        surface, metrics = self.surface, QFontMetricsF(self._font)
        body = surface.paper.body
        width = (surface.paper.margin.right() - body.left()) / ACROSS
        base = y + metrics.ascent()
        painter.setFont(self._font)
        for n, (id, used) in enumerate(self.codes):
            x, count = body.left() + n * width, f"{used.count:,}"
            name = metrics.elidedText(used.name, Qt.TextElideMode.ElideRight, width - 56)
            painter.fillRect(QRectF(x, base - 9, SWATCH, 10), surface.styles.colour(id))
            painter.setPen(surface.theme.text)
            painter.drawText(QPointF(x + 12, base), name)
            painter.setPen(surface.theme.muted)
            painter.drawText(QPointF(x + 20 + metrics.horizontalAdvance(name), base), count)


Laid = LaidWords | LaidParagraph | LaidCodes


def _draw_number(painter: QPainter, surface: "Surface", words: str, right: float, base: float) -> None:
    font = surface.paper.font(NUMBER)
    painter.setFont(font)
    painter.setPen(surface.theme.muted)
    painter.drawText(QPointF(right - QFontMetricsF(font).horizontalAdvance(words), base), words)


def _room(surface: "Surface", end: "NoteEnd") -> QTextLayout.FormatRange:
    """Room for the number of a note: behind the blank that follows or, without one, behind the last letter."""
    made, wider = QTextLayout.FormatRange(), QTextCharFormat()
    wider.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
    wider.setFontLetterSpacing(QFontMetricsF(surface.paper.font(NOTE)).horizontalAdvance(end.said))
    made.start, made.length, made.format = end.at - (end.room == "letter"), 1, wider  # pyright: ignore[reportAttributeAccessIssue]
    return made


def _formats(surface: "Surface", block: Words, font: QFont) -> list[QTextLayout.FormatRange]:
    found, at = [], 0
    for look in block.looks:
        made, char = QTextLayout.FormatRange(), QTextCharFormat()
        if look.bold:
            char.setFontWeight(QFont.Weight.Bold)
        char.setForeground(QColor(surface.theme.muted if look.muted else surface.theme.text))
        made.start, made.length, made.format = at, look.length, char  # pyright: ignore[reportAttributeAccessIssue]
        found.append(made)
        at += look.length
    return found
