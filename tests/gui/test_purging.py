"""A supervisor purges the open document at the window: it says what goes, asks, and does it for good."""

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QLabel

from annotator import backups, ciphered, protecting, purging, secrecy
from annotator.gui.actions import ACTIONS
from annotator.gui.dialogs.purge import PurgeDialog
from annotator.project import Project
from tests.gui.conftest import Key

ROW = next(one for one in ACTIONS if one.run == "desk.purging.ask")


@pytest.fixture
def sue(seat, team):
    backups.make(team.sue, datetime(2026, 1, 1, tzinfo=UTC))
    with team.sit_down("Ada") as ada:
        team.code(ada, 0, 12, memo="a memo")
    seat.sit_down(team, "Sue")
    return seat


def asked(seat) -> PurgeDialog:
    seat.window.run(ROW)
    (dialog,) = [one for one in seat.window.findChildren(PurgeDialog) if one.isVisible()]
    return dialog


def words(widget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def test_it_says_what_goes_and_enter_alone_does_nothing(sue):
    dialog = asked(sue)
    said = words(dialog)
    assert "“A statement”" in said
    assert "memos: 1, by Ada" in said
    assert "deleted: 1" in said
    assert "cannot be undone" in said
    sue.qtbot.keyClick(dialog, Key.Key_Return)
    assert dialog.isVisible()
    assert "Tick the box first" in words(dialog)
    sue.qtbot.keyClick(dialog, Key.Key_Escape)
    assert not dialog.isVisible()
    assert len(sue.annotations()) == 1


def test_it_is_done_and_the_project_is_open_again_without_it(sue, team):
    dialog = asked(sue)
    sue.qtbot.keyClick(dialog.sure, Key.Key_Space)
    sue.qtbot.keyClick(dialog, Key.Key_Return)
    sue.qtbot.waitUntil(lambda: sue.window.work is not None, timeout=20_000)
    assert sue.work.project.nouns("document") == []
    assert sue.work.project.actor.name == "Sue"
    assert ["The document is purged" in one.words for one in sue.work.notice.waiting] == [True]
    for path in (team.sue.path, *(one.path for one in backups.found(team.sue.path))):
        assert b"republic denies" not in path.read_bytes()
    sue.window.run(ROW)
    assert not [one for one in sue.window.findChildren(PurgeDialog) if one.isVisible()]


def test_it_is_done_in_an_encrypted_project_which_stays_so(seat, team, cheap_locks):
    backups.make(team.sue, datetime(2026, 1, 1, tzinfo=UTC))
    team.close()
    path = team.sue.path
    protecting.encrypt(path, "four words without sense")
    secret = secrecy.secret_of(path) or b""
    files = [path, *purging.copies(path)]
    assert all(b"republic denies" in ciphered.deciphered(one.read_bytes(), secret) for one in files)
    seat.sit_down(team, "Sue")
    dialog = asked(seat)
    dialog.sure.setChecked(True)
    dialog.accept()
    seat.qtbot.waitUntil(lambda: seat.window.work is not None, timeout=20_000)
    assert seat.work.project.nouns("document") == []
    seat.window.desk.close_project()
    assert all(secrecy.is_locked(one) for one in files)
    assert not any(b"republic denies" in ciphered.deciphered(one.read_bytes(), secret) for one in files)


def test_a_coder_is_not_offered_it(seat, team):
    seat.sit_down(team, "Ada")
    assert not seat.window.actions_[ROW].isEnabled()
    seat.window.desk.close_project()
    with Project(team.sue.path, actor="Sue", device="desk") as sue:
        assert len(sue.nouns("document")) == 1
