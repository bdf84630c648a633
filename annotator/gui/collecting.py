"""When Python looks for garbage that holds itself: in the window's thread only, and never among what a big document holds."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimerEvent

EVERY = 1000  # milliseconds


class Collector(QObject):
    """Collects in the thread that it is made in, in place of Python's own collecting, which happens in whatever thread makes
    objects: what a closed window left would be destroyed beside the window's thread, and that crashes the program."""

    def __init__(self, parent: QObject):
        super().__init__(parent)
        self._rounds = 0
        gc.disable()
        self.startTimer(EVERY)

    def timerEvent(self, event: QTimerEvent) -> None:
        """The youngest objects, of every tenth time the older ones, of every hundredth all; nothing while little was made."""
        if gc.get_count()[0] > gc.get_threshold()[0]:
            self._rounds += 1
            gc.collect(2 if self._rounds % 100 == 0 else 1 if self._rounds % 10 == 0 else 0)


@contextmanager
def collecting_later() -> Iterator[None]:
    """Makes many small objects without the collector looking through them again and again: half the time at 50,000. It
    never looks at them later either, which would cost a frame now and then; they go when nobody holds them."""
    was_on = gc.isenabled()
    gc.collect(1)  # what is no longer needed is not kept with the rest
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
