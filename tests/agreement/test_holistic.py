"""Gamma over many documents: pooled as the research says, blind to order, with reasons, and cheap to compute again."""

from dataclasses import replace
from itertools import count

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement import gamma, pooled
from annotator.agreement.gamma import Measure
from annotator.agreement.holistic import MEASURES, TOO_FEW, Holistic, holistic
from annotator.agreement.pooled import Text
from annotator.agreement.sums import Coding
from annotator.errors import Refused

CODES = ("Denial", "Threat", "Praise")
Layer = list[tuple[int, int, int]] | None  # code, start and end; None: did not code it

FIRST: list[Layer] = [
    [(0, 0, 10), (1, 20, 30), (0, 50, 58), (2, 70, 80)],
    [(0, 1, 10), (1, 22, 30), (1, 40, 44), (2, 70, 80)],
    [(1, 0, 9), (1, 21, 33)],
]
SECOND: list[Layer] = [[(0, 3, 12), (1, 30, 41), (0, 60, 66)], None, [(0, 3, 12), (0, 30, 44)]]
THIRD: list[Layer] = [[(2, 5, 9), (1, 40, 52)], [(2, 5, 9)], []]
EMPTY: list[Layer] = [[], [], []]
FEW = [FIRST, SECOND, THIRD]


def coding(documents: list[list[Layer]]) -> Coding:
    coders = len(documents[0])
    coded = np.array([[layer is not None for layer in document] for document in documents]).reshape(-1, coders)
    rows = [
        (d, g, *unit)
        for d, document in enumerate(documents)
        for g, layer in enumerate(document)
        for unit in layer or []
    ]
    return Coding.of(np.array(rows), coded=coded, lengths=np.full(len(documents), 100), codes=len(CODES))


def of(documents: list[list[Layer]], **how) -> Holistic:
    found = coding(documents)
    names = tuple(f"Coder {letter}" for letter in "ABCDEFGHIJ"[: found.coders])
    return holistic(found, CODES, names, **{"samples": 8, **how})


def value(found: Holistic, measure: str = "gamma", **which) -> float | None:
    row = found.find(measure, **which)
    assert row is not None
    return row.value


@pytest.mark.parametrize("sampler", ["shuffle", "statistical"])
@pytest.mark.parametrize("document", [FIRST, SECOND, THIRD])
def test_the_value_of_one_document_is_that_of_its_text(document, sampler):
    found = of([document], sampler=sampler, samples=12)
    text = Text.of(coding([document]), 0)
    how = {"sampler": pooled.SAMPLERS[sampler], "samples": 12, "seed": (1, text.content)}
    alone, categories = gamma.gamma(text.continuum, **how), gamma.gamma_cat(text.continuum, **how)
    assert value(found) == pytest.approx(alone.value)
    assert found.facts["errors"]["gamma"] == pytest.approx(alone.error)
    wanted = [categories.value, *categories.by_category.values()]
    told = [value(found, "gamma_cat"), *(value(found, "gamma_k", code=code) for code in CODES)]
    assert [np.nan if one is None else one for one in told] == pytest.approx(wanted, nan_ok=True)


def test_disorders_of_documents_are_added_each_times_its_units():
    found = of(FEW, seed=3)
    units, observed, expected = [], [], []
    for d in range(3):
        text = Text.of(coding(FEW), d)
        one = gamma.gamma(text.continuum, samples=8, seed=(3, text.content))
        units.append(len(text.continuum))
        observed.append(one.observed)
        expected.append(one.expected)
    assert value(found) == pytest.approx(1 - np.dot(units, observed) / np.dot(units, expected))
    assert value(found) != pytest.approx(1 - np.mean(np.divide(observed, expected)), abs=1e-4)


def test_a_mean_of_documents_is_there_only_when_asked_for_and_says_so():
    with pytest.raises(AssertionError):
        value(of(FEW), variant="mean")
    found = of([*FEW, EMPTY], mean=True)
    alone = [value(of([document])) for document in FEW]
    assert value(found, variant="mean") == pytest.approx(np.mean(np.array(alone, float)))
    assert value(found) == value(of([*FEW, EMPTY]))


UNIT = st.tuples(st.integers(0, 2), st.integers(0, 80), st.integers(1, 19)).map(lambda u: (u[0], u[1], u[1] + u[2]))
LAYER = st.one_of(st.none(), st.lists(UNIT, max_size=4, unique=True))
DOCUMENTS = st.lists(st.lists(LAYER, min_size=3, max_size=3), min_size=1, max_size=6)


@settings(max_examples=30, deadline=None)
@given(DOCUMENTS, st.permutations(range(3)), st.randoms())
def test_the_order_of_coders_and_of_documents_changes_nothing(documents, order, random):
    turned = [[document[g] for g in order] for document in random.sample(documents, len(documents))]
    one, other = (of(some, samples=3, replicates=50, mean=True) for some in (documents, turned))
    assert [replace(row, coders=()) for row in one.rows] == [replace(row, coders=()) for row in other.rows]
    assert one.facts == other.facts


def test_a_missing_coder_is_not_an_empty_one():
    units: Layer = [(0, 3, 12), (1, 30, 41)]
    assert value(of([[units, units, None]])) == 1
    empty = value(of([[units, units, []]]))
    assert empty is not None
    assert empty < 0.9
    assert value(of([[units, None, None]] * 6)) is None  # one coder only: not in it


