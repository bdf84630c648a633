"""A new passphrase, typed twice: two lines of a form, and a third that asks whether there shall be one at all."""

from PySide6.QtCore import QObject

from annotator import ciphered
from annotator.gui.dialogs.dialog import Form, Problem
from annotator.gui.dialogs.fields import Tick
from annotator.gui.panels.passphrase import PassphraseField
from annotator.gui.theme import Theme
from annotator.locks import SHORTEST


class PassphraseLines(QObject):
    """Tells when Caps Lock seems to be on, and what is wrong. The lines can be out of sight: then nothing is asked."""

    def __init__(self, form: Form):
        super().__init__(form)
        self.form, self.shown = form, True
        self.first, self.again = PassphraseField(), PassphraseField()
        hint = self.tr("At least {count} characters. Four words that have nothing to do with one another are good.")
        form.add(self.tr("Passphrase"), self.first, hint=hint.format(count=SHORTEST))
        self.caps = form.add(self.tr("Once more"), self.again)
        for field in (self.first, self.again):
            field.tell_caps(self.caps)

    def show(self, shown: bool) -> None:
        """Brings the lines into sight, or takes them out of it, with what was typed."""
        self.shown = shown
        for field in (self.first, self.again):
            self.form.show_line(field, shown)
            if not shown:
                field.clear()

    def passphrase(self) -> str:
        """What was typed; "" when nothing is asked."""
        return self.first.text() if self.shown else ""

    def problem(self) -> Problem | None:
        """What is wrong with it, if anything is."""
        if not self.shown:
            return None
        if len(self.first.text()) < SHORTEST:
            return self.tr("This is too short."), self.first
        if self.first.text() != self.again.text():
            return self.tr("This is not the same passphrase."), self.again
        return None


class EncryptLines(QObject):
    """Whether a new project is encrypted at once, and with which passphrase."""

    def __init__(self, form: Form, theme: Theme):
        super().__init__(form)
        self.form = form
        self.tick = Tick(self.tr("Nobody reads it without a passphrase"), theme)
        self.about = form.add(self.tr("Encrypt"), self.tick)
        self.twice = PassphraseLines(form)
        self.twice.show(False)
        self.tick.toggled.connect(self.twice.show)
        self.can_be = ciphered.is_installed()
        self.tick.setEnabled(self.can_be)
        if not self.can_be:
            self.say(self.tr("What encrypts is not installed here: pip install 'annotator[encrypted]'."))

    def say(self, words: str) -> None:
        """A sentence below the question."""
        self.about.setText(words)
        self.about.setVisible(bool(words))

    def show(self, shown: bool) -> None:
        """Brings the lines into sight, or takes them out of it: then nothing is encrypted."""
        self.form.show_line(self.tick, shown)
        self.tick.setChecked(self.tick.isChecked() and shown)

    def passphrase(self) -> str:
        """The new passphrase; "" when it is not to be encrypted."""
        return self.twice.passphrase()

    def problem(self) -> Problem | None:
        """What is wrong, if anything is."""
        return self.twice.problem()
