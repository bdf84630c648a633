"""The tables of a report, from a result to cells."""

import platform
from collections.abc import Callable, Sequence
from html import escape

import numpy as np

from annotator.agreement.attributes import Agreed
from annotator.agreement.comparison import Kind
from annotator.agreement.ends import Ends
from annotator.agreement.figures.reading import point_of_code
from annotator.agreement.prevalence import MEAN, NOTE, Balance, of_everyone, warning
from annotator.agreement.result import Result, Row, Use
from annotator.agreement.words import (
    FLOOR,
    RELIABLE,
    HasEnds,
    chance_of_gamma,
    count,
    number,
    of_sets,
    share,
    short,
    some,
    title,
)
from annotator.reporting.account import Account
from annotator.reporting.blocks import Cell, Table, cells
from annotator.reporting.method import around

DASH = "\N{EN DASH}"
JUDGES = {
    ("alpha", "masi"): "sets of codes, by how much they share",
    ("alpha", "nominal"): "sets of codes, the same or not",
    ("percent", "nominal"): "sets of codes, chance left in",
    ("unitizing", "u"): "where and what",
    ("unitizing", "bar_u"): "where only",
    ("unitizing", "cu"): "what only, on text that both coded",
    ("unitizing", "coverage"): "share of the text that both coded",
    ("f1", "exact"): "same code and ends, chance left in",
    ("f1", "overlap"): "same code, words in common",
    ("gamma", "pooled"): "where and what, spans aligned",
    ("gamma", "mean"): "the same, short documents as long ones",
    ("gamma_cat", "pooled"): "what only, of aligned spans",
}
PARTS: tuple[Kind, ...] = ("missed", "boundary", "label", "attribute", "match")
MOST_COLUMNS = 4  # coders; of more the pairs are listed
LEVELS = {"nominal": "nominal", "ordinal": "ordinal", "interval": "interval", "sets": "sets, MASI"}


def value(row: Row | None) -> Cell:
    return Cell(number(row.value), (row.value,)) if row else Cell("")


def ends(row: Row | None) -> Cell:
    return Cell(around(row), (row.low, row.high)) if row else Cell("")


def whole(amount: int) -> Cell:
    return Cell(f"{amount:,}", (amount,))


def of_all(result: Result) -> list[Row]:
    """The rows of all codes and all coders."""
    return [row for row in result.rows if row.code is None and list(row.coders) == result.settings["coders"]]


def notes(rows: Sequence[tuple[str, str]]) -> str:
    """Reasons, each with the names it is about: "Praise: few documents"."""
    by_reason: dict[str, list[str]] = {}
    for name, reason in rows:
        if reason:
            by_reason.setdefault(reason, []).append(name)
    return " ".join(f"{some(names, 6)}: {reason}." for reason, names in by_reason.items())


# One by one -----------------------------------------------------------------------------------------------------------


def sample(account: Account, coders: Sequence[str]) -> Table:
    """Documents by round."""
    rows = []
    for phase in account.phases:
        why = "; ".join(f"{reason} ({times})" for reason, times in phase.left_out) or DASH
        out = phase.documents - phase.used
        numbers = [whole(n) for n in (phase.documents, phase.used, phase.partly, out)]
        sight = "yes" if phase.blind else f"until {phase.revealed}" if phase.revealed else "no"
        rows.append(cells([phase.name, phase.days or DASH, phase.codebook or DASH, sight, *numbers, why]))
    total = [sum(getattr(phase, name) for phase in account.phases) for name in ("documents", "used", "partly")]
    rows.append(cells(["All", "", "", "", *(whole(n) for n in (*total, total[0] - total[1])), ""]))
    told = [f"“{name}” by all but {some(list(who), 3)}" for name, who in account.missing]
    note = "Partly: used, but coded by fewer than all coders"
    note += f" ({some(told, 4)})." if told else "."
    note += " A document that a coder did not code is missing for that coder; a document coded without finding anything counts."
    header = ("Round", "Dates", "Codebook", "Blind", "Documents", "Used", "Partly", "Left out", "Reason")
    caption = "Documents handed out to these coders, by round of coding."
    return Table("sample", caption, header, rows, "lllllrrrrl"[1:], escape(note, quote=False), (len(rows) - 1,))


