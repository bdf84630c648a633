"""A disk that goes away or fails under an open project: nothing counts as saved that nobody would find again, and work goes on
when it is back."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from annotator import backups, editing
from annotator.errors import AnnotatorError, Refused
from annotator.project import Project
from tests import faults
from tests.conftest import Team

posix = pytest.mark.skipif(os.name == "nt", reason="this system lets nobody move or delete a file that is open")


@contextmanager
def sticks(kind: str, folder: Path) -> Iterator[faults.Stick]:
    if kind == "a disk":
        with faults.real_stick(folder) as stick:
            yield stick
    else:
        folder.mkdir()
        yield faults.Stick(folder)


@pytest.fixture(params=["a folder", "a disk"])
def stick(request, tmp_path) -> Iterator[faults.Stick]:
    with sticks(request.param, tmp_path / "stick") as made:
        yield made


@pytest.fixture
def team(stick) -> Iterator[Team]:
    made = Team(stick.folder)
    yield made
    made.close()


def ids(project: Project, team: Team) -> list[str]:
    return [one.id for one in project.annotations(team.document.id)]


def is_whole(team: Team, *saved: str) -> None:
    """The project opens anew, nothing is wrong with it, and all that was acknowledged is there, and nothing else."""
    team.close()
    with Project(team.sue.path, actor="Sue", device="another") as project:
        assert project.check(rebuild=True) == []
        assert ids(project, team) == list(saved)


@posix
def test_pulled_and_put_back(team, stick):
    first = team.code(team.sue, 0, 3)[1]
    stick.pull()
    assert not team.sue.is_at_its_place
    for _ in range(2):
        with pytest.raises(Refused, match=r"team.annotator is not at its place any more.*not saved"):
            team.code(team.sue, 4, 12)
    assert ids(team.sue, team) == [first.id]  # what was read goes on being read
    assert not stick.folder.exists() or not list(stick.folder.iterdir())
    stick.put_back()
    again = team.code(team.sue, 4, 12)[1]
    assert team.sue.openings == 1
    assert team.sue.is_writable
    with pytest.raises(Refused, match="open in another"):
        Project(team.sue.path, actor="Sue", device="another")
    is_whole(team, first.id, again.id)


@posix
def test_pulled_between_a_step_and_its_end(team, stick):
    def contents():
        stick.pull()
        yield b"what came last"

    first = team.code(team.sue, 0, 3)[1]
    with pytest.raises(Refused, match="not at its place"):
        team.sue.apply(editing.add_coder("Zoe"), contents=contents())
    stick.put_back()
    again = team.code(team.sue, 4, 12)[1]
    is_whole(team, first.id, again.id)


@posix
def test_pulled_and_never_put_back(team, stick):
    team.code(team.sue, 0, 3)
    stick.pull()
    with pytest.raises(Refused):
        team.code(team.sue, 4, 12)
    team.close()
    assert not stick.folder.exists() or not list(stick.folder.iterdir())
    stick.put_back()
    is_whole(team, *ids_in(team))
    assert len(ids_in(team)) == 1


def ids_in(team: Team) -> list[str]:
    with Project(team.sue.path, actor="Sue", device="another", writing=False) as project:
        return ids(project, team)


@posix
def test_a_stick_that_another_program_took_meanwhile_is_left_to_it(team, stick):
    stick.pull()
    with pytest.raises(Refused, match="not at its place"):
        team.code(team.sue, 0, 3)
    stick.put_back()
    (stick.folder / "team.annotator-lock").unlink()
    with Project(team.sue.path, actor="Sue", device="another") as other:
        with pytest.raises(Refused, match="open in another"):
            team.code(team.sue, 0, 3)
        team.code(other, 4, 12)
    team.code(team.sue, 0, 3)
    assert len(ids(team.sue, team)) == 2


@posix
def test_another_file_of_this_name_is_not_written_to(team, tmp_path):
    old = shutil.copyfile(team.sue.path, tmp_path / "old.annotator")
    first = team.code(team.sue, 0, 3)[1]
    right = team.sue.path.with_name("right.annotator")
    team.sue.path.rename(right)
    shutil.copyfile(old, team.sue.path)
    Path(f"{team.sue.path}-wal").rename(f"{right}-wal")
    before = team.sue.path.read_bytes()
    with pytest.raises(Refused, match=r"another file now.*lacks what was saved last"):
        team.code(team.sue, 4, 12)
    assert team.sue.path.read_bytes() == before
    right.replace(team.sue.path)
    Path(f"{right}-wal").rename(f"{team.sue.path}-wal")
    again = team.code(team.sue, 4, 12)[1]
    is_whole(team, first.id, again.id)


@posix
def test_a_file_that_was_put_there_anew_and_has_all_is_gone_on_with(team):
    """As programs do that keep folders of two machines alike."""
    first = team.code(team.sue, 0, 3)[1]
    team.sue.fold()
    copy = shutil.copyfile(team.sue.path, team.sue.path.with_name("copy"))
    copy.replace(team.sue.path)
    again = team.code(team.sue, 4, 12)[1]
    assert team.sue.openings == 1
    is_whole(team, first.id, again.id)


@posix
@pytest.mark.parametrize("kind", ["deleted", "another"])
def test_a_log_that_somebody_took_away_loses_nothing(tmp_path, kind):
    team = Team(tmp_path)
    first = team.code(team.sue, 0, 3)[1]
    wal = Path(f"{team.sue.path}-wal")
    wal.unlink()
    if kind == "another":
        wal.touch()
    again = team.code(team.sue, 4, 12)[1]
    is_whole(team, first.id, again.id)


@posix
def test_no_backup_goes_to_where_the_project_is_not(team, stick):
    stick.pull()
    assert not team.sue.is_at_its_place
    stick.put_back()
    assert team.sue.is_at_its_place
    assert backups.found(team.sue.path) == []


def test_a_program_that_is_writing_is_waited_for_and_then_told(tmp_path):
    team = Team(tmp_path)
    with team.sue._file.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=20")
    with closing(sqlite3.connect(team.sue.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Refused, match=r"Another program is writing to .*not saved"):
            team.code(team.sue, 0, 3)
    made = team.code(team.sue, 0, 3)[1]
    is_whole(team, made.id)


def test_a_disk_without_room(tmp_path):
    with faults.small_disk(tmp_path / "disk") as disk:
        team = Team(disk)
        first = team.code(team.sue, 0, 3)[1]
        filling, saved = faults.fill(disk), [first.id]
        with pytest.raises(Refused, match=r"The disk is full on which .*team.annotator lies.*not saved"):
            saved += (team.code(team.sue, n, n + 9, memo="m" * 9000)[1].id for n in range(4, 60))
        with pytest.raises(Refused, match="No copy could be made"):
            team.sue.back_up(disk / "copy.annotator")
        filling.unlink()
        saved.append(team.code(team.sue, 5, 7)[1].id)
        is_whole(team, *saved)
        assert sorted(one.name for one in disk.iterdir()) == ["team.annotator"]


CODING = """
import errno, sys
from annotator import editing
from annotator.errors import AnnotatorError
from annotator.project import Project
from annotator.text import Span
from tests.faults import fail_calls

