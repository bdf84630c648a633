"""Which part of the text is in the window: it stays in place while heights, width and size of letters change."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QTimer

from .page import Anchor

if TYPE_CHECKING:
    from .view import CodedTextView

COMFORT = 2.0  # lines that what is revealed keeps from the edges of the window
AHEAD = 2.5  # lines in sight beyond the one the caret goes to


class Sight:
    """The scroll position of one view, kept as an anchor in the text."""

    def __init__(self, view: "CodedTextView"):
        self.view = view
        self._anchor = Anchor()
        self._still = 0
        self._timer = QTimer(view, singleShot=True, interval=0)
        self._timer.timeout.connect(self.settle)

    @property
    def is_held(self) -> bool:
        """Whether it is not the reader who scrolls."""
        return self._still > 0

    @contextmanager
    def held(self) -> Iterator[None]:
        """While this lasts, a moved scroll bar is Qt's doing and not the reader's."""
        self._still += 1
        try:
            yield
        finally:
            self._still -= 1

    def scrolled(self, value: int) -> None:
        """The reader has scrolled: remember what is at the top now. Rounding to pixels is not scrolling, or the text
        would creep."""
        if not self._still and len(self.view.page.heights):
            self._anchor = self.view.page.anchor_at(value)

    def settle(self) -> None:
        """Make the scroll bar fit the page, and put the anchor where it was."""
        page = self.view.page
        if len(page.heights):
            with self.held():
                page.publish()
                self.view.verticalScrollBar().setValue(round(page.height_of(self._anchor)))

    def settle_soon(self) -> None:
        """Settle when the paint that is going on is over."""
        self._timer.start()

    def to_top(self) -> None:
        self._anchor = Anchor(0, -self.view.EDGE_TOP)

    def place(self) -> tuple[int, float]:
        """The reading place: a code point on the top line, and how far that line is scrolled past, in lines."""
        return self.view.text.point(self._anchor.position), self._anchor.fraction

    def restore(self, place: tuple[int, float]) -> None:
        """Go back to a reading place, at whatever width and size of letters."""
        self._anchor = Anchor(self.view.text.unit(place[0]), place[1])
        self.settle()

    def reveal(self, start: int, end: int) -> None:
        """Scroll, if need be, so that a span is comfortably in sight; of one that is too high its beginning."""
        page, text = self.view.page, self.view.text
        if not len(page.heights):
            self._anchor = Anchor(text.unit(start), -COMFORT)
            return
        height = self.view.viewport().height()
        page.lay_around(text.unit(start), height)
        self.settle()
        top, bottom = page.caret(text.unit(start)).top(), page.edge(text.unit(end), end=True).bottom() + page.gap
        comfort = min(COMFORT * page.pitch, height / 4)
        offset = self.view.verticalScrollBar().value()
        room = height - (bottom - top)
        if top - offset >= comfort and offset + height - bottom >= comfort:
            return
        self._scroll(top - (room / 3 if room > 2 * comfort else comfort))

    def keep_caret(self) -> None:
        """Scroll just as far as the caret needs to be seen, with what comes next."""
        page, unit = self.view.page, self.view.textCursor().position()
        height = self.view.viewport().height()
        page.lay_around(unit, height)
        self.settle()
        caret = page.caret(unit)
        spare = min(AHEAD * page.pitch, (height - caret.height()) / 3)
        offset = self.view.verticalScrollBar().value()
        if caret.top() - spare < offset:
            self._scroll(caret.top() - spare)
        elif caret.bottom() + spare > offset + height:
            self._scroll(caret.bottom() + spare - height)

    def strip(self, numbers: range) -> QRect:
        """What of the viewport shows these paragraphs: nothing while they are not on the page."""
        page, viewport, offset = self.view.page, self.view.viewport(), self.view.verticalScrollBar().value()
        if numbers[-1] >= len(page.heights):
            return QRect()
        top, bottom = page.top_of(numbers[0]) - offset, page.top_of(numbers[-1]) + page.heights[numbers[-1]] - offset
        whole = QRect(0, int(top) - 2, viewport.width(), int(bottom) - int(top) + 4)
        return whole.intersected(viewport.rect())

    def _scroll(self, y: float) -> None:
        with self.held():
            self.view.page.publish()
        bar = self.view.verticalScrollBar()
        bar.setValue(round(y))
        self.scrolled(bar.value())
