"""Attributes by the hands of a coder: entities made on the fly, the same as before, and undo of each step."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator import editing
from annotator.model import Attribute, new_id

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def ada(seat, team):
    """Ada at the window; Denial asks for actor (required), stance and target."""
    target = Attribute(new_id(), "target", "entity")
    team.attributes["target"] = target
    denial = replace(team.codes["denial"], attributes=(*team.codes["denial"].attributes, target.id))
    codes = [team.family, denial, team.codes["offer"]]
    team.sue.apply(editing.revise_codebook(team.sue, codes, [*team.attributes.values()]))
    team.sue.apply(editing.publish(team.sue))
    seat.sit_down(team, "Ada")
    return seat


def values(ada, team, n: int) -> dict[str, str]:
    """Attribute -> value of the nth annotation, entities by name."""
    one = sorted(ada.annotations(), key=lambda one: one.spans)[n]
    names = {entity.id: entity.name for entity in ada.work.project.nouns("entity")}
    called = {attribute.id: name for name, attribute in team.attributes.items()}
    return {called[id]: names.get(value, value) for id, value in one.attributes.items()}


def code(ada, words: str, key: str) -> None:
    ada.work.to_text()
    ada.put_caret(words)
    ada.type(key)


def to_text_by_enter(ada, qtbot) -> None:
    ada.press(Key.Key_Return)
    QApplication.processEvents()


def fill(ada, qtbot, actor: str, target: str) -> None:
    ada.press(Key.Key_Return)
    ada.type(actor)
    ada.press(Key.Key_Return)
    qtbot.waitUntil(lambda: not focused(ada, "actor"))
    field(ada, "target").setFocus()
    ada.type(target)
    ada.press(Key.Key_Return, Modifier.ShiftModifier)


def field(ada, name: str):
    return next(line.field for line in ada.work.inspector._asked if line.attribute.name == name)


def focused(ada, name: str) -> bool:
    return QApplication.focusWidget() is field(ada, name)


def test_a_name_made_on_the_fly_is_in_the_registry_and_undo_takes_the_value_only(ada, team):
    code(ada, "republic", "d")
    ada.press(Key.Key_Return)
    assert focused(ada, "actor")
    ada.type("Ilvera")
    ada.press(Key.Key_Return, Modifier.ShiftModifier)
    assert ada.work.text.hasFocus()
    assert values(ada, team, 0) == {"actor": "Ilvera"}
    ada.work.session.undo()
    assert values(ada, team, 0) == {}
    assert [one.name for one in ada.work.project.nouns("entity")] == ["Ilvera"]
    ada.work.session.redo()
    assert values(ada, team, 0) == {"actor": "Ilvera"}
    ada.work.session.undo()
    ada.work.session.undo()
    assert ada.annotations() == []


def test_what_was_used_last_is_offered_first(ada, team, qtbot):
    code(ada, "republic", "d")
    fill(ada, qtbot, "Aland", "Beland")
    code(ada, "Talks", "o")
    ada.press(Key.Key_Return)
    ada.press(Key.Key_Down)
    assert [row.words for row in field(ada, "actor").completions.rows] == ["Beland", "Aland"]
    ada.press(Key.Key_Down)
    ada.press(Key.Key_Return)
    assert values(ada, team, 1) == {"actor": "Aland"}


def test_actor_and_target_come_from_the_annotation_before_in_one_step(ada, team, qtbot):
    code(ada, "republic", "d")
    fill(ada, qtbot, "Aland", "Beland")
    code(ada, "ministry", "d")
    ada.press(Key.Key_R, Modifier.ControlModifier)
    assert values(ada, team, 1) == {"actor": "Aland", "target": "Beland"}
    ada.work.session.undo()
    assert values(ada, team, 1) == {}


def test_what_is_filled_in_stays_and_the_nearest_before_in_the_text_counts(ada, team, qtbot):
    code(ada, "Talks", "d")
    fill(ada, qtbot, "Celand", "Deland")
    code(ada, "republic", "d")
    fill(ada, qtbot, "Aland", "Beland")
    code(ada, "ministry", "d")
    ada.press(Key.Key_Return)
    ada.type("Eland")
    ada.press(Key.Key_Return, Modifier.ShiftModifier)
    ada.press(Key.Key_R, Modifier.ControlModifier)
    assert values(ada, team, 1) == {"actor": "Eland", "target": "Beland"}


def test_one_field_as_before_takes_whatever_type_it_is_of(ada, team, qtbot):
    code(ada, "republic", "d")
    ada.press(Key.Key_3)
    fill(ada, qtbot, "Aland", "Beland")
    field(ada, "stance").setFocus()
    ada.press(Key.Key_End)
    code(ada, "ministry", "d")
    for name in ("actor", "stance"):
        field(ada, name).setFocus()
        ada.press(Key.Key_Down, Modifier.ControlModifier)
    assert values(ada, team, 1) == {"actor": "Aland", "stance": 1}
    assert field(ada, "actor").text() == "Aland"


def test_without_an_annotation_before_it_is_said(ada, team):
    code(ada, "republic", "d")
    ada.press(Key.Key_R, Modifier.ControlModifier)
    assert "before this one" in ada.work.notice.words.text()
    assert values(ada, team, 0) == {}


def test_another_coders_annotation_is_never_looked_at(seat, team):
    from .test_filling import values as read

    team.sue.apply(editing.reveal(team.sue.noun("round", team.round.id)))
    made = editing.add_entity(team.sue, "Aland")
    team.sue.apply(made)
    team.code(team.sit_down("Ben"), 0, 3, attributes={team.attributes["actor"].id: made.edits[0].object})
    seat.sit_down(team, "Ada")
    seat.put_caret("ministry")
    seat.type("o")
    seat.press(Key.Key_R, Modifier.ControlModifier)
    assert read(seat, team, 1) == {}


def test_a_merged_entity_is_shown_and_taken_over_as_what_it_became(ada, team, qtbot):
    code(ada, "republic", "d")
    fill(ada, qtbot, "Republic of Velmar", "Beland")
    project = ada.work.project
    ada.work.session.attempt(lambda: editing.add_entity(project, "Velmar"))
    ada.window.take_down()
    sue = team.sit_down("Sue")
    one, other = (editing.find_entity(sue, name) for name in ("Velmar", "Republic of Velmar"))
    assert one
    assert other
    sue.apply(editing.merge_entities([other], one))
    ada.sit_down(team, "Ada")
    code(ada, "republic", ".")
    ada.put_caret("republic")
    assert field(ada, "actor").text() == "Velmar"
    code(ada, "ministry", "d")
    ada.press(Key.Key_R, Modifier.ControlModifier)
    assert values(ada, team, 1)["actor"] == "Velmar"
