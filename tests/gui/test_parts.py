"""The small shared widgets."""

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from annotator.gui import marks
from annotator.gui.parts import Flow, Scroll, Segmented, cap, code_name, column, elided, label, row, search_field
from annotator.gui.theme import Theme
from annotator.model import Code

Key = Qt.Key
pytestmark = pytest.mark.qt_log_ignore("plugin does not support")


def test_segments_by_mouse_emit_what_is_chosen(qtbot):
    made = Segmented(["One", "Two", "Three"], 0, name="Count")
    qtbot.addWidget(made)
    made.show()
    told = []
    made.changed.connect(told.append)
    qtbot.mouseClick(made.group.button(2), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(made.group.button(2), Qt.MouseButton.LeftButton)
    assert told == [2]
    assert made.chosen() == 2
    assert made.accessibleName() == "Count, Three"


def test_segments_by_keys_stop_at_the_ends(qtbot):
    made = Segmented(["One", "Two", "Three"], 1)
    qtbot.addWidget(made)
    made.show()
    told = []
    made.changed.connect(told.append)
    for key in (Key.Key_Left, Key.Key_Left, Key.Key_End, Key.Key_Right, Key.Key_Home, Key.Key_Delete):
        qtbot.keyClick(made, key)
    assert told == [0, 2, 0]


def test_segments_that_may_be_none_begin_at_either_end(qtbot):
    made = Segmented(["One", "Two"], None, may_be_none=True)
    qtbot.addWidget(made)
    qtbot.keyClick(made, Key.Key_Left)
    assert made.chosen() == 1
    qtbot.keyClick(made, Key.Key_Backspace)
    assert made.chosen() == -1
    qtbot.keyClick(made, Key.Key_Right)
    assert made.chosen() == 0


def test_choosing_by_the_program_emits_nothing(qtbot):
    made = Segmented(["One", "Two"], 0)
    qtbot.addWidget(made)
    with qtbot.assertNotEmitted(made.changed):
        made.choose(1)


def test_escape_in_a_filter_empties_it_and_is_passed_on_when_it_is_empty(qtbot):
    field = search_field("Find", Theme())
    qtbot.addWidget(field)
    field.setText("abc")
    taken = []
    for _ in range(2):
        event = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(field, event)
        taken.append((field.text(), event.isAccepted()))
    assert taken == [("", True), ("", False)]


def test_elided_words_give_way(qtbot):
    around, made = QWidget(), elided("A long line of words " * 10)
    around.setLayout(row(made))
    qtbot.addWidget(around)
    around.resize(200, 40)
    around.show()
    QApplication.processEvents()
    assert made.width() <= 200


def test_the_name_of_a_code_gives_way_and_is_spoken_whole(qtbot):
    code = Code("c", "A long name of a code " * 10)
    made = code_name(code, Theme(), "panel")
    qtbot.addWidget(made)
    assert made.minimumSizeHint().width() < 100
    assert made.accessibleName() == code.name
    made.resize(120, 20)
    assert not made.grab().isNull()


def test_chips_wrap(qtbot):
    chips = [QLabel("word word") for _ in range(8)]
    around, flow = QWidget(), Flow(*chips)
    around.setLayout(flow)
    qtbot.addWidget(around)
    width = chips[0].sizeHint().width()
    around.resize(2 * width + 6, 400)
    around.show()
    QApplication.processEvents()
    assert len({chip.x() for chip in chips}) == 2
    assert len({chip.y() for chip in chips}) == 4
    assert flow.heightForWidth(10_000) == chips[0].sizeHint().height()


def test_a_scroll_follows_its_content(qtbot):
    inside = QWidget()
    words = label("word " * 10, wrap=True)
    inside.setLayout(column(words))
    around, made = QWidget(), Scroll(inside)
    around.setLayout(column(made, None))
    qtbot.addWidget(around)
    around.resize(300, 900)
    around.show()
    QApplication.processEvents()
    before = made.height()
    words.setText("word " * 300)
    qtbot.waitUntil(lambda: made.height() > before)


def test_a_key_is_shown_as_it_stands_on_the_keyboard():
    assert [cap("d"), cap("4"), cap("."), cap("ß"), cap("")] == ["D", "4", ".", "ß", ""]


@pytest.mark.parametrize("state", ["to do", "in progress", "done"])
def test_each_state_has_its_own_ring(qapp, state):
    def drawn(which, share=0.5) -> QImage:
        image = QImage(16, 16, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        marks.state_ring(painter, 1, 1, which, share, Theme())
        painter.end()
        return image

    others = [other for other in ("to do", "in progress", "done") if other != state]
    assert all(drawn(state) != drawn(other) for other in others)
    assert (drawn(state, 0.2) != drawn(state, 0.9)) == (state == "in progress")


def test_words_in_a_rectangle_are_elided(qapp):
    image = QImage(60, 20, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    theme = Theme()
    short = marks.words(painter, QRect(0, 0, 60, 20), "a", role="body", colour=theme.text)
    long = marks.words(painter, QRect(0, 0, 60, 20), "a long line of words", role="body", colour=theme.text)
    painter.end()
    assert short < 20
    assert 30 < long <= 60
