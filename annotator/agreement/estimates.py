"""The estimates of a study: each measure of each code and group of coders, of the data and of every resample of documents."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from annotator.agreement import coefficients, intervals, unitizing
from annotator.agreement.coefficients import rounded
from annotator.agreement.ends import drawn, ends
from annotator.agreement.prevalence import Balance, balances
from annotator.agreement.result import Headline, Row, Use, below
from annotator.agreement.sums import (
    Group,
    Sets,
    SpanSums,
    Units,
    binary,
    code_counts,
    coder_shares,
    crossing,
    project,
    span_counts,
    span_sums,
)
from annotator.agreement.units import Study

OF_UNITS, OF_SPANS = ("percent", "alpha", "kappa"), ("unitizing", "precision", "recall", "f1")
FUNCTIONS = ("precision", "recall", "f1")  # of matched spans
MORE = ("pi", "fleiss", "conger", "ac1", "s")  # of units too, where they are asked for
OVERLAP = "codes overlap, so that no coder's text is one layer; see each code"
NO_SETS = "sets of codes have no fixed number of categories, which this needs; see each code"
PAIRS_ONLY = ("kappa", "precision", "recall")
HEADLINES = (
    ("alpha", "masi"),
    ("alpha", "nominal"),
    ("unitizing", "u"),
    ("f1", "overlap"),
    ("percent", "nominal"),
    ("kappa", "nominal"),
)


class Estimate(NamedTuple):
    """Values (1 + replicates, columns) of one measure, a column a code; row 0 is the data themselves."""

    measure: str
    variant: str
    unit: str
    codes: Sequence[str | None]
    values: np.ndarray
    n: np.ndarray
    reasons: list[str]  # why a column would be undefined


class Work:
    """The sums of a study, and the rows of any group of its coders."""

    def __init__(
        self,
        study: Study,
        unit: str,
        measures: tuple[str, ...],
        replicates: int,
        seed: int,
        cancelled: Callable[[], bool],
    ):
        self.study, self.unit, self.measures, self.cancelled = study, unit, measures, cancelled
        self.replicates, self.seed, self.coding = replicates, seed, study.coding
        self._weights, self._replicates = dict[bytes, np.ndarray](), dict[tuple[str, str], np.ndarray]()
        self.everyone: Group = tuple(range(self.coding.coders))
        self.groups = groups(self.coding.coders)
        self.units: Units | None = None
        if set(measures) - set(OF_SPANS):
            self.units = study.units(unit, cancelled)
            given = project(self.coding, self.units)
            self.counts, self.sets = code_counts(self.coding, self.units, given), Sets(self.coding, self.units, given)
        self.of_spans = bool(set(measures) & set(OF_SPANS))
        if self.of_spans:
            self.spans = span_counts(self.coding)
        self.is_layer = unitizing.is_exclusive(self.coding)

    def rows(self, group: Group) -> list[Row]:
        """All rows of a group of coders; only the overall ones for a group that is neither everyone nor a pair."""
        documents = len(self.coding.shared(group))
        found = list[Row]()
        for estimate in self._estimates(group):
            if group == self.everyone and estimate.codes == (None,):
                self._replicates[estimate.measure, estimate.variant] = estimate.values[1:, 0]
            found += self._judged(estimate, group, documents)
        return found

    def weights(self, group: Group) -> np.ndarray:
        """Multiplicities of the documents that the group shares: the same as if nobody else had been chosen."""
        rows = self.coding.shared(group)
        if rows.tobytes() not in self._weights:
            self._weights[rows.tobytes()] = drawn(len(rows), replicates=self.replicates, seed=self.seed)
        return self._weights[rows.tobytes()]

    def _estimates(self, group: Group) -> Iterator[Estimate]:
        whole = len(group) == 2 or group == self.everyone
        if self.units is not None:
            yield from self._of_sets(group)
            if whole:
                yield from self._of_codes(group)
        if self.of_spans:
            yield from self._of_spans(group, whole)

    def _of_codes(self, group: Group) -> Iterator[Estimate]:
        sums = intervals.added(self.weights(group), binary(self.coding, self.counts, group))
        codes, n = self.study.codes, np.broadcast_to(sums.units[0], len(self.study.codes))
        used = sums.ones[0] > 0
        constant = [
            "no variation: every unit has this code" if any else "no variation: no coder used this code" for any in used
        ]
        if "percent" in self.measures:
            values = coefficients.percent(sums)
            yield Estimate("percent", "nominal", self.unit, codes, values, n, [self._none()] * len(codes))
        if "alpha" in self.measures:
            values = coefficients.alpha_binary(sums)
            yield Estimate("alpha", "nominal", self.unit, codes, values, n, constant)
        if "kappa" in self.measures and len(group) == 2:
            table = intervals.added(self.weights(group), crossing(self.coding, self.counts, group))
            yield Estimate("kappa", "nominal", self.unit, codes, coefficients.kappa(table), n, constant)
        if set(self.measures) & set(MORE):
            shares = intervals.added(self.weights(group), coder_shares(self.coding, self.counts, group))
            for measure, values in coefficients.of_one_code(sums, shares).items():
                if measure in self.measures and (measure != "pi" or len(group) == 2):
                    why = [self._none()] * len(codes) if measure == "s" else constant
                    yield Estimate(measure, "nominal", self.unit, codes, values, n, why)

    def _of_sets(self, group: Group) -> Iterator[Estimate]:
        weights, margins = self.weights(group), self.sets.margins(group)
        sums = intervals.added(weights, self.sets.of(group))
        values = {}
        if "percent" in self.measures:
            values["percent", "nominal"] = coefficients.percent(sums)
        if "alpha" in self.measures:
            far = coefficients.expected_masi(weights, margins, self.sets.members)
            apart = coefficients.expected_nominal(weights, margins)
            values["alpha", "masi"] = coefficients.alpha_sets(sums.values, sums.apart_masi, far)
            values["alpha", "nominal"] = coefficients.alpha_sets(sums.values, sums.apart, apart)
        if "kappa" in self.measures and len(group) == 2:
            first, second = (self.sets.margins(group, g) for g in group)
            chance = coefficients.products(weights, first, second)
            values["kappa", "nominal"] = coefficients.chance_corrected(sums.agreeing, chance, sums.units)
        if set(self.measures) & set(MORE):
            values |= self._more_of_sets(group, coefficients.ratio(sums.agreeing, sums.units))
        nothing = margins[:, [0]].sum() == margins.sum()
        constant = "no variation: no coder used any code" if nothing else "no variation: all units have the same codes"
        for (measure, variant), found in values.items():
            n = sums.units[0]
            reason = self._none() if measure == "percent" or not n[0] else constant
            reason = NO_SETS if measure in ("ac1", "s") else reason
            yield Estimate(measure, variant, self.unit, (None,), found, n, [reason])

    def _more_of_sets(self, group: Group, observed: np.ndarray) -> dict[tuple[str, str], np.ndarray]:
        """Of whole sets of codes as categories: how many sets there could be is unknown, which AC1 and S would need."""
        weights, chance = self.weights(group), {}
        there = self.coding.coded[self.coding.shared(group)][:, list(group)].astype(float)
        by_coder = [self.sets.margins(group, g) for g in group]
        common = self.sets.margins(group).multiply(1 / there.sum(1)[:, None]).tocsr()
        total = weights @ common.sum(1)[:, None]
        chance["pi"] = chance["fleiss"] = coefficients.ratio(coefficients.products(weights, common, common), total**2)
        rated = [weights @ one.sum(1)[:, None] for one in by_coder]
        pairs = [
            coefficients.ratio(coefficients.products(weights, by_coder[a], by_coder[b]), rated[a] * rated[b])
            for a, b in combinations(range(len(group)), 2)
        ]
        defined = np.isfinite(pairs)
        chance["conger"] = coefficients.ratio(np.where(defined, pairs, 0).sum(0), defined.sum(0))
        chance["ac1"] = chance["s"] = np.full_like(observed, np.nan)
        return {
            (name, "nominal"): coefficients.corrected(observed, by)
            for name, by in chance.items()
            if name in self.measures and (name != "pi" or len(group) == 2)
        }

    def _of_spans(self, group: Group, whole: bool) -> Iterator[Estimate]:
        if "unitizing" in self.measures:
            yield from self._of_unitizing(group, whole)
        functions = {name: getattr(coefficients, name) for name in FUNCTIONS if name in self.measures}
        for variant in ("exact", "overlap"):
            sums = span_sums(self.coding, self.spans, group, exact=variant == "exact")
            sums = intervals.added(self.weights(group), sums)
            every = SpanSums(*[column.sum(-1, keepdims=True) for column in sums])
            for codes, table in ((None,), every), (self.study.codes, sums):
                for measure, function in functions.items():
                    if (codes == (None,) or whole) and (len(group) == 2 or measure not in PAIRS_ONLY):
                        n = (table.first + table.second)[0]
                        why = self._no_spans(measure, group, codes == (None,))
                        yield Estimate(measure, variant, "span", codes, function(table), n, [why] * len(codes))

    def _of_unitizing(self, group: Group, whole: bool) -> Iterator[Estimate]:
        """Of all codes the family where they are one layer, else only whether anything is coded; of each code by itself u,
        and where there is a layer how well it is told from the others."""
        weights, length = self.weights(group), self.coding.lengths[self.coding.shared(group)].sum()
        none = "none of these coders marked anything"

        def told(variant: str, codes: Sequence[str | None], values: np.ndarray, why: str) -> Estimate:
            n = np.full(len(codes), length)
            return Estimate(
                "unitizing", variant, "span", codes, values.reshape(len(weights), -1), n, [why] * len(codes)
            )

        if self.is_layer:
            sums = unitizing.added(weights, unitizing.tiles(self.coding, group))
            yield told("u", (None,), unitizing.alpha_u(sums), none)
            yield told("bar_u", (None,), unitizing.alpha_bar_u(sums), none)
            yield told(
                "cu", (None,), unitizing.alpha_cu(sums), "no words were coded by two coders with different codes"
            )
            yield told("coverage", (None,), unitizing.coverage(sums), none)
            if whole:
                why = "no words were coded by two coders, or all with one code"
                yield told("k", self.study.codes, unitizing.alpha_k(sums), why)
        else:
            sums = unitizing.added(weights, unitizing.tiles(self.coding.as_one_code(), group))
            yield told("u", (None,), np.full(len(weights), np.nan), OVERLAP)
            yield told("bar_u", (None,), unitizing.alpha_bar_u(sums), none)
        if whole:
            sums = unitizing.added(weights, unitizing.code_tiles(self.coding, group))
            yield told("u", self.study.codes, unitizing.alpha_u(sums), "none of these coders marked this code")

    def _none(self) -> str:
        return f"these documents have no {self.unit}"

    def _no_spans(self, measure: str, group: Group, every: bool) -> str:
        what = "anything" if every else "this code"
        if measure == "f1":
            return f"none of these coders marked {what}"
        return f"{self.study.coders[group[measure == 'precision']]} did not mark {what}"

    def _judged(self, estimate: Estimate, group: Group, documents: int) -> Iterator[Row]:
        """Rows with the interval that so many documents allow."""
        found = ends(estimate.values, documents, self.replicates)
        coders = tuple(self.study.coders[g] for g in group)
        kind = estimate.unit, estimate.measure, estimate.variant
        for column, code in enumerate(estimate.codes):
            value, n, far = rounded(estimate.values[0, column]), round(float(estimate.n[column])), found[column]
            if value is None:
                reason = estimate.reasons[column] if documents else "no document was coded by both"
                yield Row(code, coders, *kind, None, None, None, n, documents, reason)
            else:
                yield Row(
                    code, coders, *kind, value, far.low, far.high, n, documents, far.note, far.lowest, far.highest
                )

    def with_codes(self) -> int:
        """How many units somebody gave a code: the others are agreed upon by leaving them alone."""
        if self.units is None:
            return 0
        given = np.unique(project(self.coding, self.units).unit)
        return round(float(self.units.weight[given].sum()))

    def uses(self) -> tuple[Use, ...]:
        coding, q = self.coding, self.coding.codes
        by_coder = np.bincount(coding.coder * q + coding.code, minlength=self.coding.coders * q).reshape(-1, q)
        documents = np.bincount(np.unique(coding.document * q + coding.code) % q, minlength=q)
        shares: list[float | None] = [None] * q
        if self.units is not None:
            sums = binary(self.coding, self.counts, self.everyone)
            values = coefficients.ratio(sums.ones.sum(0), sums.values.sum(0))
            shares = [rounded(value) for value in values]
        return tuple(
            Use(code, int(by_coder[:, c].sum()), int(documents[c]), tuple(map(int, by_coder[:, c])), shares[c])
            for c, code in enumerate(self.study.codes)
        )

    def balances(self) -> tuple[Balance, ...]:
        study = self.study
        if self.units is None:
            return ()
        return balances(self.coding, self.counts, study.codes, study.coders, self.weights, self.replicates)

    def below(self, rows: list[Row]) -> dict[tuple[str, str], dict[str, float]]:
        """What `below` says of each measure of all codes and all coders."""
        whole = [row for row in rows if row.code is None and len(row.coders) == len(self.everyone)]
        none = np.zeros(0)
        return {
            (row.measure, row.variant): below(row, self._replicates.get((row.measure, row.variant), none))
            for row in whole
        }

    def headline(self, rows: list[Row]) -> Headline:
        overall = {(row.measure, row.variant): row for row in reversed(rows) if row.code is None}
        everyone = {key: row for key, row in overall.items() if len(row.coders) == len(self.everyone)}
        among = everyone or overall
        keys = [key for key in HEADLINES + tuple(among) if key in among]
        row = among[next((key for key in keys if among[key].value is not None), keys[0])]
        return Headline.of(row, self._replicates.get((row.measure, row.variant), np.zeros(0)))


def groups(coders: int) -> list[Group]:
    """All coders together, each pair, and of four or more coders all but one."""
    everyone = tuple(range(coders))
    rest = [tuple(g for g in everyone if g != one) for one in everyone] if coders > 3 else []
    return list(dict.fromkeys([everyone, *combinations(everyone, 2), *rest]))
