"""Whether coders agree more than by chance on this text: each coder's spans are turned round in every document, so that how
often, how long and how close together they code stays as it is, and only where is chance."""

from collections.abc import Callable

import numpy as np

from annotator.agreement.sums import Coding


def turned(coding: Coding, random: np.random.Generator) -> Coding:
    """The codings with each coder's spans shifted round each document by a distance of their own. A span that would run
    over the end is taken back to the beginning whole."""
    shape = coding.coded.shape
    by = (random.random(shape) * coding.lengths[:, None]).astype(np.int64)[coding.document, coding.coder]
    length = coding.lengths[coding.document]
    size = coding.end - coding.start
    start = (coding.start + by) % np.maximum(length, 1)
    start = np.where(start + size > length, 0, start)
    rows = np.stack([coding.document, coding.coder, coding.code, start, start + size], 1)
    return Coding.of(rows, coded=coding.coded, lengths=coding.lengths, codes=coding.codes)


def permuted(
    coding: Coding, measure: Callable[[Coding], np.ndarray], *, permutations: int = 1000, seed: int = 1
) -> np.ndarray:
    """(permutations, ...) what a measure says of codings turned at random."""
    random = np.random.default_rng(seed)
    return np.stack([measure(turned(coding, random)) for _ in range(permutations)])
