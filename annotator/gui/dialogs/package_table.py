"""The table of files that came, or would: one row each, walked by the arrows. And what is to be said of one of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from annotator.fieldwork.bringing import Arrival
from annotator.gui.dialogs.package_words import annotations_words, documents_words, said, steps_words
from annotator.gui.dialogs.unseal import is_shut
from annotator.gui.marks import words as draw_words
from annotator.gui.messages import words_of
from annotator.gui.mirror import turn_over
from annotator.gui.theme import Theme, font
from annotator.packages import Receipt

HEIGHT = 28  # px of a row
NONE = "–"
LEAST = 152  # px of the column of files
FEW = 5  # orphans that are told one by one
ROW = Qt.ItemDataRole.UserRole
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
Index = QModelIndex | QPersistentModelIndex


def _tr(words: str) -> str:
    return QCoreApplication.translate("packages", words)


def gaps(receipt: Receipt) -> int:
    """How many stretches are missing in the chains of its devices."""
    return sum(one.key == "log.gap" for one in receipt.problems)


def waits(receipt: Receipt) -> bool:
    """Whether somebody should look at what it brought."""
    return bool(receipt.contested or receipt.orphans or receipt.barred)


def becomes(one: Arrival) -> str:
    """What would become of a file."""
    if one.is_waiting_for_trust:
        return _tr("Waits for trust")
    if is_shut(one.failure):
        return _tr("Sealed")
    if one.receipt is None:
        return _tr("Not taken in")
    return _tr("Would come in") if one.receipt.new else _tr("Nothing new")


def became(one: Arrival) -> str:
    """What became of it."""
    return _tr("Came in") if one.receipt and one.receipt.new else becomes(one)


def _from(one: Arrival) -> str:
    return _tr("A whole copy") if one.kind == "copy" else one.sender or NONE


def _when(one: Arrival) -> str:
    return f"{datetime.fromisoformat(one.receipt.at).astimezone():%Y-%m-%d %H:%M}" if one.receipt else NONE


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, its px (0 takes what is left), what stands in it. Of numbers those that somebody should look at
    are set off unless they are 0."""

    words: str
    width: int
    cell: Callable[[Arrival], str]
    number: Callable[[Receipt], int] | None = None
    is_trouble: bool = False
    is_right: bool = False


def _number(words: str, width: int, of: Callable[[Receipt], int], *, trouble: bool = False) -> Column:
    return Column(words, width, lambda one: f"{of(one.receipt):,}" if one.receipt else NONE, of, trouble, True)


def columns(state: Callable[[Arrival], str], *, receipts: bool) -> list[Column]:
    """The columns of a preview, or of what came in before: a receipt keeps counts and nothing of the chains."""
    counts = [
        _number(_tr("New"), 48, lambda receipt: receipt.new),
        _number(_tr("Known"), 56, lambda receipt: receipt.known),
        _number(_tr("Changed"), 56, lambda receipt: receipt.changed),
        _number(_tr("Contested"), 56, lambda receipt: receipt.contested, trouble=True),
        _number(_tr("Orphans"), 56, lambda receipt: receipt.orphans, trouble=True),
        _number(_tr("Not permitted"), 56, lambda receipt: receipt.barred, trouble=True),
    ]
    file, sender = Column(_tr("File"), 0, lambda one: one.path.name), Column(_tr("From"), 104, _from)
    if receipts:
        return [Column(_tr("When"), 136, _when), file, sender, *counts]
    version = Column(_tr("Codebook"), 64, lambda one: str(one.codebook) if one.codebook else NONE, is_right=True)
    missing = _number(_tr("Gaps"), 48, gaps, trouble=True)
    return [file, sender, Column(_tr("State"), 120, state), *counts[:5], missing, counts[5], version]


def told(one: Arrival, titles: Mapping[str, str], newest: int | None) -> list[tuple[str, str]]:
    """What is to be said of a file, a sentence each, with its tone. `titles` are of documents, `newest` is the number of the
    newest codebook version here."""
    found = [(said(one.failure), "danger")] if one.failure else []
    found += [(_tr("Check word: {word}").format(word=one.word), "")] if one.word else []
    if one.counts:
        holds = (
            documents_words(one.counts),
            annotations_words(one.counts.get("annotations", 0)),
            steps_words(one.counts.get("revisions", 0)),
        )
        found.append((_tr("It holds {parts}.").format(parts=" · ".join(holds)), ""))
    if one.key:
        words = _tr("Signed on a machine of {who} whose key has the words {words}.")
        found.append((words.format(who=one.sender, words=one.key), ""))
    if one.codebook and newest and one.codebook < newest and one.failure is None:
        words = _tr("It was coded with version {old} of the codebook; the newest here is {newest}.")
        found.append((words.format(old=one.codebook, newest=newest), ""))
    found += [(said(note), "") for note in one.notes]
    return [*found, *((words, "warning") for words in _troubles(one.receipt, titles))] if one.receipt else found


