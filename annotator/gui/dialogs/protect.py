"""Encrypting a project, and what can be done with one that is: each dialog hands back what was decided, and does nothing."""

from typing import Any, NamedTuple

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.gui.dialogs.dialog import Dialog, Problem
from annotator.gui.dialogs.fields import Choice, button
from annotator.gui.dialogs.passphrase_lines import PassphraseLines
from annotator.gui.panels.passphrase import Attempt, ByMachine, Passphrase, PassphraseField
from annotator.gui.parts import label, row
from annotator.gui.theme import Theme
from annotator.settings import LOCKS

COPIES = ("turn", "delete", "keep")


class UnlockDialog(Dialog):
    """Asks for the passphrase of a project that is to be opened. `decided` says whether the recovery code was used."""

    SNUG = True

    def __init__(
        self,
        parent: QWidget | None,
        theme: Theme,
        name: str,
        attempt: Attempt,
        by_machine: ByMachine | None = None,
    ):
        words = self.tr("{name} is encrypted.").format(name=name)
        super().__init__(parent, theme, self.tr("Open an encrypted project"), accept=self.tr("Open"), words=words)
        self.ask = Passphrase(attempt, by_machine)
        self.body.addWidget(self.ask)
        self.body.addStretch(1)
        self.aside.addWidget(self.ask.other)
        self.by_code = False  # whether it was the recovery code that opened it
        self.ask.opened.connect(self._opened)
        self.setMinimumWidth(480)
        self.ask.setFocus()

    def value(self) -> bool:
        return self.by_code

    def problem(self) -> Problem | None:
        return None

    def accept(self) -> None:
        """Tries what was typed; what opens the project closes the dialog."""
        self.ask.try_it()

    def _opened(self, by_code: bool) -> None:
        self.by_code = by_code
        super().accept()


class NewPassphrase(NamedTuple):
    """A passphrase that was typed twice, and what becomes of the backups."""

    passphrase: str
    copies: Any  # one of COPIES


class NewPassphraseDialog(Dialog):
    """Asks for a new passphrase. `decided` carries a NewPassphrase."""

    SNUG = True

    def __init__(
        self, parent: QWidget | None, theme: Theme, title: str, *, accept: str, words: str, backups: int | None = None
    ):
        """`backups`: so many are there to decide on; None asks nothing about them."""
        super().__init__(parent, theme, title, accept=accept, words=words)
        self.twice = PassphraseLines(self.form)
        self.first, self.again = self.twice.first, self.twice.again
        self.copies = Choice(
            theme,
            zip(
                (self.tr("Encrypt them as well"), self.tr("Delete them"), self.tr("Leave them readable")),
                COPIES,
                strict=True,
            ),
        )
        if backups is not None:
            there = self.tr("{count} are there, and anybody can read them.").format(count=backups)
            one = self.tr("1 is there, and anybody can read it.")
            none = self.tr("None is there yet. Those to come are encrypted.")
            self.form.add(self.tr("Backups"), self.copies, hint={0: none, 1: one}.get(backups, there))
            self.copies.setEnabled(backups > 0)
        self.body.addLayout(self.form)
        self.body.addStretch(1)
        self.setMinimumWidth(520)
        self.first.setFocus()

    def value(self) -> NewPassphrase:
        return NewPassphrase(self.twice.passphrase(), self.copies.chosen())

    def problem(self) -> Problem | None:
        return self.twice.problem()


class OldPassphraseDialog(Dialog):
    """Asks for the passphrase up to now before something is done that cannot be taken back. `decided` carries it."""

    SNUG = True

    def __init__(self, parent: QWidget | None, theme: Theme, title: str, attempt: Attempt, *, accept: str, words: str):
        super().__init__(parent, theme, title, accept=accept, words=words)
        self._attempt = attempt
        self.field = PassphraseField()
        self.field.tell_caps(self.form.add(self.tr("Passphrase"), self.field))
        self.body.addLayout(self.form)
        self.body.addStretch(1)
        self.setMinimumWidth(480)
        self.field.setFocus()

    def value(self) -> str:
        return self.field.text()

    def problem(self) -> Problem | None:
        words = self._attempt(self.field.text(), False)
        return (words, self.field) if words else None


