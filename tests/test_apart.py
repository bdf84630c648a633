"""Processes of our own: the frozen program runs its modules in the place of itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import annotator
from annotator import apart
from annotator.cli import self_test, trial

HOME = Path(annotator.__file__).parent
FROZEN = """#!{python}
import sys
sys.frozen, sys.executable, sys.argv[0] = True, {itself!r}, {itself!r}
sys.path.insert(0, {home!r})
from annotator.__main__ import main
sys.exit(main())
"""


def test_only_this_module_names_the_interpreter():
    naming = [path.name for path in HOME.rglob("*.py") if "sys.executable" in path.read_text(encoding="utf-8")]
    assert {*naming} <= {"apart.py", "portable.py"}


def test_every_module_that_is_started_is_known():
    started = {
        words for path in HOME.rglob("*.py") for words in apart.MODULES if f'"{words}"' in path.read_text("utf-8")
    }
    assert started == {*apart.MODULES}


def test_words_of_a_person_are_theirs(monkeypatch):
    assert apart.ran(["-m", apart.MODULES[0]]) is None
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    for words in ([], ["demo"], ["-m"], ["-m", "annotator.cli.demo"], ["open", "-m", apart.MODULES[0]]):
        assert apart.ran(words) is None


@pytest.fixture
def frozen(tmp_path) -> Path:
    """What behaves as the frozen program does: one executable, that takes no `-m` of Python."""
    made = tmp_path / "annotator"
    made.write_text(FROZEN.format(python=sys.executable, itself=str(made), home=str(HOME.parent)))
    made.chmod(0o755)
    return made


@pytest.mark.skipif(os.name == "nt", reason="a script is no program there")
def test_a_frozen_program_draws_in_a_process_of_its_own(frozen, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(frozen))
    with self_test.bench() as bench:
        assert self_test.tried(trial.needed_for("A coded document on paper, and read again"), bench) == []


@pytest.mark.skipif(os.name == "nt", reason="a script is no program there")
def test_a_frozen_program_answers_people(frozen):
    done = subprocess.run([frozen, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"annotator {annotator.__version__}\n"
