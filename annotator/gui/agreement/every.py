"""The tables behind the figures: agreement on attributes, and every number with its reason."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from annotator.agreement.words import number
from annotator.gui.parts import column, label, row, search_field
from annotator.gui.theme import Theme

from .figure_words import say
from .saying import in_words, said, title

if TYPE_CHECKING:
    from annotator.agreement.advice import Advice
    from annotator.agreement.report import Row

    from .computing import Numbers

Index = QModelIndex | QPersistentModelIndex
SORT = Qt.ItemDataRole.UserRole
Cell = tuple[str, object]  # words, and by what they are sorted


def _tr(text: str) -> str:
    return QCoreApplication.translate("agreement", text)


class Cells(QAbstractTableModel):
    """Words under heads; those of numbers stand at the right."""

    def __init__(self):
        super().__init__()
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
        self.cells, self.proxy = Cells(), QSortFilterProxyModel()
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


class AttributesPage(QWidget):
    """Agreement on attributes, given that coders marked the same words with one code."""

    def __init__(self, theme: Theme):
        super().__init__()
        self.table = Table(self.tr("Attributes"))
        self.nothing = label(self.tr("The codebook asks for no attributes."), "body", "muted")
        words = self.tr(
            "Places that two coders or more marked with one code. What was not filled in is no value: it counts for the "
            "share that is filled in, and not for alpha."
        )
        whole = column(label(words, "small", "muted", wrap=True), 4, self.nothing, self.table, gap=4)
        whole.setStretch(3, 1)
        self.setLayout(whole)

    def show_numbers(self, numbers: "Numbers") -> None:
        levels = {
            "nominal": _tr("nominal"),
            "ordinal": _tr("ordinal"),
            "interval": _tr("interval"),
            "sets": _tr("sets, MASI"),
        }
        cells: list[list[Cell]] = [
            [
                (one.name, one.name.casefold()),
                (levels[one.level], levels[one.level]),
                (f"{one.places:,}", one.places),
                (f"{one.units:,}", one.units),
                _share(one.filled),
                _share(one.percent),
                (number(one.alpha), _sorted(one.alpha)),
                (said(one.reason), one.reason),
            ]
            for one in numbers.result.attributes
        ]
        heads = [
            self.tr("Attribute"),
            self.tr("Measured as"),
            self.tr("Places"),
            self.tr("With two values"),
            self.tr("Filled in"),
            self.tr("Percent"),
            self.tr("Alpha"),
            self.tr("Note"),
        ]
        self.table.put(heads, cells, {2, 3, 4, 5, 6}, (190, 110, 80, 120, 80, 80, 70, 200))
        self.table.setVisible(bool(cells))
        self.nothing.setVisible(not cells)


class NumbersPage(QWidget):
    """What to be careful about, and every number: of all codes and each, of all coders and each pair."""

    def __init__(self, theme: Theme):
        super().__init__()
        self.advice = label("", "small", wrap=True)
        self.cautions = label("", "small", "muted", wrap=True)
        self.filter = search_field(self.tr("Filter numbers"), theme)
        self.filter.setFixedWidth(280)
        self.counted = label("", "small", "muted")
        self.table = Table(self.tr("Every number"))
        self.filter.textChanged.connect(self._filter)
        whole = column(self.advice, self.cautions, row(self.filter, None, self.counted), self.table, gap=6)
        whole.setStretch(3, 1)
        self.setLayout(whole)

    def show_numbers(self, numbers: "Numbers") -> None:
        rows = [*numbers.result.rows, *(numbers.family.rows if numbers.family else ())]
        whole = len(numbers.coders)
        cells = [self._cells(one, whole, numbers) for one in dict.fromkeys(rows)]
        heads = [
            self.tr("Code"),
            self.tr("Coders"),
            self.tr("Measure"),
            self.tr("Unit"),
            self.tr("Value"),
            self.tr("Lower"),
            self.tr("Upper"),
            "n",
            self.tr("Documents"),
            self.tr("Note"),
        ]
        self.table.put(heads, cells, {4, 5, 6, 7, 8}, (150, 150, 240, 80, 64, 64, 64, 84, 90, 200))
        self._advise(numbers.study.advice)
        self._filter(self.filter.text())

    def _cells(self, one: "Row", whole: int, numbers: "Numbers") -> list[Cell]:
        every = len(one.coders) == whole
        who = _tr("all") if every else ", ".join(one.coders)
        code = say("All codes") if one.code is None else one.code
        order = -1 if one.code is None else numbers.study.codes.index(one.code)
        measure = title(one.measure, one.variant)
        return [
            (code, order),
            (who, (0 if every else len(one.coders)) * 1000 + sum(map(numbers.coders.index, one.coders))),
            (measure, measure),
            (in_words(one.unit), one.unit),
            (number(one.value), _sorted(one.value)),
            ("" if one.low is None else number(one.low), _sorted(one.low)),
            ("" if one.high is None else number(one.high), _sorted(one.high)),
            (f"{one.n:,}", one.n),
            (f"{one.documents:,}", one.documents),
            (said(one.reason), one.reason),
        ]

    def _advise(self, advice: "Advice") -> None:
        self.advice.setText(" ".join(said(words) for words in advice.why))
        self.cautions.setText("\n".join(f"• {said(words)}" for words in advice.warnings))
        self.cautions.setVisible(bool(advice.warnings))

    def _filter(self, typed: str) -> None:
        self.table.proxy.setFilterFixedString(typed.strip())
        shown, total = self.table.proxy.rowCount(), self.table.cells.rowCount()
        words = self.tr("{shown} of {total} numbers") if shown < total else self.tr("{total} numbers")
        self.counted.setText(words.format(shown=f"{shown:,}", total=f"{total:,}"))


def _share(value: float | None) -> Cell:
    return ("–" if value is None else f"{100 * value:.0f}%"), _sorted(value)


def _sorted(value: float | None) -> float:
    return 9.0 if value is None else value
