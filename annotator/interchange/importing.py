"""Files and folders to documents, and documents to the one change that brings them into a project. Runs in any thread."""

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from annotator.errors import AnnotatorError, Damaged, Refused
from annotator.model import Assignment, Change, Document, Edit, assignment_id, new_id
from annotator.project import Project

from . import decoding, reader_for, table
from .decoding import Candidate
from .incoming import Columns, File, Incoming
from .language import TAG, likely
from .statement import propose
from .table import Table

MOST_BYTES = 50_000_000
NOT_OURS = re.compile(r"\.|~\$|read ?me\b|(thumbs\.db|desktop\.ini|__macosx|\$recycle\.bin)$", re.IGNORECASE)
DIGITS = re.compile(r"(\d+)")
HIDDEN_OR_SYSTEM = stat.FILE_ATTRIBUTE_HIDDEN | stat.FILE_ATTRIBUTE_SYSTEM


class Reading(NamedTuple):
    """What came of reading files: the documents, and what failed and why. Of a cancelled reading nothing is kept."""

    documents: tuple[Incoming, ...] = ()
    failures: tuple[tuple[Path, AnnotatorError], ...] = ()
    cancelled: bool = False


class Twin(NamedTuple):
    """An incoming document, by its place, has the text of another: of one in the project, or of an earlier incoming one."""

    place: int
    title: str  # of the other
    in_project: bool


def gather(paths: Iterable[str | Path]) -> list[Path]:
    """The files named, and all in the folders named and below, each once: in the order given, in a folder by name with
    numbers by value. Hidden and system files of a folder, and its README, are passed over; a folder that cannot be read
    is kept as itself."""
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        found.update(dict.fromkeys(_below(path) if path.is_dir() else (path,)))
    return list(found)


