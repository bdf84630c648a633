"""Memos on anything and bookmarks: written, found, gone to and deleted by keys, with signs beside the text."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolTip

from annotator import editing
from annotator.gui.announcing import RESTS_AFTER
from annotator.gui.panels.memos import MemoRow
from annotator.model import Change, Edit, Memo
from annotator.text import Span
from tests.conftest import Team, document
from tests.gui.conftest import Key, Modifier, Seat

Ctrl, Shift, Alt = Modifier.ControlModifier, Modifier.ShiftModifier, Modifier.AltModifier
pytestmark = pytest.mark.qt_log_ignore("plugin does not support")


@pytest.fixture
def ada(seat, team):
    """Ada at the first of two documents."""
    other, contents = document("Another text. It goes on.", title="Another")
    team.sue.apply(Change("import documents", (Edit(None, other),)), contents=contents)
    ada = team.coders["Ada"].id
    team.sue.apply(editing.assign(team.sue, documents=[other.id], coders=[ada], round=team.round.id))
    seat.sit_down(team, "Ada")
    seat.work.open_document(team.document.id, team.round.id)
    seat.work.to_text()
    return seat


def memos(seat: Seat) -> list[Memo]:
    return seat.work.project.nouns("memo")


def rows(seat: Seat) -> list[MemoRow]:
    QApplication.processEvents()
    page = seat.work.memos.page
    return [page.list.item(n).data(Qt.ItemDataRole.UserRole) for n in range(page.list.count())]


def ons(seat: Seat) -> list[str]:
    return [one.on for one in rows(seat)]


def write_on_place(seat: Seat, place: str, words: str) -> None:
    start = seat.work.coding.text.index(place)
    seat.work.text.select(Span(start, start + len(place)))
    seat.press(Key.Key_M, Ctrl | Shift)
    seat.type(words)
    seat.press(Key.Key_Return, Ctrl)


def mark(seat: Seat, *places: str) -> None:
    for words in places:
        seat.put_caret(words)
        seat.press(Key.Key_F2, Ctrl)


def told(seat: Seat) -> str:
    return seat.work.notice.words.text() if seat.work.notice.isVisible() else ""


# Writing --------------------------------------------------------------------------------------------------------------


def test_a_memo_on_the_selection_is_saved_with_ctrl_enter_and_the_text_has_the_focus_again(ada):
    write_on_place(ada, "Talks", "")  # nothing is written: nothing is made
    assert memos(ada) == []
    write_on_place(ada, "republic", "Quoted voice?")
    [memo] = memos(ada)
    assert (memo.words, memo.spans) == ("Quoted voice?", (Span(4, 12),))
    assert memo.about == ada.work.coding.document.id
    assert ada.work.text.hasFocus()
    assert not ada.work.coding.is_done  # Ctrl+Enter in the editor is not the document's
    assert ada.work.session.undo_words() == "memo"


def test_without_a_selection_it_is_on_the_sentence_and_the_same_key_opens_it_again(ada):
    ada.put_caret("ministry")
    ada.press(Key.Key_M, Ctrl | Shift)
    ada.type("Who says so")
    ada.press(Key.Key_Return, Ctrl)
    ada.put_caret("neighbour")
    ada.press(Key.Key_M, Ctrl | Shift)
    assert ada.work.memos.page.editor.field.toPlainText() == "Who says so"
    ada.type("?")
    ada.press(Key.Key_Return, Ctrl)
    assert [memo.words for memo in memos(ada)] == ["Who says so?"]
    assert ada.work.coding.text[slice(*memos(ada)[0].spans[0])] == "The ministry accuses its neighbour."


def test_esc_leaves_unsaved_words_out_and_makes_nothing(ada):
    ada.put_caret("Talks")
    ada.press(Key.Key_M, Ctrl | Shift)
    ada.type("Not so")
    ada.press(Key.Key_Escape)
    assert memos(ada) == []
    assert ada.work.text.hasFocus()
    write_on_place(ada, "Talks", "So")
    ada.press(Key.Key_M, Ctrl | Shift)
    ada.type(" not")
    ada.press(Key.Key_Escape)
    assert [memo.words for memo in memos(ada)] == ["So"]


def test_leaving_saves_so_that_another_document_loses_nothing(ada, team):
    ada.put_caret("Talks")
    ada.press(Key.Key_M, Ctrl | Shift)
    ada.type("Half a thou")
    assert not ada.work.is_saved
    ada.press(Key.Key_PageDown, Ctrl)
    assert ada.work.coding.document.title == "Another"
    [memo] = memos(ada)
    assert (memo.words, memo.about) == ("Half a thou", team.document.id)
    assert ada.work.is_saved
    assert rows(ada) == []


def test_a_memo_half_typed_is_kept_when_the_window_closes_and_when_another_page_is_called(ada, team):
    ada.put_caret("Talks")
    ada.press(Key.Key_M, Ctrl | Shift)
    ada.type("First")
    ada.press(Key.Key_H, Ctrl | Alt)
    assert [memo.words for memo in memos(ada)] == ["First"]
    ada.work.to_text()
    ada.put_caret("republic")
    ada.press(Key.Key_M, Ctrl | Shift)
    ada.type("Second")
    ada.window.take_down()
    assert [memo.words for memo in team.sit_down("Ada").nouns("memo")] == ["First", "Second"]


def test_memos_on_document_code_and_project_are_one_each_and_opened_again(ada, team):
    for key, words in ((Key.Key_T, "A late one"), (Key.Key_P, "Begin in March")):
        ada.press(key, Ctrl | Shift)
        ada.type(words)
        ada.press(Key.Key_Return, Ctrl)
    ada.work.codebook.tree.setFocus()
    ada.press(Key.Key_Home)
    ada.press(Key.Key_Down)
    assert ada.work.codebook.current().name == "Denial"
    ada.press(Key.Key_K, Ctrl | Shift)
    ada.type("Ask the others")
    ada.press(Key.Key_Return, Ctrl)
    abouts = {memo.about: memo.words for memo in memos(ada)}
    project = ada.work.project.id
    assert abouts == {
        team.document.id: "A late one",
        project: "Begin in March",
        team.codes["denial"].id: "Ask the others",
    }
    assert ons(ada) == ["Document", "Code Denial", "Project"]
    ada.press(Key.Key_P, Ctrl | Shift)
    assert ada.work.memos.page.editor.field.toPlainText() == "Begin in March"
    assert ada.work.memos.page.editor.heading.text() == "On the project"


def test_without_a_code_one_is_asked_to_choose_one(ada):
    from PySide6.QtCore import QModelIndex

    ada.work.codebook.tree.setCurrentIndex(QModelIndex())
    ada.press(Key.Key_K, Ctrl | Shift)
    assert "codebook" in told(ada)
    assert not ada.work.drawer.isVisible()


def test_a_right_click_in_the_codebook_chooses_the_code_that_a_memo_is_on(ada, team, qtbot):
    tree = ada.work.codebook.tree
    spot = tree.visualRect(tree.model().index(1, 0, tree.model().index(0, 0))).center()
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.RightButton, pos=spot)
    assert ada.annotations() == []
    ada.press(Key.Key_K, Ctrl | Shift)
    ada.type("Of the one clicked")
    ada.press(Key.Key_Return, Ctrl)
    assert [memo.about for memo in memos(ada)] == [team.codes["offer"].id]


def test_where_there_are_no_words_it_is_said(seat, tmp_path):
    team = Team(tmp_path, words="One.\n\n\n\nTwo.")
    seat.sit_down(team, "Ada")
    seat.work.text.put_caret(6)
    for key, held in ((Key.Key_M, Ctrl | Shift), (Key.Key_F2, Ctrl)):
        seat.work.notice.clear()
        seat.press(key, held)
        assert "no words here" in told(seat)
    assert memos(seat) == []
    team.close()


def test_context_menus_offer_memos_on_what_was_clicked(ada):
    offered: list[str] = []

    def look() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        offered.extend(one.text() for one in menu.actions())
        menu.close()

    for about, words in (("text", "Memo on the place"), ("code", "Memo on the code"), ("document", "Memo on the doc")):
        offered.clear()
        QTimer.singleShot(0, look)
        ada.window.show_menu(about, QPoint(0, 0))
        assert any(one.startswith(words) for one in offered)
        assert ("Set or clear a bookmark" in offered) == (about == "text")


# The list -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def full(ada, team):
    """Of every kind one: on the document, an annotation, a place, a code in use, the project; a bookmark."""
    ada.put_caret("ministry")
    ada.type("d")
    ada.press(Key.Key_M, Ctrl)
    ada.type("Why is it said")
    ada.press(Key.Key_Escape)
    mark(ada, "Talks")
    write_on_place(ada, "republic", "Quoted voice")
    session, project = ada.work.session, ada.work.project
    for about, words in ((project.id, "March"), (team.codes["denial"].id, "Ask"), (team.document.id, "Late")):
        session.do(editing.write_memo(project, about=about, words=words))
    session.do(editing.write_memo(project, about=team.codes["offer"].id, words="Of a code not used here"))
    ada.work.to_text()
    return ada


ALL = ["Document", "Paragraph 1", "Denial", "Paragraph 1", "Code Denial", "Project"]


def test_the_list_has_all_in_the_order_of_the_text_and_says_on_what_who_and_when(full):
    full.press(Key.Key_M, Ctrl | Alt)
    assert ons(full) == ALL
    assert [one.words for one in rows(full)] == ["Late", "Quoted voice", "Why is it said", "", "Ask", "March"]
    assert [one.quote for one in rows(full)][1:4] == [
        "republic",
        "The ministry accuses its neighbour.",
        "Talks may begin.",
    ]
    assert [one.kind for one in rows(full)].index("bookmark") == 3
    assert all(one.when and not one.who for one in rows(full))
    assert full.work.memos.page.counted.text() == "6 entries"
    assert rows(full)[1].spoken.startswith("On paragraph 1: “republic”, Quoted voice")
    full.press(Key.Key_M, Ctrl | Alt)
    assert not full.work.drawer.isVisible()


def test_arrows_show_the_place_and_enter_goes_there(full):
    full.press(Key.Key_M, Ctrl | Alt)
    full.press(Key.Key_Home)
    full.press(Key.Key_Down)
    assert full.work.text.caret() == 4
    assert full.work.memos.page.list.hasFocus()
    full.press(Key.Key_Down)
    assert full.work.coding.annotation().memo == "Why is it said"
    full.press(Key.Key_Down)
    full.press(Key.Key_Return)
    assert full.work.text.hasFocus()
    assert full.work.text.caret() == full.work.coding.text.index("Talks")


def test_enter_on_what_has_no_place_goes_into_its_words(full):
    full.press(Key.Key_M, Ctrl | Alt)
    full.press(Key.Key_Home)
    full.press(Key.Key_Return)
    full.type(" indeed")
    full.press(Key.Key_Return, Ctrl)
    assert "Late indeed" in [memo.words for memo in memos(full)]
    assert full.work.memos.page.list.hasFocus()


def test_words_are_changed_beside_the_list_and_a_bookmark_with_words_is_a_memo(full):
    full.press(Key.Key_M, Ctrl | Alt)
    for line, words in ((2, "?"), (3, "Come back")):
        full.work.memos.page.list.setCurrentRow(line)
        full.press(Key.Key_Tab)
        full.type(words)
        full.press(Key.Key_Return, Ctrl)
    assert full.annotations()[0].memo == "Why is it said?"
    assert [one.kind for one in rows(full)] == ["memo"] * 6
    full.press(Key.Key_Z, Ctrl)
    assert rows(full)[3].kind == "bookmark"
    full.press(Key.Key_Z, Ctrl)
    assert full.annotations()[0].memo == "Why is it said"


def test_delete_takes_each_away_as_one_step_and_undo_brings_it_back(full):
    full.press(Key.Key_M, Ctrl | Alt)
    full.press(Key.Key_Home)
    for left in range(5, -1, -1):
        full.press(Key.Key_Delete)
        assert len(rows(full)) == left
        assert full.work.memos.page.list.hasFocus()
    assert full.annotations()[0].memo == ""
    assert "No memos or bookmarks here yet" in full.work.memos.page.nothing.text()
    for back in range(1, 7):
        full.press(Key.Key_Z, Ctrl)
        assert len(rows(full)) == back
    assert ons(full) == ALL
    for _ in range(6):
        full.press(Key.Key_Y, Ctrl)
    assert rows(full) == []


def test_words_emptied_take_the_memo_away(full):
    full.press(Key.Key_M, Ctrl | Alt)
    full.work.memos.page.list.setCurrentRow(1)
    full.press(Key.Key_Tab)
    full.press(Key.Key_A, Ctrl)
    full.press(Key.Key_Backspace)
    full.press(Key.Key_Return, Ctrl)
    assert len(rows(full)) == 5
    full.press(Key.Key_Z, Ctrl)
    assert rows(full)[1].words == "Quoted voice"


def test_letters_filter_and_esc_leads_back(full):
    full.press(Key.Key_M, Ctrl | Alt)
    full.type("quoted")
    assert ons(full) == ["Paragraph 1"]
    assert full.work.memos.page.counted.text() == "1 of 6"
    full.press(Key.Key_Escape)
    assert ons(full) == ALL
    full.press(Key.Key_Escape)
    assert full.work.text.hasFocus()
    assert full.work.drawer.name == "memos"
    full.work.memos.page.filter.setText("xyz")
    assert "xyz" in full.work.memos.page.nothing.text()


def test_the_list_is_not_filled_while_out_of_sight(full):
    full.work.drawer.close_drawer()
    before = full.work.memos.page.rows
    mark(full, "republic")
    QApplication.processEvents()
    assert full.work.memos.page.rows is before


def test_what_could_not_be_saved_stays_and_the_reason_is_said(full, monkeypatch):
    from annotator.errors import Refused

    def refuse(*_: object, **__: object) -> Change:
        raise Refused("project.read_only")

    full.press(Key.Key_M, Ctrl | Alt)
    page = full.work.memos.page
    page.list.setCurrentRow(1)
    full.press(Key.Key_Tab)
    full.type(" More.")
    monkeypatch.setattr(editing, "rewrite_memo", refuse)
    full.press(Key.Key_Return, Ctrl)
    assert "reading" in told(full)
    assert page.editor.field.hasFocus()
    assert not full.work.is_saved
    page.list.setCurrentRow(0)
    assert " More." in page.editor.field.toPlainText()
    monkeypatch.undo()
    full.press(Key.Key_Return, Ctrl)
    assert full.work.is_saved


# Others ---------------------------------------------------------------------------------------------------------------


def test_coders_see_their_own_and_those_of_supervisors_in_list_and_beside_the_text(seat, team):
    team.sue.apply(editing.write_memo(team.sue, about=team.document.id, words="Mind this", place=Span(0, 12)))
    ben = team.sit_down("Ben")
    ben.apply(editing.write_memo(ben, about=team.document.id, words="SECRET of Ben", place=Span(4, 12)))
    ben.apply(editing.bookmark(ben, document=team.document.id, place=Span(24, 30)))
    seat.sit_down(team, "Ada")
    seat.press(Key.Key_M, Ctrl | Alt)
    assert [(one.words, one.who) for one in rows(seat)] == [("Mind this", "SU")]
    assert [sign.words for one in seat.work.text.gutter.shown() for sign in one.signs] == ["Mind this"]
    editor = seat.work.memos.page.editor
    seat.work.memos.page.list.setCurrentRow(0)
    assert editor.field.isReadOnly()
    assert not editor.delete.isVisible()
    seat.press(Key.Key_Delete)
    assert "Sue" in told(seat)
    assert len(rows(seat)) == 1


def test_who_is_hidden_is_hidden_here_too(seat, team):
    ben = team.sit_down("Ben")
    ben.apply(editing.write_memo(ben, about=team.document.id, words="Ben's", place=Span(4, 12)))
    team.code(ben, 0, 3, memo="Ben's, too")
    seat.sit_down(team, "Sue")
    seat.press(Key.Key_M, Ctrl | Alt)
    assert len(rows(seat)) == 2
    seat.work.coding.hide([team.coders["Ben"].id])
    assert rows(seat) == []
    assert list(seat.work.text.gutter.shown()) == []


def test_in_a_document_that_is_done_memos_of_annotations_stay_and_others_can_be_written(full):
    full.press(Key.Key_Return, Ctrl)
    full.press(Key.Key_M, Ctrl | Alt)
    assert [one.editable for one in rows(full)] == [True, True, False, True, True, True]
    full.work.to_text()
    write_on_place(full, "Talks", "Seen later")
    assert "Seen later" in [memo.words for memo in memos(full)]


# Bookmarks ------------------------------------------------------------------------------------------------------------


def test_a_key_sets_a_bookmark_and_clears_it_as_one_step_each(ada):
    mark(ada, "ministry")
    [one] = memos(ada)
    assert one.is_bookmark
    assert ada.work.coding.text[slice(*one.spans[0])] == "The ministry accuses its neighbour."
    assert ada.work.session.undo_words() == "bookmark"
    mark(ada, "neighbour")
    assert memos(ada) == []
    ada.press(Key.Key_Z, Ctrl)
    assert memos(ada) == [one]
    ada.press(Key.Key_Z, Ctrl)
    assert memos(ada) == []


def test_keys_go_from_bookmark_to_bookmark_and_round(ada):
    ada.press(Key.Key_F2)
    assert "no bookmark" in told(ada)
    assert "Ctrl+F2" in told(ada)
    mark(ada, "Talks", "republic")
    first, last = 0, ada.work.coding.text.index("Talks")
    ada.put_caret("ministry")
    ada.press(Key.Key_F2)
    assert (ada.work.text.caret(), told(ada)) == (last, "")
    ada.press(Key.Key_F2)
    assert ada.work.text.caret() == first
    assert "from the beginning" in told(ada)
    ada.press(Key.Key_F2, Shift)
    assert ada.work.text.caret() == last
    assert "from the end" in told(ada)
    ada.press(Key.Key_F2, Shift)
    assert (ada.work.text.caret(), told(ada)) == (first, "")


def test_undo_of_a_memo_leads_to_the_document_it_was_on(ada, team):
    mark(ada, "Talks")
    ada.press(Key.Key_PageDown, Ctrl)
    ada.press(Key.Key_Z, Ctrl)
    assert ada.work.coding.document.id == team.document.id
    assert ada.work.text.caret() == ada.work.coding.text.index("Talks")
    assert memos(ada) == []


def test_when_the_document_goes_its_memos_go_from_sight(seat, team):
    seat.sit_down(team, "Sue")
    mark(seat, "Talks")
    seat.press(Key.Key_M, Ctrl | Alt)
    assert len(rows(seat)) == 1
    work = seat.work
    work.session.do(editing.retract(*work.project.nouns("assignment"), work.project.noun("document", team.document.id)))
    assert rows(seat) == []
    assert list(work.text.gutter.shown()) == []


# Beside the text ------------------------------------------------------------------------------------------------------


def signs(seat: Seat) -> list[tuple[str, int]]:
    return [(one.kind, len(one.signs)) for one in seat.work.text.gutter.shown()]


def test_signs_stand_on_the_line_between_text_and_margin(ada):
    write_on_place(ada, "republic", "Quoted voice")
    write_on_place(ada, "denies", "By whom")
    mark(ada, "republic")
    assert sorted(signs(ada)) == [("bookmark", 1), ("memo", 2)]
    view = ada.work.text
    line = view.rect_of(Span(4, 12))
    for one in view.gutter.shown():
        assert view.page.left + view.page.width < one.rect.left()
        assert one.rect.right() <= view.viewport().width()
        assert line.top() <= one.rect.center().y() <= line.bottom()


def test_pointing_tells_the_first_words_and_a_click_opens_the_list_there(ada, qtbot):
    write_on_place(ada, "republic", "Quoted voice")
    write_on_place(ada, "Talks", "Of whom")
    ada.work.drawer.close_drawer()
    view = ada.work.text
    [one] = view.gutter.shown()
    spot = one.rect.center().toPoint()
    where = view.viewport().mapToGlobal(spot)
    QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, spot, where))
    assert QToolTip.text() == "Quoted voice\nOf whom"
    QToolTip.hideText()
    move(view, QPointF(spot))
    assert view.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    caret = view.caret()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert ada.work.drawer.name == "memos"
    assert ada.work.memos.page.current() == one.signs[0].id
    assert ada.work.memos.page.list.hasFocus()
    assert view.caret() == caret
    move(view, QPointF(60, 40))
    assert view.viewport().cursor().shape() == Qt.CursorShape.IBeamCursor


def move(view, point: QPointF) -> None:
    none = Qt.MouseButton.NoButton
    where = view.viewport().mapToGlobal(point)
    event = QMouseEvent(QEvent.Type.MouseMove, point, where, none, none, Modifier.NoModifier)
    QApplication.sendEvent(view.viewport(), event)


def test_signs_go_with_their_memos_and_their_document(ada):
    mark(ada, "Talks")
    assert signs(ada) == [("bookmark", 1)]
    ada.press(Key.Key_PageDown, Ctrl)
    assert signs(ada) == []
    ada.press(Key.Key_PageUp, Ctrl)
    assert signs(ada) == [("bookmark", 1)]
    ada.press(Key.Key_Z, Ctrl)
    assert signs(ada) == []


def test_only_what_is_in_sight_is_looked_at(seat, tmp_path, monkeypatch):
    team = Team(tmp_path, words="\n".join(f"Paragraph {n} says so." for n in range(400)))
    seat.sit_down(team, "Ada")
    view, text = seat.work.text, seat.work.coding.text
    for n in (0, 200, 399):
        start = text.index(f"Paragraph {n} ")
        seat.work.session.do(
            editing.bookmark(seat.work.project, document=team.document.id, place=Span(start, start + 9))
        )
    looked: list[int] = []
    paragraph = view.page.paragraph
    monkeypatch.setattr(view.page, "paragraph", lambda number: looked.append(number) or paragraph(number))
    assert signs(seat) == [("bookmark", 1)]
    assert looked == [0]
    team.close()


def test_bookmarks_are_ticks_in_the_overview(ada):
    bar = ada.work.text.overview
    assert bar.isVisible()
    bar.grab()
    plain = bar.grab().toImage()
    mark(ada, "Talks")
    ada.work.text.put_caret(0)
    marked = bar.grab().toImage()
    [row] = bar.bookmark_rows()
    changed = {y for y in range(plain.height()) if plain.pixel(bar.width() - 2, y) != marked.pixel(bar.width() - 2, y)}
    assert changed
    assert all(abs(y - row) <= 6 for y in changed)
    assert "Bookmark" in bar.name_of(row)
    ada.press(Key.Key_Z, Ctrl)
    assert bar.bookmark_rows() == []


# For the ear ----------------------------------------------------------------------------------------------------------


def test_steps_and_places_are_told(ada, monkeypatch):
    from PySide6.QtGui import QAccessible

    heard: list[str] = []
    ada.work.announcer.told.connect(heard.append)
    QAccessible.setActive(True)

    def hear(do) -> str:
        heard.clear()
        do()
        QApplication.processEvents()
        return heard[-1] if heard else ""

    assert hear(lambda: mark(ada, "Talks")) == "Bookmark on “Talks may begin.”"
    assert hear(lambda: write_on_place(ada, "republic", "Quoted voice")) == "Memo saved: Quoted voice"
    ada.work.text.put_caret(0)
    assert hear(lambda: ada.press(Key.Key_F2)) == "Bookmark 1 of 1"
    assert hear(lambda: ada.press(Key.Key_F7)) == "No code here\nBookmark"
    ada.put_caret("republic")
    assert hear(lambda: ada.press(Key.Key_F7)) == "No code here\nMemo: Quoted voice"
    ada.put_caret("Talks")
    ada.qtbot.wait(RESTS_AFTER + 100)
    assert heard[-1] == "No code here. Bookmark"
    assert hear(lambda: ada.press(Key.Key_Z, Ctrl)) == "Took back: memo"
    assert hear(lambda: mark(ada, "Talks")) == "Bookmark cleared"
    QToolTip.hideText()
    QAccessible.setActive(False)
