"""The hits of a search, each on a line with the words around it (KWIC)."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from annotator.finding import Hit
from annotator.gui.marks import swatch
from annotator.gui.marks import words as draw_words
from annotator.gui.mirror import turn_over
from annotator.gui.theme import Theme, font
from annotator.hit_coding import Place
from annotator.text import Span

from .kwic import Kwic

HEIGHT = 26  # px of a row
PLACE = 176  # px for the document and the paragraph
ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
Order = Literal["place", "left", "words", "right"]
ORDERS: tuple[Order, ...] = ("place", "left", "words", "right")


class HitRow(NamedTuple):
    """A hit as the list shows it. `colours` are those of the code of its annotation, or ()."""

    hit: Hit
    title: str
    paragraph: int
    number: int  # in the order of the documents
    colours: tuple[str, ...] = ()
    code: str = ""

    @property
    def place(self) -> Place:
        return self.hit.document, self.hit.span

    def key(self, order: Order) -> Any:
        """What it is sorted by; of the words before a hit from its end, word by word."""
        if order == "left":
            return "\n".join(self.hit.left.casefold().split()[::-1]), self.number
        if order in ("words", "right"):
            return getattr(self.hit, order).strip().casefold(), self.number
        return self.number


class Hits(QAbstractListModel):
    """The hits in the order that was chosen, and which of them are coded or were passed over."""

    def __init__(self, parent: QObject):
        super().__init__(parent)
        self.rows: list[HitRow] = []
        self.order: Order = "place"
        self.coded: set[int] = set()  # numbers of rows
        self.passed: set[int] = set()
        self._numbers: dict[str, list[tuple[int, int, int]]] = {}  # document -> start, end and number of its rows

    def clear(self) -> None:
        self.beginResetModel()
        self.rows = []
        for kept in (self.coded, self.passed, self._numbers):
            kept.clear()
        self.endResetModel()

    def add(self, rows: Sequence[HitRow]) -> None:
        """More hits, behind those that are there; `sort_by` brings them into order."""
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()
            for one in rows:
                self._numbers.setdefault(one.hit.document, []).append(
                    (one.hit.span.start, one.hit.span.end, one.number)
                )

    def sort_by(self, order: Order) -> None:
        self.beginResetModel()
        self.order = order
        self.rows.sort(key=lambda one: one.key(order))
        self.endResetModel()

    def line_of(self, one: HitRow) -> int:
        """Where a hit stands in the order that they were sorted by."""
        return bisect_left(self.rows, one.key(self.order), key=lambda other: other.key(self.order))

    def look_up(self, is_coded: Callable[[Place], bool]) -> None:
        """Finds out of every hit whether it is coded."""
        self.coded = {one.number for one in self.rows if is_coded(one.place)}

    def look_up_in(self, places: Iterable[Place], is_coded: Callable[[Place], bool]) -> None:
        """As `look_up`, of those that lie in these places."""
        for document, (start, end) in places:
            numbers = self._numbers.get(document, [])
            for at in range(bisect_left(numbers, (start, 0, 0)), len(numbers)):
                first, last, number = numbers[at]
                if first >= end:
                    break
                (self.coded.add if is_coded((document, Span(first, last))) else self.coded.discard)(number)

    def is_open(self, one: HitRow) -> bool:
        """Whether it is neither coded nor passed over."""
        return one.number not in self.coded and one.number not in self.passed

    def next_open(self, line: int) -> int:
        """The line of the first hit from a line on that is open; behind the last one when there is none."""
        ahead = range(line, len(self.rows))
        return next((at for at in ahead if self.is_open(self.rows[at])), len(self.rows))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        one = self.rows[index.row()]
        if role == ROW:
            return one
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{one.hit.left}{one.hit.words}{one.hit.right}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = self.tr("coded") if one.number in self.coded else ""
            state = self.tr("passed over") if one.number in self.passed and not state else state
            said = (one.hit.words, one.code, state, one.title, f"{one.hit.left}{one.hit.words}{one.hit.right}")
            return ", ".join(filter(None, said))
        if role == Qt.ItemDataRole.ToolTipRole:
            return one.title
        return None


class _Delegate(QStyledItemDelegate):
    """Draws document and paragraph, then the hit with the words around it."""

    def __init__(self, view: "HitList", theme: Theme):
        super().__init__(view)
        self.theme, self.view = theme, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one: HitRow | None = index.data(ROW)
        if one is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRect(option.rect)
        self._ground(painter, option, area)
        inner = area.adjusted(16, 0, -16, 0)
        painter.save()
        turn_over(painter, inner)
        self._place(painter, QRect(inner.left(), inner.top(), PLACE, inner.height()), one)
        painter.restore()
        is_turned = option.direction == Qt.LayoutDirection.RightToLeft
        text = inner.adjusted(0, 0, -PLACE - 12, 0) if is_turned else inner.adjusted(PLACE + 12, 0, 0, 0)
        Kwic(one.hit).paint(painter, text, self.theme)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect) -> None:
        theme, state = self.theme, option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(theme.accent, 1) if self.view.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent_soft if self.view.hasFocus() else theme.selected)
            painter.drawRoundedRect(QRectF(area).adjusted(8.5, 0.5, -8.5, -0.5), 6, 6)

    def _place(self, painter: QPainter, area: QRect, one: HitRow) -> None:
        hits, muted = self.view.hits, self.theme.muted
        sign = " ✓" if one.number in hits.coded else " –" if one.number in hits.passed else ""
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        used = draw_words(painter, area, f"{one.paragraph}{sign}", role="small", colour=muted, align=right)
        left = area.adjusted(0, 0, -used - 8, 0)
        if one.colours:
            swatch(painter, left.left(), left.center().y() - 4, self.theme.colour(one.colours))
            left.adjust(16, 0, 0, 0)
        draw_words(painter, left, one.title, role="small", colour=muted)


class HitList(QTableView):
    """The hits. The keys walk them, Enter goes to the place. A table, as only that lays out nothing that is out of sight."""

    entered_hit = Signal()
    left = Signal()

    def __init__(self, theme: Theme):
        super().__init__()
        self.hits = Hits(self)
        self.setModel(self.hits)
        self.setItemDelegate(_Delegate(self, theme))
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setStyleSheet(
            "QTableView, QTableView:focus { background: transparent; border: 0; selection-background-color: transparent; }"
        )
        lines, columns = self.verticalHeader(), self.horizontalHeader()
        for head in (lines, columns):
            head.hide()
            head.setMinimumSectionSize(1)
        lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        lines.setDefaultSectionSize(max(HEIGHT, QFontMetrics(font("body")).height() + 6))
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("Hits"))
        self.doubleClicked.connect(lambda _: self.entered_hit.emit())

    def go_to_line(self, line: int) -> None:
        """Makes a hit the current one, and brings it into sight."""
        self.setCurrentIndex(self.hits.index(line))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_hit.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
