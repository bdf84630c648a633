"""Where a passphrase is typed: the field, whether Caps Lock is on, and the recovery code in its place."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from annotator.gui.dialogs.fields import button
from annotator.gui.parts import column, label, row

Attempt = Callable[
    [str, bool], str
]  # (what was typed, is it the recovery code) -> why it does not open; "" when it does
ByMachine = Callable[[], str]  # why the key of this machine does not open it; "" when it does


class PassphraseField(QLineEdit):
    """Shows dots for letters, keeps no history of them, and tells when Caps Lock seems to be on."""

    caps = Signal(bool)

    def __init__(self):
        super().__init__()
        self.setFixedHeight(28)
        self.hide_letters(True)

    def hide_letters(self, hidden: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Password if hidden else QLineEdit.EchoMode.Normal)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)

    def tell_caps(self, below: QLabel) -> None:
        """Lets a label say that Caps Lock seems to be on."""

        def tell(on: bool) -> None:
            below.setText(self.tr("Caps Lock seems to be on.") if on else "")
            below.setVisible(on)

        self.caps.connect(tell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        if len(letter) == 1 and letter.upper() != letter.lower():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps.emit(letter.isupper() != shift)
        super().keyPressEvent(event)


class Passphrase(QWidget):
    """Asks for the passphrase of a project or, instead, for its recovery code. `opened` says which of them did. Where the key
    of this machine opens it, a button does."""

    opened = Signal(bool)  # whether by the recovery code

    def __init__(self, attempt: Attempt, by_machine: ByMachine | None = None):
        super().__init__()
        self._attempt, self.by_code = attempt, False
        self.machine = button(self.tr("Use the key of this machine"), self._use_machine)
        self.machine.setVisible(by_machine is not None)
        self._by_machine = by_machine
        self.name = label("", "small", "muted")
        self.field = PassphraseField()
        self.name.setBuddy(self.field)
        self.caps = label(self.tr("Caps Lock seems to be on."), "small", "muted", wrap=True)
        self.caps.hide()
        self.error = label("", "small", "danger", wrap=True)
        self.error.setMinimumHeight(2 * self.error.fontMetrics().lineSpacing())
        keeps = self.error.sizePolicy()
        keeps.setRetainSizeWhenHidden(
            True
        )  # so that nothing moves, and nothing lacks room, when there is something to say
        self.error.setSizePolicy(keeps)
        self.error.hide()
        self.other: QPushButton = button("", self.turn)
        self.field.caps.connect(lambda on: self.caps.setVisible(on and not self.by_code))
        self.field.textEdited.connect(lambda _: self.error.hide())
        self.setLayout(
            column(self.name, self.field, self.caps, self.error, row(self.machine, None, margins=(0, 4, 0, 4)), gap=4)
        )
        self.setFocusProxy(self.field)
        self._show_words()

    def turn(self) -> None:
        """Asks for the other of the two."""
        self.by_code = not self.by_code
        self.field.clear()
        self.field.hide_letters(not self.by_code)
        self.caps.hide()
        self.error.hide()
        self._show_words()
        self.field.setFocus()

    def _show_words(self) -> None:
        name = self.tr("Recovery code") if self.by_code else self.tr("Passphrase")
        self.name.setText(name)
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(self.tr("Nine groups of four, from the paper") if self.by_code else "")
        self.other.setText(self.tr("Use the passphrase") if self.by_code else self.tr("Use the recovery code"))

    def try_it(self) -> bool:
        """Tries what was typed; says why it does not open."""
        return self._tell(self._attempt(self.field.text(), self.by_code), self.by_code)

    def _use_machine(self) -> None:
        assert self._by_machine is not None
        self._tell(self._by_machine(), False)

    def _tell(self, words: str, by_code: bool) -> bool:
        self.error.setText(words)
        self.error.setVisible(bool(words))
        if words:
            self.field.selectAll()
            self.field.setFocus()
            return False
        self.field.clear()
        self.opened.emit(by_code)
        return True


class EnterPresses(QObject):
    """Enter in a field presses a button, where there is no dialog to do it."""

    def __init__(self, field: QWidget, press: QPushButton):
        super().__init__(field)
        self.press = press
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        enter = Qt.Key.Key_Return, Qt.Key.Key_Enter
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in enter:
            self.press.click()
            return True
        return super().eventFilter(watched, event)
