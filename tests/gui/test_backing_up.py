"""Backups are made beside the work, and a person goes back to one in two steps."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QMessageBox

from annotator import backups, opening
from annotator.gui.dialogs.backups import BackupsDialog
from tests.gui.conftest import Key


@pytest.fixture
def ada(seat, team):
    seat.sit_down(team, "Ada")
    return seat


def look(seat):
    """What the clock does after a while."""
    seat.window.desk.backing_up.look()
    QThreadPool.globalInstance().waitForDone()
    seat.qtbot.waitUntil(lambda: seat.window.desk.backing_up._task is None)


def dialogs(seat):
    return [one for one in seat.window.findChildren(BackupsDialog) if one.isVisible()]


def test_a_backup_is_made_when_one_is_due(ada, team):
    assert ada.window.desk.backing_up._timer.isActive()
    look(ada)
    (made,) = backups.found(team.sue.path)
    assert datetime.now(UTC) - made.at < timedelta(minutes=1)
    look(ada)
    assert backups.found(team.sue.path) == [made]


def test_none_is_made_after_the_project_is_closed(ada, team):
    ada.window.desk.close_project()
    assert not ada.window.desk.backing_up._timer.isActive()
    look(ada)
    assert backups.found(team.sue.path) == []


def test_that_none_can_be_made_is_said_once(ada, team):
    backups.folder(team.sue.path).write_text("in the way")
    look(ada)
    assert ["No backup could be made" in one.words for one in ada.work.notice.waiting] == [True]
    ada.work.notice.clear()
    look(ada)
    assert ada.work.notice.waiting == []


def test_going_back_opens_a_copy_and_leaves_the_project(ada, team):
    look(ada)
    ada.put_caret("denies")
    ada.press(Key.Key_D)
    assert len(ada.annotations()) == 1
    project, before = team.sue.path, ada.work.project.device
    ada.window.desk.backing_up.show()
    (dialog,) = dialogs(ada)
    ada.qtbot.keyClick(dialog.backups, Key.Key_Return)
    assert ada.work.project.path != project
    assert ada.work.project.path.name.startswith("team of ")
    assert ada.annotations() == []
    assert ada.work.project.device != before
    ada.window.open_path(project, "Ada")
    assert len(ada.annotations()) == 1


def test_the_same_backup_twice_opens_the_copy_that_is_there(ada, team):
    look(ada)
    project = team.sue.path
    for _ in range(2):
        ada.window.open_path(project, "Ada")
        ada.window.desk.backing_up.show()
        ada.qtbot.keyClick(dialogs(ada)[-1].backups, Key.Key_Return)
    assert len(list(project.parent.glob("team of *.annotator"))) == 1


def test_without_backups_the_dialog_says_when_there_will_be_one(ada):
    ada.window.desk.backing_up.show()
    (dialog,) = dialogs(ada)
    assert not dialog.primary.isVisible()
    dialog.reject()


def test_a_damaged_project_offers_its_backups(ada, team):
    look(ada)
    path = team.sue.path
    ada.window.desk.close_project()
    data = path.read_bytes()
    path.write_bytes(data[:4096] + bytes(len(data) - 4096))
    ada.window.open_path(path, "Ada")
    (dialog,) = dialogs(ada)
    ada.qtbot.keyClick(dialog.backups, Key.Key_Return)
    assert ada.work.project.path.name.startswith("team of ")
    assert not ada.window.findChildren(QMessageBox)


def test_a_file_that_is_behind_is_told(ada, team, tmp_path):
    old = tmp_path / "old.annotator"
    path = team.sue.path
    ada.window.desk.close_project()
    shutil.copyfile(path, old)
    ada.window.open_path(path, "Ada")
    ada.put_caret("denies")
    ada.press(Key.Key_D)
    before = ada.work.project.device
    ada.window.open_path(old, "Ada")
    assert "lacks steps" in ada.work.notice.words.text()
    assert ada.work.project.device != before
    ada.window.open_path(old, "Ada")
    assert "lacks steps" not in ada.work.notice.words.text()


def test_how_far_one_is_is_kept_in_mind_while_one_works(ada):
    ada.put_caret("denies")
    ada.press(Key.Key_D)
    look(ada)
    project = ada.work.project
    assert opening._kept()[project.id][project.device] == list(project.last_step())
