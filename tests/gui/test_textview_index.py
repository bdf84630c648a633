"""Spans by paragraph, lanes and heights: the quick structures answer what a plain loop would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.textview.frozen import FrozenText, reads_right_to_left
from annotator.gui.textview.heights import Heights
from annotator.gui.textview.index import Mark, SpanIndex, Tree
from annotator.gui.textview.stripes import BETWEEN, PART, Columns, Extent, Lanes, Threads, taken
from annotator.spans import lanes
from annotator.text import paragraphs

LENGTHS = st.lists(st.integers(0, 12), min_size=1, max_size=30)
RANGES = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted)


@st.composite
def marked(draw):
    """A text and marks on it; some annotations have several."""
    text = "\n".join("x" * length for length in draw(LENGTHS))
    places = st.integers(0, max(0, len(text) - 1))
    marks = []
    for _ in range(draw(st.integers(0, 25))):
        start = draw(places)
        end = draw(st.integers(start + 1, max(start + 1, len(text))))
        annotation, code, coder = (str(draw(st.integers(0, most))) for most in (9, 2, 2))
        marks.append(Mark(annotation, code, coder, start, end))
    return text, marks


@given(st.integers(1, 41), st.lists(RANGES, max_size=20), st.data())
def test_a_tree_finds_what_lies_over_a_place(size, ranges, data):
    tree: Tree[int] = Tree(size)
    there = {n: (min(a, size - 1), min(b, size - 1)) for n, (a, b) in enumerate(ranges)}
    for n, (first, last) in there.items():
        tree.put(first, last, n)
    for n in data.draw(st.sets(st.sampled_from(sorted(there)))) if there else ():
        tree.remove(*there.pop(n), n)
    for place in range(size):
        assert sorted(tree.at(place)) == [n for n, (first, last) in there.items() if first <= place <= last]


@given(marked(), st.sets(st.sampled_from("012")), st.sets(st.sampled_from("012")), st.sampled_from("0123456789"))
def test_the_index_answers_what_a_plain_loop_would(made, coders, codes, dropped):
    text, marks = made
    index = SpanIndex(FrozenText(text).starts)
    index.put(marks)
    assert set(index.drop(dropped)) == {mark for mark in marks if mark.annotation == dropped}
    index.hide(coders, codes)
    left = [m for m in marks if m.annotation != dropped and m.coder not in coders and m.code not in codes]
    for position in range(len(text)):
        found = [index[row] for row in index.at(position)]
        assert sorted(found) == sorted(m for m in left if m.start <= position < m.end)
        lengths = [m.end - m.start for m in found]
        assert lengths == sorted(lengths)
    for number, (start, end) in enumerate(paragraphs(text)):
        found = {index[row] for row in index.in_paragraph(number)}
        assert found >= {m for m in left if m.start < end and m.end > start}
        assert found == {m for m in left if number in index.paragraphs(m)}
    for annotation in {m.annotation for m in left}:
        own = [m for m in left if m.annotation == annotation]
        assert index.extent(annotation) == (min(m.start for m in own), max(m.end for m in own))


@given(st.lists(RANGES, max_size=30), st.integers(1, 5))
def test_lanes_keep_overlapping_spans_apart_and_are_as_few_as_can_be(ranges, most):
    spans = [(a, b + 1, n) for n, (a, b) in enumerate(ranges)]
    found = lanes(spans, most)
    for start, end, n in spans:
        for other_start, other_end, m in spans:
            if n < m and start < other_end and other_start < end and found[n] == found[m]:
                assert found[n] == most
    deepest = max((sum(a <= at < b for a, b, _ in spans) for at in range(42)), default=0)
    assert len({lane for lane in found.values() if lane < most}) == min(deepest, most)
    assert all((lane == most) <= (deepest > most) for lane in found.values())


@given(st.lists(RANGES, max_size=30), st.integers(0, 9), st.lists(RANGES, max_size=4))
def test_stripes_that_share_a_line_have_lanes_of_their_own(ranges, slack, late):
    until = lambda end: end + slack  # noqa: E731
    stripes = Lanes(until)
    extents = [Extent(a, b + 1, str(n)) for n, (a, b) in enumerate(ranges)]
    for _ in stripes.pack(extents):
        pass
    before = {extent.annotation: stripes.of(extent.annotation) for extent in extents}
    for n, (a, b) in enumerate(late):
        extents.append(Extent(a, b + 1, f"late {n}"))
        stripes.put(extents[-1], extents)
    for one in extents:
        for other in extents:
            if one.annotation < other.annotation and one.start < until(other.end) and other.start < until(one.end):
                assert stripes.of(one.annotation) != stripes.of(other.annotation)
    assert all(stripes.of(annotation) == lane for annotation, lane in before.items())
    assert stripes.count == len({stripes.of(extent.annotation) for extent in extents})


@given(st.lists(RANGES, max_size=40), st.integers(1, 7))
def test_lanes_are_the_same_however_many_are_sorted_together(ranges, part):
    extents = [Extent(a, b + 1, str(n)) for n, (a, b) in enumerate(ranges)]
    whole, parts = Lanes(lambda end: end), Lanes(lambda end: end)
    in_order = sorted(extents, key=lambda extent: (extent.start, -extent.end))
    for extent in in_order:
        whole.put(extent, in_order)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("annotator.gui.textview.stripes.PART", part)
        for _ in parts.pack(extents):
            pass
    assert [parts.of(extent.annotation) for extent in extents] == [whole.of(extent.annotation) for extent in extents]


def test_packing_never_goes_far_between_two_yields_and_keeps_nothing():
    steps: list[int] = []

    def until(end: int) -> int:
        steps[-1] += 1
        return end

    def group(annotation: str) -> str:
        steps[-1] += 1
        return annotation[-1]

    extents = [(7 * n % 9_000, 7 * n % 9_000 + 5, str(n)) for n in range(9_000)]
    columns = Columns(until, group)
    steps.append(0)
    for _ in columns.pack(taken(extents)):
        steps += [0]
    assert not extents
    assert sum(steps) == 18_000
    assert max(steps) <= BETWEEN
    assert len(steps) >= 18_000 / BETWEEN + 9_000 / PART
    assert sorted(columns.groups()) == sorted("0123456789")


def test_threads_pass_every_paragraph_between_their_spans():
    threads = Threads(20)
    threads.put("a", 2, 17)
    threads.put("b", 4, 5)
    threads.put("a", 3, 6)
    assert [threads.at(number) for number in (2, 3, 17)] == [[], ["a"], []]
    assert sorted(threads.at(5)) == ["a", "b"]
    threads.drop("a")
    threads.drop("never there")
    assert threads.at(5) == ["b"]


@given(st.lists(st.integers(1, 50), min_size=1, max_size=40), st.sampled_from([1, 3, 256]), st.data())
def test_heights_sum_and_find_as_a_list_does(values, group, data):
    class InGroups(Heights):
        GROUP = group

    heights = InGroups([float(value) for value in values])
    for number in data.draw(st.lists(st.integers(0, len(values) - 1), max_size=10)):
        height = data.draw(st.integers(1, 90))
        assert heights.set(number, height) == (values[number] != height)
        values[number] = height
        assert heights.above(number) == sum(values[:number])
        assert heights.at(sum(values[:number])) == number
    assert heights.total() == sum(values)
    assert heights.tops() == [sum(values[:n]) for n in range(len(values) + 1)]
    assert [heights.above(n) for n in range(len(values))] == [sum(values[:n]) for n in range(len(values))]
    for y in range(-3, sum(values) + 5, 3):
        number = heights.at(y)
        assert heights.above(number) <= max(0, y)
        assert y < heights.above(number) + heights[number] or number == len(values) - 1


@given(st.lists(st.sampled_from(["a", "\n", "🌍", "정", "ب", "e\u0301"]), max_size=30).map("".join))
def test_a_frozen_text_knows_its_paragraphs(text):
    frozen = FrozenText(text)
    assert [frozen.paragraph(n) for n in range(len(frozen))] == text.split("\n")
    for point in range(len(text) + 1):
        assert frozen.point(frozen.unit(point)) == point
        start, end = paragraphs(text)[frozen.number_at(point)]
        assert start <= point <= end
    assert all((weight > 0) == bool(line) for weight, line in zip(frozen.weights, text.split("\n"), strict=True))


def test_half_a_character_is_the_one_before():
    assert FrozenText("a🌍b").point(2) == 1


def test_the_first_letter_with_a_direction_decides():
    assert reads_right_to_left("1. «قال» the delegate")
    assert not reads_right_to_left("the delegate قال")
    assert not reads_right_to_left("")
