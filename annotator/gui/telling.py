"""What a screen reader says of an annotation and of a step: a few words, the most telling ones first."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from annotator.gui.panels.fields import sentence_case, spoken
from annotator.gui.panels.inspector import nearest
from annotator.gui.words import step_words
from annotator.model import UNDO, Annotation, Change, Memo

if TYPE_CHECKING:
    from annotator.gui.coding import Coding

ENDS = 4  # words of a long quote that are said from its beginning and from its end


def _tr(words: str) -> str:
    return QCoreApplication.translate("telling", words)


def quote(words: str) -> str:
    """The words of a span, of a long one only its beginning and its end."""
    parts = words.split()
    if len(parts) <= 2 * ENDS + 1:
        return " ".join(parts)
    return f"{' '.join(parts[:ENDS])} … {' '.join(parts[-ENDS:])}"


def certainty(degree: int | None) -> str:
    """How sure a coder is."""
    return _tr("no certainty") if degree is None else (_tr("unsure"), _tr("fairly sure"), _tr("sure"))[degree]


class Telling:
    """Puts what is coded in one document into words."""

    def __init__(self, coding: "Coding"):
        self.coding = coding

    def change(self, change: Change, *, again: bool = False) -> str:
        """What a step did; what undo took back, or what was done again. "" for a step that needs no words of its own."""
        annotations = [edit.noun for edit in change.edits if isinstance(edit.noun, Annotation)]
        what = self._done(change.label, annotations[0]) if annotations else self._marked(change)
        if len(annotations) > 1 and what:
            what = _tr("{count} annotations, the first: {what}").format(count=len(annotations), what=what)
        if not (change.is_undo or again):
            return what
        words = _tr("Took back: {step}") if change.is_undo else _tr("Done again: {step}")
        said = words.format(step=step_words(change.inverse().label if change.is_undo else change.label))
        return ". ".join(filter(None, (said, what)))

    def _marked(self, change: Change) -> str:
        words = {
            "mark done": _tr("Marked as done"),
            "reopen": _tr("Open again"),
            "bookmark": _tr("Bookmark on “{quote}”"),
            "clear bookmark": _tr("Bookmark cleared"),
            "write memo": _tr("Memo saved: {words}"),
            "delete memo": _tr("Memo deleted"),
        }.get(change.label, "")
        memo = change.edits[0].noun
        if not isinstance(memo, Memo):
            return words
        place = memo.spans[0] if memo.spans else (0, 0)
        return words.format(quote=quote(self.coding.text[slice(*place)]), words=quote(memo.words))

    def _done(self, label: str, annotation: Annotation) -> str:
        sentences = {
            "annotate": _tr("{code} on “{quote}”"),
            "recode": _tr("Now {code}: “{quote}”"),
            "resize": _tr("{code} now on “{quote}”"),
            "add span": _tr("Further span of {code}: “{quote}”"),
            "retract": _tr("Retracted: {code} on “{quote}”"),
            "certainty": _tr("{code}: {sure}"),
            "delete memo": _tr("{code}: memo deleted"),
        }
        sentence = sentences["annotate"] if label.startswith(UNDO) else sentences.get(label, "")
        said = sentence.format(
            code=self._code(annotation),
            quote=quote(" … ".join(annotation.quotes)),
            sure=certainty(nearest(annotation.certainty)),
        )
        here = len(self.here(annotation.spans[0].start))
        if label == "annotate" and here > 1:
            return _tr("{said}, {count} annotations here").format(said=said, count=here)
        return said

    def here(self, position: int) -> list[str]:
        """The annotations over a character or, with none, the one before it: innermost first."""
        at = self.coding.view.annotations_at
        return at(position) or (at(position - 1) if position else [])

    def place(self, ids: Sequence[str]) -> str:
        """Annotations that lie over one another, the innermost first: “Denial, inside Accusation, by you”."""
        shown = [one for one in self.coding.project.nouns_of("annotation", list(ids)) if one.id in self.coding.shown]
        by_id = {one.id: one for one in shown}
        inner, *outer = [by_id[id] for id in ids if id in by_id]
        said = self._named(inner)
        for one in outer:
            said = _tr("{inner}, inside {outer}").format(inner=said, outer=self._named(one))
        return said

    def whole(self, ids: Sequence[str]) -> str:
        """All that lies over one another, each on a line of its own, with everything there is to say of it."""
        return "\n".join(map(self.annotation, ids))

    def annotation(self, id: str) -> str:
        """One annotation whole: code, whose, words, attributes, how sure, memo, and how many lie there with it."""
        one = self.coding.project.noun("annotation", id)
        coding = self.coding
        asked = coding.book.asking(one).attributes
        attributes = [
            _tr("{name}: {value}").format(
                name=sentence_case(known.name),
                value=spoken(known, one.attributes[known.id], coding.fill.registry),
            )
            for known in map(coding.book.attributes.get, asked)
            if known and known.id in one.attributes
        ]
        degree = nearest(one.certainty)
        parts = [self._named(one), f"“{quote(' … '.join(one.quotes))}”", *attributes]
        parts += [certainty(degree)] if degree is not None else []
        parts += [_tr("memo: {words}").format(words=quote(one.memo))] if one.memo else []
        here = self.here(one.spans[0].start)
        if len(here) > 1 and id in here:
            parts.append(_tr("{number} of {count} here").format(number=here.index(id) + 1, count=len(here)))
        return ", ".join(parts)

    def _code(self, annotation: Annotation) -> str:
        code = self.coding.drawn.get(annotation.code)
        return code.name if code else ""

    def _named(self, annotation: Annotation) -> str:
        """The code and, when the annotations of others are in sight, whose it is."""
        code, coding = self._code(annotation), self.coding
        if annotation.coder == coding.me.id:
            return _tr("{code}, by you").format(code=code) if self._others() else code
        people = coding.project.nouns_of("coder", [annotation.coder])
        return _tr("{code}, by {who}").format(code=code, who=people[0].name if people else "")

    def _others(self) -> bool:
        shown, me = self.coding.shown, self.coding.me.id
        return any(marks[0].coder not in shown.hidden | {me} for marks in shown.marks.values())
