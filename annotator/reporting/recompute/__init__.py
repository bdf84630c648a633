"""The script of a report that computes its headline anew. It is put together from the modules here that know a kind of
unit, and one that prints; what is copied begins below the line "# The work"."""

from collections.abc import Sequence
from pathlib import Path

from annotator.agreement.result import Result
from annotator.agreement.words import title
from annotator.reporting.reliability import Matrix

BEGINS = "# The work\n"
HEAD = '''"""Computes the headline of the report anew from reliability_data.csv: python recompute.py

It needs Python 3.11 and numpy, shares no code with the program that made the report, and is written to be read beside the
papers it follows: {papers}{more}.
"""

import csv
import io
import itertools
import sys
from pathlib import Path

import numpy as np

# What the report counted
TITLE = {title!r}
{told}
REPLICATES, SEED = {replicates}, {seed}


'''
FIELD = "; for the interval Field and Welsh (2007)"
OF_TEXT = """\
MEASURE, VARIANT, UNIT = {measure!r}, {variant!r}, {unit!r}
CODERS = {coders!r}
BETWEEN, NOTHING = {between!r}, {nothing!r}"""
OF_RATINGS = """\
LEVEL = {level!r}
CODERS = {coders!r}
VALUES = {values!r}
HAS_DOCUMENTS = {clustered!r}"""
PAPERS = {
    "percent": "none, it is a mean",
    "alpha": "Krippendorff (2011), and Passonneau (2006) for the distance MASI",
    "kappa": "Cohen (1960)",
    "pi": "Scott (1955)",
    "fleiss": "Fleiss (1971)",
    "conger": "Conger (1980)",
    "unitizing": "Krippendorff, Mathet, Bouvry and Widl\N{LATIN SMALL LETTER O WITH DIAERESIS}cher (2016)",
}


def script(result: Result, matrix: Matrix) -> str:
    """The whole script for the headline of a result, and its table."""
    row = result.headline.row
    told = OF_TEXT.format(
        measure=row.measure,
        variant=row.variant,
        unit=row.unit,
        coders=[matrix.heading(name) for name in row.coders],
        between=matrix.between,
        nothing=matrix.nothing,
    )
    papers = PAPERS.get(row.measure, "Hripcsak and Rothschild (2005)")
    return _put_together(result, told, papers, FIELD, "spans" if row.unit == "span" else "units")


def of_ratings(result: Result, matrix: Matrix, values: Sequence[str]) -> str:
    """The same for the alpha of a table of ratings; `values` as the table spells them, in their order."""
    clustered = "document" in matrix.labels
    told = OF_RATINGS.format(
        level=result.settings["level"],
        coders=[matrix.heading(name) for name in result.headline.row.coders],
        values=list(values),
        clustered=clustered,
    )
    return _put_together(result, told, "Krippendorff (2011)", FIELD if clustered else "", "ratings")


def _put_together(result: Result, told: str, papers: str, more: str, kind: str) -> str:
    row, settings = result.headline.row, result.settings
    head = HEAD.format(
        papers=papers,
        more=more,
        title=title(row.measure, row.variant),
        told=told,
        replicates=settings["replicates"],
        seed=settings["seed"],
    )
    begin = 'if __name__ == "__main__":\n    main(Sums(read()))\n'
    return head + "\n\n".join([_work(kind), _work("telling"), begin])


def _work(name: str) -> str:
    source = Path(__file__).with_name(f"{name}.py").read_text(encoding="utf-8")
    return source.partition(BEGINS)[2].strip("\n") + "\n"
