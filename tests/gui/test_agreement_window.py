"""The agreement window over a real project: what it shows is what the report computes, and choices change it."""

import shutil
from copy import copy
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QMenu

from annotator import editing
from annotator.agreement import export, report, units
from annotator.agreement.words import between, number
from annotator.gui.agreement.computing import Key
from annotator.gui.agreement.forest import Columns, Scale
from annotator.gui.agreement.head import made_of
from annotator.gui.agreement.matrix import tint
from annotator.gui.agreement.table import ROW
from annotator.gui.agreement.ticks import Entries, Entry
from annotator.gui.agreement.window import AgreementWindow
from annotator.gui.theme import Theme, contrast
from annotator.model import Change, Edit, new_id
from annotator.project import Project
from tests.agreement.projects import Codings

KEY, CHECK = Qt.Key, Qt.CheckState
TICK = Qt.ItemDataRole.CheckStateRole
ALPHA: Key = ("alpha", "nominal")
PLACES = ((0, 12), (13, 25), (26, 40), (42, 55), (56, 69))  # about a sentence of the text each


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    """Six documents by Ann, Bob and Cy; Cy has one of them in progress, and nobody began the seventh."""
    made = Codings(tmp_path_factory.mktemp("codings"))
    family = made.code("Moves", codable=False)
    for name in ("Denial", "Offer", "Never"):
        made.code(name, parent=family)
    for n in range(6):
        title = f"Statement {n}"
        made.document(title)
        made.coded("Ann", title, *[("Denial", *PLACES[k]) for k in range(n % 4 + 1)], ("Offer", *PLACES[4]))
        made.coded("Bob", title, *[("Denial", *PLACES[k]) for k in range(n % 3 + 1)], ("Offer", *PLACES[3]))
        made.coded("Cy", title, ("Denial", *PLACES[n % 5]), ("Offer", *PLACES[4]), done=n != 5)
    made.document("Not begun")
    made.project.close()
    return made


@pytest.fixture
def codings(made_once, tmp_path):
    """A copy of it, open."""
    made = copy(made_once)
    made.ids = dict(made_once.ids)
    path = shutil.copy(made_once.project.path, tmp_path)
    made.project = Project(path, actor="Sue", device=new_id())
    yield made
    made.project.close()


class Supervisor:
    """Who sits at the window: waits for the numbers, presses keys, reads what is shown."""

    def __init__(self, qtbot, window: AgreementWindow):
        self.qtbot, self.window = qtbot, window

    def wait(self) -> None:
        """Until what is shown belongs to the choices."""
        self.qtbot.waitUntil(lambda: not self.window._is_stale, timeout=10_000)

    def press(self, key, times: int = 1) -> None:
        for _ in range(times):
            self.qtbot.keyClick(QApplication.focusWidget() or self.window, key)

    def shown(self) -> dict[str | None, tuple[str, str]]:
        """Code -> value and interval in the table."""
        return {line.code: (line.value, line.interval) for line in self.window.table.rows.lines}

    def untick(self, entries: Entries, id: str) -> None:
        place = next(n for n in range(entries.rowCount()) if entries.data(entries.index(n), TICK) is not None)
        for n in range(place, entries.rowCount()):
            if entries._entry(entries.index(n)).id == id:
                entries.setData(entries.index(n), CHECK.Unchecked, TICK)


@pytest.fixture
def sue(qtbot, theme, codings):
    window = AgreementWindow(theme, codings.project)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    made = Supervisor(qtbot, window)
    made.wait()
    yield made
    window.close()


def computed(codings, *, unit="sentence", replicates=1000, seed=1, **asked) -> report.Result:
    return report.compute(
        units.study(codings.project, with_attributes=True, **asked), unit=unit, replicates=replicates, seed=seed
    )


def expected(result: report.Result, key: Key = ALPHA, coders=None) -> dict[str | None, tuple[str, str]]:
    rows = {None: result.find(*(("alpha", "masi") if key == ALPHA else key), coders=coders)}
    rows |= {use.code: result.find(*key, code=use.code, coders=coders) for use in result.uses}
    return {
        code: (number(row.value), "" if row.value is None else between(row.low, row.high))
        for code, row in rows.items()
        if row is not None
    }


