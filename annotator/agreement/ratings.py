"""Agreement of a table of ratings: one row a unit, one column a coder, an empty cell where a coder did not rate.

Units are resampled as if they were independent, or, where a column is called "document", whole documents are.
"""

import csv
import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

from annotator import __version__
from annotator.agreement import chance, coefficients, intervals
from annotator.agreement.coefficients import rounded
from annotator.agreement.ends import ends
from annotator.agreement.result import Headline, Result, Row
from annotator.agreement.sums import Group
from annotator.agreement.units import stop_if
from annotator.codebook import nearest
from annotator.errors import Refused

LEVELS = ("nominal", "ordinal", "interval", "ratio")
LABELS = ("unit", "document", "start", "end")  # columns that are not coders
CHUNK = 2**24  # numbers of a block of replicates held at a time
NONE = "no variation: every value is the same"
NOBODY = "no unit was rated by both"


@dataclass(frozen=True, eq=False)
class Ratings:
    """Numbers of categories, -1 where missing."""

    name: str
    coders: tuple[str, ...]
    values: tuple[str, ...]  # the categories: by number when all are numbers, else by the alphabet
    table: np.ndarray  # (units, coders)
    documents: np.ndarray | None  # (units,) which document, when the table says
    lines: np.ndarray  # (units,) where each unit stands in the file
    titles: tuple[str, ...] = ()  # of the documents, by their numbers


def read(path: str | Path) -> Ratings:
    """A table of commas, semicolons or tabs with a line of names. Raises Refused: it cannot be read, or lacks coders or
    units."""
    path = Path(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        first = text.partition("\n")[0]
        between = max(",;\t", key=first.count)
        header, *rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)) or [[]]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise Refused("agreement.not_ratings", path=path, reason=reason) from None
    names = [name.strip() for name in header]
    numbered = [(line, row) for line, row in enumerate(rows, 2) if any(cell.strip() for cell in row)]
    columns = [n for n, name in enumerate(names) if name.casefold() not in LABELS]
    coders = tuple(names[n] for n in columns)
    if reason := _no_table(coders, numbered, len(names)):
        raise Refused("agreement.not_ratings", path=path, reason=reason)
    cells = [[row[n].strip() for n in columns] for _, row in numbered]
    values = categories({cell for row in cells for cell in row} - {""})
    place = {"": -1, **{value: n for n, value in enumerate(values)}}
    table = np.array([[place[cell] for cell in row] for row in cells])
    column = next((n for n, name in enumerate(names) if name.casefold() == "document"), None)
    lines = np.array([line for line, _ in numbered])
    names_of = [row[column].strip() for _, row in numbered] if column is not None else None
    documents, titles = clusters(names_of)
    return Ratings(path.name, coders, values, table, documents, lines, titles)


def clusters(names: list[str] | None) -> tuple[np.ndarray | None, tuple[str, ...]]:
    """Which document each row belongs to, and the titles of the documents; none without a column of them."""
    if names is None:
        return None, ()
    titles, number = np.unique(names, return_inverse=True)
    return number.reshape(-1), tuple(titles.tolist())


def _no_table(coders: tuple[str, ...], rows: list[tuple[int, list[str]]], width: int) -> str:
    """Why this cannot be a table of ratings, or nothing."""
    if len(coders) < 2:
        return "it has fewer than two columns of coders"
    if not all(coders) or len(set(coders)) < len(coders):
        return "a column has no name, or two have the same"
    if not rows:
        return "it has no rows"
    return next((f"line {line} has {len(row)} cells, not {width}" for line, row in rows if len(row) != width), "")


def categories(found: set[str]) -> tuple[str, ...]:
    """Values in order: by number when all are numbers, else by the alphabet."""
    numbers = {value: _as_number(value) for value in found}
    if None in numbers.values():
        return tuple(sorted(found))
    return tuple(sorted(found, key=lambda value: (numbers[value], value)))


def is_number(word: str) -> bool:
    """Whether a value can be measured."""
    return _as_number(word) is not None


def _as_number(word: str) -> float | None:
    try:
        number = float(word)
    except ValueError:
        return None
    return number if np.isfinite(number) else None


