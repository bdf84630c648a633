"""What one project file hands to another: revisions as lines, the texts that they need, and what was kept back. No file
here, and no database: see `fieldwork` for the one and `union` for the other."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter
from sys import intern

from .errors import AnnotatorError, Damaged, Refused
from .model import FORMAT, NOUNS, Annotation, Document, canonical_json, upcast
from .revisions import FIELDS, Revision, Withheld, digest, line
from .soundness import is_sound

BEGIN = len('{"hash":"","revision":') + 64  # of that in a line which is hashed
_texts_of = attrgetter(*(name for name in FIELDS if name not in ("parents", "seq", "format")))
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Package:
    """Revisions, the texts they need (SHA-256 -> bytes), and the numbers of each device that were kept back on purpose.
    `coder` is whose work it is, `name` and `sha256` are those of the file it came in."""

    project: str
    revisions: tuple[Revision, ...]
    contents: Mapping[str, bytes] = field(default_factory=dict)
    withheld: tuple[Withheld, ...] = ()
    coder: str = ""
    name: str = ""
    sha256: str = ""
    keys: tuple[tuple[str, str, str], ...] = ()  # device, its key, id of who signed with it: to be remembered
    is_examined: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one package brought. `changed` counts objects that were here and are otherwise now; `lost` are the annotations of
    the package whose quoted words are not at their place."""

    sender: str
    name: str
    sha256: str
    at: str
    revisions: int
    new: int
    changed: int
    contested: int
    orphans: int
    barred: int
    purged: int = 0  # of the new: on documents that were purged here, and kept without words
    lost: tuple[Annotation, ...] = ()
    problems: tuple[AnnotatorError, ...] = ()  # gaps, broken links and forks in the chains of its devices

    @property
    def known(self) -> int:
        return self.revisions - self.new


def write_line(project: str, revision: Revision) -> str:
    """A revision as one line of JSON, with its hash."""
    return f'{{"hash":"{revision.hash}","revision":{line(project, revision)}}}'


def read_line(data: bytes) -> tuple[str, Revision]:
    """The project and the revision of a line, its body to the letter, and its hash that of what it says. Whether that can be
    understood, `must_be_understood` tells. Raises one of UNREADABLE for what is no such line."""
    words = data.decode()
    found = _by_marks(words)
    hashed = data[BEGIN:-1]
    if not found or write_line(*found) != words:
        found = _by_json(words)
        hashed = line(*found).encode()
    if not _counts(found[1]) or hashlib.sha256(hashed).hexdigest() != found[1].hash:
        raise ValueError(words[:80])
    return found


def _by_marks(words: str) -> tuple[str, Revision] | None:
    """A line by where its quotation marks stand, which is much quicker: right if it writes the same line again, as all do in
    which nothing is escaped. Words that come again and again are held once."""
    try:
        start, end = words.index(',"body":'), words.rindex(',"change":"')
        head, tail = words[:start].split('"'), words[end:].split('"')
        return tail[-4], Revision(
            tail[13],
            intern(tail[17]),
            tail[25],
            "put" if tail[29] == "put" else "retract",
            tuple(tail[33:-10:2]),
            intern(head[9]),
            intern(tail[7]),
            int(tail[-1][1:-2]),
            intern(head[13]),
            intern(tail[21]),
            intern(tail[3]),
            int(tail[10][1:-1]),
            words[start + len(',"body":') : end],
            tail[-8],
            head[3],
        )
    except (ValueError, IndexError):
        return None


def _by_json(words: str) -> tuple[str, Revision]:
    start = words.index('"body":') + len('"body":')
    end = words.rindex(',"change":"')
    record = json.loads(f"{words[:start]}null{words[end:]}")
    found, project = record["revision"], record["revision"].pop("project")
    found |= {"parents": tuple(found["parents"]), "body": words[start:end], "hash": record["hash"]}
    revision = Revision(**found)
    if not _is_text(project, revision):
        raise ValueError(words[:80])
    return project, revision


def _is_text(project: str, one: Revision) -> bool:
    """Whether what should be text is, and free of NUL, at which SQLite may end it."""
    texts = (project, *_texts_of(one), *one.parents)
    return {*map(type, texts)} == {str} and not any("\0" in text for text in texts)


def _counts(one: Revision) -> bool:
    numbers = type(one.seq) is int and type(one.format) is int and 0 < one.seq < 1 << 53 and 0 < one.format < 1 << 53
    return numbers and one.op in ("put", "retract")


def examined(package: Package, project: str) -> Package:
    """The package, when it is of this project, and every revision and text in it is what its hash says and can be understood.
    Raises Damaged or Refused."""
    if package.project != project:
        raise Refused("package.foreign", name=package.name)
    if package.is_examined:
        return package
    for one in package.revisions:
        if not _is_text(project, one) or not _counts(one) or one.hash != digest(project, one):
            raise Damaged("package.altered", name=package.name)
        must_be_understood(one, package.name)
    must_be_whole(package.contents, package.name)
    return replace(package, is_examined=True)


def must_be_understood(one: Revision, name: str) -> None:
    """Raises Damaged or Refused, by the name of the package, unless a body says a noun or, of a kind from a newer version,
    anything at all."""
    if one.format > FORMAT:
        raise Refused("package.newer", name=name)
    if not _is_understood(one):
        raise Damaged("package.unsound", name=name, kind=one.kind, revision=one.id)


def _is_understood(one: Revision) -> bool:
    try:
        if one.op == "retract" or one.kind not in NOUNS:
            return json.loads(one.body) is not None
        if one.format == FORMAT:
            return is_sound(one.kind, one.body)
        return is_sound(one.kind, canonical_json(upcast(one.kind, one.format, json.loads(one.body))))
    except UNREADABLE:
        return False


def must_be_whole(contents: Mapping[str, bytes], name: str) -> None:
    """Raises Damaged, by the name of the package, unless all contents are what their hashes say."""
    if any(hashlib.sha256(data).hexdigest() != sha256 for sha256, data in contents.items()):
        raise Damaged("package.altered", name=name)


def texts_named(revisions: Iterable[Revision]) -> set[str]:
    """SHA-256 of the texts of all documents in these revisions."""
    return {one.text for one in _documents(revisions)}


def contents_named(revisions: Iterable[Revision]) -> set[str]:
    """SHA-256 of the texts and originals of all documents in these revisions."""
    return {sha256 for one in _documents(revisions) for sha256 in (one.text, one.original) if sha256}


def _documents(revisions: Iterable[Revision]) -> list[Document]:
    nouns = (one.noun() for one in revisions if one.kind == "document")
    return [noun for noun in nouns if isinstance(noun, Document)]
