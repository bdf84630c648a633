"""Where the words of one memo are read whole and written: saved with Ctrl+Enter or by leaving, given up with Esc."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from annotator.gui.parts import column, elided, label, row
from annotator.gui.theme import font

from .form import is_commit

LEAST, MOST = 176, 480  # px


class MemoEditor(QWidget):
    """Says `save_wanted`, and takes the words for saved only when `taken` says so: what could not be saved stays here."""

    save_wanted = Signal(str, str)  # id of the memo or "" for a new one, its words
    delete_wanted = Signal()
    finished = Signal()  # writing is over
    changed = Signal()  # there is something to save now, or no longer

    def __init__(self):
        super().__init__()
        self.id, self.is_new, self._saved = "", False, ""
        self.heading = elided("", "small_strong", "muted")
        self.nothing = label(self.tr("Choose a memo to read it whole."), "small", "muted", wrap=True)
        self.field = MemoWords()
        self.hint = elided(self.tr("Ctrl+Enter saves, Esc gives up"), "tiny", "muted")
        self.delete = QPushButton(self.tr("Delete"))
        self.foot = QWidget()
        self.foot.setLayout(row(self.hint, None, self.delete))
        sheet = column(self.heading, self.nothing, self.field, self.foot, gap=6, margins=(16, 10, 12, 8))
        sheet.setStretch(2, 1)
        self.setLayout(sheet)
        self.setMinimumWidth(LEAST)
        self.setMaximumWidth(MOST)
        self.field.committed.connect(self._commit)
        self.field.given_up.connect(self._give_up)
        self.field.left.connect(self.flush)
        self.field.textChanged.connect(self.changed)
        self.delete.clicked.connect(self.delete_wanted)
        self.show_nothing()

    # Showing ----------------------------------------------------------------------------------------------------------

    def show_memo(self, id: str, heading: str, words: str, *, editable: bool, bookmark: bool = False) -> bool:
        """Shows a memo, "" being a new one, once what was being written is saved. False when that could not be."""
        if id == self.id and not self.is_new and not self.is_saved:
            return True  # somebody is writing here
        self.flush()
        if not self.is_saved:
            return False
        self._set(id, heading, words)
        self.is_new = not id
        self.field.setReadOnly(not editable)
        asks = self.tr("Words make a memo of this bookmark") if bookmark else self.tr("Write here")
        self.field.setPlaceholderText(asks if editable else "")
        self._show(something=True)
        self.delete.setVisible(bool(id) and editable)
        self.hint.setVisible(editable)
        return True

    def show_nothing(self) -> None:
        """No memo is chosen. What is being written stays."""
        if self.is_saved:
            self._set("", "", "")
            self.is_new = False
            self._show(something=False)

    def taken(self, id: str, words: str) -> None:
        """These words are on disk as those of a memo; "" when there is no memo left."""
        self.id, self.is_new, self._saved = id, False, words
        self.changed.emit()

    def _set(self, id: str, heading: str, words: str) -> None:
        self.id, self._saved = id, words
        self.heading.setText(heading)
        self.field.setAccessibleName(heading or self.tr("Memo"))
        if words != self.field.toPlainText():
            self.field.setPlainText(words)
        self.changed.emit()

    def _show(self, *, something: bool) -> None:
        for part in (self.heading, self.field, self.foot):
            part.setVisible(something)
        self.nothing.setVisible(not something)

    # Writing ----------------------------------------------------------------------------------------------------------

    @property
    def is_saved(self) -> bool:
        """Whether nothing is here that is not on disk."""
        return self.field.toPlainText().strip() == self._saved.strip()

    def has_focus(self) -> bool:
        return self.field.hasFocus()

    def take_focus(self) -> None:
        """Lets a person write behind the last word."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def flush(self) -> None:
        """Saves what is being written."""
        if not self.is_saved:
            self.save_wanted.emit(self.id, self.field.toPlainText())

    def _commit(self) -> None:
        self.flush()
        if self.is_saved:
            self.finished.emit()

    def _give_up(self) -> None:
        self.field.setPlainText(self._saved)
        if self.is_new:
            self.show_nothing()
        self.finished.emit()


class MemoWords(QPlainTextEdit):
    """The field of the editor."""

    committed = Signal()
    given_up = Signal()
    left = Signal()

    def __init__(self):
        super().__init__()
        self.setFont(font("body"))
        self.setTabChangesFocus(True)
        self.setMinimumHeight(40)
        self.document().setDocumentMargin(4)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def event(self, event: QEvent) -> bool:
        """Ctrl+Enter is of the field while it has the focus, not of the document."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_commit(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_commit(event):
            self.committed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """By keys one arrives behind the last word."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.ShortcutFocusReason):
            self.moveCursor(QTextCursor.MoveOperation.End)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()
