"""The numbers of an agreement study: per code and overall, for all coders and each pair, with intervals and reasons."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import combinations
from typing import NamedTuple

import numpy as np

from annotator import __version__
from annotator.agreement import coefficients, intervals, unitizing
from annotator.agreement.attributes import Agreed, compared
from annotator.agreement.coefficients import rounded
from annotator.agreement.decomposition import Decomposition
from annotator.agreement.prevalence import Balance, balances
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
    shares,
    span_counts,
    span_sums,
)
from annotator.agreement.units import PROJECTION, UNITS, Study, stop_if
from annotator.agreement.words import FLOOR, MEASURES, RELIABLE, title
from annotator.codebook import nearest
from annotator.errors import Refused

SCHEMA = "annotator-agreement/1"
OF_UNITS, OF_SPANS = ("percent", "alpha", "kappa"), ("unitizing", "precision", "recall", "f1")
FUNCTIONS = ("precision", "recall", "f1")  # of matched spans
MORE = ("pi", "fleiss", "conger", "ac1", "s")  # of units too, where they are asked for
OVERLAP = "codes overlap, so that no coder's text is one layer; see each code"
NO_SETS = "sets of codes have no fixed number of categories, which this needs; see each code"
PAIRS_ONLY = ("kappa", "precision", "recall")
INTERVAL = "percentile, 95%; whole documents drawn with replacement"
HEADLINES = (
    ("alpha", "masi"),
    ("alpha", "nominal"),
    ("unitizing", "u"),
    ("f1", "overlap"),
    ("percent", "nominal"),
    ("kappa", "nominal"),
)

Progress = Callable[[int, int], None]  # steps done, steps in all


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


def compute(
    study: Study,
    *,
    unit: str | None = None,
    measures: Collection[str] | None = None,
    replicates: int = 1000,
    seed: int = 1,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Result:
    """Without measures: all that fit the unit (none named: the sentence), and F1 of the spans. Raises Refused: an unknown
    unit or measure, one that does not fit the other, or `cancelled` said so."""
    unit, wanted = asked_for(unit, measures)
    work = _Work(study, unit, wanted, replicates, seed, cancelled or (lambda: False))
    rows, total = list[Row](), len(work.groups)
    for done, group in enumerate(work.groups):
        stop_if(work.cancelled)
        rows += work.rows(group)
        if progress:
            progress(done + 1, total)
    order = {code: n for n, code in enumerate((None, *study.codes))}
    rows.sort(key=lambda row: order[row.code])
    uses, headline = work.uses(), work.headline(rows)
    makeup = Decomposition(_while_wanted(study.layers, work.cancelled)) if study.layers else None
    attributes = tuple(compared(study.layers, study.attributes)) if study.layers else ()
    found = makeup, attributes, work.below(rows), work.balances()
    return Result(_settings(work, uses, headline), tuple(rows), uses, headline, *found)


def _while_wanted(layers: Sequence, cancelled: Callable[[], bool]) -> Iterator:
    """One by one; raises Refused when nobody wants them any more."""
    for layer in layers:
        stop_if(cancelled)
        yield layer


def asked_for(unit: str | None, measures: Collection[str] | None) -> tuple[str, tuple[str, ...]]:
    """The unit and the measures, filled in. Raises Refused for what is unknown or does not go together."""
    offered = [name for name in MEASURES if name in (*OF_UNITS, *MORE, *OF_SPANS)]
    for kind, known, names in (("unit", UNITS, [unit] if unit else []), ("measure", offered, measures or [])):
        for name in names:
            if name not in known:
                raise Refused("agreement.unknown", kind=kind, name=name, near="; ".join(nearest(name, known)))
    if not measures:
        wanted = OF_SPANS if unit == "span" else (*OF_UNITS, "f1")
        return unit or "sentence", tuple(name for name in MEASURES if name in wanted)
    for measure in measures:
        if unit == "span" and measure not in OF_SPANS:
            advice = "It compares units of text; choose sentence, paragraph, document or character."
            raise Refused("agreement.senseless", measure=title(measure, ""), unit=unit, advice=advice)
        if unit not in (None, "span") and measure in OF_SPANS:
            raise Refused("agreement.senseless", measure=title(measure, ""), unit=unit, advice="Choose the unit span.")
    only_spans = set(measures) <= set(OF_SPANS)
    return unit or ("span" if only_spans else "sentence"), tuple(name for name in MEASURES if name in measures)


# The work -------------------------------------------------------------------------------------------------------------


class _Estimate(NamedTuple):
    """Values (1 + replicates, columns) of one measure, a column a code; row 0 is the data themselves."""

    measure: str
    variant: str
    unit: str
    codes: Sequence[str | None]
    values: np.ndarray
    n: np.ndarray
    reasons: list[str]  # why a column would be undefined


class _Work:
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
            drawn = self.replicates if len(rows) >= intervals.FEWEST else 0
            made = intervals.weights(len(rows), replicates=drawn, seed=self.seed) if len(rows) else np.ones((1, 0))
            self._weights[rows.tobytes()] = made
        return self._weights[rows.tobytes()]

    def _estimates(self, group: Group) -> Iterator[_Estimate]:
        whole = len(group) == 2 or group == self.everyone
        if self.units is not None:
            yield from self._of_sets(group)
            if whole:
                yield from self._of_codes(group)
        if self.of_spans:
            yield from self._of_spans(group, whole)

    def _of_codes(self, group: Group) -> Iterator[_Estimate]:
        sums = intervals.added(self.weights(group), binary(self.coding, self.counts, group))
        codes, n = self.study.codes, np.broadcast_to(sums.units[0], len(self.study.codes))
        used = sums.ones[0] > 0
        constant = [
            "no variation: every unit has this code" if any else "no variation: no coder used this code" for any in used
        ]
        if "percent" in self.measures:
            values = coefficients.percent(sums)
            yield _Estimate("percent", "nominal", self.unit, codes, values, n, [self._none()] * len(codes))
        if "alpha" in self.measures:
            values = coefficients.alpha_binary(sums)
            yield _Estimate("alpha", "nominal", self.unit, codes, values, n, constant)
        if "kappa" in self.measures and len(group) == 2:
            table = intervals.added(self.weights(group), crossing(self.coding, self.counts, group))
            yield _Estimate("kappa", "nominal", self.unit, codes, coefficients.kappa(table), n, constant)
        if set(self.measures) & set(MORE):
            shares = intervals.added(self.weights(group), coder_shares(self.coding, self.counts, group))
            for measure, values in coefficients.of_one_code(sums, shares).items():
                if measure in self.measures and (measure != "pi" or len(group) == 2):
                    why = [self._none()] * len(codes) if measure == "s" else constant
                    yield _Estimate(measure, "nominal", self.unit, codes, values, n, why)

    def _of_sets(self, group: Group) -> Iterator[_Estimate]:
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
            yield _Estimate(measure, variant, self.unit, (None,), found, n, [reason])

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

    def _of_spans(self, group: Group, whole: bool) -> Iterator[_Estimate]:
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
                        yield _Estimate(measure, variant, "span", codes, function(table), n, [why] * len(codes))

    def _of_unitizing(self, group: Group, whole: bool) -> Iterator[_Estimate]:
        """Of all codes the family where they are one layer, else only whether anything is coded; of each code by itself u,
        and where there is a layer how well it is told from the others."""
        weights, length = self.weights(group), self.coding.lengths[self.coding.shared(group)].sum()
        none = "none of these coders marked anything"

        def told(variant: str, codes: Sequence[str | None], values: np.ndarray, why: str) -> _Estimate:
            n = np.full(len(codes), length)
            return _Estimate(
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

    def _judged(self, estimate: _Estimate, group: Group, documents: int) -> Iterator[Row]:
        """Rows with the interval that so many documents allow."""
        replicates = estimate.values[1:]
        found = intervals.percentile(replicates)
        coders = tuple(self.study.coders[g] for g in group)
        kind = estimate.unit, estimate.measure, estimate.variant
        for column, code in enumerate(estimate.codes):
            value, low, high = (rounded(x[column]) for x in (estimate.values[0], found.low, found.high))
            n = round(float(estimate.n[column]))
            if value is None:
                reason = estimate.reasons[column] if documents else "no document was coded by both"
                yield Row(code, coders, *kind, None, None, None, n, documents, reason)
                continue
            reason = doubt(documents, self.replicates, int(found.dropped[column]), bounded=low is not None)
            yield Row(code, coders, *kind, value, low, high, n, documents, reason)

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
        return () if self.units is None else balances(self.coding, self.counts, study.codes, study.coders)

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


def of_everyone(study: Study, measures: Collection[str], *, replicates: int = 1000, seed: int = 1) -> Result:
    """The numbers of all coders together, without those of pairs: span measures beside a result of other units."""
    unit, wanted = asked_for("span" if set(measures) <= set(OF_SPANS) else None, measures)
    work = _Work(study, unit, wanted, replicates, seed, lambda: False)
    rows, uses = work.rows(work.everyone), work.uses()
    headline = work.headline(rows)
    return Result(_settings(work, uses, headline), tuple(rows), uses, headline)


def groups(coders: int) -> list[Group]:
    """All coders together, each pair, and of four or more coders all but one."""
    everyone = tuple(range(coders))
    rest = [tuple(g for g in everyone if g != one) for one in everyone] if coders > 3 else []
    return list(dict.fromkeys([everyone, *combinations(everyone, 2), *rest]))


def doubt(documents: int, replicates: int, dropped: int, *, bounded: bool, what: str = "documents") -> str:
    """What to know about the interval of a value that is defined; `what` was resampled."""
    if not replicates:
        return "no interval: no resamples were asked for"
    if documents < intervals.FEWEST:
        return f"no interval: fewer than {intervals.FEWEST} {what}"
    undefined = f"undefined in {dropped:,} of {replicates:,} resamples" if dropped else ""
    if not bounded:
        return f"no interval: {undefined}"
    notes = [f"few {what}" if documents < intervals.FEW else "", undefined and f"{undefined}, which are left out"]
    return "; ".join(note for note in notes if note)


def _settings(work: _Work, uses: tuple[Use, ...], headline: Headline) -> dict:
    study, coding = work.study, work.coding
    units = dict.fromkeys(([work.unit] if work.units is not None else []) + (["span"] if work.of_spans else []))
    counted = 0 if work.units is None else round(float(work.units.weight.sum()))
    return {
        "project": study.project,
        "coders": list(study.coders),
        "documents": list(study.documents),
        "codes": list(study.codes),
        "rounds": list(study.rounds),
        "unit": work.unit,
        "projection": {unit: PROJECTION[unit] for unit in units},
        "measures": list(work.measures),
        "q": coding.codes,
        "interval": INTERVAL,
        "replicates": work.replicates,
        "seed": work.seed,
        "counts": {
            "documents": len(study.documents),
            "units": counted,
            "spans": len(coding.start),
            "characters": int(coding.lengths.sum()),
            "marked": rounded(shares(coding)[-1]),
            "with_codes": work.with_codes(),
            "coded": {name: int(n) for name, n in zip(study.coders, coding.coded.sum(0), strict=True)},
        },
        "include_in_progress": study.include_in_progress,
        "by_search": study.by_search,
        "exclusions": [one._asdict() for one in study.exclusions],
        "places": dict(study.differences),
        "uses": [asdict(use) for use in uses],
        "headline": headline.facts(),
        "advice": asdict(study.advice),
        "version": __version__,
        "data_hash": study.data_hash,
    }
