"""How a study's agreement went over the order of coding, from its codings to arrays: all coders together, and each of them.

Where codes are one layer and spans are compared it is u-alpha; where they overlap the u-alphas of the codes, their sums
added up; of units of text alpha of the sets of codes, with the distance MASI.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from annotator.agreement import coefficients, control, unitizing
from annotator.agreement.control import Apart, Observed
from annotator.agreement.sums import Coding, Sets, project
from annotator.agreement.timeline import Timeline
from annotator.agreement.units import Study

Measure = tuple[str, str]  # as the rows of a report name it


@dataclass(frozen=True, eq=False)
class Disagreement:
    """Of a measure: how much each document differs, all coders together and each pair, in the order of the study, and how
    much chance would over some documents."""

    measure: Measure
    whole: Observed
    apart: np.ndarray  # (D, P)
    size: np.ndarray  # (D, P); 0 where not both coded
    expected: Callable[[np.ndarray], float]


def disagreement(study: Study, unit: str) -> Disagreement:
    if unit == "span":
        return _of_spans(study.coding)
    return _of_units(study, unit)


def _of_spans(coding: Coding) -> Disagreement:
    layer, everyone = unitizing.is_exclusive(coding), tuple(range(coding.coders))
    tiles = unitizing.tiles if layer else unitizing.code_tiles
    sums = tiles(coding, everyone)
    apart, size = np.zeros((2, len(coding.lengths), len(coding.pairs)))
    for n, pair in enumerate(coding.pairs):
        rows = coding.shared(pair)
        apart[rows, n], size[rows, n] = _observed(tiles(coding, pair))
    whole = Observed(*np.zeros((2, len(coding.lengths))))
    rows = coding.shared(everyone)
    whole.apart[rows], whole.size[rows] = _observed(sums)

    def expected(kept: np.ndarray) -> float:
        weights = np.isin(rows, kept).astype(float)[None]
        return float(np.mean(unitizing.by_chance(unitizing.added(weights, sums))))

    return Disagreement(("unitizing", "u"), whole, apart, size, expected)


def _observed(sums: unitizing.Tiles) -> tuple[np.ndarray, np.ndarray]:
    """Of each document the length on which coders differ, and the length; of codes one by one both added up."""
    size = sums.values.sum(-1)
    apart = size - sums.same.sum(-1)
    return (apart, size) if apart.ndim == 1 else (apart.sum(-1), size.sum(-1))


def _of_units(study: Study, unit: str) -> Disagreement:
    coding = study.coding
    units = study.sentences if unit == "sentence" else study.units(unit)
    sets, everyone = Sets(coding, units, project(coding, units)), tuple(range(coding.coders))
    sums, rows = sets.of(everyone), coding.shared(everyone)
    whole = Observed(*np.zeros((2, len(coding.lengths))))
    whole.apart[rows], whole.size[rows] = sums.apart_masi[:, 0], sums.values[:, 0]
    both = np.stack([coding.coded[:, g] & coding.coded[:, h] for g, h in coding.pairs], 1)
    size = sets.total[:, None] * both

    def expected(kept: np.ndarray) -> float:
        weights = np.isin(rows, kept).astype(float)[None]
        by_chance = coefficients.expected_masi(weights, sets.margins(everyone), sets.members)
        n = float((weights @ sums.values).item())
        return float(by_chance.item()) / (n * (n - 1)) if n > 1 else 0.0

    return Disagreement(("alpha", "masi"), whole, sets.masi, size, expected)


@dataclass(frozen=True, eq=False)
class Drift:
    """In the order of coding: of each document, of the last ones, and of each coder. None: nothing differs by chance, or
    too few documents set the limits."""

    measure: Measure
    timeline: Timeline
    by_document: np.ndarray
    running: np.ndarray
    base: tuple[int, int] | None  # the first and last place of the phase that sets the limits
    limits: tuple[float, float] | None
    centre: float | None
    coders: tuple[Apart, ...]

    @property
    def outside(self) -> np.ndarray:
        """Where the mean has left its limits, once it has a whole window in their reach."""
        if self.base is None or self.limits is None:
            return np.zeros(len(self.running), bool)
        judged = np.arange(len(self.running)) >= self.base[0] + control.WINDOW - 1
        low, high = self.limits
        return judged & np.isfinite(self.running) & ((self.running < low) | (self.running > high))


def drift(study: Study, timeline: Timeline, unit: str, *, seed: int = 1) -> Drift | None:
    """None where chance would differ on nothing, so that nothing can be said."""
    found, order = disagreement(study, unit), np.array(timeline.order)
    stages = [(phase.first, phase.last) for phase in timeline.phases]
    n = control.baseline(stages, [str(phase.codebook) for phase in timeline.phases])
    base = None if n is None else stages[n]
    first, last = base or (0, len(order) - 1)
    expected = found.expected(order[first : last + 1])
    if not expected > 1e-12:
        return None
    whole = Observed(found.whole.apart[order], found.whole.size[order])
    inside = Observed(whole.apart[first : last + 1], whole.size[first : last + 1])
    common = expected, timeline.anew
    coders = [
        control.against_others(found.apart[order], found.size[order], study.coding.pairs, g, *common, base, seed=seed)
        for g in range(len(study.coders) if len(study.coders) > 2 else 0)
    ]
    return Drift(
        found.measure,
        timeline,
        control.values(whole, expected),
        control.running(whole, *common),
        base,
        control.limits(inside, expected, seed=seed) if base else None,
        float(1 - inside.apart.sum() / inside.size.sum() / expected) if base else None,
        tuple(coders),
    )
