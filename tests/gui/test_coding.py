"""The hands of the coder: spans added, undo over what is gone, keys of other layouts, what could not be saved."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from annotator import editing
from annotator.model import Change, Code, Document, Edit, Round, new_id
from annotator.project import Project
from annotator.text import Span
from tests.conftest import document
from tests.gui.conftest import Key, Modifier


@pytest.fixture(autouse=True)
def faults(capture):
    """No slot may raise: an exception in a slot of Qt reaches nobody who called it."""
    yield
    assert capture == []


@pytest.fixture
def capture(qtbot):
    with qtbot.captureExceptions() as found:
        yield found


def send(seat, key: int, words: str, modifiers=Modifier.NoModifier, *, scan: int = 0, virtual: int = 0) -> None:
    """A key as a keyboard of another layout sends it."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, modifiers, scan, virtual, 0, words)
        if focus := QApplication.focusWidget():
            QApplication.sendEvent(focus, event)


def open_another(seat, team, words: str) -> Document:
    """Imports a document of these words for the person at the window, and opens it."""
    made, contents = document(words)
    me = seat.work.project.actor.id
    assignment = editing.assign(seat.work.project, documents=[made.id], coders=[me], round=team.round.id)
    seat.work.session.do(Change("import documents", (Edit(None, made), *assignment.edits)), contents=contents)
    seat.work.open_document(made.id, team.round.id)
    return made


def test_a_further_span_is_added_to_the_annotation_that_was_current_last(seat, team):
    seat.sit_down(team, "Ada")
    seat.put_caret("republic")
    seat.type("d")
    seat.put_caret("Talks")
    seat.press(Key.Key_Right, Modifier.ShiftModifier)
    assert seat.work.coding.current is None
    seat.type("+")
    [made] = seat.annotations()
    assert made.quotes == ("The republic denies it.", "Talks")
    assert seat.work.coding.current == made.id
    assert seat.work.session.undo_words() == "further span"


@pytest.mark.parametrize("key", ["d", " "])
def test_where_there_are_no_words_a_code_says_so(seat, team, key):
    seat.sit_down(team, "Sue")
    open_another(seat, team, "One.\n\nTwo.")
    seat.work.to_text()
    seat.work.text.put_caret(5)
    seat.type(key)
    assert seat.work.notice.words.text() == "There are no words here to code."
    assert seat.annotations() == []


def test_a_code_of_a_digit_is_pressed_and_put_in_place_of_another(seat, team):
    four = editing.revise_codebook(
        team.sue,
        [*team.sue.nouns("code"), _code(team, "Praise", "4")],
        team.sue.nouns("attribute"),
    )
    team.sue.apply(four)
    team.sue.apply(editing.publish(team.sue))
    seat.sit_down(team, "Ada")
    seat.put_caret("Talks")
    seat.type("4")
    assert seat.work.coding.drawn[seat.annotations()[0].code].name == "Praise"
    seat.press(Key.Key_O, Modifier.ShiftModifier)
    assert seat.annotations()[0].code == team.codes["offer"].id
    send(seat, Key.Key_Dollar, "$", Modifier.ShiftModifier, virtual=0x34)  # Shift+4
    [made] = seat.annotations()
    assert seat.work.coding.drawn[made.code].name == "Praise"


def _code(team, name: str, key: str):
    return Code(new_id(), name, parent=team.family.id, position=5, key=key)


@pytest.mark.parametrize(("key", "words", "virtual"), [(0x412, "в", 0x44), (Key.Key_D, "ㅇ", 0), (Key.Key_D, "d", 0)])
def test_the_key_of_a_code_works_in_other_layouts(seat, team, key, words, virtual):
    seat.sit_down(team, "Ada")
    seat.put_caret("Talks")
    send(seat, key, words, virtual=virtual)
    assert [one.code for one in seat.annotations()] == [team.codes["denial"].id]
    seat.press(Key.Key_O, Modifier.ShiftModifier)
    send(seat, key, words.upper(), Modifier.ShiftModifier, virtual=virtual)
    assert [one.code for one in seat.annotations()] == [team.codes["denial"].id]


