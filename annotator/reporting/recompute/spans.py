"""The part of the script that is about spans, put together again from the stretches that the table has as rows."""

import itertools

import numpy as np

MEASURE, VARIANT, UNIT = "unitizing", "u", "span"
CODERS: list[str] = []
BETWEEN, NOTHING = "; ", "(no code)"
# The work
Span = tuple[int, int, str]  # start, end and code; "" is a gap
GAP = ""


def spans_of(rows: list[dict[str, str]], coder: str) -> list[Span]:
    """The spans of a coder in a document. A cell names each code with the number of its span."""
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        for one in row[coder].split(BETWEEN) if row[coder] != NOTHING else []:
            start, _ = found.get(one, (int(row["start"]), 0))
            found[one] = start, int(row["end"])
    return sorted((start, end, one.rpartition(" #")[0]) for one, (start, end) in found.items())


class Sums:
    """What each document adds."""

    def __init__(self, rows: list[dict[str, str]]):
        self.codes = [*self.all_codes(rows), GAP]
        found = []
        for _, group in itertools.groupby(rows, lambda row: row["document"]):
            stretches = list(group)
            there = [coder for coder in CODERS if stretches[0][coder] != ""]
            if len(there) > 1:
                layers = [spans_of(stretches, coder) for coder in there]
                length = int(stretches[-1]["end"]) - int(stretches[0]["start"])
                found.append(self.tiled(layers, length) if MEASURE == "unitizing" else self.matched(layers))
        self.documents, self.sums, self.once = len(found), np.array(found), np.ones(len(found))

    def all_codes(self, rows: list[dict[str, str]]) -> list[str]:
        cells = (row[coder] for row in rows for coder in CODERS if row[coder] not in ("", NOTHING))
        return sorted({one.rpartition(" #")[0] for cell in cells for one in cell.split(BETWEEN)})

    def tiled(self, layers: list[list[Span]], length: int) -> np.ndarray:
        """Lengths by code: given, given by both of two coders, and squared by unit; a gap counts as long as it is."""
        sums, m = np.zeros((3, len(self.codes))), len(layers)
        if VARIANT == "bar_u":
            layers = [as_one(spans) for spans in layers]
        tiles = [with_gaps(spans, length) for spans in layers]
        for start, end, code in itertools.chain(*tiles):
            at, size = self.at(code), end - start
            sums[0, at] += size
            sums[2, at] += size if code == GAP else size**2
        for one, two in itertools.permutations(tiles, 2):
            for (a, b, code), (c, d, other) in itertools.product(one, two):
                if code == other:
                    sums[1, self.at(code)] += max(0, min(b, d) - max(a, c)) / (m - 1)
        return sums

    def at(self, code: str) -> int:
        return self.codes.index(code) if code == GAP or VARIANT != "bar_u" else 0

    def matched(self, layers: list[list[Span]]) -> np.ndarray:
        """Over pairs of coders: spans matched one to one, spans of the first, spans of the second."""
        sums = np.zeros(3)
        for one, two in itertools.combinations(layers, 2):
            sums += sum(matches(one, two, code) for code in self.codes), len(one), len(two)
        return sums

    def value(self, times: np.ndarray) -> float:
        """The coefficient when each document counts so many times."""
        sums = np.tensordot(times, self.sums, 1)
        if MEASURE != "unitizing":
            matched, first, second = sums
            return {"f1": 2 * matched / (first + second), "precision": matched / second, "recall": matched / first}[
                MEASURE
            ]
        given, same, lumps = sums
        total = given.sum()
        if VARIANT == "bar_u":  # Krippendorff et al. 2016, eq. 6
            gaps = given[-1]
            expected = total * gaps * (total - gaps) / (total**2 - lumps.sum())
            return 1 - (gaps - same[-1]) / expected if expected > 1e-9 * total else np.nan
        by_chance = total * (given**2 - lumps) / (total**2 - lumps.sum())  # eq. 4
        left = total - by_chance.sum()
        return 1 - (total - same.sum()) / left if left > 1e-9 * total else np.nan  # eq. 5


def as_one(spans: list[Span]) -> list[Span]:
    """The spans as if all codes were one: those that overlap are one, those that touch are two."""
    found: list[Span] = []
    for start, end, _ in spans:
        if found and start < found[-1][1]:
            first, last, _ = found.pop()
            found.append((first, max(last, end), "any"))
        else:
            found.append((start, end, "any"))
    return found


def with_gaps(spans: list[Span], length: int) -> list[Span]:
    found, at = [], 0
    for start, end, code in [*spans, (length, length, GAP)]:
        found += [(at, start, GAP)] if start > at else []
        found += [(start, end, code)] if end > start else []
        at = end
    return found


def matches(one: list[Span], two: list[Span], code: str) -> int:
    """The most spans of a code that can be matched one to one: the same ends, or at least a character in common."""
    first, second = ([span for span in spans if span[2] == code] for spans in (one, two))
    if VARIANT == "exact":
        return len({*first} & {*second})
    count = i = j = 0
    while i < len(first) and j < len(second):  # in order of the text, each takes the first that it meets
        (a, b, _), (c, d, _) = first[i], second[j]
        if a < d and c < b:
            count, i, j = count + 1, i + 1, j + 1
        elif b <= d:
            i += 1
        else:
            j += 1
    return count
