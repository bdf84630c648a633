"""A project that is encrypted from its first byte, made at the window: a new one, and one out of an assignment."""

import tempfile
from datetime import UTC, datetime

import pytest

from annotator import ciphered, locks, protecting, secrecy
from annotator.fieldwork import incoming, keys, outgoing
from annotator.gui.dialogs.accept import AcceptDialog
from annotator.gui.dialogs.new_project import NewProjectDialog
from annotator.gui.dialogs.passphrase_lines import EncryptLines
from annotator.gui.dialogs.protect import RecoveryCodeDialog, UnlockDialog
from annotator.project import Project
from tests.conftest import WORDS, Team
from tests.gui.conftest import Key, Modifier, Seat
from tests.gui.test_fieldwork_windows import closed, dialog
from tests.secret import PASSPHRASE, holders

pytestmark = [
    pytest.mark.usefixtures("cheap_locks"),
    pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise"),
]
MARKS = (WORDS[:20], "accuses its neighbour", "Denials", "Quandaries of Velmar")


@pytest.fixture
def temp(tmp_path, monkeypatch):
    """A folder for temporary files that is this test's alone."""
    place = tmp_path / "temp"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def type_twice(seat: Seat, lines: EncryptLines) -> None:
    """By keys, from the box on: it is ticked, and the passphrase goes into both fields."""
    lines.tick.setFocus()
    if not lines.tick.isChecked():
        seat.press(Key.Key_Space)
    for field in (lines.twice.first, lines.twice.again):
        seat.press(Key.Key_Tab)
        assert field.hasFocus()
        seat.type(PASSPHRASE)


def new_one(seat: Seat) -> NewProjectDialog:
    """The dialog of a new project, which has the keys."""
    (asked,) = [one for one in seat.window.findChildren(NewProjectDialog) if one.isVisible()]
    asked.activateWindow()
    seat.qtbot.waitUntil(asked.isActiveWindow)
    return asked


def code_shown(seat: Seat) -> str:
    """The recovery code, which is in sight, to be printed or saved."""
    (shown,) = [one for one in seat.window.findChildren(RecoveryCodeDialog) if one.isVisible()]
    assert shown.print_button.isVisible()
    assert shown.save_button.isVisible()
    shown.accept()
    return shown.code


def assignment(team: Team, **more):
    out = team.sue.path.with_name("ada.assignment")
    outgoing.assign(team.sue, coder=team.coders["Ada"], round=team.round, documents=[team.document.id], out=out, **more)
    team.close()
    return out


@pytest.fixture
def from_encrypted(team):
    """An assignment from an encrypted project, which was taken somewhere else: there is nothing but it in its folder."""
    team.close()
    protecting.encrypt(team.sue.path, PASSPHRASE)
    with Project(team.sue.path, actor="Sue", device="desk") as sue:
        team.sue = sue
        found = assignment(team)
    target = found.parent / "laptop"
    target.mkdir()
    secrecy.forget()
    return found.replace(target / found.name)


def test_a_new_project_by_keys(seat, tmp_path, temp):
    home = tmp_path / "new"
    home.mkdir()
    seat.press(Key.Key_N, Modifier.ControlModifier)
    asked = new_one(seat)
    asked.folder.setText(str(home))
    asked.person.setText("Sue")
    asked.name.setFocus()
    seat.type("Quandaries of Velmar")
    type_twice(seat, asked.encrypt)
    asked.encrypt.twice.again.setText("something else")
    seat.press(Key.Key_Return)
    assert "not the same" in asked.form.errors[asked.encrypt.twice.again].text()
    assert list(home.iterdir()) == []
    asked.encrypt.twice.again.setText(PASSPHRASE)
    seat.press(Key.Key_Return)
    path = home / "Quandaries of Velmar.annotator"
    code = code_shown(seat)
    assert seat.work.project.nouns("project")[0].name == "Quandaries of Velmar"
    assert secrecy.is_encrypted(path)
    assert holders(MARKS, home, temp) == set()
    seat.window.desk.close_project()
    assert secrecy.is_locked(path)
    assert secrecy.unlock(path, PASSPHRASE) == locks.secret_of_code(code)


def test_without_the_tick_a_new_project_is_plain(seat, tmp_path):
    seat.window.desk.new_project()
    asked = new_one(seat)
    asked.folder.setText(str(tmp_path))
    asked.person.setText("Sue")
    asked.name.setText("Velmar")
    type_twice(seat, asked.encrypt)
    seat.qtbot.keyClick(asked.encrypt.tick, Key.Key_Space)
    assert not asked.encrypt.twice.first.isVisible()
    asked.accept()
    assert not secrecy.is_encrypted(tmp_path / "Velmar.annotator")
    assert not list(tmp_path.glob("*.keys"))
    assert not [one for one in seat.window.findChildren(RecoveryCodeDialog) if one.isVisible()]


