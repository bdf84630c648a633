"""The blocks of a report on paper: each laid out as pieces that stand one below the other. One unit is a tenth of a point."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextDocument, QTextLayout, QTextOption

from annotator.gui.theme import FAMILIES, Theme
from annotator.reporting.blocks import Block, Figure, Heading, Paragraph, References, Report, Table

SERIF = ["Noto Serif", "DejaVu Serif"]
SIDE, TEXT = 624, 4705  # the margin, and the width between two
READ, PRINT, SMALL, NOTED = 95, 82, 78, 75  # sizes of letters: 9.5 points and so on
LEADING = 1.12
ROW, LEAST_GAP, MOST_GAP = 132, 60, 260
LEAST = 190  # the width of a column of numbers


class Piece(NamedTuple):
    """Something on one page, drawn from a height on."""

    height: float
    draw: Callable[[QPainter, float], None]


@dataclass(frozen=True, slots=True)
class Laid:
    """A block. `whole` ones stay on one page if one page can hold them; `head` is repeated where one does not; `with_next`
    ones stay with the beginning of the next."""

    pieces: Sequence[Piece]
    before: float = 0.0
    after: float = 0.0
    whole: bool = False
    with_next: bool = False
    head: Piece | None = None

    @property
    def height(self) -> float:
        return sum(piece.height for piece in self.pieces)

    @property
    def least(self) -> float:
        """What of it has to stand together at the foot of a page."""
        return self.height if len(self.pieces) < 4 else sum(piece.height for piece in self.pieces[:2])


def font(size: float, *, bold: bool = False, serif: bool = False) -> QFont:
    made = QFont(SERIF if serif else FAMILIES)
    made.setPixelSize(round(size))
    made.setBold(bold)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setStyleStrategy(QFont.StyleStrategy.ForceOutline)
    return made


def lay_out(report: Report, theme: Theme) -> list[Laid]:
    """Title, the line below it, and the blocks."""
    title, lede = (
        flowing(f"<b>{report.title}</b>", 190, theme.text),
        flowing(report.lede, READ, theme.muted, serif=True),
    )
    return [Laid([*title, space(60)]), Laid([*lede, space(70)]), *(_laid(one, theme) for one in report.blocks)]


def _laid(block: Block, theme: Theme) -> Laid:
    match block:
        case Heading():
            return Laid(flowing(f"<b>{block.words}</b>", 110, theme.text), before=130, after=40, with_next=True)
        case Paragraph():
            return Laid(flowing(block.html, READ, theme.text, serif=True), after=70)
        case References():
            rows = [whole(row, SMALL, theme.text, serif=True, hang=200) for row in block.rows]
            return Laid([part for row in rows for part in (row, space(30))])
        case Figure():
            return _figure(block, theme)
        case Table():
            return LaidTable(block, theme).laid()


def space(height: float) -> Piece:
    return Piece(height, lambda painter, y: None)


def rule(y: float, colour: QColor, width: float, painter: QPainter) -> None:
    painter.fillRect(QRectF(SIDE, y - width / 2, TEXT, width), colour)


# Words ----------------------------------------------------------------------------------------------------------------


def _document(html: str, size: float, colour: QColor, *, serif: bool, width: float, hang: float = 0) -> QTextDocument:
    made = QTextDocument()
    made.setDocumentMargin(0)
    made.setDefaultFont(font(size, serif=serif))
    shift = f"margin-left:{hang}px; text-indent:-{hang}px;" if hang else ""
    made.setHtml(f"<p style='line-height:{LEADING * 100:.0f}%; margin:0; {shift} color:{colour.name()}'>{html}</p>")
    made.setTextWidth(width)
    return made


def whole(
    html: str,
    size: float,
    colour: QColor,
    *,
    serif: bool = False,
    width: float = TEXT,
    x: float = SIDE,
    hang: float = 0,
) -> Piece:
    """Words as one piece."""
    document = _document(html, size, colour, serif=serif, width=width, hang=hang)

    def draw(painter: QPainter, y: float) -> None:
        painter.save()
        painter.translate(x, y)
        document.drawContents(painter)
        painter.restore()

    return Piece(document.size().height(), draw)


def flowing(html: str, size: float, colour: QColor, *, serif: bool = False) -> list[Piece]:
    """Words as lines, which may stand on two pages."""
    document = _document(html, size, colour, serif=serif, width=TEXT)
    height = document.size().height()  # lays it out
    layout = document.firstBlock().layout()
    tops = [layout.lineAt(n).y() for n in range(layout.lineCount())] + [height]

    def line(n: int) -> Piece:
        def draw(painter: QPainter, y: float) -> None:
            painter.setPen(colour)
            document.firstBlock().layout().lineAt(n).draw(painter, QPointF(SIDE, y - tops[n]))

        return Piece(tops[n + 1] - tops[n], draw)

    return [line(n) for n in range(len(tops) - 1)]


def _caption(block: Table | Figure, theme: Theme, *, more: str = "") -> Piece:
    kind = "Table" if isinstance(block, Table) else "Figure"
    return whole(f"<b>{kind} {block.number}.</b> {block.caption}{more}", PRINT, theme.text)


def _figure(block: Figure, theme: Theme) -> Laid:
    from PySide6.QtSvg import QSvgRenderer

    height = TEXT * block.height / block.width
    drawing = QSvgRenderer(QByteArray(block.lettered.encode()))

    def draw(painter: QPainter, y: float) -> None:
        drawing.render(painter, QRectF(SIDE, y, TEXT, height))

    return Laid([Piece(height + 70, draw), _caption(block, theme)], before=60, after=130, whole=True)


# Tables ---------------------------------------------------------------------------------------------------------------


class LaidTable:
    """A table with three rules. Columns of numbers keep their width; columns of words give way and take several lines."""

    def __init__(self, block: Table, theme: Theme):
        self.block, self.theme = block, theme
        self.lefts, self.widths = self._columns()

    def laid(self) -> Laid:
        block, theme = self.block, self.theme
        head = Piece(*self._head())
        caption = _caption(block, theme)
        rows = [self._row(n) for n in range(len(block.rows))]
        foot = [Piece(14, lambda painter, y: rule(y + 9, theme.text, 9, painter))]
        if block.note:
            note = whole(block.note, NOTED, theme.muted)
            foot.append(Piece(note.height + 46, lambda painter, y: note.draw(painter, y + 46)))
        last = _joined([*rows[-1:], *foot])
        continued = _joined([_caption(block, theme, more=" (continued)"), space(50), head])
        pieces = [_joined([caption, space(50), head]), *rows[:-1], last]
        return Laid(pieces, before=60, after=130, whole=True, head=continued)

    def _columns(self) -> tuple[list[float], list[float]]:
        """Where each column begins, and how wide it is."""
        block, count = self.block, len(self.block.header)
        bold, plain = QFontMetricsF(font(PRINT, bold=True)), QFontMetricsF(font(SMALL))
        natural = [
            max(
                LEAST if block.align[n] == "r" else 0,
                plain.horizontalAdvance(block.header[n]),
                *(bold.horizontalAdvance(row[n].shown) for row in block.rows),
            )
            for n in range(count)
        ]
        over = sum(natural) + LEAST_GAP * (count - 1) - TEXT
        self._narrow(natural, over, bold)
        room = (TEXT - sum(natural)) / max(1, count - 1)
        gap = max(LEAST_GAP * min(1.0, room / LEAST_GAP), room if block.align[-1] == "r" else min(MOST_GAP, room))
        lefts = [SIDE + sum(natural[:n]) + gap * n for n in range(count)]
        if block.wrapped:
            natural[-1] = SIDE + TEXT - lefts[-1]
        return lefts, natural

    def _narrow(self, widths: list[float], over: float, metrics: QFontMetricsF) -> None:
        """Takes what is too much from columns of words, the widest first, as far as their longest word lets it."""
        rows, columns = self.block.rows, [n for n, way in enumerate(self.block.align) if way == "l"]
        least = {
            n: max(metrics.horizontalAdvance(word) for row in rows for word in [*row[n].shown.split(), ""])
            for n in columns
        }
        while over > 0 and (wide := [n for n in columns if widths[n] > least[n] + 1]):
            widest = max(wide, key=lambda n: widths[n] - least[n])
            taken = min(over, widths[widest] - least[widest])
            widths[widest], over = widths[widest] - taken, over - taken

    def _head(self) -> tuple[float, Callable[[QPainter, float], None]]:
        block, theme = self.block, self.theme
        cells = [self._lines(words, n, SMALL) for n, words in enumerate(block.header)]
        height = 46 + 98 * max(len(lines) for lines in cells)

        def draw(painter: QPainter, y: float) -> None:
            rule(y, theme.text, 9, painter)
            for n, lines in enumerate(cells):
                for k, line in enumerate(reversed(lines)):
                    self._put(painter, line, n, y + height - 45 - 98 * k, font(SMALL), theme.muted)
            rule(y + height, theme.text, 5, painter)

        return height + 16, draw

    def _row(self, number: int) -> Piece:
        block, theme = self.block, self.theme
        strong = number in block.strong
        cells = [self._lines(cell.shown, n, PRINT, bold=strong) for n, cell in enumerate(block.rows[number])]
        height = ROW + 104 * (max(len(lines) for lines in cells) - 1)

        def draw(painter: QPainter, y: float) -> None:
            if strong and number:
                rule(y + 4, theme.rule, 5, painter)
            for n, lines in enumerate(cells):
                for k, line in enumerate(lines):
                    self._put(painter, line, n, y + 96 + 104 * k, font(PRINT, bold=strong), theme.text)
            if strong and not number and len(block.rows) > 1:
                rule(y + height + 2, theme.rule, 5, painter)

        return Piece(height, draw)

    def _lines(self, words: str, column: int, size: float, *, bold: bool = False) -> list[str]:
        """The words of a cell, broken where their column ends."""
        made = font(size, bold=bold)
        width = self.widths[column] + 1
        if self.block.align[column] == "r" or QFontMetricsF(made).horizontalAdvance(words) <= width:
            return [words]
        layout = QTextLayout(words, made)
        layout.setTextOption(_breaking())
        layout.beginLayout()
        lines = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            lines.append(_slice(words, line.textStart(), line.textLength()).strip())
        layout.endLayout()
        return lines

    def _put(self, painter: QPainter, words: str, column: int, base: float, made: QFont, colour: QColor) -> None:
        painter.setFont(made)
        painter.setPen(colour)
        x = self.lefts[column]
        if self.block.align[column] == "r":
            x += self.widths[column] - QFontMetricsF(made).horizontalAdvance(words)
        painter.drawText(QPointF(x, base), words)


def _breaking() -> QTextOption:
    made = QTextOption(Qt.AlignmentFlag.AlignLeft)
    made.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return made


def _slice(words: str, start: int, length: int) -> str:
    """Qt counts in UTF-16."""
    return words.encode("utf-16-le")[2 * start : 2 * (start + length)].decode("utf-16-le", "replace")


def _joined(pieces: Sequence[Piece]) -> Piece:
    """Pieces that nothing comes between."""

    def draw(painter: QPainter, y: float) -> None:
        for piece in pieces:
            piece.draw(painter, y)
            y += piece.height

    return Piece(sum(piece.height for piece in pieces), draw)
