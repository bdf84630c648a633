"""The tabs of the agreement window: figures on the screen, the places below them, and the ways out."""

import shutil
from copy import copy
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QLabel

from annotator.agreement.figures import export
from annotator.agreement.prevalence import lines
from annotator.agreement.words import number, within
from annotator.gui.agreement import taking_out
from annotator.gui.agreement.figure_words import ALL, say
from annotator.gui.agreement.places import Only
from annotator.gui.agreement.tabs import ATTRIBUTES, CODES, CONFUSION, EVERY, MADE_OF, TIME, Tabs
from annotator.gui.agreement.window import AgreementWindow
from annotator.model import new_id
from annotator.project import Project
from tests.agreement.projects import Codings

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
PLACES = ((0, 12), (13, 25), (26, 40), (42, 55), (56, 69))  # about a sentence of the text each
TABS = range(6)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    """Twelve documents by three coders, each with an answer of their own now and then; Rare is too rare to be judged."""
    made = Codings(tmp_path_factory.mktemp("codings"))
    for name in ("Denial", "Offer", "Rare", "Never"):
        made.code(name)
    for n in range(12):
        title = f"Statement {n:02}"
        first, other = PLACES[n % 3], PLACES[3]
        rare = [("Rare", *PLACES[4])] if n == 7 else []
        made.coded("Ann", title, ("Denial", *first), ("Offer", *other), *rare)
        made.coded("Bob", title, ("Denial" if n % 2 else "Offer", *first), ("Offer", *other), *rare)
        made.coded("Cy", title, ("Denial", *first), *([("Offer", *other)] if n % 3 else []))
    made.project.close()
    return made


@pytest.fixture
def codings(made_once, tmp_path):
    made = copy(made_once)
    made.ids = dict(made_once.ids)
    made.project = Project(shutil.copy(made_once.project.path, tmp_path), actor="Sue", device=new_id())
    yield made
    made.project.close()


@pytest.fixture
def window(qtbot, theme, codings):
    made = AgreementWindow(theme, codings.project)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: not made._is_stale, timeout=15_000)
    yield made
    made.close()


@pytest.fixture
def tabs(window) -> Tabs:
    return window.tabs


def shown(tabs: Tabs) -> list[tuple[str, ...]]:
    model = tabs.places.model
    return [
        tuple(str(model.data(model.index(r, c))) for c in range(model.columnCount())) for r in range(model.rowCount())
    ]


def turn(qtbot, tabs: Tabs, tab: int) -> None:
    tabs.bar.setCurrentIndex(tab)
    figure = {CONFUSION: tabs.confusion.figure, TIME: tabs.time.figure}.get(tab)
    if figure:
        qtbot.waitUntil(lambda: bool(figure.areas))


def click(qtbot, figure, place) -> None:
    left, top, right, bottom = figure.areas[place]
    qtbot.mouseClick(figure, LEFT, pos=QPoint(round((left + right) / 2), round((top + bottom) / 2)))


# Places -----------------------------------------------------------------------------------------------------------------


def test_the_worst_places_stand_below_with_a_column_a_coder(tabs):
    rows = shown(tabs)
    assert [tabs.places.model.headerData(n, Qt.Orientation.Horizontal) for n in range(6)][2:5] == tabs.shorts
    assert rows[0][-1] in ("2 of 3", "3 of 3")
    assert [row[-1] for row in rows] == sorted((row[-1] for row in rows), reverse=True), "the worst come first"
    assert "no code" in {cell for row in rows for cell in row}
    assert tabs.places.count.text() == f"5 of {len(rows)}"


def test_all_places_take_the_page_and_give_it_back(qtbot, tabs):
    assert tabs.stack.isVisible()
    tabs.places.every.click()
    assert not tabs.stack.isVisible()
    assert tabs.places.count.text().startswith(str(len(shown(tabs))))
    tabs.places.every.click()
    assert tabs.stack.isVisible()


def test_a_code_filters_the_places_and_gives_them_free_again(qtbot, window, tabs):
    every = len(shown(tabs))
    table = window.table
    row = next(n for n, line in enumerate(table.rows.lines) if line.code == "Offer")
    index = table.rows.index(row)
    qtbot.mouseClick(table.list.viewport(), LEFT, pos=table.list.visualRect(index).center())
    assert tabs.only == Only(code=1)
    assert tabs.places.of.text() == "Offer"
    assert 0 < len(shown(tabs)) <= every
    assert all("Offer" in " ".join(row) for row in shown(tabs))
    tabs.places.free.click()
    assert len(shown(tabs)) == every
    table.list.setFocus()
    table.list.setCurrentIndex(index)
    qtbot.keyClick(table.list, KEY.Key_Return)
    assert tabs.only == Only(code=1), "Enter does what a click does"


