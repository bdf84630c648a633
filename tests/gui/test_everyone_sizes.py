"""Text from 8 to 48 points, an interface of twice the size: nothing is cut off, and what has no room gives way."""

import os
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPushButton, QWidget

from annotator import settings
from annotator.gui import interface_size
from annotator.gui.actions import ACTIONS
from annotator.gui.dialogs.dialog import Dialog
from annotator.gui.textview.index import Mark
from annotator.gui.textview.view import LARGEST, SMALLEST, CodedTextView
from tests.gui.surfaces import Place, all_surfaces, drawer_pages, shown

WORDS = "\n\n".join(f"Paragraph {n} denies that the vessel crossed the line, and says so twice." for n in range(120))
SIZES = [float(points) for points in (8, 10, 12, 16, 24, 36, 48)]


@pytest.fixture
def view(qtbot, theme):
    made = CodedTextView(theme)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.set_codes({"code": ("Denial", "#5b7fa6", "#8fb1d6")})
    made.show_text(WORDS)
    made.set_marks([Mark(f"a{n}", "code", "me", n, 60) for n in range(4)])
    made.show()
    return made


def test_the_sizes_are_those_that_are_tried():
    assert (SIZES[0], SIZES[-1]) == (SMALLEST, LARGEST)


@pytest.mark.parametrize("points", SIZES)
def test_lines_lanes_and_numbers_have_room_at_every_size(view, points):
    view.zoom(points)
    metrics, page = QFontMetricsF(view.font()), view.page
    paragraph = page.paragraph(0)
    for line in paragraph.lines:
        assert line.height() >= metrics.ascent() + metrics.descent() - 1
    drawing = view.spans.build(paragraph, range(len(paragraph.lines)))
    for bar in drawing.bars:
        below = [line.y() for line in paragraph.lines if line.y() > bar.rect.top()]
        assert bar.rect.bottom() <= min(below, default=page.heights[0])
    assert page.width >= 340
    assert view.margin.width() >= 56


@pytest.mark.parametrize("points", SIZES)
def test_numbers_of_paragraphs_are_whole_at_every_size(view, points):
    """Nothing of a number touches the edge: the first columns are those of the page."""
    view.zoom(points)
    view.put_caret(WORDS.index("Paragraph 110"))
    view.reveal(WORDS.index("Paragraph 110"), WORDS.index("Paragraph 110") + 3)
    image = view.viewport().grab(QRect(0, 0, 1, view.viewport().height())).toImage()
    assert {image.pixelColor(0, y).name() for y in range(image.height())} == {view.theme.canvas.name()}
    numbers = view.viewport().grab(QRect(0, 0, 31, view.viewport().height())).toImage()
    found = {numbers.pixelColor(x, y).name() for x in range(numbers.width()) for y in range(numbers.height())}
    assert len(found) > 1, "there is no number"


def test_the_interface_grows_by_steps_and_is_remembered(seat, team, monkeypatch):
    seat.sit_down(team, "Ada")
    larger, smaller = (
        next(one for one in ACTIONS if one.run == run) for run in ("interface.larger", "interface.smaller")
    )
    seat.window.run(larger)
    assert "125 %" in seat.work.notice.words.text()
    assert settings.load().interface == 125
    for _ in range(5):
        seat.window.run(larger)
    assert settings.load().interface == 200
    assert "the last step" in seat.work.notice.words.text()
    seat.window.run(smaller)
    kept = settings.load()
    assert kept.interface == 175
    monkeypatch.setenv(interface_size.FACTOR, "1")  # so that it is restored, even where it was not set
    monkeypatch.delenv(interface_size.FACTOR)
    interface_size.grow(kept)
    assert os.environ[interface_size.FACTOR] == "1.75"
    monkeypatch.setenv(interface_size.FACTOR, "3")
    interface_size.grow(kept)
    assert os.environ[interface_size.FACTOR] == "3"


