"""A dialog that does its work itself: a page to fill in, a page that says how far it is, and what came of it. Cancel while
it works is to stop, and what came of that is said, too."""

from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QProgressBar, QStackedWidget, QWidget

from annotator.gui.dialogs.dialog import LABELS, Dialog
from annotator.gui.messages import words_of
from annotator.gui.parts import box, column, label
from annotator.gui.tasks import Task, run_in_background
from annotator.gui.theme import FontRole, Theme

Progress = Callable[[int, int], None]
Function = Callable[
    [Progress, Callable[[], bool]], Any
]  # raises AnnotatorError when it was stopped, or could not be done


class Facts(QGridLayout):
    """Names at the left, and beside each what is so. The words can be selected."""

    def __init__(self):
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(16)
        self.setVerticalSpacing(8)
        self.setColumnMinimumWidth(0, LABELS)
        self.setColumnStretch(1, 1)

    def add(self, name: str, words: str = "", role: FontRole = "body") -> QLabel:
        """One more line. Returns the label of what is so, which may be filled later."""
        about, said = label(name, "small", "muted"), label(words, role, wrap=True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line = self.rowCount()
        self.addWidget(about, line, 0, Qt.AlignmentFlag.AlignTop)
        self.addWidget(said, line, 1, Qt.AlignmentFlag.AlignTop)
        return said


class TaskDialog(Dialog):
    """One thing at a time is done beside the window, with a bar and a word on what it is."""

    def __init__(self, parent: QWidget | None, theme: Theme, title: str, *, accept: str, words: str = ""):
        super().__init__(parent, theme, title, accept=accept, words=words)
        self.pages, self.doing, self.bar = QStackedWidget(), label("", "body", wrap=True), QProgressBar()
        self.bar.setTextVisible(False)
        self.working = box(column(None, self.doing, self.bar, None, gap=12, margins=(48, 0, 48, 0)))
        self.pages.addWidget(self.working)
        self.body.addWidget(self.pages, 1)
        self.task: Task | None = None
        self._stopping = Event()
        self._back: QWidget | None = None

    def add_page(self, page: QWidget) -> None:
        """One more page; the first one is in sight from the start."""
        self.pages.addWidget(page)
        if self.pages.count() == 2:
            self.show_page(page)

    def show_page(self, page: QWidget) -> None:
        """Brings a page into sight; one primary button there, and Cancel."""
        self.pages.setCurrentWidget(page)
        self.primary.setEnabled(page is not self.working)
        self.primary.setDefault(True)  # what had the keys while it worked may have become it
        self.cancel_button.setEnabled(True)
        self.cancel_button.setText(self.tr("Stop") if page is self.working else self.tr("Cancel"))

    def show_result(self, page: QWidget) -> None:
        """Brings the page into sight that says what came of it: there is nothing left but to close."""
        self.show_page(page)
        self.primary.hide()
        self.cancel_button.setText(self.tr("Close"))
        self.cancel_button.setDefault(True)
        self.cancel_button.setFocus()

    def work(self, words: str, function: Function, done: Callable[[Any], None]) -> None:
        """Does something beside the window; `done` gets what comes of it. When it could not be done or was stopped, the page
        that was in sight comes back, and says why."""
        self._back, self._stopping = self.pages.currentWidget(), Event()
        stopping = self._stopping
        self.show_problem(None)
        self.doing.setText(words)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(words)
        self.show_page(self.working)
        self.cancel_button.setFocus()

        def run(progress: Progress, cancelled: Callable[[], bool]) -> Any:
            return function(progress, lambda: cancelled() or stopping.is_set())

        def end(result: Any) -> None:
            self.task = None
            done(result)

        self.task = run_in_background(run, done=end, failed=self._fail, progress=self._show_progress)

    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)

    def _fail(self, error: Exception) -> None:
        self.task = None
        if self._back:
            self.show_page(self._back)
        self.failed(error)

    def failed(self, error: Exception) -> None:
        """Says why it could not be done."""
        self.show_problem((words_of(error), None))

    def reject(self) -> None:
        """Esc and Cancel: stops what is under way, and says when it has stopped; else closes."""
        if self.task is None:
            super().reject()
        elif not self._stopping.is_set():
            self._stopping.set()
            self.doing.setText(self.tr("Stopping …"))
            self.cancel_button.setEnabled(False)

    def done(self, result: int) -> None:
        """Nobody is there any more whom anything could be told."""
        self._stopping.set()
        if self.task:
            self.task.cancel()
            self.task = None
        super().done(result)
