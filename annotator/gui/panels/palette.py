"""The code palette at a selection: type to filter, recent first, the definition beside it."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.gui.floating import Floating
from annotator.gui.icons import paint_icon
from annotator.gui.marks import Sign, code_swatch, words
from annotator.gui.marks import keycap as draw_keycap
from annotator.gui.mirror import turn_over
from annotator.gui.parts import Scroll, box, cap, column, elided, keycap, label, row, rule
from annotator.gui.theme import Theme, font
from annotator.model import Code

from .codebook import starts
from .definition import Definition

HIT = Qt.ItemDataRole.UserRole
TELLING = 3  # letters without which definitions are not searched: fewer begin a word in nearly all of them
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Hit:
    """A code that what was typed brings up. `letters` are the places in its name to set strong; `family` is told
    where that is what brings it up."""

    code: Code
    letters: frozenset[int] = frozenset()
    recent: bool = False
    family: str = ""


def folded(text: str) -> str:
    """The text with each character as one small letter without accents, so that places stay."""
    return "".join(unicodedata.normalize("NFD", letter)[0].lower()[:1] for letter in text)


def by_words(name: str, typed: str) -> frozenset[int] | None:
    """The letters of a name whose words begin with the words that were typed, in order; None if they do not."""
    name, letters, at = folded(name), set[int](), 0
    for word in folded(typed).split():
        begun = [n for n in starts(name) if n >= at and name.startswith(word, n)]
        if not begun:
            return None
        letters |= set(range(begun[0], begun[0] + len(word)))
        at = begun[0] + len(word)
    return frozenset(letters)


def by_letters(name: str, typed: str) -> frozenset[int] | None:
    """The letters of a name that hold what was typed in this order, beginning with that of a word; None if none do."""
    name, typed = folded(name), folded(typed).replace(" ", "")
    for first in starts(name):
        letters, at = list[int](), first
        for letter in typed:
            at = name.find(letter, at)
            if at < 0:
                break
            letters.append(at)
            at += 1
        if len(letters) == len(typed) and letters[:1] == [first]:
            return frozenset(letters)
    return None


def paths_of(codes: Iterable[Code]) -> dict[str, str]:
    """Code -> the names of the families it is in, the outermost first."""
    by_id, paths = {code.id: code for code in codes}, dict[str, str]()
    for code in by_id.values():
        names, parent = list[str](), by_id.get(code.parent or "")
        while parent and parent.name not in names:
            names.insert(0, parent.name)
            parent = by_id.get(parent.parent or "")
        paths[code.id] = " / ".join(names)
    return paths


def found(
    codes: Sequence[Code], typed: str, recent: Sequence[str], paths: Mapping[str, str] = MappingProxyType({})
) -> tuple[list[Hit], list[Hit]]:
    """The codes by name (words that begin so, then letters in order), by the names of their families, by their key; and
    those that only their definition brings up. Among their like, recent ones come first, the newest at the top, then
    names that begin so."""
    age, typed = {code_id: n for n, code_id in enumerate(recent)}, typed.strip()
    start = folded(typed)

    def rank(code: Code) -> tuple[int, bool]:
        return age.get(code.id, len(age)), not folded(code.name).startswith(start)

    begun, spelt, kin, keyed, told = list[Hit](), list[Hit](), list[Hit](), list[Hit](), list[Hit]()
    for code in sorted(codes, key=rank):
        is_recent = code.id in age
        if (letters := by_words(code.name, typed)) is not None:
            begun.append(Hit(code, letters, is_recent))
        elif (letters := by_letters(code.name, typed)) is not None:
            spelt.append(Hit(code, letters, is_recent))
        elif len(typed) >= TELLING and by_words(path := paths.get(code.id, ""), typed) is not None:
            kin.append(Hit(code, recent=is_recent, family=path))
        elif code.key and folded(code.key) == start:
            keyed.append(Hit(code, recent=is_recent))
        elif (
            len(typed) >= TELLING
            and by_words(" ".join((code.definition, code.use_when, *code.examples)), typed) is not None
        ):
            told.append(Hit(code, recent=is_recent))
    return begun + spelt + kin + keyed, told


class Hits(QAbstractListModel):
    """The hits, with a head in words before those of the definitions."""

    HIT, HEAD = QSize(100, 32), QSize(100, 28)

    def __init__(self, parent: QObject):
        super().__init__(parent)
        self.lines: list[Hit | str] = []

    def put(self, named: list[Hit], told: list[Hit], head: str) -> None:
        self.beginResetModel()
        self.lines = [*named, *([head] if told else []), *told]
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.lines[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        match role:
            case Qt.ItemDataRole.UserRole:
                return line
            case Qt.ItemDataRole.SizeHintRole:
                return self.HEAD if isinstance(line, str) else self.HIT
            case Qt.ItemDataRole.DisplayRole:
                return line if isinstance(line, str) else line.code.name
        return None


class HitPainter(QStyledItemDelegate):
    """A code: its name with the typed letters strong, a clock where it was used lately, its key."""

    def __init__(self, theme: Theme, parent: QObject):
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return index.data(Qt.ItemDataRole.SizeHintRole)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line, area = index.data(HIT), option.rect
        turn_over(painter, area)
        if isinstance(line, str):
            words(painter, area.adjusted(16, 4, -16, 0), line, role="small", colour=self.theme.muted)
        else:
            self._hit(painter, area, line, is_current=bool(option.state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _hit(self, painter: QPainter, area: QRect, hit: Hit, *, is_current: bool) -> None:
        theme, middle, right = self.theme, area.top() + area.height() / 2, area.right() - 15.0
        if is_current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent_soft)
            painter.drawRoundedRect(area.adjusted(8, 0, -8, 0), 6, 6)
        code_swatch(painter, area.left() + 16, middle - 5, hit.code, theme)
        if hit.code.key:
            right -= draw_keycap(painter, right, middle, cap(hit.code.key), theme) + 10
        if hit.recent:
            right -= 14
            paint_icon(painter, "clock", QRectF(right, middle - 7, 14, 14), theme.muted)
        self._name(painter, QRect(area.left() + 36, area.top(), round(right) - area.left() - 44, area.height()), hit)

    def _name(self, painter: QPainter, area: QRect, hit: Hit) -> None:
        """Runs of plain and strong letters; where there is no room for all, the last one is elided."""
        name, end = hit.code.name, 0
        while end < len(name) and area.width() > 0:
            start, strong = end, end in hit.letters
            while end < len(name) and (end in hit.letters) == strong:
                end += 1
            role = "heading" if strong else "body"
            words(painter, area, name[start:end], role=role, colour=self.theme.text)
            area.setLeft(area.left() + QFontMetrics(font(role)).horizontalAdvance(name[start:end]))
        if hit.family and area.width() > 0:
            words(painter, area.adjusted(8, 0, 0, 0), hit.family, role="small", colour=self.theme.muted)


class TypingField(QLineEdit):
    """The field of the palette: it keeps the focus while the keys walk the list."""

    def __init__(self, walk: Callable[[QKeyEvent], bool]):
        super().__init__()
        self.walk = walk  # whether a key was for the list

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.walk(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays here: there is nowhere else to go in the palette."""
        return True


