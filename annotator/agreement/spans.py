"""Precision, recall and F1 of spans, of one document and two coders: none is the gold standard, so F1 says it all for both.

Not corrected for chance: where anything may be coded there is no counting of what both left alone, and F1 is the limit of
kappa then (Hripcsak & Rothschild 2005). Spans are (start, end, code), half-open, in code points; a span given twice counts
once. `sums.span_counts` does the first two for many documents at once, on spans that were merged.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

Spanned = tuple[int, int, str]


class Matches(NamedTuple):
    """What two coders share, and what each has; to be added up over documents."""

    matched: float
    first: float
    second: float

    @property
    def precision(self) -> float:
        """Of the second's, how much the first has too; NaN without any."""
        return self.matched / self.second if self.second else np.nan

    @property
    def recall(self) -> float:
        """Of the first's, how much the second has too; NaN without any."""
        return self.matched / self.first if self.first else np.nan

    @property
    def f1(self) -> float:
        """2 matched / (first + second); NaN when neither has any."""
        return 2 * self.matched / (self.first + self.second) if self.first + self.second else np.nan


def exact(first: Iterable[Spanned], second: Iterable[Spanned]) -> Matches:
    """Spans with the same ends and the same code."""
    one, two = {*first}, {*second}
    return Matches(len(one & two), len(one), len(two))


def overlap(first: Iterable[Spanned], second: Iterable[Spanned], *, any_code: bool = False) -> Matches:
    """Spans of one code (or of whichever) that share a character, one to one, as many as can be: else one long span would
    match ten short ones."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import maximum_bipartite_matching

    one, two = sorted({*first}), sorted({*second})
    if not one or not two:
        return Matches(0, len(one), len(two))
    meets = shared(one, two) > 0
    if not any_code:
        meets &= _same_code(one, two)
    pairs = maximum_bipartite_matching(csr_array(meets), perm_type="column")
    return Matches(int((pairs >= 0).sum()), len(one), len(two))


def characters(first: Iterable[Spanned], second: Iterable[Spanned]) -> Matches:
    """Characters that have the same code from both, added up over codes: long spans weigh more."""
    one, two = covered(first), covered(second)
    both = sum(_common(one[code], two[code]) for code in one.keys() & two.keys())
    return Matches(both, *(sum(map(_length, of.values())) for of in (one, two)))


class MucMatches(NamedTuple):
    """Spans in the manner of MUC and SemEval-2013, task 9: by boundary and code (`strict`), by boundary (`exact`), by
    boundary with half for an overlap (`partial`), by code of what overlaps (`type`)."""

    strict: Matches
    exact: Matches
    partial: Matches
    type: Matches


def muc(first: Iterable[Spanned], second: Iterable[Spanned]) -> MucMatches:
    """The four measures on one best one-to-one pairing of overlapping spans: as many as can be, the same boundary before the
    same code before neither. Public implementations pair greedily, which differs only where spans of one coder overlap."""
    from scipy.optimize import linear_sum_assignment

    one, two = sorted({*first}), sorted({*second})
    if not one or not two:
        return MucMatches(*[Matches(0, len(one), len(two))] * 4)
    meets, typed = shared(one, two) > 0, _same_code(one, two)
    bounded = np.array([[a[:2] == b[:2] for b in two] for a in one])
    worth = meets * (1 + bounded / 4 + typed / 8)
    rows, columns = linear_sum_assignment(worth, maximize=True)
    kept = meets[rows, columns]
    alike, same = bounded[rows, columns][kept], typed[rows, columns][kept]
    counts = (alike & same).sum(), alike.sum(), alike.sum() + (~alike).sum() / 2, same.sum()
    return MucMatches(*(Matches(float(count), len(one), len(two)) for count in counts))


def shared(one: list[Spanned], two: list[Spanned]) -> np.ndarray:
    """(len(one), len(two)) how many characters each two spans share."""
    a, b = (np.array([span[:2] for span in spans], int).reshape(-1, 2) for spans in (one, two))
    return np.maximum(0, np.minimum(a[:, None, 1], b[:, 1]) - np.maximum(a[:, None, 0], b[:, 0]))


def _same_code(one: list[Spanned], two: list[Spanned]) -> np.ndarray:
    return np.array([[a[2] == b[2] for b in two] for a in one])


def covered(spans: Iterable[Spanned]) -> dict[str, list[tuple[int, int]]]:
    """By code, what is covered: stretches in order that neither overlap nor touch."""
    found: dict[str, list[tuple[int, int]]] = {}
    for start, end, code in sorted(spans):
        stretches = found.setdefault(code, [])
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = stretches[-1][0], max(end, stretches[-1][1])
        else:
            stretches.append((start, end))
    return found


def _length(stretches: list[tuple[int, int]]) -> int:
    return sum(end - start for start, end in stretches)


def _common(one: list[tuple[int, int]], two: list[tuple[int, int]]) -> int:
    total, n, k = 0, 0, 0
    while n < len(one) and k < len(two):
        total += max(0, min(one[n][1], two[k][1]) - max(one[n][0], two[k][0]))
        if one[n][1] < two[k][1]:
            n += 1
        else:
            k += 1
    return total
