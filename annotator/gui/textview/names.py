"""Where the names beside the text stand, and what is said where there is no room for them."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from .stripe import Stripe

NAME_PITCH = 16.0  # pixels from name to name
FAR = 64.0  # a name that would be pushed further than this below its stripe is left out


class Place(NamedTuple):
    """A name, its height, and the annotations whose names would be here too if there were room."""

    stripe: Stripe
    y: float
    more: list[str]


def places(stripes: list[Stripe], bold: Collection[str], height: float, least: float = 0.0) -> list[Place]:
    """Where each name stands, so that none lies on another: beside its first line or, pushed, somewhat below. The names
    in bold are never pushed. What has no room is told of at the last name above it."""
    fixed, rest = _fixed([stripe for stripe in stripes if stripe.mark.annotation in bold], least)
    made, free = list(fixed), -NAME_PITCH
    for stripe in stripes:
        if stripe.mark.annotation in bold:
            continue
        y = max(stripe.top + 2, free, least)
        for other in fixed:
            if other.y - NAME_PITCH < y < other.y + NAME_PITCH:
                y = other.y + NAME_PITCH
        if y <= min(height, stripe.bottom + FAR):
            made.append(Place(stripe, y, []))
            free = y + NAME_PITCH
        else:
            rest.append(stripe)
    for stripe in rest:
        if stripe.top < height and made:
            above = [place for place in made if place.y <= max(stripe.top, least) + FAR]
            max(above or made, key=lambda place: place.y).more.append(stripe.mark.annotation)
    return made


def _fixed(stripes: list[Stripe], least: float) -> tuple[list[Place], list[Stripe]]:
    """The names that stand just beside their stripes, from top to bottom, and what would lie on one of them."""
    made: list[Place] = []
    rest: list[Stripe] = []
    for stripe in stripes:
        y = max(stripe.top + 2, least)
        if made and y < made[-1].y + NAME_PITCH:
            rest.append(stripe)
        else:
            made.append(Place(stripe, y, []))
    return made, rest


def clusters(stripes: Iterable[Stripe]) -> list[tuple[float, list[str]]]:
    """Annotations that begin at about one height, and that height; given from top to bottom."""
    found: list[tuple[float, list[str]]] = []
    for stripe in stripes:
        top = max(stripe.top, 0.0)
        if not found or top >= found[-1][0] + NAME_PITCH:
            found.append((top, []))
        if stripe.mark.annotation not in found[-1][1]:
            found[-1][1].append(stripe.mark.annotation)
    return found
