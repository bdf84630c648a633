"""Tables of ratings: published values, levels, missing cells, clusters, and tables that are none."""

from typing import Any

import numpy as np
import pytest

from annotator.agreement import export, ratings, terminal
from annotator.errors import Refused
from tests.agreement.published import CASES
from tests.agreement.published import ratings as rows_of


@pytest.fixture
def table(tmp_path):
    def write(words, encoding="utf-8"):
        path = tmp_path / "ratings.csv"
        path.write_bytes(words.encode(encoding))
        return path

    return write


def words(rows):
    header = ",".join("ABCDEFGH"[: len(rows[0])])
    return "\n".join([header, *(",".join("" if v is None else str(v) for v in row) for row in rows)])


def value(result, measure, *coders) -> Any:
    wanted = coders or result.settings["coders"]
    return next(row for row in result.rows if row.measure == measure and set(row.coders) == set(wanted))


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("kripp2011-CD-nominal", "nominal"),
        ("kripp2011-CD-ordinal", "ordinal"),
        ("kripp1980-ratio", "ratio"),
        ("kripp2011-A", "nominal"),
        ("edge-missing-and-empty-units", "nominal"),
    ],
)
def test_published_alphas(table, name, level):
    case = CASES[name]
    found = ratings.compute(ratings.read(table(words(rows_of(case)))), level=level, replicates=20)
    expected = case["expected"]["alpha" if level == "nominal" else level]
    assert value(found, "alpha").value == pytest.approx(expected, abs=case["tolerance"])
    assert value(found, "alpha").variant == level


def test_published_kappa_and_percent_of_two(table):
    case = CASES["cohen1960-p45"]
    found = ratings.compute(ratings.read(table(words(rows_of(case)))), replicates=20)
    assert value(found, "kappa").value == pytest.approx(case["expected"]["kappa"], abs=case["tolerance"])
    assert value(found, "percent").value == pytest.approx(case["expected"]["percent"], abs=case["tolerance"])


def test_interval_alpha_of_two_numbers_worked_by_hand(table):
    """Units (1, 2), (3, 3): Do = 2 * 1 / 4, De = all pairs' squares / (4 * 3) = 22 / 12 -> 1 - .5 / 1.8333."""
    found = ratings.compute(ratings.read(table("A,B\n1,2\n3,3\n")), level="interval", replicates=0)
    assert value(found, "alpha").value == pytest.approx(1 - (2 / 4) / (22 / 12))


def test_a_resample_of_units_gives_the_known_interval_of_a_small_table(table):
    """The interval of resampled units lies about the value and depends on the seed only."""
    rows = rows_of(CASES["kripp2011-CD-nominal"])
    read = ratings.read(table(words(rows)))
    one, two, other = (ratings.compute(read, replicates=300, seed=seed) for seed in (1, 1, 2))
    row = value(one, "alpha")
    assert one == two
    assert one != other
    assert row.low < row.value < row.high
    assert (row.n, row.documents, row.reason.split(";")[0]) == (11, 0, "")
    assert one.settings["exclusions"] == [{"number": 1, "what": "row", "reason": "rated by fewer than two coders"}]


def test_a_column_of_documents_makes_them_the_clusters(table):
    lines = [f"d{n // 2},{n % 3},{n % 3 if n % 4 else 0}" for n in range(30)]
    found = ratings.compute(ratings.read(table("\n".join(["Document,Ann,Ben", *lines]))), replicates=100)
    row = value(found, "alpha")
    assert found.settings["coders"] == ["Ann", "Ben"]
    assert (row.n, row.documents) == (30, 15)
    assert row.low < row.value < row.high
    assert "whole documents" in found.settings["interval"]


def test_undefined_values_say_why(table):
    found = ratings.compute(ratings.read(table("A,B,C\nx,x,\nx,x,\nx,,x\n")), replicates=10)
    assert (value(found, "alpha").value, value(found, "alpha").reason) == (
        None,
        "no variation: every value is the same",
    )
    assert value(found, "percent").value == 1
    assert value(found, "kappa", "B", "C").reason == "no unit was rated by both"


@pytest.mark.parametrize(
    "words", ["A;B\n1;2\n1;1\n", "A\tB\n1\t2\n1\t1\n", "\ufeffA,B\r\n1,2\r\n1,1\r\n\r\n", 'A,B\n"1",2\n1,1']
)
def test_tables_as_spreadsheets_write_them(table, words):
    read = ratings.read(table(words))
    assert (read.coders, read.values, read.table.tolist()) == (("A", "B"), ("1", "2"), [[0, 1], [0, 0]])


def test_numbers_are_in_the_order_of_numbers(table):
    assert ratings.read(table("A,B\n10,9\n9,100\n")).values == ("9", "10", "100")


@pytest.mark.parametrize("words", ["", "A\n1\n", "A,A\n1,2\n", "A,B\n", "A,B\n1\n", ",B\n1,2\n", 'A,B\n"1,2\n'])
def test_what_is_no_table_of_ratings_is_refused(table, words):
    with pytest.raises(Refused) as caught:
        ratings.read(table(words))
    assert caught.value.key == "agreement.not_ratings"
    assert "ratings.csv" in str(caught.value)


def test_other_encodings_and_missing_files_are_refused(table, tmp_path):
    for path in (table("A,B\né,è\n", "latin-1"), tmp_path / "none.csv"):
        with pytest.raises(Refused):
            ratings.read(path)


def test_words_have_no_order(table):
    read = ratings.read(table("A,B\n1,2\n1,high\n"))
    with pytest.raises(Refused, match="high in line 3"):
        ratings.compute(read, level="ordinal")
    with pytest.raises(Refused, match="There is no level"):
        ratings.compute(read, level="ordinary")


def test_cancelling_stops(table):
    read = ratings.read(table(words([[n % 3, n % 2] for n in range(20)])))
    with pytest.raises(Refused, match="Stopped"):
        ratings.compute(read, cancelled=lambda: True)


def test_every_format_takes_a_table_of_ratings(table, tmp_path):
    rows = rows_of(CASES["kripp2011-CD-nominal"])
    found = ratings.compute(ratings.read(table(words(rows))), replicates=50)
    for format in export.FORMATS:
        export.write(found, tmp_path / f"out.{format}")
        assert (tmp_path / f"out.{format}").stat().st_size > 500
    assert "Krippendorff’s alpha, nominal (row)" in terminal.table(found)


def test_equal_rows_are_counted_as_often_as_they_stand_there(table):
    random = np.random.default_rng(1)
    rows = random.integers(0, 3, (200, 3)).tolist()
    found = ratings.compute(ratings.read(table(words(rows))), replicates=0)
    pairs = [sum(a == b for i, a in enumerate(r) for b in r[i + 1 :]) / 3 for r in rows]
    assert value(found, "percent").value == pytest.approx(np.mean(pairs))
