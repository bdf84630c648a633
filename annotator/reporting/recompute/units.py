"""The part of the script that is about units of text, each with the codes that each coder gave it."""

import itertools

import numpy as np

MEASURE, VARIANT, UNIT = "alpha", "masi", "sentence"
CODERS: list[str] = []
BETWEEN, NOTHING = "; ", "(no code)"
# The work
Codes = frozenset[str]


def codes_in(cell: str) -> Codes:
    return frozenset() if cell == NOTHING else frozenset(cell.split(BETWEEN))


def masi(a: Codes, b: Codes) -> float:
    """1 - J M: J is Jaccard's index, M is 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap."""
    if a == b:
        return 0.0
    both = len(a & b)
    near = 0 if not both else 2 / 3 if a <= b or b <= a else 1 / 3
    return 1 - near * both / len(a | b)


class Sums:
    """What each document adds: observed differences, and how often each coder gave each set of codes."""

    def __init__(self, rows: list[dict[str, str]]):
        ratings = [[None if row[one] == "" else codes_in(row[one]) for one in CODERS] for row in rows]
        weights = [int(row["end"]) - int(row["start"]) if UNIT == "character" else 1 for row in rows]
        titles = [row["document"] for row in rows]
        coded = {title for title, row in zip(titles, ratings, strict=True) if sum(one is not None for one in row) > 1}
        documents = {title: n for n, title in enumerate(one for one in dict.fromkeys(titles) if one in coded)}
        self.documents, self.once = len(documents), np.ones(len(documents))
        kinds = dict.fromkeys(one for row in ratings for one in row if one is not None)
        at: dict[Codes | None, int] = {one: n for n, one in enumerate(kinds)}
        far = masi if VARIANT == "masi" else lambda a, b: float(a != b)
        self.distances = np.array([[far(a, b) for b in kinds] for a in kinds])
        self.units, self.values, self.apart, self.differ = np.zeros((4, len(documents)))
        self.given = np.zeros((len(CODERS), len(documents), len(kinds)))  # by coder, document and set
        for row, title, weight in zip(ratings, titles, weights, strict=True):
            if title not in documents:
                continue
            d, there = documents[title], [g for g, one in enumerate(row) if one is not None]
            kind, m = [at.get(one, -1) for one in row], len(there)
            self.units[d] += weight
            self.values[d] += weight * m
            for g in there:
                self.given[g, d, kind[g]] += weight
            for a, b in itertools.combinations([kind[g] for g in there], 2):
                self.apart[d] += 2 * weight * self.distances[a, b] / (m - 1)
                self.differ[d] += 2 * weight * (a != b) / (m * (m - 1))

    def value(self, times: np.ndarray) -> float:
        """The coefficient when each document counts so many times."""
        units, agreeing = times @ self.units, times @ (self.units - self.differ)
        if MEASURE == "percent":
            return float(agreeing / units) if units else np.nan
        by_coder = np.einsum("d,gds->gs", times, self.given)
        if MEASURE == "alpha":
            n, margins = times @ self.values, by_coder.sum(0)
            expected = margins @ self.distances @ margins
            return float(1 - (n - 1) * (times @ self.apart) / expected) if expected > 1e-9 else np.nan
        return corrected(float(agreeing / units) if units else np.nan, self.by_chance(times, by_coder))

    def by_chance(self, times: np.ndarray, by_coder: np.ndarray) -> float:
        if MEASURE in ("pi", "fleiss"):
            m = (self.given.sum(2) > 0).sum(0)
            shares = np.einsum("d,gds->s", times / np.maximum(m, 1), self.given)
            return float((shares**2).sum() / shares.sum() ** 2)
        shares = [one / one.sum() for one in by_coder if one.sum()]
        return float(np.mean([a @ b for a, b in itertools.combinations(shares, 2)]))  # Cohen's of two, else Conger's


def corrected(observed: float, expected: float) -> float:
    return (observed - expected) / (1 - expected) if 1 - expected > 1e-12 else np.nan
