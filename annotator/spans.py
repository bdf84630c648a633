"""Spans and the words under them; ranges that overlap, laid into lanes and cut into segments. Knows str and int only."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from .errors import Refused
from .text import Span

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


class Cover:
    """Ranges that are asked for one that holds another, or meets it, without looking at each."""

    def __init__(self, spans: Iterable[tuple[int, int]]):
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))  # how far those up to each one reach

    def holds(self, start: int, end: int) -> bool:
        """Whether all of `[start, end)` lies in one of them."""
        n = bisect_right(self._starts, start)
        return n > 0 and self._reach[n - 1] >= end

    def meets(self, start: int, end: int) -> bool:
        """Whether one of them has something of `[start, end)`."""
        n = bisect_left(self._starts, end)
        return n > 0 and self._reach[n - 1] > start


def quoted(text: str, spans: Iterable[Span]) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    """The spans in order, and the words under each. Raises Refused: there are none, they overlap, or lie outside."""
    spans = tuple(sorted(spans))
    if not spans:
        raise Refused("span.none")
    for before, (start, end) in zip((None, *spans), spans, strict=False):
        if not 0 <= start < end <= len(text):
            raise Refused("span.outside", start=start, end=end, length=len(text))
        if before and before.end > start:
            raise Refused("span.overlap")
    return spans, tuple(text[start:end] for start, end in spans)


def united(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those made one that overlap, touch, or have only blanks between them."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and not text[found[-1].end : span.start].strip():
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def bare(text: str, span: Span) -> Span:
    """A span without the blanks at its ends."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))
