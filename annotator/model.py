"""The nouns. A noun is a frozen value; its fields are the body of its revisions and the columns of its table."""

import contextlib
import json
import os
import time
import typing
import uuid
from collections.abc import Callable, Iterable
from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from typing import Any, Literal

from .errors import Refused
from .text import Span, folded

Spans = tuple[Span, ...]
Names = tuple[str, ...]
BY_SEARCH = "search"  # the origin of annotations that nobody looked at one by one
Role = Literal["coder", "supervisor"]
State = Literal["to do", "in progress", "done"]  # of an assignment


def of(kind: str) -> dict:
    """Of a field that holds the id of another noun."""
    return {"of": kind}


def mentions(*kinds: str) -> dict:
    """Of a field whose JSON names nouns of these kinds by id."""
    return {"mentions": kinds}


@dataclass(frozen=True, slots=True)
class About:
    """The project itself. Its id is the project's id."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Document:
    """One text to be coded. The text lies beside the log under its SHA-256 and never changes."""

    id: str
    title: str
    text: str  # SHA-256 of the canonical text in UTF-8
    original: str | None = None  # SHA-256 of the bytes that were imported
    filename: str = ""  # as it was called on disk, without folders
    encoding: str = "utf-8"
    language: str = ""  # BCP 47
    details: dict = field(default_factory=dict)  # speaker, source, date, and what else the project names


AttributeType = Literal["text", "number", "scale", "one of", "several of", "entity"]


@dataclass(frozen=True, slots=True)
class Attribute:
    """A typed field that codes ask for: actor, target, stance ... Annotations hold its values under its id."""

    id: str
    name: str
    type: AttributeType = "text"
    choices: Names = ()  # the values, in order; of a scale whole numbers as text
    labels: Names = ()  # the words shown for each choice; () shows the choices themselves
    definition: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of the working codebook. What coders saw is pinned by a CodebookVersion."""

    id: str
    name: str
    parent: str | None = field(default=None, metadata=of("code"))
    position: int = 0  # among its siblings
    codable: bool = True  # False: a family, which only groups
    definition: str = ""
    use_when: str = ""
    not_when: str = ""
    boundary: str = ""  # where its span begins and ends, and where its neighbour takes over
    examples: Names = ()
    colour: Names = ("#5b7fa6", "#8fb1d6")  # light, dark
    key: str = ""  # one character that codes the selection
    attributes: Names = field(default=(), metadata=mentions("attribute"))  # ids of the attributes it asks for
    required: Names = field(default=(), metadata=mentions("attribute"))  # those of them that must be filled in
    crosswalk: dict = field(default_factory=dict)  # "cameo" -> code or None, "plover" -> category or None
    retired: bool = False
    merged_into: str | None = field(default=None, metadata=of("code"))


@dataclass(frozen=True, slots=True)
class CodebookVersion:
    """A published codebook: which revision of each code and attribute it holds. Never altered."""

    id: str
    number: int
    codes: dict  # code id -> revision id
    attributes: dict = field(default_factory=dict)  # attribute id -> revision id
    note: str = ""


@dataclass(frozen=True, slots=True)
class Coder:
    id: str
    name: str
    role: Role = "coder"


@dataclass(frozen=True, slots=True)
class Round:
    """A phase of coding. In a blind round a coder reads nothing of the others, until a supervisor reveals it."""

    id: str
    name: str
    blind: bool = True
    codebook_version: str | None = field(default=None, metadata=of("codebook_version"))


@dataclass(frozen=True, slots=True)
class Assignment:
    """Document x coder x round. Its id follows from the three, so two devices make the same one (`assignment_id`)."""

    id: str
    document: str = field(metadata=of("document"))
    coder: str = field(metadata=of("coder"))
    round: str = field(metadata=of("round"))
    done: bool = False
    position: int = 0  # in the coder's list for that round


@dataclass(frozen=True, slots=True)
class Annotation:
    """One coder put one code on one or more spans. `quotes` are the words under each span, to prove the place."""

    id: str
    document: str = field(metadata=of("document"))
    coder: str = field(metadata=of("coder"))
    round: str = field(metadata=of("round"))
    code: str = field(metadata=of("code"))
    spans: Spans = field()
    quotes: Names = field()
    codebook_version: str | None = field(default=None, metadata=of("codebook_version"))
    attributes: dict = field(
        default_factory=dict, metadata=mentions("attribute", "entity")
    )  # attribute id -> value; of an entity its id
    certainty: float | None = None  # 0 to 1
    memo: str = ""
    origin: str = ""  # BY_SEARCH: put there with many others by a search

    def fits(self, text: str) -> bool:
        """Whether the quoted words still stand where the spans say."""
        return fits(text, self.spans, self.quotes)


