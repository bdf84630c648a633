"""Measures that are asked for by name: of each code the same as of its ratings, of whole sets as of categories."""

from itertools import combinations

import numpy as np
import pytest

from annotator.agreement import chance, coefficients, intervals, sums
from annotator.agreement.estimates import MORE
from annotator.agreement.report import compute
from annotator.agreement.units import study
from annotator.errors import Refused

from .evaluate import _ratings_of_code, _sentences, coding_of
from .test_cases import CASES

SUITE = CASES["span-sample-02"]["input"]


@pytest.mark.parametrize("group", [(0, 1, 2), *combinations(range(3), 2)])
@pytest.mark.parametrize("code", range(len(SUITE["codes"])))
def test_sums_give_the_same_as_ratings(code, group):
    coding, sentences = coding_of(SUITE["docs"], SUITE["codes"]), _sentences(SUITE["docs"])
    given = sums.project(coding, sentences)
    counts = sums.code_counts(coding, sentences, given)
    parts = sums.binary(coding, counts, group), sums.coder_shares(coding, counts, group)
    one, other = (intervals.added(np.ones((1, len(part[0]))), part) for part in parts)
    assert isinstance(one, sums.Binary)
    assert isinstance(other, sums.CoderShares)
    found = {name: float(values[0, code]) for name, values in coefficients.of_one_code(one, other).items()}
    ratings = _ratings_of_code(coding, sentences, given, code)[:, list(group)]
    ratings = ratings[(ratings >= 0).sum(1) >= 2]
    table = chance.counts_of(ratings, 2)
    assert found["fleiss"] == pytest.approx(chance.fleiss(table).value)
    assert found["ac1"] == pytest.approx(chance.gwet(table).value)
    assert found["s"] == pytest.approx(chance.brennan_prediger(table).value)
    assert found["conger"] == pytest.approx(chance.conger(ratings, 2).value)


def test_they_come_with_intervals_only_when_they_are_asked_for(twelve):
    compared = study(twelve.project)
    assert not {row.measure for row in compute(compared, replicates=20).rows} & set(MORE)
    result = compute(compared, measures=MORE, replicates=200)
    row = result.find("ac1", "nominal", code="Denial")
    assert row is not None
    assert (row.low or 0) < (row.value or 0) < (row.high or 0)
    assert {row.measure for row in result.rows} == set(MORE)
    assert all(len(row.coders) == 2 for row in result.rows if row.measure == "pi")


def test_of_all_codes_the_sets_are_the_categories(twelve):
    result = compute(study(twelve.project), measures=[*MORE, "kappa"], replicates=20)
    for pair in combinations(result.settings["coders"], 2):
        kappa, conger = (result.find(name, "nominal", coders=pair) for name in ("kappa", "conger"))
        assert kappa is not None
        assert conger is not None
        assert conger.value == pytest.approx(kappa.value)
    for name in ("ac1", "s"):
        row = result.find(name, "nominal")
        assert row is not None
        assert row.value is None
        assert "see each code" in row.reason


def test_a_code_that_nobody_used_has_no_kappa_but_an_s(codings):
    codings.code("Threat")
    codings.coded("Ann", "A", ("Denial", 0, 12))
    codings.coded("Ben", "A", ("Denial", 0, 12))
    result = compute(study(codings.project), measures=["fleiss", "s"], replicates=0)
    told = {row.measure: row for row in result.rows if row.code == "Threat" and len(row.coders) == 2}
    assert told["fleiss"].value is None
    assert told["fleiss"].reason == "no variation: no coder used this code"
    assert told["s"].value == 1


def test_they_count_units_and_not_spans(twelve):
    with pytest.raises(Refused, match="units of text"):
        compute(study(twelve.project), unit="span", measures=["ac1"])
    with pytest.raises(Refused, match="ac2"):
        compute(study(twelve.project), measures=["ac2"])
    assert np.isfinite(coefficients.corrected(np.array([1.0]), np.array([0.5]))).all()
