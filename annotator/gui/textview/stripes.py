"""Lanes of the stripes beside the text, for a whole document. Knows nothing of Qt."""

from collections.abc import Callable, Iterable, Iterator
from heapq import heappop, heappush, merge
from itertools import islice
from typing import NamedTuple, TypeVar

from .index import Tree

Item = TypeVar("Item")

PART = 2_000  # extents that are sorted together
BETWEEN = 256  # extents that are looked at between two yields


class Extent(NamedTuple):
    """From the first to the last character of an annotation, in code points."""

    start: int
    end: int
    annotation: str


def taken(items: list[Item]) -> Iterator[Item]:
    """The items of a list, taken out of it one after the other: to let go of tens of thousands at once takes a frame."""
    items.reverse()
    while items:
        yield items.pop()


class Lanes:
    """The lane of every annotation. Global, so that a stripe never jumps while one scrolls.

    `until` says up to where an extent that ends at a position keeps its lane: a stripe fills whole lines, so two
    that share a line need two lanes even if their words do not touch.
    """

    def __init__(self, until: Callable[[int], int]):
        self._until = until
        self._lanes: dict[str, int] = {}
        self.count = 0

    def of(self, annotation: str) -> int | None:
        """The lane of an annotation, or None when it has none yet."""
        return self._lanes.get(annotation)

    def pack(self, extents: Iterable[tuple[int, int, str]]) -> Iterator[None]:
        """Give every extent the lowest lane that is free, in the order in which they begin, the longest first. Yields
        now and then, so that tens of thousands can be packed between two frames: they are sorted in parts, too."""
        parts: list[list[tuple[int, int, int, str]]] = []
        given = enumerate(extents)
        while part := [(start, -end, n, annotation) for n, (start, end, annotation) in islice(given, PART)]:
            part.sort()
            parts.append(part)
            yield
        free: list[int] = []
        busy: list[tuple[int, int]] = []
        for count, (start, minus_end, _, annotation) in enumerate(merge(*map(taken, parts)), 1):
            while busy and busy[0][0] <= start:
                heappush(free, heappop(busy)[1])
            if free:
                lane = heappop(free)
            else:
                lane = self.count
                self.count += 1
            self._lanes[annotation] = lane
            heappush(busy, (self._until(-minus_end), lane))
            if count % BETWEEN == 0:
                yield

    def put(self, extent: Extent, neighbours: Iterable[Extent]) -> None:
        """Give one extent the lowest lane that none of its neighbours has; nobody else moves."""
        end = self._until(extent.end)
        taken = {
            self._lanes.get(other.annotation)
            for other in neighbours
            if other.annotation != extent.annotation and other.start < end and self._until(other.end) > extent.start
        }
        lane = next(lane for lane in range(len(taken) + 1) if lane not in taken)
        self._lanes[extent.annotation] = lane
        self.count = max(self.count, lane + 1)


class Columns:
    """Lanes in groups that stand side by side: one group of all, or one for each coder. Takes extents as `Lanes` does."""

    def __init__(self, until: Callable[[int], int], group: Callable[[str], str]):
        self._until, self._group = until, group
        self._groups: dict[str, Lanes] = {}

    def pack(self, extents: Iterable[tuple[int, int, str]]) -> Iterator[None]:
        """Pack the lanes of every group. Yields now and then."""
        parts: dict[str, list[tuple[int, int, str]]] = {}
        for count, extent in enumerate(extents, 1):
            parts.setdefault(self._group(extent[2]), []).append(extent)
            if count % BETWEEN == 0:
                yield
        for group, part in parts.items():
            yield from self._lanes(group).pack(taken(part))

    def put(self, extent: Extent, neighbours: Iterable[Extent]) -> None:
        """Give one extent a lane of its group; nobody else moves."""
        group = self._group(extent.annotation)
        self._lanes(group).put(extent, [other for other in neighbours if self._group(other.annotation) == group])

    def groups(self) -> list[str]:
        """The groups that have lanes."""
        return list(self._groups)

    def count(self, group: str) -> int:
        """How many lanes a group has."""
        return self._groups[group].count

    def lane(self, annotation: str) -> tuple[str, int] | None:
        """Group and lane of an annotation, or None when it has none yet."""
        group = self._group(annotation)
        lane = self._groups[group].of(annotation) if group in self._groups else None
        return None if lane is None else (group, lane)

    def _lanes(self, group: str) -> Lanes:
        return self._groups.setdefault(group, Lanes(self._until))


class Threads:
    """Annotations of several spans, by the paragraphs from their first to their last."""

    def __init__(self, paragraphs: int):
        self._tree: Tree[str] = Tree(paragraphs)
        self._over: dict[str, tuple[int, int]] = {}

    def put(self, annotation: str, first: int, last: int) -> None:
        """Draw the thread of an annotation over these paragraphs."""
        self.drop(annotation)
        self._over[annotation] = first, last
        self._tree.put(first, last, annotation)

    def drop(self, annotation: str) -> None:
        """Draw it no more."""
        if annotation in self._over:
            self._tree.remove(*self._over.pop(annotation), annotation)

    def at(self, paragraph: int) -> list[str]:
        """The annotations whose threads pass a paragraph."""
        return self._tree.at(paragraph)
