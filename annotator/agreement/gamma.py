"""Gamma: agreement of unitizing and categorising at once, by the best alignment of all coders' units.

Mathet, Widloecher & Metivier 2015, The unified and holistic method gamma; gamma-cat and gamma-k: Mathet 2017, The agreement
measure gamma-cat. The best alignment is exact: only tuples of units that no split makes better can be in it, found coder by
coder; what is left is a set packing, solved as a linear programme, and as a mixed-integer one where that has fractions.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil
from typing import Any, NamedTuple

import numpy as np

Unit = tuple[float, float, str]
AT_ONCE = 2**22  # cells of a table of candidates held at a time
CLOSE = 1e-6  # what the solver takes for equal
NEAR = 0.05  # a tuple that wastes more is seldom in a best alignment; whether it is, is proved
FIRST, PRECISION = 30, 0.02  # samples drawn at first, and how near their mean is to be to the true one
NORMAL = 1.96


@dataclass(frozen=True)
class Measure:
    """How far two units are apart: `alpha` times place plus `beta` times category, in units of `empty`, the distance of a
    unit and nothing."""

    alpha: float = 1.0
    beta: float = 1.0
    empty: float = 1.0


ALIKE = Measure()  # place and category


class Continuum:
    """The units of some coders over one text; a coder may have none."""

    def __init__(self, coders: Sequence[Sequence[Unit]]):
        self.coders = len(coders)
        flat = [(g, *unit) for g, units in enumerate(coders) for unit in units]
        self.coder = np.array([one[0] for one in flat], int)
        self.start, self.end = (np.array([one[n] for one in flat], float) for n in (1, 2))
        names = sorted({one[3] for one in flat})
        self.categories = tuple(names)
        self.category = np.array([names.index(one[3]) for one in flat], int)

    @classmethod
    def of(
        cls, coders: int, coder: np.ndarray, start: np.ndarray, end: np.ndarray, category: np.ndarray, names: tuple
    ) -> "Continuum":
        """From arrays (N,): who, from where to where, and which of the categories."""
        made = cls.__new__(cls)
        made.coders, made.coder, made.start, made.end = coders, coder, start, end
        made.category, made.categories = category, names
        return made

    def __len__(self) -> int:
        """How many units there are."""
        return len(self.coder)


class Alignment(NamedTuple):
    """The best alignment: its unitary alignments of two units or more, as rows of unit numbers by coder (-1: none), and its
    disorder. Units in no row stand alone."""

    rows: np.ndarray
    disorder: float


def place_apart(first: tuple[float, float], second: tuple[float, float]) -> float:
    """The positional dissimilarity of two units: squared sum of the distances of their ends, in lengths of both (2015,
    eq. 3)."""
    (a, b), (c, d) = first, second
    return ((abs(a - c) + abs(b - d)) / ((b - a) + (d - c))) ** 2


def align(continuum: Continuum, measure: Measure = ALIKE, *, fewest: bool = False) -> Alignment:
    """The alignment of least disorder. The optimum is often not unique; with `fewest` it is one of the fewest unitary
    alignments, as gamma-cat depends on which is taken."""
    total = len(continuum)
    if not total or continuum.coders < 2:
        return Alignment(np.zeros((0, continuum.coders), int), np.nan)
    pairs = continuum.coders * (continuum.coders - 1) / 2
    if continuum.coders == 2 and not fewest:
        rows, gain = _matched(continuum, measure)
    else:
        apart = _apart(continuum, measure)
        tuples = _tuples(continuum, apart, measure, pairs, equals=fewest)
        gains = _gain(tuples, apart, measure, pairs)
        rows, gain = _packed(tuples, gains, total, fewest=fewest)
    return Alignment(rows, float((total * measure.empty - gain) / (total / continuum.coders)))


def _apart(continuum: Continuum, measure: Measure) -> np.ndarray:
    """(N, N) dissimilarities; of units of one coder, who are never aligned, infinite."""
    everyone = np.arange(len(continuum))
    apart = _between(continuum, measure, everyone, everyone)
    apart[continuum.coder[:, None] == continuum.coder] = np.inf
    return apart


def _between(continuum: Continuum, measure: Measure, one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """Dissimilarities of some units (rows) and others (columns). It is where the time goes, so each array is used again."""
    start, end = continuum.start, continuum.end
    far, work = (np.subtract.outer(edge[one], edge[two]) for edge in (start, end))
    np.abs(far, out=far)
    far += np.abs(work, out=work)
    length = end - start
    np.add.outer(length[one], length[two], out=work)
    far /= np.maximum(work, np.finfo(float).tiny, out=work)  # two empty units of one place are 0 apart
    np.multiply(far, far, out=far)
    far *= measure.alpha * measure.empty
    far += (measure.beta * measure.empty) * np.not_equal.outer(continuum.category[one], continuum.category[two])
    return far


def _matched(continuum: Continuum, measure: Measure) -> tuple[np.ndarray, float]:
    """Of two coders the packing is an assignment."""
    from scipy.optimize import linear_sum_assignment

    one, two = (np.flatnonzero(continuum.coder == g) for g in (0, 1))
    gain = 2 * measure.empty - _between(continuum, measure, one, two)
    np.maximum(gain, 0, out=gain)
    rows, columns = linear_sum_assignment(gain, maximize=True)
    kept = gain[rows, columns] > 0
    found = np.stack([one[rows[kept]], two[columns[kept]]], 1)
    return found, float(gain[rows, columns].sum())


def _tuples(continuum: Continuum, apart: np.ndarray, measure: Measure, pairs: float, *, equals: bool) -> np.ndarray:
    """(M, coders) tuples of two units or more that may be in a best alignment, made coder by coder. A tuple that a split in
    two makes no worse is not needed, unless those that it leaves `equals` are wanted too; nor is one to go on from that no
    units of the other coders could hold together."""
    near = apart < (pairs + continuum.coders - 1) * measure.empty
    found = np.zeros((0, continuum.coders), int)
    for g in range(continuum.coders):
        mine = np.flatnonzero(continuum.coder == g)
        alone = np.full((len(mine), continuum.coders), -1)
        alone[:, g] = mine
        found = np.concatenate([found, alone, *_extended(found, mine, g, near)])
        found = found[_unsplit(found, g + 1, apart, measure, pairs, -CLOSE if equals else CLOSE**2)]
    return found[(found >= 0).sum(1) >= 2]


def _extended(found: np.ndarray, mine: np.ndarray, g: int, near: np.ndarray) -> Iterator[np.ndarray]:
    block = max(1, AT_ONCE // max(1, len(mine)))
    for first in range(0, len(found), block):
        some = found[first : first + block]
        fits = np.ones((len(some), len(mine)), bool)
        for column in some[:, :g].T:
            fits &= (column < 0)[:, None] | near[column][:, mine]
        row, which = np.nonzero(fits)
        made = some[row]
        made[:, g] = mine[which]
        yield made


def _unsplit(
    tuples: np.ndarray, made: int, apart: np.ndarray, measure: Measure, pairs: float, least: float
) -> np.ndarray:
    """Which tuples of the first coders, as many as `made`, lose more than `least` by every split in two, if the units of the
    others are as near as can be."""
    crossing = {(a, b): _worth(tuples, a, b, apart, measure) / pairs for a, b in combinations(range(made), 2)}
    kept, there = np.ones(len(tuples), bool), tuples >= 0
    for mask in range(1, 2 ** (made - 1)):
        sides = [[g for g in range(made) if (mask >> g & 1) == side] for side in (0, 1)]
        worth = sum(crossing[min(a, b), max(a, b)] for a in sides[0] for b in sides[1])
        units = [there[:, side].sum(1) for side in sides]
        more = (tuples.shape[1] - made) * np.minimum(*units) * measure.empty / pairs
        kept &= (np.minimum(*units) == 0) | (measure.empty + worth + more > least)
    return kept


def _worth(tuples: np.ndarray, a: int, b: int, apart: np.ndarray, measure: Measure) -> np.ndarray:
    """What two places of each tuple are nearer than a unit is to nothing; 0 where one is empty."""
    one, two = tuples[:, a], tuples[:, b]
    return np.where((one >= 0) & (two >= 0), measure.empty - apart[one, two], 0.0)


def _gain(tuples: np.ndarray, apart: np.ndarray, measure: Measure, pairs: float) -> np.ndarray:
    """(M,) by how much each tuple lessens the disorder against its units standing alone."""
    worth = sum(_worth(tuples, a, b, apart, measure) for a, b in combinations(range(tuples.shape[1]), 2))
    return ((tuples >= 0).sum(1) - 1) * measure.empty + worth / pairs


def _packed(tuples: np.ndarray, gains: np.ndarray, total: int, *, fewest: bool) -> tuple[np.ndarray, float]:
    """The tuples that gain most together, no unit in two of them, and what they gain. The programme without whole numbers
    prices the units, so that no packing with a tuple in it comes nearer to its gain than what that tuple `wastes`: once one
    is as near, all that waste more are out."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    if not len(tuples):
        return tuples, 0.0
    row, place = np.nonzero(tuples >= 0)
    holds = csr_array((np.ones(len(row)), (tuples[row, place], row)), shape=(total, len(tuples)))
    ways = {"method": "highs-ds", "options": {"presolve": False}}
    solved = linprog(-gains, A_ub=holds, b_ub=np.ones(total), bounds=(0, None), **ways)
    prices = -solved.ineqlin.marginals
    wastes, least = holds.T @ prices - gains, float(prices.sum())
    near, gap = NEAR, np.inf
    while True:
        whole = _rounded(holds, gains, solved.x, wastes <= near)
        gap = least - float(gains @ whole)
        if gap <= near:
            break
        near = gap + CLOSE
    if fewest:
        whole = _fewest(holds, gains, (tuples >= 0).sum(1) - 1, whole, wastes <= max(gap, 0) + CLOSE)
    chosen = whole > 0.5
    return tuples[chosen], float(gains[chosen].sum())


