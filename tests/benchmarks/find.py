"""Finding over a project: a thousand documents of 50 KB, one of 10 MB, and a list of 100,000 hits."""

import hashlib
import random
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from annotator import editing
from annotator.finding import Hit, Query, find
from annotator.hit_coding import Coded, code_all
from annotator.model import Change, Code, Document, Edit, new_id
from annotator.project import Project
from annotator.text import Span
from tests.benchmarks import figure

from .textview import now, qt_app

DOCUMENTS, SIZE, LARGE = 1000, 50_000, 10_000_000
HITS, CODED = 100_000, 10_000
EVERYWHERE = [
    "the",
    "of",
    "and",
    "to",
    "that",
    "government",
    "denies",
    "ministry",
    "“we",
    "it’s",
    "über",
    "déclaration",
]
SYLLABLES = [
    "ka",
    "ve",
    "lo",
    "mi",
    "ran",
    "tor",
    "sel",
    "du",
    "pre",
    "an",
    "sti",
    "gov",
    "ern",
    "fer",
    "ry",
    "de",
    "ny",
]
NAIVE = "the same with `re` on texts in memory"
LIST = "QListView with as many rows, one key"


def _texts(count: int, size: int) -> Iterator[str]:
    """Sentences of frequent and of rare words; one text in fifty, or one sentence in a hundred, has a word of its own."""
    dice = random.Random(1)
    rare = ["".join(dice.choices(SYLLABLES, k=dice.randint(1, 4))) for _ in range(20_000)]
    pool = [" ".join(dice.choices(EVERYWHERE, k=8) + dice.choices(rare, k=8)).capitalize() + "." for _ in range(5000)]
    for n in range(count):
        lines = dice.choices(pool, k=size // 100)
        if n % 50 == 0:
            lines[:: 100 if count > 1 else 1000] = ["No provocation."] * len(lines[:: 100 if count > 1 else 1000])
        yield "\n".join(lines)[:size]


def _fill(project: Project, texts: Iterator[str]) -> None:
    contents = [text.encode() for text in texts]
    nouns = (Document(new_id(), f"Statement {n}", hashlib.sha256(one).hexdigest()) for n, one in enumerate(contents))
    project.apply(Change("import documents", tuple(Edit(None, noun) for noun in nouns)), contents=contents)


@contextmanager
def _project(texts: Iterator[str]) -> Iterator[Project]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "find.annotator"
        with Project.create(path, name="Find", supervisor="Sue", device="desk") as project:
            _fill(project, texts)
            yield project


def _seconds(project: Project, query: Query) -> float:
    begun = now()
    assert sum(len(found.hits) for _, _, found in find(project, query) if found)
    return now() - begun


def _naive(project: Project, pattern: str) -> float:
    texts = [project.text(one.id) for one in project.nouns("document")]
    begun = now()
    for text in texts:
        re.findall(pattern, text, re.IGNORECASE)
    return now() - begun


@cache
def _searched() -> dict[str, tuple[float, float]]:
    """Name -> seconds, and those of the yardstick."""
    rare, pattern = Query("provocation", whole=True), Query(r"\bprovoc\w+", pattern=True)
    found: dict[str, tuple[float, float]] = {}
    with _project(_texts(DOCUMENTS, SIZE)) as project:
        naive, naive_pattern = _naive(project, "provocation"), _naive(project, r"\bprovoc\w+")
        found["words_unindexed"] = _seconds(project, rare), naive
        found["pattern"] = _seconds(project, pattern), naive_pattern
        begun = now()
        project.index_texts()
        found["index"] = now() - begun, naive
        found["words_indexed"] = _seconds(project, rare), naive
        found["part_of_a_word_indexed"] = _seconds(project, Query("rovocat")), naive
    with _project(_texts(1, LARGE)) as project:
        found["large_words"] = _seconds(project, rare), _naive(project, "provocation")
        found["large_pattern"] = _seconds(project, pattern), _naive(project, r"\bprovoc\w+")
    return found


def _search(name: str, budget: float) -> dict:
    seconds, naive = _searched()[name]
    return figure(f"find.{name}", seconds, "s", budget=budget, naive=naive, yardstick=NAIVE)


# 100,000 hits -----------------------------------------------------------------------------------------------------------


def _hits(count: int) -> Iterator[Hit]:
    dice = random.Random(2)
    for n in range(count):
        left, right = (" ".join(dice.choices(EVERYWHERE, k=9)) for _ in range(2))
        start = n % 100 * 100
        yield Hit(f"document {n // 100}", Span(start, start + 10), f"{left} ", "government", f" {right}")


@cache
def _listed() -> dict[str, float]:
    """Name -> seconds of what a person does with a long list, paint included."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from annotator.gui.panels.find_page import FindPage
    from annotator.gui.panels.find_results import ORDERS, HitRow
    from annotator.gui.theme import Theme

    app, theme = qt_app(), Theme()
    page = FindPage(theme)
    page.resize(900, 400)
    page.show()
    app.processEvents()
    rows = [HitRow(hit, "A statement", 1, n) for n, hit in enumerate(_hits(HITS))]
    coded = {(f"document {n}", Span(0, 5000)) for n in range(0, 1000, 2)}

    def timed(do: Callable[[], object]) -> float:
        begun = now()
        do()
        app.processEvents()
        return now() - begun

    def fill() -> None:
        for start in range(0, HITS, HITS // 20):
            page.add(rows[start : start + HITS // 20])
            app.processEvents()

    found = {"list": timed(fill)}
    page.list.setFocus()
    found["sort"] = max(timed(lambda order=order: page.sort(order)) for order in (*ORDERS[1:], ORDERS[0]))
    page.list.go_to_line(HITS // 2)
    app.processEvents()
    found["key"] = max(timed(lambda: QTest.keyClick(page.list, Qt.Key.Key_Down)) for _ in range(20))
    hits = page.list.hits
    one = [(rows[0].hit.document, Span(0, 5000))]
    found["look_up"] = timed(lambda: hits.look_up(lambda place: (place[0], Span(0, 5000)) in coded))
    found["mark"] = timed(lambda: hits.look_up_in(one, lambda _: True))
    page.close()
    return found


@cache
def _plain_list() -> float:
    from PySide6.QtCore import QStringListModel, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QListView

    app, view = qt_app(), QListView()
    view.setModel(QStringListModel([f"{hit.left}{hit.words}{hit.right}" for hit in _hits(HITS)]))
    view.setUniformItemSizes(True)
    view.resize(900, 300)
    view.show()
    app.processEvents()
    begun = now()
    QTest.keyClick(view, Qt.Key.Key_Down)
    app.processEvents()
    seconds = now() - begun
    view.close()
    return seconds


def _list(name: str, budget: float) -> dict:
    seconds = _listed()[name]
    return figure(f"find.hits_{name}", 1000 * seconds, "ms", budget=budget, naive=1000 * _plain_list(), yardstick=LIST)


def code_hits() -> dict:
    """Seconds to code ten thousand hits in one step, on disk."""
    with _project(_texts(100, SIZE)) as project:
        code = Code(new_id(), "Denial")
        project.apply(editing.revise_codebook(project, [code], []))
        project.apply(editing.publish(project))
        project.apply(editing.add_round(project, "Reliability"))
        round = project.nouns("round")[-1]
        rounds = {one.id: round for one in project.nouns("document")}
        found = [one for *_, one in find(project, Query("government"), most=CODED) if one]
        places = [(hit.document, hit.span) for one in found for hit in one.hits]
        begun = now()
        plan = code_all(project, places, code=code.id, rounds=rounds)
        planned = now()
        project.apply(plan.change)
        written = now()
        assert plan.made == CODED == sum(map(Coded(project, code.id, rounds).holds, places))
    return figure(
        "find.code_10000_hits",
        written - begun,
        "s",
        budget=5,
        naive=written - planned,
        yardstick="what of it is writing the change",
    )


SEARCHES = {  # seconds
    "words_unindexed": 4,
    "words_indexed": 0.5,
    "part_of_a_word_indexed": 0.5,
    "pattern": 3,
    "index": 30,  # beside the window
    "large_words": 1,
    "large_pattern": 0.5,
}
LISTED = {"list": 2000, "sort": 800, "key": 16.7, "look_up": 300, "mark": 16.7}  # milliseconds


SLOW = {f"find.{name}": lambda name=name, budget=budget: _search(name, budget) for name, budget in SEARCHES.items()}
MEASURES: dict[str, Callable[[], dict]] = {
    **SLOW,
    **{f"find.hits_{name}": lambda name=name, budget=budget: _list(name, budget) for name, budget in LISTED.items()},
    "find.code_10000_hits": code_hits,
}
