"""A person codes at the window, with keys and mouse; what they did is in the project, and comes back after a restart."""

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from annotator import editing, settings
from annotator.gui.actions import ACTIONS, MENUS
from annotator.gui.dialogs.who import WhoDialog
from annotator.gui.main_window import MainWindow
from annotator.gui.places import Places
from annotator.project import Project
from annotator.text import Span
from tests.conftest import Team
from tests.gui.conftest import Key, Modifier


def quotes(seat) -> list[tuple[str, ...]]:
    return [one.quotes for one in seat.annotations()]


def test_the_key_of_a_code_codes_the_sentence_at_the_caret(seat, team):
    seat.sit_down(team, "Ada")
    seat.put_caret("ministry")
    seat.type("d")
    [made] = seat.annotations()
    assert made.quotes == ("The ministry accuses its neighbour.",)
    assert made.code == team.codes["denial"].id
    assert seat.work.coding.current == made.id


def test_a_selection_is_coded_and_coded_again_and_repeated(seat, team):
    seat.sit_down(team, "Ada")
    seat.put_caret("denies")
    seat.press(Key.Key_Right, Modifier.ShiftModifier)
    seat.press(Key.Key_Right, Modifier.ShiftModifier)
    seat.type("d")
    assert quotes(seat) == [("denies it",)]
    seat.press(Key.Key_O, Modifier.ShiftModifier)
    assert seat.annotations()[0].code == team.codes["offer"].id
    seat.put_caret("Talks")
    seat.type(".")
    assert {one.code for one in seat.annotations()} == {team.codes["offer"].id}
    assert len(seat.annotations()) == 2


def test_the_palette_finds_a_code_by_a_few_letters(seat, team):
    seat.sit_down(team, "Ada")
    seat.put_caret("Talks")
    seat.press(Key.Key_Space)
    assert seat.work.palette_.isVisible()
    seat.type("dial")
    seat.press(Key.Key_Return)
    assert not seat.work.palette_.isVisible()
    [made] = seat.annotations()
    assert made.code == team.codes["offer"].id
    assert seat.work.text.hasFocus()


def test_undo_and_redo_go_over_documents_and_say_what_they_take_back(seat, team):
    from tests.conftest import document

    other, contents = document("Another text.", title="Another")
    from annotator.model import Change, Edit

    team.sue.apply(Change("import documents", (Edit(None, other),)), contents=contents)
    team.sue.apply(editing.assign(team.sue, documents=[other.id], coders=[team.coders["Ada"].id], round=team.round.id))
    seat.sit_down(team, "Ada")
    seat.work.open_document(team.document.id, team.round.id)
    seat.put_caret("Talks")
    seat.type("o")
    seat.press(Key.Key_PageDown, Modifier.ControlModifier)
    assert seat.work.coding.document.id == other.id
    seat.put_caret("Another")
    seat.type("d")
    assert seat.work.session.undo_words() == "annotation"
    seat.press(Key.Key_Z, Modifier.ControlModifier)
    assert seat.annotations() == []
    seat.press(Key.Key_Z, Modifier.ControlModifier)
    assert seat.work.coding.document.id == team.document.id
    assert seat.annotations() == []
    assert seat.work.session.undo_words() == ""
    seat.press(Key.Key_Z, Modifier.ControlModifier | Modifier.ShiftModifier)
    assert len(seat.annotations()) == 1


def test_edges_move_by_words_and_by_characters(seat, team):
    seat.sit_down(team, "Ada")
    seat.work.text.select(Span(4, 12))
    seat.type("d")
    seat.press(Key.Key_Right, Modifier.AltModifier)
    assert quotes(seat) == [("republic denies",)]
    seat.press(Key.Key_Left, Modifier.AltModifier | Modifier.ShiftModifier)
    assert quotes(seat) == [("The republic denies",)]
    seat.press(Key.Key_Left, Modifier.AltModifier | Modifier.ControlModifier)
    assert quotes(seat) == [("The republic denie",)]


