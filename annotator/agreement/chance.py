"""Agreement corrected for chance, of ratings: one value a unit and coder, any number of coders, missing values allowed.

Letters in shapes: U units, G coders, q categories of the codebook (used or not: S and AC depend on it). Ratings are
(U, G) numbers of categories, negative where missing; counts are (U, q), how many coders gave a unit each category. Weights
are (q, q), 1 for full agreement; without any, only equal categories agree. All coefficients are (Ao - Ae) / (1 - Ae); what
is undefined is NaN. Units that one coder or none rated say nothing about observed agreement.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np


class Estimate(NamedTuple):
    """A coefficient with its observed and expected agreement, and Gwet's analytic standard error over units (Gwet 2014,
    Handbook of Inter-Rater Reliability, ch. 5), which takes units for independent. NaN is undefined."""

    value: float
    observed: float
    expected: float
    se: float = np.nan


UNDEFINED = Estimate(np.nan, np.nan, np.nan)


def counts_of(ratings: np.ndarray, q: int) -> np.ndarray:
    """(U, q) counts of ratings (U, G)."""
    units, coders = np.nonzero(ratings >= 0)
    return (
        np.bincount(units * q + ratings[units, coders], minlength=len(ratings) * q)
        .reshape(len(ratings), q)
        .astype(float)
    )


def ratings_of(table: np.ndarray) -> np.ndarray:
    """(U, 2) ratings of a table (q, q) of whole numbers, the first coder's categories in its rows."""
    first, second = np.indices(table.shape)
    return np.repeat(np.stack([first.ravel(), second.ravel()], 1), np.asarray(table, int).ravel(), axis=0)


def closeness(kind: str, values: np.ndarray) -> np.ndarray:
    """Weights (q, q) of the scores of the categories: "identity", "linear" 1 - |i - j| / range or "quadratic" its square
    (Cohen 1968, Weighted kappa). Raises ValueError for another kind."""
    if kind == "identity":
        return np.eye(len(values))
    scores = np.asarray(values, float)
    apart = np.abs(scores[:, None] - scores)
    apart /= max(apart.max(initial=0.0), 1e-300)
    if kind == "linear":
        return 1 - apart
    if kind == "quadratic":
        return 1 - apart**2
    raise ValueError(kind)


# From counts ----------------------------------------------------------------------------------------------------------


def percent(counts: np.ndarray, weights: np.ndarray | None = None) -> Estimate:
    """Mean over units of the share of their pairs of coders who agree. Never alone: it rises with prevalence."""
    work = _Counts(counts, weights)
    return work.estimate(0.0, np.zeros(len(counts)))


def brennan_prediger(counts: np.ndarray, weights: np.ndarray | None = None) -> Estimate:
    """Bennett's S, Brennan and Prediger's kappa, Randolph's free-marginal kappa: Ae = sum W / q^2 (Bennett, Alpert &
    Goldstein 1954; Brennan & Prediger 1981; Randolph 2005). Of two categories it is PABAK, 2 Ao - 1."""
    work = _Counts(counts, weights)
    expected = float(work.weights.mean()) if work.q else np.nan
    return work.estimate(expected, np.full(len(counts), expected))


def fleiss(counts: np.ndarray, weights: np.ndarray | None = None) -> Estimate:
    """Fleiss' kappa, the pi of several coders: Ae = sum of W p_c p_k, p_c the mean over units of n_uc / r_u (Fleiss 1971,
    Measuring nominal scale agreement among many raters). Of two coders without missing values it is Scott's pi."""
    work = _Counts(counts, weights)
    near = (work.weights + work.weights.T) @ work.shares / 2
    return work.estimate(float(work.shares @ work.weights @ work.shares), work.by_unit @ near)