def test_a_pair_filters_the_places_and_is_shown_in_the_confusion(qtbot, window, tabs):
    window.matrix.chosen.emit(("Bob", "Cy"))
    assert tabs.only == Only(coders=(1, 2))
    turn(qtbot, tabs, CONFUSION)
    tabs.places.free.click()
    assert window.pair is None, "the table shows all coders again"


def test_a_cell_of_the_confusion_filters_the_places(qtbot, tabs):
    turn(qtbot, tabs, CONFUSION)
    figure = tabs.confusion.figure
    click(qtbot, figure, (0, 1))
    assert tabs.only == Only(coders=(0, 1), cell=(0, 1))
    assert tabs.places.of.text() == f"{tabs.shorts[0]} Denial, {tabs.shorts[1]} Offer"
    assert all(row[2].startswith("Denial") and row[3].startswith("Offer") for row in shown(tabs))
    assert len(shown(tabs)) == 6
    qtbot.waitUntil(lambda: bool(figure.areas))
    click(qtbot, figure, (0, 1))
    assert tabs.only == Only(), "a second click gives it up"


def test_a_document_of_the_chart_filters_the_places(qtbot, tabs):
    turn(qtbot, tabs, TIME)
    click(qtbot, tabs.time.figure, 4)
    title = tabs.places.of.text()
    assert title == tabs.numbers.study.documents[tabs.only.document]
    assert title in tabs.time.figure.picture.tips[4]
    assert all(row[0].startswith(title) for row in shown(tabs))


def test_enter_on_a_place_asks_to_open_the_text_there(qtbot, window, tabs):
    table = tabs.places.table
    table.setFocus()
    table.setCurrentIndex(tabs.places.model.index(0, 0))
    with qtbot.waitSignal(window.place_wanted) as wanted:
        qtbot.keyClick(table, KEY.Key_Return)
    place = tabs.places.model.found[0]
    assert wanted.args == [tabs.numbers.study.document_ids[place.document], place.start, place.end]


def test_a_place_opens_the_text_in_the_main_window(qtbot, window, codings):
    from annotator import settings
    from annotator.gui.comparing import agreement_window
    from annotator.gui.main_window import MainWindow
    from annotator.gui.places import Places

    codings.project.close()
    seat = MainWindow(window.theme, settings.load(), Places())
    qtbot.addWidget(seat)
    seat.show()
    seat.open_path(codings.project.path, "Sue")
    work = seat.work
    assert work is not None
    made = agreement_window(seat, work)
    qtbot.addWidget(made)
    document = codings.ids["document", "Statement 03"]
    made.place_wanted.emit(document, 26, 40)
    assert work.coding.document is not None
    assert work.coding.document.id == document
    assert work.text.caret() == 26
    made.close()
    seat.close()


# Figures ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_is_there_by_the_keys(qtbot, tabs, tab):
    tabs.bar.setFocus()
    qtbot.keyClick(tabs.bar, KEY.Key_Home)
    for _ in range(tab):
        qtbot.keyClick(tabs.bar, KEY.Key_Right)
    assert tabs.bar.currentIndex() == tab
    assert tabs.stack.currentIndex() == tab
    assert tabs.places.isVisible() == (tab in (CODES, CONFUSION, MADE_OF, TIME))


def test_arrows_walk_a_figure_and_enter_chooses(qtbot, tabs):
    turn(qtbot, tabs, CONFUSION)
    figure = tabs.confusion.figure
    figure.setFocus()
    first = figure.at
    qtbot.keyClick(figure, KEY.Key_Right)
    assert figure.at != first
    assert figure.at[0] == first[0], "along the row"
    qtbot.keyClick(figure, KEY.Key_Down)
    qtbot.keyClick(figure, KEY.Key_Up)
    assert figure.accessibleDescription() == figure.picture.tips[figure.at]
    qtbot.keyClick(figure, KEY.Key_Return)
    assert tabs.only.coders == (0, 1)


@pytest.mark.parametrize("tab", [CODES, CONFUSION, TIME])
def test_a_figure_has_a_name_and_is_told_in_words(qtbot, window, tabs, tab):
    turn(qtbot, tabs, tab)
    figure = {CODES: window.family.figure, CONFUSION: tabs.confusion.figure, TIME: tabs.time.figure}[tab]
    assert figure.accessibleName() == figure.picture.name
    assert figure.accessibleDescription() == "\n".join(figure.picture.told)
    assert len(figure.picture.told) >= 2


