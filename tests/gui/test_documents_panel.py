"""The list of documents: what it shows, how it is walked, and what it tells."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent, QFontMetrics
from PySide6.QtWidgets import QApplication

from annotator.gui.panels.documents import DocumentGroup, DocumentRow, DocumentsPanel
from annotator.gui.theme import Theme, font
from annotator.model import Document, Round

pytestmark = pytest.mark.qt_log_ignore("plugin does not support")  # of the platform without a screen

PILOT, MAIN = Round("r1", "Pilot"), Round("r2", "Main")


def document(name: str, **details: str) -> Document:
    return Document(name, f"Statement {name}", "0" * 64, filename=f"{name}.txt", details=details)


def group(phase: Round, *states: str, start: int = 0) -> DocumentGroup:
    rows = [
        DocumentRow(document(f"d{start + n}", speaker="Ministry", date="2 May 2031"), phase, state, 0.5)  # type: ignore[arg-type]
        for n, state in enumerate(states)
    ]
    return DocumentGroup(phase.name, tuple(rows), phase)


@pytest.fixture
def panel(qtbot):
    made = DocumentsPanel(Theme())
    qtbot.addWidget(made)
    made.resize(248, 600)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    return made


def shown(panel: DocumentsPanel) -> list[str]:
    """What stands on each line, as a screen reader would say it."""
    model = panel.list.model()
    return [model.index(n, 0).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(model.rowCount())]


def place(panel: DocumentsPanel, line: int) -> QPoint:
    return panel.list.visualRect(panel.entries.index(line)).center()


def test_documents_stand_by_round_in_the_order_given_with_their_states(panel):
    panel.show_rows([group(MAIN, "to do", "in progress", "done")])
    assert shown(panel) == [
        "Main, 1 of 3",
        "Statement d0, 2 May 2031 · Ministry, To do",
        "Statement d1, 2 May 2031 · Ministry, In progress, 50 %",
        "Statement d2, 2 May 2031 · Ministry, Done",
    ]
    assert panel.counted.text() == "1 of 3 done"
    assert panel.progress.share == pytest.approx(1 / 3)


def test_of_what_others_were_handed_it_is_told_how_many_are_done(panel):
    row = DocumentRow(document("d0"), MAIN, "in progress", 2 / 3, others=3)
    panel.show_rows([DocumentGroup("Main, of others", (row,))])
    assert shown(panel)[1] == "Statement d0, d0.txt, 2 of 3 done"


def test_a_round_that_is_done_is_folded_and_opens_for_its_current_document(panel):
    panel.show_rows([group(PILOT, "done", "done"), group(MAIN, "to do", start=2)])
    assert shown(panel) == ["Pilot, 2 of 2", "Main, 0 of 1", "Statement d2, 2 May 2031 · Ministry, To do"]
    panel.set_current("d1", "r1")
    assert len(shown(panel)) == 5


def test_finishing_the_last_document_does_not_fold_the_round_away(panel):
    panel.show_rows([group(MAIN, "done", "to do")])
    panel.show_rows([group(MAIN, "done", "done")])
    assert len(shown(panel)) == 3


def test_documents_not_handed_out_have_no_state_and_do_not_count(panel):
    loose = DocumentGroup("Not handed out", (DocumentRow(document("x")),))
    panel.show_rows([group(MAIN, "done", "to do"), loose])
    assert shown(panel)[-2:] == ["Not handed out, 1", "Statement x, x.txt"]
    assert panel.counted.text() == "1 of 2 done"


def test_a_click_chooses_and_leaves_the_focus_where_it_was(panel, qtbot):
    panel.show_rows([group(MAIN, "to do", "to do")])
    panel.filter.setFocus()
    with qtbot.waitSignal(panel.chosen) as told:
        qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place(panel, 2))
    assert told.args == ["d1", "r2"]
    assert panel.filter.hasFocus()


def test_a_click_on_the_head_folds_and_unfolds(panel, qtbot):
    panel.show_rows([group(MAIN, "to do", "to do")])
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place(panel, 0))
    assert len(shown(panel)) == 1
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place(panel, 0))
    assert len(shown(panel)) == 3


def test_arrows_walk_and_enter_chooses(panel, qtbot):
    panel.show_rows([group(MAIN, "to do", "to do", "to do")])
    panel.set_current("d0", "r2")
    panel.setFocus()
    assert panel.list.hasFocus()
    with qtbot.waitSignal(panel.chosen) as told:
        qtbot.keyClick(panel.list, Qt.Key.Key_Down)
        qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert told.args == ["d1", "r2"]


def test_left_goes_up_to_the_head_and_folds_and_right_unfolds(panel, qtbot):
    panel.show_rows([group(MAIN, "to do", "to do")])
    panel.set_current("d1", "r2")
    panel.setFocus()
    qtbot.keyClick(panel.list, Qt.Key.Key_Left)
    assert shown(panel) == ["Main, 0 of 2"]
    assert panel.list.currentIndex().row() == 0
    qtbot.keyClick(panel.list, Qt.Key.Key_Right)
    assert len(shown(panel)) == 3
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert len(shown(panel)) == 1


def test_the_filter_looks_at_title_speaker_and_file_name_even_in_folded_rounds(panel, qtbot):
    rows = (
        DocumentRow(document("a", speaker="Trade Ministry"), PILOT, "done"),
        DocumentRow(document("b", speaker="Naval Staff"), PILOT, "done"),
    )
    panel.show_rows([DocumentGroup("Pilot", rows, PILOT), group(MAIN, "to do")])
    for typed, found in (("naval", "b"), ("TRADE stat", "a"), ("b.txt", "b"), ("statement b", "b")):
        panel.filter.clear()
        qtbot.keyClicks(panel.filter, typed)
        assert [line.split(",")[0] for line in shown(panel)] == ["Pilot", f"Statement {found}"]


def test_a_filter_without_a_match_says_so_and_keeps_what_was_typed(panel, qtbot):
    panel.show_rows([group(MAIN, "to do")])
    qtbot.keyClicks(panel.filter, "zebra")
    assert shown(panel) == []
    assert panel.nothing.isVisible()
    assert "“zebra”" in panel.nothing.text()
    assert panel.filter.text() == "zebra"


def test_escape_empties_the_filter_first_and_then_leads_back_to_the_text(panel, qtbot):
    panel.show_rows([group(MAIN, "to do")])
    panel.filter.setFocus()
    qtbot.keyClicks(panel.filter, "zebra")
    with qtbot.assertNotEmitted(panel.done):
        qtbot.keyClick(panel.filter, Qt.Key.Key_Escape)
    assert panel.filter.text() == ""
    assert len(shown(panel)) == 2
    with qtbot.waitSignal(panel.done):
        qtbot.keyClick(panel.filter, Qt.Key.Key_Escape)
    panel.setFocus()
    with qtbot.waitSignal(panel.done):
        qtbot.keyClick(panel.list, Qt.Key.Key_Escape)


def test_letters_typed_in_the_list_go_to_the_filter_and_down_comes_back(panel, qtbot):
    panel.show_rows([group(MAIN, "to do", "to do")])
    panel.setFocus()
    qtbot.keyClicks(panel.list, "s")
    assert panel.filter.hasFocus()
    assert panel.filter.text() == "s"
    qtbot.keyClick(panel.filter, Qt.Key.Key_Down)
    assert panel.list.hasFocus()


def test_enter_in_the_filter_chooses_the_first_match(panel, qtbot):
    panel.show_rows([group(MAIN, "to do", "to do")])
    qtbot.keyClicks(panel.filter, "d1")
    with qtbot.waitSignal(panel.chosen) as told:
        qtbot.keyClick(panel.filter, Qt.Key.Key_Return)
    assert told.args == ["d1", "r2"]


def test_showing_again_keeps_cursor_and_scroll_place(panel, qtbot):
    many = ["to do"] * 60
    panel.show_rows([group(MAIN, *many)])
    panel.set_current("d40", "r2")
    before = panel.list.verticalScrollBar().value()
    assert before > 0
    panel.show_rows([group(MAIN, "done", *many[1:])])
    panel.show_rows([group(MAIN, "done", *many[1:], "to do")])
    assert panel.list.verticalScrollBar().value() == before
    assert panel.list.currentIndex().row() == 41


def test_marking_the_same_document_again_leaves_list_and_folds_alone(panel, qtbot):
    panel.show_rows([group(MAIN, *["to do"] * 60)])
    panel.set_current("d40", "r2")
    panel.list.verticalScrollBar().setValue(0)
    panel.set_current("d40", "r2")
    assert panel.list.verticalScrollBar().value() == 0
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place(panel, 0))
    panel.set_current("d40", "r2")
    assert shown(panel) == ["Main, 0 of 60"]


def test_no_documents_at_all(panel):
    panel.show_rows([])
    assert panel.nothing.isVisible()
    assert panel.nothing.text() == "Drop files here, or Ctrl+I."
    assert not panel.foot.isVisible()
    panel.show_rows([], empty="Nothing was handed to you yet.")
    assert panel.nothing.text() == "Nothing was handed to you yet."
    panel.show_rows([group(MAIN, "to do")])
    assert not panel.nothing.isVisible()


def drop(panel: DocumentsPanel, mime: QMimeData) -> QDragEnterEvent:
    """What the system sends when something is dragged in and let go."""
    buttons, held, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(50, 50), copy, mime, buttons, held)
    QApplication.sendEvent(panel, enter)
    if enter.isAccepted():
        assert panel.target.isVisible()
        QApplication.sendEvent(panel, QDropEvent(QPointF(50, 50), copy, mime, buttons, held))
    return enter


def test_files_dropped_anywhere_on_the_panel(panel, qtbot, tmp_path):
    paths = [tmp_path / "a.txt", tmp_path / "folder"]
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    with qtbot.waitSignal(panel.files_dropped) as told:
        drop(panel, mime)
    assert told.args == [[Path(path) for path in paths]]
    assert not panel.target.isVisible()


def test_words_dragged_in_are_not_taken(panel):
    mime = QMimeData()
    mime.setText("some words")
    assert not drop(panel, mime).isAccepted()


def test_a_menu_is_asked_for_by_mouse_and_by_key(panel, qtbot):
    panel.show_rows([group(MAIN, "to do", "to do")])
    view = panel.list.viewport()
    panel.set_current("d0", "r2")
    for reason, line in ((QContextMenuEvent.Reason.Mouse, 2), (QContextMenuEvent.Reason.Keyboard, 1)):
        event = QContextMenuEvent(reason, place(panel, line), view.mapToGlobal(place(panel, line)))
        with qtbot.waitSignal(panel.menu_wanted) as told:
            QApplication.sendEvent(view if reason == QContextMenuEvent.Reason.Mouse else panel.list, event)
        assert told.args == [f"d{line - 1}", "r2", view.mapToGlobal(place(panel, line))]


def test_five_thousand_documents_are_painted_only_where_they_are_seen(panel, qtbot):
    painted = []
    real = panel.painter.paint
    panel.painter.paint = lambda painter, option, index: (painted.append(index.row()), real(painter, option, index))
    panel.show_rows([group(MAIN, *["to do"] * 5000)])
    panel.grab()
    assert 0 < len(set(painted)) < 40


def test_long_titles_end_in_an_ellipsis_and_stand_whole_in_the_tip(panel):
    long = Document("x", "A very long title " * 10, "0" * 64, filename="x.txt")
    panel.show_rows([DocumentGroup("Main", (DocumentRow(long, MAIN),), MAIN)])
    assert panel.list.horizontalScrollBar().maximum() == 0
    assert long.title in panel.entries.index(1).data(Qt.ItemDataRole.ToolTipRole)


def test_every_control_has_a_name(panel):
    assert panel.filter.accessibleName() == "Filter documents"
    assert panel.list.accessibleName() == "Documents"


@pytest.mark.parametrize("dark", [False, True])
def test_the_open_document_is_seen_in_both_themes(panel, qapp, dark):
    panel.theme.apply(qapp, dark=dark)
    panel.show_rows([group(MAIN, "to do", "to do")])
    panel.set_current("d1", "r2")
    panel.filter.setFocus()
    image = panel.grab().toImage()
    at = panel.list.viewport().mapTo(panel, place(panel, 2) + QPoint(0, 20))
    assert image.pixelColor(at.x(), at.y()).name() == panel.theme.selected.name()


def test_the_heading_of_what_others_code_is_whole_in_its_panel(seat, team):
    seat.sit_down(team, "Sue")
    heading = next(group.name for group in seat.work.groups())
    assert heading == "Reliability, of others"
    metrics = QFontMetrics(font("heading"))
    assert (
        metrics.horizontalAdvance(heading) + 80 < seat.work.documents.width()
    )  # the arrow before and the count behind it
