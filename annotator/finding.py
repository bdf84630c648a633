"""Finding over a project: words or a pattern in the texts, annotations by what they say, and both together. What becomes of
hits is in `hit_coding`.

Nothing is found that its reader may not read. A hit is words of a text, an annotation, or words inside an annotation.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Literal, NamedTuple

from . import editing
from .entities import Registry
from .errors import Refused
from .model import Annotation, Code, Document
from .project import Project
from .search import compiled_pattern, find_each, find_matches
from .spans import Cover
from .text import Span, folded

CONTEXT = 60  # characters to either side of a hit that are kept with it
Where = Literal["anywhere", "coded", "uncoded"]


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. All conditions have to hold; None and "" ask nothing, but of an attribute "" asks whether it has
    a value. `where` says whether the words have to stand in an annotation that meets the conditions, or in none."""

    words: str = ""
    pattern: bool = False  # `words` is a regular expression
    whole: bool = False
    case: bool = False
    where: Where = "anywhere"
    codes: frozenset[str] | None = None  # these, and all below them
    coders: frozenset[str] | None = None
    round: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)  # attribute id -> words in its value
    memo: str | None = None  # words in the memo; "" is any memo at all
    least: float | None = None  # certainty
    most: float | None = None
    documents: frozenset[str] | None = None
    languages: frozenset[str] | None = None  # of the documents; "en" is "en-GB", too
    speakers: frozenset[str] | None = None  # of the documents, whatever the case

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
    project: Project, query: Query, *, most: int | None = None, cancelled: Callable[[], bool] = lambda: False
) -> Iterator[tuple[int, int, Found | None]]:
    """Document by document how many were looked at, of how many, and what was found in it, in the order of the documents.
    With `most`, no more is looked for once there are so many hits. Raises Refused: nothing is asked, or the pattern is none."""
    if not query.words and (query.where == "uncoded" or not query.of_annotations):
        raise Refused("find.nothing_asked")
    if query.pattern and query.words:
        compiled_pattern(query.words, query.case)
    documents = [one for one in project.nouns("document") if _is_asked(one, query)]
    passed_over = _passed_over(project, query)
    values = _Values(project, query)
    for n, document in enumerate(documents, 1):
        if cancelled() or most == 0:
            return
        hits = () if document.text in passed_over else _hits(project, query, document, values)
        found = _found(document, islice(hits, most))
        most = most and most - len(found.hits)
        yield n, len(documents), found if found.hits or found.is_slow else None


def _is_asked(document: Document, query: Query) -> bool:
    tag = document.language.casefold()
    tags = {tag[:n] for n in range(len(tag)) if tag[n] == "-"} | {tag}
    return bool(
        (query.documents is None or document.id in query.documents)
        and (query.languages is None or tags & {*map(str.casefold, query.languages)})
        and (query.speakers is None or folded(speaker(document)) in map(folded, query.speakers))
    )


def speaker(document: Document) -> str:
    """Who speaks in a document, as it was said of it."""
    return str(document.details.get("speaker", ""))


def _found(document: Document, hits: Iterable[Hit]) -> Found:
    try:
        return Found(document, list(hits))
    except Refused as refusal:
        if refusal.key != "find.too_slow":
            raise
        return Found(document, [], is_slow=True)


def _passed_over(project: Project, query: Query) -> set[str]:
    """The texts that the index knows not to hold the words. With case, capitals of Turkish may part what the index joins."""
    if not query.words or query.pattern or (query.case and {*query.words} & {*"iIİı\u0307"}):
        return set()
    return project.texts_without(query.words, query.whole)


def below(codes: Mapping[str, Code], above: Iterable[str]) -> frozenset[str]:
    """These codes, and all that stand below them."""
    children: dict[str | None, list[str]] = {}
    for id, code in codes.items():
        children.setdefault(code.parent, []).append(id)
    found, waiting = set[str](), [*above]
    while waiting:
        if (id := waiting.pop()) not in found:
            found.add(id)
            waiting += children.get(id, ())
    return frozenset(found)


