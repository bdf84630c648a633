"""Budgets of the core: an edit on disk, the import of documents, the check of a log, the start of the program."""

import hashlib
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter

import annotator
from annotator import editing, sample
from annotator.interchange import importing
from annotator.model import Change, Edit, new_id
from annotator.project import Project
from annotator.revisions import line
from annotator.text import Span
from tests.benchmarks import figure

EDITS = 300
DOCUMENTS = 1000
REVISIONS, OF = 20_000, 200_000  # so many are checked, and the time is scaled to what the budget speaks of
STARTS = 5
WORDS = ["the", "ministry", "rejects", "every", "claim", "that", "our", "vessels", "crossed", "a", "line", "today"]

OPENED = """
import sys, time
from PySide6.QtWidgets import QApplication
from annotator import screen
from annotator.cli import main

def until_painted(*_):
    for _ in range(3):
        QApplication.processEvents()
    print(time.time(), flush=True)
    return 0

QApplication.exec = until_painted
screen.must_be_there = lambda: None
sys.exit(main(["--as", "Coder A", "open", sys.argv[1]]))
"""
EMPTY = """
import time
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1440, 900)
window.show()
for _ in range(3):
    app.processEvents()
print(time.time(), flush=True)
"""


@contextmanager
def _sample() -> Iterator[Project]:
    with tempfile.TemporaryDirectory() as folder:
        path = sample.make(Path(folder) / "sample.annotator", name="Sue", device="desk")
        with Project(path, actor="Coder A", device="laptop") as project:
            yield project


def edit() -> dict:
    """Milliseconds of one annotation, from the change to its being on disk, in the sample project."""
    with _sample() as project:
        round, denial = project.nouns("round")[0], next(one for one in project.nouns("code") if one.name == "Denial")
        document = next(one for one in project.nouns("document") if one.filename.startswith(sample.UNFINISHED[0]))
        times = []
        for n in range(EDITS):
            change = editing.annotate(
                project, document=document.id, code=denial.id, spans=[Span(n, n + 7)], round=round.id
            )
            begun = perf_counter()
            project.apply(change)
            times.append(perf_counter() - begun)
        bare = _bare_inserts(project.path.with_name("bare.sqlite"))
    return figure(
        "core.edit_on_disk",
        1000 * median(times),
        "ms",
        budget=3,
        naive=1000 * bare,
        yardstick="bare insert of sqlite3, synchronous=FULL (the disk's own flush is in both)",
    )


def _bare_inserts(path: Path) -> float:
    """Seconds of one insert of a row as long as an annotation, committed to disk."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE row (id TEXT PRIMARY KEY, words TEXT)")
    times = []
    for _ in range(EDITS):
        begun = perf_counter()
        connection.execute("INSERT INTO row VALUES (?, ?)", (new_id(), "w" * 800))
        times.append(perf_counter() - begun)
    connection.close()
    return median(times)


def bring_documents() -> dict:
    """Seconds to import a thousand statements of some five thousand characters."""
    with tempfile.TemporaryDirectory() as folder:
        dice = random.Random(1)
        for n in range(DOCUMENTS):
            paragraphs = (" ".join(dice.choices(WORDS, k=60)).capitalize() + "." for _ in range(14))
            (Path(folder) / f"{n}.txt").write_text(f"Statement {n}\n\n" + "\n\n".join(paragraphs), encoding="utf-8")
        files = importing.gather([folder])
        begun = perf_counter()
        for path in files:
            path.read_bytes().decode()
        naive = perf_counter() - begun
        with Project.create(Path(folder) / "new.annotator", name="New", supervisor="Sue", device="desk") as project:
            begun = perf_counter()
            reading = importing.read_all(files)
            change, contents = importing.documents_change(project, reading.documents)
            project.apply(change, contents=contents)
            seconds = perf_counter() - begun
            assert len(project.nouns("document")) == DOCUMENTS
    return figure(
        "core.import_1000_documents", seconds, "s", budget=5, naive=naive, yardstick="read and decode each file"
    )


def rebuild() -> dict:
    """Seconds to check a log and to prove the tables from it, scaled up from a smaller one."""
    with _sample() as project:
        _fill(project)
        log = project.log()
        begun = perf_counter()
        assert project.check(rebuild=True) == []
        seconds = perf_counter() - begun
        lines = [line(project.id, revision) for revision in log]
    begun = perf_counter()
    for words in lines:
        record = json.loads(words)
        hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()
    naive = perf_counter() - begun
    scale = OF / len(log)
    return figure(
        "core.check_rebuild_200000",
        seconds * scale,
        "s",
        budget=15,
        naive=naive * scale,
        yardstick=f"JSON read, written and hashed ({len(log):,} revisions timed, "
        f"{1e6 * seconds / len(log):.0f} us each, and scaled up)",
    )


def _fill(project: Project) -> None:
    """Annotations as a coder would have made them, each changed once, until the log is long enough."""
    document, *_ = next(place for place, state in project.assignment_states().items() if state == "in progress")
    pattern, text = project.annotations(document)[0], project.text(document)
    made = []
    for n in range(REVISIONS // 2):
        start = n % (len(text) - 40)
        span = Span(start, start + 5 + n % 30)
        quotes = (text[span.start : span.end],)
        made.append(replace(pattern, id=new_id(), spans=(span,), quotes=quotes))
    project.apply(Change("annotate", tuple(Edit(None, one) for one in made)))
    project.apply(Change("certainty", tuple(Edit(one, replace(one, certainty=0.25)) for one in made)))


def start() -> dict:
    """Seconds from the command to the painted window with the sample project in it, started before (warm)."""
    with tempfile.TemporaryDirectory() as folder:
        path = sample.make(Path(folder) / "sample.annotator", name="Sue", device="desk")
        seconds = _seconds_of(OPENED, str(path))
    return figure(
        "core.start_to_painted_window",
        seconds,
        "s",
        budget=0.8,
        naive=_seconds_of(EMPTY),
        yardstick="a process with an empty QMainWindow, painted",
    )


def _seconds_of(program: str, *arguments: str) -> float:
    """Median of some starts of a program until it prints the time, after one that warms the disk's cache."""
    environment = os.environ | {"PYTHONPATH": str(Path(annotator.__file__).parents[1]), "QT_QPA_PLATFORM": "offscreen"}
    times = []
    for _ in range(STARTS + 1):
        begun = time.time()
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True, env=environment
        )
        times.append(float(done.stdout.split()[-1]) - begun)
    return median(times[1:])


MEASURES: dict[str, Callable[[], dict]] = {
    "core.edit_on_disk": edit,
    "core.import_1000_documents": bring_documents,
    "core.check_rebuild_200000": rebuild,
    "core.start_to_painted_window": start,
}
