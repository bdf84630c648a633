"""What the machine remembers survives damage, folders without rights, and people without a name."""

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from annotator import settings
from annotator.settings import RECENT


def test_the_first_use_gives_an_id_that_stays(machine):
    first = settings.load()
    assert uuid.UUID(first.machine)
    assert first.name
    assert settings.load() == first
    assert first.device("Ada") == first.device("ADA") != first.device("Ben")
    assert [one.name for one in machine.iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    "words",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"machine": "none", "name": "", "recent": "x", "points": "large", "theme": 3}',
        b'{"machine": 7, "name": "   ", "points": NaN, "theme": "pink", "recent": [1, null]}',
        b'{"points": 1e9}',
        b'{"points": true}',
    ],
)
def test_what_cannot_be_read_is_taken_as_not_said(machine, words):
    (machine / "settings.json").write_bytes(words)
    found = settings.load()
    assert uuid.UUID(found.machine)
    assert found.name.strip()
    assert (found.theme, found.points, found.recent) == ("system", 12.0, ())
    assert json.loads((machine / "settings.json").read_text())["machine"] == found.machine


def test_what_is_right_in_a_damaged_file_is_kept(machine):
    (machine / "settings.json").write_text('{"theme": "dark", "points": 14, "name": " Ada ", "recent": ["/a", 5]}')
    found = settings.load()
    assert (found.theme, found.points, found.name, found.recent) == ("dark", 14.0, "Ada", ("/a",))


def test_projects_opened_lately_stand_newest_first_each_once(tmp_path):
    remembered = settings.load()
    for n in [*range(RECENT + 2), 3]:
        remembered.opened(tmp_path / f"{n}.annotator")
    assert [Path(one).stem for one in settings.load().recent] == ["3", "9", "8", "7", "6", "5", "4", "2"]


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_no_text_is_remembered(tmp_path):
    path = tmp_path / os.fsdecode(b"latin\xe9.annotator")
    settings.load().opened(path)
    assert settings.load().recent == (str(path),)


def test_a_home_that_is_a_file_is_lived_with(tmp_path, monkeypatch):
    home = tmp_path / "home"
    home.write_text("a file")
    monkeypatch.setenv("ANNOTATOR_HOME", str(home))
    found = settings.load()
    found.opened(tmp_path / "a.annotator")
    assert uuid.UUID(found.machine)
    assert home.read_text() == "a file"


def test_a_settings_file_that_is_a_folder_is_lived_with(machine):
    (machine / "settings.json").mkdir()
    assert uuid.UUID(settings.load().machine)
    assert [one.name for one in machine.iterdir()] == ["settings.json"]


NOBODY = """
import pwd

def unknown(*_):
    raise KeyError("nobody of this number")

pwd.getpwuid = unknown
from annotator import settings
print(settings.load().name)
print(settings.folder())
"""


@pytest.mark.skipif(os.name == "nt", reason="people are told by other means there")
def test_somebody_without_a_name_and_a_home(tmp_path):
    """Nothing is put under a folder called ~, and there is a name."""
    env = {"PYTHONPATH": str(Path(settings.__file__).parents[1]), "TMPDIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", NOBODY], capture_output=True, cwd=tmp_path, check=True, env=env)
    name, folder = done.stdout.decode().splitlines()
    assert name == "Supervisor"
    assert list(tmp_path.iterdir()) == [Path(folder)]


def test_keys_are_kept_as_far_as_they_are_words(machine):
    (machine / "settings.json").write_text(
        '{"name": "Ada", "keys": {"a": ["F7"], "b": "F8", "c": [7], "d": [""], "e": []}}'
    )
    found = settings.load()
    assert found.keys == {"a": ["F7"], "e": []}
    found.keys["a"] = ["F9"]
    found.save()
    assert settings.load().keys["a"] == ["F9"]


def test_time_on_task_is_each_persons_own_choice_and_read_as_far_as_it_can_be(machine):
    found = settings.load()
    assert found.timing_of("Ada") == settings.Timing(on=True, idle=3)
    found.time("Ada", settings.Timing(on=False, idle=10))
    again = settings.load()
    assert again.timing_of("ADA") == settings.Timing(on=False, idle=10)
    assert again.timing_of("Ben") == settings.Timing()
    (machine / "settings.json").write_text(
        '{"name": "Ada", "timing": {"ada": {"on": false, "idle": 16}, "ben": {"on": 1, "idle": true}, "eve": 7}}'
    )
    odd = settings.load()
    assert [odd.timing_of(name) for name in ("Ada", "Ben", "Eve")] == [
        settings.Timing(on=False, idle=3),
        settings.Timing(),
        settings.Timing(),
    ]