def test_coders_need_not_be_as_many_in_each_document():
    both = of([FIRST, [SECOND[0], SECOND[2], None]])
    alone = of([FIRST, SECOND])
    assert value(both) == value(alone)
    row = both.find("gamma")
    assert row is not None
    assert (row.n, row.documents) == (15, 2)


def test_documents_are_resampled_and_few_have_a_range():
    few = of(FEW).find("gamma")
    assert few is not None
    assert (few.low, few.high) == (None, None)
    assert few.lowest is not None
    assert few.highest is not None
    assert few.lowest < (few.value or 0) < few.highest
    assert "fewer than 5 documents" in few.reason
    many = [[None if layer is None else layer[:n] for layer in one] for one in FEW for n in (2, 3, 4)]
    row = of(many, replicates=200).find("gamma")
    assert row is not None
    assert row.low is not None
    assert row.high is not None
    assert row.low < (row.value or 0) < row.high
    assert "few documents" in row.reason
    assert of(many, replicates=200).rows == of(many, replicates=200).rows
    other = of(many, replicates=200, seed=2).find("gamma")
    assert other is not None
    assert other.value != row.value


REASONS = [
    ([[[(0, 1, 5)]]], "one coder alone agrees with nobody", MEASURES),
    ([[[(0, 1, 5)], None]], "no document was coded by two coders", MEASURES),
    ([EMPTY], "none of these coders marked anything", MEASURES[:2]),
    ([[[(0, 1, 5)]] * 8], "more than 7 coders of one document: there are too many ways to align their units", MEASURES),
    ([FIRST[:2]], "none of these coders marked this code", ()),
    (
        [[[(0, 1, 5), (0, 20, 30)]] * 2],
        "no spans of two coders stand against each other, or all have one code",
        ("gamma_cat",),
    ),
]


@pytest.mark.parametrize(("documents", "why", "measures"), REASONS)
def test_what_is_undefined_says_why(documents, why, measures):
    found = of(documents)
    for row in found.rows:
        if row.measure in measures:
            assert (row.value, row.reason) == (None, why)
    if not measures:
        threat: list[list[Layer]] = [
            [[unit for unit in layer if unit[0] == 0] for layer in document] for document in documents
        ]
        row = of(threat).find("gamma_k", code="Threat")
        assert row is not None
        assert (row.value, row.reason, row.n) == (None, why, 0)


def test_gamma_k_counts_the_spans_of_its_code_in_the_documents_compared():
    row = of([FIRST, [[(0, 0, 5)], None, None]]).find("gamma_k", code="Threat")
    assert row is not None
    assert row.n == 5
    assert row.value is not None


def test_more_random_continua_are_drawn_until_their_mean_is_sure():
    found = of([THIRD], samples=0)
    assert 30 < found.facts["samples"] <= pooled.MOST
    few = of(FEW * 4, samples=0)
    assert found.facts["samples"] > few.facts["samples"] >= 30
    row = of([THIRD], samples=2, seed=4).find("gamma")
    assert row is not None
    assert TOO_FEW in row.reason


def test_documents_that_hold_the_same_are_aligned_once():
    seen = []
    twice = of([FIRST, SECOND, FIRST], progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (2 * 9, 2 * 9)
    text, other = (Text.of(coding(FEW), d) for d in (0, 1))
    one, two = (gamma.gamma(t.continuum, samples=8, seed=(1, t.content)) for t in (text, other))
    heavy = 2 * len(text.continuum), len(other.continuum)
    ratio = np.dot(heavy, (one.observed, two.observed)) / np.dot(heavy, (one.expected, two.expected))
    assert value(twice) == pytest.approx(1 - ratio)
    assert value(of([FIRST, FIRST])) == value(of([FIRST]))
    assert of([FIRST, FIRST]).facts["errors"]["gamma"] == of([FIRST]).facts["errors"]["gamma"]  # nothing new was drawn


def test_what_was_aligned_once_is_not_aligned_again(monkeypatch):
    cache: pooled.Cache = {}
    before = of(FEW, cache=cache)
    calls = count()
    aligned = pooled.aligned
    monkeypatch.setattr(pooled, "aligned", lambda *given: (next(calls), aligned(*given))[1])
    assert of(FEW, cache=cache).rows == before.rows
    assert next(calls) == 0
    of([FIRST, SECOND, [[(2, 5, 9)], [(2, 5, 9)], []]], cache=cache)
    assert next(calls) == 1 + 9  # one text is another now
    of(FEW, cache=cache, seed=2)
    assert next(calls) == 1 + 9 + 1 + 3 * 8 + 1  # of the data only that of the text which was another


def test_what_no_text_needs_any_more_is_not_kept():
    cache: pooled.Cache = {}
    of(FEW, cache=cache)
    of([FIRST], cache=cache)
    assert len(cache) == 9


def test_it_can_be_stopped_and_says_how_far_it_is():
    seen = []
    with pytest.raises(Refused) as why:
        of(FEW, progress=lambda done, total: seen.append((done, total)), cancelled=lambda: len(seen) == 5)
    assert str(why.value) == str(Refused("agreement.cancelled"))
    assert seen == [(n, 27) for n in range(1, 6)]


def test_weights_of_place_and_category_are_told():
    found = of(FEW, measure=Measure(3, 1))
    assert (found.facts["place"], found.facts["category"], found.facts["sampler"]) == (3, 1, "shuffle")
    assert value(found) != value(of(FEW))
