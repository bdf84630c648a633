"""What a figure shows, in sentences: for who cannot see it, and to be copied as words."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from annotator.agreement.words import between, number

from .values import PARTS, Bars, Chart, Coders, Confusion, Family, Forest, Made, Point

Say = Callable[[str], str]
MOST = 12  # confusions that are told one by one


def _point(point: Point, say: Say) -> str:
    if point.value is None:
        return f"n/a, {point.reason}" if point.reason else "n/a"
    if point.low is None:
        return f"{number(point.value)}, {point.reason}" if point.reason else number(point.value)
    words = say("{value}, 95% interval {interval}").format(
        value=number(point.value), interval=between(point.low, point.high)
    )
    return f"{words}, {say('few documents')}" if point.few else words


def _made(made: Made, say: Say) -> str:
    parts = [f"{say(part)} {100 * n / made.total:.0f}%" for part, n in zip(PARTS, made.apart, strict=True) if n]
    return ", ".join(parts) or say("no disagreement")


def forest(told: Forest, say: Say = str) -> list[str]:
    found = [told.what]
    for row in told.rows:
        words = f"{row.name}: {_point(row.point, say)}; {say('{count} uses').format(count=f'{row.uses:,}')}"
        found.append(f"{words}; {_made(row.made, say)}" if row.made.total else words)
    return found


def coders(told: Coders, say: Say = str) -> list[str]:
    found = [f"{told.names[g]} – {told.names[h]}: {_point(point, say)}" for (g, h), point in sorted(told.pairs.items())]
    for name, per, rest in zip(told.names, told.per_document, told.without, strict=True):
        words = say("{coder}: {count} annotations per document").format(coder=name, count=f"{per:.1f}")
        found.append(
            words if rest is None else f"{words}, {say('all without them {value}').format(value=number(rest))}"
        )
    return found


def family(told: Family, say: Say = str) -> list[str]:
    found = [f"{kin.name}, {kin.symbol}: {_point(kin.point, say)}" for kin in told.rows]
    return [*found, covered(told, say)] if told.coverage is not None else found


def covered(told: Family, say: Say = str) -> str:
    """What cu is about."""
    if told.coverage is None:
        return ""
    words = say("cu looks only at text that both coders of a pair coded, {share} of all text.")
    return words.format(share=f"{100 * told.coverage:.0f}%")


def frequent(told: Confusion, most: int = MOST) -> list[tuple[int, int, int]]:
    """(row, column, count) of what is not the same code, the most frequent first; the last number is no code."""
    cells = [(a, b, int(n)) for (a, b), n in np.ndenumerate(told.table) if n and a != b]
    return sorted(cells, key=lambda cell: (-cell[2], cell[0], cell[1]))[:most]


def confused(told: Confusion, cell: tuple[int, int, int], say: Say = str) -> tuple[str, str]:
    """A cell as a head and a sentence."""
    a, b, n = cell
    q, one, two = len(told.codes), told.rows, told.columns
    if b == q:
        words = say("{one} coded {count} that {two} did not")
        return f"{told.codes[a]}, {say('no code')}", words.format(one=one, two=two, count=places(n, say))
    if a == q:
        words = say("{one} coded {count} that {two} did not")
        return f"{say('no code').capitalize()}, {told.codes[b]}", words.format(one=two, two=one, count=places(n, say))
    same = int(told.table[a, a] + told.table[b, b])
    words = say("{count} with one code from {one} and the other from {two}; {same} with the same code")
    return f"{told.codes[a]}, {told.codes[b]}", words.format(count=places(n, say), one=one, two=two, same=f"{same:,}")


def places(count: int, say: Say = str) -> str:
    return say("1 place") if count == 1 else say("{count} places").format(count=f"{count:,}")


def confusion(told: Confusion, say: Say = str) -> list[str]:
    same = int(np.trace(told.table))
    found = [say("{count} with the same code from {one} and {two}").format(
        count=places(same, say), one=told.rows, two=told.columns)]  # fmt: skip
    return found + [f"{head}: {words}" for head, words in (confused(told, cell, say) for cell in frequent(told))]


def chart(told: Chart, say: Say = str) -> list[str]:
    found = []
    for stage in told.stages:
        inside = (told.place >= stage.first) & (told.place <= stage.last)
        shown = told.by_document[inside]
        words = say("{stage}: documents {first} to {last}, {measure} of single documents from {low} to {high}")
        if len(shown):
            ends = number(float(shown.min())), number(float(shown.max()))
            found.append(
                words.format(
                    stage=stage.name, first=stage.first, last=stage.last, measure=told.what, low=ends[0], high=ends[1]
                )
            )
    if told.limits is not None and told.centre is not None:
        words = say("Baseline {centre}, limits {low} and {high}")
        low, high = map(number, told.limits)
        found.append(words.format(centre=number(told.centre), low=low, high=high))
        found.append(_outside(told.place[told.outside].tolist(), say))
    else:
        found.append(say("No limits: no round has {count} documents.").format(count=told.window))
    for panel in told.panels:
        late = panel.place[panel.apart]
        words = say("{coder}: apart since document {number}") if len(late) else say("{coder}: moves with the others")
        found.append(words.format(coder=panel.name, number=late[0] if len(late) else ""))
    return found


def _outside(places: list[int], say: Say) -> str:
    if not places:
        return say("The mean stays within its limits.")
    runs, first = [], places[0]
    for a, b in [*pairwise(places), (places[-1], -1)]:
        if b != a + 1:
            runs.append(f"{first}" if first == a else f"{first} – {a}")
            first = b
    return say("The mean is outside its limits at documents {numbers}.").format(numbers=", ".join(runs))


def bars(told: Bars, say: Say = str) -> list[str]:
    return [f"{name}: {_made(made, say)}" for name, made in told.rows]
