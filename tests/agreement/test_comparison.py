"""Places: what answers what, how they differ, and that no order of coders or annotations matters."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement.comparison import Mark, counts, places, shared


def mark(code, *ends, id="", **attributes):
    spans = tuple((ends[n], ends[n + 1]) for n in range(0, len(ends), 2))
    return Mark(id or f"{code} {ends}", code, spans, attributes)


def told(**layers):
    """(start, end, kind, codes) of each place."""
    return [(place.start, place.end, place.kind, place.codes) for place in places(layers)]


def test_the_kinds():
    assert told(a=[mark("denial", 0, 9)], b=[mark("denial", 0, 9)]) == [(0, 9, "match", ("denial",))]
    assert told(a=[mark("denial", 0, 9)], b=[mark("denial", 3, 9)]) == [(0, 9, "boundary", ("denial",))]
    assert told(a=[mark("denial", 0, 9)], b=[mark("threat", 0, 9)]) == [(0, 9, "label", ("denial", "threat"))]
    assert told(a=[mark("denial", 0, 9)], b=[]) == [(0, 9, "missed", ("denial",))]
    assert told(a=[mark("denial", 0, 9, actor="x")], b=[mark("denial", 0, 9)]) == [(0, 9, "attribute", ("denial",))]


def test_attributes_of_several_values_have_no_order_and_empty_ones_are_none():
    one = mark("denial", 0, 9, issue=["trade", "other"], stance="")
    two = mark("denial", 0, 9, issue=["other", "trade"], actor=None)
    assert told(a=[one], b=[two])[0][2] == "match"


def test_touching_annotations_are_places_of_their_own():
    assert [place[2] for place in told(a=[mark("denial", 0, 9)], b=[mark("denial", 9, 20)])] == ["missed", "missed"]


def test_a_nested_label_is_its_own_place():
    layers = {
        "a": [mark("accusation", 0, 100), mark("loaded label", 20, 30)],
        "b": [mark("accusation", 0, 90), mark("loaded label", 20, 30)],
    }
    assert told(**layers) == [(0, 100, "boundary", ("accusation",)), (20, 30, "match", ("loaded label",))]
    only = told(a=[mark("accusation", 0, 100)], b=[mark("loaded label", 20, 30)])
    assert [place[2] for place in only] == ["missed", "missed"]


def test_the_same_code_is_preferred_to_more_text():
    layers = {"a": [mark("denial", 0, 20)], "b": [mark("threat", 0, 20), mark("denial", 10, 30)]}
    assert told(**layers) == [(0, 20, "missed", ("threat",)), (0, 30, "boundary", ("denial",))]


def test_matching_is_optimal_and_not_greedy():
    """The two likest would leave the others alone; two pairs are more than one."""
    layers = {"a": [mark("x", 0, 10), mark("x", 10, 22)], "b": [mark("x", 2, 12), mark("x", 20, 30)]}
    assert [place[2] for place in told(**layers)] == ["boundary", "boundary"]


def test_what_one_coder_took_together_and_another_split_is_one_place():
    layers = {
        "a": [mark("x", 0, 100)],
        "b": [mark("x", 0, 50), mark("x", 50, 100)],
        "c": [mark("x", 0, 49), mark("x", 52, 100)],
    }
    (place,) = places(layers)
    assert (place.kind, [len(marks) for marks in place.parts.values()]) == ("boundary", [1, 2, 2])


def test_a_few_shared_words_do_not_chain_neighbours_together():
    layers = {
        "a": [mark("x", 0, 100), mark("x", 100, 200)],
        "b": [mark("x", 0, 100), mark("x", 100, 200)],
        "c": [mark("x", 98, 200)],
    }
    assert told(**layers) == [(0, 100, "missed", ("x",)), (98, 200, "boundary", ("x",))]


def test_three_coders_and_who_is_missing():
    layers = {"a": [mark("x", 0, 10)], "b": [], "c": [mark("x", 0, 10)]}
    (place,) = places(layers)
    assert (place.kind, place.missing, place.codes) == ("missed", ("b",), ("x",))


def test_discontinuous_annotations_share_what_their_spans_share():
    one, two = mark("x", 0, 10, 20, 30), mark("x", 12, 18, 25, 40)
    assert shared(one, two) == 5
    assert told(a=[one], b=[mark("x", 0, 10, 20, 30, id="other")])[0][2] == "match"


def test_counts_name_every_kind():
    assert counts(places({"a": [mark("x", 0, 9)], "b": []})) == {
        "missed": 1,
        "label": 0,
        "boundary": 0,
        "attribute": 0,
        "match": 0,
    }


marks = st.lists(st.tuples(st.sampled_from("xyz"), st.integers(0, 40), st.integers(1, 20)), max_size=6)
layers_of_three = st.lists(marks, min_size=3, max_size=3)


def layers_from(drawn):
    return {
        name: [mark(code, start, start + width, id=f"{name}{n}") for n, (code, start, width) in enumerate(coder)]
        for name, coder in zip("abc", drawn, strict=True)
    }


@settings(max_examples=150)
@given(layers_of_three)
def test_every_annotation_is_in_exactly_one_place(drawn):
    layers = layers_from(drawn)
    found = [one.annotation for place in places(layers) for marks in place.parts.values() for one in marks]
    assert sorted(found) == sorted(one.annotation for coder in layers.values() for one in coder)


@settings(max_examples=150)
@given(layers_of_three, st.permutations("abc"), st.randoms(use_true_random=False))
def test_the_order_of_coders_and_annotations_changes_nothing(drawn, coders, random):
    layers = layers_from(drawn)
    moved = {name: random.sample(layers[name], len(layers[name])) for name in coders}
    assert places(moved) == places(layers)


@settings(max_examples=80)
@given(marks)
def test_equal_coders_match_everywhere(drawn):
    layers = {name: [mark(c, s, s + w, id=f"{name}{n}") for n, (c, s, w) in enumerate(drawn)] for name in "ab"}
    assert {place.kind for place in places(layers)} <= {"match"}


@pytest.mark.parametrize("count", [1, 2, 3])
def test_nothing_is_nowhere(count):
    assert places({str(n): [] for n in range(count)}) == []
