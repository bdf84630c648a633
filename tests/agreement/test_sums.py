"""From spans to counts: missing and empty, merging, touching, projecting, matching."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from annotator.agreement.sums import (
    Coding,
    Sets,
    Units,
    binary,
    code_counts,
    crossing,
    project,
    span_counts,
    span_sums,
    stretches,
)


def coding(*spans, coded=((True, True),), lengths=(20,), codes=2):
    """Spans as (document, coder, code, start, end)."""
    return Coding.of(np.array(spans), coded=np.array(coded), lengths=np.array(lengths), codes=codes)


def rows(coded):
    columns = (coded.document, coded.coder, coded.code, coded.start, coded.end)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def units(*pieces):
    document, start, end = np.array(pieces).T
    return Units(document, start, end, np.ones(len(pieces)))


def test_overlapping_spans_of_one_code_merge_and_touching_ones_do_not():
    found = coding((0, 0, 0, 0, 5), (0, 0, 0, 3, 8), (0, 0, 0, 8, 9), (0, 0, 0, 1, 2), (0, 0, 1, 2, 4), (0, 1, 0, 4, 6))
    assert rows(found) == [(0, 0, 0, 0, 8), (0, 0, 0, 8, 9), (0, 0, 1, 2, 4), (0, 1, 0, 4, 6)]


def test_spans_of_a_missing_coder_are_dropped():
    assert rows(coding((0, 0, 0, 0, 5), (0, 1, 0, 0, 5), coded=[[True, False]])) == [(0, 0, 0, 0, 5)]


def test_a_unit_has_a_code_when_they_share_a_character():
    found = project(coding((0, 0, 0, 4, 6), (0, 1, 0, 5, 10)), units((0, 0, 5), (0, 5, 10), (0, 10, 15)))
    assert list(zip(found.unit, found.code, found.coder, strict=True)) == [(0, 0, 0), (1, 0, 0), (1, 0, 1)]


def test_a_span_never_reaches_into_the_next_document():
    found = coding((0, 0, 0, 15, 20), (1, 1, 0, 0, 3), coded=[[True, True]] * 2, lengths=(20, 9))
    given_codes = project(found, units((0, 0, 20), (1, 0, 9)))
    assert list(zip(given_codes.unit, given_codes.coder, strict=True)) == [(0, 0), (1, 1)]


def test_missing_is_not_empty():
    pieces = units((0, 0, 10), (0, 10, 20))
    empty = coding((0, 0, 0, 0, 5))
    missing = coding((0, 0, 0, 0, 5), coded=[[True, False]])
    assert binary(empty, code_counts(empty, pieces, project(empty, pieces)), (0, 1)).units.sum() == 2
    assert len(binary(missing, code_counts(missing, pieces, project(missing, pieces)), (0, 1)).units) == 0
    assert span_sums(empty, span_counts(empty), (0, 1), exact=True).first.sum() == 1
    assert span_sums(missing, span_counts(missing), (0, 1), exact=True).first.sum() == 0


def test_a_table_worked_by_hand():
    """Four units; code 0: both, first only, second only, neither."""
    found = coding((0, 0, 0, 0, 10), (0, 1, 0, 0, 5), (0, 1, 0, 10, 15))
    pieces = units((0, 0, 5), (0, 5, 10), (0, 10, 15), (0, 15, 20))
    counts = code_counts(found, pieces, project(found, pieces))
    two = crossing(found, counts, (0, 1))
    assert [column[0, 0] for column in two] == [4, 2, 2, 2]
    one = binary(found, counts, (0, 1))
    assert [column[0, 0] for column in one] == [4, 8, 4, 2, 2]


def test_characters_are_counted_without_an_array_of_characters():
    found = coding((0, 0, 0, 2, 9), (0, 1, 0, 5, 12), lengths=(10**9,))
    pieces = stretches(found)
    assert pieces.weight.tolist() == [2, 3, 4, 3, 10**9 - 12]
    two = crossing(found, code_counts(found, pieces, project(found, pieces)), (0, 1))
    assert [column[0, 0] for column in two] == [10**9, 10**9 - 6, 7, 7]


def test_empty_documents_have_no_characters():
    found = coding((1, 0, 0, 0, 3), coded=[[True, True]] * 3, lengths=(0, 3, 0))
    assert rows_of(stretches(found)) == [(1, 0, 3, 3.0)]


def rows_of(pieces):
    return list(zip(*(column.tolist() for column in pieces), strict=True))


def test_more_codes_than_bits_in_a_word_make_distinct_sets():
    spans = [(0, 0, code, code, code + 1) for code in range(130)] + [(0, 1, 129, 0, 130)]
    found = coding(*spans, lengths=(130,), codes=130)
    sets = Sets(found, stretches(found), project(found, stretches(found)))
    assert len(sets.members) == 131
    assert sets.of((0, 1)).agreeing.sum() == 1


def test_one_long_span_matches_one_of_ten():
    found = coding(*[(0, 0, 0, 2 * n, 2 * n + 1) for n in range(10)], (0, 1, 0, 0, 20))
    sums = span_sums(found, span_counts(found), (0, 1), exact=False)
    assert (sums.matched.sum(), sums.first.sum(), sums.second.sum()) == (1, 10, 1)


def test_touching_spans_of_two_coders_do_not_match():
    found = coding((0, 0, 0, 0, 5), (0, 1, 0, 5, 9))
    assert span_sums(found, span_counts(found), (0, 1), exact=False).matched.sum() == 0


def test_a_long_chain_is_matched_as_far_as_it_can_be():
    """Each span of one coder overlaps two of the other: all but the last can be matched, whichever end one begins at."""
    found = coding(
        *[(0, 0, 0, 10 * n, 10 * n + 10) for n in range(50)],
        *[(0, 1, 0, 10 * n + 5, 10 * n + 15) for n in range(50)],
        lengths=(1000,),
    )
    assert span_sums(found, span_counts(found), (0, 1), exact=False).matched.sum() == 50


span_rows = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 1), st.integers(0, 18), st.integers(1, 8)),
    max_size=40,
)
presence = st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=3, max_size=3)


def made(spans, coded):
    whole = [(d, g, c, start, min(start + width, 20)) for d, g, c, start, width in spans]
    return Coding.of(np.array(whole), coded=np.array(coded), lengths=np.full(3, 20), codes=2)


@settings(max_examples=80, deadline=None)
@given(span_rows, presence)
def test_matches_are_as_many_as_can_be(spans, coded):
    found = made(spans, coded)
    counts = span_counts(found)
    for n, (g, h) in enumerate(found.pairs):
        for d in range(3):
            for c in range(2):
                one, two = ([r[3:] for r in rows(found) if r[:3] == (d, who, c)] for who in (g, h))
                overlaps = [[max(a[0], b[0]) < min(a[1], b[1]) for b in two] for a in one]
                table = np.array(overlaps, int).reshape(len(one), len(two))
                assert counts.overlap[d, n, c] == table[linear_sum_assignment(-table)].sum()
                assert counts.exact[d, n, c] == len({*one} & {*two})


@settings(max_examples=60, deadline=None)
@given(span_rows, presence)
def test_counts_equal_those_of_single_characters(spans, coded):
    """Stretches against an array with every character, coder and code."""
    found = made(spans, coded)
    filled = np.zeros((3, 3, 2, 20), bool)
    for d, g, c, start, end in rows(found):
        filled[d, g, c, start:end] = True
    counts = code_counts(found, stretches(found), project(found, stretches(found)))
    assert (counts.uses == filled.sum(-1)).all()
    for n, (g, h) in enumerate(combinations(range(3), 2)):
        assert (counts.both[:, n] == (filled[:, g] & filled[:, h]).sum(-1)).all()


@settings(max_examples=60, deadline=None)
@given(span_rows, presence, st.permutations(range(3)), st.permutations(range(3)))
def test_order_of_coders_and_documents_changes_no_sum(spans, coded, coders, documents):
    found = made(spans, coded)
    moved = made(
        [(documents.index(d), coders.index(g), *rest) for d, g, *rest in spans],
        [[coded[d][g] for g in coders] for d in documents],
    )
    for one, two in zip(everything(found), everything(moved), strict=True):
        assert one == pytest.approx(two)


def everything(found):
    """All sums over documents and all coders."""
    pieces, group = stretches(found), (0, 1, 2)
    given_codes = project(found, pieces)
    sets = Sets(found, pieces, given_codes)
    yield from (column.sum(0) for column in binary(found, code_counts(found, pieces, given_codes), group))
    yield from (column.sum(0) for column in sets.of(group))
    yield np.sort(sets.margins(group).sum(0))
    for exact in (True, False):
        sums = span_sums(found, span_counts(found), group, exact=exact)
        yield sums.matched.sum(0)
        yield (sums.first + sums.second).sum(0)


def test_no_array_of_coders_characters_and_codes_is_ever_made():
    """The whole bootstrap, of characters too, holds less than a byte for each of their product."""
    from annotator.agreement import unitizing
    from tests.benchmarks.agreement import height_of_memory

    random = np.random.default_rng(1)
    documents, coders, codes, length = 60, 4, 40, 20_000
    size = documents * coders * 20
    start = random.integers(0, length - 200, size)
    columns = (random.integers(0, top, size) for top in (documents, coders, codes))
    rows = np.stack([*columns, start, start + random.integers(20, 200, size)], 1)
    coded, lengths = np.ones((documents, coders), bool), np.full(documents, length)

    def work() -> None:
        coding = Coding.of(rows, coded=coded, lengths=lengths, codes=codes)
        units = stretches(coding)
        binary(coding, code_counts(coding, units, project(coding, units)), tuple(range(coders)))
        unitizing.code_tiles(coding, tuple(range(coders)))

    assert height_of_memory(work) < documents * coders * codes * length / 8
