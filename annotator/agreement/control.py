"""Agreement over the order of coding: a running mean with limits, and each coder against the others. Arrays only.

A document's value is 1 - Do(document) / De(baseline), so that over the baseline its mean, weighted by length, is the
coefficient. Limits hold 99.7% of the means of a window of documents that are drawn from the baseline at random: what leaves
them is more than chance. A mean never reaches back over the beginning of a stage that worked with another codebook.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

WINDOW, FEWEST = 7, 4  # documents in a mean, and fewer where a stage has just begun
DRAWS = 20_000
TAILS = (0.00135, 0.99865)


class Observed(NamedTuple):
    """How much coders differ in each document, in the order of coding, and how much there was to agree on."""

    apart: np.ndarray  # (D,)
    size: np.ndarray  # (D,)


class Apart(NamedTuple):
    """One coder: with the others, the others among themselves, and where the gap between is below its limit."""

    document: np.ndarray  # (n,) places in the order of coding, from 0
    me: np.ndarray
    rest: np.ndarray
    below: np.ndarray  # bool


def values(observed: Observed, expected: float) -> np.ndarray:
    """(D,) of each document; NaN without anything to compare."""
    share = np.divide(observed.apart, observed.size, out=np.full(len(observed.size), np.nan), where=observed.size > 0)
    return 1 - share / expected


def running(observed: Observed, expected: float, starts: Sequence[int], window: int = WINDOW) -> np.ndarray:
    """(D,) mean of the last documents, weighted by length, since the last of the places at which it starts anew; NaN where
    that are too few."""
    begins = sorted({0, *starts})
    found = np.full(len(observed.apart), np.nan)
    for n in range(len(found)):
        first = max(*(start for start in begins if start <= n), n - window + 1)
        if n - first + 1 >= FEWEST and observed.size[first : n + 1].sum() > 0:
            share = observed.apart[first : n + 1].sum() / observed.size[first : n + 1].sum()
            found[n] = 1 - share / expected
    return found


def limits(observed: Observed, expected: float, *, window: int = WINDOW, seed: int = 1) -> tuple[float, float]:
    """Where 99.7% of the means of so many documents lie when they are drawn from these with replacement."""
    pick = np.random.default_rng(seed).integers(0, len(observed.apart), (DRAWS, window))
    means = 1 - observed.apart[pick].sum(1) / observed.size[pick].sum(1) / expected
    low, high = np.quantile(means, TAILS)
    return float(low), float(high)


def baseline(stages: Sequence[tuple[int, int]], books: Sequence[str], window: int = WINDOW) -> int | None:
    """Which stage, given as (first, last) place, sets the limits: of those that worked with the last codebook the first one
    with a window of documents; else the longest that has one. None: documents are too few to know."""
    long = [n for n, (first, last) in enumerate(stages) if last - first + 1 >= window]
    last = [n for n in long if books[n] == books[-1]]
    if last:
        return last[0]
    return max(long, key=lambda n: stages[n][1] - stages[n][0], default=None)


def against_others(
    apart: np.ndarray,
    size: np.ndarray,
    pairs: Sequence[tuple[int, ...]],
    coder: int,
    expected: float,
    starts: Sequence[int],
    base: tuple[int, int] | None,
    *,
    window: int = WINDOW,
    seed: int = 1,
) -> Apart:
    """`apart` and `size` (D, P) are of each pair of coders; size is 0 where not both coded. Documents count that the coder
    shares with two others at least."""
    mine = np.array([coder in pair for pair in pairs], bool)
    there = size > 0
    kept = np.flatnonzero((there[:, mine].sum(1) >= 2) & (there[:, ~mine].sum(1) >= 1))
    with_me, among = (_mean(apart[kept][:, which], there[kept][:, which]) for which in (mine, ~mine))
    length = _mean(size[kept][:, mine], there[kept][:, mine])
    begins = [int(np.searchsorted(kept, start)) for start in starts]
    me, rest = (running(Observed(part, length), expected, begins, window) for part in (with_me, among))
    below = np.zeros(len(kept), bool)
    inside = (kept >= base[0]) & (kept <= base[1]) if base else np.zeros(len(kept), bool)
    if inside.sum() >= window:
        low = limits(Observed((with_me - among)[inside], length[inside]), expected, window=window, seed=seed)[0] - 1
        judged = np.arange(len(kept)) >= np.flatnonzero(inside)[0] + window - 1
        below = judged & np.isfinite(me) & np.isfinite(rest) & (np.nan_to_num(me - rest) < low)
    return Apart(kept, me, rest, below)


def _mean(part: np.ndarray, there: np.ndarray) -> np.ndarray:
    """Over the pairs that are there."""
    return (part * there).sum(1) / np.maximum(there.sum(1), 1)
