"""Budgets of the coded text: opening, scrolling, filtering, memory; each beside a QTextEdit coloured with
mergeCharFormat on the same text in the same run."""

import os
import random
import subprocess
import sys
from collections.abc import Callable, Collection
from functools import cache
from statistics import median
from time import perf_counter, process_time, sleep

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QTextEdit

from annotator.gui.textview import CodedTextView, Mark
from annotator.gui.theme import Theme
from annotator.text import Offsets

WORDS = {
    "latin": "the ministry rejects every claim that our vessels crossed a line and calls on all sides to return "
    "without delay to the table résumé naïve façade responsibility understanding",
    "hangul": "외무성 대변인 은 성명 에서 근거 없는 비난 을 단호히 배격 한다 고 밝혔다 대화 의 문 은 열려 있다",
    "arabic": "تؤكد الوزارة أن الاتهامات لا أساس لها وأن باب الحوار مفتوح أمام جميع الأطراف دون شروط مسبقة",
}
EMOJI = ("🌍", "👍🏽", "👩‍👩‍👧", "🎉")
CODES = {str(n): (f"Code {n}", QColor.fromHsv(n * 9, 170, 180), QColor.fromHsv(n * 9, 130, 240)) for n in range(40)}
PEOPLE = {str(n): f"C{n}" for n in range(4)}
SIZE = 1100, 900
YARDSTICK = "QTextEdit with mergeCharFormat"
YARDSTICKS = {  # of measures whose names begin so
    "text.overview": "a rectangle for each annotation",
    "text.margin": "a rectangle for each annotation",
    "text.open_200k": "QTextEdit with setPlainText: see text.plain_open_200k",
    "text.plain_open_200k": "setPlainText of Qt alone, which every view on it takes at least",
}
now = process_time if os.environ.get("BENCHMARK_CLOCK") == "processor" else perf_counter


def make_text(size: int) -> str:
    """Paragraphs of 50 to 300 words in four scripts, `size` bytes in all."""
    dice = random.Random(1)
    pool = [_paragraph(dice) for _ in range(400)]
    paragraphs, length = [], 0
    while length < size:
        paragraphs.append(dice.choice(pool))
        length += len(paragraphs[-1].encode()) + 1
    return "\n".join(paragraphs)


def _paragraph(dice: random.Random) -> str:
    script = dice.choices(("latin", "hangul", "arabic"), (62, 20, 18))[0]
    choices = WORDS[script].split()
    words = [dice.choice(choices) for _ in range(dice.randint(50, 300))]
    if dice.random() < 0.3:
        words.insert(dice.randrange(len(words)), dice.choice(EMOJI))
    return " ".join(words) + "."


