"""Every key of the table can be changed, and what shows or hears a key follows at once."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from annotator.gui.actions import ACTIONS, GROUPS
from annotator.gui.keymap import Keymap, spelled
from annotator.gui.own_keys import KEYS, RESERVED

Key, Modifier = Qt.Key, Qt.KeyboardModifier
WITH_KEYS = [action for action in ACTIONS if action.keys or action.menu]


@pytest.fixture(autouse=True)
def keys_as_at_first():
    """The keyboard is one for the process."""
    yield
    KEYS.settings = None
    KEYS.reset_all()


@pytest.mark.parametrize("action", WITH_KEYS, ids=lambda action: action.words)
def test_each_action_has_an_id_a_place_on_the_sheet_and_its_default_keys(action):
    keymap = Keymap(ACTIONS, reserved=RESERVED)
    assert action.id
    assert action.heading in GROUPS
    assert keymap.keys(action.id) == keymap.usual(action.id)
    for key in action.keys:
        assert keymap.others(action.id, key) == []
        assert keymap.why_not(action.id, key) in ("", "fixed")
        assert spelled(QKeySequence(key).toString()) == spelled(key), "Qt writes it otherwise"


def test_ids_are_unique_and_a_row_that_only_tells_has_something_to_tell():
    ids = [action.id for action in WITH_KEYS]
    assert len(ids) == len(set(ids))
    assert all(action.shown for action in ACTIONS if not action.id)


def test_a_move_in_the_text_can_have_another_key_and_selects_with_shift(seat, team):
    seat.sit_down(team, "Ada")
    seat.put_caret("The ministry")
    KEYS.give("work.text.keyboard.sentence_right", "Ctrl+F12")
    seat.press(Key.Key_F12, Modifier.ControlModifier)
    assert seat.work.text.caret() == seat.work.coding.text.index("Talks")
    seat.press(Key.Key_F12, Modifier.ControlModifier | Modifier.ShiftModifier)
    assert seat.work.text.selection()
    seat.put_caret("The ministry")
    seat.press(Key.Key_Right, Modifier.ControlModifier)
    assert seat.work.text.caret() == seat.work.coding.text.index("The ministry")


def test_tab_and_the_palette_can_have_other_keys(seat, team):
    seat.sit_down(team, "Ada")
    seat.put_caret("Talks")
    seat.type("o")
    KEYS.give("work.coding.next_annotation", "Alt+F12")
    KEYS.give("work.coding.open_palette", "Tab")
    seat.work.coding.make_current(None)
    seat.press(Key.Key_F12, Modifier.AltModifier)
    assert seat.work.coding.current
    seat.press(Key.Key_Tab)
    assert seat.work.palette_.isVisible()


def test_menus_follow_and_the_machine_remembers(seat, team, machine):
    seat.sit_down(team, "Ada")
    made = {action.run: shown for action, shown in seat.window.actions_.items()}
    KEYS.give("work.session.undo", "Ctrl+F11")
    KEYS.give("work.coding.shape.retract", "Ctrl+Shift+F12")
    assert made["work.session.undo"].shortcut().toString() == "Ctrl+F11"
    assert made["work.coding.shape.retract"].text().endswith("\tCtrl+Shift+F12")
    seat.put_caret("Talks")
    seat.type("o")
    seat.press(Key.Key_F11, Modifier.ControlModifier)
    assert seat.annotations() == []
    kept = json.loads((machine / "settings.json").read_text())["keys"]
    assert kept == {"work.session.undo": ["Ctrl+F11"], "work.coding.shape.retract": ["Ctrl+Shift+F12"]}
    KEYS.reset_all()
    assert made["work.session.undo"].shortcut().toString() == "Ctrl+Z"
    assert json.loads((machine / "settings.json").read_text())["keys"] == {}


def test_enter_on_the_number_pad_is_enter(seat, team):
    seat.sit_down(team, "Ada")
    seat.press(Key.Key_Enter, Modifier.ControlModifier)
    assert seat.work.coding.is_done


def test_with_ctrl_beside_alt_an_edge_still_moves_by_a_character(seat, team):
    seat.sit_down(team, "Ada")
    seat.put_caret("Talks")
    seat.type("o")
    KEYS.give("work.coding.shape.end_back", "Alt+B")
    before = seat.annotations()[0].spans[0].end
    seat.press(Key.Key_B, Modifier.AltModifier | Modifier.ControlModifier)
    assert seat.annotations()[0].spans[0].end == before - 1
