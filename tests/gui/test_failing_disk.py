"""The disk fails while somebody codes: one sentence says what, where and what to do, nothing counts as done that is not saved,
and with the next key work goes on when the disk is back."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication, QMessageBox

from annotator import backups
from annotator.gui.app import on_fault
from annotator.project import Project
from tests import faults
from tests.conftest import Team
from tests.gui.conftest import Key, Modifier, Seat
from tests.test_open_file import posix, sticks

CTRL = Modifier.ControlModifier


@pytest.fixture(params=["a folder", "a disk"])
def stick(request, tmp_path) -> Iterator[faults.Stick]:
    with sticks(request.param, tmp_path / "stick") as made:
        yield made


def coded(seat: Seat, words: str, letter: str) -> None:
    """Puts the caret there, and presses the key of a code."""
    seat.put_caret(words)
    seat.type(letter)
    QApplication.processEvents()


def quotes(seat: Seat) -> list[str]:
    """The first words of the annotations that are in sight."""
    shown, text = seat.work.coding.shown, seat.work.coding.text
    return [text[shown.marks[id][0].start :].split()[1] for id in shown.ids()]


def said(seat: Seat) -> list[str]:
    """What stands above the text; and nothing was said in another way, or taken for a fault of the program."""
    assert not [box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox)]
    return [told.words for told in seat.work.notice.waiting if seat.work.notice.isVisible()]


def must_be_whole(path: Path, *words: str) -> None:
    """The project opens, nothing is wrong with it, and these annotations of Ada's are in it."""
    with Project(path, actor="Ada", device="another") as project:
        assert project.check() == []
        (document,) = project.nouns("document")
        text = project.text(document.id)
        found = sorted(one.spans[0].start for one in project.annotations(document.id))
        assert [text[start:].split()[1] for start in found] == list(words)
    with Project(path, actor="Sue", device="another") as project:
        assert project.check(rebuild=True) == []


@posix
def test_a_stick_is_pulled_and_put_back(seat, stick, machine):
    team = Team(stick.folder)
    seat.sit_down(team, "Ada")
    coded(seat, "republic", "d")
    stick.pull()
    for words, letter in (("ministry", "o"), ("may begin", "d")):
        coded(seat, words, letter)
        assert quotes(seat) == ["republic"]
        (sentence,) = said(seat)
        assert sentence.startswith(f"{team.sue.path} is not at its place any more")
        assert "not saved. Put it back, and do it again." in sentence
        assert seat.window.left.text() == "Nothing can be saved now"
    seat.press(Key.Key_Z, CTRL)
    assert quotes(seat) == ["republic"]
    assert seat.work.session.undo_words() == "annotation"
    assert len(said(seat)) == 1
    seat.work._catch_up()
    stick.put_back()
    coded(seat, "may begin", "d")
    assert quotes(seat) == ["republic", "may"]
    assert said(seat) == []
    assert seat.window.left.text() == "Saved"
    for left in (["republic"], []):
        seat.press(Key.Key_Z, CTRL)
        assert quotes(seat) == left
    seat.press(Key.Key_Z, CTRL | Modifier.ShiftModifier)
    assert quotes(seat) == ["republic"]
    seat.window.close()
    must_be_whole(team.sue.path, "republic")
    assert not list(machine.glob("crash-*"))


@posix
def test_a_stick_that_stays_away_lets_the_window_be_closed(seat, stick, machine):
    team = Team(stick.folder)
    seat.sit_down(team, "Ada")
    coded(seat, "republic", "d")
    stick.pull()
    coded(seat, "ministry", "o")
    seat.window.desk.backing_up.look()
    QThreadPool.globalInstance().waitForDone()
    QApplication.processEvents()
    assert len(said(seat)) == 1
    seat.window.desk.close_project()
    assert seat.window.work is None
    assert not stick.folder.exists() or list(stick.folder.iterdir()) == []
    assert not list(machine.glob("crash-*"))
    seat.window.open_path(team.sue.path, "Ada")
    assert "There is no project at" in seat.window.start.notice.words.text()
    stick.put_back()
    seat.window.open_path(team.sue.path, "Ada")
    seat.work.to_text()
    assert quotes(seat) == ["republic"]
    coded(seat, "ministry", "o")
    seat.window.desk.close_project()
    must_be_whole(team.sue.path, "republic", "ministry")


