"""An encrypted project is opened with its passphrase, and locked when nobody is there: after some minutes, when the machine
goes to sleep, or on wish. What is being typed is saved, the project is closed, its secret forgotten; unlocking leads back to
the place."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from annotator import secrecy
from annotator.errors import AnnotatorError
from annotator.gui.messages import words_of
from annotator.gui.panels.locked import LockedPage
from annotator.gui.panels.passphrase import Attempt, ByMachine
from annotator.gui.time_on_task import LIVES, now

if TYPE_CHECKING:
    from annotator.gui.dialogs.codebook_editor import CodebookEditor
    from annotator.gui.dialogs.protect import UnlockDialog
    from annotator.gui.main_window import MainWindow

LOOKED_AT = 5_000  # ms between two looks at the clock
ASLEEP = 60.0  # s without such a look: the machine slept


class Locking(QObject):
    """The one that asks for passphrases, and watches whether somebody is there while an encrypted project is open."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self.window = window
        self.page: LockedPage | None = None
        self._aside: list[CodebookEditor] = []  # of the locked project, with something that is not saved
        self._locked: tuple[Path, str] | None = None  # file and person
        self._sign = self._looked = now()
        self._looking = QTimer(self, interval=LOOKED_AT)
        self._looking.timeout.connect(self.look)
        self._application().applicationStateChanged.connect(self._state_changed)

    def _application(self) -> QApplication:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        return application

    # Opening ----------------------------------------------------------------------------------------------------------

    def dialog(self, parent: QWidget, path: Path) -> "UnlockDialog":
        """A dialog that asks for the passphrase of a project."""
        from annotator.gui.dialogs.protect import UnlockDialog

        made = UnlockDialog(parent, self.window.theme, path.name, self.attempt(path), self.by_machine(path))
        made.setProperty("help", "encrypted")
        made.finished.connect(made.deleteLater)
        return made

    def by_machine(self, path: Path) -> ByMachine | None:
        """Opens a project with the key of this machine; None where it was not encrypted for it."""
        from annotator.fieldwork import keys

        if not secrecy.is_for_device(path, keys.secrets()):
            return None

        def unlock() -> str:
            try:
                secrecy.unlock_with_device(path, keys.secrets())
            except AnnotatorError as error:
                return words_of(error)
            return ""

        return unlock

    def attempt(self, path: Path) -> Attempt:
        """Tries what was typed on a project; says why it does not open, or nothing."""

        def unlock(words: str, is_code: bool) -> str:
            try:
                (secrecy.unlock_with_code if is_code else secrecy.unlock)(path, words)
            except AnnotatorError as error:
                return words_of(error)
            return ""

        return unlock

    def forget_others(self) -> None:
        """Forgets what was unlocked and not opened in the end."""
        secrecy.forget(but=self.window.work.project.path if self.window.work else None)

    def ask(self, path: Path, then: Callable[[], None]) -> None:
        """Asks for the passphrase of a project, and goes on when it is unlocked."""
        dialog = self.dialog(self.window, path)

        def opened(by_code: bool) -> None:
            then()
            self._offer_new(by_code)

        dialog.decided.connect(opened)
        dialog.open()

    def _offer_new(self, by_code: bool) -> None:
        """Who needed the recovery code needs a new passphrase."""
        if by_code and self.window.work:
            self.window.desk.protecting.ask_new()

    # Locking ----------------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """A project was opened."""
        self._leave_page()
        assert self.window.work is not None
        project = self.window.work.project
        secrecy.forget(but=project.path)
        if self._locked == (project.path, project.actor.name):
            self._locked, aside, self._aside = None, self._aside, []
            self.window.desk.windows.extend(aside)
            for editor in aside:
                editor.show()
        if secrecy.is_encrypted(project.path):
            self._sign = self._looked = now()
            self._looking.start()
            self._application().focusWindowChanged.connect(self._watch)
            for one in QGuiApplication.topLevelWindows():
                self._watch(one)

    def end(self) -> None:
        """The project is about to be closed."""
        if self._looking.isActive():
            self._looking.stop()
            self._application().focusWindowChanged.disconnect(self._watch)
            for one in QGuiApplication.topLevelWindows():
                one.removeEventFilter(self)

    def _watch(self, one: QWindow | None) -> None:
        """Hears what the system sends to a window, before anybody in it does: few events, and all keys and moves."""
        if one:
            one.installEventFilter(self)

    def look(self) -> None:
        """Locks when nobody has been there for long, or the machine has slept."""
        moment, minutes = now(), self.window.settings.lock
        slept, self._looked = moment.since(self._looked)[1] > ASLEEP, moment
        if slept:
            self.lock(self.tr("The machine was asleep."))
        elif minutes and moment.since(self._sign)[1] >= 60 * minutes:
            one, more = self.tr("Nobody was here for 1 minute."), self.tr("Nobody was here for {count} minutes.")
            self.lock(one if minutes == 1 else more.format(count=minutes))

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationSuspended:
            self.lock(self.tr("The machine was asleep."))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key or the mouse, in whatever window of ours."""
        if event.type() in LIVES:
            self._sign = now()
        return False

    def lock_now(self) -> None:
        """On wish; a plain project cannot be."""
        work = self.window.work
        if work and not secrecy.is_encrypted(work.project.path):
            words = self.tr("This project is not encrypted, so there is nothing to lock.")
            work.notice.tell(words, button=self.tr("Protect …"), action=self.window.desk.protecting.show, passing=True)
        else:
            self.lock(self.tr("It was locked by hand."))

    def lock(self, reason: str) -> None:
        """Hides all of an encrypted project, closes it, and forgets its secret. A plain one stays."""
        work = self.window.work
        if work is None or not secrecy.is_encrypted(work.project.path):
            return
        path, person = work.project.path, work.project.actor.name
        _dismiss(self.window)
        self._aside = self._unsaved()
        self.window.take_down()
        secrecy.forget()
        if QApplication.clipboard().ownsClipboard():
            QApplication.clipboard().clear()
        self._locked = path, person
        self.window.show_start()
        self.page = LockedPage(path.name, reason, self.attempt(path), self.by_machine(path))
        self.page.form.opened.connect(self._unlocked)
        self.page.left.connect(self._leave)
        self.window.stack.addWidget(self.page)
        self.window.stack.setCurrentWidget(self.page)
        self.page.form.field.setFocus()

    def _unsaved(self) -> "list[CodebookEditor]":
        """Hides the windows in which something is not saved, and takes them from the desk, which would ask about them. What
        stands in them is kept in the project: nobody may come back before the program ends."""
        from annotator.gui.dialogs.codebook_editor import CodebookEditor

        windows = self.window.desk.windows
        unsaved = [one for one in windows if isinstance(one, CodebookEditor) and one.changed]
        for one in unsaved:
            self.window.desk.codebook.keep_draft(one)
            windows.remove(one)
            one.hide()
        return unsaved

    def _unlocked(self, by_code: bool) -> None:
        if self._locked:
            self.window.desk.open(*self._locked)
            self._offer_new(by_code)

    def _leave(self) -> None:
        self._leave_page()
        self.window.show_start()

    def _leave_page(self) -> None:
        """Another project, or this one again, takes the place of the page."""
        if self.page:
            self.window.stack.removeWidget(self.page)
            self.page.deleteLater()
            self.page = None


def _dismiss(window: QWidget) -> None:
    """Closes what stands open over the windows: menus, dialogs, each with its careful answer."""
    while popup := QApplication.activePopupWidget():
        popup.close()
    for one in QApplication.topLevelWidgets():
        if isinstance(one, QDialog) and one.isVisible() and one is not window:
            one.reject()
