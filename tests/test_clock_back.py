"""A clock that jumps back, by a day or a year, while one codes or between two days: what came last stays last, and nothing is
lost or counted twice."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from annotator import editing, model, opening, progress, revisions, settings
from annotator.agreement import units
from annotator.agreement.timeline import timeline
from annotator.fieldwork import incoming, outgoing
from annotator.model import Change, Edit, Round
from annotator.project import Project
from tests.agreement.projects import Codings
from tests.conftest import Team, made

BEGAN = datetime(2026, 5, 4, 9, tzinfo=UTC)
BACK = [timedelta(days=1), timedelta(days=365), timedelta(days=26 * 365)]  # an empty battery begins with 2000


class Clock:
    """The clock of this machine: it shows what it was set to, and some milliseconds more each time one looks."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch):
        self.shown = BEGAN
        outer = self

        class Shown(datetime):
            @classmethod
            def now(cls, tz=None):
                return outer.look()

        monkeypatch.setattr(revisions, "datetime", Shown)
        monkeypatch.setattr(time, "time_ns", lambda: int(outer.look().timestamp() * 1e9))
        monkeypatch.setattr(model, "_last", 0)
        self._patch = monkeypatch

    def look(self) -> datetime:
        self.shown += timedelta(milliseconds=3)
        return self.shown

    def start_anew(self, shown: datetime) -> None:
        """The program is started again, and the clock shows something else."""
        self.shown = shown
        self._patch.setattr(model, "_last", 0)


LABELS = ["annotate", "add round", "change code", "publish codebook", "write memo"]


@pytest.fixture
def clock(monkeypatch) -> Clock:
    return Clock(monkeypatch)


def jumped(clock: Clock, team: Team, back: timedelta, restart: bool) -> Project:
    """The clock jumps back, under the open project or between two starts of the program."""
    if not restart:
        clock.shown -= back
        return team.sue
    clock.start_anew(clock.shown - back)
    return team.sit_down("Sue", device="desk")


@pytest.mark.parametrize("restart", [False, True])
@pytest.mark.parametrize("back", BACK)
def test_what_comes_last_stays_last(clock, tmp_path, back, restart):
    team = Team(tmp_path)
    first = team.code(team.sue, 0, 3)[1]
    memo = team.sue.apply(editing.write_memo(team.sue, about=team.document.id, words="before"))
    project = jumped(clock, team, back, restart)
    second = team.code(project, 4, 12)[1]
    later = made(editing_applied(project, editing.add_round(project, "Later")), Round)
    offer = replace(team.codes["offer"], name="Offer")
    project.apply(Change("change code", (Edit(team.codes["offer"], offer),)))
    project.apply(editing.publish(project))
    (written,) = project.memos_about([team.document.id])
    project.apply(editing.rewrite_memo(written, "after"))
    assert project.nouns("round")[-1].id == later.id
    assert [one.number for one in project.nouns("codebook_version")] == [1, 2]
    assert [one.id for one in project.annotations(team.document.id)] == [first.id, second.id]
    assert [label for _, label in project.undo_steps()][-5:] == LABELS
    (newest, *_) = project.document_history(team.document.id, team.round.id)
    assert newest.change == project.undo_steps()[-1][0]
    assert project.written([written.id])[written.id] == newest.at  # the words of after, and not those of before
    assert memo != newest.change
    assert project.check(rebuild=True) == []
    project.apply(project.change(project.undo_steps()[-1][0]).inverse())
    assert project.memos_about([team.document.id])[0].words == "before"
    team.close()
    with Project(team.sue.path, actor="Sue", device="desk") as again:
        assert again.check(rebuild=True) == []


def editing_applied(project: Project, change: Change) -> Change:
    project.apply(change)
    return change


@pytest.mark.parametrize("back", BACK)
def test_agreement_over_time_goes_by_what_was_coded_when(clock, tmp_path, back):
    codings = Codings(tmp_path)
    for n, title in enumerate(("B", "C", "A")):
        if n == 2:
            path = codings.project.path
            codings.project.close()
            clock.start_anew(clock.shown - back)
            codings.project = Project(path, actor="Sue", device="desk")
        for coder in ("Ann", "Bob"):
            codings.coded(coder, title, ("Denial", 0, 12))
    study = units.study(codings.project)
    order = timeline(codings.project, study)
    assert [study.documents[n] for n in order.order] == ["B", "C", "A"]
    codings.project.close()


@pytest.mark.parametrize("back", BACK)
def test_time_and_progress_are_those_of_the_work(clock, tmp_path, back):
    team = Team(tmp_path)
    places = {"document": team.document.id, "round": team.round.id}
    ada = team.sit_down("Ada")
    team.code(ada, 0, 3)
    for seconds, restart in ((60, False), (90, True)):
        if restart:
            ada.close()
            clock.start_anew(clock.shown - back)
            ada = team.sit_down("Ada")
        began = clock.look().isoformat(timespec="seconds")
        ada.apply(editing.sit(ada, **places, began=began, seconds=seconds, before=None))
    ada.apply(editing.mark_done(ada, document=team.document.id, round=team.round.id))
    (row,) = progress.rows(ada)
    assert (row.state, row.annotations, row.seconds) == ("done", 1, 150)
    assert ada.check(rebuild=True) == []
    team.close()


@pytest.mark.parametrize("back", BACK)
def test_a_file_is_not_taken_for_one_that_is_behind(clock, tmp_path, back):
    team = Team(tmp_path)
    team.close()
    for days in (timedelta(), back):
        clock.start_anew(BEGAN - days)
        project, is_behind = opening.opened(team.sue.path, "Ada", settings.load(), name="Ada")
        with project:
            team.code(project, len(project.nouns("annotation")), 9)
            opening.remember(project)
        assert not is_behind


@pytest.mark.parametrize("back", BACK)
def test_packages_go_out_and_back(clock, tmp_path, back):
    """The clock of the coder's machine shows last year, and that of the supervisor jumps between two packages."""
    team = Team(tmp_path)
    out, lap = tmp_path / "a.assignment", tmp_path / "lap.annotator"
    coder = team.coders["Ada"]
    outgoing.assign(team.sue, coder=coder, round=team.round, documents=[team.document.id], out=out)
    incoming.accept(out, lap)
    files = []
    for n, shown in enumerate((BEGAN - back, BEGAN, BEGAN - back)):
        clock.start_anew(shown)
        with Project(lap, actor="Ada", device="lap") as ada:
            team.code(ada, n, n + 4)
            files.append(tmp_path / f"{n}.coded")
            outgoing.hand_in(ada, files[-1])
    clock.start_anew(BEGAN - back)
    with Project(lap, actor="Ada", device="lap") as ada:
        stood = ada.nouns("annotation")
    sue = team.sit_down("Sue", device="desk")
    for file in reversed(files):
        incoming.receive(sue, [file])
    assert sorted(sue.nouns("annotation"), key=lambda one: one.id) == stood
    assert len(stood) == 3
    assert sue.check(rebuild=True) == []
    team.close()


def test_ids_from_a_time_that_never_was_are_not_gone_on_behind(clock, monkeypatch):
    for odd in ("", "no id", "ffffffff-ffff-7fff-bfff-ffffffffffff", "01990000-0000-4000-8000-000000000000"):
        model.go_on_behind(odd)
        assert model._last == 0
    first = model.new_id()
    clock.start_anew(BEGAN - timedelta(days=365))
    model.go_on_behind(first)
    assert model.new_id() > first
