"""Finding over the project in the window, by keys: to a place, over documents, and from hits to annotations."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton

from annotator.model import BY_SEARCH, Change, Edit
from tests.conftest import document

from .conftest import Key, Modifier

OTHER = "Nobody denies it.\n\nThe ferry denies nothing."


@pytest.fixture
def other(team):
    noun, contents = document(OTHER, title="Other")
    team.sue.apply(Change("import documents", (Edit(None, noun),)), contents=contents)
    from annotator import editing

    ada = team.coders["Ada"].id
    team.sue.apply(editing.assign(team.sue, documents=[noun.id], coders=[ada], round=team.round.id))
    return noun


@pytest.fixture
def found(seat, team, other, qtbot):
    seat.sit_down(team, "Ada")
    look(seat, qtbot, "denies")
    return seat.work.finding


def look(seat, qtbot, words):
    finding = seat.work.finding
    if seat.work.drawer.name != "find":
        seat.press(Key.Key_F, Modifier.ControlModifier | Modifier.ShiftModifier)
    finding.page.field.setFocus()
    finding.page.field.selectAll()
    seat.type(words)
    seat.press(Key.Key_Return)
    settled(finding, qtbot)


def settled(finding, qtbot):
    qtbot.waitUntil(lambda: finding.is_settled, timeout=10_000)


def rows(finding):
    return [(one.title, one.paragraph, one.hit.left, one.hit.right) for one in finding.page.list.hits.rows]


def test_hits_stand_with_their_words_around(found):
    assert rows(found) == [
        ("A statement", 1, "The republic ", " it. The ministry accuses its neighbour. Talks may begin."),
        ("Other", 1, "Nobody ", " it.  The ferry denies nothing."),
        ("Other", 2, "Nobody denies it.  The ferry ", " nothing."),
    ]
    assert found.page.count.text() == "3 hits in 2 documents"


def test_enter_leads_to_the_place_on_another_document(seat, found):
    found.page.list.setFocus()
    seat.press(Key.Key_Down)
    seat.press(Key.Key_Return)
    assert seat.work.coding.document.title == "Other"
    assert seat.work.coding.round.name == "Reliability"
    assert seat.work.text.selection() == (7, 13)
    assert seat.work.text.hasFocus()
    seat.press(Key.Key_F3)
    assert seat.work.text.selection() == (29, 35)
    seat.press(Key.Key_F3)
    assert seat.work.coding.document.title == "A statement"
    seat.press(Key.Key_F3, Modifier.ShiftModifier)
    assert seat.work.coding.document.title == "Other"


@pytest.mark.parametrize(
    ("place", "order"),
    [(0, ["A statement", "Other", "Other"]), (1, ["ferry", "Nobody", "republic"]), (3, [" it.", " it. The", " noth"])],
)
def test_hits_are_sorted_by_what_stands_around(found, place, order):
    found.page.order.changed.emit(place)
    got = rows(found)
    if place == 0:
        assert [row[0] for row in got] == order
    elif place == 1:
        assert [row[2].split()[-1] for row in got] == order
    else:
        assert all(" ".join(row[3].split()).startswith(words.strip()) for row, words in zip(got, order, strict=True))


def test_what_is_selected_is_looked_for(seat, team, other, qtbot):
    seat.sit_down(team, "Ada")
    text = seat.work.coding.text
    seat.work.text.extend(text.index("Talks"), text.index("Talks") + 5)
    seat.press(Key.Key_F, Modifier.ControlModifier | Modifier.ShiftModifier)
    settled(seat.work.finding, qtbot)
    assert seat.work.finding.page.field.text() == "Talks"
    assert len(rows(seat.work.finding)) == 1


def test_a_wrong_pattern_is_told_and_esc_leads_back(seat, found, qtbot):
    found.page.pattern.click()
    settled(found, qtbot)
    look(seat, qtbot, "(")
    assert "no regular expression" in found.page.count.text()
    assert not found.page.code_button.isEnabled()
    look(seat, qtbot, "zebra")
    assert found.page.count.text() == "Nothing was found."
    seat.press(Key.Key_Escape)  # empties the field
    seat.press(Key.Key_Escape)
    assert seat.work.text.hasFocus()


def test_annotations_are_found_by_conditions(seat, team, found, qtbot):
    seat.work.to_text()
    seat.put_caret("republic")
    seat.type("d")
    page = found.page
    seat.press(Key.Key_F, Modifier.ControlModifier | Modifier.ShiftModifier)
    page.field.clear()
    page.more.click()
    page.conditions.code.choose(team.family.id)
    page.conditions.code.activated.emit(0)
    settled(found, qtbot)
    (row,) = page.list.hits.rows
    assert (row.code, row.hit.words) == ("Denial", "The republic denies it.")
    assert row.colours
    page.list.setFocus()
    seat.press(Key.Key_Return)
    assert seat.work.coding.current == row.hit.annotation


def start_coding(seat, found):
    found.page.list.setFocus()
    found.page.code_button.click()
    assert found.hits.bar.isVisible()
    assert found.hits.bar.hasFocus()


def test_hits_are_coded_one_by_one(seat, team, found):
    start_coding(seat, found)
    assert found.hits.bar.place.text() == "Hit 1 of 3, 0 coded"
    seat.press(Key.Key_Return)
    assert found.hits.bar.place.text() == "Hit 2 of 3, 1 coded"
    seat.press(Key.Key_Right)
    assert found.hits.bar.place.text() == "Hit 3 of 3, 1 coded"
    seat.press(Key.Key_Space)
    assert not found.hits.bar.isVisible()
    assert seat.work.text.hasFocus()
    project = seat.work.project
    coded = [one for noun in project.nouns("document") for one in project.annotations(noun.id)]
    assert sorted(one.quotes[0] for one in coded) == ["The ferry denies nothing.", "denies"]
    assert {one.origin for one in coded} == {""}
    assert (found.page.list.hits.coded, found.page.list.hits.passed) == ({0, 2}, {1})


def test_esc_stops_and_the_arrows_go_back(seat, found):
    start_coding(seat, found)
    seat.press(Key.Key_Right)
    seat.press(Key.Key_Left)
    assert found.hits.bar.place.text() == "Hit 1 of 3, 0 coded"
    seat.press(Key.Key_Escape)
    assert not found.hits.bar.isVisible()
    assert seat.work.text.hasFocus()


def test_in_a_low_window_what_was_asked_gives_way_to_the_hits_that_one_looks_at(seat, found, qtbot):
    seat.window.resize(720, 450)
    start_coding(seat, found)
    qtbot.waitUntil(lambda: not found.page.query_line.isVisible())
    assert found.page.list.isVisible()
    seat.press(Key.Key_F, Modifier.ControlModifier | Modifier.ShiftModifier)  # one asks anew
    assert found.page.query_line.isVisible()
    seat.window.resize(1280, 800)
    found.hits.begin()
    qtbot.waitUntil(found.page.query_line.isVisible)
    found.hits.stop()
    assert found.page.query_line.isVisible()


def coded(seat):
    project = seat.work.project
    return [one.quotes[0] for noun in project.nouns("document") for one in project.annotations(noun.id)]


def test_enter_comma_and_space_take_the_words_their_clause_and_their_sentence(seat, team, qtbot):
    noun, contents = document("We deny it, and they deny that, as ever. Undenied, it stands.", title="Clauses")
    team.sue.apply(Change("import documents", (Edit(None, noun),)), contents=contents)
    seat.sit_down(team, "Sue")
    look(seat, qtbot, "deny")
    start_coding(seat, seat.work.finding)
    seat.press(Key.Key_Return)
    seat.type(",")
    look(seat, qtbot, "denied")
    start_coding(seat, seat.work.finding)
    seat.press(Key.Key_Return)
    assert coded(seat) == ["deny", "and they deny that", "Undenied"]  # of a part of a word the whole
    look(seat, qtbot, "it, and")
    start_coding(seat, seat.work.finding)
    seat.type(",")
    assert coded(seat)[-1] == "We deny it, and they deny that"  # a hit in two clauses takes both
    look(seat, qtbot, "ever")
    start_coding(seat, seat.work.finding)
    seat.press(Key.Key_Space)
    assert coded(seat)[-1] == "We deny it, and they deny that, as ever."


def test_the_buttons_of_the_bar_do_what_their_keys_do(seat, team, qtbot):
    seat.sit_down(team, "Sue")
    look(seat, qtbot, "neighbour")
    bar = seat.work.finding.hits.bar
    for button, quote in ((bar.take, "neighbour"), (bar.clause, "The ministry accuses its neighbour.")):
        start_coding(seat, seat.work.finding)
        button.click()
        assert coded(seat)[-1] == quote


def test_characters_are_coded_as_they_were_found_when_characters_count(seat, team, qtbot):
    seat.sit_down(team, "Sue")
    look(seat, qtbot, "public")
    start_coding(seat, seat.work.finding)
    seat.work.text.exact = True
    seat.press(Key.Key_Return)
    assert coded(seat) == ["public"]


def test_what_was_coded_by_hand_counts_as_coded_and_undo_opens_it_again(seat, team, found):
    seat.work.to_text()
    seat.put_caret("republic")
    seat.type("d")
    hits = found.page.list.hits
    start_coding(seat, found)
    assert found.hits.bar.place.text() == "Hit 1 of 3 is coded, 1 in all"
    found.hits.bar.code.choose(team.codes["offer"].id)
    found.hits.bar.code.activated.emit(1)
    assert found.hits.bar.place.text() == "Hit 1 of 3, 0 coded"  # not with this code
    found.hits.bar.code.choose(team.codes["denial"].id)
    found.hits.bar.code.activated.emit(0)
    assert hits.coded == {0}
    seat.work.session.undo()
    assert hits.coded == set()
    seat.work.session.redo()
    assert hits.coded == {0}
    index = hits.index(0)
    assert ", coded, " in str(index.data(Qt.ItemDataRole.AccessibleTextRole))


def test_what_others_coded_or_another_round_holds_is_not_coded(seat, team, other, qtbot):
    from annotator import editing

    change = editing.add_round(team.sue, "Later", blind=False)
    team.sue.apply(change)
    ada = team.sit_down("Ada")
    team.code(ada, 0, 23)
    seat.sit_down(team, "Sue")
    look(seat, qtbot, "denies")
    start_coding(seat, seat.work.finding)
    assert seat.work.finding.page.list.hits.coded == set()
    seat.press(Key.Key_Escape)
    seat.sit_down(team, "Ada")
    look(seat, qtbot, "denies")
    start_coding(seat, seat.work.finding)
    assert seat.work.finding.page.list.hits.coded == {0}


def test_what_stands_coded_is_not_coded_twice_and_the_next_open_hit_comes(seat, team, qtbot):
    seat.sit_down(team, "Ada")
    look(seat, qtbot, "the")
    finding = seat.work.finding
    start_coding(seat, finding)
    seat.press(Key.Key_Space)  # the sentence of the first hit
    assert finding.hits.bar.place.text() == "Hit 2 of 2, 1 coded"
    seat.press(Key.Key_Left)
    seat.press(Key.Key_Return)
    assert finding.hits.bar.place.text() == "Hit 2 of 2, 1 coded"
    assert coded(seat) == ["The republic denies it."]
    seat.press(Key.Key_Right)
    assert finding.page.list.hits.passed == {1}


def test_down_leads_from_the_field_into_the_hits(seat, found, qtbot):
    found.page.field.setFocus()
    seat.press(Key.Key_Return)
    seat.press(Key.Key_Down)  # hits may not be there yet
    settled(found, qtbot)
    assert found.page.list.hasFocus()
    seat.press(Key.Key_Down)
    assert found.page.list.currentIndex().row() == 1
    look(seat, qtbot, "zebra")
    seat.press(Key.Key_Down)
    assert found.page.field.hasFocus()


def test_one_stays_at_a_hit_when_others_come_before_it(found):
    page = found.page
    page.list.go_to_line(1)
    here = page.current()
    for order in ("left", "words", "right", "place"):
        page.sort(order)
        assert page.current() == here
        assert page.list.hits.line_of(here) == page.list.currentIndex().row()


def test_no_more_hits_are_listed_than_the_list_takes(found, qtbot, monkeypatch, seat):
    monkeypatch.setattr("annotator.gui.finding.MOST", 2)
    look(seat, qtbot, "denies")
    assert len(found.page.list.hits.rows) == 2
    assert found.page.count.text() == "The first 2 hits. Say more precisely what to find."


def answer(monkeypatch, yes: bool) -> list[str]:
    """Presses a button of the box that asks; gives what it asked."""
    asked = []

    def choose(box):
        asked.append(f"{box.text()} {box.informativeText()}")
        role = QMessageBox.ButtonRole.AcceptRole if yes else QMessageBox.ButtonRole.RejectRole
        button = next(one for one in box.buttons() if box.buttonRole(one) == role)
        assert isinstance(button, QPushButton)
        button.click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", choose)
    return asked


def test_all_that_remain_are_coded_after_asking_in_one_step(seat, team, found, monkeypatch):
    start_coding(seat, found)
    seat.press(Key.Key_Right)
    asked = answer(monkeypatch, yes=False)
    found.hits.bar.all.click()
    assert "Code 2 hits with Denial without looking at each?" in asked[0]
    assert "marked as made by search" in asked[0]
    assert found.hits.bar.isVisible()
    answer(monkeypatch, yes=True)
    found.hits.bar.all.click()
    project = seat.work.project
    coded = [one for noun in project.nouns("document") for one in project.annotations(noun.id)]
    assert [one.origin for one in coded] == [BY_SEARCH] * 2
    assert seat.work.session.undo_words() == "coding of hits"
    seat.work.coding.go_to(coded[0].id) if coded[0].document == seat.work.coding.document.id else None
    seat.work.session.undo()
    assert not [one for noun in project.nouns("document") for one in project.annotations(noun.id)]


def test_the_inspector_says_what_a_search_made(seat, team, found, monkeypatch):
    start_coding(seat, found)
    answer(monkeypatch, yes=True)
    found.hits.bar.all.click()
    (first, *_) = seat.annotations()
    seat.work.coding.go_to(first.id)
    assert seat.work.inspector.by.text() == "made by search"


def test_the_bar_in_the_document_takes_patterns_too(seat, team):
    seat.sit_down(team, "Ada")
    bar = seat.work.find_bar
    seat.press(Key.Key_F, Modifier.ControlModifier)
    seat.type(r"\bt\w+s\b")
    bar._search()
    assert bar.matches == []
    bar.pattern.click()
    assert len(bar.matches) == 1
    bar.field.setText("(")
    bar._search()
    assert bar.count.text() == "Not a pattern"
    assert "regular expression" in bar.count.toolTip()


def test_a_project_can_be_closed_while_it_is_searched(seat, team, other):
    seat.sit_down(team, "Ada")
    seat.press(Key.Key_F, Modifier.ControlModifier | Modifier.ShiftModifier)
    seat.type("denies")
    seat.press(Key.Key_Return)
    seat.window.close()
    assert seat.window.work is None


def test_drawing_does_not_fail_on_any_script(seat, team, found, qtbot):
    found.page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    found.page.list.viewport().grab()
    look(seat, qtbot, "nothing")
    found.page.list.viewport().grab()


def test_what_was_undone_can_be_coded_again_and_with_another_code_too(seat, team, found, monkeypatch):
    answer(monkeypatch, yes=True)
    for code in ("denial", "offer"):
        start_coding(seat, found)
        found.hits.bar.code.choose(team.codes[code].id)
        found.hits.bar.all.click()
    project = seat.work.project

    def coded():
        return [one.code for noun in project.nouns("document") for one in project.annotations(noun.id)]

    assert len(coded()) == 6
    seat.work.session.undo()
    assert len(coded()) == 3
    start_coding(seat, found)
    found.hits.bar.code.choose(team.codes["offer"].id)
    found.hits.bar.all.click()
    assert len(coded()) == 6


def test_a_pattern_that_takes_too_long_holds_nobody_up(seat, team, qtbot):
    noun, contents = document("a" * 5000 + "!", title="Long")
    team.sue.apply(Change("import documents", (Edit(None, noun),)), contents=contents)
    seat.sit_down(team, "Sue")
    seat.work.open_document(noun.id)
    bar = seat.work.find_bar
    bar.pattern.setChecked(True)
    seat.press(Key.Key_F, Modifier.ControlModifier)
    bar.field.setText("(a|aa)+$")
    bar._search()
    assert bar.count.text() == "Takes too long"
    assert "Make it simpler" in bar.count.toolTip()
    finding = seat.work.finding
    seat.press(Key.Key_F, Modifier.ControlModifier | Modifier.ShiftModifier)
    finding.page.pattern.setChecked(True)
    look(seat, qtbot, "(a|aa)+$|denies")
    assert "1 hit in 1 document" in finding.page.count.text()
    assert "takes too long in 1 documents" in finding.page.count.text()