def test_delete_retracts_and_tab_walks(seat, team):
    seat.sit_down(team, "Ada")
    for words, key in (("republic", "d"), ("ministry", "d"), ("Talks", "o")):
        seat.put_caret(words)
        seat.type(key)
    seat.work.text.put_caret(0)
    seat.work.coding.make_current(None)
    walked = []
    for _ in range(4):
        seat.press(Key.Key_Tab)
        walked.append(seat.work.coding.annotation().quotes[0][:6])
    assert walked == ["The re", "The mi", "Talks ", "The re"]
    seat.press(Key.Key_Backtab)
    assert seat.work.coding.annotation().quotes[0].startswith("Talks")
    seat.press(Key.Key_Delete)
    assert len(seat.annotations()) == 2


def test_attributes_certainty_and_memo_by_keyboard(seat, team, qtbot):
    seat.sit_down(team, "Ada")
    seat.put_caret("republic")
    seat.type("d")
    seat.type("3")
    assert seat.annotations()[0].certainty == 0.95
    seat.press(Key.Key_Return)
    seat.type("Velmar")
    seat.press(Key.Key_Tab)
    [entity] = seat.work.project.nouns("entity")
    assert entity.name == "Velmar"
    assert seat.annotations()[0].attributes[team.attributes["actor"].id] == entity.id
    seat.press(Key.Key_Escape)
    assert seat.work.text.hasFocus()
    seat.press(Key.Key_M, Modifier.ControlModifier)
    seat.type("quoted voice")
    seat.press(Key.Key_Escape)
    assert seat.annotations()[0].memo == "quoted voice"
    assert seat.work.session.undo_words() == "memo"


def test_in_a_document_that_is_done_the_palette_stays_shut_and_says_how_to_go_on(seat, team):
    seat.sit_down(team, "Ada")
    seat.put_caret("Talks")
    seat.type("o")
    seat.press(Key.Key_Return, Modifier.ControlModifier)
    for held in (Modifier.NoModifier, Modifier.ShiftModifier):
        seat.work.notice.clear()
        seat.press(Key.Key_Space, held)
        assert not seat.work.palette_.isVisible()
        assert seat.work.notice.words.text() == "This document is marked done. Ctrl+Enter opens it again."
    seat.press(Key.Key_Return, Modifier.ControlModifier)
    assert not seat.work.notice.isVisible()
    seat.press(Key.Key_Space)
    assert seat.work.palette_.isVisible()


def test_without_a_document_the_inspector_says_what_will_stand_there(seat, tmp_path):
    Project.create(tmp_path / "new.annotator", name="New", supervisor="Sue", device="d").close()
    seat.window.open_path(tmp_path / "new.annotator", "Sue")
    inspector = seat.work.inspector
    words = [one.text() for one in inspector.findChildren(QLabel) if one.isVisible() and one.text()]
    assert words == ["Annotation", "Open a document: what you say of its words stands here."]


def test_after_the_last_document_is_gone_the_inspector_holds_nothing_of_it(seat, team):
    seat.sit_down(team, "Sue")
    seat.put_caret("Talks")
    seat.type("o")
    seat.work.coding.leave()
    assert seat.work.inspector.reason.text().startswith("Open a document")
    assert not seat.work.inspector.again.isVisible()
    assert not seat.work.inspector.quote.isVisible()


def test_nobody_of_the_name_it_was_started_with_is_told_on_the_start_page(seat, team, qtbot):
    team.close()
    seat.window.open_path(team.sue.path, "Zed")
    assert seat.window.work is None
    notice = seat.window.start.notice
    assert notice.words.text() == "Nobody called Zed is in this project. There are: Sue, Ada, Ben."
    qtbot.mouseClick(notice.button, Qt.MouseButton.LeftButton)
    dialog = next(one for one in seat.window.findChildren(WhoDialog) if one.isVisible())
    dialog.people.choose(team.coders["Ada"].id)
    qtbot.keyClick(dialog.people, Key.Key_Return)
    assert seat.work.project.actor.name == "Ada"
    assert not notice.isVisible()


def test_the_name_it_is_started_with_counts_whatever_its_case_and_blanks(seat, team):
    team.close()
    seat.window.open_path(team.sue.path, " aDA ")
    assert seat.work.project.actor.name == "Ada"


def test_the_length_is_counted_in_characters_where_words_are_not_parted(seat, tmp_path):
    team = Team(tmp_path, words="中方愿意对话。\n\n双方同意。")
    seat.sit_down(team, "Ada")
    seat.put_caret("双方")
    assert seat.work.status_words()[:2] == ("12 characters", "Paragraph 2, character 7")
    team.close()


