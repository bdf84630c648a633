"""The edges of the current annotation: where they are, handles to find them by, and what moving one brings in."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from annotator.text import Span

from . import signs

if TYPE_CHECKING:
    from .view import CodedTextView

REACH = 4.0  # pixels to either side of an edge
KNOB = 3.5  # radius of a handle: above the line where a span begins, below it where it ends
TOLD = 44  # characters of the words on the tag


class EdgeDrag(NamedTuple):
    """One end of one span of the current annotation in the hand. `low` and `high` are its neighbours' ends."""

    annotation: str
    code: str
    span: Span
    end: bool
    low: int
    high: int

    @property
    def position(self) -> int:
        return self.span.end if self.end else self.span.start


def edges(view: "CodedTextView") -> Iterator[EdgeDrag]:
    """The edges that can be dragged: those of the current annotation, while it may be changed and is one's own."""
    rows = view.index.of(view.current) if view.current and view.may_reshape else ()
    marks = sorted(view.index[row] for row in rows if view.index.shows(view.index[row]))
    if not marks or not view.styles.own(marks[0].coder):
        return
    spans = [Span(mark.start, mark.end) for mark in marks]
    for n, (mark, span) in enumerate(zip(marks, spans, strict=True)):
        low = spans[n - 1].end if n else 0
        high = spans[n + 1].start if n + 1 < len(spans) else len(view.text.text)
        for end in (False, True):
            yield EdgeDrag(mark.annotation, mark.code, span, end, low, high)


def edge_at(view: "CodedTextView", spot: QPointF) -> EdgeDrag | None:
    """The edge under a point of the page."""
    return next((edge for edge in edges(view) if _is_at(view, edge, spot)), None)


def _is_at(view: "CodedTextView", edge: EdgeDrag, spot: QPointF) -> bool:
    page, number = view.page, view.text.edge_at(edge.position, end=edge.end)
    if not page.top_of(number) - 2 * KNOB <= spot.y() <= page.top_of(number) + page.heights[number]:
        return False
    line = page.edge(view.text.unit(edge.position), end=edge.end)
    knob = _knob(line, end=edge.end)
    on_line = abs(spot.x() - line.x()) <= REACH and line.top() - 1 <= spot.y() <= line.bottom() + page.gap
    return on_line or knob.adjusted(-2, -2, 2, 2).contains(spot)


def _knob(line: QRectF, *, end: bool) -> QRectF:
    middle = QPointF(line.x(), line.bottom() + KNOB - 1 if end else line.top() - KNOB + 1)
    return QRectF(middle.x() - KNOB, middle.y() - KNOB, 2 * KNOB, 2 * KNOB)


def draw(painter: QPainter, view: "CodedTextView") -> None:
    """A knob at each edge in sight, and the tag of the one in the hand; the painter stands at the corner of the viewport."""
    top, height = view.verticalScrollBar().value(), view.viewport().height()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for edge in edges(view):
        number = view.text.edge_at(edge.position, end=edge.end)
        y = view.page.top_of(number) - top
        if y > height or y + view.page.heights[number] < 0:
            continue
        line = view.page.edge(view.text.unit(_now(view, edge)), end=edge.end).translated(0, -top)
        painter.setPen(QPen(view.theme.canvas, 1))
        painter.setBrush(view.styles.colour(edge.code))
        painter.drawEllipse(_knob(line, end=edge.end))
    if held := view.pointer.edge:
        signs.draw_tag(painter, view, tag_words(view, held, view.pointer.resized))


def lit(view: "CodedTextView") -> list[tuple[int, int, str]]:
    """Start, end (UTF-16) and code of the spans that are hovered or current, the one whose edge is in the hand as it would
    be."""
    edge, resized, unit = view.pointer.edge, view.pointer.resized, view.text.unit
    annotation = edge.annotation if edge else view.hot or view.current
    marks = [view.index[row] for row in (view.index.of(annotation) if annotation else ())]
    found = [(unit(mark.start), unit(mark.end), mark.code) for mark in marks]
    if edge:
        found = [part for part in found if part[0] != unit(edge.span.start)]
        found.append((unit(resized.start), unit(resized.end), edge.code))
    return found


def _tr(words: str) -> str:
    return QCoreApplication.translate("CodedTextView", words)


def _now(view: "CodedTextView", edge: EdgeDrag) -> int:
    """Where an edge stands, also while it is in the hand."""
    if edge == view.pointer.edge:
        return view.pointer.resized[edge.end]
    return edge.position


def tag_words(view: "CodedTextView", edge: EdgeDrag, new: Span) -> str:
    """The words that come in or go out with an edge that is dragged, and how many the span would have."""
    count = view.motion.count_words(new)
    counted = _tr("1 word") if count == 1 else _tr("{count} words").format(count=count)
    before, after = edge.position, new[edge.end]
    words = " ".join(view.text.text[min(before, after) : max(before, after)].split())
    if not words:
        return counted
    sign = "+" if (after > before) == edge.end else "−"
    return _tr("{sign} {words}  ·  {counted}").format(sign=sign, words=shortened(words, TOLD), counted=counted)


def shortened(words: str, most: int) -> str:
    """Words that are too long, without their middle."""
    half = most // 2
    return words if len(words) <= most else f"{words[:half].rstrip()} … {words[-half:].lstrip()}"
