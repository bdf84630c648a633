"""The coded text against its budgets: every text times every action, beside a QTextEdit coloured with mergeCharFormat.

One process for a text, with both views in it: a ratio never compares two runs.
"""

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterable
from functools import cache
from itertools import cycle
from statistics import median
from typing import NamedTuple

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QTextEdit

from annotator.gui.textview import CodedTextView, Mark
from annotator.gui.theme import Theme

from .textview import (
    SIZE,
    WORDS,
    YARDSTICK,
    Plain,
    Watch,
    close,
    coded,
    frames,
    make_marks,
    make_text,
    now,
    opened,
    qt_app,
    repaint,
    settled,
)

FRAME, ACTION, OPEN, OPEN_LARGE = 16.7, 50.0, 200.0, 400.0  # milliseconds
ENOUGH = 2.0  # seconds after which an action is not done once more
TRIES = 12


class Case(NamedTuple):
    """A text and how many marks lie on it; `quick` ones are measured without being asked for."""

    make: Callable[[], str]
    marks: int
    open: float
    quick: bool = False


def one_paragraph() -> str:
    """A megabyte without a line break."""
    return make_text(1_000_000).replace("\n", " ")


def short_lines() -> str:
    """200,000 lines of two to eight words."""
    dice, words = random.Random(3), WORDS["latin"].split()
    pool = [" ".join(dice.choices(words, k=dice.randint(2, 8))) for _ in range(2000)]
    return "\n".join(dice.choices(pool, k=200_000))


CASES = {
    "1mb_5k": Case(lambda: make_text(1_000_000), 5_000, OPEN, quick=True),
    "paragraph_5k": Case(one_paragraph, 5_000, OPEN, quick=True),
    "1mb_50k": Case(lambda: make_text(1_000_000), 50_000, OPEN),
    "10mb_50k": Case(lambda: make_text(10_000_000), 50_000, OPEN_LARGE),
    "lines_5k": Case(short_lines, 5_000, OPEN_LARGE),
}


def _times(steps: Iterable[Callable[[], object]]) -> list[float]:
    """Seconds of each step, the paint included. What takes long is done once."""
    found: list[float] = []
    for step in steps:
        began = now()
        step()
        found.append(now() - began)
        if sum(found) > ENOUGH:
            break
    return found


def _worst(times: list[float]) -> float:
    """The slowest but one: one hiccup of the machine is forgiven."""
    return sorted(times)[-2:][0]


def _middle(times: list[float]) -> float:
    return median(times)


def _jump(view: QTextEdit, _: list[Mark]) -> float:
    bar, dice = view.verticalScrollBar(), random.Random(4)

    def go() -> None:
        bar.setValue(int(bar.maximum() * dice.random()))
        repaint(view)

    return _worst(_times([go] * TRIES))


def _resize(view: QTextEdit, _: list[Mark]) -> float:
    widths = cycle((SIZE[0] - 400, SIZE[0]))

    def go() -> None:
        watch = Watch(QEvent.Type.Resize)
        view.viewport().installEventFilter(watch)
        view.resize(next(widths), SIZE[1])
        while not watch.seen:
            qt_app().processEvents()
        repaint(view)

    return _middle(_times([go] * 4))


def _zoom(view: QTextEdit, _: list[Mark]) -> float:
    points = cycle((15.0, 12.0))

    def go() -> None:
        if isinstance(view, CodedTextView):
            view.zoom(next(points))
        else:
            font = view.font()
            font.setPointSizeF(next(points))
            view.setFont(font)
        repaint(view)

    return _middle(_times([go] * 4))


def _theme(view: QTextEdit, _: list[Mark]) -> float:
    darks = cycle((True, False))

    def go() -> None:
        dark = next(darks)
        if isinstance(view, CodedTextView):
            view.set_theme(Theme(dark))
        elif isinstance(view, Plain):
            palette = view.palette()
            palette.setColor(QPalette.ColorRole.Base, QColor("black" if dark else "white"))
            view.setPalette(palette)
            view.colour(dark=dark)
        repaint(view)

    return _middle(_times([go] * 4))


