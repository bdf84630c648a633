"""Beside the text: a stripe for every annotation in a lane of its own, and the name of its code where it begins."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QBrush,
    QColor,
    QContextMenuEvent,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from annotator.gui.mirror import turn_over, turned, write
from annotator.gui.theme import FontRole, face

from .arrangement import FAR, SHORTEST, Arrangement, Laned, Thread, changed
from .index import Mark
from .lines import Paragraph
from .names import NAME_PITCH, Place, clusters, places
from .pixels import is_all
from .shares import GROUP_GAP, LANE, NAMES_FROM, SIGN, share_out
from .slices import Slices
from .stripe import BAR, FOOT, NAME_GAP, WOVEN_BAR, Stripe, leader_start, paint_leader, paint_stripe, paint_tall
from .stripes import BETWEEN, Columns, Extent, Threads, taken

if TYPE_CHECKING:
    from .view import CodedTextView

INITIALS_GAP = 6.0  # between a name and the initials of its coder
HEAD = 18.0  # room for initials above the lanes
SLICE = 0.004  # seconds of packing lanes between two events: the overview may work between the same two
AT_ONCE = 1_000  # spans up to which all have their lanes in the next paint


class Part(NamedTuple):
    """What a row has beside one paragraph, as a stripe measured from the top of the paragraph."""

    row: int
    stripe: Stripe


class Row(NamedTuple):
    """A name as it is written: its letters, its words and how wide they are; the initials, and how wide with their gap."""

    role: FontRole
    name: str
    width: float
    initials: str
    second: float


NOTHING = Arrangement([], [], [], [])


class StripeMargin(QWidget):
    """The margin of one view. Another may take its place (`CodedTextView.margin_kind`): a widget made with the view as
    its only argument, with `reset`, `put` and `moved` as here; it is repainted when anything else of the text changes."""

    SPOKEN_AS = QAccessible.Role.Graphic

    def __init__(self, view: "CodedTextView"):
        super().__init__(view)
        self.view = view
        self.setAccessibleName(self.tr("Annotations in sight, beside the text"))
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # else Qt paints the view behind it, and it twice
        self._slack = 0
        self._lanes, self._threads = Columns(self._until, self._group), Threads(1)
        self._next = self._lanes, self._threads
        self._shares = share_out({}, 0, 0, narrow=False)
        self._xs: dict[str, float | None] = {}  # where a lane begins, as far as it was looked up
        self._coders: set[str] = set()  # of what has a lane
        self._arranged = NOTHING  # as it was last painted
        self._packing = Slices(self, SLICE, self._pack_anew, self._packed)

    def spoken_value(self) -> str:
        """What is named in the margin, from top to bottom."""
        return ", ".join(dict.fromkeys(self.view.describe(stripe.mark.annotation) for stripe in self._stripes()))

    # Lanes ------------------------------------------------------------------------------------------------------------

    def reset(self) -> None:
        """All marks are others, or filtered otherwise: pack the lanes anew, before the next paint if there are few."""
        self._packing.begin()
        self.update()
        self.view.overview.reset()

    def moved(self, dy: int) -> None:
        """The text stands so many pixels further down, and nothing else of it is another: what is painted moves with it."""
        before, shares = self._arranged, self._shares
        self._arranged = self._arrange()
        if shares != self._shares or self.view.options.by_coder or self.view.theme.has_textures:
            self.update()  # all lanes moved; initials stand still; textures begin elsewhere
            return
        self.scroll(0, dy)
        for top, bottom in changed(before, self._arranged, dy, self.height()):
            self.update(0, floor(top), self.width(), ceil(bottom) - floor(top))

    def put(self, annotation: str) -> None:
        """One annotation has other spans, or none: it gets a lane, nobody else moves."""
        self.update()
        self.view.overview.reset()
        if self._packing.is_due:
            self.reset()
            return
        self._threads.drop(annotation)
        self._xs.clear()
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
        self._coders.add(self._coder(annotation))

    def _pack_anew(self) -> Iterator[None]:
        """Pack all lanes. What is shown keeps its old ones until the new ones are complete."""
        letters = self.view.page.width / QFontMetricsF(self.view.font()).averageCharWidth()
        self._slack = int(max(20.0, letters) * 1.2)
        self._next = Columns(self._until, self._group), Threads(len(self.view.text))
        return self._pack(*self._next)

    def _packed(self) -> None:
        self._lanes, self._threads = self._next
        self._xs.clear()
        self.update()

    def _group(self, annotation: str) -> str:
        """All lanes are one group, or those of each coder are."""
        return self._coder(annotation) if self.view.options.by_coder and self.view.index.of(annotation) else ""

    def _coder(self, annotation: str) -> str:
        return self.view.index[self.view.index.of(annotation)[0]].coder

    def _pack(self, lanes: Columns, threads: Threads) -> Iterator[None]:
        extents, coders = list[tuple[int, int, str]](), set[str]()
        for count, annotation in enumerate(self.view.index.annotations(), 1):
            extent = self._extent(annotation)
            if extent:
                # plain tuples: for objects the collector would go through all that is there, in one turn
                extents.append((extent.start, extent.end, annotation))
                coders.add(self._coder(annotation))
                self._draw_thread(threads, extent)
            if count % BETWEEN == 0:
                yield
        self._coders = coders
        yield from lanes.pack(taken(extents))

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
        """How many lanes are drawn."""
        return self._shares.shown

    def names_left(self) -> float:
        """Where the names begin."""
        return self._shares.names

    def _share_out(self) -> None:
        """Where the lanes of each group stand. When that changes, all do."""
        groups = sorted(self._lanes.groups(), key=self.view.styles.order)
        wanted = {group: self._lanes.count(group) for group in groups}
        narrow = not self.view.theme.has_textures
        shares = share_out(wanted, self.width(), self._initials_room(), narrow=narrow)
        if shares != self._shares:
            self._shares = shares
            self._xs.clear()

    def _initials_room(self) -> float:
        """What the longest initials beside the names take."""
        if self.view.options.by_coder:
            return 0.0
        signs = map(self.view.styles.initials, self._coders)
        return max((fitted("small", sign, self.width())[1] + INITIALS_GAP for sign in signs if sign), default=0.0)

    # What is visible --------------------------------------------------------------------------------------------------

    def _numbers(self) -> Iterator[tuple[int, float]]:
        """The visible paragraphs and where each begins, in pixels of the margin."""
        page, offset = self.view.page, self.view.verticalScrollBar().value()
        number = page.number_at(offset)
        while number < len(page.heights) and (top := page.top_of(number) - offset) < self.height():
            yield number, top
            number += 1

    def _parts(self, paragraph: Paragraph) -> list[Part]:
        """What stands beside a paragraph, measured from its top."""
        view, height = self.view, self.view.page.heights[paragraph.number]
        unit, parts = view.text.unit, list[Part]()
        for row in view.index.in_paragraph(paragraph.number):
            mark = view.index[row]
            start, end = unit(mark.start) - paragraph.start, unit(mark.end) - paragraph.start
            first, last = start >= 0, end <= paragraph.length
            top = paragraph.top_of(paragraph.line_of(start)) if first else -FAR
            bottom = paragraph.bottom_of(paragraph.line_of(max(0, end - 1))) if last else height + FAR
            parts.append(Part(row, Stripe(mark, top, bottom, first, last)))
        return parts

    def _stripes(self) -> list[Stripe]:
        """The visible spans that have a lane, from top to bottom."""
        found: dict[int, Stripe] = {}
        bottom_of_all, xs = self.height(), self._xs
        for number, y in self._numbers():
            for row, (mark, top, bottom, first, last) in self.view.page.beside(number, self._parts):
                if bottom + y <= 0 or top + y >= bottom_of_all:
                    continue
                if mark.annotation not in xs and not self._look_up(mark.annotation):
                    continue
                above = found.get(row)
                if above:
                    found[row] = Stripe(mark, above.top, bottom + y, above.first, last)
                else:
                    found[row] = Stripe(mark, top + y, bottom + y, first, last)
        return sorted(found.values(), key=lambda stripe: (stripe.top, stripe.mark.start, -stripe.mark.end))

    def _look_up(self, annotation: str) -> bool:
        """Find out where the lane of an annotation begins. Answers whether it has one."""
        lane = self._lanes.lane(annotation)
        if lane is None:
            return False
        self._xs[annotation] = self._shares.x(lane)
        return True

    def _left(self, annotation: str) -> float | None:
        """Where the lane of an annotation begins; None when there is no room for it."""
        return self._xs[annotation] if annotation in self._xs or self._look_up(annotation) else None

    def _arrange(self) -> Arrangement:
        """What stands where now."""
        self._share_out()
        laned, crowded = list[Laned](), list[Stripe]()
        stripes = self._stripes()
        for stripe in stripes:
            x = self._xs[stripe.mark.annotation]
            if x is None:
                crowded.append(stripe)
            else:
                laned.append(Laned(stripe, x))
        names = self._names(laned) if self.width() >= NAMES_FROM else []
        return Arrangement(laned, names, clusters(crowded), list(self._threads_through(stripes)))

    def _names(self, laned: list[Laned]) -> list[Place]:
        """Each name once, where its annotation begins or comes into sight."""
        firsts: dict[str, Stripe] = {}
        for stripe, _ in laned:
            firsts.setdefault(stripe.mark.annotation, stripe)
        bold = {annotation for annotation in (self.view.current, self.view.hot) if annotation}
        least = HEAD if self.view.options.by_coder else 0.0
        return places(list(firsts.values()), bold, self.height(), least)

    def _threads_through(self, stripes: list[Stripe]) -> Iterator[Thread]:
        """A hairline joins the spans of one annotation, also where none of them is in sight."""
        passing = {annotation for number, _ in self._numbers() for annotation in self._threads.at(number)}
        for annotation in sorted(passing):
            left, extent = self._left(annotation), self._extent(annotation)
            if extent is None or left is None:
                continue
            parts = [stripe for stripe in stripes if stripe.mark.annotation == annotation]
            top, bottom = -FAR, self.height() + FAR
            if parts and parts[0].mark.start == extent.start:
                top = parts[0].bottom - 2
            if parts and parts[-1].mark.end == extent.end:
                bottom = parts[-1].top + 2
            mark = self.view.index[self.view.index.of(annotation)[0]]
            yield Thread(mark, left + self._bar(mark) / 2 - 0.5, top, bottom)

    def _bar(self, mark: Mark) -> float:
        """How wide a stripe is."""
        return WOVEN_BAR if self.view.theme.texture(mark.code) else BAR

    # Painting ---------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent, /) -> None:
        if self._packing.is_due and len(self.view.index) <= AT_ONCE:
            self._packing.finish()
        if is_all(event.region(), self):
            self._arranged = self._arrange()
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.view.theme.canvas)
        turn_over(painter, self.rect())
        self._paint(painter, event.region())
        if self.view.options.by_coder and self._shares.lefts:
            self._paint_heads(painter)
        painter.end()

    def _paint(self, painter: QPainter, region: QRegion) -> None:
        """What stands in a part of the margin."""

        def is_in(top: float, bottom: float) -> bool:
            return region.intersects(QRect(0, floor(top) - 1, self.width(), ceil(bottom - top) + 3))

        stripes, names, crowds, threads = self._arranged
        for mark, x, top, bottom in threads:
            painter.fillRect(QRectF(x, top, 1, bottom - top), self._colour(mark))
        for stripe, x in stripes:
            if is_in(stripe.top, max(stripe.bottom, stripe.top + SHORTEST)):
                self._paint_stripe(painter, stripe, x)
        for place in names:
            if is_in(min(place.y, leader_start(place.stripe, place.y)), place.y + NAME_PITCH):
                self._paint_name(painter, place)
        for y, annotations in crowds:
            if is_in(y, y + NAME_PITCH):
                self._paint_sign(painter, self._shares.end - 2, y, len(annotations))

    def _paint_sign(self, painter: QPainter, x: float, y: float, count: int) -> None:
        """So many more are here than can be drawn: pointing at it lists them."""
        words, (tiny, metrics) = f"+{count}", face("tiny")
        painter.setFont(tiny)
        painter.setPen(self.view.theme.muted)
        ground = QRectF(x - 1, y + 2, metrics.horizontalAdvance(words) + 2, metrics.height())
        painter.fillRect(ground, self.view.theme.canvas)
        write(painter, x, y + 2 + metrics.ascent(), words)

    def _paint_heads(self, painter: QPainter) -> None:
        """Above the lanes of each coder, their initials."""
        theme, styles = self.view.theme, self.view.styles
        painter.fillRect(QRectF(0, 0, self.width(), HEAD), theme.canvas)
        tiny, metrics = face("tiny")
        painter.setFont(tiny)
        for coder, area, sign in self._heads():
            painter.setPen(theme.text if styles.own(coder) else theme.muted)
            write(painter, area.left(), metrics.ascent() + 3, sign)
            painter.fillRect(area, theme.rule)

    def _heads(self) -> list[tuple[str, QRectF, str]]:
        """Each coder who has lanes, the rule above these, and the initials: over the last lanes these may go on, as nothing
        stands there."""
        lefts, metrics, found = self._shares.lefts, face("tiny").metrics, list[tuple[str, QRectF, str]]()
        ends = [*list(lefts.values())[1:], self._shares.end + (GROUP_GAP if len(lefts) == 1 else 0.0)]
        for number, ((coder, left), end) in enumerate(zip(lefts.items(), ends, strict=True), 1):
            if self._shares.rooms[coder]:
                room = (end if number < len(lefts) else self.width()) - left + 2
                sign = metrics.elidedText(self.view.styles.sign(coder), Qt.TextElideMode.ElideRight, room)
                found.append((coder, QRectF(left - FOOT, HEAD - 1, end - left - GROUP_GAP + FOOT, 1), sign))
        return found

    def _colour(self, mark: Mark) -> QColor:
        return self.view.styles.colour(mark.code) if self._plain(mark) else self.view.styles.faded(mark.code)

    def _plain(self, mark: Mark) -> bool:
        return self.view.hot is None or self.view.hot == mark.annotation

    def _bold(self, mark: Mark) -> bool:
        return mark.annotation in (self.view.current, self.view.hot)

    def _paint_stripe(self, painter: QPainter, stripe: Stripe, x: float) -> None:
        mark, styles = stripe.mark, self.view.styles

        def weave(corner: QPointF) -> QBrush:
            return styles.brush(painter, corner, mark.code, plain=self._plain(mark))

        ground = None if styles.own(mark.coder) else styles.tint(mark.code)
        woven = weave if self.view.theme.texture(mark.code) else None
        paint_stripe(painter, stripe, x, self._colour(mark), ground, woven, paint_tall)

    def _row(self, place: Place) -> Row:
        """The words of a name, cut to their room, and how wide they and the initials are."""
        mark, styles = place.stripe.mark, self.view.styles
        role: FontRole = "small_strong" if self._bold(mark) else "small"
        initials = "" if self.view.options.by_coder else styles.initials(mark.coder)
        second = fitted("small", initials, self.width())[1] + INITIALS_GAP if initials else 0.0
        room = self.width() - self.names_left() - second - (SIGN if place.more else 0.0) - 2
        return Row(role, *fitted(role, styles.name(mark.code), room), initials, second)

    def _paint_name(self, painter: QPainter, place: Place) -> None:
        stripe, y, more = place
        mark, left, styles, row = stripe.mark, self.names_left(), self.view.styles, self._row(place)
        made, metrics = face(row.role)
        self._paint_leader(painter, stripe, floor(y + metrics.height() / 2 + 0.5))
        painter.setFont(made)
        painter.setPen(styles.ink(mark.code) if self._plain(mark) else styles.faded_ink(mark.code))
        write(painter, left, y + metrics.ascent(), row.name)
        if row.initials:
            muted = self.view.theme.muted
            painter.setFont(face("small").font)
            painter.setPen(muted if self._plain(mark) else styles.fade(muted))
            write(painter, left + row.width + INITIALS_GAP, y + metrics.ascent(), row.initials)
        if more:
            self._paint_sign(painter, left + row.width + row.second + 6, y, len(more))

    def _paint_leader(self, painter: QPainter, stripe: Stripe, middle: float) -> None:
        """From the stripe to its name: straight as long as the stripe reaches down to it."""
        colour = self.view.styles.leader(stripe.mark.code, plain=self._plain(stripe.mark))
        edge = (self._left(stripe.mark.annotation) or 0.0) + self._bar(stripe.mark)
        paint_leader(painter, stripe, colour, edge + 2, self.names_left(), middle)

    # Pointer ----------------------------------------------------------------------------------------------------------

    def _spots(self) -> list[tuple[QRectF, str]]:
        """Where to point at an annotation: at its name, or at its stripe."""
        left, found = self.names_left(), list[tuple[QRectF, str]]()
        for place in self._arranged.names:
            row = self._row(place)
            area = QRectF(left - NAME_GAP, place.y, row.width + row.second + NAME_GAP, NAME_PITCH)
            found.append((area, place.stripe.mark.annotation))
        for stripe, x in self._arranged.stripes:
            area = QRectF(x - FOOT, stripe.top + 1, LANE, max(8.0, stripe.bottom - stripe.top - 2))
            found.append((area, stripe.mark.annotation))
        return found

    def _signs(self) -> list[tuple[QRectF, list[str]]]:
        """Where to point at what could not be drawn: beside the lanes, and behind the name above it."""
        metrics = face("tiny").metrics
        at = [(self._shares.end - 2, y, annotations) for y, annotations in self._arranged.crowds]
        for place in self._arranged.names:
            if place.more:
                row = self._row(place)
                at.append((self.names_left() + row.width + row.second + 6, place.y, place.more))
        return [
            (QRectF(x - 3, y, metrics.horizontalAdvance(f"+{len(those)}") + 6, NAME_PITCH), those) for x, y, those in at
        ]

    def annotation_at(self, point: QPoint) -> str | None:
        """The annotation whose name or stripe is under a point of the margin."""
        return next(
            (annotation for rect, annotation in self._spots() if rect.contains(QPointF(turned(self, point)))), None
        )

    def mouseMoveEvent(self, event: QMouseEvent, /) -> None:
        point = QPointF(turned(self, event.position().toPoint()))
        sign = next((sign for sign in self._signs() if sign[0].contains(point)), None)
        if sign:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            area = sign[0]
            if self.isRightToLeft():
                area = QRectF(self.width() - area.right(), area.top(), area.width(), area.height())
            self.view.crowd.offer(sign[1], area.translated(QPointF(self.pos())).toAlignedRect())
            return
        self.view.crowd.leave()
        annotation = self.annotation_at(event.position().toPoint())
        self.setCursor(Qt.CursorShape.PointingHandCursor if annotation else Qt.CursorShape.ArrowCursor)
        self.view.hover(annotation)

    def leaveEvent(self, event: QEvent, /) -> None:
        self.view.crowd.leave()
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


@lru_cache(maxsize=1024)
def fitted(role: FontRole, words: str, room: float) -> tuple[str, float]:
    """Words cut to the room there is for them, and how wide they are then."""
    metrics = face(role).metrics
    name = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
    return name, metrics.horizontalAdvance(name)
