"""backups, rescue, and what is said of a file that is behind."""

import shutil

from annotator import backups
from annotator.project import Project


def test_backups_are_listed_made_and_gone_back_to(command, project, tmp_path):
    ran = command("backups", project)
    assert (ran.code, ran.out) == (0, "")
    assert "no backups" in ran.err
    ran = command("backups", project, "--make")
    assert ran.code == 0
    (made,) = backups.found(project)
    assert str(made.path) in ran.out
    rows = command("backups", project, "--format", "json").json()
    assert rows["schema"] == "annotator-backups/1"
    assert [row["file"] for row in rows["backups"]] == [str(made.path)]
    assert "1" in command("backups", project).out
    target = tmp_path / "again.annotator"
    ran = command("backups", project, "--restore", "1", "--out", target)
    assert ran.code == 0
    assert str(target) in ran.out
    assert command("check", target, "--rebuild").code == 0
    ran = command("backups", project, "--restore", "1")
    assert ran.code == 0
    (named,) = tmp_path.glob("strait of *.annotator")
    assert str(named) in ran.out


def test_a_number_that_is_not_in_the_list(command, project):
    ran = command("backups", project, "--restore", "3")
    assert ran.code == 1
    assert "no backup number 3" in ran.err


def test_a_damaged_file_is_rescued(command, project, tmp_path):
    data = project.read_bytes()
    project.write_bytes(bytes(4096) + data[4096:])
    assert command("check", project).code == 1
    ran = command("rescue", project)
    assert ran.code == 0, ran.err
    assert "Nothing is missing" in ran.out
    rescued = tmp_path / "strait.rescued.annotator"
    assert command("check", rescued, "--rebuild").code == 0
    assert command("rescue", project).code == 1  # the name is taken
    found = command("rescue", project, "--out", tmp_path / "other.annotator", "--format", "json").json()
    assert found["schema"] == "annotator-rescue/1"
    assert found["problems"] == []
    assert found["texts"] == 1


def test_what_is_missing_is_said(command, project, tmp_path):
    with Project(project, actor="Sue", device="d") as opened:
        (document,) = opened.nouns("document")
    data = project.read_bytes()
    text = b"The claim is false."
    assert text in data
    project.write_bytes(data.replace(text, b"The claim is truth."))
    ran = command("rescue", project, "--out", tmp_path / "other.annotator")
    assert ran.code == 1
    assert f"The text of the document “{document.title}” is not in this file" in ran.out
    assert "damaged and are left out" in ran.out


def test_a_file_that_is_behind_is_said_so_once_per_opening(command, project, tmp_path):
    old = tmp_path / "old.annotator"
    shutil.copyfile(project, old)
    more = tmp_path / "more.txt"
    more.write_text("More words.", encoding="utf-8")
    assert command("import", project, more).err.count("lacks steps") == 0
    ran = command("check", old)
    assert ran.code == 0
    assert "lacks steps" in ran.err
    assert "lacks steps" not in command("check", project).err
