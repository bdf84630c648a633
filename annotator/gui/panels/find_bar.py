"""The bar that finds words in the document. It stands between header and text, only when called."""

from bisect import bisect_left

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QToolButton

from annotator.errors import AnnotatorError
from annotator.gui.icons import paint_icon
from annotator.gui.messages import words_of
from annotator.gui.parts import Flow, box, column, label, row, rule, search_field
from annotator.gui.theme import Theme, font
from annotator.search import find_all, find_pattern
from annotator.text import Span

PATIENCE = 0.25  # seconds that a pattern may hold up the window
FIELD = 208  # px
LATER = 120  # ms: a key typed within this time searches once


class Arrow(QToolButton):
    """A quiet button with a sign that follows the theme."""

    def __init__(self, sign: str, words: str, theme: Theme):
        super().__init__()
        self.sign, self.theme = sign, theme
        self.setProperty("quiet", "true")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(28, 28)
        self.setToolTip(words)
        self.setAccessibleName(words)

    def paintEvent(self, event) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setOpacity(1 if self.isEnabled() else 0.4)
        paint_icon(painter, self.sign, QRectF(6, 6, 16, 16), self.theme.muted)
        painter.end()


class FindBar(QFrame):
    """Field, place in the matches, next and previous, capitals, whole words. Enter, Shift+Enter and F3 walk, Esc closes."""

    found = Signal(list, int)  # every match as a Span, and which is current (-1: none)
    closed = Signal()

    def __init__(self, theme: Theme):
        super().__init__()
        self.text, self.matches, self.current, self.start = "", list[Span](), -1, 0
        self.field = search_field(self.tr("Find in the text"), theme)
        self.field.installEventFilter(self)
        self.field.setFixedWidth(FIELD)
        self.count = label("", "small", "muted")
        self.count.setMinimumWidth(64)
        self.previous_button = Arrow("up", self.tr("Previous match"), theme)
        self.next_button = Arrow("down", self.tr("Next match"), theme)
        self.previous_button.clicked.connect(self.previous)
        self.next_button.clicked.connect(self.next)
        self.case, self.whole = self._option(self.tr("Match case")), self._option(self.tr("Whole words"))
        self.pattern = self._option(self.tr("Pattern"))
        self.pattern.setToolTip(self.tr("A regular expression"))
        self.close_button = Arrow("close", self.tr("Close"), theme)
        self.close_button.clicked.connect(self.close_bar)
        walk = box(row(self.field, self.previous_button, self.next_button, self.count))
        options = Flow(walk, self.case, self.whole, self.pattern)  # in a narrow window they stand below the field
        line = row(options, self.close_button, margins=(24, 8, 16, 8))
        line.setStretch(0, 1)
        line.setAlignment(self.close_button, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(box(line, ground="canvas"), rule(), gap=0))
        self._later = QTimer(self, singleShot=True, interval=LATER)
        self._later.timeout.connect(self._search)
        self.field.textChanged.connect(self._later.start)
        for option in (self.case, self.whole, self.pattern):
            option.toggled.connect(self._search)
        self.hide()

    def set_text(self, text: str) -> None:
        """The text to search: of the document now shown. An open bar searches it at once."""
        self.text, self.start, self.current = text, 0, -1
        if self.isVisible():
            self._search()

    def open(self, words: str = "", start: int = 0) -> None:
        """Shows the bar. `words` fill the field (a selection), `start` is the code point to search on from."""
        self.start, self.current = start, -1
        self.show()
        if words and "\n" not in words:
            self.field.setText(words)
        self.field.selectAll()
        self.field.setFocus()
        self._search()

    def open_again(self, start: int) -> None:
        """Shows the bar with what was looked for last; whoever has the focus keeps it."""
        self.start, self.current = start, -1
        self.show()
        self._search()

    def next(self) -> None:
        """The match after the current one; after the last the first."""
        self._step(1)

    def previous(self) -> None:
        self._step(-1)

    def close_bar(self) -> None:
        self._later.stop()
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3):
            self._step(-1 if back else 1)
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        if self._later.isActive():
            self._search()  # Enter right after the last letter goes to the first match, not past it
        elif self.matches:
            self._show((self.current + by) % len(self.matches))

    def _search(self) -> None:
        self._later.stop()
        if 0 <= self.current < len(self.matches):
            self.start = self.matches[self.current].start
        case, whole = self.case.isChecked(), self.whole.isChecked()
        wrong, slow = "", False
        try:
            self.matches = self._matches(case=case, whole=whole)
        except AnnotatorError as error:
            self.matches, wrong = [], words_of(error)
            slow = error.key == "find.too_slow"
        self.count.setToolTip(wrong)
        at = bisect_left(self.matches, self.start, key=lambda span: span.start)
        self._show(at % len(self.matches) if self.matches else -1)
        if wrong:
            self.count.setText(self.tr("Takes too long") if slow else self.tr("Not a pattern"))

    def _matches(self, *, case: bool, whole: bool) -> list[Span]:
        words = self.field.text()
        if self.pattern.isChecked() and words:
            return find_pattern(self.text, words, case=case, whole=whole, seconds=PATIENCE)
        return find_all(self.text, words, case=case, whole=whole)

    def _show(self, current: int) -> None:
        self.current = current
        total = len(self.matches)
        words = self.tr("{n} of {total}").format(n=current + 1, total=total) if total else self.tr("Not found")
        self.count.setText(words if self.field.text() else "")
        for button in (self.previous_button, self.next_button):
            button.setEnabled(total > 0)
        self.found.emit(self.matches, current)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in the field closes the bar, full or empty."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.close_bar()
            return True
        return super().eventFilter(watched, event)

    def _option(self, words: str) -> QToolButton:
        made = self._word(words)
        made.setCheckable(True)
        made.setProperty("quiet", None)
        made.setProperty("reason", "true")
        return made

    def _word(self, words: str) -> QToolButton:
        made = QToolButton()
        made.setText(words)
        made.setFont(font("small"))
        made.setProperty("quiet", "true")
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return made