def test_a_figure_is_drawn_for_its_size_its_pixels_and_the_theme(qtbot, qapp, window):
    figure = window.family.figure
    qtbot.waitUntil(lambda: figure._image is not None)
    assert figure._image.width() == round(figure.width() * figure.devicePixelRatioF())
    before = figure._image.pixelColor(1, 1)
    assert before == window.theme.canvas
    window.theme.apply(qapp, dark=True)
    figure.repaint()
    qtbot.waitUntil(lambda: figure._image.pixelColor(1, 1) == window.theme.canvas)
    assert before != window.theme.canvas
    window.resize(1100, 760)
    figure.repaint()
    qtbot.waitUntil(lambda: figure._image.width() == round(figure.width() * figure.devicePixelRatioF()))


@pytest.mark.parametrize("format", export.FORMATS)
def test_figures_are_saved_on_white_whatever_the_theme(qtbot, qapp, window, tmp_path, format):
    saved = []
    for dark in (False, True):
        window.theme.apply(qapp, dark=dark)
        for n, picture in enumerate(window._pictures()):
            path = tmp_path / f"{n}.{dark}.{format}"
            window.save_figure(picture, path)
            saved.append(path.read_bytes())
    half = len(saved) // 2
    assert half == 7
    assert saved[:half] == saved[half:]
    if format == "png":
        assert QImage.fromData(saved[0]).pixelColor(0, 0).name() == "#ffffff"
        assert QImage.fromData(saved[0]).width() == 2 * export.WIDE


def test_the_menu_of_a_figure_saves_copies_and_tells_it(qtbot, window, tmp_path, monkeypatch):
    picture = window.family.figure.picture
    kept = []
    menu = taking_out.figure_menu(window, picture, kept.append)
    save, image, words = menu.actions()
    save.trigger()
    assert kept == [picture]
    image.trigger()
    assert QGuiApplication.clipboard().image().width() == 2 * export.WIDE
    words.trigger()
    assert QGuiApplication.clipboard().text() == "\n".join(picture.told)
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: 1)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda dialog: [str(tmp_path / "figure.svg")])
    window.save_figure(picture)
    assert (tmp_path / "figure.svg").read_bytes().startswith(b"<?xml")
    assert "Written" in window.foot.words.text()
    window.save_figure(picture, tmp_path / "figure.bmp")
    assert "bmp" in window.foot.words.text()


def test_every_figure_is_in_the_menu_of_exports(window):
    window.foot.figures.aboutToShow.emit()
    names = [action.text() for action in window.foot.figures.actions()]
    assert names == [f"{picture.name} …" for picture in window._pictures()]
    assert "Over time …" in names


def test_the_confusion_follows_the_coders_chosen(qtbot, tabs):
    turn(qtbot, tabs, CONFUSION)
    page = tabs.confusion
    page.two.setCurrentIndex(2)
    page.two.activated.emit(2)
    assert page.pair == (0, 2)
    assert page.figure.picture.file.endswith(tabs.shorts[2])
    page.one.setCurrentIndex(2)
    page.one.activated.emit(2)
    assert page.pair[0] != page.pair[1], "nobody is set against themselves"


