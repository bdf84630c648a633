"""The columns of a project: what is listed, where the focus goes, and everything by the mouse alone."""

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox

from annotator import editing
from annotator.gui.header import NARROW
from annotator.gui.main_window import MainWindow
from annotator.gui.places import Places
from annotator.model import Change, Edit, Round
from annotator.settings import load
from annotator.text import Span
from tests.conftest import document, made
from tests.gui.conftest import Key, Modifier

Left, Right = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@pytest.fixture(autouse=True)
def no_faults(qtbot):
    """No slot may raise: an exception in a slot of Qt reaches nobody who called it."""
    with qtbot.captureExceptions() as found:
        yield
    assert found == []


def second_document(team, words: str = "Another text. It has the words, and more of them."):
    other, contents = document(words, title="Another")
    team.sue.apply(Change("import documents", (Edit(None, other),)), contents=contents)
    return other


def hand(team, name: str, documents: list[str], round: Round) -> None:
    team.sue.apply(editing.assign(team.sue, documents=documents, coders=[team.coders[name].id], round=round.id))


def choose(qtbot, word: str = "") -> list[str]:
    """Clicks a line of the menu that opens next, as soon as it does, or only closes it. The list gets what it offers."""
    offered: list[str] = []

    def click() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        try:
            lines = {action.text().partition("\t")[0]: action for action in menu.actions()}
            offered.extend(filter(None, lines))
            if word:
                qtbot.mouseClick(menu, Left, pos=menu.actionGeometry(lines[word]).center())
        finally:
            menu.close()

    QTimer.singleShot(0, click)
    return offered


def test_a_supervisor_finds_each_round_that_was_handed_to_others(seat, team):
    pilot = made(editing.add_round(team.sue, "Pilot"), Round)
    team.sue.apply(Change("add round", (Edit(None, pilot),)))
    other = second_document(team)
    hand(team, "Ada", [team.document.id], pilot)
    ben = team.sit_down("Ben")
    team.code(ben, 4, 12)
    seat.sit_down(team, "Sue")
    assert [(group.name, [row.document.title for row in group.rows]) for group in seat.work.groups()] == [
        ("Pilot, of others", ["A statement"]),
        ("Reliability, of others", ["A statement"]),
        ("Not handed out", ["Another"]),
    ]
    states = [row.state for group in seat.work.groups() for row in group.rows]
    assert states == ["to do", "in progress", "to do"]
    seat.work.open_document(team.document.id, team.round.id)
    assert len(seat.work.coding.shown) == 1
    seat.press(Key.Key_PageUp, Modifier.ControlModifier)
    assert seat.work.coding.round.id == pilot.id
    assert len(seat.work.coding.shown) == 0
    for _ in range(3):
        seat.press(Key.Key_PageDown, Modifier.ControlModifier)
    assert seat.work.coding.document.id == other.id


def test_a_document_in_two_rounds_is_coded_in_each(seat, team):
    pilot = made(editing.add_round(team.sue, "Pilot"), Round)
    team.sue.apply(Change("add round", (Edit(None, pilot),)))
    hand(team, "Ada", [team.document.id], pilot)
    seat.sit_down(team, "Ada")
    seat.work.open_document(team.document.id, pilot.id)
    seat.put_caret("Talks")
    seat.type("o")
    seat.press(Key.Key_PageDown, Modifier.ControlModifier)
    assert seat.work.coding.round.id == team.round.id
    assert len(seat.work.coding.shown) == 0
    seat.put_caret("republic")
    seat.type("d")
    assert [(row.round.name, row.state) for group in seat.work.groups() for row in group.rows] == [
        ("Pilot", "in progress"),
        ("Reliability", "in progress"),
    ]
    seat.press(Key.Key_Z, Modifier.ControlModifier)
    seat.press(Key.Key_Z, Modifier.ControlModifier)
    assert seat.work.coding.round.id == pilot.id
    assert [row.state for group in seat.work.groups() for row in group.rows] == ["to do", "to do"]


