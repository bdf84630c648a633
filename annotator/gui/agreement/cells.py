"""A table of words and numbers that a click on a head sorts."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

Index = QModelIndex | QPersistentModelIndex
SORT = Qt.ItemDataRole.UserRole
Cell = tuple[str, object]  # words, and by what they are sorted


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
        words, value = self.cells[index.row()][index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.heads[index.column()]}: {words}"
        if role == SORT:
            return value
        return self._side(index.column()) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _side(self, column_: int) -> int:
        side = Qt.AlignmentFlag.AlignTrailing if column_ in self.right else Qt.AlignmentFlag.AlignLeading
        return int((side | Qt.AlignmentFlag.AlignVCenter).value)


class Table(QTableView):
    """Sorted by a click on a head; what is undefined comes last."""

    def __init__(self, name: str):
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
        self.verticalHeader().setDefaultSectionSize(26)
        self.setProperty("plain", "true")

    def put(self, heads: list[str], cells: list[list[Cell]], right: set[int], widths: Sequence[int]) -> None:
        same = heads == self.cells.heads
        self.cells.put(heads, cells, right)
        header = self.horizontalHeader()
        for n, width in enumerate(() if same else widths):
            self.setColumnWidth(n, width)
        header.setSectionResizeMode(len(heads) - 1, QHeaderView.ResizeMode.Stretch)


def in_order(value: float | None) -> float:
    """By what a number is sorted: what is undefined comes last."""
    return 9.0 if value is None else value