def overall(result: Result) -> Table:
    """Every coefficient of all codes."""
    rows, said = [], []
    shown = of_all(result) or [result.headline.row]
    for row in shown:
        below = result.below.get((row.measure, row.variant), {})
        shares = [share_below(below.get(str(line))) for line in (FLOOR, RELIABLE)]
        judges = JUDGES.get((row.measure, row.variant), "sets of codes, corrected for chance")
        rows.append(cells([of_sets(row.measure, row.variant), judges, value(row), ends(row), *shares]))
        said.append((of_sets(row.measure, row.variant), row.reason))
    settings = result.settings
    counts = settings["counts"]
    facts = [count(counts["documents"], "document"), count(counts["spans"], "annotated span")]
    facts += [count(counts["units"], settings["unit"])] if counts["units"] else []
    facts += [count(counts["characters"], "character")]
    note = f"{', '.join(facts)}; {count(len(settings['coders']), 'coder')}. {notes(said)}"
    at = next((n for n, row in enumerate(shown) if row is result.headline.row), 0)
    rows.insert(0, rows.pop(at))
    header = ("Coefficient", "Judges", "Value", "95% interval", "below .667", "below .800")
    caption = "Coefficients over all codes, with the share of resamples below the two conventional values."
    return Table("all_codes", caption, header, rows, "llrrrr", escape(note.strip(), quote=False), (0,))


def share_below(part: float | None) -> Cell:
    """A share of resamples; never 0 or 1, which a resample cannot show."""
    if part is None:
        return Cell(DASH)
    shown = "<.001" if part == 0 else ">.999" if part == 1 else share(part)
    return Cell(shown, (part,))


def main_measure(result: Result) -> tuple[str, str]:
    """The measure by which codes are shown."""
    per_code = dict.fromkeys((row.measure, row.variant) for row in result.rows if row.code is not None)
    head = result.headline.row
    wanted = [("alpha", "nominal")] if head.measure == "alpha" else [(head.measure, head.variant)]
    wanted += [("alpha", "nominal"), ("unitizing", "u"), ("f1", "overlap"), ("percent", "nominal")]
    return next((key for key in wanted if key in per_code), next(iter(per_code), wanted[0]))


def by_code(result: Result) -> Table:
    """Each code, by value: coefficients, and what the disagreement is made of."""
    main = main_measure(result)
    others = [key for key in (("unitizing", "u"), ("percent", "nominal"), ("f1", "overlap")) if key != main]
    others = [key for key in others if result.find(*key, code=result.uses[0].code)] if result.uses else []
    order = sorted(result.uses, key=lambda use: _place(result, main, use))
    rows, said = [], []
    for use in order:
        row = result.find(*main, code=use.code)
        point = point_of_code(row, use.spans, use.documents)
        rest = [result.find(*key, code=use.code) for key in others]
        judged = point.value is not None
        main_cells = [value(row), ends(row)] if judged else [_left_open(row), Cell(DASH)]
        kinds = [] if not result.makeup else _parts(result, use.code)
        rest_cells = [value(one) if judged else _left_open(one) for one in rest]
        rows.append(cells([use.code, whole(use.spans), whole(use.documents), *main_cells, *rest_cells, *kinds]))
        said.append((use.code, point.reason if not judged else row.reason if row else ""))
    rows.append(_all_codes(result, main, others))
    heads = ["F1" if key == ("f1", "overlap") else short(*key) for key in others]
    parts = ["missed", "boundary", "label", "attribute", "agreed"] if result.makeup else []
    header = ("Code", "Uses", "Docs", _capital(short(*main)), "95% interval", *map(_capital, heads), *parts)
    note = "Uses: annotated spans of all coders. Docs: documents with a use."
    note += " F1: of spans with words in common." if ("f1", "overlap") in others else ""
    if parts:
        note += " Last five columns: comparisons of annotations, each with each other coder of its document."
    note = escape(f"{note} {notes(said)}".strip(), quote=False)
    caption = "Agreement and disagreement by code." if parts else "Agreement by code."
    return Table("by_code", caption, header, rows, "l" + "r" * (len(header) - 1), note, (len(rows) - 1,))