def test_the_list_says_how_far_a_document_is(seat, team):
    hand(team, "Ada", [second_document(team).id], team.round)
    seat.sit_down(team, "Ada")
    seat.work.open_document(team.document.id, team.round.id)
    seat.put_caret("ministry")
    seat.type("d")
    shares = {row.document.id: row.share for group in seat.work.groups() for row in group.rows}
    assert shares[team.document.id] == pytest.approx(seat.work.coding.share)
    assert 0 < shares[team.document.id] < 1
    seat.put_caret("Talks")
    seat.type("o")
    assert max(row.share for group in seat.work.groups() for row in group.rows) == 1


def test_the_palette_goes_with_the_document_it_was_about(seat, team):
    hand(team, "Ada", [second_document(team).id], team.round)
    seat.sit_down(team, "Ada")
    seat.work.open_document(team.document.id, team.round.id)
    seat.put_caret("Talks")
    seat.press(Key.Key_Space)
    seat.press(Key.Key_PageDown, Modifier.ControlModifier)
    assert seat.work.coding.document.title == "Another"
    assert not seat.work.palette_.isVisible()
    assert seat.work.text.hasFocus()
    assert seat.annotations() == []


def test_f3_looks_in_the_document_that_is_open(seat, team, qtbot):
    hand(team, "Ada", [second_document(team, "Short.").id], team.round)
    seat.sit_down(team, "Ada")
    seat.work.open_document(team.document.id, team.round.id)
    seat.press(Key.Key_F, Modifier.ControlModifier)
    seat.type("begin")
    seat.press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(seat.work.text.hits) == 1)
    seat.press(Key.Key_Escape)
    seat.press(Key.Key_PageDown, Modifier.ControlModifier)
    seat.press(Key.Key_F3)
    assert seat.work.find_bar.isVisible()
    assert seat.work.text.hits == []


def test_f3_after_the_bar_was_closed_goes_on_and_leaves_the_focus_to_the_text(seat, team, qtbot):
    seat.sit_down(team, "Ada")
    seat.press(Key.Key_F, Modifier.ControlModifier)
    seat.type("accuses")
    seat.press(Key.Key_Return)
    seat.press(Key.Key_Escape)
    seat.work.text.put_caret(0)
    seat.press(Key.Key_F3)
    assert seat.work.text.hasFocus()
    assert len(seat.work.text.hits) == 1
    seat.type("d")
    assert [one.quotes for one in seat.annotations()] == [("The ministry accuses its neighbour.",)]


def test_what_was_said_is_reached_and_closed_by_keys(seat, team):
    seat.sit_down(team, "Ada")
    seat.press(Key.Key_L, Modifier.ControlModifier)
    assert seat.work.notice.isVisible()
    seat.press(Key.Key_F6)
    assert QApplication.focusWidget() is seat.work.notice.button
    seat.press(Key.Key_Escape)
    assert not seat.work.notice.isVisible()
    assert seat.work.text.hasFocus()
    seat.press(Key.Key_L, Modifier.ControlModifier)
    seat.press(Key.Key_Space)
    assert seat.work.palette_.isVisible()
    seat.press(Key.Key_Escape)
    assert seat.work.notice.isVisible()
    seat.press(Key.Key_Escape)
    assert not seat.work.notice.isVisible()


def test_esc_leads_from_anywhere_to_the_text(seat, team):
    seat.sit_down(team, "Ada")
    seat.put_caret("republic")
    seat.type("d")
    header, inspector = seat.work.header, seat.work.inspector
    for part in (header.state, header.person, header.round, seat.work.codebook.filter, seat.work.documents.filter):
        part.setFocus(Qt.FocusReason.TabFocusReason)
        assert part.hasFocus()
        seat.press(Key.Key_Escape)
        assert seat.work.text.hasFocus()
    for part in (inspector.code, inspector.certainty, inspector.memo):
        part.setFocus(Qt.FocusReason.TabFocusReason)
        seat.press(Key.Key_Escape)
        assert seat.work.text.hasFocus()


def test_by_the_mouse_alone_a_code_is_changed_in_the_inspector(seat, team, qtbot):
    seat.sit_down(team, "Ada")
    seat.put_caret("republic")
    seat.type("d")
    qtbot.mouseClick(seat.work.inspector.code, Left)
    palette = seat.work.palette_
    assert palette.isVisible()
    place = next(n for n, hit in enumerate(palette.hits.lines) if hit.code.name == "Offer of dialogue")
    spot = palette.list.visualRect(palette.hits.index(place)).center()
    qtbot.mouseClick(palette.list.viewport(), Left, pos=spot)
    assert [one.code for one in seat.annotations()] == [team.codes["offer"].id]
    assert seat.work.text.hasFocus()