def _troubles(receipt: Receipt, titles: Mapping[str, str]) -> list[str]:
    found = [words_of(problem) for problem in receipt.problems]
    if receipt.contested:
        one = _tr("1 thing was changed in two places. Both versions are kept until somebody decides.")
        more = _tr("{count} things were changed in two places. Both versions are kept until somebody decides.")
        found.append(one if receipt.contested == 1 else more.format(count=receipt.contested))
    for lost in receipt.lost[:FEW]:
        words = _tr("“{quote}” is not at its place in {title}, and is not shown until somebody says where it is.")
        found.append(words.format(quote=" … ".join(lost.quotes), title=titles.get(lost.document, NONE)))
    if receipt.orphans > len(receipt.lost[:FEW]):
        alone = _tr("1 annotation quotes words that are not at their place.")
        more = _tr("{count} annotations quote words that are not at their place.")
        found.append(alone if receipt.orphans == 1 else more.format(count=receipt.orphans))
    if receipt.barred:
        alone = _tr("1 step was made by somebody who had no right to. It is kept, and counts nowhere.")
        more = _tr("{count} steps were made by somebody who had no right to. They are kept, and count nowhere.")
        found.append(alone if receipt.barred == 1 else more.format(count=receipt.barred))
    return found


class _Rows(QAbstractTableModel):
    def __init__(self, columns: Sequence[Column], parent: QObject):
        super().__init__(parent)
        self.columns, self.rows = columns, list[Arrival]()

    def put(self, rows: Sequence[Arrival]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal:
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                return self.columns[section].words
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT if self.columns[section].is_right else LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        one, column = self.rows[index.row()], self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.UserRole:
                return one
            case Qt.ItemDataRole.DisplayRole:
                return column.cell(one)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{column.words}: {column.cell(one)}"
            case Qt.ItemDataRole.ToolTipRole:
                return str(one.path) if column.width == 0 else None
        return None


class _CellPainter(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: "PackageTable"):
        super().__init__(view)
        self.theme, self.view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        column, one = self.view.columns[index.column()], index.data(ROW)
        count = column.number(one.receipt) if column.number and one.receipt else 0
        is_quiet = bool(column.number) and not count
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        turn_over(painter, option.rect)
        draw_words(
            painter,
            QRect(option.rect).adjusted(8, 0, -8, 0),
            str(index.data()),
            role="heading" if column.is_trouble and count else "body",
            colour=self.theme.muted if is_quiet else self.theme.text,
            align=RIGHT if column.is_right else LEFT,
        )
        painter.restore()


class PackageTable(QTreeView):
    """One row a file. Shows plain values."""

    def __init__(self, theme: Theme, *, receipts: bool = False):
        super().__init__()
        self.taken = False  # whether this is what came, and not what would come
        self.theme, self.columns = theme, columns(self._state, receipts=receipts)
        self.rows = _Rows(self.columns, self)
        self.setModel(self.rows)
        self.setAccessibleName(_tr("Files"))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setItemsExpandable(False)
        self.setItemDelegate(_CellPainter(theme, self))
        head = self.header()
        head.setFont(font("small"))
        head.setStretchLastSection(False)
        head.setSectionsMovable(False)
        head.setMinimumSectionSize(40)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for number, column in enumerate(self.columns):
            head.resizeSection(number, max(column.width, self._needed(column.words)))

    def _needed(self, words: str) -> int:
        """What a head needs in the language of the window."""
        return self.header().fontMetrics().horizontalAdvance(words) + 20

    def _state(self, one: Arrival) -> str:
        return became(one) if self.taken else becomes(one)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The names of files take what is left; where that is too little, the table scrolls."""
        super().resizeEvent(event)
        place = next(number for number, column in enumerate(self.columns) if not column.width)
        others = sum(self.header().sectionSize(number) for number in range(len(self.columns)) if number != place)
        self.header().resizeSection(place, max(LEAST, event.size().width() - others))

    def show_rows(self, rows: Sequence[Arrival]) -> None:
        """Shows these; the row of the same number stays current, else the first."""
        was = self.currentIndex().row()
        self.rows.put(rows)
        if rows:
            self.setCurrentIndex(self.rows.index(min(max(0, was), len(rows) - 1), 0))

    def current(self) -> Arrival | None:
        index = self.currentIndex()
        return index.data(ROW) if index.isValid() else None

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