class Palette(Floating):
    """Opens below the words it is about, or above where there is no room, and never covers them."""

    WIDTH, HEIGHT, LEAST, LIST, GAP = 640, 320, 200, 288, 8

    chosen = Signal(str, bool)  # code id; whether its attributes are to be filled in right away
    closed = Signal()  # whether something was chosen or not: the focus goes back to the text

    def __init__(self, parent: QWidget, theme: Theme):
        super().__init__(parent, theme)
        self.around = parent
        self._codes: list[Code] = []
        self._paths: dict[str, str] = {}
        self._recent: list[str] = []
        self._build()
        self.hide()

    def _build(self) -> None:
        self.field = TypingField(self._key)
        self.field.setProperty("bare", "true")
        self.note = elided("", "small", "muted")
        head = box(row(Sign("search", self.theme, size=16), self.field, self.note, gap=6, margins=(19, 0, 16, 0)))
        head.setFixedHeight(44)
        self.hits, self.list = Hits(self), QListView()
        self.list.setModel(self.hits)
        self.list.setItemDelegate(HitPainter(self.theme, self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Codes"))
        self.nothing = label("", "small", "muted", wrap=True)
        self.nothing.setContentsMargins(16, 6, 16, 0)
        self.definition = Definition(self.theme, ground="raised")
        left = box(column(6, self.nothing, self.list, gap=0, margins=(0, 0, 0, 6)))
        left.setFixedWidth(self.LIST)
        self.beside = Scroll(self.definition)
        self.beside.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        body = row(left, rule("v"), self.beside, gap=0)
        sheet = column(head, rule(), body, rule(), self._foot(), gap=0)
        sheet.setStretch(2, 1)
        self.inside.addLayout(sheet)
        self.field.textChanged.connect(self._fill)
        self.list.clicked.connect(self._click)
        self.list.entered.connect(self.list.setCurrentIndex)
        self.list.selectionModel().currentChanged.connect(self._show_current)

    def _foot(self) -> QWidget:
        hints: list[QWidget | int] = []
        keys = (
            ("↑ ↓", self.tr("choose")),
            (self.tr("Enter"), self.tr("code")),
            (self.tr("Shift+Enter"), self.tr("code and fill in")),
            (self.tr("Esc"), self.tr("close")),
        )
        for key, does in keys:
            hints += [keycap(key), label(does, "small", "muted"), 10]
        made = box(row(*hints, None, gap=6, margins=(16, 0, 16, 0)))
        made.setFixedHeight(40)
        return made

    def open_at(
        self, rect: QRect, words: str, *, codes: Sequence[Code], recent: Sequence[str] = (), title: str = ""
    ) -> None:
        """Opens beside a rectangle of the window, that of the words to code. `words` says what is selected, at the right
        of the field; `title` what choosing does, in the empty field; `recent` are code ids, newest first."""
        self._codes = [code for code in codes if code.codable and not code.retired and not code.merged_into]
        self._paths = paths_of(codes)
        self._recent = list(recent)
        self.note.setText(words)
        self.field.setPlaceholderText(title or self.tr("Choose a code"))
        self.field.setAccessibleName(self.field.placeholderText())
        self.field.clear()
        self._fill()
        self.setGeometry(self._place_beside(rect))
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        self._watch(True)

    def close_up(self) -> None:
        """Closes without a choice."""
        if self.isVisibleTo(self.around):
            self._watch(False)
            self.hide()
            self.closed.emit()

    def _watch(self, on: bool) -> None:
        """While it is open, and only then, it sees every press of the mouse."""
        if app := QApplication.instance():
            (app.installEventFilter if on else app.removeEventFilter)(self)

    def _place_beside(self, rect: QRect) -> QRect:
        """The place with the shadow around it."""
        room = self.around.rect().adjusted(self.GAP, self.GAP, -self.GAP, -self.GAP)
        width = min(self.WIDTH, room.width())
        below, above = room.bottom() - rect.bottom() - self.GAP, rect.top() - room.top() - self.GAP
        is_below = below >= self.HEIGHT or below >= above
        height = max(self.LEAST, min(self.HEIGHT, below if is_below else above))
        x = max(room.left(), min(rect.left(), room.right() - width))
        y = rect.bottom() + self.GAP if is_below else rect.top() - self.GAP - height
        y = max(room.top(), min(y, room.bottom() - height))
        return QRect(x, y, width, height).adjusted(-self.EDGE, -self.EDGE, self.EDGE, self.EDGE)

    def _fill(self) -> None:
        typed = self.field.text().strip()
        named, told = found(self._codes, typed, self._recent, self._paths)
        self.hits.put(named, told, self.tr("In the definition"))
        self.nothing.setText(self.tr("No code begins with “{typed}”.").format(typed=typed))
        self.nothing.setVisible(not named and not told)
        self._go_to(0, 1)

    def _go_to(self, line: int, step: int) -> None:
        """To a line; from a head or beyond the ends to the next code that way."""
        while 0 <= line < self.hits.rowCount() and isinstance(self.hits.lines[line], str):
            line += step
        if 0 <= line < self.hits.rowCount():
            self.list.setCurrentIndex(self.hits.index(line))
        elif step == 1 and line == 0:
            self._show_current(QModelIndex())

    def _show_current(self, index: QModelIndex) -> None:
        hit = index.data(HIT)
        self.definition.show_code(hit.code if isinstance(hit, Hit) else None)
        self.beside.verticalScrollBar().setValue(0)
        self.field.setAccessibleDescription(hit.code.name if isinstance(hit, Hit) else "")

    def _key(self, event: QKeyEvent) -> bool:
        line, last, page = self.list.currentIndex().row(), self.hits.rowCount() - 1, 6
        match event.key():
            case Qt.Key.Key_Escape:
                self.close_up()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                fill_in = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._choose(self.list.currentIndex(), fill_in=fill_in)
            case Qt.Key.Key_Down:
                self._go_to(line + 1, 1)
            case Qt.Key.Key_Up:
                self._go_to(line - 1, -1)
            case Qt.Key.Key_PageDown:
                self._go_to(min(last, line + page), -1)
            case Qt.Key.Key_PageUp:
                self._go_to(max(0, line - page), 1)
            case _:
                return False
        return True

    def _click(self, index: QModelIndex) -> None:
        self._choose(index, fill_in=bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier))

    def _choose(self, index: QModelIndex, *, fill_in: bool) -> None:
        hit = index.data(HIT)
        if isinstance(hit, Hit):
            self.close_up()
            self.chosen.emit(hit.code.id, fill_in)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press anywhere else closes, and does there what it does; so does another size of the window."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            sheet = self.rect().adjusted(self.EDGE, self.EDGE, -self.EDGE, -self.EDGE)
            inside = sheet.contains(self.mapFromGlobal(event.globalPosition().toPoint()))
            if not inside and isinstance(watched, QWidget):
                self.close_up()
        elif event.type() == QEvent.Type.Resize and watched is self.around:
            self.close_up()
        return False
