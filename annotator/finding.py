"""Finding over a project: words or a pattern in the texts, annotations by what they say, and both together.

Nothing is found that its reader may not read. A hit is words of a text, an annotation, or words inside an annotation.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from . import editing
from .entities import Registry
from .errors import Refused
from .model import Annotation, Change, Document, Edit, Round, new_id
from .project import Project
from .search import compiled_pattern, find_all, find_pattern
from .text import Span, folded

CONTEXT = 60  # characters to either side of a hit that are kept with it
BY_SEARCH = "search"  # the origin of annotations that nobody looked at one by one
Where = Literal["anywhere", "coded", "uncoded"]


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. Of the conditions on annotations all have to hold; None and "" ask nothing. `where` says whether
    the words have to stand in such an annotation, or in no annotation at all."""

    words: str = ""
    pattern: bool = False  # `words` is a regular expression
    whole: bool = False
    case: bool = False
    where: Where = "anywhere"
    codes: frozenset[str] | None = None
    coders: frozenset[str] | None = None
    round: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)  # attribute id -> words in its value
    memo: str | None = None  # words in the memo; "" is any memo at all
    least: float | None = None  # certainty
    most: float | None = None
    documents: frozenset[str] | None = None

    @property
    def of_annotations(self) -> bool:
        """Whether annotations have to meet conditions."""
        asked = (self.codes, self.coders, self.round, self.memo, self.least, self.most)
        return self.where == "coded" or bool(self.attributes) or any(one is not None for one in asked)


class Hit(NamedTuple):
    """One place, with the words around it on one line each. `annotation` is the one that met the conditions."""

    document: str
    span: Span
    left: str
    words: str
    right: str
    annotation: str | None = None
    code: str | None = None  # of the annotation


class Found(NamedTuple):
    """The hits of one document; none in one that a pattern takes too long for."""

    document: Document
    hits: list[Hit]
    is_slow: bool = False


def find(
    project: Project, query: Query, *, cancelled: Callable[[], bool] = lambda: False
) -> Iterator[tuple[int, int, Found | None]]:
    """Document by document how many were looked at, of how many, and what was found in it, in the order of the documents.
    Raises Refused: nothing is asked, or the pattern is none."""
    if not query.words and not query.of_annotations:
        raise Refused("find.nothing_asked")
    if query.pattern and query.words:
        compiled_pattern(query.words, query.case)
    documents = [one for one in project.nouns("document") if query.documents is None or one.id in query.documents]
    passed_over = _passed_over(project, query)
    values = _Values(project, query)
    for n, document in enumerate(documents, 1):
        if cancelled():
            return
        found = Found(document, []) if document.text in passed_over else _found(project, query, document, values)
        yield n, len(documents), found if found.hits or found.is_slow else None


def _found(project: Project, query: Query, document: Document, values: "_Values") -> Found:
    try:
        return Found(document, list(_hits(project, query, document, values)))
    except Refused as refusal:
        if refusal.key != "find.too_slow":
            raise
        return Found(document, [], is_slow=True)


def _passed_over(project: Project, query: Query) -> set[str]:
    """The texts that the index knows not to hold the words. With case, capitals of Turkish may part what the index joins."""
    if not query.words or query.pattern or (query.case and {*query.words} & {*"iIİı\u0307"}):
        return set()
    return project.texts_without(query.words, query.whole)


class _Values:
    """How the values of attributes read, for those that are asked for; and which codes were merged into which."""

    def __init__(self, project: Project, query: Query):
        self._book = project.codebook() if query.codes is not None else {}
        self._wanted = {id: folded(words) for id, words in query.attributes.items()}
        self._registry = Registry(project.nouns("entity")) if self._wanted else Registry(())
        self._types = {id: one for id, one in project.attributes().items() if id in self._wanted}

    def code(self, annotation: Annotation) -> str:
        """What its code is now."""
        return editing.final_code(self._book, annotation.code)

    def fit(self, annotation: Annotation) -> bool:
        return all(wanted in self._read(annotation, id) for id, wanted in self._wanted.items())

    def _read(self, annotation: Annotation, id: str) -> str:
        value, attribute = annotation.attributes.get(id), self._types.get(id)
        if value is None:
            return ""
        values = value if isinstance(value, list | tuple) else [value]
        labels = dict(zip(attribute.choices, attribute.labels, strict=False)) if attribute else {}
        entity = {id: self._registry.offered[self._registry.final(id)] for id in values if id in self._registry.by_id}
        named = [word for one in entity.values() for word in (one.name, *one.aliases)]
        return folded(" ".join([*map(str, values), *(labels.get(str(one), "") for one in values), *named]))


