"""Lists in dialogs: rows of 32 px, a second word in small at the right, a box to tick where one may choose several."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.gui.dialogs.fields import button, paint_tick
from annotator.gui.marks import words
from annotator.gui.mirror import turn_over
from annotator.gui.parts import box, column, label, row
from annotator.gui.theme import Theme

ROW = 32
Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its words, what it stands for, and more in small. `tone` is of the small words. One that stands for nothing
    is the heading of those below it."""

    words: str
    id: str
    more: str = ""
    tone: Literal["muted", "warning", "danger", "good"] = "muted"


class Lines(QListWidget):
    """A list of lines, one of them current. With `ticks`, a click or Space ticks a line."""

    ticked = Signal()  # something was ticked or unticked

    def __init__(self, name: str, theme: Theme, lines: Sequence[Line] = (), *, ticks: bool = False):
        super().__init__()
        self.ticks = ticks
        self.setAccessibleName(name)
        self.setItemDelegate(_Delegate(self, theme))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.itemChanged.connect(lambda item: self.ticked.emit())
        self.set_lines(lines)

    def set_lines(self, lines: Sequence[Line], *, ticked: bool = False) -> None:
        """Puts these in the place of what stood here."""
        self.blockSignals(True)
        self.clear()
        for line in lines:
            item = QListWidgetItem(line.words, self)
            item.setData(LINE, line)
            item.setToolTip("\n".join(filter(None, (line.words, line.more))))
            if not line.id:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            if self.ticks:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.blockSignals(False)
        self.setCurrentRow(0 if lines else -1)

    def lines(self) -> list[Line]:
        return [self.item(n).data(LINE) for n in range(self.count())]

    def current(self) -> str:
        """The id of the current line, "" for none."""
        item = self.currentItem()
        return item.data(LINE).id if item else ""

    def choose(self, id: str) -> None:
        """Makes a line current."""
        for n, line in enumerate(self.lines()):
            if line.id == id:
                self.setCurrentRow(n)

    def change(self, line: Line) -> None:
        """Other words for the line of this id."""
        for n in range(self.count()):
            if self.item(n).data(LINE).id == line.id:
                self.item(n).setText(line.words)
                self.item(n).setData(LINE, line)

    def ticked_ids(self) -> list[str]:
        """The ids of the ticked lines, in the order of the list."""
        items = (self.item(n) for n in range(self.count()))
        return [item.data(LINE).id for item in items if item.checkState() == Qt.CheckState.Checked]

    def tick(self, ids: Sequence[str] | None, ticked: bool = True) -> None:
        """Ticks (or unticks) these lines; None is all that a filter leaves in sight."""
        among = None if ids is None else set(ids)
        blocked = self.blockSignals(True)
        for n in range(self.count()):
            item = self.item(n)
            if not item.isHidden() if among is None else item.data(LINE).id in among:
                item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.blockSignals(blocked)
        self.viewport().update()
        self.ticked.emit()

    def show_only(self, typed: str) -> None:
        """Hides what does not hold the typed words."""
        for n in range(self.count()):
            self.item(n).setHidden(typed.casefold() not in self.item(n).text().casefold())


def listed(title: str, lines: Lines, *above: QWidget, all_or_none: bool = False) -> QLayout:
    """A list in its card below its title and, if there is one, a filter. With `all_or_none`, buttons tick all and none."""
    card = box(column(lines, margins=(4, 4, 4, 4)), card="true")
    made = column(label(title, "small_strong", "muted"), *above, card)
    made.setStretch(1 + len(above), 1)
    if all_or_none:
        every = button(QCoreApplication.translate("lists", "Tick all"), lambda: lines.tick(None))
        none = button(QCoreApplication.translate("lists", "Tick none"), lambda: lines.tick(None, False))
        made.addLayout(row(every, none, None))
    return made


class _Delegate(QStyledItemDelegate):
    def __init__(self, parent: Lines, theme: Theme):
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, line, area = self.theme, index.data(LINE), option.rect
        turn_over(painter, area)
        state = option.state
        ground = None
        if state & QStyle.StateFlag.State_Selected:
            ground = theme.accent_soft if state & QStyle.StateFlag.State_HasFocus else theme.selected
        elif state & QStyle.StateFlag.State_MouseOver:
            ground = theme.hover
        if ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(area, 6, 6)
        inner = area.adjusted(8, 0, -8, 0)
        if (check := index.data(Qt.ItemDataRole.CheckStateRole)) is not None:
            ticked = Qt.CheckState(check) == Qt.CheckState.Checked
            paint_tick(painter, inner.left(), inner.center().y() - 7, theme, ticked=ticked)
            inner.adjust(24, 0, 0, 0)
        if not line.id:
            words(painter, inner, line.words, role="small", colour=theme.muted)
            painter.restore()
            return
        colour = getattr(theme, line.tone)
        used = words(painter, inner, line.more, role="small", colour=colour, align=RIGHT) + 12 if line.more else 0
        words(painter, inner.adjusted(0, 0, -used, 0), line.words, role="body", colour=theme.text)
        painter.restore()

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """A click anywhere on the line ticks it, as Space does."""
        clicked = event.type() == QEvent.Type.MouseButtonRelease
        typed = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        check = index.data(Qt.ItemDataRole.CheckStateRole)
        if check is None or not (clicked or typed):
            return False
        now = Qt.CheckState.Unchecked if Qt.CheckState(check) == Qt.CheckState.Checked else Qt.CheckState.Checked
        return model.setData(index, now, Qt.ItemDataRole.CheckStateRole)