def test_a_new_figure_word_is_there_for_a_translator():
    import ast
    from pathlib import Path

    import annotator.agreement.figures as package

    for path in Path(package.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if isinstance(node, ast.Call) and name == "say" and isinstance(node.args[0], ast.Constant):
                assert node.args[0].value in ALL, (path.name, node.args[0].value)
    assert say("no code") == "no code"


# What is told -----------------------------------------------------------------------------------------------------------


def test_too_few_uses_have_counts_a_reason_and_links_to_the_documents(qtbot, window):
    table = window.table
    row, line = next((n, line) for n, line in enumerate(table.rows.lines) if line.code == "Rare")
    assert line.value == "n/a"
    assert line.interval == ""
    assert line.reason == "2 uses in 1 document; 10 uses are needed"
    table.list.setCurrentIndex(table.rows.index(row))
    assert "10 uses are needed" in table.note.text()
    assert "Statement 07" in table.note.text()
    with qtbot.waitSignal(window.open_wanted) as wanted:
        table.note.linkActivated.emit(window._documents_of(line)[0][0])
    assert wanted.args == [window._documents_of(line)[0][0]]


def test_every_empty_cell_says_why_and_links_to_its_documents(qtbot, window, tabs):
    """Of every table: of a code nobody used those that are compared."""
    tabs.bar.setCurrentIndex(EVERY)
    every = tabs.every
    for kind, told in ((0, every.told), (1, every.beside.told)):
        every.kinds.choose(kind)
        every._turn(kind)
        empty = [
            (cell, table.index(row, n))
            for table in [told.table.proxy]
            for row in range(table.rowCount())
            for n in range(table.columnCount())
            if (cell := told.table.cell(table.index(row, n))) is not None and cell.words == "n/a"
        ]
        assert empty
        for cell, index in empty:
            assert cell.why, index.data()
            assert cell.concerned is not None
            assert cell.concerned()
        told.table.setCurrentIndex(empty[-1][1])
        assert told.why.isVisible()
        assert "<a href" in told.why.text()
        with qtbot.waitSignal(window.open_wanted):
            told.why.linkActivated.emit(empty[-1][0].concerned()[0][0])


def test_disagreement_is_shown_by_code_and_by_pair_and_a_bar_can_be_chosen(window, tabs):
    tabs.bar.setCurrentIndex(MADE_OF)
    page, counts = tabs.made_of, window.numbers.result.makeup
    names = [words.partition(":")[0] for words in page.codes.picture.told]
    assert names[0] == "All codes"
    assert {*names[1:]} == {code for code in window.numbers.study.codes if counts.of(code).total}
    assert len(page.pairs.picture.told) == 3
    page._choose_code(1)
    code = window.numbers.study.codes[page.code]
    assert code == names[1]
    assert tabs.only == Only(code=page.code)
    assert code in page.of_pairs.text()
    page._choose_pair(0)
    assert tabs.only == Only(coders=page.pair)
    assert page.of_codes.text() != "By code, all pairs"
    tabs.places.free.click()
    assert (page.code, page.pair) == (None, None)


def test_the_table_in_sight_is_copied_with_its_intervals(qtbot, window, tabs):
    tabs.bar.setCurrentIndex(EVERY)
    qtbot.mouseClick(tabs.every.kinds.group.button(1), LEFT)
    qtbot.mouseClick(window.foot.copy, LEFT)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    one = tabs.numbers.result.prevalence[0]
    assert lines[0][:4] == ["Code", "Coders", "Alpha", "95% interval"]
    place = lines[0].index("Kappa")
    assert lines[1][place : place + 2] == [number(one.kappa), within(one.ends["kappa"])]
    assert len(lines) == 1 + tabs.every.beside.table.proxy.rowCount()
    tabs.bar.setCurrentIndex(0)
    qtbot.mouseClick(window.foot.copy, LEFT)
    assert QGuiApplication.clipboard().text().startswith("Code\tUses")


def test_the_make_up_of_disagreement_stands_in_the_table(window):
    denial = next(line for line in window.table.rows.lines if line.code == "Denial")
    counts = window.numbers.result.makeup.of("Denial").counts
    assert denial.made.total == sum(counts.values())
    assert denial.apart_words == f"{100 * (1 - counts['match'] / sum(counts.values())):.0f}%"
    assert "bars" in window.table.columns().at
    spoken = window.table.rows.data(window.table.rows.index(1), Qt.ItemDataRole.AccessibleTextRole)
    assert "comparisons" in spoken


def test_what_was_counted_is_told_with_and_without_uncoded_text(window):
    words = [label.text() for label in window.head.grid.findChildren(QLabel)]
    told = dict(zip(words[1::2], words[::2], strict=True))
    counts = window.numbers.result.settings["counts"]
    assert told[f"sentences, {counts['with_codes']} with a code"] == f"{counts['units']}"
    assert told[f"of {counts['characters']:,} characters coded"] == f"{100 * counts['marked']:.0f}%"


def test_cautions_lead_to_every_number(qtbot, window, tabs):
    assert "careful" in window.head.cautions.text()
    window.head.cautions.click()
    assert tabs.bar.currentIndex() == EVERY
    assert "Rare" in tabs.every.cautions.text()
    rows = window.numbers.result.rows
    assert tabs.every.table.cells.rowCount() == len({*rows, *window.numbers.family.rows})
    tabs.every.filter.setText("cu:")
    assert tabs.every.table.proxy.rowCount() == 1
    assert "of" in tabs.every.counted.text()


def test_prevalence_and_bias_stand_beside_kappa_and_alpha_of_each_code(qtbot, window, tabs):
    tabs.bar.setCurrentIndex(EVERY)
    every = tabs.every
    assert every.table.isVisible()
    assert not every.beside.isVisible()
    qtbot.mouseClick(every.kinds.group.button(1), LEFT)
    assert every.beside.isVisible()
    assert not every.table.isVisible()
    table, found = every.beside.table, window.numbers.result.prevalence
    heads = [
        "Code",
        "Coders",
        "Alpha",
        "Percent",
        "Kappa",
        "Prevalence",
        "Bias",
        "PABAK",
        "AC1",
        "Positive",
        "Negative",
        "Note",
    ]
    assert table.cells.heads == heads
    assert table.proxy.rowCount() == len(found) == 4 * 4
    row = [table.proxy.index(0, n).data() for n in range(len(heads))]
    one = found[0]
    alpha = window.numbers.row(("alpha", "nominal"), one.code, window.numbers.coders)
    assert row[:3] == [one.code, "mean over pairs", number(alpha.value)]
    assert row[3:] == [*(number(value) for value in next(lines([one]))[1]), ""]
    assert "its size" in every.beside.words.text()
    every.filter.setText("Never")
    assert table.proxy.rowCount() == 4
    assert every.counted.text() == "4 of 16 rows"


def test_the_paradox_of_kappa_is_said_in_a_sentence_and_counted(window, tabs):
    head = window.head
    found = replace(tabs.numbers.result.prevalence[0], percent=0.96, ac1=0.95, kappa=0.3, prevalence=-0.9)
    result = replace(tabs.numbers.result, prevalence=(found,))
    tabs.every.show_numbers(replace(tabs.numbers, result=result))
    assert f"(the kappa paradox): {found.code};" in tabs.every.cautions.text()
    assert [row[-1][0] for row in tabs.every.beside.table.cells.cells] == ["kappa paradox"]
    head.show_result(result)
    assert head.cautions.text().startswith(str(len(result.settings["advice"]["warnings"]) + 1))
    tabs.every.show_numbers(replace(tabs.numbers, result=replace(result, prevalence=())))
    assert "kappa paradox" not in tabs.every.cautions.text()
    assert "no units" in tabs.every.beside.words.text()


def test_numbers_are_sorted_with_the_undefined_last(tabs):
    tabs.bar.setCurrentIndex(EVERY)
    table = tabs.every.table
    table.sortByColumn(4, Qt.SortOrder.AscendingOrder)
    found = [table.proxy.index(n, 4).data() for n in range(table.proxy.rowCount())]
    assert found[-1] == "n/a"
    defined = [float(words.replace("−", "-")) for words in found if words != "n/a"]
    assert defined == sorted(defined)


def test_attributes_say_when_there_are_none(tabs):
    tabs.bar.setCurrentIndex(ATTRIBUTES)
    assert tabs.attributes.nothing.isVisible()
    assert not tabs.attributes.table.isVisible()


def test_the_family_is_shown_with_what_cu_is_about(window):
    told = window.family.figure.picture.told
    assert [words.split(":")[0] for words in told[:3]] == ["Where and what, u", "Where only, |u", "What only, cu"]
    assert "both coders of a pair coded" in window.family.remark.text()


def test_over_time_says_what_sets_the_limits(qtbot, tabs):
    turn(qtbot, tabs, TIME)
    assert "99.7%" in tabs.time.remark.text()
    assert any(words.startswith("Baseline") for words in tabs.time.figure.picture.told)
    assert sum("Ann" in words for words in tabs.time.figure.picture.told) == 1


def test_what_is_computed_anew_is_marked_until_it_is_there(qtbot, window, tabs):
    before = window.head.interval.text()
    window._wait(400)
    assert window.table.is_stale
    assert window.matrix.grid.is_stale
    assert window.family.figure.is_stale
    assert tabs.time.figure.is_stale
    assert "computed" in window.head.interval.text()
    qtbot.waitUntil(lambda: not window._is_stale, timeout=15_000)
    assert not window.table.is_stale
    assert not window.family.figure.is_stale
    assert window.head.interval.text() == before


def test_an_edit_changes_the_values_at_once_and_the_intervals_follow(qtbot, window, codings):
    from annotator.model import Change, Edit

    before = window.head.value.text()
    project, result = codings.project, window.numbers.result
    wrong = [one for one in project.nouns("annotation") if one.coder == codings.ids["coder", "Bob"]][:6]
    change = Change("take out", tuple(Edit(one, None) for one in wrong))
    project.apply(change)
    window.project_changed(change)
    assert window.head.value.text() != before, "before the report is computed anew"
    assert window.table.is_stale
    assert window.numbers.result is result
    live = {line.code: line.value for line in window.table.rows.lines}
    pairs = dict(window.matrix.grid.pairs)
    qtbot.waitUntil(lambda: not window._is_stale, timeout=15_000)
    assert window.numbers.result is not result
    assert {line.code: line.value for line in window.table.rows.lines if line.code in live} == live
    for pair, row in window.matrix.grid.pairs.items():
        assert row.value == pytest.approx(pairs[pair].value, abs=1e-9)
    assert not window.table.is_stale
