"""Projects opened and closed again and again, and the windows and dialogs that go with them."""

import gc
import weakref

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from annotator.gui.agreement.window import AgreementWindow
from annotator.gui.dialogs.codebook_editor import CodebookEditor
from annotator.gui.dialogs.hand_out import HandOut
from annotator.gui.dialogs.who import WhoDialog
from annotator.gui.help import HelpWindow
from annotator.gui.main_window import MainWindow
from annotator.gui.places import Places
from annotator.model import Round, new_id
from annotator.project import Project
from annotator.settings import folder, load
from tests.gui.conftest import Key, Modifier


@pytest.fixture(autouse=True)
def no_faults(qtbot):
    """No slot may raise: an exception in a slot of Qt reaches nobody who called it."""
    with qtbot.captureExceptions() as found:
        yield
    assert found == []


def settle() -> None:
    """What was to be deleted is."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def answer(button: str) -> None:
    """Presses a button of the box that opens next, as soon as it does."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        next(one for one in box.buttons() if one.text().replace("&", "") == button).click()

    QTimer.singleShot(0, press)


def windows(kind: type) -> list:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]


def test_nothing_of_a_closed_project_lives_on(seat, team):
    seat.sit_down(team, "Sue")
    for _ in range(5):
        gone = weakref.ref(seat.work)
        seat.put_caret("Talks")
        seat.type("o")
        seat.press(Key.Key_G, Modifier.ControlModifier)
        seat.press(Key.Key_Space)
        seat.window.desk.codebook.edit()
        seat.window.activateWindow()
        seat.window.desk.close_project()
        settle()
        gc.collect()
        assert gone() is None
        assert windows(AgreementWindow) == windows(CodebookEditor) == []
        seat.window.open_path(team.sue.path, "Sue")
        seat.window.activateWindow()
        seat.work.to_text()
    seat.window.desk.close_project()
    settle()
    assert seat.window.stack.count() == 1
    assert seat.window.findChildren(QDialog) == []


def test_a_closed_project_is_not_looked_into_again(seat, team, qtbot):
    seat.sit_down(team, "Ada")
    seat.put_caret("Talks")
    seat.type("o")
    work = seat.work
    seat.window.desk.close_project()
    assert not work._listing.isActive()
    assert not work._folding.isActive()
    with Project(team.sue.path, actor="Ada", device="other") as project:
        assert len(project.annotations(team.document.id)) == 1


def test_windows_are_opened_once_and_let_go_of(seat, team):
    seat.sit_down(team, "Sue")
    for _ in range(2):
        seat.window.desk.agreement()
        seat.window.desk.codebook.edit()
    [agreement], [editor] = windows(AgreementWindow), windows(CodebookEditor)
    agreement.close()
    editor.close()
    settle()
    assert seat.window.desk._windows == []
    seat.window.desk.agreement()
    assert len(windows(AgreementWindow)) == 1


def test_a_codebook_that_is_not_saved_keeps_the_project_open(seat, team):
    seat.sit_down(team, "Sue")
    seat.window.desk.codebook.edit()
    [editor] = windows(CodebookEditor)
    editor._add_code(codable=True)
    for leave in (seat.window.desk.close_project, seat.window.close):
        answer("Go on editing")
        leave()
        assert windows(CodebookEditor) == [editor]
        assert seat.window.isVisible()
        assert seat.work.project.is_writable
    answer("Leave it")
    seat.window.desk.close_project()
    assert seat.window.work is None


def test_dialogs_are_gone_when_they_were_answered(seat, team):
    seat.sit_down(team, "Sue")
    for ask in ("switch_person", "people", "hand_out", "import_documents", "details", "new_project"):
        getattr(seat.window.desk, ask)()
        [dialog] = [one for one in seat.window.findChildren(QDialog) if one.isVisible()]
        dialog.reject()
        settle()
    assert seat.window.findChildren(QDialog) == []


def test_a_new_round_and_what_it_hands_out_are_one_step(seat, team):
    seat.sit_down(team, "Sue")
    before = seat.work.project.nouns("assignment")
    round = Round(new_id(), "Pilot")
    everyone = tuple(coder.id for coder in seat.work.project.nouns("coder"))
    wanted = HandOut(documents=(team.document.id,), coders=everyone, round=round, new=True, seed=None)
    seat.window.desk._assign(wanted)
    assert len(seat.work.project.nouns("assignment")) == len(before) + 3
    seat.press(Key.Key_Z, Modifier.ControlModifier)
    assert seat.work.project.nouns("assignment") == before
    assert round.id not in {one.id for one in seat.work.project.nouns("round")}


def test_another_person_sits_down_and_the_first_comes_back_to_their_place(seat, team):
    seat.sit_down(team, "Ada")
    seat.put_caret("Talks")
    seat.type("o")
    caret = seat.work.text.caret()
    seat.sit_down_again("Ben")
    assert seat.work.project.actor.name == "Ben"
    assert seat.annotations() == []
    assert seat.work.session.undo_words() == ""
    seat.sit_down_again("Ada")
    assert seat.work.text.caret() == caret
    assert seat.work.session.undo_words() == "annotation"
    settle()
    assert seat.window.findChildren(WhoDialog) == []


def test_help_is_one_window_that_goes_with_the_program(seat, team):
    for _ in range(2):
        seat.window.show_help()
    assert len(windows(HelpWindow)) == 1
    seat.window.close()
    assert windows(HelpWindow) == []


@pytest.mark.parametrize(
    "kept",
    ["[]", '{"window": {"geometry": "#"}}', '{"window": {"geometry": "AAAA", "columns": "x", "recent": {}}}', "{"],
)
def test_places_that_cannot_be_read_are_taken_as_not_said(qtbot, theme, team, kept):
    (folder() / "places.json").write_text(kept, encoding="utf-8")
    team.close()
    window = MainWindow(theme, load(), Places())
    qtbot.addWidget(window)
    window.show()
    window.open_path(team.sue.path, "Ada")
    assert window.work is not None
    assert window.work.coding.document is not None
    window.close()


def test_a_window_that_was_on_a_screen_that_is_gone_comes_back_into_sight(qtbot, theme, window):
    window.move(9000, 7000)
    window.close()
    again = MainWindow(theme, load(), Places())
    qtbot.addWidget(again)
    again.show()
    assert again.screen().availableGeometry().intersects(again.frameGeometry())
    again.close()