def fits(text: str, spans: Spans, quotes: Names) -> bool:
    """Whether these words stand at these places, each at its own."""
    return len(spans) == len(quotes) and all(
        0 <= start < end <= len(text) and text[start:end] == quote
        for (start, end), quote in zip(spans, quotes, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Entity:
    """An actor, place or body that attributes point at. One that was merged is read as what it was merged into."""

    id: str
    name: str
    aliases: Names = ()
    merged_into: str | None = field(default=None, metadata=of("entity"))


@dataclass(frozen=True, slots=True)
class Memo:
    """Free words on the project, a document, a code, an entity, or with `spans` on a place in a document. A place
    without words is a bookmark. (An annotation carries its own memo.)"""

    id: str
    about: str
    coder: str = field(metadata=of("coder"))
    words: str = ""
    spans: Spans = ()

    @property
    def is_bookmark(self) -> bool:
        return bool(self.spans) and not self.words


@dataclass(frozen=True, slots=True)
class Sitting:
    """So long a person worked on a document in a round, pauses left out. What it names may go: it holds nothing there."""

    id: str
    document: str
    coder: str
    round: str
    began: str  # UTC by that machine's clock
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Purge:
    """A document that had to disappear: what was said of it is without words from then on, in every copy. Never taken
    back."""

    id: str
    document: str
    texts: Names = ()  # SHA-256 of its texts and of the bytes they were read from: none of them comes in again


NOUNS = {
    "project": About,
    "document": Document,
    "attribute": Attribute,
    "code": Code,
    "codebook_version": CodebookVersion,
    "coder": Coder,
    "round": Round,
    "assignment": Assignment,
    "annotation": Annotation,
    "entity": Entity,
    "memo": Memo,
    "sitting": Sitting,
    "purge": Purge,
}
KINDS = {noun: kind for kind, noun in NOUNS.items()}
Noun = (
    About
    | Document
    | Attribute
    | Code
    | CodebookVersion
    | Coder
    | Round
    | Assignment
    | Annotation
    | Entity
    | Memo
    | Sitting
    | Purge
)


def name_of(noun: Noun) -> str:
    """What a person calls a noun, if it is called anything."""
    match noun:
        case Document():
            return noun.title
        case CodebookVersion():
            return str(noun.number)
        case Annotation():
            return " … ".join(noun.quotes)
        case Assignment() | Sitting() | Purge():
            return ""
        case Memo():
            return noun.words
    return noun.name


def person_called(people: Iterable[Coder], name: str) -> Coder | None:
    """Who of these has this id or this name, whatever its case and blanks."""
    return next((one for one in people if name == one.id or folded(name) == folded(one.name)), None)


def initials(coder: Coder) -> str:
    """Up to three letters that stand for a person: first letters of the words, or the first two of a single one."""
    words = coder.name.split()
    return ("".join(word[0] for word in words[:3]) if len(words) > 1 else coder.name[:2]).upper()


@dataclass(frozen=True, slots=True)
class Edit:
    """One noun before and after. `before` None: it did not exist; `after` None: it is retracted."""

    before: Noun | None
    after: Noun | None

    @property
    def noun(self) -> Noun:
        """What it became or, when it was retracted, what it was."""
        noun = self.after or self.before
        assert noun is not None, "an edit of nothing"
        return noun

    @property
    def object(self) -> str:
        return self.noun.id

    @property
    def kind(self) -> str:
        return KINDS[type(self.noun)]


UNDO = "undo "  # how the label of an inverse begins
DECIDE = "decide"  # the label of a decision that leaves another version than was shown
QUIET = ("found", "add entity", "sit", "settle", "purge")  # what undo passes over: the founding, names, time on
# task, what was shown and is now decided, what is gone for good


@dataclass(frozen=True, slots=True)
class Change:
    """What one step did: a label to find words by, and its edits, each noun at most once. All happen or none. With
    `settles` it decides what is contested, and nothing else."""

    label: str
    edits: tuple[Edit, ...]
    settles: bool = False

    @property
    def is_undo(self) -> bool:
        return self.label.startswith(UNDO)

    def inverse(self) -> "Change":
        """The change that undoes this one."""
        label = self.label.removeprefix(UNDO) if self.is_undo else UNDO + self.label
        altered = [edit for edit in reversed(self.edits) if edit.before != edit.after]
        return Change(label, tuple(Edit(edit.after, edit.before) for edit in altered))


# Bodies ---------------------------------------------------------------------------------------------------------------

FORMAT = 1  # raised only when an older reader would misread a body
UPCASTS: dict[tuple[str, int], Callable[[dict], dict]] = {}  # (kind, format) -> that body one format later


CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def canonical_json(value) -> str:
    """One spelling per value: keys sorted, no spaces, UTF-8 as it is, no NaN. Raises Refused on lone surrogates."""
    words = CANONICAL.encode(value)
    try:
        words.encode()
    except UnicodeEncodeError:
        raise Refused("body.not_unicode") from None
    return words


def body_of(noun: Noun) -> dict:
    """The fields of a noun but its id. Fields at their default are left out, so a new field needs no upcast."""
    return {name: value for name, default, _ in _fields(type(noun)) if (value := getattr(noun, name)) != default}


def noun_from(kind: str, id: str, body: dict) -> Noun:
    """The noun that a body in today's format describes. Fields this version does not know are passed over."""
    noun = NOUNS[kind]
    known = {name: decode(body[name]) if decode else body[name] for name, _, decode in _fields(noun) if name in body}
    return noun(id=id, **known)


def unknown_fields(kind: str, body: dict) -> dict:
    """What a newer version wrote into a body: carried along when this version changes the noun."""
    known = {name for name, _, _ in _fields(NOUNS[kind])}
    return {name: value for name, value in body.items() if name not in known}


def upcast(kind: str, format: int, body: dict) -> dict:
    """A body of any older format in today's. The log itself keeps the old one: its hash depends on it."""
    for step in range(format, FORMAT):
        body = UPCASTS.get((kind, step), lambda same: same)(body)
    return body


def decoder(hint) -> Callable[[Any], Any] | None:
    """How a value of this type comes back from JSON; None: as it is."""
    if hint == Spans:
        return lambda pairs: tuple([Span(start, end) for start, end in pairs])
    if hint == float | None:
        return lambda value: value if value is None else float(value)
    return tuple if hint == Names else None


@cache
def _fields(noun: type) -> tuple[tuple[str, Any, Callable[[Any], Any] | None], ...]:
    hints = typing.get_type_hints(noun)
    return tuple(
        (f.name, f.default_factory() if f.default_factory is not MISSING else f.default, decoder(hints[f.name]))
        for f in fields(noun)
        if f.name != "id"
    )


# Ids ------------------------------------------------------------------------------------------------------------------


LAST_ID = "03bb2cc3"  # ids from the year 2100 on are of nobody's clock, and no reason to go on behind them
_last = 0  # milliseconds and 12 bits of the newest id of this process


def new_id() -> str:
    """A UUIDv7: 48 bits of milliseconds, 12 that count on within one, then chance. Ids ascend, so lists keep the order in
    which things were made, also when the clock is set back: see `go_on_behind`."""
    global _last  # noqa: PLW0603 - the clock is one for the process
    _last = max(_last + 1, (time.time_ns() // 1_000_000) << 12)
    value = (_last >> 12) << 80 | 7 << 76 | (_last & 0xFFF) << 64 | 2 << 62 | int.from_bytes(os.urandom(8)) >> 2
    return str(uuid.UUID(int=value))


def go_on_behind(id: str) -> None:
    """Lets all ids made from now on come behind this one; what is no UUIDv7 has no time and is passed over."""
    global _last  # noqa: PLW0603 - the clock is one for the process
    with contextlib.suppress(ValueError):
        value = uuid.UUID(id)
        if value.version == 7 and id < LAST_ID:
            _last = max(_last, value.int >> 80 << 12 | value.int >> 64 & 0xFFF)


def entity_id(project: str, name: str) -> str:
    """The one id of an entity's name in a project, on every device, whatever its case and blanks."""
    return str(uuid.uuid5(uuid.UUID(project), folded(name)))


def assignment_id(document: str, coder: str, round: str) -> str:
    """The one id of document x coder x round, on every device."""
    return str(uuid.uuid5(uuid.UUID(document), f"{coder} {round}"))
