"""An encrypted project at the window: made, opened, locked when nobody is there, and nothing of it left in sight."""

import shutil
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator import backups, locks, protecting, purging, secrecy
from annotator.clock import Moment
from annotator.fieldwork import keys
from annotator.gui.dialogs.codebook_editor import CodebookEditor
from annotator.gui.dialogs.dialog import Dialog
from annotator.gui.dialogs.protect import (
    NewPassphraseDialog,
    OldPassphraseDialog,
    ProtectionDialog,
    RecoveryCodeDialog,
    UnlockDialog,
)
from annotator.gui.locking import ASLEEP
from annotator.gui.time_on_task import now
from annotator.project import Project
from tests.secret import PASSPHRASE

from .conftest import Key, Modifier, Seat

pytestmark = [
    pytest.mark.usefixtures("cheap_locks"),
    pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise"),
]


@pytest.fixture
def path(team):
    backups.make(team.sue, datetime(2031, 1, 1, tzinfo=UTC))
    team.close()
    return team.sue.path


@pytest.fixture
def at_work(seat: Seat, team, path):
    """Ada codes in an encrypted project."""
    protecting.encrypt(path, PASSPHRASE)
    seat.sit_down(team, "Ada")
    return seat


def dialog(seat: Seat, kind: type[Dialog]) -> Dialog:
    """The dialog of this kind, once it is there and has the keys."""

    def there() -> list[Dialog]:
        return [one for one in seat.window.findChildren(kind) if one.isVisible()]

    seat.qtbot.waitUntil(lambda: bool(there()))
    there()[0].activateWindow()
    seat.qtbot.waitUntil(there()[0].isActiveWindow)
    return there()[0]


def locked(seat: Seat):
    page = seat.window.locking.page
    assert page is not None
    assert page.isVisible()
    seat.window.activateWindow()
    seat.qtbot.waitUntil(page.form.field.hasFocus)
    return page


def encrypt_by_hand(seat: Seat) -> str:
    """File > Protect, all by keys. Returns the recovery code that is shown."""
    seat.window.desk.protecting.show()
    dialog(seat, NewPassphraseDialog)
    seat.type(PASSPHRASE)
    seat.press(Key.Key_Tab)
    seat.type(PASSPHRASE)
    seat.press(Key.Key_Return)
    shown = dialog(seat, RecoveryCodeDialog)
    assert isinstance(shown, RecoveryCodeDialog)
    seat.press(Key.Key_Return)
    return shown.code


# Encrypting -----------------------------------------------------------------------------------------------------------


def test_protect_encrypts_shows_the_code_and_goes_on_at_the_place(seat, team, path):
    seat.sit_down(team, "Ada")
    seat.put_caret("accuses")
    caret = seat.work.text.caret()
    code = encrypt_by_hand(seat)
    assert secrecy.is_encrypted(path)
    assert all(secrecy.is_encrypted(one) for one in purging.copies(path))
    assert code == protecting.code_of(path)
    assert seat.work.text.caret() == caret
    assert seat.work.project.actor.name == "Ada"
    seat.window.activateWindow()
    seat.qtbot.waitUntil(seat.work.text.hasFocus)
    seat.press(Key.Key_D)
    assert len(seat.annotations()) == 1


def test_what_is_wrong_with_a_new_passphrase_stands_below_it(seat, team, path):
    seat.sit_down(team, "Ada")
    seat.window.desk.protecting.show()
    asked = dialog(seat, NewPassphraseDialog)
    assert isinstance(asked, NewPassphraseDialog)
    seat.type("short")
    seat.press(Key.Key_Return)
    assert "too short" in asked.form.errors[asked.first].text()
    asked.first.setText(PASSPHRASE)
    asked.again.setText(PASSPHRASE + "!")
    seat.press(Key.Key_Return)
    assert "not the same" in asked.form.errors[asked.again].text()
    assert asked.first.echoMode() == asked.first.EchoMode.Password
    seat.press(Key.Key_Escape)
    assert not secrecy.is_encrypted(path)


