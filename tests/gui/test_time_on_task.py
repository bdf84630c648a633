"""Time on task at the window: what is measured and written, what the coder sees of it, and how it is switched off."""

import pytest

from annotator import editing
from annotator.model import Sitting
from tests.conftest import made
from tests.gui.conftest import Key, Modifier

CTRL, SHIFT = Modifier.ControlModifier, Modifier.ShiftModifier


@pytest.fixture
def ada(team, seat):
    """Ada at the window, with a document of hers in a blind round."""
    seat.sit_down(team, "Ada")
    return seat


def write_sitting(seat, team) -> None:
    """A sitting, and then the same one longer."""
    session, project = seat.work.session, seat.work.project
    place = {"document": team.document.id, "round": team.round.id, "began": "2031-01-01T00:00:00+00:00"}
    change = editing.sit(project, **place, seconds=30, before=None)
    session.must_do(change)
    session.must_do(editing.sit(project, **place, seconds=70, before=made(change, Sitting)))


def test_a_sitting_is_no_step_of_undo_and_redo_nor_of_the_history(ada, team):
    session = ada.work.session
    ada.work.text.put_caret(0)
    ada.press(Key.Key_D)
    ada.put_caret("Talks")
    ada.press(Key.Key_D)
    ada.press(Key.Key_Z, CTRL)
    write_sitting(ada, team)
    assert (session.undo_words(), session.redo_words()) == ("annotation", "annotation")
    ada.press(Key.Key_Y, CTRL)
    assert len(ada.annotations()) == 2
    write_sitting(ada, team)
    ada.press(Key.Key_Z, CTRL)
    ada.press(Key.Key_Z, CTRL)
    assert ada.annotations() == []
    assert session.undo_words() == ""
    assert [one.seconds for one in ada.work.project.nouns("sitting")] == [70, 70]
    ada.work.looking_back.toggle()
    assert {step.label for step in ada.work.looking_back.steps.values()}.isdisjoint({"sit"})


def test_what_is_said_above_the_text_stays_while_time_is_written(ada, team):
    ada.work.notice.tell("Not done.", passing=True)
    write_sitting(ada, team)
    assert ada.work.notice.isVisible()