def test_the_keys_of_the_number_pad_do_the_same(seat, team):
    pad = Modifier.KeypadModifier
    seat.sit_down(team, "Ada")
    seat.put_caret("republic")
    seat.type("d")
    send(seat, Key.Key_3, "3", pad)
    assert seat.annotations()[0].certainty == 0.95
    send(seat, Key.Key_Enter, "\r", pad)
    assert seat.work.inspector.isAncestorOf(QApplication.focusWidget())
    seat.press(Key.Key_Escape)
    send(seat, Key.Key_Delete, "", pad)
    assert seat.annotations() == []
    seat.press(Key.Key_Enter, pad | Modifier.ControlModifier)
    assert seat.work.coding.is_done


def test_half_a_name_is_dropped_with_the_annotation_it_was_for(seat, team):
    seat.sit_down(team, "Ada")
    seat.put_caret("republic")
    seat.type("d")
    seat.press(Key.Key_Return)
    seat.type("Vel")
    seat.work.session.undo()
    assert seat.annotations() == []
    assert seat.work.project.nouns("entity") == []
    assert seat.work.text.hasFocus()


def test_undo_of_an_import_closes_the_document_and_redo_brings_it_back(seat, team):
    seat.sit_down(team, "Sue")
    made = open_another(seat, team, "Quite another text.")
    session = seat.work.session
    session.undo()
    assert opened(seat) == team.document.id
    assert seat.work.text.text.text == seat.work.coding.text
    session.redo()
    assert {row.document.id for group in seat.work.groups() for row in group.rows} == {made.id, team.document.id}


def opened(seat) -> str | None:
    """The id of the open document."""
    return seat.work.coding.document and seat.work.coding.document.id


def test_undo_of_the_only_import_leaves_an_empty_table(seat, team, tmp_path):
    team.close()
    path = tmp_path / "empty.annotator"
    Project.create(path, name="Empty", supervisor="Sue", device="desk").close()
    seat.window.open_path(path, "Sue")
    made, contents = document("Quite another text.", title="Another")
    seat.work.session.do(Change("import documents", (Edit(None, made),)), contents=contents)
    assert opened(seat) == made.id
    assert seat.work.text.hasFocus()
    seat.type("d")  # there is no code yet
    seat.press(Key.Key_Space)
    assert not seat.work.palette_.isVisible()
    assert "no codes" in seat.work.notice.words.text()
    seat.press(Key.Key_Z, Modifier.ControlModifier)
    assert opened(seat) is None
    assert seat.work.centre.currentIndex() == 0
    assert seat.work.documents.list.hasFocus()
    assert seat.work.status_words() == ("", "", "", "")
    seat.press(Key.Key_Z, Modifier.ControlModifier | Modifier.ShiftModifier)
    assert opened(seat) == made.id


def test_undo_of_the_round_one_is_in_leads_back_to_another(seat, team):
    seat.sit_down(team, "Sue")
    session, project = seat.work.session, seat.work.project
    round = Round(new_id(), "Pilot")
    change = editing.assign(project, documents=[team.document.id], coders=[project.actor.id], round=round.id)
    session.do(Change("assign", (Edit(None, round), *change.edits)))
    seat.work.open_document(team.document.id, round.id)
    session.undo()
    assert seat.work.coding.round.id in {one.id for one in project.nouns("round")}
    session.redo()
    assert round.id in {one.id for one in project.nouns("round")}


def test_a_code_that_was_deleted_is_not_offered_again(seat, team):
    seat.sit_down(team, "Sue")
    project, session = seat.work.project, seat.work.session
    praise = _code(team, "Praise", "y")
    session.do(editing.revise_codebook(project, [*project.nouns("code"), praise], project.nouns("attribute")))
    seat.work.coding.recent = [praise.id]
    kept = [one for one in project.nouns("code") if one.id != praise.id]
    session.do(editing.revise_codebook(project, kept, project.nouns("attribute")))
    seat.put_caret("Talks")
    assert seat.work.coding.recent == []


def test_counts_follow_a_merge_of_codes(seat, team):
    seat.sit_down(team, "Sue")
    seat.work.open_document(team.document.id, team.round.id)
    seat.put_caret("Talks")
    seat.type("o")
    offer, denial = team.codes["offer"], team.codes["denial"]
    seat.work.session.do(editing.merge_codes(offer, denial))
    assert seat.work.coding.counts() == {denial.id: 1}
    seat.work.coding.shape.retract()
    assert seat.work.coding.counts() == {}


@contextmanager
def full_disk(project) -> Iterator[None]:
    """Meanwhile SQLite takes no further step, as on a full disk."""
    with closing(sqlite3.connect(project.path)) as connection:
        full = "SELECT RAISE(FAIL, 'database or disk is full')"
        connection.execute(f"CREATE TRIGGER full BEFORE INSERT ON revision BEGIN {full}; END")
        yield
        connection.execute("DROP TRIGGER full")


