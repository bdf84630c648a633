"""The figures of a report, as vectors in the colours of print."""

from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from annotator.agreement.figures import confusion as confusions
from annotator.agreement.figures import export, forest, reading
from annotator.agreement.figures import over_time as over_times
from annotator.agreement.figures.ink import Ink
from annotator.agreement.result import Result
from annotator.agreement.words import number
from annotator.reporting.blocks import Figure
from annotator.reporting.tables import main_measure

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

    from annotator.agreement.drift import Drift
    from annotator.agreement.sums import Coding

MOST_CODES = 40  # of a matrix of codes that can be read on paper
HIGHEST, SQUARE = 980, 200  # of a drawing on a page; of a matrix of codes but for its rows
FEWEST = 3  # documents of a chart over time


def figure(name: str, caption: str, alt: str, height: float, draw: Callable[["Canvas"], Any]) -> Figure:
    """One drawing."""
    canvas = export.drawn(export.WIDE, height, draw)
    svg, lettered = export.svg(canvas).decode(), export.svg(canvas, letters="none").decode()
    return Figure(name, caption, alt, svg, lettered, export.WIDE, height, export.pdf(canvas))


def codes(result: Result, coding: "Coding") -> Iterator[Figure]:
    """Each code with its interval, and what the disagreement on it is made of."""
    ink, values = Ink.named(), reading.forest(result, coding, main_measure(result))
    caption = (
        f"Agreement by code, and what disagreement is made of. Left: {values.what} with its 95% interval; the tick at the "
        "lower end is the value that is judged."
    )
    if result.makeup:
        caption += (
            " Right: of all pairwise comparisons of annotations, the share that differ because the other coder has no "
            "annotation there (missed), other boundaries, another code (label), or another attribute only."
        )
    alt = "Dot plot of agreement by code with intervals, and bars of the kinds of disagreement; the numbers are in {by_code}."
    height = min(forest.height_for(len(values.rows) - 1), HIGHEST)
    yield figure(
        "codes", escape(caption, quote=False), alt, height, lambda at: forest.forest(at, values, ink, numbers=False)
    )


def over_time(found: "Drift", coders: Sequence[str]) -> Iterator[Figure]:
    """Agreement over the order of coding."""
    values, ink = reading.chart(found, coders), Ink.named()
    if len(values.place) < FEWEST:
        return
    caption = (
        f"{values.what[:1].upper()}{values.what[1:]} over the order of coding: documents (dots) and the mean of the last "
        f"{values.window} (line), which starts anew with each codebook."
    )
    if values.baseline and values.limits:
        first, last = values.baseline
        caption += (
            f" Limits hold 99.7% of the means of {values.window} documents drawn at random from documents {first}–{last}; "
            "rings mark what leaves them."
        )
    if values.panels:
        caption += " Below, each coder with the others (blue) and the others among themselves (grey)."
    alt = "Chart of agreement by document in the order of coding, with a panel for each coder."
    height = min(over_times.height_for(values), HIGHEST)
    yield figure(
        "order_of_coding", escape(caption, quote=False), alt, height, lambda at: over_times.over_time(at, values, ink)
    )


def confusion(result: Result) -> Iterator[Figure]:
    """Which code is taken for which, by the pair of coders that agrees least."""
    makeup, codes = result.makeup, [use.code for use in result.uses if use.spans]
    if makeup is None or not 1 < len(codes) <= MOST_CODES:
        return
    head = result.headline.row
    pairs = result.matrix(head.measure, head.variant).rows
    known = [
        (row.value if row.value is not None else 2.0, n, row.coders)
        for n, row in enumerate(row for g, rows in enumerate(pairs) for row in rows[g + 1 :] if row)
    ]
    if not known:
        return
    least, _, (one, two) = min(known)
    values, ink = reading.confusion(makeup, codes, one, two), Ink.named()
    which = "" if len(known) == 1 or least > 1 else f", the pair that agrees least ({number(least)})"
    caption = (
        f"Codes that {one} (rows) and {two} (columns) gave{which}: places; the darker, the larger their share of the row. "
        "Grey: the same code; orange: another code; blue: one coder only. Codes that are often confused stand side by side."
    )
    alt = f"Matrix of the codes of {one} and {two}, with a row and a column for no code."
    height = min(confusions.height_for(len(codes)), HIGHEST, SQUARE + 24 * len(codes))
    yield figure(
        "confusion", escape(caption, quote=False), alt, height, lambda at: confusions.confusion(at, values, ink)
    )
