"""The script beside a report prints the headline that the report prints, to the last digit, and knows nothing of us."""

import csv
import io
import subprocess
import sys

import pytest

from annotator.agreement.words import between, number
from annotator.reporting import recompute
from annotator.reporting.reliability import distinct, matrix


def printed(folder, material) -> list[str]:
    """What the script prints, run by an interpreter that cannot see this program."""
    found = matrix(material.study, material.result)
    (folder / "reliability_data.csv").write_bytes(found.as_csv().encode())
    (folder / "recompute.py").write_text(recompute.script(material.result, found), encoding="utf-8")
    run = [sys.executable, "-I", str(folder / "recompute.py")]
    done = subprocess.run(run, capture_output=True, encoding="utf-8", check=True, cwd=folder)
    assert "annotator" not in (folder / "recompute.py").read_text(encoding="utf-8")
    return done.stdout.splitlines()


def told(material) -> list[str]:
    """What it should print."""
    row = material.result.headline.row
    ends = "" if row.low is None else f" [{row.low:.10f}, {row.high:.10f}]"
    return [number(row.value), between(row.low, row.high), f"in full: {row.value:.10f}{ends}"]


MEASURES = {
    "alpha of sentences": ({}, {}),
    "alpha of characters": ({}, {"unit": "character"}),
    "alpha of documents": ({}, {"unit": "document"}),
    "percent": ({}, {"unit": "paragraph", "measures": ["percent"]}),
    "kappa of the first pair": ({}, {"measures": ["kappa"]}),
    "pi": ({"coders": ["Coder A", "Coder C"]}, {"measures": ["pi"]}),
    "fleiss": ({}, {"measures": ["fleiss"]}),
    "conger": ({}, {"measures": ["conger"]}),
    "f1": ({}, {"measures": ["f1"]}),
    "precision, exact": ({}, {"measures": ["precision"]}),
    "recall": ({"coders": ["Coder B", "Coder C"]}, {"measures": ["recall"]}),
    "unitizing, codes that overlap": ({}, {"measures": ["unitizing"]}),
    "unitizing, one layer": ({"codes": ["Denial", "Praise"]}, {"measures": ["unitizing"]}),
}


@pytest.mark.parametrize("name", MEASURES)
def test_the_script_prints_the_headline_to_the_last_digit(sample_study, tmp_path, name):
    asked, computed = MEASURES[name]
    material = sample_study.material(computed=computed, **asked)
    lines = printed(tmp_path, material)
    value, interval, full = told(material)
    assert lines[1] == full
    assert lines[0].partition(": ")[2].startswith(value) or f": {value}, 95% interval" in lines[0]
    assert lines[0].endswith(f"[{interval.replace(' – ', ', ')}]")


def test_few_documents_have_no_interval_and_nothing_marked_no_value(codings, of_project, tmp_path):
    codings.code("Denial")
    for n in range(3):
        codings.coded("Ann", f"S{n}", *([("Denial", 0, 12)] if n else []))
        codings.coded("Ben", f"S{n}", *([("Denial", 0, 12)] if n == 1 else []))
    material = of_project(codings.project)
    value, _, full = told(material)
    assert "[" not in full
    assert printed(tmp_path, material) == [f"Krippendorff’s alpha, MASI: {value}", full]
    codings.code("Never")
    material = of_project(codings.project, codes=["Never"], computed={"measures": ["kappa"]})
    assert material.result.headline.row.value is None
    assert printed(tmp_path, material) == ["Cohen’s kappa: n/a"]


def test_missing_is_empty_and_nothing_found_is_a_word(codings, of_project):
    codings.coded("Ann", "Both", ("Denial", 0, 12))
    codings.coded("Ben", "Both", ("Denial", 0, 12), ("Offer; or not", 0, 12))
    codings.coded("Ann", "Two", ("Denial", 0, 12))
    codings.coded("Cy", "Two")
    material = of_project(codings.project)
    found = matrix(material.study, material.result)
    rows = list(csv.DictReader(io.StringIO(found.as_csv())))
    assert list(rows[0]) == ["unit", "document", "start", "end", "Ann", "Ben", "Cy"]
    both = [row for row in rows if row["document"] == "Both"]
    two = [row for row in rows if row["document"] == "Two"]
    assert (both[0]["Ben"], both[1]["Ben"], both[0]["Cy"]) == ("Denial | Offer; or not", "(no code)", "")
    assert {row["Cy"] for row in two} == {"(no code)"}
    assert {row["Ben"] for row in two} == {""}
    assert [row["unit"] for row in rows] == [str(n) for n in range(1, 11)]


def test_names_that_a_spreadsheet_would_calculate_or_that_columns_have(codings, of_project, tmp_path):
    for n in range(6):
        codings.coded("unit", f"=S{n}", ("=1+1", 0, 12), ("(no code)", 26, 40))
        codings.coded("+Ben", f"=S{n}", ("=1+1", 13 * (n % 2), 13 * (n % 2) + 12))
    material = of_project(codings.project)
    found = matrix(material.study, material.result)
    rows = list(csv.DictReader(io.StringIO(found.as_csv())))
    assert {"unit (coder)", "'+Ben"} <= set(rows[0])
    assert rows[0]["document"] == "'=S0"
    assert {row["'+Ben"] for row in rows} == {"'=1+1", "((no code))"}
    assert printed(tmp_path, material)[1] == told(material)[2]


def test_documents_of_one_title_stay_two():
    assert distinct(["A", "B", "A", "A (2)"]) == ["A", "B", "A (2)", "A (2) (2)"]


def test_the_table_of_data_is_a_table_of_ratings_as_well(sample_study, tmp_path):
    from annotator.agreement import ratings

    material = sample_study.material()
    path = tmp_path / "reliability_data.csv"
    path.write_bytes(matrix(material.study, material.result).as_csv().encode())
    result = ratings.compute(ratings.read(path), replicates=0)
    nominal = material.result.find("alpha", "nominal")
    found = result.find("alpha", "nominal")
    assert nominal is not None
    assert found is not None
    assert found.value == pytest.approx(nominal.value, abs=1e-9)
