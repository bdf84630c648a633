"""Budgets of encrypted projects: each figure beside the same work in a plain one."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

from annotator import editing, protecting, sample, secrecy
from annotator.project import Project
from annotator.text import Span
from tests.benchmarks import figure

EDITS, OPENINGS = 200, 20
PASSPHRASE = "four words without sense"


@contextmanager
def _both() -> Iterator[tuple[Path, Path]]:
    """The sample project, encrypted and plain."""
    with tempfile.TemporaryDirectory() as folder:
        made = [
            sample.make(Path(folder) / f"{name}.annotator", name="Sue", device="desk") for name in ("secret", "plain")
        ]
        protecting.encrypt(made[0], PASSPHRASE)
        yield made[0], made[1]


def _edits(path: Path) -> float:
    """Milliseconds of one annotation, on disk."""
    with Project(path, actor="Coder A", device="laptop") as project:
        round, denial = project.nouns("round")[0], next(one for one in project.nouns("code") if one.name == "Denial")
        document = next(one for one in project.nouns("document") if one.filename.startswith(sample.UNFINISHED[0]))
        times = []
        for n in range(EDITS):
            spans = [Span(n, n + 5)]
            change = editing.annotate(project, document=document.id, code=denial.id, spans=spans, round=round.id)
            began = perf_counter()
            project.apply(change)
            times.append(1000 * (perf_counter() - began))
    return median(times)


def _openings(path: Path) -> float:
    """Milliseconds until a project is open and its documents are read."""
    times = []
    for _ in range(OPENINGS):
        began = perf_counter()
        with Project(path, actor="Coder A", device="laptop", writing=False) as project:
            project.nouns("document")
            times.append(1000 * (perf_counter() - began))
    return median(times)


def edit() -> dict:
    """One annotation in an encrypted project."""
    with _both() as (secret, plain):
        value, naive = _edits(secret), _edits(plain)
    return figure("secrecy.edit", value, "ms", budget=3, naive=naive, yardstick="the same in a plain project")


def opening() -> dict:
    """Opening an encrypted project that is unlocked."""
    with _both() as (secret, plain):
        value, naive = _openings(secret), _openings(plain)
    return figure("secrecy.open", value, "ms", budget=50, naive=naive, yardstick="the same of a plain project")


def unlock() -> dict:
    """From the passphrase to the secret: slow on purpose, so that nobody tries many."""
    with _both() as (secret, plain):
        secrecy.forget()
        began = perf_counter()
        secrecy.unlock(secret, PASSPHRASE)
        value = 1000 * (perf_counter() - began)
        naive = _openings(plain)
    return figure("secrecy.unlock", value, "ms", budget=1000, naive=naive, yardstick="opening a plain project")


MEASURES = {"secrecy.edit": edit, "secrecy.open": opening, "secrecy.unlock": unlock}