def beside_kappa(result: Result) -> list[Table]:
    """Prevalence, bias and agreement on either answer, of each code and all coders: two tables, since each number has its
    interval."""
    found = of_everyone(result.prevalence)
    of = f", {MEAN} of coders" if found[0].is_mean else ""
    kappas = ("percent", "kappa", "pabak", "ac1"), ("Percent", "Kappa", "PABAK", "AC1")
    others = ("prevalence", "bias", "positive", "negative"), ("Prevalence", "Bias", "Positive", "Negative")
    note = f"{NOTE} Positive, negative: agreement on giving the code and on not giving it. {_whys(found)}".strip()
    first = f"Kappa and what stands beside it, by code{of}, with 95% intervals."
    second = f"Prevalence and bias beside kappa, by code{of}, with 95% intervals."
    return [
        _beside("beside_kappa", first, found, *kappas, warning(found)),
        _beside("prevalence", second, found, *others, note),
    ]


def _beside(
    name: str, caption: str, found: Sequence[Balance], keys: Sequence[str], heads: Sequence[str], note: str
) -> Table:
    rows = []
    for one in found:
        numbers = [(getattr(one, key), one.ends[key]) for key in keys]
        rows.append(cells([one.code, *(_with_ends(value, far) for value, far in numbers)]))
    return Table(name, caption, ("Code", *heads), rows, "l" + "r" * len(keys), escape(note, quote=False))


def _with_ends(value: float | None, far: HasEnds) -> Cell:
    """A number with its interval in one cell."""
    words = number(value) if value is None or around(far) == DASH else f"{number(value)} {around(far)}"
    return Cell(words, (value, far.low, far.high))


def _whys(found: Sequence[Balance]) -> str:
    """Why numbers or intervals are missing, each reason once with its codes."""
    return notes(
        [(one.code, reason) for one in found for reason in dict.fromkeys(far.note for far in one.ends.values())]
    )


def _place(result: Result, key: tuple[str, str], use: Use) -> tuple:
    point = point_of_code(result.find(*key, code=use.code), use.spans, use.documents)
    return point.value is None, -(point.value or 0), -use.spans


def _left_open(row: Row | None) -> Cell:
    """Not shown, because it is of too little; the number is in the file all the same."""
    return Cell(number(None), (row.value if row else None,))


def _parts(result: Result, code: str | None) -> list[Cell]:
    if not result.makeup:
        return []
    made = result.makeup.of(code)
    return [whole(made.counts.get(kind, 0)) for kind in PARTS]


def _all_codes(result: Result, main: tuple[str, str], others: Sequence[tuple[str, str]]) -> list[Cell]:
    row = result.find(*_over_all(main))
    total = sum(use.spans for use in result.uses)
    rest = [value(result.find(*_over_all(key))) for key in others]
    numbers = [whole(total), whole(result.settings["counts"]["documents"])]
    return cells(["All codes", *numbers, value(row), ends(row), *rest, *_parts(result, None)])


def _over_all(key: tuple[str, str]) -> tuple[str, str]:
    """What stands for all codes together: of sets alpha takes the distance MASI."""
    return ("alpha", "masi") if key == ("alpha", "nominal") else key


def by_coder(result: Result) -> Table:
    """Each coder with each other; of many coders a row a pair."""
    row = result.headline.row
    matrix = result.matrix(row.measure, row.variant)
    coded = result.settings["counts"]["coded"]
    uses = [sum(use.by_coder[g] for use in result.uses) for g in range(len(matrix.coders))]
    name, m = title(row.measure, row.variant), len(matrix.coders)
    said = [
        (f"{a.coders[0]} and {a.coders[1]}", a.reason) for rows in matrix.rows for a in rows if a and a.value is None
    ]
    note = escape(notes(list(dict.fromkeys(said))), quote=False)
    if m > MOST_COLUMNS:
        return by_pair(name, matrix.rows, matrix.coders, note)
    header = ["Coder", "Docs", "Uses", "per doc", *(f"with {one}" for one in matrix.coders[:-1])]
    header += ["all without"] if m > 2 else []
    rows = []
    for g, coder in enumerate(matrix.coders):
        per = uses[g] / coded[coder] if coded[coder] else 0.0
        pairs = [with_pair(matrix.rows[g][h]) if h < g else Cell("") for h in range(m - 1)]
        rest = [value(matrix.without[g])] if m > 2 else []
        rows.append(cells([coder, whole(coded[coder]), whole(uses[g]), Cell(f"{per:.1f}", (per,)), *pairs, *rest]))
    caption = f"{name}, of each pair of coders{', and of all coders without one' if m > 2 else ''}."
    return Table("by_coder", escape(caption, quote=False), header, rows, "l" + "r" * (len(header) - 1), note)


