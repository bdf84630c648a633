"""annotator self-test: it goes well here, and finds what a build has left out."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import annotator
from annotator import apart, ciphered, founding, migrations, paths, tables
from annotator.cli import self_test, trial
from annotator.reporting import paper

CHECKOUT = Path(annotator.__file__).parents[1]


def lines(out: str) -> dict[str, str]:
    """Step -> ok, failed or left out."""
    found = re.findall(r"^(ok|failed|left out) +([^:\n]+)", out, re.M)
    return {words: how for how, words in found}


def test_every_step_goes_well_and_touches_nothing_of_this_machine(command, machine):
    ran = command("self-test")
    assert (ran.code, ran.err) == (0, "")
    assert lines(ran.out) == {step.words: "ok" for step in trial.STEPS}
    assert f"All {len(trial.STEPS)} steps went well" in ran.out
    assert list(machine.iterdir()) == []


def test_the_window_on_the_screen_is_tried_when_asked_for_and_fails_where_there_is_none(command, monkeypatch):
    monkeypatch.setattr(trial, "WITH_SCREEN", (trial.Step("The window on this screen", trial.window_on_screen),))
    ran = command("self-test", "--window")
    assert ran.code == 1
    assert "failed    The window on this screen: Refused: There is no display here" in ran.out


def test_a_broken_step_makes_it_fail_and_those_that_need_it_are_left_out(command, monkeypatch, tmp_path):
    monkeypatch.setattr(founding, "SHIPPED", "gone.json")
    monkeypatch.setattr(trial, "STEPS", trial.needed_for("Agreement"))
    ran = command("self-test")
    assert ran.code == 1
    found = lines(ran.out)
    assert found.pop("A new project") == "failed"
    assert {*found.values()} == {"left out"}
    assert "Traceback" in ran.err
    assert "A new project, Documents of eight formats" in ran.out.splitlines()[-1]


def without_module(name: str):
    return lambda patch, folder: patch.setitem(sys.modules, name, None)


def without_the_newest_step(patch, folder):
    steps = shutil.copytree(migrations.FOLDER, folder / "migrations", ignore=shutil.ignore_patterns(f"{tables.HEAD}*"))
    patch.setattr(migrations, "FOLDER", steps)


def without_encryption(patch, folder):
    pytest.importorskip("sqlcipher3")
    patch.setattr(ciphered, "tell", lambda connection, secret: None)


def without_qt(patch, folder):
    """What draws dies at once, as Qt does when it lacks a part of itself."""
    dying = [sys.executable, "-c", "import sys; sys.exit('could not find the Qt platform plugin')"]
    patch.setattr(apart, "started", lambda module, words, **pipes: subprocess.Popen(dying, **pipes))


@pytest.mark.parametrize(
    ("words", "broken"),
    [
        ("What came with the program", lambda patch, folder: patch.setattr(paths, "resources", lambda: folder)),
        ("What came with the program", lambda patch, folder: patch.setattr(paths, "sample_docs", lambda: folder)),
        ("The libraries", without_module("matplotlib.backends.backend_pdf")),
        ("The libraries", without_module("scipy.sparse.csgraph")),
        ("Sentences in five languages", without_module("sentencex")),
        (
            "The steps from older programs",
            lambda patch, folder: patch.setattr(migrations, "FOLDER", folder),
        ),
        ("The steps from older programs", without_the_newest_step),
        ("The steps from older programs", without_module("alembic.config")),
        ("A new project", lambda patch, folder: patch.setattr(founding, "SHIPPED", "gone.json")),
        ("Encryption, where it is installed", without_encryption),
        ("Documents of eight formats", without_module("striprtf.striprtf")),
        ("Documents of eight formats", without_module("python_calamine")),
        ("A figure as a picture", without_module("matplotlib.figure")),
        ("A picture of the window", without_qt),
        ("A coded document on paper, and read again", without_qt),
        ("The report as a folder", lambda patch, folder: patch.setattr(paper, "DRAWER", "annotator.nowhere")),
    ],
)
def test_what_a_build_has_left_out_is_found(words, broken, monkeypatch, tmp_path, capsys):
    *before, step = trial.needed_for(words)
    with self_test.bench() as bench:
        assert self_test.tried(before, bench) == []
        broken(monkeypatch, tmp_path)
        assert self_test.tried([step], bench) == [words]
    monkeypatch.undo()
    assert f"failed    {words}: " in capsys.readouterr().out


def test_every_library_that_is_declared_is_asked_for():
    if not (pyproject := CHECKOUT / "pyproject.toml").exists():
        pytest.skip("not a checkout")
    declared = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]["dependencies"]
    assert {Requirement(words).name for words in declared} == {*trial.LIBRARIES}