def _rounded(holds, gains: np.ndarray, taken: np.ndarray, kept: np.ndarray) -> np.ndarray:
    """(M,) the best packing of the tuples that are kept, from the programme without whole numbers."""
    whole, fraction = np.round(taken), np.abs(taken - np.round(taken)) > CLOSE
    for part in _groups(holds, np.flatnonzero(kept)) if fraction.any() else ():
        if fraction[part].any():
            whole[part] = _settled(holds[:, part], gains[part])
    return whole


def _fewest(holds, gains: np.ndarray, merged: np.ndarray, whole: np.ndarray, kept: np.ndarray) -> np.ndarray:
    """Among packings as good as this one, made of the tuples that are kept, one that merges most units."""
    from scipy.optimize import LinearConstraint
    from scipy.sparse import csr_array

    open_ = [part for part in _groups(holds, np.flatnonzero(kept)) if not whole[part].all()]
    if not open_:
        return whole
    some, group = np.concatenate(open_), np.repeat(np.arange(len(open_)), [len(part) for part in open_])
    by_group = csr_array((gains[some], (group, np.arange(len(some)))), shape=(len(open_), len(some)))
    least: Any = by_group @ whole[some] - CLOSE
    as_good = LinearConstraint(by_group, lb=least)
    found = whole.copy()
    found[some] = _settled(holds[:, some], merged[some].astype(float), as_good)
    return found


