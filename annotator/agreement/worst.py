"""The worst places: the sentences on which most pairs of coders differ."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotator.agreement.sums import Coding, Units, code_sets, project

Said = tuple[int, ...] | None  # the codes one coder gave; () is none, None: did not code this document


@dataclass(frozen=True, slots=True)
class Worst:
    """A sentence, or what the text was cut into. Numbers point into the coding: document, codes, coders in their order."""

    document: int
    number: int  # of the sentence in its document, from 1
    start: int
    end: int
    said: tuple[Said, ...]
    apart: int  # pairs of coders who differ
    pairs: int  # of those who both coded it


def worst_places(coding: Coding, units: Units) -> list[Worst]:
    """Those on which anybody differs: by pairs apart, then by different answers, then by length; else as in the text."""
    if not len(units.document):
        return []
    sets = code_sets(coding, units, project(coding, units))
    coded, number = coding.coded[units.document], sets.number
    apart, pairs = np.zeros((2, len(units.document)), np.int64)
    for g, h in coding.pairs:
        both = coded[:, g] & coded[:, h]
        pairs += both
        apart += both & (number[:, g] != number[:, h])
    kept = np.flatnonzero(apart)
    answers = np.array([len({*number[u][coded[u]].tolist()}) for u in kept.tolist()], np.int64)
    length = (units.end - units.start)[kept]
    order = np.lexsort((kept, -length, -answers, -apart[kept]))
    first = np.searchsorted(units.document, np.arange(len(coding.lengths)))
    members = [tuple(np.flatnonzero(row).tolist()) for row in sets.members]
    return [_place(u, units, first, coded, number, members, apart, pairs) for u in kept[order].tolist()]


def _place(u: int, units: Units, first, coded, number, members, apart, pairs) -> Worst:
    document = int(units.document[u])
    said = tuple(members[s] if there else None for s, there in zip(number[u].tolist(), coded[u].tolist(), strict=True))
    place = document, u - int(first[document]) + 1, int(units.start[u]), int(units.end[u])
    return Worst(*place, said, int(apart[u]), int(pairs[u]))


def concerning(
    places: Sequence[Worst],
    *,
    document: int | None = None,
    code: int | None = None,
    coders: tuple[int, int] | None = None,
    cell: tuple[int, int] | None = None,
) -> list[Worst]:
    """Those of a document; those where somebody gave a code and another did not; those on which two coders differ; with
    `cell` those where the first of the two gave one code and the second the other (a negative number is no code)."""
    return [
        place
        for place in places
        if document in (None, place.document)
        and (code is None or len({code in one for one in place.said if one is not None}) == 2)
        and (coders is None or _differ(place, *coders))
        and (coders is None or cell is None or _has(place, coders, cell))
    ]


def _differ(place: Worst, g: int, h: int) -> bool:
    one, two = place.said[g], place.said[h]
    return one is not None and two is not None and one != two


def _has(place: Worst, coders: tuple[int, int], cell: tuple[int, int]) -> bool:
    (one, two), (a, b) = (place.said[coder] or () for coder in coders), cell
    if b < 0:
        return a in one and a not in two
    return b in two and (b not in one if a < 0 else a in one)
