"""What waits for a decision, as the project tells it, put into the words that the window shows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from annotator.deciding import Contested, Orphan, Side
from annotator.entities import Registry
from annotator.errors import CALLED, AnnotatorError
from annotator.fieldwork.keys import fingerprint
from annotator.gui.deciding.items import Item, Quote, Said, Version
from annotator.gui.messages import words_of
from annotator.gui.panels.fields import sentence_case, spoken
from annotator.gui.panels.inspector import nearest
from annotator.gui.words import step_words
from annotator.model import Annotation, Assignment, Code, Noun, name_of
from annotator.project import Project
from annotator.revisions import Revision
from annotator.text import Span

SHORT = len("babab-babab")  # of the words of a key
AROUND = 60  # characters of the text on each side of a quote
FIELDS = {  # of nouns that are no annotations: what a person calls them
    "name": QT_TRANSLATE_NOOP("deciding", "Name"),
    "title": QT_TRANSLATE_NOOP("deciding", "Title"),
    "done": QT_TRANSLATE_NOOP("deciding", "Done"),
    "position": QT_TRANSLATE_NOOP("deciding", "Position"),
    "words": QT_TRANSLATE_NOOP("deciding", "Words"),
    "details": QT_TRANSLATE_NOOP("deciding", "Details"),
    "language": QT_TRANSLATE_NOOP("deciding", "Language"),
    "definition": QT_TRANSLATE_NOOP("deciding", "Definition"),
    "use_when": QT_TRANSLATE_NOOP("deciding", "Use when"),
    "not_when": QT_TRANSLATE_NOOP("deciding", "Not when"),
    "boundary": QT_TRANSLATE_NOOP("deciding", "Boundary"),
    "examples": QT_TRANSLATE_NOOP("deciding", "Examples"),
    "key": QT_TRANSLATE_NOOP("deciding", "Key"),
    "colour": QT_TRANSLATE_NOOP("deciding", "Colour"),
    "retired": QT_TRANSLATE_NOOP("deciding", "Retired"),
    "aliases": QT_TRANSLATE_NOOP("deciding", "Aliases"),
    "choices": QT_TRANSLATE_NOOP("deciding", "Choices"),
    "labels": QT_TRANSLATE_NOOP("deciding", "Labels"),
    "role": QT_TRANSLATE_NOOP("deciding", "Role"),
    "blind": QT_TRANSLATE_NOOP("deciding", "Blind"),
    "note": QT_TRANSLATE_NOOP("deciding", "Note"),
    "seconds": QT_TRANSLATE_NOOP("deciding", "Seconds"),
}


def _tr(words: str) -> str:
    return QCoreApplication.translate("deciding", words)


def kind_words(kind: str) -> str:
    """What a person calls a noun of this kind."""
    return QCoreApplication.translate("errors", CALLED.get(kind, (kind, kind))[0])


def field_words(name: str) -> str:
    """What a person calls a field of a noun."""
    return QCoreApplication.translate("deciding", str(FIELDS[name]))


class Telling:
    """Puts what waits into words, by the names that things have now."""

    def __init__(self, project: Project):
        self.project = project
        self.people = {one.id: one.name for one in project.nouns("coder")}
        self.titles = {one.id: one.title for one in project.nouns("document")}
        self.rounds = {one.id: one.name for one in project.nouns("round")}
        self.codes: Mapping[str, Code] = {one.id: one for one in project.nouns("code")}
        self.attributes = {one.id: one for one in project.nouns("attribute")}
        self.entities = Registry(project.nouns("entity"))
        self.machines: dict[str, str] = {}  # device -> what it is called

    # Contested --------------------------------------------------------------------------------------------------------

    def contested(self, one: Contested) -> Item:
        """Something with two versions or more."""
        nouns = [side.noun for side in one.sides if side.noun]
        first = nouns[0] if nouns else None
        are_annotations = all(isinstance(side.noun, Annotation) for side in one.sides)
        document, round = str(getattr(first, "document", "")), str(getattr(first, "round", ""))
        return Item(
            "contested",
            one.object,
            self._title(one.kind, first),
            self._where(document, round, str(getattr(first, "coder", ""))),
            document if document in self.titles else "",
            round if round in self.rounds else "",
            versions=tuple(self._version(one, number) for number in range(len(one.sides))),
            may_keep_both=one.kind == "annotation" and are_annotations,
        )

    def _title(self, kind: str, noun: Noun | None) -> str:
        if isinstance(noun, Annotation):
            return f"{self._code(noun)}: “{' … '.join(noun.quotes)}”"
        if isinstance(noun, Assignment):
            return sentence_case(kind_words(kind))
        return f"{sentence_case(kind_words(kind))}: {name_of(noun)}" if noun else sentence_case(kind_words(kind))

    def _where(self, document: str, round: str, coder: str) -> str:
        parts = (self.people.get(coder), self.titles.get(document), self.rounds.get(round))
        return " · ".join(part for part in parts if part)

    def _code(self, annotation: Annotation) -> str:
        code = self.codes.get(annotation.code)
        return code.name if code else _tr("A code that is gone")

    def _version(self, one: Contested, number: int) -> Version:
        side = one.sides[number]
        others = [other.noun for other in one.sides if other is not side]
        made = Version(
            side.revision,
            self._who(side),
            self._device(side),
            _when(side.at),
            number == one.shown,
            is_gone=not side.noun,
        )
        if side.noun is None:
            return made
        if not isinstance(side.noun, Annotation):
            return replace(made, said=self._fields(side.noun, others))
        annotation, peers = side.noun, [other for other in others if isinstance(other, Annotation)]
        return replace(
            made,
            code=self.codes.get(annotation.code),
            code_differs=any(other.code != annotation.code for other in peers),
            quotes=self._quotes(annotation),
            quotes_differ=any(other.spans != annotation.spans for other in peers),
            said=self._values(annotation, peers),
        )

    def _who(self, side: Side) -> str:
        return self.people.get(side.by, _tr("Somebody who is gone"))

    def _device(self, side: Side) -> str:
        """A machine by the first words of its key, as they stood when its package came: two of one person are told apart."""
        if side.device == self.project.device:
            return _tr("on this machine")
        if side.device not in self.machines:
            key = self.project.known_keys([side.device]).get(side.device)
            self.machines[side.device] = fingerprint(key)[:SHORT] if key else side.device[-4:]
        return _tr("on the machine {words}").format(words=self.machines[side.device])

    def _values(self, annotation: Annotation, others: Sequence[Annotation]) -> tuple[Said, ...]:
        """Attributes, certainty and memo: what any of the versions says of them."""
        ids = {id for one in (annotation, *others) for id in one.attributes}
        found = []
        for id in [id for id in self.attributes if id in ids]:
            attribute, value = self.attributes[id], annotation.attributes.get(id)
            words = spoken(attribute, value, self.entities) if value is not None else _tr("not said")
            differs = any(other.attributes.get(id) != value for other in others)
            found.append(Said(sentence_case(attribute.name), words, differs))
        for name, field in ((_tr("Certainty"), "certainty"), (_tr("Memo"), "memo")):
            values = [getattr(one, field) for one in (annotation, *others)]
            if any(value not in (None, "") for value in values):
                differs = any(value != values[0] for value in values)
                found.append(Said(name, _certainty(values[0]) if field == "certainty" else values[0] or "–", differs))
        return tuple(found)

    def _fields(self, noun: Noun, others: Iterable[Noun | None]) -> tuple[Said, ...]:
        mine, theirs = asdict(noun), [asdict(other) for other in others if other]
        found = []
        for name in FIELDS:
            values = [one[name] for one in theirs if name in one]
            if name in mine and (mine[name] not in ("", (), {}) or any(value != mine[name] for value in values)):
                differs = any(value != mine[name] for value in values)
                found.append(Said(field_words(name), _plain(mine[name]), differs))
        return tuple(found)

    def _quotes(self, annotation: Annotation, spans: Sequence[Span] | None = None) -> tuple[Quote, ...]:
        text = self._text(annotation.document)
        at = annotation.spans if spans is None else spans
        if text is None or (spans is None and not annotation.fits(text)):
            return tuple(map(Quote, annotation.quotes))
        return tuple(_around(text, span) for span in at)

    def _text(self, document: str) -> str | None:
        try:
            return self.project.text(document)
        except AnnotatorError:
            return None

    # Orphans and barred steps -----------------------------------------------------------------------------------------

    def orphan(self, one: Orphan) -> Item:
        """An annotation whose words are not at their place."""
        annotation = one.annotation
        text = self._text(annotation.document) or ""
        there = " … ".join(text[span.start : span.end] for span in annotation.spans)
        return Item(
            "orphan",
            annotation.id,
            self._title("annotation", annotation),
            self._where(annotation.document, annotation.round, annotation.coder),
            annotation.document,
            annotation.round,
            quotes=tuple(map(Quote, annotation.quotes)),
            there=there,
            places=tuple(self._quotes(annotation, spans) for spans in one.places),
        )

    def barred(self, one: Revision, why: str) -> Item:
        """A step that counts nowhere."""
        try:
            noun = one.noun()
        except (ValueError, TypeError, KeyError, AttributeError):
            noun = None
        name = name_of(noun) if noun else one.object
        who = self.people.get(one.actor, _tr("Somebody who is not in the project"))
        told = {"kind": one.kind, "name": name, "who": who, "at": _when(one.at), "label": step_words(one.label)}
        document, round = str(getattr(noun, "document", "")), str(getattr(noun, "round", ""))
        return Item(
            "barred",
            one.id,
            self._title(one.kind, noun),
            who,
            document if document in self.titles else "",
            round if round in self.rounds else "",
            reason=words_of(AnnotatorError(why, **told)),
        )


def _around(text: str, span: Span) -> Quote:
    before, after = text[max(0, span.start - AROUND) : span.start], text[span.end : span.end + AROUND]
    more, rest = span.start > AROUND, span.end + AROUND < len(text)
    left = f"… {before.partition(' ')[2]}" if more and " " in before else before
    right = f"{after.rpartition(' ')[0]} …" if rest and " " in after else after
    return Quote(text[span.start : span.end], left, right)


def _when(at: str) -> str:
    try:
        return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return at


def _certainty(value: float | None) -> str:
    degrees = (_tr("unsure"), _tr("fairly sure"), _tr("sure"))
    place = nearest(value)
    return _tr("not said") if place is None else degrees[place]


def _plain(value: Any) -> str:
    match value:
        case bool():
            return _tr("yes") if value else _tr("no")
        case dict():
            return ", ".join(f"{name}: {each}" for name, each in value.items())
        case tuple() | list():
            return ", ".join(map(str, value))
    return str(value) or "–"