# What is shown --------------------------------------------------------------------------------------------------------


def test_the_numbers_shown_are_those_of_the_report(sue, codings):
    result = computed(codings)
    assert sue.shown() == expected(result)
    assert next(iter(sue.shown())) is None, "all codes come first"
    head = sue.window.head
    assert head.value.text() == number(result.headline.row.value)
    assert between(result.headline.row.low, result.headline.row.high) in head.interval.text()
    assert head.few.text() == "few documents"
    assert "under .667" in head.first.text() or "by convention" in head.first.text()


@pytest.mark.parametrize("key", [("percent", "nominal"), ("f1", "exact"), ("f1", "overlap")])
def test_another_measure_shows_its_numbers(sue, codings, key):
    sue.window._choose_measure(sue.window.numbers.keys.index(key))
    assert sue.shown() == expected(computed(codings), key)


def test_what_is_undefined_keeps_its_row_with_the_reason(sue):
    never = next(line for line in sue.window.table.rows.lines if line.code == "Never")
    assert sue.window.table.rows.lines[-1] is never, "by value it comes last"
    assert (never.value, never.interval) == ("n/a", "")
    spoken = sue.window.table.rows.data(sue.window.table.rows.index(3), Qt.ItemDataRole.AccessibleTextRole)
    assert "n/a" in spoken
    assert "no coder used this code" in spoken
    sue.window.table.list.setCurrentIndex(sue.window.table.rows.index(3))
    assert "no coder used this code" in sue.window.table.note.text()


def test_what_was_counted_and_left_out_is_told(sue):
    words = [label.text() for label in sue.window.head.grid.findChildren(type(sue.window.head.first))]
    pairs = dict(zip(words[1::2], words[::2], strict=True))
    assert pairs["documents"] == "6"
    assert pairs["left out: assignment in progress"] == "1"
    assert pairs["left out: document coded by nobody"] == "1"


@pytest.mark.parametrize("order", ["value", "codebook", "uses"])
def test_the_order_of_the_codes(sue, order):
    sue.window.order.choose(order)
    lines = sue.window.table.rows.lines[1:]
    if order == "codebook":
        assert [line.code for line in lines] == ["Denial", "Offer", "Never"]
    elif order == "uses":
        assert [line.uses for line in lines] == sorted((line.uses for line in lines), reverse=True)
    else:
        values = [line.row.value for line in lines if line.row.value is not None]
        assert values == sorted(values, reverse=True)


