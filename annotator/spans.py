"""Ranges that overlap: laid into lanes, and cut into segments. Knows int only."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

Range = tuple[int, int, int]  # start, end, and which one it is


class Segment(NamedTuple):
    """A stretch over which the same ranges lie, the innermost first; none over plain words."""

    start: int
    end: int
    over: tuple[int, ...]


def lanes(spans: Iterable[Range], most: int) -> dict[int, int]:
    """A lane for each (start, end, item): none overlaps another in its lane, the first and longest lie nearest to the
    words. Items for which all lanes are taken get lane `most`."""
    ends: list[int] = []
    found = {}
    for start, end, item in sorted(spans, key=lambda span: (span[0], -span[1])):
        lane = next((lane for lane, taken in enumerate(ends) if taken <= start), len(ends))
        found[item] = min(lane, most)
        if lane == len(ends) < most:
            ends.append(end)
        elif lane < len(ends):
            ends[lane] = end
    return found


def segments(spans: Sequence[Range], start: int, end: int) -> list[Segment]:
    """All of `[start, end)`, cut wherever a range begins or ends. The shortest lies innermost; of equals the later one."""
    inside = [span for span in spans if max(span[0], start) < min(span[1], end)]
    cuts = sorted({start, end, *(min(max(edge, start), end) for span in inside for edge in span[:2])})
    waiting = sorted(inside, key=lambda span: span[0], reverse=True)
    over: list[Range] = []
    found = []
    for left, right in pairwise(cuts):
        over = [span for span in over if span[1] > left]
        while waiting and waiting[-1][0] <= left:
            over.append(waiting.pop())
        over.sort(key=lambda span: (span[1] - span[0], -span[0], -span[2]))
        found.append(Segment(left, right, tuple(span[2] for span in over)))
    return found
