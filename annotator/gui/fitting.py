"""What has no room gives way: in a small window, or a large interface, first the documents, then the codebook."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

if TYPE_CHECKING:
    from annotator.gui.work import Work

DOCUMENTS_FROM, SIDE_FROM = 780, 660  # px of the window that leave the text enough beside them


class Fitting(QObject):
    """Follows the width of an open project. Panels go and come when it passes a mark; what a person shows or hides in
    between stays."""

    def __init__(self, work: "Work"):
        super().__init__(work)
        self.work = work
        self._room = (True, True)
        work.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        work = self.work
        room = (work.width() >= DOCUMENTS_FROM, work.width() >= SIDE_FROM)
        for part, before, now in zip((work.documents, work.side), self._room, room, strict=True):
            if before != now:
                part.setVisible(now)
        self._room = room
