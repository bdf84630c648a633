"""Krippendorff's unitizing alphas: agreement on where spans lie and what they are, without units given in advance.

The 2016 family (Krippendorff, Mathet, Bouvry & Widloecher 2016, On the reliability of unitizing textual continua) from sums
per document: u (everything), |u (coded or not), cu (the codes of what two have coded), (k)u (one code in it). Each coder's
text is tiled with units and gaps. A coder's units of different codes must not overlap: where they may, each code is taken
by itself (`code_tiles`), and cu and (k)u do not exist. Units of one code that overlap were merged, those that touch were
not: a unit is what its coder drew.

Letters in shapes: D documents, G coders, Q codes; a gap stands behind the codes, as number Q.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from annotator.agreement.sums import Coding, Given, Group, ranges, stretches
from annotator.agreement.sums import project as given_of

TINY = 1e-9  # of the length compared: below it a difference is rounding


class Tiles(NamedTuple):
    """Lengths that coders of a group gave each value, over the documents they share, the last value being the gap. Ordered
    pairs of coders, each document's divided by its coders less one (eq. 1). Axes before the last may be stacks."""

    values: np.ndarray  # (D, Q + 1) l_c.
    same: np.ndarray  # (D, Q + 1) l_cc
    gapped: np.ndarray  # (D, Q + 1) l_c against a gap
    lumps: np.ndarray  # (D, Q + 1) K_c: squared lengths of units, plain lengths of gaps
    joint: np.ndarray  # (D, Q) K*_c over pairs: mean over partners of the squared length they have coded too
    union: np.ndarray  # (D, Q) K*_c over all: the squared length that any partner has coded too


def tiles(coding: Coding, group: Group) -> Tiles:
    """The sums of the exclusive layer of a group. Raises ValueError when a coder's units of different codes overlap."""
    if not is_exclusive(coding):
        raise ValueError("spans of different codes overlap")
    units = stretches(coding)
    given = given_of(coding, units)
    rows, q = coding.shared(group), coding.codes
    value = np.where(coding.coded[units.document], q, -1)
    value[given.unit, given.coder] = given.code
    kept = np.isin(units.document, rows)
    value, weight = value[kept][:, list(group)], units.weight[kept]
    document = np.searchsorted(rows, units.document[kept])
    share = weight / (coding.coded[rows][:, list(group)].sum(1) - 1.0)[document]
    return Tiles(
        *_coincidences(value, weight, share, document, (len(rows), q + 1)), *_lumps(coding, group, units, given)
    )


