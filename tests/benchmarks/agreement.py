"""Budgets of agreement: the document bootstrap and its memory, alpha of many units, gamma, each beside plain Python loops.

A loop is timed on a smaller piece and scaled up, because the whole of it would take minutes; its record says so.
"""

import tracemalloc
from collections.abc import Callable
from itertools import combinations, permutations, product
from time import perf_counter

import numpy as np

from annotator.agreement import coefficients, gamma, intervals
from annotator.agreement.live import Live
from annotator.agreement.sums import Coding, Units, binary, code_counts, coincidences, project

DOCUMENTS, CODERS, CODES, REPLICATES, SPANS, LENGTH, SENTENCE = 1000, 4, 40, 1000, 86, 4000, 80
UNITS, RATERS, CATEGORIES = 1_000_000, 3, 30
SAMPLES, PIECE = 30, 25  # of gamma; units a coder in the loop beside it
RUNS = 5  # the best of these: what the work takes, not what else the machine does


def bootstrap() -> dict:
    """Alpha of every code with its interval: 1,000 resamples of 1,000 documents, 40 codes, 4 coders, from spans in memory."""
    rows, coded, lengths, units = corpus()
    values: list[np.ndarray] = []

    def work() -> None:
        values[:] = [replicated(rows, coded, lengths, units)[0]]

    seconds, (loop, naive) = best_of(work), loop_of_one_code(rows, coded)
    assert abs(naive - values[0][0]) < 1e-9
    return record("agreement: document bootstrap", seconds, 0.5, loop * CODES * (REPLICATES + 1))


def replicated(rows: np.ndarray, coded: np.ndarray, lengths: np.ndarray, units: Units) -> np.ndarray:
    """(1 + replicates, codes) alphas, from spans, and their intervals."""
    coding = Coding.of(rows, coded=coded, lengths=lengths, codes=CODES)
    sums = binary(coding, code_counts(coding, units, project(coding, units)), tuple(range(CODERS)))
    drawn = intervals.weights(len(sums.units), replicates=REPLICATES, seed=1)
    values = coefficients.alpha_binary(intervals.added(drawn, sums))
    intervals.percentile(values[1:])
    return values


