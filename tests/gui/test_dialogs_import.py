"""The import dialog on real files: what is shown, corrected, left out, and what comes back."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QThreadPool, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel

from annotator.gui.dialogs.columns import ColumnsDialog
from annotator.gui.dialogs.import_documents import CHOOSE, READ, REVIEW, ImportDialog
from annotator.gui.theme import Theme
from annotator.interchange.importing import Twin
from annotator.model import Coder, Round, new_id

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the platform without a screen

FRENCH = "Le ministère dément les accusations portées à son égard. L’été a été troublé, déclare le porte-parole.\n"
STATEMENT = """Velmar rejects the claim

By a spokesman for the Foreign Ministry

The claim that a patrol vessel crossed the line is false.

(Source: VPB - March 14, 2031)
"""
SUE, ADA = Coder(new_id(), "Sue", "supervisor"), Coder(new_id(), "Ada")
PILOT, MAIN = Round(new_id(), "Pilot"), Round(new_id(), "Main")


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "in"
    made.mkdir()
    (made / "a statement.txt").write_text(STATEMENT, encoding="utf-8")
    (made / "b french.txt").write_bytes(FRENCH.encode("cp1252"))
    (made / "c table.csv").write_text(
        "when,headline,body\n2031-01-02,First,The republic denies it all.\n2031-02-03,Second,The ministry accuses.\n",
        encoding="utf-8",
    )
    (made / "d empty.txt").touch()
    (made / "e twin.txt").write_text(STATEMENT, encoding="utf-8")
    return made


def twins(documents):
    """As `importing.duplicates` tells them, for a project without documents."""
    seen, found = {}, []
    for place, document in enumerate(documents):
        if document.text in seen:
            found.append(Twin(place, seen[document.text], False))
        seen.setdefault(document.text, document.title)
    return found


def hear(dialog):
    """Keeps what the dialog decides."""
    dialog.heard = []
    dialog.decided.connect(dialog.heard.append)


@pytest.fixture
def reviewed(qtbot, folder):
    """The dialog with everything of the folder read."""
    dialog = ImportDialog(
        None, Theme(), paths=[folder], twins=twins, coders=[SUE, ADA], me=SUE.id, rounds=[PILOT, MAIN]
    )
    qtbot.addWidget(dialog)
    hear(dialog)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == REVIEW, timeout=20_000)
    return dialog


def go_to(dialog, name):
    place = next(n for n, line in enumerate(dialog.listing.lines()) if name in line.id)
    dialog.listing.setCurrentRow(place)


def retype(qtbot, field, words):
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClicks(field, words)


def test_what_comes_in_is_listed_and_what_failed_with_why(reviewed):
    assert [line.words for line in reviewed.listing.lines()] == [
        "Velmar rejects the claim",
        "b french",
        "First",
        "Second",
        "Velmar rejects the claim",
    ]
    assert reviewed.failed_head.text() == "1 file could not be read"
    assert any("d empty.txt" in one.text() for one in reviewed.failed_area.findChildren(QLabel))


def test_the_length_of_what_comes_in_is_said_as_its_script_allows(qtbot, tmp_path):
    for name, words in (("a.txt", "One line\n\nFour more words here."), ("b.txt", "中方愿意对话。\n\n双方同意。")):
        (tmp_path / name).write_text(words, encoding="utf-8")
    dialog = ImportDialog(None, Theme(), paths=[tmp_path], twins=twins, coders=[SUE], me=SUE.id, rounds=[MAIN])
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == REVIEW, timeout=20_000)
    assert [line.more for line in dialog.listing.lines()] == ["6 words", "12 characters"]


def test_a_twin_is_noticed_and_not_ticked(reviewed, qtbot):
    assert reviewed.listing.lines()[-1].more == "the same as Velmar rejects the claim"
    assert len(reviewed.listing.ticked_ids()) == 4
    assert reviewed.primary.text() == "Import 4 documents"
    reviewed.listing.setCurrentRow(4)
    qtbot.keyClick(reviewed.listing, Qt.Key.Key_Space)
    assert reviewed.primary.text() == "Import 5 documents"


def test_what_a_statement_says_of_itself_is_proposed_and_can_be_corrected(reviewed, qtbot):
    form = reviewed.form_of_one
    assert form.details["speaker"].text() == "Spokesman for the Foreign Ministry"
    assert (form.details["source"].text(), form.details["date"].text()) == ("VPB", "2031-03-14")
    retype(qtbot, form.title, "On the strait")
    retype(qtbot, form.details["speaker"], "Ministry of Sea")
    assert reviewed.listing.lines()[0].words == "On the strait"
    qtbot.keyClick(form.title, Qt.Key.Key_Return)
    first = reviewed.heard[0].documents[0]
    assert (first.title, first.details["speaker"], first.details["source"]) == (
        "On the strait",
        "Ministry of Sea",
        "VPB",
    )
    assert first.text.startswith("Velmar rejects the claim\n")


def test_a_guessed_encoding_is_shown_and_another_can_be_chosen(reviewed, qtbot):
    go_to(reviewed, "b french.txt")
    form = reviewed.form_of_one
    assert reviewed.listing.lines()[1].more == "cp1252, a guess"
    assert form.warning.isVisible()
    assert "dément" in form.preview.toPlainText()
    others = [form.encoding.itemData(n) for n in range(form.encoding.count())]
    assert others[0] == "cp1252"
    assert len(others) > 1
    form.encoding.setFocus()
    qtbot.keyClick(form.encoding, Qt.Key.Key_Down)
    assert reviewed.files[1].documents[0].encoding == others[1]
    assert form.preview.toPlainText() == reviewed.files[1].documents[0].text
    assert "french" in reviewed.listing.current()


def test_the_columns_of_a_table_are_chosen_beside_its_first_rows(reviewed, qtbot):
    go_to(reviewed, "c table.csv")
    form = reviewed.form_of_one
    assert form.columns.isVisible()
    qtbot.mouseClick(form.columns, Qt.MouseButton.LeftButton)
    chooser = reviewed.findChild(ColumnsDialog)
    assert (chooser.text.chosen(), chooser.title.chosen(), chooser.details.ticked_ids()) == (
        "body",
        "headline",
        ["when"],
    )
    assert chooser.sample.item(1, 2).text() == "The ministry accuses."
    chooser.title.choose("body")
    chooser.accept()
    assert chooser.form.errors[chooser.title].text() == "One column cannot be both text and title."
    chooser.title.choose("")
    chooser.accept()
    assert [line.words for line in reviewed.listing.lines()][2:4] == ["c table 2", "c table 3"]
    assert reviewed.files[2].columns.title == ""


def test_documents_are_handed_out_to_whom_one_says_in_the_newest_round(reviewed, qtbot):
    assert [reviewed.to.itemText(n) for n in range(reviewed.to.count())] == [
        "Hand out to nobody yet",
        "Hand out to me",
        "Hand out to everybody",
    ]
    assert not reviewed.round.isVisible()
    reviewed.to.setFocus()
    qtbot.keyClick(reviewed.to, Qt.Key.Key_End)
    assert reviewed.round.isVisible()
    reviewed.accept()
    (made,) = reviewed.heard
    assert (made.assign_to, made.round) == ((SUE.id, ADA.id), MAIN.id)


def test_nothing_ticked_and_no_title_are_refused(reviewed, qtbot):
    reviewed.listing.tick(None, False)
    reviewed.accept()
    assert reviewed.error.text() == "Tick a document at least."
    reviewed.listing.tick(None)
    go_to(reviewed, "b french.txt")
    retype(qtbot, reviewed.form_of_one.title, " ")
    go_to(reviewed, "a statement.txt")
    reviewed.accept()
    assert reviewed.error.text() == "A document needs a title."
    assert "french" in reviewed.listing.current()
    assert reviewed.heard == []


def test_more_files_are_dropped_beside_those_that_are_there(reviewed, qtbot, tmp_path):
    more = tmp_path / "more.txt"
    more.write_text("Talks may begin.", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(more))])
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    entering = QDragEnterEvent(QPoint(10, 10), Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(reviewed, entering)
    assert entering.isAccepted()
    reviewed.listing.tick([reviewed.listing.lines()[0].id], False)
    QApplication.sendEvent(reviewed, QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data, left, none))
    qtbot.waitUntil(lambda: reviewed.listing.count() == 6)
    assert reviewed.primary.text() == "Import 4 documents"


@pytest.fixture
def empty(qtbot):
    dialog = ImportDialog(None, Theme(), coders=[SUE], me=SUE.id, rounds=[MAIN])
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def test_it_begins_by_asking_for_files(empty, qtbot):
    assert empty.pages.currentIndex() == CHOOSE
    assert not empty.primary.isEnabled()
    qtbot.keyClick(empty, Qt.Key.Key_Escape)
    assert not empty.isVisible()


def test_one_alone_in_a_project_is_handed_what_comes_in(empty, qtbot, folder):
    empty.add([folder / "a statement.txt"])
    qtbot.waitUntil(lambda: empty.pages.currentIndex() == REVIEW)
    assert empty.value().assign_to == (SUE.id,)
    assert not empty.form_of_one.columns.isVisible()


def test_an_empty_folder_says_so(empty, qtbot, tmp_path):
    (tmp_path / "nothing").mkdir()
    empty.add([tmp_path / "nothing"])
    qtbot.waitUntil(lambda: bool(empty.error.text()))
    assert empty.pages.currentIndex() == CHOOSE
    assert empty.error.text() == "There are no files in there."


def test_escape_stops_the_reading_and_keeps_the_dialog(empty, qtbot, tmp_path):
    for n in range(1500):
        (tmp_path / f"{n}.txt").write_text(f"Statement {n} denies it all.", encoding="utf-8")
    empty.add([tmp_path])
    assert (empty.pages.currentIndex(), empty.cancel_button.text()) == (READ, "Stop")
    qtbot.waitUntil(lambda: " of 1500" in empty.reading.text())
    qtbot.keyClick(empty, Qt.Key.Key_Escape)
    assert empty.pages.currentIndex() == CHOOSE
    assert empty.isVisible()
    QThreadPool.globalInstance().waitForDone()
    QApplication.processEvents()
    assert empty.files == []
    assert empty.pages.currentIndex() == CHOOSE
