"""Spans in the text: one opaque tint, that of the innermost, and a thin line for each span in a lane below the words."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, Protocol

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextLine

from annotator.gui.theme import Face, Theme
from annotator.spans import lanes

from .frozen import FrozenText
from .index import Mark, SpanIndex
from .lines import Paragraph, Piece
from .styles import Styles

LANES = 4
FIRST, PITCH, BAR = 1.0, 3.0, 2.0  # of the lanes below a line: distance, from lane to lane, thickness
CAP, CAP_WIDTH = 3.0, 1.5
KEPT = 200  # paragraphs whose lanes are kept
DASH = [2.0, 1.3]  # in thicknesses


class Tint(NamedTuple):
    rect: QRectF
    row: int


class Bar(NamedTuple):
    """One visible piece of a span's line, and whether a cap stands at its left and right end."""

    rect: QRectF
    row: int
    left: bool
    right: bool


class More(NamedTuple):
    """So many spans of a line have no lane: said at a place behind the line, in a rectangle to point at."""

    place: QPointF
    number: int
    rect: QRectF


class Strokes(NamedTuple):
    """All bars of one code and coder, in the shapes that Qt draws at once."""

    solid: list[QRectF]
    dashed: list[QLineF]
    caps: list[QRectF]


class Drawing(NamedTuple):
    """What is prepared of some lines of a paragraph. It holds rows, codes and coders, not colours: hovering needs no new
    one."""

    tints: list[Tint]
    bars: list[Bar]
    more: list[More]
    strokes: dict[tuple[str, str], Strokes]


class Laned(NamedTuple):
    """The spans on one paragraph, each with its row, and the lane of each row."""

    spans: list[tuple[int, int, int]]
    lanes: Mapping[int, int]


class Column(Protocol):
    """What a column of text says of itself."""

    @property
    def width(self) -> float: ...


class Surface(Protocol):
    """What marks are drawn on: the view, or the paper."""

    @property
    def page(self) -> Column: ...
    @property
    def index(self) -> SpanIndex: ...
    @property
    def text(self) -> FrozenText: ...
    @property
    def styles(self) -> Styles: ...
    @property
    def theme(self) -> Theme: ...
    @property
    def hot(self) -> str | None: ...
    @property
    def quiet(self) -> bool: ...
    @property
    def sign(self) -> Face: ...  # in which "+n" is written
    def strong(self) -> list[tuple[int, int, str]]: ...