def test_by_the_mouse_alone_a_document_is_done_and_opened_again(seat, team, qtbot):
    seat.sit_down(team, "Ada")
    qtbot.mouseClick(seat.work.header.state, Left)
    assert seat.work.coding.is_done
    assert seat.work.text.hasFocus()
    qtbot.mouseClick(seat.work.header.state, Left)
    assert not seat.work.coding.is_done


def test_by_the_mouse_alone_an_annotation_is_retracted(seat, team, qtbot):
    seat.sit_down(team, "Ada")
    seat.put_caret("Talks")
    seat.type("o")
    text = seat.work.text
    spot = text.rect_of(Span(60, 66)).center()
    choose(qtbot, "Retract")
    seat.work._text_menu(text.viewport().mapToGlobal(spot), 62, seat.annotations()[0].id)
    assert seat.annotations() == []


def test_coders_are_hidden_and_shown_from_the_menu(seat, team, qtbot):
    ben = team.sit_down("Ben")
    team.code(ben, 4, 12)
    seat.sit_down(team, "Sue")
    seat.work.open_document(team.document.id, team.round.id)
    assert len(seat.work.coding.shown) == 1
    choose(qtbot, "Show Ben")
    qtbot.mouseClick(seat.work.header.round, Left)
    assert len(seat.work.coding.shown) == 0
    seat.press(Key.Key_Tab)
    assert seat.work.coding.current is None
    choose(qtbot, "Show Ben")
    seat.work.ask_whom_to_show()
    assert len(seat.work.coding.shown) == 1


def test_with_the_panels_put_away_the_column_stands_in_the_middle(seat, team):
    seat.sit_down(team, "Ada")
    seat.window.resize(1600, 800)
    QApplication.processEvents()
    view, whole = seat.work.text, seat.window
    before = view.page.width

    def middle() -> float:
        left = view.viewport().mapTo(whole, QPoint(0, 0)).x() + view.page.left
        return left + view.page.width / 2

    assert abs(middle() - whole.width() / 2) > 100
    seat.press(Key.Key_F11)
    QApplication.processEvents()
    assert abs(middle() - whole.width() / 2) < 40
    assert view.page.width == before
    assert view.margin.width() >= 160
    assert view.margin.mapTo(whole, QPoint(0, 0)).x() > middle() + before / 2
    seat.press(Key.Key_F11)
    QApplication.processEvents()
    assert view.viewport().x() == 0


def test_panels_put_away_are_back_after_a_restart(seat, team, qtbot, theme):
    seat.sit_down(team, "Ada")
    seat.press(Key.Key_F11)
    assert not seat.work.documents.isVisible()
    seat.window.close()
    again = MainWindow(theme, load(), Places())
    qtbot.addWidget(again)
    again.show()
    again.open_path(team.sue.path, "Ada")
    assert again.work is not None
    QApplication.processEvents()
    assert again.work.documents.isVisible()
    assert again.work.documents.width() >= again.work.documents.minimumWidth()
    assert again.work.side.width() >= again.work.side.minimumWidth()
    again.close()


def test_a_coder_without_documents_is_told_so_and_reaches_all_panels(seat, team):
    change = editing.add_coder("Cleo")
    team.sue.apply(change)
    seat.sit_down(team, "Cleo")
    assert seat.work.nothing.isVisible()
    assert seat.work.documents.list.hasFocus()
    for key, modifiers in ((Key.Key_PageDown, Modifier.ControlModifier), (Key.Key_F6, Modifier.NoModifier)):
        seat.press(key, modifiers)
    seat.work.files_dropped.emit([])
    assert seat.work.notice.isVisible()
    assert seat.window.left.text() == "Saved"


