"""Copy, plain and with codes: what lies on the clipboard."""

import pytest
from PySide6.QtGui import QGuiApplication

from annotator.text import Span
from tests.gui.conftest import Key, Modifier

CTRL_ALT = Modifier.ControlModifier | Modifier.AltModifier


@pytest.fixture
def ada(team, seat):
    person = team.sit_down("Ada")
    team.code(person, 0, 23)
    team.code(person, 4, 12, "offer")
    seat.sit_down(team, "Ada")
    return seat


def board():
    return QGuiApplication.clipboard().mimeData()


def test_copy_takes_the_plain_words(ada):
    ada.work.text.select(Span(4, 19))
    ada.press(Key.Key_C, Modifier.ControlModifier)
    assert board().text() == "republic denies"
    assert not board().hasHtml()


def test_copy_with_codes_takes_the_selection(ada):
    ada.work.text.select(Span(4, 19))
    ada.press(Key.Key_C, CTRL_ALT)
    assert board().text().split("\n") == [
        "republic denies [Denial]",
        "[Offer of dialogue] republic",
        "— A statement, paragraph 1",
    ]
    assert "background-color" in board().html()
    assert "[Offer of dialogue]" in board().html()


def test_without_a_selection_the_current_annotation_is_copied(ada):
    ada.press(Key.Key_Tab)
    ada.press(Key.Key_C, CTRL_ALT)
    assert board().text().startswith("The republic denies it. [Denial]\n[Offer of dialogue] republic\n")


def test_without_either_the_sentence_at_the_caret_is_copied(ada):
    ada.work.coding.make_current(None)
    ada.work.text.put_caret(70)
    ada.work.coding.make_current(None)
    ada.press(Key.Key_C, CTRL_ALT)
    assert board().text() == "Talks may begin.\n— A statement, paragraph 1"


def test_what_is_hidden_is_not_copied(team, seat):
    for name in ("Ada", "Ben"):
        team.code(team.sit_down(name), 0, 23)
    seat.sit_down(team, "Sue")
    seat.work.coding.hide([team.coders["Ben"].id])
    seat.work.text.select(Span(0, 23))
    seat.press(Key.Key_C, CTRL_ALT)
    assert board().text().startswith("The republic denies it. [Denial, Ada]\n—")
