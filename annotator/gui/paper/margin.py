"""Beside the text of one page: a stripe for every annotation, and each name once, where it begins or goes on."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from annotator.gui.textview.index import Mark
from annotator.gui.textview.shares import LANE, LEFT, SHOWN
from annotator.gui.textview.stripe import BAR, NAME_GAP, Stripe, paint_leader, paint_stripe
from annotator.gui.textview.stripes import Extent, Lanes
from annotator.gui.theme import mix

from .blocks import LaidParagraph
from .surface import Surface

NAME = 0.79  # of the reading size
LEADER = 0.45  # of a code's colour in the line to its name

Placed = tuple[LaidParagraph, range, float]  # lines of a paragraph, and how far below the top of the body they begin


class Margin:
    """The margin of one page."""

    def __init__(self, surface: Surface, placed: Sequence[Placed]):
        self.surface, self.area = surface, surface.paper.margin
        self.stripes, self._over = self._find(placed)
        self._through = self._threads(placed)
        self._lanes = Lanes(lambda end: end)
        extents = dict.fromkeys(self._through, (0, sum(len(lines) for _, lines, _ in placed))) | self._over
        for _ in self._lanes.pack(Extent(first, stop, annotation) for annotation, (first, stop) in extents.items()):
            pass

    def _find(self, placed: Sequence[Placed]) -> tuple[list[Stripe], dict[str, tuple[int, int]]]:
        """The stripes of the page from top to bottom, and over which of its lines each annotation reaches."""
        index, text = self.surface.index, self.surface.text
        found: dict[int, Stripe] = {}
        over: dict[str, tuple[int, int]] = {}
        before = 0
        for laid, lines, y in placed:
            paragraph = laid.paragraph
            low, high = (text.point(paragraph.start + unit) for unit in paragraph.extent_of(lines))
            down = self.area.top() + y - paragraph.lines[lines.start].y()
            for row in index.in_paragraph(paragraph.number):
                mark = index[row]
                if mark.start >= high or mark.end <= low:
                    continue
                first, last = mark.start >= low, mark.end <= high
                begun = paragraph.line_of(text.unit(mark.start) - paragraph.start) if first else lines.start
                ended = paragraph.line_of(text.unit(mark.end) - paragraph.start - 1) if last else lines.stop - 1
                rows = [paragraph.lines[n].rect() for n in (begun, ended)]
                part = Stripe(mark, down + rows[0].top(), down + rows[1].bottom(), first, last)
                found[row] = _joined(found.get(row), part)
                reach = before + begun - lines.start, before + ended - lines.start + 1
                over[mark.annotation] = _around(over.get(mark.annotation), reach)
            before += len(lines)
        return sorted(found.values(), key=lambda one: (one.top, one.mark.start, -one.mark.end)), over

    def _threads(self, placed: Sequence[Placed]) -> list[str]:
        """The annotations of several spans that pass the page."""
        threads = self.surface.threads
        return list(dict.fromkeys(one for laid, _, _ in placed for one in threads.at(laid.paragraph.number)))

    def _left(self, annotation: str) -> float:
        return self.area.left() + LEFT + (self._lanes.of(annotation) or 0) * LANE

    def _has_lane(self, annotation: str) -> bool:
        lane = self._lanes.of(annotation)
        return lane is not None and lane < SHOWN

    @property
    def names_left(self) -> float:
        return self.area.left() + LEFT + min(self._lanes.count, SHOWN) * LANE + NAME_GAP

    def draw(self, painter: QPainter) -> None:
        """Draws threads, stripes and names."""
        styles = self.surface.styles
        shown = [stripe for stripe in self.stripes if self._has_lane(stripe.mark.annotation)]
        for annotation in filter(self._has_lane, self._through):
            self._draw_thread(painter, annotation, [one for one in shown if one.mark.annotation == annotation])
        for stripe in shown:
            ground = None if styles.own(stripe.mark.coder) else styles.tint(stripe.mark.code)
            colour = styles.colour(stripe.mark.code)
            paint_stripe(painter, stripe, self._left(stripe.mark.annotation), colour, ground)
        names, left_out = self.names()
        for stripe, y in names:
            self._draw_name(painter, stripe, y)
        if left_out:
            painter.setFont(self._font())
            painter.setPen(self.surface.theme.muted)
            painter.drawText(QPointF(self.names_left, self.area.bottom() + self._pitch), f"+{left_out}")

    def names(self) -> tuple[list[tuple[Stripe, float]], int]:
        """One stripe of each annotation and the height at which its name stands, none on another; and how many annotations
        find no place for their names."""
        once: dict[str, Stripe] = {}
        for stripe in self.stripes:
            once.setdefault(stripe.mark.annotation, stripe)
        places, free = [], self.area.top()
        for annotation, stripe in once.items():
            y = max(stripe.top + 2, free)
            if self._has_lane(annotation) and y + self._pitch <= self.area.bottom() + 2:
                places.append((stripe, y))
                free = y + self._pitch
        return places, len(once) - len(places)

    def words(self, mark: Mark) -> str:
        """The name of a code, and after an ellipsis when its annotation has begun on a page before."""
        name = self.surface.styles.name(mark.code)
        return f"… {name}" if self._goes_on(mark) else name

    def _goes_on(self, mark: Mark) -> bool:
        """Whether an annotation has begun above the first stripe that it has here."""
        first = next(stripe for stripe in self.stripes if stripe.mark.annotation == mark.annotation)
        return not first.first or first.mark.start > self.surface.by_id[mark.annotation].spans[0].start

    def _font(self):
        return self.surface.paper.font(NAME)

    @property
    def _pitch(self) -> float:
        return QFontMetricsF(self._font()).height() - 1

    def _draw_name(self, painter: QPainter, stripe: Stripe, y: float) -> None:
        mark, surface, left, font = stripe.mark, self.surface, self.names_left, self._font()
        metrics = QFontMetricsF(font)
        colour = mix(surface.theme.canvas, surface.styles.colour(mark.code), LEADER)
        edge = self._left(mark.annotation) + BAR + 2
        paint_leader(painter, stripe, colour, edge, left, round(y + metrics.height() / 2))
        initials = surface.styles.initials(mark.coder)
        second = metrics.horizontalAdvance(initials) + 6 if initials else 0.0
        name = metrics.elidedText(self.words(mark), Qt.TextElideMode.ElideRight, self.area.right() - left - second)
        painter.setFont(font)
        painter.setPen(surface.styles.ink(mark.code))
        painter.drawText(QPointF(left, y + metrics.ascent()), name)
        if initials:
            painter.setPen(surface.theme.muted)
            painter.drawText(QPointF(left + metrics.horizontalAdvance(name) + 6, y + metrics.ascent()), initials)

    def _draw_thread(self, painter: QPainter, annotation: str, parts: list[Stripe]) -> None:
        """A hairline joins the spans of one annotation, over page after page."""
        surface = self.surface
        one = surface.by_id[annotation]
        top, bottom = self.area.top(), self.area.bottom()
        if parts and parts[0].mark.start == one.spans[0].start:
            top = parts[0].bottom - 2
        if parts and parts[-1].mark.end == one.spans[-1].end:
            bottom = parts[-1].top + 2
        colour: QColor = surface.styles.colour(one.code)
        painter.fillRect(QRectF(self._left(annotation) + BAR / 2 - 0.5, top, 1, bottom - top), colour)


def _joined(before: Stripe | None, part: Stripe) -> Stripe:
    """A stripe that goes on in the next paragraph."""
    return part if before is None else before._replace(bottom=part.bottom, last=part.last)


def _around(before: tuple[int, int] | None, reach: tuple[int, int]) -> tuple[int, int]:
    return reach if before is None else (min(before[0], reach[0]), max(before[1], reach[1]))
