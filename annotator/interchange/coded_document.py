"""One document as it is coded in one round, with the names that people read: what paper, web page and clipboard show."""

import re
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from annotator import editing
from annotator.entities import Registry
from annotator.model import Annotation, Attribute, Code, Document, Memo, Names, Round, Spans, initials
from annotator.project import Project
from annotator.text import Span

COLOUR = re.compile("#[0-9a-fA-F]{6}")
GREY = "#7a828b"  # of a code whose colours are none
DEGREES = {"unsure": 0.25, "fairly sure": 0.6, "sure": 0.95}


@dataclass(frozen=True, slots=True)
class Coded:
    """One annotation, the `number`-th of those shown, from 1 in the order of the text."""

    number: int
    id: str
    code: str  # as it is drawn: where a merged one went
    coder: str
    spans: Spans
    quotes: Names
    attributes: tuple[tuple[str, str], ...] = ()  # name, value in words
    certainty: float | None = None
    memo: str = ""

    @property
    def start(self) -> int:
        """Where its first words begin; line ends before them are not counted."""
        return self.spans[0].start + len(self.quotes[0]) - len(self.quotes[0].lstrip("\n"))

    @property
    def end(self) -> int:
        """Where its last words end."""
        return self.spans[-1].end - len(self.quotes[-1]) + len(self.quotes[-1].rstrip("\n"))


@dataclass(frozen=True, slots=True)
class OnPlace:
    """A memo on a place in the text, and who wrote it; `initials` are "" of who is reading."""

    span: Span
    quote: str
    memo: str
    person: str
    initials: str = ""

    @property
    def start(self) -> int:
        """Where its first words begin; line ends before them are not counted."""
        return self.span.start + len(self.quote) - len(self.quote.lstrip("\n"))

    @property
    def end(self) -> int:
        """Where its last words end."""
        return self.span.end - len(self.quote) + len(self.quote.rstrip("\n"))


@dataclass(frozen=True, slots=True)
class Used:
    """A code that is in use here, or a person who used one, and how often."""

    name: str
    count: int
    colours: tuple[str, str] = (GREY, GREY)  # of a code: light and dark, six hexadecimal digits each
    initials: str = ""  # of a person; "" for who is reading


@dataclass(frozen=True, slots=True)
class CodedDocument:
    """All that is shown of a document. `codes` and `people` are by id, in the order in which they first appear."""

    document: Document
    text: str
    project: str
    round: str
    is_blind: bool
    version: int | None  # of the codebook
    annotations: tuple[Coded, ...]
    codes: dict[str, Used]
    people: dict[str, Used]
    memos: tuple[OnPlace, ...] = ()

    def noted(self, *, memos: bool, attributes: bool) -> list[Coded | OnPlace]:
        """In the order of the text: the annotations that have a memo or, if wanted, an attribute or a certainty to tell of,
        and the memos on places."""
        found: list[Coded | OnPlace] = [
            one
            for one in self.annotations
            if (memos and one.memo.strip()) or (attributes and (one.attributes or one.certainty is not None))
        ]
        return sorted([*found, *(self.memos if memos else ())], key=lambda one: (one.start, -one.end))


def gather(
    project: Project,
    document: Document,
    round: Round,
    *,
    shows: Callable[[Annotation | Memo], bool] = lambda one: True,
    among: Collection[str] | None = None,
) -> CodedDocument:
    """A document as it is coded in a round, as far as the actor may read it and `shows` lets through, with all its
    annotations and the memos on its places, or with those annotations `among` these ids alone; one whose words are not at
    their place is left out."""
    text = project.text(document.id)
    read = project.annotations(document.id) if among is None else project.nouns_of("annotation", among)
    found = [one for one in read if one.round == round.id and shows(one) and (among is None or one.fits(text))]
    found.sort(key=lambda one: (one.spans[0].start, -one.spans[0].end, one.id))
    names = _Names(project, round)
    coded = tuple(
        Coded(
            number,
            one.id,
            names.code(one.code).id,
            one.coder,
            one.spans,
            one.quotes,
            names.attributes_of(one),
            one.certainty,
            one.memo,
        )
        for number, one in enumerate(found, 1)
    )
    codes, people = Counter(one.code for one in coded), Counter(one.coder for one in coded)
    return CodedDocument(
        document,
        text,
        project.nouns("project")[0].name,
        round.name,
        round.blind,
        project.noun("codebook_version", round.codebook_version).number if round.codebook_version else None,
        coded,
        {id: names.used(id, count) for id, count in codes.items()},
        {id: names.person(id, count) for id, count in people.items()},
        tuple(names.memo(one, text) for one in project.memos_about([document.id]) if _is_told(one) and shows(one))
        if among is None
        else (),
    )


def _is_told(memo: Memo) -> bool:
    """Whether a memo is words on a place."""
    return bool(memo.spans and memo.words)


class _Names:
    """What people call codes, coders and values, as they stand now."""

    def __init__(self, project: Project, round: Round):
        self.me = project.actor.id
        self.codes: dict[str, Code] = {**project.codebook(round.codebook_version), **project.codebook()}
        self.attributes: dict[str, Attribute] = {**project.attributes(round.codebook_version), **project.attributes()}
        self.coders = {one.id: one for one in project.nouns("coder")}
        registry = Registry(project.nouns("entity"))
        self.entities = {id: registry.name(id) for id in registry.by_id}

    def code(self, id: str) -> Code:
        return self.codes[editing.final_code(self.codes, id)]

    def used(self, id: str, count: int) -> Used:
        code = self.codes[id]
        light, dark = (one if COLOUR.fullmatch(one) else GREY for one in (*code.colour, GREY, GREY)[:2])
        return Used(code.name, count, (light, dark))

    def person(self, id: str, count: int) -> Used:
        person = self.coders[id]
        return Used(person.name, count, initials="" if id == self.me else initials(person))

    def memo(self, memo: Memo, text: str) -> OnPlace:
        span = Span(memo.spans[0].start, memo.spans[-1].end)
        person = self.coders.get(memo.coder)
        sign = "" if memo.coder == self.me or person is None else initials(person)
        return OnPlace(span, text[span.start : span.end], memo.words, person.name if person else "", sign)

    def attributes_of(self, annotation: Annotation) -> tuple[tuple[str, str], ...]:
        known = [(self.attributes[id], value) for id, value in annotation.attributes.items() if id in self.attributes]
        known.sort(key=lambda pair: (pair[0].position, pair[0].name))
        return tuple((attribute.name, self._words(attribute, value)) for attribute, value in known)

    def _words(self, attribute: Attribute, value: Any) -> str:
        labels = dict(zip(attribute.choices, attribute.labels, strict=False))
        values = value if isinstance(value, list) else [value]
        return ", ".join(str(self.entities.get(one) or labels.get(str(one)) or one) for one in values)


def degree(certainty: float) -> str:
    """How sure a coder was, in words."""
    return min(DEGREES, key=lambda words: abs(DEGREES[words] - certainty))


def facts_of(document: Document) -> list[str]:
    """Who said it, when, and where it was published."""
    return [words for name in ("speaker", "date", "source") if (words := str(document.details.get(name, "")).strip())]
