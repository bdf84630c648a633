"""The part of the script that is about a table of ratings: a value a cell, on some level of measurement."""

import numpy as np

LEVEL = "nominal"
CODERS: list[str] = []
VALUES: list[str] = []
HAS_DOCUMENTS = False


# The work
class Sums:
    """Each kind of row once, and how often it occurs: in the table, or in each document where documents were resampled."""

    def __init__(self, rows: list[dict[str, str]]):
        table = [tuple(VALUES.index(row[one]) if row[one] != "" else -1 for one in CODERS) for row in rows]
        rated = [(kind, row) for kind, row in zip(table, rows, strict=True) if max(kind) >= 0]
        kinds = sorted({kind for kind, _ in rated})
        self.given = np.array([[kind.count(n) for n in range(len(VALUES))] for kind in kinds], float)
        self.ratings = self.given.sum(1)
        titles = sorted({row["document"] for _, row in rated}) if HAS_DOCUMENTS else [""]
        self.times = np.zeros((len(titles), len(kinds)))
        for kind, row in rated:
            self.times[titles.index(row["document"]) if HAS_DOCUMENTS else 0, kinds.index(kind)] += 1
        compared = self.times @ (self.ratings > 1)
        self.documents = int((compared > 0).sum() if HAS_DOCUMENTS else compared.sum())
        self.once = np.ones(len(titles)) if HAS_DOCUMENTS else self.times[0]

    def value(self, times: np.ndarray) -> float:
        """Alpha, when each document or kind of row counts so many times."""
        times = times @ self.times if HAS_DOCUMENTS else times
        each = np.where(self.ratings > 1, times / np.maximum(self.ratings - 1, 1), 0)  # a rating meets so many others
        pairs = (self.given * each[:, None]).T @ self.given - np.diag(each @ self.given)
        margins = pairs.sum(1)
        n, apart = margins.sum(), distances(margins)
        expected = margins @ apart @ margins
        return float(1 - (n - 1) * (pairs * apart).sum() / expected) if expected > 1e-9 else np.nan


def distances(margins: np.ndarray) -> np.ndarray:
    """Squared distances between values, on their level of measurement (Krippendorff 2011)."""
    if LEVEL == "nominal":
        return 1 - np.eye(len(VALUES))
    if LEVEL == "ordinal":  # the ranks between two values, half of each end
        ranks = np.cumsum(margins) - margins / 2
        return (ranks[:, None] - ranks) ** 2
    numbers = np.array([float(value) for value in VALUES])
    apart = numbers[:, None] - numbers
    if LEVEL == "ratio":
        both = numbers[:, None] + numbers
        apart = np.divide(apart, both, out=np.zeros_like(apart), where=both != 0)
    return apart**2
