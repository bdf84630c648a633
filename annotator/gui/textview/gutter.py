"""Between the text and its margin: a sign where a memo stands on a place, and another for a bookmark. Pointing at one tells
its words, a click asks for it. What is not in sight costs nothing."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QToolTip

from annotator.gui.place_signs import Kind, paint_place_sign

if TYPE_CHECKING:
    from .view import CodedTextView

SIZE = 13.0  # pixels of a sign
LEFT: dict[Kind, float] = {"bookmark": 4.0, "memo": 18.0}  # from the end of the column to the sign
TELLS = 4  # memos of one line that are told


class PlaceSign(NamedTuple):
    """What stands on a place that begins at a code point: a memo, by its first words, or a bookmark, by those it marks."""

    id: str
    kind: Kind
    start: int
    end: int
    words: str


class Shown(NamedTuple):
    """A sign in sight, and all that it stands for."""

    rect: QRectF
    kind: Kind
    signs: list[PlaceSign]


class Gutter(QObject):
    """The signs of one view. It hears the mouse of the viewport before the view does."""

    wanted = Signal(str)  # the memo or bookmark that was clicked

    def __init__(self, view: "CodedTextView"):
        super().__init__(view)
        self.view = view
        self.bookmarks: list[int] = []  # where they begin, for the overview
        self._of: object = None  # the text that the signs are of
        self._by_paragraph: dict[int, list[PlaceSign]] = {}
        self._pressed = ""
        self._is_over = False
        view.viewport().installEventFilter(self)

    def put(self, signs: Iterable[PlaceSign]) -> None:
        """Shows these signs and no others, in the text that is shown now."""
        text = self.view.text
        self._of, self._by_paragraph = text, {}
        signs = sorted(signs, key=lambda sign: (sign.start, sign.id))
        for sign in signs:
            self._by_paragraph.setdefault(text.number_at(sign.start), []).append(sign)
        self.bookmarks = [sign.start for sign in signs if sign.kind == "bookmark"]
        self.view.viewport().update()
        self.view.overview.update()

    def marked(self) -> list[int]:
        """Where the bookmarks of the text in sight begin."""
        return self.bookmarks if self._of is self.view.text else []

    def shown(self) -> Iterator[Shown]:
        """The signs in sight, those of one line and kind as one; rectangles are of the viewport."""
        view, page = self.view, self.view.page
        if self._of is not view.text or not self._by_paragraph:
            return
        offset, height = view.verticalScrollBar().value(), view.viewport().height()
        number = page.number_at(offset)
        while number < len(page.heights) and (top := page.top_of(number) - offset) < height:
            if here := self._by_paragraph.get(number):
                yield from self._on_lines(number, top, here)
            number += 1

    def _on_lines(self, number: int, top: float, signs: list[PlaceSign]) -> Iterator[Shown]:
        view, paragraph = self.view, self.view.page.paragraph(number)
        lines: dict[tuple[int, Kind], list[PlaceSign]] = {}
        for sign in signs:
            line = paragraph.line_of(view.text.unit(sign.start) - paragraph.start)
            lines.setdefault((line, sign.kind), []).append(sign)
        for (line, kind), here in lines.items():
            middle = top + paragraph.lines[line].y() + paragraph.lines[line].height() / 2
            yield Shown(QRectF(self._left(kind), round(middle - SIZE / 2), SIZE, SIZE), kind, here)

    def _left(self, kind: Kind) -> float:
        """In the edge of the column that lies towards the margin."""
        page = self.view.page
        if self.view.isRightToLeft():
            return page.left - LEFT[kind] - SIZE
        return page.left + page.width + LEFT[kind]

    def draw(self, painter: QPainter) -> None:
        """Paints what is in sight; the painter stands at the corner of the viewport."""
        for sign in self.shown():
            paint_place_sign(painter, sign.kind, sign.rect, self.view.theme.muted)

    def at(self, point: QPoint) -> Shown | None:
        """The sign under a point of the viewport."""
        spot = QPointF(point)
        return next((one for one in self.shown() if one.rect.adjusted(-2, -4, 2, 4).contains(spot)), None)

    def told(self, sign: Shown) -> str:
        """What a sign says: the words of what it stands for, each on a line."""
        said = [one.words for one in sign.signs[:TELLS]]
        more = len(sign.signs) - len(said)
        if sign.kind == "bookmark":
            said = [self.tr("Bookmark: {words}").format(words=words) for words in said]
        return "\n".join([*said, self.tr("{count} more").format(count=more)] if more else said)

    # Pointer ----------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._by_paragraph:
            if isinstance(event, QMouseEvent):
                return self._hear(event)
            if isinstance(event, QHelpEvent) and (sign := self.at(event.pos())):
                QToolTip.showText(event.globalPos(), self.told(sign), self.view)
                return True
        return super().eventFilter(watched, event)

    def _hear(self, event: QMouseEvent) -> bool:
        is_left = event.button() == Qt.MouseButton.LeftButton
        sign = self.at(event.position().toPoint()) if is_left or not event.buttons() else None
        match event.type():
            case QEvent.Type.MouseMove if not event.buttons():
                return self._move(sign)
            case QEvent.Type.MouseButtonPress | QEvent.Type.MouseButtonDblClick if is_left and sign:
                self._pressed = sign.signs[0].id
                return True
            case QEvent.Type.MouseButtonRelease if is_left and self._pressed:
                pressed, self._pressed = self._pressed, ""
                if sign and pressed in (one.id for one in sign.signs):
                    self.wanted.emit(pressed)
                return True
        return False

    def _move(self, sign: Shown | None) -> bool:
        """The pointer is over a sign, or has just left one: the text sets its own shape again."""
        if sign:
            self._is_over = True
            self.view.hover(None)
            self.view.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        elif self._is_over:
            self._is_over = False
            self.view.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        return sign is not None
