"""Agreement coefficients as functions of sums. Axes before the last one or two are stacks (a bootstrap's replicates).

What is undefined is NaN, never an error: `report` says why.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from annotator.agreement.sums import Binary, CoderShares, Crossing, SetSums, SpanSums

if TYPE_CHECKING:
    from scipy.sparse import csr_array

BLOCK = 512  # rows of the distance table held at a time
DIGITS = 12  # what sums in another order would change is not told


def ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """part / whole, and NaN where the whole is 0."""
    part, whole = np.broadcast_arrays(np.asarray(part, float), np.asarray(whole, float))
    return np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)


def rounded(value: float) -> float | None:
    """A value as it is told; None for NaN."""
    return round(float(value), DIGITS) + 0.0 if np.isfinite(value) else None


def percent(sums: Binary | SetSums) -> np.ndarray:
    """Share of pairs of coders who gave a unit the same value, as a mean over units with two coders or more."""
    return ratio(sums.agreeing, sums.units)


def alpha_binary(sums: Binary) -> np.ndarray:
    """Krippendorff's alpha of one code against the rest: 1 - (n - 1)(n_c - o_cc) / (n_c (n - n_c)), with n values, n_c of
    them the code and o_cc code-code coincidences. Krippendorff 2004, Content Analysis (2nd ed.), ch. 11; missing values
    as in Krippendorff 2011, Computing Krippendorff's Alpha-Reliability."""
    observed = (sums.values - 1) * (sums.ones - sums.matches)
    return 1 - ratio(observed, sums.ones * (sums.values - sums.ones))


