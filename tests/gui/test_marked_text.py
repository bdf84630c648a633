"""A text with rare words is coded in an encrypted project, at the window and on the command line, with all that a day brings:
memos, a search, undo, a backup, a package, a fault, the lock. Then every file that the program left is searched for the words,
and in files that are archives every member. In a plain project the same search finds them."""

import tempfile
from pathlib import Path

import pytest

from annotator import backups, crash, protecting, secrecy, storage
from annotator.cli import asking, main
from tests.conftest import Team
from tests.gui.conftest import Key, Modifier, Seat
from tests.secret import PASSPHRASE, holders

MARK, MEMO = "Zyxomorphic Quandaries", "Vellichor Memorandum"
WORDS = (MARK, MEMO, MARK.split()[0], MEMO.split()[0])
pytestmark = [
    pytest.mark.usefixtures("cheap_locks"),
    pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise"),
]


@pytest.fixture
def temp(tmp_path, monkeypatch):
    """A folder for temporary files that is this test's alone."""
    place = tmp_path / "temp"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    monkeypatch.setenv("TMPDIR", str(place))
    return place


def a_day(seat: Seat, team: Team, told, out: Path, seal: list[str]) -> set[str]:
    """What is done in a day. Returns the files that held the words while the project was open, too."""
    path = team.sue.path
    during: set[str] = set()
    team.close()
    if secrecy.is_locked(path):
        secrecy.unlock(path, PASSPHRASE)
    seat.sit_down(team, "Ada")
    seat.put_caret(MARK.split()[0])
    seat.press(Key.Key_D)
    seat.work.inspector.memo.setPlainText(f"{MEMO} of the moment")
    seat.work.project.index_texts()
    seat.work.open_find()
    seat.work.find_bar.field.setText(MARK)
    seat.press(Key.Key_F, Modifier.ControlModifier | Modifier.ShiftModifier)
    seat.work.inspector.flush()
    seat.work.session.undo()
    seat.work.session.redo()
    seat.window.desk.backing_up.look()
    seat.qtbot.waitUntil(lambda: bool(backups.found(path)))
    seat.qtbot.waitUntil(lambda: seat.window.desk.backing_up._task is None)
    during |= holders(WORDS, path.parent)
    try:
        raise ValueError(f"in {MARK}")
    except ValueError as error:
        crash.write(error)
    seat.window.locking.lock_now()
    seat.window.desk.close_project()
    for words in (
        ("--as", "Ada", "hand-in", path, "--out", out / "ada.coded", *seal),
        ("--as", "Sue", "find", path, MARK),
        ("--as", "Sue", "check", path, "--rebuild"),
    ):
        assert told([PASSPHRASE, "on the phone"], words) == 0
    return during


@pytest.fixture
def told(tmp_path, monkeypatch):
    def run(passphrases, words) -> int:
        place = tmp_path / "passphrases.txt"
        place.write_text("\n".join(passphrases), encoding="utf-8")
        monkeypatch.setenv(asking.FILE, str(place))
        return main([*map(str, words)])

    return run


@pytest.mark.parametrize("encrypted", [True, False])
def test_nothing_that_is_left_holds_a_word_of_an_encrypted_project(
    qtbot,
    window,
    tmp_path,
    temp,
    machine,
    told,
    encrypted,
    monkeypatch,
    capsys,
):
    home, out = tmp_path / "project", tmp_path / "out"
    home.mkdir()
    out.mkdir()
    team = Team(home, words=f"The {MARK} are denied. The ministry accuses its neighbour.")
    team.close()
    if encrypted:
        protecting.encrypt(team.sue.path, PASSPHRASE)
    during = a_day(Seat(qtbot, window), team, told, out, ["--seal", "passphrase"] if encrypted else [])
    capsys.readouterr()
    storage.must_be_folded(team.sue.path)
    (tmp_path / "passphrases.txt").unlink()
    found = during | holders(WORDS, home, out, temp, machine)
    if encrypted:
        assert found == set()
        assert list(machine.glob("crash-*"))
        assert (out / "ada.coded").stat().st_size > 1000
    else:
        assert {"team.annotator", "ada.coded"} <= found
        assert any(name.startswith("crash-") for name in found)
        assert any(name.startswith("20") for name in found)
