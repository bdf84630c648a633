"""What the window is given: plain values, in words."""

from dataclasses import dataclass
from typing import Literal

from annotator.model import Code

Kind = Literal["contested", "orphan", "barred"]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words with some of the text around them; before and after are empty where the text is not known."""

    words: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a version says: what it is called, what it says, and whether the versions differ in it."""

    name: str
    words: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """One side of what is contested."""

    id: str  # of its revision
    who: str
    device: str
    at: str
    is_shown: bool  # how it is read until somebody decides
    code: Code | None = None
    code_differs: bool = False
    quotes: tuple[Quote, ...] = ()
    quotes_differ: bool = False
    said: tuple[Said, ...] = ()
    is_gone: bool = False  # it was taken back


@dataclass(frozen=True, slots=True)
class Item:
    """One row: what it is, where it is, and what can be decided. `object` is the id of the noun, `document` and `round` are
    where one can look at it."""

    kind: Kind
    object: str
    title: str
    where: str
    document: str = ""
    round: str = ""
    versions: tuple[Version, ...] = ()
    may_keep_both: bool = False
    quotes: tuple[Quote, ...] = ()  # of an orphan: what was quoted
    there: str = ""  # of an orphan: what stands at its place now
    places: tuple[tuple[Quote, ...], ...] = ()  # of an orphan: where its words stand, the nearest first
    reason: str = ""  # of a barred step

    @property
    def id(self) -> str:
        return f"{self.kind} {self.object}"
