"""The report of a table of ratings, made of the same blocks as that of a project, without one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

import numpy as np

from annotator.agreement import ratings as computing
from annotator.agreement.export import harmless
from annotator.agreement.figures import confusion, forest
from annotator.agreement.figures.ink import Ink
from annotator.agreement.figures.values import CodeRow, Confusion, Forest, Point
from annotator.agreement.intervals import FEW
from annotator.agreement.rated_values import Value, by_value, crossed, drawn_by_pairs
from annotator.agreement.ratings import Ratings
from annotator.agreement.result import Result, Row
from annotator.agreement.seriation import side_by_side
from annotator.agreement.words import USES, count, number
from annotator.reporting import rated_tables, rated_words, recompute
from annotator.reporting.blocks import Block, Figure, Heading, Paragraph, Report
from annotator.reporting.content import bound
from annotator.reporting.drawing import HIGHEST, MOST_CODES, SQUARE, figure
from annotator.reporting.reliability import Data, Matrix

ABOUT = """\
reliability_data.csv      the raw data: a row a unit, by its line in the table, and a column a coder; empty: not rated"""


@dataclass(frozen=True, eq=False)
class Rated:
    """All that the report is made from. `values` are there on a nominal scale, where each says something by itself."""

    ratings: Ratings
    result: Result
    values: tuple[Value, ...] = ()
    by_pairs: tuple[float | None, float | None] = (None, None)  # the interval as KALPHA draws it

    @classmethod
    def computed(
        cls,
        ratings: Ratings,
        *,
        level: str = "nominal",
        replicates: int = 1000,
        seed: int = 1,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> "Rated":
        """Raises Refused as `ratings.compute` does."""
        result = computing.compute(
            ratings, level=level, replicates=replicates, seed=seed, progress=progress, cancelled=cancelled
        )
        told = level == "nominal" and 2 < len(ratings.values) <= MOST_CODES
        values = by_value(ratings, replicates=replicates, seed=seed, cancelled=cancelled) if told else ()
        by_pairs = drawn_by_pairs(ratings, level, replicates=replicates, seed=seed)
        return cls(ratings, result, values, by_pairs)

    def report(self) -> Report:
        """The whole."""
        return bound(self.result, list(_text(self)))

    def data(self) -> Data:
        """The table as it was read, and the script."""
        found = _matrix(self.ratings)
        return Data(
            found.as_csv(), recompute.of_ratings(self.result, found, list(map(_spelt, self.ratings.values))), ABOUT
        )


def _spelt(value: str) -> str:
    """A value as a table of numbers and words holds it, where nothing is to be calculated."""
    return value if computing.is_number(value) else str(harmless(value))


def _matrix(ratings: Ratings) -> Matrix:
    words = ["", *map(_spelt, ratings.values)]
    titles = [str(harmless(title)) for title in ratings.titles]
    rows = []
    for n, (line, row) in enumerate(zip(ratings.lines.tolist(), ratings.table.tolist(), strict=True)):
        of = [] if ratings.documents is None else [titles[ratings.documents[n]]]
        rows.append([str(line), *of, *(words[value + 1] for value in row)])
    labels = ("unit",) if ratings.documents is None else ("unit", "document")
    return Matrix(ratings.coders, rows, labels=labels)


def _text(rated: Rated) -> Iterator[Block]:
    ratings, result = rated.ratings, rated.result
    yield Heading("Method")
    yield Paragraph(rated_words.method(ratings, result))
    yield Paragraph(rated_words.outcome(result, rated.by_pairs))
    yield Heading("Sample and exclusions")
    yield rated_tables.sample(ratings)
    yield Heading("Agreement of all coders")
    yield rated_tables.overall(result)
    if rated.values:
        yield Heading("Agreement by value")
        yield _forest(rated)
        yield rated_tables.by_value(rated.values, ratings.coders)
    if len(ratings.coders) > 2:
        yield Heading("Agreement by coder")
        yield rated_tables.by_coder(ratings, result)
    yield from _confusion(rated)
    yield Heading("Settings, versions and data")
    yield rated_tables.settings(ratings, result)


def _forest(rated: Rated) -> Figure:
    """Each value with its interval."""
    total = sum(one.times for one in rated.values)
    order = sorted(rated.values, key=lambda one: (_point(one).value is None, -(_point(one).value or 0), -one.times))
    head = CodeRow("All values", total, None, _of_row(rated.result.headline.row))
    rows = [CodeRow(one.name, one.times, None, _point(one)) for one in order]
    values = Forest("Alpha of the value against the rest", (head, *rows), head="Value")
    caption = (
        "Agreement by value: alpha of the value against all others, with its 95% interval; the tick at the lower end is the "
        "value that is judged."
    )
    alt = "Dot plot of agreement by value with intervals; the numbers are in {by_value}."
    height, ink = min(forest.height_for(len(rows)), HIGHEST), Ink.named()
    return figure("values", caption, alt, height, lambda at: forest.forest(at, values, ink, numbers=False))


def _of_row(row: Row) -> Point:
    n = row.documents or row.n
    return Point(row.value, row.low, row.high, n < FEW, row.reason)


def _point(one: Value) -> Point:
    if 0 < one.times < USES:
        told = f"{count(one.times, 'use')} in {count(one.rows, 'unit')}; {USES} uses are needed"
        return Point(None, reason=told)
    return _of_row(one.alpha)


def _confusion(rated: Rated) -> Iterator[Figure]:
    """Which value is given for which, by the pair of coders that agrees least."""
    ratings, result = rated.ratings, rated.result
    if not 1 < len(ratings.values) <= MOST_CODES:
        return
    head = result.headline.row
    found = [row for row in result.rows if (row.measure, row.variant) == (head.measure, head.variant)]
    pairs = [row for row in found if len(row.coders) == 2 and row.n]
    if not pairs:
        return
    least = min(pairs, key=lambda row: 2.0 if row.value is None else row.value)
    at = ratings.coders.index
    table = crossed(ratings, at(least.coders[0]), at(least.coders[1]))
    every = np.sum([crossed(ratings, at(row.coders[0]), at(row.coders[1])) for row in pairs], axis=0)
    in_order = result.settings["level"] != "nominal"
    order = tuple(range(len(table))) if in_order else side_by_side(every)
    one, two = least.coders
    values, ink = Confusion(ratings.values, table, one, two, order), Ink.named()
    which = "" if len(pairs) == 1 or least.value is None else f", the pair that agrees least ({number(least.value)})"
    caption = (
        f"Values that {one} (rows) and {two} (columns) gave{which}: units; the darker, the larger their share of the row. "
        "Grey: the same value; orange: another."
    )
    caption += " Values stand in their order." if in_order else " Values that are often confused stand side by side."
    alt = f"Matrix of the values of {one} and {two}."
    height = min(confusion.height_for(len(table)), HIGHEST, SQUARE + 24 * len(table))
    yield figure(
        "confusion", escape(caption, quote=False), alt, height, lambda at: confusion.confusion(at, values, ink)
    )