@posix
def test_a_step_that_was_refused_though_it_is_there_is_shown_when_the_disk_is_back(seat, tmp_path, monkeypatch):
    """The disk went between the end of the step and the look at it."""
    stick = faults.Stick(tmp_path / "stick")
    stick.folder.mkdir()
    team = Team(stick.folder)
    seat.sit_down(team, "Ada")
    file, looks = seat.work.project._file, iter([True, False])
    with monkeypatch.context() as gone:
        gone.setattr(type(file), "is_at_its_place", property(lambda _: next(looks)))
        coded(seat, "republic", "d")
    assert quotes(seat) == []
    file._failed = True
    coded(seat, "ministry", "o")
    assert quotes(seat) == ["republic", "ministry"]
    seat.press(Key.Key_Z, CTRL)
    seat.press(Key.Key_Z, CTRL)
    assert quotes(seat) == []


@posix
def test_another_file_in_its_place_is_told_and_left_as_it_is(seat, tmp_path):
    team = Team(tmp_path)
    seat.sit_down(team, "Ada")
    old = shutil.copyfile(team.sue.path, tmp_path / "old.annotator")
    coded(seat, "republic", "d")
    old.replace(team.sue.path)
    Path(f"{team.sue.path}-wal").unlink()
    before = team.sue.path.read_bytes()
    coded(seat, "ministry", "o")
    assert quotes(seat) == ["republic"]
    assert "another file now" in said(seat)[0]
    assert team.sue.path.read_bytes() == before


def test_a_full_disk(seat, tmp_path):
    with faults.small_disk(tmp_path / "disk") as disk:
        team = Team(disk)
        seat.sit_down(team, "Ada")
        coded(seat, "republic", "d")
        filling = faults.fill(disk)
        while "full" not in " ".join(said(seat)):
            coded(seat, "ministry", "o")  # what room the log has still is used up
            seat.press(Key.Key_Z, CTRL)
        assert said(seat) == [
            f"The disk is full on which {team.sue.path} lies. This step was not saved; make room and do it again."
        ]
        stands = quotes(seat)
        coded(seat, "may begin", "d")
        assert quotes(seat) == stands
        assert seat.window.left.text() == "Nothing can be saved now"
        filling.unlink()
        coded(seat, "may begin", "d")
        assert quotes(seat) == [*stands, "may"]
        assert said(seat) == []
        seat.window.close()
        must_be_whole(team.sue.path, *stands, "may")


@pytest.fixture
def faults_are_told(window, monkeypatch):
    """What the program itself does with an error in a slot, in place of what tests do."""
    monkeypatch.setattr(sys, "excepthook", on_fault(window))


@posix
@pytest.mark.qt_no_exception_capture
@pytest.mark.usefixtures("faults_are_told")
def test_what_cannot_be_read_is_a_sentence_and_no_report(seat, tmp_path, machine):
    """A file whose log was cut to nothing under the open project cannot be read any more."""
    team = Team(tmp_path)
    seat.sit_down(team, "Ada")
    coded(seat, "republic", "d")
    seat.work.project._file.engine.dispose()
    data = team.sue.path.read_bytes()
    team.sue.path.write_bytes(data[:4096] + bytes(len(data) - 4096))
    seat.work._listing.timeout.emit()
    QApplication.processEvents()
    assert len(said(seat)) == 1
    assert "team.annotator cannot be read" in said(seat)[0]
    assert not list(machine.glob("crash-*"))


WINDOW = """
import errno, os, sys
from pathlib import Path
from PySide6.QtTest import QTest
from annotator import settings
from annotator.gui import app
from annotator.gui.main_window import MainWindow
from annotator.gui.places import Places
from annotator.gui.theme import Theme
from tests.faults import fail_calls

path, error, *calls = sys.argv[1:]
application, theme = app.application(), Theme()
window = MainWindow(theme, settings.load(), Places())
sys.excepthook = app.on_fault(window)
window.show()
window.open_path(Path(path), "Ada")
work = window.work

def code(words, key):
    work.to_text()
    work.text.put_caret(work.coding.text.index(words))
    QTest.keyClicks(work.text, key)
    application.processEvents()
    print(len(work.coding.shown), window.left.text(), [told.words for told in work.notice.waiting], sep="|")

code("republic", "d")
fail_calls(getattr(errno, error), *calls)
code("ministry", "o")
work.session.undo()
work._catch_up()
code("may begin", "d")
window.close()
print("closed", sorted(one.name for one in Path(os.environ["ANNOTATOR_HOME"]).glob("crash*")))
"""


