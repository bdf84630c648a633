"""The codebook: a tree of families and codes. A click, Enter or a drag of a code says: code with it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QEvent,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from annotator.gui.icons import paint_icon
from annotator.gui.marks import code_swatch, words
from annotator.gui.marks import keycap as draw_keycap
from annotator.gui.mirror import turn_over
from annotator.gui.parts import cap, column, label, row, search_field
from annotator.gui.theme import Theme
from annotator.model import Code

from .definition import Definition

CODE = Qt.ItemDataRole.UserRole
MIME = "application/x-annotator-code"  # a dragged code: its id in UTF-8
NONE = "–"
Index = QModelIndex | QPersistentModelIndex


def starts(name: str) -> list[int]:
    """Where the words of a name begin."""
    return [n for n, letter in enumerate(name) if letter.isalnum() and (n == 0 or not name[n - 1].isalnum())]


def begins(name: str, typed: str) -> bool:
    """Whether a word of the name begins with what was typed."""
    return any(name.casefold()[n:].startswith(typed.casefold()) for n in starts(name.casefold()))


class CodeModel(QStandardItemModel):
    """Items that carry a Code; dragging one carries its id."""

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        made = QMimeData()
        for index in indexes:
            made.setData(MIME, index.data(CODE).id.encode())
        return made


class CodePainter(QStyledItemDelegate):
    """Draws a family or a code: swatch, name, count in this document, key."""

    HEIGHT, STEP = 24, 16

    def __init__(self, theme: Theme, view: "CodeTree"):
        super().__init__(view)
        self.theme, self.view = theme, view
        self.counts: Mapping[str, int] = {}
        self.current: str | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self.HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        code = index.data(CODE)
        area = QRect(option.rect)
        area.setLeft(0)
        area.setRight(self.view.viewport().width() - 1)
        turn_over(painter, area)
        self._ground(painter, option, area, code, walked=self.view.hasFocus() and index == self.view.currentIndex())
        if self.view.model().hasChildren(index):
            x = 11 + self.STEP * _depth(index, codable=code.codable)
            arrow = "down" if self.view.isExpanded(index) else "right"
            paint_icon(painter, arrow, QRectF(x, area.center().y() - 5, 12, 12), self.theme.muted)
        (self._code if code.codable else self._family)(painter, area, code, _depth(index, codable=code.codable))
        painter.restore()

    def _ground(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, code: Code, *, walked: bool
    ) -> None:
        theme = self.theme
        over = code.codable and option.state & QStyle.StateFlag.State_MouseOver
        chosen = code.id == self.current
        ground = theme.accent_soft if walked else theme.selected if chosen else theme.hover if over else None
        if ground:
            painter.setPen(QPen(theme.accent, 1) if walked else Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(QRectF(area).adjusted(8.5, 0.5, -8.5, -0.5), 6, 6)

    def _family(self, painter: QPainter, area: QRect, code: Code, depth: int) -> None:
        name = area.adjusted(32 + self.STEP * depth, 0, -80, 0)
        words(painter, name, code.name, role="small_strong", colour=self.theme.muted)
        self._count(painter, area, self._total(code))

    def _code(self, painter: QPainter, area: QRect, code: Code, depth: int) -> None:
        theme, x, middle = self.theme, 32 + self.STEP * depth, area.top() + area.height() / 2
        code_swatch(painter, x, middle - 5, code, theme)
        colour = theme.muted if code.retired else theme.text
        words(painter, area.adjusted(x + 20, 0, -72, 0), code.name, role="body", colour=colour)
        self._count(painter, area, self.counts.get(code.id, 0))
        if code.key:
            draw_keycap(painter, area.right() - 15, middle, cap(code.key), theme)

    def _count(self, painter: QPainter, area: QRect, count: int) -> None:
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        shown = str(count) if count else NONE
        words(painter, area.adjusted(0, 0, -48, 0), shown, role="small", colour=self.theme.muted, align=right)

    def _total(self, family: Code) -> int:
        return sum(self.counts.get(id, 0) for id in self.view.below.get(family.id, ()))


def _depth(index: Index, *, codable: bool) -> int:
    """How far a line stands in: a family by its level, a code with the name of its family."""
    depth, above = 0, index.parent()
    while above.isValid():
        depth, above = depth + 1, above.parent()
    return max(0, depth - 1) if codable else depth


class CodeTree(QTreeView):
    """The tree under the filter. A click never takes the focus from the text; Tab and F6 do."""

    walked = Signal()  # the keys went to another line, or the focus came or went
    entered_line = Signal(QModelIndex)  # Enter, or a click
    pointed = Signal(object)  # Code under the pointer, or None
    typed = Signal(str)
    left = Signal()
    menu_wanted = Signal(QModelIndex, QPoint)

    def __init__(self):
        super().__init__()
        self.below: dict[str, list[str]] = {}
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setMinimumHeight(96)
        self.clicked.connect(self.entered_line)
        self.entered.connect(lambda index: self.pointed.emit(index.data(CODE)))
        self.viewportEntered.connect(lambda: self.pointed.emit(None))

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """The delegate draws the arrows."""

    def drawRow(self, painter: QPainter, options: QStyleOptionViewItem, index: Index) -> None:
        """The delegate draws the whole line, the style's own selection stays away."""
        options.state &= ~QStyle.StateFlag.State_Selected
        super().drawRow(painter, options, index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.bring_into_sight()

    def bring_into_sight(self) -> None:
        """Scrolls only when the current line is not whole in sight, and then leaves lines around it."""
        index = self.currentIndex()
        if index.isValid() and not self.viewport().rect().contains(self.visualRect(index)):
            self.scrollTo(index, QTreeView.ScrollHint.PositionAtCenter)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()
        self.walked.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
        self.walked.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.walked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_line.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.text().isprintable() and event.text().strip() and held == Qt.KeyboardModifier.NoModifier:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, where = self.indexAt(event.pos()), event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            where = self.viewport().mapToGlobal(self.visualRect(index).center())
        if index.isValid():
            self.menu_wanted.emit(index, where)


class CodebookPanel(QWidget):
    """Filter and tree. `definition` belongs to it and stands where the window puts it (see `side.Side`)."""

    chosen = Signal(str)  # code id: code the selection with it
    pointed = Signal(object)  # code id under the pointer, or None
    menu_wanted = Signal(str, QPoint)  # code id, place on the screen
    done = Signal()  # Esc: the focus goes back to the text

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme = theme
        self._codes: list[Code] = []
        self._shown: list[Code] = []
        self._folded: set[str] = set()
        self._pointed: Code | None = None
        self.setProperty("ground", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Codebook"))
        self._build()

    def _build(self) -> None:
        self.filter = search_field(self.tr("Filter codes"), self.theme)
        self.tree, self.codes = CodeTree(), CodeModel(self)
        self.tree.setModel(self.codes)
        self.tree.setAccessibleName(self.tr("Codes"))
        self.painter = CodePainter(self.theme, self.tree)
        self.tree.setItemDelegate(self.painter)
        self.nothing = label("", "small", "muted", wrap=True)
        self.nothing.setContentsMargins(16, 8, 16, 0)
        self.nothing.hide()
        self.definition = Definition(self.theme)
        self.setLayout(column(row(self.filter, margins=(8, 8, 8, 4)), self.nothing, self.tree, gap=0))
        self.setFocusProxy(self.tree)
        self.filter.textChanged.connect(self._fill)
        self.filter.returnPressed.connect(self._choose_first)
        self.tree.entered_line.connect(self._enter)
        self.tree.pointed.connect(self._point)
        self.tree.walked.connect(self._define)
        self.tree.typed.connect(self._type)
        self.tree.left.connect(self._leave)
        self.tree.menu_wanted.connect(lambda index, where: self.menu_wanted.emit(index.data(CODE).id, where))
        self.tree.collapsed.connect(lambda index: self._folded.add(index.data(CODE).id))
        self.tree.expanded.connect(lambda index: self._folded.discard(index.data(CODE).id))

    def show_codebook(self, codes: Sequence[Code], counts: Mapping[str, int]) -> None:
        """Shows a tree of codes, and how often each is in this document. Fold, filter and scroll place stay."""
        self._codes = list(codes)
        self.painter.counts = counts
        self._fill()
        self._define()

    def set_current(self, code_id: str | None) -> None:
        """Marks the code of the current annotation, and brings it into sight when it is another than before. Emits
        nothing."""
        if code_id == self.painter.current:
            return
        self.painter.current = code_id
        self._pointed = None  # a pointer that rests on the tree has not asked for anything
        index = self._index(code_id)
        if index.isValid():
            self.tree.setCurrentIndex(index)
            self.tree.bring_into_sight()
        self.tree.viewport().update()
        self._define()

    def current(self) -> Code | None:
        """The code or family at which the keys or the last click stand, else that of the current annotation."""
        return self.tree.currentIndex().data(CODE)

    def _fill(self) -> None:
        typed = self.filter.text().strip()
        shown = [code for code in self._codes if self._is_wanted(code)]
        shown = _found(shown, typed) if typed else shown
        if shown != self._shown:
            self._shown = shown
            self._rebuild()
        self.nothing.setText(self.tr("No code begins with “{typed}”.").format(typed=typed))
        self.nothing.setVisible(bool(typed) and not shown)
        self.tree.viewport().update()

    def _is_wanted(self, code: Code) -> bool:
        return not (code.retired or code.merged_into) or bool(self.painter.counts.get(code.id))

    def _rebuild(self) -> None:
        scrolled, cursor = self.tree.verticalScrollBar().value(), self.tree.currentIndex().data(CODE)
        here = {code.id for code in self._shown}
        children: dict[str | None, list[Code]] = {}
        for code in sorted(self._shown, key=lambda code: code.position):
            children.setdefault(code.parent if code.parent in here else None, []).append(code)
        self.codes.clear()
        self.tree.below.clear()
        self._add(self.codes.invisibleRootItem(), None, children)
        self.tree.blockSignals(True)  # what is folded here is not folded by a person
        self.tree.expandAll()
        if not self.filter.text().strip():
            for code_id in self._folded:
                self.tree.collapse(self._index(code_id))
        self.tree.blockSignals(False)
        index = self._index(cursor.id if cursor else self.painter.current)
        self.tree.setCurrentIndex(index)
        self.tree.verticalScrollBar().setValue(scrolled)

    def _add(self, under: QStandardItem, parent: str | None, children: Mapping[str | None, list[Code]]) -> list[str]:
        """Puts the codes of a parent under its item. Returns the ids of all that stand below it."""
        below = []
        for code in children.get(parent, ()):
            item = QStandardItem(code.name)
            item.setData(code, CODE)
            item.setData(self._spoken(code), Qt.ItemDataRole.AccessibleTextRole)
            item.setToolTip(self.tr("{name} (retired)").format(name=code.name) if code.retired else code.name)
            item.setEditable(False)
            item.setDragEnabled(code.codable)
            under.appendRow(item)
            own = self._add(item, code.id, children)
            self.tree.below[code.id] = own
            below += [code.id, *own]
        return below

    def _spoken(self, code: Code) -> str:
        return self.tr("{name}, key {key}").format(name=code.name, key=cap(code.key)) if code.key else code.name

    def _index(self, code_id: str | None) -> QModelIndex:
        def search(parent: QStandardItem) -> QModelIndex:
            for n in range(parent.rowCount()):
                item = parent.child(n)
                found = item.index() if item.data(CODE).id == code_id else search(item)
                if found.isValid():
                    return found
            return QModelIndex()

        return search(self.codes.invisibleRootItem())

    def _enter(self, index: QModelIndex) -> None:
        code = index.data(CODE)
        if code and code.codable:
            self.chosen.emit(code.id)
        elif code:
            self.tree.setExpanded(index, not self.tree.isExpanded(index))

    def _choose_first(self) -> None:
        typed = self.filter.text().strip()
        found = [code for code in self._shown if code.codable]
        named = [code for code in found if begins(code.name, typed)]
        if typed and found:
            self.chosen.emit((named or found)[0].id)

    def _point(self, code: Code | None) -> None:
        code = code if code and code.codable else None
        if code != self._pointed:
            self._pointed = code
            self._define()
            self.pointed.emit(code.id if code else None)

    def _define(self) -> None:
        """The code under the pointer; else where the keys are; else the current one."""
        cursor = self.tree.currentIndex().data(CODE) if self.tree.hasFocus() else None
        cursor = cursor if cursor and cursor.codable else None
        current = next((code for code in self._codes if code.id == self.painter.current), None)
        wanted = self._pointed or cursor or current
        if wanted != self.definition.code:
            self.definition.show_code(wanted)

    def _type(self, text: str) -> None:
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filter.insert(text)

    def _leave(self) -> None:
        if self.filter.text():
            self.filter.clear()
        else:
            self.done.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the filter passes on: Esc when it is empty, and Down into the tree."""
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit()
        elif event.key() == Qt.Key.Key_Down and self._shown:
            self.tree.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)


def _found(codes: Sequence[Code], typed: str) -> list[Code]:
    """The codes that a word of their name brings up, those of families it brings up, and the families of all of them."""
    by_id = {code.id: code for code in codes}

    def above(code: Code) -> list[Code]:
        found: list[Code] = []
        while (parent := by_id.get(code.parent or "")) and parent not in found:
            found.append(parent)
            code = parent
        return found

    hits = [code for code in codes if any(begins(one.name, typed) for one in (code, *above(code)))]
    wanted = {one.id for code in hits if code.codable for one in (code, *above(code))}
    return [code for code in codes if code.id in wanted]
