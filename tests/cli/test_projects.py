"""new, open, check, history, and what holds for every verb."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from annotator import codebook, editing, founding, settings
from annotator.cli import arguments
from annotator.model import Change, Edit, Sitting
from annotator.project import Project
from annotator.text import Span
from tests.conftest import made

VERBS = [
    "open",
    "demo",
    "new",
    "import",
    "import-annotations",
    "codebook",
    "export",
    "agreement",
    "progress",
    "check",
    "history",
]


def test_every_verb_is_there_and_explains_itself(command):
    for verb in VERBS:
        ran = command(verb, "--help")
        assert ran.code == 0
        assert f"annotator {verb}" in ran.out
    listed = {line.split()[0] for line in command("--help").out.splitlines() if line.startswith("    ")}
    assert listed >= set(VERBS)


def test_wrong_usage_is_2(command, project):
    for words in (["--frobnicate"], ["frobnicate"], ["new"], ["history", project, "--limit", "-1"]):
        assert command(*words).code == 2
    assert command("agreement", project, "--format", "xlsx").code == 2


def test_new_makes_a_project_with_the_shipped_codebook_as_version_1(command, tmp_path):
    path = tmp_path / "first.annotator"
    assert command("new", path, "--name", "The strait").code == 0
    with Project(path, actor="sue", device="d") as project:
        assert project.nouns("project")[0].name == "The strait"
        assert {code.name for code in project.nouns("code")} >= {"Denial", "Accusation", "Offer of dialogue"}
        (version,) = project.nouns("codebook_version")
        assert version.number == 1
        assert project.nouns("round")[0].codebook_version == version.id
        assert project.actor.role == "supervisor"
        assert project.check(rebuild=True) == []
    assert [one.name for one in tmp_path.iterdir()] == ["first.annotator"]


def test_new_takes_another_codebook_or_none(command, tmp_path):
    book = tmp_path / "book.json"
    book.write_text('{"schema": "annotator-codebook/1", "name": "Small", "codes": [{"name": "Yes"}]}')
    assert command("new", tmp_path / "a.annotator", "--codebook", book).code == 0
    assert command("codebook", tmp_path / "a.annotator").out == "Yes\n"
    assert command("new", tmp_path / "b.annotator", "--no-codebook").code == 0
    assert command("codebook", tmp_path / "b.annotator").out == ""


def test_new_refuses_another_ending_and_what_is_there(command, project, tmp_path):
    ran = command("new", tmp_path / "mine.db")
    assert ran.code == 1
    assert "mine.db.annotator" in ran.err
    before = project.read_bytes()
    assert "exists already" in command("new", project).err
    assert project.read_bytes() == before


def test_a_codebook_that_cannot_be_read_leaves_no_project(command, tmp_path):
    book = tmp_path / "book.json"
    book.write_text("{")
    assert command("new", tmp_path / "a.annotator", "--codebook", book).code == 1
    assert list(tmp_path.glob("*.annotator*")) == []


def test_a_half_made_project_is_never_there(tmp_path):
    path = tmp_path / "a.annotator"
    with pytest.raises(ZeroDivisionError), founding.making(path, name="N", supervisor="Sue", device="d", book=None):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_open_says_what_it_cannot_open(command, project, tmp_path):
    assert "There is no project" in command("open", tmp_path / "none.annotator").err
    assert "Nobody called Zed" in command("open", project, by="Zed").err
    ran = command("open", project)
    assert ran.code == 1
    assert "no display" in ran.err


def test_nobody_of_this_name_is_said_at_the_terminal_or_else_by_the_window(command, project, monkeypatch):
    shown = []
    monkeypatch.setattr("annotator.screen.is_there", lambda: True)
    monkeypatch.setattr("annotator.cli.window.show", lambda path, name: shown.append((path, name)) or 0)
    monkeypatch.setattr("annotator.cli.terminal.is_read", lambda: True)
    ran = command("open", project, by="Zed")
    assert (ran.code, shown) == (1, [])
    assert ran.err.count("\n") == 1
    assert "There are: Sue." in ran.err
    monkeypatch.setattr("annotator.cli.terminal.is_read", lambda: False)
    assert command("open", project, by="Zed").code == 0
    assert shown == [(project, "Zed")]


def test_who_acts_is_the_person_of_this_machine_unless_named(tmp_path, capsys):
    from annotator.cli import main

    assert main(["new", str(tmp_path / "a.annotator")]) == 0
    assert [one.name for one in Project.people(tmp_path / "a.annotator")] == [settings.load().name]


def test_check_finds_all_well_and_tells_what_is_wrong(command, project):
    assert command("check", project, "--rebuild").out.startswith("All is well")
    with sqlite3.connect(project) as connection:
        connection.execute("UPDATE document SET title = 'Another'")
    connection.close()
    assert command("check", project).code == 0
    ran = command("check", project, "--rebuild")
    assert (ran.code, ran.err) == (1, "")
    assert "differ" in ran.out
    found = command("check", project, "--rebuild", "--format", "json").json()
    assert found["schema"] == "annotator-check/1"
    assert [one["key"] for one in found["problems"]] == ["table.differs"]


def test_check_makes_the_index_for_finding_anew_when_all_is_rebuilt(command, project):
    assert "index" not in command("check", project, "--rebuild").out
    with Project(project, actor="Sue", device="desk") as opened:
        opened.index_texts()
        assert "made anew" not in command("check", project).out
        left = command("check", project, "--rebuild")
        assert (left.code, "left as it is" in left.out) == (0, True)
    with closing(sqlite3.connect(project)) as connection, connection:
        connection.execute("UPDATE text_indexed SET sha256 = 'of no text'")
    ran = command("check", project)
    assert (ran.code, "made anew by the next search" in ran.out) == (1, True)
    ran = command("check", project, "--rebuild")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "The index for finding was made anew.")
    assert command("check", project, "--rebuild", "--format", "json").json()["index"] == "made anew"
    assert command("find", project, "ready").out.endswith("1 hits in 1 documents.\n")


def test_history_tells_who_did_what_newest_first(command, project, table):
    codings = table("strait.txt,Ada,Denial,15,34,The claim is false.")
    assert command("import-annotations", project, codings).code == 0
    lines = command("history", project).out.splitlines()
    assert lines[0].split() == ["when", "who", "did", "what"]
    assert "Sue" in lines[1]
    assert "import annotations" in lines[1]
    assert [deed["did"] for deed in command("history", project, "--format", "json").json()["changes"]] == [
        "import annotations",
        "import documents",
        "publish codebook",
        "import codebook",
        "found",
    ]
    ran = command("history", project, "--limit", 2)
    assert len(ran.out.splitlines()) == 3
    assert "3 earlier changes" in ran.err
    of_document = command("history", project, "--document", "STRAIT.txt").out
    assert "import documents" in of_document
    assert "codebook" not in of_document


def test_history_shows_a_blind_coder_only_their_own(command, project, table):
    codings = table(
        "strait.txt,Ada,Denial,15,34,The claim is false.", "strait.txt,Ben,Accusation,15,34,The claim is false."
    )
    assert command("import-annotations", project, codings).code == 0
    assert "2 coders, 2 annotations, 2 assignments" in command("history", project).out
    assert "2 coders, 1 annotation, 1 assignment" in command("history", project, by="Ada").out


def test_neither_time_nor_bookmarks_are_history(command, team):
    place = {"document": team.document.id, "round": team.round.id, "began": "2031-01-01T00:00:00+00:00"}
    ada = team.sit_down("Ada")
    change = editing.sit(ada, **place, seconds=30, before=None)
    ada.apply(change)
    ada.apply(editing.sit(ada, **place, seconds=70, before=made(change, Sitting)))
    ada.apply(editing.bookmark(ada, document=team.document.id, place=Span(4, 12)))
    ada.apply(editing.retract(*ada.nouns("memo")))
    ada.apply(editing.bookmark(ada, document=team.document.id, place=Span(0, 3)))
    ada.apply(editing.write_memo(ada, about=team.document.id, words="Odd", place=Span(0, 5)))
    team.close()
    for name in ("Ada", "Ben", "Sue"):
        for about in ((), ("--document", team.document.title)):
            told = command("history", team.sue.path, *about, "--format", "json", by=name).json()["changes"]
            labels = [deed["did"] for deed in told]
            assert not {"sit", "bookmark", "retract"} & {*labels}
            assert ("write memo" in labels) == (name != "Ben")
            assert {one["kind"] for deed in told for one in deed["objects"]}.isdisjoint({"sitting"})


def test_unknown_names_tell_what_there_is(command, project):
    assert "There are: On the strait." in command("history", project, "--document", "The moon").err
    assert "There are: Main." in command("import", project, __file__, "--round", "Pilot").err
    assert "There are: Sue." in command("import", project, __file__, "--coder", "Ada").err


def test_a_fault_of_ours_is_one_sentence_and_a_report(command, project, machine, monkeypatch):
    monkeypatch.setattr(Project, "check", lambda *_, **__: 1 / 0)
    ran = command("check", project)
    assert ran.code == 1
    assert len(ran.err.splitlines()) == 1
    assert "ZeroDivisionError" in ran.err
    (report,) = machine.glob("crash-*.txt")
    assert str(report) in ran.err
    assert "1 / 0" in report.read_text(encoding="utf-8")


def test_stopping_is_no_fault(command, project, machine, monkeypatch):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(Project, "check", stopped)
    ran = command("check", project)
    assert (ran.code, ran.err) == (1, "annotator: Stopped. What was saved before stays as it is.\n")
    assert not list(machine.glob("crash-*"))


def test_no_word_of_a_text_steers_the_terminal(command, project, tmp_path):
    (tmp_path / "evil.txt").write_text("Red \x1b[31m alert\n\nWords of the text itself.\n", encoding="utf-8")
    assert command("import", project, tmp_path / "evil.txt").code == 0
    ran = command("history", project)
    assert "alert" in ran.out
    assert "\x1b" not in ran.out


def test_as_a_process_of_its_own(project, machine):
    """The command itself: its exit code reaches the shell, and a reader who has seen enough is no fault."""
    command = [sys.executable, "-m", "annotator", "--as", "Sue"]
    environment = os.environ | {"PYTHONPATH": str(Path(arguments.__file__).parents[2])}
    done = subprocess.run([*command, "check", project], capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "All is well.\n", "")
    with subprocess.Popen(
        [*command, "codebook", project, "--format", "html"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert not list(machine.glob("crash-*"))


def test_a_codebook_that_was_brought_in_and_not_published_is_published_by_the_next_try(command, project, tmp_path):
    """As after a process that died between the two."""
    path = tmp_path / "book.json"
    assert command("codebook", project, "--export", path).code == 0
    path.write_text(path.read_text(encoding="utf-8").replace('"Denial"', '"Full denial"'), encoding="utf-8")
    with Project(project, actor="Sue", device="d") as opened:
        opened.apply(codebook.import_change(opened, codebook.read(path)))
    assert "published as version 2" in command("codebook", project, "--import", path).out
    assert "says already" in command("codebook", project, "--import", path).out


def test_new_people_are_told(command, project, table):
    codings = table("strait.txt,Zoe,Denial,15,34,The claim is false.", "strait.txt,Yan,,,,")
    ran = command("import-annotations", project, codings, "--dry-run")
    assert "new in this project: Zoe, Yan" in ran.err
    found = command("import-annotations", project, codings, "--format", "json").json()
    assert found["new_coders"] == ["Zoe", "Yan"]
    assert command("import-annotations", project, codings, "--format", "json").json()["new_coders"] == []


def test_an_export_tells_what_it_left_out(command, project, table, tmp_path):
    codings = table("strait.txt,Ada,Denial,15,34,The claim is false.")
    assert command("import-annotations", project, codings).code == 0
    with Project(project, actor="Ada", device="d") as opened:
        [one] = opened.nouns("annotation")
        opened.apply(editing.mark_done(opened, document=one.document, round=one.round, done=False))
        opened.apply(Change("move", (Edit(one, replace(one, quotes=("That claim is false",))),)))
    ran = command("export", project, tmp_path / "out.csv")
    assert "1 annotation whose words are not at their place left out" in ran.err
    checked = command("check", project)
    assert checked.code == 1
    assert "An annotation by Ada in “On the strait” quotes “That claim is false”" in checked.out


def test_a_project_alone_is_opened(tmp_path, capsys, monkeypatch):
    from annotator.cli import main

    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    path = str(tmp_path / "one.annotator")
    assert main([path]) == main(["open", path]) == 1
    first, second = capsys.readouterr().err.splitlines()
    assert first == second
    assert "There is no project at" in first


def test_history_knows_people_and_documents_that_are_gone(command, project):
    with Project(project, actor="Sue", device="d") as opened:
        zoe = editing.add_coder("Zoe", "supervisor")
        opened.apply(zoe)
    with Project(project, actor="Zoe", device="d") as opened:
        opened.apply(editing.retract(*opened.nouns("document")))
    with Project(project, actor="Sue", device="d") as opened:
        opened.apply(zoe.inverse())
    lines = command("history", project).out.splitlines()
    assert lines[2].split()[2:4] == ["Zoe", "retract"]
    assert "On the strait" in lines[2]
