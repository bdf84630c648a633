"""The codebook beside the text: tree, counts, filter, keys, dragging, and the definition below it."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from annotator.gui.panels.codebook import CODE, MIME, CodebookPanel, begins
from annotator.gui.theme import Theme
from annotator.model import Code

pytestmark = pytest.mark.qt_log_ignore("plugin does not support")  # of the platform without a screen

MOVES = Code("F1", "Moves", codable=False)
DENIAL = Code(
    "c1",
    "Denial",
    parent="F1",
    key="d",
    definition="Says that something is not so.",
    use_when="The claim is named.",
    boundary="Take claim and rejection.",
    examples=("No such order was given.", "It is false."),
)
OFFER = Code("c2", "Offer of dialogue", parent="F1", position=1, key="o", definition="Talks are proposed.")
FRAMES = Code("F2", "Framing", position=1, codable=False)
LABEL = Code("c3", "Loaded label", parent="F2", key="l")
OLD = Code("c4", "Old label", parent="F2", position=1, retired=True)
CODES = [MOVES, DENIAL, OFFER, FRAMES, LABEL, OLD]


@pytest.fixture
def panel(qtbot):
    made = CodebookPanel(Theme())
    qtbot.addWidget(made)
    made.resize(312, 400)
    made.show_codebook(CODES, {"c1": 2})
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    return made


def shown(panel: CodebookPanel) -> list[str]:
    """The names of all lines that stand open, from the top."""
    names, index = [], panel.tree.model().index(0, 0)
    while index.isValid():
        names.append(index.data(CODE).name)
        index = panel.tree.indexBelow(index)
    return names


def place(panel: CodebookPanel, code: Code) -> QPoint:
    return panel.tree.visualRect(panel._index(code.id)).center()


def test_codes_stand_in_their_families_and_retired_ones_only_when_used(panel):
    assert shown(panel) == ["Moves", "Denial", "Offer of dialogue", "Framing", "Loaded label"]
    panel.show_codebook(CODES, {"c4": 1})
    assert shown(panel)[-1] == "Old label"


def test_families_count_what_is_below_them(panel):
    panel.show_codebook(CODES, {"c1": 2, "c2": 3, "c3": 1})
    assert panel.painter._total(MOVES) == 5
    assert panel.painter._total(FRAMES) == 1


def test_a_tree_of_any_depth(panel):
    inner = Code("F3", "Inner", parent="F1", position=2, codable=False)
    deep = Code("c9", "Deep", parent="F3")
    panel.show_codebook([*CODES, inner, deep], {"c9": 4})
    assert shown(panel)[3:5] == ["Inner", "Deep"]
    assert panel.painter._total(MOVES) == 4


def test_a_click_codes_and_leaves_the_focus_where_it_was(panel, qtbot):
    panel.filter.setFocus()
    with qtbot.waitSignal(panel.chosen) as told:
        qtbot.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=place(panel, OFFER))
    assert told.args == ["c2"]
    assert panel.filter.hasFocus()


def test_a_click_on_a_family_folds_it_and_codes_nothing(panel, qtbot):
    with qtbot.assertNotEmitted(panel.chosen):
        qtbot.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=place(panel, MOVES))
    assert shown(panel) == ["Moves", "Framing", "Loaded label"]
    panel.show_codebook([*CODES, Code("c8", "New", parent="F2", position=5)], {})
    assert shown(panel) == ["Moves", "Framing", "Loaded label", "New"]


def test_keys_walk_the_tree_and_enter_codes(panel, qtbot):
    panel.set_current("c1")
    panel.setFocus()
    assert panel.tree.hasFocus()
    with qtbot.waitSignal(panel.chosen) as told:
        qtbot.keyClick(panel.tree, Qt.Key.Key_Down)
        qtbot.keyClick(panel.tree, Qt.Key.Key_Return)
    assert told.args == ["c2"]
    qtbot.keyClick(panel.tree, Qt.Key.Key_Up)
    qtbot.keyClick(panel.tree, Qt.Key.Key_Up)
    qtbot.keyClick(panel.tree, Qt.Key.Key_Left)
    assert shown(panel)[:2] == ["Moves", "Framing"]
    with qtbot.waitSignal(panel.done):
        qtbot.keyClick(panel.tree, Qt.Key.Key_Escape)


def test_the_filter_finds_beginnings_of_words_and_whole_families(panel, qtbot):
    panel.filter.setFocus()
    qtbot.keyClicks(panel.filter, "dia")
    assert shown(panel) == ["Moves", "Offer of dialogue"]
    panel.filter.setText("fram")
    assert shown(panel) == ["Framing", "Loaded label"]
    panel.filter.setText("abel")
    assert shown(panel) == []
    assert panel.nothing.isVisible()
    assert panel.nothing.text() == "No code begins with “abel”."
    qtbot.keyClick(panel.filter, Qt.Key.Key_Escape)
    assert len(shown(panel)) == 5
    assert not panel.nothing.isVisible()


def test_enter_in_the_filter_takes_the_first_code_so_named(panel, qtbot):
    qtbot.keyClicks(panel.filter, "l")
    with qtbot.waitSignal(panel.chosen) as told:
        qtbot.keyClick(panel.filter, Qt.Key.Key_Return)
    assert told.args == ["c3"]


def test_filtering_does_not_forget_what_was_folded(panel, qtbot):
    panel.tree.collapse(panel._index("F1"))
    panel.filter.setText("den")
    assert shown(panel) == ["Moves", "Denial"]
    panel.filter.clear()
    assert shown(panel) == ["Moves", "Framing", "Loaded label"]


def test_the_definition_is_that_of_the_pointer_else_of_the_current_code(panel, qtbot):
    panel.set_current("c1")
    assert panel.definition.code == DENIAL
    told = []
    panel.pointed.connect(told.append)
    qtbot.mouseMove(panel.tree.viewport(), place(panel, OFFER))
    assert panel.definition.code == OFFER
    qtbot.mouseMove(panel.tree.viewport(), place(panel, MOVES))
    assert panel.definition.code == DENIAL
    qtbot.mouseMove(panel.tree.viewport(), place(panel, LABEL))
    QApplication.sendEvent(panel.tree, QEvent(QEvent.Type.Leave))
    assert panel.definition.code == DENIAL
    assert told == ["c2", None, "c3", None]


def test_where_no_code_is_chosen_the_place_of_the_definition_says_what_it_is(panel, qtbot):
    qtbot.addWidget(panel.definition)
    panel.definition.show()
    panel.definition.show_code(None)
    assert panel.definition.hint.isVisible()
    panel.definition.show_code(DENIAL)
    assert not panel.definition.hint.isVisible()


def test_the_definition_follows_the_keys_while_they_are_here(panel, qtbot):
    panel.set_current("c1")
    panel.setFocus()
    qtbot.keyClick(panel.tree, Qt.Key.Key_Down)
    assert panel.definition.code == OFFER
    panel.filter.setFocus()
    assert panel.definition.code == DENIAL


def test_the_definition_says_only_what_the_codebook_says(panel, qtbot):
    qtbot.addWidget(panel.definition)
    panel.definition.show()
    panel.set_current("c1")
    lines = {name.text(): said.text() for name, said in panel.definition.lines if said.isVisible()}
    assert lines == {
        "Use when": "The claim is named.",
        "Boundary": "Take claim and rejection.",
        "Example": "“No such order was given.”\n“It is false.”",
    }
    assert "Use when: The claim is named." in panel.definition.accessibleName()
    panel.set_current(None)
    assert panel.definition.code is None


def test_dragging_a_code_carries_its_id_and_families_cannot_be_dragged(panel):
    model = panel.tree.model()
    mime = model.mimeData([panel._index("c2")])
    assert bytes(mime.data(MIME).data()) == b"c2"
    assert model.flags(panel._index("c2")) & Qt.ItemFlag.ItemIsDragEnabled
    assert not model.flags(panel._index("F1")) & Qt.ItemFlag.ItemIsDragEnabled


def test_a_menu_is_asked_for(panel, qtbot):
    view, at = panel.tree.viewport(), place(panel, LABEL)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.mapToGlobal(at))
    with qtbot.waitSignal(panel.menu_wanted) as told:
        QApplication.sendEvent(view, event)
    assert told.args == ["c3", view.mapToGlobal(at)]


def test_new_counts_keep_scroll_place_and_cursor(panel, qtbot):
    many = [Code(f"m{n}", f"Code {n}", parent="F2", position=n) for n in range(60)]
    panel.show_codebook([*CODES, *many], {})
    panel.set_current("m50")
    before = panel.tree.verticalScrollBar().value()
    assert before > 0
    panel.show_codebook([*CODES, *many], {"m1": 3})
    assert panel.tree.verticalScrollBar().value() == before
    assert panel.tree.currentIndex().data(CODE).id == "m50"


def test_beginnings_of_words():
    assert begins("Offer of dialogue", "DIA")
    assert begins("Offer of dialogue", "of d")
    assert not begins("Offer of dialogue", "alogue")
    assert begins("Blame-shift", "shift")


def test_every_control_has_a_name(panel):
    assert panel.filter.accessibleName() == "Filter codes"
    assert panel.tree.accessibleName() == "Codes"
    assert panel._index("c1").data(Qt.ItemDataRole.AccessibleTextRole) == "Denial, key D"
