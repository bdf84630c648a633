"""The rows of the table of codes, as words and numbers. No window."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from annotator.agreement.intervals import FEW
from annotator.agreement.words import DASH, USES, between, number

from .computing import Key, Numbers

if TYPE_CHECKING:
    from annotator.agreement.report import Row

Order = Literal["value", "codebook", "uses"]
Few = Literal["", "documents", "uses"]


@dataclass(frozen=True, slots=True)
class Line:
    """A code, or all codes together (`code` None). `few` says why its value is doubtful."""

    code: str | None
    uses: int
    share: float | None  # of the units coded
    percent: "Row | None"
    row: "Row"

    @property
    def few(self) -> Few:
        return "documents" if self.row.documents < FEW else "uses" if self.uses < USES else ""

    @property
    def is_defined(self) -> bool:
        return self.row.value is not None

    @property
    def value(self) -> str:
        return number(self.row.value)

    @property
    def interval(self) -> str:
        """Empty where there is no value."""
        return between(self.row.low, self.row.high) if self.is_defined else ""

    @property
    def share_words(self) -> str:
        if self.code is None:
            return ""
        return DASH if self.share is None else f"{100 * self.share:.1f}%"


def lines(numbers: Numbers, key: Key, *, group: tuple[str, ...], order: Order) -> list[Line]:
    """All codes first, then each code. By value those that have none come last."""
    result = numbers.result
    places = [numbers.coders.index(name) for name in group]
    whole, found = len(group) == len(numbers.coders), []
    for use in result.uses:
        row = numbers.row(key, use.code, group)
        if row is not None:
            uses = sum(use.by_coder[g] for g in places)
            share = use.share if whole else None
            found.append(Line(use.code, uses, share, numbers.row(("percent", "nominal"), use.code, group), row))
    if order == "value":
        found.sort(key=lambda line: math.inf if line.row.value is None else -line.row.value)
    elif order == "uses":
        found.sort(key=lambda line: -line.uses)
    every, row = sum(line.uses for line in found), numbers.row(key, None, group)
    percent = numbers.row(("percent", "nominal"), None, group)
    return [*([] if row is None else [Line(None, every, None, percent, row)]), *found]


def least(found: list[Line]) -> float:
    """Where the scale begins: at 0, or at the tenth below the lowest end."""
    ends = [end for line in found for end in (line.row.value, line.row.low) if end is not None]
    return min(0.0, math.floor(min(ends, default=0.0) * 10) / 10)
