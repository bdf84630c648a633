"""Budgets of fieldwork: handing in and receiving."""

import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from annotator import sample
from annotator.errors import Refused
from annotator.fieldwork import incoming, outgoing
from annotator.model import Change, Edit, new_id
from annotator.packages import write_line
from annotator.project import Project
from annotator.text import Span
from tests.benchmarks import figure

FEW, MANY = 20_000, 200_000


@contextmanager
def _worked(revisions: int) -> Iterator[tuple[Path, Project]]:
    """The sample project as it was, and one in which a coder has made so many revisions since, with its annotations each
    changed once."""
    with tempfile.TemporaryDirectory() as folder:
        path = sample.make(Path(folder) / "sample.annotator", name="Sue", device="desk")
        with Project(path, actor="Sue", device="desk") as sue:
            sue.back_up(Path(folder) / "before.annotator")
        with Project(path, actor="Coder A", device="laptop") as project:
            _code(project, revisions // 2)
            yield Path(folder) / "before.annotator", project


def _code(project: Project, many: int) -> None:
    document, *_ = next(place for place, state in project.assignment_states().items() if state == "in progress")
    pattern, text = project.annotations(document)[0], project.text(document)
    made = []
    for n in range(many):
        start = n % (len(text) - 40)
        span = Span(start, start + 5 + n % 30)
        made.append(replace(pattern, id=new_id(), spans=(span,), quotes=(text[span.start : span.end],)))
    project.apply(Change("annotate", tuple(Edit(None, one) for one in made)))
    project.apply(Change("certainty", tuple(Edit(one, replace(one, certainty=0.25)) for one in made)))


def hand_in() -> dict:
    """Seconds to write what a coder made into a package, its table included."""
    with _worked(FEW) as (_, project):
        begun = perf_counter()
        sent = outgoing.hand_in(project, project.path.with_name("a.coded"))
        seconds = perf_counter() - begun
        assert sent.counts["revisions"] == FEW
        naive = _bare_lines(project)
    return figure("fieldwork.hand_in_20000", seconds, "s", budget=2, naive=naive, yardstick="each line as JSON, hashed")


def _bare_lines(project: Project) -> float:
    lines = [write_line(project.id, one) for one in project.sendable()]
    begun = perf_counter()
    for words in lines:
        hashlib.sha256(json.dumps(json.loads(words)).encode()).hexdigest()
    return perf_counter() - begun


def _receive(revisions: int, budget: float) -> dict:
    """Seconds to read, verify and take in a package, as a supervisor does; a second time it adds nothing."""
    with _worked(revisions) as (before, project):
        path = project.path.with_name("a.coded")
        outgoing.hand_in(project, path)
        rows = [(one.id, one.body, one.hash) for one in project.sendable()]
        with Project(before, actor="Sue", device="desk") as sue:
            begun = perf_counter()
            ((_, receipt),) = incoming.receive(sue, [path]).arrived
            seconds = perf_counter() - begun
            assert receipt.new == revisions
            assert incoming.receive(sue, [path]).arrived[0][1].new == 0
        naive = _bare_inserts(rows, path.with_name("bare.sqlite"))
    return figure(
        f"fieldwork.receive_{revisions}",
        seconds,
        "s",
        budget=budget,
        naive=naive,
        yardstick="the same bodies into one bare table of sqlite3",
    )


def _bare_inserts(rows: list[tuple[str, str, str]], path: Path) -> float:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE row (id TEXT PRIMARY KEY, body TEXT, hash TEXT)")
    begun = perf_counter()
    connection.executemany("INSERT INTO row VALUES (?, ?, ?)", rows)
    connection.commit()
    connection.close()
    return perf_counter() - begun


def receive_few() -> dict:
    """Seconds for 20,000 revisions."""
    return _receive(FEW, 2)


def receive_many() -> dict:
    """Seconds for 200,000 revisions."""
    return _receive(MANY, 20)


def stop() -> dict:
    """Seconds that somebody waits at most who says stop while 200,000 revisions are received: until it is asked for again,
    wherever that takes longest, and from there until all is taken back when nearly all is in."""
    with _worked(MANY) as (before, project):
        path, asked = project.path.with_name("a.coded"), list[float]()
        outgoing.hand_in(project, path)
        with Project(before, actor="Sue", device="desk") as sue:
            incoming.receive(sue, [path], dry_run=True, cancelled=lambda: bool(asked.append(perf_counter())))
            waits, last = [after - before for before, after in pairwise(asked)], len(asked)
            asked.clear()
            with suppress(Refused):
                incoming.receive(sue, [path], cancelled=lambda: asked.append(perf_counter()) or len(asked) == last)
            back = perf_counter() - asked[-1]
            assert sue.receipts() == []
    return figure(
        "fieldwork.stop_200000", max(waits) + back, "s", budget=1, naive=max(waits), yardstick="the longest wait alone"
    )


MEASURES: dict[str, Callable[[], dict]] = {
    "fieldwork.hand_in_20000": hand_in,
    "fieldwork.receive_20000": receive_few,
    "fieldwork.receive_200000": receive_many,
    "fieldwork.stop_200000": stop,
}
SLOW = ("fieldwork.receive_200000", "fieldwork.stop_200000")
