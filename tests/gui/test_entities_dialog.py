"""The registry of entities in front of a supervisor: merged, renamed, called otherwise, each act one step of undo."""

import pytest
from PySide6.QtCore import Qt

from annotator import editing
from annotator.gui.actions import ACTIONS
from annotator.gui.dialogs.entities import EntitiesDialog

RUN = "desk.entities"


@pytest.fixture
def dialog(seat, team):
    """Two names of one country and another; Sue looks at the registry."""
    for name in ("Velmar", "Vélmar", "Ostland"):
        team.sue.apply(editing.add_entity(team.sue, name))
    slip = editing.find_entity(team.sue, "Vélmar")
    assert slip
    team.code(team.sue, 0, 23, attributes={team.attributes["actor"].id: slip.id})
    seat.sit_down(team, "Sue")
    seat.window.run(next(action for action in ACTIONS if action.run == RUN))
    return seat.window.findChild(EntitiesDialog)


def names(dialog) -> list[str]:
    return [one.words for one in dialog.list.lines()]


def choose(dialog, name: str) -> None:
    dialog.list.choose(next(one.id for one in dialog.list.lines() if one.words == name))


def click(qtbot, button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_what_may_be_one_is_proposed_and_merged_in_one_step(dialog, seat, qtbot):
    assert names(dialog) == ["Ostland", "Velmar", "Vélmar"]
    assert "Velmar and Vélmar" in dialog.alike.text()
    click(qtbot, dialog.alike_button)
    choose(dialog, "Velmar")
    assert dialog.preview.text() == "1 annotation will read “Velmar” instead of Vélmar."
    click(qtbot, dialog.merge_button)
    assert names(dialog) == ["Ostland", "Velmar"]
    assert "1 annotation" in dialog.list.lines()[1].more
    assert not dialog.alike_button.isVisible()
    seat.work.session.undo()
    assert not any(one.merged_into for one in seat.work.project.nouns("entity"))


def test_a_merge_is_taken_apart_again(dialog, qtbot):
    click(qtbot, dialog.alike_button)
    click(qtbot, dialog.merge_button)
    click(qtbot, dialog.part_button)
    assert names(dialog) == ["Ostland", "Velmar", "Vélmar"]


def test_names_and_aliases_are_saved_and_what_is_refused_is_said(dialog, seat, qtbot):
    choose(dialog, "Ostland")
    dialog.name.setText("Republic of Ostland")
    dialog.aliases.setText("RO; East")
    click(qtbot, dialog.save_button)
    found = editing.find_entity(seat.work.project, "east")
    assert found
    assert (found.name, set(found.aliases)) == ("Republic of Ostland", {"RO", "East", "Ostland"})
    dialog.name.setText("Velmar")
    click(qtbot, dialog.save_button)
    assert "Merge the two instead" in dialog.error.text()
    dialog.filter.setText("ro")
    assert [n for n in range(dialog.list.count()) if not dialog.list.item(n).isHidden()]


def test_a_coder_is_not_offered_it(seat, team):
    seat.sit_down(team, "Ada")
    seat.window.run(next(action for action in ACTIONS if action.run == RUN))
    assert seat.window.findChild(EntitiesDialog) is None


def test_enter_in_a_field_presses_no_button(dialog, seat, qtbot):
    choose(dialog, "Ostland")
    for field in (dialog.filter, dialog.name):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert names(dialog) == ["Ostland", "Velmar", "Vélmar"]
    assert dialog.isVisible()
