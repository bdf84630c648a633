"""Gamma: the best alignment against all there are, its invariances, chance that can be drawn again."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement import gamma
from annotator.agreement.gamma import Continuum, Measure

UNIT = st.tuples(st.integers(0, 30), st.integers(1, 9), st.sampled_from("ab")).map(lambda u: (u[0], u[0] + u[1], u[2]))
CODERS = st.lists(st.lists(UNIT, max_size=3, unique=True), min_size=2, max_size=3)
MEASURES = st.sampled_from([Measure(), Measure(3, 1), Measure(1, 2, 0.5)])


def least_disorder(coders, measure: Measure) -> float:
    """Every way of aligning, looked at one by one."""
    units = [(g, unit) for g, mine in enumerate(coders) for unit in mine]
    pairs = len(coders) * (len(coders) - 1) / 2

    def disorder(group) -> float:
        total = 0.0
        for one, other in combinations(group, 2):
            far = measure.alpha * gamma.place_apart(one[1][:2], other[1][:2])
            total += (far + measure.beta * (one[1][2] != other[1][2])) * measure.empty
        inside = len(group) * (len(group) - 1) / 2
        return (total + (pairs - inside) * measure.empty) / pairs

    def best(left) -> float:
        if not left:
            return 0.0
        first, rest = left[0], left[1:]
        found = []
        for size in range(len(coders)):
            for others in combinations(rest, size):
                group = (first, *others)
                if len({one[0] for one in group}) == len(group):
                    found.append(disorder(group) + best([one for one in rest if one not in others]))
        return min(found)

    return best(units) / (len(units) / len(coders))


@settings(max_examples=60)
@given(CODERS, MEASURES)
def test_no_alignment_has_less_disorder(coders, measure):
    found = gamma.align(Continuum(coders), measure)
    if not any(coders):
        assert np.isnan(found.disorder)
        return
    wanted = least_disorder(coders, measure)
    assert found.disorder == pytest.approx(wanted, abs=1e-6)
    fewest = gamma.align(Continuum(coders), measure, fewest=True)
    assert fewest.disorder == pytest.approx(wanted, abs=1e-5)
    used = found.rows[found.rows >= 0]
    assert len(used) == len({*used.tolist()})


@given(CODERS, st.integers(1, 5), st.integers(0, 1000), st.randoms())
def test_shift_scale_and_order_of_coders_change_nothing(coders, scale, shift, random):
    moved = [[(a * scale + shift, b * scale + shift, code) for a, b, code in mine] for mine in coders]
    turned = random.sample(moved, len(moved))
    one, other = (gamma.align(Continuum(some)).disorder for some in (coders, turned))
    assert one == pytest.approx(other, abs=1e-6, nan_ok=True)


SOME = [
    [(0, 10, "a"), (20, 30, "b"), (50, 58, "a")],
    [(1, 10, "a"), (22, 30, "b"), (40, 44, "b")],
    [(0, 9, "b"), (21, 33, "b")],
]


@pytest.mark.parametrize("sampler", [gamma.shuffled, gamma.statistical])
def test_the_same_seed_gives_the_same_gamma_and_its_error(sampler):
    one, again = (gamma.gamma(Continuum(SOME), sampler=sampler, samples=30, seed=5) for _ in range(2))
    other = gamma.gamma(Continuum(SOME), sampler=sampler, samples=30, seed=6)
    assert one == again
    assert one.value != other.value
    assert 0 < one.error < 0.2
    assert one.samples == 30


def test_as_many_samples_are_drawn_as_the_mean_needs():
    found = gamma.gamma(Continuum(SOME))
    assert found.samples >= 30
    assert 1.96 * found.error / (1 - found.value) <= 1.3 * gamma.PRECISION


def test_alike_is_one_nothing_is_none_and_a_coder_without_units_counts():
    same = [[(0, 10, "a"), (20, 25, "b")]] * 3
    assert gamma.gamma(Continuum(same), samples=5).value == 1
    assert np.isnan(gamma.gamma(Continuum([[], []])).value)
    assert gamma.align(Continuum([[(0, 10, "a"), (20, 30, "b")], []])).disorder == 2


def test_of_equal_alignments_the_one_of_fewest_parts_is_taken():
    coders = [
        [(2, 9, "1"), (11, 17, "2"), (24, 30, "5"), (32, 36, "6"), (36, 44, "6"), (44, 60, "7")],
        [(2, 9, "1"), (11, 17, "3"), (19, 25, "5"), (32, 44, "6")],
        [(2, 9, "1"), (11, 17, "4"), (21, 27, "5"), (32, 36, "6"), (36, 40, "6"), (40, 44, "6")],
    ]
    found = gamma.align(Continuum(coders), Measure(3, 1), fewest=True)
    alone = 16 - int((found.rows >= 0).sum())
    assert len(found.rows) + alone == 6


def test_gamma_cat_looks_at_codes_alone_and_gamma_k_at_one():
    moved = [[(a + 1, b + 1, code) for a, b, code in SOME[0]], SOME[0]]
    found = gamma.gamma_cat(Continuum(moved), samples=10)
    assert found.value == 1
    swapped = [SOME[0], [(a, b, "b" if code == "a" else "a") for a, b, code in SOME[0]]]
    worse = gamma.gamma_cat(Continuum(swapped), Measure(1, 0.1), samples=30)
    assert worse.value < 0
    assert set(worse.by_category) == {"a", "b"}


def test_long_work_can_be_stopped():
    with pytest.raises(InterruptedError):
        gamma.gamma(Continuum(SOME), cancelled=lambda: True)
