from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QLabel, QToolButton

from annotator.gui.panels.start import RecentProject, StartPage, said_when
from annotator.gui.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the platform without a screen

NOW = datetime(2031, 3, 14, 15, 30)
OPENED = datetime(2031, 3, 14, 9, 12)
HERE = RecentProject(Path("/a/velmar.annotator"), "Velmar", "Reliability, blind", OPENED, 17, 25)
GONE = RecentProject(Path("/b/ilvera.annotator"), "Ilvera", "Training", OPENED, 3, 8, there=False)


@pytest.fixture
def page(qtbot):
    made = StartPage(Theme())
    qtbot.addWidget(made)
    made.show_recent([HERE, GONE], NOW)
    made.resize(1024, 640)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def words_in(widget):
    return [one.text() for one in widget.findChildren(QLabel)]


def test_a_recent_project_says_its_round_its_time_and_its_progress(page):
    assert {"Velmar", "Reliability, blind  ·  Today, 09:12", "17 of 25 done"} <= {*words_in(page.rows[0])}


def test_enter_and_a_click_open_a_recent_project(page, qtbot):
    page.focus_first()
    assert page.rows[0].hasFocus()
    with qtbot.waitSignal(page.recent_wanted) as opened:
        qtbot.keyClick(page.rows[0], Qt.Key.Key_Return)
    assert opened.args == [HERE.path]
    with qtbot.waitSignal(page.recent_wanted) as opened:
        qtbot.mouseClick(page.rows[0], Qt.MouseButton.LeftButton)
    assert opened.args == [HERE.path]


def test_a_project_that_is_gone_says_so_and_can_only_be_removed(page, qtbot):
    assert "not there  ·  /b" in " ".join(words_in(page.rows[1])).replace("\\", "/")
    with qtbot.assertNotEmitted(page.recent_wanted):
        qtbot.mouseClick(page.rows[1], Qt.MouseButton.LeftButton)
        qtbot.keyClick(page.rows[1], Qt.Key.Key_Return)
    with qtbot.waitSignal(page.removal_wanted) as removed:
        qtbot.mouseClick(page.rows[1].findChild(QToolButton), Qt.MouseButton.LeftButton)
    assert removed.args == [GONE.path]


def test_delete_removes_a_recent_project_from_the_list(page, qtbot):
    with qtbot.waitSignal(page.removal_wanted) as removed:
        qtbot.keyClick(page.rows[0], Qt.Key.Key_Delete)
    assert removed.args == [HERE.path]


@pytest.mark.parametrize(
    ("place", "signal"), [(0, "new_wanted"), (1, "open_wanted"), (2, "sample_wanted"), (3, "table_wanted")]
)
def test_the_four_ways_in_by_key_and_by_mouse(page, qtbot, place, signal):
    with qtbot.waitSignal(getattr(page, signal)):
        qtbot.keyClick(page.ways[place], Qt.Key.Key_Space)
    with qtbot.waitSignal(getattr(page, signal)):
        qtbot.mouseClick(page.ways[place], Qt.MouseButton.LeftButton)


def test_the_sample_opens_by_the_key_on_its_cap(page, qtbot):
    with qtbot.waitSignal(page.sample_wanted):
        qtbot.keyClick(page.rows[0], Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)


def test_arrows_walk_the_ways(page, qtbot):
    page.ways[0].setFocus()
    qtbot.keyClick(page.ways[0], Qt.Key.Key_Down)
    assert page.ways[1].hasFocus()


def test_without_recent_projects_it_says_so_and_new_project_has_the_focus(qtbot):
    page = StartPage(Theme())
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.focus_first()
    assert page.ways[0].hasFocus()
    assert any("None yet" in words for words in words_in(page))


@pytest.mark.parametrize(
    ("then", "words"),
    [
        (datetime(2031, 3, 14, 9, 5), "Today, 09:05"),
        (datetime(2031, 3, 13, 23, 59), "Yesterday"),
        (datetime(2031, 3, 9), "Sunday"),
        (datetime(2031, 3, 7), "7 March"),
        (datetime(2031, 1, 2), "2 January"),
        (datetime(2030, 12, 31), "31 December 2030"),
    ],
)
def test_times_are_said_as_people_say_them(then, words):
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English))
    try:
        assert said_when(then, NOW) == words
    finally:
        QLocale.setDefault(before)
