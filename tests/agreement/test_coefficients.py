"""Coefficients against published values, other libraries and tables worked by hand."""

import operator
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from annotator.agreement import coefficients, intervals
from annotator.agreement.sums import (
    Coding,
    Sets,
    SpanSums,
    binary,
    code_counts,
    coincidences,
    crossing,
    project,
    span_counts,
    span_sums,
    stretches,
)
from tests.agreement.published import CASES, as_coding, ratings, suite, values, whole


def total(sums, rows=None):
    """Sums over all documents, each counted once."""
    return intervals.added(np.ones((1, len(sums.units if hasattr(sums, "units") else sums.matched))), sums)


def of_sets(sets, group, weights=None):
    """Percent, both alphas and (of two coders) kappa of sets of codes, a value for each row of weights."""
    weights = np.ones((1, len(sets.of(group).units))) if weights is None else weights
    sums, margins = intervals.added(weights, sets.of(group)), sets.margins(group)
    masi = coefficients.expected_masi(weights, margins, sets.members)
    found = {
        "percent": coefficients.percent(sums),
        "alpha": coefficients.alpha_sets(sums.values, sums.apart, coefficients.expected_nominal(weights, margins)),
        "masi": coefficients.alpha_sets(sums.values, sums.apart_masi, masi),
    }
    if len(group) == 2:
        chance = coefficients.products(weights, *(sets.margins(group, g) for g in group))
        found["kappa"] = coefficients.chance_corrected(sums.agreeing, chance, sums.units)
    return found


def nominal(rows):
    """Percent, alpha and (of two coders) kappa of whole values."""
    coding, units = as_coding(rows)
    sets, group = Sets(coding, units, project(coding, units)), tuple(range(coding.coders))
    return {name: value.item() for name, value in of_sets(sets, group).items()}


@pytest.mark.parametrize("measure", ["percent", "alpha", "kappa"])
def test_published_values_are_reproduced(measure):
    assert values(measure)
    for name in values(measure):
        case = CASES[name]
        expected = case["expected"][measure]
        assert nominal(ratings(case))[measure] == pytest.approx(
            np.nan if expected is None else expected, abs=case["tolerance"], nan_ok=True
        ), name


@pytest.mark.parametrize(("name", "level"), [("kripp2011-CD-ordinal", "ordinal"), ("kripp1980-ratio", "ratio")])
def test_published_alpha_of_other_levels(name, level):
    case = CASES[name]
    rows = np.array([[-1 if value is None else value - 1 for value in row] for row in ratings(case)])
    table = coincidences(rows, 5)
    far = coefficients.distances(np.arange(1.0, 6), level, table.sum(-1))
    assert coefficients.alpha(table, far) == pytest.approx(case["expected"][level], abs=case["tolerance"])


def test_masi_of_sets_equals_the_published_distances():
    far = coefficients.masi_distance(np.array([1, 1, 0, 2, 0]), np.array([1, 2, 0, 2, 1]), np.array([2, 2, 0, 2, 1]))
    subset, overlap = (CASES[name]["expected"]["masi"] for name in ("masi-subset", "masi-overlap"))
    assert far == pytest.approx([subset, overlap, 0, 0, 1], abs=1e-6)


def test_alpha_of_sets_with_masi_equals_the_computed_anchor():
    case = CASES["sets-9x2-masi"]
    coded = np.ones((9, 2), bool)
    rows = [
        (u, g, "ABC".index(code), 0, 1)
        for u, unit in enumerate(case["input"]["sets"])
        for g, codes in enumerate(unit)
        for code in codes
    ]
    coding = Coding.of(np.array(rows), coded=coded, lengths=np.ones(9, int), codes=3)
    sets = Sets(coding, whole(coding), project(coding, whole(coding)))
    assert of_sets(sets, (0, 1))["masi"].item() == pytest.approx(case["expected"]["masi"], abs=1e-6)


def test_free_spans_as_sentences_and_characters_equal_other_libraries():
    coding, sentences, case = suite()
    names, expected = case["input"]["codes"], case["expected"]
    for unit, units in (("sentence", sentences), ("char", stretches(coding))):
        counts = code_counts(coding, units, project(coding, units))
        sums = total(binary(coding, counts, (0, 1, 2)))
        alphas, shares = coefficients.alpha_binary(sums)[0], coefficients.percent(sums)[0]
        for c, name in enumerate(names):
            assert alphas[c] == pytest.approx(expected[unit][name]["alpha"], abs=1e-8)
            assert shares[c] == pytest.approx(expected[unit][name].get("percent", shares[c]), abs=1e-8)
            for pair in combinations(range(3), 2):
                if unit == "char":
                    key = f"{pair[0] + 1}-{pair[1] + 1}"
                    kappa = coefficients.kappa(total(crossing(coding, counts, pair)))[0, c]
                    assert kappa == pytest.approx(expected[unit][name]["cohen"][key], abs=1e-8)


def test_masi_alpha_of_sentences_equals_other_libraries():
    coding, sentences, case = suite()
    sets = Sets(coding, sentences, project(coding, sentences))
    assert of_sets(sets, (0, 1, 2))["masi"].item() == pytest.approx(
        case["expected"]["sentence_sets"]["alpha_masi"], abs=1e-8
    )


