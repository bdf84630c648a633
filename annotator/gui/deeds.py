"""What one edit did, in the words of a coder: which code became which, which end moved, what was filled in."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from annotator.entities import Registry
from annotator.gui.panels.fields import sentence_case, spoken
from annotator.gui.panels.inspector import nearest
from annotator.gui.words import step_words
from annotator.model import UNDO, Annotation, Assignment, Attribute, Code, Coder, Document, Edit, Memo
from annotator.past import Step
from annotator.text import Span

LONGEST = 5  # words of what an end passed over that are shown


def _tr(words: str) -> str:
    return QCoreApplication.translate("deeds", words)


class Deeds:
    """Puts the steps of a history into words, by the names that things have now."""

    def __init__(
        self,
        text: str,
        codes: Mapping[str, Code],
        attributes: Mapping[str, Attribute],
        entities: Registry,
        people: Mapping[str, Coder],
    ):
        self.text, self.codes, self.attributes = text, codes, attributes
        self.entities, self.people = entities, people

    def step(self, step: Step) -> str:
        """What a step did."""
        edit = step.edits[0]
        words = self.edit(edit) if step.total == 1 else self._several(step)
        return _tr("Undone: {words}").format(words=words) if step.label.startswith(UNDO) else words

    def _several(self, step: Step) -> str:
        what = sentence_case(step_words(step.label.removeprefix(UNDO)))
        return _tr("{what}: {count} edits").format(what=what, count=step.total)

    def edit(self, edit: Edit) -> str:
        """What one edit did."""
        match edit.noun:
            case Annotation():
                return self._annotation(edit.before, edit.after)
            case Assignment() as one:
                return self._assignment(edit, self.people.get(one.coder))
            case Memo() as memo:
                verb = _tr("Memo taken away: {words}") if edit.after is None else _tr("Memo: {words}")
                return verb.format(words=memo.words)
            case Document():
                return _tr("Document brought in") if edit.before is None else _tr("Details changed")
        return ""

    def _annotation(self, before: object, after: object) -> str:
        if not isinstance(after, Annotation):
            return _tr("{code} retracted").format(code=self._code(before)) if isinstance(before, Annotation) else ""
        if not isinstance(before, Annotation):
            return self._code(after)
        told = []
        if before.code != after.code:
            told.append(f"{self._code(before)} → {self._code(after)}")
        if before.spans != after.spans:
            told.append(self._moved(before.spans, after.spans))
        told += self._values(before, after) if before.code == after.code else []
        if before.certainty != after.certainty:
            degree = nearest(after.certainty)
            degrees = (_tr("unsure"), _tr("fairly sure"), _tr("sure"))
            told.append(_tr("Certainty taken out") if degree is None else _tr("Certainty: ") + degrees[degree])
        if before.memo != after.memo:
            told.append(_tr("Memo: {words}").format(words=after.memo) if after.memo else _tr("Memo taken away"))
        return "; ".join(told) or _tr("{code} changed").format(code=self._code(after))

    def _values(self, before: Annotation, after: Annotation) -> list[str]:
        told = []
        for id in sorted({*before.attributes, *after.attributes}):
            attribute = self.attributes.get(id)
            if attribute and before.attributes.get(id) != after.attributes.get(id):
                name, value = sentence_case(attribute.name), after.attributes.get(id)
                said = spoken(attribute, value, self.entities) if value is not None else _tr("taken out")
                told.append(f"{name}: {said}")
        return told

    def _moved(self, before: Sequence[Span], after: Sequence[Span]) -> str:
        if len(before) != len(after):
            return _tr("A further span") if len(after) > len(before) else _tr("One span less")
        changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
        (old, new), *more = changed
        if more or (old.start != new.start and old.end != new.end):
            return _tr("Moved")
        if old.end != new.end:
            words = self._between(old.end, new.end)
            return _tr("End moved: {words}").format(words=words)
        return _tr("Start moved: {words}").format(words=self._between(old.start, new.start))

    def _between(self, here: int, there: int) -> str:
        """The words an edge passed over."""
        low, high = min(here, there), max(here, there)
        if not any(letter.isalnum() for letter in self.text[low:high]):  # a full stop alone says nothing
            low = self.text.rfind(" ", 0, low) + 1
        words = self.text[low:high].split()
        return " ".join(words if len(words) <= LONGEST else ["…", *words[-LONGEST:]])

    def _assignment(self, edit: Edit, person: Coder | None) -> str:
        name = person.name if person else ""
        if not isinstance(edit.before, Assignment):
            done = isinstance(edit.after, Assignment) and edit.after.done
            return _tr("Marked as done") if done else _tr("Handed out to {name}").format(name=name)
        if not isinstance(edit.after, Assignment):
            return _tr("Taken from {name}").format(name=name)
        return _tr("Marked as done") if edit.after.done else _tr("Reopened")

    def _code(self, annotation: Annotation) -> str:
        code = self.codes.get(annotation.code)
        return code.name if code else _tr("A code that is gone")


def place_of(step: Step) -> Span | None:
    """Where in the text a step happened, if it did."""
    noun = step.edits[0].noun
    if isinstance(noun, Annotation | Memo) and noun.spans:
        return Span(noun.spans[0].start, noun.spans[-1].end)
    return None
