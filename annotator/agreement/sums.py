"""Sums per document, from which every coefficient follows: spans to units, units to counts. Arrays only.

Letters in shapes: D documents, G coders, P pairs of coders, Q codes, U units, S distinct sets of codes, N spans. Every
array that is summed over documents has D first, so that `weights @ sums` adds documents up, once or with multiplicities.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import combinations
from operator import add
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Group = tuple[int, ...]  # indices of the coders compared, ascending


@dataclass(frozen=True, eq=False)
class Coding:
    """Who put which code where. Spans are sorted by document, coder, code and start; same-code spans of one coder that
    overlap were merged, spans that only touch were not. A coder who did not code a document is missing from it: False
    in `coded`. One who coded it and found nothing is True, without spans."""

    coded: np.ndarray  # (D, G) bool
    lengths: np.ndarray  # (D,) code points
    codes: int  # Q
    document: np.ndarray  # (N,) and so the rest
    coder: np.ndarray
    code: np.ndarray
    start: np.ndarray  # code points, half-open
    end: np.ndarray

    @classmethod
    def of(cls, spans: np.ndarray, *, coded: np.ndarray, lengths: np.ndarray, codes: int) -> "Coding":
        """From rows of (document, coder, code, start, end), in any order. Spans of missing coders are dropped."""
        rows = np.asarray(spans, np.int64).reshape(-1, 5)
        rows = rows[coded[rows[:, 0], rows[:, 1]]]
        rows = rows[np.lexsort(rows.T[::-1])]
        layer = (rows[:, 0] * coded.shape[1] + rows[:, 1]) * codes + rows[:, 2]
        base = layer * (int(lengths.max(initial=0)) + 1)
        reach = np.maximum.accumulate(base + rows[:, 4])
        begins = np.ones(len(rows), bool)
        begins[1:] = (base + rows[:, 3])[1:] >= reach[:-1]
        first = np.flatnonzero(begins)
        ends = np.maximum.reduceat(rows[:, 4], first) if len(first) else rows[:, 4]
        document, coder, code, start, _ = rows[first].T
        return cls(coded, np.asarray(lengths, np.int64), codes, document, coder, code, start, ends)

    def as_one_code(self) -> "Coding":
        """The same, as if all codes were one."""
        rows = np.stack([self.document, self.coder, np.zeros_like(self.code), self.start, self.end], 1)
        return Coding.of(rows, coded=self.coded, lengths=self.lengths, codes=1)

    @property
    def coders(self) -> int:
        return self.coded.shape[1]

    @cached_property
    def pairs(self) -> list[Group]:
        return list(combinations(range(self.coders), 2))

    @cached_property
    def pair_number(self) -> np.ndarray:
        """(G, G): where a pair stands in `pairs`, either way round."""
        number = np.zeros((self.coders, self.coders), np.int64)
        for n, (g, h) in enumerate(self.pairs):
            number[g, h] = number[h, g] = n
        return number

    @cached_property
    def origin(self) -> np.ndarray:
        """(D,) where each document begins when all are laid end to end, one empty place between any two."""
        return np.concatenate([[0], np.cumsum(self.lengths + 1)[:-1]])[: len(self.lengths)]

    def shared(self, group: Group) -> np.ndarray:
        """Indices of the documents that two or more of these coders coded."""
        return np.flatnonzero(self.coded[:, list(group)].sum(1) >= 2)


def shares(coding: Coding, group: Sequence[int] | None = None) -> np.ndarray:
    """(Q + 1,) the share of the text that each code covers, a mean over coders (these, or all) and their documents; last
    that of any code."""
    kept = np.zeros(coding.coders, bool)
    kept[list(range(coding.coders) if group is None else group)] = True
    whole = float((coding.coded[:, kept] * coding.lengths[:, None]).sum())
    found, every = np.zeros(coding.codes + 1), coding.as_one_code()
    if whole:
        length = (coding.end - coding.start) * kept[coding.coder]
        found[:-1] = np.bincount(coding.code, length, coding.codes) / whole
        found[-1] = ((every.end - every.start) * kept[every.coder]).sum() / whole
    return found


# Units ----------------------------------------------------------------------------------------------------------------


class Units(NamedTuple):
    """Disjoint pieces of text in ascending order. A unit's weight is how many units of counting it stands for."""

    document: np.ndarray  # (U,)
    start: np.ndarray
    end: np.ndarray
    weight: np.ndarray