def alpha_sets(values: np.ndarray, apart: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Krippendorff's alpha of whole sets of codes: 1 - (n - 1) Do / sum over sets of n_s n_t d(s, t), with n values, n_s of
    them set s, Do their distances within units, and the sum as `expected_nominal` or `expected_masi` tell it
    (Krippendorff 2011)."""
    return 1 - ratio((values - 1) * apart, expected)


def expected_nominal(weights: np.ndarray, margins: "csr_array") -> np.ndarray:
    """(R, 1): n^2 - sum of n_s^2, where two sets are the same or not. Margins (D, S), weights of documents (R, D)."""
    total = weights @ margins.sum(1)[:, None]
    apart = total**2 - products(weights, margins, margins)
    return np.where(apart > 0.5, apart, 0)


def expected_masi(weights: np.ndarray, margins: "csr_array", members: np.ndarray) -> np.ndarray:
    """(R, 1): sum over sets of n_s n_t d(s, t) with d as in Passonneau 2006, Measuring agreement on set-valued items,
    LREC. Members (S, Q) bool. Where documents are fewer than sets, it goes by pairs of documents: the distances are
    looked at once and not for each row of weights."""
    used = np.flatnonzero(margins.sum(0))
    margins, members = margins.tocsc()[:, used], members[used]
    documents = weights.shape[1]
    by_document = documents < len(used)
    added = np.zeros((documents, documents)) if by_document else weights @ margins
    expected = np.zeros(len(weights))
    for block, far in _masi_blocks(members):
        if by_document:
            added += margins[:, block] @ (far @ margins.T)
        else:
            expected += (added[:, block] * (added @ far.T)).sum(1)
    if by_document:
        expected = ((weights @ added) * weights).sum(1)
    return expected[:, None]


def _masi_blocks(members: np.ndarray) -> Iterator[tuple[slice, np.ndarray]]:
    """The distances of all sets (S, S), some rows at a time; looked up by how many codes two sets have and share."""
    sets, size = members.astype(np.float32), members.sum(1)
    most = int(size.max(initial=0)) + 1
    shared, one, two = np.ogrid[:most, :most, :most]
    known = masi_distance(np.minimum(shared, np.minimum(one, two)), one, two).ravel()
    for at in range(0, len(sets), BLOCK):
        block = slice(at, at + BLOCK)
        place = (sets[block] @ sets.T).astype(np.int32) * most**2
        place += (size[block, None] * most + size).astype(np.int32)
        yield block, known[place]


def products(weights: np.ndarray, first: "csr_array", second: "csr_array") -> np.ndarray:
    """(R, 1): sum over sets of the first times the second, each (D, S) added up over weighted documents."""
    documents, sets = first.shape or (0, 0)
    if documents < sets:
        return ((weights @ (first @ second.T).toarray()) * weights).sum(1, keepdims=True)
    return ((weights @ first) * (weights @ second)).sum(1, keepdims=True)


def masi_distance(shared: np.ndarray, one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """1 - J M from the sizes of an intersection and of the two sets. J is Jaccard's index; M is 1 for equal sets, 2/3
    where one holds the other, 1/3 where they overlap, 0 where they do not (Passonneau 2006). Two empty sets are equal."""
    union = one + two - shared
    near = np.where(shared == np.minimum(one, two), 2 / 3, 1 / 3)
    near = np.where(shared == union, 1, np.where(shared == 0, 0, near))
    return 1 - near * np.where(union == 0, 1, shared / np.maximum(union, 1))


def jaccard_distance(shared: np.ndarray, one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """1 - J from the sizes of an intersection and of the two sets; two empty sets are equal."""
    union = one + two - shared
    return 1 - np.where(union == 0, 1, shared / np.maximum(union, 1))


def kappa(sums: Crossing) -> np.ndarray:
    """Cohen's kappa of each code against the rest: (Ao - Ae) / (1 - Ae), Ae = p1 p2 + (1 - p1)(1 - p2). Cohen 1960, A
    coefficient of agreement for nominal scales. A coder who never uses the code makes it exactly 0. (Of whole sets Ae is
    the sum over sets of p1 p2: `chance_corrected` with `products`.)"""
    first, second, n = sums.first, sums.second, sums.units
    return chance_corrected(sums.agreeing, first * second + (n - first) * (n - second), n)


def chance_corrected(agreeing: np.ndarray, expected: np.ndarray, n: np.ndarray) -> np.ndarray:
    """(Ao - Ae) / (1 - Ae) from Ao n, Ae n^2 and n; NaN when chance alone would always agree."""
    return ratio(agreeing * n - expected, np.where(n**2 - expected > 0.5, n**2 - expected, 0))


def of_one_code(sums: Binary, shares: CoderShares) -> dict[str, np.ndarray]:
    """(R, Q) of each code against the rest, by name: Fleiss' kappa, which of two coders is Scott's pi, Conger's kappa, Gwet's
    AC1 and Brennan and Prediger's S, each with the papers of `chance`, where the same stand for ratings of any kind."""
    observed, common = percent(sums), ratio(shares.common, sums.units)
    units = shares.units[..., None]
    own = ratio(shares.ones.reshape(*units.shape[:-1], -1), units)
    own = np.where(units > 0, own, 0)
    present = (units[..., 0] > 0).sum(-1)[:, None]
    both = own.sum(1) ** 2 - (own**2).sum(1)
    neither = (present - own.sum(1)) ** 2 - ((1 - own) ** 2 * (units > 0)).sum(1)
    pairs = ratio(both + neither, present * (present - 1))
    by_chance = common**2 + (1 - common) ** 2
    return {
        "pi": corrected(observed, by_chance),
        "fleiss": corrected(observed, by_chance),
        "conger": corrected(observed, pairs),
        "ac1": corrected(observed, 2 * common * (1 - common)),
        "s": corrected(observed, np.full_like(observed, 0.5)),
    }


def corrected(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """(Ao - Ae) / (1 - Ae) from shares; NaN where chance alone would always agree, or nothing was observed."""
    observed, expected = np.broadcast_arrays(observed, expected)
    left = 1 - expected
    return np.divide(observed - expected, left, out=np.full(left.shape, np.nan), where=left > 1e-12)


def f1(sums: SpanSums) -> np.ndarray:
    """2 tp / (|A| + |B|): the mean of precision and recall that treats both coders alike. For several coders the pairs
    are added up. Hripcsak & Rothschild 2005, Agreement, the F-measure, and reliability in information retrieval."""
    return ratio(2 * sums.matched, sums.first + sums.second)


def precision(sums: SpanSums) -> np.ndarray:
    """tp / |B|: the share of the second coder's spans that the first, taken as the reference, has too."""
    return ratio(sums.matched, sums.second)


def recall(sums: SpanSums) -> np.ndarray:
    """tp / |A|: the share of the first coder's spans, taken as the reference, that the second has too."""
    return ratio(sums.matched, sums.first)


# Ratings --------------------------------------------------------------------------------------------------------------


def alpha(coincidences: np.ndarray, distances: np.ndarray) -> np.ndarray:
    """Krippendorff's alpha, 1 - (n - 1) sum o_ck d_ck / sum n_c n_k d_ck, of coincidences (..., q, q) and squared
    distances (q, q), or (..., q, q) where they depend on the data, as those of ordinal values do (Krippendorff 2011)."""
    margins = coincidences.sum(-1)
    expected = (margins[..., :, None] * margins[..., None, :] * distances).sum((-1, -2))
    return 1 - ratio((margins.sum(-1) - 1) * (coincidences * distances).sum((-1, -2)), expected)


def distances(values: np.ndarray, level: str, margins: np.ndarray) -> np.ndarray:
    """Squared distances of q values by level of measurement (Krippendorff 2011): nominal 1; ordinal (sum of n_g from c to
    k, less half of n_c and n_k)^2, by the margins (..., q); interval (c - k)^2; ratio ((c - k) / (c + k))^2."""
    q = margins.shape[-1]
    if level == "nominal":
        return 1 - np.eye(q)
    if level == "ordinal":
        middle = np.cumsum(margins, -1) - margins / 2
        return (middle[..., :, None] - middle[..., None, :]) ** 2
    apart = values[:, None] - values[None]
    if level == "interval":
        return apart**2
    return np.nan_to_num(ratio(apart**2, (values[:, None] + values[None]) ** 2))
