"""What the disagreement is made of: missed, other code, other boundary, other attribute, by code and by pair of coders.

Each annotation is set once against each other coder of its document. The first that applies counts, by severity: the other
has nothing there (missed), another code (label), other ends (boundary), other attributes (attribute); the rest agrees in
full. Which annotations answer each other, `comparison` says. Knows plain values only.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from annotator.agreement.comparison import KINDS, Kind, Mark, Place, places

Layers = Mapping[str, Sequence[Mark]]  # coder -> what they marked in one text; who did not code it is not there


@dataclass(frozen=True, slots=True)
class Made:
    """How many comparisons of annotations came out as what."""

    counts: Mapping[Kind, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def share(self, kind: Kind) -> float | None:
        """Of all comparisons; None without any."""
        return self.counts.get(kind, 0) / self.total if self.total else None

    def most(self) -> Kind | None:
        """What most of the disagreement is; None where all agree."""
        apart: list[Kind] = [kind for kind in KINDS if kind != "match" and self.counts.get(kind, 0)]
        return max(apart, key=lambda kind: self.counts[kind], default=None)


class Decomposition:
    """The make-up of the disagreement over texts."""

    def __init__(self, texts: Iterable[Layers]):
        self._counts: Counter[tuple[str, frozenset[str], Kind]] = Counter()
        self._confused: Counter[tuple[str, str, str, str]] = Counter()
        for layers in texts:
            for one, two in combinations(layers, 2):
                for place in places({one: layers[one], two: layers[two]}):
                    self._add(place, one, two)

    def _add(self, place: Place, one: str, two: str) -> None:
        pair = frozenset((one, two))
        for marks in place.parts.values():
            for mark in marks:
                self._counts[mark.code, pair, place.kind] += 1
        first, second = ({mark.code for mark in place.parts[coder]} for coder in (one, two))
        for a in sorted(first) or [""]:
            for b in sorted(second) or [""]:
                self._confused[one, two, a, b] += 1

    def of(self, code: str | None = None, coders: Iterable[str] | None = None) -> Made:
        """Of a code (None: all), and between these coders (None: every pair)."""
        among = None if coders is None else frozenset(coders)
        found: Counter[Kind] = Counter()
        for (of, pair, kind), count in self._counts.items():
            if code in (None, of) and (among is None or pair <= among):
                found[kind] += count
        counts: dict[Kind, int] = {kind: found[kind] for kind in KINDS}
        return Made(counts)

    def rows(self, codes: Sequence[str], coders: Sequence[str]) -> list[dict]:
        """The counts of all codes and each, between all coders and each pair, as a file tells them."""
        groups = dict.fromkeys([tuple(coders), *combinations(coders, 2)])
        found = []
        for group in groups:
            for code in (None, *codes):
                made = self.of(code, group)
                if made.total:
                    found.append({"code": code, "coders": list(group), **made.counts})
        return found

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The pairs of coders that have places, each once."""
        return list(dict.fromkeys((one, two) for one, two, _, _ in self._confused))

    def confusion(self, one: str, two: str) -> dict[tuple[str, str], int]:
        """(code of the first coder, code of the second) -> at how many places; "" is no code, where the other has one."""
        found: Counter[tuple[str, str]] = Counter()
        for (a, b, first, second), count in self._confused.items():
            if (a, b) == (one, two):
                found[first, second] += count
            elif (b, a) == (one, two):
                found[second, first] += count
        return dict(found)
