"""How many keys an annotation takes, counted at the real window. A chord is one press, of its key; moving there counts too.

A coder who knows the keys codes a statement of ten sentences: every sentence, and then ten parts of sentences. What is
pressed and which words that must code stands in `tests/data/keystrokes.json`; other words coded are a failure.
"""

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator import founding, settings
from annotator.model import Assignment, Change, Document, Edit, assignment_id, new_id
from annotator.project import Project

from .textview import qt_app

if TYPE_CHECKING:
    from annotator.gui.work import Work

STATEMENT = json.loads((Path(__file__).parents[1] / "data" / "keystrokes.json").read_text(encoding="utf-8"))
TEXT = "\n\n".join(STATEMENT["text"])
BUDGETS = {"by sentence": 3, "by words": 6}
YARDSTICK = "an editor's moves by word: one press for each word passed over or taken, one for the code"


def make_project(path: Path) -> None:
    """The statement, handed out to its supervisor, and the shipped codebook."""
    founding.found(path, name="Statement", supervisor="Sue", device="desk", book=founding.shipped_codebook())
    with Project(path, actor="Sue", device="desk") as project:
        data, round, me = TEXT.encode(), project.nouns("round")[0], project.actor.id
        document = Document(new_id(), "A statement", hashlib.sha256(data).hexdigest())
        handed = Assignment(assignment_id(document.id, me, round.id), document.id, me, round.id)
        project.apply(Change("import documents", (Edit(None, document), Edit(None, handed))), contents=[data])


def presses(work: "Work", manner: str) -> list[int]:
    """How many keys each annotation took, from the start of the text on. Raises ValueError where other words were coded."""
    work.to_text()
    work.text.put_caret(0)
    counts = []
    for keys, wanted in STATEMENT[manner]:
        for name in keys.split():
            press(name)
        annotation = work.coding.annotation()
        quotes = annotation.quotes if annotation else ()
        if quotes != (wanted,):
            raise ValueError(f"{keys} coded {quotes}, and not {wanted}")
        counts.append(len(keys.split()))
    return counts


def press(name: str) -> None:
    """Presses a key, as the keyboard sends it to where the focus is."""
    widget = QApplication.focusWidget()
    assert widget is not None
    if len(name) == 1:
        QTest.keyClicks(widget, name)
    else:
        QTest.keySequence(widget, QKeySequence(name))


def by_word(manner: str) -> float:
    """The mean of the yardstick."""
    at, total = 0, 0
    for _, wanted in STATEMENT[manner]:
        start = TEXT.index(wanted, at)
        passed, taken = (len(re.findall(r"\w+", words)) for words in (TEXT[at:start], wanted))
        total += passed + taken + 1
        at = start + len(wanted)
    return total / len(STATEMENT[manner])


@cache
def _mean(manner: str) -> float:
    from annotator.gui.main_window import MainWindow
    from annotator.gui.places import Places
    from annotator.gui.theme import Theme

    qt, theme = qt_app(), Theme()
    theme.apply(qt, dark=False)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ANNOTATOR_HOME"] = folder
        path = Path(folder) / "statement.annotator"
        make_project(path)
        window = MainWindow(theme, settings.load(), Places.of_nobody())
        window.show()
        window.open_path(path, "Sue")
        window.activateWindow()
        qt.processEvents()
        assert window.work is not None
        counts = presses(window.work, manner)
        window.close()
        window.deleteLater()
    return sum(counts) / len(counts)


def _record(manner: str) -> dict:
    value = _mean(manner)
    return {
        "name": f"keystrokes.{manner.replace(' ', '_')}",
        "value": value,
        "unit": "keys",
        "budget": BUDGETS[manner],
        "ratio": round(value / by_word(manner), 3),
        "yardstick": YARDSTICK,
    }


MEASURES: dict[str, Callable[[], dict]] = {
    f"keystrokes.{manner.replace(' ', '_')}": lambda manner=manner: _record(manner) for manner in BUDGETS
}
