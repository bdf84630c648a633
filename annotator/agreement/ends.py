"""The ends of an interval, and in words why there is none: documents drawn, or, where they are too few, left out in turn."""

from typing import NamedTuple

import numpy as np

from annotator.agreement import intervals
from annotator.agreement.coefficients import rounded


class Ends(NamedTuple):
    """How far a number can be trusted: its interval, or, of too few documents to be drawn, the range of its values with each
    left out in turn. `note` says why there is none, and what else to know."""

    low: float | None = None
    high: float | None = None
    lowest: float | None = None
    highest: float | None = None
    note: str = ""


def drawn(documents: int, *, replicates: int, seed: int) -> np.ndarray:
    """Weights as `ends` wants them: the data first, then resamples of documents; of too few each left out in turn."""
    if not documents or not replicates:
        return np.ones((1, documents))
    if documents >= intervals.FEWEST:
        return intervals.weights(documents, replicates=replicates, seed=seed)
    without = intervals.without_each(documents) if documents > 1 else np.ones((0, 1))
    return np.concatenate([np.ones((1, documents)), without])


def ends(values: np.ndarray, documents: int, replicates: int, *, what: str = "documents") -> list[Ends]:
    """Of values (1 + resamples, columns), made with weights as `drawn` gives them; `what` was resampled."""
    if documents < intervals.FEWEST:
        found = intervals.spread(values[1:])
        pairs = [(rounded(low), rounded(high)) for low, high in zip(found.low, found.high, strict=True)]
        notes = [
            doubt(documents, replicates, 0, bounded=False, what=what, has_range=one is not None) for one, _ in pairs
        ]
        return [Ends(None, None, *pair, note) for pair, note in zip(pairs, notes, strict=True)]
    found = intervals.percentile(values[1:])
    made = []
    for low, high, dropped in zip(*found, strict=True):
        pair = rounded(low), rounded(high)
        note = doubt(documents, replicates, int(dropped), bounded=pair[0] is not None, what=what)
        made.append(Ends(*pair, None, None, note))
    return made


def doubt(
    documents: int,
    replicates: int,
    dropped: int,
    *,
    bounded: bool,
    what: str = "documents",
    has_range: bool = False,
) -> str:
    """What to know about the interval of a value that is defined; `what` was resampled, or, of too few, left out one by one,
    so that there is a range instead."""
    if not replicates:
        return "no interval: no resamples were asked for"
    if documents < intervals.FEWEST:
        few = f"no interval: fewer than {intervals.FEWEST} {what}"
        return f"{few}; in brackets the range with one left out" if has_range else few
    undefined = f"undefined in {dropped:,} of {replicates:,} resamples" if dropped else ""
    if not bounded:
        return f"no interval: {undefined}"
    notes = [f"few {what}" if documents < intervals.FEW else "", undefined and f"{undefined}, which are left out"]
    return "; ".join(note for note in notes if note)
