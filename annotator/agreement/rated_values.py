"""Each value of a table of ratings against all others, and who gives which where another gives which."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from annotator.agreement import chance, coefficients, intervals, sums
from annotator.agreement.coefficients import rounded
from annotator.agreement.ratings import Ratings, of_all, scores
from annotator.agreement.result import Row


@dataclass(frozen=True, slots=True)
class Value:
    """A value: how often it was given, in how many rows, and the alpha of it against the rest."""

    name: str
    times: int
    rows: int
    by_coder: tuple[int, ...]
    alpha: Row


def by_value(
    ratings: Ratings, *, replicates: int, seed: int, cancelled: Callable[[], bool] | None = None
) -> tuple[Value, ...]:
    """Every value, by all coders. Krippendorff's alpha of one category against the others (Krippendorff 2004, ch. 11): the
    ratings are collapsed to two values. Raises Refused when `cancelled` says so."""
    found = []
    for n, name in enumerate(ratings.values):
        is_it = ratings.table == n
        table = np.where(ratings.table < 0, -1, is_it.astype(int))
        collapsed = replace(ratings, values=("", name), table=table)
        row = of_all(collapsed, replicates=replicates, seed=seed, cancelled=cancelled)
        by_coder = tuple(int(count) for count in is_it.sum(0))
        found.append(Value(name, sum(by_coder), int(is_it.any(1).sum()), by_coder, replace(row, code=name)))
    return tuple(found)


def drawn_by_pairs(ratings: Ratings, level: str, *, replicates: int, seed: int) -> tuple[float | None, float | None]:
    """The ends of alpha's interval as KALPHA draws it, pair by pair, for comparison with older work; see `pairs_drawn`."""
    counts = chance.counts_of(ratings.table, len(ratings.values))
    table, rated = sums.coincidences_of_counts(counts), counts.sum(1)
    far = coefficients.distances(scores(ratings, level), level, table.sum(1))
    pairs = int((rated * (rated - 1) / 2).sum())
    if not replicates or not pairs:
        return None, None
    drawn = intervals.pairs_drawn(table, far, pairs=pairs, replicates=replicates, seed=seed)
    found = intervals.percentile(drawn[:, None])
    return rounded(float(found.low[0])), rounded(float(found.high[0]))


def crossed(ratings: Ratings, one: int, two: int) -> np.ndarray:
    """(q, q): in how many rows the one coder gave a value where the other gave a value, of the rows that both rated."""
    pair = ratings.table[:, [one, two]]
    pair = pair[(pair >= 0).all(1)]
    q = len(ratings.values)
    return np.bincount(pair[:, 0] * q + pair[:, 1], minlength=q * q).reshape(q, q)
