"""Which key an action has: defaults, what a person chose, and what is never given away. No window is needed."""

from dataclasses import dataclass

import pytest

from annotator.gui.keymap import Keymap, cap, spelled


@dataclass(frozen=True)
class Row:
    id: str
    keys: tuple[str, ...] = ()
    scope: str = "text"
    extends: bool = False
    fixed: bool = False


ROWS = (
    Row("undo", ("Ctrl+Z",), "window"),
    Row("find", ("Ctrl+F",), "window"),
    Row("left", ("Left",), extends=True),
    Row("retract", ("Delete",)),
    Row("again", (".",)),
    Row("let go", ("Esc",), fixed=True),
    Row("next", ("Down",), "drawer"),
    Row("", ()),
)


def keymap(**chosen) -> Keymap:
    return Keymap(ROWS, chosen, ("Alt+F", "F10"))  # pyright: ignore[reportArgumentType] - rows of a table of our own


@pytest.mark.parametrize(
    ("key", "so"),
    [
        ("Shift+Ctrl+Z", "Ctrl+Shift+Z"),
        ("Ctrl++", "Ctrl++"),
        ("+", "+"),
        ("Delete", "Del"),
        ("Ctrl+Enter", "Ctrl+Return"),
        ("Shift+Backtab", "Shift+Tab"),
        ("PageDown", "PgDown"),
    ],
)
def test_a_key_has_one_spelling(key, so):
    assert spelled(key) == so == spelled(so)


def test_caps_are_printed_as_on_the_keyboard(monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    assert [cap(key) for key in ("Ctrl+Return", "Alt+Left", "Ctrl+-", "Ctrl++", "?")] == [
        "Ctrl+Enter",
        "Alt+←",
        "Ctrl+−",
        "Ctrl++",
        "?",
    ]
    monkeypatch.setattr("sys.platform", "darwin")
    assert cap("Ctrl+Shift+Z") == "⌘⇧Z"


def test_a_key_finds_its_action_in_its_place_and_shift_extends():
    keys = keymap()
    assert keys.action(["Del"], "text") == (keys.actions["retract"], False)
    assert keys.action(["Ctrl+Z"], "text") is None
    assert keys.action(["Shift+Left"], "text") == (keys.actions["left"], True)
    assert keys.action(["Shift+Del"], "text") is None
    assert keys.action([":", "."], "text") == (keys.actions["again"], False)


def test_a_chosen_key_takes_it_from_who_had_it_and_reset_gives_it_back():
    keys = keymap()
    assert [one.id for one in keys.others("find", "Ctrl+Z")] == ["undo"]
    keys.give("find", "Ctrl+Z")
    assert (keys.keys("find"), keys.keys("undo")) == (("Ctrl+Z",), ())
    assert keys.chosen == {"find": ("Ctrl+Z",), "undo": ()}
    keys.reset("undo")
    assert (keys.keys("find"), keys.keys("undo")) == ((), ("Ctrl+Z",))
    keys.give("left", "Ctrl+Left", "Left")
    assert keys.is_changed("left")
    keys.reset_all()
    assert keys.chosen == {}
    assert not any(map(keys.is_changed, keys.actions))


def test_what_is_as_at_first_is_not_remembered():
    keys = keymap()
    keys.give("again", ",")
    keys.give("again", ".")
    assert keys.chosen == {}


def test_a_move_also_takes_its_key_with_shift():
    keys = keymap()
    assert [one.id for one in keys.others("retract", "Shift+Left")] == ["left"]
    assert [one.id for one in keys.others("left", "Del")] == ["retract"]


def test_keys_of_places_that_never_meet_may_be_the_same():
    keys = keymap()
    assert keys.others("retract", "Down") == []
    assert [one.id for one in keys.others("next", "Ctrl+Z")] == ["undo"]


@pytest.mark.parametrize(
    ("id", "key", "why"),
    [
        ("retract", "X", "letter"),
        ("retract", "Shift+X", "letter"),
        ("retract", "ß", "letter"),
        ("retract", "Ctrl+X", ""),
        ("retract", "7", ""),
        ("retract", "Esc", "esc"),
        ("retract", "Ctrl+Esc", "esc"),
        ("retract", "Alt+F", "menu"),
        ("retract", "F10", "menu"),
        ("retract", "Alt+B", ""),
        ("let go", "Ctrl+K", "fixed"),
        ("undo", "7", "typed"),
        ("undo", "Shift+Left", "typed"),
        ("undo", "F7", ""),
        ("undo", "Alt+Backspace", ""),
        ("next", "J", ""),
    ],
)
def test_some_keys_are_never_given_and_it_is_said_why(id, key, why):
    assert keymap().why_not(id, key) == why


def test_what_was_written_by_hand_into_the_settings_is_taken_as_far_as_it_goes():
    keys = keymap(retract=["X", "Ctrl+K"], undo=["Ctrl+F"], **{"let go": ["Ctrl+L"], "of a newer version": ["Ctrl+J"]})
    assert keys.keys("retract") == ("Ctrl+K",)
    assert (keys.keys("undo"), keys.keys("find")) == (("Ctrl+F",), ())
    assert keys.keys("let go") == ("Esc",)
    assert keys.keys("of a newer version") == ()
    keys.give("again", ",")
    assert keys.chosen["of a newer version"] == ("Ctrl+J",)
