"""What a person chooses under View is done, shown as chosen, kept on this machine, and follows the system until then."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from annotator import settings
from annotator.gui import looks
from annotator.gui.actions import ACTIONS
from annotator.gui.main_window import MainWindow
from annotator.gui.places import Places
from annotator.gui.theme import Theme, contrast

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def action(words: str):
    return next(one for one in ACTIONS if one.words == words)


@pytest.fixture(autouse=True)
def as_usual(qapp):
    yield
    Theme().apply(qapp, dark=False, high=False)


@pytest.mark.parametrize(
    ("words", "name"),
    [("Stripes by coder", "by_coder"), ("Line numbers", "line_numbers"), ("Overview bar", "overview")],
)
def test_what_is_beside_the_text_is_chosen_ticked_and_kept(seat, team, qtbot, words, name):
    seat.sit_down(team, "Ada")
    seen = getattr(seat.work.text.options, name)
    seat.window.run(action(words))
    assert getattr(seat.work.text.options, name) is not seen
    assert seat.window.actions_[action(words)].isChecked() is not seen
    seat.sit_down(team, "Ben")
    assert getattr(seat.work.text.options, name) is not seen
    again = MainWindow(Theme(), settings.load(), Places())
    qtbot.addWidget(again)
    assert getattr(again.looks, name) is not seen


def test_quiet_text_is_kept_too(seat, team):
    seat.sit_down(team, "Ada")
    seat.press(Key.Key_F9)
    assert seat.work.text.quiet
    assert seat.window.actions_[action("Quiet text, without tints")].isChecked()
    seat.sit_down(team, "Ben")
    assert seat.work.text.quiet
    seat.press(Key.Key_F9)
    assert not seat.work.text.quiet


def test_high_contrast_comes_by_key_is_kept_and_goes_again(seat, team):
    seat.sit_down(team, "Ada")
    theme, chosen = seat.window.theme, settings.load
    seat.press(Key.Key_H, Ctrl | Shift)
    assert theme.high
    assert contrast(theme.text, theme.canvas) >= 7
    assert seat.window.actions_[action("High contrast")].isChecked()
    assert chosen().contrast == "high"
    image = seat.work.text.viewport().grab().toImage()
    assert image.pixelColor(4, image.height() - 4) == theme.canvas
    seat.press(Key.Key_D, Ctrl | Shift)
    assert theme.high
    assert theme.canvas == QColor("#000000")
    assert (chosen().theme, chosen().contrast) == ("dark", "high")
    seat.press(Key.Key_H, Ctrl | Shift)
    assert not theme.high
    assert theme.dark


def test_textures_are_wanted_by_choice_and_always_there_with_high_contrast(seat, team):
    seat.sit_down(team, "Ada")
    window, textures = seat.window, action("Textures of codes")
    given = seat.work.coding.book.textures()
    assert not window.theme.has_textures
    window.run(textures)
    assert window.theme.has_textures
    assert all(window.theme.texture(code) == texture for code, texture in given.items())
    window.run(textures)
    window.run(action("High contrast"))
    assert window.theme.has_textures
    assert window.actions_[textures].isChecked()


def test_colours_follow_the_system_until_a_person_chooses(seat, team, monkeypatch):
    seat.sit_down(team, "Ada")
    window, system = seat.window, action("Colours as the system has them")
    window.run(action("Light or dark"))
    assert not window.looks.as_system
    monkeypatch.setattr(looks, "is_dark", lambda wanted: wanted in ("system", "dark"))
    monkeypatch.setattr(looks, "is_high", lambda wanted: wanted in ("system", "high"))
    window.run(system)
    assert window.actions_[system].isChecked()
    assert (window.theme.dark, window.theme.high) == (True, True)
    monkeypatch.setattr(looks, "is_high", lambda wanted: wanted == "high")
    hints = QApplication.styleHints()
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert (window.theme.dark, window.theme.high) == (True, False)
    window.run(system)
    assert (settings.load().theme, settings.load().contrast) == ("dark", "normal")


def test_what_the_settings_say_goes_before_the_system():
    assert looks.is_dark("dark")
    assert not looks.is_dark("light")
    assert looks.is_high("high")
    assert not looks.is_high("normal")
    assert looks.is_high("system") in (True, False)


def test_the_annotations_of_the_line_are_listed_by_key_and_one_is_made_current(seat, team):
    seat.sit_down(team, "Ada")
    seat.press(Key.Key_D)
    text = seat.work.text
    made = seat.work.coding.current
    text.put_caret(seat.annotations()[0].spans[0].start + 1)
    seat.work.coding.make_current(None)
    seat.press(Key.Key_F4)
    assert text.crowd.annotations() == [made]
    seat.qtbot.keyClick(text.crowd, Key.Key_Return)
    assert seat.work.coding.current == made


def test_a_texture_stays_with_its_code_when_another_is_made(seat, team):
    seat.sit_down(team, "Ada")
    book = seat.work.coding.book
    before = book.textures()
    assert set(before) == set(book.drawn)
    assert book.textures() == before
