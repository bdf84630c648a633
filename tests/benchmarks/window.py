"""Budgets of the whole way: from the key to the disk and to the paint, and from a click in the list to a coded document."""

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from annotator import founding, settings
from annotator.model import Annotation, Assignment, Change, Document, Edit, assignment_id, new_id
from annotator.project import Project
from annotator.text import Span

from .textview import (
    Plain,
    make_marks,
    make_text,
    memory_in_own_process,
    now,
    qt_app,
    resident,
    settled,
)

if TYPE_CHECKING:
    from annotator.gui.main_window import MainWindow

STEPS = 12
YARDSTICK = "QTextEdit with mergeCharFormat, and one bare row put into SQLite"


def _project(folder: Path, text: str, count: int) -> Path:
    """A project with one document of this text, and so many annotations of its supervisor on it."""
    path = folder / "big.annotator"
    founding.found(path, name="Big", supervisor="Sue", device="desk", book=founding.shipped_codebook())
    with Project(path, actor="Sue", device="desk") as project:
        data, round = text.encode(), project.nouns("round")[0]
        document = Document(new_id(), "Big", hashlib.sha256(data).hexdigest())
        me = project.actor.id
        handed = Assignment(assignment_id(document.id, me, round.id), document.id, me, round.id)
        project.apply(Change("import documents", (Edit(None, document), Edit(None, handed))), contents=[data])
        codes = [code.id for code in project.nouns("code") if code.codable]
        made = [
            Annotation(
                new_id(),
                document.id,
                me,
                round.id,
                codes[int(mark.code) % len(codes)],
                (Span(mark.start, mark.end),),
                (text[mark.start : mark.end],),
                round.codebook_version,
            )
            for mark in make_marks(text, count)
        ]
        project.apply(Change("import annotations", tuple(Edit(None, one) for one in made)))
    return path


@cache
def _measured() -> dict[str, tuple[float, float]]:
    """Seconds to open and to annotate, ours and the yardstick's, in one run."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ANNOTATOR_HOME"] = folder
        text = make_text(1_000_000)
        path = _project(Path(folder), text, 5000)
        return {**_ours_and_plain(path, text, Path(folder))}


def _window() -> "MainWindow":
    """The whole window, shown, without a project."""
    from annotator.gui.main_window import MainWindow
    from annotator.gui.places import Places
    from annotator.gui.theme import Theme

    qt, theme = qt_app(), Theme()
    theme.apply(qt, dark=False)
    window = MainWindow(theme, settings.load(), Places.of_nobody())
    window.resize(1440, 900)
    window.show()
    qt.processEvents()
    return window


def opening(path: str) -> dict[str, float]:
    """Seconds to open the document of a project once more, and megabytes that project and document add to a window, in
    this process."""
    window = _window()
    before = resident()
    window.open_path(Path(path), "Sue")
    qt_app().processEvents()
    work = window.work
    assert work is not None
    settled(work.text)
    memory = resident() - before
    document, round = work.coding.document, work.coding.round
    assert document is not None
    assert round is not None

    def open_it() -> None:
        work.open_document(document.id, round.id)
        window.repaint()

    return {"open": min(_timed(open_it) for _ in range(5)), "memory": memory}


@cache
def _large() -> dict[str, tuple[float, float]]:
    """The same of 10 MB with 50,000 annotations, ours and the yardstick's, each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "ANNOTATOR_HOME": folder}
        text = make_text(10_000_000)
        path = _project(Path(folder), text, 50_000)
        command = f"import json; from tests.benchmarks.window import opening; print(json.dumps(opening({str(path)!r})))"
        done = subprocess.run(
            [sys.executable, "-c", command], stdout=subprocess.PIPE, text=True, check=True, env=environment
        )
        ours = json.loads(done.stdout.splitlines()[-1])
    marks = make_marks(text, 50_000)
    return {
        "open": (ours["open"], _timed(lambda: Plain(text, marks).grab())),
        "memory": (ours["memory"], memory_in_own_process("plain")),
    }


def _ours_and_plain(path: Path, text: str, folder: Path) -> dict[str, tuple[float, float]]:
    window = _window()
    window.open_path(path, "Sue")
    qt = qt_app()
    qt.processEvents()
    work = window.work
    assert work is not None
    document, round = work.coding.document, work.coding.round
    assert document is not None
    assert round is not None

    def open_it() -> None:
        work.open_document(document.id, round.id)
        window.repaint()

    keys = [key for key in work.coding.book.keys if key.isalpha()]
    opened = median(_timed(open_it) for _ in range(3))
    annotated = []
    for n in range(STEPS):
        work.text.put_caret(3000 + 400 * n)
        qt.processEvents()
        annotated.append(_timed(lambda n=n: (work.coding.press(keys[n], recode=False), work.text.viewport().repaint())))
    window.close()
    window.deleteLater()
    return {"open": (opened, _plain_open(text)), "annotate": (median(annotated), _plain_annotate(text, folder))}


def _plain_open(text: str) -> float:
    marks = make_marks(text, 5000)
    return _timed(lambda: Plain(text, marks).grab())


def _plain_annotate(text: str, folder: Path) -> float:
    plain = Plain(text, [])
    plain.show()
    with closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as bare:
        bare.execute("PRAGMA journal_mode=WAL")
        bare.execute("PRAGMA synchronous=FULL")
        bare.execute("CREATE TABLE annotation (body TEXT)")

        def one(mark) -> None:
            bare.execute("INSERT INTO annotation VALUES (?)", ("a" * 1500,))
            plain.colour_one(mark)
            plain.viewport().repaint()

        return median(_timed(lambda mark=mark: one(mark)) for mark in make_marks(text, STEPS))


def _timed(do: Callable[[], object]) -> float:
    start = now()
    do()
    return now() - start


def _record(
    name: str, figures: Callable[[], dict[str, tuple[float, float]]], key: str, budget: float, yardstick: str
) -> dict:
    ours, plain = figures()[key]
    return {
        "name": name,
        "value": round(ours if key == "memory" else 1000 * ours, 1),
        "unit": "MB" if key == "memory" else "ms",
        "budget": budget,
        "ratio": round(ours / plain, 3),
        "yardstick": yardstick,
    }


NO_PROJECT = "QTextEdit with mergeCharFormat, and no project behind it"
ROWS = {
    "window.open_1mb": (_measured, "open", 200, NO_PROJECT),
    "window.annotate": (_measured, "annotate", 50, YARDSTICK),
    "window.open_10mb": (_large, "open", 400, NO_PROJECT),
    "window.memory_10mb": (_large, "memory", 80, NO_PROJECT),
}
MEASURES: dict[str, Callable[[], dict]] = {
    name: (lambda name=name, row=row: _record(name, *row)) for name, row in ROWS.items()
}
SLOW = {name: measure for name, measure in MEASURES.items() if name.endswith("10mb")}
