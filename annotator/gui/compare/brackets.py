"""Beside the text: a bracket and a few words for every place, what the coders say there and what sets them apart."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, cast

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from annotator.gui.marks import stave
from annotator.gui.mirror import turn_over, turned, write
from annotator.gui.theme import font, mix
from annotator.spans import lanes

from .readings import differing

if TYPE_CHECKING:
    from annotator.gui.textview.view import CodedTextView

    from .staves import StaveView

LANES, LANE, LEFT, BRACKET = 3, 6.0, 4.0, 2.0  # of brackets: how many, their pitch, where the first stands, thickness
STAVE, LINE, NEXT = (
    18.0,
    17.0,
    4.0,
)  # pixels: width of a small stave, from line to line, between the words of two places
FAR = 72.0  # words that would be pushed further than this below their bracket are left out
STAVES_FROM = 140  # a narrower margin shows the words only
QUIET = 0.45


class Bracket(NamedTuple):
    """A place that is in sight, in pixels of the margin."""

    place: int
    top: float
    bottom: float


class BracketMargin(QWidget):
    """The margin of a StaveView."""

    SPOKEN_AS = QAccessible.Role.Graphic

    def __init__(self, view: "CodedTextView"):
        super().__init__(view)
        self.view = cast("StaveView", view)
        self.setAccessibleName(_tr("Places in sight, beside the text"))
        self.setMouseTracking(True)
        self._lanes: dict[int, int] = {}
        self._before: dict[int, int] = {}  # place -> the one before and the one after it in the same lane
        self._after: dict[int, int] = {}
        self._spots: list[tuple[QRectF, int]] = []

    def reset(self) -> None:
        """The places are others: give each a lane."""
        places = self.view.places
        self._lanes = lanes([(place.start, place.end, n) for n, place in enumerate(places)], LANES)
        self._before, self._after = {}, {}
        last: dict[int, int] = {}
        for n in sorted(self._lanes, key=lambda n: (places[n].start, -places[n].end)):
            lane = self._lanes[n]
            if lane in last:
                self._before[n], self._after[last[lane]] = last[lane], n
            last[lane] = n
        self.update()

    def moved(self, dy: int) -> None:
        """The text stands elsewhere: what is beside it is few, and painted anew."""
        self.update()

    def put(self, annotation: str) -> None:
        """One place has changed; they never do alone."""
        self.reset()

    def spoken_value(self) -> str:
        """The codes of the places in sight, from top to bottom."""
        comparison = self.view.comparison
        return (
            ", ".join(comparison.code_names(self.view.places[one.place]) for one in self.brackets())
            if comparison
            else ""
        )

    # what is in sight -------------------------------------------------------------------------------------------------

    def _numbers(self) -> Iterator[int]:
        page, offset = self.view.page, self.view.verticalScrollBar().value()
        number = page.number_at(offset)
        while number < len(page.heights) and page.top_of(number) - offset < self.height():
            yield number
            number += 1

    def brackets(self) -> list[Bracket]:
        """The places in sight, from top to bottom."""
        index = self.view.index
        found = {int(index[row].annotation) for number in self._numbers() for row in index.in_paragraph(number)}
        made = [Bracket(n, self._top(n), self._bottom(n)) for n in found]
        shown = [one for one in made if one.bottom > 0 and one.top < self.height()]
        return sorted(shown, key=lambda one: (one.top, self.view.places[one.place].start, -one.bottom))

    def _top(self, n: int) -> float:
        """The top of the first line or, where another place of the lane shares that line, a point within it."""
        start = self.view.places[n].start
        line, y, _ = self._line(start)
        before = self._before.get(n)
        shares = before is not None and self._line(self.view.places[before].end - 1)[0] == line
        return self._within(start) if shares else y

    def _bottom(self, n: int) -> float:
        end = self.view.places[n].end - 1
        line, y, height = self._line(end)
        after = self._after.get(n)
        if after is not None and self._line(self.view.places[after].start)[0] == line:
            return max(self._within(self.view.places[after].start) - 3, self._top(n) + 4)
        return y + height

    def _line(self, position: int) -> tuple[tuple[int, int], float, float]:
        """Which line a character stands on, its top in the margin and its height."""
        page, unit = self.view.page, self.view.text.unit(position)
        paragraph = page.around(unit)
        number = paragraph.line_of(unit - paragraph.start)
        line = paragraph.lines[number]
        y = page.top_of(paragraph.number) - self.view.verticalScrollBar().value() + line.y()
        return (paragraph.number, number), y, line.height() + page.gap - 4

    def _within(self, position: int) -> float:
        """A height of its line that goes with how far along it a character stands."""
        page, unit = self.view.page, self.view.text.unit(position)
        paragraph = page.around(unit)
        line = paragraph.lines[paragraph.line_of(unit - paragraph.start)]
        _, y, height = self._line(position)
        return y + height * (unit - paragraph.start - line.textStart()) / max(1, line.textLength())

    # painting ---------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self.view.theme.canvas)
        turn_over(painter, self.rect())
        brackets = self.brackets()
        self._spots = []
        for one in sorted(brackets, key=lambda one: one.place == self.view.shown):
            self._paint_bracket(painter, one)
        words = [self._paint_words(painter, n, y) for n, y in self._places(brackets)]
        self._spots = words + self._spots
        painter.end()

    def _paint_bracket(self, painter: QPainter, one: Bracket) -> None:
        lane, theme = self._lanes[one.place], self.view.theme
        if lane >= LANES:
            return
        is_now, is_hot = one.place == self.view.shown, self.view.hot == str(one.place)
        rect = QRectF(LEFT + lane * LANE, one.top + 2, BRACKET, max(4.0, one.bottom - one.top - 2))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.accent if is_now else theme.muted if is_hot else theme.edge)
        painter.drawRoundedRect(rect, 1, 1)
        self._spots.append((rect.adjusted(-2, 0, 3, 0), one.place))

    def words_left(self) -> float:
        """Where the staves and the words begin."""
        used = max((lane for lane in self._lanes.values() if lane < LANES), default=0)
        return LEFT + used * LANE + 10

    def _places(self, brackets: list[Bracket]) -> list[tuple[int, float]]:
        """Where the words of each place stand, so that none lie on others: those of the current one beside its bracket,
        others pushed below where there is no room."""
        now = next((one for one in brackets if one.place == self.view.shown), None)
        kept = (max(now.top, 0.0), max(now.top, 0.0) + self._height(now.place) + NEXT) if now else None
        found, free = ([(now.place, kept[0])] if now and kept else []), -100.0
        for one in brackets:
            if one is now:
                continue
            height = self._height(one.place)
            y = max(one.top, free)
            if kept and y < kept[1] and y + height > kept[0]:
                y = kept[1]
            if y - one.top <= FAR:
                found.append((one.place, y))
                free = y + height + NEXT
        return found

    def _height(self, n: int) -> float:
        return LINE * sum(bool(words) for words, _ in self._lines(n))

    def _lines(self, n: int) -> tuple[tuple[str, QColor], tuple[str, QColor]]:
        """The two lines of words of a place and their colours."""
        comparison, theme = self.view.comparison, self.view.theme
        assert comparison is not None
        place = comparison.places[n]
        inks = [theme.ink(comparison.colour(code, theme)) for code in place.codes]
        first = comparison.code_name(place.codes[0])
        others = _tr(" or ").join(comparison.code_name(code) for code in place.codes[1:])
        said = [_tr("or {codes}").format(codes=others)] if others else []
        if place.kind == "missed":
            said.append(_tr("not by {who}").format(who=comparison.names(place.missing)))
        elif place.kind == "boundary":
            said.append(_tr("boundary"))
        elif place.kind == "attribute":
            said.append(", ".join(one.name for one in differing(comparison, place)) or _tr("attribute"))
        is_quiet = place.kind == "match" and n != self.view.shown
        return (first, theme.muted if is_quiet else inks[0]), (
            ", ".join(said),
            inks[1] if place.kind == "label" else theme.muted,
        )

    def _paint_words(self, painter: QPainter, n: int, y: float) -> tuple[QRectF, int]:
        view, left = self.view, self.words_left()
        assert view.comparison is not None
        place, top = view.places[n], y
        if self.width() >= STAVES_FROM:
            quiet = place.kind == "match" and n != view.shown
            small = [
                (mix(view.theme.canvas, colour, QUIET) if colour and quiet else colour, start, end)
                for colour, start, end in view.comparison.lanes(place, view.theme)
            ]
            stave(painter, QRectF(left, y + 2, STAVE, max(15.0, 4.0 * len(small))), small, view.theme)
            left += STAVE + 8
        for words, colour in self._lines(n):
            if words:
                painter.setFont(font("small_strong" if n == view.shown and y == top else "small"))
                metrics = QFontMetricsF(painter.font())
                shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, self.width() - left - 4)
                painter.setPen(colour)
                write(painter, left, y + metrics.ascent(), shown)
                y += LINE
        return QRectF(self.words_left() - 2, top, self.width() - self.words_left() + 2, y - top), n

    # pointer ----------------------------------------------------------------------------------------------------------

    def place_at(self, point: QPoint) -> int | None:
        """The place whose words or bracket are under a point of the margin."""
        return next((n for rect, n in self._spots if rect.contains(QPointF(turned(self, point)))), None)

    def spot_of(self, place: int) -> QPoint | None:
        """A point of the margin at which a place can be clicked, if it is in sight."""
        return next((turned(self, rect.center().toPoint()) for rect, n in reversed(self._spots) if n == place), None)

    def mouseMoveEvent(self, event: QMouseEvent, /) -> None:
        place = self.place_at(event.position().toPoint())
        self.setCursor(Qt.CursorShape.ArrowCursor if place is None else Qt.CursorShape.PointingHandCursor)
        self.view.hover(None if place is None else str(place))

    def leaveEvent(self, event: QEvent, /) -> None:
        self.view.hover(None)

    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        place = self.place_at(event.position().toPoint())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.view.annotation_clicked.emit(str(place))

    def wheelEvent(self, event: QWheelEvent, /) -> None:
        QCoreApplication.sendEvent(self.view.viewport(), event)

    def event(self, event: QEvent, /) -> bool:
        if isinstance(event, QHelpEvent):
            place = self.place_at(event.pos())
            QToolTip.showText(event.globalPos(), "" if place is None else self.view.describe(str(place)), self)
            return True
        return super().event(event)


def _tr(text: str) -> str:
    return QCoreApplication.translate("compare", text)
