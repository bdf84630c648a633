"""The window of what waits for a person's word: a list at the left, what one stands at beside it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.gui.deciding.items import Item, Kind
from annotator.gui.deciding.pages import Sheet
from annotator.gui.dialogs.fields import button
from annotator.gui.dialogs.lists import Line, Lines
from annotator.gui.parts import box, column, label, row, rule
from annotator.gui.theme import Theme

SIZE, LEAST, SIDE = (1120, 720), (800, 480), 312
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Waiting(Lines):
    """The list. It leaves digits and letters to the window: they decide."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER or (event.text().strip() and event.text().isprintable()):
            event.ignore()
        else:
            super().keyPressEvent(event)


class DecidingWindow(QWidget):
    """Shows plain values, and emits what was wanted."""

    version_wanted = Signal(object, str)  # Item, id of a revision
    both_wanted = Signal(object)
    place_wanted = Signal(object, int)
    text_wanted = Signal(object)
    undo_wanted = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, *, project: str):
        super().__init__()
        self.theme = theme
        self.items: dict[str, Item] = {}
        self._may_decide = True
        self.setWindowTitle(self.tr("To decide – {project}").format(project=project))
        self.setProperty("ground", "canvas")
        self.setProperty("help", "fieldwork")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.list, self.sheet = Waiting(self.tr("What waits"), theme), Sheet(theme)
        self.said = label("", "small", "muted", wrap=True)
        self.undo = button(self.tr("Undo"), self.undo_wanted.emit)
        self.undo.setEnabled(False)
        foot = column(self.said, row(self.undo, None), gap=8, margins=(16, 8, 16, 16))
        side = column(row(self.list, margins=(8, 12, 8, 0)), rule(), foot, gap=0)
        side.setStretch(0, 1)
        self.side = box(side, ground="panel")
        self.side.setFixedWidth(SIDE)
        whole = row(self.side, rule("v"), self.sheet, gap=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.list.currentRowChanged.connect(lambda _: self._show_current())
        self.list.itemDoubleClicked.connect(lambda _: self._want_text())
        self.sheet.version_wanted.connect(lambda id: self.version_wanted.emit(self.sheet.item, id))
        self.sheet.both_wanted.connect(lambda: self.both_wanted.emit(self.sheet.item))
        self.sheet.place_wanted.connect(lambda place: self.place_wanted.emit(self.sheet.item, place))
        self.sheet.text_wanted.connect(self._want_text)
        self.setMinimumSize(*LEAST)
        self.resize(*SIZE)
        self.setFocusProxy(self.list)

    def show_items(self, items: Sequence[Item], *, may_decide: bool) -> None:
        """Shows these in the place of what stood here. What one stood at stays; when it is gone, what stood after it."""
        was, place = self.list.current(), self.list.currentRow()
        self._may_decide = may_decide
        self.items = {one.id: one for one in items}
        lines = self._lines(items)
        self.list.blockSignals(True)
        self.list.set_lines(lines)
        if was in self.items:
            self.list.choose(was)
        else:
            self._stand_near(place, lines)
        self.list.blockSignals(False)
        if not items:
            self.sheet.show_item(None)
            self.sheet.question.setText(self.tr("Nothing waits for a decision."))
        else:
            self._show_current()

    def say(self, words: str) -> None:
        """One sentence below the list, until something else is done."""
        self.said.setText(words)

    def offer_undo(self, words: str) -> None:
        """What undo would take back; nothing when it is no decision."""
        self.undo.setEnabled(bool(words))
        self.undo.setText(self.tr("Undo: {step}").format(step=words) if words else self.tr("Undo"))

    def _lines(self, items: Sequence[Item]) -> list[Line]:
        heads: dict[Kind, str] = {
            "contested": self.tr("Contested: {count}"),
            "orphan": self.tr("Words not at their place: {count}"),
            "barred": self.tr("Not permitted: {count}"),
        }
        lines = []
        for kind, head in heads.items():
            some = [one for one in items if one.kind == kind]
            if some:
                lines.append(Line(head.format(count=len(some)), ""))
                lines += [Line(one.title, one.id, one.where.partition(" · ")[0]) for one in some]
        return lines

    def _stand_near(self, place: int, lines: Sequence[Line]) -> None:
        """At the line of this number or, where that is a heading or the end, the nearest that is none."""
        rows = [number for number, line in enumerate(lines) if line.id]
        if rows:
            self.list.setCurrentRow(next((number for number in rows if number >= place), rows[-1]))

    def _show_current(self) -> None:
        self.sheet.show_item(self.items.get(self.list.current()), may_decide=self._may_decide)

    def _want_text(self) -> None:
        if self.sheet.item and self.sheet.item.document:
            self.text_wanted.emit(self.sheet.item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits decide, B keeps both, Enter leads to the text, Esc closes."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() == Qt.Key.Key_Z:
            self.undo.click()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in ENTER:
            self._want_text()
        elif event.text().isdecimal() and not control:
            self.sheet.choose(int(event.text()))
        elif event.text().casefold() == "b" and not control:
            self.sheet.keep_both()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)
