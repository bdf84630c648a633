"""How high every paragraph is: estimated first, exact once it was laid out; where each stands in the page."""

from bisect import bisect_right
from itertools import accumulate, count
from typing import ClassVar

VERSIONS = count(1)


class Heights:
    """The heights of all paragraphs in whole pixels, and which of them are exact. Whole, because then a height that changes
    moves what stands below by whole pixels, and the text under the eye by none at all.

    They are summed by the hundred: hundreds of thousands are ready at once, and one that changes has only the sums of
    the groups behind it added up anew, when next they are asked for.
    """

    GROUP: ClassVar = 256

    def __init__(self, estimates: list[float]):
        self._heights = estimates
        self._sums = [sum(estimates[first : first + self.GROUP]) for first in range(0, len(estimates), self.GROUP)]
        self._before: list[float] = []  # what stands above each group; none while that is not known
        self._near: tuple[int, list[float]] = (-1, [])  # a group and what stands above each of its paragraphs
        self.exact = bytearray(len(estimates))
        self.version = next(VERSIONS)  # another one whenever a height is

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, number: int) -> float:
        return self._heights[number]

    def set(self, number: int, height: float) -> bool:
        """Put in an exact height. Answers whether the estimate was another."""
        self.exact[number] = 1
        if height == self._heights[number]:
            return False
        self._heights[number] = height
        self.version = next(VERSIONS)
        group = number // self.GROUP
        self._sums[group] = sum(self._heights[group * self.GROUP : (group + 1) * self.GROUP])
        self._before, self._near = [], (-1, [])
        return True

    def above(self, number: int) -> float:
        """All that stands above a paragraph."""
        group, place = divmod(number, self.GROUP)
        return self._tops_of(group)[place]

    def at(self, y: float) -> int:
        """The number of the paragraph at a height of the page."""
        group = max(0, bisect_right(self._groups(), y, hi=len(self._sums)) - 1)
        number = group * self.GROUP + bisect_right(self._tops_of(group), y) - 1
        return min(max(number, group * self.GROUP), (group + 1) * self.GROUP - 1, len(self) - 1)

    def total(self) -> float:
        return self._groups()[-1]

    def tops(self) -> list[float]:
        """Where every paragraph begins, and last where the last one ends."""
        return list(accumulate(self._heights, initial=0.0))

    def _groups(self) -> list[float]:
        """What stands above each group, and last the height of all."""
        if not self._before:
            self._before = list(accumulate(self._sums, initial=0.0))
        return self._before

    def _tops_of(self, group: int) -> list[float]:
        """What stands above each paragraph of a group, and last above what follows."""
        if self._near[0] != group:
            heights = self._heights[group * self.GROUP : (group + 1) * self.GROUP]
            self._near = group, list(accumulate(heights, initial=self._groups()[group]))
        return self._near[1]
