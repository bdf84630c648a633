"""The agreement window where there is little room: seven coders and codes with long names at 1024 x 700."""

import random
import re

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from annotator.gui.agreement import places as panel
from annotator.gui.agreement.tabs import CONFUSION, EVERY
from annotator.gui.agreement.window import AgreementWindow
from tests.agreement.projects import Codings

PEOPLE = ("Alexandra Papadopoulos-Schmidt", "Benedikt Long", "Chiara", "Dong-hyun", "Ekaterina", "François", "Gulbahar")
CODES = [f"{what} to international {whom}" for what in ("Appeal", "Threat") for whom in ("law", "organisations", "aid")]
CODES += [f"Justification by treaty obligations, number {n}" for n in range(19)]
TEXT = "One is said here. Two is said here. Three is said here. Four is said here. Five is said here."


@pytest.fixture(scope="module")
def hard(tmp_path_factory):
    drawn, made = random.Random(1), Codings(tmp_path_factory.mktemp("hard"))
    for name in CODES:
        made.code(name)
    places = [(found.start(), found.end()) for found in re.finditer(r"\S[^.]*\.", TEXT)]
    for n in range(6):
        title = f"Statement of the ministry, day {n}"
        made.document(title, TEXT)
        truths = [(drawn.choice(CODES[:8]), *place) for place in places]
        for who in PEOPLE[: 7 if n < 2 else 6]:
            made.coded(who, title, *[one for one in truths if drawn.random() < 0.7])
    yield made
    made.project.close()


@pytest.fixture
def window(qtbot, theme, hard):
    made = AgreementWindow(theme, hard.project)
    made.choices.replicates.setText("50")
    qtbot.addWidget(made)
    made.resize(1024, 700)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: made.numbers is not None and not made._is_stale, timeout=30_000)
    yield made
    made.close()


def test_every_coder_of_the_matrix_is_in_sight(window, qtbot):
    matrix = window.matrix
    assert len(matrix.grid.names) == 7
    qtbot.waitUntil(lambda: matrix.is_narrow)
    assert matrix.grid.width() <= matrix.around.viewport().width()
    assert window.side.horizontalScrollBar().maximum() == 0
    under = [one.text() for one in matrix.people.findChildren(QLabel) if one.isVisible()]
    assert "all without" in under, "the numbers of coders stand below the matrix"
    assert len(under) == 2 + 2 * 7


def test_a_matrix_with_room_has_the_numbers_beside_it(window, qtbot):
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: not window.matrix.is_narrow)
    assert window.matrix.beside.isVisible()
    assert not window.matrix.under.isVisible()


def test_a_cell_that_the_keys_reach_is_in_sight(window, qtbot):
    matrix = window.matrix
    matrix.resize(150, matrix.height())
    matrix.grid.setFocus()
    for _ in range(5):
        qtbot.keyClick(matrix.grid, Qt.Key.Key_Down)
    for _ in range(6):
        qtbot.keyClick(matrix.grid, Qt.Key.Key_Right)
    assert matrix.grid.at == (5, 6)
    x = matrix.grid.mapTo(matrix.around.viewport(), QPoint(5 * matrix.grid.cell, 0)).x()
    assert 0 <= x <= matrix.around.viewport().width() - matrix.grid.cell


def test_the_places_show_all_of_their_last_column(window):
    table = window.tabs.places.table
    last = table.model().columnCount() - 1
    assert last == 9
    assert table.columnViewportPosition(last) + table.columnWidth(last) <= table.viewport().width()
    assert table.horizontalScrollBar().maximum() == 0


def test_more_coders_than_fit_scroll_below_the_places(window, monkeypatch):
    places = window.tabs.places
    before = places.table.height()
    monkeypatch.setattr(panel, "NARROW", 120)
    places.table.fit()
    assert places.table.is_too_wide(places.width())
    places._fit()
    assert places.table.height() > before
    assert places.table.horizontalScrollBar().maximum() > 0


def test_no_two_codes_look_alike(window):
    shown = window.table.names()
    assert len({shown[code] for code in shown}) == len(shown)
    assert all("…" in shown[code] for code in CODES[7:]), "there is not room for them all"
    index = window.table.rows.index(1)
    assert shown[window.table.rows.lines[1].code] != index.data(Qt.ItemDataRole.ToolTipRole)
    assert str(window.table.rows.lines[1].code) in index.data(Qt.ItemDataRole.ToolTipRole)


def test_the_fields_of_the_confusion_leave_the_figure_its_room(window, qtbot):
    window.tabs.bar.setCurrentIndex(CONFUSION)
    page = window.tabs.confusion
    qtbot.waitUntil(lambda: page.figure.picture is not None)
    assert page.around.y() <= 40
    assert page.two.geometry().right() <= page.width()
    assert page.figure.minimumWidth() > page.around.viewport().width(), "it scrolls, and is not pressed"


def test_what_to_be_careful_about_leaves_the_numbers_their_room(window, qtbot):
    window.tabs.bar.setCurrentIndex(EVERY)
    page = window.tabs.every
    qtbot.waitUntil(lambda: page.table.model().rowCount() > 0)
    assert page.careful.height() <= max(76, page.height() // 4)
    assert page.table.height() >= page.height() // 2


def test_a_pair_of_few_documents_shows_its_range_in_brackets(window):
    grid = window.matrix.grid
    pair = next(pair for pair, row in grid.pairs.items() if row and row.lowest is not None)
    told = grid.told(pair)
    assert re.search(r"\(\.?[\d.]+ – [\d.]+\)", told)
    assert "in brackets the range" in window.matrix.why.text()