def test_what_could_not_be_saved_is_told_and_not_shown(seat, team):
    seat.sit_down(team, "Ada")
    seat.put_caret("republic")
    seat.type("d")
    with full_disk(seat.work.project):
        seat.press(Key.Key_Return)
        seat.type("Velmar")
        seat.press(Key.Key_Tab)
        assert seat.work.notice.isVisible()
        field = seat.work.inspector._asked[0].field
        assert field.text() == ""
        seat.press(Key.Key_Escape)
        seat.type("3")
        assert seat.work.inspector.certainty.chosen() < 0
        seat.put_caret("Talks")
        seat.type("o")
        assert len(seat.work.text.index.annotations()) == 1
    assert seat.annotations()[0].certainty is None
    seat.type("o")
    assert len(seat.annotations()) == 2


def test_a_memo_being_written_is_not_called_saved(seat, team, qtbot):
    seat.sit_down(team, "Ada")
    seat.put_caret("republic")
    seat.type("d")
    seat.press(Key.Key_M, Modifier.ControlModifier)
    seat.type("quoted")
    assert seat.window.left.text() == "Not saved yet"
    qtbot.waitUntil(lambda: seat.window.left.text() == "Saved", timeout=3000)
    assert seat.annotations()[0].memo == "quoted"


def test_a_memo_half_typed_is_kept_when_another_person_sits_down(seat, team):
    seat.sit_down(team, "Ada")
    seat.put_caret("republic")
    seat.type("d")
    seat.press(Key.Key_M, Modifier.ControlModifier)
    seat.type("quoted")
    seat.sit_down_again("Sue")
    assert [one.memo for one in seat.annotations()] == ["quoted"]


def test_in_a_document_that_is_done_nothing_takes_the_focus_from_the_text(seat, team):
    seat.sit_down(team, "Ada")
    seat.put_caret("republic")
    seat.type("d")
    seat.press(Key.Key_Return, Modifier.ControlModifier)
    for key, modifiers in ((Key.Key_M, Modifier.ControlModifier), (Key.Key_Return, Modifier.NoModifier)):
        seat.press(key, modifiers)
        assert seat.work.text.hasFocus()
    seat.work.coding.toggle_done()
    assert seat.work.text.hasFocus()


def test_in_a_document_that_is_done_a_code_says_that_first_and_which_key_opens_it(seat, team):
    seat.sit_down(team, "Ada")
    seat.put_caret("republic")
    seat.type("d")
    seat.press(Key.Key_Return, Modifier.ControlModifier)
    for words in ("republic", "Talks"):  # coded so already, and not coded yet
        seat.put_caret(words)
        seat.type("d")
        assert "marked done. Ctrl+Enter opens it again" in seat.work.notice.words.text()
    assert len(seat.annotations()) == 1


def test_fields_are_reached_though_the_panels_are_away(seat, team):
    seat.sit_down(team, "Ada")
    seat.put_caret("republic")
    seat.type("d")
    seat.press(Key.Key_F11)
    assert not seat.work.side.isVisible()
    seat.press(Key.Key_M, Modifier.ControlModifier)
    assert seat.work.side.isVisible()
    assert seat.work.inspector.memo.hasFocus()


def test_a_mouse_alone_can_write_a_memo_after_a_click_on_an_annotation(seat, team, qtbot):
    seat.sit_down(team, "Ada")
    seat.put_caret("Talks")
    seat.type("o")
    seat.work.text.put_caret(0)
    assert seat.work.coding.current is None
    rect = seat.work.text.rect_of(Span(60, 66))
    qtbot.mouseClick(seat.work.text.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    seat.press(Key.Key_M, Modifier.ControlModifier)
    assert seat.work.inspector.memo.hasFocus()


def test_words_out_of_place_stay_out_of_sight_when_much_changes(seat, team):
    _, one = team.code(team.sue, 4, 12)
    team.close()
    with closing(sqlite3.connect(team.sue.path)) as connection, connection:
        connection.execute("UPDATE annotation SET quotes = '[\"nothing of the kind\"]' WHERE id = ?", (one.id,))
    seat.sit_down(team, "Sue")
    seat.work.open_document(team.document.id, team.round.id)
    seat.work.coding._load_marks()
    assert seat.work.text.index.annotations() == []
