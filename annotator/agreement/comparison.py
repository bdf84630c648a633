"""Two or more coders over one text: which annotations answer each other, and how they differ. Knows plain values only.

A place is one annotation of each coder on the same words, as far as there is one. For every two coders annotations are
matched one to one, as many with the same code as can be, then by the share of text they have in common. Annotations of
different codes answer each other only when at least half of the text that either covers is covered by both: a loaded label
inside an accusation is a place of its own. Where one coder took together what another split, the parts join one place.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["match", "attribute", "boundary", "label", "missed"]
KINDS: tuple[Kind, ...] = ("missed", "label", "boundary", "attribute", "match")  # by severity: the first that applies
SAME_WORDS = 0.5  # of the text that two annotations of different codes cover, what both must cover


@dataclass(frozen=True, slots=True)
class Mark:
    """An annotation as it is compared. Spans are half-open and disjoint, in ascending order."""

    annotation: str
    code: str
    spans: tuple[tuple[int, int], ...]
    attributes: Mapping = field(default_factory=dict, hash=False)

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]

    @property
    def length(self) -> int:
        return sum(end - start for start, end in self.spans)


@dataclass(frozen=True, slots=True)
class Place:
    """What the coders made of the same words. `parts` has every coder compared, in the order given, and () for nothing."""

    start: int
    end: int
    kind: Kind
    parts: dict[str, tuple[Mark, ...]]
    codes: tuple[str, ...]  # most given first

    @property
    def missing(self) -> tuple[str, ...]:
        """The coders who have nothing here."""
        return tuple(coder for coder, marks in self.parts.items() if not marks)


@dataclass(frozen=True, slots=True)
class _Item:
    coder: str
    mark: Mark

    @property
    def order(self) -> tuple:
        mark = self.mark
        return mark.start, mark.end, mark.code, self.coder, mark.annotation


_Pair = tuple[float, _Item, _Item]  # how alike, and the two annotations


def places(layers: Mapping[str, Sequence[Mark]]) -> list[Place]:
    """The places of a text, in reading order. `layers` has the annotations of every coder who coded it, [] for one who
    found nothing. The order of coders and of their annotations changes nothing but the order of `parts`."""
    items = sorted(
        (_Item(coder, mark) for coder, marks in layers.items() for mark in marks), key=lambda item: item.order
    )
    group, near = {item: [item] for item in items}, list(_overlapping(items))
    pairs = sorted(_matched(near), key=lambda pair: (-pair[0], pair[1].order, pair[2].order))
    for _, one, two in pairs:  # best first, and never two annotations of a coder in one place
        a, b = group[one], group[two]
        if a is not b and not {item.coder for item in a} & {item.coder for item in b}:
            _join(group, a, b)
    _join_split(group, near)
    groups = {id(members): members for members in group.values()}.values()
    found = [_place(members, layers) for members in groups]
    return sorted(found, key=lambda place: (place.start, place.end, place.codes, _ids(place)))


def counts(found: Iterable[Place]) -> dict[Kind, int]:
    """How many places there are of each kind."""
    number = Counter(place.kind for place in found)
    return {kind: number[kind] for kind in KINDS}


def shared(one: Mark, two: Mark) -> int:
    """How many characters both annotations cover."""
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one.spans for c, d in two.spans)


def likeness(one: Mark, two: Mark) -> float:
    """0 when two annotations do not answer each other; else the share of their text that both cover, and 2 more when they
    have the same code, so that no amount of text outweighs it."""
    common = shared(one, two)
    if not common:
        return 0
    share = common / (one.length + two.length - common)
    if one.code == two.code:
        return 2 + share
    return share if share >= SAME_WORDS else 0


def _overlapping(items: list[_Item]) -> Iterator[tuple[_Item, _Item]]:
    """Each two annotations of different coders that may share text, the earlier first. `items` are in order."""
    starts = [item.mark.start for item in items]
    for n, one in enumerate(items):
        for two in items[n + 1 : bisect_left(starts, one.mark.end)]:
            if one.coder != two.coder:
                yield one, two


def _matched(near: list[tuple[_Item, _Item]]) -> Iterator[_Pair]:
    """The best one-to-one matching of every two coders."""
    alike = defaultdict[tuple[str, str], list[_Pair]](list)
    for pair in near:
        one, two = sorted(pair, key=lambda item: item.coder)
        if value := likeness(one.mark, two.mark):
            alike[one.coder, two.coder].append((value, one, two))
    for pairs in alike.values():
        for tangle in _tangles(pairs):
            yield from _best(tangle)


def _tangles(pairs: list[_Pair]) -> list[list[_Pair]]:
    """Pairs that have to be decided together, because they share an annotation with one another."""
    found, of = list[list[_Pair]](), dict[_Item, list[_Pair]]()
    for pair in pairs:
        joined = [pair]
        for tangle in {id(t): t for item in pair[1:] if (t := of.get(item))}.values():
            joined += tangle
            tangle.clear()
        found.append(joined)
        of.update((item, joined) for _, *both in joined for item in both)
    return [tangle for tangle in found if tangle]


def _best(pairs: list[_Pair]) -> list[_Pair]:
    """The one-to-one choice of pairs that are most alike together."""
    if len(pairs) == 1:
        return pairs
    from scipy.optimize import linear_sum_assignment

    rows, columns = (
        sorted(set(side), key=lambda item: item.order)
        for side in zip(*((one, two) for _, one, two in pairs), strict=True)
    )
    known = {(one, two): (value, one, two) for value, one, two in pairs}
    table = [[known[one, two][0] if (one, two) in known else 0 for two in columns] for one in rows]
    chosen = zip(*linear_sum_assignment(table, maximize=True), strict=True)
    return [known[rows[i], columns[j]] for i, j in chosen if (rows[i], columns[j]) in known]


def _join_split(group: dict[_Item, list[_Item]], near: list[tuple[_Item, _Item]]) -> None:
    """Joins a place to another when an annotation of a coder it lacks has the same code and most of the same words: at
    least half of the shorter one, lest a few shared words chain together what lies side by side."""
    found = []
    for one, two in near:
        if one.mark.code == two.mark.code:
            common = shared(one.mark, two.mark)
            if common >= SAME_WORDS * min(one.mark.length, two.mark.length):
                found.append((-common, one.order, two.order, one, two))
    for *_, one, two in sorted(found, key=lambda pair: pair[:3]):
        a, b = group[one], group[two]
        lacks = all(item.coder != one.coder for item in b) or all(item.coder != two.coder for item in a)
        if a is not b and lacks:
            _join(group, a, b)


def _join(group: dict[_Item, list[_Item]], a: list[_Item], b: list[_Item]) -> None:
    a += b
    for item in b:
        group[item] = a


def _place(items: list[_Item], layers: Mapping[str, Sequence[Mark]]) -> Place:
    ordered = sorted(items, key=lambda item: item.order)
    parts = {coder: tuple(item.mark for item in ordered if item.coder == coder) for coder in layers}
    given = Counter(item.mark.code for item in ordered)
    codes = tuple(sorted(given, key=lambda code: (-given[code], code)))
    return Place(
        min(item.mark.start for item in ordered), max(item.mark.end for item in ordered), _kind(parts), parts, codes
    )


def _kind(parts: Mapping[str, tuple[Mark, ...]]) -> Kind:
    marks = list(parts.values())
    if not all(marks):
        return "missed"
    if any({mark.code for mark in one} != {mark.code for mark in marks[0]} for one in marks[1:]):
        return "label"
    if any(_spans(one) != _spans(marks[0]) for one in marks[1:]):
        return "boundary"
    same = all(_attributes(one) == _attributes(marks[0]) for one in marks[1:])
    return "match" if same else "attribute"


def _spans(marks: tuple[Mark, ...]) -> list:
    return sorted((mark.code, mark.spans) for mark in marks)


def _attributes(marks: tuple[Mark, ...]) -> list[dict]:
    """Filled-in attributes, those of several values in no order; by code and place, as `_spans` has them."""
    ordered = sorted(marks, key=lambda mark: (mark.code, mark.spans))
    return [
        {
            name: sorted(value, key=str) if isinstance(value, list | tuple) else value
            for name, value in mark.attributes.items()
            if value not in (None, "", [], ())
        }
        for mark in ordered
    ]


def _ids(place: Place) -> list[str]:
    return sorted(mark.annotation for marks in place.parts.values() for mark in marks)
