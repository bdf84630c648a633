"""The size of the whole interface: larger than the system has it, for those who see less or sit further away."""

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.settings import INTERFACE, Settings

if TYPE_CHECKING:
    from annotator.gui.main_window import MainWindow

FACTOR = "QT_SCALE_FACTOR"  # Qt reads it once, when the program starts: letters, fields, icons and lines grow alike


def grow(settings: Settings) -> None:
    """Has Qt draw everything in the size that this machine remembers; what was set around the program goes before it."""
    if settings.interface != INTERFACE[0]:
        os.environ.setdefault(FACTOR, f"{settings.interface / 100:g}")


class InterfaceSize(QObject):
    """One step larger or smaller. It is kept, and holds when the program is started again."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self.window = window

    def larger(self) -> None:
        self._step(1)

    def smaller(self) -> None:
        self._step(-1)

    def _step(self, way: int) -> None:
        settings = self.window.settings
        place = INTERFACE.index(settings.interface) + way
        if not 0 <= place < len(INTERFACE):
            limit = self.tr("The interface has {percent} % of its usual size already, and that is the last step.")
            self.window.say(limit.format(percent=settings.interface), passing=True)
            return
        settings.interface = INTERFACE[place]
        settings.save()
        words = self.tr("The interface will have {percent} % of its usual size when Annotator is started again.")
        self.window.say(words.format(percent=settings.interface), passing=True)
