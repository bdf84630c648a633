"""The list of the annotations below the text: found, gone to, and many changed as one step, by keys."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from annotator import editing
from annotator.gui.panels.annotations import ATTRIBUTES, CODE, CODER, WORDS, AnnotationRow, Rows
from annotator.model import Code
from tests.conftest import Team
from tests.gui.conftest import Key, Modifier, Seat

Ctrl, Shift = Modifier.ControlModifier, Modifier.ShiftModifier
pytestmark = pytest.mark.qt_log_ignore("plugin does not support")


def code(seat: Seat, *pairs: tuple[str, str]) -> None:
    """Codes the sentences of these words with these keys."""
    for words, letter in pairs:
        seat.put_caret(words)
        seat.type(letter)


@pytest.fixture
def coded(seat, team):
    """Ada has coded three sentences, not in the order of the text; the list is open and has the focus."""
    seat.sit_down(team, "Ada")
    code(seat, ("Talks", "o"), ("republic", "d"), ("ministry", "d"))
    seat.press(Key.Key_A, Ctrl | Shift)
    return seat


def lines(seat: Seat) -> list[tuple[str, str]]:
    """Code and words of what is in the list."""
    rows = seat.work.annotations.page.rows
    return [(rows.index(n, CODE).data(), rows.index(n, WORDS).data()) for n in range(rows.rowCount())]


def marked(seat: Seat) -> list[str]:
    page = seat.work.annotations.page
    by_id = {one.id: one.words for one in page.rows.rows}
    return [by_id[id] for id in page.marked()]


def has_focus(widget) -> bool:
    focus = QApplication.focusWidget()
    return focus is widget or (focus is not None and widget.isAncestorOf(focus))


ALL = [
    ("Denial", "The republic denies it."),
    ("Denial", "The ministry accuses its neighbour."),
    ("Offer of dialogue", "Talks may begin."),
]


def test_a_key_opens_the_list_in_the_order_of_the_text_and_puts_it_away(coded):
    page = coded.work.annotations.page
    assert lines(coded) == ALL
    assert page.counted.text() == "3 annotations"
    assert has_focus(page.list)
    assert marked(coded) == ["The ministry accuses its neighbour."]  # the one coded last is current
    coded.press(Key.Key_A, Ctrl | Shift)
    assert not coded.work.drawer.isVisible()
    assert coded.work.text.hasFocus()


def test_without_a_current_one_it_opens_at_the_next_behind_the_caret(seat, team):
    seat.sit_down(team, "Ada")
    code(seat, ("Talks", "o"), ("republic", "d"))
    seat.put_caret("ministry")
    assert seat.work.coding.current is None
    seat.press(Key.Key_A, Ctrl | Shift)
    assert marked(seat) == ["Talks may begin."]
    assert seat.work.coding.annotation().quotes == ("Talks may begin.",)


def test_attributes_give_way_to_the_words(coded):
    view = coded.work.annotations.page.list
    assert not view.isColumnHidden(ATTRIBUTES)
    coded.window.resize(1024, 700)
    QApplication.processEvents()
    assert view.isColumnHidden(ATTRIBUTES)


def test_esc_leads_back_to_the_text_and_leaves_it_open(coded):
    coded.press(Key.Key_Escape)
    assert coded.work.text.hasFocus()
    assert coded.work.drawer.name == "annotations"


def test_the_arrow_shows_the_place_and_enter_goes_there(coded):
    coded.press(Key.Key_Home)
    assert coded.work.coding.annotation().quotes == ("The republic denies it.",)
    coded.press(Key.Key_End)
    assert coded.work.coding.annotation().quotes == ("Talks may begin.",)
    assert has_focus(coded.work.annotations.page.list)
    coded.press(Key.Key_Return)
    assert coded.work.text.hasFocus()
    assert coded.work.text.caret() == coded.work.coding.text.index("Talks may begin.") + len("Talks may begin.")
    coded.type("1")
    assert coded.work.coding.annotation().certainty is not None


def test_letters_filter_by_code_words_memo_and_attributes(coded, team):
    page = coded.work.annotations.page
    coded.type("Off")
    assert page.filter.text() == "Off"
    assert lines(coded) == ALL[2:]
    assert page.counted.text() == "1 of 3"
    coded.press(Key.Key_Escape)  # in the filter it clears
    assert lines(coded) == ALL
    page.filter.setText("denial neigh")
    assert lines(coded) == ALL[1:2]
    page.filter.setText("xyz")
    assert lines(coded) == []
    assert "xyz" in page.nothing.text()
    page.filter.clear()
    project = coded.work.project
    first = sorted(coded.annotations(), key=lambda one: one.spans)[0]
    coded.work.session.do(editing.set_memo(first, "To be seen again"))
    page.filter.setText("again")
    assert lines(coded) == ALL[:1]
    page.filter.setText("hostile")
    assert lines(coded) == []
    stance = next(one for one in project.nouns("attribute") if one.name == "stance")
    fresh = project.noun("annotation", first.id)
    coded.work.session.do(editing.set_attribute(project, fresh, stance.id, stance.choices[0]))
    page.filter.setText(stance.labels[0])
    assert lines(coded) == ALL[:1]


def test_the_list_follows_what_is_coded_recoded_and_undone(coded):
    coded.press(Key.Key_Escape)
    coded.put_caret("accuses")
    coded.press(Key.Key_Right, Shift)
    coded.type("o")
    assert lines(coded) == [*ALL[:2], ("Offer of dialogue", "accuses"), ALL[2]]
    assert marked(coded) == ["accuses"]
    coded.press(Key.Key_D, Shift)
    assert lines(coded)[2] == ("Denial", "accuses")
    coded.press(Key.Key_Z, Ctrl)
    coded.press(Key.Key_Z, Ctrl)
    assert lines(coded) == ALL
    coded.put_caret("republic")
    assert marked(coded) == ["The republic denies it."]


@pytest.mark.parametrize(("key", "held"), [(Key.Key_Shift, Shift), (Key.Key_Control, Ctrl)])
def test_a_key_held_down_does_not_mark_more_than_the_current_one(coded, key, held):
    coded.press(Key.Key_Escape)
    handle = coded.window.windowHandle()
    QTest.keyPress(handle, key, held)
    assert QApplication.keyboardModifiers() == held
    for words in ("republic", "Talks", "ministry"):
        coded.put_caret(words)
    QTest.keyRelease(handle, key)
    assert marked(coded) == ["The ministry accuses its neighbour."]


def offered(seat: Seat) -> dict[str, QAction]:
    """The codes that the list's menu offers for what is marked, and how they are given."""
    menu = QMenu(seat.window)
    page = seat.work.annotations.page
    page.menu_opening.emit(menu, page.marked())
    return {one.text(): one for one in menu.actions() if not one.isSeparator()}


