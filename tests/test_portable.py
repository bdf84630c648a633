"""A program on a stick: what it keeps lies beside it, and is found again when the stick is called something else."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import annotator
from annotator import paths, portable, sample, settings
from annotator.fieldwork import incoming
from annotator.gui.places import Places
from tests.test_apart import FROZEN


@pytest.fixture
def stick(tmp_path, monkeypatch) -> Path:
    """A stick with a frozen portable program in the folder `program`."""
    made = tmp_path / "stick"
    (made / "program").mkdir(parents=True)
    (made / "program" / "portable").touch()
    plug_in(made, monkeypatch)
    return made


def plug_in(stick: Path, patch: pytest.MonkeyPatch) -> None:
    """The frozen program of this stick is the one that runs."""
    patch.delenv("ANNOTATOR_HOME", raising=False)
    patch.setattr(sys, "frozen", True, raising=False)
    patch.setattr(sys, "executable", str(stick / "program" / "annotator"))
    known = os.path.ismount
    patch.setattr(os.path, "ismount", lambda path: Path(path) == stick or known(path))


def test_a_marker_beside_the_program_makes_it_portable(stick, monkeypatch, tmp_path):
    marker = stick / "program" / "portable"
    assert settings.folder() == portable.folder() == stick / "program" / "annotator-data"
    marker.rename(marker.with_suffix(".txt"))
    assert settings.folder() == stick / "program" / "annotator-data"
    monkeypatch.setenv("ANNOTATOR_HOME", str(tmp_path))
    assert (settings.folder(), portable.folder()) == (tmp_path, None)
    monkeypatch.delenv("ANNOTATOR_HOME")
    marker.with_suffix(".txt").unlink()
    assert portable.folder() is None
    marker.mkdir()  # a folder of this name is no marker
    assert portable.folder() is None


def test_an_installed_program_looks_beside_its_command_and_a_checkout_beside_the_package(tmp_path, monkeypatch):
    monkeypatch.delenv("ANNOTATOR_HOME")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin" / "python"))
    monkeypatch.setattr(paths, "HERE", tmp_path / "checkout" / "annotator")
    for place in ("bin", "checkout"):
        (tmp_path / place).mkdir()
        assert portable.root() is None
        (tmp_path / place / "portable").touch()
        assert portable.root() == tmp_path / place
        (tmp_path / place / "portable").unlink()


def test_a_bundle_of_macos_has_it_beside_itself_and_not_inside(tmp_path, monkeypatch):
    plug_in(tmp_path, monkeypatch)
    inside = tmp_path / "Annotator.app" / "Contents" / "MacOS"
    inside.mkdir(parents=True)
    monkeypatch.setattr(sys, "executable", str(inside / "annotator"))
    monkeypatch.setattr(sys, "platform", "darwin")
    (inside / "portable").touch()
    assert portable.root() is None
    (tmp_path / "portable").touch()
    assert portable.root() == tmp_path


def test_projects_are_found_when_the_stick_is_called_something_else(stick, monkeypatch, tmp_path):
    beside, inside, elsewhere = (
        stick / "work" / "a.annotator",
        stick / "program" / "b.annotator",
        tmp_path / "c.annotator",
    )
    machine, places = settings.load(), Places()
    for path in (elsewhere, inside, beside):
        machine.opened(path)
        places.of_window().setdefault("recent", {})[str(path)] = {"name": path.stem}
        places.of_window().setdefault("last", {})[str(path)] = "Ada"
    places.save()
    kept = json.loads((portable.folder() or stick).joinpath("settings.json").read_text())
    assert kept["recent"] == ["../work/a.annotator", "b.annotator", str(elsewhere)]

    moved = stick.rename(tmp_path / "other name")
    plug_in(moved, monkeypatch)
    today = [str(moved / "work" / "a.annotator"), str(moved / "program" / "b.annotator"), str(elsewhere)]
    assert list(settings.load().recent) == today
    window = Places().of_window()
    assert {path: one["name"] for path, one in window["recent"].items()} == dict(zip(today, "abc", strict=True))
    assert {*window["last"]} == {*today}


def test_on_the_disk_of_a_machine_only_what_lies_in_its_own_folder_moves_with_it(stick, monkeypatch):
    monkeypatch.setattr(os.path, "ismount", lambda path: Path(path) == Path(Path(path).anchor))
    assert portable.carried(str(stick / "program" / "b.annotator")) == "b.annotator"
    assert portable.carried(str(stick / "a.annotator")) == str(stick / "a.annotator")


def test_what_is_not_portable_keeps_places_as_they_are(machine, tmp_path):
    path = str(tmp_path / "a.annotator")
    assert portable.carried(path) == portable.found(path) == path


def test_an_assignment_beside_which_nothing_can_be_written_goes_to_the_stick(stick, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert incoming.beside(tmp_path / "ada.assignment") == stick / "program" / "ada.annotator"


def test_a_stick_that_is_locked_is_said_in_one_sentence_and_work_goes_on(stick, capsys, tmp_path):
    from annotator.cli import main

    assert not portable.is_locked()
    assert list((stick / "program" / "annotator-data").iterdir()) == []
    (stick / "program" / "annotator-data").rmdir()
    (stick / "program" / "annotator-data").write_text("in the way")
    assert portable.is_locked()
    assert main(["new", str(tmp_path / "a.annotator")]) == 0
    told = capsys.readouterr().err
    assert "annotator-data cannot be written to" in told
    assert "Lift the write protection of the stick" in told


@pytest.mark.skipif(os.name == "nt", reason="a script is no program there")
def test_nothing_is_left_in_the_home_of_a_person(tmp_path):
    """A project, a report with figures and paper, and a picture of the window, made from a stick."""
    program, home, work = (tmp_path / name for name in ("program", "home", "work"))
    for folder in (program, home, work):
        folder.mkdir()
    (program / "portable").touch()
    itself = program / "annotator"
    itself.write_text(
        FROZEN.format(python=sys.executable, itself=str(itself), home=str(Path(annotator.__file__).parents[1]))
    )
    itself.chmod(0o755)
    environment = {"HOME": str(home), "PATH": os.environ.get("PATH", ""), "PYTHONDONTWRITEBYTECODE": "1"}
    project = sample.make(work / "sample.annotator", name="Sue", device="desk")
    report = ("--as", "Sue", "agreement", project, "--format", "report", "--replicates", "5", "--out", work / "report")
    picture = ("-m", "annotator.cli.picture", project, "Sue", work / "window.png")
    for words in (report, picture):
        done = subprocess.run([itself, *words], cwd=work, env=environment, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
    assert list(home.rglob("*")) == []
    assert {"settings.json", "figures"} <= {path.name for path in (program / "annotator-data").iterdir()}
