"""What stands in the margin at one place of the scroll bar, and what of it would be painted otherwise at another: when one
scrolls, only that is. Knows nothing of Qt."""

from collections.abc import Iterator
from typing import NamedTuple

from .index import Mark
from .names import NAME_PITCH, Place
from .stripe import Stripe, leader_start

BEYOND = 6.0  # pixels: so far out of sight, nothing of an end is seen
FAR = 12.0  # pixels: so far beyond what is in sight goes what has no end there
SHORTEST = 9.0  # pixels of a stripe, with what it stands below its top

Item = tuple[float, float, tuple]  # from where to where, and what it is


class Laned(NamedTuple):
    """A stripe, and where its lane begins."""

    stripe: Stripe
    x: float


class Thread(NamedTuple):
    """A hairline that joins the spans of an annotation."""

    mark: Mark
    x: float
    top: float
    bottom: float


class Arrangement(NamedTuple):
    """All that stands in the margin, in pixels of it: stripes, names, heights at which annotations have no lane, threads."""

    stripes: list[Laned]
    names: list[Place]
    crowds: list[tuple[float, list[str]]]
    threads: list[Thread]

    def items(self, low: float, high: float, by: float) -> Iterator[Item]:
        """Each thing moved by so many pixels, as far as it is seen between two heights: two that say the same of
        themselves look alike there."""
        for (mark, top, bottom, first, last), x in self.stripes:
            yield _cut(top + by, max(bottom, top + SHORTEST) + by, low, high, ("stripe", mark, x, first, last))
        for mark, x, top, bottom in self.threads:
            yield _cut(top + by, bottom + by, low, high, ("thread", mark, x, True, True))
        for stripe, y, more in self.names:
            start = leader_start(stripe, y + NAME_PITCH)
            said = "name", stripe.mark.annotation, y + by, start + by, *more
            yield min(start, y) + by, y + by + NAME_PITCH + 2, said
        for y, annotations in self.crowds:
            yield y + by, y + by + NAME_PITCH + 4, ("crowd", y + by, *annotations)


def _cut(top: float, bottom: float, low: float, high: float, what: tuple) -> Item:
    """Ends that are out of sight are all the same."""
    kind, mark, x, first, last = what
    if top < low - BEYOND:
        top, first = low - BEYOND, False
    if bottom > high + BEYOND:
        bottom, last = high + BEYOND, False
    return top, bottom, (kind, mark, x, first, last, top, bottom)


def changed(before: Arrangement, after: Arrangement, dy: float, height: float) -> list[tuple[float, float]]:
    """From where to where the margin has to be painted when what it shows is moved by `dy`: what has come into sight, and
    where something else stands than before."""
    low, high = max(0.0, dy), height + min(0.0, dy)
    old, new = set(before.items(low, high, dy)), set(after.items(low, high, 0.0))
    bands = [(top - 1, bottom + 1) for top, bottom, _ in old ^ new if top < high and bottom > low]
    return [*bands, (0.0, low) if dy > 0 else (high, height)]
