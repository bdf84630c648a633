"""From the open project to the window of what waits for a decision, and back: every decision is a change of the session."""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from annotator import deciding
from annotator.errors import AnnotatorError
from annotator.gui.messages import words_of
from annotator.gui.tasks import Task, run_in_background
from annotator.gui.words import step_words
from annotator.model import DECIDE, Change, Noun
from annotator.project import Project
from annotator.revisions import Revision

if TYPE_CHECKING:
    from annotator.gui.deciding.items import Item
    from annotator.gui.deciding.window import DecidingWindow
    from annotator.gui.desk import Desk
    from annotator.gui.work import Work

LIVE = 300  # ms from an edit until the window shows what waits then
TAKEN_BACK = (DECIDE, "re-anchor")  # labels of what is decided there and can be undone there
Found = tuple[list[deciding.Contested], list[deciding.Orphan], list[tuple[Revision, str]]]


class DecidingDesk(QObject):
    """Opens the window, once; and says so, calmly, when a project is opened in which something waits."""

    def __init__(self, desk: "Desk"):
        super().__init__(desk)
        self.desk = desk

    def show(self) -> None:
        """What waits for a decision, in a window of its own."""
        from annotator.gui.deciding.window import DecidingWindow

        if not self.desk.bring_up(DecidingWindow):
            work = self.desk.work
            made = DecidingWindow(self.desk.window.theme, project=work.project.nouns("project")[0].name)
            Following(made, work, self.desk)
            self.desk.keep(made, made.closed)
            made.list.setFocus()

    def tell(self, work: "Work") -> None:
        """A project was opened: what is contested in it is not passed over in silence."""
        try:
            count = len(mine(work.project, deciding.contested(work.project)))
        except AnnotatorError:
            return  # the project says so itself
        if count and work.project.is_writable:
            one = self.tr("1 thing was changed in two places and waits for a decision.")
            more = self.tr("{count} things were changed in two places and wait for a decision.")
            words = one if count == 1 else more.format(count=count)
            work.notice.tell(words, button=self.tr("Decide …"), action=self.show, calm=True)


class Following(QObject):
    """Fills one window from one project, and does what is wanted there."""

    def __init__(self, shown: "DecidingWindow", work: "Work", desk: "Desk"):
        super().__init__(shown)
        self.shown, self.work, self.desk = shown, work, desk
        self._reading = Lock()
        self._task: Task | None = None
        self._soon = QTimer(self, singleShot=True, interval=LIVE)
        self._soon.timeout.connect(self._read)
        work.session.changed.connect(self._hear)
        work.session.refused.connect(shown.say)
        shown.version_wanted.connect(self._settle)
        shown.both_wanted.connect(self._keep_both)
        shown.place_wanted.connect(self._place)
        shown.text_wanted.connect(self._show_text)
        shown.undo_wanted.connect(work.session.undo)
        shown.closed.connect(self._end)
        shown.say(self.tr("Looking …"))
        self._read()

    # Reading ----------------------------------------------------------------------------------------------------------

    def _hear(self, change: Change) -> None:
        if {edit.kind for edit in change.edits} != {"sitting"}:
            self._soon.start()

    def _read(self) -> None:
        if self._task:
            self._task.cancel()
        project, reading = self.work.project, self._reading

        def read(progress: Callable[..., None], cancelled: Callable[[], bool]) -> Found | None:
            with reading:
                if cancelled():
                    return None
                return deciding.contested(project), deciding.orphans(project, cancelled), project.barred()

        self._task = run_in_background(read, done=self._show, failed=self._fail)

    def _show(self, found: Found | None) -> None:
        from annotator.gui.deciding.words import Telling

        self._task = None
        if found is None:
            return
        telling, project = Telling(self.work.project), self.work.project
        contested, orphans, barred = found
        items = [telling.contested(one) for one in mine(project, contested)]
        items += [telling.orphan(one) for one in orphans if _may_touch(project, one.annotation)]
        items += [telling.barred(*one) for one in barred]
        if self.shown.said.text() == self.tr("Looking …"):
            self.shown.say("")
        self.shown.show_items(items, may_decide=project.is_writable)
        self._offer_undo()

    def _fail(self, error: Exception) -> None:
        self._task = None
        self.shown.say(words_of(error))

    def _offer_undo(self) -> None:
        last = self.work.session.last_label()
        self.shown.offer_undo(step_words(last) if last in TAKEN_BACK else "")

    def _end(self) -> None:
        """The window is closed, and the project may be, when nobody reads it any more."""
        self._soon.stop()
        if self._task:
            self._task.cancel()
            self._task = None
        with self._reading:
            pass

    # Deciding ---------------------------------------------------------------------------------------------------------

    def _settle(self, item: "Item", revision: str) -> None:
        number = next(n for n, one in enumerate(item.versions, start=1) if one.id == revision)
        change = self._do(lambda: deciding.settle(self.work.project, item.object, revision))
        if change:
            undone = self.tr("Decided: version {number} holds. Ctrl+Z takes it back.")
            stays = self.tr("Decided: version {number} holds, as it was read before.")
            self._decided((undone if change.label == DECIDE else stays).format(number=number))

    def _keep_both(self, item: "Item") -> None:
        if self._do(lambda: deciding.keep_both(self.work.project, item.object)):
            self._decided(self.tr("Decided: both are kept, as two annotations. Ctrl+Z takes it back."))

    def _place(self, item: "Item", number: int) -> None:
        def make() -> Change:
            orphan = self.work.project.noun("annotation", item.object)
            spans = deciding.places(self.work.project.text(orphan.document), orphan)[number]
            return deciding.re_anchor(self.work.project, orphan, spans)

        if self._do(make):
            self._decided(self.tr("Put at place {number}. Ctrl+Z takes it back.").format(number=number + 1))

    def _do(self, make: Callable[[], Change]) -> Change | None:
        """Makes a change and applies it; why not is said where everybody listens."""
        session = self.work.session
        try:
            change = make()
        except AnnotatorError as error:
            session.refused.emit(words_of(error))
            return None
        return change if session.do(change) else None

    def _decided(self, words: str) -> None:
        self.shown.say(words)
        self._soon.stop()
        self._read()

    # To the text ------------------------------------------------------------------------------------------------------

    def _show_text(self, item: "Item") -> None:
        window, work = self.desk.window, self.work
        window.leave_page()
        work.open_document(item.document, item.round or None)
        if item.object in work.coding.shown:
            work.coding.go_to(item.object)
        elif found := _spans(work, item):
            work.text.put_caret(found[-1].end)
            work.text.reveal(found[0].start, found[-1].end)
        work.to_text()
        window.raise_()
        window.activateWindow()


def mine(project: Project, contested: Sequence[deciding.Contested]) -> list[deciding.Contested]:
    """What this person may decide on: a supervisor on all, a coder on their own."""
    return [one for one in contested if all(_may_touch(project, side.noun) for side in one.sides)]


def _may_touch(project: Project, noun: Noun | None) -> bool:
    return project.actor.role == "supervisor" or noun is None or getattr(noun, "coder", None) == project.actor.id


def _spans(work: "Work", item: "Item") -> Sequence:
    """Where an annotation that is not shown would stand, as far as the text reaches."""
    for one in work.project.nouns_of("annotation", [item.object]):
        return [span for span in one.spans if span.end <= len(work.coding.text)]
    return ()
