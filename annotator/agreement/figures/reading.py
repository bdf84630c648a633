"""From a result to what its figures are told. Words that are not data come in English, and `say` puts them into others."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal

import numpy as np

from annotator.agreement import control
from annotator.agreement.intervals import FEW
from annotator.agreement.seriation import side_by_side
from annotator.agreement.sums import shares
from annotator.agreement.words import USES, short

from .values import Bars, Chart, CodeRow, Coders, Confusion, Family, Forest, Kin, Made, Panel, Point, Stage

if TYPE_CHECKING:
    from annotator.agreement.decomposition import Decomposition
    from annotator.agreement.drift import Drift
    from annotator.agreement.result import Result, Row
    from annotator.agreement.sums import Coding

Say = Callable[[str], str]
Key = tuple[str, str]  # measure and variant
Order = Literal["value", "codebook", "uses"]
CHANCE = ("alpha", "kappa", "pi", "fleiss", "conger", "unitizing")  # what .667 and .800 are read against
OF_ALL = {("alpha", "nominal"): ("alpha", "masi")}  # what stands for all codes together
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def point(row: "Row | None", say: Say = str) -> Point:
    """A row of a report as it is drawn: of few documents grey."""
    if row is None:
        return Point(None, reason=say("not computed"))
    return Point(row.value, row.low, row.high, row.documents < FEW, say(row.reason))


def point_of_code(row: "Row | None", uses: int, documents: int, say: Say = str) -> Point:
    """Of a code with too few uses there are counts instead of a coefficient."""
    if 0 < uses < USES:
        told, parts = say("{uses} in {documents}; {needed} uses are needed"), {"needed": f"{USES}"}
        parts["uses"] = say("1 use") if uses == 1 else say("{count} uses").format(count=uses)
        parts["documents"] = say("1 document") if documents == 1 else say("{count} documents").format(count=documents)
        return Point(None, reason=told.format(**parts))
    return point(row, say)


def made(counts: "Decomposition | None", code: str | None = None, coders: Sequence[str] | None = None) -> Made:
    if counts is None:
        return Made()
    return Made(**counts.of(code, coders).counts)


def forest(result: "Result", coding: "Coding", key: Key, *, order: Order = "value", say: Say = str) -> Forest:
    """All codes first, then each; by value those that have none last."""
    coders, text = result.settings["coders"], shares(coding)
    rows = []
    for n, use in enumerate(result.uses):
        row = result.find(*key, code=use.code)
        found = point_of_code(row, use.spans, use.documents, say)
        counted = made(result.makeup, use.code)
        rows.append(CodeRow(use.code, use.spans, float(text[n]), found, counted, use.share))
    if order == "uses":
        rows.sort(key=lambda one: -one.uses)
    elif order == "value":
        rows.sort(key=lambda one: (one.point.value is None, -(one.point.value or 0), -one.uses))
    every = result.find(*OF_ALL.get(key, key), coders=coders)
    total = sum(use.spans for use in result.uses)
    first = CodeRow(say("All codes"), total, float(text[-1]), point(every, say), made(result.makeup))
    what = say("{measure} of the code against the rest").format(measure=_capital(short(*key)))
    return Forest(what, (first, *rows), key[0] in CHANCE)


def coders(result: "Result", key: Key, names: Sequence[str], *, say: Say = str) -> Coders:
    """`names` are short ones, in the order of the coders of the result."""
    matrix = result.matrix(*OF_ALL.get(key, key))
    m = len(matrix.coders)
    pairs = {(g, h): point(matrix.rows[g][h], say) for h in range(m) for g in range(h)}
    coded = result.settings["counts"]["coded"]
    uses = [sum(use.by_coder[g] for use in result.uses) for g in range(m)]
    per_document = [n / coded[name] if coded[name] else 0.0 for n, name in zip(uses, matrix.coders, strict=True)]
    without = [row.value if row else None for row in matrix.without]
    return Coders(short(*key), tuple(names), pairs, tuple(per_document), tuple(without))


def family(result: "Result", *, say: Say = str) -> Family:
    """Of a result that has the unitizing alphas."""
    names = ((say("Where and what"), "u", "u"), (say("Where only"), "|u", "bar_u"), (say("What only"), "cu", "cu"))
    found = {variant: result.find("unitizing", variant) for _, _, variant in names}
    why = found["u"].reason if found["u"] else ""
    rows = [
        Kin(name, symbol, point(found[variant], say) if found[variant] else Point(None, reason=say(why)))
        for name, symbol, variant in names
    ]
    coverage = result.find("unitizing", "coverage")
    return Family(tuple(rows), coverage.value if coverage else None)


def confusion(
    counts: "Decomposition", codes: Sequence[str], one: str, two: str, *, names: tuple[str, str] | None = None
) -> Confusion:
    """Rows are the first coder's codes; `names` are short ones for the two. Codes stand side by side that are confused by
    any pair of coders, so that every pair has them in one order."""
    table, every = _table(counts, codes, [(one, two)]), _table(counts, codes, counts.pairs)
    return Confusion(tuple(codes), table, *(names or (one, two)), side_by_side(every[:-1, :-1]))


def _table(counts: "Decomposition", codes: Sequence[str], pairs: Sequence[tuple[str, str]]) -> np.ndarray:
    at = {code: n for n, code in enumerate((*codes, ""))}
    table = np.zeros((len(at), len(at)), np.int64)
    for pair in pairs:
        for (a, b), number in counts.confusion(*pair).items():
            table[at[a], at[b]] += number
    return table


def makeup_of_pairs(
    counts: "Decomposition", coders: Sequence[str], names: Sequence[str], *, code: str | None = None, say: Say = str
) -> Bars:
    """A bar for each pair of coders, the pair that differs most first."""
    pairs = pairs_by_share(counts, coders, code)
    rows = [(f"{names[g]} – {names[h]}", made(counts, code, (coders[g], coders[h]))) for g, h in pairs]
    return Bars(say("Coders"), tuple(rows))


def pairs_by_share(counts: "Decomposition", coders: Sequence[str], code: str | None = None) -> list[tuple[int, int]]:
    """Pairs with comparisons, those that differ most first."""
    pairs = [(g, h) for h in range(len(coders)) for g in range(h)]
    found = {(g, h): made(counts, code, (coders[g], coders[h])) for g, h in pairs}
    return sorted((pair for pair in pairs if found[pair].total), key=lambda pair: -found[pair].share)


def makeup_of_codes(
    counts: "Decomposition", codes: Sequence[str], coders: Sequence[str] | None = None, *, say: Say = str
) -> Bars:
    """A bar for all codes, and one for each, the code that differs most first."""
    found = codes_by_share(counts, codes, coders)
    rows = [(code, made(counts, code, coders)) for code in found]
    return Bars(say("Code"), ((say("All codes"), made(counts, None, coders)), *rows) if rows else ())


def codes_by_share(counts: "Decomposition", codes: Sequence[str], coders: Sequence[str] | None = None) -> list[str]:
    """Codes with comparisons, those that differ most first."""
    found = {code: made(counts, code, coders) for code in codes}
    return sorted((code for code in codes if found[code].total), key=lambda code: -found[code].share)


def chart(found: "Drift", names: Sequence[str], *, say: Say = str) -> Chart:
    """`names` are those of the coders, over their panels. Places are counted from 1."""
    phases = found.timeline.phases
    stages = [
        Stage(
            phase.round,
            phase.first + 1,
            phase.last + 1,
            days(phase.began, phase.ended, say),
            say("codebook {number}").format(number=phase.codebook) if phase.codebook else "",
            phase.first in found.timeline.anew,
        )
        for phase in phases
    ]
    panels = [
        Panel(name, one.document + 1, one.me, one.rest, one.below)
        for name, one in zip(names, found.coders, strict=False)
        if np.isfinite(one.me).any()  # of too few documents there is no mean to draw
    ]
    kept = np.isfinite(found.by_document)
    measure = "u-alpha" if found.measure == ("unitizing", "u") else "alpha, MASI"
    return Chart(
        say(measure),
        np.flatnonzero(kept) + 1,
        found.by_document[kept],
        found.running[kept],
        control.WINDOW,
        tuple(stages),
        (found.base[0] + 1, found.base[1] + 1) if found.base else None,
        found.limits,
        found.centre,
        tuple(panels),
        found.outside[kept],
    )


def days(began: str, ended: str, say: Say = str) -> str:
    """ "4 Mar – 8 Mar 2026"."""
    if not began:
        return ""
    first, last = datetime.fromisoformat(began), datetime.fromisoformat(ended)

    def day(at: datetime, *, year: bool) -> str:
        return f"{at.day} {say(MONTHS[at.month - 1])}" + (f" {at.year}" if year else "")

    if first.date() == last.date():
        return day(last, year=True)
    return f"{day(first, year=first.year != last.year)} – {day(last, year=True)}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
