"""Long work beside the window: it runs in another thread, and what it says arrives in the window's own."""

from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal

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