def test_backups_can_be_deleted_or_left(seat, team, path):
    seat.sit_down(team, "Sue")
    seat.window.desk.protecting.show()
    asked = dialog(seat, NewPassphraseDialog)
    assert isinstance(asked, NewPassphraseDialog)
    asked.first.setText(PASSPHRASE)
    asked.again.setText(PASSPHRASE)
    asked.copies.choose("keep")
    asked.accept()
    dialog(seat, RecoveryCodeDialog).accept()
    assert "20310101-000000.annotator" in seat.work.notice.words.text()


def test_a_project_that_is_read_elsewhere_is_told_and_stays_as_it_is(seat, team, path):
    seat.sit_down(team, "Ada")
    reader = Project(path, actor="Sue", device="x", writing=False)
    reader.nouns("document")
    seat.window.desk.protecting.show()
    asked = dialog(seat, NewPassphraseDialog)
    assert isinstance(asked, NewPassphraseDialog)
    asked.first.setText(PASSPHRASE)
    asked.again.setText(PASSPHRASE)
    asked.accept()
    seat.qtbot.waitUntil(lambda: seat.window.work is not None and seat.work.notice.isVisible())
    assert "open in another window" in seat.work.notice.words.text()
    reader.close()
    assert not secrecy.is_encrypted(path)


# Opening --------------------------------------------------------------------------------------------------------------


def test_opening_asks_says_what_is_wrong_and_sees_caps_lock(seat, team, path):
    protecting.encrypt(path, PASSPHRASE)
    secrecy.forget()
    seat.window.open_path(path, "Ada")
    asked = dialog(seat, UnlockDialog)
    assert isinstance(asked, UnlockDialog)
    seat.type("w")
    assert not asked.ask.caps.isVisible()
    seat.type("RONG")
    assert asked.ask.caps.isVisible()
    seat.press(Key.Key_Return)
    assert "not the passphrase" in asked.ask.error.text()
    assert seat.window.work is None
    seat.type(PASSPHRASE)  # over what was wrong, which is selected
    seat.press(Key.Key_Return)
    assert seat.work.project.actor.name == "Ada"
    assert not asked.isVisible()


def test_the_recovery_code_opens_and_a_new_passphrase_is_asked_for(seat, team, path):
    code = protecting.encrypt(path, PASSPHRASE).code
    secrecy.forget()
    seat.window.open_path(path, "Ada")
    asked = dialog(seat, UnlockDialog)
    assert isinstance(asked, UnlockDialog)
    asked.ask.other.click()
    assert asked.ask.field.echoMode() == asked.ask.field.EchoMode.Normal
    seat.type(code.lower())
    seat.press(Key.Key_Return)
    fresh = dialog(seat, NewPassphraseDialog)
    assert isinstance(fresh, NewPassphraseDialog)
    fresh.first.setText("another passphrase")
    fresh.again.setText("another passphrase")
    seat.press(Key.Key_Return)
    seat.window.desk.close_project()
    assert secrecy.is_locked(path)  # whoever closes a project is asked again
    assert secrecy.unlock(path, "another passphrase")


def test_the_key_of_this_machine_opens_it_where_it_was_encrypted_for_it(seat, team, path):
    mine = keys.public_key(seat.window.settings.device("Sue"))
    protecting.encrypt(path, PASSPHRASE, devices=[mine])
    secrecy.forget()
    seat.window.open_path(path, "Sue")
    asked = dialog(seat, UnlockDialog)
    assert isinstance(asked, UnlockDialog)
    assert asked.ask.machine.isVisible()
    asked.ask.machine.setFocus()
    seat.press(Key.Key_Space)
    assert seat.work.project.actor.name == "Sue"
    assert not [one for one in seat.window.findChildren(NewPassphraseDialog) if one.isVisible()]
    seat.window.locking.lock_now()
    page = locked(seat)
    page.form.machine.click()
    assert seat.work.project.actor.name == "Sue"


def test_elsewhere_no_key_of_a_machine_is_offered(seat, team, path, machine):
    protecting.encrypt(path, PASSPHRASE, devices=[locks.public_of(bytes(range(32)))])
    secrecy.forget()
    seat.window.open_path(path, "Sue")
    asked = dialog(seat, UnlockDialog)
    assert isinstance(asked, UnlockDialog)
    assert not asked.ask.machine.isVisible()