class SpanPainter:
    """Draws the marks of one view, or of paper. Another painter may take its place (`CodedTextView.painter_kind`): it
    needs these three methods; what `build` answers is kept until `CodedTextView.redraw`, and goes to the other two."""

    def __init__(self, view: Surface, *, in_column: bool = False):
        """`in_column`: what has no lane is counted beside the column, as something stands right behind the words."""
        self.view, self._in_column = view, in_column
        self._version = 0  # of the index whose lanes are kept
        self._laned: dict[int, Laned] = {}  # by paragraph

    def build(self, paragraph: Paragraph, lines: range) -> Drawing:
        """Where everything lies on these lines, relative to the paragraph."""
        spans, lane = self._in_lanes(paragraph)
        if not spans:
            return Drawing([], [], [], {})
        low, high = paragraph.extent_of(lines)
        spans = [span for span in spans if span[0] < high and span[1] > low]
        shown = [span for span in spans if lane[span[2]] < LANES]
        bars = [bar for span in shown for bar in self._bars(paragraph, lines, span, lane[span[2]])]
        hidden = [span for span in spans if lane[span[2]] == LANES]
        tints, more = self._tints(paragraph, lines, shown), self._more(paragraph, lines, hidden)
        return Drawing(tints, bars, more, self._strokes(bars))

    def _in_lanes(self, paragraph: Paragraph) -> Laned:
        """What lies on a paragraph, kept while nothing else does: a long one is prepared in parts."""
        index = self.view.index
        if self._version != index.version or len(self._laned) > KEPT:
            self._version, self._laned = index.version, {}
        made = self._laned.get(paragraph.number)
        if made is None:
            inside = ((*self._inside(paragraph, index[row]), row) for row in index.in_paragraph(paragraph.number))
            cut = [(max(start, 0), min(end, paragraph.length), row) for start, end, row in inside]
            spans = [span for span in cut if span[0] < span[1]]
            made = self._laned[paragraph.number] = Laned(spans, lanes(spans, LANES))
        return made

    def under(self, painter: QPainter, drawing: Drawing, paragraph: Paragraph) -> None:
        """Paint what lies behind the words; the painter stands at the paragraph's top left corner."""
        view = self.view
        if view.hot is None and not view.quiet:
            for rect, row in drawing.tints:
                painter.fillRect(rect, view.styles.tint(view.index[row].code))
        for start, end, code in view.strong():
            for piece in paragraph.pieces(start - paragraph.start, end - paragraph.start):
                painter.fillRect(ground(piece), view.styles.strong(code))

    def over(self, painter: QPainter, drawing: Drawing, paragraph: Paragraph) -> None:
        """Paint what lies below the words."""
        view = self.view
        colour = view.styles.colour if view.hot is None else view.styles.faded
        self._paint(painter, drawing.strokes, colour)
        if view.hot is not None:
            rows = view.index.of(view.hot)
            hot = self._strokes([bar for bar in drawing.bars if bar.row in rows])
            self._paint(painter, hot, view.styles.colour)
        if drawing.more:
            painter.setFont(view.sign.font)
            painter.setPen(view.theme.muted)
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            for place, count, _ in drawing.more:
                painter.drawText(place, f"+{count}")

    def _paint(
        self, painter: QPainter, strokes: dict[tuple[str, str], Strokes], colour_of: Callable[[str], QColor]
    ) -> None:
        """One's own solid, those of others dashed; the caps last, so that no bar lies on one."""
        for (code, coder), (solid, dashes, _) in strokes.items():
            if self.view.styles.own(coder):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour_of(code))
                painter.drawRects(solid)
            else:
                painter.setPen(dash(colour_of(code).rgba()))
                painter.drawLines(dashes)
        painter.setPen(Qt.PenStyle.NoPen)
        for (code, _), (_, _, caps) in strokes.items():
            if caps:
                painter.setBrush(colour_of(code))
                painter.drawRects(caps)
        painter.setBrush(Qt.BrushStyle.NoBrush)  # else the frame of the next hit would be filled

    def _strokes(self, bars: list[Bar]) -> dict[tuple[str, str], Strokes]:
        made: dict[tuple[str, str], Strokes] = {}
        for rect, row, left, right in bars:
            mark, middle = self.view.index[row], rect.center().y()
            strokes = made.setdefault((mark.code, mark.coder), Strokes([], [], []))
            strokes.solid.append(rect)
            strokes.dashed.append(QLineF(rect.left(), middle, rect.right(), middle))
            if left:
                strokes.caps.append(QRectF(rect.left(), rect.top() - CAP, CAP_WIDTH, CAP))
            if right:
                strokes.caps.append(QRectF(rect.right() - CAP_WIDTH, rect.top() - CAP, CAP_WIDTH, CAP))
        return made

    def more_on(self, paragraph: Paragraph, line: int) -> More | None:
        """What is said behind a line of spans that have no lane."""
        return next(iter(self.build(paragraph, range(line, line + 1)).more), None)

    def _inside(self, paragraph: Paragraph, mark: Mark) -> tuple[int, int]:
        """Start and end of a mark as Qt counts them in this paragraph; they may lie outside."""
        unit = self.view.text.unit
        return unit(mark.start) - paragraph.start, unit(mark.end) - paragraph.start

    def _tints(self, paragraph: Paragraph, lines: range, spans: list[tuple[int, int, int]]) -> list[Tint]:
        """Between two neighbouring ends of spans, the shortest span gives the tint."""
        ends = sorted({end for span in spans for end in span[:2]})
        by_length = sorted(spans, key=lambda span: (span[1] - span[0], -span[0]))
        runs: list[tuple[int, int, int]] = []
        for start, end in pairwise(ends):
            row = next((row for a, b, row in by_length if a <= start and end <= b), None)
            if row is None:
                continue
            if runs and runs[-1][1:] == (start, row):
                runs[-1] = (runs[-1][0], end, row)
            else:
                runs.append((start, end, row))
        return [Tint(ground(piece), row) for start, end, row in runs for piece in paragraph.pieces(start, end, lines)]

    def _bars(self, paragraph: Paragraph, lines: range, span: tuple[int, int, int], lane: int) -> list[Bar]:
        start, end, row = span
        first, last = self._inside(paragraph, self.view.index[row])
        begins, ends = first >= 0, last <= paragraph.length
        bars = []
        for piece in paragraph.pieces(start, end, lines):
            left, right = caps(paragraph, piece, start if begins else None, end if ends else None)
            top = piece.rect.bottom() + FIRST + lane * PITCH
            width = max(BAR, piece.rect.width() - left - right)
            bars.append(Bar(QRectF(piece.rect.left() + left, top, width, BAR), row, left, right))
        return bars

    def _more(self, paragraph: Paragraph, lines: range, hidden: list[tuple[int, int, int]]) -> list[More]:
        """How many spans have no lane, beside each line."""
        counts = paragraph.counted((span[:2] for span in hidden), lines)
        is_beside = paragraph.mixed or self._in_column
        return [_more(paragraph.lines[n], self.view, is_beside, counts[n]) for n in counts]


def _more(line: QTextLine, view: Surface, is_beside: bool, count: int) -> More:
    metrics = view.sign.metrics
    x = view.page.width if is_beside else line.naturalTextRect().right()
    place = QPointF(x + 5, line.y() + line.height() - metrics.ascent() * 0.25)
    size = metrics.horizontalAdvance(f"+{count}")
    return More(place, count, QRectF(x + 1, line.y(), size + 8, line.height() + FIRST + LANES * PITCH))


def ground(piece: Piece) -> QRectF:
    """The rectangle behind the words of a piece."""
    return piece.rect.adjusted(0, -1, 0, 1)


def caps(paragraph: Paragraph, piece: Piece, start: int | None, end: int | None) -> tuple[bool, bool]:
    """Whether a span that begins at `start` and ends at `end` shows a cap at the left and right of one piece of it."""
    if not paragraph.mixed:
        return piece.start == start, piece.end == end
    places = []
    if start is not None and piece.start == start:
        places.append(paragraph.ruler(piece.line).x(start))
    if end is not None and piece.end == end:
        places.append(paragraph.edge(end, end=True).x())
    left, right = piece.rect.left(), piece.rect.right()
    return any(abs(x - left) < 1 for x in places), any(abs(x - right) < 1 for x in places)


@lru_cache(maxsize=512)
def dash(colour: int) -> QPen:
    """The pen of the line of another coder."""
    pen = QPen(QColor.fromRgba(colour), BAR)
    pen.setDashPattern(DASH)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen
