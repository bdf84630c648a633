"""Work without a network at the real window: out as a file, opened on a laptop, coded, handed in."""

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from annotator import editing
from annotator.fieldwork import incoming, outgoing
from annotator.gui.dialogs.accept import AcceptDialog
from annotator.gui.dialogs.assign_file import AssignFileDialog
from annotator.gui.dialogs.hand_in import HandInDialog
from annotator.gui.dialogs.tasks import TaskDialog
from annotator.model import new_id
from annotator.project import Project
from tests.conftest import Team, document
from tests.gui.conftest import Key, Modifier, Seat

CTRL, ALT, SHIFT = Modifier.ControlModifier, Modifier.AltModifier, Modifier.ShiftModifier


Kind = TypeVar("Kind", bound=TaskDialog)


def dialog(seat: Seat, kind: type[Kind]) -> Kind:
    """The dialog of this kind that is open, once it is at rest."""
    (found,) = [one for one in seat.window.findChildren(kind) if one.isVisible()]
    seat.qtbot.waitUntil(lambda: found.task is None, timeout=20_000)
    QApplication.processEvents()
    return found


def closed(seat: Seat, kind: type[TaskDialog]) -> None:
    seat.qtbot.waitUntil(lambda: not [one for one in seat.window.findChildren(kind) if one.isVisible()], timeout=20_000)


def assigned(seat: Seat, team: Team) -> tuple[Path, str]:
    """Sue hands out Ada's documents as a file, by keys; the file, and the word that she saw."""
    seat.sit_down(team, "Sue")
    seat.press(Key.Key_O, CTRL | ALT)
    asked = dialog(seat, AssignFileDialog)
    assert asked.coder.hasFocus()
    asked.coder.setCurrentIndex(asked.coder.findText("Ada"))
    asked.round.setCurrentIndex(asked.round.findText("Reliability"))
    path = asked.place.path()
    seat.qtbot.keyClick(asked.coder, Key.Key_Return)
    asked = dialog(seat, AssignFileDialog)
    assert asked.pages.currentWidget() is asked.result_page
    word = asked.fact["word"].text()
    seat.qtbot.keyClick(asked, Key.Key_Escape)
    return path, word


def opened(seat: Seat, path: Path) -> str:
    """Ada opens it, by keys; the word that she saw. The start page is in sight before."""
    seat.window.desk.open(path)
    asked = dialog(seat, AcceptDialog)
    word = asked.fact["word"].text()
    seat.qtbot.keyClick(asked, Key.Key_Return)
    closed(seat, AcceptDialog)
    return word


def to_text(seat: Seat) -> None:
    seat.window.activateWindow()
    seat.work.to_text()
    QApplication.processEvents()


def handed_in(seat: Seat) -> tuple[Path, str]:
    to_text(seat)
    seat.press(Key.Key_O, CTRL | SHIFT)
    asked = dialog(seat, HandInDialog)
    path, word = asked.place.path(), asked.fact["word"].text()
    seat.qtbot.keyClick(asked, Key.Key_Return)
    closed(seat, HandInDialog)
    return path, word


def test_the_way_out_and_back_by_keys(seat, team):
    path, word = assigned(seat, team)
    assert path == team.sue.path.with_name("Ada Reliability.assignment")
    assert incoming.read(path).word == word
    seat.window.desk.close_project()
    assert opened(seat, path) == word
    assert seat.work.project.path == path.with_suffix(".annotator")
    assert seat.work.project.actor.name == "Ada"
    assert seat.work.coding.document == team.document
    to_text(seat)
    seat.put_caret("denies")
    seat.press(Key.Key_D)
    seat.press(Key.Key_Return, CTRL)
    back, word = handed_in(seat)
    told = seat.work.notice
    assert str(back) in told.words.text()
    assert word in told.words.text()
    assert told.waiting[0].calm
    assert seat.window.focusWidget() is seat.work.text
    told.button.click()
    assert QGuiApplication.clipboard().text() == word
    with Project(team.sue.path, actor="Sue", device=new_id()) as sue:
        received = incoming.receive(sue, [back])
        assert received.failures == []
        assert received.arrived[0][0].word == word
        assert len(sue.annotations(team.document.id)) == 1


# Out ------------------------------------------------------------------------------------------------------------------


def test_what_goes_out_is_said_before_and_what_is_not_handed_out_yet_is(seat, team):
    other, contents = document("Nobody wants a quarrel.", title="Another")
    team.sue.apply(team_change(other), contents=contents)
    seat.sit_down(team, "Sue")
    seat.window.desk.field.assign()
    asked = dialog(seat, AssignFileDialog)
    asked.round.setCurrentIndex(asked.round.findText("Reliability"))
    assert [asked.coder.itemText(n) for n in range(3)] == ["Ada", "Ben", "Sue"]
    assert asked.documents.ticked_ids() == [team.document.id]
    assert asked.summary.text() == "1 document · 0 annotations · codebook version 1"
    asked.documents.tick(None)
    assert "2 documents" in asked.summary.text()
    assert "1 handed out with it" in asked.summary.text()
    asked.accept()
    asked = dialog(seat, AssignFileDialog)
    assert asked.fact["documents"].text() == "2 documents, 0 done"
    assert asked.fact["codebook"].text() == "Version 1"
    assert asked.fact["key"].text().count("-") == 3
    assert len([one for one in seat.work.project.nouns("assignment") if one.document == other.id]) == 1


def team_change(noun):
    from annotator.model import Change, Edit

    return Change("import documents", (Edit(None, noun),))


def test_nothing_is_written_over_and_nothing_without_documents(seat, team):
    seat.sit_down(team, "Sue")
    seat.window.desk.field.assign()
    asked = dialog(seat, AssignFileDialog)
    asked.round.setCurrentIndex(asked.round.findText("Reliability"))
    asked.documents.tick(None, False)
    asked.accept()
    assert asked.error.text() == "Tick a document at least."
    asked.documents.tick(None)
    taken = team.sue.path.with_name("taken.assignment")
    taken.write_text("mine")
    asked.place.show_path(taken)
    asked.accept()
    assert "exists there already" in asked.form.errors[asked.place].text()
    assert taken.read_text() == "mine"
    asked.place.show_path(team.sue.path.with_name("nowhere") / "a.assignment")
    asked.accept()
    assert "no such folder" in asked.form.errors[asked.place].text()


def test_stopping_leaves_no_file(seat, team):
    seat.sit_down(team, "Sue")
    seat.window.desk.field.assign()
    asked = dialog(seat, AssignFileDialog)
    asked.round.setCurrentIndex(asked.round.findText("Reliability"))
    path = asked.place.path()
    asked.accept()
    asked.reject()
    assert asked.isVisible()
    asked = dialog(seat, AssignFileDialog)
    assert "Nothing was written" in asked.error.text()
    assert not path.exists()


def test_a_coder_hands_nothing_out(seat, team):
    from annotator.gui.actions import ACTIONS

    seat.sit_down(team, "Ada")
    seat.press(Key.Key_O, CTRL | ALT)
    assert not seat.window.findChildren(AssignFileDialog)
    supervisors = {one.run for one in ACTIONS if one.needs == "supervisor"}
    assert "desk.field.assign" in supervisors


# Opening --------------------------------------------------------------------------------------------------------------


def test_a_second_assignment_goes_into_the_project_that_is_there(seat, team):
    path, _ = assigned(seat, team)
    seat.window.desk.close_project()
    opened(seat, path)
    home = seat.work.project.path
    other, contents = document("Nobody wants a quarrel.", title="Another")
    with Project(team.sue.path, actor="Sue", device=new_id()) as sue:
        sue.apply(team_change(other), contents=contents)
        ada = team.coders["Ada"]
        sue.apply(editing.assign(sue, documents=[other.id], coders=[ada.id], round=team.round.id))
        second = path.with_name("second.assignment")
        documents = [team.document.id, other.id]
        outgoing.assign(sue, coder=ada, round=team.round, documents=documents, out=second)
    seat.window.desk.open(second)
    asked = dialog(seat, AcceptDialog)
    assert "You have this project already" in asked.where.text()
    assert not asked.place.isVisible()
    seat.qtbot.keyClick(asked, Key.Key_Return)
    closed(seat, AcceptDialog)
    assert seat.work.project.path == home
    assert {one.title for one in seat.work.project.nouns("document")} == {"A statement", "Another"}
    assert not second.with_suffix(".annotator").exists()


def test_a_project_that_is_there_under_the_name_is_left(seat, team):
    path, _ = assigned(seat, team)
    seat.window.desk.close_project()
    taken = path.with_suffix(".annotator")
    taken.write_bytes(b"something else")
    opened(seat, path)
    assert seat.work.project.path == path.with_name("Ada Reliability 2.annotator")
    assert taken.read_bytes() == b"something else"


def test_a_damaged_assignment_is_told_in_a_sentence(seat, team):
    path, _ = assigned(seat, team)
    path.write_bytes(path.read_bytes()[:-100])
    seat.window.desk.open(path)
    asked = dialog(seat, AcceptDialog)
    assert "cut short" in asked.error.text()
    assert not asked.primary.isVisible()
    seat.qtbot.keyClick(asked, Key.Key_Escape)
    assert not path.with_suffix(".annotator").exists()


def drop(window, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    at, buttons = QPoint(20, 80), Qt.MouseButton.LeftButton
    entering = QDragEnterEvent(at, Qt.DropAction.CopyAction, data, buttons, Modifier.NoModifier)
    QApplication.sendEvent(window, entering)
    assert entering.isAccepted()
    assert window.dropping.target.isVisible()
    QApplication.sendEvent(
        window, QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, buttons, Modifier.NoModifier)
    )
    assert not window.dropping.target.isVisible()


def test_an_assignment_is_dropped_on_the_start_page(seat, team):
    path, word = assigned(seat, team)
    seat.window.desk.close_project()
    drop(seat.window, path)
    assert dialog(seat, AcceptDialog).fact["word"].text() == word


def test_what_is_dropped_goes_its_way(seat, team, tmp_path):
    from annotator.gui.dialogs.import_documents import ImportDialog

    team.close()
    drop(seat.window, tmp_path / "a.txt")
    assert "Open or make a project first" in seat.window.start.notice.words.text()
    drop(seat.window, tmp_path / "a.coded")
    assert "Open the project first" in seat.window.start.notice.words.text()
    drop(seat.window, team.sue.path)
    seat.window.desk.open(team.sue.path, "Sue")
    (tmp_path / "a.txt").write_text("Nobody wants a quarrel.")
    drop(seat.window, tmp_path / "a.txt")
    assert [one for one in seat.window.findChildren(ImportDialog) if one.isVisible()]


# Handing in -----------------------------------------------------------------------------------------------------------


def test_what_is_not_done_is_told_before_it_is_handed_in(seat, team):
    seat.sit_down(team, "Ada")
    seat.put_caret("denies")
    seat.press(Key.Key_D)
    seat.press(Key.Key_O, CTRL | SHIFT)
    asked = dialog(seat, HandInDialog)
    assert asked.fact["documents"].text() == "1 document, 0 done"
    assert asked.fact["annotations"].text() == "1 annotation"
    assert "1 document is not marked as done" in asked.not_done.text()
    seat.qtbot.keyClick(asked, Key.Key_Escape)
    assert not list(team.sue.path.parent.glob("*.coded"))


def test_nothing_done_is_nothing_to_hand_in(seat, team):
    seat.sit_down(team, "Ben")
    seat.window.desk.field.hand_in()
    asked = dialog(seat, HandInDialog)
    assert "nothing to hand in" in asked.error.text()
    assert not asked.primary.isVisible()


def test_handing_in_again_makes_another_file(seat, team):
    seat.sit_down(team, "Ada")
    seat.put_caret("denies")
    seat.press(Key.Key_D)
    first, second = handed_in(seat)[0], handed_in(seat)[0]
    assert first.is_file()
    assert second.is_file()
    assert first != second


def test_a_sealed_assignment_asks_for_its_passphrase(seat, team):
    from annotator.fieldwork import sealing
    from annotator.gui.dialogs.unseal import UnsealDialog

    path = team.sue.path.with_name("sealed.assignment")
    ada, seal = team.coders["Ada"], sealing.Seal("the strait is calm")
    outgoing.assign(team.sue, coder=ada, round=team.round, documents=[team.document.id], out=path, seal=seal)
    team.close()
    seat.window.desk.open(path)
    asked = dialog(seat, AcceptDialog)
    assert "sealed" in asked.error.text()
    asked.unseal.click()
    (typed,) = [one for one in asked.findChildren(UnsealDialog) if one.isVisible()]
    seat.qtbot.keyClicks(typed.field, "the strait is calm")
    seat.qtbot.keyClick(typed.field, Key.Key_Return)
    asked = dialog(seat, AcceptDialog)
    assert asked.fact["coder"].text() == "Ada"
    asked.accept()
    closed(seat, AcceptDialog)
    assert seat.work.project.actor.name == "Ada"
