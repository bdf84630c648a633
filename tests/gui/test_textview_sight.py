"""What one reads stays where it is: while heights are refined, at any width and size of letters, after a restart."""

import random

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from annotator.gui.textview import Mark
from annotator.text import Span
from tests.gui.test_textview import settled, shown

WORDS = "the ministry rejects every claim and calls on all sides to return 정부는 대화의 문은 열려 있다 résumé 👩‍👩‍👧"


def long_text(paragraphs=400) -> str:
    dice = random.Random(3)
    return "\n".join(" ".join(dice.choices(WORDS.split(), k=dice.randrange(0, 120))) for _ in range(paragraphs))


def top_line(view) -> tuple[int, float]:
    """The character at the top left of the window, and where its line stands."""
    position = view.position_at(QPoint(round(view.page.left) + 1, 4))
    return position, view.rect_of(Span(position, position)).top()


def wait_until_exact(qtbot, view):
    qtbot.waitUntil(lambda: all(view.page.heights.exact), timeout=20_000)
    settled(qtbot)


@pytest.mark.parametrize("offset", [0, 3, 6, 17])
def test_nothing_moves_while_heights_become_exact(qtbot, offset):
    """Wherever the window ends: also where the edge of a line is just where `top_line` looks."""
    text = long_text(2_000)
    view = shown(qtbot, text, refined=False)
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() * 2 // 3)
    bar.setValue(bar.value() + offset - round(view.sight.place()[1] * view.page.pitch))
    view.viewport().repaint()
    assert not all(view.page.heights.exact)
    view.page.refine()
    before = top_line(view)
    height, seen = view.page.documentSize().height(), set()
    while not all(view.page.heights.exact):
        QApplication.processEvents()
        seen.add(top_line(view))
    assert seen == {before}
    assert view.page.documentSize().height() == pytest.approx(height, rel=0.15)
    bar.setValue(bar.maximum())
    settled(qtbot)
    end = view.rect_of(Span(len(text), len(text)))
    assert view.viewport().rect().contains(end)


def test_the_place_is_the_same_after_a_restart_before_and_after_heights_are_exact(qtbot):
    text = long_text()
    view = shown(qtbot, text)
    wait_until_exact(qtbot, view)
    view.verticalScrollBar().setValue(5_003)
    place, before = view.place(), top_line(view)
    again = shown(qtbot, text)
    again.restore(place)
    settled(qtbot)
    assert top_line(again) == before
    assert again.place() == place
    wait_until_exact(qtbot, again)
    assert top_line(again) == before
    assert again.verticalScrollBar().value() == 5_003


def test_a_place_set_before_the_window_is_shown_holds(qtbot):
    text = long_text()
    view = shown(qtbot, text)
    position = text.index("claim", len(text) // 2)
    view.hide()
    view.show_text(text)
    view.restore((position, 0.0))
    view.show()
    settled(qtbot)
    line = view.page.caret(view.text.unit(position))
    assert abs(line.top() - view.verticalScrollBar().value()) <= 1


def test_resizing_again_and_again_does_not_creep(qtbot):
    view = shown(qtbot, long_text())
    view.verticalScrollBar().setValue(4_321)
    place, before = view.place(), top_line(view)
    for width in (700, 520, 1300, 610, 450, 900):
        view.resize(width, 500)
        settled(qtbot)
        assert view.place() == place
        rect = view.rect_of(Span(place[0], place[0]))
        assert -2 * view.page.pitch < rect.top() < 10
    assert top_line(view) == before


def test_zooming_keeps_the_place_and_widens_the_column_in_step(qtbot):
    view = shown(qtbot, long_text(), size=(1500, 500))
    view.verticalScrollBar().setValue(3_000)
    place, width = view.place(), view.page.width
    heard = []
    view.zoomed.connect(heard.append)
    view.zoom(15)
    settled(qtbot)
    assert view.page.width == pytest.approx(width * 15 / 12)
    assert view.place() == place
    view.zoom(99)
    view.zoom(1)
    assert heard == [15, 48, 8]
    view.zoom(12)
    settled(qtbot)
    assert view.verticalScrollBar().value() == 3_000


def test_the_wheel_scrolls_and_with_control_it_zooms(qtbot):
    view = shown(qtbot, long_text())

    def wheel(modifiers):
        middle = QPointF(view.viewport().rect().center())
        event = QWheelEvent(
            middle,
            QPointF(view.viewport().mapToGlobal(middle)),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            modifiers,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(view.viewport(), event)

    wheel(Qt.KeyboardModifier.NoModifier)
    assert view.verticalScrollBar().value() > 0
    wheel(Qt.KeyboardModifier.ControlModifier)
    assert view.points() == 11


def test_what_is_revealed_is_comfortably_in_sight_and_stays_there(qtbot):
    text = long_text()
    view = shown(qtbot, text)
    start = text.index("rejects", len(text) * 3 // 4)
    target = Span(start, start + 40)
    view.reveal(*target)
    rect = view.rect_of(target)
    assert view.page.pitch < rect.top()
    assert rect.bottom() < view.viewport().height() - view.page.pitch
    value = view.verticalScrollBar().value()
    view.reveal(*target)
    assert view.verticalScrollBar().value() == value
    wait_until_exact(qtbot, view)
    assert abs(view.rect_of(target).top() - rect.top()) <= 1


def test_of_a_span_higher_than_the_window_the_beginning_is_revealed(qtbot):
    text = long_text()
    view = shown(qtbot, text)
    start = len(text) // 2
    view.reveal(start, start + 20_000)
    assert 0 < view.rect_of(Span(start, start)).top() < view.viewport().height() / 2


def test_moving_the_caret_far_away_shows_it(qtbot):
    text = long_text()
    view = shown(qtbot, text)
    qtbot.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert view.caret() == len(text)
    assert view.viewport().rect().contains(view.cursorRect())
    qtbot.keyClick(view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert view.verticalScrollBar().value() == 0


def test_setting_the_caret_does_not_scroll(qtbot):
    text = long_text()
    view = shown(qtbot, text)
    view.put_caret(len(text))
    assert view.verticalScrollBar().value() == 0


def test_few_paragraphs_are_laid_out_and_none_for_good(qtbot):
    view = shown(qtbot, "\n".join(["A line of a long transcript."] * 3_000), [Mark("1", "denial", "me", 0, 60_000)])
    bar = view.verticalScrollBar()
    for n in range(20):
        bar.setValue(bar.maximum() * n // 20)
        view.viewport().repaint()
    assert len(view.page._live) <= 200
    assert len(view.page._drawn) <= 200
    assert len(view.page._beside) <= 200
    assert len(view.page._own_blocks) < 5


def test_a_place_and_a_caret_beyond_the_text_are_its_end(qtbot):
    view = shown(qtbot, long_text(50))
    view.restore((10**6, 0.0))
    view.put_caret(10**6)
    settled(qtbot)
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()
    assert view.caret() == len(long_text(50))


def test_what_is_already_in_sight_is_not_moved_by_revealing_it_while_heights_are_guessed(qtbot):
    text = long_text()
    view = shown(qtbot, text)
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    middle = view.position_at(view.viewport().rect().center())
    before = top_line(view)
    view.reveal(middle, middle + 1)
    assert top_line(view)[0] == before[0]
    assert abs(top_line(view)[1] - before[1]) <= 1
