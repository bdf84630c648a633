"""An order of codes in which those that are confused stand side by side. Knows plain values only."""

import numpy as np


def side_by_side(table: np.ndarray) -> tuple[int, ...]:
    """Of codes (Q, Q), by how often each is taken for each: the order of leaves in which neighbours are as alike as can be
    (Bar-Joseph, Gifford & Jaakkola 2001, Fast optimal leaf ordering). A code that is confused with none keeps its place as
    far as that goes."""
    codes = len(table)
    if codes < 3:
        return tuple(range(codes))
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import squareform

    both = table + table.T
    own = np.maximum(np.diag(both), 1)
    far = 1 - np.minimum(both / np.sqrt(np.outer(own, own)), 1)
    far += 1e-6 * np.abs(np.subtract.outer(np.arange(codes), np.arange(codes))) / codes  # ties: as in the codebook
    np.fill_diagonal(far, 0)
    order = leaves_list(linkage(squareform(far, checks=False), "average", optimal_ordering=True))
    return tuple(int(n) for n in (order if order[0] <= order[-1] else order[::-1]))
