"""The coded text: a document one reads and selects in, with every span tinted, underlined and named."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from annotator.gui.theme import FAMILIES, Theme, face
from annotator.text import Span

from . import handles, options, signs
from .blocks import Blocks
from .crowd import Crowd
from .frozen import FrozenText
from .gutter import Gutter
from .index import Mark, SpanIndex
from .keys import Keyboard
from .margin import StripeMargin
from .motion import Motion
from .options import Options
from .overview import Overview
from .page import Page
from .painter import FIRST, PITCH, SpanPainter
from .pixels import Pixels
from .pointer import Pointer
from .sight import Sight
from .styles import Styles

POINTS, COLUMN = 12.0, 640.0  # of the reading text, and the width of its column in pixels at that size
SMALLEST, LARGEST = 8.0, 48.0
WHEEL_STEP = 120  # eighths of a degree, of one notch


class CodedTextView(QTextEdit):
    """A frozen text with marks on it. Positions and spans are code points; inside, as in Qt, they are UTF-16.

    Keys that it does not know reach the window. Tab is such a key, and Qt would move the focus with it in the window:
    there it has to be the shortcut of an action.

    A view that draws marks otherwise sets `painter_kind` and `margin_kind` (see SpanPainter and StripeMargin for what
    they need), overrides `gap` for more room below a line, and calls `redraw` when what it draws has changed.
    """

    painter_kind: ClassVar[Callable[["CodedTextView"], Any]] = SpanPainter
    margin_kind: ClassVar[Callable[["CodedTextView"], Any]] = StripeMargin
    EDGE, EDGE_TOP = options.EDGE, 24.0

    annotation_clicked = Signal(str)
    edge_dragged = Signal(str, object, object)  # annotation, old Span, new Span
    code_dropped = Signal(str, object)  # code, tuple of Spans
    menu_wanted = Signal(QPoint, int, str)  # on the screen, position in the text, annotation or ""
    caret_moved = Signal()
    hovered = Signal(object)  # annotation or None
    exact_changed = Signal(bool)
    zoomed = Signal(float)  # points

    def __init__(self, theme: Theme, parent: QWidget | None = None):
        super().__init__(parent)
        self.theme, self.styles, self.sign = theme, Styles(theme), face("tiny")
        self.text, self.motion = FrozenText(""), Motion("")
        self.index = SpanIndex(self.text.starts)
        self.hot: str | None = None
        self.current: str | None = None
        self.exact = self.quiet = False
        self.hits: list[tuple[int, int]] = []
        self.hit: int | None = None
        self._preview: list[tuple[int, int, str]] = []
        self.may_reshape = True  # whether the edges of the current annotation can be dragged
        self._ends = (0, 0)
        self._document, self.blocks = QTextDocument(self), Blocks(self)
        self.page = Page(self._document, self.text, self)
        self.sight, self.pixels = Sight(self), Pixels(self)
        self.pointer, self.keyboard = Pointer(self), Keyboard(self)
        self.spans, self.margin = type(self).painter_kind(self), type(self).margin_kind(self)
        self.options, self.overview, self.crowd = Options(self), Overview(self), Crowd(self)
        self.gutter = Gutter(self)
        self._set_up()
        self.set_theme(theme)
        self.show_text("")
        self.verticalScrollBar().valueChanged.connect(self.sight.scrolled)
        self.cursorPositionChanged.connect(self._caret_changed)
        self.selectionChanged.connect(self._caret_changed)

    def _set_up(self) -> None:
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameStyle(0)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursorWidth(signs.CARET)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # see paintEvent
        self.setAcceptDrops(True)
        reading = QFont(FAMILIES)
        reading.setPointSizeF(POINTS)
        self.setFont(reading)
        self.setAccessibleName(self.tr("Text of the document"))

    # Text and marks ---------------------------------------------------------------------------------------------------

    def show_text(self, text: str, *, language: str = "") -> None:
        """Show a canonical text without marks, from its beginning. `language` is BCP 47, for sentences."""
        self.text, self.motion = FrozenText(text, language, cut=True), Motion(text, language)
        self._clear_index()
        self.hot = self.current = self.hit = None
        self.hits, self._preview = [], []
        self.sight.to_top()
        document = self.blocks.document()
        self.put_document(document, Page(document, self.text, self))
        self.sight.settle()
        self.margin.reset()

    def put_document(self, document: QTextDocument, page: Page) -> None:
        """Takes what Qt has of the text, and the page that lays it out."""
        self.page = page
        document.setDocumentLayout(page)
        before, self._document = self._document, document
        with self.sight.held():
            self.setDocument(document)
        before.deleteLater()

    def set_marks(self, marks: Iterable[Mark]) -> None:
        """Show these marks and no others."""
        self._clear_index()
        self.index.put(list(marks))
        self.margin.reset()
        self.redraw()

    def _clear_index(self) -> None:
        self.crowd.shut()
        before, self.index = self.index, SpanIndex(self.text.starts)
        self.index.hide(before.hidden_coders, before.hidden_codes)

    def put_annotation(self, annotation: str, marks: Iterable[Mark]) -> None:
        """Show these marks as all that one annotation has."""
        self.crowd.shut()
        old, new = self.index.drop(annotation), [mark._replace(annotation=annotation) for mark in marks]
        self.index.put(new)
        for mark in (*old, *new):
            self._repaint(self.index.paragraphs(mark))
        self.margin.put(annotation)

    def drop_annotation(self, annotation: str) -> None:
        """Show nothing of an annotation any more."""
        self.put_annotation(annotation, ())
        if self.current == annotation:
            self.set_current(None)
        if self.hot == annotation:
            self.hover(None)

    def set_codes(self, codes: Mapping[str, tuple[str, QColor | str, QColor | str]]) -> None:
        """What each code is called and its colours on a light and on a dark page."""
        self.styles.set_codes(codes)
        self._update()

    def set_people(self, people: Mapping[str, str], me: str | None = None) -> None:
        """The initials of each coder. What is `me`'s is drawn solid; without `me` everything is."""
        self.styles.set_people(people, me)
        self._update()

    def set_hidden(self, coders: Collection[str] = (), codes: Collection[str] = ()) -> None:
        """Leave out the marks of these coders and of these codes."""
        self.index.hide(coders, codes)
        self.margin.reset()
        self.redraw()

    def set_hits(self, hits: Sequence[Span], current: int | None = None) -> None:
        """Frame what a search found, in order; `current` is the number of the one that one stands at."""
        self.hits = [(self.text.unit(hit.start), self.text.unit(hit.end)) for hit in hits]
        self.hit = current
        self._update()

    def annotations_at(self, position: int) -> list[str]:
        """The annotations shown over a character, the innermost first."""
        return list(dict.fromkeys(self.index[row].annotation for row in self.index.at(position)))

    def describe(self, annotation: str) -> str:
        """The name of its code, and whose it is if it is not one's own."""
        mark = self.index[self.index.of(annotation)[0]]
        return " · ".join(filter(None, (self.styles.name(mark.code), self.styles.initials(mark.coder))))

    # Looks ------------------------------------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.styles.set_theme(theme)
        self.setPalette(self.styles.dressed(self.palette()))
        self._update()

    def set_current(self, annotation: str | None) -> None:
        """Tint one annotation strongly and set its name in bold; only its edges can be dragged."""
        if annotation != self.current:
            self.current = annotation
            self.pointer.give_up()
            self._update()

    def hover(self, annotation: str | None) -> None:
        """Light up one annotation and let all others fade, or light up none."""
        if annotation != self.hot:
            self.hot = annotation
            self._update()
            self.hovered.emit(annotation)

    def set_quiet(self, quiet: bool) -> None:
        """Without tints, except for the current and the hovered annotation."""
        self.quiet = quiet
        self.viewport().update()

    def set_exact(self, exact: bool) -> None:
        """Select and move by characters instead of words."""
        if exact != self.exact:
            self.exact = exact
            self.exact_changed.emit(exact)

    def zoom(self, points: float) -> None:
        """Set the size of the reading text, 8 to 48 points. What stands at the top of the window stays there."""
        points = min(max(points, SMALLEST), LARGEST)
        if points == self.font().pointSizeF():
            return
        reading = self.font()
        reading.setPointSizeF(points)
        with self.sight.held(), self.page.once():
            self.setFont(reading)
            self.options.make_room()
            self._document.setDefaultFont(reading)
        self.sight.settle()
        self.margin.reset()
        self.zoomed.emit(points)

    def points(self) -> float:
        """The size of the reading text."""
        return self.font().pointSizeF()

    def column(self) -> float:
        """How wide a line may be, in pixels: in step with the zoom."""
        return COLUMN * self.points() / POINTS

    def gap(self, metrics: QFontMetricsF) -> float:
        """The room below each line, in pixels."""
        return FIRST + 3 * PITCH

    def strong(self) -> list[tuple[int, int, str]]:
        """Start, end (UTF-16) and code of what is tinted strongly: hovered or current, or what is about to be coded."""
        return [*handles.lit(self), *self._preview]

    def preview(self, spans: Sequence[Span], code: str) -> None:
        """Tint spans as if they had this code, until the next call."""
        unit = self.text.unit
        self._preview = [(unit(span.start), unit(span.end), code) for span in spans]
        self.viewport().update()

    def set_may_reshape(self, may: bool) -> None:
        """Whether the edges of the current annotation can be dragged, and show it."""
        if may != self.may_reshape:
            self.may_reshape = may
            self.viewport().update()

    def redraw(self) -> None:
        """Build all drawings anew: what is drawn has changed, not only its colours."""
        self.page.forget_drawings()
        self._update()

    def _repaint(self, numbers: range) -> None:
        self.page.forget_drawings(numbers)
        self.viewport().update(self.sight.strip(numbers))

    def _update(self) -> None:
        for part in (self.viewport(), self.margin, self.overview):
            part.update()

    # Caret and selection ----------------------------------------------------------------------------------------------

    def caret(self) -> int:
        """Where the caret stands."""
        return self.text.point(self.textCursor().position())

    def ends(self) -> tuple[int, int]:
        """Where the selection was begun and where the caret stands: equal when nothing is selected."""
        cursor = self.textCursor()
        return self.text.point(cursor.anchor()), self.text.point(cursor.position())

    def selected(self) -> tuple[int, int]:
        """The selection in UTF-16."""
        cursor = self.textCursor()
        return cursor.selectionStart(), cursor.selectionEnd()

    def selection(self) -> Span | None:
        """What is selected, if anything."""
        start, end = sorted(self.ends())
        return Span(start, end) if start < end else None

    def sentence(self) -> Span | None:
        """The sentence at the caret; None in an empty paragraph."""
        return self.motion.around(self.caret(), "sentence")

    def put_caret(self, position: int) -> None:
        """Put the caret at a position and select nothing."""
        self.set_ends(position, position)

    def select(self, span: Span) -> None:
        """Select a span, widened only where it would cut a character."""
        self.set_ends(*self.motion.snap(span, exact=True))

    def extend(self, anchor: int, position: int, *, exact: bool | None = None) -> None:
        """Select from `anchor` to `position`, whichever comes first, in whole words unless exact. The caret stands at
        `position`."""
        exact = self.exact if exact is None else exact
        span = self.motion.snap(Span(min(anchor, position), max(anchor, position)), exact=exact)
        if span.start >= span.end:
            self.set_ends(position, position)
        elif position < anchor:
            self.set_ends(span.end, span.start)
        else:
            self.set_ends(span.start, span.end)

    def set_ends(self, anchor: int, position: int) -> None:
        """Select from one place to another, just as they are given. Nothing is scrolled."""
        cursor, last = QTextCursor(self._document), len(self.text.text)
        cursor.setPosition(self.text.unit(min(max(anchor, 0), last)))
        cursor.setPosition(self.text.unit(min(max(position, 0), last)), QTextCursor.MoveMode.KeepAnchor)
        bar = self.verticalScrollBar()
        value = bar.value()
        with self.sight.held():  # Qt scrolls to the caret, we only where it is wanted
            self.setTextCursor(cursor)
            bar.setValue(value)

    def _caret_changed(self) -> None:
        ends = self.ends()
        if ends != self._ends:
            if len({*ends, *self._ends}) > 2 or ends[0] != ends[1] or self._ends[0] != self._ends[1]:
                self.viewport().update()
            self._ends = ends
            self.caret_moved.emit()

    def createMimeDataFromSelection(self) -> QMimeData:
        """The selected words from our own text: Qt's have other blanks and line ends."""
        data = QMimeData()
        data.setText(self.selected_words())
        return data

    def selected_words(self) -> str:
        """The words that are selected; none when nothing is."""
        start, end = sorted(self.ends())
        return self.text.text[start:end]

    # Places -----------------------------------------------------------------------------------------------------------

    def place(self) -> tuple[int, float]:
        """The reading place, to be kept and given to `restore`: a code point and a fraction."""
        return self.sight.place()

    def restore(self, place: tuple[int, float]) -> None:
        """Scroll to a reading place, whatever the width and the size of the letters were then and are now."""
        self.sight.restore(place)

    def reveal(self, start: int, end: int) -> None:
        """Scroll so that a span is comfortably in sight; not at all when it is."""
        self.sight.reveal(start, end)

    def rect_of(self, span: Span) -> QRect:
        """The rectangle round a span in the viewport, from its first line to its last: for what must not cover it."""
        first = self.page.edge(self.text.unit(span.start), end=False)
        last = self.page.edge(self.text.unit(span.end), end=span.end > span.start)
        if first.top() != last.top():
            first.setLeft(self.page.left)
            last.setRight(self.page.left + self.page.width)
        return first.united(last).translated(0, -self.verticalScrollBar().value()).toAlignedRect()

    def rect_in(self, widget: QWidget, span: Span) -> QRect:
        """The same rectangle in a widget around the view."""
        area = self.rect_of(span)
        return QRect(self.viewport().mapTo(widget, area.topLeft()), area.size())

    def on_page(self, point: QPoint) -> QPointF:
        """A point of the viewport as one of the page."""
        return QPointF(point.x(), point.y() + self.verticalScrollBar().value())

    def position_at(self, point: QPoint) -> int:
        """The position nearest to a point of the viewport."""
        return self.text.point(self.page.position_at(self.on_page(point)))

    def character_at(self, point: QPoint) -> int | None:
        """The character under a point of the viewport, if there is one."""
        unit = self.page.character_at(self.on_page(point))
        return None if unit is None else self.text.point(unit)

    def annotation_under(self, point: QPoint) -> str | None:
        """The innermost annotation under a point of the viewport."""
        position = self.character_at(point)
        rows = self.index.at(position) if position is not None else []
        return self.index[rows[0]].annotation if rows else None

    # Events -----------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent, /) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(self.keyboard.wants(event))
            return True
        return super().event(event)

    def focusNextPrevChild(self, next: bool, /) -> bool:
        """Tab is a key like any other: the window walks annotations with it."""
        return False

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        self.hover(None)
        event.setAccepted(self.keyboard.press(event))

    def keyReleaseEvent(self, event: QKeyEvent, /) -> None:
        event.ignore()

    def showEvent(self, event: QShowEvent, /) -> None:
        super().showEvent(event)
        self.page.refine()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        with self.sight.held(), self.page.once():
            self.options.make_room()
            super().resizeEvent(event)
        self.options.place_beside()
        self.sight.settle()
        if event.size().width() != event.oldSize().width():
            self.margin.reset()

    def paintEvent(self, event: QPaintEvent, /) -> None:
        ground = QPainter(self.viewport())  # a style sheet keeps the old ground when the theme turns
        ground.fillRect(event.rect(), self.theme.canvas)
        ground.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        self.gutter.draw(painter)
        handles.draw(painter, self)
        painter.end()
        self.pixels.painted(event.region())

    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        self.pointer.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent, /) -> None:
        self.pointer.double(event)

    def mouseMoveEvent(self, event: QMouseEvent, /) -> None:
        if event.buttons() or not self.crowd.under(event.position().toPoint()):
            self.pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent, /) -> None:
        self.pointer.release(event)

    def viewportEvent(self, event: QEvent, /) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.hover(None)
        return super().viewportEvent(event)

    def scrollContentsBy(self, dx: int, dy: int, /) -> None:
        self.pixels.scroll(dy)

    def wheelEvent(self, event: QWheelEvent, /) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(self.points() + event.angleDelta().y() / WHEEL_STEP)
            event.accept()
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent, /) -> None:
        self.pointer.menu(event)

    def dragEnterEvent(self, event: QDragEnterEvent, /) -> None:
        self.pointer.drag(event)

    def dragMoveEvent(self, event: QDragMoveEvent, /) -> None:
        self.pointer.drag(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent, /) -> None:
        self.preview((), "")

    def dropEvent(self, event: QDropEvent, /) -> None:
        self.pointer.drop(event)
