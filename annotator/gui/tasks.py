"""Long work beside the window: it runs in another thread, and what it says arrives in the window's own."""

from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QThreadPool, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from annotator.gui.marks import Progress
from annotator.gui.parts import Floating, column, elided, label, row
from annotator.gui.theme import Theme

Work = Callable[[Callable[..., None], Callable[[], bool]], Any]  # (progress, cancelled) -> what comes of it

_running: set["Task"] = set()  # nobody else need keep a task: it lets go of itself when it has ended


class Task(QObject):
    """One piece of work under way. After `cancel` it says nothing more, whatever the work still does."""

    progressed = Signal(object)  # what the work passed to `progress`, as a tuple
    ended = Signal(object, object)  # what came of it, or the exception

    def __init__(self, work: Work, done: Callable[[Any], None], failed: Callable[[Exception], None]):
        super().__init__()
        self._work, self._done, self._failed = work, done, failed
        self._cancelled = Event()
        self.progress: Callable[..., None] | None = None
        self.progressed.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        self.ended.connect(self._end, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Tells the work to stop at its next look at `cancelled`."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    def run(self) -> None:
        """In the other thread."""
        try:
            result, failure = self._work(self._report, self._cancelled.is_set), None
        except Exception as error:
            result, failure = None, error
        self.ended.emit(result, failure)

    def _report(self, *said: Any) -> None:
        if not self.cancelled:
            self.progressed.emit(said)

    def _show_progress(self, said: tuple) -> None:
        if self.progress and not self.cancelled:
            self.progress(*said)

    def _end(self, result: Any, failure: Exception | None) -> None:
        _running.discard(self)
        if self.cancelled:
            return
        if failure is not None:
            self._failed(failure)
        else:
            self._done(result)


def run_in_background(
    function: Work,
    *,
    done: Callable[[Any], None],
    failed: Callable[[Exception], None],
    progress: Callable[..., None] | None = None,
) -> Task:
    """Runs `function(progress, cancelled)` in another thread; `done`, `failed` and `progress` are called in this one.
    `function` may call its `progress` with anything, and should look at `cancelled()` often."""
    task = Task(function, done, failed)
    task.progress = progress
    _running.add(task)
    QThreadPool.globalInstance().start(task.run)
    return task


class ProgressSheet(Floating):
    """What is being done, how far it is, and a way to stop it; floats in the middle of its parent."""

    cancelled = Signal()
    WIDTH = 416

    def __init__(self, parent: QWidget, theme: Theme, words: str):
        super().__init__(parent, theme)
        self.around = parent
        self.title = label(words, "heading")
        self.words = elided("", "small", "muted")
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bar = Progress(0, theme)
        self.bar.setAccessibleName(words)
        self.stop = QPushButton(self.tr("Cancel"))
        self.stop.clicked.connect(self.cancel)
        foot = row(self.words, self.stop, gap=16)
        foot.setStretch(0, 1)
        self.inside.addLayout(column(self.title, 4, self.bar, foot, gap=8, margins=(24, 20, 24, 16)))
        self.setFixedWidth(self.WIDTH + 2 * self.EDGE)
        parent.installEventFilter(self)
        self.show()
        self._place()
        self.raise_()
        self.stop.setFocus()

    def show_progress(self, done: int, total: int, words: str = "") -> None:
        """`words` say what is at work now, as the name of a file."""
        self.bar.set_share(done / total if total else 0)
        count = self.tr("{done} of {total}").format(done=done, total=total)
        self.words.setText(f"{count}  ·  {words}" if words else count)

    def cancel(self) -> None:
        self.cancelled.emit()
        self.close_sheet()

    def close_sheet(self) -> None:
        self.hide()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stop.click()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        self.adjustSize()
        self.move((self.around.width() - self.width()) // 2, (self.around.height() - self.height()) // 2)
