"""Agreement on attributes, given that coders marked the same words: actor, target, stance, and the whole of who does what
to whom. Knows plain values only.

A unit is a place that two or more coders marked with one code; of the tuple one that they marked at all. What was not filled
in is no value: it counts for the share that is filled in, and not for the coefficient.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np

from annotator.agreement import coefficients
from annotator.agreement.comparison import Mark, Place, places
from annotator.agreement.sums import coincidences

Level = Literal["nominal", "ordinal", "interval", "sets"]
TUPLE = "actor, code, target"


class Asked(NamedTuple):
    """An attribute to be compared: its id, its name, how its values are measured and, of ordinal ones, their order."""

    id: str
    name: str
    level: Level
    order: tuple = ()


@dataclass(frozen=True, slots=True)
class Agreed:
    """Agreement on one attribute. Undefined values are None, with a reason."""

    name: str
    level: Level
    units: int  # places with a value from two coders or more
    places: int  # places that two coders or more marked
    filled: float | None  # the share of annotations there that have a value
    percent: float | None
    alpha: float | None
    reason: str = ""


def compared(texts: Iterable[Mapping[str, Sequence[Mark]]], asked: Sequence[Asked]) -> list[Agreed]:
    """Each attribute over all texts; with an actor and a target among them, named so, also their tuple with the code."""
    met = [place for layers in texts for place in places(layers) if sum(map(bool, place.parts.values())) > 1]
    same = [place for place in met if len(place.codes) == 1]
    found = [_agreed(one.name, one.level, _values(same, one), one.order) for one in asked]
    by_name = {one.name.casefold(): one for one in asked}
    if "actor" in by_name and "target" in by_name:
        found.append(_agreed(TUPLE, "nominal", _tuples(met, by_name["actor"], by_name["target"]), ()))
    return found


def _values(met: list[Place], asked: Asked) -> list[list[Any]]:
    """A row a place: one value a coder who marked it, None where it was not filled in."""
    return [[_value(marks, asked) for marks in place.parts.values() if marks] for place in met]


def _value(marks: Sequence[Mark], asked: Asked) -> Any:
    """Of annotations that one coder split the first filled in value."""
    for mark in marks:
        value = mark.attributes.get(asked.id)
        if value not in (None, "", [], ()):
            return tuple(sorted(map(str, value))) if isinstance(value, list | tuple) else value
    return None


def _tuples(met: list[Place], actor: Asked, target: Asked) -> list[list[Any]]:
    rows = []
    for place in met:
        marked = [marks for marks in place.parts.values() if marks]
        rows.append([(_value(marks, actor), marks[0].code, _value(marks, target)) for marks in marked])
    return [[None if None in one else one for one in row] for row in rows]


def _agreed(name: str, level: Level, rows: list[list[Any]], order: tuple) -> Agreed:
    given = [value for row in rows for value in row]
    filled = sum(value is not None for value in given) / len(given) if given else None
    pairable = [kept for row in rows if len(kept := [value for value in row if value is not None]) > 1]
    if not pairable:
        reason = "no place has this from two coders" if rows else "no words were marked with one code by two coders"
        return Agreed(name, level, 0, len(rows), filled, None, None, reason)
    kinds = _kinds(pairable, order)
    ratings = np.full((len(pairable), max(map(len, pairable))), -1)
    for n, row in enumerate(pairable):
        ratings[n, : len(row)] = [kinds.index(value) for value in row]
    table = coincidences(ratings, len(kinds))
    percent = float(np.trace(table) / table.sum())
    alpha = float(coefficients.alpha(table, _distances(kinds, level, table)))
    if not np.isfinite(alpha):
        return Agreed(name, level, len(pairable), len(rows), filled, percent, None, "no variation: one value only")
    return Agreed(name, level, len(pairable), len(rows), filled, percent, alpha)


def _kinds(rows: list[list[Any]], order: tuple) -> list[Any]:
    found = {value for row in rows for value in row}
    return [value for value in order if value in found] + sorted(found - {*order}, key=str)


def _distances(kinds: list[Any], level: Level, table: np.ndarray) -> np.ndarray:
    if level == "sets":
        sizes = np.array([len(kind) for kind in kinds])
        shared = np.array([[len({*a} & {*b}) for b in kinds] for a in kinds])
        return coefficients.masi_distance(shared, sizes[:, None], sizes[None])
    numbers = np.array(kinds, float) if level == "interval" else np.arange(len(kinds), dtype=float)
    return coefficients.distances(numbers, level, table.sum(1))
