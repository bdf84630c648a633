"""Where one reads from right to left the whole window is turned over: what lies at the left lies at the right."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from PySide6.QtCore import QLocale, QPoint, QRect, Qt, QTranslator
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from annotator import settings
from annotator.gui import app as program
from annotator.gui.agreement.matrix import Grid
from annotator.gui.dialogs.hand_out import HandOutDialog
from annotator.gui.main_window import MainWindow
from annotator.gui.marks import Progress
from annotator.gui.parts import Flow, Segmented, label, row
from annotator.gui.places import Places
from annotator.gui.theme import Theme
from tests import translations
from tests.gui.conftest import Key, Seat
from tests.gui.surfaces import SIZES, SURFACES, Place, at_work, drawer_pages, settle, shown

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise")

LEFT_TO_RIGHT, RIGHT_TO_LEFT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft


@contextmanager
def reading(way: Qt.LayoutDirection) -> Iterator[None]:
    QApplication.setLayoutDirection(way)
    try:
        yield
    finally:
        QApplication.setLayoutDirection(LEFT_TO_RIGHT)


@pytest.fixture
def turned():
    """The program reads from right to left."""
    with reading(RIGHT_TO_LEFT):
        yield


def extent(widget: QWidget, colour: QColor) -> tuple[int, int]:
    """The first and the last column of a widget that has this colour."""
    image = widget.grab().toImage()
    columns = [x for x in range(image.width()) if any(image.pixelColor(x, y) == colour for y in range(image.height()))]
    assert columns, f"{type(widget).__name__} has nothing in {colour.name()}"
    return columns[0], columns[-1]


PARTS: dict[str, tuple[str, Callable[[Seat, Any], QWidget], str]] = {  # surface, the part in it, what is looked for
    "documents": ("the window", lambda seat, _: seat.work.documents.list.viewport(), "accent"),
    "codes": ("the window", lambda seat, _: seat.work.codebook.tree.viewport(), "code"),
    "stripes beside the text": ("the window", lambda seat, _: seat.work.text.margin, "code"),
    "name of a code": ("the window", lambda seat, _: seat.work.codebook.definition.name, "code"),
    "field of the code": ("the window", lambda seat, _: seat.work.inspector.code, "code"),
    "palette": ("palette", lambda seat, _: seat.work.palette_.list.viewport(), "code"),
    "differences": ("comparison", lambda _, page: page.differences.list.viewport(), "code"),
    "coders of a comparison": ("comparison", lambda _, page: page.head.coders[1], "text"),
    "places beside the text": ("comparison", lambda _, page: page.text.margin, "accent"),
    "lists of dialogs": ("hand out", lambda _, dialog: dialog.documents.viewport(), "accent"),
    "codebook editor": ("codebook editor", lambda _, editor: editor.tree.viewport(), "code"),
    "table of agreement": ("agreement", lambda _, made: made.table.list.viewport(), "label"),
    "ticks of agreement": ("agreement", lambda _, made: made.choices.coders.viewport(), "accent"),
}


@pytest.fixture
def place(tmp_path) -> Iterator[Place]:
    made = Place(tmp_path)
    yield made
    made.close()


def parts(qtbot, theme: Theme, place: Place) -> dict[str, tuple[tuple[int, int], int]]:
    """Where each of the parts has its colour, and how wide it is."""
    window = MainWindow(theme, settings.load(), Places.of_nobody())
    qtbot.addWidget(window)
    window.show()
    seat = Seat(qtbot, window)
    seat.sit_down(place, "Sue")
    found = {}
    for surface in dict.fromkeys(surface for surface, _, _ in PARTS.values()):
        with shown(seat, place, SURFACES[surface], SIZES[0]) as widget:
            settle()
            for name, (where, part, what) in PARTS.items():
                if where == surface:
                    code = next(iter(place.codes.values()))
                    made = part(seat, widget)
                    colours = {"code": theme.colour(code.colour), "label": theme.code_colours[1]}  # of a bar in parts
                    found[name] = extent(made, colours.get(what) or getattr(theme, what))
                    found[name] = found[name], made.width()
    window.close()
    return found


def test_what_is_painted_is_turned_over(qtbot, theme, place):
    """What begins so far from the left begins as far from the right."""
    before = parts(qtbot, theme, place)
    with reading(RIGHT_TO_LEFT):
        after = parts(qtbot, theme, place)
    for name, (at, width) in before.items():
        there, _ = after[name]
        assert abs(width - 1 - at[0] - there[1]) <= 3, (name, at, there, width)


def test_the_columns_and_the_margin_change_sides(turned, qtbot, theme, place):
    window = MainWindow(theme, settings.load(), Places.of_nobody())
    qtbot.addWidget(window)
    window.resize(*SIZES[0])
    window.show()
    seat = Seat(qtbot, window)
    seat.sit_down(place, "Sue")
    at_work(seat, place)
    settle()
    work = seat.work
    assert work.side.x() < work.centre.x() < work.documents.x()
    text = work.text
    assert text.margin.geometry().right() < text.viewport().geometry().left()
    assert text.verticalScrollBar().mapTo(text, QPoint(0, 0)).x() < text.margin.x()
    stripe, annotation = text.margin._spots()[0]
    point = QPoint(text.margin.width() - round(stripe.center().x()), round(stripe.center().y()))
    assert text.margin.annotation_at(point) == annotation
    qtbot.mouseClick(text.margin, Qt.MouseButton.LeftButton, pos=point)
    assert work.coding.current == annotation
    window.close()


def test_margins_rows_and_wrapping_lines_begin_at_the_right(turned, qtbot, theme):
    made = QWidget()
    qtbot.addWidget(made)
    made.setLayout(row(label("first"), None, label("last"), margins=(32, 0, 8, 0)))
    made.resize(300, 40)
    made.show()
    first, last = made.children()[-2:]
    assert isinstance(first, QWidget)
    assert isinstance(last, QWidget)
    assert (first.geometry().right(), last.x()) == (300 - 32 - 1, 8)
    wrapped = QWidget()
    qtbot.addWidget(wrapped)
    words = [label(word) for word in ("one", "two", "three")]
    wrapped.setLayout(Flow(*words))
    wrapped.resize(300, 40)
    wrapped.show()
    assert words[0].geometry().right() == 299
    assert words[0].x() > words[1].x() > words[2].x()


def test_arrow_keys_go_the_way_one_reads(turned, qtbot, theme):
    made = Segmented(["one", "two", "three"], 1)
    qtbot.addWidget(made)
    qtbot.keyClick(made, Key.Key_Left)
    assert made.chosen() == 2
    qtbot.keyClick(made, Key.Key_Right)
    assert made.chosen() == 1
    grid = Grid(theme)
    qtbot.addWidget(grid)
    grid.put(("Ada", "Ben", "Cy"), ["A", "B", "C"], {}, None)
    qtbot.keyClick(grid, Key.Key_Down)
    assert grid.at == (0, 2)
    qtbot.keyClick(grid, Key.Key_Left)
    assert grid.at == (1, 2)
    assert grid.pair_at(QPoint(grid.width() - 5, 50)) == (0, 1)


def test_progress_grows_from_the_right(turned, qtbot, theme):
    made = Progress(0.25, theme, 200)
    qtbot.addWidget(made)
    first, last = extent(made, theme.good)
    assert first >= 148
    assert last >= 197


def test_the_list_of_a_dialog_ticks_at_the_right(turned, seat, place):
    seat.sit_down(place, "Sue")
    with shown(seat, place, SURFACES["hand out"], SIZES[0]) as dialog:
        assert isinstance(dialog, HandOutDialog)
        row_: QRect = dialog.documents.visualItemRect(dialog.documents.item(0))
        before = dialog.documents.ticked_ids()
        seat.qtbot.mouseClick(dialog.documents.viewport(), Qt.MouseButton.LeftButton, pos=row_.center())
        assert len(dialog.documents.ticked_ids()) == len(before) - 1


@pytest.fixture
def spoken(qapp):
    """Translators that a test installs are gone after it."""
    yield
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QApplication.setLayoutDirection(LEFT_TO_RIGHT)


def test_only_a_language_that_the_program_speaks_turns_the_window(spoken, qapp, tmp_path: Path, monkeypatch):
    assert not program.speak(qapp, QLocale("ar"), tmp_path)
    assert qapp.layoutDirection() == LEFT_TO_RIGHT
    monkeypatch.setattr(translations, "FOLDER", tmp_path)
    said = "<message><source>Annotator</source><translation>مرمّز</translation></message>"
    words = f'<TS version="2.1" language="ar"><context><name>MainWindow</name>{said}</context></TS>'
    (tmp_path / "annotator_ar.ts").write_text(f"<!DOCTYPE TS>{words}", encoding="utf-8")
    translations.release()
    assert program.speak(qapp, QLocale("ar"), tmp_path)
    qapp.processEvents()
    assert qapp.layoutDirection() == RIGHT_TO_LEFT


@contextmanager
def places_of_words() -> Iterator[list[tuple[str, QRect]]]:
    """What our own code writes meanwhile, and where on its widget the letters stand."""
    before, heard = QPainter.drawText, list[tuple[str, QRect]]()

    def draw(painter, *args):
        if isinstance(args[0], QRect) and isinstance(args[-1], str) and args[-1]:
            heard.append((args[-1], painter.transform().mapRect(painter.boundingRect(*args))))
        return before(painter, *args)

    with patch.object(QPainter, "drawText", draw):
        yield heard


def rows_in_sight(seat: Seat) -> QWidget:
    """Where the list that is open in the drawer paints its rows."""
    return next(one for one in seat.work.drawer.findChildren(QAbstractItemView) if one.isVisible()).viewport()


@pytest.mark.parametrize("way", [LEFT_TO_RIGHT, RIGHT_TO_LEFT])
def test_no_words_of_a_line_stand_on_others_whichever_way_one_reads(qtbot, theme, place, way):
    with reading(way):
        window = MainWindow(theme, settings.load(), Places.of_nobody())
        qtbot.addWidget(window)
        window.show()
        seat = Seat(qtbot, window)
        seat.sit_down(place, "Sue")
        pages = {name: open_it for name, open_it in drawer_pages(seat).items() if "find" not in name}
        for name, open_it in {**pages, "drawer, find": SURFACES["hits"]}.items():
            with shown(seat, place, open_it, SIZES[0]):
                settle()
                viewport = rows_in_sight(seat)
                with places_of_words() as heard:
                    viewport.grab()
                assert heard, name
                for one, area in heard:
                    assert 0 <= area.left() <= area.right() <= viewport.width(), (name, one)
                for (one, area), (other, there) in combinations(heard, 2):
                    both = area.intersected(there)
                    assert both.width() <= 1 or both.height() <= 2, (name, one, other)
        window.close()


def test_the_ground_of_a_row_is_turned_over(qtbot, theme, place):
    found = []
    for way in (LEFT_TO_RIGHT, RIGHT_TO_LEFT):
        with reading(way):
            window = MainWindow(theme, settings.load(), Places.of_nobody())
            qtbot.addWidget(window)
            window.show()
            seat = Seat(qtbot, window)
            seat.sit_down(place, "Sue")
            at_work(seat, place)
            seat.press(Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
            settle()
            viewport = rows_in_sight(seat)
            found.append((extent(viewport, theme.accent_soft), viewport.width()))
            window.close()
    (before, width), (after, _) = found
    assert abs(width - 1 - before[0] - after[1]) <= 1
    assert abs(width - 1 - before[1] - after[0]) <= 1
