"""A paragraph of many pages is laid out in stretches: nobody who reads, selects or codes can tell."""

import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication

from annotator.gui.textview import CodedTextView, Mark
from annotator.gui.textview.frozen import LONG, FrozenText
from annotator.text import Span
from tests.gui.test_textview import settled, shown
from tests.gui.test_textview_sight import WORDS, long_text, wait_until_exact

PIECES = st.sampled_from(
    ["claim ", "정부는 ", "تؤكد ", "👩‍👩‍👧", "e\u0301", " \u0301", "\t", "外務省", "か\u3099", "a\u200d", "\n"]
)


def one_paragraph(letters=80_000, words=WORDS) -> str:
    dice, choices = random.Random(5), words.split()
    made = ""
    while len(made) < letters:
        made += " ".join(dice.choices(choices, k=500)) + " "
    return made[:letters].rstrip()


@given(st.lists(PIECES, min_size=1, max_size=40), st.integers(1, 4_000))
@settings(max_examples=60, deadline=None)
def test_stretches_make_up_the_text_and_end_between_characters(pieces, times):
    text = "".join(pieces) * times
    text = text[:200_000]
    frozen, whole = FrozenText(text, cut=True), FrozenText(text)
    numbers = range(len(frozen))
    assert "".join(frozen.paragraph(n) + "\n" * (n not in frozen.going_on) for n in numbers)[:-1] == text
    assert len(whole) == sum(map(frozen.begins, numbers))
    assert [frozen.numbers[n] for n in numbers if frozen.begins(n)] == whole.numbers
    for n in frozen.going_on:
        before, after = frozen.paragraph(n)[-1], frozen.paragraph(n + 1)[0]
        assert before != "\u200d"
        assert not unicodedata.combining(after)
        assert frozen.right_to_left(n) == frozen.right_to_left(n + 1)


def test_paragraphs_that_are_not_long_are_whole():
    assert not FrozenText(long_text(), cut=True).going_on
    assert not FrozenText("x" * (LONG * 3), cut=True).going_on


def test_qt_never_lays_out_a_long_paragraph_as_a_whole(qtbot):
    view = shown(qtbot, "Before.\n" + one_paragraph() + "\nBehind.")
    for position in (30, 40_000, 79_000):
        view.reveal(position, position + 10)
        view.put_caret(position)
        view.cursorRect()
        settled(qtbot)
    block = view.document().findBlockByNumber(1)
    whole = view.page.blockBoundingRect(block)
    behind = view.page.blockBoundingRect(block.next())
    assert block.layout().lineCount() == 0
    assert whole.bottom() == pytest.approx(behind.top())
    assert max(len(live.lines) for live in view.page._live.values()) < 150


def test_the_caret_walks_over_the_end_of_a_stretch(qtbot):
    view = shown(qtbot, one_paragraph())
    start = view.text.starts[3]
    view.put_caret(start)
    x = view.cursorRect().x()
    assert view.page.caret(view.text.unit(start)).x() == pytest.approx(view.page.left)
    view.reveal(start, start)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.caret() < start
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.caret() == start
    assert view.cursorRect().x() == x
    qtbot.keyClick(view, Qt.Key.Key_Up)
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert start - 10 < view.caret() < start, "the end of a line, before the blank where the paragraph goes on"


def test_a_span_that_ends_with_a_stretch_has_its_edge_there(qtbot):
    text = one_paragraph()
    view = shown(qtbot, text)
    end = view.text.starts[3]
    view.set_marks([Mark("1", "denial", "me", end - 30, end), Mark("2", "claim", "me", end, end + 30)])
    view.reveal(end - 30, end + 30)
    edge, begin = (view.page.edge(view.text.unit(end), end=side) for side in (True, False))
    assert edge.bottom() < begin.top() + 1
    assert view.annotations_at(end - 1) == ["1"]
    assert view.annotations_at(end) == ["2"]
    assert view.rect_of(Span(end, end)).top() == round(begin.top() - view.verticalScrollBar().value())


