"""A table of words and numbers that a click on a head sorts, and below it why the current cell is empty."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annotator.gui.marks import words as paint_words
from annotator.gui.parts import column
from annotator.gui.theme import Theme, font

from .why import Documents, Why

Index = QModelIndex | QPersistentModelIndex
SORT, BELOW = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
EDGE, INSIDE = 8, 3  # of a cell, and so of its head; what Qt adds to words
ROW, TALL = 26, 40  # of one line of words, and of two


class Cell(NamedTuple):
    """Words, and by what they are sorted; a second line; why it is empty or what to know about it, and which documents
    that concerns."""

    words: str
    order: object
    below: str = ""
    why: str = ""
    concerned: Callable[[], Documents] | None = None


class Cells(QAbstractTableModel):
    """Words under heads; those of numbers stand at the right."""

    def __init__(self, parent: QObject):
        super().__init__(parent)
        self.heads: list[str] = []
        self.cells: list[list[Cell]] = []
        self.right: set[int] = set()

    def put(self, heads: list[str], cells: list[list[Cell]], right: set[int]) -> None:
        self.beginResetModel()
        self.heads, self.cells, self.right = heads, cells, right
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.cells)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.heads)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole):
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section]
        return self._side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        cell = self.cells[index.row()][index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.words
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(filter(None, (cell.words, cell.below, cell.why)))
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.heads[index.column()]}: {', '.join(filter(None, (cell.words, cell.below, cell.why)))}"
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._side(index.column())
        return cell.order if role == SORT else cell.below if role == BELOW else None

    def _side(self, column_: int) -> int:
        side = Qt.AlignmentFlag.AlignTrailing if column_ in self.right else Qt.AlignmentFlag.AlignLeading
        return int((side | Qt.AlignmentFlag.AlignVCenter).value)


class Table(QTableView):
    """Sorted by a click on a head; what is undefined comes last."""

    def __init__(self, name: str, theme: Theme, *, height: int = ROW):
        super().__init__()
        self.cells, self.proxy = Cells(self), QSortFilterProxyModel(self)
        self.proxy.setSourceModel(self.cells)
        self.proxy.setSortRole(SORT)
        self.proxy.setFilterKeyColumn(-1)
        self.proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setModel(self.proxy)
        self.setAccessibleName(name)
        self.setSortingEnabled(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(height)
        self.setProperty("plain", "true")
        self.setStyleSheet(
            f"QTableView::item {{ padding: 0 {EDGE - INSIDE}px; }} QHeaderView::section {{ padding: 0 {EDGE}px; }}"
        )
        if height == TALL:
            self.setItemDelegate(TwoLines(self, theme))

    def put(self, heads: list[str], cells: list[list[Cell]], right: set[int], widths: Sequence[int]) -> None:
        same = heads == self.cells.heads
        self.cells.put(heads, cells, right)
        header = self.horizontalHeader()
        for n, width in enumerate(() if same else widths):
            self.setColumnWidth(n, width)
        header.setSectionResizeMode(len(heads) - 1, QHeaderView.ResizeMode.Stretch)

    def cell(self, index: QModelIndex) -> Cell | None:
        """What stands somewhere, as the table is sorted and filtered."""
        at = self.proxy.mapToSource(index)
        return self.cells.cells[at.row()][at.column()] if at.isValid() else None

    def as_text(self) -> str:
        """As it is sorted and filtered, lines of cells with tabs between them; second lines are columns of their own."""
        model, cells = self.proxy, self.cells
        order = [model.mapToSource(model.index(n, 0)).row() for n in range(model.rowCount())]
        two = {n for n in range(len(cells.heads)) if any(row[n].below for row in cells.cells)}
        interval = self.tr("95% interval")
        rows = [[words for n, head in enumerate(cells.heads) for words in ((head, interval) if n in two else (head,))]]
        for at in order:
            row = enumerate(cells.cells[at])
            rows.append(
                [words for n, cell in row for words in ((cell.words, cell.below) if n in two else (cell.words,))]
            )
        return "".join("\t".join(" ".join(words.split()) for words in row) + "\n" for row in rows)


class TwoLines(QStyledItemDelegate):
    """Cells with a second, quieter line below the first."""

    def __init__(self, table: Table, theme: Theme):
        super().__init__(table)
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        below = index.data(BELOW)
        if not below:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        words, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        inside = option.rect.adjusted(EDGE, 0, -EDGE, 0)
        first = QFontMetrics(font("body")).height()
        second = QFontMetrics(font("tiny")).height()
        top = inside.top() + (inside.height() - first - second) // 2
        align = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        theme, line = self.theme, QRect(inside.left(), top, inside.width(), first)
        paint_words(painter, line, words, role="body", colour=theme.text, align=align)
        line = QRect(inside.left(), top + first, inside.width(), second)
        paint_words(painter, line, below, role="tiny", colour=theme.muted, align=align)


class ToldTable(QWidget):
    """A table, and below it why its current cell is empty, with the documents that concerns."""

    open_wanted = Signal(str)  # the id of a document

    def __init__(self, name: str, theme: Theme, *, height: int = ROW):
        super().__init__()
        self.table, self.why = Table(name, theme, height=height), Why(theme)
        self.why.open_wanted.connect(self.open_wanted)
        whole = column(self.table, self.why, gap=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.table.selectionModel().currentChanged.connect(self._tell)
        self.table.cells.modelReset.connect(self._tell)

    def _tell(self, *_: object) -> None:
        cell = self.table.cell(self.table.currentIndex())
        if cell is None or not cell.why:
            self.why.say("", [])
            return
        row = self.table.cells.cells[self.table.proxy.mapToSource(self.table.currentIndex()).row()]
        head = self.table.cells.heads[self.table.proxy.mapToSource(self.table.currentIndex()).column()]
        words = self.tr("{row}, {column}: {why}.").format(row=row[0].words, column=head, why=cell.why)
        self.why.say(words, cell.concerned() if cell.concerned else [])


def in_order(value: float | None) -> float:
    """By what a number is sorted: what is undefined comes last."""
    return 9.0 if value is None else value