def test_a_key_that_was_lost_meanwhile_is_told(seat, team, path, machine):
    mine = keys.public_key(seat.window.settings.device("Sue"))
    protecting.encrypt(path, PASSPHRASE, devices=[mine])
    secrecy.forget()
    seat.window.open_path(path, "Sue")
    asked = dialog(seat, UnlockDialog)
    assert isinstance(asked, UnlockDialog)
    shutil.rmtree(machine / "keys")
    asked.ask.machine.click()
    assert "not encrypted for a key of this machine" in asked.ask.error.text()
    assert seat.window.work is None


def test_a_backup_of_a_locked_project_asks_as_well(seat, team, path):
    protecting.encrypt(path, PASSPHRASE)
    secrecy.forget()
    (one,) = backups.found(path)
    seat.window.desk.backing_up._restore(path, one, "Ada")
    dialog(seat, UnlockDialog)
    seat.type(PASSPHRASE)
    seat.press(Key.Key_Return)
    assert seat.work.project.path == backups.name_for(path, one)


# Locking --------------------------------------------------------------------------------------------------------------


def test_locking_saves_what_is_typed_hides_all_and_leads_back(at_work):
    seat, window = at_work, at_work.window
    path = seat.work.project.path
    seat.put_caret("accuses")
    seat.press(Key.Key_D)
    seat.work.inspector.memo.setPlainText("typed at the last moment")
    caret, title = seat.work.text.caret(), window.windowTitle()
    seat.press(Key.Key_L, Modifier.ControlModifier | Modifier.AltModifier)
    page = locked(seat)
    assert window.work is None
    assert secrecy.is_locked(path)
    assert "Denials" not in window.windowTitle()
    shown = [one.text() for one in window.findChildren(type(page.form.name)) if one.isVisible()]
    assert not any("Denials" in words or "accuse" in words for words in shown)
    seat.type("wrong one")
    seat.press(Key.Key_Return)
    assert "not the passphrase" in page.form.error.text()
    seat.type(PASSPHRASE)
    seat.press(Key.Key_Return)
    assert window.locking.page is None
    assert window.windowTitle() == title
    assert seat.work.text.caret() == caret
    assert seat.work.project.actor.name == "Ada"
    (annotation,) = seat.annotations()
    assert annotation.memo == "typed at the last moment"


def ago(seconds: float) -> Moment:
    return Moment(now().steady - seconds, now().wall - seconds)


def test_a_clock_that_was_set_back_keeps_nothing_open(at_work):
    locking, then = at_work.window.locking, now()
    at_work.window.settings.lock = 5
    locking._sign = locking._looked = Moment(then.steady, then.wall + 365 * 86_400)
    locking.look()
    assert at_work.window.work
    locking._sign = Moment(then.steady - 5 * 60 - 1, then.wall + 365 * 86_400)
    locking.look()
    assert at_work.window.work is None


def test_it_locks_when_nobody_is_there_and_not_before(at_work):
    seat, locking = at_work, at_work.window.locking
    seat.window.settings.lock = 5
    locking._sign = ago(4 * 60)
    locking.look()
    assert seat.window.work
    locking._sign = ago(5 * 60 + 1)
    seat.window.activateWindow()
    handle = seat.window.windowHandle()
    seat.qtbot.mouseMove(handle)
    seat.qtbot.keyClick(handle, Key.Key_Right)
    locking.look()
    assert seat.window.work  # there was a key just now
    locking._sign = ago(5 * 60 + 1)
    locking.look()
    assert "5 minutes" in " ".join(one.text() for one in locked(seat).findChildren(type(locked(seat).form.name)))


def test_never_means_never_but_sleep_locks_all_the_same(at_work):
    locking = at_work.window.locking
    at_work.window.settings.lock = 0
    locking._sign = ago(9_999_999)
    locking.look()
    assert at_work.window.work
    locking._looked = Moment(now().steady, now().wall - ASLEEP - 1)  # as steady clocks stop in sleep
    locking.look()
    assert at_work.window.work is None
    locked(at_work)


