"""The window of a table of ratings: pasted or opened, by keys alone, and what it says of a wrong table."""

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog

from annotator.agreement import ratings
from annotator.agreement.words import between, number
from annotator.gui.ratings.window import RatingsWindow

Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier
NAMES = "unit\tdocument\tAnn\tBen\tCy\n"
WORDS = NAMES + "".join(
    f"u{n}\td{n // 3}\t{n % 2}\t{n % 2 if n % 5 else 1}\t{'NA' if n % 7 == 0 else n % 3 % 2}\n" for n in range(36)
)


@pytest.fixture
def table(qtbot, theme):
    made = RatingsWindow(theme)
    qtbot.addWidget(made)
    made.choices.replicates.setText("50")
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    yield made
    made.close()


def paste(qtbot, table, words: str) -> None:
    QGuiApplication.clipboard().setText(words)
    qtbot.keyClick(table, Key.Key_V, Control)


def wait(qtbot, table):
    """The result, once it is there."""
    qtbot.waitUntil(lambda: table.result is not None, timeout=10_000)
    return table.result


def shown(table) -> list[list[str]]:
    cells = table.answer.table
    return [[cells.item(n, k).text() for k in range(cells.columnCount())] for n in range(cells.rowCount())]


def test_a_pasted_table_shows_what_the_command_line_computes(table, qtbot, tmp_path):
    paste(qtbot, table, WORDS)
    wait(qtbot, table)
    path = tmp_path / "table.csv"
    path.write_text(WORDS.replace("NA", ""), encoding="utf-8")
    result = ratings.compute(ratings.read(path), replicates=50)
    rows = [row for row in result.rows if len(row.coders) == 3]
    assert [line[1:4] for line in shown(table)] == [
        [number(row.value), between(row.low, row.high), f"{row.n:,}"] for row in rows
    ]
    assert table.answer.value.text() == number(result.headline.row.value)
    assert "12 documents" in table.answer.second.text()
    assert table.choices.missing.entries.ticked_ids() == ["NA"]
    notes = [table.answer.notes.itemAt(n).widget().text() for n in range(table.answer.notes.count())]
    assert "“NA” stands in 6 cells and is read as missing." in notes


def test_by_keys_alone_from_the_start_page_to_a_copied_table(table, qtbot):
    paste(qtbot, table, WORDS)
    wait(qtbot, table)
    table.result = None
    assert table.choices.coders.hasFocus()
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Space):
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert wait(qtbot, table).settings["coders"] == ["Ann", "Ben"]
    assert [line[0] for line in shown(table)][2] == "Cohen’s kappa"
    table.choices.level.setFocus()
    qtbot.keyClick(table.choices.level, Key.Key_Down)
    table.result = None
    assert wait(qtbot, table).settings["level"] == "ordinal"
    qtbot.keyClick(table, Key.Key_C, Control)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["Coefficient", "Value", "95% interval"]
    assert len(lines) == 1 + len(shown(table))
    qtbot.keyClick(table, Key.Key_Escape)
    assert not table.isVisible()


def test_a_pair_can_be_chosen(table, qtbot):
    paste(qtbot, table, WORDS)
    wait(qtbot, table)
    assert table.answer.group.count() == 4
    table.answer.group.setFocus()
    qtbot.keyClick(table.answer.group, Key.Key_Down)
    qtbot.keyClick(table.answer.group, Key.Key_Down)
    assert table.answer.chosen_group() == ("Ann", "Cy")
    row = table.result.find("kappa", "nominal", coders=("Ann", "Cy"))
    assert number(row.value) in [line[1] for line in shown(table)]


def test_what_is_wrong_is_said_where_the_answer_would_be(table, qtbot):
    paste(qtbot, table, "Ann\tBen\n1\t2\n1\t2\t3\n")
    assert table.words.text().startswith("Line 3 of pasted.csv has 3 cells")
    assert not table.save.isEnabled()
    paste(qtbot, table, "")
    assert "no table on the clipboard" in table.words.text()
    paste(qtbot, table, "Ann\tBen\none\ttwo\none\tone\n")
    wait(qtbot, table)
    table.choices.level.choose("ratio")
    table.choices.level.activated.emit(3)
    qtbot.waitUntil(lambda: "column Ann" in table.words.text() or "column Ben" in table.words.text(), timeout=10_000)
    assert "Choose the level nominal" in table.words.text()
    table.choices.replicates.setText("")
    qtbot.waitUntil(lambda: table.words.text().startswith("Resamples: give a whole number"), timeout=10_000)


