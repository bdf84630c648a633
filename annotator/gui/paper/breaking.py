"""Blocks of lines broken into pages: no line is cut, and none stands alone where that can be avoided. Knows no Qt."""

from collections.abc import Sequence
from typing import NamedTuple


class Strip(NamedTuple):
    """The lines `first` up to, but not with, `stop` of a block, and how far below the top of the page they begin."""

    block: int
    first: int
    stop: int
    top: float


class Breaker:
    """Takes blocks one after the other. `pages` is complete after the last one."""

    def __init__(self, room: float):
        self.room = room
        self.pages: list[list[Strip]] = [[]]
        self._y = 0.0
        self._held: list[tuple[int, Sequence[float], float]] = []

    def take(self, block: int, heights: Sequence[float], *, after: float = 0.0, with_next: bool = False) -> None:
        """Puts a block below the one before. `after` is room below it, not needed at the foot of a page; `with_next`
        keeps it on one page with the beginning of the next block."""
        self._held.append((block, heights, after))
        if with_next:
            return
        needed = sum(sum(lines) + below for _, lines, below in self._held[:-1])
        if len(self._held) > 1 and self._y and self._y + needed + _least(heights) > self.room:
            self._turn()
        for held in self._held:
            self._put(*held)
        self._held.clear()

    def _put(self, block: int, heights: Sequence[float], after: float) -> None:
        first = 0
        while first < len(heights):
            count = self._fair(heights, first)
            if count:
                self.pages[-1].append(Strip(block, first, first + count, self._y))
                self._y += sum(heights[first : first + count])
                first += count
            if first < len(heights):
                self._turn()
        if self.pages[-1]:
            self._y += after

    def _fair(self, heights: Sequence[float], first: int) -> int:
        """How many lines from `first` on stand on this page."""
        count, left = 0, self.room - self._y
        while first + count < len(heights) and heights[first + count] <= left:
            left -= heights[first + count]
            count += 1
        if first + count == len(heights) - 1:
            count -= 1
        if count < 2 and first == 0 and first + count < len(heights):
            count = 0
        return max(count, int(not self._y))

    def _turn(self) -> None:
        self.pages.append([])
        self._y = 0.0


def _least(heights: Sequence[float]) -> float:
    """What of a block has to stand below what is kept with it."""
    return sum(heights[:2] if len(heights) > 3 else heights)
