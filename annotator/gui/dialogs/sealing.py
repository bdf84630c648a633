"""Whether a package is sealed for its way, and for whom: lines of a form, and what the one who gets it has to do."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from annotator.fieldwork.keys import fingerprint
from annotator.fieldwork.sealing import Seal
from annotator.gui.dialogs.dialog import Form, Problem
from annotator.gui.dialogs.passphrase_lines import PassphraseLines
from annotator.gui.parts import Segmented

NOT, PASSPHRASE, MACHINE = range(3)


class SealLines(QObject):
    """Says below the choice what follows from it. A project that is encrypted sends sealed unless somebody wants otherwise."""

    def __init__(self, form: Form, *, encrypted: bool):
        """`encrypted`: whether the project is."""
        super().__init__(form)
        self.encrypted, self.name, self.keys = encrypted, "", ()
        words = [self.tr("Not sealed"), self.tr("With a passphrase"), self.tr("For their machine")]
        self.way = Segmented(words, NOT, name=self.tr("Seal"))
        self.about = form.add(self.tr("Seal"), self.way, hint=" ")
        self.twice = PassphraseLines(form)
        self.is_chosen = False  # by a person
        self.way.changed.connect(self._choose)
        self._show()

    def meant_for(self, name: str, keys: Sequence[str]) -> None:
        """Who gets the package, and the keys of their machines as far as they are known here."""
        self.name, self.keys = name, tuple(keys)
        if not self.is_chosen and self.encrypted:
            self.way.choose(MACHINE if self.keys else PASSPHRASE)
        self._show()

    def seal(self) -> Seal | None:
        """For whom it is; None when it is not sealed."""
        made = {PASSPHRASE: Seal(self.twice.passphrase()), MACHINE: Seal(devices=self.keys)}
        return made.get(self.way.chosen())

    def problem(self) -> Problem | None:
        """What is wrong, if anything is."""
        if self.way.chosen() == MACHINE and not self.keys:
            return self._unknown(), self.way
        return self.twice.problem()

    def told(self) -> str:
        """What the one who gets it has to do."""
        if self.way.chosen() == PASSPHRASE:
            words = self.tr("{name} is asked for the passphrase. Say it by another way than the file goes.")
            return words.format(name=self.name)
        if self.way.chosen() == NOT:
            return self.tr("Whoever gets hold of the file can read it.")
        one = self.tr("It opens by itself on the machine of {name}, and on no other. Its key: {words}.")
        more = self.tr("It opens by itself on the machines of {name}, and on no other. Their keys: {words}.")
        words = ", ".join(map(fingerprint, self.keys))
        return (one if len(self.keys) == 1 else more).format(name=self.name, words=words)

    def _unknown(self) -> str:
        words = self.tr(
            "No machine of {name} is known here before something came from it. Until then, use a passphrase."
        )
        return words.format(name=self.name)

    def _choose(self) -> None:
        self.is_chosen = True
        self._show()

    def _show(self) -> None:
        self.twice.show(self.way.chosen() == PASSPHRASE)
        lacks = self.way.chosen() == MACHINE and not self.keys
        self.about.setText(self._unknown() if lacks else self.told())
