"""The worst places, below every figure: one column a coder, so that a row reads as the disagreement. Enter opens the text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView, QToolButton, QWidget

from annotator.gui.dialogs.fields import button
from annotator.gui.marks import code_swatch
from annotator.gui.parts import box, column, elided, label, row, rule
from annotator.gui.theme import Theme, font
from annotator.model import Code

if TYPE_CHECKING:
    from annotator.agreement.worst import Worst

    from .computing import Numbers

Index = QModelIndex | QPersistentModelIndex
ROW, HEAD = 27, 28
FEW, FEWER = 5, 2  # rows in sight, and in a low window
WIDE, NARROW, AT_LEAST = 138, 60, 200  # of a coder's column, and of the text
NUMBER, SHORTER, APART = (168, 104, 92)  # of the document, also where there is little room, and of the pairs
LEAST = 80  # of the text
BAR = 14  # of a scroll bar


@dataclass(frozen=True, slots=True)
class Only:
    """What the places shown are of: a document, a code, two coders, what one of them said and the other did not."""

    document: int | None = None
    code: int | None = None
    coders: tuple[int, int] | None = None
    cell: tuple[int, int] | None = None


class Places(QAbstractTableModel):
    """Document and sentence, its words, what each coder said, how many pairs are apart."""

    def __init__(self, theme: Theme, parent: QObject):
        super().__init__(parent)
        self.theme, self.numbers = theme, None
        self.found: list[Worst] = []
        self.shorts: list[str] = []
        self.book: dict[str, Code] = {}
        self._icons = dict[tuple, QIcon]()

    def put(
        self, numbers: "Numbers | None", found: "Sequence[Worst]", shorts: list[str], book: dict[str, Code]
    ) -> None:
        self.beginResetModel()
        self.numbers, self.found, self.shorts, self.book = numbers, list(found), shorts, book
        self._icons.clear()
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.found)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.shorts) + 3

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole):
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return [self.tr("Document"), self.tr("Text"), *self.shorts, self.tr("Pairs apart")][section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(section)
        return None

    def _side(self, column_: int) -> int:
        last = column_ == len(self.shorts) + 2
        side = Qt.AlignmentFlag.AlignTrailing if last else Qt.AlignmentFlag.AlignLeading
        return int((side | Qt.AlignmentFlag.AlignVCenter).value)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self.numbers is None:
            return None
        place, at = self.found[index.row()], index.column()
        coder = at - 2 if 2 <= at < len(self.shorts) + 2 else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words(place, at, coder)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._whole(place, at, coder)
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._side(at)
            case Qt.ItemDataRole.ForegroundRole:
                quiet = at == 0 or at > len(self.shorts) + 1 or (coder is not None and not place.said[coder])
                return self.theme.muted if quiet else None
            case Qt.ItemDataRole.DecorationRole if coder is not None:
                said = place.said[coder]
                return self._icon(said[0]) if said else None
        return None

    def _words(self, place: "Worst", at: int, coder: int | None) -> str:
        numbers = self.numbers
        assert numbers is not None
        if coder is not None:
            said = place.said[coder]
            if said is None:
                return self.tr("did not code")
            more = f" +{len(said) - 1}" if len(said) > 1 else ""
            return numbers.study.codes[said[0]] + more if said else self.tr("no code")
        if at == 0:
            return self.tr("{document}, s. {number}").format(
                document=numbers.study.documents[place.document], number=place.number
            )
        if at == 1:
            return " ".join(numbers.study.texts[place.document][place.start : place.end].split())
        return self.tr("{apart} of {pairs}").format(apart=place.apart, pairs=place.pairs)

    def _whole(self, place: "Worst", at: int, coder: int | None) -> str:
        """With all codes, and who it is."""
        numbers = self.numbers
        assert numbers is not None
        if coder is None:
            return self._words(place, at, None)
        said = place.said[coder]
        words = ", ".join(numbers.study.codes[c] for c in said) if said else self._words(place, at, coder)
        return f"{numbers.coders[coder]}: {words}"

    def _icon(self, code: int) -> QIcon | None:
        numbers = self.numbers
        assert numbers is not None
        known = self.book.get(numbers.study.code_ids[code])
        if known is None:
            return None
        key = known.id, self.theme.dark, self.theme.high, self.theme.has_textures
        if key not in self._icons:
            picture = QPixmap(24, 24)
            picture.setDevicePixelRatio(2)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            code_swatch(painter, 1, 2, known, self.theme, 9)
            painter.end()
            icon = QIcon(picture)
            icon.addPixmap(picture, QIcon.Mode.Selected)
            self._icons[key] = icon
        return self._icons[key]


class PlacesTable(QTableView):
    """The rows. A click or Enter opens the text there."""

    wanted = Signal(int)  # a row

    def __init__(self, model: Places):
        super().__init__()
        self.setModel(model)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setIconSize(QSize(12, 12))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setFixedHeight(HEAD)
        header.setFont(font("small"))
        self.setProperty("plain", "true")
        self.clicked.connect(lambda index: self.wanted.emit(index.row()))
        self.activated.connect(lambda index: self.wanted.emit(index.row()))

    def fit(self) -> None:
        """The text takes what the columns of the coders leave."""
        model = self.model()
        people = max(0, model.columnCount() - 3)
        header, width = self.horizontalHeader(), self.viewport().width()
        number = NUMBER if width - NUMBER - APART >= AT_LEAST + people * NARROW else SHORTER
        room = width - number - APART
        each = max(NARROW, min(WIDE, (room - AT_LEAST) // max(1, people)))
        for n in range(model.columnCount()):
            header.setSectionResizeMode(n, QHeaderView.ResizeMode.Fixed)
            last = n == people + 2
            width = number if n == 0 else APART if last else each if n > 1 else max(LEAST, room - each * people)
            self.setColumnWidth(n, int(width))

    def is_too_wide(self, width: int) -> bool:
        """Whether even the narrowest columns do not fit in a width, so that they scroll."""
        people = max(0, self.model().columnCount() - 3)
        return SHORTER + LEAST + people * NARROW + APART > width

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


class PlacesPanel(QWidget):
    """Heading, what the places are of, and the rows."""

    open_wanted = Signal(int)  # a row of the places shown
    all_wanted = Signal(bool)  # whether they should take the whole page
    freed = Signal()  # the places of everything again

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme, self.is_whole, self.low = theme, False, False
        self.model = Places(theme, self)
        self.table = PlacesTable(self.model)
        self.table.setAccessibleName(self.tr("Worst places"))
        self.table.wanted.connect(self.open_wanted)
        self.what = elided(
            self.tr("sentences where most pairs of coders differ; Enter opens the text"), "small", "muted"
        )
        self.of, self.free = elided("", "small"), QToolButton()
        self.free.setText("×")
        self.free.setProperty("quiet", "true")
        self.free.setFixedSize(20, 20)
        self.free.setAccessibleName(self.tr("Places of everything"))
        self.free.setToolTip(self.tr("Places of everything"))
        self.free.clicked.connect(self.freed)
        self.chip = box(row(self.of, self.free, gap=4, margins=(9, 0, 4, 0)), chip="accent")
        self.chip.setFixedHeight(24)
        self.count = label("", "small", "muted")
        self.every = button(self.tr("Show all"), self._turn)
        self.every.setStyleSheet("QPushButton { min-height: 22px; } QPushButton:focus { min-height: 20px; }")
        self.nothing = label("", "small", "muted")
        self.nothing.setContentsMargins(4, 6, 0, 0)
        head = row(label(self.tr("Worst places"), "heading"), self.what, self.chip, None, self.count, self.every)
        self.setLayout(column(rule(), 6, head, self.table, self.nothing, gap=2))

    def show_places(
        self, numbers: "Numbers", found: "Sequence[Worst]", of: str, shorts: list[str], book: dict[str, Code]
    ) -> None:
        """`of` says whose they are; "" everybody's and everything's."""
        self.model.put(numbers, found, shorts, book)
        self.of.setText(of)
        self.chip.setVisible(bool(of))
        self.what.setVisible(not of)
        self.nothing.setText(
            self.tr("Nobody differs on this.") if of else self.tr("All coders said the same everywhere.")
        )
        self.table.fit()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.is_whole:
            self._fit()

    def set_whole(self, whole: bool) -> None:
        self.is_whole = whole
        self.every.setText(self.tr("Show few") if whole else self.tr("Show all"))
        self._fit()

    def set_low(self, low: bool) -> None:
        """Fewer rows are shown where a figure needs the height."""
        if low != self.low:
            self.low = low
            self._fit()

    def _turn(self) -> None:
        self.all_wanted.emit(not self.is_whole)

    def _fit(self) -> None:
        found = len(self.model.found)
        few = min(found, FEWER if self.low else FEW)
        shown = found if self.is_whole else few
        self.count.setText(
            self.tr("{shown} of {found}").format(shown=f"{shown:,}", found=f"{found:,}") if found else ""
        )
        self.every.setVisible(found > few or self.is_whole)
        self.nothing.setVisible(not found)
        self.table.setVisible(bool(found))
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if self.is_whole else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.table.setVerticalScrollBarPolicy(bar)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Preferred, policy.Expanding if self.is_whole else policy.Maximum)
        if self.is_whole:
            self.table.setMinimumHeight(HEAD + 3 * ROW)
            self.table.setMaximumHeight(16_777_215)
        else:
            self.table.setFixedHeight(HEAD + few * ROW + BAR * self.table.is_too_wide(self.width()))
            self.table.scrollToTop()
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.updateGeometry()
