"""The rows: what is in them, what they say of themselves, and that order changes nothing."""

from typing import Any

import pytest

from annotator.agreement import report
from annotator.agreement.report import compute
from annotator.agreement.units import study
from annotator.errors import Refused
from tests.agreement.projects import FIVE


def row_of(result, measure, variant, **more) -> Any:
    """The row, or None: for tests, which look at its fields."""
    return result.find(measure, variant, **more)


def test_a_table_worked_by_hand(codings):
    """Five sentences. Denial: both in 1, Ann in 2, Ben in 3; neither in 4 and 5. Po = 3/5, Pe = (4 + 9)/25 = .52."""
    codings.coded("Ann", "A", ("Denial", 0, 12), ("Denial", 13, 25))
    codings.coded("Ben", "A", ("Denial", 0, 12), ("Denial", 26, 40))
    result = compute(study(codings.project))
    value = {key: row_of(result, *key, code="Denial").value for key in result.variants() if key != ("alpha", "masi")}
    assert value["percent", "nominal"] == pytest.approx(3 / 5)
    assert value["kappa", "nominal"] == pytest.approx((3 / 5 - 0.52) / (1 - 0.52))
    assert value["alpha", "nominal"] == pytest.approx(1 - 9 * (4 - 2) / (4 * (10 - 4)))
    assert value["f1", "exact"] == value["f1", "overlap"] == pytest.approx(1 / 2)
    row = row_of(result, "kappa", "nominal", code="Denial")
    assert (row.n, row.documents, row.coders, row.unit) == (5, 1, ("Ann", "Ben"), "sentence")
    assert (row.low, row.high, row.reason) == (None, None, "no interval: fewer than 5 documents")
    assert row_of(result, "f1", "exact", code="Denial").n == 4


def test_undefined_values_are_none_with_a_reason(codings):
    codings.code("Threat")
    codings.code("Denial")
    codings.coded("Ann", "A", ("Denial", 0, len(FIVE)))
    codings.coded("Ben", "A", ("Denial", 0, len(FIVE)))
    codings.coded("Cy", "B")
    codings.coded("Ann", "B", ("Denial", 0, len(FIVE)))
    result = compute(study(codings.project, documents=["A", "B"]))

    def told(measure, variant, code, *coders):
        row = row_of(result, measure, variant, code=code, coders=coders)
        return row.value, row.reason

    assert told("alpha", "nominal", "Threat", "Ann", "Ben") == (None, "no variation: no coder used this code")
    assert told("kappa", "nominal", "Denial", "Ann", "Ben") == (None, "no variation: every unit has this code")
    assert told("alpha", "masi", None, "Ann", "Ben") == (None, "no variation: all units have the same codes")
    assert told("f1", "exact", "Threat", "Ann", "Ben") == (None, "none of these coders marked this code")
    assert told("kappa", "nominal", "Denial", "Ben", "Cy") == (None, "no document was coded by both")
    assert told("f1", "overlap", None, "Ben", "Cy") == (None, "no document was coded by both")
    assert told("percent", "nominal", "Threat", "Ann", "Ben")[0] == 1
    assert told("kappa", "nominal", "Denial", "Ann", "Cy")[0] == 0


def test_precision_and_recall_name_the_coder_without_spans(codings):
    codings.coded("Ann", "A", ("Denial", 0, 12))
    codings.coded("Ben", "A")
    result = compute(study(codings.project), unit="span")
    assert row_of(result, "precision", "exact").reason == "Ben did not mark anything"
    assert row_of(result, "recall", "exact").value == 0


def test_intervals_by_the_number_of_documents(twelve):
    result = compute(study(twelve.project), replicates=200)
    eleven, six = (
        row_of(result, "alpha", "nominal", code="Denial", coders=pair) for pair in (("Ann", "Ben"), ("Ann", "Cy"))
    )
    assert eleven.documents == 11
    assert eleven.low < eleven.value < eleven.high
    assert eleven.reason == ""
    assert six.documents == 6
    assert six.low <= six.value <= six.high
    assert six.reason == "few documents"


def test_too_many_undefined_resamples_suppress_the_interval(codings):
    for n in range(12):
        marks = [("Denial", 0, 12)] if n == 0 else []
        for coder in ("Ann", "Ben"):
            codings.coded(coder, f"S{n}", *marks)
    row = row_of(compute(study(codings.project), replicates=500), "alpha", "nominal", code="Denial")
    assert (row.value, row.low, row.high) == (1, None, None)
    assert row.reason.startswith("no interval: undefined in ")


