"""Long work beside the window: it runs in another thread, and what it says arrives in the window's own."""

from collections.abc import Callable
from queue import SimpleQueue
from threading import Event
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThreadPool

Work = Callable[[Callable[..., None], Callable[[], bool]], Any]  # (progress, cancelled) -> what comes of it

_running: set["Task"] = set()  # nobody else need keep a task: it lets go of itself when it has ended


class _Post(QObject):
    """Carries calls from other threads into the window's. A task has no signals for it: the other thread may be the last to
    let go of the task, and a QObject must go in its own."""

    def __init__(self):
        super().__init__()
        self._calls: SimpleQueue[Callable[[], None]] = SimpleQueue()

    def send(self, call: Callable[[], None]) -> None:
        self._calls.put(call)
        QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))

    def customEvent(self, event: QEvent) -> None:
        self._calls.get()()


_posts: list[_Post] = []  # the one there is, once the first task begins


class Task:
    """One piece of work under way. After `cancel` it says nothing more, whatever the work still does."""

    def __init__(self, work: Work, done: Callable[[Any], None], failed: Callable[[Exception], None]):
        self._work, self._done, self._failed = work, done, failed
        self._cancelled = Event()
        self.progress: Callable[..., None] | None = None
        if not _posts:
            _posts.append(_Post())

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
        _posts[0].send(lambda: self._end(result, failure))

    def _report(self, *said: Any) -> None:
        if not self.cancelled:
            _posts[0].send(lambda: self._show_progress(said))

    def _show_progress(self, said: tuple) -> None:
        if self.progress and not self.cancelled:
            self.progress(*said)

    def _end(self, result: Any, failure: Exception | None) -> None:
        _running.discard(self)
        done, failed = self._done, self._failed
        del self._work, self._done, self._failed, self.progress  # they may hold widgets, which must go in this thread
        if self.cancelled:
            return
        if failure is not None:
            failed(failure)
        else:
            done(result)


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
