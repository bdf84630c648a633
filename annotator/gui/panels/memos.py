"""Memos and bookmarks as a list in the order of the text, with the words of one beside it to read and to write."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.gui.marks import code_swatch, words
from annotator.gui.mirror import turn_over
from annotator.gui.parts import column, label, row, rule, search_field
from annotator.gui.place_signs import Kind, paint_place_sign
from annotator.gui.theme import Theme
from annotator.model import Code

from .memo_editor import MemoEditor

LINE = 28  # px of a row
ON, NARROW_ON, WHO, WHEN = 152, 112, 40, 76  # px of the columns around the words
LEAST = 72  # px of the words of a place behind those of a memo
ROOMY = 400  # px of the list from which who and when are shown
ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class MemoRow:
    """One memo or bookmark, in words. `on` is short, for the row; `heading` says in full what it is on."""

    id: str
    kind: Kind
    on: str
    heading: str
    words: str = ""
    quote: str = ""
    code: Code | None = None
    who: str = ""
    when: str = ""
    editable: bool = True

    @property
    def spoken(self) -> str:
        return ", ".join(filter(None, (self.heading, self.words, self.who, self.when)))

    def has(self, typed: Sequence[str]) -> bool:
        """Whether all typed words, in lower case, are somewhere in the row."""
        found = "\n".join((self.heading, self.words, self.quote, self.who)).casefold()
        return all(word in found for word in typed)


class MemosPage(QWidget):
    """Filter, count and list; beside them the editor. Emits what was wanted of a row."""

    pointed = Signal(str)  # the row that a person has chosen: show its place
    entered = Signal(str)  # go there
    delete_wanted = Signal(str)
    done = Signal()  # the focus goes back to the text

    def __init__(self, theme: Theme):
        super().__init__()
        self.rows: list[MemoRow] = []
        self.filter = search_field(self.tr("Filter by words, place or code"), theme)
        self.counted = label("", "small", "muted")
        self.list = MemoList(theme)
        self.list.setAccessibleName(self.tr("Memos and bookmarks"))
        self.nothing = label("", "small", "muted", wrap=True)
        self.nothing.setContentsMargins(16, 8, 16, 8)
        self.editor = MemoEditor()
        self._empty = ""
        head = row(self.filter, self.counted, margins=(8, 8, 16, 4))
        head.setStretch(0, 1)
        sheet = column(head, self.nothing, self.list, gap=0)
        sheet.setStretch(2, 1)
        both = row(sheet, rule("v"), self.editor, gap=0)
        both.setStretch(0, 3)
        both.setStretch(2, 2)
        self.setLayout(both)
        self.setFocusProxy(self.list)
        self._connect()
        self.show_rows((), empty="")

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._fill)
        self.filter.returnPressed.connect(lambda: self.list.setFocus(Qt.FocusReason.TabFocusReason))
        self.list.currentItemChanged.connect(self._stand)
        self.list.typed.connect(self._type)
        self.list.left.connect(self._leave)
        self.list.entered_line.connect(self._enter)
        self.list.delete_wanted.connect(self._delete)
        self.list.menu_wanted.connect(self._menu)
        self.editor.delete_wanted.connect(self._delete)
        self.editor.finished.connect(self._finish)
        self._back_to_list = True
        self.list.got_focus.connect(self._come_back)

    # Showing ----------------------------------------------------------------------------------------------------------

    def show_rows(self, rows: Iterable[MemoRow], *, empty: str) -> None:
        """Shows these in the place of what stood here; `empty` says what to do when there are none. What is being written
        stays."""
        self.rows, self._empty = list(rows), empty
        self.list.says_who = any(one.who for one in self.rows)
        self._fill()

    def choose(self, id: str) -> bool:
        """Stands at a row and shows its words, also past a filter. Emits nothing. False when there is no such row."""
        if not any(one.id == id for one in self.rows):
            return False
        if self._item(id) is None:
            self.filter.clear()
        self._silently_stand_at(self._item(id))
        self._load()
        return True

    def write(self, heading: str, words: str = "", *, id: str = "") -> None:
        """Lets a person write: a new memo or, with an id, the one of a row. The focus comes here and goes back to the text."""
        if id and self.choose(id):
            self.editor.take_focus()
        elif self.editor.show_memo(id, heading, words, editable=True):
            self._silently_stand_at(None)
            self.editor.take_focus()
        self._back_to_list = False

    def current(self) -> str:
        """The row that one stands at, "" for none."""
        item = self.list.currentItem()
        return item.data(ROW).id if item else ""

    def _fill(self) -> None:
        stood, line = self.current(), self.list.currentRow()
        typed = self.filter.text().casefold().split()
        shown = [one for one in self.rows if one.has(typed)]
        self.list.blockSignals(True)
        self.list.clear()
        for one in shown:
            item = QListWidgetItem(one.spoken, self.list)
            item.setData(ROW, one)
            item.setToolTip(one.words or one.quote)
        self.list.blockSignals(False)
        near = self.list.item(min(line, len(shown) - 1)) if line >= 0 and shown else None
        self._silently_stand_at(self._item(stood or self.editor.id) or near)
        self._tell(len(shown), typed)
        self._load()

    def _tell(self, shown: int, typed: Sequence[str]) -> None:
        count = len(self.rows)
        whole = self.tr("1 entry") if count == 1 else self.tr("{count} entries").format(count=count)
        part = self.tr("{shown} of {count}").format(shown=shown, count=count)
        self.counted.setText(whole if shown == count else part)
        nowhere = self.tr("No memo has “{typed}”.").format(typed=self.filter.text().strip())
        self.nothing.setText(nowhere if count and typed else self._empty)
        self.nothing.setVisible(not shown)

    def _item(self, id: str) -> QListWidgetItem | None:
        items = (self.list.item(n) for n in range(self.list.count()))
        return next((item for item in items if item.data(ROW).id == id), None)

    def _silently_stand_at(self, item: QListWidgetItem | None) -> None:
        self.list.blockSignals(True)
        if item:
            self.list.setCurrentItem(item)
            self.list.scrollToItem(item)
        else:
            self.list.setCurrentRow(-1)
        self.list.blockSignals(False)
        self.list.viewport().update()

    def _load(self) -> None:
        """Shows the words of the row, unless others are being written."""
        item = self.list.currentItem()
        if item is None:
            if self.editor.id:
                self.editor.show_nothing()
            return
        one: MemoRow = item.data(ROW)
        if self.editor.is_new and self.editor.has_focus():
            return
        self.editor.show_memo(one.id, one.heading, one.words, editable=one.editable, bookmark=one.kind == "bookmark")

    # What a person does -----------------------------------------------------------------------------------------------

    def _stand(self) -> None:
        self._load()
        if (id := self.current()) and self.list.hasFocus():
            self.pointed.emit(id)

    def _enter(self) -> None:
        if id := self.current():
            self.entered.emit(id)

    def _delete(self) -> None:
        if id := self.current():
            self.delete_wanted.emit(id)

    def _type(self, typed: str) -> None:
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filter.insert(typed)

    def _leave(self) -> None:
        if self.filter.text():
            self.filter.clear()
        else:
            self.done.emit()

    def _come_back(self) -> None:
        self._back_to_list = True

    def _finish(self) -> None:
        """Writing is over: back to where it was begun."""
        if self._back_to_list and self.rows:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.done.emit()

    def _menu(self, where) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        menu = QMenu(self)
        menu.addAction(self.tr("Go there") + "\t" + self.tr("Return"), self._enter)
        menu.addAction(self.tr("Write") + "\t" + self.tr("Tab"), self.editor.take_focus)
        menu.addSeparator()
        menu.addAction(self.tr("Delete") + "\tDel", self._delete)
        for action in menu.actions()[1:]:
            action.setEnabled(item.data(ROW).editable)
        menu.exec(where)
        menu.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the filter passes on: Esc when it is empty, and Down into the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit()
        elif event.key() == Qt.Key.Key_Down and self.list.count():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)


class MemoList(QListWidget):
    """The list under the filter."""

    entered_line = Signal()
    typed = Signal(str)
    left = Signal()
    delete_wanted = Signal()
    got_focus = Signal()
    menu_wanted = Signal(object)  # place on the screen

    def __init__(self, theme: Theme):
        super().__init__()
        self.says_who = False
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(MemoPainter(self, theme))
        self.itemDoubleClicked.connect(lambda _: self.entered_line.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        said = {
            Qt.Key.Key_Return: self.entered_line,
            Qt.Key.Key_Enter: self.entered_line,
            Qt.Key.Key_Escape: self.left,
            Qt.Key.Key_Delete: self.delete_wanted,
        }.get(Qt.Key(key))
        if said and held == Qt.KeyboardModifier.NoModifier:
            said.emit()
        elif event.text().isprintable() and event.text().strip() and not held & ~Qt.KeyboardModifier.ShiftModifier:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """By keys one arrives on a row."""
        super().focusInEvent(event)
        self.got_focus.emit()
        if self.currentRow() < 0 and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.setCurrentRow(0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            where = self.viewport().mapToGlobal(self.visualItemRect(self.currentItem()).bottomLeft())
        self.menu_wanted.emit(where)


class MemoPainter(QStyledItemDelegate):
    """Sign, what it is on, its first words with those it stands on, who and when."""

    def __init__(self, view: MemoList, theme: Theme):
        super().__init__(view)
        self.view, self.theme = view, theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRect(option.rect)
        area.setLeft(0)
        area.setRight(self.view.viewport().width() - 1)
        turn_over(painter, area)
        self._ground(painter, option, area, index)
        self._row(painter, area.adjusted(16, 0, -16, 0), index.data(ROW), is_roomy=area.width() >= ROOMY)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, index: Index) -> None:
        theme, current = self.theme, index == self.view.currentIndex()
        walked = current and self.view.hasFocus()
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        ground = theme.accent_soft if walked else theme.selected if current else theme.hover if over else None
        if ground:
            painter.setPen(QPen(theme.accent, 1) if walked else Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(QRectF(area).adjusted(8.5, 0.5, -8.5, -0.5), 6, 6)

    def _row(self, painter: QPainter, area: QRect, one: MemoRow, *, is_roomy: bool) -> None:
        theme, middle = self.theme, area.top() + area.height() / 2
        paint_place_sign(painter, one.kind, QRectF(area.left(), middle - 7, 14, 14), theme.muted)
        on = ON if is_roomy else NARROW_ON
        left = 22
        if one.code:
            code_swatch(painter, area.left() + left, middle - 5, one.code, theme)
            left += 18
        place = QRect(area.left() + left, area.top(), on - left - 8, area.height())
        words(painter, place, one.on, role="small", colour=theme.text)
        end = WHO * self.view.says_who + WHEN if is_roomy else 0
        self._words(painter, area.adjusted(on, 0, -end, 0), one)
        if is_roomy:
            who = QRect(area.right() - end + 1, area.top(), WHO, area.height())
            words(painter, who, one.who, role="small", colour=theme.muted)
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            words(painter, area, one.when, role="small", colour=theme.muted, align=right)

    def _words(self, painter: QPainter, area: QRect, one: MemoRow) -> None:
        """The first words of the memo, then those that it stands on."""
        said, used = " ".join(one.words.split()), 0
        if said:
            used = 12 + words(painter, area.adjusted(0, 0, -8, 0), said, role="small", colour=self.theme.text)
        if one.quote and area.width() - 8 - used >= LEAST:
            words(painter, area.adjusted(used, 0, -8, 0), f"“{one.quote}”", role="small", colour=self.theme.muted)
