"""Split, join, copy, spans and edges, as hands do them at the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from annotator.text import Span
from tests.conftest import Team
from tests.gui.conftest import Key, Modifier

Ctrl, Shift, Alt = Modifier.ControlModifier, Modifier.ShiftModifier, Modifier.AltModifier
pytestmark = pytest.mark.qt_log_ignore("plugin does not support")


def quotes(seat) -> list[tuple[str, ...]]:
    return [one.quotes for one in sorted(seat.annotations(), key=lambda one: one.spans)]


def code(seat, words: str, letter: str) -> None:
    """Codes the sentence of these words."""
    seat.put_caret(words)
    seat.type(letter)


def test_an_annotation_is_split_at_the_caret_and_joined_again(seat, team):
    seat.sit_down(team, "Ada")
    code(seat, "republic", "d")
    seat.put_caret("denies")
    seat.press(Key.Key_K, Ctrl)
    assert quotes(seat) == [("The republic",), ("denies it.",)]
    assert seat.work.coding.annotation().quotes == ("denies it.",)
    assert seat.work.session.undo_words() == "split"
    seat.press(Key.Key_J, Ctrl | Shift)
    assert quotes(seat) == [("The republic denies it.",)]
    assert seat.work.session.undo_words() == "join"
    assert seat.work.coding.annotation().quotes == ("The republic denies it.",)
    seat.press(Key.Key_Z, Ctrl)
    seat.press(Key.Key_Z, Ctrl)
    assert quotes(seat) == [("The republic denies it.",)]
    seat.put_caret("The republic")
    seat.press(Key.Key_K, Ctrl)
    assert "between two words" in seat.work.notice.words.text()


PARAGRAPHS = "It left.\n\nTalks may begin.\n"


@pytest.mark.parametrize("held", [Alt, Alt | Ctrl])
def test_an_edge_goes_over_the_end_of_a_paragraph_and_back(seat, tmp_path, held):
    team = Team(tmp_path, words=PARAGRAPHS)
    seat.sit_down(team, "Ada")
    code(seat, "It left", "d")
    ways = {}
    for key in (Key.Key_Right, Key.Key_Left):
        ways[key] = [seat.annotations()[0].spans[0].end]
        for _ in range(3):
            seat.press(key, held)
            ways[key].append(seat.annotations()[0].spans[0].end)
    assert ways[Key.Key_Right] == ([8, 15, 19, 25] if held == Alt else [8, 11, 12, 13])
    assert ways[Key.Key_Left] == ways[Key.Key_Right][::-1]
    team.close()


@pytest.mark.parametrize("selected", [False, True])
def test_an_edge_that_can_go_no_further_says_why(seat, tmp_path, selected):
    team = Team(tmp_path, words=PARAGRAPHS)
    seat.sit_down(team, "Ada")
    if selected:
        seat.work.text.select(Span(10, 26))
    else:
        code(seat, "Talks", "d")
    seat.press(Key.Key_Right, Alt)
    assert "there are no more words" in seat.work.notice.words.text()
    for _ in range(3):
        seat.press(Key.Key_Left, Alt)
    assert seat.work.text.selection() == ((10, 15) if selected else None)
    seat.press(Key.Key_Left, Alt)
    assert "nothing would be left" in seat.work.notice.words.text()
    if not selected:
        assert quotes(seat) == [("Talks",)]
    team.close()


def test_after_an_undo_the_keys_are_about_what_is_still_under_the_caret(seat, team):
    seat.sit_down(team, "Ada")
    code(seat, "republic", "d")
    seat.type("o")
    seat.press(Key.Key_Z, Ctrl)
    seat.press(Key.Key_Left, Alt)
    assert quotes(seat) == [("The republic denies it",)]


def test_it_is_joined_with_the_next_of_its_code_only(seat, team):
    seat.sit_down(team, "Ada")
    code(seat, "republic", "d")
    code(seat, "ministry", "o")
    code(seat, "Talks", "d")
    seat.put_caret("ministry")
    seat.press(Key.Key_J, Ctrl)
    assert "no other annotation of Offer of dialogue" in seat.work.notice.words.text()
    seat.put_caret("republic")
    seat.press(Key.Key_J, Ctrl)
    assert quotes(seat) == [("The republic denies it.", "Talks may begin."), ("The ministry accuses its neighbour.",)]


def test_keys_that_need_an_annotation_or_words_say_so(seat, team):
    seat.sit_down(team, "Ada")
    seat.press(Key.Key_Period, Ctrl)
    assert "no annotation before" in seat.work.notice.words.text()
    code(seat, "republic", "d")
    seat.put_caret("Talks")
    seat.type("+")
    assert "Nothing is selected" in seat.work.notice.words.text()
    seat.press(Key.Key_Z, Ctrl)
    seat.press(Key.Key_Right, Shift)
    seat.type("+")
    assert "no annotation before" in seat.work.notice.words.text()
    assert seat.annotations() == []


def test_a_span_is_taken_out_at_the_caret(seat, team):
    seat.sit_down(team, "Ada")
    code(seat, "republic", "d")
    seat.put_caret("Talks")
    seat.press(Key.Key_Right, Shift)
    seat.type("+")
    seat.put_caret("republic")
    seat.type("-")
    assert quotes(seat) == [("Talks",)]
    seat.put_caret("Talks")
    seat.type("-")
    assert "only span" in seat.work.notice.words.text()


def test_code_and_attributes_are_copied_to_words_and_to_an_annotation(seat, team):
    stance = team.attributes["stance"].id
    seat.sit_down(team, "Ada")
    seat.press(Key.Key_V, Ctrl | Shift)
    assert "Nothing was copied yet" in seat.work.notice.words.text()
    code(seat, "republic", "d")
    seat.work.coding.fill.set_attribute(seat.work.coding.current, stance, "1")
    seat.press(Key.Key_C, Ctrl | Shift)
    seat.put_caret("Talks")
    seat.press(Key.Key_V, Ctrl | Shift)
    made = seat.work.coding.annotation()
    assert (made.quotes, made.attributes) == (("Talks may begin.",), {stance: 1})
    assert seat.work.session.undo_words() == "copy of code and attributes"
    code(seat, "ministry", "o")
    seat.press(Key.Key_V, Ctrl | Shift)
    now = seat.work.coding.annotation()
    assert (now.quotes, now.code) == (("The ministry accuses its neighbour.",), team.codes["denial"].id)
    assert now.attributes == {stance: 1}
    assert len(seat.annotations()) == 3


def test_the_same_code_and_attributes_are_put_on_the_next_sentence_by_one_key(seat, team):
    stance = team.attributes["stance"].id
    seat.sit_down(team, "Ada")
    code(seat, "republic", "d")
    seat.work.coding.fill.set_attribute(seat.work.coding.current, stance, "-1")
    seat.press(Key.Key_Right, Ctrl)
    seat.press(Key.Key_Period, Ctrl)
    made = seat.work.coding.annotation()
    assert (made.quotes, made.attributes) == (("The ministry accuses its neighbour.",), {stance: -1})


def test_the_edges_of_a_selection_move_as_those_of_an_annotation_do(seat, team):
    seat.sit_down(team, "Ada")
    seat.put_caret("ministry")
    seat.press(Key.Key_Right, Shift)
    seat.press(Key.Key_Right, Alt)
    seat.press(Key.Key_Left, Alt | Shift)
    seat.type("d")
    assert quotes(seat) == [("The ministry accuses",)]
    seat.put_caret("ministry")
    seat.press(Key.Key_Right, Shift)
    seat.type("]")
    seat.type("}")
    seat.type("o")
    assert quotes(seat)[1] == ("accuses",)


def test_clauses_are_taken_and_coded_one_after_the_other(seat, tmp_path):
    team = Team(tmp_path, words="Velmar rejects the report, which is false; it will not answer.")
    seat.sit_down(team, "Ada")
    seat.put_caret("Velmar")
    for _ in range(3):
        seat.type(",d")
    assert quotes(seat) == [("Velmar rejects the report",), ("which is false",), ("it will not answer.",)]


def test_where_sentences_touch_the_next_one_comes_after_the_one_just_coded(seat, tmp_path):
    team = Team(tmp_path, words="我们反对制裁。这些指责毫无根据。大门敞开。")
    seat.sit_down(team, "Ada")
    seat.work.text.put_caret(0)
    for _ in range(3):
        seat.type("d")
        seat.press(Key.Key_Right, Ctrl)
    assert quotes(seat) == [("我们反对制裁。",), ("这些指责毫无根据。",), ("大门敞开。",)]


def test_a_supervisor_does_not_reshape_what_is_a_coders(seat, team):
    ada = team.sit_down("Ada")
    team.code(ada, 0, 23)
    seat.sit_down(team, "Sue")
    seat.work.open_document(team.document.id, team.round.id)
    for key, modifiers in ((Key.Key_Delete, Qt.KeyboardModifier.NoModifier), (Key.Key_K, Ctrl), (Key.Key_J, Ctrl)):
        seat.put_caret("denies")
        assert seat.work.coding.current
        seat.press(key, modifiers)
        assert "belongs to Ada" in seat.work.notice.words.text()
    assert quotes(seat) == [("The republic denies it.",)]


def test_the_menu_of_an_annotation_offers_the_codes_used_last(seat, team):
    seat.sit_down(team, "Ada")
    code(seat, "Talks", "o")
    code(seat, "republic", "d")
    menu = QMenu()
    seat.work.choosing.offer_recent(menu)
    [offered] = [one for one in menu.actions() if not one.isSeparator()]
    assert offered.text() == "Give the annotation the code Offer of dialogue"
    offered.trigger()
    assert {one.code for one in seat.annotations()} == {team.codes["offer"].id}
    seat.work.coding.make_current(None)
    empty = QMenu()
    seat.work.choosing.offer_recent(empty)
    assert empty.isEmpty()