def test_the_menu_offers_the_codes_used_last_for_all_that_are_marked(coded):
    assert list(offered(coded)) == ["Give the annotation the code Offer of dialogue"]
    coded.press(Key.Key_Home)
    coded.press(Key.Key_Down, Shift)
    found = offered(coded)
    found["Give them the code Offer of dialogue"].trigger()
    assert {name for name, _ in lines(coded)} == {"Offer of dialogue"}
    coded.press(Key.Key_Z, Ctrl)
    assert lines(coded) == ALL
    coded.press(Key.Key_A, Ctrl)
    assert list(offered(coded)) == ["Give them the code Offer of dialogue", "Give them the code Denial"]
    coded.work.coding.toggle_done()
    assert offered(coded) == {}


def test_the_menu_of_the_list_is_filled_before_it_opens(coded):
    seen = []

    def read() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        seen.extend(one.text() for one in menu.actions())
        menu.close()

    QTimer.singleShot(0, read)
    view = coded.work.annotations.page.list
    view.menu_wanted.emit(view.mapToGlobal(view.rect().center()))
    assert "Give the annotation the code Offer of dialogue" in seen


def test_delete_retracts_all_that_are_marked_as_one_step(coded):
    coded.press(Key.Key_Home)
    coded.press(Key.Key_Down, Shift)
    assert marked(coded) == [words for _, words in ALL[:2]]
    coded.press(Key.Key_Delete)
    assert lines(coded) == ALL[2:]
    assert len(coded.annotations()) == 1
    assert has_focus(coded.work.annotations.page.list)
    coded.press(Key.Key_Z, Ctrl)
    assert lines(coded) == ALL
    assert len(coded.annotations()) == 3


def test_the_palette_recodes_all_that_are_marked_as_one_step(coded):
    coded.press(Key.Key_A, Ctrl)
    assert len(marked(coded)) == 3
    coded.press(Key.Key_Space, Shift)
    assert coded.work.palette_.isVisible()
    assert "3 annotations" in coded.work.palette_.note.text()
    coded.type("offer")
    coded.press(Key.Key_Return)
    assert {name for name, _ in lines(coded)} == {"Offer of dialogue"}
    assert has_focus(coded.work.annotations.page.list)
    assert len(marked(coded)) == 3
    assert coded.work.coding.recent[0] == next(iter({one.code for one in coded.annotations()}))
    coded.press(Key.Key_Z, Ctrl)
    assert lines(coded) == ALL


