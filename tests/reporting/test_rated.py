"""The report of a table of ratings: a folder like that of a project, and a script that prints its headline exactly."""

import csv
import io
import random
import subprocess
import sys

import pytest

from annotator.agreement import ratings
from annotator.agreement.rated_values import by_value, crossed
from annotator.agreement.words import number
from annotator.reporting import folder
from annotator.reporting.blocks import Figure, Paragraph, References, Report, Table
from annotator.reporting.rated import Rated
from tests.agreement.published import CASES

HEAD = "unit,document,Ann,Ben,Cy\n"


def words(values: tuple[str, ...], *, rows: int = 60, missing: float = 0.1) -> str:
    """A table of three coders who agree for the most part."""
    drawn = random.Random(1)

    def rated(truth: str) -> str:
        return "" if drawn.random() < missing else truth if drawn.random() < 0.7 else drawn.choice(values)

    truths = [drawn.choice(values) for _ in range(rows)]
    return HEAD + "".join(f"u{n},Talk {n // 6},{rated(t)},{rated(t)},{rated(t)}\n" for n, t in enumerate(truths))


@pytest.fixture
def read(tmp_path):
    def of(words: str) -> ratings.Ratings:
        path = tmp_path / "table.csv"
        path.write_text(words, encoding="utf-8")
        return ratings.read(path)

    return of


def printed(place, rated: Rated) -> list[str]:
    """What the script prints, run by an interpreter that cannot see this program."""
    found = rated.data()
    (place / "reliability_data.csv").write_bytes(found.table.encode())
    (place / "recompute.py").write_text(found.script, encoding="utf-8")
    run = [sys.executable, "-I", str(place / "recompute.py")]
    assert "annotator" not in found.script
    return subprocess.run(run, capture_output=True, encoding="utf-8", check=True, cwd=place).stdout.splitlines()


def references(report: Report) -> str:
    last = report.blocks[-1]
    assert isinstance(last, References)
    return " ".join(last.rows)


NUMBERS, NAMES = ("1", "2", "3", "5"), ("Praise", "Denial", "=1+1", "-")


@pytest.mark.parametrize("clustered", [True, False])
@pytest.mark.parametrize("level", ratings.LEVELS)
def test_the_script_prints_the_headline_to_the_last_digit(read, tmp_path, level, clustered):
    table = read(words(NAMES if level == "nominal" else NUMBERS))
    if not clustered:
        table = ratings.Ratings(table.name, table.coders, table.values, table.table, None, table.lines)
    rated = Rated.computed(table, level=level, replicates=100, seed=7)
    row = rated.result.headline.row
    lines = printed(tmp_path, rated)
    assert lines[1] == f"in full: {row.value:.10f} [{row.low:.10f}, {row.high:.10f}]"
    assert f": {number(row.value)}, 95% interval [{number(row.low)}, {number(row.high)}]" in lines[0]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (HEAD + "1,a,x,x,x\n2,b,x,x,\n", "n/a"),
        (HEAD + "1,a,x,y,x\n2,b,y,y,\n3,c,x,,\n", "in full"),
        (HEAD + "1,a,x,,\n2,b,,y,\n", "n/a"),
        (HEAD + "1,a,x,x,y\n2,a,,,\n3,b,y,y,y\n", "in full"),
    ],
)
def test_of_little_the_script_says_what_the_report_says(read, tmp_path, table, told):
    rated = Rated.computed(read(table), replicates=50)
    row = rated.result.headline.row
    last = printed(tmp_path, rated)[-1]
    assert told in last
    assert (row.value is None) == (told == "n/a")
    assert row.value is None or last == f"in full: {row.value:.10f}"
    assert rated.report().blocks


def test_many_draws_at_a_time_are_the_draws_of_the_script(read, tmp_path, monkeypatch):
    table = read(words(NUMBERS))
    monkeypatch.setattr(ratings, "CHUNK", 64)
    rated = Rated.computed(table, replicates=60)
    row = rated.result.headline.row
    assert printed(tmp_path, rated)[1].endswith(f"[{row.low:.10f}, {row.high:.10f}]")


def test_the_folder_is_whole_and_the_same_bytes_each_time(read, tmp_path):
    made = []
    for name in ("one", "two"):
        rated = Rated.computed(read(words(NAMES)), replicates=50, seed=3)
        folder.write(rated, tmp_path / name)
        paths = [path for path in (tmp_path / name).rglob("*") if path.is_file()]
        made.append({path.relative_to(tmp_path / name).as_posix(): path.read_bytes() for path in paths})
    assert made[0] == made[1]
    assert {"report.html", "report.pdf", "agreement.xlsx", "reliability_data.csv", "recompute.py"} <= set(made[0])
    assert {"figures/figure_1_values.svg", "figures/figure_2_confusion.pdf", "tables/table_2_all_coders.csv"} <= set(
        made[0]
    )
    page = made[0]["report.html"].decode()
    assert rated.result.settings["data_hash"] in page
    assert "50 replicates, seed 3" in page
    assert "not rated" in made[0]["README.txt"].decode()


