"""Stretches of text as sorted, disjoint (start, end) pairs: united, in common, apart; and one coder's line of a stave."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

Stretch = tuple[int, int]


class Part(NamedTuple):
    """One span of one coder's annotation: of which place (by number) and with which code."""

    start: int
    end: int
    place: int
    code: str


class Run(NamedTuple):
    """A piece of a coder's line. `top` is drawn; `below` is what it lies on, if two annotations cover it or more."""

    start: int
    end: int
    top: Part
    below: Part | None


def united(stretches: Iterable[Stretch]) -> list[Stretch]:
    """All that is covered; what touches is joined."""
    found: list[Stretch] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def in_common(one: Sequence[Stretch], other: Sequence[Stretch]) -> list[Stretch]:
    """What both cover; each is sorted and disjoint."""
    found, i, j = list[Stretch](), 0, 0
    while i < len(one) and j < len(other):
        start, end = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if start < end:
            found.append((start, end))
        if one[i][1] < other[j][1]:
            i += 1
        else:
            j += 1
    return found


def without(one: Sequence[Stretch], other: Sequence[Stretch]) -> list[Stretch]:
    """What only the first covers; each is sorted and disjoint."""
    found, j = list[Stretch](), 0
    for start, end in one:
        while j < len(other) and other[j][1] <= start:
            j += 1
        at, k = start, j
        while k < len(other) and other[k][0] < end:
            if at < other[k][0]:
                found.append((at, other[k][0]))
            at, k = max(at, other[k][1]), k + 1
        if at < end:
            found.append((at, end))
    return found


def runs(parts: Iterable[Part], first: int | None = None) -> list[Run]:
    """One coder's line: of annotations that overlap the shortest lies on top, and those of the place `first` above all."""
    ordered = sorted(parts, key=lambda part: (part.place != first, part.end - part.start, part))
    ends = sorted({end for part in ordered for end in (part.start, part.end)})
    found: list[Run] = []
    for start, end in pairwise(ends):
        over = [part for part in ordered if part.start <= start and end <= part.end]
        if not over:
            continue
        run = Run(start, end, over[0], over[1] if len(over) > 1 else None)
        before = found[-1] if found else None
        if before and before.end == start and before[2:] == run[2:]:
            found[-1] = run._replace(start=before.start)
        else:
            found.append(run)
    return found
