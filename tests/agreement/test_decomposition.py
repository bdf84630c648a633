"""What disagreement is made of, confusion, attributes on the same words, and tests against chance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement import intervals, permutation, sums, unitizing
from annotator.agreement.attributes import TUPLE, Asked, compared
from annotator.agreement.comparison import KINDS, Mark
from annotator.agreement.decomposition import Decomposition

from .evaluate import coding_of


def mark(code: str, start: int, end: int, **attributes) -> Mark:
    return Mark(f"{code} {start} {end} {attributes}", code, ((start, end),), attributes)


TEXT = {
    "Ann": [mark("denial", 0, 10), mark("threat", 20, 30), mark("offer", 40, 50, actor="x"), mark("denial", 60, 70)],
    "Ben": [mark("denial", 0, 12), mark("warning", 20, 30), mark("offer", 40, 50, actor="y"), mark("praise", 80, 90)],
}


def test_every_annotation_is_counted_once_against_each_other_coder():
    found = Decomposition([TEXT])
    assert found.of().counts == {"missed": 2, "label": 2, "boundary": 2, "attribute": 2, "match": 0}
    assert found.of().total == 8
    assert found.of("denial").counts == {"missed": 1, "label": 0, "boundary": 2, "attribute": 0, "match": 0}
    assert found.of("praise").share("missed") == 1
    assert found.of("none").share("missed") is None
    assert found.of("offer").most() == "attribute"
    assert Decomposition([{"Ann": TEXT["Ann"], "Ben": TEXT["Ann"]}]).of().most() is None


def test_confusion_has_a_row_and_a_column_for_no_code_and_turns_round():
    found = Decomposition([TEXT])
    table = found.confusion("Ann", "Ben")
    assert table == {
        ("denial", "denial"): 1,
        ("threat", "warning"): 1,
        ("offer", "offer"): 1,
        ("denial", ""): 1,
        ("", "praise"): 1,
    }
    assert found.confusion("Ben", "Ann") == {(b, a): count for (a, b), count in table.items()}
    assert found.confusion("Ann", "Cy") == {}


def test_a_coder_who_did_not_code_the_text_is_not_one_who_found_nothing():
    empty, missing = Decomposition([{**TEXT, "Cy": []}]), Decomposition([TEXT])
    assert empty.of().counts["missed"] == missing.of().counts["missed"] + 8
    assert empty.of(coders=["Ann", "Ben"]).counts == missing.of().counts


MARKS = st.lists(
    st.builds(
        lambda code, start, size: mark(code, start, start + size),
        st.sampled_from(["a", "b"]),
        st.integers(0, 40),
        st.integers(1, 9),
    ),
    max_size=5,
    unique_by=lambda one: one.annotation,
)


@given(st.lists(st.fixed_dictionaries({"A": MARKS, "B": MARKS, "C": MARKS}), max_size=3), st.randoms())
def test_shares_add_up_and_order_changes_nothing(texts, random):
    found = Decomposition(texts)
    assert found.of().total == 2 * sum(len(marks) for text in texts for marks in text.values())
    turned = [dict(random.sample(list(text.items()), 3)) for text in random.sample(texts, len(texts))]
    assert Decomposition(turned).of().counts == found.of().counts
    by_code = [found.of(code).total for code in ("a", "b")]
    assert sum(by_code) == found.of().total
    if found.of().total:
        assert sum(found.of().share(kind) or 0 for kind in KINDS) == pytest.approx(1)


ACTOR, TARGET = Asked("1", "Actor", "nominal"), Asked("2", "target", "nominal")
STANCE, ISSUE = Asked("3", "stance", "ordinal", (-1, 0, 1)), Asked("4", "issue", "sets")


def pair(first: dict, second: dict, code: str = "denial", other: str = "denial") -> dict:
    return {"Ann": [Mark("1", code, ((0, 9),), first)], "Ben": [Mark("2", other, ((0, 9),), second)]}


def test_attributes_are_compared_where_both_marked_the_same_with_one_code():
    texts = [
        pair({"1": "x", "3": 1, "4": ["p", "q"]}, {"1": "x", "3": 0, "4": ["q", "p"]}),
        pair({"1": "y", "3": -1, "4": ["p"]}, {"1": "x", "3": -1, "4": ["p", "q"]}),
        pair({"1": "y"}, {"3": 1}),
        pair({"1": "x"}, {"1": "x"}, other="threat"),
        {"Ann": [mark("denial", 0, 9)], "Ben": []},
    ]
    actor, stance, issue = compared(texts, [ACTOR, STANCE, ISSUE])
    assert (actor.units, actor.places, actor.percent) == (2, 3, 0.5)
    assert actor.filled == pytest.approx(5 / 6)
    assert stance.alpha is not None
    assert stance.alpha > 0
    assert issue.percent == 0.5
    assert issue.alpha is not None


def test_the_tuple_is_compared_whatever_the_code():
    texts = [
        pair({"1": "x", "2": "z"}, {"1": "x", "2": "z"}),
        pair({"1": "x", "2": "z"}, {"1": "x", "2": "z"}, other="threat"),
        pair({"1": "y", "2": "z"}, {"1": "y", "2": "z"}),
    ]
    *_, whole = compared(texts, [ACTOR, TARGET])
    assert whole.name == TUPLE
    assert (whole.units, whole.percent) == (3, pytest.approx(2 / 3))


def test_undefined_agreement_on_attributes_says_why():
    nothing, same = compared([pair({}, {"1": "x"})], [ACTOR])[0], compared([pair({"1": "x"}, {"1": "x"})], [ACTOR])[0]
    assert nothing.alpha is None
    assert nothing.reason == "no place has this from two coders"
    assert (same.percent, same.alpha, same.reason) == (1, None, "no variation: one value only")
    assert compared([], [ACTOR])[0].reason == "no words were marked with one code by two coders"


def alphas(coding: sums.Coding) -> np.ndarray:
    tiles = unitizing.code_tiles(coding, tuple(range(coding.coders)))
    return unitizing.alpha_u(unitizing.added(np.ones((1, len(tiles.values))), tiles))[0]


def test_coders_who_agree_are_told_from_chance_and_those_who_do_not_are_not():
    dice = np.random.default_rng(2)
    places = sorted(dice.choice(np.arange(0, 900, 20), 12, replace=False).tolist())
    others = sorted(dice.choice(np.arange(0, 900, 20), 12, replace=False).tolist())
    document = {
        "length": 900,
        "coders": [
            [[at, at + 15, "a"] for at in places] + [[at, at + 15, "b"] for at in places],
            [[at, at + 15, "a"] for at in places] + [[at, at + 15, "b"] for at in others],
        ],
    }
    coding = coding_of([document], ["a", "b"])
    drawn = permutation.permuted(coding, alphas, permutations=99)
    again = permutation.permuted(coding, alphas, permutations=99)
    assert np.array_equal(drawn, again)
    p = [intervals.by_chance(float(value), drawn[:, n]) for n, value in enumerate(alphas(coding))]
    assert p[0] == 0.01
    assert p[1] > 0.05
    assert np.isnan(intervals.by_chance(np.nan, drawn[:, 0]))


@given(st.integers(0, 1000))
def test_turning_keeps_numbers_and_lengths_inside_the_text(seed):
    document = {"length": 50, "coders": [[[0, 9, "a"], [20, 31, "a"], [44, 50, "a"]], None, []]}
    coding = coding_of([document], ["a"])
    found = permutation.turned(coding, np.random.default_rng(seed))
    assert (found.end <= 50).all()
    assert (found.start >= 0).all()
    assert np.array_equal(found.coded, coding.coded)
    assert (found.end - found.start).sum() <= 26


def test_leaving_out_each_document_gives_a_range():
    values = intervals.without_each(3) @ np.array([[1.0, np.nan], [2.0, np.nan], [4.0, np.nan]])
    found = intervals.spread(values)
    assert (found.low[0], found.high[0]) == (3, 6)
    assert np.isnan(found.low[1])
    assert found.dropped.tolist() == [0, 3]


def test_the_share_below_a_line_is_of_defined_replicates():
    found = intervals.shortfall(np.array([[0.5, np.nan], [0.7, np.nan], [np.nan, np.nan]]), 0.667)
    assert found[0] == 0.5
    assert np.isnan(found[1])
