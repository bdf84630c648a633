"""Between the spans of an annotation that one stands at: dots lead from each towards the next."""

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter, QPen

from .lines import Paragraph
from .painter import BAR, Drawing

if TYPE_CHECKING:
    from .view import CodedTextView

DOTS = [1.0, 3.0]  # in thicknesses


def draw_gaps(painter: QPainter, view: "CodedTextView", paragraph: Paragraph, drawing: object) -> None:
    """Dots on the lines where one span of the lit annotation ends and the next begins; what lies between those lines is
    left to the thread beside the text."""
    lit = view.hot or view.current
    if lit and isinstance(drawing, Drawing) and len(view.index.of(lit)) > 1:
        pen = QPen(view.styles.colour(view.index[view.index.of(lit)[0]].code), 1.5)
        pen.setDashPattern(DOTS)
        painter.setPen(pen)
        for rect in gaps(view, drawing, paragraph, lit):
            painter.drawLine(QLineF(rect.left(), rect.center().y(), rect.right(), rect.center().y()))


def gaps(view: "CodedTextView", drawing: Drawing, paragraph: Paragraph, annotation: str) -> list[QRectF]:
    """Where the dots lie, in the lane of the span that they begin or end at."""
    unit, found = view.text.unit, list[QRectF]()
    marks = sorted((view.index[row].start, view.index[row].end, row) for row in view.index.of(annotation))
    lanes = {bar.row: bar.rect.top() - _bottom(paragraph, bar.rect) for bar in drawing.bars}
    for (_, end, before), (start, _, after) in pairwise(marks):
        low, high = unit(end) - paragraph.start, unit(start) - paragraph.start
        lines: dict[int, int] = {}
        if 0 <= high < paragraph.length and after in lanes:
            lines[paragraph.line_of(high)] = after
        if 0 < low <= paragraph.length and before in lanes:
            lines[paragraph.line_of(low - 1)] = before
        for line, row in sorted(lines.items()):
            for piece in paragraph.pieces(low, high, range(line, line + 1)):
                found.append(QRectF(piece.rect.left(), piece.rect.bottom() + lanes[row], piece.rect.width(), BAR))
    return found


def _bottom(paragraph: Paragraph, bar: QRectF) -> float:
    line = paragraph.lines[paragraph.line_at(bar.top())]
    return line.y() + line.height()