def read_all(
    paths: Sequence[Path],
    *,
    encodings: Mapping[Path, str] | None = None,
    columns: Mapping[Path, Columns] | None = None,
    progress: Callable[[int, int, str], None] = lambda done, total, name: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Reading:
    """Reads files (see `gather`), with what a person said of some. One that fails is told of and the rest goes on.
    `progress` is called before each file and at the end, with files done, files in all and the name of the next."""
    documents: list[Incoming] = []
    failures: list[tuple[Path, AnnotatorError]] = []
    for done, path in enumerate(paths):
        if cancelled():
            return Reading(cancelled=True)
        progress(done, len(paths), path.name)
        try:
            documents += read(path, encoding=(encodings or {}).get(path, ""), columns=(columns or {}).get(path))
        except AnnotatorError as error:
            failures.append((path, error))
    if cancelled():
        return Reading(cancelled=True)
    progress(len(paths), len(paths), "")
    return Reading(tuple(documents), tuple(failures))


def read(path: Path, *, encoding: str = "", columns: Columns | None = None) -> list[Incoming]:
    """The documents of one file, with what their text says of itself where the file does not. Raises AnnotatorError only."""
    with _told(path):
        _must_be_readable(path)
        documents = reader_for(path).read(File(path.name, path.read_bytes(), encoding, columns))
        return [_completed(document, path.stem) for document in documents]


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turns every error of reading a file into one with a sentence."""
    try:
        yield
    except AnnotatorError:
        raise
    except OSError as error:
        raise Refused("import.unreadable", filename=path.name, reason=error.strerror or str(error)) from None
    except Exception as error:  # files of strangers break parsers in ways nobody listed, and the rest must go in
        raise Damaged("import.broken", filename=path.name, reason=str(error) or type(error).__name__) from error


def _must_be_readable(path: Path) -> None:
    """Raises Refused for what is no file, is empty or is too large to be a text; looks at no byte of it."""
    try:
        found = path.stat()
    except FileNotFoundError:
        raise Refused("import.missing", path=path) from None
    if not stat.S_ISREG(found.st_mode):
        raise Refused("import.not_a_file", path=path)
    if not found.st_size:
        raise Refused("import.empty", filename=path.name)
    if found.st_size > MOST_BYTES:
        size, most = round(found.st_size / 1e6), round(MOST_BYTES / 1e6)
        raise Refused("import.too_large", filename=path.name, size=size, most=most)


def columns_of(path: Path, *, encoding: str = "", sheet: str = "") -> Table:
    """The columns of a table with some rows, for a choice. Raises AnnotatorError."""
    with _told(path):
        _must_be_readable(path)
        return table.columns(File(path.name, path.read_bytes(), encoding), sheet)


def encodings_of(path: Path) -> list[Candidate]:
    """The encodings in which a text file can be read, likeliest first, for a preview. Raises AnnotatorError."""
    with _told(path):
        _must_be_readable(path)
        return decoding.candidates(path.read_bytes())


def duplicates(project: Project, documents: Sequence[Incoming]) -> list[Twin]:
    """Which incoming documents have a text that is there already."""
    known = {one.text: (one.title, True) for one in reversed(project.nouns("document")) if isinstance(one, Document)}
    found = []
    for place, document in enumerate(documents):
        sha256 = _sha256(document.text.encode())
        if sha256 in known:
            found.append(Twin(place, *known[sha256]))
        known.setdefault(sha256, (document.title, False))
    return found


def documents_change(
    project: Project,
    documents: Sequence[Incoming],
    *,
    assign_to: Iterable[str] = (),
    round: str | None = None,
    twins: bool = False,
) -> tuple[Change, list[bytes]]:
    """The change that adds these documents, and the texts and originals to store with it. `assign_to` are ids of coders
    who get each of them in `round` (the newest by default). Those whose text is there already are left out, but for
    `twins`. Raises Refused when nothing is left."""
    left_out = set() if twins else {twin.place for twin in duplicates(project, documents)}
    kept = [document for place, document in enumerate(documents) if place not in left_out]
    if not kept:
        raise Refused("import.nothing_new", count=len(documents))
    contents: dict[str, bytes] = {}
    nouns = [_noun(document, contents) for document in kept]
    edits = [Edit(None, noun) for noun in nouns]
    for coder in assign_to:
        edits += _assignments(project, nouns, coder=coder, round=round or project.nouns("round")[-1].id)
    return Change("import documents", tuple(edits)), list(contents.values())


def _noun(document: Incoming, contents: dict[str, bytes]) -> Document:
    """The noun of a document; its text and original are added to `contents` under their SHA-256."""
    text = document.text.encode()
    hashes = []
    for data in (text, document.original):
        hashes.append(_sha256(data))
        contents[hashes[-1]] = data
    return Document(
        new_id(),
        document.title,
        hashes[0],
        original=hashes[1],
        filename=document.filename,
        encoding=document.encoding,
        language=document.language,
        details=document.details,
    )


def _assignments(project: Project, documents: list[Document], *, coder: str, round: str) -> list[Edit]:
    mine = [one for one in project.nouns("assignment") if isinstance(one, Assignment)]
    first = max((one.position for one in mine if (one.coder, one.round) == (coder, round)), default=-1) + 1
    return [
        Edit(None, Assignment(assignment_id(one.id, coder, round), one.id, coder, round, position=position))
        for position, one in enumerate(documents, first)
    ]


def _completed(document: Incoming, stem: str) -> Incoming:
    """The document with proposals for what its file did not say: title, speaker, source, date, language."""
    proposal = propose(document.text)
    offered = {"speaker": proposal.speaker, "source": proposal.source, "date": proposal.date}
    details = {name: words for name, words in offered.items() if words} | document.details
    row = f" {document.details['row']}" if "row" in document.details else ""
    title = document.title or proposal.title or stem + row
    language = document.language if TAG.fullmatch(document.language) else likely(document.text)
    return replace(document, title=title, details=details, language=language)


def _below(folder: Path) -> list[Path]:
    found: list[Path] = []

    def keep(error: OSError) -> None:
        found.append(Path(error.filename))

    for place, folders, files in os.walk(folder, onerror=keep):
        folders[:] = sorted((name for name in folders if not NOT_OURS.match(name)), key=_by_number)
        here = (Path(place, name) for name in sorted(files, key=_by_number) if not NOT_OURS.match(name))
        found += [path for path in here if not _is_hidden(path)]
    return found


def _is_hidden(path: Path) -> bool:
    """Whether Windows hides a file; elsewhere its name tells."""
    return bool(getattr(path.lstat(), "st_file_attributes", 0) & HIDDEN_OR_SYSTEM)


def _by_number(name: str) -> list[tuple[int, str]]:
    """A key that puts "2.txt" before "10.txt"."""
    parts = DIGITS.split(name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