def make_marks(text: str, count: int) -> list[Mark]:
    """Mostly clauses and sentences, some passages, few of many pages; four coders, forty codes."""
    dice = random.Random(2)
    marks = []
    for n in range(count):
        low, high = dice.choices(((15, 400), (400, 2000), (2000, 20000)), (80, 18, 2))[0]
        length = min(dice.randint(low, high), len(text) // 3)
        start = dice.randrange(len(text) - length)
        marks.append(Mark(str(n), str(dice.randrange(40)), str(dice.randrange(4)), start, start + length))
    return marks


class Plain(QTextEdit):
    """The yardstick: what one would write first. It cannot show two spans on the same words."""

    def __init__(self, text: str, marks: list[Mark]):
        super().__init__()
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.resize(*SIZE)
        self._offsets, self._marks = Offsets(text), marks
        self.setPlainText(text)
        self.colour()

    def colour(self, coders: Collection[str] = (), codes: Collection[str] = (), *, dark: bool = False) -> None:
        """Colour all anew, without these coders and codes."""
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setCharFormat(QTextCharFormat())
        for mark in self._marks:
            if mark.coder not in coders and mark.code not in codes:
                self._merge(cursor, mark, dark=dark)
        cursor.endEditBlock()

    def colour_one(self, mark: Mark) -> None:
        """Colour one more span."""
        self._merge(QTextCursor(self.document()), mark)

    def _merge(self, cursor: QTextCursor, mark: Mark, *, dark: bool = False) -> None:
        made = QTextCharFormat()
        _, strong, pale = CODES[mark.code]
        made.setBackground(strong if dark else pale)
        cursor.setPosition(self._offsets.to_utf16(mark.start))
        cursor.setPosition(self._offsets.to_utf16(mark.end), QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(made)


class Uncoloured(Plain):
    """What Qt itself makes of a text, without a single colour."""

    def colour(self, coders: Collection[str] = (), codes: Collection[str] = (), *, dark: bool = False) -> None:
        """Nothing is coloured."""


class Watch(QObject):
    """Sees that something happened to a widget: that it was painted, or what else is asked for."""

    def __init__(self, kind: QEvent.Type = QEvent.Type.Paint):
        super().__init__()
        self.kind, self.seen = kind, False

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:  # noqa: N802
        self.seen |= event.type() == self.kind
        return False


@cache
def qt_app() -> QApplication:
    """The one QApplication, without a screen unless one was asked for."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    there = QApplication.instance()
    return there if isinstance(there, QApplication) else QApplication([])


def coded(text: str, marks: list[Mark]) -> CodedTextView:
    """The view that is measured, with marks on it."""
    view = CodedTextView(Theme(False))
    view.resize(*SIZE)
    view.set_codes(CODES)
    view.set_people(PEOPLE, "0")
    view.show_text(text)
    view.set_marks(marks)
    return view


def repaint(view: QTextEdit) -> None:
    """Paint it at once, with what stands beside it: each once, as Qt does between two events."""
    view.viewport().update()
    if isinstance(view, CodedTextView):
        view.margin.update()
        view.overview.update()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)


def opened(make: Callable[[str, list[Mark]], QTextEdit], text: str, marks: list[Mark]) -> tuple[float, QTextEdit]:
    """Seconds from nothing to a painted window, and the window."""
    began = now()
    view = make(text, marks)
    watch = Watch()
    view.viewport().installEventFilter(watch)
    view.show()
    while not watch.seen:
        qt_app().processEvents()
    return now() - began, view


def settled(view: QTextEdit) -> None:
    """Wait until nothing has taken time for a while: both views lay out the rest of their text in idle time."""
    until, quiet = perf_counter() + 60, 0
    while quiet < 60 and perf_counter() < until:
        began = perf_counter()
        qt_app().processEvents()
        quiet = quiet + 1 if perf_counter() - began < 0.001 else 0
        sleep(0.002)


def close(view: QTextEdit) -> None:
    """Let go of it and of all that it holds."""
    view.close()
    view.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qt_app().processEvents()


def _open(size: int, count: int, tries: int) -> tuple[float, float]:
    app = qt_app()
    warm = opened(coded, make_text(20_000), [])[1]
    app.processEvents()
    close(warm)
    text = make_text(size)
    marks = make_marks(text, count)
    times: dict[Callable, list[float]] = {coded: [], Plain: []}
    for _ in range(tries):
        for make, found in times.items():
            seconds, view = opened(make, text, marks)
            found.append(seconds)
            close(view)
    return median(times[coded]), median(times[Plain])


@cache
def _lines() -> dict[str, float]:
    """Seconds to open 200,000 short lines without annotations: in our view, in a plain widget that colours nothing, and
    what Qt's own `setPlainText` of a bare document takes, in one run."""
    words = " ".join(WORDS.values()).split()
    text = "\n".join(" ".join(words[n % 40 : n % 40 + 6]) for n in range(200_000))
    close(opened(coded, make_text(20_000), [])[1])
    times: dict[str, list[float]] = {"coded": [], "plain": [], "document": []}
    for _ in range(3):
        for name, make in (("coded", coded), ("plain", Uncoloured)):
            seconds, view = opened(make, text, [])
            times[name].append(seconds)
            close(view)
        document = QTextDocument()
        document.setUndoRedoEnabled(False)
        began = now()
        document.setPlainText(text)
        times["document"].append(now() - began)
    return {name: median(found) for name, found in times.items()}


def frames(view: QTextEdit) -> float:
    """Seconds of the slowest but one of 100 wheel steps: the bar moves, then what came into sight is painted."""
    bar, times = view.verticalScrollBar(), []
    bar.setValue(bar.maximum() // 2)
    qt_app().processEvents()
    for _ in range(100):
        began = now()
        bar.setValue(bar.value() + 60)
        qt_app().processEvents()
        times.append(now() - began)
    return sorted(times)[-2]


def _wheel(size: int, count: int) -> tuple[float, float]:
    text = make_text(size)
    marks = make_marks(text, count)
    found = []
    for make in (coded, Plain):
        view = opened(make, text, marks)[1]
        settled(view)
        found.append(frames(view))
        close(view)
    return found[0], found[1]


def _filter(size: int, count: int) -> tuple[float, float]:
    text = make_text(size)
    marks = make_marks(text, count)
    found = []
    for make in (coded, Plain):
        view = opened(make, text, marks)[1]
        settled(view)
        times = []
        for hidden in (("2",), (), ("1", "3"), ()):
            began = now()
            if isinstance(view, CodedTextView):
                view.set_hidden(hidden)
            elif isinstance(view, Plain):
                view.colour(hidden)
            repaint(view)
            times.append(now() - began)
        found.append(median(times))
        close(view)
    return found[0], found[1]


def _add(size: int, count: int) -> tuple[float, float]:
    """Seconds until one more annotation is painted in the middle of what is in sight."""
    text = make_text(size)
    marks = make_marks(text, count)
    found = []
    for make in (coded, Plain):
        view = opened(make, text, marks)[1]
        settled(view)
        times = []
        for n in range(9):
            start = 200 + 40 * n
            began = now()
            if isinstance(view, CodedTextView):
                view.put_annotation(f"new {n}", [Mark(f"new {n}", str(n), "0", start, start + 90)])
            elif isinstance(view, Plain):
                view.colour_one(Mark("", str(n), "0", start, start + 90))
            repaint(view)
            times.append(now() - began)
        found.append(median(times))
        close(view)
    return found[0], found[1]


def _overview(act: Callable[[CodedTextView], object]) -> tuple[float, float]:
    """Seconds of the longest turn between two events after an action, until the overview is painted as it then is; and of
    a bar that paints a rectangle for each annotation."""
    text = make_text(1_000_000)
    marks = make_marks(text, 50_000)
    view = coded(text, marks)
    view.options.set_overview(True)
    view.show()
    settled(view)
    turns = []
    for _ in range(3):
        act(view)
        view.overview.reset()
        until, longest = perf_counter() + 1, 0.0
        while perf_counter() < until:
            began = now()
            qt_app().processEvents()
            longest = max(longest, now() - began)
        turns.append(longest)
    bar = QPixmap(16, SIZE[1])
    began = now()
    painter = QPainter(bar)
    for mark in marks:
        top, bottom = (place / len(text) * bar.height() for place in (mark.start, mark.end))
        painter.fillRect(QRectF(4, top, 9, max(2.0, bottom - top)), CODES[mark.code][1])
    painter.end()
    naive = now() - began
    close(view)
    return min(turns), naive


def memory_of(kind: str) -> float:
    """Megabytes that opening, settling and jumping about adds to this process."""
    app = qt_app()
    close(opened(coded, make_text(20_000), [])[1])
    text = make_text(10_000_000)
    marks = make_marks(text, 50_000)
    before = resident()
    view = opened(coded if kind == "coded" else Plain, text, marks)[1]
    settled(view)
    bar = view.verticalScrollBar()
    for n in range(40):
        bar.setValue(n * 7919 * bar.maximum() // 40 % max(1, bar.maximum()))
        repaint(view)
        app.processEvents()
    return resident() - before


def resident() -> float:
    """Megabytes of memory that this process holds."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def memory_in_own_process(kind: str) -> float:
    """What `memory_of` says in a new process."""
    command = f"from tests.benchmarks.textview import memory_of; print(memory_of({kind!r}))"
    done = subprocess.run(
        [sys.executable, "-c", command],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    return float(done.stdout.split()[-1])


def _memory() -> tuple[float, float]:
    return memory_in_own_process("coded"), memory_in_own_process("plain")


def _measure(name: str, unit: str, budget: float, run: Callable[[], tuple[float, float]]) -> dict:
    qt_app()
    value, yardstick = run()
    scale = 1000 if unit == "ms" else 1
    return {
        "name": name,
        "value": round(value * scale, 2),
        "unit": unit,
        "budget": budget,
        "ratio": round(value / yardstick, 3),
        "yardstick": next((words for start, words in YARDSTICKS.items() if name.startswith(start)), YARDSTICK),
    }


BUDGETS: dict[str, tuple[str, float, Callable[[], tuple[float, float]]]] = {
    "text.open_1mb": ("ms", 200, lambda: _open(1_000_000, 5_000, 3)),
    "text.wheel_1mb": ("ms", 16.7, lambda: _wheel(1_000_000, 5_000)),
    "text.add_1mb": ("ms", 50, lambda: _add(1_000_000, 5_000)),
    "text.filter_1mb": ("ms", 50, lambda: _filter(1_000_000, 5_000)),
    "text.open_10mb": ("ms", 400, lambda: _open(10_000_000, 50_000, 1)),
    "text.open_200k": ("ms", 400, lambda: (_lines()["coded"], _lines()["plain"])),
    "text.plain_open_200k": ("ms", 400, lambda: (_lines()["plain"], _lines()["document"])),
    "text.wheel_10mb": ("ms", 16.7, lambda: _wheel(10_000_000, 50_000)),
    "text.memory_10mb": ("MB", 80, _memory),
    "text.overview_open": ("ms", 16.7, lambda: _overview(lambda view: view.overview.reset())),
    "text.margin_packed": ("ms", 16.7, lambda: _overview(lambda view: view.margin.reset())),
    "text.overview_filter": ("ms", 50, lambda: _overview(lambda view: view.set_hidden(("2",)))),
    "text.overview_theme": ("ms", 16.7, lambda: _overview(lambda view: view.set_theme(Theme(not view.theme.dark)))),
}
MEASURES: dict[str, Callable[[], dict]] = {
    name: (lambda name=name, parts=parts: _measure(name, *parts)) for name, parts in BUDGETS.items()
}
