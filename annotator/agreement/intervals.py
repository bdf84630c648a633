"""Uncertainty: documents are drawn with replacement, because the units inside one document are not independent.

The percentile interval of a bootstrap of whole documents (Field & Welsh 2007, Bootstrapping clustered data). The first
row of the weights is 1 for every document, so the point value is replicate 0 of the same arithmetic.
"""

from typing import NamedTuple, TypeVar

import numpy as np

FEW, FEWEST = 10, 5  # documents: below these an interval is flagged, or not given at all
UNDEFINED = 0.10  # the largest share of undefined replicates that an interval may leave out

Sums = TypeVar("Sums", bound=tuple)


class Interval(NamedTuple):
    """Bounds (NaN: none) and how many of the replicates were undefined and left out."""

    low: np.ndarray
    high: np.ndarray
    dropped: np.ndarray


def weights(documents: int, *, replicates: int, seed: int) -> np.ndarray:
    """(1 + replicates, documents): how often each document counts. Row 0 is every document once."""
    drawn = np.random.default_rng(seed).multinomial(documents, np.full(documents, 1 / documents), replicates)
    return np.concatenate([np.ones((1, documents)), drawn])


def added(weights: np.ndarray, sums: Sums) -> Sums:
    """Sums over documents, once for each row of weights."""
    return type(sums)(*[weights @ column for column in sums])


def percentile(replicates: np.ndarray, *, level: float = 0.95) -> Interval:
    """The middle `level` of the defined values along the first axis, interpolated as numpy does by default. No bounds
    where more than a tenth of the replicates are undefined, or none are there."""
    values = np.sort(replicates, axis=0)  # NaN last
    defined = np.isfinite(values).sum(0)
    dropped = len(values) - defined
    fits = (defined > 0) & (dropped <= UNDEFINED * len(values))
    bounds = []
    for share in ((1 - level) / 2, (1 + level) / 2):
        place = share * np.maximum(defined - 1, 0)
        below = np.floor(place).astype(int)
        if not len(values):
            bounds.append(np.full(fits.shape, np.nan))
            continue
        above = np.minimum(below + 1, np.maximum(defined - 1, 0))
        low, high = (np.take_along_axis(values, at[None], 0)[0] for at in (below, above))
        bounds.append(np.where(fits, low + (place - below) * (high - low), np.nan))
    return Interval(bounds[0], bounds[1], dropped)


def pairs_drawn(
    coincidences: np.ndarray, distances: np.ndarray, *, pairs: int, replicates: int = 1000, seed: int = 1
) -> np.ndarray:
    """(replicates,) alphas of KALPHA's own bootstrap: as many pairs of values as were compared are drawn from the
    coincidences (q, q) as if independent, and set against the expected disagreement of the data (Hayes & Krippendorff 2007,
    Answering the call for a standard reliability measure). For comparison only: pairs of one unit, and units of one
    document, are not independent, and the interval comes out far too narrow."""
    margins = coincidences.sum(-1)
    n = margins.sum()
    expected = margins @ distances @ margins / (n * (n - 1)) if n > 1 else 0.0
    if not expected > 0 or not pairs:
        return np.full(replicates, np.nan)
    drawn = np.random.default_rng(seed).multinomial(pairs, (coincidences / n).ravel(), replicates)
    return 1 - drawn @ distances.ravel() / pairs / expected


def shortfall(replicates: np.ndarray, target: float) -> np.ndarray:
    """The share of defined replicates, along the first axis, that fall below a target such as .667 or .800: how likely
    the agreement of other documents like these is to miss it. NaN without any."""
    defined = np.isfinite(replicates)
    below = (np.where(defined, replicates, np.inf) < target).sum(0)
    count = defined.sum(0)
    return np.divide(below, count, out=np.full(np.shape(below), np.nan), where=count > 0)


def without_each(documents: int) -> np.ndarray:
    """(documents, documents): every document once but one, for the range that a coefficient has when each is left out in
    turn: where documents are too few to be drawn."""
    return np.ones((documents, documents)) - np.eye(documents)


def spread(values: np.ndarray) -> Interval:
    """The lowest and highest defined value along the first axis: a range, not an interval of any confidence."""
    defined = np.isfinite(values)
    there = defined.any(0)
    low = np.where(there, np.min(np.where(defined, values, np.inf), axis=0, initial=np.inf), np.nan)
    high = np.where(there, np.max(np.where(defined, values, -np.inf), axis=0, initial=-np.inf), np.nan)
    return Interval(low, high, (~defined).sum(0))


def by_chance(value: float, permuted: np.ndarray) -> float:
    """How often coders who do not look at the text come as far: (1 + permuted values not below) / (permutations + 1), of
    the defined ones. Not a measure of reliability; for codes too rare to have an interval."""
    defined = permuted[np.isfinite(permuted)]
    if not np.isfinite(value) or not len(defined):
        return np.nan
    return float((1 + (defined >= value - 1e-12).sum()) / (len(defined) + 1))
