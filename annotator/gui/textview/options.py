"""What a reader may have beside the text or not: stripes by coder, line numbers, the overview."""

from typing import TYPE_CHECKING

from annotator.gui.mirror import beginning

from .overview import WIDTH

if TYPE_CHECKING:
    from .view import CodedTextView

LEAST_COLUMN, LEAST_MARGIN, MARGIN = 340, 56, 160  # pixels
EDGE, NUMBERED_EDGE = 32.0, 56.0  # pixels beside the column, without and with room for the number of a line


class Options:
    """The choices of one view, and where what stands beside the text has its place."""

    def __init__(self, view: "CodedTextView"):
        self.view = view
        self._before, self._room = 0, 0  # pixels of the view before and behind the viewport
        self.by_coder = self.line_numbers = self.overview = self.centred = False

    def set_by_coder(self, on: bool) -> None:
        """Give each coder lanes of their own beside the text, under their initials."""
        if on != self.by_coder:
            self.by_coder = on
            self.view.margin.reset()

    def set_line_numbers(self, on: bool) -> None:
        """Number every fifth line of a paragraph. What stands at the top of the window stays there."""
        if on != self.line_numbers:
            self.line_numbers = on
            self.view.EDGE = NUMBERED_EDGE if on else EDGE
            self._lay_out_again()

    def set_centred(self, on: bool) -> None:
        """Put the column into the middle of the view. What stands at the top of the window stays there."""
        if on != self.centred:
            self.centred = on
            self._lay_out_again()

    def set_overview(self, on: bool) -> None:
        """Show the whole document as a bar at the right."""
        if on != self.overview:
            self.overview = on
            self._lay_out_again()

    def edges(self) -> float:
        """The room left and right of the column, in pixels."""
        return self.view.EDGE + EDGE

    def make_room(self) -> None:
        """The column keeps its width; what is left goes to the margin, or half of it before the column when that is
        centred and the margin keeps what it should have. Where there is little, both give way."""
        view = self.view
        inner = view.width() - view.verticalScrollBar().sizeHint().width() - self.edges()
        room = round(max(inner - view.column(), min(MARGIN, max(inner - LEAST_COLUMN, LEAST_MARGIN))))
        before = max(0, min(room // 2, room - MARGIN)) if self.centred else 0
        if (before, room - before) != (self._before, self._room):
            self._before, self._room = before, room - before
            view.setViewportMargins(*beginning(before, room - before))

    def place_beside(self) -> None:
        """Put margin and overview into the room beside the text, the overview at the outer edge."""
        view, inside, bar = self.view, self.view.viewport().geometry(), WIDTH if self.overview else 0
        turned = view.isRightToLeft()
        left = inside.left() - self._room if turned else inside.right() + 1
        view.margin.setGeometry(left + bar * turned, inside.top(), self._room - bar, inside.height())
        outer = left if turned else left + self._room - bar
        view.overview.setGeometry(outer, inside.top(), bar, inside.height())
        view.overview.setVisible(self.overview)

    def _lay_out_again(self) -> None:
        """The room beside the text has another share: what stands at the top of the window stays there."""
        view = self.view
        with view.sight.held():
            self.make_room()
            view.page.documentChanged(0, 0, 0)
        self.place_beside()
        view.sight.settle()
        view.margin.reset()
        view.redraw()
