"""The document bootstrap."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement import coefficients, intervals
from annotator.agreement.sums import Binary, Sets, project
from tests.agreement.published import CASES, as_coding


def test_replicate_zero_is_the_data_and_each_other_draws_as_many_documents():
    drawn = intervals.weights(7, replicates=50, seed=3)
    assert (drawn[0] == 1).all()
    assert (drawn.sum(1) == 7).all()
    assert drawn.shape == (51, 7)


def test_the_same_seed_draws_the_same_and_another_does_not():
    first, same, other = (intervals.weights(20, replicates=10, seed=seed) for seed in (1, 1, 2))
    assert (first == same).all()
    assert (first != other).any()


def test_given_resamples_of_documents_give_the_published_percentiles():
    case = CASES["ci-cluster-bootstrap-a"]
    documents, drawn = case["input"]["documents"], np.array(case["input"]["multiplicities"], float)
    coding, units = as_coding([row for document in documents for row in document])
    sets = Sets(coding, units, project(coding, units))
    of_unit = np.repeat(np.arange(len(documents)), [len(document) for document in documents])
    weights, group = drawn[:, of_unit], (0, 1, 2)
    sums = intervals.added(weights, sets.of(group))
    apart = coefficients.expected_nominal(weights, sets.margins(group))
    values = coefficients.alpha_sets(sums.values, sums.apart, apart)[:, 0]
    found, expected = intervals.percentile(values), case["expected"]
    assert (found.low, found.high) == pytest.approx((expected["pct2.5"], expected["pct97.5"]), abs=case["tolerance"])
    assert (values.min(), values.max()) == pytest.approx((expected["min"], expected["max"]), abs=case["tolerance"])


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=60))
def test_percentiles_are_those_of_numpy(values):
    found = intervals.percentile(np.array(values))
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(values, [0.025, 0.975])))


def test_undefined_replicates_are_left_out_counted_and_limited():
    values = np.tile(np.linspace(0, 1, 100)[:, None], 3)
    values[:10, 1] = np.nan
    values[:11, 2] = np.nan
    found = intervals.percentile(values)
    assert found.dropped.tolist() == [0, 10, 11]
    assert found.low[1] == pytest.approx(np.quantile(values[10:, 1], 0.025))
    assert np.isnan(found.low[2])
    assert np.isnan(found.high[2])


def test_no_replicates_give_no_interval():
    assert np.isnan(intervals.percentile(np.zeros((0, 2))).low).all()


def test_duplicating_every_document_leaves_the_ratios_and_narrows_the_interval():
    random = np.random.default_rng(5)
    ones = random.integers(0, 12, (30, 1)).astype(float)
    matches = np.minimum(ones, random.integers(0, 12, (30, 1)))
    once = Binary(np.full((30, 1), 10.0), np.full((30, 1), 20.0), ones, matches, np.zeros((30, 1)))
    twice = Binary(*[np.concatenate([column, column]) for column in once])
    widths = []
    for sums in (once, twice):
        drawn = intervals.weights(len(sums.ones), replicates=2000, seed=1)
        values = coefficients.alpha_binary(intervals.added(drawn, sums))[:, 0]
        found = intervals.percentile(values[1:])
        widths.append((values[0], found.high - found.low))
    assert widths[0][0] == pytest.approx(widths[1][0], abs=0.01)
    assert widths[0][1] / widths[1][1] == pytest.approx(2**0.5, rel=0.1)
