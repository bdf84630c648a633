"""Agreement of segmentations: how a text was cut into pieces. A segmentation is its masses, the lengths of its segments.

For exhaustive segmentations only. Of spans that leave text between them ask the unitizing family.
"""

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

Masses = Sequence[int]


class Edits(NamedTuple):
    """What turns one segmentation into another: boundaries only one has, near misses by how far they are, and matches."""

    additions: int
    misses: tuple[int, ...]
    matches: int


def boundaries(masses: Masses) -> np.ndarray:
    """Where a segmentation cuts, in units from its beginning; the ends of the text are none."""
    return np.cumsum(np.asarray(masses, int))[:-1]


def edits(first: Masses, second: Masses, near: int = 2) -> Edits:
    """The boundary edit distance of two segmentations of one text: fewest additions and deletions, with a boundary moved by
    less than `near` units as one near miss (Fournier 2013, Evaluating text segmentation using boundary edit distance).
    Raises ValueError when they are not of the same length."""
    if sum(first) != sum(second):
        raise ValueError("segmentations of texts of different length")
    one, two = set(boundaries(first).tolist()), set(boundaries(second).tolist())
    only, other = np.array(sorted(one - two)), np.array(sorted(two - one))
    misses = _near_misses(only, other, near) if len(only) and len(other) else ()
    return Edits(len(only) + len(other) - 2 * len(misses), misses, len(one & two))


def _near_misses(only: np.ndarray, other: np.ndarray, near: int) -> tuple[int, ...]:
    from scipy.optimize import linear_sum_assignment

    apart = np.abs(only[:, None] - other)
    cost = np.where(apart < near, apart / near, 2.0)
    rows, columns = linear_sum_assignment(cost)
    return tuple(int(far) for far in apart[rows, columns] if far < near)


def similarity_parts(first: Masses, second: Masses, near: int = 2) -> tuple[float, int]:
    """The agreement of two segmentations and what it is a share of, to be added up over texts."""
    found = edits(first, second, near)
    whole = found.additions + len(found.misses) + found.matches
    return whole - found.additions - sum(found.misses) / near, whole


def similarity(first: Masses, second: Masses, near: int = 2) -> float:
    """Boundary similarity B = 1 - (|A| + sum of distance / near) / (|A| + |T| + |M|), over additions, near misses and
    matches (Fournier 2013). Two texts that nobody cut are alike: 1."""
    agreed, whole = similarity_parts(first, second, near)
    return agreed / whole if whole else 1.0


def mean_similarity(coders: Sequence[Masses], near: int = 2) -> float:
    """The mean of B over all pairs of coders of one text; NaN of fewer than two."""
    found = [similarity(first, second, near) for first, second in combinations(coders, 2)]
    return float(np.mean(found)) if found else np.nan


class Segmented(NamedTuple):
    """Chance-corrected agreement of several coders on the boundaries of several texts."""

    observed: float
    pi: float
    kappa: float


def corrected(texts: Sequence[Sequence[Masses]], near: int = 2) -> Segmented:
    """Pi and kappa of segmentations: Ao is B pooled over pairs and texts. Chance is of pi the square of the share of places
    cut, as a mean over texts and coders, of kappa the mean over pairs of the product of two coders' shares, each pooled
    over texts (Fournier & Inkpen 2012, Segmentation similarity and agreement). `texts` are lists of the masses of the same
    coders, in one order. NaN where chance alone cuts everywhere, or there are no two coders."""
    parts = [similarity_parts(a, b, near) for text in texts for a, b in combinations(text, 2)]
    agreed, whole = sum(part[0] for part in parts), sum(part[1] for part in parts)
    cut = np.array([[len(masses) - 1 for masses in text] for text in texts], float)
    places = np.array([[sum(masses) - 1 for masses in text] for text in texts], float)
    observed = agreed / whole if whole else 1.0
    there = places.all(1)  # a text of one unit cannot be cut, and says nothing
    cut, places = cut[there], places[there]
    if not cut.size or cut.shape[1] < 2:
        return Segmented(observed, np.nan, np.nan)
    common = float((cut / places).mean() ** 2)
    each = cut.sum(0) / places.sum(0)
    crossed = float(np.mean([a * b for a, b in combinations(each, 2)]))
    pi, kappa = ((observed - chance) / (1 - chance) if chance < 1 else np.nan for chance in (common, crossed))
    return Segmented(observed, pi, kappa)


def window(reference: Masses) -> int:
    """Half the mean length of the reference's segments, at least 2: what WindowDiff and Pk look through."""
    return max(2, round(float(np.mean(reference)) / 2))


def window_diff(hypothesis: Masses, reference: Masses, size: int = 0) -> float:
    """The share of windows in which the two have a different number of boundaries (Pevzner & Hearst 2002). Not symmetric;
    for comparison with older work."""
    one, two = _in_windows(hypothesis, reference, size)
    return float(np.mean(one != two)) if len(one) else np.nan


def p_k(hypothesis: Masses, reference: Masses, size: int = 0) -> float:
    """The share of windows whose ends one has in the same segment and the other has not (Beeferman, Berger & Lafferty
    1999). Not symmetric; for comparison with older work."""
    one, two = _in_windows(hypothesis, reference, size)
    return float(np.mean((one > 0) != (two > 0))) if len(one) else np.nan


def _in_windows(hypothesis: Masses, reference: Masses, size: int) -> tuple[np.ndarray, np.ndarray]:
    """How many boundaries each has in every window."""
    size, length = size or window(reference), sum(reference)
    found = []
    for masses in (hypothesis, reference):
        passed = np.zeros(length + 1, int)
        passed[boundaries(masses)] = 1
        passed = np.cumsum(passed)
        found.append(passed[size:length] - passed[: max(0, length - size)])
    return found[0], found[1]
