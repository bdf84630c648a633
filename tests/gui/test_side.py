"""The right side: what is in sight at which size, and that focus is scrolled to."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from annotator.entities import Registry
from annotator.gui.panels.codebook import CodebookPanel
from annotator.gui.panels.inspector import WIDTH, Inspector
from annotator.gui.panels.side import Side
from annotator.gui.theme import Theme
from annotator.model import Annotation, Attribute, Code
from annotator.text import Span

pytestmark = pytest.mark.qt_log_ignore("plugin does not support")
ASKED = [Attribute(f"a{n}", f"attribute {n}") for n in range(7)]
LONG = Code(
    "c",
    "Denial",
    definition="what it is " * 8,
    use_when="use it " * 20,
    not_when="not when " * 20,
    boundary="from here to there " * 12,
    attributes=tuple(one.id for one in ASKED),
)
OTHER = Code("o", "Other", position=1, definition="short")
ONE = Annotation("x", "d", "me", "r", "c", (Span(0, 4),), ("Some words",))


class Right(QWidget):
    """The right side in a window of a given height."""

    def __init__(self, height: int):
        super().__init__()
        theme = Theme()
        self.codebook, self.inspector = CodebookPanel(theme), Inspector(theme)
        self.side = Side(self.codebook, self.inspector)
        self.side.setParent(self)
        self.side.setGeometry(0, 0, WIDTH, height)
        self.resize(WIDTH, height)
        self.codebook.show_codebook([LONG, OTHER], {})

    def show_one(self) -> None:
        self.codebook.set_current("c")
        self.inspector.show_annotation(ONE, LONG, attributes=ASKED, registry=Registry([]), number=1, total=1)
        for _ in range(3):
            QApplication.processEvents()


@pytest.fixture(params=[840, 640])
def right(qtbot, request):
    made = Right(request.param)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    made.show_one()
    return made


def test_tree_definition_and_inspector_are_all_in_sight(right):
    assert right.codebook.tree.height() >= 96
    assert right.side.definition.height() >= 100
    assert right.side.annotation.height() >= 160
    assert right.side.minimumSizeHint().width() <= WIDTH


def test_the_tree_has_more_than_a_third_of_the_height_until_a_person_draws_the_line(right):
    assert 0.35 <= right.codebook.height() / right.side.height() <= 0.37


def test_definition_and_inspector_never_lie_over_each_other(right):
    below = right.side.height() - right.codebook.height()
    for height in (below, below + 40, below - 40):
        right.side.setSizes([right.side.height() - height, height])
        for _ in range(3):
            QApplication.processEvents()
        assert right.side.definition.geometry().bottom() < right.side.annotation.geometry().top()


def test_where_the_inspector_has_no_room_it_scrolls_and_keeps_the_height_of_its_lines(right):
    right.side.setSizes([right.side.height() - 330, 330])
    for _ in range(3):
        QApplication.processEvents()
    assert right.side.annotation.verticalScrollBar().maximum() > 0
    assert {line.field.height() for line in right.inspector._asked} == {28}


def test_the_tree_stays_as_it_is_whatever_is_shown(right):
    before = right.codebook.height()
    right.inspector.show_nothing("Some words")
    right.codebook.set_current("o")
    for _ in range(3):
        QApplication.processEvents()
    assert right.codebook.height() == before


def test_without_an_annotation_the_definition_has_more_room(right, qtbot):
    before = right.side.definition.height()
    right.inspector.show_nothing("Some words")
    qtbot.waitUntil(lambda: right.side.definition.height() > before + 80)


def test_a_field_that_gets_the_focus_is_brought_into_sight(right):
    right.inspector.memo.setFocus()
    QApplication.processEvents()
    shown = right.side.annotation.viewport()
    top = right.inspector.memo.mapTo(shown, right.inspector.memo.rect().topLeft()).y()
    assert 0 <= top <= shown.height() - right.inspector.memo.height()


def test_the_definition_is_read_by_keys_and_begins_anew_with_another_code(right, qtbot):
    bar = right.side.definition.verticalScrollBar()
    right.codebook.definition.setFocus()
    for _ in range(3):
        qtbot.keyClick(right.codebook.definition, Qt.Key.Key_Down)
    assert bar.value() > 0
    with qtbot.waitSignal(right.codebook.done):
        qtbot.keyClick(right.codebook.definition, Qt.Key.Key_Escape)
    right.codebook.set_current("o")
    assert bar.value() == 0


def test_the_line_between_the_parts_is_kept(right, qtbot):
    right.side.setSizes([200, right.side.height() - 201])
    kept = right.side.saveState()
    again = Right(right.height())
    qtbot.addWidget(again)
    again.side.restoreState(kept)
    again.show()
    QApplication.processEvents()
    assert abs(again.codebook.height() - right.codebook.height()) <= 1
