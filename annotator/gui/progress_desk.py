"""From the open project to the window of progress, which follows what is done meanwhile."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from annotator import progress
from annotator.errors import AnnotatorError
from annotator.gui.messages import words_of
from annotator.model import Change

if TYPE_CHECKING:
    from annotator.gui.desk import Desk
    from annotator.gui.progress.window import ProgressWindow
    from annotator.gui.work import Work

LIVE = 600  # ms from an edit until the window shows it
TOUCHING = {"annotation", "assignment", "coder", "document", "project", "round", "sitting"}  # kinds that it tells of


class ProgressDesk(QObject):
    """Opens the window, once."""

    def __init__(self, desk: "Desk"):
        super().__init__(desk)
        self.desk = desk

    def show(self) -> None:
        """How far the work is, in a window of its own."""
        from annotator.gui.progress.window import ProgressWindow

        if not self.desk.bring_up(ProgressWindow):
            work = self.desk.work
            made = ProgressWindow(self.desk.window.theme, project=work.project.nouns("project")[0].name)
            Following(made, work, self.desk)
            self.desk.keep(made, made.closed)
            made.table.setFocus()


class Following(QObject):
    """Fills one window from one project, and does what is wanted there."""

    def __init__(self, shown: "ProgressWindow", work: "Work", desk: "Desk"):
        super().__init__(shown)
        self.shown, self.work, self.desk = shown, work, desk
        self._soon = QTimer(self, singleShot=True, interval=LIVE)
        self._soon.timeout.connect(self._catch_up)
        work.session.changed.connect(self._hear)
        shown.open_wanted.connect(self._open)
        shown.export_wanted.connect(self._export)
        self._fill()

    def _hear(self, change: Change) -> None:
        if TOUCHING & {edit.kind for edit in change.edits}:
            self._soon.start()

    def _catch_up(self) -> None:
        if self.shown.isVisible():  # one that was closed a moment ago has no project any more
            self._fill()

    def _fill(self) -> None:
        project = self.work.project
        empty = self.tr("Nothing was handed out yet. File > Hand out documents gives coders something to do.")
        if project.actor.role != "supervisor":
            empty = self.tr("Nothing was handed out to you yet.")
        self.shown.show_progress(progress.rows(project), project.nouns("round"), empty=empty)

    def _open(self, document: str, round: str) -> None:
        window = self.desk.window
        window.leave_page()
        self.work.open_document(document, round)
        self.work.to_text()
        window.activateWindow()

    def _export(self, format: str) -> None:
        if path := self.shown.ask_where(self.work.project.path.parent, format):
            self.write(path)

    def write(self, path: Path) -> None:
        """Writes the rows of the round that is chosen, and says so or why not."""
        from annotator.interchange import progress_table

        try:
            progress_table.write(self.shown.rows(), path)
        except AnnotatorError as error:
            self.shown.say(words_of(error), tone="danger")
        else:
            self.shown.say(self.tr("Written: {path}").format(path=path))
