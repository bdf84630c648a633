"""annotator demo, whole, as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import annotator
from annotator import settings
from annotator.project import Project

CHECKOUT = Path(annotator.__file__).parents[1]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The folder of a demo, and what it printed. There is no display."""
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("demo")
    return folder / "annotator-demo", run(folder, home), home


def run(folder: Path, home: Path) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {"PYTHONPATH": str(CHECKOUT), "ANNOTATOR_HOME": str(home)}
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        environment.pop(name, None)
    return subprocess.run(
        [sys.executable, "-m", "annotator", "--as", "Sue", "demo"],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_it_does_all_but_open_the_window_and_says_so(demo):
    folder, done, _ = demo
    assert (done.returncode, done.stderr) == (0, "")
    assert "Krippendorff’s alpha" in done.stdout
    assert "There is no display here" in done.stdout
    assert sorted(one.name for one in folder.iterdir()) == ["agreement.html", "sample.annotator", "window.png"]
    assert (folder / "agreement.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_the_picture_shows_a_coded_text(demo):
    from PySide6.QtGui import QImage

    picture = QImage(str(demo[0] / "window.png"))
    assert (picture.width(), picture.height()) == (1440, 900)
    colours = {picture.pixel(x, y) for x in range(300, 900, 3) for y in range(120, 800, 3)}
    assert len(colours) > 100


def test_the_project_is_whole_and_let_go_of(demo):
    with Project(demo[0] / "sample.annotator", actor="Sue", device="d") as project:
        assert project.check(rebuild=True) == []


def test_the_picture_leaves_the_settings_of_this_machine_alone(demo, monkeypatch):
    monkeypatch.setenv("ANNOTATOR_HOME", str(demo[2]))
    found = settings.load()
    assert found.name != "Coder A"
    assert found.recent == ()


def test_a_sample_that_is_there_is_used_again_and_anything_else_refused(demo, tmp_path, command):
    folder, _, home = demo
    with Project(folder / "sample.annotator", actor="Sue", device="d", writing=False) as project:
        before = project.id
    assert run(folder.parent, home).returncode == 0
    with Project(folder / "sample.annotator", actor="Sue", device="d", writing=False) as project:
        assert project.id == before
    assert command("new", tmp_path / "sample.annotator").code == 0
    mine = (tmp_path / "sample.annotator").read_bytes()
    ran = command("demo", tmp_path)
    assert ran.code == 1
    assert "is not the sample project" in ran.err
    assert (tmp_path / "sample.annotator").read_bytes() == mine
