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
        self._moved = 0  # px down by which the place of both has changed, and the words with it
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for part, share in ((text, 2), (drawer, 1)):
            self.addWidget(part)
            self.setStretchFactor(self.indexOf(part), share)

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._moved = event.pos().y() - event.oldPos().y()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Comes after the move, when the text knows how far it can be scrolled."""
        super().resizeEvent(event)
        moved, self._moved = self._moved, 0
        if moved and self.isVisible():
            top, bar = self.text.cursorRect().top(), self.text.verticalScrollBar()
            in_sight = 0 <= top < self.text.viewport().height()
            bar.setValue(bar.value() + (min(moved, top) if in_sight else moved))