def test_span_f1_of_a_small_example():
    case = CASES["f1-small"]
    names = ["LOC", "ORG", "PER"]
    rows = [(0, g, names.index(code), a, b) for g, spans in enumerate(case["input"]["coders"]) for a, b, code in spans]
    lengths = np.array([case["input"]["length"]])
    coding = Coding.of(np.array(rows), coded=np.ones((1, 2), bool), lengths=lengths, codes=3)
    counts = span_counts(coding)
    for variant in ("exact", "overlap"):
        sums = total(span_sums(coding, counts, (0, 1), exact=variant == "exact"))
        every = SpanSums(*[column.sum(-1) for column in sums])
        assert coefficients.f1(every).item() == pytest.approx(case["expected"][f"{variant}_f1"])


def test_precision_and_recall_take_the_first_coder_as_reference():
    sums = SpanSums(np.array([3.0]), np.array([4.0]), np.array([6.0]))
    assert coefficients.precision(sums) == [3 / 6]
    assert coefficients.recall(sums) == [3 / 4]
    assert coefficients.f1(sums) == [2 * 3 / 10]


def test_f1_is_undefined_when_nobody_marked_anything():
    coding = Coding.of(np.zeros((0, 5)), coded=np.ones((1, 2), bool), lengths=np.array([100]), codes=1)
    assert np.isnan(coefficients.f1(total(span_sums(coding, span_counts(coding), (0, 1), exact=True)))).all()


def test_resampled_documents_equal_given_resamples():
    coding, sentences, case = suite()
    counts = code_counts(coding, sentences, project(coding, sentences))
    resampled = case["expected"]["cluster_bootstrap_sentence_alpha_claim"]
    drawn = np.array(case["params"]["multiplicities"], float)
    sums = intervals.added(drawn, binary(coding, counts, (0, 1, 2)))
    assert coefficients.alpha_binary(sums)[:, 0] == pytest.approx(resampled["alpha"], abs=1e-8)


def test_kappa_of_a_coder_who_never_uses_the_code_is_exactly_zero():
    assert nominal([[0, 0], [0, 1], [0, 1], [0, 0]])["kappa"] == 0


def plain_alpha(rows, far=operator.ne):
    """Krippendorff's alpha as its definition says it, value pair by value pair."""
    pairable = [[value for value in row if value is not None] for row in rows]
    pairable = [row for row in pairable if len(row) >= 2]
    every = [value for row in pairable for value in row]
    observed = sum(sum(far(a, b) for a, b in permutations(row, 2)) / (len(row) - 1) for row in pairable)
    expected = sum(far(a, b) for a, b in permutations(every, 2)) / (len(every) - 1) if len(every) > 1 else 0
    return 1 - observed / expected if expected else np.nan


ratings_tables = st.integers(2, 4).flatmap(
    lambda coders: st.lists(
        st.lists(st.sampled_from([None, 0, 1, 2]), min_size=coders, max_size=coders), min_size=2, max_size=14
    )
)


@settings(max_examples=60, deadline=None)
@given(ratings_tables)
def test_nominal_alpha_is_what_its_definition_says(rows):
    expected = pytest.approx(plain_alpha(rows), abs=1e-9, nan_ok=True)
    if any(value is not None for row in rows for value in row):
        assert nominal(rows)["alpha"] == expected
    numbers = np.array([[-1 if value is None else value for value in row] for row in rows])
    far = coefficients.distances(np.arange(3.0), "nominal", np.zeros(3))
    assert coefficients.alpha(coincidences(numbers, 3), far) == expected


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=30))
def test_kappa_equals_scikit_learn(rows):
    one, two = zip(*rows, strict=True)
    found = nominal([list(row) for row in rows])["kappa"]
    if len({*one, *two}) == 1:
        assert np.isnan(found)
    else:
        assert found == pytest.approx(cohen_kappa_score(one, two), abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 1), st.integers(0, 3), st.integers(0, 9), st.integers(1, 6)),
        min_size=1,
        max_size=40,
    ),
    st.integers(1, 6),
)
def test_alpha_of_sets_is_what_its_definition_says_by_either_way(spans, documents):
    """With few documents the sums go by pairs of documents, with many by pairs of sets."""
    rows = np.array([(d % documents, g, c, start, start + width) for d, g, c, start, width in spans])
    coding = Coding.of(rows, coded=np.ones((documents, 2), bool), lengths=np.full(documents, 16), codes=4)
    units = stretches(coding)
    sets = Sets(coding, units, project(coding, units))
    said = []
    for d in range(documents):
        for place in range(16):
            covers = (coding.document == d) & (coding.start <= place) & (place < coding.end)
            said.append([frozenset(coding.code[covers & (coding.coder == g)].tolist()) for g in (0, 1)])
    found = of_sets(sets, (0, 1))
    assert found["alpha"].item() == pytest.approx(plain_alpha(said), abs=1e-9, nan_ok=True)
    assert found["masi"].item() == pytest.approx(plain_alpha(said, plain_masi), abs=1e-9, nan_ok=True)


def plain_masi(a, b):
    """Passonneau's distance of two sets, as it is defined."""
    if a == b:
        return 0
    monotone = 2 / 3 if a <= b or b <= a else 1 / 3 if a & b else 0
    return 1 - len(a & b) / len(a | b) * monotone
