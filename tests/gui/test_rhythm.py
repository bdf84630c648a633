"""The next sentence that is not coded, done with nothing found, the next document that waits."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator import editing
from annotator.model import Change, Edit
from tests.conftest import WORDS, document
from tests.gui.conftest import Key, Modifier

CTRL, SHIFT = Modifier.ControlModifier, Modifier.ShiftModifier


@pytest.fixture
def ada(team, seat):
    """Ada at the window, with three documents of hers."""
    for title in ("Second", "Third"):
        other, contents = document(f"{title}. {WORDS}", title=title)
        team.sue.apply(Change("import documents", (Edit(None, other),)), contents=contents)
        ada = team.coders["Ada"].id
        team.sue.apply(editing.assign(team.sue, documents=[other.id], coders=[ada], round=team.round.id))
    seat.sit_down(team, "Ada")
    return seat


def at(seat) -> str:
    span = seat.work.text.sentence()
    return seat.work.coding.text[span.start : span.end]


def told(seat) -> str:
    return seat.work.notice.words.text() if seat.work.notice.isVisible() else ""


def menu_words(seat, run: str) -> str:
    seat.window._refresh_actions()
    return next(made.text().split("\t")[0] for one, made in seat.window.actions_.items() if one.run == run)


def test_the_next_uncoded_sentence_is_a_key_away_and_wrapping_is_told(ada):
    ada.work.text.put_caret(0)
    ada.press(Key.Key_D)
    ada.press(Key.Key_F5)
    assert at(ada).startswith("The ministry")
    ada.press(Key.Key_D)
    ada.press(Key.Key_F5)
    assert at(ada) == "Talks may begin."
    assert told(ada) == ""
    ada.put_caret("The ministry")
    ada.press(Key.Key_F5, SHIFT)
    assert at(ada) == "Talks may begin."
    assert "from the end" in told(ada)


def test_a_sentence_touched_by_one_word_is_coded_and_none_left_is_said(ada):
    ada.work.text.put_caret(0)
    ada.press(Key.Key_D)
    for words in ("ministry", "Talks"):
        start = ada.work.coding.text.index(words)
        ada.work.text.extend(start, start + len(words))
        ada.press(Key.Key_D)
    place = ada.work.text.caret()
    ada.press(Key.Key_F5)
    assert "Every sentence" in told(ada)
    assert ada.work.text.caret() == place
    ada.press(Key.Key_Delete)
    assert told(ada) == ""
    ada.press(Key.Key_F5)
    assert at(ada) == "Talks may begin."


def test_with_one_uncoded_sentence_where_one_is_nothing_else_is_found(ada):
    for words in ("The republic", "The ministry"):
        ada.put_caret(words)
        ada.press(Key.Key_D)
    ada.put_caret("Talks")
    ada.press(Key.Key_F5)
    assert at(ada) == "Talks may begin."


def test_done_without_an_annotation_reads_nothing_found_everywhere(ada):
    assert menu_words(ada, "work.coding.toggle_done") == "Read, nothing found"
    assert "Read, nothing found" in ada.work.header.state.toolTip()
    ada.press(Key.Key_Return, CTRL)
    assert "Done, nothing found" in ada.work.header.state.text()
    assert "nothing found" in told(ada)
    rows = [row for group in ada.work.groups() for row in group.rows]
    assert [row.nothing for row in rows] == [True, False, False]
    ada.press(Key.Key_Return, CTRL)
    assert ada.work.coding.state == "to do"
    assert menu_words(ada, "work.coding.toggle_done") == "Read, nothing found"


def test_done_with_an_annotation_is_plainly_done(ada):
    ada.work.text.put_caret(0)
    ada.press(Key.Key_D)
    assert menu_words(ada, "work.coding.toggle_done") == "Mark as done"
    assert "100 %" not in ada.work.header.state.toolTip()
    assert "% of the text" in ada.work.header.state.toolTip()
    share = ada.work.header.state.text().strip()
    assert share.startswith("In progress, ")
    ada.work._catch_up()
    index = ada.work.documents.list.currentIndex()
    assert str(index.data(Qt.ItemDataRole.AccessibleTextRole)).endswith(share)
    ada.press(Key.Key_Return, CTRL)
    assert ada.work.header.state.text().strip() == "Done"
    assert menu_words(ada, "work.coding.toggle_done") == "Reopen the document"
    assert not any(row.nothing for group in ada.work.groups() for row in group.rows)


def test_after_done_the_next_waiting_document_is_offered_and_never_opened_by_itself(ada):
    first = ada.work.coding.document.title
    ada.press(Key.Key_Return, CTRL)
    assert "Next: Second" in told(ada)
    assert ada.work.coding.document.title == first
    ada.press(Key.Key_Return, CTRL | SHIFT)
    assert ada.work.coding.document.title == "Second"
    ada.press(Key.Key_Return, CTRL)
    ada.press(Key.Key_Return, CTRL | SHIFT)
    assert ada.work.coding.document.title == "Third"
    ada.press(Key.Key_Return, CTRL)
    assert "No other document is waiting" in told(ada)
    QApplication.processEvents()
    assert ada.work.coding.document.title == "Third"


# History --------------------------------------------------------------------------------------------------------------


def whats(seat) -> list[str]:
    QApplication.processEvents()
    return [row.what for row in seat.work.looking_back.panel.rows]


def test_the_history_says_in_words_what_each_edit_did(ada):
    ada.work.text.put_caret(0)
    ada.press(Key.Key_D)
    ada.press(Key.Key_O, SHIFT)
    ada.press(Key.Key_Left, Modifier.AltModifier)
    ada.press(Key.Key_1)
    ada.press(Key.Key_Delete)
    ada.press(Key.Key_Z, CTRL)
    ada.press(Key.Key_H, CTRL | Modifier.AltModifier)
    assert whats(ada)[:6] == [
        "Undone: Offer of dialogue",
        "Offer of dialogue retracted",
        "Certainty: unsure",
        "End moved: it.",
        "Denial → Offer of dialogue",
        "Denial",
    ]
    assert ada.work.looking_back.panel.rows[5].quote == "The republic denies it."
    assert ada.work.looking_back.panel.list.hasFocus()


def test_going_back_is_one_new_step_that_undo_takes_back(ada):
    work = ada.work
    work.text.put_caret(0)
    ada.press(Key.Key_D)
    ada.press(Key.Key_F5)
    ada.press(Key.Key_O)
    before = {one.id: one for one in ada.annotations()}
    ada.press(Key.Key_H, CTRL | Modifier.AltModifier)
    panel = work.looking_back.panel
    denial = next(row.change for row in panel.rows if row.what == "Denial")
    while panel.current() != denial:
        ada.press(Key.Key_Down)
    assert panel.back.isEnabled()
    panel.back.click()
    assert [one.spans[0].start for one in ada.annotations()] == [0]
    assert whats(ada)[0] == "Offer of dialogue retracted"
    assert work.session.undo_words() == "going back"
    work.session.undo()
    assert {one.id: one for one in ada.annotations()} == before
    work.session.redo()
    assert len(ada.annotations()) == 1


def test_one_edit_is_taken_back_and_what_came_after_it_stays(ada):
    work = ada.work
    work.text.put_caret(0)
    ada.press(Key.Key_D)
    ada.press(Key.Key_F5)
    ada.press(Key.Key_O)
    ada.press(Key.Key_H, CTRL | Modifier.AltModifier)
    panel = work.looking_back.panel
    while panel.current() == "" or work.looking_back.steps[panel.current()].edits[0].noun.spans[0].start:
        ada.press(Key.Key_Down)
    assert panel.take.isEnabled()
    panel.take.click()
    assert [one.spans[0].start > 0 for one in ada.annotations()] == [True]
    QApplication.processEvents()
    while panel.current() == "" or not any(
        row.change == panel.current() and row.what == "Denial" for row in panel.rows
    ):
        ada.press(Key.Key_Down)
    assert not panel.take.isEnabled()


def test_enter_in_the_history_leads_to_the_place(ada):
    ada.put_caret("Talks")
    ada.press(Key.Key_D)
    ada.work.text.put_caret(0)
    ada.press(Key.Key_H, CTRL | Modifier.AltModifier)
    ada.press(Key.Key_Down)
    ada.press(Key.Key_Return)
    assert ada.work.text.hasFocus()
    assert at(ada) == "Talks may begin."


def test_the_history_reads_further_pages_as_one_goes_down(ada, monkeypatch):
    monkeypatch.setattr("annotator.gui.looking_back.PAGE", 5)
    ada.work.text.put_caret(0)
    ada.press(Key.Key_D)
    for key in (Key.Key_1, Key.Key_2) * 8:
        ada.press(key)
    ada.press(Key.Key_H, CTRL | Modifier.AltModifier)
    for _ in range(30):
        ada.press(Key.Key_Down)
    assert whats(ada)[-1] == "Document brought in"
    assert len(whats(ada)) == 19
