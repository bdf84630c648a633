"""Opening an assignment: whose it is, what is in it, the word to check it by, and the project that is made of it."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from annotator.fieldwork.incoming import Arrived
from annotator.founding import ENDING
from annotator.gui.dialogs.dialog import Problem
from annotator.gui.dialogs.fields import Tick, button
from annotator.gui.dialogs.package_words import annotations_words, documents_words, version_words
from annotator.gui.dialogs.passphrase_lines import EncryptLines
from annotator.gui.dialogs.place import PlaceField
from annotator.gui.dialogs.protect import UnlockDialog
from annotator.gui.dialogs.tasks import Facts, Progress, TaskDialog
from annotator.gui.dialogs.unseal import is_shut, unseal_button
from annotator.gui.parts import box, column, label, row
from annotator.gui.theme import Theme

Cancelled = Callable[[], bool]


class Found(NamedTuple):
    """A package, where its project goes, whether that is there already and, where it is not, a locked one that it may be."""

    arrived: Arrived
    place: Path
    is_there: bool
    locked: Path | None


class Encryption(NamedTuple):
    """What a new project is encrypted with, and for the keys of which machines besides."""

    passphrase: str
    devices: tuple[str, ...]


class AcceptDialog(TaskDialog):
    """Reads the package at once with `read`; the button makes its project with `make`, or brings it up to date. `decided`
    carries the project's place and the coder's name."""

    def __init__(
        self,
        parent: QWidget | None,
        theme: Theme,
        name: str,
        *,
        read: Callable[[Progress, Cancelled], Found],
        make: Callable[[Path, Encryption | None, Progress, Cancelled], object],
        unlocking: Callable[[QWidget, Path], UnlockDialog],
        before: Callable[[Path], bool] = lambda place: True,
    ):
        """`before` is asked in the window's thread whether it may begin: the project may be open here. `unlocking`
        makes the dialog that unlocks a project."""
        super().__init__(parent, theme, self.tr("Open an assignment"), accept=self.tr("Open"), words=name)
        self.make, self.before, self.unlocking = make, before, unlocking
        self.arrived: Arrived | None = None
        self.home: Path | None = None
        self.locked: Path | None = None
        self.read = read
        self.unseal = unseal_button(self, theme, lambda: name, self._read)
        self.aside.addWidget(self.unseal)
        self.add_page(self._page(theme))
        self.setMinimumWidth(560)
        self.resize(600, 440)
        self._read()

    def _read(self) -> None:
        self.unseal.hide()
        self.unlock.hide()
        self.work(self.tr("Reading and checking the file …"), self.read, self._show_found)

    def value(self) -> tuple[Path, str]:
        assert self.arrived is not None
        return self._target(), self.arrived.manifest.coder.name

    def problem(self) -> Problem | None:
        words = "" if self.home else self.place.problem()
        return (words, self.place) if words else self.encrypt.problem()

    def encryption(self) -> Encryption | None:
        """What the project is encrypted with, if it is made now and shall be."""
        passphrase = self.encrypt.passphrase()
        sender = self.arrived.manifest.sender.key if self.arrived and self.sender_too.isChecked() else ""
        return Encryption(passphrase, (sender,) if sender else ()) if passphrase else None

    def accept(self) -> None:
        problem, target, encryption = self.problem(), self._target(), self.encryption()
        self.show_problem(problem)
        if problem is None and self.arrived and self.before(target):
            words = self.tr("Bringing the project up to date …") if self.home else self.tr("Making the project …")
            self.work(words, lambda progress, cancelled: self.make(target, encryption, progress, cancelled), self._end)

    def failed(self, error: Exception) -> None:
        super().failed(error)
        if self.arrived is None:
            self.page.hide()
            self.primary.hide()
            self.cancel_button.setText(self.tr("Close"))
            self.unseal.setVisible(is_shut(error))
            if is_shut(error):
                self.unseal.setFocus()

    def _target(self) -> Path:
        return self.home or self.place.path()

    def _page(self, theme: Theme) -> QWidget:
        facts = Facts()
        self.fact = {
            "project": facts.add(self.tr("Project"), role="heading"),
            "coder": facts.add(self.tr("For")),
            "sender": facts.add(self.tr("From")),
            "round": facts.add(self.tr("Round")),
            "documents": facts.add(self.tr("Documents")),
            "annotations": facts.add(self.tr("Annotations so far")),
            "codebook": facts.add(self.tr("Codebook")),
            "word": facts.add(self.tr("Check word"), role="title"),
            "key": facts.add(self.tr("Key of the sender")),
        }
        self.where = label("", "small", "muted", wrap=True)
        self.unlock = button(self.tr("Unlock it …"), self._unlock)
        self.unlock.hide()
        self.place = PlaceField(ENDING, self.tr("Project"))
        self.form.add(self.tr("Saved as"), self.place, beside=self.place.with_choose())
        self.encrypt = EncryptLines(self.form, theme)
        self.sender_too = Tick(self.tr("The sender’s machine opens it, too"), theme)
        self.form.add("", self.sender_too, hint=self.tr("Then the sender can help when you forget the passphrase."))
        self.form.show_line(self.sender_too, False)
        self.encrypt.tick.toggled.connect(lambda on: self.form.show_line(self.sender_too, on))
        self.page = box(column(facts, self.where, row(self.unlock, None), self.form, None, gap=12))
        return self.page

    def _show_found(self, found: Found) -> None:
        self.arrived, place, is_there, self.locked = found
        manifest = self.arrived.manifest
        said = {
            "project": manifest.project.name,
            "coder": manifest.coder.name,
            "sender": manifest.sender.coder.name,
            "round": manifest.round.name if manifest.round else "–",
            "documents": documents_words(manifest.counts),
            "annotations": annotations_words(manifest.counts.get("annotations", 0)),
            "codebook": version_words(manifest.codebook),
            "word": self.arrived.word,
            "key": manifest.sender.fingerprint,
        }
        for name, words in said.items():
            self.fact[name].setText(words)
        self.place.show_path(place)
        self.page.show()
        self.primary.show()
        self.show_page(self.page)
        self.home = place if is_there else None
        self.form.show_line(self.place, not is_there)
        self._offer_to_encrypt(wanted=not is_there, proposed=manifest.encrypted)
        here = self.tr("You have this project already: what is new goes into {path}.").format(path=place)
        shut = self.tr(
            "{path} is locked. If it is what you have of this project, unlock it: what is new goes into it then."
        )
        self.where.setText(here if is_there else shut.format(path=self.locked))
        self.where.setVisible(is_there or self.locked is not None)
        self.unlock.setVisible(self.locked is not None)
        (self.encrypt.twice.first if self.encrypt.tick.isChecked() else self.primary).setFocus()

    def _offer_to_encrypt(self, *, wanted: bool, proposed: bool) -> None:
        """What comes from an encrypted project is proposed to be encrypted here, too."""
        self.encrypt.show(wanted)
        if wanted and proposed:
            if self.encrypt.can_be:
                self.encrypt.say(self.tr("The project that it comes from is encrypted."))
            self.encrypt.tick.setChecked(self.encrypt.can_be)

    def _unlock(self) -> None:
        """What is locked may be the project that this goes into."""
        assert self.locked is not None
        dialog = self.unlocking(self, self.locked)
        dialog.decided.connect(lambda _: self._read())
        dialog.open()

    def _end(self, _: object) -> None:
        self.done(1)
        self.decided.emit(self.value())
