"""The text keeps its place on the screen while bars open above it and go."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from annotator import editing
from annotator.model import Change, Edit
from tests.conftest import document

WORDS = "\n\n".join(f"Sentence {number} of a long statement that nobody has read." for number in range(200))


@pytest.fixture
def reading(seat, team):
    """A long statement stands open."""
    seat.sit_down(team, "Sue")
    work = seat.work
    made, contents = document(WORDS)
    handed_out = editing.assign(work.project, documents=[made.id], coders=[work.project.actor.id], round=team.round.id)
    work.session.do(Change("import documents", (Edit(None, made), *handed_out.edits)), contents=contents)
    work.open_document(made.id, team.round.id)
    work.to_text()
    QApplication.processEvents()
    return work


def line_of_caret(work) -> int:
    """Where the line of the caret stands in the window."""
    QApplication.processEvents()
    text = work.text
    return text.viewport().mapTo(work, text.cursorRect().topLeft()).y()


@pytest.mark.parametrize("share", [0.5, 1.0], ids=["in the middle", "at the end"])
def test_the_words_stand_still_while_bars_open_and_go(reading, share):
    reading.text.put_caret(round(share * len(WORDS)))
    reading.text.ensureCursorVisible()
    for _ in range(5):  # what came into sight is laid out, and heights become exact
        QApplication.processEvents()
    before = line_of_caret(reading)
    reading.notice.tell("This was refused.")
    assert line_of_caret(reading) == before
    reading.open_find()
    assert line_of_caret(reading) == before
    reading.notice.clear()
    assert line_of_caret(reading) == before


def test_a_caret_in_the_first_line_stays_in_sight(reading):
    reading.text.put_caret(0)
    reading.notice.tell("This was refused.")
    top = reading.text.viewport().mapTo(reading, QPoint(0, 0)).y()
    assert line_of_caret(reading) >= top
