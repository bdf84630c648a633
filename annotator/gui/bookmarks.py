"""Bookmarks: set and cleared at the caret, gone to one after the other. They are one's own."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator import editing
from annotator.gui.own_keys import KEYS
from annotator.model import Memo

if TYPE_CHECKING:
    from annotator.gui.work import Work


class Bookmarks(QObject):
    """The bookmarks of one person in the open document."""

    def __init__(self, work: "Work"):
        super().__init__(work)
        self.work = work

    def toggle(self) -> None:
        """Marks what is selected, else the sentence at the caret; where there is a bookmark already, clears it."""
        coding, target = self.work.coding, self.work.coding.target()
        if coding.document is None:
            return
        if target is None:
            self.work.notice.tell(self.tr("There are no words here to mark."), passing=True)
            return
        document, session = coding.document.id, self.work.session
        there = [one for one in self.all() if one.spans[0].start < target.end and one.spans[-1].end > target.start]
        if there:
            session.attempt(lambda: editing.clear_bookmarks(there))
        else:
            session.attempt(lambda: editing.bookmark(self.work.project, document=document, place=target))

    def next(self) -> None:
        """To the bookmark behind the caret."""
        self._go(1)

    def previous(self) -> None:
        """To the bookmark before the caret."""
        self._go(-1)

    def all(self) -> list[Memo]:
        """In the order of the text."""
        found = [memo for memo in self.work.memos.here if memo.is_bookmark]
        return sorted(found, key=lambda memo: (memo.spans[0], memo.id))

    def _go(self, way: int) -> None:
        work, marks = self.work, self.all()
        if not marks:
            key = KEYS.cap("work.bookmarks.toggle")
            words = self.tr("This document has no bookmark. {key} sets one.") if key else ""
            words = words or self.tr("This document has no bookmark.")
            work.notice.tell(words.format(key=key), passing=True, calm=True)
            return
        caret = work.text.caret()
        ahead = [n for n, one in enumerate(marks) if (one.spans[0].start - caret) * way > 0][::way]
        number = ahead[0] if ahead else (0 if way > 0 else len(marks) - 1)
        work.notice.go_on()
        work.memos.show_place(marks[number].id)
        work.to_text()
        if not ahead:
            on, back = self.tr("Went on from the beginning."), self.tr("Went on from the end.")
            work.notice.tell(on if way > 0 else back, passing=True, calm=True)
        else:
            told = self.tr("Bookmark {number} of {count}").format(number=number + 1, count=len(marks))
            work.announcer.say(told)