def test_lines_of_a_long_paragraph_stand_below_each_other_and_are_numbered_once(qtbot):
    view = shown(qtbot, one_paragraph() + "\nBehind.")
    page = view.page
    for number in range(len(view.text)):
        page.paragraph(number)
    last = page.paragraph(0).lines[-1]
    assert page.top_of(1) - page.top_of(0) == pytest.approx(last.y() + last.height() + page.gap)
    assert [view.text.numbers[n] for n in range(len(view.text)) if view.text.begins(n)] == [1, 2]
    below = page.position_at(QPointF(page.left, page.top_of(2) + 3))
    assert view.text.point(below) == view.text.starts[2]


def test_lines_of_a_stretch_are_counted_from_the_beginning_of_the_paragraph(qtbot):
    view = shown(qtbot, "Before.\n" + one_paragraph() + "\nBehind.")
    page, numbers = view.page, range(1, len(view.text) - 1)
    wait_until_exact(qtbot, view)
    counts = [len(page.paragraph(n).lines) for n in numbers]
    assert [page.lines_above(n) for n in numbers] == [sum(counts[:n]) for n in range(len(counts))]
    assert page.lines_above(0) == page.lines_above(len(view.text) - 1) == 0
    view.zoom(13)
    assert page.lines_above(numbers[-1]) is None, "not known before the stretches above are laid out again"


def test_a_long_arabic_paragraph_goes_from_right_to_left_to_its_end(qtbot):
    text = one_paragraph(40_000, "تؤكد الوزارة أن ") + " " + one_paragraph(30_000, "the ministry rejects ")
    view = shown(qtbot, text)
    last = view.page.paragraph(len(view.text) - 1)
    assert last.lines[-1].naturalTextRect().right() == pytest.approx(view.page.width, abs=1)


# What one reads stays --------------------------------------------------------------------------------------------------


def anchored(view: CodedTextView) -> tuple[int, int]:
    """The position at the top left, and how far its line is from the edge of the window."""
    position = view.position_at(QPoint(round(view.page.left) + 1, 4))
    return position, round(view.page.caret(view.text.unit(position)).top()) - view.verticalScrollBar().value()


STEPS = ("refine", "filter coder", "filter code", "add above", "theme", "hover", "hide and show")


@pytest.mark.parametrize("text", [long_text(1_500), one_paragraph(150_000)], ids=["paragraphs", "one paragraph"])
@pytest.mark.parametrize("seed", range(3))
def test_what_stands_at_the_top_moves_by_no_pixel_whatever_happens(qtbot, text, seed):
    dice = random.Random(seed)
    marks = [
        Mark(str(n), dice.choice(("denial", "claim")), dice.choice(("me", "other")), start, start + 60)
        for n, start in enumerate(dice.sample(range(len(text) - 60), 300))
    ]
    view = shown(qtbot, text, marks)
    bar = view.verticalScrollBar()
    for n in range(4):
        bar.setValue(int(bar.maximum() * dice.random()))
        settled(qtbot)
        position, before = anchored(view)
        for step in dice.sample(STEPS, len(STEPS)):
            happen(qtbot, view, step, n)
            now = round(view.page.caret(view.text.unit(position)).top()) - bar.value()
            assert abs(now - before) <= 1, step
        place = view.place()
        for width, points in ((700, 12), (900, 15), (900, 12)):
            view.resize(width, 500)
            view.zoom(points)
            settled(qtbot)
            assert view.place() == place
        now = round(view.page.caret(view.text.unit(position)).top()) - bar.value()
        assert abs(now - before) <= 1, "there and back"


def happen(qtbot, view: CodedTextView, step: str, n: int) -> None:
    if step == "refine":
        for _ in range(40):
            QApplication.processEvents()
    elif step == "filter coder":
        view.set_hidden(coders=["other"] if n % 2 else [])
    elif step == "filter code":
        view.set_hidden(codes=["denial"] if n % 2 else [])
    elif step == "add above":
        view.put_annotation(f"new {n}", [Mark("", "claim", "me", 5 * n, 5 * n + 900)])
    elif step == "theme":
        view.set_theme(view.theme)
    elif step == "hover":
        view.hover(str(n))
    else:
        view.hide()
        view.show()
    settled(qtbot)