@pytest.mark.parametrize("error", ["EIO", "EROFS", "ENOSPC"])
@pytest.mark.parametrize("calls", [("pwrite64",), ("fsync", "fdatasync")])
def test_calls_of_the_system_that_fail(tmp_path, error, calls):
    faults.must_let_calls_fail()
    team = Team(tmp_path)
    team.close()
    command = [sys.executable, "-c", WINDOW, str(team.sue.path), error, *calls]
    done = subprocess.run(command, env=faults.environment(), capture_output=True, text=True, check=False)
    assert done.stderr == ""
    first, *failing, closed = done.stdout.splitlines()
    assert first == "1|Saved|[]"
    for line in failing:
        shown, state, told = line.split("|")
        assert (shown, state) == ("1", "Nothing can be saved now")
        assert told.count("not saved") == 1
        assert str(team.sue.path) in told
    assert closed == "closed []"
    with Project(team.sue.path, actor="Ada", device="another") as project:
        assert project.check() == []
        assert "denies" in " ".join(quote for one in project.annotations(team.document.id) for quote in one.quotes)


# Reading only, two programs -------------------------------------------------------------------------------------------


def test_a_medium_that_may_only_be_read(seat, tmp_path):
    with faults.small_disk(tmp_path / "cd") as disk:
        team = Team(disk)
        team.close()
        faults.protect(disk)
        seat.window.open_path(team.sue.path, "Ada")
        (sentence,) = said(seat)
        assert sentence.startswith(f"{team.sue.path} may only be read.")
        assert sentence.endswith("It is shown for reading only.")
        assert seat.window.left.text() == "Reading only"
        assert seat.window.windowTitle().endswith("(reading only)")
        coded(seat, "republic", "d")
        assert quotes(seat) == []
        assert seat.annotations() == []
        seat.window.desk.backing_up.look()
        QThreadPool.globalInstance().waitForDone()
        seat.window.desk.close_project()
        assert [one.name for one in disk.iterdir()] == ["team.annotator"]


HOLDING = """
import sys
from annotator.project import Project
with Project(sys.argv[1], actor="Ben", device="another"):
    print("open", flush=True)
    sys.stdin.read()
"""


def test_two_programs_at_once(seat, tmp_path):
    team = Team(tmp_path)
    team.close()
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", HOLDING, str(team.sue.path)]
    with subprocess.Popen(command, env=faults.environment(), stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdin
        assert other.stdout
        assert other.stdout.readline() == "open\n"
        seat.window.open_path(team.sue.path, "Ada")
        assert "open in another window or program" in said(seat)[0]
        coded(seat, "republic", "d")
        assert seat.annotations() == []
        other.stdin.close()
        other.wait()
    seat.window.open_path(team.sue.path, "Ada")
    seat.work.to_text()
    coded(seat, "republic", "d")
    assert said(seat) == []
    assert seat.window.left.text() == "Saved"
    table = tmp_path / "codings.csv"
    table.write_text("document,coder,code,start,end\nA statement,Ben,Denial,0,5\n")
    done = faults.command("import-annotations", team.sue.path, table)
    assert done.returncode == 1
    assert "is open in another window or program on this machine. Close it there first." in done.stderr
    assert faults.command("check", team.sue.path).stdout == "All is well.\n"
    assert faults.command("export", team.sue.path, tmp_path / "out.csv").returncode == 0
    coded(seat, "ministry", "o")
    seat.window.desk.close_project()
    assert faults.command("import-annotations", team.sue.path, table).returncode == 0
    must_be_whole(team.sue.path, "republic", "ministry")


def test_a_program_that_writes_without_asking_is_told(seat, tmp_path):
    team = Team(tmp_path)
    seat.sit_down(team, "Ada")
    with seat.work.project._file.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=20")
    with closing(sqlite3.connect(team.sue.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        coded(seat, "republic", "d")
        assert "Another program is writing to" in said(seat)[0]
        assert quotes(seat) == []
    coded(seat, "republic", "d")
    assert quotes(seat) == ["republic"]
    assert said(seat) == []
    assert backups.found(team.sue.path) == []
