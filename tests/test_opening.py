"""The machine remembers how far it wrote, and notices a file that is behind."""

import shutil

import pytest

from annotator import opening, settings
from annotator.errors import Refused
from tests.conftest import Team


@pytest.fixture
def path(tmp_path):
    team = Team(tmp_path)
    team.close()
    return team


def sit(team, path=None, *, writing=True):
    return opening.opened(path or team.sue.path, "Ada", settings.load(), name="Ada", writing=writing)


def test_a_file_that_goes_on_is_not_behind(path):
    for start in (0, 5, 10):
        project, is_behind = sit(path)
        with project:
            assert not is_behind
            path.code(project, start, start + 3)
            opening.remember(project)


def test_an_old_copy_is_noticed_and_written_to_under_a_new_id(path, tmp_path):
    project, _ = sit(path)
    with project:
        path.code(project, 0, 3)
        opening.remember(project)
        first = project.device
    old = tmp_path / "old.annotator"
    shutil.copyfile(path.sue.path, old)
    project, _ = sit(path)
    with project:
        path.code(project, 5, 8)
        opening.remember(project)
    assert sit_and_leave(path, old, writing=False) == (first, True)
    project, is_behind = sit(path, old)
    with project:
        assert is_behind
        assert project.device != first
        path.code(project, 9, 12)
        opening.remember(project)
    assert sit_and_leave(path, old)[1] is False
    assert sit_and_leave(path, path.sue.path)[1] is True  # now this one lacks what was done in the other
    for one in (old, path.sue.path):
        with opening.opened(one, "Ada", settings.load(), name="Ada")[0] as project:
            assert project.check(rebuild=True) == []


def sit_and_leave(team, path, *, writing=True):
    project, is_behind = sit(team, path, writing=writing)
    project.close()
    return project.device, is_behind


def test_a_copy_without_its_wal_is_noticed(path, tmp_path):
    project, _ = sit(path)
    with project:
        path.code(project, 0, 3)
        alone = tmp_path / "alone.annotator"
        shutil.copyfile(path.sue.path, alone)
        opening.remember(project)
    assert sit_and_leave(path, alone)[1] is True


@pytest.mark.parametrize(
    "words", ["", "[]", "{", '{"a": []}', '{"PROJECT": {"DEVICE": "x"}}', '{"PROJECT": {"DEVICE": [1]}}']
)
def test_what_cannot_be_read_is_taken_as_not_kept(path, machine, words):
    project, _ = sit(path)
    with project:
        kept = words.replace("PROJECT", project.id).replace("DEVICE", project.device)
    (machine / "steps.json").write_text(kept)
    assert sit_and_leave(path, path.sue.path)[1] is False


def test_a_machine_that_lets_nothing_be_written_remembers_nothing(path, monkeypatch, tmp_path):
    project, _ = sit(path)
    with project:
        path.code(project, 0, 3)
        taken = tmp_path / "a file"
        taken.touch()
        monkeypatch.setenv("ANNOTATOR_HOME", str(taken))
        opening.remember(project)
    assert taken.read_bytes() == b""


def test_a_person_who_is_not_there_leaves_nothing_open(path):
    with pytest.raises(Refused):
        opening.opened(path.sue.path, "Zoe", settings.load(), name="Zoe")
    assert sit_and_leave(path, path.sue.path)[1] is False
