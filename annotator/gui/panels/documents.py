"""Documents of this person, by round, in the order of the assignment. Shows plain values and emits what was wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.gui.icons import paint_icon
from annotator.gui.marks import Progress, State, state_ring, words
from annotator.gui.mirror import back_key, turn_over
from annotator.gui.parts import Elided, box, column, elided, label, row, rule, search_field
from annotator.gui.theme import Theme
from annotator.gui.words import date_words
from annotator.model import Document, Round

ENTRY = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
Place = tuple[str, str | None]  # document id, round id


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in a round. `share` is how much of it is coded, 0 to 1, and counts while it is in progress."""

    document: Document
    round: Round | None = None
    state: State = "to do"
    share: float = 0.0
    nothing: bool = False  # done, and nothing was found
    others: int = 0  # of what others were handed: how many they are; `share` are those who are done

    @property
    def place(self) -> Place:
        return self.document.id, self.round.id if self.round else None

    @property
    def second(self) -> str:
        """The words under the title: date and speaker, or at least the name of the file."""
        details = self.document.details
        known = [date_words(str(details.get("date", ""))), str(details.get("speaker", ""))]
        return " · ".join(filter(None, known)) or self.document.filename

    def has(self, typed: Sequence[str]) -> bool:
        """Whether all typed words, in lower case, are in the title, the speaker or the file name."""
        document = self.document
        found = f"{document.title}\n{document.details.get('speaker', '')}\n{document.filename}".casefold()
        return all(word in found for word in typed)


@dataclass(frozen=True, slots=True)
class DocumentGroup:
    """Rows under one head: a round, or documents that were not handed out."""

    name: str
    rows: tuple[DocumentRow, ...]
    round: Round | None = None

    @property
    def key(self) -> str:
        return self.round.id if self.round else self.name

    @property
    def done(self) -> int:
        return sum(row.state == "done" for row in self.rows)


Entry = DocumentGroup | DocumentRow


