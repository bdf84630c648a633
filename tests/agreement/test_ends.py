"""How far numbers can be trusted: intervals of attributes and of what stands beside kappa, and ranges where documents are
too few to be drawn."""

import csv
import io
import json

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from annotator.agreement import export, intervals, ratings, terminal
from annotator.agreement.attributes import Asked, compared
from annotator.agreement.comparison import Mark
from annotator.agreement.ends import drawn, ends
from annotator.agreement.report import compute
from annotator.agreement.units import study
from annotator.agreement.words import within
from annotator.model import Attribute

STANCE = Asked("1", "stance", "ordinal", (-1, 0, 1))
ACTOR = Asked("2", "actor", "nominal")


def texts(count: int) -> list[dict]:
    """Documents of two places each that Ann and Ben marked with one code; every third stance of Ben's is another."""
    found = []
    for n in range(count):
        places = [((0, 9), n % 3 - 1), ((10, 19), (n + 1) % 3 - 1)]
        ann = [
            Mark(f"a{k}", "denial", (span,), {"1": said, "2": "x" if n % 2 else "y"})
            for k, (span, said) in enumerate(places)
        ]
        ben = [
            Mark(f"b{k}", "denial", (span,), {"1": 1 if n % 3 == 0 else said, "2": "x"})
            for k, (span, said) in enumerate(places)
        ]
        found.append({"Ann": ann, "Ben": ben})
    return found


def test_an_attribute_has_intervals_from_whole_documents_drawn():
    stance, actor = compared(texts(12), [STANCE, ACTOR], replicates=300, seed=4)
    for one in (stance, actor):
        assert one.documents == 12
        for name in ("percent", "alpha"):
            low, high, *rest = one.ends[name]
            value = getattr(one, name)
            assert low is not None
            assert high is not None
            assert low <= value <= high
            assert rest[:2] == [None, None]
    again = compared(texts(12), [STANCE, ACTOR], replicates=300, seed=4)
    assert [one.ends for one in again] == [stance.ends, actor.ends]


def test_resampled_attributes_are_those_of_documents_that_occur_so_often():
    """The third resample, drawn by hand: its documents laid one after the other give its value."""
    weights = drawn(12, replicates=5, seed=9)
    many = [text for text, times in zip(texts(12), weights[3], strict=True) for _ in range(int(times))]
    by_hand = compared(many, [STANCE, ACTOR])
    values = []
    for one in range(6):
        some = [text for text, times in zip(texts(12), weights[one], strict=True) for _ in range(int(times))]
        values.append([found.alpha for found in compared(some, [STANCE, ACTOR])])
    found = compared(texts(12), [STANCE, ACTOR], replicates=5, seed=9)
    wanted = intervals.percentile(np.array(values[1:], float))
    for n, one in enumerate(found):
        assert one.ends["alpha"].low == pytest.approx(wanted.low[n])
        assert one.ends["alpha"].high == pytest.approx(wanted.high[n])
    assert by_hand[0].alpha == pytest.approx(values[3][0])


def test_few_documents_have_a_range_and_no_interval():
    (stance,) = compared(texts(4), [STANCE], replicates=300)
    far = stance.ends["alpha"]
    assert (far.low, far.high) == (None, None)
    left_out = [compared(texts(4)[:n] + texts(4)[n + 1 :], [STANCE])[0].alpha or 0.0 for n in range(4)]
    assert far.lowest == pytest.approx(min(left_out))
    assert far.highest == pytest.approx(max(left_out))
    assert far.note == "no interval: fewer than 5 documents; in brackets the range with one left out"
    assert within(far).startswith("(")


def test_one_document_has_neither():
    (found,) = ends(np.array([[0.5]]), 1, 1000)
    assert found[:4] == (None, None, None, None)
    assert found.note == "no interval: fewer than 5 documents"


@pytest.fixture
def few(codings):
    """Four documents by two coders."""
    codings.project.apply(attribute_added())
    for n in range(4):
        codings.coded("Ann", f"Statement {n}", ("Denial", 0, 12), ("Threat", 26, 40))
        codings.coded("Ben", f"Statement {n}", ("Denial", 0, 12), *([("Threat", 26, 40)] if n else []))
    codings.code("Never")
    return codings


def attribute_added():
    from annotator.model import Change, Edit, new_id

    return Change("add attribute", (Edit(None, Attribute(new_id(), "actor", "text")),))


def test_numbers_of_few_documents_carry_the_range_in_every_file(few, tmp_path):
    result = compute(study(few.project, with_attributes=True), replicates=100)
    row = result.find("alpha", "nominal", code="Threat")
    assert row is not None
    assert row.low is None
    assert row.lowest is not None
    assert row.highest is not None
    assert row.value is not None
    assert row.lowest < row.value < row.highest
    told = json.loads(export.as_json(result))
    ranges = {
        (one["code"], one["measure"]): one["lowest"] for one in told["without_one"] if one["variant"] == "nominal"
    }
    assert ranges["Threat", "alpha"] == row.lowest
    assert f"({within(row)[1:-1]})" in terminal.table(result)
    assert within(row) in export.as_html(result)
    lines = list(csv.reader(io.StringIO(export.as_csv(result))))
    assert within(row) in next(line for line in lines if line[0] == "Threat" and line[3] == "alpha")


def test_what_stands_beside_kappa_has_intervals_too(twelve, tmp_path):
    result = compute(study(twelve.project, with_attributes=True), replicates=200)
    for one in result.prevalence:
        row = result.find("kappa", "nominal", code=one.code, coders=one.coders)
        if not one.is_mean and row is not None:
            assert one.ends["kappa"][:2] == pytest.approx((row.low, row.high))
    whole = next(one for one in result.prevalence if one.is_mean)
    low, high = whole.ends["positive"][:2]
    assert low is not None
    assert high is not None
    assert whole.positive is not None
    assert low <= whole.positive <= high
    told = json.loads(export.as_json(result))["prevalence"][0]
    assert told["intervals"]["positive"] == [low, high]
    lines = [
        line for line in csv.reader(io.StringIO(export.as_csv(result))) if line[3:5] == ["PABAK", "mean over pairs"]
    ]
    assert float(lines[0][6]) == whole.ends["pabak"].low
    export.write(result, tmp_path / "a.xlsx")
    rows = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_name("Prevalence and bias").to_python()
    assert rows[1][rows[0].index("AC1 low")] == whole.ends["ac1"].low


def test_what_is_undefined_beside_kappa_says_why(few):
    result = compute(study(few.project), replicates=0)
    never = next(one for one in result.prevalence if one.code == "Never")
    assert never.kappa is None
    assert never.ends["kappa"].note == "no variation: no coder used this code"
    assert never.ends["positive"].note == "no coder used this code"
    assert never.ends["negative"].note == "no interval: no resamples were asked for"


def test_few_rows_of_a_table_of_ratings_have_the_range_too(tmp_path):
    path = tmp_path / "ratings.csv"
    path.write_text("document,A,B\none,1,1\none,1,2\ntwo,2,2\nthree,1,1\nthree,2,1\n", encoding="utf-8")
    result = ratings.compute(ratings.read(path), replicates=50)
    alpha = next(row for row in result.rows if row.measure == "alpha")
    assert alpha.low is None
    assert alpha.lowest is not None
    assert alpha.highest is not None
    assert alpha.value is not None
    assert alpha.lowest <= alpha.value <= alpha.highest
