"""The history page of the drawer: fills it while it is in sight, and goes back when that is wanted."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QObject, QTimer

from annotator import editing
from annotator.entities import Registry
from annotator.errors import AnnotatorError
from annotator.gui.deeds import Deeds, place_of
from annotator.gui.panels.history import HistoryPanel, HistoryRow
from annotator.gui.words import initials
from annotator.model import Annotation, Memo
from annotator.past import Step

if TYPE_CHECKING:
    from annotator.gui.work import Work

NAME = "history"
PAGE = 100  # changes that are read at once


class LookingBack(QObject):
    """Fills the history page of one project, and does what is wanted there through the session."""

    def __init__(self, work: "Work"):
        super().__init__(work)
        self.work, self.panel = work, HistoryPanel(work.theme)
        self.steps: dict[str, Step] = {}
        self._read = 0
        work.drawer.add(NAME, self.tr("History"), self.panel, shown=self.refresh)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        work.session.changed.connect(lambda _: self._refresh_soon())
        work.coding.opened.connect(self._refresh_soon)
        self.panel.more_wanted.connect(self._more)
        self.panel.chosen.connect(self._show_place)
        self.panel.back_wanted.connect(self._go_back)
        self.panel.taking_back_wanted.connect(self._take_back)
        self.panel.done.connect(work.to_text)

    def toggle(self) -> None:
        """Opens the page, or closes it from within."""
        self.work.drawer.toggle(NAME)

    def refresh(self) -> None:
        """Reads the newest steps anew."""
        if self.work.drawer.name == NAME:
            self.steps, self._read = {}, 0
            self.panel.show_rows(self._next_rows())
            self._offer(self.panel.current())

    def _refresh_soon(self) -> None:
        if self.work.drawer.name == NAME:
            self._soon.start()

    def _more(self) -> None:
        if self._read >= 0 and self.steps:
            self.panel.add_rows(self._next_rows())

    def _next_rows(self) -> list[HistoryRow]:
        coding = self.work.coding
        if coding.document is None or coding.round is None or self._read < 0:
            return []
        project = self.work.project
        found = project.document_history(coding.document.id, coding.round.id, start=self._read, most=PAGE)
        self._read = self._read + PAGE if found else -1  # -1: there are no older ones
        people = {one.id: one for one in project.nouns("coder")}
        entities = Registry(project.nouns("entity"))
        deeds = Deeds(coding.text, coding.drawn, project.attributes(), entities, people)
        self.steps |= {step.change: step for step in found}
        return [self._row(step, deeds) for step in found]

    def _row(self, step: Step, deeds: Deeds) -> HistoryRow:
        at, noun = datetime.fromisoformat(step.at).astimezone(), step.edits[0].noun
        quote = " … ".join(noun.quotes) if isinstance(noun, Annotation) else ""
        if isinstance(noun, Memo) and (place := place_of(step)):
            quote = self.work.coding.text[place.start : place.end]
        person = deeds.people.get(step.actor)
        return HistoryRow(
            step.change,
            QLocale().toString(QDate(at.year, at.month, at.day), QLocale.FormatType.LongFormat),
            f"{at:%H:%M}",
            initials(person) if person else "",
            deeds.step(step),
            " ".join(quote.split()),
            own=step.actor == self.work.project.actor.id,
        )

    def _show_place(self, change: str) -> None:
        step = self.steps[change]
        self._offer(change)
        if place := place_of(step):
            noun = step.edits[0].noun
            if noun.id in self.work.coding.shown:
                self.work.coding.go_to(noun.id)
            else:
                self.work.text.put_caret(place.start)
            self.work.text.reveal(place.start, place.end)

    def _offer(self, change: str) -> None:
        step = self.steps.get(change)
        self.panel.offer(
            back=bool(step) and self.work.project.is_writable, take=bool(step) and self._can_take_back(step)
        )

    def _can_take_back(self, step: Step) -> bool:
        """Whether the step is one's own, and what it left still stands."""
        project = self.work.project
        if step.actor != project.actor.id or not project.is_writable or step.label in ("assign", "import documents"):
            return False
        try:
            edits = project.change(step.change).edits
        except AnnotatorError:
            return False
        kinds = {edit.kind for edit in edits}
        ids = {edit.object for edit in edits}
        now = {noun.id: noun for kind in kinds for noun in project.nouns_of(kind, ids)}
        return all(now.get(edit.object) == edit.after for edit in edits)

    def _go_back(self, change: str) -> None:
        coding, project = self.work.coding, self.work.project
        if coding.document and coding.round:
            document, round = coding.document.id, coding.round.id
            self.work.inspector.flush()
            self.work.session.attempt(lambda: editing.go_back(project, document=document, round=round, change=change))

    def _take_back(self, change: str) -> None:
        self.work.inspector.flush()
        self.work.session.attempt(lambda: editing.take_back(self.work.project, change))
