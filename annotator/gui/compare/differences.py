"""The list of what differs, to walk and to filter; what matches is counted, and listed when one asks for it."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.agreement.comparison import Kind, Place
from annotator.gui.dialogs.fields import Tick
from annotator.gui.marks import stave, words
from annotator.gui.mirror import turn_over
from annotator.gui.parts import Segmented, box, column, label, rule, search_field
from annotator.gui.theme import Theme, font

from .comparison import Comparison
from .readings import standing_apart
from .staves import is_page_key

Index = QModelIndex | QPersistentModelIndex
PLACE = Qt.ItemDataRole.UserRole
SHOWN: tuple[Kind, ...] = ("boundary", "label", "missed", "attribute")  # in the order of the filter
ROW, STAVE = QSize(100, 56), 20


class Rows(QAbstractListModel):
    """The numbers of the places that are listed."""

    def __init__(self, parent: QObject):
        super().__init__(parent)
        self.comparison: Comparison | None = None
        self.numbers: list[int] = []
        self._row_of: dict[int, int] = {}

    def put(self, comparison: Comparison | None, numbers: list[int]) -> None:
        self.beginResetModel()
        self.comparison, self.numbers = comparison, numbers
        self._row_of = {n: row for row, n in enumerate(numbers)}
        self.endResetModel()

    def row_of(self, place: int | None) -> int:
        """The row of a place, -1 if it is not listed."""
        return -1 if place is None else self._row_of.get(place, -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.numbers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        comparison = self.comparison
        if comparison is None or not index.isValid():
            return None
        number = self.numbers[index.row()]
        if role == PLACE:
            return number
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            place = comparison.places[number]
            return f"{comparison.code_names(place)}. {second_line(comparison, place)}"
        return None


def second_line(comparison: Comparison, place: Place) -> str:
    """What kind of place it is, and its words: “Boundary: If the Kestrian side …”."""
    return _tr("{kind}: {quote}").format(kind=comparison.kind_name(place), quote=comparison.quote(place))


class RowPainter(QStyledItemDelegate):
    """A small stave, the codes, the kind and the words."""

    def __init__(self, theme: Theme, view: QListView, rows: Rows):
        super().__init__(view)
        self.theme, self.view, self.rows = theme, view, rows

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return ROW

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        comparison = self.rows.comparison
        if comparison is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place, theme = comparison.places[index.data(PLACE)], self.theme
        area: QRect = option.rect
        turn_over(painter, area)
        self._ground(painter, option)
        lanes = comparison.lanes(place, theme)
        height = max(15, 4 * len(lanes))
        stave(painter, QRectF(area.left() + 16, area.top() + max(4, 18 - height // 2), STAVE, height), lanes, theme)
        lines = area.adjusted(48, 8, -16, -8)
        top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        muted = place.kind == "match"
        names = comparison.code_names(place)
        words(painter, lines, names, role="body", colour=theme.muted if muted else theme.text, align=top)
        second = second_line(comparison, place)
        words(painter, lines, second, role="small", colour=theme.muted, align=bottom)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if chosen or over:
            theme = self.theme
            painter.setPen(QPen(theme.accent, 1) if chosen and self.view.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent_soft if chosen else theme.hover)
            painter.drawRoundedRect(QRectF(option.rect).adjusted(8.5, 0.5, -8.5, -0.5), 6, 6)


class DifferenceList(QListView):
    """The rows. A click never takes the focus from the text; Tab does. Keys of the comparison go on to the page."""

    def __init__(self):
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(16)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_page_key(event) or (event.text().isprintable() and event.text()):
            event.ignore()
        else:
            super().keyPressEvent(event)


class DifferencesPanel(QWidget):
    """Filter, kinds with their counts, the list, and the matches at the foot."""

    chosen = Signal(int)  # the number of a place
    listed_changed = Signal()  # other places are listed

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme = theme
        self.comparison: Comparison | None = None
        self._kinds: list[Kind | None] = [None]
        self._said: list[str] = []
        self.setProperty("ground", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Differences"))
        self.setMinimumWidth(200)
        self._build()

    def _build(self) -> None:
        self.filter = search_field(self.tr("Filter by code, words, coder"), self.theme)
        self.filter.textChanged.connect(self._fill)
        self.kinds = Segmented([""])
        self.top = column(self.filter, self.kinds, gap=8, margins=(8, 8, 8, 8))
        self.rows, self.list = Rows(self), DifferenceList()
        self.list.setModel(self.rows)
        self.list.setItemDelegate(RowPainter(self.theme, self.list, self.rows))
        self.list.setAccessibleName(self.tr("Differences"))
        self.list.selectionModel().currentChanged.connect(self._moved)
        self.nothing = label("", "small", "muted", wrap=True)
        self.nothing.setContentsMargins(16, 8, 16, 0)
        self.counted = label("", "small", "muted")
        self.with_matches = Tick(self.tr("Show matches"), self.theme)
        self.with_matches.toggled.connect(self._fill)
        self.foot = box(column(rule(), column(self.counted, self.with_matches, gap=4, margins=(16, 10, 16, 8)), gap=0))
        self.setLayout(column(self.top, self.nothing, self.list, self.foot, gap=0))
        self.setFocusProxy(self.list)

    def show_comparison(self, comparison: Comparison) -> None:
        """Lists the places as they are now. What is typed and whether matches are listed stay."""
        self.comparison = comparison
        self._said = [_haystack(comparison, place) for place in comparison.places]
        self._count()
        self._fill()

    def listed(self) -> Sequence[int]:
        """The numbers of the places in the list, in order."""
        return self.rows.numbers

    def set_current(self, place: int | None) -> None:
        """Lights up the row of a place, if it is listed, and brings it into sight. Emits nothing."""
        row_number = self.rows.row_of(place)
        index = self.rows.index(row_number) if row_number >= 0 else QModelIndex()
        self.list.selectionModel().blockSignals(True)
        self.list.setCurrentIndex(index)
        if row_number < 0:
            self.list.clearSelection()
        self.list.selectionModel().blockSignals(False)
        if row_number >= 0:
            self.list.scrollTo(index)
        self.list.viewport().update()

    def _count(self) -> None:
        """The kinds there are, each with its count below it; the one that was chosen stays chosen."""
        assert self.comparison is not None
        counts = Counter(place.kind for place in self.comparison.places)
        before = self._kind()
        self._kinds = [None, *(kind for kind in SHOWN if counts[kind] or kind != "attribute")]
        names: dict[Kind | None, str] = {
            None: self.tr("All"),
            "boundary": self.tr("Boundary"),
            "label": self.tr("Label"),
            "missed": self.tr("Missed"),
            "attribute": self.tr("Attribute"),
        }
        every = sum(counts.values()) - counts["match"]
        choices = [f"{names[kind]}\n{counts[kind] if kind else every}" for kind in self._kinds]
        made = Segmented(
            choices, self._kinds.index(before) if before in self._kinds else 0, "tiny", name=self.tr("Kind")
        )
        made.setFixedHeight(42)
        metrics = QFontMetrics(font("tiny"))
        for button in made.group.buttons():
            button.setMinimumHeight(38)
            button.setMinimumWidth(max(map(metrics.horizontalAdvance, button.text().split("\n"))) + 4)
        made.changed.connect(self._fill)
        self.top.replaceWidget(self.kinds, made)
        self.kinds.hide()
        self.kinds.deleteLater()
        self.kinds = made
        matches = counts["match"]
        several = self.tr("{count} matches").format(count=matches) if matches else self.tr("No place matches in full")
        self.counted.setText(self.tr("1 match") if matches == 1 else several)
        self.with_matches.setVisible(matches > 0)

    def _kind(self) -> Kind | None:
        chosen = self.kinds.chosen()
        return self._kinds[chosen] if 0 <= chosen < len(self._kinds) else None

    def _fill(self) -> None:
        comparison = self.comparison
        if comparison is None:
            return
        kind, typed = self._kind(), self.filter.text().casefold().strip()
        numbers = [
            n
            for n, place in enumerate(comparison.places)
            if (place.kind == kind if kind else place.kind != "match" or self.with_matches.isChecked())
            and self._has(n, place, typed)
        ]
        self.rows.put(comparison, numbers)
        self.nothing.setText("" if numbers else self._why_empty(typed))
        self.nothing.setVisible(not numbers)
        self.listed_changed.emit()

    def _has(self, n: int, place: Place, typed: str) -> bool:
        """Whether the codes, the words or the kind have all that is typed, or it names a coder who stands apart there."""
        comparison = self.comparison
        if not typed or comparison is None:
            return True
        named = [
            person.id
            for person in comparison.laid
            if typed in (comparison.name(person.id).casefold(), comparison.short(person.id).casefold())
        ]
        if named:
            return bool(set(named) & set(standing_apart(place)))
        return all(word in self._said[n] for word in typed.split())

    def _why_empty(self, typed: str) -> str:
        comparison = self.comparison
        assert comparison is not None
        if typed:
            return self.tr("No difference has “{typed}” in its codes, its words or its coders.").format(
                typed=self.filter.text().strip()
            )
        if comparison.places:
            return self.tr("No difference of this kind.") if self._kind() else self.tr("No difference.")
        if len(comparison.laid) < 2:
            return self.tr("Choose two coders or more.")
        return self.tr("None of these coders coded anything here.")

    def _moved(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.rows.numbers[index.row()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From the filter: Down goes into the list, Enter to its first row."""
        if self.filter.hasFocus() and event.key() == Qt.Key.Key_Down and self.rows.numbers:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.rows.index(0))
        elif self.filter.hasFocus() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.rows.numbers:
                self.chosen.emit(self.rows.numbers[0])
        else:
            super().keyPressEvent(event)


def _haystack(comparison: Comparison, place: Place) -> str:
    return "\n".join((comparison.code_names(place), comparison.kind_name(place), comparison.quote(place))).casefold()


def _tr(text: str) -> str:
    return QCoreApplication.translate("compare", text)
