"""The tree of codes in the codebook editor: what may be dragged, and how a row is drawn."""

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)

from annotator.gui.dialogs.codebook_draft import Draft
from annotator.gui.marks import code_swatch, keycap, words
from annotator.gui.mirror import turn_over
from annotator.gui.parts import cap
from annotator.gui.theme import Theme
from annotator.model import Code

ROW = 28
CODE, WRONG = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
Drop = QAbstractItemView.DropIndicatorPosition


class CodeTree(QTreeWidget):
    """Families and codes in their order. Dragging, or Alt with an arrow, asks for another place; the draft decides."""

    chosen = Signal(str)  # id of the current code, "" for none
    move_wanted = Signal(
        str, object, int
    )  # id, id of the new parent or None, place among its children without the code

    def __init__(self, theme: Theme):
        super().__init__()
        self.setAccessibleName(self.tr("Codes"))
        self.setHeaderHidden(True)
        self.setIndentation(0)  # the delegate indents: the ground of a row reaches over its whole width
        self.setItemDelegate(CodeRow(self, theme))
        self.setDragDropMode(QTreeWidget.DragDropMode.InternalMove)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setUniformRowHeights(True)
        self.currentItemChanged.connect(lambda now, before: self.chosen.emit(self.current()))

    def show_draft(self, draft: Draft, current: str) -> None:
        """Shows the codes of a draft anew, with this one current. Emits nothing."""
        self.blockSignals(True)
        place = self.verticalScrollBar().value()
        self.clear()
        wrong = {one.about for one in draft.wrongs()}
        items: dict[str | None, QTreeWidgetItem] = {}
        for code in draft.ordered()[0]:
            above = items.get(code.parent)
            item = QTreeWidgetItem(above) if above else QTreeWidgetItem(self)
            item.setData(0, CODE, code)
            item.setData(0, WRONG, code.id in wrong)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, code.name)
            item.setToolTip(0, code.definition)
            items[code.id] = item
        self.expandAll()
        self.verticalScrollBar().setValue(place)
        if item := items.get(current):
            self.setCurrentItem(item)
        self.blockSignals(False)

    def current(self) -> str:
        """The id of the current code, "" for none."""
        item = self.currentItem()
        return item.data(0, CODE).id if item else ""

    def refresh(self, draft: Draft) -> None:
        """Brings names, colours and keys to what the draft says, without building the tree anew."""
        wrong = {one.about for one in draft.wrongs()}
        for item in self.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive):
            code = draft.codes[item.data(0, CODE).id]
            item.setData(0, CODE, code)
            item.setData(0, WRONG, code.id in wrong)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in ways:
            self.step(ways[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def step(self, by: int) -> None:
        """Asks for the current code to go one place up or down; at the end of a family into the next one."""
        item = self.currentItem()
        if not item:
            return
        above, place = item.parent(), self._place(item) + by
        code: Code = item.data(0, CODE)
        siblings = above.childCount() if above else self.topLevelItemCount()
        if 0 <= place < siblings:
            self.move_wanted.emit(code.id, code.parent, place)
        elif above:
            beyond = self.topLevelItem(self.indexOfTopLevelItem(above) + by)
            if beyond and not above.parent():
                self.move_wanted.emit(code.id, beyond.data(0, CODE).id, 0 if by > 0 else beyond.childCount())

    def dropEvent(self, event: QDropEvent) -> None:
        """On a family: into it. Between rows: there. On a code: after it."""
        moved, target = self.currentItem(), self.itemAt(event.position().toPoint())
        where = self.dropIndicatorPosition()
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if not moved or moved is target:
            return
        if not target:
            self._ask(moved, None, self.topLevelItemCount())
        elif where == Drop.OnItem and not target.data(0, CODE).codable:
            self._ask(moved, target, target.childCount())
        else:
            self._ask(moved, target.parent(), self._place(target) + (where != Drop.AboveItem))

    def _ask(self, moved: QTreeWidgetItem, parent: QTreeWidgetItem | None, place: int) -> None:
        if moved.parent() is parent and self._place(moved) < place:
            place -= 1  # it is counted without itself
        self.move_wanted.emit(moved.data(0, CODE).id, parent.data(0, CODE).id if parent else None, place)

    def _place(self, item: QTreeWidgetItem) -> int:
        above = item.parent()
        return above.indexOfChild(item) if above else self.indexOfTopLevelItem(item)


class CodeRow(QStyledItemDelegate):
    """A family in strong muted words; a code with its swatch, name and key; a sign where something is wrong."""

    def __init__(self, parent: CodeTree, theme: Theme):
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, code = self.theme, index.data(CODE)
        area: QRect = option.rect
        turn_over(painter, area)
        self._ground(painter, area, option.state)
        inner = area.adjusted(8 + 16 * _depth(index), 0, -8, 0)
        middle = area.top() + area.height() / 2
        if code.key and code.codable:
            inner.setRight(round(inner.right() - keycap(painter, inner.right() + 1, middle, cap(code.key), theme) - 8))
        if index.data(WRONG):
            words(painter, inner, "!", role="heading", colour=theme.danger, align=_right())
            inner.adjust(0, 0, -16, 0)
        elif code.retired:
            sign = QCoreApplication.translate("CodeTree", "retired")
            inner.adjust(0, 0, -words(painter, inner, sign, role="small", colour=theme.muted, align=_right()) - 8, 0)
        if code.codable:
            code_swatch(painter, inner.left(), middle - 5, code, theme)
            inner.adjust(20, 0, 0, 0)
        name = code.name or "–"
        quiet = code.retired or not code.codable
        role = "body" if code.codable else "small_strong"
        words(painter, inner, name, role=role, colour=theme.muted if quiet else theme.text)
        painter.restore()

    def _ground(self, painter: QPainter, area: QRect, state) -> None:
        if state & QStyle.StateFlag.State_Selected:
            ground = self.theme.accent_soft if state & QStyle.StateFlag.State_HasFocus else self.theme.selected
        elif state & QStyle.StateFlag.State_MouseOver:
            ground = self.theme.hover
        else:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(area, 6, 6)


def _depth(index: Index) -> int:
    depth, above = 0, index.parent()
    while above.isValid():
        depth, above = depth + 1, above.parent()
    return depth


def _right() -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
