"""One document as it was read from a file, before it is in a project; and the file it comes from."""

import re
from dataclasses import dataclass, field

from annotator.errors import AnnotatorError, Refused
from annotator.text import canonical

CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd]")
MOST_CONTROL = 0.1  # of the characters of a text; above it this is no text


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a table, by their names in `table.columns`, become what. Each row is one document."""

    text: str
    title: str = ""
    details: tuple[str, ...] = ()
    sheet: str = ""  # of a workbook; "" is the first one that holds anything


@dataclass(frozen=True, slots=True)
class File:
    """The bytes of one file, and what a person has said about reading it."""

    name: str  # without folders
    data: bytes = field(repr=False)
    encoding: str = ""  # "" to find it out
    columns: Columns | None = None  # None for the likely ones


@dataclass(frozen=True, slots=True)
class Incoming:
    """One document as read, not yet in a project. `text` is canonical; `original` are the bytes of the whole file."""

    text: str = field(repr=False)
    filename: str
    original: bytes = field(repr=False)
    title: str = ""
    encoding: str = "utf-8"
    guessed: bool = False  # the encoding is a guess, which must be shown to a person
    replaced: int = 0  # U+FFFD put in for what could not be read or kept
    language: str = ""  # BCP 47
    details: dict = field(default_factory=dict)  # speaker, source, date, pages ...
    warnings: tuple[AnnotatorError, ...] = ()


def incoming(file: File, words: str, *, replaced: int = 0, guessed: bool = False, **more) -> Incoming:
    """A document with the words of a file, made canonical. `replaced` counts what its reader replaced already.
    Raises Refused when there are no words, or when they are mostly control characters."""
    text, lost = canonical(words)
    must_be_text(file.name, text)
    warnings = [*more.pop("warnings", ())]
    if guessed:
        warnings.append(Refused("import.guessed", filename=file.name, encoding=more["encoding"]))
    if replaced + lost:
        warnings.append(Refused("import.replaced", filename=file.name, count=replaced + lost))
    return Incoming(
        text, file.name, file.data, guessed=guessed, replaced=replaced + lost, warnings=tuple(warnings), **more
    )


def must_be_text(filename: str, text: str) -> None:
    """Raises Refused for a text without a visible character, and for one that is mostly control characters."""
    control = sum(1 for _ in CONTROL.finditer(text))
    if control > MOST_CONTROL * len(text):
        raise Refused("import.not_text", filename=filename, share=round(100 * control / len(text)))
    if not text.strip().strip("\u2060\u200b"):
        raise Refused("import.no_text", filename=filename)
