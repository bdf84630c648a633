"""Matches of spans and of segmentations, against public libraries and by what must hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement import boundaries, spans

SPAN = st.tuples(st.integers(0, 40), st.integers(1, 12), st.sampled_from("ab")).map(lambda u: (u[0], u[0] + u[1], u[2]))
SPANS = st.lists(SPAN, max_size=6)
MASSES = st.lists(st.integers(1, 5), min_size=1, max_size=10)


def apart(found: list) -> list:
    """Those that overlap none before them."""
    kept: list = []
    for span in sorted(found):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


@given(SPANS, SPANS)
def test_both_ways_round_agree_and_measures_are_in_order(one, two):
    for measure in (spans.exact, spans.overlap, spans.characters):
        there, back = measure(one, two), measure(two, one)
        assert there.f1 == pytest.approx(back.f1, nan_ok=True)
        assert there.precision == pytest.approx(back.recall, nan_ok=True)
    exact, overlap = spans.exact(one, two), spans.overlap(one, two)
    assert exact.matched <= overlap.matched <= spans.overlap(one, two, any_code=True).matched
    assert spans.overlap(one, one).f1 == pytest.approx(1.0 if one else np.nan, nan_ok=True)


@given(SPANS, SPANS)
def test_characters_are_counted_one_by_one(one, two):
    covers = [{(at, code) for start, end, code in some for at in range(start, end)} for some in (one, two)]
    found = spans.characters(one, two)
    assert found == (len(covers[0] & covers[1]), len(covers[0]), len(covers[1]))


def test_one_long_span_matches_one_short_span_only():
    short = [(n * 10, n * 10 + 4, "a") for n in range(10)]
    assert spans.overlap([(0, 100, "a")], short).matched == 1
    assert np.isnan(spans.exact([], []).f1)
    assert spans.exact([(0, 4, "a"), (0, 4, "a")], [(0, 4, "a")]).f1 == 1


@given(SPANS.map(apart), SPANS.map(apart))
def test_muc_measures_are_those_of_nervaluate_where_spans_are_matched_alike(one, two):
    """It matches greedily, so only documents in which each span meets one other at the most are comparable."""
    meets = spans.shared(one, two) > 0 if one and two else np.zeros((1, 1))
    if not one or not two or meets.sum(0).max() > 1 or meets.sum(1).max() > 1:
        return
    from nervaluate import Evaluator

    as_theirs = [[[{"label": c, "start": a, "end": b - 1} for a, b, c in some]] for some in (one, two)]
    theirs = Evaluator(as_theirs[0], as_theirs[1], tags=["a", "b"], loader="dict").evaluate()["overall"]
    ours = spans.muc(one, two)
    for name, key in (("strict", "strict"), ("exact", "exact"), ("partial", "partial"), ("type", "ent_type")):
        assert getattr(ours, name).f1 == pytest.approx(theirs[key].f1, abs=1e-9)


@given(MASSES, st.randoms())
def test_segmentations_are_alike_with_themselves_and_either_way_round(masses, random):
    cuts = sorted(random.sample(range(1, sum(masses)), min(3, sum(masses) - 1)))
    other = np.diff([0, *cuts, sum(masses)]).tolist()
    assert boundaries.similarity(masses, masses) == 1
    assert boundaries.similarity(masses, other) == pytest.approx(boundaries.similarity(other, masses))
    assert 0 <= boundaries.similarity(masses, other) <= 1
    wide, narrow = boundaries.edits(masses, other, 4), boundaries.edits(masses, other, 2)
    assert wide.additions <= narrow.additions


def test_texts_of_different_length_are_not_compared():
    with pytest.raises(ValueError, match="length"):
        boundaries.similarity([2, 3], [2, 4])


def test_old_measures_are_blind_to_nothing_in_equal_segmentations():
    assert boundaries.window_diff([4, 6, 5], [4, 6, 5]) == 0 == boundaries.p_k([4, 6, 5], [4, 6, 5])
    assert boundaries.window_diff([15], [4, 6, 5]) > 0
    assert boundaries.mean_similarity([[3, 2]]) != boundaries.mean_similarity([[3, 2], [3, 2]]) == 1
