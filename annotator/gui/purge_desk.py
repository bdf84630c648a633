"""A supervisor purges the open document: asked once, done while the project is closed, and opened again without it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool

from annotator import opening, purging
from annotator.gui.messages import words_of
from annotator.gui.tasks import run_in_background
from annotator.model import Coder

if TYPE_CHECKING:
    from annotator.gui.desk import Desk


class PurgeDesk(QObject):
    """Asks and does it."""

    def __init__(self, desk: "Desk"):
        super().__init__(desk)
        self.desk = desk

    def ask(self) -> None:
        """Says what goes with the open document, and asks whether it shall."""
        window, work = self.desk.window, self.desk.work
        document = work.coding.document
        if document is None:
            window.say(self.tr("Open the document first that is to be purged."), passing=True)
            return
        from annotator.gui.dialogs.purge import PurgeDialog

        project = work.project
        dialog = PurgeDialog(window, window.theme, purging.extent(project, document.id))
        dialog.decided.connect(lambda _: self._purge(project.path, project.actor, document.id))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _purge(self, path: Path, person: Coder, document: str) -> None:
        window = self.desk.window
        if not window.take_down():
            return
        window.show_start()
        QThreadPool.globalInstance().waitForDone()  # a backup that is under way would keep the words

        def purge(progress: Callable[..., None], cancelled: Callable[[], bool]) -> purging.Swept:
            project, _ = opening.opened(path, person.id, window.settings, name=person.name)
            with project:
                project.apply(purging.change(project, document))
                return purging.sweep(project)

        run_in_background(
            purge,
            done=lambda swept: self._open_again(path, person, self._words(swept)),
            failed=lambda error: self._open_again(path, person, words_of(error)),
        )

    def _words(self, swept: purging.Swept) -> str:
        said = [self.tr("The document is purged.")]
        if swept.deleted:
            said.append(
                self.tr("Backups that were deleted, as they could not be purged: {count}.").format(count=swept.deleted)
            )
        return " ".join(said + [words_of(left) for left in swept.left])

    def _open_again(self, path: Path, person: Coder, words: str) -> None:
        self.desk.open(path, person.name)
        self.desk.window.say(words)
