"""Work that takes longer than a frame: done for some milliseconds between two events, and begun anew when what it is about
has changed."""

from collections.abc import Callable, Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer


class Slices:
    """What `make` does between its yields, as long as `owner` lives. What was made before stays until `done` is called."""

    def __init__(self, owner: QObject, seconds: float, make: Callable[[], Iterator[None]], done: Callable[[], None]):
        self._seconds, self._make, self._done = seconds, make, done
        self._work: Iterator[None] | None = None
        self._timer = QTimer(owner, singleShot=True)
        self._timer.timeout.connect(self.go_on)

    def begin(self, milliseconds: int = 0) -> None:
        """Begin anew, in so many milliseconds."""
        self._work = None
        self._timer.start(milliseconds)

    def cancel(self) -> None:
        """What is not done will not be."""
        self._work = None
        self._timer.stop()

    @property
    def is_due(self) -> bool:
        """Whether there is something left to do."""
        return self._timer.isActive()

    def go_on(self) -> None:
        """Work for some milliseconds, now."""
        self._work = self._work or self._make()
        until = perf_counter() + self._seconds
        for _ in self._work:
            if perf_counter() > until:
                self._timer.start(0)
                return
        self._end()

    def finish(self) -> None:
        """Do all that is left, now: for what is little."""
        for _ in self._work or self._make():
            pass
        self._end()

    def _end(self) -> None:
        self.cancel()
        self._done()