class Entries(QAbstractListModel):
    """Heads and the rows of those that are unfolded, one after the other."""

    HEAD, ROW = QSize(100, 32), QSize(100, 48)

    def __init__(self, parent: QObject):
        super().__init__(parent)
        self.entries: list[Entry] = []

    def put(self, entries: list[Entry]) -> None:
        """Shows these; when they are the same documents in the same order, only paints anew what changed."""
        if list(map(_key, entries)) == list(map(_key, self.entries)):
            changed = [n for n, (new, old) in enumerate(zip(entries, self.entries, strict=True)) if new != old]
            self.entries = entries
            for line in changed:
                self.dataChanged.emit(self.index(line), self.index(line))
            return
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def place_of(self, key: Place | str | None) -> int:
        """The line of a document or a head, -1 if it is not shown."""
        return next((n for n, entry in enumerate(self.entries) if _key(entry) == key), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entries[index.row()]
        match role:
            case Qt.ItemDataRole.UserRole:
                return entry
            case Qt.ItemDataRole.SizeHintRole:
                return self.HEAD if isinstance(entry, DocumentGroup) else self.ROW
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return self._spoken(entry, tip=role == Qt.ItemDataRole.ToolTipRole)
        return None

    def _spoken(self, entry: Entry, *, tip: bool) -> str:
        if isinstance(entry, DocumentGroup):
            return "" if tip else f"{entry.name}, {_counted(entry)}"
        state = _state_words(entry) if entry.round else ""
        return ("\n" if tip else ", ").join(filter(None, (entry.document.title, entry.second, state)))


def _key(entry: Entry) -> Place | str:
    return entry.key if isinstance(entry, DocumentGroup) else entry.place


def _tr(text: str) -> str:
    return QCoreApplication.translate("DocumentsPanel", text)


def _state_words(row: DocumentRow) -> str:
    if row.nothing:
        return _tr("Done, nothing found")
    if row.others > 1 and row.state == "in progress":
        return _tr("{done} of {count} done").format(done=round(row.share * row.others), count=row.others)
    if row.state == "in progress" and row.share:
        return _tr("In progress, {percent} %").format(percent=max(1, round(100 * row.share)))
    return {"to do": _tr("To do"), "in progress": _tr("In progress"), "done": _tr("Done")}[row.state]


def _counted(group: DocumentGroup) -> str:
    if not group.round:
        return str(len(group.rows))
    return _tr("{done} of {count}").format(done=group.done, count=len(group.rows))


class EntryPainter(QStyledItemDelegate):
    """Draws a head or a row. `open` is the document in the text; the line that the keys walk is lit with the focus."""

    def __init__(self, theme: Theme, view: "DocumentList"):
        super().__init__(view)
        self.theme, self.view = theme, view
        self.open: Place | None = None
        self.folded: set[str] = set()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return index.data(Qt.ItemDataRole.SizeHintRole)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        turn_over(painter, option.rect)
        entry = index.data(ENTRY)
        walked = self.view.hasFocus() and index == self.view.currentIndex()
        self._ground(painter, option, entry, walked=walked)
        if isinstance(entry, DocumentGroup):
            self._head(painter, option, entry)
        else:
            self._document(painter, option, entry)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, entry: Entry, *, walked: bool) -> None:
        theme = self.theme
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        is_open = isinstance(entry, DocumentRow) and entry.place == self.open
        ground = theme.accent_soft if walked else theme.selected if is_open else theme.hover if over else None
        if ground:
            painter.setPen(QPen(theme.accent, 1) if walked else Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(QRectF(option.rect).adjusted(8.5, 0.5, -8.5, -0.5), 6, 6)

    def _head(self, painter: QPainter, option: QStyleOptionViewItem, group: DocumentGroup) -> None:
        theme, area = self.theme, option.rect
        arrow = "right" if group.key in self.folded else "down"
        paint_icon(painter, arrow, QRectF(area.left() + 11, area.center().y() - 5, 12, 12), theme.muted)
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        counted = area.adjusted(0, 0, -16, 0)
        width = words(painter, counted, _counted(group), role="small", colour=theme.muted, align=right)
        words(painter, area.adjusted(32, 0, -24 - width, 0), group.name, role="small_strong", colour=theme.muted)

    def _document(self, painter: QPainter, option: QStyleOptionViewItem, data: DocumentRow) -> None:
        theme, area = self.theme, option.rect
        if data.round:
            state_ring(painter, area.left() + 16, area.top() + 8, data.state, data.share, theme, nothing=data.nothing)
        lines = area.adjusted(40, 5, -16, -5)
        top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        strong = data.state != "done" or data.place == self.open
        words(painter, lines, data.second, role="small", colour=theme.muted, align=bottom)
        colour = theme.text if strong else theme.muted
        words(painter, lines, data.document.title, role="body", colour=colour, align=top)


class DocumentList(QListView):
    """The list under the filter. A click never takes the focus from the text; Tab and F6 do."""

    entered_line = Signal(QModelIndex)  # Enter, or a click
    fold_wanted = Signal(QModelIndex, bool)
    typed = Signal(str)
    left = Signal()
    menu_wanted = Signal(QModelIndex, QPoint)

    def __init__(self):
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(16)
        self.clicked.connect(self.entered_line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, key = self.currentIndex(), event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_line.emit(index)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.fold_wanted.emit(index, key == back_key(self))
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.text().isprintable() and event.text().strip() and _is_plain(event):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            where = self.viewport().mapToGlobal(self.visualRect(index).center())
        if index.isValid():
            self.menu_wanted.emit(index, where)


def _is_plain(event: QKeyEvent) -> bool:
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return held == Qt.KeyboardModifier.NoModifier


class DocumentsPanel(QWidget):
    """The left panel: filter, documents by round, progress of all."""

    chosen = Signal(str, object)  # document id, round id or None
    menu_wanted = Signal(str, object, QPoint)  # document id, round id or None, place on the screen
    files_dropped = Signal(list)  # list[Path]
    done = Signal()  # Esc: the focus goes back to the text

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme = theme
        self._groups: tuple[DocumentGroup, ...] = ()
        self._empty = ""
        self.setProperty("ground", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.setMinimumWidth(176)
        self.setAccessibleName(self.tr("Documents"))
        self._build()
        self.show_rows(())

    def _build(self) -> None:
        self.filter = search_field(self.tr("Filter documents"), self.theme)
        self.entries, self.list = Entries(self), DocumentList()
        self.list.setModel(self.entries)
        self.painter = EntryPainter(self.theme, self.list)
        self.list.setItemDelegate(self.painter)
        self.list.setAccessibleName(self.tr("Documents"))
        self.nothing = label("", "small", "muted", wrap=True)
        self.nothing.setContentsMargins(16, 8, 16, 0)
        self.which: Elided = elided("", "small", "muted")
        self.counted, self.progress = label("", "small", "muted"), Progress(0, self.theme)
        foot = column(row(self.which, None, self.counted), self.progress, gap=8, margins=(16, 10, 16, 14))
        self.foot = box(column(rule(), foot, gap=0))
        head = row(self.filter, margins=(8, 8, 8, 8))
        self.setLayout(column(head, self.nothing, self.list, self.foot, gap=0))
        self.target = QFrame(self)
        self.target.setProperty("card", "drop")
        self.target.hide()
        self.setFocusProxy(self.list)
        self.filter.textChanged.connect(self._filter)
        self.filter.returnPressed.connect(self._choose_first)
        self.list.entered_line.connect(self._enter)
        self.list.fold_wanted.connect(self._fold)
        self.list.typed.connect(self._type)
        self.list.left.connect(self._leave)
        self.list.menu_wanted.connect(self._menu)

    def show_rows(self, groups: Sequence[DocumentGroup], *, empty: str = "") -> None:
        """Shows these documents. `empty` says what is so and what to do when there are none; the default is for one who
        may import. Scroll place, fold, filter and cursor stay. A round that is done is folded when first seen."""
        known = {group.key for group in self._groups}
        self.painter.folded |= {
            group.key
            for group in groups
            if group.key not in known and group.rows and group.done == len(group.rows) and not self._holds_open(group)
        }
        self._groups, self._empty = tuple(groups), empty or self.tr("Drop files here, or Ctrl+I.")
        rows = [one for group in self._groups if group.round for one in group.rows]
        done = sum(one.state == "done" for one in rows)
        rounds = [group.name for group in self._groups if group.round]
        self.foot.setVisible(bool(rows))
        self.which.setText(rounds[0] if len(rounds) == 1 else self.tr("All rounds"))
        self.counted.setText(self.tr("{done} of {count} done").format(done=done, count=len(rows)))
        self.progress.set_share(done / len(rows) if rows else 0)
        self._fill()

    def set_current(self, document_id: str | None, round_id: str | None = None) -> None:
        """Marks the document that is open. When it is another than before, its round is unfolded and it is brought into
        sight. Emits nothing."""
        place = None if document_id is None else (document_id, round_id)
        if place == self.painter.open:
            return
        self.painter.open = place
        folded = {group.key for group in self._groups if self._holds_open(group)} & self.painter.folded
        if folded:
            self.painter.folded -= folded
            self._fill()
        line = self.entries.place_of(place)
        if line >= 0:
            self.list.setCurrentIndex(self.entries.index(line))
            self.list.scrollTo(self.entries.index(line))
        self.list.viewport().update()

    def _holds_open(self, group: DocumentGroup) -> bool:
        return self.painter.open is not None and any(one.place == self.painter.open for one in group.rows)

    def _fill(self) -> None:
        typed = self.filter.text().casefold().split()
        entries: list[Entry] = []
        for group in self._groups:
            rows = [one for one in group.rows if one.has(typed)] if typed else group.rows
            if rows or not typed:
                entries.append(group)
            if typed or group.key not in self.painter.folded:
                entries += rows
        self._put(entries)
        none_at_all = not any(group.rows for group in self._groups)
        none_found = bool(typed) and not any(isinstance(entry, DocumentRow) for entry in entries)
        no_match = self.tr("No document has “{typed}” in its title, speaker or file name.")
        self.nothing.setText(self._empty if none_at_all else no_match.format(typed=self.filter.text().strip()))
        self.nothing.setVisible(none_at_all or none_found)

    def _put(self, entries: list[Entry]) -> None:
        before = self.list.currentIndex().data(ENTRY) if self.list.currentIndex().isValid() else None
        scrolled = self.list.verticalScrollBar().value()
        self.entries.put(entries)
        line = self.entries.place_of(_key(before)) if before else -1
        if line < 0:
            line = self.entries.place_of(self.painter.open)
        if line >= 0 and line != self.list.currentIndex().row():
            self.list.setCurrentIndex(self.entries.index(line))
        self.list.verticalScrollBar().setValue(scrolled)

    def _filter(self) -> None:
        self._fill()
        self.list.scrollToTop()

    def _enter(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY)
        if isinstance(entry, DocumentGroup):
            self._fold(index, entry.key not in self.painter.folded)
        elif entry:
            self.chosen.emit(*entry.place)

    def _choose_first(self) -> None:
        found = next((entry for entry in self.entries.entries if isinstance(entry, DocumentRow)), None)
        if found and self.filter.text().strip():
            self.chosen.emit(*found.place)

    def _fold(self, index: QModelIndex, folded: bool) -> None:
        """Folds the group of a line; from a row the cursor goes up to its head."""
        entry = index.data(ENTRY)
        lines = range(index.row(), -1, -1)
        head = next((n for n in lines if isinstance(self.entries.entries[n], DocumentGroup)), -1)
        if head < 0 or not isinstance(entry, DocumentGroup | DocumentRow):
            return
        self.list.setCurrentIndex(self.entries.index(head) if folded else index)
        key = _key(self.entries.entries[head])
        (self.painter.folded.add if folded else self.painter.folded.discard)(str(key))
        self._fill()

    def _type(self, text: str) -> None:
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filter.insert(text)

    def _leave(self) -> None:
        if self.filter.text():
            self.filter.clear()
        else:
            self.done.emit()

    def _menu(self, index: QModelIndex, where: QPoint) -> None:
        entry = index.data(ENTRY)
        if isinstance(entry, DocumentRow):
            self.menu_wanted.emit(*entry.place, where)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the filter passes on: Esc when it is empty, and Down into the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit()
        elif event.key() == Qt.Key.Key_Down and self.entries.rowCount():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.target.setGeometry(self.rect().adjusted(4, 4, -4, -4))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self.target.raise_()
            self.target.show()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.target.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self.target.hide()
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.files_dropped.emit(paths)