path, document, code, round, error, *calls = sys.argv[1:]
with Project(path, actor="Sue", device="desk") as project:
    def annotate(n):
        change = editing.annotate(project, document=document, code=code, spans=[Span(n, n + 5)], round=round)
        project.apply(change)
        return change.edits[0].after.id
    print(annotate(0))
    fail_calls(getattr(errno, error), *calls)
    for n in (4, 9):
        try:
            print(annotate(n))
        except AnnotatorError as refused:
            print("refused", refused)
    print("read", len(project.nouns("annotation")), len(project.text(document)))
"""


@pytest.mark.parametrize("error", ["EIO", "EROFS", "ENOSPC", "ENODEV"])
@pytest.mark.parametrize("calls", [("pwrite64",), ("fsync", "fdatasync")])
def test_calls_of_the_system_that_fail_in_a_step(tmp_path, error, calls):
    faults.must_let_calls_fail()
    team = Team(tmp_path)
    team.close()
    places = [team.sue.path, team.document.id, team.codes["denial"].id, team.round.id]
    command = [sys.executable, "-c", CODING, *map(str, places), error, *calls]
    done = subprocess.run(
        command, env=faults.environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["refused", "refused", "read"]
    assert all("team.annotator" in line and "not saved" in line for line in lines[1:3])
    assert done.returncode == 0
    with Project(team.sue.path, actor="Sue", device="another") as project:
        assert project.check(rebuild=True) == []
        assert lines[0] in ids(project, team)  # what was refused may be there: the disk did not say


def test_a_disk_that_keeps_no_locks_is_read_and_not_written_to(tmp_path):
    import errno

    faults.must_let_calls_fail()
    team = Team(tmp_path)
    team.close()
    for error in (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP):

        def fail(error=error):
            faults.fail_calls(error, "fcntl")

        done = faults.command("check", team.sue.path, before=fail)
        assert (done.returncode, done.stdout) == (0, "All is well.\n")
        done = faults.command("import", team.sue.path, __file__, before=fail)
        assert done.returncode == 1
        assert "cannot keep two programs from writing at once. Copy the project" in done.stderr


def test_what_is_not_the_disks_fault_leaves_the_file_open(team):
    with pytest.raises(AnnotatorError):
        team.sue.noun("document", "none")
    team.code(team.sue, 0, 3)
    assert team.sue.openings == 0
