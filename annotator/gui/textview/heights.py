"""How high every paragraph is: estimated first, exact once it was laid out; places in the page in O(log n)."""

from collections.abc import Sequence
from itertools import accumulate


class Fenwick:
    """Sums of a list that changes one value at a time."""

    def __init__(self, values: Sequence[float]):
        self.size = len(values)
        sums = list(accumulate(values, initial=0.0))
        self._tree = [total - sums[i & (i - 1)] for i, total in enumerate(sums)]
        self._step = 1 << (self.size.bit_length() - 1) if self.size else 0

    def add(self, index: int, amount: float) -> None:
        """Raise one value."""
        index += 1
        while index <= self.size:
            self._tree[index] += amount
            index += index & -index

    def sum(self, count: int) -> float:
        """The sum of the first `count` values."""
        total = 0.0
        while count > 0:
            total += self._tree[count]
            count -= count & -count
        return total

    def find(self, amount: float) -> int:
        """The index of the value in which a running sum passes `amount`, from 0 to the last."""
        index, step, tree = 0, self._step, self._tree
        while step:
            ahead = index + step
            if ahead <= self.size and tree[ahead] <= amount:
                index, amount = ahead, amount - tree[ahead]
            step >>= 1
        return min(index, self.size - 1)


class Heights:
    """The heights of all paragraphs in pixels, and which of them are exact."""

    def __init__(self, estimates: list[float]):
        self._heights = estimates
        self._sums = Fenwick(estimates)
        self.exact = bytearray(len(estimates))

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, number: int) -> float:
        return self._heights[number]

    def set(self, number: int, height: float) -> bool:
        """Put in an exact height. Answers whether the estimate was another."""
        self.exact[number] = 1
        more = height - self._heights[number]
        if more:
            self._heights[number] = height
            self._sums.add(number, more)
        return bool(more)

    def above(self, number: int) -> float:
        """All that stands above a paragraph."""
        return self._sums.sum(number)

    def at(self, y: float) -> int:
        """The number of the paragraph at a height of the page."""
        return self._sums.find(max(0.0, y))

    def total(self) -> float:
        return self._sums.sum(len(self._heights))
