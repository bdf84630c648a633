"""Coding hits one by one: which hit one stands at, with which code, and what the keys do. It stands above the text."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from annotator.gui.dialogs.fields import Choice
from annotator.gui.parts import Flow, box, column, keycap, label, row, rule
from annotator.gui.theme import Theme


class HitBar(QFrame):
    """Keys go to the bar while it has the focus: Enter codes the hit, Space its sentence, the arrows walk, Esc stops."""

    SPOKEN_AS = QAccessible.Role.Grouping

    accepted = Signal(bool)  # code this hit; whether its whole sentence
    stepped = Signal(int)  # to the next (1) or the one before (-1), without coding
    all_wanted = Signal()
    closed = Signal()

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Coding of hits"))
        self.place = label("", "body")
        self.code = Choice(theme)
        self.code.setAccessibleName(self.tr("Code for the hits"))
        self.code.setMinimumWidth(180)
        self.code.activated.connect(lambda _: self.setFocus())
        self.take, self.whole = QPushButton(self.tr("Code the hit")), QPushButton(self.tr("Code its sentence"))
        self.skip, self.all = QPushButton(self.tr("Skip")), QPushButton(self.tr("Code all that remain …"))
        self.stop = QPushButton(self.tr("Stop"))
        self.take.clicked.connect(lambda: self.accepted.emit(False))
        self.whole.clicked.connect(lambda: self.accepted.emit(True))
        self.skip.clicked.connect(lambda: self.stepped.emit(1))
        self.all.clicked.connect(self.all_wanted)
        self.stop.clicked.connect(self.closed)
        keyed = (
            (self.take, self.tr("Enter")),
            (self.whole, self.tr("Space")),
            (self.skip, "→"),
            (self.stop, self.tr("Esc")),
        )
        parts = [self._keyed(button, key) for button, key in keyed]
        flow = Flow(self.code, *parts[:3], self.all, parts[3], gap=8)
        line = row(self.place, flow, gap=12, margins=(32, 8, 16, 8))
        line.setStretch(1, 1)
        self.setLayout(column(box(line), rule(), gap=0))
        self.hide()

    def _keyed(self, button: QPushButton, key: str) -> QWidget:
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return box(row(button, keycap(key), gap=4))

    def offer(self, codes: list[tuple[str, str]], chosen: str | None) -> None:
        """The codes to choose from: (words, id)."""
        self.code.clear()
        for words, id in codes:
            self.code.addItem(words, id)
        self.code.choose(chosen)

    def show_place(self, number: int, total: int, coded: int) -> None:
        """Which hit one stands at, from 1, and how many were coded."""
        words = self.tr("Hit {number} of {total}, {coded} coded")
        self.place.setText(words.format(number=number, total=total, coded=coded))

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
            self.accepted.emit(False)
        elif key == Qt.Key.Key_Space:
            self.accepted.emit(True)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self.stepped.emit(-1 if self.isRightToLeft() and key == Qt.Key.Key_Right else 1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self.stepped.emit(1 if self.isRightToLeft() and key == Qt.Key.Key_Left else -1)
        elif key == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