def test_few_undefined_resamples_are_left_out_and_told(codings):
    for n in range(12):
        for coder in ("Ann", "Ben"):
            codings.coded(coder, f"S{n}", *([("Denial", 0, 12)] if n < 3 else []))
    row = row_of(compute(study(codings.project), replicates=500), "alpha", "nominal", code="Denial")
    assert row.low == 1
    assert row.reason.endswith("of 500 resamples, which are left out")


def test_a_pair_has_the_same_numbers_whoever_else_is_compared(twelve):
    everyone = compute(study(twelve.project), replicates=100)
    alone = compute(study(twelve.project, coders=["Ann", "Ben"]), replicates=100)
    pair = [row for row in everyone.rows if row.coders == ("Ann", "Ben")]
    assert pair == list(alone.rows)


def test_one_seed_gives_one_result_and_the_first_replicate_is_the_data(twelve):
    first, same, other = (compute(study(twelve.project), replicates=50, seed=seed) for seed in (1, 1, 2))
    none = compute(study(twelve.project), replicates=0)
    assert first == same
    assert first.rows != other.rows
    assert [row.value for row in first.rows] == [row.value for row in other.rows] == [row.value for row in none.rows]
    assert {row.reason for row in none.rows if row.value is not None} == {"no interval: no resamples were asked for"}


def test_rows_hold_each_code_and_group_once_and_in_order(twelve):
    result = compute(study(twelve.project), replicates=20)
    keys = [(row.code, row.coders, row.measure, row.variant) for row in result.rows]
    assert len(keys) == len(set(keys))
    assert list(dict.fromkeys(row.code for row in result.rows)) == [None, "Denial", "Threat"]
    assert {row.coders for row in result.rows} == {
        ("Ann", "Ben", "Cy"),
        ("Ann", "Ben"),
        ("Ann", "Cy"),
        ("Ben", "Cy"),
    }
    assert {row.coders for row in result.rows if row.measure == "kappa"} == {
        ("Ann", "Ben"),
        ("Ann", "Cy"),
        ("Ben", "Cy"),
    }


def test_the_matrix_is_symmetric_and_knows_the_others(twelve):
    twelve.coded("Dan", "Statement 01")
    result = compute(study(twelve.project), replicates=20)
    matrix = result.matrix("alpha", "masi")
    assert matrix.coders == ("Ann", "Ben", "Cy", "Dan")
    for g in range(4):
        assert matrix.rows[g][g] is None
        for h in range(4):
            assert matrix.rows[g][h] == matrix.rows[h][g]
    assert getattr(matrix.without[3], "coders", ()) == ("Ann", "Ben", "Cy")


def spans_of(made) -> list[tuple[int, int]]:
    """What counts: of done assignments, in documents of two coders."""
    coding = study(made.project).coding
    return list(zip(coding.start.tolist(), coding.end.tolist(), strict=True))


def test_settings_tell_how_to_do_it_again(twelve):
    found = compute(study(twelve.project), replicates=20, seed=7).settings
    assert found["counts"] == {
        "documents": 11,
        "units": 55,
        "spans": 48,
        "characters": 11 * len(FIVE),
        "marked": found["counts"]["marked"],
        "with_codes": 26,
        "coded": {"Ann": 11, "Ben": 11, "Cy": 6},
    }
    text = 11 * len(FIVE) + 11 * len(FIVE) + 6 * len(FIVE)
    length = sum(end - start for start, end in spans_of(twelve))
    assert found["counts"]["marked"] == pytest.approx(length / text)
    assert found["exclusions"][0] == {"number": 5, "what": "assignment", "reason": "in progress"}
    assert (found["seed"], found["replicates"], found["q"], found["unit"]) == (7, 20, 2, "sentence")
    assert set(found["projection"]) == {"sentence", "span"}
    denial = found["uses"][0]
    assert (denial["code"], denial["spans"], denial["documents"], denial["by_coder"]) == ("Denial", 26, 11, (11, 11, 4))


