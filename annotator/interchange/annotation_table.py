"""Tables of annotations, in and out: one row a span, UTF-8 CSV.

Columns: document, coder, code, start, end [, annotation, quote, certainty, memo, and one per attribute]. `document` is an id,
a title or a file name; `code` a name, a path ("Family / Code") or an id; `start` and `end` are code points, half-open. Rows
of one coder with the same word under `annotation` are the spans of one annotation. A row without code, start and end says
that the coder read the document and found nothing. `state` may say "in progress" of a document that is not done yet.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any
from unicodedata import normalize

from annotator.codebook import path_of
from annotator.entities import Registry
from annotator.errors import AnnotatorError, Refused
from annotator.interchange.decoding import decode
from annotator.model import (
    BY_SEARCH,
    Annotation,
    Assignment,
    Attribute,
    Change,
    Code,
    Coder,
    Document,
    Edit,
    Entity,
    Round,
    assignment_id,
    entity_id,
    new_id,
)
from annotator.project import Project
from annotator.text import Span, canonical
from annotator.values import checked

NEEDED = ("document", "coder", "code", "start", "end")
KNOWN = (*NEEDED, "annotation", "quote", "certainty", "memo", "origin")
TOLD = ("round", "state", "codebook_version")  # written for readers; what comes in goes to the round that is named
STATES = {
    "": True,
    "done": True,
    "in progress": False,
    "to do": False,
}  # what `state` may say, and whether that is done
OVER = " "  # in a row: the cells beyond the header, which no column is called
OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how workbooks begin
MOST_BYTES = 100_000_000
WHOLE = re.compile(r"\s*[-+]?[0-9]{1,15}\s*")
REACH = 5_000_000  # characters of one cell: csv's own limit is too small for a long quote


@dataclass(slots=True)
class Plan:
    """What a table would change. `problems` are (line, error), by line; the rest leaves those rows out."""

    entities: Change
    change: Change
    problems: list[tuple[int, AnnotatorError]]
    annotations: int  # new
    known: int  # in the project already, word for word
    documents: int  # documents x coders that the table speaks of
    unused_columns: list[str]
    new_coders: list[str]  # names of those whom the project did not know


@dataclass(slots=True)
class Line:
    """One row that was understood. `span` is None where the coder found nothing."""

    number: int
    document: Document
    coder: Coder
    code: Code | None
    span: Span | None
    group: str
    values: dict[str, Any]
    certainty: float | None
    memo: str
    origin: str
    done: bool


def read_rows(data: bytes, encoding: str = "") -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """The header, and (line, row) of every row that holds anything. An encoding that is not told may be guessed: quotes are
    compared with the text. Raises Refused: no text, a column is missing or there twice, a cell never ends."""
    if data.startswith(OFFICE):
        raise Refused("table.not_csv")
    if len(data) > MOST_BYTES:
        sizes = {"size": round(len(data) / 1e6), "most": round(MOST_BYTES / 1e6)}
        raise Refused("import.too_large", filename="The table", **sizes)
    words = decode("The table", data, encoding).text
    csv.field_size_limit(REACH)
    first = words.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip().casefold() for name in next(reader, [])]
        if missing := [name for name in NEEDED if name not in header]:
            raise Refused("table.columns_missing", missing=", ".join(missing), found=", ".join(header) or "–")
        if doubled := [name for name, count in Counter(header).items() if name and count > 1]:
            raise Refused("table.columns_doubled", doubled=", ".join(doubled))
        rows, line = [], reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                over = "".join(cells[len(header) :]).strip()
                rows.append((line, dict.fromkeys(header, "") | dict(zip(header, cells, strict=False)) | {OVER: over}))
            line = reader.line_num + 1
    except csv.Error as error:
        raise Refused("table.unreadable", line=reader.line_num, reason=error) from None
    return header, rows


def plan(project: Project, data: bytes, *, round: Round, done: bool = True, encoding: str = "") -> Plan:
    """What importing a table into a round would do, with everything that is wrong with it. Nothing is written.
    With `done`, every document that the table names for a coder is marked done, unless its own `state` says otherwise.
    Raises Refused as `read_rows` does, and for a table of several rounds."""
    header, rows = read_rows(data, encoding)
    if len(rounds := sorted({row.get("round", "").strip() for _, row in rows} - {""})) > 1:
        raise Refused("table.several_rounds", rounds=", ".join(rounds))
    known = _Known(project, round)
    unused = [name for name in header if name and name not in (*KNOWN, *TOLD) and name not in known.attributes]
    problems, lines = [], []
    for number, row in rows:
        try:
            lines.append(_understand(known, number, row))
        except AnnotatorError as error:
            problems.append((number, error))
    made, there = [], 0
    states: dict[tuple[str, str], bool] = {}
    for group in _annotations(lines):
        try:
            one = _annotation(known, group) if group[0].span else None
        except AnnotatorError as error:
            problems.append((group[0].number, error))
            continue
        if one:
            made.append(one)
        there += one is None and group[0].span is not None
        place = group[0].document.id, group[0].coder.id
        states[place] = states.get(place, done) and all(line.done for line in group)
    problems.sort(key=lambda one: one[0])
    people = [coder for coder in known.new_coders if any(coder.id == id for _, id in states)]
    change = Change("import annotations", (*_edits(people), *_edits(made), *known.assignments_to(states)))
    used = {value for one in made for value in one.attributes.values() if isinstance(value, str)}
    entities = Change("add entity", _edits(one for id, one in known.new_entities.items() if id in used))
    return Plan(entities, change, problems, len(made), there, len(states), unused, [one.name for one in people])


def _edits(nouns: Iterable[Annotation | Coder | Entity]) -> tuple[Edit, ...]:
    return tuple(Edit(None, noun) for noun in nouns)


def carry_out(project: Project, plan: Plan) -> None:
    """Applies a plan whole or not at all, as one step that undo takes back (names put into the registry stay)."""
    project.apply_all([change for change in (plan.entities, plan.change) if change.edits])


Progress = Callable[[int, int], None]


def write(
    project: Project, path: Path, names: "Names | None" = None, *, progress: Progress = lambda done, total: None
) -> int:
    """All annotations that the actor may read, and the documents done with nothing found. Returns the number of rows."""
    from annotator.staging import staged

    names, written = names or Names(project), 0
    with staged(path) as target, target.open("w", encoding="utf-8", newline="") as stream:
        writer, header = csv.writer(stream, lineterminator="\n"), names.columns
        writer.writerow(header)
        for row in rows(project, progress, names):
            writer.writerow([row.get(name, "") for name in header])
            written += 1
    return written


def columns(project: Project) -> list[str]:
    """The columns of `rows`, in their order."""
    return Names(project).columns


def rows(
    project: Project, progress: Progress = lambda done, total: None, names: "Names | None" = None
) -> Iterator[dict[str, Any]]:
    """A row for each span that the actor may read, and for each document done with nothing found. Documents and codes are
    named so that `plan` finds them again, if `names` does not say otherwise."""
    documents, names = project.nouns("document"), names or Names(project)
    states = project.assignment_states()
    empty = {place for place, state in states.items() if state == "done"}
    read = {document for document, _, _ in empty}
    for number, document in enumerate(documents):
        progress(number, len(documents))
        if document.id in read:
            empty -= {(one.document, one.coder, one.round) for one in project.orphans(document.id)}
        for one in project.annotations(document.id):
            place = one.document, one.coder, one.round
            empty.discard(place)
            shared = names.place(*place) | {
                "code": names.codes.get(one.code, one.code),
                "annotation": one.id,
                "certainty": "" if one.certainty is None else one.certainty,
                "memo": one.memo,
                "origin": one.origin,
                "state": states[place],
                "codebook_version": names.versions.get(one.codebook_version or "", ""),
                **names.values(one.attributes),
            }
            for span, quote in zip(one.spans, one.quotes, strict=True):
                yield names.kept(shared | {"start": span.start, "end": span.end, "quote": quote})
    for row in sorted((names.place(*place) for place in empty), key=lambda row: (row["document"], row["coder"])):
        yield row | {"state": "done"}


class Names:
    """What rows call things, by a name where it is the only one of its kind, else by a path or an id; and their columns."""

    def __init__(self, project: Project):
        documents, codes = project.nouns("document"), project.codebook()
        given = Counter(name for one in documents for name in {one.title, one.filename})
        self.documents = {
            one.id: next((name for name in (one.filename, one.title) if name and given[name] == 1), one.id)
            for one in documents
        }
        twice = Counter(one.name.casefold() for one in codes.values())
        self.codes = {
            id: one.name if twice[one.name.casefold()] == 1 else path_of(codes, one) for id, one in codes.items()
        }
        self.coders = {one.id: one.name for one in project.nouns("coder")}
        self.rounds = {one.id: one.name for one in project.nouns("round")}
        self.versions = {one.id: one.number for one in project.nouns("codebook_version")}
        self.registry = Registry(project.nouns("entity"))
        self.entities = {id: self.registry.name(id) for id in self.registry.by_id}
        others = (*KNOWN, *TOLD)  # an attribute that is called as another column would not be told from it
        self.attributes = {id: one for id, one in project.attributes().items() if one.name.casefold() not in others}

        self.columns = [*KNOWN, *(one.name for one in self.attributes.values()), *TOLD]

    def place(self, document: str, coder: str, round: str) -> dict[str, str]:
        return {
            "document": self.documents.get(document, document),
            "coder": self.coders.get(coder, coder),
            "round": self.rounds.get(round, round),
        }

    def values(self, attributes: dict[str, Any]) -> dict[str, Any]:
        """Column -> value of the attributes of an annotation."""
        return {self.attributes[id].name: self.value(one) for id, one in attributes.items() if id in self.attributes}

    def value(self, value: Any) -> Any:
        return ";".join(value) if isinstance(value, list) else self.entities.get(value, value)

    def kept(self, row: dict[str, Any]) -> dict[str, Any]:
        """What of a row is told."""
        return row


@dataclass
class _Known:
    """What a row can name, looked up once."""

    project: Project
    round: Round
    new_coders: list[Coder] = field(default_factory=list)
    new_entities: dict[str, Entity] = field(default_factory=dict)

    def __post_init__(self) -> None:
        project = self.project
        self.documents: dict[str, list[Document]] = {}
        for document in project.nouns("document"):
            for name in {document.id, _plain(document.title), _plain(document.filename)} - {""}:
                self.documents.setdefault(name, []).append(document)
        self.codes = project.codebook(self.round.codebook_version)
        self.called: dict[str, list[Code]] = {}
        for code in self.codes.values():
            for name in dict.fromkeys(_names_of(code, self.codes)):
                self.called.setdefault(name, []).append(code)
        self.attributes = {
            one.name.casefold(): one
            for one in project.attributes(self.round.codebook_version).values()
            if one.name.casefold() not in (*KNOWN, *TOLD)
        }
        self.coders = {coder.name.casefold(): coder for coder in project.nouns("coder")}
        self.registry = Registry(project.nouns("entity"))
        self.assignments = {one.id: one for one in project.nouns("assignment")}
        here = (one for one in project.nouns("annotation") if one.round == self.round.id)
        self.there: dict[tuple, Annotation] = {(one.document, one.coder, one.code, one.spans): one for one in here}
        self._texts: dict[str, str] = {}

    def text(self, document: Document) -> str:
        if document.id not in self._texts:
            self._texts[document.id] = self.project.text(document.id)
        return self._texts[document.id]

    def coder(self, name: str) -> Coder:
        """The person of this name, new if nobody is called so."""
        if not name.strip():
            raise Refused("name.empty", kind="coder")
        if name.strip().casefold() not in self.coders:
            made = Coder(new_id(), name.strip())
            self.new_coders.append(made)
            self.coders[made.name.casefold()] = made
        return self.coders[name.strip().casefold()]

    def entity(self, name: str) -> str:
        """The id of the entity of this name or alias, new if there is none."""
        if known := self.registry.find(name):
            return known.id
        made = Entity(entity_id(self.project.id, name), " ".join(name.split()))
        return self.new_entities.setdefault(made.id, made).id

    def assignments_to(self, states: dict[tuple[str, str], bool]) -> Iterator[Edit]:
        """What brings assignments to what the table says: (document, coder) -> whether it is done."""
        mine = Counter(one.coder for one in self.assignments.values() if one.round == self.round.id)
        for (document, coder), done in states.items():
            id = assignment_id(document, coder, self.round.id)
            before = self.assignments.get(id)
            if before is None:
                yield Edit(None, Assignment(id, document, coder, self.round.id, done, mine[coder]))
                mine[coder] += 1
            elif before.done != done:
                yield Edit(before, replace(before, done=done))


def _names_of(code: Code, codes: dict[str, Code]) -> Iterable[str]:
    yield code.id
    names = [code.name]
    yield code.name.casefold()
    while code.parent in codes and len(names) < 20:
        code = codes[code.parent]
        names.insert(0, code.name)
        yield " / ".join(names).casefold()


def _understand(known: _Known, number: int, row: dict[str, str]) -> Line:
    if row.get(OVER):
        raise Refused("table.too_many_cells", cells=_short(row[OVER]))
    document = _one(known.documents.get(_plain(row["document"]), []), "document", row["document"])
    state = row.get("state", "").strip().casefold()
    if state not in STATES:
        raise Refused("table.state", state=state)
    coder_name = row["coder"]
    code = span = None
    if any(row.get(name, "").strip() for name in ("code", "start", "end")):
        code = _code(known, row["code"])
        span = _span(known.text(document), row)
    values = _values(known, code, row)
    memo = canonical(row.get("memo") or "")[0]
    certainty = _certainty(row.get("certainty") or "")
    coder = known.coder(coder_name)
    group = (row.get("annotation") or "").strip()
    origin = BY_SEARCH if (row.get("origin") or "").strip().casefold() == BY_SEARCH else ""
    return Line(number, document, coder, code, span, group, values, certainty, memo, origin, STATES[state])


def _plain(name: str) -> str:
    """A title or the name of a file without what cannot be seen: blanks around it, accents put together otherwise."""
    return normalize("NFC", name).strip()


def _one(found: list, kind: str, name: str) -> Any:
    if not found:
        raise Refused("table.unknown", kind=kind, name=name)
    if len(found) > 1:
        raise Refused("table.ambiguous", kind=kind, name=name, count=len(found))
    return found[0]


def _code(known: _Known, words: str) -> Code:
    path = " / ".join(part.strip() for part in words.replace(">", "/").split("/")).casefold()
    found = known.called.get(words.strip().casefold()) or known.called.get(path) or []
    leaves = [code for code in found if code.codable] or found
    code = _one(leaves, "code", words)
    if code.retired:
        raise Refused("code.retired", name=code.name)
    if not code.codable:
        raise Refused("code.is_family", name=code.name)
    return code


def _span(text: str, row: dict[str, str]) -> Span:
    if not all(WHOLE.fullmatch(row[name]) for name in ("start", "end")):
        raise Refused("table.not_whole", start=_short(row["start"]), end=_short(row["end"]))
    span = Span(int(row["start"]), int(row["end"]))
    if not 0 <= span.start < span.end <= len(text):
        raise Refused("span.outside", start=span.start, end=span.end, length=len(text))
    quote = canonical(row.get("quote") or "")[0]
    if quote and quote != text[span.start : span.end]:
        raise Refused("table.quote", quote=_short(quote), there=_short(text[span.start : span.end]))
    return span


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:40]} … {words[-15:]}"


def _values(known: _Known, code: Code | None, row: dict[str, str]) -> dict[str, Any]:
    values = {}
    for name, attribute in known.attributes.items():
        cell = canonical(row.get(name) or "")[0].strip()
        if not cell:
            continue
        if code is None or attribute.id not in code.attributes:
            raise Refused("attribute.unknown", name=code.name if code else "–", attribute=attribute.name)
        values[attribute.id] = _value(known, attribute, cell)
    return values


def _value(known: _Known, attribute: Attribute, cell: str) -> Any:
    if attribute.type == "entity":
        return known.entity(cell)
    by_label = {choice.casefold(): choice for choice in attribute.choices}
    by_label |= dict(zip((label.casefold() for label in attribute.labels), attribute.choices, strict=False))
    if attribute.type == "several of":
        parts = [part.strip() for part in cell.split(";")]
        return checked(attribute, [by_label.get(part.casefold(), part) for part in parts])
    return checked(attribute, by_label.get(cell.casefold(), cell))


def _certainty(cell: str) -> float | None:
    if not cell.strip():
        return None
    try:
        value = float(cell)
    except ValueError:
        raise Refused("certainty.outside", value=cell) from None
    if not 0 <= value <= 1:
        raise Refused("certainty.outside", value=cell)
    return value


def _annotations(lines: list[Line]) -> list[list[Line]]:
    """The lines of each annotation: one, or all that share a word under `annotation` for a coder and a document. A line
    that says that nothing was found stands alone."""
    groups: dict[tuple, list[Line]] = {}
    for line in lines:
        shared = line.group and line.span
        key = (line.document.id, line.coder.id, line.group) if shared else (line.number,)
        groups.setdefault(key, []).append(line)
    return list(groups.values())


def _annotation(known: _Known, lines: list[Line]) -> Annotation | None:
    """The new annotation that these lines describe; None when it is there already. Raises Refused: the lines contradict one
    another, or what is there."""
    first = lines[0]
    assert first.code is not None
    if any(line.code != first.code for line in lines):
        raise Refused("table.two_codes", annotation=first.group)
    values, certainty, memo = _said(lines)
    spans = tuple(sorted(line.span for line in lines if line.span))
    if any(before.end > after.start for before, after in pairwise(spans)):
        raise Refused("span.overlap")
    place = (first.document.id, first.coder.id, first.code.id, spans)
    if there := known.there.get(place):
        _must_not_contradict(there, first.code, values, certainty, memo)
        return None
    text = known.text(first.document)
    known.there[place] = Annotation(
        new_id(),
        first.document.id,
        first.coder.id,
        known.round.id,
        first.code.id,
        spans,
        tuple(text[start:end] for start, end in spans),
        known.round.codebook_version,
        values,
        certainty,
        memo,
        first.origin,
    )
    return known.there[place]


def _said(lines: list[Line]) -> tuple[dict[str, Any], float | None, str]:
    """Attributes, certainty and memo of an annotation, of which each of its lines may say some."""
    values: dict[str, Any] = {}
    for line in lines:
        said = line.values | {"certainty": line.certainty, "memo": line.memo or None}
        for name, value in said.items():
            if value is not None and values.setdefault(name, value) != value:
                raise Refused("table.two_values", annotation=line.group)
    return values, values.pop("certainty", None), values.pop("memo", "")


def _must_not_contradict(there: Annotation, code: Code, values: dict, certainty: float | None, memo: str) -> None:
    """Raises Refused when a table says of an annotation that is there what it does not: an import alters nothing."""
    same = all(there.attributes.get(id) == value for id, value in values.items())
    if not (same and certainty in (None, there.certainty) and memo in ("", there.memo)):
        raise Refused("table.other_values", code=code.name)