def stretches(coding: Coding) -> Units:
    """Characters as units, without an array of characters: the text is cut wherever a span begins or ends, and each
    stretch weighs its length."""
    at = coding.origin[coding.document]
    edges = (at + coding.start, at + coding.end, coding.origin, coding.origin + coding.lengths)
    cuts = np.unique(np.concatenate(edges))
    document = np.searchsorted(coding.origin, cuts[:-1], side="right") - 1
    inside = cuts[1:] <= (coding.origin + coding.lengths)[document]
    document, start, end = document[inside], cuts[:-1][inside], cuts[1:][inside]
    start, end = start - coding.origin[document], end - coding.origin[document]
    return Units(document, start, end, (end - start).astype(float))


class Given(NamedTuple):
    """Which coder gave which unit which code, each once, sorted by unit, code and coder."""

    unit: np.ndarray
    code: np.ndarray
    coder: np.ndarray


def project(coding: Coding, units: Units) -> Given:
    """A unit has a code from a coder when a span of that code and the unit share at least one character."""
    at, place = coding.origin[coding.document], coding.origin[units.document]
    first = np.searchsorted(place + units.end, at + coding.start, side="right")
    last = np.searchsorted(place + units.start, at + coding.end, side="left")
    span, unit = ranges(first, last)
    keys = np.unique((unit * coding.codes + coding.code[span]) * coding.coders + coding.coder[span])
    rest, coder = np.divmod(keys, coding.coders)
    return Given(*np.divmod(rest, coding.codes), coder)


