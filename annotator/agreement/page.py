"""The page of HTML: what a supervisor reads, and what a reviewer is given. Needs nothing else, prints on A4."""

import math
from pathlib import Path
from typing import NamedTuple

from annotator.agreement import prevalence
from annotator.agreement.advice import Advice
from annotator.agreement.comparison import KINDS
from annotator.agreement.intervals import FEW
from annotator.agreement.result import Matrix, Result, Row
from annotator.agreement.words import (
    DASH,
    FLOOR,
    RELIABLE,
    SOURCES,
    USES,
    HasEnds,
    between,
    chance_of_gamma,
    count,
    listed,
    number,
    of_sets,
    references,
    share,
    title,
    verdict,
    within,
)

TEMPLATE = Path(__file__).with_name("page.html.j2")
KIND_NAMES = {
    "missed": "Missed",
    "label": "Other code",
    "boundary": "Other boundary",
    "attribute": "Other attribute",
    "match": "Agreed in full",
}
WIDTH = 240  # of the scale, in pixels
MARGIN = 8  # beside it, so that a dot at either end is whole


class Scale(NamedTuple):
    """From where to 1 the coefficients of a table run, and where a value lies on it."""

    least: float

    def at(self, value: float) -> float:
        return round(MARGIN + (value - self.least) / (1 - self.least) * (WIDTH - 2 * MARGIN), 1)

    @property
    def ticks(self) -> list[tuple[float, str]]:
        steps = round((1 - self.least) / 0.2)
        values = [round(self.least + 0.2 * n, 1) for n in range(steps + 1)]
        return [(self.at(value), f"{value:g}".replace("0.", ".").replace("-", "\N{MINUS SIGN}")) for value in values]

    @property
    def lines(self) -> list[tuple[float, str]]:
        return [(math.floor(self.at(line)) + 0.5, number(line, 3)) for line in (FLOOR, RELIABLE)]