def test_it_locks_when_the_system_suspends_the_program(at_work):
    at_work.window.locking._application().applicationStateChanged.emit(Qt.ApplicationState.ApplicationSuspended)
    locked(at_work)


def test_a_plain_project_is_never_locked(seat, team, path):
    seat.sit_down(team, "Ada")
    locking = seat.window.locking
    locking._sign = locking._looked = Moment(0.0, 0.0)
    locking.look()
    assert not locking._looking.isActive()
    seat.window.locking.lock_now()
    assert "not encrypted" in seat.work.notice.words.text()


def test_dialogs_are_closed_and_an_unsaved_codebook_comes_back(at_work, team):
    seat, window = at_work, at_work.window
    seat.sit_down_again("Sue")
    window.desk.codebook.edit()
    (editor,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, CodebookEditor) and one.isVisible()]
    editor._add_code(codable=True)
    assert editor.changed
    window.desk.people()
    dialog(seat, Dialog)
    window.locking.lock_now()
    assert not editor.isVisible()
    assert not [one for one in window.findChildren(Dialog) if one.isVisible()]
    locked(seat)
    seat.type(PASSPHRASE)
    seat.press(Key.Key_Return)
    assert seat.work.project.actor.name == "Sue"
    assert editor.isVisible()
    assert editor.changed
    editor.before = editor.draft.ordered()
    editor.close()


def test_from_the_lock_one_can_go_to_another_project(at_work, tmp_path):
    at_work.window.locking.lock_now()
    locked(at_work).leave.click()
    assert at_work.window.stack.currentWidget() is at_work.window.start
    at_work.qtbot.wait(10)
    at_work.window.open_path(at_work.window.desk.recent()[0].path, "Ada")
    dialog(at_work, UnlockDialog)
    at_work.type(PASSPHRASE)
    at_work.press(Key.Key_Return)
    assert at_work.window.work
    assert at_work.window.locking.page is None


# What can be done with one that is encrypted ----------------------------------------------------------------------------


def test_minutes_are_kept_and_the_code_is_shown(at_work):
    seat = at_work
    seat.window.desk.protecting.show()
    asked = dialog(seat, ProtectionDialog)
    assert isinstance(asked, ProtectionDialog)
    asked.minutes.choose(30)
    asked.buttons["code"].click()
    shown = dialog(seat, RecoveryCodeDialog)
    assert isinstance(shown, RecoveryCodeDialog)
    assert shown.code == protecting.code_of(seat.work.project.path)
    assert shown.code in shown.sheet()
    assert seat.window.settings.lock == 30
    shown.accept()


def test_a_new_key_and_decrypting_want_the_passphrase(at_work):
    seat, path = at_work, at_work.work.project.path
    old = protecting.code_of(path)
    for what, then in (("rekey", RecoveryCodeDialog), ("decrypt", None)):
        seat.window.desk.protecting.show()
        asked = dialog(seat, ProtectionDialog)
        assert isinstance(asked, ProtectionDialog)
        asked.buttons[what].click()
        old_one = dialog(seat, OldPassphraseDialog)
        seat.type("wrong one")
        seat.press(Key.Key_Return)
        assert old_one.isVisible()
        assert secrecy.is_encrypted(path)
        assert isinstance(old_one, OldPassphraseDialog)
        old_one.field.setText(PASSPHRASE)
        seat.press(Key.Key_Return)
        if then:
            dialog(seat, then).accept()
            assert protecting.code_of(path) != old
        else:
            seat.qtbot.waitUntil(lambda: seat.window.work is not None)
    assert not secrecy.is_encrypted(path)
    assert seat.work.project.check() == []


def test_the_start_page_knows_only_the_file_of_an_encrypted_one(at_work, machine):
    at_work.window.desk.close_project()
    (recent,) = at_work.window.desk.recent()
    assert (recent.name, recent.round) == ("team", "")
    kept = "".join(one.read_text() for one in machine.rglob("*.json"))
    assert "Denials" not in kept
    assert "Reliability" not in kept
