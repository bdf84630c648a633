"""The tables of a report on ratings."""

from collections.abc import Sequence
from html import escape

from annotator.agreement.rated_values import Value
from annotator.agreement.ratings import Ratings
from annotator.agreement.result import Result, Row
from annotator.agreement.words import FLOOR, RELIABLE, USES, count, of_sets
from annotator.reporting.blocks import Cell, Table, cells
from annotator.reporting.rated_words import pairable
from annotator.reporting.tables import (
    DASH,
    MOST_COLUMNS,
    by_pair,
    ends,
    facts,
    in_full,
    notes,
    share_below,
    value,
    whole,
    with_pair,
)

JUDGES = {
    "percent": "the same value, chance left in",
    "alpha": "chance from all values together",
    "kappa": "chance from each coder’s values",
    "conger": "chance from each coder’s values",
    "pi": "chance from all values together",
    "fleiss": "chance from all values together",
    "ac1": "chance small where a value is rare",
    "ac2": "chance small where a value is rare",
    "s": "every value equally likely by chance",
}


def sample(ratings: Ratings) -> Table:
    """What each coder rated."""
    shared, there = pairable(ratings), ratings.table >= 0
    rows = []
    for g, coder in enumerate(ratings.coders):
        rated, used = int(there[:, g].sum()), int((there[:, g] & shared).sum())
        rows.append(cells([coder, whole(rated), whole(len(there) - rated), whole(used), whole(rated - used)]))
    every = int(there.sum())
    used = int((there & shared[:, None]).sum())
    rows.append(cells(["All", *map(whole, (every, there.size - every, used, every - used))]))
    alone, none = int((there.sum(1) == 1).sum()), int((~there.any(1)).sum())
    told = f"Of {count(len(there), 'unit')}, {int(shared.sum()):,} were rated by two coders or more, {alone:,} by one, and "
    told += f"{none:,} by none."
    note = f"{told} Used: with a rating of another coder beside it. An empty cell is missing, and not a value."
    header = ("Coder", "Rated", "Missing", "Used", "Alone")
    return Table("sample", "Ratings by coder.", header, rows, "lrrrr", escape(note, quote=False), (len(rows) - 1,))


def overall(result: Result) -> Table:
    """Every coefficient of all coders."""
    shown = [row for row in result.rows if list(row.coders) == result.settings["coders"]]
    shown.sort(key=lambda row: row is not result.headline.row)
    rows = []
    for row in shown:
        below = result.headline.below if row is result.headline.row else {}
        shares = [share_below(below.get(str(line))) for line in (FLOOR, RELIABLE)]
        rows.append(cells([of_sets(row.measure, row.variant), JUDGES[row.measure], value(row), ends(row), *shares]))
    note = notes([(of_sets(row.measure, row.variant), row.reason) for row in shown])
    header = ("Coefficient", "Judges", "Value", "95% interval", "below .667", "below .800")
    caption = "Coefficients of all coders; of alpha the share of resamples below the two conventional values."
    return Table("all_coders", caption, header, rows, "llrrrr", escape(note, quote=False), (0,))


def by_value(found: Sequence[Value], coders: Sequence[str]) -> Table:
    """Each value, in its order: how often each coder gave it, and alpha of it against the rest."""
    few = len(coders) <= MOST_COLUMNS
    rows, said = [], []
    for one in found:
        judged = one.times >= USES
        of = [whole(times) for times in one.by_coder] if few else []
        shown = [value(one.alpha), ends(one.alpha)] if judged else [Cell("n/a", (one.alpha.value,)), Cell(DASH)]
        rows.append(cells([one.name, whole(one.times), whole(one.rows), *of, *shown]))
        said.append((one.name, one.alpha.reason if judged else f"fewer than {USES} uses"))
    header = ("Value", "Uses", "Units", *(coders if few else ()), "Alpha", "95% interval")
    note = f"Uses: ratings of all coders. Units: rows in which a coder gave it. {notes(said)}".strip()
    caption = "Agreement by value: alpha of the value against all others."
    return Table("by_value", caption, header, rows, "l" + "r" * (len(header) - 1), escape(note, quote=False))


def by_coder(ratings: Ratings, result: Result) -> Table:
    """Each coder with each other; of many coders a row a pair."""
    head = result.headline.row
    matrix = result.matrix(head.measure, head.variant)
    name, m = of_sets(head.measure, head.variant), len(matrix.coders)
    found = [(matrix.coders[h], matrix.coders[g], matrix.rows[g][h]) for g in range(m) for h in range(g)]
    said = [(f"{a} and {b}", row.reason) for a, b, row in found if row and row.value is None]
    note = escape(notes(said), quote=False)
    if m > MOST_COLUMNS:
        return by_pair(name, matrix.rows, matrix.coders, note, ("Units", _units))
    rated = (ratings.table >= 0).sum(0)
    rows = []
    for g, coder in enumerate(matrix.coders):
        with_each = [with_pair(matrix.rows[g][h]) if h < g else Cell("") for h in range(m - 1)]
        rows.append(cells([coder, whole(int(rated[g])), *with_each]))
    header = ("Coder", "Rated", *(f"with {one}" for one in matrix.coders[:-1]))
    caption = escape(f"{name}, of each pair of coders.", quote=False)
    return Table("by_coder", caption, header, rows, "l" + "r" * (len(header) - 1), note)


def _units(row: Row) -> int:
    return row.n


def settings(ratings: Ratings, result: Result) -> Table:
    """What is needed to compute the numbers again."""
    told, row = result.settings, result.headline.row
    resampled = (
        f"{told['interval']}; {told['replicates']:,} replicates, seed {told['seed']}" if told["replicates"] else "none"
    )
    lines = [
        ("Headline", f"{of_sets(row.measure, row.variant)}; {in_full(row)}"),
        ("Level", told["level"]),
        ("Unit", told["projection"]["row"]),
        ("Interval", resampled),
        ("Table", ratings.name),
        ("Coders", ", ".join(ratings.coders)),
        ("Values", f"{len(ratings.values)}: {', '.join(ratings.values)}"),
        ("Documents", "; ".join(_in_turn(ratings)) or "none named: each unit was resampled by itself"),
        (
            "Left out",
            "; ".join(f"{count(one['number'], one['what'])} {one['reason']}" for one in told["exclusions"])
            or "nothing",
        ),
        *facts(result),
    ]
    caption = "What is needed to compute these numbers again."
    return Table("settings", caption, ("Setting", "Value"), [cells(line) for line in lines], "ll", wrapped=True)


def _in_turn(ratings: Ratings) -> list[str]:
    """The titles of documents, as the table has them one after the other."""
    numbers = [] if ratings.documents is None else dict.fromkeys(ratings.documents.tolist())
    return [ratings.titles[n] for n in numbers]
