"""annotator demo"""

import os
import subprocess
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator import apart, sample, screen, settings
from annotator.cli import desk, terminal, window
from annotator.cli.agreement import table_of
from annotator.errors import Refused
from annotator.project import Project

CODER = sample.CODERS[0]  # who sits down at the sample


def run(arguments: Namespace) -> int:
    """Makes the sample project, prints its agreement, writes a page and a picture, and opens the window."""
    folder: Path = arguments.folder
    path, page, picture = folder / "sample.annotator", folder / "agreement.html", folder / "window.png"
    supervisor = _make(path, desk.acting(arguments))
    with _drawing(path, picture) as problem:
        _agreement(path, supervisor, page)
    terminal.say(f"{path}: the project\n{page}: the agreement" + f"\n{picture}: the window" * (not problem))
    if problem:
        raise Refused("demo.picture", reason=problem[0])
    if not screen.is_there():
        command = f'annotator --as "{CODER}" open {path}'
        terminal.say(f"There is no display here, so the window stays shut. Where there is one: {command}")
        return 0
    sys.stdout.flush()
    return window.show(path, CODER)


def _make(path: Path, person: str) -> str:
    """Makes the sample, unless it is there. Returns the name of its supervisor."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        sample.make(path, name=person, device=settings.load().device(person))
    if supervisor := sample.supervisor_of(path):
        return supervisor
    raise Refused("demo.other", path=path)


@contextmanager
def _drawing(path: Path, out: Path) -> Iterator[list[str]]:
    """Draws the window while the block runs; after it the list holds why that failed, if it did."""
    problem: list[str] = []
    with tempfile.TemporaryDirectory() as home:  # the settings of this machine are not the picture's to change
        process = apart.started(
            "annotator.cli.picture",
            (path, CODER, out),
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "ANNOTATOR_HOME": home},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        )
        try:
            yield problem
        finally:
            told = process.communicate()[1].strip()
    if process.returncode or not out.exists():
        problem.append(told.split("\n")[-1].rstrip(".") or f"exit code {process.returncode}")


def _agreement(path: Path, supervisor: str, page: Path) -> None:
    from annotator.agreement import export, report, units

    with Project(path, actor=supervisor, device="", writing=False) as project:
        result = report.compute(units.study(project))
    terminal.say(table_of(result))
    export.write(result, page)
