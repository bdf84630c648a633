"""Backups that make themselves: when, which stay, that they are whole, and going back to one."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import backups, settings
from annotator.errors import Damaged, Refused
from annotator.project import Project
from tests.conftest import Team, state

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TIMES = st.lists(st.datetimes(datetime(2023, 1, 1), datetime(2027, 1, 1)).map(lambda at: at.replace(tzinfo=UTC)))


def test_a_backup_lies_beside_the_project_and_is_it(team):
    team.code(team.sit_down("Ada"), 0, 12)
    (ada,) = team._open
    made = backups.make(ada, NOW)
    assert made.path == team.sue.path.parent / "team.backups" / "20261124-120000.annotator"
    assert backups.found(team.sue.path) == [made]
    with Project(made.path, actor="Ada", device="elsewhere") as copy:
        assert state(copy) == state(ada)
        assert copy.check(rebuild=True) == []


def test_a_backup_is_due_an_hour_after_the_last_if_something_was_written(team):
    path = team.sue.path
    assert backups.is_due(path, NOW)
    made = backups.make(team.sue, NOW)
    written = made.path.stat().st_mtime
    for late, later, due in ((59, 1, False), (60, -1, False), (60, 1, True), (-1, 1, True)):
        for one in (path, path.with_name("team.annotator-wal")):
            if one.exists():
                os.utime(one, (written + later, written + later))
        assert backups.is_due(path, NOW + timedelta(minutes=late)) == due


@pytest.mark.parametrize("back", [timedelta(hours=3), timedelta(days=1), timedelta(days=365)])
def test_a_clock_that_is_set_back_goes_on_making_backups_and_costs_none(team, back):
    """Times of files are those of the clock, too."""
    path = team.sue.path

    def is_due(now):
        stamp = now.timestamp()
        for one in (path, path.with_name("team.annotator-wal")):
            if one.exists():
                os.utime(one, (stamp, stamp))
        return backups.is_due(path, now)

    def make(now):
        made = backups.make(team.sue, now)
        os.utime(made.path, (now.timestamp(), now.timestamp()))
        return made

    before = make(NOW)
    then, made = NOW - back, [before]
    assert is_due(then)
    made.append(make(then))
    assert not is_due(then + timedelta(minutes=59))
    assert is_due(then + timedelta(minutes=61))
    made.append(make(then + timedelta(minutes=61)))
    assert {one.at for one in made} == {one.at for one in backups.found(path)}
    right = NOW + timedelta(hours=2)
    assert is_due(right)
    made.append(make(right))
    assert {before.at, right} <= {one.at for one in backups.found(path)}
    for one in backups.found(path):
        with Project(one.path, actor="Sue", device="d", writing=False) as copy:
            assert copy.check() == []


def test_a_damaged_project_makes_no_backup_and_loses_none(team):
    backups.make(team.sue, NOW)
    path = team.sue.path
    team.close()
    data = bytearray(path.read_bytes())
    page = len(data) // 4096 // 2 * 4096
    data[page : page + 4096] = bytes(4096)
    path.write_bytes(data)
    with Project(path, actor="Sue", device="desk") as broken, pytest.raises((Damaged, Refused)):
        backups.make(broken, NOW + timedelta(hours=2))
    assert [one.at for one in backups.found(path)] == [NOW]
    assert os.listdir(backups.folder(path)) == ["20261124-120000.annotator"]


def test_a_folder_that_cannot_be_made_is_told(team):
    backups.folder(team.sue.path).write_text("in the way")
    with pytest.raises(Refused, match="No copy could be made"):
        backups.make(team.sue, NOW)


def test_old_backups_are_thinned_out_and_other_files_left_alone(team):
    place = backups.folder(team.sue.path)
    place.mkdir()
    (place / "notes.txt").write_text("mine")
    (place / "of May.annotator").write_text("mine, too")
    for minutes in (0, 10, 20, 70):
        backups.make(team.sue, NOW + timedelta(minutes=minutes))
    assert [one.at - NOW for one in backups.found(team.sue.path)] == [timedelta(minutes=70), timedelta()]
    assert {"notes.txt", "of May.annotator"} < set(os.listdir(place))


def test_what_is_left_of_a_backup_that_was_cut_off_goes(team):
    place = backups.folder(team.sue.path)
    place.mkdir()
    for ending in ("", "-journal"):
        (place / f"20261124-110000.annotator.part{ending}").write_text("cut off")
    backups.make(team.sue, NOW)
    assert os.listdir(place) == ["20261124-120000.annotator"]


@given(TIMES)
def test_the_newest_stays_and_so_does_one_of_each_stretch(times):
    stay = backups.kept(times, NOW)
    assert stay <= set(times)
    assert not times or max(times) in stay
    assert all(at in stay for at in times if at > NOW)
    for at in times:
        for most, length in backups.AGES:
            if timedelta() <= NOW - at <= most:
                assert any(abs(other - at) < length for other in stay)
                break


@given(TIMES)
def test_thinning_out_twice_is_thinning_out_once(times):
    stay = backups.kept(times, NOW)
    assert backups.kept(stay, NOW) == stay


def test_few_are_kept_however_long_one_codes():
    there: set[datetime] = set()
    for hours in range(24 * 400):
        now = NOW + timedelta(hours=hours)
        there = backups.kept({*there, now}, now)
    assert 50 <= len(there) <= 75


def test_going_back_makes_a_project_of_its_own_under_a_new_device(tmp_path):
    team = Team(tmp_path)
    machine = settings.load()
    ada = team.sit_down("Ada", device=machine.device("Ada"))
    team.code(ada, 0, 12)
    made = backups.make(ada, NOW)
    team.code(ada, 13, 20)
    team.close()
    target = tmp_path / "again.annotator"
    backups.restore(made.path, target, machine)
    assert settings.load().machine == machine.machine
    with Project(target, actor="Ada", device=machine.device("Ada")) as again:
        assert len(again.annotations(team.document.id)) == 1
        team.code(again, 13, 20)
        assert again.check(rebuild=True) == []
        numbers = [(one.device, one.seq) for one in again.log()]
        assert len(numbers) == len(set(numbers))
    with Project(team.sue.path, actor="Ada", device="elsewhere") as left:
        assert len(left.annotations(team.document.id)) == 2
        both = {(one.device, one.seq): one.id for one in left.log()}
    assert all(both.get((one.device, one.seq), one.id) == one.id for one in again_log(target))
    with pytest.raises(Refused, match="exists"):
        backups.restore(made.path, target, machine)


def again_log(path):
    with Project(path, actor="Ada", device="elsewhere", writing=False) as project:
        return project.log()


def test_a_backup_that_is_damaged_is_not_restored(team, tmp_path):
    made = backups.make(team.sue, NOW)
    with made.path.open("r+b") as file:
        file.seek(5 * 4096)
        file.write(bytes(4096))
    target = tmp_path / "again.annotator"
    with pytest.raises(Damaged):
        backups.restore(made.path, target, settings.load())
    assert not target.exists()