def test_done_locks_and_the_same_key_opens_again(seat, team):
    seat.sit_down(team, "Ada")
    seat.put_caret("Talks")
    seat.type("o")
    seat.press(Key.Key_Return, Modifier.ControlModifier)
    assert seat.work.coding.is_done
    assert seat.work.header.state.text().strip() == "Done"
    seat.type("d")
    assert len(seat.annotations()) == 1
    assert "Ctrl+Enter opens it again" in seat.work.notice.words.text()
    seat.press(Key.Key_Return, Modifier.ControlModifier)
    assert not seat.work.coding.is_done


def test_codes_are_clicked_and_dropped_with_the_mouse(seat, team, qtbot):
    seat.sit_down(team, "Ada")
    seat.work.text.select(Span(4, 12))
    tree = seat.work.codebook.tree
    index = next(
        tree.model().index(row, 0, tree.model().index(0, 0))
        for row in range(2)
        if tree.model().index(row, 0, tree.model().index(0, 0)).data(Qt.ItemDataRole.DisplayRole) in ("Denial", None)
    )
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualRect(index).center())
    assert quotes(seat) == [("republic",)]
    seat.work.text.code_dropped.emit(team.codes["offer"].id, (Span(13, 19),))
    assert ("denies",) in quotes(seat)
    assert seat.work.text.hasFocus()


def test_what_does_not_fit_the_text_is_told_and_not_drawn(seat, team):
    import sqlite3
    from contextlib import closing

    _, one = team.code(team.sue, 4, 12)
    team.close()
    with closing(sqlite3.connect(team.sue.path)) as connection, connection:
        connection.execute("UPDATE annotation SET quotes = '[\"nothing of the kind\"]' WHERE id = ?", (one.id,))
    seat.sit_down(team, "Sue")
    assert "nothing of the kind" in seat.work.notice.words.text()
    assert seat.work.text.index.annotations() == []


def test_a_click_in_the_text_makes_an_annotation_current(seat, team, qtbot):
    seat.sit_down(team, "Ada")
    seat.put_caret("Talks")
    seat.type("o")
    seat.work.coding.make_current(None)
    rect = seat.work.text.rect_of(Span(60, 66))
    qtbot.mouseClick(seat.work.text.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert seat.work.coding.annotation().quotes == ("Talks may begin.",)


def test_a_coder_sees_nothing_of_another_until_it_is_revealed(seat, team):
    ben = team.sit_down("Ben")
    team.code(ben, 4, 12, memo="Ben's")
    seat.sit_down(team, "Ada")
    assert seat.annotations() == []
    assert seat.work.text.index.annotations() == []
    assert "blind" in seat.work.header.round.text()
    seat.press(Key.Key_L, Modifier.ControlModifier)
    assert "Only a supervisor" in seat.work.notice.words.text()
    seat.sit_down(team, "Sue")
    assert len(seat.annotations()) == 1
    seat.work.session.do(editing.reveal(seat.work.coding.round))
    seat.sit_down(team, "Ada")
    assert len(seat.annotations()) == 1
    seat.work.coding.make_current(seat.annotations()[0].id)
    assert not seat.work.inspector.memo.isVisible()


def test_everything_comes_back_after_a_restart(seat, team, qtbot, theme):
    seat.sit_down(team, "Ada")
    seat.put_caret("Talks")
    seat.type("o")
    [made] = seat.annotations()
    caret = seat.work.text.caret()
    seat.window.resize(760, 640)  # the screen of the tests is 800 x 800
    size = seat.window.size()
    seat.press(Key.Key_Plus, Modifier.ControlModifier)
    points = seat.work.text.points()
    seat.window.close()
    again = MainWindow(theme, settings.load(), Places())
    qtbot.addWidget(again)
    again.show()
    again.open_path(team.sue.path, "Ada")
    assert again.work is not None
    assert again.work.coding.current == made.id
    assert (again.work.text.caret(), again.size(), again.work.text.points()) == (caret, size, points)
    assert again.work.session.undo_words() == "annotation"
    again.work.session.undo()
    assert again.work.coding.shown.ids() == []
    again.close()


def test_the_status_bar_says_saved_and_where_one_is(seat, team):
    seat.sit_down(team, "Ada")
    seat.put_caret("Talks")
    words = [part.text() for part in seat.window.right]
    assert seat.window.left.text() == "Saved"
    assert words == ["12 words", "Paragraph 1, word 9", "0 annotations", "100 %"]


def test_a_project_in_use_is_shown_for_reading(seat, team):
    team.close()
    with Project(team.sue.path, actor="Sue", device="other"):
        seat.window.open_path(team.sue.path, "Ada")
        assert "open in another window" in seat.work.notice.words.text()
        assert seat.window.left.text() == "Reading only"
        seat.work.to_text()
        seat.put_caret("Talks")
        seat.type("o")
        assert seat.annotations() == []


def test_find_shows_every_match_and_goes_through_them(seat, team, qtbot):
    seat.sit_down(team, "Ada")
    seat.press(Key.Key_F, Modifier.ControlModifier)
    seat.type("THE")
    seat.press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(seat.work.text.hits) == 2)
    seat.press(Key.Key_Escape)
    assert seat.work.text.hits == []
    assert seat.work.text.hasFocus()


