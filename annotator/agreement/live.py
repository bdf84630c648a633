"""The numbers of a study while it is being coded: an edit re-does the sums of its document, and nothing else is looked at.

Values only. An interval follows from resamples of all documents, which `report` computes beside the window.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from annotator.agreement import coefficients, unitizing
from annotator.agreement.sums import (
    Coding,
    Group,
    Sets,
    SpanSums,
    Units,
    binary,
    code_counts,
    crossing,
    project,
    span_counts,
    span_sums,
    stretches,
)

Key = tuple[str, str]  # measure and variant
Row = tuple[int, int, int, int]  # coder, code, start, end
MOST_SETS = 2000  # distinct sets of codes above which alpha of sets waits for the report
FUNCTIONS = ("f1", "precision", "recall")


class Live:
    """The sums of a study's documents, and the values that follow from them as they stand."""

    def __init__(self, coding: Coding, units: Units | None):
        """`units` None: the characters of the text, cut wherever a span begins or ends."""
        self.coding, self.units = coding, units
        units = stretches(coding) if units is None else units
        given = project(coding, units)
        self.counts, self._sets = code_counts(coding, units, given), Sets(coding, units, given)
        self.spans = span_counts(coding)
        self.total, self.masi, self.members = self._sets.total, self._sets.masi, self._sets.members
        groups: list[Group] = list(dict.fromkeys([tuple(range(coding.coders)), *coding.pairs]))
        self._shared = {group: coding.shared(group) for group in groups}
        self._number = {row.tobytes(): n for n, row in enumerate(self.members)}
        self._margins = {g: np.asarray(self._sets.margins(g).sum(0)).ravel() for g in groups}
        self._given = dict[int, list[tuple[np.ndarray, np.ndarray]]]()  # document -> of each coder sets and how many
        self._far = np.stack([self._from(one) for one in self.members]) if len(self.members) <= MOST_SETS else None
        self._tiles = dict[tuple[str, Group], unitizing.Tiles]()
        self._edited = dict[int, Coding]()

    def replace(self, document: int, rows: Sequence[Row]) -> None:
        """The spans of one document as they are now, of all coders who coded it."""
        one = self._alone(document, rows)
        units = self._units_of(document, one)
        given = project(one, units)
        counts, sets, spans = code_counts(one, units, given), Sets(one, units, given), span_counts(one)
        for table, part in (*zip(self.counts, counts, strict=True), *zip(self.spans, spans, strict=True)):
            table[document] = part[0]
        self.masi[document], self.total[document] = sets.masi[0], sets.total[0]
        self._exchange(document, sets)
        self._edited[document] = one
        for kind, group in list(self._tiles):
            self._retile(kind, group, document)

    def overall(self, key: Key, group: Group) -> float | None:
        """The value of all codes together; None where it is undefined or waits for the report."""
        measure, variant = key
        if measure == "alpha":
            return self._alpha_of_sets(group)
        if measure in FUNCTIONS:
            every = SpanSums(*(np.atleast_1d(part.sum()) for part in self._matched(group, variant)))
            return _value(getattr(coefficients, measure)(every).item())
        if key == ("unitizing", "u"):
            tiles = self._of("layer", group)
            return None if tiles is None else _value(float(unitizing.alpha_u(_whole(tiles))))
        return None

    def by_code(self, key: Key, group: Group) -> np.ndarray | None:
        """(Q,) the value of each code, NaN where undefined; None where it waits for the report."""
        measure, variant = key
        if measure in FUNCTIONS:
            return getattr(coefficients, measure)(self._matched(group, variant))
        if measure in ("alpha", "percent"):
            sums = _whole(binary(self.coding, self.counts, group))
            return coefficients.alpha_binary(sums) if measure == "alpha" else coefficients.percent(sums)
        if measure == "kappa" and len(group) == 2:
            return coefficients.kappa(_whole(crossing(self.coding, self.counts, group)))
        if key == ("unitizing", "u"):
            tiles = self._of("codes", group)
            return None if tiles is None else unitizing.alpha_u(_whole(tiles))
        return None

    # One document -----------------------------------------------------------------------------------------------------

    def _alone(self, document: int, rows: Sequence[Row]) -> Coding:
        coded, lengths = self.coding.coded[[document]], self.coding.lengths[[document]]
        spans = np.array([(0, *row) for row in rows], np.int64)
        return Coding.of(spans, coded=coded, lengths=lengths, codes=self.coding.codes)

    def _units_of(self, document: int, one: Coding) -> Units:
        if self.units is None:
            return stretches(one)
        first, last = np.searchsorted(self.units.document, [document, document + 1])
        part = slice(first, last)
        return Units(np.zeros(last - first, np.int64), *(column[part] for column in self.units[1:]))

    def _matched(self, group: Group, variant: str) -> SpanSums:
        return _whole(span_sums(self.coding, self.spans, group, exact=variant == "exact"))

    def _of(self, kind: str, group: Group) -> unitizing.Tiles | None:
        """The sums of all documents; those of an exclusive layer as long as it is one."""
        if (kind, group) not in self._tiles:
            if kind == "layer" and not unitizing.is_exclusive(self.coding):
                return None
            made = unitizing.tiles if kind == "layer" else unitizing.code_tiles
            self._tiles[kind, group] = made(self.coding, group)
            for document in self._edited:
                self._retile(kind, group, document)
        return self._tiles.get((kind, group))

    def _retile(self, kind: str, group: Group, document: int) -> None:
        one, shared = self._edited[document], self.coding.shared(group)
        place = int(np.searchsorted(shared, document))
        if (kind, group) not in self._tiles or place == len(shared) or shared[place] != document:
            return
        if kind == "layer" and not unitizing.is_exclusive(one):
            del self._tiles[kind, group]
            return
        made = (unitizing.tiles if kind == "layer" else unitizing.code_tiles)(one, group)
        for table, part in zip(self._tiles[kind, group], made, strict=True):
            table[place] = part[0]

    # Sets of codes ------------------------------------------------------------------------------------------------------

    def _exchange(self, document: int, sets: Sets) -> None:
        """The sets of one document in the margins of all: the earlier ones out, the present ones in."""
        before = self._given.get(document) or [_row(margin, document) for margin in self._sets.by_coder]
        after = []
        for margin in sets.by_coder:
            local, amount = _row(margin, 0)
            after.append((np.array([self._number_of(sets.members[n]) for n in local], np.int64), amount))
        self._given[document] = after
        for group, margins in self._margins.items():
            if document in self._shared[group]:
                for g in group:
                    np.subtract.at(margins, *before[g])
                    np.add.at(margins, *after[g])

    def _number_of(self, members: np.ndarray) -> int:
        """The number of a set among all; a new one is put behind them."""
        key = members.tobytes()
        if key not in self._number:
            self._number[key] = len(self.members)
            self.members = np.concatenate([self.members, members[None]])
            self._margins = {group: np.append(found, 0.0) for group, found in self._margins.items()}
            if self._far is not None:
                far = self._from(members)
                self._far = np.block([[self._far, far[:-1, None]], [far[None]]])
        return self._number[key]

    def _from(self, members: np.ndarray) -> np.ndarray:
        shared = (self.members & members).sum(1)
        return coefficients.masi_distance(shared, self.members.sum(1), np.full(len(shared), members.sum()))

    def _alpha_of_sets(self, group: Group) -> float | None:
        if self._far is None or group not in self._margins:
            return None
        rows = self._shared[group]
        m = self.coding.coded[rows][:, list(group)].sum(1)
        pairs = [self.coding.pair_number[pair] for pair in combinations(group, 2)]
        n = float((self.total[rows] * m).sum())
        apart = float((2 * self.masi[rows][:, pairs].sum(1) / (m - 1)).sum())
        margins = self._margins[group]
        expected = float(margins @ self._far @ margins)
        return _value(1 - (n - 1) * apart / expected) if expected > 0.5 else None


def _row(margin, document: int) -> tuple[np.ndarray, np.ndarray]:
    """The sets of one document and how many units have each."""
    part = slice(margin.indptr[document], margin.indptr[document + 1])
    return margin.indices[part], margin.data[part]


def _whole(sums):
    """Added over documents."""
    return type(sums)(*(part.sum(0) for part in sums))


def _value(value: float) -> float | None:
    return value if np.isfinite(value) else None
