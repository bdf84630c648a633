"""Backups of the open project, made beside the work; and going back to one, as a project of its own."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QTimer

from annotator import backups, opening
from annotator.errors import AnnotatorError
from annotator.gui.messages import tell, words_of
from annotator.gui.tasks import Task, run_in_background
from annotator.gui.work import Work

if TYPE_CHECKING:
    from annotator.gui.desk import Desk

FIRST = 10_000  # ms after a project is opened: not while its first page is made
OFTEN = 300_000  # ms between looks at whether a backup is due


class BackingUp(QObject):
    """Looks at the open project now and then, and makes a backup when one is due."""

    def __init__(self, desk: "Desk"):
        super().__init__(desk)
        self.desk = desk
        self._work: Work | None = None
        self._task: Task | None = None
        self._failed_once = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)

    def begin(self, work: Work) -> None:
        """A project was opened."""
        self._work, self._failed_once = work, False
        if work.project.is_writable:
            self._timer.start(FIRST)

    def end(self) -> None:
        """The project is about to be closed."""
        self._timer.stop()
        if self._work:
            opening.remember(self._work.project)
        if self._task:
            self._task.cancel()
        self._work = self._task = None

    def look(self) -> None:
        """Keeps in mind how far the project is, and makes a backup of it if one is due."""
        self._timer.setInterval(OFTEN)
        if self._work is None or self._task:
            return
        project, now = self._work.project, datetime.now(UTC)
        opening.remember(project)
        if not (project.is_at_its_place and backups.is_due(project.path, now)):
            return

        def copy(progress: Callable[..., None], cancelled: Callable[[], bool]) -> backups.Backup:
            return backups.make(project, now)

        self._task = run_in_background(copy, done=self._made, failed=self._not_made)

    def _made(self, _: backups.Backup) -> None:
        self._task, self._failed_once = None, False

    def _not_made(self, error: Exception) -> None:
        """Said once a sitting, or as long as it goes wrong in another way."""
        self._task = None
        if not isinstance(error, AnnotatorError):
            raise error
        if self._work and not self._failed_once:
            self._failed_once = True
            words = self.tr("No backup could be made just now. {reason}").format(reason=words_of(error))
            self._work.notice.tell(words)

    # Going back -------------------------------------------------------------------------------------------------------

    def show(self) -> None:
        """The backups of the open project, to open a copy of one."""
        project = self.desk.work.project
        self.offer(project.path, project.actor.name)

    def offer(self, project: Path, person: str, *, reason: str = "") -> None:
        """The backups of a project, open or not, and the reason why they are offered; a copy is opened as this person."""
        from annotator.gui.dialogs.backups import BackupsDialog
        from annotator.gui.dialogs.lists import Line

        there = backups.found(project)
        lines = [Line(f"{one.at.astimezone():%Y-%m-%d  %H:%M}", str(one.path), self._size(one.path)) for one in there]
        dialog = BackupsDialog(self.desk.window, self.desk.window.theme, project.stem, lines, reason=reason)
        by_path = {str(one.path): one for one in there}
        dialog.decided.connect(lambda path: self._restore(project, by_path[path], person))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _size(self, path: Path) -> str:
        return self.tr("{size} MB").format(size=QLocale().toString(path.stat().st_size / 1e6, "f", 1))

    def _restore(self, project: Path, one: backups.Backup, person: str) -> None:
        window, target = self.desk.window, backups.name_for(project, one)
        if not target.exists():
            try:
                backups.restore(one.path, target, window.settings)
            except AnnotatorError as error:
                if error.key == "project.locked":
                    window.locking.ask(one.path, lambda: self._restore(project, one, person))
                else:
                    tell(window, words_of(error))
                return
        self.desk.open(target, person)
