"""What the files say, that they say the same twice, and that names cannot do harm in them."""

import csv
import html.parser
import io
import json
import re

import pytest
from python_calamine import CalamineWorkbook

from annotator.agreement import export, terminal
from annotator.agreement.report import compute
from annotator.agreement.units import study
from annotator.errors import Refused

FIELDS = {"code", "coders", "unit", "measure", "variant", "value", "low", "high", "n", "documents", "reason"}


@pytest.fixture
def result(twelve):
    twelve.code("Praise")
    return compute(study(twelve.project), replicates=50)


@pytest.fixture
def hostile(codings):
    """Names as somebody might write them who does not wish us well."""
    for coder in ("=cmd()", "<b>Ben</b>"):
        codings.coded(coder, 'A "quoted", document', ("<script>alert(1)</script>", 0, 12), ("@SUM(1)", 0, 5))
    return compute(study(codings.project), replicates=0)


def test_json_has_the_fixed_fields_and_null_for_what_is_undefined(result):
    data = json.loads(export.as_json(result))
    assert set(data) == {"schema", "settings", "rows", "prevalence"}
    assert data["schema"] == "annotator-agreement/1"
    assert {frozenset(row) for row in data["rows"]} == {frozenset(FIELDS)}
    praise = next(row for row in data["rows"] if (row["code"], row["measure"]) == ("Praise", "alpha"))
    assert (praise["value"], praise["reason"]) == (None, "no variation: no coder used this code")
    whole = data["rows"][0]
    assert (whole["code"], whole["coders"], whole["reason"]) == (None, ["Ann", "Ben", "Cy"], None)


def test_csv_carries_settings_full_values_and_what_is_printed(result):
    text = export.as_csv(result)
    lines = list(csv.reader(io.StringIO(text)))
    settings = [line for line in lines if line[0].startswith("# ")]
    assert ["# seed", "1"] in settings
    assert ["# coders", "Ann"] in settings
    header, *rows = lines[len(settings) :]
    assert header == [*export.COLUMNS, *export.SHOWN]
    assert len([row for row in rows if row[4] not in ("pair", "mean over pairs")]) == len(result.rows)
    first = dict(zip(header, rows[0], strict=True))
    assert float(first["value"]) == result.rows[0].value
    assert re.fullmatch(r"(1)?\.\d\d", first["shown"])
    assert first["coders"] == "Ann; Ben; Cy"


def test_a_spreadsheet_calculates_nothing_from_names(hostile, tmp_path):
    rows = list(csv.reader(io.StringIO(export.as_csv(hostile))))
    assert not [cell for row in rows for cell in row if cell.startswith(export.FORMULA) and not _is_number(cell)]
    export.write(hostile, tmp_path / "a.xlsx")
    sheet = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_name("Codes").to_python()
    assert {row[0] for row in sheet[1:]} == {"<script>alert(1)</script>", "@SUM(1)"}


def _is_number(cell):
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_xlsx_has_every_row_the_codes_the_pairs_and_the_settings(result, tmp_path):
    export.write(result, tmp_path / "a.xlsx")
    book = CalamineWorkbook.from_path(tmp_path / "a.xlsx")
    assert book.sheet_names == ["Rows", "Codes", "Coder by coder", "Prevalence and bias", "Settings"]
    rows = book.get_sheet_by_name("Rows").to_python()
    assert len(rows) == len(result.rows) + 1
    assert rows[1][5] == pytest.approx(result.rows[0].value)
    matrix = book.get_sheet_by_name("Coder by coder").to_python()
    heading = next(row for row in matrix if str(row[0]).endswith("MASI"))
    assert heading[1:5] == ["Ann", "Ben", "Cy", "all but this coder"]
    assert ["data_hash", result.settings["data_hash"]] in book.get_sheet_by_name("Settings").to_python()


class _Page(html.parser.HTMLParser):
    """Tags, and addresses outside the page."""

    def __init__(self):
        super().__init__()
        self.tags, self.addresses, self.open = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.addresses += [value for name, value in attrs if name in ("src", "href", "data", "action")]
        if tag not in ("meta", "line", "circle"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("which", ["result", "hostile"])
def test_the_page_is_whole_needs_nothing_else_and_escapes_names(which, request):
    text = export.as_html(request.getfixturevalue(which))
    page = _Page()
    page.feed(text.replace("/>", ">"))
    assert page.open == []
    assert "script" not in page.tags
    assert "b" not in page.tags
    assert page.addresses == []
    assert "url(" not in text
    assert "@import" not in text
    assert page.tags.count("svg") >= 3


def test_the_page_says_what_was_left_out_and_why_a_value_is_missing(result):
    text = export.as_html(result)
    assert "left out: assignments in progress" in text
    assert "left out: document coded by one coder only" in text
    assert "n/a: no variation: no coder used this code" in text
    assert result.settings["data_hash"] in text
    assert "undefined" not in text.lower().replace("undefined in", "")


@pytest.mark.parametrize("unit", ["span", "character", "document"])
def test_the_page_of_other_units(twelve, unit):
    assert "All codes" in export.as_html(compute(study(twelve.project), unit=unit, replicates=10))


@pytest.mark.parametrize("format", export.FORMATS)
def test_the_same_data_and_seed_make_the_same_bytes(twelve, tmp_path, format):
    for name in ("a", "b"):
        export.write(compute(study(twelve.project), replicates=50), tmp_path / f"{name}.{format}")
    assert (tmp_path / f"a.{format}").read_bytes() == (tmp_path / f"b.{format}").read_bytes()
    assert sorted(path.name for path in tmp_path.glob("*.part")) == []


def test_an_unknown_format_is_refused(result, tmp_path):
    with pytest.raises(Refused, match=r"pdf.*json, csv, xlsx, html"):
        export.write(result, tmp_path / "a.pdf")
    with pytest.raises(Refused):
        export.write(result, tmp_path / "missing" / "a.csv")


def test_the_table_is_aligned_and_notes_explain_what_is_missing(result):
    text = terminal.table(result)
    assert "Agreement of Ann, Ben and Cy" in text
    assert "11 documents, 55 sentences, 48 spans, 3 codes" in text
    note = re.search(r"\[(\d+)\] no variation: no coder used this code", text)
    assert note
    praise = next(line for line in text.splitlines() if line.startswith("Praise"))
    assert f"n/a [{note[1]}]" in praise
    assert "Left out: 5 assignments in progress; 1 assignment to do; 1 document coded by one coder only." in text
    header, _, *rows = text[text.index("\nCode ") :].strip().split("\n\n")[0].splitlines()
    assert len(rows) == 3
    end = header.index("uses") + len("uses")
    assert [line[end - 2 : end + 2].strip() for line in rows] == ["26", "22", "0"]
    assert all(not line.endswith(" ") for line in text.splitlines())


def test_wide_letters_take_two_columns_in_the_table(codings):
    for coder in ("Ann", "Ben"):
        codings.coded(coder, "A", ("한국어", 0, 12), ("café", 0, 5))
    text = terminal.table(compute(study(codings.project), replicates=0))
    korean, latin = (next(line for line in text.splitlines() if line.startswith(name)) for name in ("한국어", "café"))
    assert len(korean) + 3 == len(latin)


def test_no_resamples_and_two_coders_give_a_table_too(hostile):
    text = terminal.table(hostile)
    assert "no interval: no resamples were asked for" in text
    assert "Nothing was left out." in text
