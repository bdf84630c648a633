"""From a project to arrays: which documents, coders and codes count, and what the units are.

The only module of `agreement` that knows both our nouns and arrays. A coder's document counts when it is marked done: then
even no annotation is a finding. What is not done is missing, and is told as left out. Where a coder did a document in
several rounds, the latest one that counts is taken.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from annotator.agreement.advice import Advice, advise
from annotator.agreement.attributes import Asked, Level
from annotator.agreement.comparison import Kind, Mark, counts, places
from annotator.agreement.sums import Coding, Units, stretches
from annotator.codebook import ancestors, in_order, nearest, path_of, resolve
from annotator.editing import final_code
from annotator.entities import Registry
from annotator.errors import Refused
from annotator.model import Code, Document, canonical_json
from annotator.project import Project
from annotator.text import Span, paragraphs, sentences

UNITS = ("sentence", "paragraph", "document", "character", "span")
PROJECTION = {
    "sentence": "a sentence has a code if a span of it shares at least one character with the sentence",
    "paragraph": "a paragraph has a code if a span of it shares at least one character with the paragraph",
    "document": "a document has a code if any span of it lies there",
    "character": "a character has a code if it lies in a span of it; every character of the text counts",
    "span": "spans of one code by one coder are merged where they overlap, not where they touch",
}

Place = tuple[str, str]  # ids of a document and a coder


class Exclusion(NamedTuple):
    """What was asked for and does not count: how many of what, and why."""

    number: int
    what: str  # "assignment", "document" or "span"
    reason: str


@dataclass(frozen=True, eq=False)
class Study:
    """The codings compared, as arrays, and the words for their rows and columns."""

    project: str
    coders: tuple[str, ...]
    documents: tuple[str, ...]
    codes: tuple[str, ...]
    rounds: tuple[str, ...]
    texts: tuple[str, ...]
    languages: tuple[str, ...]
    coding: Coding
    exclusions: tuple[Exclusion, ...]
    include_in_progress: bool
    by_search: bool
    data_hash: str  # SHA-256 of the texts' hashes, the names, who coded what, and every span
    coder_ids: tuple[str, ...]
    document_ids: tuple[str, ...]
    code_ids: tuple[str, ...]
    layers: tuple[
        dict[str, list[Mark]], ...
    ] = ()  # by document, the annotations by name of coder and code, if asked for
    attributes: tuple[Asked, ...] = ()
    round_ids: tuple[str, ...] = ()  # by document, the latest of the rounds that count there

    def units(self, unit: str, cancelled: Callable[[], bool] = lambda: False) -> Units:
        """The units of all documents. Raises Refused for a unit that text is not cut into."""
        if unit == "character":
            return stretches(self.coding)
        rows = []
        for d, text in enumerate(self.texts):
            stop_if(cancelled)
            rows += [(d, *piece) for piece in pieces(text, unit, self.languages[d])]
        document, start, end = np.array(rows, np.int64).reshape(-1, 3).T
        return Units(document, start, end, np.ones(len(rows)))

    @cached_property
    def sentences(self) -> Units:
        """The sentences of all documents."""
        return self.units("sentence")

    @cached_property
    def advice(self) -> Advice:
        """Which number should stand for it, and what to be careful about."""
        return advise(self.coding, {"sentence": self.sentences, "paragraph": self.units("paragraph")}, self.codes)

    @cached_property
    def differences(self) -> dict[Kind, int]:
        """How many places of all documents are of each kind, between all who coded them; attributes are not compared."""
        layers = [{int(g): list[Mark]() for g in np.flatnonzero(row)} for row in self.coding.coded]
        columns = (self.coding.document, self.coding.coder, self.coding.code, self.coding.start, self.coding.end)
        for n, (document, coder, code, start, end) in enumerate(zip(*(x.tolist() for x in columns), strict=True)):
            layers[document][coder].append(Mark(f"{n:09}", f"{code:05}", ((start, end),)))
        found = (places({f"{g:05}": marks for g, marks in layer.items()}) for layer in layers)
        return counts(place for text in found for place in text)


def pieces(text: str, unit: str, language: str = "") -> list[Span]:
    """Where the sentences or paragraphs of a text are (those without words left out), or the whole of it."""
    if unit == "sentence":
        return sentences(text, language)
    if unit == "paragraph":
        return [span for span in paragraphs(text) if text[span.start : span.end].strip()]
    if unit == "document":
        return [Span(0, len(text))]
    raise Refused("agreement.unknown", kind="unit", name=unit, near=_near(unit, UNITS))


def stop_if(cancelled: Callable[[], bool]) -> None:
    """Raises Refused when whoever asked for the work does not want it any more."""
    if cancelled():
        raise Refused("agreement.cancelled")


# What is compared -----------------------------------------------------------------------------------------------------


def study(
    project: Project,
    *,
    coders: Collection[str] | None = None,
    documents: Collection[str] | None = None,
    codes: Collection[str] | None = None,
    rounds: Collection[str] | None = None,
    include_in_progress: bool = False,
    by_search: bool = True,
    with_attributes: bool = False,
) -> Study:
    """The codings of these coders, documents, codes and rounds, each named by id or name; None takes all there are. A
    family stands for its codes. Raises Refused: the actor may not compare, an unknown name, fewer than two coders with a
    document in common."""
    project.must_compare()
    chosen = _Chosen(project, coders=coders, documents=documents, rounds=rounds)
    counted, left_out = chosen.counted(include_in_progress=include_in_progress)
    people = [id for id in chosen.coders if coders is not None or any(coder == id for _, coder in counted)]
    if len(people) < 2:
        raise Refused("agreement.one_coder") if coders else Refused("agreement.too_few", reason=_told(left_out))
    by = Counter(document for document, _ in counted)
    used = [one for one in chosen.documents.values() if by[one.id] >= 2]
    left_out += [
        Exclusion(sum(by[id] == count for id in chosen.documents), "document", reason)
        for count, reason in ((1, "coded by one coder only"), (0, "coded by nobody"))
    ]
    if not used:
        raise Refused("agreement.nothing_shared", reason=_told(left_out))
    book = project.codebook()
    texts = _texts(project, used)
    spans, lost, unseen = _spans(project, counted, {one.id for one in used}, by_search=by_search)
    left_out.append(Exclusion(unseen, "span", "made by search and not looked at one by one"))
    left_out.append(Exclusion(lost, "span", "whose quoted words are not at their place"))
    spans = [(*row[:2], final_code(book, row[2]), *row[3:]) for row in spans]
    ids = _codes(book, codes, used={row[2] for row in spans})
    flags = include_in_progress, by_search
    made = _built(project, people, used, ids, texts, spans, chosen, counted, left_out, *flags)
    return _with_layers(project, made, counted) if with_attributes else made


def _with_layers(project: Project, made: Study, counted: dict[Place, str]) -> Study:
    """The study with whole annotations, for what their attributes and boundaries tell. Costs a noun an annotation."""
    book = project.codebook()
    coders, codes = (
        dict(zip(*pair, strict=True)) for pair in ((made.coder_ids, made.coders), (made.code_ids, made.codes))
    )
    found = []
    for document in made.document_ids:
        layers = {name: list[Mark]() for id, name in coders.items() if (document, id) in counted}
        for one in project.annotations(document):
            code = codes.get(final_code(book, one.code))
            if one.origin and not made.by_search:
                continue
            if code and one.coder in coders and counted.get((document, one.coder)) == one.round:
                layers[coders[one.coder]].append(Mark(one.id, code, one.spans, one.attributes))
        found.append(layers)
    levels: dict[str, Level] = {"scale": "ordinal", "number": "interval", "several of": "sets"}
    asked = [
        Asked(
            one.id,
            one.name,
            levels.get(one.type, "nominal"),
            tuple(map(int, one.choices)) if one.type == "scale" else (),
        )
        for one in sorted(project.attributes().values(), key=lambda one: one.position)
    ]
    return replace(made, layers=tuple(found), attributes=tuple(asked))


class _Chosen:
    """What was asked for by id or name, and which assignments of it count."""

    def __init__(self, project: Project, *, coders, documents, rounds):
        self.states = project.assignment_states()
        everyone = {one.id: one for one in project.nouns("coder")}
        texts = {one.id: one for one in project.nouns("document")}
        phases = {one.id: one for one in project.nouns("round")}
        names = {id: (one.title, one.filename) for id, one in texts.items()}
        picked = pick("document", documents, names)
        self.documents: dict[str, Document] = {id: texts[id] for id in picked}
        self.coders = {id: everyone[id].name for id in pick("coder", coders, _named(everyone))}
        self.rounds = {id: phases[id].name for id in pick("round", rounds, _named(phases))}

    def counted(self, *, include_in_progress: bool) -> tuple[dict[Place, str], list[Exclusion]]:
        """(document, coder) -> the round that counts, and what does not count."""
        order, found, left_out = {id: n for n, id in enumerate(self.rounds)}, dict[Place, str](), Counter[str]()
        states = [item for item in self.states.items() if self._asked_for(*item[0])]
        for (document, coder, round), state in sorted(states, key=lambda item: order[item[0][2]]):
            if state == "done" or (include_in_progress and state == "in progress"):
                left_out["coded again in a later round"] += (document, coder) in found
                found[document, coder] = round
            else:
                left_out[state] += 1
        reasons = ("in progress", "to do", "coded again in a later round")
        return found, [Exclusion(left_out[reason], "assignment", reason) for reason in reasons]

    def _asked_for(self, document: str, coder: str, round: str) -> bool:
        return document in self.documents and coder in self.coders and round in self.rounds


def pick(kind: str, wanted: Collection[str] | None, known: dict[str, tuple[str, ...]]) -> list[str]:
    """The ids asked for, by id or by any name, whatever its case, in the order of `known`. Raises Refused: not known."""
    if wanted is None:
        return list(known)
    found = set[str]()
    for word in wanted:
        exact = {id for id, names in known.items() if word == id or word in names}
        alike = exact or {id for id, names in known.items() if word.casefold() in map(str.casefold, names)}
        if not alike:
            names = [name for names in known.values() for name in names if name]
            raise Refused("agreement.unknown", kind=kind, name=word, near=_near(word, names))
        found |= alike
    return [id for id in known if id in found]


def _near(word: str, names: Iterable[str]) -> str:
    return "; ".join(nearest(word, names)) or "there are none"


def _named(nouns: dict) -> dict[str, tuple[str, ...]]:
    return {id: (one.name,) for id, one in nouns.items()}


def _told(left_out: Iterable[Exclusion]) -> str:
    return "; ".join(f"{one.what}s {one.reason}: {one.number}" for one in left_out if one.number) or "nothing is begun"


def _texts(project: Project, documents: list[Document]) -> tuple[str, ...]:
    stored = project.contents([one.text for one in documents])
    return tuple(stored[one.text].decode() if one.text in stored else project.text(one.id) for one in documents)


def _spans(
    project: Project, counted: dict[Place, str], used: set[str], *, by_search: bool
) -> tuple[list[tuple], int, int]:
    """(document, coder, code, start, end) of what counts, ids for names; how many spans do not fit their text, and how many
    a search made."""
    rows, lost, out, unseen = [], project.lost(used), 0, 0
    looked_at = None if by_search else {one.annotation for one in project.coded_spans(by_search=False)}
    for one in project.coded_spans():
        if one.document in used and counted.get((one.document, one.coder)) == one.round:
            if one.annotation in lost:
                out += 1
            elif looked_at is not None and one.annotation not in looked_at:
                unseen += 1
            else:
                rows.append((one.document, one.coder, one.code, one.start, one.end))
    return rows, out, unseen


def _codes(book: dict[str, Code], wanted: Collection[str] | None, used: set[str]) -> dict[str, str]:
    """Id -> name of the codes compared, in the order of the codebook: those that can be given or were, and of names that
    occur twice with their family before them."""
    picked = None if wanted is None else {final_code(book, resolve(book, words).id) for words in wanted}
    kept = [
        code
        for code in in_order(book.values())
        if (picked is None or picked & {code.id, *(one.id for one in ancestors(book, code))})
        and (code.id in used or (code.codable and not code.retired and code.merged_into is None))
    ]
    if not kept:
        raise Refused("agreement.no_codes")
    twice = Counter(code.name for code in kept)
    return {code.id: code.name if twice[code.name] == 1 else path_of(book, code) for code in kept}


def _built(
    project, people, used, codes, texts, spans, chosen, counted, left_out, include_in_progress, by_search
) -> Study:
    at = {id: n for ids in ([one.id for one in used], people, codes) for n, id in enumerate(ids)}
    rows = sorted((at[d], at[g], at[c], start, end) for d, g, c, start, end in spans if g in at and c in at)
    coded = np.array([[(one.id, coder) in counted for coder in people] for one in used])
    lengths = np.array([len(text) for text in texts])
    names = tuple(chosen.coders[id] for id in people), tuple(codes.values())
    facts = {"texts": [one.text for one in used], "names": names, "coded": coded.tolist(), "spans": rows}
    order = list(chosen.rounds)
    by_document = [{counted[one.id, coder] for coder in people if (one.id, coder) in counted} for one in used]
    rounds = set[str]().union(*by_document)
    return Study(
        project=next(iter(project.nouns("project"))).name,
        coders=names[0],
        documents=tuple(one.title for one in used),
        codes=names[1],
        rounds=tuple(name for id, name in chosen.rounds.items() if id in rounds),
        texts=texts,
        languages=tuple(one.language for one in used),
        coding=Coding.of(np.array(rows), coded=coded, lengths=lengths, codes=len(codes)),
        exclusions=tuple(one for one in left_out if one.number),
        include_in_progress=include_in_progress,
        by_search=by_search,
        data_hash=hashlib.sha256(canonical_json(facts).encode()).hexdigest(),
        coder_ids=tuple(people),
        document_ids=tuple(one.id for one in used),
        code_ids=tuple(codes),
        round_ids=tuple(max(found, key=order.index) for found in by_document),
    )


# One text, for the eye ------------------------------------------------------------------------------------------------


def layers(
    project: Project,
    document: str,
    *,
    coders: Collection[str] | None = None,
    rounds: Collection[str] | None = None,
    include_in_progress: bool = True,
) -> dict[str, list[Mark]]:
    """Coder id -> their annotations of a document, to be laid side by side by `comparison.places`. A coder who did not code
    it is not there; one who found nothing is there with nothing. Codes and entities that were merged are read as the one
    they became. Raises Refused: the actor may not compare, an unknown name."""
    project.must_compare()
    chosen = _Chosen(project, coders=coders, documents=[document], rounds=rounds)
    counted, _ = chosen.counted(include_in_progress=include_in_progress)
    book, registry = project.codebook(), Registry(project.nouns("entity"))
    found = {id: list[Mark]() for id in chosen.coders if (document, id) in counted}
    for one in project.annotations(document):
        if counted.get((document, one.coder)) == one.round:
            values = registry.values(one.attributes)
            found[one.coder].append(Mark(one.id, final_code(book, one.code), one.spans, values))
    return found
