"""The document that Qt holds of a text. Qt makes a block of every line, and of very many lines that takes longer than all
else: so many of them are at first one block with line separators in it, in which every position is what it will be, and
the document with a block for each is made between two events. Nobody but a screen reader, who reads by lines, could tell."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor, QTextDocument

from .page import Page
from .slices import Slices

if TYPE_CHECKING:
    from .view import CodedTextView

MANY = 20_000  # lines
PART = 10_000  # letters that are put in together
SLICE = 0.004  # seconds of work between two events
LINE = "\u2028"


class Blocks:
    """The document of one view."""

    def __init__(self, view: "CodedTextView"):
        self.view = view
        self._next = self._new()
        self._making = Slices(view, SLICE, self._make, self._made)

    def document(self) -> QTextDocument:
        """One for the text of the view, with all its positions."""
        self._making.cancel()
        text, document = self.view.text.text, self._new()
        is_long = text.count("\n") >= MANY
        document.setPlainText("\n".join(part.replace("\n", LINE) for part in _parts(text)) if is_long else text)
        if is_long:
            self._making.begin()
        return document

    def _new(self) -> QTextDocument:
        made = QTextDocument(self.view)
        made.setUndoRedoEnabled(False)
        made.setDefaultFont(self.view.font())
        return made

    def _make(self) -> Iterator[None]:
        self._next = self._new()
        cursor, before = QTextCursor(self._next), ""
        for part in _parts(self.view.text.text):
            cursor.insertText(before + part)
            before = "\n"
            yield

    def _made(self) -> None:
        """The document takes the place of the first one; what is in sight, selected and measured stays."""
        view, document = self.view, self._next
        document.setDefaultFont(view.font())
        page = Page(document, view.text, view)
        page.take_over(view.page)
        ends = view.ends()
        was_blocked = view.blockSignals(True)
        view.put_document(document, page)
        view.sight.settle()
        view.set_ends(*ends)
        view.blockSignals(was_blocked)


def _parts(text: str) -> Iterator[str]:
    """The text by some hundred lines, without the line break between two parts."""
    start = 0
    while (end := text.find("\n", start + PART)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]
