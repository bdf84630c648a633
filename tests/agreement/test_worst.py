"""The worst places, and an order of codes in which the confused stand together."""

import numpy as np
import pytest

from annotator.agreement import units
from annotator.agreement.seriation import side_by_side
from annotator.agreement.worst import concerning, worst_places


@pytest.fixture
def study(codings):
    """Three coders and two documents; Cy did not do the second."""
    codings.code("Denial")
    codings.code("Threat")
    codings.coded("Ann", "One", ("Denial", 0, 12), ("Threat", 13, 25))
    codings.coded("Bob", "One", ("Threat", 0, 12), ("Threat", 13, 25))
    codings.coded("Cy", "One", ("Threat", 13, 25))
    codings.coded("Ann", "Two", ("Denial", 42, 55), ("Threat", 42, 50))
    codings.coded("Bob", "Two", ("Threat", 42, 55))
    return units.study(codings.project)


def test_the_worst_come_first_and_say_what_everybody_said(study):
    found = worst_places(study.coding, study.sentences)
    assert [(one.document, one.number, one.apart, one.pairs) for one in found] == [(0, 1, 3, 3), (1, 4, 1, 1)]
    assert found[0].said == ((0,), (1,), ()), "Cy coded the document and found nothing here"
    assert found[1].said == ((0, 1), (1,), None), "Cy did not code this document"
    assert study.texts[0][found[0].start : found[0].end] == "One is said."


def test_nothing_is_worst_where_all_agree(codings):
    for coder in ("Ann", "Bob"):
        codings.coded(coder, "One", ("Denial", 0, 12))
    study = units.study(codings.project)
    assert worst_places(study.coding, study.sentences) == []


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({"document": 1}, [4]),
        ({"code": 0}, [1, 4]),
        ({"code": 1}, [1]),
        ({"coders": (0, 2)}, [1]),
        ({"coders": (0, 1), "cell": (0, 1)}, [1, 4]),
        ({"coders": (0, 1), "cell": (1, 0)}, []),
        ({"coders": (0, 1), "cell": (0, -1)}, [1, 4]),
        ({"coders": (0, 1), "cell": (-1, 1)}, [1]),
        ({"coders": (2, 0), "cell": (-1, 0)}, [1]),
    ],
)
def test_places_of_a_code_of_coders_of_a_cell(study, asked, numbers):
    found = worst_places(study.coding, study.sentences)
    assert [one.number for one in concerning(found, **asked)] == numbers


def test_confused_codes_stand_side_by_side():
    table = np.diag([40] * 6)
    table[0, 4] = table[4, 0] = 20
    table[2, 5] = 25
    order = side_by_side(table)
    assert sorted(order) == list(range(6))
    at = {code: n for n, code in enumerate(order)}
    assert abs(at[0] - at[4]) == 1
    assert abs(at[2] - at[5]) == 1


@pytest.mark.parametrize("codes", [0, 1, 2, 3])
def test_few_codes_have_an_order_too(codes):
    assert side_by_side(np.zeros((codes, codes))) == tuple(range(codes))
