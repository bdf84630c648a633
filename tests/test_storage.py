"""The file: names of every kind, folders without rights, disks that fail, locks, copies, and what a killed process leaves."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path, PureWindowsPath

import pytest

from annotator import editing, founding, migrations, storage, tables
from annotator.errors import AnnotatorError, Refused
from annotator.project import Project
from tests.conftest import Team

LEFT_BY_A_KILL = """
import os, signal, sys
from annotator import editing
from annotator.project import Project
project = Project(sys.argv[1], actor="Sue", device="desk")
project.apply(editing.add_coder("Zoe"))
print("saved", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""

posix = pytest.mark.skipif(os.name == "nt", reason="rights and signals of another system")


def create(path: Path) -> Path:
    Project.create(path, name="N", supervisor="Sue", device="desk").close()
    return path


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def killed(path: Path) -> None:
    """A process that has added Zoe dies before it can close the file."""
    command = [sys.executable, "-c", LEFT_BY_A_KILL, path]
    home = os.environ | {"PYTHONPATH": str(Path(storage.__file__).parents[1])}
    done = subprocess.run(command, capture_output=True, check=False, env=home)
    assert done.stdout == b"saved\n"
    assert done.returncode == -signal.SIGKILL
    assert Path(f"{path}-wal").exists()


def people(path: Path) -> list[str]:
    return [one.name for one in Project.people(path)]


@contextmanager
def without_rights(folder: Path):
    """A folder that may be read and not written to, by somebody who is not root."""
    folder.chmod(0o555)
    root = os.getuid() == 0
    if root:
        os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        if root:
            os.setresuid(0, 0, 0)
        folder.chmod(0o755)


@pytest.fixture
def outside():
    """A folder that everybody may look into."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


@contextmanager
def files_up_to(size: int):
    """Lets no file grow beyond so many bytes."""
    resource = pytest.importorskip("resource", reason="this system has no such limit")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def code_much(team: Team) -> None:
    for start in range(4, 60):
        team.code(team.sue, start, start + 9, memo="m" * 9000)


# Names ----------------------------------------------------------------------------------------------------------------

ODD = ["two words", "a#b", "100%41", "é漢字", "it's", "semi;colon", "a&b=c", "-dash", "file:x"]
ODD += ["what?", 'a"b', "a:b", "tab\there", os.fsdecode(b"latin\xe9")] if os.name != "nt" else []


@pytest.mark.parametrize("name", ODD)
def test_a_project_may_have_any_name(tmp_path, name):
    path = create(tmp_path / f"{name}.annotator")
    assert names(tmp_path) == [path.name]
    with Project(path, actor="Sue", device="d") as project:
        project.apply(editing.add_coder("Ada"))
        with Project(path, actor="Ada", device="d", writing=False) as reader:
            assert reader.actor.name == "Ada"
    assert people(path) == ["Sue", "Ada"]
    assert names(tmp_path) == [path.name]


@posix
@pytest.mark.parametrize("name", ["what?.annotator", "100%41#.annotator"])
def test_odd_names_in_a_folder_without_rights(outside, name):
    path = create(outside / name)
    with without_rights(outside), Project(path, actor="Sue", device="d", writing=False) as reader:
        assert reader.check() == []


def test_a_path_that_is_relative_means_the_same_after_the_folder_changed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    with Project.create("n.annotator", name="N", supervisor="Sue", device="d") as project:
        monkeypatch.chdir(tmp_path / "elsewhere")
        project.apply(editing.add_coder("Ada"))
    assert names(tmp_path) == ["elsewhere", "n.annotator"]
    assert names(tmp_path / "elsewhere") == []


def test_a_path_of_windows_as_uri():
    drive = PureWindowsPath("C:\\Users\\Ada Ö\\50% #1\\a.annotator")
    assert storage.uri(drive) == "file:///C%3A/Users/Ada%20%C3%96/50%25%20%231/a.annotator"
    assert storage.uri(PureWindowsPath("\\\\server\\share\\a.annotator")) == "file:////server/share/a.annotator"


@posix
def test_a_link_is_the_file_it_leads_to(tmp_path):
    path = create(tmp_path / "n.annotator")
    link = tmp_path / "link.annotator"
    link.symlink_to(path)
    with (
        Project(path, actor="Sue", device="d") as project,
        pytest.raises(Refused, match="open in another"),
        Project(link, actor="Sue", device="other"),
    ):
        pass
    killed(path)
    assert people(link) == ["Sue", "Zoe"]
    assert not project.is_writable


@posix
def test_what_is_no_file(tmp_path):
    (tmp_path / "folder.annotator").mkdir()
    os.mkfifo(tmp_path / "pipe.annotator")
    for name, words in (
        ("folder.annotator", "is a folder"),
        ("pipe.annotator", "not an Annotator project"),
        ("pipe.annotator/x", "no project at"),
        ("x" * 300, "could not be read: File name too long"),
    ):
        with pytest.raises(Refused, match=words):
            Project(tmp_path / name, actor="Sue", device="d")


# Rights ---------------------------------------------------------------------------------------------------------------


@posix
def test_in_a_folder_without_rights_one_reads_and_is_told(outside):
    path = create(outside / "n.annotator")
    before = path.read_bytes()
    with without_rights(outside):
        with Project(path, actor="Sue", device="d", writing=False) as reader:
            assert reader.check(rebuild=True) == []
        with pytest.raises(Refused, match=r"cannot be written|may only be read"):
            Project(path, actor="Sue", device="d")
        with pytest.raises(Refused, match="could not be made"):
            create(outside / "other.annotator")
        with pytest.raises(Refused, match="could not be made"):
            founding.found(outside / "third.annotator", name="N", supervisor="Sue", device="d", book=None)
    assert path.read_bytes() == before
    assert names(outside) == ["n.annotator"]


@posix
def test_a_file_that_may_only_be_read(outside):
    path = create(outside / "n.annotator")
    path.chmod(0o444)
    outside.chmod(0o777)
    root = os.getuid() == 0
    if root:
        os.setresuid(65534, 65534, 0)
    try:
        with pytest.raises(Refused, match="may only be read"):
            Project(path, actor="Sue", device="d")
        with Project(path, actor="Sue", device="d", writing=False) as reader:
            assert reader.check() == []
    finally:
        if root:
            os.setresuid(0, 0, 0)
    assert names(outside) == ["n.annotator"]


@posix
def test_what_was_not_folded_is_not_passed_over_in_a_folder_without_rights(outside):
    path = create(outside / "n.annotator")
    killed(path)
    for name in names(outside):
        if not name.endswith(("annotator", "-wal")):
            (outside / name).unlink()
    with without_rights(outside), pytest.raises(Refused, match=r"together with n.annotator-wal"):
        Project(path, actor="Zoe", device="d", writing=False)
    with Project(path, actor="Zoe", device="d", writing=False) as reader:
        assert reader.actor.name == "Zoe"


# Locks, copies, what is left ------------------------------------------------------------------------------------------


@posix
def test_what_a_killed_process_leaves_is_there_again(tmp_path):
    path = create(tmp_path / "n.annotator")
    killed(path)
    assert people(path) == ["Sue", "Zoe"]
    together, alone = tmp_path / "together.annotator", tmp_path / "alone.annotator"
    shutil.copyfile(path, together)
    shutil.copyfile(f"{path}-wal", f"{together}-wal")
    shutil.copyfile(path, alone)
    assert people(together) == ["Sue", "Zoe"]
    assert people(alone) == ["Sue"]
    for one in (path, together, alone):
        with Project(one, actor="Sue", device="desk") as project:
            assert project.check(rebuild=True) == []
    assert names(tmp_path) == ["alone.annotator", "n.annotator", "together.annotator"]


@posix
def test_a_new_project_does_not_take_in_what_another_left(tmp_path):
    path = create(tmp_path / "n.annotator")
    killed(path)
    path.unlink()
    for make in (create, lambda path: founding.found(path, name="N", supervisor="Eve", device="d", book=None)):
        with pytest.raises(Refused, match=r"n.annotator-wal is left over"):
            make(path)
    with (
        Project.create(tmp_path / "m.annotator", name="M", supervisor="Sue", device="d") as other,
        pytest.raises(Refused, match="left over"),
    ):
        other.back_up(path)


def test_a_lock_that_was_left_behind_does_no_harm_and_another_file_is_told(tmp_path):
    path = create(tmp_path / "n.annotator")
    lock = tmp_path / "n.annotator-lock"
    lock.touch()
    Project(path, actor="Sue", device="d").close()
    assert names(tmp_path) == ["n.annotator"]
    lock.write_text("Somebody's words, long enough to be taken for a database that is none. " * 20)
    with pytest.raises(Refused, match="in the way"):
        Project(path, actor="Sue", device="d")
    assert lock.exists()


@posix
def test_a_lock_on_a_file_that_was_taken_away_is_no_lock(tmp_path):
    path = create(tmp_path / "n.annotator")
    lock = storage.Lock(path)
    (tmp_path / "n.annotator-lock").unlink()
    assert not lock._is_at_its_place()
    lock.release()


def test_a_file_that_another_program_holds(tmp_path):
    path = create(tmp_path / "n.annotator")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Refused, match="open in another window or program"):
            Project(path, actor="Sue", device="d")


# Backups and migrations -----------------------------------------------------------------------------------------------


def test_a_backup_is_whole_and_takes_nobodys_place(team, tmp_path):
    team.code(team.sue, 0, 3)
    target = tmp_path / "copy.annotator"
    team.sue.back_up(target)
    with Project(target, actor="Sue", device="d", writing=False) as copy:
        assert copy.log() == team.sue.log()
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Refused, match="exists already"):
        team.sue.back_up(tmp_path / "mine.txt")
    with pytest.raises(Refused, match="No copy could be made"):
        team.sue.back_up(tmp_path / "missing" / "copy.annotator")
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert [name for name in names(tmp_path) if "part" in name] == []


def test_a_backup_that_does_not_fit_leaves_nothing(team, tmp_path):
    with files_up_to(20_000), pytest.raises(Refused, match="No copy could be made"):
        team.sue.back_up(tmp_path / "copy.annotator")
    assert [name for name in names(tmp_path) if "copy" in name] == []


def test_a_project_that_does_not_fit_leaves_nothing(tmp_path):
    with files_up_to(20_000):
        for make in (create, lambda path: founding.found(path, name="N", supervisor="Sue", device="d", book=None)):
            with pytest.raises(Refused, match=r"n.annotator could not be made") as refused:
                make(tmp_path / "n.annotator")
            assert refused.value.values["path"] == tmp_path / "n.annotator"
    assert names(tmp_path) == []


def test_a_disk_that_fails_in_a_step_loses_that_step_only(team):
    _, kept = team.code(team.sue, 0, 3)
    with files_up_to(team.sue.path.stat().st_size + 1_000), pytest.raises(Refused, match="This step was not saved"):
        code_much(team)
    assert team.sue.annotations(team.document.id)[0] == kept
    assert team.sue.check(rebuild=True) == []
    team.sit_down("Sue")
    assert kept in team._open[-1].annotations(team.document.id)


def test_a_migration_that_fails_leaves_file_and_folder_as_they_were(team, tmp_path, monkeypatch):
    team.sue.close()
    folder = tmp_path / "migrations"
    shutil.copytree(migrations.FOLDER, folder)
    step = "revision = '0004'\ndown_revision = '0003'\n\n\ndef upgrade():\n    from alembic import op\n\n"
    step += "    op.execute('CREATE TABLE half (done)')\n    op.execute('no SQL at all')\n"
    (folder / "versions" / "0004_broken.py").write_text(step)
    monkeypatch.setattr(migrations, "FOLDER", folder)
    monkeypatch.setattr(tables, "HEAD", "0004")
    before, there = team.sue.path.read_bytes(), names(tmp_path)
    for _ in range(2):
        with pytest.raises(AnnotatorError):
            Project(team.sue.path, actor="Sue", device="desk")
    assert names(tmp_path) == there
    assert team.sue.path.read_bytes() == before


@posix
def test_an_older_project_in_a_folder_without_rights_is_left_alone(outside):
    team = Team(outside)
    team.close()
    path = team.sue.path
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE file SET value = 'older' WHERE name = 'tables'")
    before = path.read_bytes()
    with without_rights(outside), pytest.raises(Refused, match=r"cannot be written|may only be read"):
        Project(path, actor="Sue", device="d", writing=False)
    assert path.read_bytes() == before
