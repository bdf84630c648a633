"""What stands on the screen already: it is moved along when one scrolls, and only what comes into sight is painted."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from .view import CodedTextView


def is_all(region: QRegion, widget: QWidget) -> bool:
    """Whether a region is all of a widget: what bounds it may be so, and most of it missing."""
    return QRegion(widget.rect()).subtracted(region).isEmpty()


class Pixels:
    """The painted page of one view. It may be moved as long as nothing of it stands elsewhere than when it was painted."""

    def __init__(self, view: "CodedTextView"):
        self.view = view
        self._painted = 0  # the version of the heights

    def painted(self, region: QRegion) -> None:
        """The viewport was painted, or a part of it. A part whose paragraphs turned out higher or lower than was guessed does
        not fit the rest."""
        if is_all(region, self.view.viewport()):
            self._painted = self.view.page.heights.version
        elif self._painted != self.view.page.heights.version:
            self.view.viewport().update()

    def scroll(self, dy: int) -> None:
        """The page moves by so many pixels. What comes into sight is laid out first: if that moves anything else, or has
        since it was painted, all is painted anew; so it is when it is not the reader who scrolls."""
        view, viewport = self.view, self.view.viewport()
        view.overview.update()
        if not view.sight.is_held and not view.pointer.edge and abs(dy) < viewport.height():
            top = view.verticalScrollBar().value()
            view.page.lay_between(top, top + viewport.height())
            if self._painted == view.page.heights.version:
                viewport.scroll(0, dy)
                view.margin.moved(dy)
                return
        viewport.update()
        view.margin.update()
