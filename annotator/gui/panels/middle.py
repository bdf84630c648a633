"""The middle of the window: the text, and the drawer below it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter

from annotator.gui.textview.view import CodedTextView

from .drawer import Drawer


class TextAndDrawer(QSplitter):
    """Two thirds for the text until a person draws the line elsewhere. When a bar opens above them or goes, the words keep
    their place on the screen, unless the line of the caret would go out of sight."""

    def __init__(self, text: CodedTextView, drawer: Drawer):
        super().__init__(Qt.Orientation.Vertical)
        self.text = text
        self._wanted: int | None = None  # where the scroll bar belongs once the text knows its new height
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for part, share in ((text, 2), (drawer, 1)):
            self.addWidget(part)
            self.setStretchFactor(self.indexOf(part), share)

    def moveEvent(self, event: QMoveEvent) -> None:
        """Comes before the text is given its new height, which may move its scroll bar."""
        super().moveEvent(event)
        if self.isVisible():
            self._wanted = self.text.verticalScrollBar().value() + event.pos().y() - event.oldPos().y()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._wanted is not None:
            top, bar = self.text.cursorRect().top(), self.text.verticalScrollBar()
            in_sight = 0 <= top < self.text.viewport().height()
            bar.setValue(min(self._wanted, bar.value() + top) if in_sight else self._wanted)
            self._wanted = None