def test_the_raw_data_read_again_as_a_table_of_ratings(read, tmp_path):
    rated = Rated.computed(read(words(NUMBERS)), level="ordinal", replicates=50)
    again = read(rated.data().table)
    assert again.coders == rated.ratings.coders
    assert (again.table == rated.ratings.table).all()
    assert again.titles == rated.ratings.titles
    result = ratings.compute(again, level="ordinal", replicates=50)
    assert result.headline.row == rated.result.headline.row
    rows = list(csv.DictReader(io.StringIO(rated.data().table)))
    assert rows[0]["unit"] == "2", "the line in the table it was read from"


def test_the_paragraph_names_the_level_what_was_left_out_and_its_sources(read):
    table = words(NUMBERS) + "u99,Talk 9,1,,\n"
    rated = Rated.computed(read(table), level="ordinal", replicates=50)
    report = rated.report()
    text = " ".join(block.html for block in report.blocks if isinstance(block, Paragraph))
    assert "Three coders rated 61 units of 10 documents on an ordinal scale with 4 values" in text
    assert "the ratings that lie between them" in text
    assert "Gwet’s AC2 with quadratic weights (Gwet, 2014)" in text
    assert "resamples of whole documents" in text
    cited = references(report)
    assert "Handbook of inter-rater reliability" in cited
    assert "Scott" not in cited
    sample = next(block for block in report.blocks if isinstance(block, Table) and block.name == "sample")
    assert "by one" in sample.note
    two = Rated.computed(read("Ann,Ben\n" + "1,2\n1,1\n2,2\n3,3\n" * 3), level="interval", replicates=50).report()
    told = " ".join(getattr(block, "html", "") for block in two.blocks)
    assert "Cohen’s kappa with linear and quadratic weights (Cohen, 1968)" in told
    assert "taken as independent of each other" in told
    assert "Weighted kappa: Nominal scale agreement" in references(two)
    assert not any(isinstance(block, Table) and block.name == "by_coder" for block in two.blocks)


def test_each_value_against_the_rest_is_the_alpha_of_two_values(read):
    table = read(words(("a", "b", "c"), missing=0.2))
    found = by_value(table, replicates=20, seed=1)
    for n, one in enumerate(found):
        rows = ["".join(["", "x", "y"][0 if v < 0 else 1 + (v == n)] + "," for v in row)[:-1] for row in table.table]
        alone = ratings.compute(read("A,B,C\n" + "\n".join(rows) + "\n"), replicates=0).find("alpha", "nominal")
        assert alone is not None
        assert one.alpha.value == pytest.approx(alone.value)
        assert one.times == (table.table == n).sum()
    assert sum(one.times for one in found) == (table.table >= 0).sum()


def test_the_matrix_of_values_counts_rows_that_both_rated(read):
    table = read("A,B\nx,y\nx,x\ny,\n,x\ny,x\nx,y\n")
    assert crossed(table, 0, 1).tolist() == [[1, 2], [1, 0]]
    figures = [block for block in Rated.computed(table, replicates=0).report().blocks if isinstance(block, Figure)]
    assert [one.name for one in figures] == ["confusion"]
    assert "No code" not in figures[0].lettered


def test_other_documents_of_the_same_ratings_are_other_data(read):
    one = Rated.computed(read(words(NAMES)), replicates=0).result.settings["data_hash"]
    other = Rated.computed(read(words(NAMES).replace("Talk 1,", "Talk 2,")), replicates=0).result.settings["data_hash"]
    assert one != other


def test_the_bootstrap_of_kalpha_stands_beside_it_for_comparison(read):
    """Hayes & Krippendorff 2007: their interval of these data is known, and narrower than that of resampled units."""
    case = CASES["ci-kalpha-hayes2007"]
    rows = [["" if one is None else str(one) for one in row] for row in case["input"]["ratings"]]
    names = ",".join("ABCDEFGH"[: len(rows[0])])
    rated = Rated.computed(read("\n".join([names, *map(",".join, rows)]) + "\n"), level="ordinal", replicates=4000)
    low, high = rated.by_pairs
    assert low == pytest.approx(case["expected"]["lo"], abs=0.01)
    assert high == pytest.approx(case["expected"]["hi"], abs=0.01)
    text = " ".join(block.html for block in rated.report().blocks if isinstance(block, Paragraph))
    assert f"gives [{number(low)}, {number(high)}]" in text
    assert "Answering the call" in references(rated.report())
    row = rated.result.headline.row
    assert row.low is not None
    assert low is not None
    assert row.low < low
