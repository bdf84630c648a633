"""A text of very many lines is there at once, and a moment later Qt knows its lines too: nobody sees the moment."""

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from annotator.gui.textview import Mark
from annotator.gui.textview.blocks import LINE, MANY
from annotator.text import Span
from tests.gui.test_textview import settled, shown
from tests.gui.test_textview_scrolled import on_screen

LINES = ["", "a line", "👩‍👩‍👧 and more", "قال المتحدث", "정부는 책임을", "one that is\u2028broken"]


@pytest.fixture
def text() -> str:
    dice = random.Random(1)
    return "\n".join(["Begin.", *dice.choices(LINES, k=MANY + 7), "End."])


@pytest.fixture
def view(qtbot, text, monkeypatch):
    made = shown(qtbot, "")
    monkeypatch.setattr(made.blocks._making, "_seconds", 0.0)  # one part between two events
    made.show_text(text)
    made.set_marks([Mark("1", "denial", "me", len(text) // 2, len(text) // 2 + 80)])
    assert made.blocks._making.is_due
    return made


def wait_for_blocks(qtbot, view):
    qtbot.waitUntil(lambda: not view.blocks._making.is_due, timeout=30_000)


def test_lines_are_blocks_in_the_end_and_every_place_is_the_same_before(qtbot, view, text):
    assert view.document().blockCount() < 100
    assert view.document().characterCount() == view.text.unit(len(text)) + 1
    wait_for_blocks(qtbot, view)
    assert view.document().blockCount() == text.count("\n") + 1
    assert view.document().toRawText().replace("\u2029", "\n") == text


def test_nothing_is_seen_or_heard_of_it(qtbot, view, text):
    middle = len(text) // 2
    view.select(Span(middle, middle + 50))
    view.reveal(middle, middle + 50)
    settled(qtbot)
    view.page._idle.stop()  # heights, whose becoming exact moves the bar, are not what this is about
    settled(qtbot)
    heard = []
    for signal in (view.caret_moved, view.cursorPositionChanged, view.selectionChanged, view.textChanged):
        signal.connect(lambda: heard.append(True))
    before, place, ends, bar = on_screen(view), view.place(), view.ends(), view.verticalScrollBar().value()
    assert view.blocks._making.is_due
    view.blocks._making.finish()
    view.page._idle.stop()
    settled(qtbot)
    assert (view.place(), view.ends(), view.verticalScrollBar().value()) == (place, ends, bar)
    assert on_screen(view) == before
    assert heard == []
    assert view.textCursor().selectedText().replace("\u2029", "\n") == text[ends[0] : ends[1]]


def test_one_works_meanwhile(qtbot, view, text):
    view.zoom(15)
    qtbot.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert view.caret() == len(text)
    qtbot.keyClick(view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert view.blocks._making.is_due
    wait_for_blocks(qtbot, view)
    assert view.ends() == (len(text), 0)
    assert view.selected_words() == text
    assert view.document().defaultFont().pointSizeF() == 15
    assert view.points() == 15


def test_after_it_the_lines_of_qt_lie_where_ours_do(qtbot, view, text):
    """A screen reader is told by Qt where the caret is."""
    wait_for_blocks(qtbot, view)
    settled(qtbot)
    position = text.index("one that is", len(text) // 2) + 4
    view.put_caret(position)
    view.reveal(position, position)
    settled(qtbot)
    assert view.cursorRect().top() == view.rect_of(Span(position, position)).top()
    cursor = view.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
    assert view.text.point(cursor.position()) == position - 4


def test_another_text_in_between_is_not_disturbed(qtbot, view):
    view.show_text("Short.\nAnd two.")
    assert not view.blocks._making.is_due
    settled(qtbot)
    assert view.document().blockCount() == 2


def test_a_text_of_few_lines_is_all_blocks_at_once(qtbot):
    view = shown(qtbot, "One.\nTwo.\nThree.")
    assert view.document().blockCount() == 3
    assert LINE not in view.document().toRawText()
