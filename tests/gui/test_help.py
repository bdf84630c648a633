"""The help: its pages, their pictures and links, the keys as they are, and how one gets there."""

import re

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from annotator import paths
from annotator.gui.help import KEYS, HelpWindow, picture_of, shipped, topic_of
from annotator.gui.key_lines import shortcuts

from .conftest import Key

PAGES = [page for folder in ("start", "panels") for page in shipped(folder)]


@pytest.fixture
def help_window(qtbot, window):
    window.show_help()
    yield window.help
    window.help.close()


def test_getting_started_has_five_pages_and_names_are_told_apart():
    assert len(shipped("start")) == 5
    names = [page.name for page in PAGES]
    assert len({*names}) == len(names)
    assert all(page.title and page.name for page in PAGES)


def test_all_pictures_are_there_in_both_themes_and_none_lies_about():
    named = {name for page in PAGES for name in re.findall(r"!\[[^\]]+\]\((\w+)\)", page.words)}
    files = {picture_of(name, dark=dark) for name in named for dark in (False, True)}
    assert {*(paths.resources() / "help" / "pictures").iterdir()} == files
    assert all(not QImage(str(file)).isNull() for file in files)


def test_every_picture_is_said_in_words_and_every_link_leads_to_a_page():
    names = {page.name for page in PAGES} | {KEYS}
    for page in PAGES:
        assert "![]" not in page.words
        assert {*re.findall(r"(?<!!)\[[^\]]+\]\((\w+)\)", page.words)} <= names


def test_pages_are_found_by_words_and_shown(qtbot, help_window):
    help_window.field.setText("zzz")
    assert not help_window.list.lines()
    assert help_window.none.isVisible()
    help_window.field.setText("blind round")
    found = [line.id for line in help_window.list.lines() if line.id]
    assert found
    assert all("blind" in help_window.pages[name].words.casefold() for name in found)
    assert help_window.list.current() in found


def test_a_link_leads_to_its_page_also_past_a_filter(help_window):
    help_window.field.setText("palette")
    help_window.show_page(KEYS)
    assert help_window.list.current() == KEYS
    assert "Choose from the palette" in help_window.browser.toPlainText()


def test_headings_of_the_list_cannot_be_chosen(qtbot, help_window):
    help_window.list.setFocus()
    for _ in range(help_window.list.count()):
        qtbot.keyClick(help_window.list, Key.Key_Down)
        assert help_window.list.current()


def test_the_page_of_keys_has_every_action_that_has_one(help_window):
    help_window.show_page(KEYS)
    words = help_window.browser.toPlainText()
    missing = [one.words for one in shortcuts() if one.caps and one.words not in words]
    assert missing == []


def test_pictures_follow_the_theme_and_are_twice_as_fine(help_window, theme):
    page = next(page for page in PAGES if "](window)" in page.words)
    help_window.show_page(page.name)
    light = help_window.browser.loadResource(2, "window")
    theme.set_dark(True)
    dark = help_window.browser.loadResource(2, "window")
    assert light.devicePixelRatio() == 2
    assert light.pixelColor(4, light.height() // 2) != dark.pixelColor(4, dark.height() // 2)


def test_f1_opens_the_page_of_what_has_the_focus(seat, team):
    seat.sit_down(team, "Sue")
    for widget, topic in ((seat.work.text, "text"), (seat.work.codebook.tree, "codebook")):
        widget.setFocus()
        assert topic_of(QApplication.focusWidget()) == topic
        seat.press(Key.Key_F1)
        shown = next(one for one in QApplication.topLevelWidgets() if isinstance(one, HelpWindow) and one.isVisible())
        assert shown.list.current() == topic
        shown.close()
        seat.window.activateWindow()


def test_every_topic_of_the_window_has_a_page(seat, team):
    seat.sit_down(team, "Sue")
    topics = {str(one.property("help")) for one in seat.window.findChildren(QWidget) if one.property("help")}
    assert {"text", "documents", "codebook", "annotation"} <= topics
    assert topics <= {page.name for page in PAGES}
