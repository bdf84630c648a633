"""What comes back at the real window: looked at, taken in, and what came of it."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from annotator import editing, settings
from annotator.fieldwork import outgoing, sealing
from annotator.gui.dialogs.receive import ReceiptsDialog, ReceiveDialog
from annotator.gui.dialogs.unseal import UnsealDialog
from annotator.model import new_id
from annotator.project import Project
from tests.fieldwork.conftest import Field, standing_of
from tests.gui.conftest import Key, Seat
from tests.gui.test_fieldwork_windows import closed, dialog, drop


@pytest.fixture
def field(tmp_path):
    made = Field(tmp_path)
    yield made
    made.close()


def sit_down(seat: Seat, field: Field) -> None:
    """Sue opens her project in the window."""
    field.close()
    seat.window.open_path(field.team.sue.path, "Sue")
    seat.window.activateWindow()
    seat.work.to_text()
    QApplication.processEvents()


def receive(seat: Seat, *paths: Path) -> ReceiveDialog:
    seat.window.desk.field.receive(paths)
    return dialog(seat, ReceiveDialog)


def coded(field: Field, name: str = "Ada") -> Path:
    laptop = field.laptop(name)
    field.team.code(laptop, 4, 12)
    return field.hand_in(laptop)


def shown(made: ReceiveDialog | ReceiptsDialog) -> list[list[str]]:
    rows = made.table.rows
    cells = range(rows.columnCount())
    return [[str(rows.index(n, place).data()) for place in cells] for n in range(rows.rowCount())]


def sentences(made: ReceiveDialog) -> str:
    return " ".join(words for words, _ in made.about.sentences)


def test_nothing_is_written_before_receive_is_pressed_and_all_comes_in_then(seat, field):
    paths = [coded(field, "Ada"), coded(field, "Ben")]
    sit_down(seat, field)
    before = standing_of(seat.work.project)
    made = receive(seat, *paths)
    assert [row[1:4] for row in shown(made)] == [["Ada", "Would come in", "1"], ["Ben", "Would come in", "1"]]
    assert made.summary.text() == "2 steps would come in from 2 of 2 files. Nothing is written yet."
    assert standing_of(seat.work.project) == before
    seat.qtbot.keyClick(made.table, Key.Key_Return)
    made = dialog(seat, ReceiveDialog)
    assert made.summary.text() == "2 steps came in from 2 of 2 files."
    assert [row[2] for row in shown(made)] == ["Came in", "Came in"]
    assert not made.primary.isVisible()
    assert len(seat.annotations()) == 2
    assert len(seat.work.coding.shown) == 2
    seat.qtbot.keyClick(made, Key.Key_Escape)
    closed(seat, ReceiveDialog)
    seat.window.desk.field.receipts()
    (told,) = [one for one in seat.window.findChildren(ReceiptsDialog) if one.isVisible()]
    assert [row[1:4] for row in shown(told)] == [[paths[1].name, "Ben", "1"], [paths[0].name, "Ada", "1"]]
    told.accept()


def test_what_is_said_of_a_file(seat, field):
    path = coded(field)
    sit_down(seat, field)
    made = receive(seat, path)
    said = sentences(made)
    one = made.arrivals[0]
    assert f"Check word: {one.word}" in said
    assert f"whose key has the words {one.key}" in said
    assert "It holds 1 document, 0 done · 1 annotation · 1 step." in said
    assert "seen here for the first time" in said


def test_a_damaged_file_is_told_in_a_sentence_and_the_others_come_in(seat, field):
    path = coded(field)
    damaged = path.with_name("damaged.coded")
    damaged.write_bytes(path.read_bytes()[:-100])
    sit_down(seat, field)
    made = receive(seat, damaged, path)
    assert [row[2] for row in shown(made)] == ["Not taken in", "Would come in"]
    assert "cut short" in sentences(made)
    made.accept()
    made = dialog(seat, ReceiveDialog)
    assert made.summary.text() == "1 step came in from 1 of 2 files."
    assert len(seat.annotations()) == 1


def test_only_damaged_files_cannot_be_received(seat, field):
    path = coded(field)
    path.write_bytes(path.read_bytes()[:-100])
    sit_down(seat, field)
    made = receive(seat, path)
    assert not made.primary.isEnabled()


def test_stopping_leaves_all_as_it_was(seat, field):
    path = coded(field)
    sit_down(seat, field)
    before = standing_of(seat.work.project)
    made = receive(seat, path)
    made.accept()
    seat.qtbot.keyClick(made, Key.Key_Escape)
    assert made.isVisible()
    made = dialog(seat, ReceiveDialog)
    assert "Nothing was taken in" in made.error.text()
    assert made.primary.isVisible()
    assert standing_of(seat.work.project) == before
    assert seat.work.project.receipts() == []
    seat.qtbot.keyClick(made, Key.Key_Escape)
    closed(seat, ReceiveDialog)
    assert standing_of(seat.work.project) == before


def test_a_new_key_is_trusted_by_a_person(seat, field):
    laptop = field.laptop("Ada")
    field.team.code(laptop, 4, 12)
    field.receive(field.hand_in(laptop))
    shutil.rmtree(settings.folder() / "keys")
    field.team.code(laptop, 20, 24)
    path = field.hand_in(laptop)
    sit_down(seat, field)
    made = receive(seat, path)
    assert shown(made)[0][2] == "Waits for trust"
    assert "read you the words of the key" in sentences(made)
    assert made.trust_button.isVisible()
    made.trust_button.click()
    made = dialog(seat, ReceiveDialog)
    assert shown(made)[0][2] == "Would come in"
    assert not made.trust_button.isVisible()
    made.accept()
    dialog(seat, ReceiveDialog)
    assert len(seat.annotations()) == 2


def test_files_and_copies_are_dropped_on_the_window(seat, field):
    path = coded(field)
    copy = field.path(".annotator")
    field.sue.back_up(copy)
    with Project(copy, actor="Ben", device=new_id()) as ben:
        field.team.code(ben, 4, 12)
    sit_down(seat, field)
    drop(seat.window, path, copy)
    made = dialog(seat, ReceiveDialog)
    assert [row[1] for row in shown(made)] == ["Ada", "A whole copy"]
    made.accept()
    dialog(seat, ReceiveDialog)
    assert len(seat.annotations()) == 2


def test_a_coder_receives_nothing(seat, field):
    path = coded(field)
    field.close()
    seat.window.open_path(field.team.sue.path, "Ben")
    drop(seat.window, path)
    assert "Only a supervisor" in seat.work.notice.words.text()
    assert not seat.window.findChildren(ReceiveDialog)


def test_time_on_task_goes_on_after_a_look(seat, field):
    path = coded(field)
    sit_down(seat, field)
    made = receive(seat, path)
    seat.qtbot.keyClick(made, Key.Key_Escape)
    closed(seat, ReceiveDialog)
    assert seat.window.time is not None
    assert seat.window.time._in_sight is not None


def test_an_older_codebook_is_said(seat, field):
    path = coded(field)
    codes = [replace(one, definition="A claim is said to be false.") for one in field.sue.nouns("code")]
    field.sue.apply(editing.revise_codebook(field.sue, codes, field.sue.nouns("attribute")))
    field.sue.apply(editing.publish(field.sue))
    sit_down(seat, field)
    assert "version 1 of the codebook; the newest here is 2" in sentences(receive(seat, path))


def test_nothing_received_yet_says_what_to_do(seat, field):
    sit_down(seat, field)
    seat.window.desk.field.receipts()
    (told,) = [one for one in seat.window.findChildren(ReceiptsDialog) if one.isVisible()]
    told.accept()


def test_the_kind_of_file_that_is_handed_out_is_the_one_that_is_opened():
    from annotator.gui import field_desk

    assert (field_desk.ASSIGNMENT, field_desk.CODED) == (outgoing.ASSIGNMENT, outgoing.CODED)


def test_a_sealed_file_asks_for_its_passphrase_and_forgets_it(seat, field):
    laptop = field.laptop("Ada")
    field.team.code(laptop, 4, 12)
    path = field.path(".coded")
    outgoing.hand_in(laptop, path, seal=sealing.Seal("the strait is calm"))
    sit_down(seat, field)
    made = receive(seat, path)
    assert shown(made)[0][2] == "Sealed"
    for typed, state in (("a wrong passphrase", "Sealed"), ("the strait is calm", "Would come in")):
        made.unseal.click()
        (asked,) = [one for one in made.findChildren(UnsealDialog) if one.isVisible()]
        seat.qtbot.keyClicks(asked.field, typed)
        seat.qtbot.keyClick(asked.field, Key.Key_Return)
        made = dialog(seat, ReceiveDialog)
        assert shown(made)[0][2] == state
    assert not made.unseal.isVisible()
    made.accept()
    made = dialog(seat, ReceiveDialog)
    assert len(seat.annotations()) == 1
    made.reject()
    assert sealing._given == []
