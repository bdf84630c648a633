"""What one project file hands to another: revisions as lines, the texts that they need, and what was kept back. No file
here, and no database: see `fieldwork` for the one and `union` for the other."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Literal

from .errors import AnnotatorError, Damaged, Refused
from .model import FORMAT, NOUNS, Annotation, Document, is_sound, upcast
from .revisions import FIELDS, Revision, Withheld, digest, line

TEXT, COUNT = r'"([^"\\\x00-\x1f]*)"', r"([1-9][0-9]{0,14})"
PLAIN = re.compile(
    rf'\{{"hash":{TEXT},"revision":\{{"actor":{TEXT},"at":{TEXT},"body":(.*),"change":{TEXT},"device":{TEXT},"format":{COUNT},'
    rf'"id":{TEXT},"kind":{TEXT},"label":{TEXT},"object":{TEXT},"op":"(put|retract)",'
    r'"parents":\[((?:"[^"\\\x00-\x1f]*"(?:,"[^"\\\x00-\x1f]*")*)?)\],'
    rf'"prev":{TEXT},"project":{TEXT},"seq":{COUNT}\}}\}}'
)
Op = Literal["put", "retract"]
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


def read_line(words: str) -> tuple[str, Revision]:
    """The project and the revision of a line, its body to the letter. Whether it is whole and says anything, `examined`
    tells. Raises ValueError, TypeError or KeyError for what is no such line."""
    if found := PLAIN.fullmatch(words):
        return _plain(found)
    start = words.index('"body":') + len('"body":')
    end = words.rindex(',"change":"')
    record = json.loads(f"{words[:start]}null{words[end:]}")
    found, project = record["revision"], record["revision"].pop("project")
    found |= {"parents": tuple(found["parents"]), "body": words[start:end], "hash": record["hash"]}
    revision = Revision(**found)
    if not _is_revision(revision):
        raise ValueError(words[:80])
    return project, revision


def _plain(found: re.Match[str]) -> tuple[str, Revision]:
    """The same of a line that says nothing by escapes: nearly all of them, and much quicker."""
    hash, actor, at, body, change, device, format, id, kind, label, object, op, parents, prev, project, seq = (
        found.groups()
    )
    named = tuple(parents[1:-1].split('","')) if parents else ()
    put: Op = "put" if op == "put" else "retract"
    return project, Revision(
        id, kind, object, put, named, actor, device, int(seq), at, label, change, int(format), body, prev, hash
    )


def _is_revision(one: Revision) -> bool:
    texts = {*map(type, (*_texts_of(one), *one.parents))} == {str}
    numbers = type(one.seq) is int and type(one.format) is int and 0 < one.seq < 1 << 53 and one.format > 0
    return texts and numbers and one.op in ("put", "retract")


def examined(package: Package, project: str) -> Package:
    """The package, when it is of this project, and every revision and text in it is what its hash says and can be understood.
    Raises Damaged or Refused."""
    if package.project != project:
        raise Refused("package.foreign", name=package.name)
    if package.is_examined:
        return package
    for one in package.revisions:
        if one.hash != digest(project, one):
            raise Damaged("package.altered", name=package.name)
        if one.format > FORMAT:
            raise Refused("package.newer", name=package.name)
        if not _is_understood(one):
            raise Damaged("package.unsound", name=package.name, kind=one.kind, revision=one.id)
    for sha256, data in package.contents.items():
        if hashlib.sha256(data).hexdigest() != sha256:
            raise Damaged("package.altered", name=package.name)
    return replace(package, is_examined=True)


def _is_understood(one: Revision) -> bool:
    """Whether its body says a noun or, of a kind from a newer version, anything at all."""
    try:
        said = json.loads(one.body)
        if one.op == "retract" or one.kind not in NOUNS:
            return said is not None
        return is_sound(one.kind, upcast(one.kind, one.format, said))
    except UNREADABLE:
        return False


def texts_named(revisions: Iterable[Revision]) -> set[str]:
    """SHA-256 of the texts of all documents in these revisions."""
    return {one.text for one in _documents(revisions)}


def contents_named(revisions: Iterable[Revision]) -> set[str]:
    """SHA-256 of the texts and originals of all documents in these revisions."""
    return {sha256 for one in _documents(revisions) for sha256 in (one.text, one.original) if sha256}


def _documents(revisions: Iterable[Revision]) -> list[Document]:
    nouns = (one.noun() for one in revisions if one.kind == "document")
    return [noun for noun in nouns if isinstance(noun, Document)]
