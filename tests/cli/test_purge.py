"""annotator purge"""

import sys
from datetime import UTC, datetime

from annotator import backups
from annotator.project import Project
from tests.cli.conftest import Command


def coded(command: Command, project, table) -> None:
    rows = ("strait.txt,Ada,Denial,15,34,", "strait.txt,Ben,Denial,15,34,", "strait.txt,Ben,Denial,35,50,")
    assert command("import-annotations", project, table(*rows)).code == 0
    with Project(project, actor="Sue", device="desk") as sue:
        backups.make(sue, datetime(2026, 11, 24, tzinfo=UTC))


def test_it_asks_and_says_what_goes(command, project, table, monkeypatch):
    coded(command, project, table)
    ran = command("purge", project, "--document", "strait.txt")
    assert ran.code == 1
    assert "“On the strait” disappears from" in ran.err
    assert (
        "1 document, 3 annotations by 2 coders, 0 memos; 1 backup purged as well or deleted. This cannot be undone."
        in ran.err
    )
    assert "Say --yes to do it.\nNothing was purged." in ran.err
    for answer, code in (("no\n", 1), ("yes\n", 0)):
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        monkeypatch.setattr(sys.stdin, "readline", lambda answer=answer: answer, raising=False)
        ran = command("purge", project, "--document", "On the strait")
        assert ran.code == code
    assert ran.out == "Purged: 1 document, 3 annotations by 2 coders, 0 memos; 1 backup purged as well or deleted.\n"


def test_yes_needs_no_question_and_nothing_is_left(command, project, table, tmp_path):
    coded(command, project, table)
    assert command("purge", project, "--document", "strait.txt", "--yes").code == 0
    assert command("check", project, "--rebuild").code == 0
    assert command("history", project).out.splitlines()[1].split()[2:4] == ["Sue", "purge"]
    assert command("find", project, "claim").out.count("claim") == 0
    held = [path.name for path in tmp_path.rglob("*") if path.is_file() and b"The claim is false" in path.read_bytes()]
    assert held == ["strait.txt"]


def test_who_may_not_and_what_is_not_there(command, project, table):
    coded(command, project, table)
    assert "Only a supervisor" in command("purge", project, "--document", "strait.txt", "--yes", by="Ada").err
    assert "There is no document called nothing" in command("purge", project, "--document", "nothing", "--yes").err


def test_a_backup_that_had_to_be_deleted_is_told(command, project, table):
    coded(command, project, table)
    (one,) = backups.found(project)
    one.path.write_bytes(one.path.read_bytes()[:9000])
    ran = command("purge", project, "--document", "strait.txt", "--yes")
    assert (ran.code, "1 backup could not be purged and was deleted" in ran.err) == (0, True)
    assert backups.found(project) == []