def _groups(holds, kept: np.ndarray) -> Iterator[np.ndarray]:
    """The groups of tuples that share units with one another."""
    from scipy.sparse import block_array
    from scipy.sparse.csgraph import connected_components

    some = holds[:, kept]
    _, which = connected_components(block_array([[None, some], [some.T, None]]), directed=False)
    which = which[holds.shape[0] :]
    order = np.argsort(which, kind="stable")
    yield from np.split(kept[order], np.flatnonzero(np.diff(which[order])) + 1)


def _settled(holds, gains: np.ndarray, *more) -> np.ndarray:
    """The exact packing of one group, under more constraints if any."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    once = LinearConstraint(holds, ub=1.0)
    ways = {"integrality": np.ones(len(gains)), "bounds": Bounds(0, 1), "options": {"mip_rel_gap": 0}}
    return np.round(milp(-gains, constraints=[once, *more], **ways).x)


# Chance ---------------------------------------------------------------------------------------------------------------

Sampler = Callable[[Continuum, np.random.Generator], Continuum]
Seed = int | Sequence[int]


def shuffled(continuum: Continuum, random: np.random.Generator) -> Continuum:
    """Each coder becomes one of the real ones, shifted round the text by a pivot; pivots lie half a mean unit apart at least
    where there is room (2015, section 5.2)."""
    low, high = continuum.start.min(), continuum.end.max()
    apart = float((continuum.end - continuum.start).mean()) / 2
    pivots, parts = list[float](), []
    for g in range(continuum.coders):
        pivots.append(_pivot(pivots, low, high, apart, random))
        taken = continuum.coder == random.integers(continuum.coders)
        start, end, category = continuum.start[taken], continuum.end[taken], continuum.category[taken]
        moved = np.where(start >= pivots[-1], low - pivots[-1], high - pivots[-1])
        parts.append((np.full(len(start), g), start + moved, end + moved, category))
    return _assembled(continuum, parts)


def _pivot(there: list[float], low: float, high: float, apart: float, random: np.random.Generator) -> float:
    pivot = random.uniform(low, high)
    for _ in range(100):
        if all(min(abs(pivot - other), (high - low) - abs(pivot - other)) >= apart for other in there):
            break
        pivot = random.uniform(low, high)
    return pivot


def statistical(continuum: Continuum, random: np.random.Generator) -> Continuum:
    """Coders who draw the number of their units, gaps and lengths from normal distributions like those of the data, and
    categories by their frequency; gaps count from the beginning of the text (so this chance is not blind to shifts)."""
    numbers = np.bincount(continuum.coder, minlength=continuum.coders)
    order = np.lexsort((continuum.start, continuum.coder))
    start, end, coder = continuum.start[order], continuum.end[order], continuum.coder[order]
    before = np.concatenate([[0.0], end[:-1]])
    before[np.concatenate([[True], coder[1:] != coder[:-1]])] = 0.0
    gaps, lengths = start - before, end - start
    shares = np.bincount(continuum.category, minlength=len(continuum.categories)) / len(continuum)
    parts = []
    for g in range(continuum.coders):
        number = abs(int(random.normal(numbers.mean(), numbers.std())))
        gap = random.normal(gaps.mean(), gaps.std(), number)
        length = np.abs(random.normal(lengths.mean(), lengths.std(), number))
        ends = np.cumsum(gap + length)
        category = random.choice(len(shares), number, p=shares)
        parts.append((np.full(number, g), ends - length, ends, category))
    return _assembled(continuum, parts)


def _assembled(continuum: Continuum, parts: list) -> Continuum:
    coder, start, end, category = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Continuum.of(continuum.coders, coder, start, end, category.astype(int), continuum.categories)


class Gamma(NamedTuple):
    """Gamma and how sure its chance is: Monte Carlo standard error, and how many samples were drawn."""

    value: float
    observed: float
    expected: float
    error: float
    samples: int


def random_continuum(continuum: Continuum, sampler: Sampler, seed: Seed, number: int) -> Continuum:
    """The random continuum of this number; each can be made without those before it."""
    return sampler(continuum, np.random.default_rng([*(seed if isinstance(seed, Sequence) else (seed,)), number]))


def of_disorders(observed: float, expected: Sequence[float]) -> Gamma:
    """Gamma from the disorder of the data and those of samples: 1 - observed / mean. NaN without units, or where chance
    has no disorder."""
    drawn = np.array([one for one in expected if np.isfinite(one)])
    mean = float(drawn.mean()) if len(drawn) else np.nan
    if not mean > 0 or not np.isfinite(observed):
        return Gamma(np.nan, observed, mean, np.nan, len(drawn))
    value = 1 - observed / mean
    error = (1 - value) * float(drawn.std(ddof=1)) / np.sqrt(len(drawn)) / mean if len(drawn) > 1 else np.nan
    return Gamma(value, observed, mean, error, len(drawn))


def gamma(
    continuum: Continuum,
    measure: Measure = ALIKE,
    *,
    sampler: Sampler = shuffled,
    samples: int = 0,
    seed: Seed = 1,
    cancelled: Callable[[], bool] = lambda: False,
) -> Gamma:
    """Gamma of one text: 1 - disorder of the best alignment / its mean over random continua. Without a number of samples as
    many are drawn as bring the mean within 2 % (95 % sure), 30 at least. Raises InterruptedError when `cancelled` says so."""
    observed = align(continuum, measure).disorder
    if not np.isfinite(observed):
        return of_disorders(observed, [])
    drawn, wanted = list[float](), samples or FIRST
    while len(drawn) < wanted:
        if cancelled():
            raise InterruptedError
        drawn.append(align(random_continuum(continuum, sampler, seed, len(drawn)), measure).disorder)
        if not samples and len(drawn) == FIRST:
            wanted = max(FIRST, enough(drawn))
    return of_disorders(observed, drawn)


def enough(drawn: Sequence[float]) -> int:
    """How many samples bring the mean as near as wanted, by the spread of these (2015, section 5.3)."""
    drawn = [one for one in drawn if np.isfinite(one)]
    mean = np.mean(drawn) if drawn else 0.0
    return ceil((NORMAL * np.std(drawn, ddof=1) / mean / PRECISION) ** 2) if mean and len(drawn) > 1 else FIRST


# Categories alone -----------------------------------------------------------------------------------------------------


class Categorial(NamedTuple):
    """The weighted disagreement on categories of aligned pairs, and the sum of their weights; of all, then by category."""

    apart: np.ndarray  # (1 + categories,)
    weight: np.ndarray


def categorial(continuum: Continuum, found: Alignment, measure: Measure, *, unaligned: bool = False) -> Categorial:
    """What gamma-cat adds up: each pair of an alignment of k units weighs max(0, 1 - alpha d_pos) / (k - 1). A public
    implementation also counts pairs with nothing, at distance `empty` squared and weight `empty`: `unaligned`."""
    kinds = len(continuum.categories)
    apart, weight = np.zeros(1 + kinds), np.zeros(1 + kinds)
    size = (found.rows >= 0).sum(1)
    for a, b in combinations(range(continuum.coders), 2):
        both = (found.rows[:, a] >= 0) & (found.rows[:, b] >= 0)
        one, two = found.rows[both, a], found.rows[both, b]
        far = np.abs(continuum.start[one] - continuum.start[two]) + np.abs(continuum.end[one] - continuum.end[two])
        lengths = continuum.end[one] - continuum.start[one] + continuum.end[two] - continuum.start[two]
        share = np.maximum(0, 1 - measure.alpha * (far / lengths) ** 2) / (size[both] - 1)
        first, second = continuum.category[one], continuum.category[two]
        differ = first != second
        apart[0] += (share * differ).sum()
        weight[0] += share.sum()
        for kind, counted in ((first, np.ones(len(first), bool)), (second, differ)):
            apart[1:] += np.bincount(kind[counted], (share * differ)[counted], kinds)
            weight[1:] += np.bincount(kind[counted], share[counted], kinds)
    if unaligned:
        alone = len(continuum) - int(size.sum())
        missing = (size * (continuum.coders - size)).sum() + alone * (continuum.coders - 1)
        apart[0] += missing * measure.empty**3
        weight[0] += missing * measure.empty
    return Categorial(apart, weight)


class GammaCat(NamedTuple):
    """Gamma-cat, gamma-k of each category, and how many samples chance was taken from."""

    value: float
    by_category: dict[str, float]
    samples: int


def gamma_cat(
    continuum: Continuum,
    measure: Measure = ALIKE,
    *,
    sampler: Sampler = shuffled,
    samples: int = FIRST,
    seed: Seed = 1,
    unaligned: bool = False,
) -> GammaCat:
    """Gamma-cat and gamma-k (Mathet 2017): agreement on the categories of aligned units, whatever their place, on the best
    alignment of the fewest unitary alignments. Random continua are shifted by any length, so that theirs hardly ever ties."""

    def disorder(one: Continuum, *, fewest: bool) -> np.ndarray:
        found = categorial(one, align(one, measure, fewest=fewest), measure, unaligned=unaligned)
        return np.divide(found.apart, found.weight, out=np.full(len(found.weight), np.nan), where=found.weight > 0)

    observed = disorder(continuum, fewest=True)
    random = (random_continuum(continuum, sampler, seed, number) for number in range(samples))
    drawn = np.array([disorder(one, fewest=False) for one in random])
    there = np.isfinite(drawn)
    expected = np.where(there, drawn, 0).sum(0) / np.maximum(there.sum(0), 1)
    found = 1 - np.divide(observed, expected, out=np.full(len(observed), np.nan), where=expected > 0)
    return GammaCat(float(found[0]), dict(zip(continuum.categories, map(float, found[1:]), strict=True)), samples)
