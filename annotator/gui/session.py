"""An open project and its undo: every change of the window goes through here, and is on disk when `do` returns."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal

from annotator.errors import AnnotatorError
from annotator.gui.messages import words_of
from annotator.gui.words import step_words
from annotator.model import QUIET, Change
from annotator.project import Project

BUILT_ON = ("noun.in_use", "change.changed_since")  # why a step can no longer be taken back, however often one tries


class Session(QObject):
    """One open project as one person uses it. Views listen to `changed` and look at what the change touches."""

    changed = Signal(object)  # Change, after it is on disk
    returned = Signal(object)  # Change that undo or redo applied: its place wants to be shown
    refused = Signal(str)  # why nothing was done, in a sentence
    reopened = Signal()  # the file was away, and is back: what stands in it may be more than what is in sight

    def __init__(self, project: Project, parent: QObject | None = None):
        super().__init__(parent)
        self.project = project
        self._steps = project.undo_steps()
        self._undone: list[Change] = []
        self._openings = project.openings
        self.is_failing = False  # whether the disk did not take the last step

    def do(self, change: Change, *, contents: Iterable[bytes] = ()) -> bool:
        """Applies a change. False, and `refused` says why, when it could not be."""
        return self._apply(change, contents=contents, undone=[])

    def must_do(self, change: Change) -> None:
        """Applies a change. Raises AnnotatorError when it could not be."""
        self._put(change, (), [])

    def attempt(self, make: Callable[[], Change]) -> Change | None:
        """Makes a change and applies it. None when it could not be made or applied, or leaves everything as it is."""
        try:
            change = make()
        except AnnotatorError as error:
            self.refused.emit(words_of(error))
            return None
        changes = any(edit.before != edit.after for edit in change.edits)
        return change if changes and self.do(change) else None

    def undo(self) -> None:
        """Takes the last step back, as a new one; it may lie before the last start of the program. One that others have
        built on meanwhile is told of and left, so that the next undo reaches the step before it."""
        if not self._steps:
            return
        try:
            change = self.project.change(self._steps[-1][0])
        except AnnotatorError as error:
            self.refused.emit(words_of(error))
            return
        back, step = change.inverse(), self._steps.pop()  # before anybody hears of it, and takes a step of their own
        try:
            self._put(back, (), [*self._undone, change])
        except AnnotatorError as error:
            if error.key not in BUILT_ON:
                self._steps.append(step)
            self.refused.emit(words_of(error))
        else:
            self.returned.emit(back)

    def redo(self) -> None:
        """Does the step again that was undone last."""
        if not self._undone:
            return
        change = self._undone[-1]
        if self._apply(change, undone=self._undone[:-1]):
            self.returned.emit(change)

    def undo_words(self) -> str:
        """What undo would take back; empty when there is nothing."""
        return step_words(self._steps[-1][1]) if self._steps else ""

    def last_label(self) -> str:
        """The label of the change that undo would take back; empty when there is nothing."""
        return self._steps[-1][1] if self._steps else ""

    def redo_words(self) -> str:
        """What redo would do again; empty when there is nothing."""
        return step_words(self._undone[-1].label) if self._undone else ""

    def _apply(self, change: Change, *, contents: Iterable[bytes] = (), undone: list[Change]) -> bool:
        try:
            self._put(change, contents, undone)
        except AnnotatorError as error:
            self.refused.emit(words_of(error))
            return False
        return True

    def _put(self, change: Change, contents: Iterable[bytes], undone: list[Change]) -> None:
        try:
            step = self.project.apply(change, contents=contents)
        except AnnotatorError as error:
            self.is_failing = self.is_failing or error.key.startswith("disk.")
            raise
        self.is_failing = False
        if change.label not in QUIET:
            self._undone = undone
            if not change.is_undo:
                self._steps.append((step, change.label))
        if self.project.openings != self._openings:
            self._openings, self._steps = self.project.openings, self.project.undo_steps()
            self.reopened.emit()
        self.changed.emit(change)
