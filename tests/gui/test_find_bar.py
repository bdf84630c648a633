import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from annotator.gui.panels.find_bar import FindBar
from annotator.gui.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the platform without a screen

TEXT = "Peace is denied. The peace of the strait; peaceful words. PEACE 😀 peace"


def watch(bar):
    """Keeps how many matches there are and which is current."""
    bar.seen = []
    bar.found.connect(lambda matches, current: bar.seen.append((len(matches), current)))


@pytest.fixture
def bar(qtbot):
    made = FindBar(Theme())
    qtbot.addWidget(made)
    made.set_text(TEXT)
    watch(made)
    made.open()
    return made


def type_words(qtbot, bar, words):
    qtbot.keyClicks(bar.field, words)
    qtbot.waitUntil(lambda: not bar._later.isActive())


def test_typing_finds_every_match_and_shows_the_place(bar, qtbot):
    type_words(qtbot, bar, "peace")
    assert bar.seen[-1] == (5, 0)
    assert bar.count.text() == "1 of 5"
    assert [TEXT[start:end] for start, end in bar.matches] == ["Peace", "peace", "peace", "PEACE", "peace"]


def test_enter_shift_enter_and_f3_walk_round(bar, qtbot):
    type_words(qtbot, bar, "peace")
    walked = []
    for key, modifier in (
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier),
    ):
        qtbot.keyClick(bar.field, key, modifier)
        walked.append(bar.current)
    assert walked == [1, 2, 1, 0, 4]


def test_enter_right_after_the_last_letter_goes_to_the_first_match(bar, qtbot):
    qtbot.keyClicks(bar.field, "peace")
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert (bar.current, len(bar.matches)) == (0, 5)


def test_the_buttons_walk_and_are_dead_without_a_match(bar, qtbot):
    type_words(qtbot, bar, "peace")
    qtbot.mouseClick(bar.next_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(bar.previous_button, Qt.MouseButton.LeftButton)
    assert bar.current == 0
    type_words(qtbot, bar, "zzz")
    assert bar.seen[-1] == (0, -1)
    assert bar.count.text() == "Not found"
    assert not bar.next_button.isEnabled()


def test_case_and_whole_words(bar, qtbot):
    type_words(qtbot, bar, "peace")
    qtbot.mouseClick(bar.whole, Qt.MouseButton.LeftButton)
    assert len(bar.matches) == 4
    qtbot.mouseClick(bar.case, Qt.MouseButton.LeftButton)
    assert len(bar.matches) == 2


def test_it_searches_on_from_where_one_is(bar, qtbot):
    bar.open("peace", start=30)
    assert bar.matches[bar.current].start == TEXT.index("peaceful")


def test_typing_on_keeps_the_place(bar, qtbot):
    bar.open("pea", start=30)
    bar.field.end(False)
    type_words(qtbot, bar, "ceful")
    assert (bar.current, bar.count.text()) == (0, "1 of 1")


@pytest.mark.parametrize("words", ["", "peace"])
def test_escape_closes_it_full_or_empty(bar, qtbot, words):
    type_words(qtbot, bar, words)
    with qtbot.waitSignal(bar.closed):
        qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert bar.field.text() == words


def test_another_document_is_searched_at_once_while_the_bar_is_open(bar, qtbot):
    type_words(qtbot, bar, "peace")
    bar.set_text("No such word here, but peace.")
    assert bar.seen[-1] == (1, 0)


def test_a_selection_of_several_lines_is_not_put_into_the_field(bar):
    bar.open("peace")
    bar.open("one\ntwo")
    assert bar.field.text() == "peace"


def test_in_a_narrow_window_the_options_stand_in_one_line_below_the_field(bar, qtbot):
    options = (bar.case, bar.whole, bar.pattern)
    for width, is_below in ((900, False), (450, True), (900, False)):
        bar.resize(width, bar.heightForWidth(width))
        bar.show()
        QApplication.processEvents()
        bar.resize(width, bar.heightForWidth(width))
        QApplication.processEvents()
        assert len({one.mapTo(bar, QPoint(0, 0)).y() for one in options}) == 1
        field = bar.field.mapTo(bar, QPoint(0, 0)).y()
        assert (options[0].mapTo(bar, QPoint(0, 0)).y() > field) == is_below
        assert bar.field.width() >= 200
