"""Damaged files: what can still be read comes out of them, and what could not is said."""

import contextlib
import random
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from annotator import backups, rescue
from annotator.errors import Refused
from annotator.project import Project
from tests.conftest import Team, state

PAGE = 4096
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def coded(tmp_path):
    """A team's project with four hundred annotations, closed."""
    team = Team(tmp_path, words="A word. " * 1000)
    ada = team.sit_down("Ada")
    for n in range(400):
        team.code(ada, n * 8, n * 8 + 6, memo="A memo of some length. " * 5)
    team.close()
    return team


def spoil(path, pages):
    """Writes noise over pages, numbered from 1 as SQLite does."""
    data, chance = bytearray(path.read_bytes()), random.Random(1)
    for page in pages:
        data[(page - 1) * PAGE : page * PAGE] = chance.randbytes(PAGE)
    path.write_bytes(data)


def count(path):
    return path.stat().st_size // PAGE


def all_of(path, who="Sue"):
    with Project(path, actor=who, device="elsewhere", writing=False) as project:
        assert project.check(rebuild=True) == []
        return state(project), {one.id for one in project.log()}


def test_a_whole_file_comes_out_whole_and_is_left_as_it_was(coded, tmp_path):
    path, target = coded.sue.path, tmp_path / "rescued.annotator"
    before = path.read_bytes()
    saved = rescue.rescue(path, target)
    assert (saved.altered, saved.from_backups, saved.problems) == (0, 0, [])
    assert all_of(target) == all_of(path)
    assert path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["rescued.annotator", "team.annotator"]


@pytest.mark.parametrize("pages", [[1], [1, 2, 3, 4, 5, 6, 7, 8]])
def test_without_the_pages_that_say_what_is_where_no_annotation_is_lost(coded, tmp_path, pages):
    path, target = coded.sue.path, tmp_path / "rescued.annotator"
    whole = all_of(path)[0]["annotation"]
    spoil(path, pages)
    saved = rescue.rescue(path, target)
    with Project(target, actor="Ada", device="elsewhere") as ada:
        there = ada.nouns("annotation")
        assert ada.check() == [] or pages != [1]
    assert {one.id for one in there} <= {one.id for one in whole}
    assert len(there) >= len(whole) - 12 * (len(pages) - 1)
    assert saved.problems == [] or pages != [1]


@pytest.mark.parametrize("seed", range(8))
def test_what_random_damage_leaves_is_kept_and_the_rest_is_named(coded, tmp_path, seed):
    path, target = coded.sue.path, tmp_path / "rescued.annotator"
    with Project(path, actor="Sue", device="x", writing=False) as project:
        log = {one.id: one for one in project.log()}
    chance = random.Random(seed)
    spoil(path, chance.sample(range(1, count(path) + 1), 4))
    saved = rescue.rescue(path, target)
    with Project(target, actor="Sue", device="elsewhere") as project:
        there = {one.id: one for one in project.log()}
    assert all(log[id] == one for id, one in there.items())
    assert saved.revisions == len(there) >= len(log) - 4 * 12
    last = max(one.seq for one in there.values() if one.device == "Ada's laptop")
    lost = [one for one in log.values() if one.id not in there and (one.device != "Ada's laptop" or one.seq < last)]
    assert bool(lost) <= bool(saved.problems)


def test_zeros_where_the_last_rows_lay_are_not_taken_for_an_empty_table(tmp_path):
    team = Team(tmp_path, words="A word. " * 15_000)
    ada = team.sit_down("Ada")
    for n in range(3):
        team.code(ada, n * 8, n * 8 + 6)
    team.close()
    path, data = team.sue.path, team.sue.path.read_bytes()
    for page in range(1, len(data) // PAGE + 1):
        path.write_bytes(data[: page * PAGE - PAGE // 2] + bytes(PAGE // 2) + data[page * PAGE :])
        assert rescue.rescue(path, tmp_path / f"{page}.annotator").revisions >= 12


def test_half_a_file(coded, tmp_path):
    path, target = coded.sue.path, tmp_path / "rescued.annotator"
    path.write_bytes(path.read_bytes()[: count(path) // 2 * PAGE + 100])
    saved = rescue.rescue(path, target)
    assert saved.revisions > 100
    with Project(target, actor="Sue", device="elsewhere") as project:
        assert {problem.key for problem in project.check()} == {problem.key for problem in saved.problems}


def test_a_backup_fills_what_the_file_has_lost(coded, tmp_path):
    path, target = coded.sue.path, tmp_path / "rescued.annotator"
    whole = all_of(path)
    with Project(path, actor="Sue", device="desk") as sue:
        backups.make(sue, NOW)
        coded.sue = sue
    spoil(path, range(5, count(path), 3))
    saved = rescue.rescue(path, target)
    assert saved.from_backups > 0
    assert saved.problems == []
    assert all_of(target) == whole


def test_a_backup_that_is_damaged_elsewhere_helps_too(coded, tmp_path):
    path, target = coded.sue.path, tmp_path / "rescued.annotator"
    whole = all_of(path)
    with Project(path, actor="Sue", device="desk") as sue:
        made = [backups.make(sue, NOW - timedelta(days=one)) for one in (1, 0)]
    third = range(2, count(path) + 1)
    spoil(path, third[::3])
    spoil(made[0].path, third[1::3])
    spoil(made[1].path, third[2::3])
    assert rescue.rescue(path, target).problems == []
    assert all_of(target) == whole


def test_what_was_not_folded_in_is_rescued(tmp_path):
    team = Team(tmp_path)
    ada = team.sit_down("Ada")
    team.code(ada, 0, 12)
    target = tmp_path / "rescued.annotator"
    assert (tmp_path / "team.annotator-wal").exists()
    rescue.rescue(team.sue.path, target)
    with Project(target, actor="Ada", device="elsewhere") as again:
        assert len(again.annotations(team.document.id)) == 1
    team.close()


def test_receipts_and_declared_gaps_come_along(coded, tmp_path):
    path, target = coded.sue.path, tmp_path / "rescued.annotator"
    device = "01a20d8d-86d4-7000-827f-c18a9d26815f"
    receipt = ("2026-11-24T12:00:00Z", device, device, "ada.coded", "0" * 64, '{"new":3}')
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO receipt (at, actor, sender, name, sha256, counts) VALUES (?,?,?,?,?,?)", receipt
        )
        connection.execute("INSERT INTO withheld VALUES (?, 3, 7)", (device,))
    rescue.rescue(path, target)
    with contextlib.closing(sqlite3.connect(target)) as connection:
        assert connection.execute("SELECT at, actor, sender, name, sha256, counts FROM receipt").fetchall() == [receipt]
        assert connection.execute("SELECT * FROM withheld").fetchall() == [(device, 3, 7)]


def test_what_is_no_project_says_so_and_leaves_nothing(tmp_path):
    letter, target = tmp_path / "letter.annotator", tmp_path / "rescued.annotator"
    letter.write_text("Dear all, " * 5000)
    with pytest.raises(Refused, match="Nothing of a project"):
        rescue.rescue(letter, target)
    letter.write_bytes(b"")
    with pytest.raises(Refused, match="Nothing of a project"):
        rescue.rescue(letter, target)
    with pytest.raises(Refused, match=r"none\.annotator"):
        rescue.rescue(tmp_path / "none.annotator", target)
    assert [one.name for one in tmp_path.iterdir()] == ["letter.annotator"]