def test_a_text_that_was_altered_is_told_of_and_the_project_can_be_closed(seat, team):
    import sqlite3
    from contextlib import closing

    team.close()
    with closing(sqlite3.connect(team.sue.path)) as connection, connection:
        connection.execute("UPDATE content SET data = x'6162'")
    seat.window.open_path(team.sue.path, "Ada")
    assert seat.work.coding.document is None
    assert seat.work.notice.isVisible()
    assert "A statement" in seat.work.notice.words.text()
    seat.window.desk.close_project()
    assert seat.window.work is None


def test_a_menu_over_the_list_is_about_the_document_under_it(seat, team, qtbot):
    other = second_document(team)
    hand(team, "Ada", [other.id], team.round)
    seat.sit_down(team, "Ada")
    seat.work.open_document(team.document.id, team.round.id)
    choose(qtbot, "Read, nothing found")
    seat.work.documents.menu_wanted.emit(other.id, team.round.id, seat.window.mapToGlobal(QPoint(40, 200)))
    assert seat.work.coding.document.id == other.id
    assert seat.work.coding.is_done


def test_by_the_mouse_alone_a_code_is_put_on_and_put_in_place_of_another(seat, team, qtbot):
    seat.sit_down(team, "Ada")
    seat.work.text.select(Span(4, 12))
    where = seat.window.mapToGlobal(QPoint(40, 200))
    choose(qtbot, "Code with Denial")
    seat.work.codebook.menu_wanted.emit(team.codes["denial"].id, where)
    choose(qtbot, "Give the annotation the code Offer of dialogue")
    seat.work.codebook.menu_wanted.emit(team.codes["offer"].id, where)
    [made] = seat.annotations()
    assert made.quotes == ("republic",)
    assert made.code == team.codes["offer"].id
    offered = choose(qtbot)
    seat.work.codebook.menu_wanted.emit(team.family.id, where)
    assert offered == ["Memo on the code", "Export the codebook …", "Printable page …"]  # a family is no code


def test_a_supervisor_codes_in_a_round_that_was_not_handed_to_them(seat, team):
    seat.sit_down(team, "Sue")
    assert seat.work.coding.state == "to do"
    seat.put_caret("Talks")
    seat.type("o")
    assert seat.work.coding.state == "in progress"
    assert [group.name for group in seat.work.groups()] == ["Reliability, of others"]
    seat.press(Key.Key_Return, Modifier.ControlModifier)
    assert seat.work.header.state.text().strip() == "Done"
    assert [(group.name, group.done) for group in seat.work.groups()] == [("Reliability", 1)]
    seat.press(Key.Key_Z, Modifier.ControlModifier)
    seat.press(Key.Key_Z, Modifier.ControlModifier)
    assert seat.work.coding.state == "to do"
    assert [group.name for group in seat.work.groups()] == ["Reliability, of others"]


def test_what_is_refused_is_said_though_a_page_is_in_front(seat, team, qtbot):
    seat.sit_down(team, "Sue")
    seat.press(Key.Key_L, Modifier.ControlModifier)
    assert seat.window.page is not None
    said: list[str] = []

    def read() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        said.append(box.text())
        box.close()

    QTimer.singleShot(0, read)
    seat.work.session.do(Change("assign", ()))
    assert said == [seat.work.notice.words.text()]


def test_a_header_that_is_narrow_from_the_first_says_it_by_signs(seat, team):
    seat.window.resize(1024, 700)
    seat.sit_down(team, "Ada")
    header = seat.work.header
    assert header.width() < NARROW
    assert header.state.text() == ""
    seat.window.resize(1440, 900)
    QApplication.processEvents()
    assert header.state.text().strip() == "To do"


def test_what_was_said_is_as_high_as_its_words_at_any_width(seat, team, qtbot):
    seat.sit_down(team, "Ada")
    notice = seat.work.notice
    long = "This file lacks steps that this machine wrote before, and it may be an old copy of another one. " * 4
    for words in (long, "No.", long):
        notice.tell(words)
        for width in (1440, 1024, 720, 1440):
            seat.window.resize(width, 700)
            qtbot.waitUntil(lambda width=width: seat.window.width() == width)
            qtbot.wait(20)
            needed = notice.words.heightForWidth(notice.words.width())
            assert notice.words.height() >= needed
            buttons = 0 if notice.width() >= 480 else notice.close_button.height() + 8
            assert notice.height() <= max(needed, notice.close_button.height()) + buttons + 24
