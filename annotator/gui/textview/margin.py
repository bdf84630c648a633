"""Beside the text: a stripe for every annotation in a lane of its own, and the name of its code where it begins."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRectF, Qt
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
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from annotator.gui.mirror import turn_over, turned, write
from annotator.gui.theme import FontRole, face

from .index import Mark
from .lines import Paragraph
from .names import NAME_PITCH, Place, clusters, places
from .slices import Slices
from .stripe import BAR, FOOT, NAME_GAP, WOVEN_BAR, Stripe, paint_leader, paint_stripe
from .stripes import BETWEEN, Columns, Extent, Threads, taken

if TYPE_CHECKING:
    from .view import CodedTextView

SHOWN = 8  # lanes
LANE, NARROW_LANE, LEFT = 10.0, 8.0, 6.0
FEWEST, LEAST_NAME = 4, 60.0  # lanes that are not given up for names, and the room that a name should have
INITIALS_GAP = 6.0  # between a name and the initials of its coder
NAMES_FROM = 112  # a narrower margin shows stripes only
GROUP_GAP, HEAD = 8.0, 18.0  # between the lanes of two coders, and of the initials above them
SIGN = 20.0  # room for the "+n" of what has no lane
SLICE = 0.004  # seconds of packing lanes between two events: the overview may work between the same two
AT_ONCE = 1_000  # spans up to which all have their lanes in the next paint


class Part(NamedTuple):
    """What a row has beside one paragraph, as a stripe measured from the top of the paragraph."""

    row: int
    stripe: Stripe


class StripeMargin(QWidget):
    """The margin of one view. Another may take its place (`CodedTextView.margin_kind`): a widget made with the view as
    its only argument, with `reset` and `put` as here; it is repainted at every scroll."""

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
        self._lanes_end, self._pitch = LEFT, LANE
        self._lefts: dict[str, float] = {}  # where the lanes of a group begin
        self._rooms: dict[str, int] = {}  # how many of them are drawn
        self._signs: list[tuple[QRectF, list[str]]] = []
        self._coders: set[str] = set()  # of what has a lane
        self._spots: list[tuple[QRectF, str]] = []
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

    def put(self, annotation: str) -> None:
        """One annotation has other spans, or none: it gets a lane, nobody else moves."""
        self.update()
        self.view.overview.reset()
        if self._packing.is_due:
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
        self._coders.add(self._coder(annotation))

    def _pack_anew(self) -> Iterator[None]:
        """Pack all lanes. What is shown keeps its old ones until the new ones are complete."""
        letters = self.view.page.width / QFontMetricsF(self.view.font()).averageCharWidth()
        self._slack = int(max(20.0, letters) * 1.2)
        self._next = Columns(self._until, self._group), Threads(len(self.view.text))
        return self._pack(*self._next)

    def _packed(self) -> None:
        self._lanes, self._threads = self._next
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
        """How many lanes have room, if names are to be read too: by coder one for each at least, in one group more."""
        groups, inner = len(self._lanes.groups()), self.width() - LEFT
        named, gaps = self.width() >= NAMES_FROM, GROUP_GAP * groups if groups > 1 else 0.0
        least = groups if named and groups > 1 else max(1, min(FEWEST, int((inner - SIGN) / self._pitch)))
        return max(least, min(SHOWN, int((inner - gaps - self._names_room()) / self._pitch)))

    def _names_room(self) -> float:
        return SIGN + (NAME_GAP + LEAST_NAME + self._initials_room() if self.width() >= NAMES_FROM else 0.0)

    def _initials_room(self) -> float:
        """What the longest initials beside the names take."""
        if self.view.options.by_coder:
            return 0.0
        signs = map(self.view.styles.initials, self._coders)
        return max((fitted("small", sign, self.width())[1] + INITIALS_GAP for sign in signs if sign), default=0.0)

    def _share_out(self) -> None:
        """Where the lanes of each group stand: one more for each in turn, as long as there are lanes and they need it."""
        groups = sorted(self._lanes.groups(), key=self.view.styles.order)
        wanted = {group: self._lanes.count(group) for group in groups}
        tight = sum(wanted.values()) * LANE > self.width() - LEFT - self._names_room()
        self._pitch = NARROW_LANE if tight and not self.view.theme.has_textures else LANE
        rooms = dict.fromkeys(groups, 0)
        for _ in range(self.lanes_shown()):
            short = [group for group in groups if rooms[group] < wanted[group]]
            if short:
                rooms[min(short, key=rooms.__getitem__)] += 1
        left, self._lefts, self._rooms = LEFT, {}, rooms
        for group in groups:
            self._lefts[group] = left
            left += rooms[group] * self._pitch + (GROUP_GAP if len(groups) > 1 and rooms[group] else 0)
        self._lanes_end = left

    def names_left(self) -> float:
        """Where the names begin."""
        crowded = any(self._lanes.count(group) > room for group, room in self._rooms.items())
        return self._lanes_end + NAME_GAP + (SIGN - 4 if crowded else 0)

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
            top = paragraph.top_of(paragraph.line_of(start)) if first else 0.0
            bottom = paragraph.bottom_of(paragraph.line_of(max(0, end - 1))) if last else height
            parts.append(Part(row, Stripe(mark, top, bottom, first, last)))
        return parts

    def _stripes(self) -> list[Stripe]:
        """The visible spans, from top to bottom."""
        found: dict[int, Stripe] = {}
        bottom_of_all = self.height()
        for number, y in self._numbers():
            for row, (mark, top, bottom, first, last) in self.view.page.beside(number, self._parts):
                if bottom + y <= 0 or top + y >= bottom_of_all or self._lanes.lane(mark.annotation) is None:
                    continue
                above = found.get(row)
                if above:
                    found[row] = Stripe(mark, above.top, bottom + y, above.first, last)
                else:
                    found[row] = Stripe(mark, top + y, bottom + y, first, last)
        return sorted(found.values(), key=lambda stripe: (stripe.top, stripe.mark.start, -stripe.mark.end))

    def _left(self, annotation: str) -> float | None:
        """Where the lane of an annotation begins; None when there is no room for it."""
        group, lane = self._lanes.lane(annotation) or ("", SHOWN)
        return self._lefts[group] + lane * self._pitch if lane < self._rooms.get(group, 0) else None

    # Painting ---------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent, /) -> None:
        if self._packing.is_due and len(self.view.index) <= AT_ONCE:
            self._packing.finish()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self.view.theme.canvas)
        turn_over(painter, self.rect())
        self._spots, self._signs = [], []
        self._share_out()
        stripes = self._stripes()
        self._paint_threads(painter, stripes)
        drawn = [stripe for stripe in stripes if self._paint_stripe(painter, stripe)]
        if self.width() >= NAMES_FROM:
            self._paint_names(painter, drawn)
        self._paint_signs(painter, [stripe for stripe in stripes if self._left(stripe.mark.annotation) is None])
        if self.view.options.by_coder and self._lefts:
            self._paint_heads(painter)
        painter.end()

    def _paint_names(self, painter: QPainter, stripes: list[Stripe]) -> None:
        names: dict[str, Stripe] = {}
        for stripe in stripes:
            names.setdefault(stripe.mark.annotation, stripe)
        bold = {annotation for annotation in (self.view.current, self.view.hot) if annotation}
        least = HEAD if self.view.options.by_coder else 0.0
        found = places(list(names.values()), bold, self.height(), least)
        self._spots = [self._paint_name(painter, place) for place in found] + self._spots

    def _paint_signs(self, painter: QPainter, stripes: list[Stripe]) -> None:
        """Beside the lanes, how many have none there; the way from a stripe to its name ends before and goes on behind."""
        at_names, self._signs = self._signs, []
        for top, there in clusters(stripes):
            self._paint_sign(painter, self._lanes_end - 2, top, there)
        self._signs += at_names

    def _paint_sign(self, painter: QPainter, x: float, y: float, annotations: list[str]) -> None:
        """So many more are here than can be drawn: pointing at it lists them."""
        words, (tiny, metrics) = f"+{len(annotations)}", face("tiny")
        painter.setFont(tiny)
        painter.setPen(self.view.theme.muted)
        ground = QRectF(x - 1, y + 2, metrics.horizontalAdvance(words) + 2, metrics.height())
        painter.fillRect(ground, self.view.theme.canvas)
        write(painter, x, y + 2 + metrics.ascent(), words)
        self._signs.append((QRectF(x - 3, y, metrics.horizontalAdvance(words) + 6, NAME_PITCH), annotations))

    def _paint_heads(self, painter: QPainter) -> None:
        """Above the lanes of each coder, their initials."""
        theme, styles = self.view.theme, self.view.styles
        painter.fillRect(QRectF(0, 0, self.width(), HEAD), theme.canvas)
        tiny, metrics = face("tiny")
        painter.setFont(tiny)
        ends = [*list(self._lefts.values())[1:], self._lanes_end]
        for (coder, left), end in zip(self._lefts.items(), ends, strict=True):
            if not self._rooms[coder]:
                continue
            painter.setPen(theme.text if styles.own(coder) else theme.muted)
            sign = metrics.elidedText(styles.sign(coder), Qt.TextElideMode.ElideRight, end - left + 2)
            write(painter, left - FOOT, metrics.ascent() + 3, sign)
            painter.fillRect(QRectF(left - FOOT, HEAD - 1, end - left - GROUP_GAP + FOOT, 1), theme.rule)

    def _colour(self, mark: Mark) -> QColor:
        return self.view.styles.colour(mark.code) if self._plain(mark) else self.view.styles.faded(mark.code)

    def _plain(self, mark: Mark) -> bool:
        return self.view.hot is None or self.view.hot == mark.annotation

    def _bold(self, mark: Mark) -> bool:
        return mark.annotation in (self.view.current, self.view.hot)

    def _paint_stripe(self, painter: QPainter, stripe: Stripe) -> bool:
        """One stripe, if there is a lane for it."""
        mark, x, styles = stripe.mark, self._left(stripe.mark.annotation), self.view.styles
        if x is None:
            return False

        def weave(corner: QPointF) -> QBrush:
            return styles.brush(painter, corner, mark.code, plain=self._plain(mark))

        ground = None if styles.own(mark.coder) else styles.tint(mark.code)
        woven = weave if self.view.theme.texture(mark.code) else None
        rect = paint_stripe(painter, stripe, x, self._colour(mark), ground, woven)
        self._spots.append((QRectF(x - FOOT, rect.top(), LANE, rect.height()), mark.annotation))
        return True

    def _paint_threads(self, painter: QPainter, stripes: list[Stripe]) -> None:
        """A hairline joins the spans of one annotation, also where none of them is in sight."""
        passing = {annotation for number, _ in self._numbers() for annotation in self._threads.at(number)}
        for annotation in passing:
            left, extent = self._left(annotation), self._extent(annotation)
            if extent is None or left is None:
                continue
            parts = [stripe for stripe in stripes if stripe.mark.annotation == annotation]
            top, bottom = 0.0, float(self.height())
            if parts and parts[0].mark.start == extent.start:
                top = parts[0].bottom - 2
            if parts and parts[-1].mark.end == extent.end:
                bottom = parts[-1].top + 2
            mark = self.view.index[self.view.index.of(annotation)[0]]
            x = left + (WOVEN_BAR if self.view.theme.texture(mark.code) else BAR) / 2 - 0.5
            painter.fillRect(QRectF(x, top, 1, bottom - top), self._colour(mark))

    def _paint_name(self, painter: QPainter, place: Place) -> tuple[QRectF, str]:
        stripe, y, more = place
        mark, left, styles = stripe.mark, self.names_left(), self.view.styles
        role: FontRole = "small_strong" if self._bold(mark) else "small"
        made, metrics = face(role)
        self._paint_leader(painter, stripe, round(y + metrics.height() / 2))
        initials = "" if self.view.options.by_coder else styles.initials(mark.coder)
        second = fitted("small", initials, self.width())[1] + INITIALS_GAP if initials else 0.0
        room = self.width() - left - second - (SIGN if more else 0.0) - 2
        name, width = fitted(role, styles.name(mark.code), room)
        painter.setFont(made)
        painter.setPen(styles.ink(mark.code) if self._plain(mark) else styles.faded_ink(mark.code))
        write(painter, left, y + metrics.ascent(), name)
        if initials:
            muted = self.view.theme.muted
            painter.setFont(face("small").font)
            painter.setPen(muted if self._plain(mark) else styles.fade(muted))
            write(painter, left + width + INITIALS_GAP, y + metrics.ascent(), initials)
        if more:
            self._paint_sign(painter, left + width + second + 6, y, more)
        return QRectF(left - NAME_GAP, y, width + second + NAME_GAP, NAME_PITCH), mark.annotation

    def _paint_leader(self, painter: QPainter, stripe: Stripe, middle: float) -> None:
        """From the stripe to its name: straight as long as the stripe reaches down to it."""
        colour = self.view.styles.leader(stripe.mark.code, plain=self._plain(stripe.mark))
        edge = (self._left(stripe.mark.annotation) or 0.0) + (
            WOVEN_BAR if self.view.theme.texture(stripe.mark.code) else BAR
        )
        paint_leader(painter, stripe, colour, edge + 2, self.names_left(), middle)

    # Pointer ----------------------------------------------------------------------------------------------------------

    def annotation_at(self, point: QPoint) -> str | None:
        """The annotation whose name or stripe is under a point of the margin."""
        return next(
            (annotation for rect, annotation in self._spots if rect.contains(QPointF(turned(self, point)))), None
        )

    def mouseMoveEvent(self, event: QMouseEvent, /) -> None:
        point = QPointF(turned(self, event.position().toPoint()))
        sign = next((sign for sign in self._signs if sign[0].contains(point)), None)
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