def _filter(view: QTextEdit, *steps: tuple[tuple[str, ...], tuple[str, ...]]) -> float:
    hidden = cycle(steps)

    def go() -> None:
        coders, codes = next(hidden)
        if isinstance(view, CodedTextView):
            view.set_hidden(coders, codes)
        elif isinstance(view, Plain):
            view.colour(coders, codes)
        repaint(view)

    return _middle(_times([go] * 4))


def _hover(view: QTextEdit, marks: list[Mark]) -> float:
    view.verticalScrollBar().setValue(0)
    repaint(view)

    def go(mark: Mark) -> None:
        if isinstance(view, CodedTextView):
            view.hover(mark.annotation)
        elif isinstance(view, Plain):
            view.colour_one(mark)
        repaint(view)

    first = sorted(marks, key=lambda mark: mark.start)[:TRIES]
    return _worst(_times([lambda mark=mark: go(mark) for mark in first]))


def _add(view: QTextEdit, _: list[Mark]) -> float:
    view.verticalScrollBar().setValue(0)
    repaint(view)

    def go(n: int) -> None:
        mark = Mark(f"new {n}", str(n), "0", 200 + 40 * n, 290 + 40 * n)
        if isinstance(view, CodedTextView):
            view.put_annotation(mark.annotation, [mark])
        elif isinstance(view, Plain):
            view.colour_one(mark)
        repaint(view)

    return _middle(_times([lambda n=n: go(n) for n in range(TRIES)]))


ACTIONS: dict[str, tuple[float, Callable[[QTextEdit, list[Mark]], float]]] = {
    "wheel": (FRAME, lambda view, _: frames(view)),
    "jump": (ACTION, _jump),
    "hover": (FRAME, _hover),
    "add": (ACTION, _add),
    "filter_coder": (ACTION, lambda view, _: _filter(view, (("2",), ()), ((), ()), (("1", "3"), ()), ((), ()))),
    "filter_code": (ACTION, lambda view, _: _filter(view, ((), ("2", "7")), ((), ()), ((), ("1", "3")), ((), ()))),
    "theme": (FRAME, _theme),
    "resize": (ACTION, _resize),
    "zoom": (ACTION, _zoom),
}


def measured(name: str) -> dict[str, list[float]]:
    """Action -> seconds of the coded text and of the yardstick, in this process."""
    qt_app()
    close(opened(coded, make_text(20_000), [])[1])  # fonts are warm
    case = CASES[name]
    text = case.make()
    marks = make_marks(text, case.marks)
    found: dict[str, list[float]] = {}
    for make in (coded, Plain):
        times = []
        while not times or (len(times) < 3 and sum(times) < ENOUGH):
            seconds, view = opened(make, text, marks)
            times.append(seconds)
            close(view)
        found.setdefault("open", []).append(median(times))
        view = opened(make, text, marks)[1]
        settled(view)
        for action, (_, act) in ACTIONS.items():
            found.setdefault(action, []).append(act(view, marks))
            settled(view)
        close(view)
    return found


@cache
def _in_own_process(name: str) -> dict[str, list[float]]:
    command = f"import json; from tests.benchmarks.matrix import measured; print(json.dumps(measured({name!r})))"
    done = subprocess.run([sys.executable, "-c", command], stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def _told(name: str, action: str, budget: float) -> dict:
    ours, plain = _in_own_process(name)[action]
    screen = os.environ.get("QT_QPA_PLATFORM", "offscreen"), os.environ.get("QT_SCALE_FACTOR", "1")
    return {
        "name": f"matrix.{name}.{action}",
        "value": round(ours * 1000, 2),
        "unit": "ms",
        "budget": budget,
        "ratio": round(ours / plain, 3),
        "yardstick": YARDSTICK + ", {} at {}x".format(*screen),
    }


def _measures(*, quick: bool) -> dict[str, Callable[[], dict]]:
    found: dict[str, Callable[[], dict]] = {}
    for name, case in CASES.items():
        budgets = {"open": case.open} | {action: budget for action, (budget, _) in ACTIONS.items()}
        for action, budget in budgets.items() if case.quick == quick else ():
            found[f"matrix.{name}.{action}"] = lambda name=name, action=action, budget=budget: _told(
                name, action, budget
            )
    return found


SLOW = _measures(quick=False)
MEASURES = _measures(quick=True) | SLOW
