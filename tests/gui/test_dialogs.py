"""The dialogs by keys and mouse: what they hand back, and what they refuse, and where they say it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from annotator.errors import Refused
from annotator.gui.dialogs.details import DetailsDialog
from annotator.gui.dialogs.hand_out import HandOutDialog
from annotator.gui.dialogs.new_project import NewProject, NewProjectDialog, file_name
from annotator.gui.dialogs.people import PeopleDialog
from annotator.gui.dialogs.who import WhoDialog
from annotator.gui.keys_sheet import ShortcutsSheet, parted
from annotator.gui.messages import ask, tell, words_of
from annotator.gui.panels.notice import Notice
from annotator.gui.parts import Elided
from annotator.gui.theme import Theme
from annotator.model import Assignment, CodebookVersion, Coder, Document, Round, assignment_id, new_id

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the platform without a screen

Key = Qt.Key
SUE, ADA, BEN = Coder(new_id(), "Sue", "supervisor"), Coder(new_id(), "Ada"), Coder(new_id(), "Ben")
PILOT = Round(new_id(), "Pilot")
DOCUMENTS = [Document(new_id(), title, "0" * 64) for title in ("On the strait", "On the bridge", "On grain")]


@pytest.fixture
def shown(qtbot):
    """Shows a dialog and collects what it decides."""

    def show(dialog):
        qtbot.addWidget(dialog)
        dialog.heard = []
        dialog.decided.connect(dialog.heard.append)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return show


def retype(qtbot, field, words):
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Key.Key_Delete)
    qtbot.keyClicks(field, words)


# A new project --------------------------------------------------------------------------------------------------------


@pytest.fixture
def new_project(shown, tmp_path):
    return shown(NewProjectDialog(None, Theme(), folder=tmp_path, person="Sue", shipped="30 codes"))


def test_a_new_project_by_keyboard_alone(new_project, qtbot, tmp_path):
    qtbot.keyClicks(QApplication.focusWidget(), "Velmar: denials?")
    assert new_project.place.text() == "Saved as Velmar denials.annotator"
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert new_project.heard == [
        NewProject(tmp_path / "Velmar denials.annotator", "Velmar: denials?", "Sue", "shipped")
    ]


def test_enter_presses_the_button_it_is_on(new_project, qtbot):
    qtbot.keyClicks(new_project.name, "Denials")
    new_project.cancel_button.setFocus()
    qtbot.keyClick(new_project.cancel_button, Key.Key_Return)
    assert not new_project.isVisible()
    assert new_project.heard == []


def test_a_new_project_says_below_the_field_what_is_missing(new_project, qtbot, tmp_path):
    qtbot.keyClick(new_project.name, Key.Key_Return)
    assert new_project.form.errors[new_project.name].text() == "The project needs a name."
    qtbot.keyClicks(new_project.name, "Denials")
    retype(qtbot, new_project.person, " ")
    qtbot.mouseClick(new_project.primary, Qt.MouseButton.LeftButton)
    assert new_project.person.hasFocus()
    assert not new_project.form.errors[new_project.name].text()
    retype(qtbot, new_project.person, "Sue")
    (tmp_path / "Denials.annotator").touch()
    qtbot.keyClick(new_project.person, Key.Key_Return)
    assert "exists there already" in new_project.form.errors[new_project.name].text()
    retype(qtbot, new_project.folder, str(tmp_path / "nowhere"))
    qtbot.keyClick(new_project.folder, Key.Key_Return)
    assert new_project.form.errors[new_project.folder].text() == "There is no such folder. Choose one that is there."
    assert new_project.heard == []


def test_a_codebook_from_a_file_must_be_there(new_project, qtbot, tmp_path):
    qtbot.keyClicks(new_project.name, "Denials")
    assert not new_project.file.isVisible()
    qtbot.keyClick(new_project.codebook, Key.Key_End)
    assert new_project.file.isVisible()
    new_project.accept()
    assert new_project.file.hasFocus()
    book = tmp_path / "book.json"
    book.touch()
    qtbot.keyClicks(new_project.file, str(book))
    qtbot.keyClick(new_project.file, Key.Key_Return)
    assert new_project.heard[0].codebook == book


def test_escape_leaves_everything_as_it_was(new_project, qtbot):
    qtbot.keyClicks(new_project.name, "Denials")
    qtbot.keyClick(new_project.name, Key.Key_Escape)
    assert not new_project.isVisible()
    assert new_project.heard == []


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("a/b\\c", "a b c"),
        ("  Denials. ", "Denials"),
        ("con", "con_"),
        ("..", ""),
        ("", ""),
        ("북한 성명", "북한 성명"),
    ],
)
def test_a_project_s_name_makes_a_file_name_on_every_system(name, file):
    assert file_name(name) == file


# Details --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def details(shown):
    known = {"speaker": ["Foreign Ministry"]}
    document = replace(DOCUMENTS[0], language="fr", details={"speaker": "Spokesman", "pages": 3})
    return shown(DetailsDialog(None, Theme(), document, known=known, more=["region"]))


def test_details_hand_back_the_document_with_what_was_written(details, qtbot):
    retype(qtbot, details.title, "On the strait, again")
    qtbot.keyClicks(details.details["date"], "2031-03-14")
    retype(qtbot, details.details["speaker"], "")
    qtbot.keyClick(details.title, Key.Key_Return)
    (after,) = details.heard
    assert (after.title, after.language) == ("On the strait, again", "fr")
    assert after.details == {"date": "2031-03-14", "pages": 3}
    assert (after.id, after.text) == (DOCUMENTS[0].id, DOCUMENTS[0].text)


def test_a_field_of_one_s_own_and_a_language_typed_as_a_tag(details, qtbot):
    assert [name.text() for name, _ in details.further] == [
        "region"
    ]  # what reading the file noted is kept, and not shown
    qtbot.mouseClick(details.add_button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(details.further[-1][0], "series")
    qtbot.keyClicks(details.further[-1][1], "A")
    details.language.setFocus()
    details.language.lineEdit().selectAll()
    qtbot.keyClicks(details.language.lineEdit(), "sr-Latn")
    details.accept()
    assert details.heard[0].details == {"speaker": "Spokesman", "pages": 3, "series": "A"}
    assert details.heard[0].language == "sr-Latn"


def test_details_refuse_no_title_and_doubled_fields(details, qtbot):
    qtbot.mouseClick(details.add_button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(details.further[-1][0], "Speaker")
    details.accept()
    assert details.error.text() == "There are two fields called Speaker."
    retype(qtbot, details.title, " ")
    details.accept()
    assert details.form.errors[details.title].text()
    assert details.heard == []


# People ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def people(shown):
    return shown(PeopleDialog(None, Theme(), [SUE, ADA], me=SUE.id))


def test_people_are_added_renamed_and_given_a_role(people, qtbot):
    retype(qtbot, people.rows[1][1], "Ada K.")
    qtbot.keyClick(people.rows[1][2], Key.Key_Right)
    qtbot.mouseClick(people.add_button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(QApplication.focusWidget(), "Ben")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    first, second, third = people.heard[0]
    assert first == SUE
    assert second == Coder(ADA.id, "Ada K.", "supervisor")
    assert (third.name, third.role) == ("Ben", "coder")


def test_people_are_added_by_keys_alone(people, qtbot):
    assert people.add_button.hasFocus()
    qtbot.keyClick(people.add_button, Key.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), "Ben")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert [one.name for one in people.heard[0]] == [SUE.name, ADA.name, "Ben"]


def test_a_row_left_empty_is_nobody(people, qtbot):
    qtbot.mouseClick(people.add_button, Qt.MouseButton.LeftButton)
    people.accept()
    assert people.heard == [[SUE, ADA]]


def test_people_refuse_doubled_and_empty_names_and_no_supervisor(people, qtbot):
    retype(qtbot, people.rows[1][1], "SUE")
    people.accept()
    assert people.error.text() == "Two people are called SUE. Tell them apart."
    retype(qtbot, people.rows[1][1], "")
    people.accept()
    assert people.error.text() == "Ada needs a name; a person cannot be removed."
    retype(qtbot, people.rows[1][1], "Ada")
    qtbot.keyClick(people.rows[0][2], Key.Key_Left)
    people.accept()
    assert people.error.text() == "A project needs a supervisor."
    assert people.heard == []


# Who is working -------------------------------------------------------------------------------------------------------


def test_who_is_chosen_by_arrow_and_enter(shown, qtbot):
    dialog = shown(WhoDialog(None, Theme(), [SUE, ADA, BEN], current=ADA.id))
    assert dialog.people.hasFocus()
    qtbot.keyClick(dialog.people, Key.Key_Down)
    qtbot.keyClick(dialog.people, Key.Key_Return)
    assert dialog.heard == [BEN.id]


def test_who_is_chosen_by_a_double_click(shown, qtbot):
    dialog = shown(WhoDialog(None, Theme(), [SUE, ADA, BEN]))
    place = dialog.people.visualItemRect(dialog.people.item(2)).center()
    qtbot.mouseClick(dialog.people.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(dialog.people.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert dialog.heard == [BEN.id]


# Handing out ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def hand_out(shown):
    versions = [CodebookVersion(new_id(), 1, {}), CodebookVersion(new_id(), 2, {})]
    there = Assignment(assignment_id(DOCUMENTS[0].id, ADA.id, PILOT.id), DOCUMENTS[0].id, ADA.id, PILOT.id)
    return shown(
        HandOutDialog(
            None,
            Theme(),
            documents=DOCUMENTS,
            coders=[SUE, ADA, BEN],
            rounds=[PILOT],
            versions=versions,
            assignments=[there],
        )
    )


def test_all_documents_go_to_all_coders_in_an_order_of_their_own(hand_out, qtbot):
    assert hand_out.summary.text() == "5 to hand out, 1 is there already"
    retype(qtbot, hand_out.seed, "7")
    qtbot.keyClick(hand_out.seed, Key.Key_Return)
    (made,) = hand_out.heard
    assert made.documents == tuple(one.id for one in DOCUMENTS)
    assert made.coders == (ADA.id, BEN.id)
    assert (made.round, made.new, made.seed) == (PILOT, False, 7)


def test_in_a_narrow_dialog_the_count_ends_in_an_ellipsis_and_stands_whole_in_its_tip(hand_out):
    hand_out.summary.setText("12345 to hand out, 12345 are there already " * 5)
    hand_out.resize(hand_out.minimumWidth(), 640)
    QApplication.processEvents()
    summary = hand_out.summary
    assert summary.geometry().right() < hand_out.cancel_button.geometry().left()
    assert isinstance(summary, Elided)
    summary.event(QEvent(QEvent.Type.ToolTip))
    assert summary.toolTip() == summary.text()


def test_documents_are_ticked_by_space_and_click_and_filtered(hand_out, qtbot):
    hand_out.documents.setFocus()
    qtbot.keyClick(hand_out.documents, Key.Key_Space)
    place = hand_out.documents.visualItemRect(hand_out.documents.item(1)).center()
    qtbot.mouseClick(hand_out.documents.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert hand_out.documents.ticked_ids() == [DOCUMENTS[2].id]
    hand_out.documents.show_only("STRAIT")
    hand_out.documents.tick(None)
    assert hand_out.documents.ticked_ids() == [DOCUMENTS[0].id, DOCUMENTS[2].id]
    assert hand_out.summary.text() == "3 to hand out, 1 is there already"


def test_a_new_round_is_made_with_its_name_and_version(hand_out, qtbot):
    assert not hand_out.name.isVisible()
    hand_out.round.setFocus()
    qtbot.keyClick(hand_out.round, Key.Key_Down)
    assert hand_out.name.isVisible()
    hand_out.accept()
    assert hand_out.form.errors[hand_out.name].text() == "The new round needs a name."
    qtbot.keyClicks(hand_out.name, "pilot")
    hand_out.accept()
    assert "already" in hand_out.form.errors[hand_out.name].text()
    retype(qtbot, hand_out.name, "Reliability")
    qtbot.keyClick(hand_out.blind, Key.Key_Space)
    qtbot.keyClick(hand_out.order, Key.Key_Left)
    hand_out.accept()
    (made,) = hand_out.heard
    assert (made.round.name, made.round.blind, made.new, made.seed) == ("Reliability", False, True, None)
    assert made.round.codebook_version == hand_out.version.itemData(0)
    assert hand_out.version.itemText(0) == "Version 2"


def test_nothing_to_hand_out_is_refused(hand_out):
    hand_out.coders.tick([BEN.id], False)
    hand_out.documents.tick([one.id for one in DOCUMENTS[1:]], False)
    hand_out.accept()
    assert hand_out.error.text() == "All of them have these documents in this round already."
    hand_out.coders.tick(None, False)
    hand_out.accept()
    assert hand_out.error.text() == "Tick a coder at least."


# Notice, messages, shortcuts ------------------------------------------------------------------------------------------


@pytest.fixture
def notice(qtbot):
    made = Notice(Theme())
    qtbot.addWidget(made)
    return made


def test_a_notice_stays_until_it_is_read_and_the_next_waits_behind_it(notice, qtbot):
    notice.tell("The disk is full.")
    notice.tell("It is still full.")
    notice.tell("The disk is full.")
    assert (notice.words.text(), notice.more.text()) == ("The disk is full.", "1 more")
    qtbot.mouseClick(notice.close_button, Qt.MouseButton.LeftButton)
    assert (notice.words.text(), notice.more.text()) == ("It is still full.", "")
    with qtbot.waitSignal(notice.dismissed):
        qtbot.keyClick(notice.close_button, Key.Key_Escape)
    assert not notice.isVisible()


def test_a_notice_offers_one_thing_to_do(notice, qtbot):
    done = []
    notice.tell("It was changed.", button="Show it", action=lambda: done.append(True))
    assert notice.button.isVisible()
    qtbot.keyClick(notice.button, Key.Key_Space)
    assert done == [True]
    assert not notice.isVisible()
    notice.tell("Something else.")
    assert not notice.button.isVisible()
    notice.clear()
    assert not notice.isVisible()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Refused("span.none"), "Select some words first."),
        (PermissionError(13, "Permission denied", "/a/b"), "/a/b: Permission denied."),
        (KeyError("x"), "Something went wrong inside Annotator (KeyError: 'x'). Your codings are saved."),
    ],
)
def test_errors_are_told_in_words(error, words):
    assert words_of(error) == words


@pytest.mark.parametrize(("key", "answer"), [(Key.Key_Escape, False), (Key.Key_Return, False), (Key.Key_Tab, True)])
def test_ask_is_careful(qtbot, key, answer):
    def press():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        qtbot.keyClick(QApplication.focusWidget() or box, key)
        if key == Key.Key_Tab:
            doing = next(one for one in box.buttons() if one.text() == "Reveal")
            qtbot.mouseClick(doing, Qt.MouseButton.LeftButton)

    QTimer.singleShot(50, press)
    assert ask(None, "Reveal the round?", yes="Reveal", more="It cannot be blind again.") is answer


def test_tell_says_it_and_goes(qtbot):
    seen = []

    def press():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append((box.text(), box.informativeText()))
        qtbot.keyClick(box, Key.Key_Return)

    QTimer.singleShot(50, press)
    tell(None, "There is no project here.", more="/a/b.annotator")
    assert seen == [("There is no project here.", "/a/b.annotator")]


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1024, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_the_sheet_finds_a_shortcut_by_its_words_and_keys(window, qtbot):
    sheet = ShortcutsSheet(window, Theme())
    assert sheet.field.hasFocus()
    everything = sheet.shown()
    qtbot.keyClicks(sheet.field, "sentence rig")
    assert [one.words for one in sheet.shown()] == ["A sentence to the right"]
    qtbot.keyClicks(sheet.field, "zz")
    assert sheet.shown() == []
    qtbot.keyClick(sheet.field, Key.Key_Escape)
    assert sheet.shown() == everything
    with qtbot.waitSignal(sheet.closed):
        qtbot.keyClick(sheet.field, Key.Key_Escape)
    assert not sheet.isVisible()


def test_a_click_beside_the_sheet_closes_it_and_it_stays_inside_the_window(window, qtbot):
    sheet = ShortcutsSheet(window, Theme())
    assert window.rect().contains(sheet.geometry())
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: sheet.scrim.size() == window.size())
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton)
    assert sheet.isVisible()
    with qtbot.waitSignal(sheet.closed):
        qtbot.mouseClick(sheet.scrim, Qt.MouseButton.LeftButton, pos=sheet.scrim.rect().topLeft())


@pytest.mark.parametrize(
    ("heights", "columns", "parts"),
    [([3, 3, 3], 3, ["a", "b", "c"]), ([5, 1, 1, 4], 2, ["a", "bcd"]), ([2], 3, ["a"]), ([1, 1, 9], 2, ["ab", "c"])],
)
def test_groups_are_parted_into_columns_as_low_as_can_be(heights, columns, parts):
    names = list("abcd"[: len(heights)])
    assert parted(names, heights, columns) == [list(part) for part in parts]
