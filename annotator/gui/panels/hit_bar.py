"""Coding hits one by one: which hit one stands at, with which code, and what the keys do. It stands above the text."""

from typing import Literal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from annotator.gui.dialogs.fields import Choice
from annotator.gui.mirror import back_key, forward_key
from annotator.gui.parts import Flow, box, column, keycap, label, row, rule
from annotator.gui.theme import Theme

from .find_bar import Arrow

HEIGHT = 32  # px of what stands in the line
Taken = Literal["hit", "clause", "sentence"]


class HitBar(QFrame):
    """Keys go to the bar while it has the focus: Enter codes the hit, comma its clause, as in the text, Space its sentence;
    the arrows walk, Esc stops."""

    SPOKEN_AS = QAccessible.Role.Grouping

    accepted = Signal(str)  # code this hit: so much of it
    code_chosen = Signal()
    stepped = Signal(int)  # to the next (1) or the one before (-1), without coding
    all_wanted = Signal()
    closed = Signal()

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Coding of hits"))
        self.place = label("", "body")
        self.place.setFixedHeight(HEIGHT)
        self.code = Choice(theme)
        self.code.setAccessibleName(self.tr("Code for the hits"))
        self.code.setFixedWidth(160)
        self.code.setFixedHeight(HEIGHT)
        self.code.activated.connect(lambda _: self._choose())
        self.take = self._button(self.tr("Code hit"), self.tr("Code the hit"))
        self.clause = self._button(self.tr("Clause"), self.tr("Code the clause of the hit"))
        self.whole = self._button(self.tr("Sentence"), self.tr("Code the sentence of the hit"))
        self.skip = self._button(self.tr("Skip"), self.tr("Go on without coding"))
        self.all = self._button(self.tr("All …"), self.tr("Code all that remain, after asking"))
        self.stop = Arrow("close", self.tr("Back to the text"), theme)
        self.stop.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.take.clicked.connect(lambda: self.accepted.emit("hit"))
        self.clause.clicked.connect(lambda: self.accepted.emit("clause"))
        self.whole.clicked.connect(lambda: self.accepted.emit("sentence"))
        self.skip.clicked.connect(lambda: self.stepped.emit(1))
        self.all.clicked.connect(self.all_wanted)
        self.stop.clicked.connect(self.closed)
        keyed = (
            (self.take, self.tr("Enter")),
            (self.clause, ","),
            (self.whole, self.tr("Space")),
            (self.skip, "←" if QGuiApplication.isRightToLeft() else "→"),
        )
        parts = [self._keyed(button, key) for button, key in keyed]
        line = row(Flow(self.place, self.code, *parts, self.all), self.stop, gap=8, margins=(32, 8, 16, 8))
        line.setStretch(0, 1)
        self.setLayout(column(box(line), rule(), gap=0))
        self.hide()

    def _button(self, words: str, said: str) -> QPushButton:
        made = QPushButton(words)
        made.setToolTip(said)
        made.setAccessibleName(said)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return made

    def _keyed(self, button: QPushButton, key: str) -> QWidget:
        return box(row(button, keycap(key), gap=4))

    def offer(self, codes: list[tuple[str, str]], chosen: str | None) -> None:
        """The codes to choose from: (words, id)."""
        self.code.clear()
        for words, id in codes:
            self.code.addItem(words, id)
        self.code.choose(chosen)

    def show_place(self, number: int, total: int, coded: int, *, is_coded: bool) -> None:
        """Which hit one stands at, from 1, whether it is coded with the code, and how many are."""
        words = self.tr("Hit {number} of {total}, {coded} coded")
        here = self.tr("Hit {number} of {total} is coded, {coded} in all")
        self.place.setText((here if is_coded else words).format(number=number, total=total, coded=coded))
        self.place.setMinimumWidth(
            max(self.place.minimumWidth(), self.place.sizeHint().width())
        )  # nothing jumps to and fro

    def _choose(self) -> None:
        self.setFocus()
        self.code_chosen.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Where the keys go to."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.theme.accent, 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 6, 6)
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit("hit")
        elif event.text() == ",":
            self.accepted.emit("clause")
        elif key == Qt.Key.Key_Space:
            self.accepted.emit("sentence")
        elif key in (forward_key(self), Qt.Key.Key_Down):
            self.stepped.emit(1)
        elif key in (back_key(self), Qt.Key.Key_Up):
            self.stepped.emit(-1)
        elif key == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