def test_reasons_stand_where_there_is_no_number(table, qtbot):
    paste(qtbot, table, "Ann\tBen\n1\t1\n1\t1\n1\t1\n")
    wait(qtbot, table)
    assert table.answer.value.text() == "n/a"
    assert "no variation: every value is the same" in table.answer.first.text()
    alpha = next(line for line in shown(table) if "alpha" in line[0])
    assert alpha[1:3] == ["n/a", ""]
    assert "no variation" in alpha[4]


def test_a_file_is_opened_and_results_are_saved(table, qtbot, monkeypatch, tmp_path):
    path = tmp_path / "table.tsv"
    path.write_text(WORDS, encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    qtbot.keyClick(table, Key.Key_O, Control)
    wait(qtbot, table)
    assert table.choices.source.text() == "table.tsv"
    for action, ending in zip(table.save.menu().actions()[1:], ("html", "xlsx", "csv"), strict=True):
        out = tmp_path / "out" / f"agreement.{ending}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, out=out: (str(out), ""))
        action.trigger()
        assert "could not be written" in table.said.text()
        out.parent.mkdir(exist_ok=True)
        action.trigger()
        assert table.said.text() == f"Written: {out}"
        out.parent.rename(tmp_path / ending)
    rows = list(csv.reader((tmp_path / "csv" / "agreement.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert ["# level", "nominal"] in rows
    assert (tmp_path / "xlsx" / "agreement.xlsx").read_bytes().startswith(b"PK")


def test_sheets_of_a_workbook(table, qtbot, tmp_path):
    from xlsxwriter import Workbook

    path = tmp_path / "ratings.xlsx"
    with Workbook(path) as book:
        for name in ("First", "Second"):
            sheet = book.add_worksheet(name)
            for n, row in enumerate((["Ann", name], [1, 1], [2, 2], [1, 2])):
                sheet.write_row(n, 0, row)
    table.read_file(path)
    wait(qtbot, table)
    assert table.choices.sheet_part.isVisible()
    table.result = None
    table.choices.sheet.choose("Second")
    table.choices.sheet.activated.emit(1)
    assert wait(qtbot, table).settings["coders"] == ["Ann", "Second"]


def test_it_opens_without_a_project_and_outlives_one(seat, qtbot, tmp_path):
    window = seat.window
    way = window.start.ways[3]
    qtbot.keyClick(way, Key.Key_Return)
    table = window.desk._table
    assert isinstance(table, RatingsWindow)
    window.desk.ratings()
    assert window.desk._table is table
    assert window.take_down()
    assert table.isVisible()
    table.close()
    assert window.desk._table is None
    window.desk.ratings()
    window.close()
    assert window.desk._table is None


def choose_folder(monkeypatch, folder) -> None:
    monkeypatch.setattr(QFileDialog, "exec", lambda self: True)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda self: [str(folder)])


def test_the_report_of_what_is_chosen_is_written_as_a_folder(table, qtbot, monkeypatch, tmp_path):
    paste(qtbot, table, WORDS)
    wait(qtbot, table)
    choose_folder(monkeypatch, tmp_path / "report")
    table.save.menu().actions()[0].trigger()
    qtbot.waitUntil(lambda: "The report is in" in table.said.text(), timeout=60_000)
    assert not table.stop.isVisible()
    page = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert "50 resamples of whole documents" in page
    assert number(table.result.headline.row.value) in page
    (tmp_path / "report" / "mine.txt").write_text("mine", encoding="utf-8")
    choose_folder(monkeypatch, tmp_path / "report")
    table.save.menu().actions()[0].trigger()
    qtbot.waitUntil(
        lambda: "The report is in" in table.said.text() and "agreement report" in table.said.text(), timeout=60_000
    )


def test_a_report_that_is_stopped_leaves_nothing(table, qtbot, monkeypatch, tmp_path):
    from annotator.agreement.units import stop_if
    from annotator.reporting import paper

    begun = []

    def draw(report, path, cancelled) -> None:
        begun.append(path)
        while True:
            stop_if(cancelled)

    monkeypatch.setattr(paper, "draw", draw)
    paste(qtbot, table, WORDS)
    wait(qtbot, table)
    choose_folder(monkeypatch, tmp_path / "report")
    table.save.menu().actions()[0].trigger()
    qtbot.waitUntil(lambda: bool(begun), timeout=60_000)
    assert table.stop.isVisible()
    qtbot.mouseClick(table.stop, Qt.MouseButton.LeftButton)
    assert table.said.text() == "Stopped. No report was written."
    qtbot.waitUntil(lambda: not begun[0].parent.exists(), timeout=10_000)
    assert not (tmp_path / "report").exists()
