"""Gamma in a report, where it was asked for: what it is, what it came to, and gamma-k of each code."""

from html import escape

from annotator.agreement.figures.reading import point_of_code
from annotator.agreement.result import Result, Row
from annotator.agreement.words import chance_of_gamma, number
from annotator.reporting import tables
from annotator.reporting.blocks import Cell, Table, cells
from annotator.reporting.method import around

SAMPLED = {
    "shuffle": "made by shifting the coders’ own spans round the text",
    "statistical": "drawn with numbers, gaps and lengths of spans like the coders’ own",
}


def method(result: Result) -> list[str]:
    """What was done, with its sources; nothing where gamma was not asked for. As html."""
    facts = result.settings.get("gamma")
    if not facts or not facts["samples"]:
        return []
    words = (
        "As a second opinion on where and what together we give gamma (Mathet, Widlöcher, & Métivier, 2015), which compares "
        "the best alignment of all coders’ spans with the best alignments of random ones "
        f"({facts['samples']} a document, {SAMPLED[facts['sampler']]}, seed {facts['seed']}; place and category weigh "
        f"{facts['place']:g} and {facts['category']:g}), and gamma-cat and gamma-k (Mathet, 2017), which judge the codes of "
        "aligned spans alone. Disorders were added over documents, each times its spans, and documents were resampled; "
        f"beside that, chance has a Monte Carlo error of {number(facts['errors']['gamma'], 4)} in gamma."
    )
    return [escape(words, quote=False)]


def outcome(result: Result) -> list[str]:
    """What came of it. As html."""
    told = [f"{name} was {_in_words(row)}" for name, row in _found(result)]
    return [escape(f"{told[0][0].upper()}{told[0][1:]}; {told[1]}.", quote=False)] if told else []


def _found(result: Result) -> list[tuple[str, Row]]:
    pairs = [(name, result.find(key, "pooled")) for name, key in (("gamma", "gamma"), ("gamma-cat", "gamma_cat"))]
    return [(name, row) for name, row in pairs if row is not None]


def _in_words(row: Row) -> str:
    if row.value is None:
        return f"not defined ({row.reason})"
    return f"{number(row.value)}{'' if row.low is None else f', 95% interval {around(row)}'}"


def by_code(result: Result) -> Table:
    """Gamma-k of each code, the highest first; what is of too few uses is left open."""
    found = [(use, result.find("gamma_k", "pooled", code=use.code)) for use in result.uses]
    points = [(use, row, point_of_code(row, use.spans, use.documents)) for use, row in found]
    rows, said = [], []
    for use, row, point in sorted(points, key=lambda one: (one[2].value is None, -(one[2].value or 0))):
        left_open = [Cell(number(None), (row.value if row else None,)), Cell(tables.DASH)]
        judged = left_open if point.value is None else [tables.value(row), tables.ends(row)]
        rows.append(cells([use.code, tables.whole(use.spans), tables.whole(use.documents), *judged]))
        said.append((use.code, point.reason if point.value is None else row.reason if row else ""))
    advice = result.settings["advice"]
    doubt = "" if advice["gamma"] == "beside" else " ".join(advice["of_gamma"])
    note = f"Gamma: {chance_of_gamma(result.settings['gamma'])}. {doubt} {tables.notes(said)}".replace("  ", " ")
    header = ("Code", "Uses", "Docs", "Gamma-k", "95% interval")
    caption = "Gamma-k: agreement on each code, of spans that stand against each other in the best alignment."
    return Table("gamma", caption, header, rows, "lrrrr", escape(note.strip(), quote=False))
