"""Stretches of text: compared with sets of characters; and the lines of coders whose annotations overlap."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.compare.stretches import Part, in_common, runs, united, without

stretches = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda pair: (pair[0], sum(pair))), max_size=8
)


def characters(given_stretches):
    return {n for start, end in given_stretches for n in range(start, end)}


def is_tidy(found):
    """Sorted, disjoint, without empty ones."""
    flat = [edge for stretch in found for edge in stretch]
    return flat == sorted(set(flat))


@given(stretches, stretches)
def test_stretches_are_sets_of_characters(one, other):
    first, second = united(one), united(other)
    assert is_tidy(first)
    assert characters(first) == characters(one)
    assert characters(in_common(first, second)) == characters(one) & characters(other)
    assert characters(without(first, second)) == characters(one) - characters(other)
    assert is_tidy(without(first, second))


def test_what_touches_is_joined():
    assert united([(5, 9), (0, 5)]) == [(0, 9)]


@given(stretches)
def test_a_line_shows_every_character_once(spans):
    parts = [Part(start, end, n, "code") for n, (start, end) in enumerate(spans)]
    line = runs(parts)
    assert characters((run.start, run.end) for run in line) == characters(spans)
    assert sum(run.end - run.start for run in line) == len(characters(spans))
    for run in line:
        over = [part for part in parts if part.start <= run.start and run.end <= part.end]
        assert run.top.end - run.top.start == min(part.end - part.start for part in over)
        assert (run.below is None) == (len(over) == 1)


def test_the_inner_annotation_lies_on_the_outer():
    outer, inner = Part(0, 20, 0, "accusation"), Part(5, 9, 1, "label")
    assert [(run.start, run.end, run.top, run.below) for run in runs([outer, inner])] == [
        (0, 5, outer, None),
        (5, 9, inner, outer),
        (9, 20, outer, None),
    ]


def test_the_place_one_stands_at_lies_above_all():
    outer, inner = Part(0, 20, 0, "accusation"), Part(5, 9, 1, "label")
    assert [run.top for run in runs([outer, inner], 0)] == [outer, outer, outer]