def many_units() -> dict:
    """Krippendorff's alpha of 3 coders, 1,000,000 units and 30 categories, one in twenty missing."""
    random = np.random.default_rng(1)
    truth = random.integers(0, CATEGORIES, UNITS)
    others = random.integers(0, CATEGORIES, (UNITS, RATERS))
    ratings = np.where(random.random((UNITS, RATERS)) < 0.7, truth[:, None], others)
    ratings[random.random(ratings.shape) < 0.05] = -1
    far = coefficients.distances(np.arange(float(CATEGORIES)), "nominal", np.zeros(CATEGORIES))
    seconds = best_of(lambda: coefficients.alpha(coincidences(ratings, CATEGORIES), far))
    piece = ratings[: UNITS // 50]
    begun = perf_counter()
    naive = plain_alpha([[value for value in row if value >= 0] for row in piece.tolist()])
    loop = (perf_counter() - begun) * 50
    assert abs(naive - coefficients.alpha(coincidences(piece, CATEGORIES), far)) < 1e-9
    return record("agreement: alpha of 1,000,000 units", seconds, 0.1, loop)


def live() -> dict:
    """One edit of one document: its sums done anew, and alpha of every code and of the sets of codes from the sums of all."""
    rows, coded, lengths, units = corpus()
    coding = Coding.of(rows, coded=coded, lengths=lengths, codes=CODES)
    made, group = Live(coding, units), tuple(range(CODERS))
    mine = [tuple(row[1:]) for row in rows.tolist() if row[0] == 17 and coded[17, row[1]]]
    edits = iter(range(len(mine)))

    def work() -> None:
        made.replace(17, mine[: len(mine) - next(edits)])
        made.by_code(("alpha", "nominal"), group)
        made.overall(("alpha", "nominal"), group)

    seconds, (loop, _) = best_of(work), loop_of_one_code(rows, coded)
    return record("agreement: an edit, live", seconds, 0.01, loop * CODES)


def memory() -> dict:
    """Megabytes at the height of the document bootstrap, besides what is given to it; an array of coders x characters x
    codes would take a byte a cell."""
    rows, coded, lengths, units = corpus()
    most = height_of_memory(lambda: replicated(rows, coded, lengths, units))
    cells = CODERS * DOCUMENTS * LENGTH * CODES
    return {
        "name": "agreement: memory of the bootstrap",
        "value": round(most / 1e6, 1),
        "unit": "MB",
        "budget": 100,
        "ratio": float(f"{most / cells:.3g}"),
        "yardstick": f"coders x characters x codes, {cells / 1e6:,.0f} MB",
    }


def gamma_of_three() -> dict:
    """Gamma of 3 coders, 100 units each, 30 samples."""
    return _gamma("agreement: gamma of 3 x 100", 3, 100, 1.0)


def gamma_of_two() -> dict:
    """Gamma of 2 coders, 500 units each, 30 samples."""
    return _gamma("agreement: gamma of 2 x 500", 2, 500, 0.3)


def _gamma(name: str, coders: int, size: int, budget: float) -> dict:
    """Beside the loop that every alignment begins with where all tuples of units are enumerated: their disorders alone."""
    text = gamma.Continuum(continuum(coders, size))
    seconds = best_of(lambda: gamma.gamma(text, samples=SAMPLES))
    units = continuum(coders, PIECE)
    begun = perf_counter()
    for one in product(*units):
        sum(plain_apart(a, b) for a, b in combinations(one, 2))
    loop = (perf_counter() - begun) * (size / PIECE) ** coders * (SAMPLES + 1)
    return record(name, seconds, budget, loop)


MEASURES: dict[str, Callable[[], dict]] = {
    "agreement: document bootstrap": bootstrap,
    "agreement: memory of the bootstrap": memory,
    "agreement: alpha of 1,000,000 units": many_units,
    "agreement: an edit, live": live,
    "agreement: gamma of 3 x 100": gamma_of_three,
    "agreement: gamma of 2 x 500": gamma_of_two,
}


def continuum(coders: int, size: int) -> list[list[tuple[float, float, str]]]:
    """Units of coders who see much the same, each with other ends and one in five with another category."""
    random = np.random.default_rng(3)
    start, kind = np.sort(random.integers(0, size * 40, size)), random.integers(0, 6, size)
    found = []
    for _ in range(coders):
        begin = start + random.integers(-6, 7, size)
        end = begin + random.integers(8, 40, size)
        category = np.where(random.random(size) < 0.8, kind, random.integers(0, 6, size))
        found.append([(float(a), float(b), f"c{c}") for a, b, c in zip(begin, end, category, strict=True)])
    return found


def plain_apart(one: tuple[float, float, str], two: tuple[float, float, str]) -> float:
    (a, b, kind), (c, d, other) = one, two
    return ((abs(a - c) + abs(b - d)) / ((b - a) + (d - c))) ** 2 + (kind != other)


def height_of_memory(work: Callable[[], object]) -> int:
    """The most bytes that some work holds at a time."""
    tracemalloc.start()
    work()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def corpus() -> tuple[np.ndarray, np.ndarray, np.ndarray, Units]:
    """Spans (document, coder, code, start, end), one coder in ten missing from a document, and 50 sentences a document.
    Coders see most of what there is to see, and each a little of their own."""
    random = np.random.default_rng(2)
    size = DOCUMENTS * SPANS // CODERS
    place = [random.integers(0, top, size) for top in (DOCUMENTS, CODES, LENGTH - 200)]
    rows = []
    for coder in range(CODERS):
        document, code, start = (np.where(random.random(size) < 0.9, x, random.permutation(x)) for x in place)
        begin = start + random.integers(0, 40, size)
        rows.append(np.stack([document, np.full(size, coder), code, begin, begin + random.integers(20, 160, size)], 1))
    coded = random.random((DOCUMENTS, CODERS)) >= 0.1
    number = LENGTH // SENTENCE
    start = np.tile(np.arange(number) * SENTENCE, DOCUMENTS)
    units = Units(np.repeat(np.arange(DOCUMENTS), number), start, start + SENTENCE, np.ones(DOCUMENTS * number))
    return np.concatenate(rows), coded, np.full(DOCUMENTS, LENGTH), units


def loop_of_one_code(rows: np.ndarray, coded: np.ndarray) -> tuple[float, float]:
    """Seconds and value of one code's alpha with loops over documents, sentences and coders: what each replicate costs
    when nothing is kept from the one before."""
    marked = {(d, g): [] for d in range(DOCUMENTS) for g in range(CODERS)}
    for d, g, code, start, end in rows.tolist():
        if code == 0:
            marked[d, g].append((start, end))
    begun, units = perf_counter(), []
    for d in range(DOCUMENTS):
        present = [g for g in range(CODERS) if coded[d, g]]
        units += [
            [any(start < first + SENTENCE and end > first for start, end in marked[d, g]) for g in present]
            for first in range(0, LENGTH, SENTENCE)
        ]
    value = plain_alpha(units)
    return perf_counter() - begun, value


def plain_alpha(units: list[list]) -> float:
    """Nominal alpha from lists of values, value pair by value pair."""
    table: dict[tuple, float] = {}
    for unit in units:
        for pair in permutations(unit, 2):
            table[pair] = table.get(pair, 0) + 1 / (len(unit) - 1)
    margins: dict = {}
    for (value, _), number in table.items():
        margins[value] = margins.get(value, 0) + number
    n = sum(margins.values())
    observed = sum(number for (a, b), number in table.items() if a != b)
    expected = sum(2 * margins[a] * margins[b] for a, b in combinations(margins, 2)) / (n - 1)
    return 1 - observed / expected


def best_of(work: Callable[[], object]) -> float:
    """Seconds of the fastest of some runs."""
    seconds = []
    for _ in range(RUNS):
        begun = perf_counter()
        work()
        seconds.append(perf_counter() - begun)
    return min(seconds)


def record(name: str, seconds: float, budget: float, loop: float) -> dict:
    return {
        "name": name,
        "value": round(seconds, 4),
        "unit": "s",
        "budget": budget,
        "ratio": float(f"{seconds / loop:.3g}"),
        "yardstick": f"plain Python loop, {loop:,.1f} s (a piece of it timed, and scaled up)",
    }
