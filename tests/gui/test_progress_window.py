"""The window of progress: what it shows and to whom, how it follows, and the ways out of it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from annotator import editing
from annotator.gui import progress_desk
from annotator.gui.progress.table import ANNOTATIONS, CODER, LAST, ROUND, STATE
from annotator.gui.progress.window import ProgressWindow
from annotator.model import Change, Edit, Round
from tests.conftest import document, made
from tests.gui.conftest import Key, Modifier

AT = "2031-01-01T00:00:00+00:00"


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(progress_desk, "LIVE", 0)


@pytest.fixture
def worked(team):
    """Ada coded and sat; Ben read and found nothing; a second document waits for Ada; a third round has nobody yet."""
    other, contents = document("Nobody wants a quarrel.", title="Another")
    team.sue.apply(Change("import documents", (Edit(None, other),)), contents=contents)
    coders = [team.coders["Ada"].id]
    team.sue.apply(editing.assign(team.sue, documents=[other.id], coders=coders, round=team.round.id))
    place = {"document": team.document.id, "round": team.round.id}
    ada = team.sit_down("Ada")
    team.code(ada, 4, 12)
    ada.apply(editing.sit(ada, **place, began=AT, seconds=725, before=None))
    ben = team.sit_down("Ben")
    ben.apply(editing.mark_done(ben, **place))
    return team


def opened(seat) -> ProgressWindow:
    """The window, as the menu opens it."""
    action = next(one for one in seat.window.actions_ if one.run == "desk.progress.show")
    seat.window.run(action)
    return next(one for one in seat.window.desk._windows if isinstance(one, ProgressWindow))


def lines(shown: ProgressWindow) -> list[str]:
    rows = shown.table.rows
    columns = [n for n in range(LAST) if not shown.table.isColumnHidden(n)]
    return [", ".join(str(rows.index(n, at).data()) for at in columns) for n in range(rows.rowCount())]


def sums(shown: ProgressWindow) -> list[str]:
    model = shown.coders.sums
    return [str(model.index(n).data(Qt.ItemDataRole.AccessibleTextRole)) for n in range(model.rowCount())]


def test_a_supervisor_sees_every_assignment_of_the_round_and_the_sums(seat, worked):
    seat.sit_down(worked, "Sue")
    shown = opened(seat)
    assert shown.round.currentText() == "Reliability"
    assert lines(shown) == [
        "A statement, Ada, In progress, 1, 12 min",
        "A statement, Ben, Done, nothing found, 0, –",
        "Another, Ada, To do, 0, –",
    ]
    assert sums(shown) == [
        "All coders, 1 of 3 done, 1 annotation · 12 min",
        "Ada, 0 of 2 done, 1 annotation · 12 min",
        "Ben, 1 of 1 done, 0 annotations",
    ]
    assert shown.summary.text() == (
        "1 of 3 done · 1 with nothing found · 1 in progress · 1 to do · 1 annotation · 12 min"
    )
    today = str(shown.table.rows.index(0, LAST).data())
    assert today.startswith("today, ")
    assert shown.table.rows.index(2, LAST).data() == "–"


def test_a_coder_sees_their_own_rows_only(seat, worked):
    seat.sit_down(worked, "Ada")
    shown = opened(seat)
    assert lines(shown) == ["A statement, In progress, 1, 12 min", "Another, To do, 0, –"]
    assert sums(shown) == ["Ada, 0 of 2 done, 1 annotation · 12 min"]


def test_a_coder_is_chosen_and_the_round(seat, worked, qtbot):
    sue = worked.sit_down("Sue")
    change = editing.add_round(sue, "Main coding")
    sue.apply(change)
    later = made(change, Round)
    ben = [worked.coders["Ben"].id]
    sue.apply(editing.assign(sue, documents=[worked.document.id], coders=ben, round=later.id))
    seat.sit_down(worked, "Sue")
    shown = opened(seat)
    assert shown.round.currentText() == "Main coding"
    assert lines(shown) == ["A statement, To do, 0, –"]
    shown.round.choose("")
    assert len(lines(shown)) == 4
    assert not shown.table.isColumnHidden(ROUND)
    shown.coders.setFocus()
    qtbot.keyClick(shown.coders, Key.Key_Down)
    qtbot.keyClick(shown.coders, Key.Key_Down)
    assert shown.coders.chosen() == worked.coders["Ben"].id
    assert lines(shown) == [
        "A statement, Main coding, To do, 0, –",
        "A statement, Reliability, Done, nothing found, 0, –",
    ]
    assert shown.table.isColumnHidden(CODER)
    shown.round.choose(worked.round.id)
    assert lines(shown) == ["A statement, Done, nothing found, 0, –"]


def test_it_can_be_ordered_by_the_list_and_by_the_heads(seat, worked):
    seat.sit_down(worked, "Sue")
    shown = opened(seat)
    shown.order.choose(STATE)
    assert [one.split(", ")[2] for one in lines(shown)] == ["To do", "In progress", "Done"]
    shown.table.header().sectionClicked.emit(ANNOTATIONS)
    assert shown.order.chosen() == ANNOTATIONS
    assert lines(shown)[0].startswith("A statement, Ada")
    shown.order.choose(LAST)
    assert lines(shown)[-1].startswith("Another")
    shown.order.choose(CODER)
    assert [one.split(", ")[1] for one in lines(shown)] == ["Ada", "Ada", "Ben"]


def test_it_follows_what_is_done_meanwhile(seat, worked, qtbot):
    seat.sit_down(worked, "Ada")
    shown = opened(seat)
    shown.table.setCurrentIndex(shown.table.rows.index(1, 0))
    seat.window.activateWindow()
    seat.work.text.setFocus()
    seat.work.text.put_caret(0)
    seat.press(Key.Key_O)
    qtbot.waitUntil(lambda: lines(shown)[0] == "A statement, In progress, 2, 12 min")
    seat.press(Key.Key_Return, Modifier.ControlModifier)
    qtbot.waitUntil(lambda: lines(shown)[0] == "A statement, Done, 2, 12 min")
    assert sums(shown) == ["Ada, 1 of 2 done, 2 annotations · 12 min"]
    assert shown.table.currentIndex().row() == 1
    seat.window.time._write(seat.window.time.clock.open(None, seat.window.time.clock._alive))
    place = {"document": worked.document.id, "round": worked.round.id, "began": AT}
    seat.work.session.must_do(editing.sit(seat.work.project, **place, seconds=60, before=None))
    qtbot.waitUntil(lambda: lines(shown)[0].endswith("13 min"))


def test_enter_opens_the_document_in_its_round(seat, worked, qtbot):
    seat.sit_down(worked, "Sue")
    shown = opened(seat)
    shown.table.setFocus()
    qtbot.keyClick(shown.table, Key.Key_End)
    qtbot.keyClick(shown.table, Key.Key_Return)
    assert seat.work.coding.document.title == "Another"
    assert seat.work.coding.round.id == worked.round.id
    assert shown.isVisible()


def test_the_window_is_one_and_goes_with_the_project(seat, worked, qtbot):
    seat.sit_down(worked, "Sue")
    shown = opened(seat)
    assert opened(seat) is shown
    qtbot.keyClick(shown.table, Key.Key_Escape)
    assert not shown.isVisible()
    again = opened(seat)
    seat.work.session.must_do(editing.add_coder("Cleo"))
    seat.window.desk.close_project()
    assert not again.isVisible()
    QApplication.processEvents()


def test_the_table_is_copied_and_written(seat, worked, qtbot, tmp_path):
    seat.sit_down(worked, "Sue")
    shown = opened(seat)
    qtbot.keyClick(shown.table, Key.Key_C, Modifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0] == "Document\tCoder\tState\tAnnotations\tTime\tLast worked on"
    assert copied[3] == "Another\tAda\tTo do\t0\t–\t–"
    assert "clipboard" in shown.said.text()
    following = shown.findChild(progress_desk.Following)
    assert following
    for format in ("csv", "xlsx"):
        path = tmp_path / f"progress.{format}"
        following.write(path)
        assert path.stat().st_size > 100
        assert str(path) in shown.said.text()
    following.write(tmp_path / "no" / "folder.csv")
    assert shown.said.property("tone") == "danger"


def test_nothing_handed_out_is_said_in_its_place(seat, tmp_path, qtbot):
    from annotator.project import Project

    path = tmp_path / "new.annotator"
    Project.create(path, name="New", supervisor="Sue", device="desk").close()
    seat.window.open_path(path, "Sue")
    shown = opened(seat)
    assert shown.nothing.isVisible()
    assert "Hand out documents" in shown.nothing.text()
    assert not shown.export.isEnabled()


def test_where_there_is_little_room_the_titles_keep_theirs(seat, worked):
    sue = worked.sit_down("Sue")
    main = next(one for one in sue.nouns("round") if one.name == "Main")
    sue.apply(editing.assign(sue, documents=[worked.document.id], coders=[sue.actor.id], round=main.id))
    seat.sit_down(worked, "Sue")
    shown = opened(seat)
    shown.round.choose("")
    shown.resize(1200, 700)
    QApplication.processEvents()
    assert not shown.table.isColumnHidden(LAST)
    shown.resize(1000, 700)
    QApplication.processEvents()
    assert shown.table.isColumnHidden(LAST)
    assert "Last worked on" in shown.table.as_text()
