"""Gamma, gamma-cat and gamma-k of a study: all documents together, with intervals, and the error of their random continua.

Observed and expected disorders of documents are added up, each times its units, and one ratio is taken of the sums; of
gamma-cat and gamma-k the weighted distances of aligned pairs are. That is also what is resampled.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

import numpy as np

from annotator.agreement import pooled
from annotator.agreement.coefficients import ratio, rounded
from annotator.agreement.ends import drawn, ends
from annotator.agreement.gamma import ALIKE, PRECISION, Measure
from annotator.agreement.pooled import Pooled
from annotator.agreement.result import Result, Row
from annotator.agreement.sums import Coding
from annotator.agreement.units import Study, stop_if

MEASURES = ("gamma", "gamma_cat", "gamma_k")
POOLED, MEAN = "pooled", "mean"
TOO_FEW = f"{pooled.MOST} random continua a document are too few for their mean to be within {PRECISION:.0%}"
SLOW = 6  # coders of one document, from which on it takes minutes


@dataclass(frozen=True, eq=False)
class Holistic:
    """Rows of gamma, gamma-cat and gamma-k of all coders, and how they were made."""

    rows: tuple[Row, ...]
    facts: dict  # sampler, samples of each document, Monte Carlo errors, weights of place and category, seed; "errors" only
    # where something was aligned

    def find(self, measure: str, *, code: str | None = None, variant: str = POOLED) -> Row | None:
        """The row of a measure; of gamma-k for a code."""
        wanted = measure, code, variant
        return next((row for row in self.rows if (row.measure, row.code, row.variant) == wanted), None)


def holistic(
    coding: Coding,
    codes: Sequence[str],
    coders: Sequence[str],
    *,
    mean: bool = False,
    sampler: str = "shuffle",
    samples: int = 0,
    replicates: int = 1000,
    seed: int = 1,
    measure: Measure = ALIKE,
    cache: pooled.Cache | None = None,
    progress: pooled.Progress = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Holistic:
    """With `mean` also the mean of the documents' gammas, which is not what is read first: short documents weigh in it as
    long ones. `cache` keeps alignments for the next time. Raises Refused: `cancelled` said so."""
    shared = coding.shared(tuple(range(coding.coders)))
    facts = {"sampler": sampler, "place": measure.alpha, "category": measure.beta, "seed": seed}
    told = _Told(codes, tuple(coders), len(shared), replicates)
    if why := _refused(coding, shared):
        return Holistic(tuple(told.without(why)), {**facts, "samples": 0})
    sums = pooled.pooled(
        coding,
        sampler=sampler,
        samples=samples,
        seed=seed,
        measure=measure,
        cache=cache,
        progress=progress,
        check=partial(stop_if, cancelled),
    )
    found = _Numbers.of(sums, drawn(len(shared), replicates=replicates, seed=seed))
    used = np.isin(coding.document, shared)
    uses = np.bincount(coding.code[used], minlength=coding.codes)
    rows = list(told.rows(found, uses))
    if mean:
        rows.insert(1, told.mean(sums, drawn(len(shared), replicates=replicates, seed=seed)))
    samples = sums.samples if sums.units.any() else 0
    return Holistic(tuple(rows), {**facts, "samples": samples, **found.told(codes)})


def _refused(coding: Coding, shared: np.ndarray) -> str:
    """Why it cannot be computed at all; "" when it can be."""
    if coding.coders < 2:
        return "one coder alone agrees with nobody"
    if not len(shared):
        return "no document was coded by two coders"
    if coding.coded[shared].sum(1).max() > pooled.CODERS:
        return f"more than {pooled.CODERS} coders of one document: there are too many ways to align their units"
    return ""


class _Numbers(NamedTuple):
    """(1 + resamples, 2 + codes): gamma, gamma-cat, gamma-k of each code; and of the data their Monte Carlo errors."""

    values: np.ndarray
    errors: np.ndarray
    sure: bool  # as many random continua were drawn as were wanted

    @classmethod
    def of(cls, sums: Pooled, weights: np.ndarray) -> "_Numbers":
        chance = sums.units * sums.chance()
        first = 1 - ratio(weights @ (sums.units * sums.observed), weights @ chance)
        spread = sums.spread(of_mean=True) / chance.sum() if sums.samples > 1 and chance.sum() > 0 else np.nan
        columns, errors = [first], [float((1 - first[0]) * spread)]
        for code in range(sums.apart.shape[2]):
            values, error = _categorial(weights, sums.apart[:, :, code], sums.weight[:, :, code])
            columns.append(values)
            errors.append(error)
        return cls(np.stack(columns, 1), np.array(errors), sums.enough() <= sums.samples)

    def told(self, codes: Sequence[str]) -> dict:
        """The errors by measure, and those of gamma-k by code."""
        found = [rounded(error) for error in self.errors]
        by_measure = dict(zip(MEASURES[:2], found[:2], strict=True))
        return {"errors": by_measure, "errors_by_code": dict(zip(codes, found[2:], strict=True))}


def _categorial(weights: np.ndarray, apart: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, float]:
    """(R,) values of one column of gamma-cat, and of the data the Monte Carlo error."""
    far = ratio(weights @ apart, weights @ weight)  # (R, 1 + S); 0 is the data
    chance = far[:, 1:]
    there = np.isfinite(chance)
    count = there.sum(1)
    mean = ratio(np.where(there, chance, 0).sum(1), count)
    values = 1 - ratio(far[:, 0], mean)
    some = chance[0, there[0]]
    if len(some) < 2 or not mean[0] > 0:
        return values, np.nan
    return values, float((1 - values[0]) * some.std(ddof=1) / np.sqrt(len(some)) / mean[0])


class _Told(NamedTuple):
    """What rows have in common."""

    codes: Sequence[str]
    coders: tuple[str, ...]
    documents: int
    replicates: int

    def without(self, why: str) -> Iterator[Row]:
        """No numbers, and why."""
        for measure, code in self._kinds():
            yield Row(code, self.coders, "span", measure, POOLED, None, None, None, 0, self.documents, why)

    def _kinds(self) -> list[tuple[str, str | None]]:
        return [("gamma", None), ("gamma_cat", None), *(("gamma_k", code) for code in self.codes)]

    def rows(self, found: _Numbers, uses: np.ndarray) -> Iterator[Row]:
        for column, (measure, code) in enumerate(self._kinds()):
            n = int(uses.sum()) if code is None else int(uses[column - 2])
            yield self._row(measure, code, POOLED, found.values[:, column], n, "" if found.sure else TOO_FEW)

    def mean(self, sums: Pooled, weights: np.ndarray) -> Row:
        """Of the documents' own gammas, those that have one."""
        each = 1 - ratio(sums.observed, np.where(sums.units > 0, sums.chance(), 0))
        there = np.isfinite(each)
        values = ratio(weights @ np.where(there, each, 0), weights @ there.astype(float))
        return self._row("gamma", None, MEAN, values, round(float(sums.units.sum())))

    def _row(self, measure: str, code: str | None, variant: str, values: np.ndarray, n: int, more: str = "") -> Row:
        kind, value = (code, self.coders, "span", measure, variant), rounded(values[0])
        if value is None:
            return Row(*kind, None, None, None, n, self.documents, _why(measure, n))
        far = ends(values[:, None], self.documents, self.replicates)[0]
        note = "; ".join(filter(None, (far.note, more)))
        return Row(*kind, value, far.low, far.high, n, self.documents, note, far.lowest, far.highest)


def _why(measure: str, units: int) -> str:
    """Why a number is not defined."""
    if not units:
        return (
            "none of these coders marked this code" if measure == "gamma_k" else "none of these coders marked anything"
        )
    if measure == "gamma":
        return "no variation: random continua are in no disorder"
    if measure == "gamma_k":
        return "no span with this code stands against one of another coder, or by chance none would differ"
    return "no spans of two coders stand against each other, or all have one code"


def of_study(study: Study, **how) -> Holistic:
    """Of what a study compares; `how` as `holistic` takes it."""
    return holistic(study.coding, study.codes, study.coders, **how)


def joined(result: Result, found: Holistic) -> Result:
    """A result with gamma among its rows, its measures and its settings."""
    order = {code: n for n, code in enumerate((None, *result.settings["codes"]))}
    rows = sorted((*result.rows, *found.rows), key=lambda row: order[row.code])
    measures = [*result.settings["measures"], *MEASURES]
    return replace(result, rows=tuple(rows), settings={**result.settings, "measures": measures, "gamma": found.facts})
