"""Beside the text: a stripe for every annotation in a lane of its own, and the name of its code where it begins."""

from bisect import bisect_right
from collections.abc import Iterator
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QContextMenuEvent,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from annotator.gui.mirror import turn_over, turned, write
from annotator.gui.theme import font

from .index import Mark
from .stripe import BAR, FOOT, NAME_GAP, Stripe, paint_leader, paint_stripe
from .stripes import Extent, Lanes, Threads

if TYPE_CHECKING:
    from .view import CodedTextView

SHOWN = 8  # lanes
LANE, LEFT = 10.0, 6.0
NAME_PITCH = 16.0
NAMES_FROM = 112  # a narrower margin shows stripes only
FAR = 64.0  # a name that would be pushed further than this below its stripe is left out
SLICE = 0.006  # seconds of packing lanes between two events


class StripeMargin(QWidget):
    """The margin of one view. Another may take its place (`CodedTextView.margin_kind`): a widget made with the view as
    its only argument, with `reset` and `put` as here; it is repainted at every scroll."""

    SPOKEN_AS = QAccessible.Role.Graphic

    def __init__(self, view: "CodedTextView"):
        super().__init__(view)
        self.view = view
        self.setAccessibleName(self.tr("Annotations in sight, beside the text"))
        self.setMouseTracking(True)
        self._slack = 0
        self._lanes, self._threads = Lanes(self._until), Threads(1)
        self._next = self._lanes, self._threads
        self._work: Iterator[None] | None = None
        self._spots: list[tuple[QRectF, str]] = []
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._continue)

    def spoken_value(self) -> str:
        """What is named in the margin, from top to bottom."""
        return ", ".join(dict.fromkeys(self.view.describe(stripe.mark.annotation) for stripe in self._stripes()))

    # Lanes ------------------------------------------------------------------------------------------------------------

    def reset(self) -> None:
        """All marks are others, or filtered otherwise: pack the lanes anew, before the next paint if there are few."""
        self._work = None
        self._timer.start(0)
        self.update()

    def put(self, annotation: str) -> None:
        """One annotation has other spans, or none: it gets a lane, nobody else moves."""
        self.update()
        if self._timer.isActive():
            self.reset()
            return
        self._threads.drop(annotation)
        extent = self._extent(annotation)
        if extent is None:
            return
        index, text = self.view.index, self.view.text
        near: set[str] = set()
        for number in range(text.number_at(extent.start), text.number_at(extent.end) + 1):
            near.update(index[row].annotation for row in index.in_paragraph(number))
            near.update(self._threads.at(number))
        self._lanes.put(extent, [found for other in near if (found := self._extent(other))])
        self._draw_thread(self._threads, extent)

    def _continue(self) -> None:
        """Pack lanes for some milliseconds. What is shown keeps its old lanes until the new ones are complete."""
        if self._work is None:
            letters = self.view.page.width / QFontMetricsF(self.view.font()).averageCharWidth()
            self._slack = int(max(20.0, letters) * 1.2)
            self._next = Lanes(self._until), Threads(len(self.view.text))
            self._work = self._pack(*self._next)
        until = perf_counter() + SLICE
        for _ in self._work:
            if perf_counter() > until:
                self._timer.start(0)
                return
        self._work = None
        self._timer.stop()
        self._lanes, self._threads = self._next
        self.update()

    def _pack(self, lanes: Lanes, threads: Threads) -> Iterator[None]:
        extents = []
        for count, annotation in enumerate(self.view.index.annotations()):
            extent = self._extent(annotation)
            if extent:
                extents.append(extent)
                self._draw_thread(threads, extent)
            if count % 256 == 255:
                yield
        yield from lanes.pack(extents)

    def _draw_thread(self, threads: Threads, extent: Extent) -> None:
        if len(self.view.index.of(extent.annotation)) > 1:
            text = self.view.text
            threads.put(extent.annotation, text.number_at(extent.start), text.number_at(extent.end - 1))

    def _extent(self, annotation: str) -> Extent | None:
        ends = self.view.index.extent(annotation)
        return Extent(*ends, annotation) if ends else None

    def _until(self, end: int) -> int:
        """One line length further, but not beyond the paragraph."""
        starts = self.view.text.starts
        after = bisect_right(starts, end - 1)
        return min(end + self._slack, max(end, starts[after] - 1)) if after < len(starts) else end + self._slack

    def lanes_shown(self) -> int:
        """How many lanes have room."""
        return min(SHOWN, int((self.width() - LEFT) / LANE))

    def names_left(self) -> float:
        """Where the names begin."""
        return LEFT + min(self._lanes.count, SHOWN) * LANE + NAME_GAP

    # What is visible --------------------------------------------------------------------------------------------------

    def _numbers(self) -> Iterator[tuple[int, float]]:
        """The visible paragraphs and where each begins, in pixels of the margin."""
        page, offset = self.view.page, self.view.verticalScrollBar().value()
        number = page.number_at(offset)
        while number < len(page.heights) and (top := page.top_of(number) - offset) < self.height():
            yield number, top
            number += 1

    def _stripes(self) -> list[Stripe]:
        """The visible spans, from top to bottom."""
        index, page, text = self.view.index, self.view.page, self.view.text
        most = self.lanes_shown()
        found: dict[int, Stripe] = {}
        for number, y in self._numbers():
            paragraph = page.paragraph(number)
            low, high = paragraph.extent_of(paragraph.lines_between(-y, self.height() - y))
            low, high = text.point(paragraph.start + low), text.point(paragraph.start + high)
            for row in index.in_paragraph(number):
                mark = index[row]
                if mark.start >= high or mark.end <= low:
                    continue
                lane = self._lanes.of(mark.annotation)
                if lane is None or lane >= most:
                    continue
                start, end = text.unit(mark.start) - paragraph.start, text.unit(mark.end) - paragraph.start
                first, last = start >= 0, end <= paragraph.length
                top, bottom = y, y + page.heights[number]
                if first:
                    top = y + paragraph.caret(start).top()
                if last:
                    bottom = y + paragraph.lines[paragraph.line_of(max(0, end - 1))].rect().bottom()
                before = found.get(row)
                found[row] = (
                    Stripe(mark, before.top, bottom, before.first, last)
                    if before
                    else Stripe(mark, top, bottom, first, last)
                )
        shown = [stripe for stripe in found.values() if stripe.bottom > 0 and stripe.top < self.height()]
        return sorted(shown, key=lambda stripe: (stripe.top, stripe.mark.start, -stripe.mark.end))

    def _left(self, annotation: str) -> float:
        return LEFT + (self._lanes.of(annotation) or 0) * LANE

    # Painting ---------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent, /) -> None:
        if self._timer.isActive():
            self._continue()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self.view.theme.canvas)
        turn_over(painter, self.rect())
        self._spots = []
        stripes = self._stripes()
        self._paint_threads(painter, stripes)
        for stripe in stripes:
            self._paint_stripe(painter, stripe)
        if self.width() >= NAMES_FROM:
            names: dict[str, Stripe] = {}
            for stripe in stripes:
                names.setdefault(stripe.mark.annotation, stripe)
            spots = [self._paint_name(painter, stripe, y) for stripe, y in self._places(list(names.values()))]
            self._spots = spots + self._spots
        painter.end()

    def _colour(self, mark: Mark) -> QColor:
        return self.view.styles.colour(mark.code) if self._plain(mark) else self.view.styles.faded(mark.code)

    def _plain(self, mark: Mark) -> bool:
        return self.view.hot is None or self.view.hot == mark.annotation

    def _bold(self, mark: Mark) -> bool:
        return mark.annotation in (self.view.current, self.view.hot)

    def _paint_stripe(self, painter: QPainter, stripe: Stripe) -> None:
        mark, colour, x = stripe.mark, self._colour(stripe.mark), self._left(stripe.mark.annotation)
        ground = None if self.view.styles.own(mark.coder) else self.view.styles.tint(mark.code)
        rect = paint_stripe(painter, stripe, x, colour, ground)
        self._spots.append((QRectF(x - FOOT, rect.top(), LANE, rect.height()), mark.annotation))

    def _paint_threads(self, painter: QPainter, stripes: list[Stripe]) -> None:
        """A hairline joins the spans of one annotation, also where none of them is in sight."""
        passing = {annotation for number, _ in self._numbers() for annotation in self._threads.at(number)}
        for annotation in passing:
            lane, extent = self._lanes.of(annotation), self._extent(annotation)
            if extent is None or lane is None or lane >= self.lanes_shown():
                continue
            parts = [stripe for stripe in stripes if stripe.mark.annotation == annotation]
            top, bottom = 0.0, float(self.height())
            if parts and parts[0].mark.start == extent.start:
                top = parts[0].bottom - 2
            if parts and parts[-1].mark.end == extent.end:
                bottom = parts[-1].top + 2
            mark = self.view.index[self.view.index.of(annotation)[0]]
            x = self._left(annotation) + BAR / 2 - 0.5
            painter.fillRect(QRectF(x, top, 1, bottom - top), self._colour(mark))

    def _places(self, stripes: list[Stripe]) -> list[tuple[Stripe, float]]:
        """Where each name stands, so that none lies on another: beside its first line or, pushed, somewhat below. The
        names of the current and the hovered annotation are never pushed."""
        fixed = [(stripe, max(stripe.top + 2, 0.0)) for stripe in stripes if self._bold(stripe.mark)]
        fixed = [place for n, place in enumerate(fixed) if not n or place[1] >= fixed[n - 1][1] + NAME_PITCH]
        taken = [y for _, y in fixed]
        places, free = fixed, -NAME_PITCH
        for stripe in stripes:
            y = max(stripe.top + 2, free, 0.0)
            if self._bold(stripe.mark):
                continue
            for other in taken:
                if other - NAME_PITCH < y < other + NAME_PITCH:
                    y = other + NAME_PITCH
            if y <= min(self.height(), stripe.bottom + FAR):
                places.append((stripe, y))
                free = y + NAME_PITCH
        return places

    def _paint_name(self, painter: QPainter, stripe: Stripe, y: float) -> tuple[QRectF, str]:
        mark, left = stripe.mark, self.names_left()
        painter.setFont(font("small_strong" if self._bold(mark) else "small"))
        metrics = QFontMetricsF(painter.font())
        self._paint_leader(painter, stripe, round(y + metrics.height() / 2))
        initials = self.view.styles.initials(mark.coder)
        second = QFontMetricsF(font("small")).horizontalAdvance(initials) + 6 if initials else 0.0
        name = metrics.elidedText(
            self.view.styles.name(mark.code), Qt.TextElideMode.ElideRight, self.width() - left - second - 2
        )
        width = metrics.horizontalAdvance(name)
        painter.setPen(self._shade(self.view.styles.ink(mark.code), mark))
        write(painter, left, y + metrics.ascent(), name)
        if initials:
            painter.setFont(font("small"))
            painter.setPen(self._shade(self.view.theme.muted, mark))
            write(painter, left + width + 6, y + metrics.ascent(), initials)
        return QRectF(left - NAME_GAP, y, width + second + NAME_GAP, NAME_PITCH), mark.annotation

    def _shade(self, colour: QColor, mark: Mark) -> QColor:
        return colour if self._plain(mark) else self.view.styles.fade(colour)

    def _paint_leader(self, painter: QPainter, stripe: Stripe, middle: float) -> None:
        """From the stripe to its name: straight as long as the stripe reaches down to it."""
        colour = QColor(self._colour(stripe.mark))
        colour.setAlpha(110)
        edge = self._left(stripe.mark.annotation) + BAR + 2
        paint_leader(painter, stripe, colour, edge, self.names_left(), middle)

    # Pointer ----------------------------------------------------------------------------------------------------------

    def annotation_at(self, point: QPoint) -> str | None:
        """The annotation whose name or stripe is under a point of the margin."""
        return next(
            (annotation for rect, annotation in self._spots if rect.contains(QPointF(turned(self, point)))), None
        )

    def mouseMoveEvent(self, event: QMouseEvent, /) -> None:
        annotation = self.annotation_at(event.position().toPoint())
        self.setCursor(Qt.CursorShape.PointingHandCursor if annotation else Qt.CursorShape.ArrowCursor)
        self.view.hover(annotation)

    def leaveEvent(self, event: QEvent, /) -> None:
        self.view.hover(None)

    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent, /) -> None:
        annotation = self.annotation_at(event.position().toPoint())
        if annotation and event.button() == Qt.MouseButton.LeftButton:
            self.view.annotation_clicked.emit(annotation)
            if ends := self.view.index.extent(annotation):
                self.view.reveal(*ends)

    def contextMenuEvent(self, event: QContextMenuEvent, /) -> None:
        annotation = self.annotation_at(event.pos())
        if annotation:
            ends = self.view.index.extent(annotation) or (0, 0)
            self.view.menu_wanted.emit(event.globalPos(), ends[0], annotation)

    def wheelEvent(self, event: QWheelEvent, /) -> None:
        QCoreApplication.sendEvent(self.view.viewport(), event)

    def event(self, event: QEvent, /) -> bool:
        if isinstance(event, QHelpEvent):
            annotation = self.annotation_at(event.pos())
            QToolTip.showText(event.globalPos(), self.view.describe(annotation) if annotation else "", self)
            return True
        return super().event(event)
