"""Agreement over the order of coding: means, limits, and who is apart."""

from itertools import combinations

import numpy as np
import pytest

from annotator.agreement import control
from annotator.agreement.control import Observed

PAIRS = list(combinations(range(4), 2))


def test_a_documents_value_weighted_by_length_averages_to_the_coefficient():
    observed = Observed(np.array([10.0, 30, 5]), np.array([100.0, 200, 50]))
    found = control.values(observed, 0.4)
    assert (found * observed.size).sum() / observed.size.sum() == pytest.approx(1 - (45 / 350) / 0.4)
    assert np.isnan(control.values(Observed(np.zeros(1), np.zeros(1)), 0.4)).all()


def test_the_mean_is_of_the_last_seven_and_starts_anew():
    observed = Observed(np.arange(20.0), np.full(20, 100.0))
    found = control.running(observed, 0.5, [10])
    assert np.isnan(found[[0, 1, 2, 10, 11, 12]]).all(), "too few documents yet"
    assert found[9] == pytest.approx(1 - np.arange(3, 10).mean() / 100 / 0.5)
    assert found[13] == pytest.approx(1 - np.arange(10, 14).mean() / 100 / 0.5), "nothing from before the new codebook"
    assert found[19] == pytest.approx(1 - np.arange(13, 20).mean() / 100 / 0.5)


def test_limits_hold_nearly_all_means_of_the_baseline():
    random = np.random.default_rng(5)
    observed = Observed(random.uniform(5, 25, 40), np.full(40, 100.0))
    low, high = control.limits(observed, 0.5, seed=1)
    pick = random.integers(0, 40, (4000, control.WINDOW))
    means = 1 - observed.apart[pick].sum(1) / 700 / 0.5
    assert 0.99 < ((means >= low) & (means <= high)).mean() < 1
    assert (low, high) == control.limits(observed, 0.5, seed=1), "the same seed, the same limits"


@pytest.mark.parametrize(
    ("stages", "books", "expected"),
    [
        ([(0, 7), (8, 19), (20, 39), (40, 59)], ["1", "2", "3", "3"], 2),
        ([(0, 7), (8, 30), (31, 33)], ["1", "2", "3"], 1),
        ([(0, 5)], ["1"], None),
        ([], [], None),
    ],
)
def test_which_stage_sets_the_limits(stages, books, expected):
    assert control.baseline(stages, books) == expected


def coded(random, *, drifting: bool):
    """Forty documents by four coders; after the 25th the last of them sees half as much, if drifting."""
    apart = random.uniform(15, 25, (40, len(PAIRS)))
    if drifting:
        apart[25:, [3 in pair for pair in PAIRS]] *= 2
    return apart, np.full(apart.shape, 100.0)


@pytest.mark.parametrize("drifting", [True, False])
def test_a_drifting_coder_is_seen_against_the_others(drifting):
    apart, size = coded(np.random.default_rng(3), drifting=drifting)
    found = [control.against_others(apart, size, PAIRS, g, 0.5, [], (0, 19)) for g in range(4)]
    assert found[3].below.any() == drifting
    assert not any(one.below.any() for one in found[:3])
    if drifting:
        assert found[3].document[found[3].below][0] >= 25
        assert (found[3].me < found[3].rest)[found[3].below].all()


def test_documents_that_a_coder_did_not_code_are_left_out_of_the_panel():
    apart, size = coded(np.random.default_rng(3), drifting=False)
    size[7, [3 in pair for pair in PAIRS]] = 0
    found = control.against_others(apart, size, PAIRS, 3, 0.5, [], (0, 19))
    assert 7 not in found.document
    assert len(found.document) == 39
    assert 7 in control.against_others(apart, size, PAIRS, 0, 0.5, [], (0, 19)).document


def test_two_coders_have_nobody_to_be_set_against():
    found = control.against_others(np.ones((9, 1)), np.full((9, 1), 9.0), [(0, 1)], 0, 0.5, [], None)
    assert not len(found.document)
