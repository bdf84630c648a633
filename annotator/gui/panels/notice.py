"""What went wrong, in a bar between the header and the text. It stays until somebody has read it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton

from annotator.gui.parts import box, column, label, row, rule
from annotator.gui.theme import Theme, mix

BESIDE = 480  # px from which the words have room beside the buttons


@dataclass(frozen=True, slots=True)
class Told:
    words: str
    button: str = ""
    action: Callable[[], None] | None = None
    passing: bool = False
    calm: bool = False


class Notice(QFrame):
    """One sentence, at most one button, and Close. The newest is in sight, the others wait behind it."""

    told = Signal(str)  # what was said just now
    dismissed = Signal()  # the last one was read: the focus goes back to the text

    def __init__(self, theme: Theme):
        super().__init__()
        self.waiting: list[Told] = []
        self.theme = theme
        self.words = label("", "body", wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.more = label("", "small", "muted")
        self.button, self.close_button = QPushButton(), QPushButton(self.tr("Close"))
        self.button.clicked.connect(self._act)
        self.close_button.clicked.connect(self._next)
        buttons = row(None, self.more, self.button, self.close_button)
        self.line = row(self.words, buttons, gap=8, margins=(32, 8, 16, 8))
        self.line.setStretch(0, 1)
        self.setLayout(column(box(self.line), rule(), gap=0))
        self.hide()

    def tell(
        self,
        words: str,
        *,
        button: str = "",
        action: Callable[[], None] | None = None,
        passing: bool = False,
        calm: bool = False,
    ) -> None:
        """Shows a sentence, with a button when there is something to do about it; what stood there waits behind it. The
        same sentence never waits twice. One that is `passing` says why a step was not done, and goes with the next step,
        done or not.
        A `calm` one says that all is well, on a plain ground."""
        self.waiting = [told for told in self.waiting if told.words != words and not (passing and told.passing)]
        self.waiting.insert(0, Told(words, button, action, passing, calm))
        self._show()
        self.told.emit(words)

    def go_on(self) -> None:
        """Another step was done: what only said why one was not, is over."""
        self.waiting = [told for told in self.waiting if not told.passing]
        if self.waiting:
            self._show()
        else:
            self.hide()

    def clear(self) -> None:
        """Drops all that stands: another project was opened."""
        self.waiting.clear()
        self.hide()

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        theme, calm = self.theme, bool(self.waiting) and self.waiting[0].calm
        painter.fillRect(
            self.rect(), theme.panel if calm else mix(theme.canvas, theme.danger, 0.18 if theme.dark else 0.08)
        )
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the buttons go below the words."""
        super().resizeEvent(event)
        way = QBoxLayout.Direction.LeftToRight if self.width() >= BESIDE else QBoxLayout.Direction.TopToBottom
        self.line.setDirection(way)
        self._fit()

    def _fit(self) -> None:
        """As high as its words need at this width: what is left belongs to the text."""
        self.line.invalidate()
        self.setFixedHeight(self.line.heightForWidth(self.width()) + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._next()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.button if self.button.hasFocus() else self.close_button).click()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        told = self.waiting[0]
        self.words.setText(told.words)
        self.setAccessibleName(told.words)
        self.button.setText(told.button)
        self.button.setVisible(bool(told.button))
        behind = len(self.waiting) - 1
        self.update()
        self.more.setText(self.tr("{count} more").format(count=behind) if behind else "")
        self.show()
        self._fit()

    def _next(self) -> None:
        self.waiting.pop(0)
        if self.waiting:
            self._show()
        else:
            self.hide()
            self.dismissed.emit()

    def _act(self) -> None:
        action = self.waiting[0].action
        self._next()
        if action:
            action()
