"""The sheet of keys: each key stands there and is changed there; what cannot be, says why."""

import pytest
from PySide6.QtCore import Qt

from annotator.gui.actions import ACTIONS
from annotator.gui.keys_sheet import ShortcutsSheet
from annotator.gui.own_keys import KEYS

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture(autouse=True)
def keys_as_at_first():
    yield
    KEYS.settings = None
    KEYS.reset_all()


@pytest.fixture
def sheet(seat, team) -> ShortcutsSheet:
    seat.sit_down(team, "Ada")
    seat.type("?")
    return seat.window.findChild(ShortcutsSheet)


def choose(sheet, seat, words: str) -> None:
    sheet.field.clear()
    seat.type(words)
    assert sheet.current


def test_every_action_stands_on_the_sheet_with_its_keys(sheet):
    shown = {one.id: one for one in sheet.shown() if one.id}
    for action in ACTIONS:
        if action.keys or action.menu:
            assert shown[action.id].caps == KEYS.caps(action.id)
    assert len(sheet.lines) == len(sheet.shown())


def test_enter_on_a_line_and_a_key_change_it_at_once(sheet, seat, team):
    choose(sheet, seat, "retract")
    seat.press(Key.Key_Return)
    assert sheet.asking
    seat.press(Key.Key_F12, Modifier.ControlModifier)
    assert KEYS.caps("work.coding.shape.retract") == ["Ctrl+F12"]
    assert "now has Ctrl+F12" in sheet.said.text()
    assert sheet.current.is_changed
    seat.press(Key.Key_Escape)
    seat.press(Key.Key_Escape)
    seat.put_caret("Talks")
    seat.type("o")
    seat.press(Key.Key_F12, Modifier.ControlModifier)
    assert seat.annotations() == []


def test_tab_is_a_key_too_and_a_further_one_is_added(sheet, seat):
    choose(sheet, seat, "same code again")
    seat.press(Key.Key_Return, Modifier.ShiftModifier)
    seat.press(Key.Key_Tab)
    assert "belongs to “Next annotation”" in sheet.said.text()
    seat.press(Key.Key_Tab)
    assert KEYS.caps("work.coding.repeat") == [".", "Tab"]
    assert KEYS.caps("work.coding.next_annotation") == []
    assert "“Next annotation” has no key any more" in sheet.said.text()


def test_escape_leaves_the_key_and_another_key_may_be_tried(sheet, seat):
    choose(sheet, seat, "undo")
    seat.press(Key.Key_Return)
    seat.press(Key.Key_F, Modifier.ControlModifier)
    assert "belongs to" in sheet.said.text()
    seat.press(Key.Key_Escape)
    assert KEYS.caps("work.session.undo") == ["Ctrl+Z"]
    assert sheet.isVisible()
    assert sheet.field.hasFocus()


@pytest.mark.parametrize(
    ("key", "modifiers", "why"),
    [
        (Key.Key_K, Modifier.NoModifier, "bare letter"),
        (Key.Key_F, Modifier.AltModifier, "opens a menu"),
        (Key.Key_Left, Modifier.NoModifier, "needed for typing"),
        (Key.Key_Escape, Modifier.ControlModifier, "never given away"),
    ],
)
def test_what_can_never_be_given_says_why(sheet, seat, key, modifiers, why):
    choose(sheet, seat, "undo")
    seat.press(Key.Key_Return)
    seat.press(key, modifiers)
    assert why in sheet.said.text()
    assert sheet.asking
    assert KEYS.caps("work.session.undo") == ["Ctrl+Z"]


def test_escape_and_the_keys_of_codes_are_fixed_and_say_so(sheet, seat):
    choose(sheet, seat, "let go")
    assert "always leads back" in sheet.said.text()
    seat.press(Key.Key_Return)
    assert not sheet.asking
    choose(sheet, seat, "offer of dialogue")
    assert sheet.current.caps == ["O"]
    assert "belong to the codebook" in sheet.said.text()


def test_one_line_and_all_lines_go_back_to_what_they_were(sheet, seat, qtbot):
    KEYS.give("work.session.undo", "Ctrl+F12")
    KEYS.give("work.coding.repeat", ",")
    choose(sheet, seat, "undo")
    qtbot.mouseClick(sheet.reset_button, Qt.MouseButton.LeftButton)
    assert KEYS.caps("work.session.undo") == ["Ctrl+Z"]
    assert KEYS.caps("work.coding.repeat") == [","]
    qtbot.mouseClick(sheet.none_button, Qt.MouseButton.LeftButton)
    assert KEYS.caps("work.session.undo") == []
    qtbot.mouseClick(sheet.all_button, Qt.MouseButton.LeftButton)
    assert KEYS.keymap.chosen == {}
    assert not sheet.all_button.isEnabled()


def test_typing_keeps_the_focus_in_the_field_while_the_lines_are_made_anew(sheet, seat, qtbot):
    seat.type("bookmark")
    qtbot.wait(50)  # the lines that are gone are taken down meanwhile
    assert sheet.field.hasFocus()
    seat.press(Key.Key_Down)
    assert sheet.current == sheet.lines[1].shortcut


@pytest.mark.parametrize("typed", ["", "bookmark"])
def test_the_sheet_stays_whole_in_a_window_of_any_size(sheet, seat, qtbot, typed):
    seat.type(typed)
    for size in ((1440, 900), (1024, 700), (720, 450), (1440, 900)):
        seat.window.resize(*size)
        qtbot.waitUntil(lambda: sheet.scrim.size() == seat.window.size())
        qtbot.wait(20)
        assert sheet.scrim.rect().contains(sheet.geometry())
        for one in (sheet.field, sheet.change_button, sheet.said):
            area = one.rect().translated(one.mapTo(sheet, one.rect().topLeft()))
            assert sheet.rect().adjusted(sheet.EDGE, sheet.EDGE, -sheet.EDGE, -sheet.EDGE).contains(area)


def test_keys_stand_near_their_words_however_few_are_found(sheet, seat, qtbot):
    wide = sheet.lines[0].width()
    seat.type("bookmark")
    qtbot.waitUntil(lambda: sheet.lines[0].width() > 120)
    assert sheet.lines[0].width() <= wide + 16
    assert sheet.said.geometry().bottom() > sheet.height() - sheet.EDGE - 60, "the buttons stay at the foot"
    assert len({line.shortcut.group for line in sheet.lines}) == 1


def test_what_belongs_together_stands_in_one_group(sheet):
    groups = {one.id: one.group for one in sheet.shown()}
    assert groups["work.find_next"] == groups["work.find_previous"] == groups["work.open_find"] == "Move"
    assert groups["work.text.copy"] == groups["work.copying.with_codes"] == "Select"


def test_the_arrows_walk_the_lines_and_a_second_click_changes(sheet, seat, qtbot):
    seat.press(Key.Key_Down)
    assert sheet.current == sheet.lines[0].shortcut
    seat.press(Key.Key_Up)
    assert sheet.current == sheet.lines[-1].shortcut
    for _ in range(2):
        qtbot.mouseClick(sheet.lines[0], Qt.MouseButton.LeftButton)
    assert sheet.asking