def test_panels_give_way_to_the_text_and_come_back(seat, team):
    seat.sit_down(team, "Ada")
    window, work = seat.window, seat.work
    for width, documents, side in ((1280, True, True), (720, False, True), (512, False, False), (1280, True, True)):
        window.resize(width, 450)
        seat.qtbot.wait(1)
        assert (work.documents.isVisible(), work.side.isVisible()) == (documents, side)
        assert work.text.page.width >= 200
        inside = QRect(QPoint(0, 0), work.size())
        for part in (work.documents, work.centre, work.side):
            assert not part.isVisible() or inside.contains(QRect(part.mapTo(work, QPoint(0, 0)), part.size()))


def test_what_a_person_hid_stays_hidden_while_there_is_room(seat, team):
    seat.sit_down(team, "Ada")
    seat.work.toggle_text_only()
    seat.window.resize(1200, 700)
    assert not seat.work.documents.isVisible()


def test_the_buttons_of_a_dialog_stay_on_a_small_screen(qtbot, theme):
    dialog = Dialog(None, theme, "Large", accept="Do it")
    qtbot.addWidget(dialog)
    large, field = QWidget(), QPushButton("below")
    large.setMinimumSize(300, 3000)
    dialog.body.addWidget(large)
    dialog.body.addWidget(field)
    field.setFocus()
    dialog.show()
    room = dialog.screen().availableGeometry().size()
    assert dialog.height() <= room.height()
    assert dialog.rect().contains(QRect(dialog.primary.mapTo(dialog, QPoint(0, 0)), dialog.primary.size()))
    assert dialog.scroller is not None
    assert dialog.scroller.isAncestorOf(field)
    assert dialog.focusWidget() is field
    assert not dialog.scroller.horizontalScrollBar().isVisible()


@pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise")
def test_at_twice_the_size_every_line_of_labels_has_its_height(seat, tmp_path):
    """1440 x 900 on a screen that shows everything twice as large."""
    team, wrong = Place(tmp_path), []
    for name, widget in all_surfaces(seat, team, ((720, 450),)):
        labels = [one for one in widget.findChildren(QLabel) if one.isVisible() and one.text()]
        low = [one for one in labels if one.height() < one.fontMetrics().ascent()]
        wrong += [f"{name}: {one.text()[:40]} has {one.height()} px" for one in low]
    assert not wrong, "\n".join(wrong)


def test_lines_that_come_into_sight_later_let_a_dialog_scroll_when_they_need_more_than_the_screen(qtbot, theme):
    dialog = Dialog(None, theme, "Small", accept="Do it")
    qtbot.addWidget(dialog)
    later, field = QWidget(), QPushButton("above")
    later.setMinimumSize(300, 3000)
    later.hide()
    dialog.body.addWidget(field)
    dialog.body.addWidget(later)
    dialog.show()
    dialog.activateWindow()
    field.setFocus()
    assert dialog.scroller is None
    later.show()
    qtbot.waitUntil(lambda: dialog.scroller is not None)
    assert dialog.height() <= dialog.screen().availableGeometry().height()
    assert dialog.rect().contains(QRect(dialog.primary.mapTo(dialog, QPoint(0, 0)), dialog.primary.size()))
    assert dialog.focusWidget() is field


@pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise")
def test_at_twice_the_size_no_control_below_the_text_lies_on_another(seat, tmp_path):
    team = Place(tmp_path)
    seat.sit_down(team, "Sue")
    for name, open_it in drawer_pages(seat).items():
        with shown(seat, team, open_it, (720, 450)):
            drawer = seat.work.drawer
            parts = [one for kind in (QLabel, QLineEdit, QAbstractButton) for one in drawer.findChildren(kind)]
            parts = [one for one in parts if one.isVisible() and not isinstance(one.parent(), QAbstractButton)]
            places = [QRect(one.mapTo(drawer, QPoint(0, 0)), one.size()) for one in parts]
            for (one, area), (other, there) in combinations(zip(parts, places, strict=True), 2):
                both = area.intersected(there)
                is_inside = one.isAncestorOf(other) or other.isAncestorOf(one)
                assert is_inside or both.isEmpty(), (name, type(one).__name__, type(other).__name__, area, there)