def test_a_dot_stands_where_its_value_lies_on_the_scale(sue):
    table = sue.window.table
    line, scale = table.rows.lines[1], table.scale()
    picture = table.list.viewport().grab().toImage()
    middle = QPoint(round(scale.at(line.row.value)), ROW + ROW // 2)
    assert line.few == "documents"
    assert picture.pixelColor(middle) == sue.window.theme.canvas, "hollow, for there are few documents"
    ring = [picture.pixelColor(middle + QPoint(dx, 0)) for dx in (3, 4)]
    assert any(contrast(colour, sue.window.theme.canvas) > 3 for colour in ring)


@pytest.mark.parametrize("dark", [False, True])
def test_every_column_has_its_place_in_any_window(sue, dark, qapp):
    sue.window.theme.apply(qapp, dark=dark)
    for size in ((960, 560), (1024, 700), (1280, 800), (1680, 1000)):
        sue.window.resize(*size)
        QApplication.processEvents()
        assert sue.window.size().toTuple() == size, "nothing in it asks for more room"
        at = list(sue.window.table.columns().at.values())
        assert all(x + width <= after for (x, width), (after, _) in pairwise(at))
        assert at[-1][0] + at[-1][1] <= sue.window.table.width()
        assert not sue.window.grab().isNull()


# Choices --------------------------------------------------------------------------------------------------------------


def test_a_coder_unticked_by_the_keyboard_is_not_counted(sue, codings):
    sue.window.activateWindow()
    sue.window.choices.coders.setFocus(Qt.FocusReason.TabFocusReason)
    sue.press(KEY.Key_Down, 2)
    sue.press(KEY.Key_Space)
    sue.wait()
    assert sue.window.numbers.coders == ("Ann", "Bob")
    assert sue.shown() == expected(computed(codings, coders=["Ann", "Bob"]))


@pytest.mark.parametrize("unit", ["paragraph", "document", "character"])
def test_another_unit(sue, codings, unit):
    sue.window.choices.unit.choose(unit)
    sue.wait()
    assert sue.shown() == expected(computed(codings, unit=unit))


def test_spans_have_measures_of_their_own(sue, codings):
    sue.window.choices.unit.choose("span")
    sue.wait()
    names = [button.text() for button in sue.window.measures.group.buttons()]
    of_matches = ["F1 exact", "F1 overlap", "Precision exact", "Precision overlap", "Recall exact", "Recall overlap"]
    assert names == ["Unitizing u", *of_matches]
    assert sue.shown() == expected(computed(codings, unit="span"), ("f1", "overlap"))


def test_documents_in_progress_are_counted_when_asked_for(sue, codings):
    sue.window.choices.with_begun.click()
    sue.wait()
    assert sue.shown() == expected(computed(codings, include_in_progress=True))


def test_replicates_and_seed(sue, codings):
    sue.window.choices.replicates.setText("200")
    sue.window.choices.seed.setText("7")
    sue.wait()
    assert sue.shown() == expected(computed(codings, replicates=200, seed=7))


def test_a_document_is_unticked_in_its_sheet_by_keys_alone(sue, codings):
    window = sue.window
    window.activateWindow()
    window.choices.documents.setFocus()
    sue.press(KEY.Key_Space)
    assert window.choices.document_sheet.filter.hasFocus()
    sue.qtbot.keyClicks(QApplication.focusWidget(), "statement 3")
    sue.press(KEY.Key_Down)
    sue.press(KEY.Key_Space)
    sue.press(KEY.Key_Escape)
    assert window.choices.documents.hasFocus()
    assert window.choices.documents.text() == "5 of 6 documents"
    sue.wait()
    titles = [f"Statement {n}" for n in (0, 1, 2, 4, 5)]
    assert sue.shown() == expected(computed(codings, documents=titles))


def test_documents_that_do_not_count_say_why_and_have_no_box(sue, codings):
    entries = {one.words: one for one in sue.window.choices.document_sheet.list.entries.entries}
    assert entries["Not begun"].more == "not handed out"
    assert not entries["Not begun"].counts
    assert entries["Statement 5"].counts
    assert entries["Statement 5"].more == "CY in progress"
    sue.untick(sue.window.choices.coders.entries, codings.ids["coder", "Bob"])
    assert [one.counts for one in sue.window.choices.document_sheet.list.entries.entries][5:] == [False, False]


def test_enter_on_a_document_asks_to_open_it(sue, codings):
    window = sue.window
    window.choices.documents.click()
    rows = window.choices.document_sheet.list
    rows.setCurrentIndex(rows.entries.index(2))
    with sue.qtbot.waitSignal(window.open_wanted) as told:
        sue.qtbot.keyClick(rows, KEY.Key_Return)
    assert told.args == [codings.ids["document", "Statement 2"]]


def test_a_press_beside_a_sheet_closes_it(sue):
    window = sue.window
    window.choices.codes.click()
    assert window.choices.code_sheet.isVisible()
    sue.qtbot.mouseClick(window.pages, Qt.MouseButton.LeftButton, pos=window.pages.rect().bottomRight() - QPoint(4, 4))
    assert not window.choices.code_sheet.isVisible()


def test_codes_are_chosen_singly_or_by_family(sue, codings):
    entries = sue.window.choices.code_sheet.list.entries
    sue.untick(entries, codings.ids["code", "Offer"])
    assert entries.state(0) == CHECK.PartiallyChecked
    sue.wait()
    assert sue.shown() == expected(computed(codings, codes=["Denial", "Never"]))
    entries.setData(entries.index(0), CHECK.Checked, TICK)
    sue.wait()
    assert sue.shown() == expected(computed(codings))


def test_a_round_can_be_left_out(qtbot, theme, codings):
    codings.round("Later")
    for name in ("Ann", "Bob"):
        codings.coded(name, "In a later round", ("Denial", 0, 12), round="Later")
    window = AgreementWindow(theme, codings.project)
    qtbot.addWidget(window)
    window.show()
    sue = Supervisor(qtbot, window)
    sue.wait()
    assert window.choices.rounds.isVisible()
    sue.untick(window.choices.rounds.entries, codings.ids["round", "Later"])
    sue.wait()
    assert sue.shown() == expected(computed(codings, rounds=["Main"]))
    window.close()


def test_choices_made_at_once_are_computed_once(sue):
    results = []
    sue.window.settled.connect(lambda: results.append(sue.window.numbers))
    for unit in ("paragraph", "document", "character"):
        sue.window.choices.unit.choose(unit)
    sue.wait()
    assert len(results) == 1
    assert results[0].result.settings["unit"] == "character"


# What cannot be asked for ---------------------------------------------------------------------------------------------


def test_one_coder_is_too_few_and_nothing_can_be_exported(sue, codings):
    for name in ("Ann", "Bob"):
        sue.untick(sue.window.choices.coders.entries, codings.ids["coder", name])
    sue.wait()
    assert sue.window.pages.currentIndex() == 0
    assert sue.window.problem.text() == "Choose at least two coders to compare."
    assert not sue.window.foot.export.isEnabled()


def test_no_document_and_a_wrong_seed_are_told(sue):
    sue.window.choices.document_sheet.list.entries.tick_shown(False)
    sue.wait()
    assert sue.window.problem.text() == "Tick a document at least."
    sue.window.choices.seed.setText("")
    sue.wait()
    assert "Seed" in sue.window.problem.text()
    sue.window.choices.seed.setText("1")
    sue.window.choices.document_sheet.list.entries.tick_shown(True)
    sue.wait()
    assert sue.window.pages.currentIndex() == 1


def test_a_coder_in_a_blind_round_reads_why_not(qtbot, theme, team):
    window = AgreementWindow(theme, team.sit_down("Ada"))
    qtbot.addWidget(window)
    window.show()
    Supervisor(qtbot, window).wait()
    assert window.problem.text() == "Only a supervisor lays coders side by side while a round is blind."
    window.close()


# Coder by coder -------------------------------------------------------------------------------------------------------


def test_the_matrix_has_every_pair(sue, codings):
    result, grid = computed(codings), sue.window.matrix.grid
    matrix = result.matrix("alpha", "masi")
    assert grid.names == matrix.coders
    assert grid.pairs == {(g, h): matrix.rows[g][h] for h in range(3) for g in range(h)}
    told = grid.told((0, 2))
    row = matrix.rows[0][2]
    assert row is not None
    assert told.startswith(f"Ann and Cy: {number(row.value)}")


def test_a_pair_chosen_by_keys_shows_its_codes(sue, codings):
    grid = sue.window.matrix.grid
    for key in (KEY.Key_Down, KEY.Key_Right, KEY.Key_Space):
        sue.qtbot.keyClick(grid, key)
    assert grid.pair == (1, 2)
    assert sue.shown() == expected(computed(codings), coders=["Bob", "Cy"])
    sue.qtbot.keyClick(grid, KEY.Key_Escape)
    assert sue.shown() == expected(computed(codings))


def test_a_click_chooses_a_pair_and_a_second_gives_it_up(sue):
    grid = sue.window.matrix.grid
    for pair in ((0, 1), None):
        sue.qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=QPoint(grid.cell // 2, 50))
        assert grid.pair == pair


def test_kappa_is_of_a_pair(sue, codings):
    sue.window._choose_measure(sue.window.numbers.keys.index(("kappa", "nominal")))
    assert sue.window.matrix.grid.pair == (0, 1)
    assert sue.shown() == expected(computed(codings), ("kappa", "nominal"), coders=["Ann", "Bob"])


def test_four_coders_have_a_number_without_each(qtbot, theme, codings):
    for n in range(6):
        codings.coded("Di", f"Statement {n}", ("Denial", *PLACES[0]))
    window = AgreementWindow(theme, codings.project)
    qtbot.addWidget(window)
    window.show()
    Supervisor(qtbot, window).wait()
    words = [label.text() for label in window.matrix.people.findChildren(type(window.head.first))]
    without = computed(codings).matrix("alpha", "masi").without
    assert without[3] is not None
    assert words[-1] == number(without[3].value)
    assert "1.0" in words
    window.close()


def test_a_pair_without_a_number_says_why_with_links(sue, codings):
    """Di and Ed never coded a document together, Di coded two with Ann: too few for an interval."""
    for n in range(2):
        codings.coded("Di", f"Statement {n}", ("Denial", *PLACES[0]))
    codings.coded("Ed", "Statement 2", ("Denial", *PLACES[0]))
    codings.coded("Ed", "Statement 3", ("Denial", *PLACES[0]))
    window = AgreementWindow(sue.window.theme, codings.project)
    sue.qtbot.addWidget(window)
    window.show()
    Supervisor(sue.qtbot, window).wait()
    matrix, ids = window.matrix, codings.ids
    di, ed = matrix.grid.names.index("Di"), matrix.grid.names.index("Ed")
    opened = []
    window.open_wanted.connect(opened.append)
    assert matrix.why.isVisible(), "the first pair that lacks something is told of unasked"
    assert matrix.why.text().startswith("Ann and Di: ")
    assert "no interval: fewer than 5 documents" in matrix.why.text()
    matrix.grid.at = (min(di, ed), max(di, ed) - 1)
    sue.qtbot.keyClick(matrix.grid, KEY.Key_Down)
    assert matrix.why.text().startswith("Di and Ed: n/a, no document was coded by both.")
    for n in range(4):
        assert f'href="{ids["document", f"Statement {n}"]}"' in matrix.why.text(), "what one of them coded"
    matrix.why.linkActivated.emit(ids["document", "Statement 1"])
    assert opened == [ids["document", "Statement 1"]]
    window.close()


def test_pairs_that_all_have_intervals_say_nothing(sue):
    assert sue.window.matrix.grid.unexplained() is None
    assert not sue.window.matrix.why.isVisible()


def test_all_without_one_coder_links_to_why_it_has_no_number(qtbot, theme, tmp_path):
    """Di, Ed and Flo share documents with Ann only: all without her have nothing to compare."""
    made = Codings(tmp_path)
    for name in ("Di", "Ed", "Flo"):
        for coder in ("Ann", name):
            made.coded(coder, f"With {name}", ("Denial", *PLACES[0]))
    window = AgreementWindow(theme, made.project)
    qtbot.addWidget(window)
    window.show()
    Supervisor(qtbot, window).wait()
    links = [one for one in window.matrix.people.findChildren(QLabel) if "href" in one.text()]
    assert len(links) == 1
    assert links[0].focusPolicy() == Qt.FocusPolicy.StrongFocus
    links[0].linkActivated.emit("why")
    assert window.matrix.why.text().startswith("Di, Ed, Flo: n/a, no document was coded by both")
    assert "With Ed</a>" in window.matrix.why.text()
    window.close()
    made.project.close()


def test_where_or_what_says_why_with_the_documents_in_which_codes_overlap(qtbot, theme, codings):
    codings.coded("Di", "Statement 3", ("Denial", 0, 30), ("Offer", 20, 40))
    window = AgreementWindow(theme, codings.project)
    qtbot.addWidget(window)
    window.show()
    Supervisor(qtbot, window).wait()
    first, *rest = (why for why in window.family.whys if why.isVisible())
    assert first.text().startswith("u, cu: codes overlap")
    links = [id for id in codings.ids.values() if f'href="{id}"' in first.text()]
    assert links == [codings.ids["document", "Statement 3"], codings.ids["document", "Statement 4"]]
    opened = []
    window.open_wanted.connect(opened.append)
    first.linkActivated.emit(links[0])
    assert opened == links[:1]
    assert all("|u" in why.text() for why in rest)
    window.close()


def test_words_on_the_darkest_tint_can_be_read():
    for dark in (False, True):
        theme = Theme(dark)
        assert contrast(theme.text, tint(theme, 1.0)) >= 4.5
        assert tint(theme, -0.3) == tint(theme, 0.0) == QColor(theme.canvas)


# Live -----------------------------------------------------------------------------------------------------------------


def test_a_document_done_meanwhile_is_counted(sue, codings):
    place = {"document": codings.ids["document", "Statement 5"], "round": codings.ids["round", "Main"]}
    change = editing.mark_done(codings.project, coder=codings.ids["coder", "Cy"], **place)
    codings.project.apply(change)
    before = sue.window.numbers
    sue.window.project_changed(change)
    sue.wait()
    assert sue.window.numbers is not before
    assert sue.shown() == expected(computed(codings))
    entry = sue.window.choices.document_sheet.list.entries.entries[5]
    assert entry.more == ""


def test_what_changes_nothing_that_counts_computes_nothing_anew(sue, codings):
    document = codings.project.noun("document", codings.ids["document", "Not begun"])
    change = Change("change document", (Edit(document, type(document)(document.id, "Begun soon", document.text)),))
    codings.project.apply(change)
    before = sue.window.numbers
    sue.window.project_changed(change)
    assert sue.window._is_stale
    sue.wait()
    assert sue.window.numbers is before
    assert sue.window.choices.document_sheet.list.entries.entries[6].words == "Begun soon"


def test_a_hidden_window_computes_when_it_is_shown_again(sue, codings):
    sue.window.hide()
    sue.window.choices.unit.choose("document")
    sue.window.refresh()
    assert sue.window._is_stale
    sue.window.show()
    sue.wait()
    assert sue.shown() == expected(computed(codings, unit="document"))


def test_long_work_is_told_and_can_be_stopped_and_taken_up_again(sue, codings):
    foot, before = sue.window.foot, sue.shown()
    with sue.window.reader._lock:  # as when another is still reading
        sue.window.choices.unit.choose("document")
        sue.qtbot.waitUntil(foot.stop.isVisible)
        assert not foot.export.isEnabled()
        sue.qtbot.mouseClick(foot.stop, Qt.MouseButton.LeftButton)
    assert "earlier choices" in foot.words.text()
    assert not foot.export.isEnabled()
    assert sue.shown() == before
    sue.qtbot.mouseClick(foot.again, Qt.MouseButton.LeftButton)
    sue.wait()
    assert sue.shown() == expected(computed(codings, unit="document"))
    assert foot.export.isEnabled()


def test_closing_gives_up_the_work_and_waits_for_who_reads(sue, codings):
    sue.window.choices.unit.choose("document")
    sue.window.refresh()
    with sue.qtbot.waitSignal(sue.window.closed):
        sue.qtbot.keyClick(sue.window, KEY.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert sue.window.reader._closed
    assert sue.window.reader.offer(lambda *said: None, lambda: False) is None


# Out of the window ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", export.FORMATS)
def test_a_file_is_what_the_exporter_writes(sue, codings, tmp_path, format):
    ours, theirs = tmp_path / f"ours.{format}", tmp_path / f"theirs.{format}"
    sue.window.write(sue.window.numbers, ours, format)
    sue.qtbot.waitUntil(lambda: "Written" in sue.window.foot.words.text())
    export.write(computed(codings), theirs)
    assert ours.read_bytes() == theirs.read_bytes()


def test_the_menu_asks_for_a_file_and_adds_the_ending(sue, tmp_path):
    def answer():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.findChildren(QLineEdit)[0].setText(str(tmp_path / "numbers"))
        dialog.accept()

    QTimer.singleShot(300, answer)
    menu = sue.window.foot.export.menu()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if "JSON" in action.text()).trigger()
    sue.qtbot.waitUntil(lambda: "Written" in sue.window.foot.words.text())
    assert (tmp_path / "numbers.json").exists()


def test_a_folder_that_is_not_there_is_told(sue, tmp_path):
    sue.window.write(sue.window.numbers, tmp_path / "nowhere" / "a.csv", "csv")
    sue.qtbot.waitUntil(lambda: "a.csv" in sue.window.foot.words.text())
    assert sue.window.foot.words.property("tone") == "danger"


def test_the_table_is_copied_as_it_is_shown(sue):
    sue.qtbot.mouseClick(sue.window.foot.copy, Qt.MouseButton.LeftButton)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert lines[0][0] == "Code"
    assert lines[0][-1] == "Note"
    assert {len(line) for line in lines} == {len(lines[0])}
    value = lines[0].index("Alpha of the code against the rest")
    assert [line[value] for line in lines[1:]] == [value for value, _ in sue.shown().values()]
    assert lines[-1][-1] == "no variation: no coder used this code"


def test_a_copy_asked_for_at_once_waits_for_the_numbers_of_the_choice(sue, codings):
    sue.window.choices.unit.choose("document")
    sue.qtbot.mouseClick(sue.window.foot.copy, Qt.MouseButton.LeftButton)
    sue.wait()
    value = expected(computed(codings, unit="document"))["Denial"][0]
    line = next(line for line in QGuiApplication.clipboard().text().splitlines() if line.startswith("Denial"))
    assert value in line.split("\t")


# Parts ----------------------------------------------------------------------------------------------------------------


def test_a_filter_keeps_what_is_above_and_below_a_match(qapp):
    entries = Entries(qapp)
    tree = (("f", "Moves", 0), ("a", "Denial", 1), ("b", "Offer", 1), ("g", "Frames", 0), ("c", "Label", 1))
    entries.put([Entry(id, words, depth=depth) for id, words, depth in tree])
    entries.show_only("deni")
    assert [entries.data(entries.index(n)) for n in range(entries.rowCount())] == ["Moves", "Denial"]
    entries.tick_shown(False)
    assert entries.ticked_ids() == ["b", "g", "c"]
    entries.show_only("frames")
    assert [entries.data(entries.index(n)) for n in range(entries.rowCount())] == ["Frames", "Label"]


def test_columns_give_way_where_a_window_is_narrow():
    needed = {"code": 140, "uses": 0, "n": 0}
    wide, narrow = (Columns(width, needed=needed).at for width in (1100, 520))
    assert {"share", "percent", "bars"} <= set(wide)
    assert set(narrow) == {"code", "uses", "scale", "value", "interval"}
    middle = Columns(720, needed=needed).at
    assert {"share", "bars"} <= set(middle), "what disagreement is made of stays longest"
    assert not {"percent", "units", "n", "documents"} & set(middle)


def test_the_scale_reaches_below_nought_and_always_has_its_ends():
    scale = Scale(-0.3, 0, 260)
    assert scale.at(-0.3) == 0
    assert scale.at(1) == 260
    assert [words for _, words in scale.ticks()] == ["\N{MINUS SIGN}.2", "0", ".2", ".4", ".6", ".8", "1"]
    assert [words for _, words in Scale(0, 0, 60).ticks()] == ["0", ".4", ".8", "1"]


def test_what_a_disagreement_is_made_of():
    kinds = {"missed": 3, "boundary": 3, "label": 2, "attribute": 0, "match": 1_200}
    assert made_of(kinds) == (
        "Of 1,208 places that somebody coded, all agree on 1,200. "
        "Of the others, 75% differ in where (missed, or bounded otherwise) and 25% in what (other codes)."
    )
    assert made_of({**kinds, "missed": 0, "boundary": 0, "label": 0}).startswith("All 1,200 places")
    assert made_of(dict.fromkeys(kinds, 0)) == ""


def test_the_colours_follow_the_theme(sue, qapp):
    before = sue.window.grab().toImage().pixelColor(400, 5)
    sue.window.theme.apply(qapp, dark=True)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    after = sue.window.grab().toImage().pixelColor(400, 5)
    assert before != after == sue.window.theme.canvas
