"""The rows of the table of codes, as words and numbers. No window."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from annotator.agreement.intervals import FEW
from annotator.agreement.sums import shares
from annotator.agreement.words import DASH, USES, number, within

from .computing import Key, Numbers
from .saying import count, in_words, said

if TYPE_CHECKING:
    from annotator.agreement.figures.values import Made
    from annotator.agreement.result import Row

Order = Literal["value", "codebook", "uses"]
Few = Literal["", "documents", "uses"]


@dataclass(frozen=True, slots=True)
class Line:
    """A code, or all codes together (`code` None). `few` says why its value is doubtful; of a code with too few uses there
    are counts instead of a value."""

    code: str | None
    uses: int
    share: float | None  # of the text
    percent: "Row | None"
    row: "Row"
    used_in: int = 0  # documents
    prevalence: float | None = None  # of the units coded
    made: "Made | None" = None

    @property
    def few(self) -> Few:
        return "documents" if self.row.documents < FEW else "uses" if self.uses < USES else ""

    @property
    def too_few(self) -> bool:
        return self.code is not None and 0 < self.uses < USES

    @property
    def is_defined(self) -> bool:
        return self.row.value is not None and not self.too_few

    @property
    def reason(self) -> str:
        """Why there is no value, or what to know about it."""
        if self.too_few:
            words = in_words("{uses} in {documents}; {needed} uses are needed")
            return words.format(uses=count(self.uses, "use"), documents=count(self.used_in, "document"), needed=USES)
        return said(self.row.reason)

    @property
    def value(self) -> str:
        return number(self.row.value if self.is_defined else None)

    @property
    def interval(self) -> str:
        """Empty where there is no value."""
        return within(self.row) if self.is_defined else ""

    @property
    def share_words(self) -> str:
        return DASH if self.share is None else f"{100 * self.share:.1f}%"

    @property
    def units_words(self) -> str:
        if self.code is None:
            return ""
        return DASH if self.prevalence is None else f"{100 * self.prevalence:.1f}%"

    @property
    def apart_words(self) -> str:
        """How much of the comparisons differ."""
        return f"{100 * self.made.share:.0f}%" if self.made and self.made.total else ""


def lines(numbers: Numbers, key: Key, *, group: tuple[str, ...], order: Order) -> list[Line]:
    """All codes first, then each code. By value those that have none come last."""
    from annotator.agreement.figures import reading

    result, study = numbers.result, numbers.study
    places = [numbers.coders.index(name) for name in group]
    text, pair = shares(study.coding, places), group if len(group) < len(numbers.coders) else None
    whole, found = pair is None, []
    inside = np.isin(study.coding.coder, places)
    for n, use in enumerate(result.uses):
        row = numbers.row(key, use.code, group)
        if row is None:
            continue
        where = len(np.unique(study.coding.document[inside & (study.coding.code == n)]))
        percent = numbers.row(("percent", "nominal"), use.code, group)
        made = reading.made(result.makeup, use.code, pair)
        uses = sum(use.by_coder[g] for g in places)
        share = use.share if whole else None
        found.append(Line(use.code, uses, float(text[n]), percent, row, where, share, made))
    if order == "value":
        found.sort(key=lambda line: -line.row.value if line.is_defined and line.row.value is not None else math.inf)
    elif order == "uses":
        found.sort(key=lambda line: -line.uses)
    every, row = sum(line.uses for line in found), numbers.row(key, None, group)
    percent = numbers.row(("percent", "nominal"), None, group)
    if row is None:
        return found
    return [Line(None, every, float(text[-1]), percent, row, made=reading.made(result.makeup, None, pair)), *found]


def least(found: list[Line]) -> float:
    """Where the scale begins: at 0, or at the tenth below the lowest end."""
    shown = [line.row for line in found if line.is_defined]
    ends = [end for row in shown for end in (row.value, row.low) if end is not None]
    return min(0.0, math.floor(min(ends, default=0.0) * 10) / 10)


def longest(found: list[Line]) -> float:
    """The share at which the axis of bars ends."""
    from annotator.agreement.figures.forest import limit_of

    return limit_of([line.made for line in found if line.made is not None and line.is_defined])
