"""What a screen reader is told while one codes: what a step did, what undo took back, what is under the caret."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QToolTip

from annotator.gui.telling import Telling
from annotator.model import Change
from annotator.text import Span

if TYPE_CHECKING:
    from annotator.gui.work import Work

RESTS_AFTER = 400  # ms without a move until what is under the caret is told
Politeness = QAccessible.AnnouncementPoliteness


class Announcer(QObject):
    """Listens to one open project. Several things that happen in one turn are told once, by the last of them; while no
    screen reader listens, nothing is put into words."""

    told = Signal(str)

    def __init__(self, work: "Work"):
        super().__init__(work)
        self.work, self.coding, self.view = work, work.coding, work.text
        self.telling = Telling(work.coding)
        self._words, self._how = "", Politeness.Polite
        self._under: Sequence[str] = ()  # what was under the caret when it was last told of
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._rest = QTimer(self, singleShot=True, interval=RESTS_AFTER)
        self._soon.timeout.connect(self._speak)
        self._rest.timeout.connect(self._tell_what_is_under)
        work.session.changed.connect(self._hear)
        work.session.returned.connect(self._hear_again)
        work.notice.told.connect(self._hear_notice)
        work.coding.came_to.connect(self._came_to)
        work.coding.opened.connect(self._opened)
        work.text.caret_moved.connect(self._moved)

    def say_here(self) -> None:
        """Says what is under the caret, and shows it there until the next key or move of the mouse."""
        if self.coding.document is None:
            return
        caret = self.view.caret()
        here, memos = self._here()
        words = "\n".join([self.telling.whole(here) if here else self.tr("No code here"), *memos])
        self._tell(words)
        at = self.view.rect_of(Span(caret, caret))
        QToolTip.showText(self.view.viewport().mapToGlobal(at.bottomLeft() + QPoint(0, 8)), words, self.view)

    def say(self, words: str) -> None:
        """Says where something has led that is not an annotation."""
        if QAccessible.isActive():
            self._tell(words)

    def _hear(self, change: Change) -> None:
        if QAccessible.isActive() and (words := self.telling.change(change)):
            self._tell(words)

    def _hear_again(self, change: Change) -> None:
        if QAccessible.isActive() and not change.is_undo:
            self._tell(self.telling.change(change, again=True))

    def _hear_notice(self, words: str) -> None:
        self._tell(words, Politeness.Assertive)

    def _came_to(self, annotation: str) -> None:
        """Somebody walks the annotations. What a step or undo says of itself goes before it."""
        if QAccessible.isActive() and not self._soon.isActive():
            self._tell(self.telling.annotation(annotation))

    def _opened(self) -> None:
        self._under = ()

    def _moved(self) -> None:
        if QAccessible.isActive():
            self._rest.start()

    def _tell_what_is_under(self) -> None:
        """The caret has come to rest: says what lies there if it is another than before."""
        if self.coding.document is None or self.view.selection():
            return
        here, memos = self._here()
        if [*here, *memos] != self._under:
            code = self.telling.place(here) if here else self.tr("No code here")
            self._tell(". ".join([code, *memos]))

    def _here(self) -> tuple[list[str], list[str]]:
        """The annotations under the caret, and what memos and bookmarks there say."""
        caret = self.view.caret()
        return self.telling.here(caret), self.work.memos.said_at(caret)

    def _tell(self, words: str, how: Politeness = Politeness.Polite) -> None:
        self._words, self._how = words, how
        self._soon.start()

    def _speak(self) -> None:
        self._rest.stop()
        self._under = [one for found in self._here() for one in found] if self.coding.document else ()
        self.told.emit(self._words)
        if QAccessible.isActive():
            event = QAccessibleAnnouncementEvent(self.view, self._words)
            event.setPoliteness(self._how)
            QAccessible.updateAccessibility(event)
