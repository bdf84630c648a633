"""The part of the script that resamples documents and prints, whatever was counted."""

import csv
import io
import sys
from pathlib import Path
from typing import Protocol

import numpy as np

TITLE = ""
REPLICATES, SEED = 1000, 1


class Sums(Protocol):
    documents: int  # with something to compare, of which there have to be enough
    once: np.ndarray  # how often each thing that is resampled occurs

    def value(self, times: np.ndarray) -> float: ...


# The work
def interval(sums: Sums) -> np.ndarray | None:
    """The middle 95% over resamples; none where there is too little to draw, or more than a tenth of them are undefined."""
    if sums.documents < 5 or not REPLICATES:
        return None
    total = int(sums.once.sum())
    drawn = np.random.default_rng(SEED).multinomial(total, sums.once / total, REPLICATES)
    found = np.array([sums.value(times.astype(float)) for times in drawn])
    found = found[np.isfinite(found)]
    return np.percentile(found, [2.5, 97.5]) if len(found) >= 0.9 * REPLICATES else None


def shown(number: float) -> str:
    """Two decimals, as the report prints them."""
    words = f"{abs(number):.2f}"
    return ("\N{MINUS SIGN}" if round(number, 2) < 0 else "") + (words[1:] if words.startswith("0.") else words)


def read() -> list[dict[str, str]]:
    """The rows of the table beside this script."""
    with Path(__file__).with_name("reliability_data.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main(sums: Sums) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    with np.errstate(invalid="ignore", divide="ignore"):
        value = sums.value(sums.once) if sums.documents else np.nan
        ends = interval(sums) if np.isfinite(value) else None
    if not np.isfinite(value):
        sys.stdout.write(f"{TITLE}: n/a\n")
        return
    rounded = "" if ends is None else f", 95% interval [{shown(ends[0])}, {shown(ends[1])}]"
    full = "" if ends is None else f" [{ends[0]:.10f}, {ends[1]:.10f}]"
    sys.stdout.write(f"{TITLE}: {shown(value)}{rounded}\nin full: {value:.10f}{full}\n")
