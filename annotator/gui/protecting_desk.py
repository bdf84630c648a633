"""Encrypting the project that is open, and all that can be done with an encrypted one."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QDialog

from annotator import protecting, purging, secrecy
from annotator.errors import AnnotatorError
from annotator.gui.messages import tell, words_of
from annotator.gui.parts import column, label
from annotator.gui.tasks import run_in_background
from annotator.protecting import Protected

if TYPE_CHECKING:
    from annotator.gui.desk import Desk
    from annotator.gui.dialogs.protect import NewPassphrase


class ProtectingDesk(QObject):
    """Asks with a dialog; the project is closed while it is written anew, and opened again at its place."""

    def __init__(self, desk: "Desk"):
        super().__init__(desk)
        self.desk, self.window = desk, desk.window

    def show(self) -> None:
        """Encrypts a plain project; offers what can be done with an encrypted one."""
        if secrecy.is_encrypted(self.desk.work.project.path):
            self._show_protection()
        else:
            self._ask_to_encrypt()

    # What is asked ----------------------------------------------------------------------------------------------------

    def _ask_to_encrypt(self) -> None:
        from annotator.gui.dialogs.protect import NewPassphraseDialog

        path = self.desk.work.project.path
        words = self.tr(
            "Nobody reads {name} without the passphrase, here or on a copy. Encrypt the disk as well: what lay on it before "
            "can still be there."
        )
        dialog = NewPassphraseDialog(
            self.window,
            self.window.theme,
            self.tr("Protect"),
            accept=self.tr("Encrypt"),
            words=words.format(name=path.name),
            backups=len(purging.copies(path)),
        )
        self._open(dialog, self._encrypt)

    def _show_protection(self) -> None:
        from annotator.gui.dialogs.protect import ProtectionDialog

        dialog = ProtectionDialog(
            self.window, self.window.theme, self.desk.work.project.path.name, self.window.settings.lock
        )
        ways = {
            "code": self.show_code,
            "passphrase": self.ask_new,
            "rekey": self._ask_rekey,
            "decrypt": self._ask_decrypt,
        }

        def decided(minutes: int) -> None:
            self.window.settings.lock = minutes
            self.window.settings.save()
            if dialog.wanted:
                ways[dialog.wanted]()

        self._open(dialog, decided)

    def ask_new(self) -> None:
        """Another passphrase, without the one up to now: whoever has the project open may."""
        from annotator.gui.dialogs.protect import NewPassphraseDialog

        words = self.tr(
            "Copies of the key file that lie elsewhere still know the old one. If it has become known, take a new key."
        )
        dialog = NewPassphraseDialog(
            self.window, self.window.theme, self.tr("New passphrase"), accept=self.tr("Change it"), words=words
        )
        self._open(dialog, self._change)

    def _ask_rekey(self) -> None:
        words = self.tr(
            "The project and its backups are encrypted anew. The passphrase stays, the recovery code is another."
        )
        self._ask_old(self.tr("New key"), self.tr("Encrypt anew"), words, self._rekey)

    def _ask_decrypt(self) -> None:
        words = self.tr("Anybody who has the file can read the project then, and its backups, too.")
        self._ask_old(self.tr("Decrypt"), self.tr("Decrypt"), words, lambda _: self._decrypt())

    def _ask_old(self, title: str, accept: str, words: str, then: Callable[[str], None]) -> None:
        from annotator.gui.dialogs.protect import OldPassphraseDialog

        attempt = self.window.locking.attempt(self.desk.work.project.path)
        self._open(
            OldPassphraseDialog(self.window, self.window.theme, title, attempt, accept=accept, words=words), then
        )

    def _open(self, dialog, then: Callable) -> None:
        dialog.setProperty("help", "encrypted")
        dialog.decided.connect(then)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # What is done -----------------------------------------------------------------------------------------------------

    def _encrypt(self, wanted: "NewPassphrase") -> None:
        path = self.desk.work.project.path
        words = self.tr("The project is being encrypted …")
        self._turn(words, lambda: protecting.encrypt(path, wanted.passphrase, copies=wanted.copies))

    def _rekey(self, passphrase: str) -> None:
        path = self.desk.work.project.path
        self._turn(self.tr("The project is being encrypted anew …"), lambda: protecting.rekey(path, passphrase))

    def _decrypt(self) -> None:
        path = self.desk.work.project.path
        self._turn(self.tr("The project is being decrypted …"), lambda: protecting.decrypt(path))

    def _change(self, wanted: "NewPassphrase") -> None:
        try:
            protecting.change_passphrase(self.desk.work.project.path, wanted.passphrase)
        except AnnotatorError as error:
            tell(self.window, words_of(error))
        else:
            self.desk.work.notice.tell(
                self.tr("The passphrase is changed. The recovery code is the same."), passing=True
            )

    def _turn(self, words: str, do: Callable[[], Protected]) -> None:
        """Closes the project, lets it be written anew beside the window, and opens it again."""
        path, person = self.desk.work.project.path, self.desk.work.project.actor.name
        if not self.window.take_down():
            return
        self.window.show_start()
        waiting = BeingWritten(self.window, words)
        waiting.open()

        def ended(done: Protected | None, error: Exception | None) -> None:
            waiting.end()
            self.desk.open(path, person)
            if isinstance(error, AnnotatorError):
                self.window.say(words_of(error))
            elif error:
                raise error
            elif done:
                self._tell(path, done)

        run_in_background(
            lambda progress, cancelled: do(),
            done=lambda done: ended(done, None),
            failed=lambda error: ended(None, error),
        )

    def _tell(self, path: Path, done: Protected) -> None:
        if done.left and self.window.work:
            words = self.tr("These backups stayed as they were: {names}.")
            self.window.work.notice.tell(words.format(names=", ".join(one.name for one in done.left)))
        if done.code:
            self._show(path, done.code)

    def show_code(self) -> None:
        """The recovery code of the project that is open, to be kept on paper."""
        path = self.desk.work.project.path
        self._show(path, protecting.code_of(path))

    def _show(self, path: Path, code: str) -> None:
        from annotator.gui.dialogs.protect import RecoveryCodeDialog

        dialog = RecoveryCodeDialog(self.window, self.window.theme, path.name, code, printed=self._print)
        self._open(dialog, lambda _: None)

    def _print(self, words: str) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

        if not QPrinterInfo.availablePrinterNames():
            tell(self.window, self.tr("There is no printer on this machine. Write the code down."))
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self.window).exec():
            QTextDocument(words).print_(printer)


class BeingWritten(QDialog):
    """Says what is being done, and that it cannot be broken off."""

    def __init__(self, parent, words: str):
        super().__init__(parent)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(self.tr("Annotator"))
        self.setLayout(column(label(words, "body"), margins=(32, 24, 32, 24)))

    def reject(self) -> None:
        """Esc does not end it."""

    def end(self) -> None:
        """It is done."""
        super().reject()
        self.deleteLater()