def _hits(project: Project, query: Query, document: Document, values: _Values) -> Iterator[Hit]:
    text = project.text(document.id)
    spans = _spans(text, query) if query.words else None
    if spans == []:
        return
    if query.where == "uncoded":
        coded = [span for one in _readable(project, query, document) for span in one.spans]
        yield from (_hit(document.id, text, span) for span in spans or () if not _over(coded, span))
    elif query.of_annotations:
        met = [one for one in _readable(project, query, document) if _meets(one, query, values)]
        yield from _in_annotations(document.id, text, spans, met)
    else:
        yield from (_hit(document.id, text, span) for span in spans or ())


def _spans(text: str, query: Query) -> list[Span]:
    find = find_pattern if query.pattern else find_all
    return find(text, query.words, case=query.case, whole=query.whole)


def _readable(project: Project, query: Query, document: Document) -> list[Annotation]:
    found = project.annotations(document.id)
    return [one for one in found if query.round in (None, one.round)]


def _meets(one: Annotation, query: Query, values: _Values) -> bool:
    certain = one.certainty
    return bool(
        (query.codes is None or {one.code, values.code(one)} & query.codes)
        and (query.coders is None or one.coder in query.coders)
        and (query.memo is None or (bool(one.memo) and folded(query.memo) in folded(one.memo)))
        and (query.least is None or (certain is not None and certain >= query.least))
        and (query.most is None or (certain is not None and certain <= query.most))
        and values.fit(one)
    )


def _in_annotations(document: str, text: str, spans: list[Span] | None, met: list[Annotation]) -> Iterator[Hit]:
    """The annotations in the order of the text or, with words, the places of those in them, each once."""
    if spans is None:
        for one in sorted(met, key=lambda one: (one.spans[0], one.id)):
            yield _hit(document, text, one.spans[0], one)
        return
    for span in spans:
        inside = (one for one in met if any(a <= span.start and span.end <= b for a, b in one.spans))
        if one := min(inside, key=lambda one: one.spans[-1].end - one.spans[0].start, default=None):
            yield _hit(document, text, span, one)


def _over(coded: list[Span], span: Span) -> bool:
    return any(a < span.end and span.start < b for a, b in coded)


def _hit(document: str, text: str, span: Span, one: Annotation | None = None) -> Hit:
    left, right = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
    words = _line(text[span.start : span.end])
    return Hit(document, span, _line(left), words, _line(right), one.id if one else None, one.code if one else None)


def _line(words: str) -> str:
    return words.replace("\n", " ")


# From hits to annotations ---------------------------------------------------------------------------------------------


class Plan(NamedTuple):
    """What coding hits without looking at each would do: a change, the places it codes, and how many it leaves out."""

    change: Change
    places: frozenset[tuple[str, Span]]
    left_out: int

    @property
    def made(self) -> int:
        return len(self.places)


def code_all(project: Project, places: Iterable[tuple[str, Span]], *, code: str, rounds: Mapping[str, Round]) -> Plan:
    """Codes all these places of documents at once, marked as made by search. Left out are documents that are in no round
    of `rounds` (document id -> round) or are done, and places that have the code already. Raises Refused: none is left."""
    done = {place for place, state in project.assignment_states().items() if state == "done"}
    edits, coded, left_out = list[Edit](), set[tuple[str, Span]](), 0
    there: dict[str, set[Span]] = {}
    for document, span in dict.fromkeys(places):
        round = rounds.get(document)
        if round and document not in there:
            rows = project.coded_spans(documents=[document], coders=[project.actor.id], codes=[code], round=round.id)
            there[document] = {Span(row.start, row.end) for row in rows}
        if round is None or (document, project.actor.id, round.id) in done or span in there[document]:
            left_out += 1
            continue
        coded.add((document, span))
        edits.append(_put(project, document, span, code, round))
    if not edits:
        raise Refused("find.nothing_to_code")
    return Plan(Change("code hits", tuple(edits)), frozenset(coded), left_out)


def _put(project: Project, document: str, span: Span, code: str, round: Round) -> Edit:
    version = round.codebook_version
    editing.must_offer(project, version, code)
    quote = project.text(document)[span.start : span.end]
    actor = project.actor.id
    made = Annotation(new_id(), document, actor, round.id, code, (span,), (quote,), version, origin=BY_SEARCH)
    return Edit(None, made)