def page(result: Result) -> str:
    """The whole page. Whatever names say is escaped."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    head, main, advice = result.headline, _main(result), result.settings.get("advice")
    rows = [result.find(*main, code=use.code) for use in result.uses]
    scale = _scale([result.find(*_overall(result, main)), *rows])
    return environment.from_string(TEMPLATE.read_text(encoding="utf-8")).render(
        settings=result.settings,
        head=head.row,
        headline=title(head.row.measure, head.row.variant),
        sentences=_sentences(result),
        facts=_facts(result),
        scale=scale,
        width=WIDTH,
        main=title(*main),
        others=[title(*key) for key in _others(result, main)],
        codes=_codes(result, main, scale),
        matrices=[_matrix(result, key) for key in _matrices(result)],
        overall=[_line(row) for row in _everyone(result)],
        advice=advice,
        why=advice and Advice(**advice).sentences(with_gamma="gamma" in result.settings),
        makeup=_makeup(result),
        kinds=[KIND_NAMES[kind] for kind in KINDS],
        attributes=_attributes(result),
        prevalence=_prevalence(result),
        names=list(prevalence.NAMES.values()),
        beside=prevalence.NOTE,
        warning=prevalence.warning(result.prevalence),
        references=_references(result),
        method=_method(result),
        number=number,
        between=between,
        few=FEW,
        uses=USES,
    )


def _main(result: Result) -> tuple[str, str]:
    """The measure that the codes are laid out by."""
    per_code = {(row.measure, row.variant) for row in result.rows if row.code is not None}
    wanted = [("alpha", "nominal"), ("f1", "overlap"), ("kappa", "nominal"), ("percent", "nominal")]
    return next((key for key in (*wanted, *result.variants()) if key in per_code), result.variants()[0])


def _overall(result: Result, main: tuple[str, str]) -> tuple[str, str]:
    """The measure of all codes that stands above those of single codes."""
    return ("alpha", "masi") if main == ("alpha", "nominal") else main


def _others(result: Result, main: tuple[str, str]) -> list[tuple[str, str]]:
    per_code = {(row.measure, row.variant) for row in _of_everyone(result) if row.code is not None}
    return [key for key in result.variants() if key in per_code and key != main]


def _of_everyone(result: Result) -> list[Row]:
    return [row for row in result.rows if list(row.coders) == result.settings["coders"]]


def _everyone(result: Result) -> list[Row]:
    return [row for row in _of_everyone(result) if row.code is None]


def _makeup(result: Result) -> list[dict]:
    """A line for all codes and each: how many comparisons, and the share of each kind."""
    if not result.makeup:
        return []
    lines = []
    for code in (None, *result.settings["codes"]):
        made = result.makeup.of(code)
        if made.total:
            shares = [number(made.share(kind)) for kind in KINDS]
            lines.append({"name": code or "All codes", "total": f"{made.total:,}", "cells": shares})
    return lines


def _references(result: Result) -> list[str]:
    more = prevalence.REFERENCES if result.prevalence else ()
    return sorted({*references(result.settings["measures"]), *more})


def _prevalence(result: Result) -> list[dict]:
    """A line for each code: what stands beside its kappa, of all coders."""
    return [
        {
            "name": one.code,
            "is_mean": one.is_mean,
            "cells": [(number(value), _around(one.ends[name], value), one.ends[name].note) for name, value in pairs],
        }
        for one, values in prevalence.lines(prevalence.of_everyone(result.prevalence))
        for pairs in [list(zip(prevalence.NAMES, values, strict=True))]
    ]


def _around(far: HasEnds | None, value: float | None) -> str:
    """What stands below a number: its interval, or nothing."""
    words = within(far) if far is not None and value is not None else DASH
    return "" if words == DASH else words


def _attributes(result: Result) -> list[dict]:
    found = []
    for one in result.attributes:
        numbers = [("percent", one.percent), ("alpha", one.alpha)]
        cells = [(number(value), _around(one.ends.get(name), value)) for name, value in numbers]
        found.append({"one": one, "cells": cells})
    return found


def _scale(rows: list[Row | None]) -> Scale:
    ends = [end for row in rows if row for end in (row.value, row.low) if end is not None]
    return Scale(min(0.0, math.floor(min(ends, default=0) * 5) / 5))


def _sentences(result: Result) -> list[str]:
    row, found = result.headline.row, []
    if row.measure == "alpha" and row.value is not None:
        found.append(verdict(row.low, result.headline.below.get(str(FLOOR))))
    elif row.reason:
        found.append(f"{row.reason[0].upper()}{row.reason[1:]}.")
    kinds = result.settings["places"]
    if total := sum(kinds.values()):
        kept = f"{count(kinds['match'], 'is', 'are')} coded alike by all"
        rest = [
            f"{kinds['missed']:,} missed by a coder",
            f"{kinds['label']:,} given different codes",
            f"{kinds['boundary']:,} begun or ended elsewhere",
        ]
        found.append(f"Of {count(total, 'place')} that somebody coded, {kept}, {listed(rest)}.")
    return found


def _facts(result: Result) -> list[tuple[str, str]]:
    settings = result.settings
    counts = settings["counts"]
    shown = (("document", counts["documents"]), (settings["unit"], counts["units"]), ("span", counts["spans"]))
    facts = [(f"{number:,}", what + "s" * (number != 1)) for what, number in shown if number]
    facts += [(f"{one['number']:,}", f"left out: {_left_out(one)}") for one in settings["exclusions"]]
    return facts


def _left_out(one: dict) -> str:
    return f"{one['what']}{'s' * (one['number'] != 1)} {one['reason']}"


def _codes(result: Result, main: tuple[str, str], scale: Scale) -> list[dict]:
    """All codes first, then the codes by their value, those without one last."""
    uses = sorted(result.uses, key=lambda use: _by_value(result.find(*main, code=use.code)))
    others = _others(result, main)
    whole = _overall(result, main)
    every = sum(use.spans for use in result.uses)
    found = [_code(result, "All codes", f"{every:,}", "", whole, None, others, scale, every)]
    for use in uses:
        part = DASH if use.share is None else f"{100 * use.share:.1f}%"
        found.append(_code(result, use.code, f"{use.spans:,}", part, main, use.code, others, scale, use.spans))
    drawn = [n for n, code in enumerate(found) if code["drawn"]]
    return [{**code, "first": n in drawn[:1], "last": n in drawn[-1:]} for n, code in enumerate(found)]


def _by_value(row: Row | None) -> float:
    return math.inf if row is None or row.value is None else -row.value


def _code(result, name, uses, part, key, code, others, scale: Scale, times: int) -> dict:
    row: Row | None = result.find(*key, code=code)
    drawn = None
    if row is not None and row.value is not None:
        ends = None if row.low is None or row.high is None else (scale.at(row.low), scale.at(row.high))
        drawn = {"dot": scale.at(row.value), "ends": ends, "hollow": row.documents < FEW or times < USES}
    rest = [result.find(*other, code=code) for other in others]
    return {
        "name": name,
        "uses": uses,
        "share": part,
        "drawn": drawn,
        "value": number(row.value if row else None),
        "interval": within(row) if row else DASH,
        "reason": row.reason if row and row.value is None else "",
        "others": [number(one.value if one else None) for one in rest],
    }


def _matrices(result: Result) -> list[tuple[str, str]]:
    """The measures worth a matrix: the headline's, and those that only pairs have."""
    keys = [(result.headline.row.measure, result.headline.row.variant)]
    return list(dict.fromkeys(keys + [key for key in result.variants() if key[0] in ("kappa", "precision", "recall")]))


