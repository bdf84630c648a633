"""The passphrase of a sealed package: asked for in the window, kept for as long as the dialog that needs it is open."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from annotator.errors import AnnotatorError
from annotator.gui.dialogs.dialog import Dialog, Problem
from annotator.gui.dialogs.fields import button, line
from annotator.gui.theme import Theme

SHUT = ("package.locked", "package.wrong_passphrase")  # errors that a passphrase may help against


def is_shut(error: BaseException | None) -> bool:
    """Whether only a passphrase is missing."""
    return isinstance(error, AnnotatorError) and error.key in SHUT


class UnsealDialog(Dialog):
    """`decided` carries what was typed."""

    SNUG = True

    def __init__(self, parent: QWidget | None, theme: Theme, name: str):
        words = self.tr("{name} is sealed. Its sender knows the passphrase.").format(name=name)
        super().__init__(parent, theme, self.tr("Sealed package"), accept=self.tr("Open it"), words=words)
        self.field = line()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.form.add(self.tr("Passphrase"), self.field)
        self.body.addLayout(self.form)
        self.setMinimumWidth(440)
        self.field.setFocus()

    def value(self) -> str:
        return self.field.text()

    def problem(self) -> Problem | None:
        return None if self.field.text() else (self.tr("Type the passphrase."), self.field)


def unseal_button(parent: QWidget, theme: Theme, name: Callable[[], str], again: Callable[[], None]) -> QPushButton:
    """A button that asks for the passphrase of the package of this name, and then tries again."""

    def ask() -> None:
        dialog = UnsealDialog(parent, theme, name())
        dialog.decided.connect(lambda typed: _try(typed, again))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    made = button(QCoreApplication.translate("packages", "Passphrase …"), ask)
    made.hide()
    return made


def _try(typed: str, again: Callable[[], None]) -> None:
    from annotator.fieldwork import sealing

    sealing.give(typed)
    again()
