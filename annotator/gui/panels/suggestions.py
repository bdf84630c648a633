"""The list below a field that completes. The field keeps the focus; the list is a child of the window, no window itself."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QListView, QWidget

from annotator.gui.theme import font

Index = QModelIndex | QPersistentModelIndex
MOST, WIDEST = 8, 420  # lines without a scroll bar, px


class Suggestion(NamedTuple):
    """A line of the list, and the name that it puts in."""

    words: str
    name: str


class Suggestions(QListView):
    """What completes the words of a field, best first. `taken` carries the name of a line that was clicked."""

    taken = Signal(str)

    def __init__(self, field: QWidget):
        super().__init__(field.window())
        self.field = field
        self.rows: list[Suggestion] = []
        self._words = QStringListModel(self)
        self.setModel(self._words)
        self.setProperty("popup", "true")
        self.setFont(font("small"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Suggestions"))
        self.clicked.connect(lambda index: self.taken.emit(self.rows[index.row()].name))
        self.hide()

    def open(self, rows: Sequence[Suggestion]) -> None:
        """Shows these lines, the first of them current; without any it closes."""
        self.rows = list(rows)
        self._words.setStringList([row.words for row in rows])
        self.setVisible(bool(rows))
        if rows:
            self.setCurrentIndex(self._words.index(0))
            self._place()
            self.raise_()

    def current(self) -> str:
        """The name that the current line puts in, "" while nothing is open."""
        row = self.currentIndex().row()
        return self.rows[row].name if self.isVisible() and 0 <= row < len(self.rows) else ""

    def step(self, way: int) -> None:
        """To the next line or the one before; from the last to the first and back."""
        self.setCurrentIndex(self._words.index((self.currentIndex().row() + way) % max(1, len(self.rows))))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.field.setAccessibleDescription(str(current.data() or ""))

    def sizeHint(self) -> QSize:
        around = self.contentsMargins()  # what the style sheet says; the width of the frame is the style's, and wider
        widest = max((self.fontMetrics().horizontalAdvance(row.words) for row in self.rows[:200]), default=0) + 40
        width = max(self.field.width(), min(widest, WIDEST))
        return QSize(width, min(len(self.rows), MOST) * self.sizeHintForRow(0) + around.top() + around.bottom())

    def _place(self) -> None:
        """Below the field, or above it where there is no room; its right edge never leaves the window."""
        around, size = self.field.window(), self.sizeHint()
        corner = self.field.mapTo(around, QPoint(0, self.field.height() + 2))
        if corner.y() + size.height() > around.height():
            corner.setY(max(0, corner.y() - self.field.height() - size.height() - 4))
        if self.isRightToLeft():
            corner.setX(corner.x() + self.field.width() - size.width())
        corner.setX(max(0, min(corner.x(), around.width() - size.width() - 4)))
        self.resize(size)
        self.move(corner)
