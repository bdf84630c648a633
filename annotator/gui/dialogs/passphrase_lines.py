"""A new passphrase, typed twice: two lines of a form."""

from PySide6.QtCore import QObject

from annotator.gui.dialogs.dialog import Form, Problem
from annotator.gui.panels.passphrase import PassphraseField
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
