"""The table of progress: one row an assignment. Shows plain values, and emits which row is to be opened."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QDate,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from annotator.gui.marks import state_ring
from annotator.gui.marks import words as draw_words
from annotator.gui.mirror import turn_over
from annotator.gui.theme import Theme, font
from annotator.gui.words import time_words
from annotator.progress import Row

DOCUMENT, CODER, ROUND, STATE, ANNOTATIONS, TIME, LAST = range(7)
HEIGHT = 28  # px of a row
WIDTHS = {CODER: 112, ROUND: 112, STATE: 176, ANNOTATIONS: 104, TIME: 88, LAST: 128}
NARROW = {CODER: 80, ROUND: 88, STATE: 168, ANNOTATIONS: 96, TIME: 80, LAST: 112}
ROOMY = 840  # px from which the columns have their usual widths
NONE = "–"
ROW = Qt.ItemDataRole.UserRole
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
STATES = ("to do", "in progress", "done")
Index = QModelIndex | QPersistentModelIndex


def _tr(words: str) -> str:
    return QCoreApplication.translate("progress", words)


def state_words(row: Row) -> str:
    """How far a document is."""
    if row.is_empty:
        return _tr("Done, nothing found")
    return {"to do": _tr("To do"), "in progress": _tr("In progress"), "done": _tr("Done")}[row.state]


def day_words(at: str, *, whole: bool = False) -> str:
    """When something was, by the clock on this wall: of today the hour, else the day; `whole` tells both."""
    if not at:
        return NONE
    then = datetime.fromisoformat(at).astimezone()
    day = QLocale().toString(QDate(then.year, then.month, then.day), "d MMM yyyy")
    if whole:
        return f"{day}, {then:%H:%M}"
    return _tr("today, {hour}").format(hour=f"{then:%H:%M}") if then.date() == date.today() else day


def spent(seconds: int) -> str:
    """How long; a dash where nothing was measured."""
    return time_words(seconds) if seconds else NONE


def cells(row: Row) -> tuple[str, ...]:
    """A row as it is read, column by column."""
    counts = f"{row.annotations:,}", spent(row.seconds), day_words(row.last)
    return row.title, row.name, row.round_name, state_words(row), *counts


def heads() -> tuple[str, ...]:
    return (
        _tr("Document"),
        _tr("Coder"),
        _tr("Round"),
        _tr("State"),
        _tr("Annotations"),
        _tr("Time"),
        _tr("Last worked on"),
    )


ORDERS: dict[int, tuple[Callable[[Row], Any], bool]] = {  # column -> by what, and whether the largest comes first
    DOCUMENT: (lambda row: row.title.casefold(), False),
    CODER: (lambda row: row.name.casefold(), False),
    STATE: (lambda row: (STATES.index(row.state), row.is_empty), False),
    ANNOTATIONS: (lambda row: row.annotations, True),
    TIME: (lambda row: row.seconds, True),
    LAST: (lambda row: row.last, True),
}


class Rows(QAbstractTableModel):
    """The rows in sight, in the order that was chosen."""

    def __init__(self, parent: QObject):
        super().__init__(parent)
        self.rows: list[Row] = []

    def put(self, rows: Sequence[Row]) -> None:
        """The same documents in the same order keep the place; others begin anew."""
        same = [_place(row) for row in rows] == [_place(row) for row in self.rows]
        if not same:
            self.beginResetModel()
        changed = [n for n, (new, old) in enumerate(zip(rows, self.rows, strict=False)) if new != old] if same else []
        self.rows = list(rows)
        if not same:
            self.endResetModel()
        for n in changed:
            self.dataChanged.emit(self.index(n, 0), self.index(n, LAST))

    def line_of(self, row: Row | None) -> int:
        """The line of an assignment, -1 if it is not shown."""
        return next((n for n, one in enumerate(self.rows) if row and _place(one) == _place(row)), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return LAST + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal:
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                return heads()[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT if section in (ANNOTATIONS, TIME) else LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, place = self.rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.UserRole:
                return row
            case Qt.ItemDataRole.DisplayRole:
                return cells(row)[place]
            case Qt.ItemDataRole.AccessibleTextRole:
                said = cells(row)[place]
                return _tr("not measured") if place == TIME and said == NONE else said
            case Qt.ItemDataRole.ToolTipRole:
                return {DOCUMENT: row.title, LAST: day_words(row.last, whole=True)}.get(place)
        return None


def _place(row: Row) -> tuple[str, str, str]:
    return row.document, row.coder, row.round


class CellPainter(QStyledItemDelegate):
    """Draws the cells of a row; the table draws the ground."""

    def __init__(self, theme: Theme, view: "ProgressTable"):
        super().__init__(view)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, place, row = self.theme, index.column(), index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        turn_over(painter, option.rect)
        area = QRect(option.rect).adjusted(8, 0, -8, 0)
        said = str(index.data())
        if place == STATE:
            ring = area.left(), area.center().y() - 6.5
            state_ring(painter, *ring, row.state, 0.0, theme, nothing=row.is_empty)
            draw_words(painter, area.adjusted(22, 0, 0, 0), said, role="body", colour=theme.text)
        else:
            is_quiet = place in (ROUND, LAST) or said in (NONE, "0")
            colour = theme.muted if is_quiet else theme.text
            align = RIGHT if place in (ANNOTATIONS, TIME) else Qt.AlignmentFlag.AlignVCenter
            draw_words(painter, area, said, role="body", colour=colour, align=align)
        painter.restore()


class ProgressTable(QTreeView):
    """Rows are walked by the arrows; Enter and a double click open one."""

    open_wanted = Signal(object)  # Row
    copy_wanted = Signal()

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme, self.rows = theme, Rows(self)
        self._coders = self._rounds = True
        self.setModel(self.rows)
        self.setAccessibleName(_tr("Documents by coder"))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setItemsExpandable(False)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(CellPainter(theme, self))
        self.doubleClicked.connect(lambda index: self.open_wanted.emit(index.data(ROW)))
        head = self.header()
        head.setFont(font("small"))
        head.setStretchLastSection(False)
        head.setSectionsMovable(False)
        head.setSectionsClickable(True)
        head.setMinimumSectionSize(48)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(DOCUMENT, QHeaderView.ResizeMode.Stretch)

    def show_rows(self, rows: Sequence[Row], *, coders: bool, rounds: bool) -> None:
        """Shows these; whether whose they are, and in which round, is worth a column. The current row stays current."""
        current = self.currentIndex().data(ROW) if self.currentIndex().isValid() else None
        self.rows.put(rows)
        self._coders, self._rounds = coders, rounds
        self._arrange(self.viewport().width())
        line = self.rows.line_of(current)
        if rows and not self.currentIndex().isValid():
            self.setCurrentIndex(self.rows.index(max(0, line), 0))

    def as_text(self) -> str:
        """The table as it is shown, and what had no room, as lines of cells with tabs between them."""
        shown = [n for n in range(LAST + 1) if n == LAST or not self.isColumnHidden(n)]
        lines = [heads(), *map(cells, self.rows.rows)]
        return "".join("\t".join(" ".join(line[n].split()) for n in shown) + "\n" for line in lines)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground of a row in one piece; the style's own stays away."""
        theme, focused = self.theme, self.hasFocus()
        if index.row() == self.currentIndex().row():
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.accent, 1) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent_soft if focused else theme.selected)
            area = QRectF(option.rect)
            area.setLeft(0)
            area.setRight(self.viewport().width())
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            painter.restore()
        option.state &= ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus)
        super().drawRow(painter, option, index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.open_wanted.emit(self.currentIndex().data(ROW))
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _arrange(self, width: int) -> None:
        """The titles need what room there is more than all that can be told otherwise."""
        is_narrow = width < ROOMY
        for column, wide in (NARROW if is_narrow else WIDTHS).items():
            self.header().resizeSection(column, wide)
        self.setColumnHidden(CODER, not self._coders)
        self.setColumnHidden(ROUND, not self._rounds)
        self.setColumnHidden(LAST, is_narrow and self._coders and self._rounds)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange(event.size().width())
        super().resizeEvent(event)
