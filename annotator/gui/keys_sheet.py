"""The sheet of keyboard shortcuts over the dimmed window, made from the table of actions."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QLayout, QWidget

from annotator.gui.parts import Floating, Scroll, box, column, elided, keycap, label, row, rule, search_field
from annotator.gui.theme import Theme

LINE, HEAD = 32, 52  # px of one shortcut, and of the name of a group with the gap above it
PRINTED = {"Return": "Enter", "PgDown": "PgDn"}  # as Qt calls keys
WIDE, NARROW = 1160, 760  # of the sheet with three columns and with two


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One line: what it does and its keys, parted by blanks; … between two keys reads “to”."""

    group: str
    words: str
    keys: str


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
    """Every shortcut in groups, with a field that finds one. Esc or a click beside it closes it."""

    closed = Signal()

    def __init__(self, parent: QWidget, theme: Theme, shortcuts: Sequence[Shortcut]):
        self.scrim = Scrim(parent, theme)
        super().__init__(self.scrim, theme)
        self.shortcuts = tuple(shortcuts)
        self.before = parent.window().focusWidget()
        self.field = search_field(self.tr("Find a shortcut"), theme)
        self.field.setAccessibleName(self.tr("Find a shortcut"))
        self.field.setFixedWidth(224)
        self.field.textChanged.connect(self._fill)
        head = row(label(self.tr("Keyboard shortcuts"), "title"), None, self.field, margins=(32, 24, 32, 20))
        self.holder = column(gap=0)
        foot = row(
            label(self.tr("The key of a code is the one on its cap in the codebook."), "small", "muted"),
            None,
            keycap("Esc"),
            label(self.tr("close"), "small", "muted"),
            margins=(32, 12, 32, 12),
        )
        self.inside.addLayout(column(head, self.holder, rule(), foot, gap=0))
        self.scrim.pressed.connect(self.close_sheet)
        self.scrim.resized.connect(self._place)
        self.body: QWidget | None = None
        self.columns = 3
        self._fill()
        self.scrim.show()
        self.scrim.raise_()
        self.show()
        self._place()
        self.field.setFocus()

    def close_sheet(self) -> None:
        self.scrim.hide()
        self.scrim.deleteLater()
        if self.before is not None:
            self.before.setFocus()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the sheet itself stays on it."""

    def shown(self) -> list[Shortcut]:
        """The shortcuts that the typed words leave."""
        typed = self.field.text().casefold().split()
        return [s for s in self.shortcuts if all(w in f"{s.group} {s.words} {s.keys}".casefold() for w in typed)]

    def _place(self) -> None:
        room = self.scrim.width() - 64
        self.columns = 3 if room >= WIDE - 120 else 2
        self.setFixedWidth(min(WIDE if self.columns == 3 else NARROW, room) + 2 * self.EDGE)
        self._fill()
        self.adjustSize()
        self.resize(self.width(), min(self.sizeHint().height(), self.scrim.height() - 16))
        self.move((self.scrim.width() - self.width()) // 2, (self.scrim.height() - self.height()) // 2)

    def _fill(self) -> None:
        height = self.body.height() if self.body and self.field.text() else None
        if self.body is not None:
            self.body.setParent(None)
            self.body.deleteLater()
        content = box(self._grid(self.shown()), ground="raised")
        self.body = Scroll(content)
        content.setMinimumHeight(content.sizeHint().height())  # lines keep their height where the bar is needed
        if height:
            self.body.setFixedHeight(height)  # the sheet does not jump while one types
        self.holder.addWidget(self.body)
        self.body.setVisible(self.isVisible())

    def _grid(self, shortcuts: Sequence[Shortcut]) -> QLayout:
        if not shortcuts:
            words = self.tr("No shortcut holds “{typed}”.").format(typed=self.field.text())
            return column(label(words, "body", "muted"), None, margins=(32, 8, 32, 24))
        groups: dict[str, list[Shortcut]] = {}
        for shortcut in shortcuts:
            groups.setdefault(shortcut.group, []).append(shortcut)
        stacks = []
        for names in parted(list(groups), [HEAD + LINE * len(lines) for lines in groups.values()], self.columns):
            pieces = [piece for name in names for piece in (self._group(name, groups[name]), 20)]
            stacks.append(column(*pieces[:-1], None, gap=0))
        made = row(*stacks, gap=40, margins=(32, 8, 32, 24))
        for n in range(len(stacks)):
            made.setStretch(n, 1)
        return made

    def _group(self, name: str, shortcuts: Sequence[Shortcut]) -> QLayout:
        lines = []
        for shortcut in shortcuts:
            words = elided(shortcut.words)
            words.setFixedHeight(LINE)
            lines.append(row(words, None, self._caps(shortcut.keys), gap=8))
        return column(label(name, "small_strong", "muted"), rule(), column(*lines, gap=0), gap=6)

    def _caps(self, keys: str) -> QLayout:
        to = self.tr("to")
        return row(
            *(label(to, "small", "muted") if key == "…" else keycap(_printed(key)) for key in keys.split()), gap=4
        )


def parted(names: list[str], heights: list[int], columns: int) -> list[list[str]]:
    """The names in order, in at most so many columns, so that the highest column is as low as can be."""
    inner = combinations(range(1, len(names)), min(columns, len(names)) - 1)
    cuts = [list(pairwise((0, *cut, len(names)))) for cut in inner]
    best = min(cuts, key=lambda cut: max(sum(heights[start:end]) for start, end in cut))
    return [names[start:end] for start, end in best]


def _printed(key: str) -> str:
    """A key as it is printed on the keyboard, where Qt calls it otherwise."""
    for name, printed in PRINTED.items():
        key = key.replace(name, printed)
    return key
