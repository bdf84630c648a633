"""Lists in which one ticks: short ones that stand open, long ones in a sheet with a filter."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.gui.dialogs.fields import paint_tick
from annotator.gui.marks import swatch, words
from annotator.gui.mirror import turn_over
from annotator.gui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Check = Qt.CheckState
ENTRY = Qt.ItemDataRole.UserRole
ROW, INDENT, MOST = 28, 20, 8  # pixels, pixels, rows of a list that stands open
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Entry:
    """A row. What does not count has no box, and `more` says why. Rows below it that are deeper belong to it."""

    id: str
    words: str
    more: str = ""
    tip: str = ""
    depth: int = 0
    counts: bool = True
    colour: tuple[str, ...] = ()  # light, dark


class Entries(QAbstractListModel):
    """The rows that a filter leaves. What is unticked is remembered by id, whatever is shown; a row with others below it
    stands for those."""

    ticked = Signal()  # a person ticked or unticked something

    def __init__(self, parent: QObject):
        super().__init__(parent)
        self.entries: list[Entry] = []
        self.unticked = set[str]()
        self._typed, self._shown = "", list[int]()

    def put(self, entries: Sequence[Entry]) -> None:
        """Other rows; the same ones in other words leave the list where it is."""
        if [one.id for one in entries] == [one.id for one in self.entries]:
            self.entries = list(entries)
            self._tell()
            return
        self.beginResetModel()
        self.entries = list(entries)
        self._filter()
        self.endResetModel()

    def show_only(self, typed: str) -> None:
        """Leaves what holds the typed words, with all above and below it in the tree."""
        self.beginResetModel()
        self._typed = typed.casefold().strip()
        self._filter()
        self.endResetModel()

    def ticked_ids(self) -> list[str]:
        """The ids of the ticked rows that count; a row with others below it is ticked when all of them are."""
        return [one.id for n, one in enumerate(self.entries) if one.counts and self.state(n) == Check.Checked]

    def counted(self) -> tuple[int, int]:
        """How many are ticked, and of how many; rows with others below them are not among them."""
        leaves = [one for n, one in enumerate(self.entries) if one.counts and self._is_leaf(n)]
        return sum(one.id not in self.unticked for one in leaves), len(leaves)

    def all_ticked(self) -> bool:
        ticked, total = self.counted()
        return ticked == total

    def tick_shown(self, ticked: bool) -> None:
        """Ticks or unticks all that the filter leaves."""
        self._set(self._shown, ticked)

    def state(self, place: int) -> Check:
        """Of a row with others below it by those: all, some or none of them are ticked."""
        ticked = {self.entries[n].id not in self.unticked for n in self._leaves(place)}
        return Check.PartiallyChecked if len(ticked) > 1 else Check.Checked if ticked.pop() else Check.Unchecked

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        kept = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return kept | Qt.ItemFlag.ItemIsUserCheckable if self._entry(index).counts else kept

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self._entry(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.words
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(filter(None, (entry.words, entry.tip or entry.more)))
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(filter(None, (entry.words, entry.tip or entry.more)))
            case Qt.ItemDataRole.CheckStateRole:
                return self.state(self._shown[index.row()]) if entry.counts else None
        return entry if role == ENTRY else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not self._entry(index).counts:
            return False
        place = self._shown[index.row()]
        self._set(self._leaves(place), value == Check.Checked)
        return True

    def _set(self, places: Iterable[int], ticked: bool) -> None:
        free = {self.entries[n].id for n in places if self.entries[n].counts and self._is_leaf(n)}
        self.unticked = self.unticked - free if ticked else self.unticked | free
        self._tell()
        self.ticked.emit()

    def _tell(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))

    def _entry(self, index: Index) -> Entry:
        return self.entries[self._shown[index.row()]]

    def _is_leaf(self, place: int) -> bool:
        return next(self._below(place), None) is None

    def _leaves(self, place: int) -> list[int]:
        return [n for n in self._below(place) if self._is_leaf(n)] or [place]

    def _below(self, place: int) -> Iterator[int]:
        for n in range(place + 1, len(self.entries)):
            if self.entries[n].depth <= self.entries[place].depth:
                return
            yield n

    def _filter(self) -> None:
        shown, path = set[int](), list[int]()
        for n, entry in enumerate(self.entries):
            del path[entry.depth :]
            path.append(n)
            if self._typed in f"{entry.words}\n{entry.more}".casefold():
                shown.update(path)
                shown.update(self._below(n))
        self._shown = sorted(shown)


class TickList(QListView):
    """The rows of `Entries`. A click or Space ticks, a double click or Enter opens."""

    opened = Signal(str)  # the id of a row

    def __init__(self, name: str, theme: Theme):
        super().__init__()
        self.entries = Entries(self)
        self.setModel(self.entries)
        self.setItemDelegate(TickPainter(self, theme))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(ENTRY).id))

    def as_high_as_content(self) -> None:
        """For a short list that stands open: no higher than its rows, and eight of them at most."""
        self.setFixedHeight(ROW * max(1, min(MOST, self.entries.rowCount())))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().data(ENTRY).id)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event) -> None:
        """Who comes by the keyboard sees where they are."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.setCurrentIndex(self.entries.index(0))


class TickPainter(QStyledItemDelegate):
    """A box, a swatch where there is a colour, the words, and more of them in small at the right."""

    def __init__(self, view: QListView, theme: Theme):
        super().__init__(view)
        self.view, self.theme = view, theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, entry, check = self.theme, index.data(ENTRY), index.data(Qt.ItemDataRole.CheckStateRole)
        turn_over(painter, option.rect)
        self._ground(painter, option, index)
        area = option.rect.adjusted(8 + INDENT * entry.depth, 0, -8, 0)
        if check is not None:
            self._box(painter, area.left(), area.center().y() - 7, Check(check))
        area.adjust(24, 0, 0, 0)
        if entry.colour:
            swatch(painter, area.left(), area.center().y() - 4, theme.colour(entry.colour))
            area.adjust(18, 0, 0, 0)
        if entry.more:
            room = area.adjusted(area.width() // 3, 0, 0, 0)
            used = words(painter, room, entry.more, role="small", colour=theme.muted, align=RIGHT)
            area.adjust(0, 0, -used - 12, 0)
        words(painter, area, entry.words, role="body", colour=theme.text if entry.counts else theme.muted)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state, theme = option.state, self.theme
        focused = index == self.view.currentIndex() and self.view.hasFocus()
        if focused or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent_soft if focused else theme.hover)
            painter.drawRoundedRect(option.rect, 6, 6)

    def _box(self, painter: QPainter, x: int, y: int, check: Check) -> None:
        paint_tick(painter, x, y, self.theme, ticked=check == Check.Checked)
        if check == Check.PartiallyChecked:
            painter.setPen(QPen(self.theme.accent, 2))
            painter.drawLine(x + 5, y + 8, x + 11, y + 8)

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """A click anywhere on the row ticks it, as Space does."""
        clicked = event.type() == QEvent.Type.MouseButtonRelease
        typed = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        check = index.data(Qt.ItemDataRole.CheckStateRole)
        if check is None or not (clicked or typed):
            return False
        wanted = Check.Unchecked if Check(check) == Check.Checked else Check.Checked
        return model.setData(index, wanted, Qt.ItemDataRole.CheckStateRole)
