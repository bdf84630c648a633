"""Files that are dropped anywhere on the window: a frame says that they can be."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame

if TYPE_CHECKING:
    from annotator.gui.main_window import MainWindow


class Dropping(QObject):
    """Takes what nothing inside the window takes itself."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self.window = window
        self.target = QFrame(window)
        self.target.setProperty("card", "drop")
        self.target.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.target.hide()
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.DragEnter if isinstance(event, QDragEnterEvent) and paths_of(event.mimeData()):
                event.acceptProposedAction()
                self.target.setGeometry(self.window.stack.geometry().adjusted(4, 4, -4, -4))
                self.target.raise_()
                self.target.show()
                return True
            case QEvent.Type.DragLeave:
                self.target.hide()
            case QEvent.Type.Drop if isinstance(event, QDropEvent) and (paths := paths_of(event.mimeData())):
                self.target.hide()
                event.acceptProposedAction()
                self.window.desk.field.take(paths)
                return True
        return False


def paths_of(data: QMimeData) -> Sequence[Path]:
    """The files of this machine that are dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
