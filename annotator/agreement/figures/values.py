"""What each figure is told: plain values, in the order in which they are drawn, with words in the language of who looks."""

from dataclasses import dataclass, field

import numpy as np

PARTS = ("missed", "boundary", "label", "attribute")  # as they are drawn: where, where, what, the rest


@dataclass(frozen=True, slots=True)
class Point:
    """A coefficient with its interval. Undefined: None, and a reason. `few`: of so little data that it is drawn grey."""

    value: float | None
    low: float | None = None
    high: float | None = None
    few: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """How comparisons of annotations came out."""

    missed: int = 0
    boundary: int = 0
    label: int = 0
    attribute: int = 0
    match: int = 0

    @property
    def apart(self) -> tuple[int, int, int, int]:
        return self.missed, self.boundary, self.label, self.attribute

    @property
    def total(self) -> int:
        return sum(self.apart) + self.match

    @property
    def share(self) -> float:
        """Of all comparisons those that differ."""
        return sum(self.apart) / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code, or all of them: how often it was used, its share of the text, its coefficient, how it is disagreed upon."""

    name: str
    uses: int
    share: float | None
    point: Point
    made: Made = Made()
    prevalence: float | None = None  # of the units coded


@dataclass(frozen=True, slots=True)
class Forest:
    """All codes first, then each, as they were ordered."""

    what: str  # the coefficient, as the head of its scale
    rows: tuple[CodeRow, ...]
    lines: bool = True  # whether .667 and .800 mean anything here
    head: str = "Code"  # what the rows are


@dataclass(frozen=True, slots=True)
class Coders:
    """Each pair of coders, and each coder: annotations per document, and all the others without them."""

    what: str
    names: tuple[str, ...]  # short ones
    pairs: dict[tuple[int, int], Point]  # the smaller number first
    per_document: tuple[float, ...]
    without: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Kin:
    """One of the family of unitizing alphas."""

    name: str
    symbol: str
    point: Point


@dataclass(frozen=True, slots=True)
class Family:
    rows: tuple[Kin, ...]
    coverage: float | None  # the share of the text that both coders of a pair coded: what cu is about


@dataclass(frozen=True, eq=False)
class Confusion:
    """Two coders' codes against each other, counted in places. `table` (Q + 1, Q + 1) has "no code" last; of ratings (Q, Q)
    there is no such thing."""

    codes: tuple[str, ...]
    table: np.ndarray
    rows: str  # whose codes the rows are
    columns: str
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """A round on the axis of time: its documents from `first` to `last`, and what is written above them."""

    name: str
    first: int
    last: int
    days: str = ""
    codebook: str = ""
    is_anew: bool = False  # under another codebook than the stage before it


@dataclass(frozen=True, eq=False)
class Panel:
    """One coder with the others, the others among themselves, and where the gap leaves its limits."""

    name: str
    place: np.ndarray
    me: np.ndarray
    rest: np.ndarray
    apart: np.ndarray  # bool


@dataclass(frozen=True, eq=False)
class Chart:
    """Agreement over the order of coding. Places are numbers of documents from 1."""

    what: str
    place: np.ndarray
    by_document: np.ndarray
    running: np.ndarray  # NaN where too few documents came before
    window: int
    stages: tuple[Stage, ...]
    baseline: tuple[int, int] | None = None  # its first and last document
    limits: tuple[float, float] | None = None
    centre: float | None = None
    panels: tuple[Panel, ...] = ()
    outside: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))


@dataclass(frozen=True, slots=True)
class Bars:
    """The make-up of disagreement by anything: of pairs of coders, of rounds."""

    head: str
    rows: tuple[tuple[str, Made], ...]