def test_the_headline_is_alpha_of_sets_with_the_share_below_the_lines(twelve):
    head = compute(study(twelve.project), replicates=200).headline
    assert (head.row.measure, head.row.variant, head.row.code) == ("alpha", "masi", None)
    assert 0 <= head.below["0.667"] <= head.below["0.8"] <= 1
    spans = compute(study(twelve.project), unit="span", replicates=20).headline
    assert (spans.row.measure, spans.row.variant) == ("unitizing", "u")
    assert 0 <= spans.below["0.667"] <= spans.below["0.8"] <= 1
    matched = compute(study(twelve.project), measures=["f1"], replicates=20)
    assert matched.headline.below == {}, "what is not corrected for chance is not read against the lines"
    assert matched.below["f1", "overlap"] == {}


@pytest.mark.parametrize("unit", ["sentence", "paragraph", "document", "character", "span"])
def test_every_unit_gives_numbers(twelve, unit):
    result = compute(study(twelve.project), unit=unit, replicates=20)
    assert {row.unit for row in result.rows} == {unit, "span"}
    if unit != "span":
        length = {"sentence": 5, "paragraph": 2, "document": 1, "character": len(FIVE)}[unit]
        assert row_of(result, "percent", "nominal").n == 11 * length


@pytest.mark.parametrize(
    ("unit", "measures", "key"),
    [
        ("span", ["alpha"], "agreement.senseless"),
        ("sentence", ["f1"], "agreement.senseless"),
        ("word", None, "agreement.unknown"),
        (None, ["alpa"], "agreement.unknown"),
    ],
)
def test_senseless_and_unknown_questions_are_refused_in_words(unit, measures, key):
    with pytest.raises(Refused) as caught:
        report.asked_for(unit, measures)
    assert caught.value.key == key
    assert "{" not in str(caught.value)


def test_a_unit_is_chosen_for_measures_that_name_none():
    assert report.asked_for(None, ["f1"]) == ("span", ("f1",))
    assert report.asked_for(None, ["kappa", "percent"]) == ("sentence", ("percent", "kappa"))
    assert report.asked_for(None, None) == ("sentence", ("percent", "alpha", "kappa", "f1"))


def test_progress_is_told_and_cancelling_stops(twelve):
    said = []
    compute(study(twelve.project), replicates=5, progress=lambda done, total: said.append((done, total)))
    assert said == [(1, 4), (2, 4), (3, 4), (4, 4)]
    with pytest.raises(Refused) as caught:
        compute(study(twelve.project), cancelled=lambda: True)
    assert caught.value.key == "agreement.cancelled"


def test_pairs_of_span_measures_add_up_to_all_coders(twelve):
    result = compute(study(twelve.project), measures=["f1"], replicates=0)
    pairs = [row_of(result, "f1", "overlap", coders=pair) for pair in (("Ann", "Ben"), ("Ann", "Cy"), ("Ben", "Cy"))]
    everyone = row_of(result, "f1", "overlap")
    assert everyone.n == sum(row.n for row in pairs)
    assert everyone.value == pytest.approx(sum(row.value * row.n for row in pairs) / everyone.n)


def test_the_unitizing_family_of_a_layer_and_of_each_code(twelve):
    result = compute(study(twelve.project), unit="span", measures=["unitizing"], replicates=200)
    overall = {variant: row_of(result, "unitizing", variant) for variant in ("u", "bar_u", "cu", "coverage")}
    assert all(row.value is not None for row in overall.values())
    assert overall["u"].low < overall["u"].value < overall["u"].high
    assert overall["u"].n == sum(len(text) for text in study(twelve.project).texts)
    by_code = [row for row in result.rows if row.code and row.variant == "u"]
    assert {row.code for row in by_code} == set(result.settings["codes"])


def test_codes_that_overlap_have_no_number_of_all_but_one_of_where(codings):
    for name in ("Ann", "Ben"):
        codings.coded(name, "A", ("Denial", 0, 12), ("Threat", 5, 20))
    result = compute(study(codings.project), unit="span", replicates=0)
    whole = row_of(result, "unitizing", "u")
    assert whole.value is None
    assert "see each code" in whole.reason
    assert row_of(result, "unitizing", "bar_u").value == 1
    assert row_of(result, "unitizing", "u", code="Threat").value == 1
    assert row_of(result, "unitizing", "cu") is None
    assert (result.headline.row.measure, result.headline.row.variant) != ("unitizing", "u")
