"""Gamma of many documents: their disorders and those of their random continua, to be added up. Arrays only.

A random continuum follows from the seed, its number and what its document holds, and nothing from the order of coders or
documents. Documents that hold the same are aligned once, and what was aligned once need not be again.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, MutableMapping
from math import ceil
from typing import NamedTuple

import numpy as np

from annotator.agreement import gamma
from annotator.agreement.sums import Coding

SAMPLERS = {"shuffle": gamma.shuffled, "statistical": gamma.statistical}
MOST = 300  # random continua of a document, however far their mean is from certain
CODERS = 7  # of one document; of more there are too many ways to align their units

Progress = Callable[[int, int], None]  # continua aligned, of how many


class Aligned(NamedTuple):
    """One continuum: the disorder of its best alignment, and what gamma-cat adds up over it, of all codes and each."""

    disorder: float
    apart: np.ndarray  # (1 + codes,)
    weight: np.ndarray


Cache = MutableMapping[
    tuple, Aligned
]  # by content, measure, sampler, seed and number; without the last three, the data


class Text(NamedTuple):
    """What a document holds: its continuum, of the coders who coded it, in an order that follows from what they marked."""

    continuum: gamma.Continuum
    content: int

    @classmethod
    def of(cls, coding: Coding, document: int) -> "Text":
        here = coding.document == document
        marked = []
        for g in np.flatnonzero(coding.coded[document]).tolist():
            mine = here & (coding.coder == g)
            columns = (coding.start[mine].tolist(), coding.end[mine].tolist(), coding.code[mine].tolist())
            marked.append(sorted(zip(*columns, strict=True)))
        marked.sort()
        flat = [(g, *unit) for g, units in enumerate(marked) for unit in units]
        coder, start, end, code = np.array(flat, np.int64).reshape(-1, 4).T
        names = tuple(map(str, range(coding.codes)))
        made = gamma.Continuum.of(len(marked), coder, start.astype(float), end.astype(float), code, names)
        return cls(made, int(hashlib.sha256(repr((coding.codes, marked)).encode()).hexdigest()[:15], 16))


class Pooled(NamedTuple):
    """Sums by document, in an order that follows from what they hold, and of S random continua of each. Documents of the
    same `content` share theirs."""

    content: np.ndarray  # (D,)
    units: np.ndarray  # (D,)
    observed: np.ndarray  # (D,) disorders; of a document without units 0
    expected: np.ndarray  # (D, S); NaN where a random continuum has no units
    apart: np.ndarray  # (D, 1 + S, 1 + codes) what gamma-cat adds up; number 0 is the data
    weight: np.ndarray

    @property
    def samples(self) -> int:
        return self.expected.shape[1]

    def chance(self) -> np.ndarray:
        """(D,) mean disorders of random continua."""
        there = np.isfinite(self.expected)
        return np.where(there, self.expected, 0).sum(1) / np.maximum(there.sum(1), 1)

    def spread(self, *, of_mean: bool = False) -> float:
        """The standard deviation of the sum of disorders, each times its units, of one random continuum a document, or of the
        mean of all."""
        times = Counter(self.content.tolist())
        once = np.unique(self.content, return_index=True)[1]
        heavy = self.units[once] * [times[one] for one in self.content[once].tolist()]
        there = np.isfinite(self.expected[once])
        drawn, count = np.where(there, self.expected[once], 0), np.maximum(there.sum(1), 1)
        far = np.where(there, drawn - (drawn.sum(1) / count)[:, None], 0)
        variance = (far**2).sum(1) / np.maximum(count - 1, 1) / (count if of_mean else 1)
        return float(np.sqrt((heavy**2) @ variance))

    def enough(self) -> int:
        """How many random continua a document bring the mean over all as near as wanted (2015, section 5.3)."""
        mean = float(self.units @ self.chance())
        return ceil((gamma.NORMAL * self.spread() / mean / gamma.PRECISION) ** 2) if mean > 0 else 0


def pooled(
    coding: Coding,
    *,
    sampler: str = "shuffle",
    samples: int = 0,
    seed: int = 1,
    measure: gamma.Measure = gamma.ALIKE,
    cache: Cache | None = None,
    progress: Progress = lambda done, total: None,
    check: Callable[[], object] = lambda: None,
) -> Pooled:
    """Of the documents that two coders or more coded. Without a number of samples as many are drawn of each as bring the mean
    over all within 2 % (95 % sure), 30 at least. `cache` has in the end what these needed. `check` is called before each
    alignment, and may raise."""
    texts = [Text.of(coding, document) for document in coding.shared(tuple(range(coding.coders))).tolist()]
    texts.sort(key=lambda one: one.content)
    distinct = {one.content: one for one in texts if len(one.continuum)}
    work = _Work(distinct, sampler, seed, measure, {} if cache is None else cache, progress, check)
    wanted = samples or gamma.FIRST
    work.align(wanted)
    found = work.added(texts, coding.codes)
    if not samples and (more := min(MOST, found.enough())) > wanted:
        work.align(more)
        found = work.added(texts, coding.codes)
    work.forget()
    return found


class _Work:
    """The alignments there are so far."""

    def __init__(self, texts: dict[int, Text], sampler: str, seed: int, measure: gamma.Measure, cache, progress, check):
        self.texts, self.sampler, self.seed, self.measure = texts, sampler, seed, measure
        self.cache, self.progress, self.check = cache, progress, check
        self.used = set[tuple]()
        self.found: dict[int, list[Aligned]] = {content: [] for content in texts}

    def align(self, samples: int) -> None:
        """The data, and random continua up to so many."""
        total, done = len(self.texts) * (samples + 1), sum(map(len, self.found.values()))
        for number in range(samples + 1):
            for content, text in self.texts.items():
                if len(self.found[content]) == number:
                    self.check()
                    self.found[content].append(self._aligned(text, number))
                    done += 1
                    self.progress(done, total)

    def _aligned(self, text: Text, number: int) -> Aligned:
        drawn = (self.sampler, self.seed, number) if number else ()
        key = (text.content, text.continuum.coders, len(text.continuum), self.measure, *drawn)
        if key not in self.cache:
            self.cache[key] = aligned(text, number, self.sampler, self.seed, self.measure)
        self.used.add(key)
        return self.cache[key]

    def forget(self) -> None:
        """What was kept for other texts."""
        for key in set(self.cache) - self.used:
            del self.cache[key]

    def added(self, texts: list[Text], codes: int) -> Pooled:
        samples = max(map(len, self.found.values()), default=1) - 1
        zero = np.zeros(1 + codes)
        nothing = [Aligned(0.0, zero, zero)] * (1 + samples)
        rows = [self.found.get(one.content, nothing) for one in texts]
        disorder = np.array([[one.disorder for one in row] for row in rows]).reshape(-1, 1 + samples)
        apart, weight = (
            np.array([[one[n] for one in row] for row in rows]).reshape(-1, 1 + samples, 1 + codes) for n in (1, 2)
        )
        content = np.array([one.content for one in texts], np.int64)
        units = np.array([float(len(one.continuum)) for one in texts])
        return Pooled(content, units, disorder[:, 0], disorder[:, 1:], apart, weight)


def aligned(text: Text, number: int, sampler: str, seed: int, measure: gamma.Measure) -> Aligned:
    """The data (number 0), or a random continuum. Among equal alignments of the data one of the fewest unitary alignments
    is taken for gamma-cat; those of random continua, shifted by any length, hardly ever tie."""
    if number:
        some = gamma.random_continuum(text.continuum, SAMPLERS[sampler], (seed, text.content), number - 1)
        best = gamma.align(some, measure)
        return Aligned(best.disorder, *gamma.categorial(some, best, measure))
    disorder = gamma.align(text.continuum, measure).disorder
    return Aligned(
        disorder, *gamma.categorial(text.continuum, gamma.align(text.continuum, measure, fewest=True), measure)
    )