def test_panels_are_reached_by_f6_and_esc_leads_back(seat, team):
    seat.sit_down(team, "Ada")
    reached = []
    for _ in range(3):
        seat.press(Key.Key_F6)
        reached.append(QApplication.focusWidget())
    assert reached[0] is seat.work.codebook.tree
    assert reached[1] is seat.work.documents.list
    assert reached[2] is seat.work.text
    seat.press(Key.Key_F6)
    seat.press(Key.Key_Escape)
    assert seat.work.text.hasFocus()


def test_every_menu_line_leads_to_something_that_is_there(seat, team):
    from operator import attrgetter

    seat.sit_down(team, "Sue")
    for action in ACTIONS:
        assert action.menu in (*MENUS, "")
        if action.run:
            assert callable(attrgetter(action.run)(seat.window)), action.run


def test_no_two_actions_of_a_place_share_a_key():
    keys = [(action.scope, key) for action in ACTIONS for key in action.keys]
    assert len(keys) == len(set(keys))


def test_a_coder_is_not_offered_what_a_supervisor_does(seat, team):
    seat.sit_down(team, "Ada")
    seat.window._refresh_actions()
    off = {action.words for action, made in seat.window.actions_.items() if not made.isEnabled()}
    assert {"Import documents …", "Hand out documents …", "Edit the codebook …", "People …"} <= off
    seat.sit_down(team, "Sue")
    seat.window._refresh_actions()
    off = {action.words for action, made in seat.window.actions_.items() if not made.isEnabled()}
    assert not off & {"Import documents …", "Hand out documents …", "Edit the codebook …", "People …"}


def test_a_fault_in_a_slot_is_written_down_and_told(seat, team, machine, capsys):
    from annotator.gui.app import on_fault

    seat.sit_down(team, "Ada")
    handle = on_fault(seat.window)
    try:
        raise RuntimeError("a fault")
    except RuntimeError as error:
        handle(RuntimeError, error, error.__traceback__)
    assert "a fault" in seat.work.notice.words.text()
    [report] = machine.glob("crash-*.txt")
    assert "RuntimeError: a fault" in report.read_text()
    assert "a fault" in capsys.readouterr().err


def test_the_window_goes_down_to_1024_by_700(seat, team):
    seat.sit_down(team, "Ada")
    seat.put_caret("Talks")
    seat.type("o")
    seat.window.resize(1024, 700)
    QApplication.processEvents()
    assert seat.window.width() == 1024
    assert seat.window.height() == 700
    inside = seat.window.rect()
    for part in (seat.work.documents, seat.work.text, seat.work.codebook, seat.work.inspector.code):
        corner = part.mapTo(seat.window, QPoint(part.width(), 0))
        assert corner.x() <= inside.width()


def test_a_supervisor_who_codes_in_a_blind_round_sees_only_their_own_until_they_ask(seat, team):
    team.sue.apply(
        editing.assign(team.sue, documents=[team.document.id], coders=[team.sue.actor.id], round=team.round.id)
    )
    ben = team.sit_down("Ben")
    team.code(ben, 4, 12)
    seat.sit_down(team, "Sue")
    assert seat.work.coding.shown.ids() == []
    assert seat.window.right[2].text() == "0 annotations"
    seat.work.coding.hide([])
    assert len(seat.work.coding.shown.ids()) == 1
    assert seat.window.right[2].text() == "1 annotation"


