"""Pages: every line once and in order, none cut, none alone where that can be avoided."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.paper.breaking import Breaker, Strip

ROOM = 100.0
BLOCKS = st.lists(
    st.tuples(st.lists(st.floats(5, 120), max_size=25), st.sampled_from([0.0, 8.0]), st.booleans()), max_size=12
)


def broken(blocks) -> list[list[Strip]]:
    breaker = Breaker(ROOM)
    for n, (heights, after, with_next) in enumerate(blocks):
        breaker.take(n, heights, after=after, with_next=with_next and n + 1 < len(blocks))
    return breaker.pages


@given(BLOCKS)
def test_every_line_stands_once_in_order_and_whole(blocks):
    pages = broken(blocks)
    shown = [(one.block, n) for page in pages for one in page for n in range(one.first, one.stop)]
    assert shown == [(n, line) for n, (heights, _, _) in enumerate(blocks) for line in range(len(heights))]
    for page in pages:
        below = 0.0
        for one in page:
            heights = blocks[one.block][0][one.first : one.stop]
            assert one.top >= below - 1e-9
            below = one.top + sum(heights)
            assert below <= ROOM + 1e-9 or (one.top == 0 and len(heights) == 1)
    assert all(pages[:-1])


@given(st.lists(st.integers(2, 30), min_size=1, max_size=12))
def test_no_line_stands_alone(counts):
    pages = broken([([10.0] * count, 8.0, False) for count in counts])
    for one in (one for page in pages for one in page):
        assert one.stop - one.first > 1 or counts[one.block] == 1


def test_a_heading_stands_with_what_it_is_of():
    lines = [10.0]
    pages = broken([(lines * 8, 0.0, False), (lines, 4.0, True), (lines * 4, 0.0, False)])
    assert [one.block for one in pages[0]] == [0]
    assert [(one.block, one.first, one.stop) for one in pages[1]] == [(1, 0, 1), (2, 0, 4)]


def test_a_paragraph_goes_on_over_pages():
    pages = broken([([10.0] * 25, 0.0, False)])
    assert [[(one.first, one.stop) for one in page] for page in pages] == [[(0, 10)], [(10, 20)], [(20, 25)]]


def test_an_empty_block_takes_room_but_not_at_the_top():
    pages = broken([([], 30.0, False), ([10.0], 0.0, False), ([], 30.0, False), ([10.0], 0.0, False)])
    assert [(one.block, one.top) for one in pages[0]] == [(1, 0.0), (3, 40.0)]