def ranges(first: np.ndarray, last: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Every (row, number) with first[row] <= number < last[row], in order."""
    count = np.maximum(last - first, 0)
    row = np.repeat(np.arange(len(count)), count)
    return row, np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count) + first[row]


# One code against the rest --------------------------------------------------------------------------------------------


class CodeCounts(NamedTuple):
    """How many units (by weight) have each code, from each coder and from both of each pair."""

    units: np.ndarray  # (D,)
    uses: np.ndarray  # (D, G, Q)
    both: np.ndarray  # (D, P, Q)


def code_counts(coding: Coding, units: Units, given: Given) -> CodeCounts:
    shape, q = coding.coded.shape[0], coding.codes
    document, weight = units.document[given.unit], units.weight[given.unit]
    uses = _tally((shape, coding.coders, q), (document, given.coder, given.code), weight)
    both, place = np.zeros((shape, len(coding.pairs), q)), given.unit * q + given.code
    for lag in range(1, coding.coders):
        hit = np.flatnonzero(place[lag:] == place[:-lag])
        pair = coding.pair_number[given.coder[hit], given.coder[hit + lag]]
        both += _tally(both.shape, (document[hit], pair, given.code[hit]), weight[hit])
    return CodeCounts(np.bincount(units.document, units.weight, shape), uses, both)


def _tally(shape: tuple[int, ...], index: tuple[np.ndarray, ...], weight: np.ndarray | None) -> np.ndarray:
    flat = np.ravel_multi_index(index, shape) if len(index[0]) else np.zeros(0, np.int64)
    return np.bincount(flat, weight, int(np.prod(shape))).reshape(shape).astype(float)


class Binary(NamedTuple):
    """One code against the rest, for a group of coders, over the documents they share (D of them)."""

    units: np.ndarray  # (D, 1) units coded by two or more
    values: np.ndarray  # (D, 1) units times the coders who coded them
    ones: np.ndarray  # (D, Q) values that are this code
    matches: np.ndarray  # (D, Q) coincidences code-code: ordered pairs, each unit's divided by its coders less one
    agreeing: np.ndarray  # (D, Q) units, each times the share of its pairs of coders who agree


def binary(coding: Coding, counts: CodeCounts, group: Group) -> Binary:
    rows = coding.shared(group)
    m = coding.coded[rows][:, list(group)].sum(1)[:, None].astype(float)
    pairs = [coding.pair_number[pair] for pair in combinations(group, 2)]
    units, ones = counts.units[rows, None], counts.uses[rows][:, list(group)].sum(1)
    together = counts.both[rows][:, pairs].sum(1)
    apart = (m - 1) * ones - 2 * together  # unordered pairs, one with the code and one without
    return Binary(units, units * m, ones, 2 * together / (m - 1), units - 2 * apart / (m * (m - 1)))


class CoderShares(NamedTuple):
    """What the coders of a group gave one code, coder by coder, over the documents they share (D of them)."""

    common: np.ndarray  # (D, Q) units, each times the share of its coders who gave the code
    units: np.ndarray  # (D, G) units each coder coded
    ones: np.ndarray  # (D, G * Q) of them with the code, coder after coder


def coder_shares(coding: Coding, counts: CodeCounts, group: Group) -> CoderShares:
    rows = coding.shared(group)
    there = coding.coded[rows][:, list(group)].astype(float)
    units, ones = counts.units[rows, None], counts.uses[rows][:, list(group)]
    return CoderShares(ones.sum(1) / there.sum(1)[:, None], units * there, ones.reshape(len(rows), -1))


class Crossing(NamedTuple):
    """Two coders' codes against each other: one 2 x 2 table a code."""

    units: np.ndarray  # (D, 1)
    agreeing: np.ndarray  # (D, Q) units that both or neither gave the code
    first: np.ndarray  # (D, Q) units with the code from the first coder
    second: np.ndarray  # (D, Q)


def crossing(coding: Coding, counts: CodeCounts, pair: Group) -> Crossing:
    rows = coding.shared(pair)
    units, uses = counts.units[rows, None], counts.uses[rows]
    first, second = uses[:, pair[0]], uses[:, pair[1]]
    both = counts.both[rows][:, coding.pair_number[pair]]
    return Crossing(units, units - first - second + 2 * both, first, second)


# All codes: sets of them ----------------------------------------------------------------------------------------------


class CodeSets(NamedTuple):
    """What each coder gave each unit, as a set of codes; set 0 is the empty one."""

    number: np.ndarray  # (U, G) which set
    members: np.ndarray  # (S, Q) bool


def code_sets(coding: Coding, units: Units, given: Given) -> CodeSets:
    """The distinct sets of codes. A missing coder's sets look empty here, and are never counted."""
    cell = given.unit * coding.coders + given.coder
    order = np.lexsort((given.code, cell))
    cell, code = cell[order], given.code[order]
    cells = np.unique(cell)
    number = np.zeros(len(units.document) * coding.coders, np.int64)
    members = np.zeros((1, coding.codes), bool)
    if len(cells):
        rows = np.zeros((len(cells), -(-coding.codes // 8)), np.uint8)
        np.bitwise_or.at(
            rows, (np.searchsorted(cells, cell), code // 8), np.left_shift(1, 7 - code % 8).astype(np.uint8)
        )
        distinct, inverse = np.unique(rows, axis=0, return_inverse=True)
        number[cells] = inverse.reshape(-1) + 1
        found = np.unpackbits(distinct, axis=1, count=coding.codes).astype(bool)
        members = np.concatenate([members, found])
    return CodeSets(number.reshape(-1, coding.coders), members)


class SetSums(NamedTuple):
    """Sets of codes of a group of coders over the documents they share. 'Apart' adds a distance over ordered pairs of
    coders, each unit's divided by its coders less one: Krippendorff's observed disagreement times all values."""

    units: np.ndarray  # (D, 1)
    values: np.ndarray  # (D, 1)
    agreeing: np.ndarray  # (D, 1) units, each times the share of its pairs of coders with the same set
    apart: np.ndarray  # (D, 1) with distance 0 or 1
    apart_masi: np.ndarray  # (D, 1)


class Sets:
    """The set sums of any group, from distances per document and pair that are worked out once."""

    def __init__(self, coding: Coding, units: Units, given: Given):
        self.coding, self.units, self.found = coding, units, code_sets(coding, units, given)
        self.members = self.found.members
        shape = (coding.coded.shape[0], len(coding.pairs))
        self.total = np.bincount(units.document, units.weight, shape[0])
        self.apart, self.masi = np.zeros(shape), np.zeros(shape)
        for n, (g, h) in enumerate(coding.pairs):
            self.apart[:, n], self.masi[:, n] = self._distances(g, h)
        self.by_coder = [self._margins(g) for g in range(coding.coders)]

    def of(self, group: Group) -> SetSums:
        rows, pairs = self.coding.shared(group), list(combinations(group, 2))
        numbers = [self.coding.pair_number[pair] for pair in pairs]
        m = self.coding.coded[rows][:, list(group)].sum(1)[:, None].astype(float)
        units = self.total[rows, None]
        apart, masi = (x[rows][:, numbers].sum(1, keepdims=True) for x in (self.apart, self.masi))
        return SetSums(units, units * m, units - 2 * apart / (m * (m - 1)), 2 * apart / (m - 1), 2 * masi / (m - 1))

    def margins(self, group: Group, *coders: int) -> "csr_array":
        """(D, S): values by set, of these coders (or all of the group) in the documents that the group shares."""
        rows = self.coding.shared(group)
        return reduce(add, (self.by_coder[g][rows] for g in coders or group))

    def _distances(self, g: int, h: int) -> tuple[np.ndarray, np.ndarray]:
        from annotator.agreement.coefficients import masi_distance

        both = self.coding.coded[:, g] & self.coding.coded[:, h]
        one, two = self.found.number[:, g], self.found.number[:, h]
        differ = np.flatnonzero((one != two) & both[self.units.document])
        kinds, which = np.unique(one[differ] * len(self.members) + two[differ], return_inverse=True)
        a, b = (self.members[x] for x in np.divmod(kinds, len(self.members)))
        far = masi_distance((a & b).sum(1), a.sum(1), b.sum(1))[which]
        document, weight = self.units.document[differ], self.units.weight[differ]
        return np.bincount(document, weight, len(both)), np.bincount(document, weight * far, len(both))

    def _margins(self, g: int) -> "csr_array":
        from scipy.sparse import csr_array

        kept = self.coding.coded[self.units.document, g]
        place = (self.units.document[kept], self.found.number[kept, g])
        return csr_array((self.units.weight[kept], place), shape=(self.coding.coded.shape[0], len(self.members)))


# Spans ----------------------------------------------------------------------------------------------------------------


class SpanCounts(NamedTuple):
    """Spans and matched spans per document and code. Overlap: same code, at least one shared character, one to one,
    as many matches as can be."""

    spans: np.ndarray  # (D, G, Q)
    exact: np.ndarray  # (D, P, Q)
    overlap: np.ndarray  # (D, P, Q)


class SpanSums(NamedTuple):
    """Matched spans of a group of coders, over pairs of them who both coded the document. `first` and `second` are the
    pair's spans; of more than two coders only their sum means something."""

    matched: np.ndarray  # (D, Q)
    first: np.ndarray  # (D, Q)
    second: np.ndarray  # (D, Q)


def span_counts(coding: Coding) -> SpanCounts:
    documents, q = coding.coded.shape[0], coding.codes
    spans = _tally((documents, coding.coders, q), (coding.document, coding.coder, coding.code), None)
    exact = np.zeros((documents, len(coding.pairs), q))
    overlap = np.zeros_like(exact)
    of_coder = [np.flatnonzero(coding.coder == g) for g in range(coding.coders)]
    group = (coding.document * q + coding.code) * (int(coding.lengths.max(initial=0)) + 1)
    for n, (g, h) in enumerate(coding.pairs):
        one, two = (of[np.argsort((group + coding.start)[of])] for of in (of_coder[g], of_coder[h]))
        first = np.searchsorted((group + coding.end)[two], (group + coding.start)[one], side="right")
        last = np.searchsorted((group + coding.start)[two], (group + coding.end)[one], side="left")
        i, j = ranges(first, last)
        same = (coding.start[one[i]] == coding.start[two[j]]) & (coding.end[one[i]] == coding.end[two[j]])
        for table, hits in ((exact, one[i[same]]), (overlap, one[i[most_matches(i, j)]])):
            table[:, n] = _tally((documents, q), (coding.document[hits], coding.code[hits]), None)
    return SpanCounts(spans, exact, overlap)


def most_matches(i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """Which edges (i, j) make a maximum one-to-one matching, for two rows of disjoint spans whose overlaps these are, in
    order. Taking the first edge of a chain is always right: were both its ends matched elsewhere, each span would reach
    past the other. So every chain gives up its first edge and those that share a span with it, until none is left."""
    chain = np.zeros(len(i), np.int64)
    chain[1:] = np.cumsum((i[1:] != i[:-1]) & (j[1:] != j[:-1]))
    left, taken = np.arange(len(i)), []
    used_i, used_j = np.zeros(i.max(initial=-1) + 1, bool), np.zeros(j.max(initial=-1) + 1, bool)
    while len(left):
        _, first = np.unique(chain[left], return_index=True)
        chosen = left[first]
        taken.append(chosen)
        used_i[i[chosen]] = used_j[j[chosen]] = True
        left = left[~(used_i[i[left]] | used_j[j[left]])]
    return np.sort(np.concatenate(taken)) if taken else left


def span_sums(coding: Coding, counts: SpanCounts, group: Group, *, exact: bool) -> SpanSums:
    rows, matched = coding.shared(group), counts.exact if exact else counts.overlap
    first, second = np.zeros((2, len(rows), coding.codes))
    for g, h in combinations(group, 2):
        both = (coding.coded[rows, g] & coding.coded[rows, h])[:, None]
        first += counts.spans[rows, g] * both
        second += counts.spans[rows, h] * both
    pairs = [coding.pair_number[pair] for pair in combinations(group, 2)]
    return SpanSums(matched[rows][:, pairs].sum(1), first, second)


# Ratings: one value a unit and coder ----------------------------------------------------------------------------------


def coincidences(ratings: np.ndarray, categories: int) -> np.ndarray:
    """Krippendorff's coincidence table (categories x categories) of ratings (U, G): category numbers, negative where
    missing. A unit rated r times adds each ordered pair of its values 1/(r-1) times (Krippendorff 2011)."""
    columns = [np.ascontiguousarray(column, np.int64) for column in ratings.T]
    present = [column >= 0 for column in columns]
    rated = np.sum(present, axis=0, dtype=np.int8)
    share = (1 / np.maximum(np.arange(len(columns) + 1) - 1, 1))[rated]
    whole = bool((rated == len(columns)).all())
    table = np.zeros((categories, categories))
    for g, h in combinations(range(len(columns)), 2):
        at = columns[g] * categories + columns[h]
        if whole:
            flat = np.bincount(at, minlength=categories**2) / (len(columns) - 1)
        else:
            both = present[g] & present[h]
            flat = np.bincount(at[both], share[both], categories**2)
        table += flat.reshape(categories, categories)
    return table + table.T


def coincidences_of_counts(counts: np.ndarray) -> np.ndarray:
    """The same table of counts (U, categories), how many coders gave each unit each category."""
    counts = counts[counts.sum(1) >= 2]
    shares = counts / (counts.sum(1, keepdims=True) - 1)
    return shares.T @ counts - np.diag(shares.sum(0))
