"""The paragraphs of a report on a table of ratings that a paper can take over."""

from collections.abc import Iterator
from html import escape

import numpy as np

from annotator.agreement.ratings import Ratings
from annotator.agreement.result import Result
from annotator.agreement.words import FLOOR, RELIABLE, count, listed, number, verdict
from annotator.reporting.method import bracket, spelt

FAR = {
    "nominal": "two values being the same or not",
    "ordinal": "two values differing by the ratings that lie between them",
    "interval": "two values differing by the square of their distance",
    "ratio": "two values differing by the square of their distance over their sum",
}
BESIDE = {
    ("percent", "nominal"): "percent agreement",
    ("kappa", "nominal"): "Cohen’s kappa (Cohen, 1960)",
    ("kappa", "linear"): "Cohen’s kappa with linear and quadratic weights (Cohen, 1968)",
    ("kappa", "quadratic"): "Cohen’s kappa with linear and quadratic weights (Cohen, 1968)",
    ("pi", "nominal"): "Scott’s pi (Scott, 1955)",
    ("fleiss", "nominal"): "Fleiss’ kappa (Fleiss, 1971)",
    ("conger", "nominal"): "Conger’s kappa (Conger, 1980)",
    ("ac1", "nominal"): "Gwet’s AC1 (Gwet, 2008)",
    ("ac2", "quadratic"): "Gwet’s AC2 with quadratic weights (Gwet, 2014)",
    ("s", "nominal"): "S (Bennett, Alpert, & Goldstein, 1954; Brennan & Prediger, 1981)",
}


def method(ratings: Ratings, result: Result) -> str:
    """What was rated by whom, what is reported and why it is read as it is. As html."""
    return escape(" ".join(_method(ratings, result)), quote=False)


def _method(ratings: Ratings, result: Result) -> Iterator[str]:
    settings, row = result.settings, result.headline.row
    level = settings["level"]
    who = count(len(ratings.coders), "coder") if len(ratings.coders) > 12 else f"{spelt(len(ratings.coders))} coders"
    units, values = count(len(ratings.table), "unit"), count(settings["q"], "value")
    of = f" of {count(len(ratings.titles), 'document')}" if ratings.titles else ""
    yield f"{who[:1].upper()}{who[1:]} rated {units}{of} on {_a(level)} scale with {values} in use."
    missing = int((ratings.table < 0).sum())
    if missing:
        share = 100 * missing / ratings.table.size
        yield f"Of all ratings {max(share, 0.1):.1f}% are missing; a unit counts where two coders or more rated it."
    yield (
        f"We report Krippendorff’s alpha (Krippendorff, 2004, 2011) for {level} data, {FAR[level]}: it corrects for chance, "
        "and accepts units that a coder did not rate."
    )
    there = [(one.measure, one.variant) for one in result.rows if one.coders == row.coders and one.measure != "alpha"]
    yield f"Beside it stand {listed(list(dict.fromkeys(BESIDE[key] for key in there)))}."
    if any(one.measure == "s" for one in result.rows):
        yield "The number of categories is that of the values in use."
    yield _resampled(ratings, result)
    yield (
        f"We read alpha at the lower end of its interval against the conventional values {number(FLOOR, 3)} and "
        f"{number(RELIABLE, 3)} (Krippendorff, 2004)."
    )


def _a(level: str) -> str:
    return f"an {level}" if level[0] in "oi" else f"a {level}"


def _resampled(ratings: Ratings, result: Result) -> str:
    times = result.settings["replicates"]
    if not times:
        return "No intervals were asked for."
    if ratings.titles:
        return (
            f"Intervals are 95% percentile intervals from {times:,} resamples of whole documents (Field & Welsh, 2007), "
            "because the units of one document are not independent."
        )
    return (
        f"Intervals are 95% percentile intervals from {times:,} resamples of units, taken as independent of each other."
    )


def outcome(result: Result, by_pairs: tuple[float | None, float | None] = (None, None)) -> str:
    """What came of it. As html; `by_pairs` is the interval as KALPHA draws it."""
    row = result.headline.row
    over = f"Over {count(row.n, 'unit')} that two coders or more rated"
    if row.value is None:
        return escape(f"{over}, alpha is not defined: {row.reason}.", quote=False)
    if row.low is None:
        why = f" There is {row.reason.partition(';')[0]}." if row.reason else ""
        return escape(f"{over}, alpha was {number(row.value)}.{why}", quote=False)
    told = verdict(row.low, result.headline.below.get(str(FLOOR)))
    if by_pairs[0] is not None:
        told += (
            " For comparison: the bootstrap of KALPHA (Hayes & Krippendorff, 2007), which draws pairs of ratings as if they "
            f"were independent, gives {bracket(*by_pairs)}; such an interval is too narrow."
        )
    return escape(
        f"{over}, alpha was {number(row.value)}, 95% interval {bracket(row.low, row.high)}. {told}", quote=False
    )


def pairable(ratings: Ratings) -> np.ndarray:
    """(units,): whether two coders or more rated a unit."""
    return (ratings.table >= 0).sum(1) >= 2
