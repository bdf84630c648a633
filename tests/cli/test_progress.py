"""How far the work is: rows, sums, who may read them, and the same as files and on the command line."""

import csv
import json

import pytest

from annotator import editing, progress
from annotator.interchange import progress_table
from annotator.model import Change, Edit
from annotator.text import Span
from tests.conftest import Team, document

AT = "2031-01-01T00:00:00+00:00"


def sat(project, team: Team, seconds: int) -> None:
    place = {"document": team.document.id, "round": team.round.id, "began": AT}
    project.apply(editing.sit(project, **place, seconds=seconds, before=None))


@pytest.fixture
def worked(team) -> Team:
    """Ada coded and sat twice, Ben read and found nothing; a second document waits for Ada."""
    other, contents = document("Nobody wants a quarrel.", title="=Another")
    team.sue.apply(Change("import documents", (Edit(None, other),)), contents=contents)
    coders = [team.coders["Ada"].id]
    team.sue.apply(editing.assign(team.sue, documents=[other.id], coders=coders, round=team.round.id))
    ada = team.sit_down("Ada")
    team.code(ada, 4, 12)
    team.code(ada, 0, 3)
    sat(ada, team, 600)
    sat(ada, team, 125)
    ben = team.sit_down("Ben")
    sat(ben, team, 60)
    ben.apply(editing.mark_done(ben, document=team.document.id, round=team.round.id))
    return team


def test_a_row_tells_state_annotations_time_and_when_last(worked):
    rows = progress.rows(worked.sit_down("Sue"))
    told = [(one.title, one.name, one.state, one.annotations, one.seconds, one.is_empty) for one in rows]
    assert told == [
        ("A statement", "Ada", "in progress", 2, 725, False),
        ("A statement", "Ben", "done", 0, 60, True),
        ("=Another", "Ada", "to do", 0, 0, False),
    ]
    assert all(one.last > "2026" for one in rows[:2])
    assert rows[2].last == ""


def test_sums_are_of_each_coder_and_of_all(worked):
    rows = progress.rows(worked.sit_down("Sue"))
    ada, ben = progress.by_coder(rows)
    assert (ada.name, ada.documents, ada.done, ada.in_progress, ada.to_do, ada.annotations) == ("Ada", 2, 0, 1, 1, 2)
    assert (ben.name, ben.done, ben.nothing, ben.seconds, ben.share) == ("Ben", 1, 1, 60, 1.0)
    whole = progress.total(rows)
    assert (whole.documents, whole.done, whole.seconds) == (3, 1, 785)
    assert whole.last == max(ada.last, ben.last)
    assert progress.total([]).share == 0


def test_a_coder_reads_their_own_rows_only_also_when_the_round_is_open(worked):
    ada = worked.sit_down("Ada")
    assert {one.name for one in progress.rows(ada)} == {"Ada"}
    sue = worked.sit_down("Sue")
    sue.apply(editing.reveal(sue.noun("round", worked.round.id)))
    ada = worked.sit_down("Ada")
    assert {one.name for one in progress.rows(ada)} == {"Ada"}
    assert sum(one.seconds for one in ada.worked().values()) == 725


def test_rows_are_of_one_round_when_it_is_named(worked):
    sue = worked.sit_down("Sue")
    main = next(one for one in sue.nouns("round") if one.name == "Main")
    assert progress.rows(sue, main.id) == []
    assert len(progress.rows(sue, worked.round.id)) == 3


def test_what_a_supervisor_did_for_a_coder_is_not_when_the_coder_worked(team):
    place = {"document": team.document.id, "round": team.round.id, "coder": team.coders["Ada"].id}
    change = editing.annotate(team.sue, code=team.codes["denial"].id, spans=[Span(4, 12)], **place)
    team.sue.apply(change)
    row = next(one for one in progress.rows(team.sue) if one.name == "Ada")
    assert (row.annotations, row.last) == (1, "")


def test_files_carry_the_rows_and_no_formula(worked, tmp_path):
    rows = progress.rows(worked.sit_down("Sue"))
    path = tmp_path / "progress.csv"
    progress_table.write(rows, path)
    lines = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert tuple(lines[0]) == progress_table.COLUMNS
    assert lines[1][:7] == ["A statement", "Ada", "Reliability", "in progress", "False", "2", "725"]
    assert lines[3][0] == "'=Another"
    from python_calamine import CalamineWorkbook

    progress_table.write(rows, tmp_path / "progress.xlsx")
    book = CalamineWorkbook.from_path(str(tmp_path / "progress.xlsx"))
    assert book.sheet_names == ["Assignments", "Coders"]
    assert book.get_sheet_by_name("Assignments").to_python()[3][0] == "=Another"
    sums = book.get_sheet_by_name("Coders").to_python()
    assert sums[-1][:3] == ["All coders", 3, 1]


def test_the_command_line_tells_the_same_rows(worked, command, tmp_path):
    worked.close()
    path = worked.sue.path
    told = command("progress", path).out.splitlines()
    assert told[0].split() == ["document", "coder", "round", "state", "annotations", "time", "last", "worked", "on"]
    assert "done, nothing found" in told[2]
    assert "12 min" in told[1]
    assert any(line.startswith("All coders  1 of 3") for line in told)
    found = command("progress", path, "--format", "json", "--round", "reliability").json()
    assert (found["schema"], found["round"]) == ("annotator-progress/1", "Reliability")
    assert [row["seconds"] for row in found["rows"]] == [725, 60, 0]
    assert found["rows"][2]["last_worked_on"] is None
    assert (found["total"]["done"], found["coders"][1]["nothing_found"]) == (1, 1)
    own = command("progress", path, "--format", "json", by="Ben").json()
    assert {row["coder"] for row in own["rows"]} == {"Ben"}
    assert command("progress", path, "--round", "Main").out == "Nothing was handed out.\n"
    assert command("progress", path, "--round", "Pilot").code == 1


def test_the_command_line_writes_files_by_their_ending(worked, command, tmp_path):
    worked.close()
    for name in ("a.csv", "a.json", "a.txt"):
        out = tmp_path / name
        assert str(out) in command("progress", worked.sue.path, "--out", out).out
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfdocument,coder")
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["round"] is None
    assert (tmp_path / "a.txt").read_text(encoding="utf-8").startswith("document")


def test_nothing_handed_out_is_said(command, tmp_path):
    path = tmp_path / "new.annotator"
    command("new", path)
    assert command("progress", path).out == "Nothing was handed out.\n"
    assert command("progress", path, "--format", "json").json()["rows"] == []
