"""The raw matrix behind the headline: one row a unit, one column a coder. An empty cell is a coder who did not code the
document; "(no code)" is one who coded it and gave this unit nothing.

Of units of text a cell holds the codes of one coder. Where spans are compared, the rows are the stretches between any two
ends of spans, and a cell tells which span of its code lies there: "Denial #3".
"""

import csv
import io
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotator.agreement.export import harmless
from annotator.agreement.result import Result
from annotator.agreement.sums import Coding, Units, project, stretches
from annotator.agreement.units import Study

LABELS = ("unit", "document", "start", "end")
BETWEEN = ("; ", " | ", " // ", " ;; ")  # codes of one cell; the first that no code holds
NOTHING = "(no code)"


@dataclass(frozen=True, slots=True)
class Data:
    """The raw data of a headline as files: the table, the script that reads it, and a line on what the table holds."""

    table: str
    script: str
    about: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows of words, and what stands between codes and for none of them."""

    coders: tuple[str, ...]
    rows: list[list[str]]  # the labels, then a cell a coder
    between: str = ""
    nothing: str = ""
    labels: tuple[str, ...] = LABELS

    def heading(self, coder: str) -> str:
        """The name of a coder's column."""
        return f"{coder} (coder)" if coder.casefold() in LABELS else str(harmless(coder))

    def as_csv(self) -> str:
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([*self.labels, *map(self.heading, self.coders)])
        writer.writerows(self.rows)
        return out.getvalue()


def matrix(study: Study, result: Result) -> Matrix:
    """The units that the headline of a result counts."""
    codes = [str(harmless(name)) for name in study.codes]
    between = next(one for one in (*BETWEEN, "\n") if not any(one in name for name in codes))
    nothing = NOTHING
    while nothing in codes:
        nothing = f"({nothing})"
    unit = result.headline.row.unit
    units = stretches(study.coding) if unit == "span" else study.units(unit)
    given = _numbered(study.coding, units, codes) if unit == "span" else _given(study.coding, units, codes)
    titles, rows = distinct(study.documents), []
    there = study.coding.coded[units.document]
    places = zip(units.document.tolist(), units.start.tolist(), units.end.tolist(), strict=True)
    for n, (document, start, end) in enumerate(places):
        cells = [(between.join(given[n, g]) or nothing) if there[n, g] else "" for g in range(len(study.coders))]
        rows.append([str(n + 1), str(harmless(titles[document])), str(start), str(end), *cells])
    return Matrix(study.coders, rows, between, nothing)


def distinct(titles: Sequence[str]) -> list[str]:
    """Titles, each once: the second of a name is "Name (2)"."""
    found = dict[str, None]()
    for title in titles:
        twins = (f"{title} ({count})" for count in range(2, len(titles) + 2))
        found[next(one for one in (title, *twins) if one not in found)] = None
    return list(found)


def _given(coding: Coding, units: Units, codes: Sequence[str]) -> dict[tuple[int, int], list[str]]:
    """(unit, coder) -> codes, in the order of the codebook."""
    found = defaultdict[tuple[int, int], list[str]](list)
    given = project(coding, units)
    for unit, code, coder in zip(given.unit.tolist(), given.code.tolist(), given.coder.tolist(), strict=True):
        found[unit, coder].append(str(codes[code]))
    return found


def _numbered(coding: Coding, units: Units, codes: Sequence[str]) -> dict[tuple[int, int], list[str]]:
    """(stretch, coder) -> codes with the number of the span that lies there."""
    found = defaultdict[tuple[int, int], list[str]](list)
    at, place = coding.origin[coding.document], coding.origin[units.document]
    first = np.searchsorted(place + units.end, at + coding.start, side="right")
    last = np.searchsorted(place + units.start, at + coding.end, side="left")
    spans = zip(coding.coder.tolist(), coding.code.tolist(), first.tolist(), last.tolist(), strict=True)
    for number, (coder, code, begin, end) in enumerate(spans, 1):
        for unit in range(begin, end):
            found[unit, coder].append(f"{codes[code]} #{number}")
    return found
