"""Keeps the list of the annotations in the drawer in step with the document that one codes, and does what it asks for."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRect, Signal

from annotator.gui.collecting import collecting_later
from annotator.gui.panels.annotations import AnnotationRow, AnnotationsPage
from annotator.gui.panels.inspector import nearest
from annotator.gui.textview.index import Mark
from annotator.gui.words import initials
from annotator.model import Annotation, Attribute, Change

if TYPE_CHECKING:
    from .choosing import Choosing
    from .coding import Coding
    from .panels.drawer import Drawer
    from .theme import Theme

NAME = "annotations"
FEW = 50  # changed at once; the list is made anew for more
LONG = 240  # characters of the words that a row holds
Said = tuple[float | None, str, dict]


class AnnotationList(QObject):
    """Fills the page only while it is in sight."""

    entered = Signal()  # one was gone to: the focus goes to the text

    def __init__(self, coding: "Coding", choosing: "Choosing", drawer: "Drawer", theme: "Theme"):
        super().__init__(drawer)
        self.coding, self.choosing, self.drawer = coding, choosing, drawer
        self.page = AnnotationsPage(theme)
        self._hidden: frozenset[str] = frozenset()
        self._attributes: dict[str, Attribute] = {}
        self._names: dict[str, str] = {}  # of entities
        self._initials: dict[str, str] = {}
        drawer.add(NAME, self.tr("Annotations"), self.page, shown=self._renew)
        coding.opened.connect(self._renew)
        coding.codes_changed.connect(self._renew)
        coding.marked.connect(self._follow)
        coding.session.changed.connect(self._hear)
        shape, page = coding.shape, self.page
        page.pointed.connect(coding.go_to)
        page.entered.connect(self._go)
        page.retract_wanted.connect(shape.retract_all)
        page.join_wanted.connect(shape.join_all)
        page.recode_wanted.connect(self._recode)
        page.menu_opening.connect(choosing.offer_recent_for)
        page.done.connect(drawer.done)

    def toggle(self) -> None:
        """Opens the list, or puts it away."""
        self.drawer.toggle(NAME)

    @property
    def is_in_sight(self) -> bool:
        return self.drawer.name == NAME

    def _renew(self) -> None:
        """Makes the list anew, if it is in sight."""
        document, round, shown = self.coding.document, self.coding.round, self.coding.shown
        if not self.is_in_sight:
            return
        self._hidden = shown.hidden
        project = self.coding.project
        self._attributes = {**project.attributes(), **self.coding.book.attributes}
        self._names = {entity.id: entity.name for entity in project.nouns("entity")}
        self._initials = {coder.id: initials(coder) for coder in project.nouns("coder")}
        with collecting_later():
            said = project.said(document.id, round.id) if document and round else {}
            ids = shown.ids()
            several = len({shown.coder(id) for id in ids}) > 1
            rows = [self._row(shown.marks[id], *said.get(id, (None, "", {}))) for id in ids]
            self.page.show_rows(rows, several=several)
        if self.coding.current:
            self.page.set_current(self.coding.current)
        else:
            self.page.stand_at(self.coding.view.caret())

    def _row(self, marks: Sequence[Mark], certainty: float | None, memo: str, attributes: dict) -> AnnotationRow:
        first, text, code = marks[0], self.coding.text, self.coding.drawn[marks[0].code]
        words = " … ".join(text[mark.start : min(mark.end, mark.start + LONG)] for mark in marks)
        numbers = self.coding.view.text
        level = nearest(certainty)
        return AnnotationRow(
            first.annotation,
            first.start,
            first.end,
            numbers.numbers[numbers.number_at(first.start)],
            code,
            " ".join(words.split()) if "\n" in words else words,
            self._initials.get(first.coder, ""),
            "" if level is None else (self.tr("unsure"), self.tr("fairly"), self.tr("sure"))[level],
            memo,
            ", ".join(self._values(attributes)) if attributes else "",
        )

    def _values(self, attributes: dict[str, Any]) -> Iterator[str]:
        for id, value in attributes.items():
            attribute = self._attributes.get(id)
            for one in value if isinstance(value, list) else [value]:
                if attribute and attribute.type == "entity":
                    yield self._names.get(one, "")
                elif attribute and attribute.labels and str(one) in attribute.choices:
                    yield attribute.labels[attribute.choices.index(str(one))]
                else:
                    yield str(one)

    # Following --------------------------------------------------------------------------------------------------------

    def _hear(self, change: Change) -> None:
        if not self.is_in_sight:
            return
        touched = [edit.noun for edit in change.edits if isinstance(edit.noun, Annotation)]
        if any(edit.kind in ("entity", "attribute", "coder") for edit in change.edits) or len(touched) > FEW:
            self._renew()
            return
        for annotation in touched:
            if marks := self.coding.shown.marks.get(annotation.id):
                if annotation.coder not in self._hidden:
                    self.page.put(self._row(marks, annotation.certainty, annotation.memo, annotation.attributes))
            else:
                self.page.drop(annotation.id)
        if touched:
            self._follow()

    def _follow(self) -> None:
        """The current annotation is the marked one, unless a person is marking in the list."""
        if not self.is_in_sight:
            return
        if self.coding.shown.hidden != self._hidden:
            self._renew()
        elif not self.page.list.hasFocus():
            self.page.set_current(self.coding.current)

    # What the list asks for -------------------------------------------------------------------------------------------

    def _go(self, id: str) -> None:
        self.coding.go_to(id)
        self.entered.emit()

    def _recode(self, ids: list[str]) -> None:
        around = self.choosing.palette.around
        rect = self.page.rect_of_marked()
        place = QRect(self.page.mapTo(around, rect.topLeft()), rect.size())
        self.choosing.for_many(ids, place, self.page.list.setFocus)