class _Values:
    """How the values of attributes read, for those that are asked for; and which codes are meant."""

    def __init__(self, project: Project, query: Query):
        self._book = project.codebook() if query.codes is not None else {}
        self._codes = query.codes and below(self._book, query.codes)
        self._wanted = {id: folded(words) for id, words in query.attributes.items()}
        self._registry = Registry(project.nouns("entity")) if self._wanted else Registry(())
        self._types = {id: one for id, one in project.attributes().items() if id in self._wanted}

    def fit(self, annotation: Annotation) -> bool:
        """Whether its code is one that is meant, or was merged into one, and its attributes have the values."""
        code = annotation.code
        if self._codes is not None and not {code, editing.final_code(self._book, code)} & self._codes:
            return False
        return all(self._has(annotation, id, wanted) for id, wanted in self._wanted.items())

    def _has(self, annotation: Annotation, id: str, wanted: str) -> bool:
        value, attribute = annotation.attributes.get(id), self._types.get(id)
        if value is None or value == []:
            return False
        values = value if isinstance(value, list | tuple) else [value]
        labels = dict(zip(attribute.choices, attribute.labels, strict=False)) if attribute else {}
        entity = {id: self._registry.offered[self._registry.final(id)] for id in values if id in self._registry.by_id}
        named = [word for one in entity.values() for word in (one.name, *one.aliases)]
        return wanted in folded(" ".join([*map(str, values), *(labels.get(str(one), "") for one in values), *named]))


def _hits(project: Project, query: Query, document: Document, values: _Values) -> Iterator[Hit]:
    text = project.text(document.id)
    spans = _spans(text, query) if query.words else None
    if spans and (first := next(spans, None)):
        spans = chain((first,), spans)
    elif spans:
        return
    met = list[Annotation]()
    if query.of_annotations or query.where == "uncoded":
        met = [one for one in project.annotations(document.id) if _meets(one, query, values)]
    if query.where != "uncoded" and query.of_annotations:
        yield from _in_annotations(document.id, text, spans, met)
    elif spans:
        coded = Cover(span for one in met for span in one.spans)
        yield from (_hit(document.id, text, span) for span in spans if not coded.meets(*span))


def _spans(text: str, query: Query) -> Iterator[Span]:
    find = find_matches if query.pattern else find_each
    return find(text, query.words, case=query.case, whole=query.whole)


def _meets(one: Annotation, query: Query, values: _Values) -> bool:
    certain = one.certainty
    return bool(
        (query.round in (None, one.round))
        and (query.coders is None or one.coder in query.coders)
        and (query.memo is None or (bool(one.memo) and folded(query.memo) in folded(one.memo)))
        and (query.least is None or (certain is not None and certain >= query.least))
        and (query.most is None or (certain is not None and certain <= query.most))
        and values.fit(one)
    )


def _in_annotations(document: str, text: str, spans: Iterator[Span] | None, met: list[Annotation]) -> Iterator[Hit]:
    """The annotations in the order of the text or, with words, the places of those in them, each once: of several
    annotations around a place that which reaches over the fewest words."""
    if spans is None:
        for one in sorted(met, key=lambda one: (one.spans[0], one.id)):
            yield _hit(document, text, one.spans[0], one)
        return
    waiting = sorted(((span, one) for one in met for span in one.spans), key=lambda pair: pair[0], reverse=True)
    around: list[tuple[Span, Annotation]] = []
    for span in spans:
        while waiting and waiting[-1][0].start <= span.start:
            around.append(waiting.pop())
        around = [(place, one) for place, one in around if place.end > span.start]
        inside = (one for place, one in around if place.end >= span.end)
        if one := min(inside, key=lambda one: one.spans[-1].end - one.spans[0].start, default=None):
            yield _hit(document, text, span, one)


def _hit(document: str, text: str, span: Span, one: Annotation | None = None) -> Hit:
    left, right = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
    words = _line(text[span.start : span.end])
    return Hit(document, span, _line(left), words, _line(right), one.id if one else None, one.code if one else None)


def _line(words: str) -> str:
    return words.replace("\n", " ")
