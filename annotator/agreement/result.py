"""What a study comes to: rows of numbers with intervals and reasons, and all that is needed to make them again."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from annotator.agreement.attributes import Agreed
from annotator.agreement.decomposition import Decomposition
from annotator.agreement.prevalence import Balance
from annotator.agreement.words import FLOOR, RELIABLE


@dataclass(frozen=True, slots=True)
class Row:
    """One number. `code` None is all codes together; of precision and recall the first coder is the reference. An undefined
    value is None, and `reason` says why; it also tells what to know about a missing or doubtful interval."""

    code: str | None
    coders: tuple[str, ...]
    unit: str
    measure: str
    variant: str
    value: float | None
    low: float | None
    high: float | None
    n: int  # units compared; of span measures the spans of both coders, of unitizing the characters of the text
    documents: int  # that two or more of these coders coded
    reason: str = ""
    lowest: float | None = None  # of the values with each document left out in turn, where they are too few to be drawn
    highest: float | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """How often a code was given in the documents compared."""

    code: str
    spans: int
    documents: int
    by_coder: tuple[int, ...]
    share: float | None = None  # of the units coded, a mean over coders; None when no units were counted


@dataclass(frozen=True, slots=True)
class Headline:
    """The number that stands for the study, and the share of resamples below .667 and .800 (of alphas only)."""

    row: Row
    below: dict[str, float]

    @classmethod
    def of(cls, row: Row, replicates: np.ndarray) -> "Headline":
        """From the row and the replicates of its value, NaN where undefined."""
        return cls(row, below(row, replicates))

    def facts(self) -> dict:
        """As the settings of a file tell it."""
        fields = ("unit", "measure", "variant", "value", "low", "high")
        return {**{name: getattr(self.row, name) for name in fields}, "below": self.below}


def below(row: Row, replicates: np.ndarray) -> dict[str, float]:
    """The share of resamples below .667 and .800, of a coefficient with an interval that is read against them."""
    judged = row.measure in ("alpha", "unitizing") and row.variant != "coverage" and row.low is not None
    values = replicates[np.isfinite(replicates)]
    return {str(line): float((values < line).mean()) for line in (FLOOR, RELIABLE)} if judged else {}


@dataclass(frozen=True, slots=True)
class Matrix:
    """One measure coder by coder: rows[g][h] is the pair's, None on the diagonal; without[g] that of all coders but g."""

    coders: tuple[str, ...]
    rows: tuple[tuple[Row | None, ...], ...]
    without: tuple[Row | None, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """All numbers with all that is needed to make them again. What the disagreement is made of and the agreement on
    attributes are there when the study has whole annotations."""

    settings: dict
    rows: tuple[Row, ...]
    uses: tuple[Use, ...]
    headline: Headline
    makeup: Decomposition | None = None
    attributes: tuple[Agreed, ...] = ()
    below: Mapping[tuple[str, str], dict[str, float]] = field(default_factory=dict)  # measure and variant of all codes
    prevalence: tuple[Balance, ...] = ()  # of each code; none where no units were counted

    def find(
        self, measure: str, variant: str, *, code: str | None = None, coders: Collection[str] | None = None
    ) -> Row | None:
        """The row of a measure for a code (None: all codes) and coders (None: all), in any order."""
        who = set(coders or self.settings["coders"])
        for row in self.rows:
            if (row.measure, row.variant, row.code) == (measure, variant, code) and set(row.coders) == who:
                return row
        return None

    def variants(self) -> list[tuple[str, str]]:
        """The (measure, variant) there are, in the order of the rows."""
        return list(dict.fromkeys((row.measure, row.variant) for row in self.rows))

    def matrix(self, measure: str, variant: str, *, code: str | None = None) -> Matrix:
        """A measure for each pair of coders."""
        names = tuple(self.settings["coders"])
        pairs = {frozenset(p): self.find(measure, variant, code=code, coders=p) for p in combinations(names, 2)}
        rows = tuple(tuple(pairs.get(frozenset((one, two))) for two in names) for one in names)
        rest = [[other for other in names if other != one] for one in names]
        without = (self.find(measure, variant, code=code, coders=r) if len(r) > 1 else None for r in rest)
        return Matrix(names, rows, tuple(without))
