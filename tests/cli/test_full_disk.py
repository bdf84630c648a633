"""A disk that takes no more: a clear sentence, and nothing half-written. Played by a limit on the size of files."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

import annotator
from annotator.project import Project

resource = pytest.importorskip("resource", reason="this system has no such limit")


def limited(*words: object, size: int) -> "subprocess.CompletedProcess[str]":
    """Runs a command as Sue that may write no file larger than `size` bytes."""
    return subprocess.run(
        [sys.executable, "-m", "annotator", "--as", "Sue", *map(str, words)],
        env=os.environ | {"PYTHONPATH": str(Path(annotator.__file__).parents[1]), "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_documents_that_do_not_fit(project, tmp_path):
    (tmp_path / "long.txt").write_text("Long words. " * 100_000, encoding="utf-8")
    done = limited("import", project, tmp_path / "long.txt", size=project.stat().st_size + 100_000)
    assert done.returncode == 1
    assert "This step was not saved" in done.stderr
    assert "Traceback" not in done.stderr
    with Project(project, actor="Sue", device="d") as opened:
        assert [one.filename for one in opened.nouns("document")] == ["strait.txt"]
        assert opened.check(rebuild=True) == []


def test_a_project_that_does_not_fit(tmp_path):
    done = limited("new", tmp_path / "new.annotator", size=30_000)
    assert done.returncode == 1
    assert done.stderr.startswith("annotator: ")
    assert len(done.stderr.splitlines()) == 1
    assert [one.name for one in tmp_path.iterdir()] == []


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_an_export_that_does_not_fit(command, project, table, tmp_path, name):
    chance = random.Random(1)
    rows = (f"strait.txt,Ada,Denial,{n},{n + 3},,{chance.randbytes(2000).hex()}" for n in range(40))
    assert command("import-annotations", project, table(*rows, more=",memo")).code == 0
    (tmp_path / name).write_text("old")
    done = limited("export", project, tmp_path / name, size=40_000)
    assert done.returncode == 1
    assert "could not be written" in done.stderr
    assert (tmp_path / name).read_text() == "old"
    assert not list(tmp_path.glob("*.part"))