def _matrix(result: Result, key: tuple[str, str]) -> dict:
    """Values below the diagonal, intervals above it; at the margin spans per document, and everybody but this coder."""
    matrix: Matrix = result.matrix(*key)
    coded = result.settings["counts"]["coded"]
    rows = []
    for g, name in enumerate(matrix.coders):
        cells = [_cell(row, g, h) for h, row in enumerate(matrix.rows[g])]
        spans = sum(use.by_coder[g] for use in result.uses) / coded[name] if coded[name] else 0
        rest = matrix.without[g]
        rows.append(
            {"name": name, "cells": cells, "spans": f"{spans:.1f}", "without": number(rest.value) if rest else DASH}
        )
    return {
        "title": title(*key),
        "rows": rows,
        "names": matrix.coders,
        "more": len(matrix.coders) > 2,
        "spans": bool(result.uses),
    }


def _cell(row: Row | None, g: int, h: int) -> dict:
    if row is None:
        return {"kind": "self", "words": "", "tint": 0, "reason": ""}
    if g < h:
        return {"kind": "interval", "words": within(row), "tint": 0, "reason": row.reason}
    tint = min(1, max(0, row.value or 0))
    return {"kind": "value", "words": number(row.value), "tint": round(tint, 3), "reason": row.reason}


def _line(row: Row) -> dict:
    return {
        "title": of_sets(row.measure, row.variant),
        "unit": row.unit,
        "value": number(row.value),
        "interval": within(row),
        "n": f"{row.n:,}",
        "documents": f"{row.documents:,}",
        "reason": row.reason,
    }


def _method(result: Result) -> list[tuple[str, str]]:
    """Settings and definitions, as a reader needs them to judge the numbers or to make them again."""
    settings, below = result.settings, result.headline.below
    found = [(f"Unit {unit}", rule) for unit, rule in settings["projection"].items()]
    found += [(title(measure, ""), SOURCES[measure]) for measure in settings["measures"]]
    if "gamma" in settings:
        found.append(("Chance of gamma", chance_of_gamma(settings["gamma"])))
    resamples = f"{settings['replicates']:,} resamples, seed {settings['seed']}"
    found.append(("Intervals", f"{settings['interval']}; {resamples} (Field & Welsh 2007)"))
    if below:
        lower = ", ".join(f"{number(float(line), 3)}: {share(part)}" for line, part in below.items())
        found.append(("Resamples below", lower))
    found += [
        (
            "Missing",
            "a document that a coder did not finish is missing for that coder; done with nothing found is data",
        ),
        ("Rounds", f"{listed(settings['rounds'])}; where a coder coded a document twice, the latest round counts"),
        ("In progress", "counted too" if settings["include_in_progress"] else "left out"),
        ("Made by search", "counted too" if settings.get("by_search", True) else "left out"),
        ("Codes", f"{settings['q']}: {', '.join(settings['codes'])}"),
        ("Documents", "; ".join(settings["documents"])),
        ("Software", f"Annotator {settings['version']}"),
        ("Data", f"SHA-256 {settings['data_hash']}"),
    ]
    return found