def gwet(counts: np.ndarray, weights: np.ndarray | None = None) -> Estimate:
    """Gwet's AC1, with weights AC2: Ae = sum W / (q (q - 1)) sum of p_c (1 - p_c) (Gwet 2008, Computing inter-rater
    reliability and its variance in the presence of high agreement; 2014 for AC2). Of one category there is none."""
    work = _Counts(counts, weights)
    if work.q < 2:
        return UNDEFINED
    share = work.weights.sum() / (work.q * (work.q - 1))
    return work.estimate(
        float(share * (work.shares * (1 - work.shares)).sum()), share * work.by_unit @ (1 - work.shares)
    )


def fleiss_by_category(counts: np.ndarray) -> np.ndarray:
    """(q,) Fleiss' kappa of each category against the rest: 1 - sum_u n_uc (r - n_uc) / (N r (r - 1) p_c (1 - p_c)), where
    units may have different r (Fleiss 1971)."""
    found = [fleiss(np.stack([column, counts.sum(1) - column], 1)).value for column in counts.T]
    return np.array(found)


def krippendorff(counts: np.ndarray, weights: np.ndarray | None = None) -> Estimate:
    """Krippendorff's alpha as agreement: Ao of values and not of units, brought up by 1 / n for small samples, Ae of their
    margins; 1 - Do / De is the same (Krippendorff 2011). The standard error is Gwet's (2014, ch. 5)."""
    weights = np.eye(counts.shape[1]) if weights is None else weights
    pairable = counts[counts.sum(1) >= 2]
    rated = pairable.sum(1)
    n, units = rated.sum(), len(pairable)
    if not n:
        return UNDEFINED
    mean = n / units
    shares = pairable.sum(0) / n
    near = pairable * (pairable @ weights.T - 1)
    by_unit = near.sum(1) / (mean * (rated - 1))
    bare = by_unit.mean()
    observed, expected = (1 - 1 / n) * bare + 1 / n, float(shares @ weights @ shares)
    if _is_one(expected):
        return Estimate(np.nan, observed, expected)
    value, plain = ((share - expected) / (1 - expected) for share in (observed, bare))
    more = (rated - mean) / mean
    agreed = (by_unit - bare * more - expected) / (1 - expected)
    chance = pairable @ ((weights + weights.T) @ shares / 2) / mean - expected * more
    linear = agreed - 2 * (1 - plain) * (chance - expected) / (1 - expected)
    return Estimate(value, observed, expected, _standard_error(linear, plain))


class _Counts:
    """What every coefficient of counts needs: agreement by unit, and shares of the categories."""

    def __init__(self, counts: np.ndarray, weights: np.ndarray | None):
        self.q = counts.shape[1]
        self.weights = np.eye(self.q) if weights is None else np.asarray(weights, float)
        counts = counts[counts.sum(1) > 0]
        rated = counts.sum(1)
        self.pairable = rated >= 2
        pairs = np.where(self.pairable, rated * (rated - 1), 1)
        self.agreeing = np.where(self.pairable, (counts * (counts @ self.weights.T - 1)).sum(1) / pairs, 0)
        self.by_unit = counts / rated[:, None]
        self.shares = self.by_unit.mean(0) if len(counts) else np.full(self.q, np.nan)

    def estimate(self, expected: float, by_unit: np.ndarray) -> Estimate:
        """`by_unit` (U,) is each unit's part in the expected agreement."""
        n, with_two = len(self.pairable), int(self.pairable.sum())
        if not with_two:
            return UNDEFINED
        observed = float(self.agreeing.sum() / with_two)
        if _is_one(expected):
            return Estimate(np.nan, observed, expected)
        value = (observed - expected) / (1 - expected)
        agreed = n / with_two * (self.agreeing - expected * self.pairable) / (1 - expected)
        linear = agreed - 2 * (1 - value) * (by_unit[:n] - expected) / (1 - expected)
        return Estimate(value, observed, expected, _standard_error(linear, value))


# From ratings: who gave which -----------------------------------------------------------------------------------------


