"""The annotations of the document as a list, in the order of the text: to find, to go to, to change many at once."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from annotator.gui.icons import paint_icon
from annotator.gui.marks import code_swatch
from annotator.gui.marks import words as draw_words
from annotator.gui.mirror import turn_over
from annotator.gui.parts import column, label, row, search_field
from annotator.gui.theme import Theme, font
from annotator.model import Code

PLACE, CODE, WORDS, CODER, CERTAINTY, MEMO, ATTRIBUTES = range(7)
HEIGHT = 28  # px of a row
WIDTHS = {PLACE: 80, CODE: 176, CODER: 56, CERTAINTY: 80, MEMO: 40, ATTRIBUTES: 192}
ROOMY = 640  # px from which all columns are shown
ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
Place = tuple[int, int, str]  # start, end negated so that the longer one comes first, annotation


class AnnotationRow(NamedTuple):
    """One annotation as the list shows it."""

    id: str
    start: int
    end: int
    paragraph: int  # as the reader counts them
    code: Code
    words: str
    coder: str = ""  # initials, where there is more than one
    certainty: str = ""
    memo: str = ""
    attributes: str = ""

    @property
    def place(self) -> Place:
        return self.start, -self.end, self.id

    def has(self, typed: Sequence[str]) -> bool:
        """Whether all typed words, in lower case, are somewhere in the row or its memo."""
        found = "\n".join((self.code.name, self.words, self.coder, self.attributes, self.memo)).casefold()
        return all(word in found for word in typed)


class Rows(QAbstractTableModel):
    """The rows that fit what was typed. All are kept sorted in lists, so that one more or less costs little."""

    def __init__(self, parent: QObject):
        super().__init__(parent)
        self.rows: list[AnnotationRow] = []
        self._all: list[AnnotationRow] = []
        self._typed: list[str] = []
        self._heads = (
            self.tr("Paragraph"),
            self.tr("Code"),
            self.tr("Words"),
            self.tr("Coder"),
            self.tr("Certainty"),
            self.tr("Memo"),
            self.tr("Attributes"),
        )
        none = self.tr("none")
        self._nothing = ("", "", "", none, self.tr("not said"), self.tr("no memo"), self.tr("no attributes"))

    def load(self, rows: Iterable[AnnotationRow]) -> None:
        """Shows these in the place of all."""
        self._all = sorted(rows, key=_place)
        self._fill()

    def filter(self, typed: str) -> None:
        """Shows only the rows that have all these words."""
        self._typed = typed.casefold().split()
        self._fill()

    def put(self, made: AnnotationRow) -> None:
        """Shows an annotation as it now stands."""
        n = self.line_of(made.id)
        if n >= 0 and self.rows[n].place == made.place and made.has(self._typed):
            self.rows[n] = self._all[bisect_left(self._all, made.place, key=_place)] = made
            self.dataChanged.emit(self.index(n, 0), self.index(n, ATTRIBUTES))
            return
        self.drop(made.id)
        self._all.insert(bisect_left(self._all, made.place, key=_place), made)
        if made.has(self._typed):
            n = bisect_left(self.rows, made.place, key=_place)
            self.beginInsertRows(QModelIndex(), n, n)
            self.rows.insert(n, made)
            self.endInsertRows()

    def drop(self, id: str) -> None:
        """Shows an annotation no longer."""
        n = self.line_of(id)
        if n >= 0:
            self.beginRemoveRows(QModelIndex(), n, n)
            del self.rows[n]
            self.endRemoveRows()
        self._all = [one for one in self._all if one.id != id]

    def line_of(self, id: str | None) -> int:
        """The line of an annotation, -1 if it is not shown."""
        return next((n for n, one in enumerate(self.rows) if one.id == id), -1)

    def counts(self) -> tuple[int, int]:
        """How many are shown, and how many there are."""
        return len(self.rows), len(self._all)

    def _fill(self) -> None:
        self.beginResetModel()
        self.rows = [one for one in self._all if one.has(self._typed)] if self._typed else list(self._all)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return "" if section == MEMO else self._heads[section]
        if role == Qt.ItemDataRole.AccessibleTextRole and orientation == Qt.Orientation.Horizontal:
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        made, place = self.rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.UserRole:
                return made
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                shown = (made.code.name, made.words, made.coder, made.certainty, made.memo, made.attributes)
                said = (str(made.paragraph), *shown)[place]
                return said if said or role == Qt.ItemDataRole.DisplayRole else self._nothing[place]
            case Qt.ItemDataRole.ToolTipRole if place in (WORDS, MEMO, ATTRIBUTES):
                return (made.words, "", "", made.memo, made.attributes)[place - WORDS]
        return None


def _place(made: AnnotationRow) -> Place:
    return made.place


class RowPainter(QStyledItemDelegate):
    """Draws the cells of a row; the list draws the ground."""

    def __init__(self, theme: Theme, view: "AnnotationTree"):
        super().__init__(view)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, area, place = self.theme, QRect(option.rect), index.column()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        turn_over(painter, area)
        made: AnnotationRow = index.data(ROW)
        area.adjust(8, 0, -16 if place == ATTRIBUTES else -4, 0)
        if place == CODE:
            code_swatch(painter, area.left(), area.center().y() - 4, made.code, theme)
            draw_words(painter, area.adjusted(18, 0, 0, 0), made.code.name, role="body", colour=theme.text)
        elif place == WORDS:
            draw_words(painter, area, made.words, role="body", colour=theme.text)
        elif place == MEMO:
            if made.memo:
                paint_icon(painter, "pencil", QRectF(area.left(), area.center().y() - 7, 14, 14), theme.muted)
        else:
            draw_words(painter, area, str(index.data()), role="small", colour=theme.muted)
        painter.restore()


class AnnotationTree(QTreeView):
    """The list under the filter."""

    entered_line = Signal()
    typed = Signal(str)
    left = Signal()
    retract_wanted = Signal()
    recode_wanted = Signal()
    join_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme = theme
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setItemsExpandable(False)
        self.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(RowPainter(theme, self))
        self.doubleClicked.connect(lambda _: self.entered_line.emit())

    def arrange(self) -> None:
        """Gives the words what room is left."""
        head = self.header()
        head.setFont(font("small"))
        head.setStretchLastSection(False)
        head.setSectionsMovable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setSectionResizeMode(WORDS, QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(32)
        for number, width in WIDTHS.items():
            head.resizeSection(number, width)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground of a row in one piece; the style's own stays away."""
        theme, selection = self.theme, self.selectionModel()
        is_selected, is_current = selection.isRowSelected(index.row()), index.row() == self.currentIndex().row()
        focused = self.hasFocus()
        ground = (theme.accent_soft if focused else theme.selected) if is_selected else None
        if ground or (is_current and focused):
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.accent, 1) if is_current and focused else Qt.PenStyle.NoPen)
            painter.setBrush(ground or Qt.BrushStyle.NoBrush)
            area = QRectF(option.rect)
            area.setLeft(0)
            area.setRight(self.viewport().width())
            turn_over(painter, area)
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -8.5, -0.5), 6, 6)
            painter.restore()
        option.state &= ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus)
        super().drawRow(painter, option, index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        said = {
            (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier): self.entered_line,
            (Qt.Key.Key_Enter, Qt.KeyboardModifier.NoModifier): self.entered_line,
            (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier): self.left,
            (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier): self.retract_wanted,
            (Qt.Key.Key_Space, shift): self.recode_wanted,
            (Qt.Key.Key_J, ctrl): self.join_wanted,
        }.get((Qt.Key(key), held))
        if said:
            said.emit()
        elif event.text().isprintable() and event.text().strip() and not held & ~shift:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """By keys one arrives on a row that is marked."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason and not self.selectionModel().hasSelection():
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(self.currentIndex(), flags.Select | flags.Rows)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words need what room there is more than what the inspector shows."""
        is_narrow = event.size().width() < ROOMY
        for number in (CERTAINTY, ATTRIBUTES):
            self.setColumnHidden(number, is_narrow)
        self.header().resizeSection(CODE, 136 if is_narrow else WIDTHS[CODE])
        super().resizeEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, where = self.indexAt(event.pos()), event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            where = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        if index.isValid():
            self.menu_wanted.emit(where)


class AnnotationsPage(QWidget):
    """Filter, count and list. Emits what was wanted of the marked rows."""

    pointed = Signal(str)  # the one row that a person has chosen: show it
    entered = Signal(str)  # go there
    retract_wanted = Signal(list)
    recode_wanted = Signal(list)
    join_wanted = Signal(list)
    menu_opening = Signal(object, list)  # a QMenu that is about to open for these annotations: to be added to
    done = Signal()  # Esc: the focus goes back to the text

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme = theme
        self._quiet = False
        self.filter = search_field(self.tr("Filter by code, words, attribute or memo"), theme)
        self.filter.setMaximumWidth(320)
        self.filter.setMinimumWidth(120)
        self.counted = label("", "small", "muted")
        self.rows, self.list = Rows(self), AnnotationTree(theme)
        self.list.setModel(self.rows)
        self.list.arrange()
        self.list.setAccessibleName(self.tr("Annotations"))
        self.nothing = label("", "small", "muted", wrap=True)
        self.nothing.setContentsMargins(16, 8, 16, 8)
        head = row(self.filter, None, self.counted, gap=8, margins=(8, 8, 16, 4))
        head.setStretch(0, 100)  # as wide as it may be, before anything else is
        sheet = column(head, self.nothing, row(self.list, margins=(8, 0, 0, 0)), gap=0)
        sheet.setStretch(2, 1)
        self.setLayout(sheet)
        self.setFocusProxy(self.list)
        self._connect()
        self.show_rows((), several=False)

    def _connect(self) -> None:
        view = self.list
        self.filter.textChanged.connect(self._filter)
        self.filter.returnPressed.connect(lambda: view.setFocus(Qt.FocusReason.TabFocusReason))
        view.typed.connect(self._type)
        view.left.connect(self._leave)
        view.entered_line.connect(self._enter)
        view.retract_wanted.connect(lambda: self.retract_wanted.emit(self.marked()))
        view.recode_wanted.connect(lambda: self.recode_wanted.emit(self.marked()))
        view.join_wanted.connect(lambda: self.join_wanted.emit(self.marked()))
        view.menu_wanted.connect(self._menu)
        view.selectionModel().selectionChanged.connect(self._point)

    def show_rows(self, rows: Iterable[AnnotationRow], *, several: bool) -> None:
        """Shows these annotations; `several` says whether whose they are is worth a column."""
        marked = set(self.marked())
        self.rows.load(rows)
        self.list.setColumnHidden(CODER, not several)
        with_selection = [n for n, one in enumerate(self.rows.rows) if one.id in marked] if len(marked) < 50 else []
        self._silently(lambda: [self._mark(n) for n in with_selection])
        self._tell()

    def put(self, made: AnnotationRow) -> None:
        """Shows one annotation as it now stands."""
        self._silently(lambda: self.rows.put(made))
        self._tell()

    def drop(self, id: str) -> None:
        """Shows one annotation no longer."""
        self._silently(lambda: self.rows.drop(id))
        self._tell()

    def stand_at(self, position: int) -> None:
        """Arrows start from the first one that begins here or behind. Marks nothing."""
        n = bisect_left(self.rows.rows, position, key=lambda made: made.start)
        index = self.rows.index(min(n, self.rows.rowCount() - 1), 0)
        self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.list.scrollTo(index)

    def set_current(self, id: str | None) -> None:
        """Marks the annotation that is current in the text. Emits nothing."""
        n = self.rows.line_of(id)
        if n >= 0:
            only = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            select = self.list.selectionModel().setCurrentIndex  # the view's own would heed a Shift or Ctrl held down
            self._silently(lambda: select(self.rows.index(n, 0), only))
            self.list.scrollTo(self.rows.index(n, 0))
        else:
            self._silently(self.list.clearSelection)

    def marked(self) -> list[str]:
        """The annotations that are marked, in the order of the text."""
        lines = sorted(index.row() for index in self.list.selectionModel().selectedRows())
        return [self.rows.rows[n].id for n in lines]

    def rect_of_marked(self) -> QRect:
        """The rectangle of the current row, in this page: for what opens beside it."""
        rect = self.list.visualRect(self.list.currentIndex())
        rect.setLeft(0)
        return QRect(self.list.viewport().mapTo(self, rect.topLeft()), rect.size())

    def _mark(self, n: int) -> None:
        flags = QItemSelectionModel.SelectionFlag
        self.list.selectionModel().select(self.rows.index(n, 0), flags.Select | flags.Rows)

    def _silently(self, do: Callable[[], object]) -> None:
        before, self._quiet = self._quiet, True
        try:
            do()
        finally:
            self._quiet = before

    def _point(self) -> None:
        if not self._quiet and self.list.hasFocus():
            lines = self.list.selectionModel().selectedRows()
            if len(lines) == 1:
                self.pointed.emit(self.rows.rows[lines[0].row()].id)

    def _enter(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            self.entered.emit(self.rows.rows[index.row()].id)

    def _filter(self) -> None:
        self._silently(lambda: self.rows.filter(self.filter.text()))
        self._tell()

    def _tell(self) -> None:
        shown, count = self.rows.counts()
        words = self.tr("1 annotation") if count == 1 else self.tr("{count} annotations").format(count=count)
        marked = self.tr("{shown} of {count}").format(shown=shown, count=count)
        self.counted.setText(words if shown == count else marked)
        empty = self.tr("No annotations here yet. Press the key of a code in the text, or Space.")
        typed = self.filter.text().strip()
        self.nothing.setText(self.tr("No annotation has “{typed}”.").format(typed=typed) if count else empty)
        self.nothing.setVisible(not shown)

    def _type(self, words: str) -> None:
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filter.insert(words)

    def _leave(self) -> None:
        if self.filter.text():
            self.filter.clear()
        else:
            self.done.emit()

    def _menu(self, where: QPoint) -> None:
        marked = self.marked()
        menu = QMenu(self)
        menu.addAction(self.tr("Go there") + "\t" + self.tr("Return"), self._enter)
        menu.addSeparator()
        self.menu_opening.emit(menu, marked)
        menu.addAction(self.tr("Another code …") + "\tShift+Space", lambda: self.recode_wanted.emit(marked))
        join = menu.addAction(self.tr("Join") + "\tCtrl+J", lambda: self.join_wanted.emit(marked))
        join.setEnabled(len(marked) > 1)
        menu.addSeparator()
        menu.addAction(self.tr("Retract") + "\tDel", lambda: self.retract_wanted.emit(marked))
        menu.exec(where)
        menu.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the filter passes on: Esc when it is empty, and Down into the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit()
        elif event.key() == Qt.Key.Key_Down and self.rows.rows:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)
