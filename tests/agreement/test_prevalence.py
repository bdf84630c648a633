"""Prevalence, bias and the paradox of kappa, against published tables and numbers worked out by hand."""

import csv
import io
import json

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from annotator.agreement import export, prevalence, terminal
from annotator.agreement.prevalence import Table
from annotator.agreement.report import compute
from annotator.agreement.units import study


def table(*cells: float) -> Table:
    return Table(*(np.array(float(cell)) for cell in cells))


@pytest.mark.parametrize(
    ("cells", "told"),
    [  # Feinstein & Cicchetti 1990, tables of the first and the second paradox; Gwet 2002; the indices by hand
        ((40, 9, 6, 45), {"percent": 0.85, "kappa": 0.70, "positive": 0.84, "negative": 0.86, "prevalence": -0.05}),
        ((80, 10, 5, 5), {"percent": 0.85, "kappa": 0.32, "positive": 0.91, "negative": 0.40, "prevalence": 0.75}),
        ((45, 15, 25, 15), {"percent": 0.60, "kappa": 0.13, "bias": -0.10, "pabak": 0.20}),
        ((25, 35, 5, 35), {"percent": 0.60, "kappa": 0.26, "bias": 0.30, "pabak": 0.20}),
        ((118, 5, 2, 0), {"kappa": -0.0234, "ac1": 0.9408, "negative": 0.0}),
    ],
)
def test_published_tables(cells, told):
    for name, value in told.items():
        digits = 4 if name in ("ac1", "kappa") and len(str(value)) > 5 else 2
        assert round(float(prevalence.FUNCTIONS[name](table(*cells))), digits) == pytest.approx(value), name


def test_kappa_follows_from_pabak_prevalence_and_bias():
    rng = np.random.default_rng(5)
    made = Table(*rng.integers(1, 60, (4, 200)).astype(float))
    squares = prevalence.bias_index(made) ** 2 - prevalence.prevalence_index(made) ** 2
    expected = (prevalence.pabak(made) + squares) / (1 + squares)
    assert prevalence.kappa(made) == pytest.approx(expected)


def test_what_is_undefined_is_no_number():
    nobody = table(0, 0, 0, 10)
    assert np.isnan(prevalence.kappa(nobody))
    assert np.isnan(prevalence.positive(nobody))
    assert prevalence.prevalence_index(nobody) == -1
    assert np.isnan(prevalence.percent(table(0, 0, 0, 0)))


@pytest.fixture
def rare(codings):
    """Twelve documents of five sentences, 60 units. Denial: a 1, b 2, c 1, d 56. Threat: a 12, d 48."""
    codings.code("Threat")
    for n in range(12):
        title = f"Statement {n + 1:02}"
        mine = [("Denial", 0, 12)] if n in (0, 1, 2) else []
        yours = [("Denial", 0, 12)] if n in (0, 3) else []
        codings.coded("Ann", title, ("Threat", 26, 40), *mine)
        codings.coded("Ben", title, ("Threat", 26, 40), *yours)
    return codings


def test_of_a_pair_by_hand(rare):
    result = compute(study(rare.project), replicates=0)
    found = {one.code: one for one in result.prevalence}["Denial"]
    n = found.n
    assert (found.coders, found.documents, found.is_mean) == (("Ann", "Ben"), 12, False)
    assert found.percent == pytest.approx((n - 3) / n)
    assert found.prevalence == pytest.approx((1 - (n - 4)) / n)
    assert found.bias == pytest.approx(1 / n)
    assert found.pabak == pytest.approx(2 * (n - 3) / n - 1)
    assert found.positive == pytest.approx(2 / 5)
    assert found.negative == pytest.approx(2 * (n - 4) / (2 * (n - 4) + 3))
    for name in ("kappa", "percent"):
        row = result.find(name, "nominal", code="Denial")
        assert row is not None
        assert getattr(found, name) == pytest.approx(row.value)


def test_of_more_coders_it_is_the_mean_over_pairs(twelve):
    result = compute(study(twelve.project), replicates=0)
    of = {(one.code, one.coders): one for one in result.prevalence}
    pairs = [one for (code, who), one in of.items() if code == "Denial" and len(who) == 2]
    whole = of["Denial", ("Ann", "Ben", "Cy")]
    assert whole.is_mean
    assert len(pairs) == 3
    assert whole.kappa == pytest.approx(np.mean([one.kappa or 0 for one in pairs]))
    assert whole.bias == pytest.approx(np.mean([abs(one.bias or 0) for one in pairs]))
    assert whole.prevalence == pytest.approx(np.mean([one.prevalence or 0 for one in pairs]))
    assert [len(one.coders) for one in prevalence.of_everyone(result.prevalence)] == [3, 3]


def test_the_paradox_is_named_only_where_it_is_at_work(rare):
    found = compute(study(rare.project), replicates=0).prevalence
    assert [one.code for one in found if one.is_paradox] == ["Denial"]
    told = prevalence.warning(found)
    assert "kappa paradox" in told
    assert "Denial;" in told
    assert told.count(". ") == 0
    assert prevalence.warning([one for one in found if one.code == "Threat"]) == ""


def test_spans_have_no_units_to_count(rare):
    assert compute(study(rare.project), unit="span", replicates=0).prevalence == ()


def test_files_and_the_terminal_carry_them(rare):
    result = compute(study(rare.project, with_attributes=True), replicates=0)
    told = json.loads(export.as_json(result))["prevalence"]
    assert [(one["code"], one["positive"]) for one in told] == [("Threat", 1), ("Denial", pytest.approx(0.4))]
    lines = [line for line in csv.reader(io.StringIO(export.as_csv(result))) if line[0] == "Denial"]
    found = {line[3]: line[5] for line in lines}
    assert float(found["positive agreement"]) == pytest.approx(0.4)
    assert {"prevalence index", "bias index", "PABAK", "AC1", "negative agreement"} <= set(found)
    page, words = export.as_html(result), terminal.table(result)
    for text in (page, words):
        assert "positive agreement" in text.lower()
        assert "kappa paradox" in text
    assert "mean over pairs" not in words


def test_of_several_coders_files_say_that_it_is_a_mean(twelve, tmp_path):
    result = compute(study(twelve.project, with_attributes=True), replicates=0)
    assert "mean over pairs" in terminal.table(result)
    assert "mean over pairs" in export.as_html(result)
    assert any(line[4] == "mean over pairs" for line in csv.reader(io.StringIO(export.as_csv(result))) if len(line) > 4)
    export.write(result, tmp_path / "a.xlsx")
    book = CalamineWorkbook.from_path(tmp_path / "a.xlsx")
    rows = book.get_sheet_by_name("Prevalence and bias").to_python()
    assert rows[0][:3] == ["code", "coders", "of"]
    assert rows[1][:3] == ["Denial", "Ann; Ben; Cy", "mean over pairs"]
    assert len(rows) == 1 + 2 * 4
