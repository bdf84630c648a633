"""The sheet of keys over the dimmed window, made from the table of actions: each key is found here, and changed here."""

from collections.abc import Sequence
from itertools import combinations, pairwise

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QLayout, QWidget

from annotator.gui.code_keys import names_of
from annotator.gui.dialogs.fields import button
from annotator.gui.floating import Floating
from annotator.gui.key_lines import LINE, KeyLine, Shortcut, shortcuts, why_not
from annotator.gui.keymap import cap
from annotator.gui.own_keys import KEYS
from annotator.gui.parts import Scroll, box, column, keycap, label, row, rule, search_field
from annotator.gui.theme import Theme
from annotator.model import Code

HEAD = 44  # px of the name of a group with the gap above it
WIDE, NARROW = 1160, 760  # of the sheet with three columns and with two


class Scrim(QWidget):
    """The dimmed window under a sheet. It keeps the size of its parent; a click on it closes the sheet."""

    pressed = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget, theme: Theme):
        super().__init__(parent)
        self.around = parent
        self.shade = QColor(0, 0, 0, 120) if theme.dark else QColor(27, 31, 36, 72)
        self.resize(parent.size())
        parent.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.resize(self.around.size())
            self.resized.emit()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.shade)
        painter.end()


class ShortcutsSheet(Floating):
    """Every key in groups, with a field that finds one. The arrows choose a line, Enter changes its key, Shift+Enter adds
    one. Esc or a click beside the sheet closes it."""

    closed = Signal()
    asking = False  # for a key; said here, as Qt sends events while the sheet is being made

    def __init__(self, parent: QWidget, theme: Theme, codes: Sequence[Code] = ()):
        self.scrim = Scrim(parent, theme)
        super().__init__(self.scrim, theme)
        self.codes = list(codes)
        self.shortcuts = shortcuts(codes=codes)
        self.before = parent.window().focusWidget()
        self.lines: list[KeyLine] = []
        self.current: Shortcut | None = None
        self.further = False
        self.asked_for = ""  # the key that another has: pressed again, it is taken
        self.body: QWidget | None = None
        self.columns, self.high = 3, 0
        self._build()
        self.scrim.pressed.connect(self.close_sheet)
        self.scrim.resized.connect(self._place)
        KEYS.changed.connect(self._follow)
        self._fill()
        self.scrim.show()
        self.scrim.raise_()
        self.show()
        self._place()
        self.field.setFocus()

    def _build(self) -> None:
        self.field = search_field(self.tr("Find a shortcut"), self.theme)
        self.field.setAccessibleName(self.tr("Find a shortcut"))
        self.field.setFixedWidth(224)
        self.field.textChanged.connect(self._find)
        head = row(label(self.tr("Keyboard shortcuts"), "title"), None, self.field, margins=(32, 24, 32, 12))
        self.holder = column(None, gap=0)
        self.said = label("", "small", "muted", wrap=True)
        self.said.setMinimumHeight(34)
        self.change_button = button(self.tr("Change"), self.ask)
        self.none_button = button(self.tr("No key"), self._take_away)
        self.reset_button = button(self.tr("As at first"), self._reset)
        self.all_button = button(self.tr("All as at first"), self._reset_all)
        buttons = (self.change_button, self.none_button, self.reset_button, self.all_button)
        foot = row(self.said, *buttons, 8, keycap("Esc"), label(self.tr("close"), "small", "muted"))
        foot.setContentsMargins(32, 12, 32, 12)
        foot.setStretch(0, 1)
        self.inside.addLayout(column(head, self.holder, rule(), foot, gap=0))

    def close_sheet(self) -> None:
        self.scrim.hide()
        self.scrim.deleteLater()
        if self.before is not None:
            self.before.setFocus()
        self.closed.emit()

    # Keys -------------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """While a key is waited for every key is one, Tab and those of the menus too."""
        if self.asking and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._heard(event)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.ask(further=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the sheet itself stays on it."""

    def _step(self, way: int) -> None:
        if self.lines:
            at = next((n for n, line in enumerate(self.lines) if line.shortcut == self.current), -1 if way > 0 else 0)
            self.choose(self.lines[(at + way) % len(self.lines)].shortcut)

    def choose(self, shortcut: Shortcut | None) -> None:
        """Makes a line the one that keys and buttons are about."""
        self.current, self.asking, self.asked_for = shortcut, False, ""
        self._show()
        line = next((line for line in self.lines if line.shortcut == shortcut), None)
        if line and isinstance(self.body, Scroll):
            self.body.ensureWidgetVisible(line, 0, 24)

    def _pressed(self, shortcut: Shortcut) -> None:
        """A click chooses a line; one on the chosen line changes its key."""
        was_current = shortcut == self.current
        self.choose(shortcut)
        if was_current:
            self.ask()
        else:
            self.field.setFocus()

    def ask(self, further: bool = False) -> None:
        """Waits for the new key of the current line, or for a further one."""
        if self.current is None or self.current.why:
            return
        self.asking, self.further, self.asked_for = True, further, ""
        self.setFocus()
        self._show(self.tr("Press the new key for “{name}”. Esc leaves it as it is.").format(name=self.current.words))

    def _heard(self, event: QKeyEvent) -> None:
        names = names_of(event)
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self._stop(self.tr("Nothing was changed."))
        elif names and self.current:
            self._take(self.current, names[0])

    def _take(self, shortcut: Shortcut, key: str) -> None:
        others = KEYS.keymap.others(shortcut.id, key)
        if refused := why_not(shortcut.id, key, self.codes):
            self._show(self.tr("{why} Press another key, or Esc.").format(why=refused))
        elif others and key != self.asked_for:
            self.asked_for = key
            words = self.tr("{key} belongs to “{other}”. Press it again to take it from there, or another key, or Esc.")
            self._show(words.format(key=cap(key), other=self._name(others[0].id)))
        else:
            kept = KEYS.keymap.keys(shortcut.id) if self.further else ()
            KEYS.give(shortcut.id, *kept, key)
            words = self.tr("“{name}” now has {key}.").format(name=shortcut.words, key=cap(key))
            bare = [self._name(one.id) for one in others if not KEYS.keymap.keys(one.id)]
            if bare:
                words += " " + self.tr("“{other}” has no key any more.").format(other=bare[0])
            self._stop(words)

    def _stop(self, words: str) -> None:
        self.asking, self.asked_for = False, ""
        self.field.setFocus()
        self._show(words)

    def _take_away(self) -> None:
        if self.current and self.current.id:
            KEYS.give(self.current.id)
            self._stop(self.tr("“{name}” has no key any more.").format(name=self.current.words))

    def _reset(self) -> None:
        if self.current and self.current.id:
            KEYS.reset(self.current.id)
            self._stop(self.tr("“{name}” is as at first.").format(name=self.current.words))

    def _reset_all(self) -> None:
        KEYS.reset_all()
        self._stop(self.tr("All keys are as at first."))

    def _name(self, id: str) -> str:
        return next((one.words for one in self.shortcuts if one.id == id), id)

    # What is shown ----------------------------------------------------------------------------------------------------

    def shown(self) -> list[Shortcut]:
        """The shortcuts that the typed words leave."""
        typed = self.field.text().casefold().split()
        return [
            one
            for one in self.shortcuts
            if all(word in f"{one.group} {one.words} {' '.join(one.caps)}".casefold() for word in typed)
        ]

    def _find(self) -> None:
        self._fill()
        self.choose(self.lines[0].shortcut if self.field.text() and self.lines else None)

    def _follow(self) -> None:
        for line in self.lines:
            line.follow()

    def _show(self, words: str = "") -> None:
        """Brings the marks of the lines, the buttons and the sentence at the foot to what is so."""
        current = self.current
        for line in self.lines:
            is_current = line.shortcut == current
            line.mark(current=is_current, asking=is_current and self.asking)
        usual = self.tr("Choose a line with the arrows: Enter changes its key, Shift+Enter adds one.")
        self.said.setText(words or (current.why if current else "") or usual)
        can = current is not None and not current.why
        self.change_button.setEnabled(can and not self.asking)
        self.none_button.setEnabled(can and bool(current and current.caps))
        self.reset_button.setEnabled(bool(current and current.is_changed))
        self.all_button.setEnabled(bool(KEYS.keymap.chosen))

    def _place(self) -> None:
        room = self.scrim.width() - 64
        self.columns = 3 if room >= WIDE - 120 else 2
        self.setFixedWidth(min(WIDE if self.columns == 3 else NARROW, room) + 2 * self.EDGE)
        self._fill()
        self.adjustSize()
        self.high = max(
            self.sizeHint().height(), self.high if self.field.text() else 0
        )  # it is as high as with all keys
        self.resize(self.width(), min(self.high, self.scrim.height() - 16))
        self.move((self.scrim.width() - self.width()) // 2, (self.scrim.height() - self.height()) // 2)

    def _fill(self) -> None:
        if self.body is not None:
            self.holder.removeWidget(self.body)
            self.body.hide()
            self.body.deleteLater()
        self.lines = []
        content = box(self._grid(self.shown()), ground="raised")
        self.body = Scroll(content)
        content.setMinimumHeight(content.sizeHint().height())  # lines keep their height where the bar is needed
        self.holder.insertWidget(0, self.body)
        self.body.setVisible(self.isVisible())
        self._show()

    def _grid(self, found: Sequence[Shortcut]) -> QLayout:
        if not found:
            words = self.tr("No shortcut holds “{typed}”.").format(typed=self.field.text())
            return column(label(words, "body", "muted"), None, margins=(32, 8, 32, 24))
        groups: dict[str, list[Shortcut]] = {}
        for shortcut in found:
            groups.setdefault(shortcut.group, []).append(shortcut)
        stacks = []
        for names in parted(list(groups), [HEAD + LINE * len(lines) for lines in groups.values()], self.columns):
            pieces = [piece for name in names for piece in (self._group(name, groups[name]), 16)]
            stacks.append(column(*pieces[:-1], None, gap=0))
        empty = [
            QWidget() for _ in range(self.columns - len(stacks))
        ]  # keys stand near their words, however few there are
        made = row(*stacks, *empty, gap=24, margins=(24, 8, 24, 16))
        for n in range(self.columns):
            made.setStretch(n, 1)
        return made

    def _group(self, name: str, found: Sequence[Shortcut]) -> QLayout:
        lines = [KeyLine(shortcut, self.theme) for shortcut in found]
        for line in lines:
            line.pressed.connect(self._pressed)
        self.lines += lines
        head = row(label(name, "small_strong", "muted"), margins=(8, 0, 8, 0))
        return column(head, rule(), column(*lines, gap=0), gap=4)


def parted(names: list[str], heights: list[int], columns: int) -> list[list[str]]:
    """The names in order, in at most so many columns, so that the highest column is as low as can be."""
    inner = combinations(range(1, len(names)), min(columns, len(names)) - 1)
    cuts = [list(pairwise((0, *cut, len(names)))) for cut in inner]
    best = min(cuts, key=lambda cut: max(sum(heights[start:end]) for start, end in cut))
    return [names[start:end] for start, end in best]
