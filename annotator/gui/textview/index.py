"""Which spans lie on which paragraph, for tens of thousands of spans. In code points. Knows nothing of Qt."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import count
from typing import Generic, NamedTuple, TypeVar

Item = TypeVar("Item")
FEW = 4  # places
VERSIONS = count(1)


class Mark(NamedTuple):
    """One span to draw, of an annotation that has one or more. `start` and `end` are code points."""

    annotation: str
    code: str
    coder: str
    start: int
    end: int


class Tree(Generic[Item]):
    """Items that each cover a range of places, found by place: a segment tree in a dict, so empty parts cost nothing.
    `nodes[size + place]` is what covers just that place."""

    def __init__(self, size: int):
        self.size = max(1, size)
        self.nodes: defaultdict[int, list[Item]] = defaultdict(list)

    def _over(self, first: int, last: int) -> Iterable[int]:
        """The nodes that cover these places together: the leaves of a few, whole branches of many."""
        if last - first < FEW:
            return range(first + self.size, last + self.size + 1)
        return self._branches(first, last)

    def _branches(self, first: int, last: int) -> Iterator[int]:
        low, high = first + self.size, last + self.size + 1
        while low < high:
            if low & 1:
                yield low
                low += 1
            if high & 1:
                high -= 1
                yield high
            low >>= 1
            high >>= 1

    def put(self, first: int, last: int, item: Item) -> None:
        """Lay an item over the places `first` to `last`, both included."""
        nodes = self.nodes
        for node in self._over(first, last):
            nodes[node].append(item)

    def remove(self, first: int, last: int, item: Item) -> None:
        """Take away an item that was put over the same places."""
        for node in self._over(first, last):
            self.nodes[node].remove(item)

    def at(self, place: int) -> list[Item]:
        """The items over a place."""
        found: list[Item] = []
        node = place + self.size
        while node:
            found += self.nodes.get(node, ())
            node >>= 1
        return found


class SpanIndex:
    """The marks of one text by paragraph. A mark is known by its row number; `starts` are those of the paragraphs."""

    def __init__(self, starts: list[int]):
        self._starts = starts
        self._tree: Tree[int] = Tree(len(starts))
        self._rows: list[Mark | None] = []
        self._of: dict[str, int | tuple[int, ...]] = {}  # most have one
        self.version = next(VERSIONS)  # another one whenever a mark is
        self.hidden_coders: frozenset[str] = frozenset()
        self.hidden_codes: frozenset[str] = frozenset()

    def __getitem__(self, row: int) -> Mark:
        mark = self._rows[row]
        if mark is None:
            raise KeyError(row)
        return mark

    def __len__(self) -> int:
        return len(self._rows)

    def put(self, marks: Sequence[Mark]) -> None:
        """Add marks."""
        of, starts, nodes, count = self._of, self._starts, self._tree.nodes, len(self._starts)
        leaf = self._tree.size - 1
        for row, (annotation, _, _, start, end) in enumerate(marks, len(self._rows)):
            after = bisect_right(starts, start)
            if after == count or end <= starts[after]:
                nodes[after + leaf].append(row)
            else:
                last = bisect_left(starts, end, after)
                if last - after < FEW:
                    for node in range(after + leaf, last + leaf + 1):
                        nodes[node].append(row)
                else:
                    self._tree.put(after - 1, last - 1, row)
            of[annotation] = (*self.of(annotation), row) if annotation in of else row
        self._rows += marks
        self.version = next(VERSIONS)

    def drop(self, annotation: str) -> list[Mark]:
        """Remove all marks of an annotation; answers them."""
        gone = []
        rows = self.of(annotation)
        self._of.pop(annotation, None)
        for row in rows:
            mark = self[row]
            places = self.paragraphs(mark)
            self._tree.remove(places[0], places[-1], row)
            self._rows[row] = None
            gone.append(mark)
        self.version = next(VERSIONS)
        return gone

    def hide(self, coders: Collection[str], codes: Collection[str]) -> None:
        """Leave out these coders and these codes."""
        self.hidden_coders, self.hidden_codes = frozenset(coders), frozenset(codes)
        self.version = next(VERSIONS)

    def shows(self, mark: Mark) -> bool:
        """Whether neither its coder nor its code is hidden."""
        return mark.coder not in self.hidden_coders and mark.code not in self.hidden_codes

    def paragraphs(self, mark: Mark) -> range:
        """The numbers of the paragraphs that a mark touches."""
        first = bisect_right(self._starts, mark.start) - 1
        return range(first, max(first + 1, bisect_left(self._starts, mark.end, first)))

    def in_paragraph(self, number: int) -> list[int]:
        """The rows shown on a paragraph."""
        found = self._tree.at(number)
        if self.hidden_coders or self.hidden_codes:
            found = [row for row in found if self.shows(self[row])]
        return found

    def at(self, position: int) -> list[int]:
        """The rows shown over the character at a position, the innermost first."""
        here = self.in_paragraph(bisect_right(self._starts, position) - 1)
        found = [row for row in here if self[row].start <= position < self[row].end]
        return sorted(found, key=lambda row: (self[row].end - self[row].start, -self[row].start, row))

    def of(self, annotation: str) -> tuple[int, ...]:
        """The rows of an annotation, in the order in which they were put."""
        rows = self._of.get(annotation, ())
        return (rows,) if isinstance(rows, int) else rows

    def extent(self, annotation: str) -> tuple[int, int] | None:
        """From the first to the last character that is shown of an annotation."""
        marks = [self[row] for row in self.of(annotation) if self.shows(self[row])]
        return (min(mark.start for mark in marks), max(mark.end for mark in marks)) if marks else None

    def annotations(self) -> list[str]:
        """Every annotation there is, hidden or not."""
        return list(self._of)
