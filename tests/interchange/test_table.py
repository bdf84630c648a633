"""Tables: each row is one document."""

from dataclasses import replace

import pytest
import xlsxwriter

from annotator.errors import Damaged, Refused
from annotator.interchange.incoming import Columns, File
from annotator.interchange.table import EXCEL_CELL, columns, read
from tests.interchange.building import file, open_document, xlsx, zipped

CSV = """Headline,Speaker,Body,Language,Year
Denial,Ministry,"We deny it, and firmly.
Twice.",en,2014
Offer,President,Talks may begin at once and without conditions.,fr-CA,2015
Nothing,,,,
"""


def cell(words: str, repeated: int = 1) -> str:
    return f'<table:table-cell table:number-columns-repeated="{repeated}"><text:p>{words}</text:p></table:table-cell>'


def row(*cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


def ods(*rows: str) -> bytes:
    return open_document("spreadsheet", f'<table:table table:name="One">{"".join(rows)}</table:table>')


def test_each_row_is_a_document_with_the_likely_columns():
    first, second = read(file("a.csv", CSV))
    assert (first.text, first.title, first.language) == ("We deny it, and firmly.\nTwice.", "Denial", "en")
    assert first.details == {"row": 2, "speaker": "Ministry", "Year": "2014"}
    assert (second.title, second.language) == ("Offer", "fr-CA")
    assert first.original == second.original == CSV.encode()
    assert [str(one) for one in first.warnings] == ["1 rows of a.csv have no text and were left out."]
    assert second.warnings == ()


def test_a_table_of_annotations_is_none_of_documents():
    with pytest.raises(Refused, match=r"a\.csv is a table of annotations\. Bring it in with"):
        read(file("a.csv", "document,Coder,code,start,end,quote\na.txt,Ann,Denial,0,4,So it\n"))


def test_a_person_chooses_the_columns():
    chosen = Columns("Headline", title="Year", details=("Body",))
    documents = read(replace(file("a.csv", CSV), columns=chosen))
    assert [(one.text, one.title) for one in documents] == [("Denial", "2014"), ("Offer", "2015"), ("Nothing", "")]
    assert documents[1].details == {"row": 3, "Body": "Talks may begin at once and without conditions."}
    with pytest.raises(Refused, match=r"a\.csv has no column Text\. It has: Headline, Speaker, Body, Language, Year\."):
        read(replace(file("a.csv", CSV), columns=Columns("Text")))


def test_the_choice_shows_headings_rows_and_what_is_likely():
    shown = columns(file("a.csv", CSV))
    assert shown.headings == ("Headline", "Speaker", "Body", "Language", "Year")
    assert shown.sample[1][0] == "Offer"
    assert shown.likely == Columns("Body", "Headline", ("Speaker", "Language", "Year"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_what_parts_the_cells_is_found(delimiter):
    data = CSV.replace(",", delimiter).replace(f"it{delimiter} and", "it, and")
    name = "a.tsv" if delimiter == "\t" else "a.csv"
    assert [one.title for one in read(file(name, data))] == ["Denial", "Offer"]


def test_headings_are_made_unique_and_a_table_may_have_none():
    assert columns(file("a.csv", "a,a,,a\n1,2,3,4\n")).headings == ("a", "a (2)", "Column 3", "a (3)")
    words = "The ministry denies all knowledge of the matter, and it will go on denying it for as long as is needed to."
    documents = read(file("a.csv", f'"{words}"\n"{words} Again."\n'))
    assert [one.text for one in documents] == [words, words + " Again."]
    assert [one.details["row"] for one in documents] == [1, 2]


def test_cells_are_longer_than_the_usual_limit_of_the_csv_module():
    (document,) = read(file("a.csv", f"title,text\nx,{'word ' * 60_000}\n"))
    assert len(document.text) == 300_000


def test_a_guessed_encoding_is_told():
    data = "titre,texte\nx,Le ministère dément avoir été averti des essais et il ne dit rien de plus.\n".encode(
        "cp1252"
    )
    (document,) = read(File("a.csv", data))
    assert (document.guessed, document.encoding, document.title) == (True, "cp1252", "x")
    assert document.warnings[0].key == "import.guessed"


def test_excel_escapes_are_undone_and_numbers_read_as_written():
    data = xlsx({1: {"A": "title", "B": "text"}, 2: {"A": "Denial", "B": "We deny._x000D_\nTwice. &#128512;"}})
    (document,) = read(file("a.xlsx", data))
    assert (document.text, document.title) == ("We deny.\nTwice. \U0001f600", "Denial")


def test_dates_and_numbers_of_a_workbook(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("Empty")
        sheet = book.add_worksheet("Full")
        sheet.write_row(0, 0, ["text", "date", "number", "share", "open"])
        sheet.write_row(1, 0, ["We deny all of it."])
        sheet.write_datetime(
            1, 1, __import__("datetime").datetime(2014, 10, 30), book.add_format({"num_format": "yyyy-mm-dd"})
        )
        sheet.write_row(1, 2, [7, 0.5, True])
    data = (tmp_path / "a.xlsx").read_bytes()
    (document,) = read(file("a.xlsx", data))
    assert document.details == {"row": 2, "date": "2014-10-30", "number": "7", "share": "0.5", "open": "TRUE"}
    assert columns(file("a.xlsx", data)).sheets == ("Empty", "Full")
    with pytest.raises(Refused, match=r"has no sheet Other\. It has: Empty, Full\."):
        columns(file("a.xlsx", data), "Other")
    with pytest.raises(Refused, match="holds no text"):
        columns(file("a.xlsx", data), "Empty")


def test_a_cell_as_long_as_excel_allows_may_be_cut():
    whole, cut = "x" * (EXCEL_CELL - 1), "x" * (EXCEL_CELL - 2) + "\U0001f600"[:1]
    data = xlsx({1: {"A": "text"}, 2: {"A": whole}, 3: {"A": whole + "x"}, 4: {"A": cut[:-1] + "\U0001f600"}})
    warnings = [[one.key for one in document.warnings] for document in read(file("a.xlsx", data))]
    assert warnings == [[], ["import.cell_cut"], ["import.cell_cut"]]


def test_a_sheet_that_reaches_to_the_far_corner_is_refused():
    """calamine lays out every cell: this file of 1 kB would end the program."""
    with pytest.raises(Refused, match=r"A sheet of a\.xlsx reaches over 17179869184 cells; at most 5000000 are read"):
        read(file("a.xlsx", xlsx({1: {"A": "text"}, 1_048_576: {"XFD": "far"}})))


def test_tabs_and_breaks_in_a_cell_of_an_open_document_are_kept():
    words = 'We<text:tab/>deny<text:line-break/>it<text:s text:c="2"/>all.</text:p><text:p>Twice.'
    (document,) = read(file("a.ods", ods(row(cell("title"), cell("text")), row(cell("Denial"), cell(words)))))
    assert (document.text, document.title) == ("We\tdeny\nit  all.\nTwice.", "Denial")


def test_repeated_cells_and_rows_of_an_open_document_are_kept_in_bounds():
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    rows = [row(cell("text"), cell("n")), row(cell("same words", 2), repeated=3), row(empty, repeated=1_048_570)]
    assert [one.text for one in read(file("a.ods", ods(*rows)))] == ["same words"] * 3
    with pytest.raises(Refused, match=r"a\.ods reaches over"):
        read(file("a.ods", ods(row(cell("text")), row(cell("bomb", 16_384), repeated=1_048_576))))


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.xlsx", b"no zip"), ("a.xlsx", zipped({"a": "b"})), ("a.ods", zipped({"a": "b"})), ("a.xls", b"<html>")],
)
def test_a_broken_workbook_is_told(name, data):
    with pytest.raises(Damaged, match=f"{name} is damaged"):
        read(file(name, data))


@pytest.mark.parametrize("data", ["title,text\n", "\n\n", ",,\n,,\n"])
def test_a_table_without_a_text_is_refused(data):
    with pytest.raises(Refused, match=r"a\.csv holds no text"):
        read(file("a.csv", data))
