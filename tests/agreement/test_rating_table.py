"""A table as a person brings it: which columns are coders, what is missing, and what is said of it."""

import pytest

from annotator.agreement import ratings
from annotator.agreement.rating_table import Grid, chosen, doubts
from annotator.errors import Refused

WORDS = "unit\tdocument\tAnn\tBen\n" + "".join(f"u{n}\td{n % 3}\t{n % 2}\t{n % 3 % 2}\n" for n in range(12))


def keys(grid: Grid, made, missing=()) -> list[str]:
    return [one.key for one in doubts(grid, made, missing)]


def test_a_pasted_table_is_the_same_as_its_file(tmp_path):
    pasted = Grid.of_words(WORDS)
    path = tmp_path / "ratings.csv"
    path.write_text(WORDS.replace("\t", ";"), encoding="utf-8")
    read = Grid.of_file(path)
    assert (pasted.headings, pasted.rows, pasted.lines) == (read.headings, read.rows, read.lines)
    assert pasted.likely_coders() == ("Ann", "Ben")
    assert pasted.likely_document() == "document"
    made = chosen(pasted, ["Ann", "Ben"], document="document")
    command = ratings.read(path)
    assert (made.coders, made.values, made.table.tolist()) == (command.coders, command.values, command.table.tolist())
    assert ratings.compute(made, replicates=20).rows == ratings.compute(command, replicates=20).rows


def test_a_workbook_and_its_sheets(tmp_path):
    from xlsxwriter import Workbook

    path = tmp_path / "ratings.xlsx"
    with Workbook(path) as book:
        book.add_worksheet("Empty")
        for name, last in (("First", 3), ("Second", 4)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Ann", "Ben"])
            for n in range(1, last):
                sheet.write_row(n, 0, [n, 2.5])
    first = Grid.of_file(path)
    assert first.sheets == ("Empty", "First", "Second")
    assert first.rows == [["1", "2.5"], ["2", "2.5"]]
    assert len(Grid.of_file(path, "Second").rows) == 3


def test_names_of_units_are_not_taken_for_a_coder():
    rows = "".join(f"{n},story {n},{n % 2},{n % 3 % 2},{n * 7 % 10}.5\n" for n in range(1, 21))
    grid = Grid.of_words(f"id,text,Ann,Ben,Scale\n{rows}")
    assert grid.likely_coders() == ("Ann", "Ben", "Scale")
    made = chosen(grid, ["text", "Ann"])
    assert "ratings.like_names" in keys(grid, made)


def test_what_means_missing_is_read_so_and_said():
    grid = Grid.of_words("Ann,Ben\n1,NA\n2,\nna,2\n1,1\n-,1\n")
    assert grid.marks(["Ann", "Ben"]) == {"-": 1, "NA": 1, "na": 1}
    made = chosen(grid, ["Ann", "Ben"], missing=["NA", "na"])
    assert made.values == ("-", "1", "2")
    assert (made.table < 0).sum() == 3
    told = [str(one) for one in doubts(grid, made, ["NA", "na"])]
    assert told[0] == "1 of 10 cells are empty: there the coder did not rate."
    assert "“NA” stands in 1 cells and is read as missing." in told
    assert "“-” stands in 1 cells and is counted as a value. Tick it if it means missing." in told
    assert any("3 rows are rated by fewer than two coders" in one for one in told)


def test_values_that_differ_in_capitals_only_and_a_line_of_ratings_as_names():
    grid = Grid.of_words("1,2\nyes,Yes\nno,no\n")
    found = keys(grid, chosen(grid, ["1", "2"]))
    assert "ratings.spelling" in found
    assert "ratings.names" in found


@pytest.mark.parametrize(
    ("words", "key", "told"),
    [
        ("Ann,Ben\n", "ratings.no_rows", "line of names"),
        ("Ann,Ben\n1,2\n1,2,3\n", "ratings.too_long", "Line 3"),
        ("Ann,Ann\n1,2\n", "ratings.twice", "Ann"),
    ],
)
def test_what_is_no_table_is_said_with_its_place(words, key, told):
    with pytest.raises(Refused) as caught:
        Grid.of_words(words)
    assert caught.value.key == key
    assert told in str(caught.value)


def test_what_cannot_be_compared_is_said_with_its_place(tmp_path):
    grid = Grid.of_words("Ann,Ben,Cy\n1,2,\n\n1,two,\n2,2,\n")
    for coders, key in ((["Ann"], "ratings.few_coders"), (["Cy", "Nobody"], "ratings.few_coders")):
        with pytest.raises(Refused) as caught:
            chosen(grid, coders)
        assert caught.value.key == key
    empty = Grid.of_words("Ann,Ben,Cy\nNA,NA,1\n")
    with pytest.raises(Refused) as caught:
        chosen(empty, ["Ann", "Ben"], missing=["NA"])
    assert caught.value.key == "ratings.no_values"
    with pytest.raises(Refused) as caught:
        ratings.compute(chosen(grid, ["Ann", "Ben"]), level="interval")
    assert "two in line 4, column Ben" in str(caught.value)
    with pytest.raises(Refused) as caught:
        Grid.of_file(tmp_path / "none.csv")
    assert "none.csv" in str(caught.value)
    short = Grid.of_words("Ann,Ben\n1\n1,1\n")
    assert short.rows[0] == ["1", ""]
    assert "ratings.short" in keys(short, chosen(short, ["Ann", "Ben"]))