def test_what_could_not_be_made_leaves_no_key_file(tmp_path):
    path = tmp_path / "a.annotator"
    with pytest.raises(ZeroDivisionError), protecting.for_new(path, PASSPHRASE):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []
    secret = locks.new_secret()
    secrecy.write(secrecy.key_file(path), secrecy.lock_away(secret, PASSPHRASE))
    before = secrecy.key_file(path).read_bytes()
    with pytest.raises(ZeroDivisionError), protecting.for_new(path, PASSPHRASE):
        raise ZeroDivisionError
    assert secrecy.read(secrecy.key_file(path)).keys() == {secrecy.id_of(secret)}
    assert secrecy.key_file(path).read_bytes() == before


def test_an_assignment_from_an_encrypted_project_proposes_it(seat, from_encrypted, temp):
    seat.window.desk.open(from_encrypted)
    asked = dialog(seat, AcceptDialog)
    assert asked.encrypt.tick.isChecked()
    assert asked.focusWidget() is asked.encrypt.twice.first
    assert "comes from is encrypted" in asked.encrypt.about.text()
    asked.accept()
    assert "too short" in asked.form.errors[asked.encrypt.twice.first].text()
    type_twice(seat, asked.encrypt)
    seat.press(Key.Key_Return)
    closed(seat, AcceptDialog)
    code = code_shown(seat)
    path = from_encrypted.with_suffix(".annotator")
    assert seat.work.project.path == path
    assert seat.work.project.actor.name == "Ada"
    from_encrypted.unlink()
    assert holders(MARKS, path.parent, temp) == set()
    seat.window.desk.close_project()
    assert secrecy.unlock(path, PASSPHRASE) == locks.secret_of_code(code)


def test_it_can_be_declined_and_a_plain_one_is_not_proposed(seat, team, from_encrypted):
    seat.window.desk.open(from_encrypted)
    asked = dialog(seat, AcceptDialog)
    asked.encrypt.tick.click()
    asked.accept()
    closed(seat, AcceptDialog)
    assert not secrecy.is_encrypted(seat.work.project.path)
    seat.window.desk.close_project()


def test_an_assignment_from_a_plain_project_may_be_encrypted_also_for_its_sender(seat, team, tmp_path):
    path = assignment(team)
    seat.window.desk.open(path)
    asked = dialog(seat, AcceptDialog)
    assert not asked.encrypt.tick.isChecked()
    assert not asked.sender_too.isVisible()
    type_twice(seat, asked.encrypt)
    asked.sender_too.click()
    asked.accept()
    closed(seat, AcceptDialog)
    code_shown(seat)
    made = seat.work.project.path
    seat.window.desk.close_project()
    assert secrecy.is_locked(made)
    assert secrecy.unlock_with_device(made, keys.secrets())


def test_the_next_assignment_goes_into_the_project_that_is_locked(seat, team, tmp_path):
    path = assignment(team)
    made = path.with_suffix(".annotator")
    with protecting.for_new(made, PASSPHRASE) as secret:
        incoming.accept(path, made, secret=secret)
    secrecy.forget()
    before = datetime.fromtimestamp(made.stat().st_mtime, UTC)
    seat.window.desk.open(path)
    asked = dialog(seat, AcceptDialog)
    assert "is locked" in asked.where.text()
    assert asked.encrypt.tick.isVisible()
    asked.unlock.click()
    (typed,) = [one for one in asked.findChildren(UnlockDialog) if one.isVisible()]
    seat.qtbot.keyClicks(typed.ask.field, PASSPHRASE)
    seat.qtbot.keyClick(typed.ask.field, Key.Key_Return)
    asked = dialog(seat, AcceptDialog)
    assert "You have this project already" in asked.where.text()
    assert not asked.unlock.isVisible()
    assert not asked.encrypt.tick.isVisible()
    asked.reject()
    assert secrecy.is_locked(made)  # nothing came of it
    seat.window.desk.open(path)
    asked = dialog(seat, AcceptDialog)
    secrecy.unlock(made, PASSPHRASE)
    asked._read()
    asked = dialog(seat, AcceptDialog)
    asked.accept()
    closed(seat, AcceptDialog)
    assert seat.work.project.path == made
    assert before <= datetime.fromtimestamp(made.stat().st_mtime, UTC)
    assert len(list(path.parent.glob("ada*.annotator"))) == 1


def test_where_nothing_encrypts_it_is_not_offered(seat, monkeypatch):
    monkeypatch.setattr(ciphered, "is_installed", lambda: False)
    seat.window.desk.new_project()
    asked = new_one(seat)
    assert not asked.encrypt.tick.isEnabled()
    assert "annotator[encrypted]" in asked.encrypt.about.text()
    asked.reject()