def test_what_was_not_done_is_said_at_once_and_is_over_with_the_next_step(seat, team):
    seat.sit_down(team, "Ada")
    seat.work.notice.tell("Something older.")
    seat.press(Key.Key_L, Modifier.ControlModifier)
    assert "Only a supervisor" in seat.work.notice.words.text()
    seat.work.to_text()
    seat.put_caret("Talks")
    seat.type("o")
    seat.type("o")
    assert "code Offer of dialogue from" in seat.work.notice.words.text()
    seat.press(Key.Key_Delete)
    assert "code Offer of dialogue from" not in seat.work.notice.words.text()


def test_done_tells_of_attributes_that_a_code_requires(seat, team):
    seat.sit_down(team, "Ada")
    seat.put_caret("republic")
    seat.type("d")
    seat.press(Key.Key_Return, Modifier.ControlModifier)
    assert seat.work.coding.is_done
    assert "1 annotation lacks" in seat.work.notice.words.text()


def test_what_a_page_hides_is_not_acted_on(seat, team):
    seat.sit_down(team, "Sue")
    before = seat.work.text.points()
    seat.press(Key.Key_L, Modifier.ControlModifier)
    assert seat.window.page is not None
    for action in ACTIONS:
        if action.run in ("work.larger", "looks.toggle_quiet", "work.next_panel"):
            seat.window.run(action)
    assert seat.work.text.points() == before
    assert [part.text() for part in seat.window.right] == ["", "", "", ""]
    seat.press(Key.Key_Escape)
    assert seat.window.page is None


def test_the_place_is_kept_though_the_program_is_killed(seat, team, qtbot):
    seat.sit_down(team, "Ada")
    seat.put_caret("Talks")
    seat.type("o")
    caret = seat.work.text.caret()
    kept = Places().of(seat.work.project.id, seat.work.project.actor.id)
    qtbot.waitUntil(lambda: bool(Places().of(seat.work.project.id, seat.work.project.actor.id).get("places")))
    kept = Places().of(seat.work.project.id, seat.work.project.actor.id)
    assert kept["places"][team.document.id]["caret"] == caret


def test_a_menu_opens_with_alt_and_its_letter(window, qtbot):
    window.activateWindow()
    for key, name in zip(
        (Key.Key_F, Key.Key_E, Key.Key_V, Key.Key_A, Key.Key_C, Key.Key_G, Key.Key_H), MENUS, strict=True
    ):
        qtbot.keyClick(window, key, Modifier.AltModifier)
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, QMenu)
        assert popup.title() == name
        popup.close()


def test_undo_goes_past_a_step_that_others_have_built_on(seat, team):
    seat.sit_down(team, "Sue")
    project, offer = seat.work.project, team.codes["offer"].id
    before = project.codebook()
    changed = {**before, offer: replace(before[offer], definition="An offer of talks.")}
    assert seat.work.session.do(editing.revise_codebook(project, changed.values(), project.nouns("attribute")))
    assert seat.work.session.do(editing.publish(project))
    seat.window.take_down()
    team.code(team.sit_down("Ada"), 0, 3)
    seat.sit_down(team, "Sue")
    seat.work.session.undo()
    assert "still used" in seat.work.notice.words.text()
    assert seat.work.project.codebook() == changed
    seat.work.session.undo()
    assert seat.work.project.codebook() == before


def test_the_name_of_the_project_gives_way_to_the_menus(seat, team, qtbot):
    seat.sit_down(team, "Ada")
    bar, corner = seat.window.menuBar(), seat.window.project_name.label
    menus = bar.actionGeometry(bar.actions()[-1]).right()
    for width, said in ((1280, True), (520, False), (1280, True)):
        seat.window.resize(width, 700)
        qtbot.waitUntil(lambda width=width: bar.width() == width)
        assert bool(corner.text()) is said
        assert corner.x() > menus or not said
    seat.window.project_name.show_name("A project whose name is much longer than there could ever be room for " * 3)
    seat.window.resize(760, 700)
    qtbot.waitUntil(lambda: bar.width() == 760)
    assert corner.text().endswith("…")
    assert corner.x() > menus