def compute(
    ratings: Ratings,
    *,
    level: str = "nominal",
    replicates: int = 1000,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Result:
    """Percent agreement and Krippendorff's alpha at the level of measurement; of nominal ratings also Fleiss' and Conger's
    kappa, AC1 and S, and of pairs Cohen's kappa and Scott's pi; of ordinal and interval ones AC2 and the weighted kappas of
    pairs, on the values themselves. Raises Refused: no such level, values that are not numbers where numbers are
    needed, or `cancelled` said so."""
    if level not in LEVELS:
        raise Refused("agreement.unknown", kind="level", name=level, near="; ".join(nearest(level, LEVELS)))
    work = _Work(ratings, level, replicates, seed, cancelled or (lambda: False))
    everyone = tuple(range(len(ratings.coders)))
    groups = list(dict.fromkeys([everyone, *combinations(everyone, 2)]))
    rows, alphas = list[Row](), np.zeros(0)
    for done, group in enumerate(groups):
        found, replicated = work.rows(group)
        rows += found
        alphas = replicated if group == everyone else alphas
        if progress:
            progress(done + 1, len(groups))
    row = next(row for row in rows if row.measure == "alpha")
    head = Headline.of(row, alphas)
    return Result(_settings(work, head), tuple(rows), (), head)


def of_all(
    ratings: Ratings,
    *,
    level: str = "nominal",
    replicates: int = 1000,
    seed: int = 1,
    cancelled: Callable[[], bool] | None = None,
) -> Row:
    """Krippendorff's alpha of all coders alone. Raises Refused as `compute` does."""
    rows, _ = _Work(ratings, level, replicates, seed, cancelled or (lambda: False)).rows(
        tuple(range(len(ratings.coders)))
    )
    return next(row for row in rows if row.measure == "alpha")


def measures(level: str, coders: int) -> list[tuple[str, str]]:
    """The (measure, variant) of so many coders at a level of measurement."""
    found = [("percent", "nominal"), ("alpha", level)]
    if level == "nominal":
        several = [("conger", "nominal")] if coders > 2 else [("kappa", "nominal"), ("pi", "nominal")]
        return [*found, *several, ("fleiss", "nominal"), ("ac1", "nominal"), ("s", "nominal")]
    if level == "ratio":
        return found
    pair = [("kappa", "linear"), ("kappa", "quadratic")] if coders == 2 else []
    return [*found, *pair, ("ac2", "quadratic")]


class _Work:
    """Ratings as distinct rows with how often each occurs in each cluster: equal rows need not be looked at twice."""

    def __init__(self, ratings: Ratings, level: str, replicates: int, seed: int, cancelled: Callable[[], bool]):
        self.ratings, self.level, self.replicates, self.seed = ratings, level, replicates, seed
        self.cancelled, self.numbers = cancelled, scores(ratings, level)
        self.clustered = ratings.documents is not None

    def rows(self, group: Group) -> tuple[list[Row], np.ndarray]:
        """Rows of a group of coders, and the replicates of alpha."""
        table = self.ratings.table[:, list(group)]
        rated = (table >= 0).sum(1)
        kept, n = rated >= 1, int((rated >= 2).sum())
        table = table[kept]
        clusters = self.ratings.documents[kept] if self.ratings.documents is not None else None
        pairable = rated[kept] >= 2
        documents = len(np.unique(clusters[pairable])) if clusters is not None else n
        found = self._estimates(table, clusters, enough=documents >= intervals.FEWEST) if n else {}
        rows = []
        for measure, variant in measures(self.level, len(group)):
            values = found.get((measure, variant), np.full(1, np.nan))
            rows.append(self._row(measure, variant, group, values, n, documents))
        return rows, found.get(("alpha", self.level), np.zeros(1))[1:]

    def _row(self, measure: str, variant: str, group: Group, values: np.ndarray, n: int, documents: int) -> Row:
        coders, value = tuple(self.ratings.coders[g] for g in group), rounded(float(values[0]))
        whole = documents if self.clustered else 0
        if value is None:
            return Row(None, coders, "row", measure, variant, None, None, None, n, whole, NONE if n else NOBODY)
        what = "documents" if self.clustered else "units"
        far = ends(values[:, None], documents, self.replicates, what=what)[0]
        kind = None, coders, "row", measure, variant
        return Row(*kind, value, far.low, far.high, n, whole, far.note, far.lowest, far.highest)

    def _estimates(self, table: np.ndarray, clusters: np.ndarray | None, *, enough: bool) -> dict:
        """(measure, variant) -> values, of the data first and then of each replicate."""
        kinds, which, counts = np.unique(table, axis=0, return_inverse=True, return_counts=True)
        sums, parts = _Kinds(kinds, self), []
        drawn, random = self.replicates if enough else 0, np.random.default_rng(self.seed)
        at = None
        if clusters is not None:
            at = np.zeros((int(clusters.max()) + 1, len(kinds)))
            np.add.at(at, (clusters, which.reshape(-1)), 1)
            at = at[at.any(1)]
        parts.append(sums.values(counts[None].astype(float)))
        if not enough and self.replicates:
            left_out = np.eye(len(kinds)) if at is None else at
            if len(left_out) > 1:
                parts.append(sums.values(counts - left_out))
        block = max(1, CHUNK // max(len(kinds), len(self.ratings.values) ** 2))
        for first in range(0, drawn, block):
            stop_if(self.cancelled)
            size = min(block, drawn - first)
            if at is None:
                times = random.multinomial(len(table), counts / len(table), size).astype(float)
            else:
                times = random.multinomial(len(at), np.full(len(at), 1 / len(at)), size) @ at
            parts.append(sums.values(times))
        return {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}


class _Kinds:
    """Distinct rows of ratings (K, coders), ready to be counted any number of times."""

    def __init__(self, kinds: np.ndarray, work: _Work):
        self.q, self.work, self.kinds = len(work.ratings.values), work, kinds
        self.by_coder = (kinds[..., None] == np.arange(self.q)).astype(float)  # (K, coders, q)
        counts = self.by_coder.sum(1)
        rated = counts.sum(1, keepdims=True)
        self.pairable = rated[:, 0] >= 2
        less = np.maximum(rated - 1, 1)
        self.margins, self.shares = counts * self.pairable[:, None], counts / rated
        self.pairs = (self.margins / less, self.margins)
        self.counts, self.rated = counts, rated[:, 0]

    def values(self, times: np.ndarray) -> dict:
        """Every measure, of rows that occur so often: times (R, K)."""
        level, coders = self.work.level, self.kinds.shape[1]
        far = coefficients.distances(self.work.numbers, level, times @ self.margins)
        table = np.stack([self._coincidences(one) for one in times])
        found = {("percent", "nominal"): self._observed(times, np.eye(self.q))}
        found["alpha", level] = coefficients.alpha(table, far)
        if level == "nominal":
            found |= self._corrected(times, found["percent", "nominal"])
        elif level != "ratio":
            near = chance.closeness("quadratic", self.work.numbers)
            found["ac2", "quadratic"] = self._gwet(times, near)
        if coders == 2:
            found |= self._of_two(times)
        return found

    def _observed(self, times: np.ndarray, near: np.ndarray) -> np.ndarray:
        """The mean share of pairs that agree, over rows with two ratings or more."""
        pairs = np.maximum(self.rated * (self.rated - 1), 1)
        agreeing = self.pairable * (self.counts * (self.counts @ near.T - 1)).sum(1) / pairs
        return coefficients.ratio(times @ agreeing, times @ self.pairable)

    def _corrected(self, times: np.ndarray, observed: np.ndarray) -> dict:
        shares = times @ self.shares / times.sum(1, keepdims=True)
        found = {("fleiss", "nominal"): coefficients.corrected(observed, (shares**2).sum(1))}
        found["ac1", "nominal"] = self._gwet(times, np.eye(self.q))
        found["s", "nominal"] = coefficients.corrected(observed, np.full(len(times), 1 / self.q))
        by_coder = np.tensordot(times, self.by_coder, 1)
        own = coefficients.ratio(by_coder, by_coder.sum(-1, keepdims=True))
        coders = own.shape[1]
        together = (own.sum(1) ** 2).sum(-1) - (own**2).sum((-1, -2))
        found["conger", "nominal"] = coefficients.corrected(observed, together / (coders * (coders - 1)))
        return found

    def _gwet(self, times: np.ndarray, near: np.ndarray) -> np.ndarray:
        if self.q < 2:
            return np.full(len(times), np.nan)
        shares = times @ self.shares / times.sum(1, keepdims=True)
        expected = near.sum() / (self.q * (self.q - 1)) * (shares * (1 - shares)).sum(1)
        return coefficients.corrected(self._observed(times, near), expected)

    def _of_two(self, times: np.ndarray) -> dict:
        """Kappa and pi, with the weights of the level, over the rows that both rated."""
        first, second = (np.tensordot(times * self.pairable, self.by_coder[:, g], 1) for g in (0, 1))
        n = (times @ self.pairable)[:, None]
        first, second = coefficients.ratio(first, n), coefficients.ratio(second, n)
        if self.work.level == "nominal":
            observed, common = self._observed(times, np.eye(self.q)), (first + second) / 2
            return {
                ("kappa", "nominal"): coefficients.corrected(observed, (first * second).sum(1)),
                ("pi", "nominal"): coefficients.corrected(observed, (common**2).sum(1)),
            }
        found = {}
        for kind in ("linear", "quadratic") if self.work.level != "ratio" else ():
            near = chance.closeness(kind, self.work.numbers)
            expected = ((first @ near) * second).sum(1)
            found["kappa", kind] = coefficients.corrected(self._observed(times, near), expected)
        return found

    def _coincidences(self, times: np.ndarray) -> np.ndarray:
        shares, counts = self.pairs
        return (shares * times[:, None]).T @ counts - np.diag(times @ shares)


def scores(ratings: Ratings, level: str) -> np.ndarray:
    """The categories as numbers, where their level needs it. Ordinal words would be in the order of the alphabet, which is
    seldom theirs, so they are refused too."""
    if level == "nominal":
        return np.zeros(len(ratings.values))
    numbers = [_as_number(value) for value in ratings.values]
    if None in numbers:
        wrong = numbers.index(None)
        row, column = np.argwhere(ratings.table == wrong)[0]
        place = {"line": int(ratings.lines[row]), "column": ratings.coders[column]}
        raise Refused("agreement.level", level=level, value=ratings.values[wrong], **place)
    return np.array(numbers, float)


def _settings(work: _Work, head: Headline) -> dict:
    ratings = work.ratings
    of = None if ratings.documents is None else [ratings.titles, ratings.documents.tolist()]
    told = ratings.coders, ratings.values, ratings.table.tolist(), of
    data = hashlib.sha256(repr(told).encode()).hexdigest()
    rated = (ratings.table >= 0).sum(0)
    pairable = int(((ratings.table >= 0).sum(1) >= 2).sum())
    resampled = "whole documents" if work.clustered else "units, as if independent,"
    return {
        "project": ratings.name,
        "coders": list(ratings.coders),
        "documents": [],
        "codes": list(ratings.values),
        "rounds": [],
        "unit": "row",
        "projection": {"row": "one row of the table is one unit"},
        "measures": list(dict.fromkeys(one for n in (2, len(ratings.coders)) for one, _ in measures(work.level, n))),
        "level": work.level,
        "q": len(ratings.values),
        "interval": f"percentile, 95%; {resampled} drawn with replacement",
        "replicates": work.replicates,
        "seed": work.seed,
        "counts": {
            "documents": 0 if ratings.documents is None else len(np.unique(ratings.documents)),
            "units": pairable,
            "spans": 0,
            "characters": 0,
            "coded": {name: int(n) for name, n in zip(ratings.coders, rated, strict=True)},
        },
        "include_in_progress": False,
        "exclusions": [one for one in [_alone(len(ratings.table) - pairable)] if one["number"]],
        "places": {},
        "uses": [],
        "headline": head.facts(),
        "version": __version__,
        "data_hash": data,
    }


def _alone(number: int) -> dict:
    return {"number": number, "what": "row", "reason": "rated by fewer than two coders"}