def conger(ratings: np.ndarray, q: int, weights: np.ndarray | None = None) -> Estimate:
    """Conger's kappa, the true Cohen's kappa of several coders: Ae is the mean over pairs of coders of sum W p_gc p_hk, with
    p_g over the units that g rated (Conger 1980; Davies & Fleiss 1982). The standard error is of the linearised
    coefficient, as Gwet's."""
    weights = np.eye(q) if weights is None else np.asarray(weights, float)
    ratings = ratings[(ratings >= 0).any(1)][:, (ratings >= 0).any(0)]
    coders = ratings.shape[1]
    if coders < 2:
        return UNDEFINED
    work = _Counts(counts_of(ratings, q), weights)
    margins = np.stack([np.bincount(column[column >= 0], minlength=q) for column in ratings.T]).astype(float)
    rated = margins.sum(1)
    shares = margins / rated[:, None]
    both = (weights + weights.T) / 2
    others = (shares.sum(0) - shares) @ both / (coders * (coders - 1))  # what each coder's share of a category adds
    expected = float((shares * others).sum())
    by_unit = np.full(len(ratings), expected)
    for g, column in enumerate(ratings.T):
        there = np.flatnonzero(column >= 0)
        by_unit[there] += len(ratings) / rated[g] * (others[g][column[there]] - shares[g] @ others[g])
    return work.estimate(expected, by_unit)


def cohen(table: np.ndarray, weights: np.ndarray | None = None) -> Estimate:
    """Cohen's kappa of a table (q, q) of two coders, with weights his weighted kappa: Ae = sum of W p_c p_k (Cohen 1960,
    1968). A coder who never uses a category leaves it defined: often it is exactly 0."""
    return _of_table(table, weights, lambda first, second: (first, second))


def scott(table: np.ndarray, weights: np.ndarray | None = None) -> Estimate:
    """Scott's pi of a table (q, q) of two coders: chance as if both drew from their common shares (Scott 1955)."""
    return _of_table(table, weights, lambda first, second: ((first + second) / 2, (first + second) / 2))


def _of_table(table: np.ndarray, weights: np.ndarray | None, drawn) -> Estimate:
    table = np.asarray(table, float)
    weights = np.eye(len(table)) if weights is None else weights
    if not table.sum():
        return UNDEFINED
    shares = table / table.sum()
    first, second = drawn(shares.sum(1), shares.sum(0))
    observed, expected = float((weights * shares).sum()), float(first @ weights @ second)
    if _is_one(expected):
        return Estimate(np.nan, observed, expected)
    return Estimate((observed - expected) / (1 - expected), observed, expected)


def light(ratings: np.ndarray, q: int, weights: np.ndarray | None = None) -> float:
    """Light's kappa: the mean of the kappas of all pairs of coders (Light 1971). Neither Conger's nor Fleiss'; NaN where the
    kappa of a pair is undefined."""
    found = [cohen(table, weights).value for table in tables_of(ratings, q)]
    return float(np.mean(found)) if found else np.nan


def tables_of(ratings: np.ndarray, q: int) -> Iterator[np.ndarray]:
    """The table (q, q) of each pair of coders, over the units that both rated."""
    for g, h in combinations(range(ratings.shape[1]), 2):
        first, second = ratings[:, g], ratings[:, h]
        both = (first >= 0) & (second >= 0)
        yield np.bincount(first[both] * q + second[both], minlength=q * q).reshape(q, q)


def holsti(agreements: float, first: float, second: float) -> float:
    """Holsti's coefficient of reliability, 2 M / (N1 + N2) (Holsti 1969): of spans it is their F1."""
    return 2 * agreements / (first + second) if first + second else np.nan


def _is_one(expected: float) -> bool:
    return 1 - expected < 1e-12


def _standard_error(linear: np.ndarray, value: float) -> float:
    n = len(linear)
    return float(np.sqrt(((linear - value) ** 2).sum() / (n * (n - 1)))) if n > 1 else np.nan