def with_pair(row: Row | None) -> Cell:
    """A number of a pair of coders, with its interval."""
    if row is None:
        return Cell(DASH)
    return _with_ends(row.value, row)


def by_pair(
    name: str,
    matrix: Sequence[Sequence[Row | None]],
    coders: Sequence[str],
    note: str,
    counted: tuple[str, Callable[[Row], int]] = ("Docs", lambda row: row.documents),
) -> Table:
    """A row a pair; `counted` is what it is of."""
    found = [(coders[h], coders[g], row[h]) for g, row in enumerate(matrix) for h in range(g)]
    rows = [cells([a, b, whole(counted[1](one)), value(one), ends(one)]) for a, b, one in found if one]
    header = ("Coder", "and coder", counted[0], "Value", "95% interval")
    return Table("by_coder", escape(f"{name}, of each pair of coders.", quote=False), header, rows, "llrrr", note)


def attributes(found: Sequence[Agreed]) -> Table:
    """Agreement on what annotations say beside their code."""
    rows = []
    for one in found:
        numbers = [
            (value, one.ends.get(name, Ends())) for name, value in (("percent", one.percent), ("alpha", one.alpha))
        ]
        filled = Cell(DASH) if one.filled is None else Cell(f"{100 * one.filled:.0f}%", (one.filled,))
        told = [_with_ends(value, far) for value, far in numbers]
        rows.append(cells([one.name, LEVELS[one.level], whole(one.units), filled, *told]))
    note = (
        "Places that two coders or more marked with one code, and gave the attribute there. Filled in: share of the "
        "annotations there that have it. In brackets 95% intervals."
    )
    note = escape(f"{note} {notes([(one.name, one.reason) for one in found])}".strip(), quote=False)
    header = ("Attribute", "Level", "Places", "Filled in", "Percent", "Alpha")
    return Table("attributes", "Agreement on attributes of annotations.", header, rows, "llrrrr", note)


def settings(result: Result, account: Account) -> Table:
    """What is needed to compute the numbers again."""
    told = result.settings
    row = result.headline.row
    measures = [title(measure, "") for measure in told["measures"]]
    lines = [
        ("Headline", f"{title(row.measure, row.variant)}; unit {row.unit}; {in_full(row)}"),
        ("Coefficients", "; ".join(measures)),
        *((f"Unit {unit}", rule) for unit, rule in told["projection"].items()),
        ("Interval", _interval(told)),
        *([("Gamma", chance_of_gamma(told["gamma"]))] if "gamma" in told else []),
        ("Coders", ", ".join(told["coders"])),
        ("Codebook", f"{count(told['q'], 'code')}: {', '.join(told['codes'])}"),
        ("Versions", ", ".join(account.codebooks) or "codes as they stood, no version published"),
        ("Rounds", ", ".join(told["rounds"])),
        ("Documents", "; ".join(told["documents"])),
        ("In progress", "counted too" if told["include_in_progress"] else "left out: only documents marked done count"),
        ("Made by search", "counted too" if told["by_search"] else "left out unless looked at one by one"),
        (
            "Left out",
            "; ".join(f"{count(one['number'], one['what'])} {one['reason']}" for one in told["exclusions"])
            or "nothing",
        ),
        *facts(result),
    ]
    rows = [cells(line) for line in lines]
    caption = "What is needed to compute these numbers again."
    return Table("settings", caption, ("Setting", "Value"), rows, "ll", wrapped=True)


def facts(result: Result) -> list[tuple[str, str]]:
    """Which software counted which data."""
    software = f"Annotator {result.settings['version']}, Python {platform.python_version()}, numpy {np.__version__}"
    return [("Software", software), ("Data, SHA-256", result.settings["data_hash"])]


def in_full(row: Row) -> str:
    if row.value is None:
        return f"n/a, {row.reason}"
    low, high = row.low, row.high
    return f"{row.value:.10f}" + ("" if low is None or high is None else f" [{low:.10f}, {high:.10f}]")


def _interval(told: dict) -> str:
    if not told["replicates"]:
        return "none"
    return f"{told['interval']}; {told['replicates']:,} replicates, seed {told['seed']}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