class ProtectionDialog(Dialog):
    """What can be done with an encrypted project. `decided` carries the minutes after which it locks itself; what else is
    wanted, `wanted` says when the dialog is closed."""

    SNUG = True

    def __init__(self, parent: QWidget | None, theme: Theme, name: str, minutes: int):
        words = self.tr("{name} and its backups are encrypted. Its key file lies beside it: move both together.")
        super().__init__(parent, theme, self.tr("Protect"), accept=self.tr("Save"), words=words.format(name=name))
        self.wanted = ""
        choices = [(self.tr("{count} minutes").format(count=count), count) for count in LOCKS if count]
        self.minutes = Choice(theme, [*choices, (self.tr("Never"), 0)])
        self.minutes.choose(minutes)
        self.form.add(
            self.tr("Lock after"),
            self.minutes,
            hint=self.tr("Without a key or the mouse. It locks also when the machine goes to sleep."),
        )
        self.ways = {
            "code": (self.tr("Recovery code …"), self.tr("Opens the project when the passphrase is forgotten.")),
            "passphrase": (self.tr("New passphrase …"), self.tr("The old one opens the project no more.")),
            "rekey": (self.tr("New key …"), self.tr("The old recovery code and old key files open it no more.")),
            "decrypt": (self.tr("Decrypt …"), self.tr("Then anybody who has the file can read it.")),
        }
        self.buttons = {}
        for what, (words, hint) in self.ways.items():
            self.buttons[what] = made = button(words, lambda what=what: self._take(what))
            self.form.add("", made, beside=_at_left(made), hint=hint)
        self.body.addLayout(self.form)
        self.body.addStretch(1)
        self.setMinimumWidth(520)
        self.minutes.setFocus()

    def _take(self, what: str) -> None:
        self.wanted = what
        self.accept()

    def value(self) -> int:
        return self.minutes.chosen()


class RecoveryCodeDialog(Dialog):
    """Shows the recovery code, to be written down, printed or saved elsewhere. `printed` prints it."""

    SNUG = True

    def __init__(self, parent: QWidget | None, theme: Theme, name: str, code: str, *, printed):
        words = self.tr(
            "It opens {name} when the passphrase is forgotten or the key file is lost. Keep it on paper, apart from the "
            "project. Whoever has both can read everything."
        )
        super().__init__(
            parent, theme, self.tr("Recovery code"), accept=self.tr("I have kept it"), words=words.format(name=name)
        )
        self.name, self.code = name, code
        groups = code.split("-")
        lines = "\n".join("  ".join(groups[n : n + 3]) for n in range(0, len(groups), 3))
        self.shown = label(lines, "title")
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPointSizeF(14)
        fixed.setWeight(QFont.Weight.DemiBold)
        self.shown.setFont(fixed)
        self.shown.setAccessibleName(self.tr("Recovery code: {code}").format(code=" ".join(groups)))
        self.body.addLayout(row(None, self.shown, None, margins=(0, 8, 0, 8)))
        self.body.addStretch(1)
        self.print_button = button(self.tr("Print …"), lambda: printed(self.sheet()))
        self.save_button = button(self.tr("Save …"), self._save)
        for one in (self.print_button, self.save_button):
            self.aside.addWidget(one)
        self.setTabOrder(self.print_button, self.save_button)
        self.setTabOrder(self.save_button, self.primary)
        self.primary.setFocus()
        self.cancel_button.hide()
        self.setMinimumWidth(480)

    def sheet(self) -> str:
        """The code as a page of words."""
        words = self.tr("Recovery code of the project {name}").format(name=self.name)
        return f"{words}\n\n{self.code}\n"

    def _save(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Save the recovery code elsewhere"), "", "*.txt")
        if not path:
            return
        try:
            with open(path, "w", encoding="utf-8") as file:
                file.write(self.sheet())
        except OSError as error:
            self.show_problem((self.tr("It could not be saved: {reason}.").format(reason=error.strerror), None))

    def value(self) -> str:
        return self.code


def _at_left(made: QWidget) -> QWidget:
    holder = QWidget()
    holder.setLayout(row(made, None))
    return holder
