"""The history of a document in the drawer: who did what when, the newest first. Shows plain values, emits what was wanted."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.gui.marks import words
from annotator.gui.mirror import turn_over
from annotator.gui.parts import column, elided, row
from annotator.gui.theme import Theme

LINE, DAY = 28, 26  # px
TIME, WHO = 56, 44  # px of the columns before the words
ROW = Qt.ItemDataRole.UserRole
NEAR = 3  # lines from the end at which more are asked for
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One step, in words. `own` ones can be taken back."""

    change: str
    day: str
    time: str
    who: str
    what: str
    quote: str = ""
    own: bool = False

    @property
    def spoken(self) -> str:
        return ", ".join(filter(None, (self.what, self.quote, self.who, self.time, self.day)))


class HistoryPanel(QWidget):
    """Steps by day. The keys walk them, and the text shows where; two buttons go back."""

    chosen = Signal(str)  # the change that one stands at: its place wants to be shown
    back_wanted = Signal(str)  # make everything of one's own what it was after this change
    taking_back_wanted = Signal(str)  # undo only this change
    more_wanted = Signal()
    done = Signal()  # the focus goes back to the text

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme = theme
        self.rows: list[HistoryRow] = []
        self.list = _List()
        self.list.setItemDelegate(_Delegate(self.list, theme))
        self.list.setAccessibleName(self.tr("History of the document"))
        self.list.currentItemChanged.connect(self._stand)
        self.list.verticalScrollBar().valueChanged.connect(self._ask_for_more)
        self.list.entered.connect(self.done)
        self.back, self.take = QPushButton(self.tr("Go back to this")), QPushButton(self.tr("Take back only this"))
        self.back.setToolTip(self.tr("Makes your annotations here what they were just after this, as one new step"))
        self.take.setToolTip(self.tr("Undoes this one step and leaves what came after it, as one new step"))
        self.back.clicked.connect(lambda: self.back_wanted.emit(self.current()))
        self.take.clicked.connect(lambda: self.taking_back_wanted.emit(self.current()))
        self.hint = elided(self.tr("Nothing of others is touched, and nothing is forgotten."), "small", "muted")
        foot = row(self.hint, None, self.take, self.back, margins=(16, 6, 12, 8))
        self.setLayout(column(self.list, foot, gap=0))
        self.setFocusProxy(self.list)
        self.show_rows(())

    def show_rows(self, rows: Sequence[HistoryRow]) -> None:
        """Shows these in the place of what stood here; the step that one stood at stays chosen if it is among them."""
        stood = self.current()
        self.list.blockSignals(True)
        self.list.clear()
        self.rows = []
        self._add(rows)
        item = next((one for one in self._items() if one.data(ROW).change == stood), None)
        if item:
            self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self._show_buttons()

    def add_rows(self, rows: Sequence[HistoryRow]) -> None:
        """Shows older ones below."""
        self._add(rows)

    def offer(self, *, back: bool, take: bool) -> None:
        """Which of the two can be done with the step that one stands at."""
        self.back.setEnabled(back)
        self.take.setEnabled(take)

    def current(self) -> str:
        """The change that one stands at, "" for none."""
        item = self.list.currentItem()
        return item.data(ROW).change if item and isinstance(item.data(ROW), HistoryRow) else ""

    def _add(self, rows: Sequence[HistoryRow]) -> None:
        day = self.rows[-1].day if self.rows else None
        for one in rows:
            if one.day != day:
                day = one.day
                head = QListWidgetItem(day, self.list)
                head.setData(ROW, day)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
            item = QListWidgetItem(one.spoken, self.list)
            item.setData(ROW, one)
            item.setToolTip(one.what)
        self.rows += rows

    def _items(self) -> list[QListWidgetItem]:
        items = (self.list.item(n) for n in range(self.list.count()))
        return [item for item in items if isinstance(item.data(ROW), HistoryRow)]

    def _stand(self) -> None:
        self._show_buttons()
        if change := self.current():
            self.chosen.emit(change)
        if self.list.currentRow() >= self.list.count() - NEAR:
            self.more_wanted.emit()

    def _show_buttons(self) -> None:
        if not self.current():
            self.offer(back=False, take=False)

    def _ask_for_more(self, value: int) -> None:
        if value >= self.list.verticalScrollBar().maximum() - NEAR * LINE:
            self.more_wanted.emit()


class _List(QListWidget):
    entered = Signal()

    def __init__(self):
        super().__init__()
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: _List, theme: Theme):
        super().__init__(view)
        self.view, self.theme = view, theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, LINE if isinstance(index.data(ROW), HistoryRow) else DAY)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        turn_over(painter, option.rect)
        area, data, theme = QRect(option.rect).adjusted(16, 0, -16, 0), index.data(ROW), self.theme
        if isinstance(data, HistoryRow):
            self._ground(painter, option, index)
            self._row(painter, area, data)
        else:
            words(painter, area, data, role="small_strong", colour=theme.muted)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, current = self.theme, index == self.view.currentIndex()
        walked = current and self.view.hasFocus()
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        ground = theme.accent_soft if walked else theme.selected if current else theme.hover if over else None
        if ground:
            painter.setPen(QPen(theme.accent, 1) if walked else Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(QRectF(option.rect).adjusted(8.5, 0.5, -8.5, -0.5), 6, 6)

    def _row(self, painter: QPainter, area: QRect, data: HistoryRow) -> None:
        theme = self.theme
        words(painter, area, data.time, role="small", colour=theme.muted)
        words(painter, area.adjusted(TIME, 0, 0, 0), data.who, role="small", colour=theme.muted)
        rest = area.adjusted(TIME + WHO, 0, 0, 0)
        what = QRect(rest.left(), rest.top(), rest.width() if not data.quote else rest.width() * 3 // 5, rest.height())
        width = words(painter, what, data.what, role="small", colour=theme.text)
        if data.quote:
            area = rest.adjusted(width + 12, 0, 0, 0)
            words(painter, area, f"“{data.quote}”", role="small", colour=theme.muted)