def test_esc_in_the_palette_changes_nothing_and_leads_back_to_the_list(coded):
    coded.press(Key.Key_Space, Shift)
    coded.press(Key.Key_Escape)
    assert lines(coded) == ALL
    assert has_focus(coded.work.annotations.page.list)
    coded.press(Key.Key_Escape)
    coded.press(Key.Key_Space)
    coded.press(Key.Key_Escape)
    assert coded.work.text.hasFocus()


def test_those_marked_are_joined(coded):
    coded.press(Key.Key_Home)
    coded.press(Key.Key_Down, Shift)
    coded.press(Key.Key_J, Ctrl)
    assert len(lines(coded)) == 2
    assert lines(coded)[0] == ("Denial", "The republic denies it. The ministry accuses its neighbour.")
    coded.press(Key.Key_Z, Ctrl)
    assert lines(coded) == ALL
    coded.press(Key.Key_A, Ctrl)
    coded.press(Key.Key_J, Ctrl)
    assert lines(coded) == ALL
    assert "Offer of dialogue" in coded.work.notice.words.text()


def test_annotations_of_others_are_refused_in_words_and_nothing_is_done(seat, team):
    ada = team.sit_down("Ada")
    team.code(ada, 0, 23)
    sue = team.sit_down("Sue")
    team.code(sue, 24, 59)
    seat.sit_down(team, "Sue")
    seat.press(Key.Key_A, Ctrl | Shift)
    page = seat.work.annotations.page
    assert not page.list.isColumnHidden(CODER)
    seat.press(Key.Key_A, Ctrl)
    for key, held in ((Key.Key_Delete, Modifier.NoModifier), (Key.Key_J, Ctrl)):
        seat.work.notice.clear()
        seat.press(key, held)
        assert "Ada" in seat.work.notice.words.text()
        assert len(seat.annotations()) == 2
    seat.press(Key.Key_Space, Shift)
    seat.type("offer")
    seat.press(Key.Key_Return)
    assert "Ada" in seat.work.notice.words.text()
    assert {name for name, _ in lines(seat)} == {"Denial"}


def test_a_document_that_is_done_stays_as_it_is(coded):
    coded.work.coding.toggle_done()
    coded.press(Key.Key_A, Ctrl)
    coded.press(Key.Key_Delete)
    assert lines(coded) == ALL
    assert "done" in coded.work.notice.words.text()


def test_hidden_coders_and_blind_rounds_are_not_in_the_list(seat, tmp_path):
    team = Team(tmp_path, blind=True)
    ada = team.sit_down("Ada")
    team.code(ada, 0, 23)
    seat.sit_down(team, "Ben")
    seat.press(Key.Key_A, Ctrl | Shift)
    assert lines(seat) == []
    assert "No annotations here yet" in seat.work.annotations.page.nothing.text()
    seat.sit_down(team, "Sue")
    seat.press(Key.Key_A, Ctrl | Shift)
    assert len(lines(seat)) == 1
    seat.work.coding.hide([team.coders["Ada"].id])
    assert lines(seat) == []
    team.close()


def test_the_list_is_not_filled_while_out_of_sight(seat, team):
    seat.sit_down(team, "Ada")
    code(seat, ("republic", "d"))
    assert lines(seat) == []
    seat.work.drawer.open("find")
    seat.work.to_text()
    code(seat, ("ministry", "d"))
    assert lines(seat) == []
    seat.work.drawer.open("annotations")
    assert lines(seat) == ALL[:2]


def test_a_double_click_goes_there(coded):
    page = coded.work.annotations.page
    point = page.list.visualRect(page.rows.index(0, WORDS)).center()
    coded.qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=point)
    coded.qtbot.mouseDClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert coded.work.coding.annotation().quotes == ("The republic denies it.",)
    assert coded.work.text.hasFocus()


def test_rows_are_kept_in_order_as_they_come_and_go(qapp):
    def made(start: int, words: str) -> AnnotationRow:
        return AnnotationRow(words, start, start + 5, 1, Code("d", "Denial"), words)

    rows = Rows(qapp)
    rows.load([made(40, "later"), made(0, "first")])
    rows.put(made(20, "between"))
    assert [one.id for one in rows.rows] == ["first", "between", "later"]
    rows.put(made(60, "first"))  # moved
    assert [one.id for one in rows.rows] == ["between", "later", "first"]
    rows.filter("later")
    rows.put(made(50, "other"))
    assert [one.id for one in rows.rows] == ["later"]
    rows.drop("other")
    rows.filter("")
    assert rows.counts() == (3, 3)
