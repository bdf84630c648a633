"""The report of what is chosen, as a folder: asked for, read and written beside the window, with progress and a way to stop."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.errors import Refused
from annotator.gui.messages import words_of
from annotator.gui.tasks import Task, run_in_background

if TYPE_CHECKING:
    from annotator.reporting.folder import Source

NAME = "agreement report"  # of the folder, inside one that holds something else


def _tr(text: str) -> str:
    return QCoreApplication.translate("agreement", text)


Read = Callable[[Callable[..., None], Callable[[], bool]], "Source"]  # (progress, cancelled) -> what it is made from


class Telling(Protocol):
    """Where it is said how far the work is, and how it ended."""

    def work(self, done: int, total: int, *, words: str = "") -> None: ...
    def say(self, words: str, *, tone: str = "muted") -> None: ...


class ReportOut:
    """At most one report is under way."""

    def __init__(self, foot: Telling):
        self.foot = foot
        self._task: Task | None = None

    def ask(self, parent: QWidget, folder: Path, read: Read) -> None:
        """Asks for a folder, and writes there: into it, when it is empty or a report that nobody changed, else into a new
        one inside it."""
        dialog = QFileDialog(parent, _tr("Folder for the report"), str(folder))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, _tr("Write the report"))
        if dialog.exec():
            self.write(place_in(Path(dialog.selectedFiles()[0])), read)

    def write(self, folder: Path, read: Read) -> None:
        """Writes beside the window, and says how far it is, and that it is done or why not."""
        self.stop()

        def work(progress: Callable[..., None], cancelled: Callable[[], bool]) -> None:
            from annotator.reporting import folder as folders

            folders.must_be_free(folder)
            folders.write(read(lambda *_: None, cancelled), folder, progress=progress, cancelled=cancelled)

        self._task = run_in_background(
            work,
            done=lambda nothing: self._end(_tr("The report is in {path}").format(path=folder)),
            failed=lambda error: self._end(words_of(error), tone="danger"),
            progress=self._show,
        )
        self._show(0, 0)

    def stop(self) -> bool:
        """Gives up what is under way; nothing of it stays. False when there was nothing."""
        task, self._task = self._task, None
        if task is None:
            return False
        task.cancel()
        self.foot.say(_tr("Stopped. No report was written."))
        return True

    def _show(self, done: int, total: int) -> None:
        words = _tr("Writing the report: {done} of {total}") if total else _tr("Writing the report …")
        self.foot.work(done, total, words=words)

    def _end(self, words: str, *, tone: str = "muted") -> None:
        self._task = None
        self.foot.say(words, tone=tone)


def place_in(folder: Path) -> Path:
    """Where a report goes when this folder was chosen."""
    from annotator.reporting.folder import must_be_free

    try:
        must_be_free(folder)
    except Refused:
        return folder / NAME
    return folder
