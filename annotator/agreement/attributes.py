"""Agreement on attributes, given that coders marked the same words: actor, target, stance, and the whole of who does what
to whom. Knows plain values only.

A unit is a place that two or more coders marked with one code; of the tuple one that they marked at all. What was not filled
in is no value: it counts for the share that is filled in, and not for the coefficient.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import numpy as np

from annotator.agreement import coefficients
from annotator.agreement.coefficients import rounded
from annotator.agreement.comparison import Mark, Place, places
from annotator.agreement.ends import Ends, drawn, ends
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
    reason: str = ""  # why a value is undefined, else what to know about the interval of alpha
    documents: int = 0  # with such units
    ends: Mapping[str, Ends] = field(default_factory=dict)  # of "percent" and "alpha"
    where: tuple[int, ...] = ()  # which documents have places that two coders or more marked


class _Row(NamedTuple):
    """A place: its document and one value a coder who marked it, None where it was not filled in."""

    document: int
    values: list[Any]


def compared(
    texts: Iterable[Mapping[str, Sequence[Mark]]], asked: Sequence[Asked], *, replicates: int = 0, seed: int = 1
) -> list[Agreed]:
    """Each attribute over all texts; with an actor and a target among them, named so, also their tuple with the code. For
    intervals whole texts are drawn, as `ends` says."""
    met = [
        (n, place)
        for n, layers in enumerate(texts)
        for place in places(layers)
        if sum(map(bool, place.parts.values())) > 1
    ]
    same, draw = [(n, place) for n, place in met if len(place.codes) == 1], (replicates, seed)
    found = [_agreed(one, [_Row(n, _values(place, one)) for n, place in same], *draw) for one in asked]
    by_name = {one.name.casefold(): one for one in asked}
    if "actor" in by_name and "target" in by_name:
        actor, target = by_name["actor"], by_name["target"]
        rows = [_Row(n, _tuple(place, actor, target)) for n, place in met]
        found.append(_agreed(Asked("", TUPLE, "nominal"), rows, *draw))
    return found


def _values(place: Place, asked: Asked) -> list[Any]:
    return [_value(marks, asked) for marks in place.parts.values() if marks]


def _value(marks: Sequence[Mark], asked: Asked) -> Any:
    """Of annotations that one coder split the first filled in value."""
    for mark in marks:
        value = mark.attributes.get(asked.id)
        if value not in (None, "", [], ()):
            return tuple(sorted(map(str, value))) if isinstance(value, list | tuple) else value
    return None


def _tuple(place: Place, actor: Asked, target: Asked) -> list[Any]:
    marked = [marks for marks in place.parts.values() if marks]
    found = [(_value(marks, actor), marks[0].code, _value(marks, target)) for marks in marked]
    return [None if None in one else one for one in found]


def _agreed(asked: Asked, rows: list[_Row], replicates: int, seed: int) -> Agreed:
    given = [value for row in rows for value in row.values]
    filled = sum(value is not None for value in given) / len(given) if given else None
    where = tuple(sorted({row.document for row in rows}))
    pairable = [_Row(row.document, kept) for row in rows if len(kept := [v for v in row.values if v is not None]) > 1]
    if not pairable:
        reason = "no place has this from two coders" if rows else "no words were marked with one code by two coders"
        return Agreed(asked.name, asked.level, 0, len(rows), filled, None, None, reason, where=where)
    sums, kinds = _sums(pairable, asked.order)
    weights = drawn(len(sums.tables), replicates=replicates, seed=seed)
    percent, alpha = _coefficients(sums, weights, kinds, asked.level)
    far = {
        name: ends(x[:, None], len(sums.tables), replicates)[0] for name, x in (("percent", percent), ("alpha", alpha))
    }
    values = rounded(percent[0]), rounded(alpha[0])
    reason = far["alpha"].note
    if values[1] is None:
        reason = "no variation: one value only"
        far["alpha"] = Ends(note=reason)
    counts = len(pairable), len(rows), filled
    return Agreed(asked.name, asked.level, *counts, *values, reason, len(sums.tables), far, where)


class _Sums(NamedTuple):
    """By document, the pairs of values: a coincidence table each, as places in it and how much stands there."""

    tables: list[tuple[np.ndarray, np.ndarray]]
    size: int


def _sums(rows: list[_Row], order: tuple) -> tuple[_Sums, list[Any]]:
    kinds = _kinds([row.values for row in rows], order)
    number = {kind: n for n, kind in enumerate(kinds)}
    width, by_document = max(len(row.values) for row in rows), dict[int, list[list[int]]]()
    for row in rows:
        numbers = [number[value] for value in row.values]
        by_document.setdefault(row.document, []).append(numbers + [-1] * (width - len(numbers)))
    tables = []
    for some in by_document.values():
        here = np.unique([n for numbers in some for n in numbers if n >= 0])
        place = np.full(len(kinds) + 1, -1)
        place[here] = np.arange(len(here))
        tables.append((here, coincidences(place[np.array(some)], len(here))))
    return _Sums(tables, len(kinds)), kinds


def _coefficients(sums: _Sums, weights: np.ndarray, kinds: list[Any], level: Level) -> tuple[np.ndarray, np.ndarray]:
    """(R,) percent and alpha, for each row of weights. Only ordinal distances follow from how often values were given."""
    margins, agreeing = np.zeros((len(sums.tables), sums.size)), np.zeros(len(sums.tables))
    for n, (here, table) in enumerate(sums.tables):
        margins[n, here] = table.sum(1)
        agreeing[n] = np.trace(table)
    drawn_margins = weights @ margins
    total = drawn_margins.sum(1)
    percent = coefficients.ratio(weights @ agreeing, total)
    if level == "ordinal":
        whole = np.zeros((len(sums.tables), sums.size, sums.size))
        for n, (here, table) in enumerate(sums.tables):
            whole[n][np.ix_(here, here)] = table
        far = coefficients.distances(np.arange(float(sums.size)), "ordinal", drawn_margins)
        return percent, coefficients.alpha(np.tensordot(weights, whole, 1), far)
    far = _distances(kinds, level)
    apart = np.array([(table * far[np.ix_(here, here)]).sum() for here, table in sums.tables])
    expected = ((drawn_margins @ far) * drawn_margins).sum(1)
    return percent, 1 - coefficients.ratio((total - 1) * (weights @ apart), np.where(expected > 1e-9, expected, 0))


def _kinds(rows: list[list[Any]], order: tuple) -> list[Any]:
    found = {value for row in rows for value in row}
    return [value for value in order if value in found] + sorted(found - {*order}, key=str)


def _distances(kinds: list[Any], level: Level) -> np.ndarray:
    if level == "sets":
        sizes = np.array([len(kind) for kind in kinds])
        shared = np.array([[len({*a} & {*b}) for b in kinds] for a in kinds])
        return coefficients.masi_distance(shared, sizes[:, None], sizes[None])
    numbers = np.array(kinds, float) if level == "interval" else np.arange(float(len(kinds)))
    return coefficients.distances(numbers, level, np.zeros(len(kinds)))