def _coincidences(
    value: np.ndarray, weight: np.ndarray, share: np.ndarray, document: np.ndarray, shape: tuple[int, int]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    margins, same, gapped = (np.zeros(shape) for _ in range(3))
    gap = shape[1] - 1
    for g, first in enumerate(value.T):
        there = first >= 0
        margins += _tally(shape, document[there], first[there], weight[there])
        for h, second in enumerate(value.T):
            both = there & (second >= 0) & (g != h)
            alike, beside = both & (first == second), both & (second == gap)
            same += _tally(shape, document[alike], first[alike], share[alike])
            gapped += _tally(shape, document[beside], first[beside], share[beside])
    return margins, same, gapped


def _tally(shape: tuple[int, int], document: np.ndarray, value: np.ndarray, weight: np.ndarray) -> np.ndarray:
    return np.bincount(document * shape[1] + value, weight, shape[0] * shape[1]).reshape(shape)


def _lumps(coding: Coding, group: Group, units, given: Given) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """K, K* over pairs and K* over all."""
    rows, q = coding.shared(group), coding.codes
    coders = len(group)
    covered = np.zeros((len(units.document), coding.coders), bool)
    covered[given.unit, given.coder] = True
    by_coder = covered[:, list(group)] * units.weight[:, None]
    passed = np.concatenate([np.zeros((1, coders)), np.cumsum(by_coder, 0)])
    kept = np.flatnonzero(np.isin(coding.coder, group) & np.isin(coding.document, rows))
    document, code = np.searchsorted(rows, coding.document[kept]), coding.code[kept]
    length = (coding.end - coding.start)[kept].astype(float)
    first, last = _reach(coding, units, kept)
    shared = passed[last] - passed[first]
    partners = coding.coded[rows][:, list(group)][document] & (np.array(group) != coding.coder[kept][:, None])
    joint = (shared**2 * partners).sum(1) / partners.sum(1)
    others = _covered_by_others(covered[:, list(group)], units.weight, group)
    union = np.empty(len(kept))
    for g, number in enumerate(group):
        mine = coding.coder[kept] == number
        union[mine] = others[last[mine], g] - others[first[mine], g]
    shape = (len(rows), q)
    lumps = np.zeros((len(rows), q + 1))
    lumps[:, :q] = _tally(shape, document, code, length**2)
    whole = coding.coded[rows][:, list(group)].sum(1) * coding.lengths[rows]
    at = np.isin(units.document, rows)
    used = np.bincount(np.searchsorted(rows, units.document[at]), by_coder[at].sum(1), len(rows))
    lumps[:, q] = whole - used
    return lumps, _tally(shape, document, code, joint), _tally(shape, document, code, union**2)


def _reach(coding: Coding, units, kept: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The stretches that each of these spans fills, from the first to one past the last."""
    at, place = coding.origin[coding.document[kept]], coding.origin[units.document]
    first = np.searchsorted(place + units.end, at + coding.start[kept], side="right")
    return first, np.searchsorted(place + units.start, at + coding.end[kept], side="left")


def _covered_by_others(covered: np.ndarray, weight: np.ndarray, group: Group) -> np.ndarray:
    """(U + 1, G) length so far that somebody else than each coder has coded."""
    others = (covered.sum(1)[:, None] - covered > 0) * weight[:, None]
    return np.concatenate([np.zeros((1, len(group))), np.cumsum(others, 0)])


def is_exclusive(coding: Coding) -> bool:
    """Whether no coder's spans of different codes overlap, so that they are one layer."""
    return not len(overlapping(coding))


def overlapping(coding: Coding) -> np.ndarray:
    """The documents in which spans of different codes of one coder overlap."""
    order = np.lexsort((coding.end, coding.start, coding.coder, coding.document))
    document, coder, start, end = (x[order] for x in (coding.document, coding.coder, coding.start, coding.end))
    same = (document[1:] == document[:-1]) & (coder[1:] == coder[:-1])
    return np.unique(document[1:][same & (start[1:] < end[:-1])])


def code_tiles(coding: Coding, group: Group) -> Tiles:
    """The sums of each code by itself against all else: axes (D, Q, 2), the code first and the rest second. Codes may
    overlap; no arrays of characters."""
    units = stretches(coding)
    given = given_of(coding, units)
    rows, q = coding.shared(group), coding.codes
    m = coding.coded[rows][:, list(group)].sum(1).astype(float)
    ours = np.isin(given.coder, group) & np.isin(units.document[given.unit], rows)
    unit, code = given.unit[ours], given.code[ours]
    document, weight = np.searchsorted(rows, units.document[unit]), units.weight[unit]
    shape = (len(rows), q)
    uses = _tally(shape, document, code, weight)
    cells, where, count = np.unique(unit * q + code, return_index=True, return_counts=True)
    agreed = weight[where] * count * (count - 1) / (m - 1)[document[where]]
    both = _tally(shape, document[where], cells % q, agreed)
    whole = (m * coding.lengths[rows])[:, None]
    rest = whole - uses
    values, gapped = np.stack([uses, rest], -1), np.stack([uses - both, rest - (uses - both)], -1)
    kept = np.flatnonzero(np.isin(coding.coder, group) & np.isin(coding.document, rows))
    squared = (coding.end - coding.start)[kept].astype(float) ** 2
    lumps = _tally(shape, np.searchsorted(rows, coding.document[kept]), coding.code[kept], squared)
    same = np.stack([both, gapped[..., 1]], -1)
    none = np.zeros((*shape, 1))
    return Tiles(values, same, gapped, np.stack([lumps, rest], -1), none, none)


def added(weights: np.ndarray, sums: Tiles) -> Tiles:
    """Sums over documents, once for each row of weights (R, D)."""
    return Tiles(*(np.tensordot(weights, part, 1) for part in sums))


# Coefficients ---------------------------------------------------------------------------------------------------------


def alpha_u(sums: Tiles) -> np.ndarray:
    """u-alpha: agreement on all of it, where and what (eq. 5)."""
    total = sums.values.sum(-1)
    expected = _expected(sums.values, sums.lumps)
    return 1 - _part(total - sums.same.sum(-1), total - expected.sum(-1), total)


def alpha_bar_u(sums: Tiles) -> np.ndarray:
    """|u-alpha: agreement on what is coded and what is not, whatever the code (eq. 6)."""
    total, gaps = sums.values.sum(-1), sums.values[..., -1]
    expected = _safe(total * gaps * (total - gaps), total**2 - sums.lumps.sum(-1))
    return 1 - _part(gaps - sums.same[..., -1], expected, total)


def alpha_cu(sums: Tiles, *, union: bool = False) -> np.ndarray:
    """cu-alpha: agreement on the codes of what both have coded (eqs 10 and 11). For more than two coders K* has two
    readings: over pairs, or over all partners at once (`union`); they are the same for two."""
    values, same, lumps = _jointly(sums, union)
    total = values.sum(-1)
    return 1 - _part(total - same.sum(-1), total - _expected(values, lumps).sum(-1), total)


def alpha_k(sums: Tiles, *, union: bool = False) -> np.ndarray:
    """(..., Q) (k)u-alpha: how well one code is told from the others where both have coded (eq. 13)."""
    values, same, lumps = _jointly(sums, union)
    total = values.sum(-1, keepdims=True)
    by_chance = _safe(total * (total * values - lumps), total**2 - lumps.sum(-1, keepdims=True))
    expected = by_chance - _expected(values, lumps)
    observed = _part(by_chance * (values - same), values * expected, total**2)
    return 1 - observed


def by_chance(sums: Tiles) -> np.ndarray:
    """The share of the compared length on which chance would differ: what u sets the observed share against."""
    total = sums.values.sum(-1)
    return _safe(total - _expected(sums.values, sums.lumps).sum(-1), total)


def coverage(sums: Tiles) -> np.ndarray:
    """The share of the compared length that both have coded: what cu is about."""
    coded = sums.values[..., :-1].sum(-1) - sums.gapped[..., :-1].sum(-1)
    return _safe(coded, sums.values.sum(-1))


def _jointly(sums: Tiles, union: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    values = sums.values[..., :-1] - sums.gapped[..., :-1]
    return values, sums.same[..., :-1], sums.union if union else sums.joint


def _expected(values: np.ndarray, lumps: np.ndarray) -> np.ndarray:
    """e_cc of every value (eq. 4): a unit cannot be compared with itself."""
    total = values.sum(-1, keepdims=True)
    return _safe(total * (values**2 - lumps), total**2 - lumps.sum(-1, keepdims=True))


def _safe(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.zeros(np.broadcast(part, whole).shape), where=whole > 0)


def _part(part: np.ndarray, whole: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """part / whole; NaN where the whole is nothing but rounding."""
    part, whole, scale = np.broadcast_arrays(part, whole, scale)
    return np.divide(part, whole, out=np.full(whole.shape, np.nan), where=whole > TINY * scale)


# 1995 and 2004 --------------------------------------------------------------------------------------------------------


class Unitized(NamedTuple):
    """Observed and expected disagreement of one code."""

    observed: float
    expected: float

    @property
    def alpha(self) -> float:
        return 1 - self.observed / self.expected if self.expected > 0 else np.nan


def alpha_1995(coders: Sequence[Sequence[tuple[float, float]]], length: float, *, fine: bool = False) -> Unitized:
    """The superseded unitizing alpha of one code on one continuum from 0 to `length`: units (start, end) by coder, none of
    one coder overlapping (Krippendorff 1995, On the reliability of unitizing continuous data; 2004, p. 251-256). It depends
    on the grain of the offsets; `fine` is its limit for ever finer ones. For comparison with older reports only: it
    misbehaves for more than two coders. NaN of fewer than two."""
    tiled = [_tiled(sorted(units), length) for units in coders]
    m = len(coders)
    if m < 2:
        return Unitized(np.nan, np.nan)
    apart = sum(_squared_apart(a, b) for n, a in enumerate(tiled) for k, b in enumerate(tiled) if n != k)
    units = np.array([end - start for tiles in tiled for start, end, is_unit in tiles if is_unit])
    gaps = np.array([end - start for tiles in tiled for start, end, is_unit in tiles if not is_unit])
    less = 0 if fine else 1
    within = (len(units) - 1) / 3 * (2 * units**3 - less * (3 * units**2 - units))
    fits = gaps >= units[:, None]
    beside = units**2 * ((gaps - units[:, None] + less) * fits).sum(1)
    pairs = m * length * (m * length - less) - (units * (units - less)).sum()
    expected = 2 / length * (within + beside).sum() / pairs if pairs > 0 else 0.0
    return Unitized(apart / (m * (m - 1) * length**2), float(expected))


def _tiled(units: Sequence[tuple[float, float]], length: float) -> list[tuple[float, float, bool]]:
    found, at = [], 0.0
    for start, end in units:
        if start > at:
            found.append((at, start, False))
        found.append((start, end, True))
        at = end
    return [*found, (at, length, False)] if at < length else found


def _squared_apart(first: list[tuple[float, float, bool]], second: list[tuple[float, float, bool]]) -> float:
    """The squared distances of all tiles of one coder from those of another that they meet (1995, eq. 2)."""
    total, starts = 0.0, np.array([tile[0] for tile in second])
    ends = np.array([tile[1] for tile in second])
    low = np.searchsorted(ends, [tile[0] for tile in first], side="right")
    high = np.searchsorted(starts, [tile[1] for tile in first], side="left")
    for n, k in zip(*ranges(low, high), strict=True):
        (a, b, is_unit), (c, d, other) = first[n], second[k]
        if is_unit and other:
            total += (a - c) ** 2 + (b - d) ** 2
        elif is_unit and c <= a and b <= d:
            total += (b - a) ** 2
        elif other and a <= c and d <= b:
            total += (d - c) ** 2
    return total
