"""Coefficients corrected for chance: against public libraries, and what must hold of any ratings."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement import chance

RATINGS = st.integers(2, 4).flatmap(
    lambda coders: st.lists(st.lists(st.integers(-1, 3), min_size=coders, max_size=coders), min_size=1, max_size=20)
)
FULL = st.integers(2, 4).flatmap(
    lambda coders: st.lists(st.lists(st.integers(0, 3), min_size=coders, max_size=coders), min_size=2, max_size=20)
)


def same(one: float, other: float) -> bool:
    return one == pytest.approx(other, abs=1e-9, nan_ok=True)


@given(RATINGS, st.randoms())
def test_the_order_of_coders_and_units_changes_nothing(rows, random):
    ratings = np.array(rows)
    shuffled = ratings[random.sample(range(len(rows)), len(rows))][:, random.sample(range(len(rows[0])), len(rows[0]))]
    counts, others = chance.counts_of(ratings, 4), chance.counts_of(shuffled, 4)
    for measure in (
        chance.percent,
        chance.fleiss,
        chance.gwet,
        chance.brennan_prediger,
        chance.krippendorff,
    ):
        assert same(measure(counts).value, measure(others).value)
        assert same(measure(counts).se, measure(others).se)
    assert same(chance.conger(ratings, 4).value, chance.conger(shuffled, 4).value)
    assert same(chance.conger(ratings, 4).se, chance.conger(shuffled, 4).se)


@given(RATINGS)
def test_a_unit_that_nobody_rated_changes_nothing(rows):
    ratings = np.array(rows)
    more = np.concatenate([ratings, np.full((2, ratings.shape[1]), -1)])
    for measure in (chance.fleiss, chance.gwet, chance.krippendorff):
        assert same(measure(chance.counts_of(ratings, 4)).value, measure(chance.counts_of(more, 4)).value)
    assert same(chance.conger(ratings, 4).value, chance.conger(more, 4).value)


@given(FULL)
def test_of_two_coders_the_coefficients_are_those_of_their_table(rows):
    ratings = np.array(rows)[:, :2]
    table = next(chance.tables_of(ratings, 4))
    counts = chance.counts_of(ratings, 4)
    assert same(chance.conger(ratings, 4).value, chance.cohen(table).value)
    assert same(chance.fleiss(counts).value, chance.scott(table).value)
    assert same(chance.light(ratings, 4), chance.cohen(table).value)
    assert np.array_equal(np.sort(chance.ratings_of(table), axis=0), np.sort(ratings, axis=0))


@given(FULL)
def test_kappa_is_that_of_scikit_learn(rows):
    from sklearn.metrics import cohen_kappa_score

    ratings = np.array(rows)
    table = next(chance.tables_of(ratings, 4))
    for kind in ("linear", "quadratic"):
        ours = chance.cohen(table, chance.closeness(kind, np.arange(4))).value
        if np.isfinite(ours):
            theirs = cohen_kappa_score(ratings[:, 0], ratings[:, 1], labels=range(4), weights=kind)
            assert ours == pytest.approx(theirs, abs=1e-9)


@given(FULL)
def test_fleiss_and_randolph_are_those_of_statsmodels(rows):
    from statsmodels.stats.inter_rater import fleiss_kappa

    counts = chance.counts_of(np.array(rows), 4)
    if np.isfinite(ours := chance.fleiss(counts).value):
        assert ours == pytest.approx(fleiss_kappa(counts, method="fleiss"), abs=1e-9)
    assert chance.brennan_prediger(counts).value == pytest.approx(fleiss_kappa(counts, method="randolph"), abs=1e-9)


@given(RATINGS)
def test_alpha_is_that_of_nltk(rows):
    from nltk.metrics.agreement import AnnotationTask

    ratings = np.array(rows)
    data = [(str(g), str(u), str(v)) for u, row in enumerate(rows) for g, v in enumerate(row) if v >= 0]
    ours = chance.krippendorff(chance.counts_of(ratings, 4)).value
    if np.isfinite(ours):
        assert ours == pytest.approx(AnnotationTask(data=data).alpha(), abs=1e-9)


def test_a_code_of_the_codebook_that_nobody_used_counts_for_chance_but_not_for_alpha():
    ratings = np.array([[0, 0], [0, 1], [1, 1], [1, 1], [0, 0], [1, 0]])
    few, more = chance.counts_of(ratings, 2), chance.counts_of(ratings, 3)
    assert chance.brennan_prediger(more).value > chance.brennan_prediger(few).value
    assert chance.gwet(more).value > chance.gwet(few).value
    assert chance.krippendorff(more).value == chance.krippendorff(few).value


def test_without_variation_there_is_no_coefficient_but_there_is_agreement():
    counts = chance.counts_of(np.zeros((5, 3), int), 1)
    assert chance.percent(counts).value == 1
    for found in (chance.fleiss(counts), chance.gwet(counts), chance.krippendorff(counts)):
        assert np.isnan(found.value)
    assert np.isnan(chance.cohen(np.array([[5, 0], [0, 0]])).value)


def test_a_coder_who_never_uses_a_code_leaves_kappa_at_nothing():
    assert chance.cohen(np.array([[0, 0], [3, 7]])).value == 0


def test_nobody_and_one_coder_alone_say_nothing():
    assert np.isnan(chance.percent(np.zeros((0, 2))).value)
    assert np.isnan(chance.krippendorff(np.array([[1.0, 0]])).value)
    assert np.isnan(chance.conger(np.array([[0], [1]]), 2).value)
    assert np.isnan(chance.cohen(np.zeros((2, 2))).value)
    assert np.isnan(chance.holsti(0, 0, 0))
    with pytest.raises(ValueError, match="cubic"):
        chance.closeness("cubic", np.arange(3))


def test_agreement_on_rare_codes_counts_less_by_kappa_than_by_ac1():
    ratings = np.array([[1, 1], [0, 1], [0, 1], [0, 1], *[[0, 0]] * 96])
    counts = chance.counts_of(ratings, 2)
    assert chance.percent(counts).value == 0.97
    assert chance.krippendorff(counts).value < 0.4 < 0.95 < chance.gwet(counts).value


def test_standard_errors_shrink_with_the_root_of_the_units():
    ratings = np.random.default_rng(3).integers(0, 3, (200, 3))
    one, four = (chance.counts_of(np.tile(ratings, (n, 1)), 3) for n in (1, 4))
    for measure in (chance.fleiss, chance.gwet, chance.krippendorff):
        assert measure(four).se == pytest.approx(measure(one).se / 2, rel=0.01)
