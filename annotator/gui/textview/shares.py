"""The room beside the text shared out: where the lanes of each coder stand, and where the names begin. Knows nothing of Qt."""

from collections.abc import Mapping
from typing import NamedTuple

from .stripe import NAME_GAP

SHOWN = 8  # lanes
LANE, NARROW_LANE, LEFT = 10.0, 8.0, 6.0
FEWEST, LEAST_NAME = 4, 60.0  # lanes that are not given up for names, and the room that a name should have
NAMES_FROM = 112  # a narrower margin shows stripes only
GROUP_GAP = 8.0  # between the lanes of two coders
SIGN = 20.0  # room for the "+n" of what has no lane


class Shares(NamedTuple):
    """Of each group of lanes, where it begins and how many are drawn; how wide a lane is, where the last one ends, and
    where the names begin."""

    lefts: Mapping[str, float]
    rooms: Mapping[str, int]
    pitch: float
    end: float
    names: float

    def x(self, lane: tuple[str, int]) -> float | None:
        """Where a lane begins; None when there is no room for it."""
        group, number = lane
        return self.lefts[group] + number * self.pitch if number < self.rooms.get(group, 0) else None

    @property
    def shown(self) -> int:
        """How many lanes are drawn."""
        return sum(self.rooms.values())


def share_out(wanted: Mapping[str, int], width: float, initials: float, *, narrow: bool) -> Shares:
    """One more lane for each group in turn, as long as there are lanes and it needs one. `wanted` says how many each needs,
    in the order in which they stand; `initials` what those beside the names take; `narrow` whether lanes may be so."""
    names = SIGN + (NAME_GAP + LEAST_NAME + initials if width >= NAMES_FROM else 0.0)
    tight = sum(wanted.values()) * LANE > width - LEFT - names
    pitch = NARROW_LANE if tight and narrow else LANE
    rooms = dict.fromkeys(wanted, 0)
    for _ in range(_lanes(len(wanted), width, pitch, names)):
        short = [group for group in wanted if rooms[group] < wanted[group]]
        if short:
            rooms[min(short, key=rooms.__getitem__)] += 1
    left, lefts = LEFT, dict[str, float]()
    for group in wanted:
        lefts[group] = left
        left += rooms[group] * pitch + (GROUP_GAP if len(wanted) > 1 and rooms[group] else 0)
    crowded = any(wanted[group] > room for group, room in rooms.items())
    return Shares(lefts, rooms, pitch, left, left + NAME_GAP + (SIGN - 4 if crowded else 0))


def _lanes(groups: int, width: float, pitch: float, names: float) -> int:
    """How many lanes have room, if names are to be read too: by coder one for each at least, in one group more."""
    inner, gaps = width - LEFT, GROUP_GAP * groups if groups > 1 else 0.0
    least = groups if width >= NAMES_FROM and groups > 1 else max(1, min(FEWEST, int((inner - SIGN) / pitch)))
    return max(least, min(SHOWN, int((inner - gaps - names) / pitch)))
