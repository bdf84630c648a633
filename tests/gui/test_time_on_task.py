"""Time on task at the window: what is measured and written, what the coder sees of it, and how it is switched off."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator import editing
from annotator.clock import Moment
from annotator.gui import time_on_task
from annotator.gui.dialogs.timing import TimingDialog
from annotator.gui.places import Places
from annotator.model import Change, Edit, Sitting
from annotator.project import Project
from annotator.settings import Timing
from tests.conftest import document, made
from tests.gui.conftest import Key, Modifier

CTRL, SHIFT = Modifier.ControlModifier, Modifier.ShiftModifier


class Hands:
    """Somebody at the window, at whose desk time goes by as the test wants it. Keys and the mouse come from the system."""

    def __init__(self, seat):
        self.seat, self.moment = seat, Moment(0.0, 1.9e9)

    def now(self) -> Moment:
        return self.moment

    def go_by(self, seconds: float) -> None:
        """Time in which nobody does anything, and the window looks at the clock as it should."""
        while seconds > 0:
            step = min(15.0, seconds)
            self.moment = Moment(self.moment.steady + step, self.moment.wall + step)
            self.seat.window.time._look()
            seconds -= step

    def press(self, key=Key.Key_Right, modifiers=Modifier.NoModifier, *, after: float = 0.0) -> None:
        self.go_by(after)
        QTest.keyClick(self.seat.window.windowHandle(), key, modifiers)

    def move(self, *, after: float = 0.0) -> None:
        self.go_by(after)
        QTest.mouseMove(self.seat.window.windowHandle(), QPoint(200, 200))
        QTest.mouseMove(self.seat.window.windowHandle(), QPoint(210, 200))

    @property
    def sitting(self) -> list[tuple[str, int]]:
        """What stands in the project: the title of the document, and how long."""
        project = self.seat.work.project
        titles = {one.id: one.title for one in project.nouns("document")}
        return [(titles[one.document], one.seconds) for one in project.nouns("sitting")]

    @property
    def shown(self) -> str:
        sign = self.seat.window.time_sign
        return sign.accessibleName() if sign.isVisible() else ""


@pytest.fixture
def hands(seat, monkeypatch):
    made = Hands(seat)
    monkeypatch.setattr(time_on_task, "now", made.now)
    return made


@pytest.fixture
def ada(team, seat, hands):
    """Ada at the window, with two documents of hers in a blind round; the first is open."""
    other, contents = document("Nobody wants a quarrel.", title="Another")
    team.sue.apply(Change("import documents", (Edit(None, other),)), contents=contents)
    coders = [team.coders["Ada"].id]
    team.sue.apply(editing.assign(team.sue, documents=[other.id], coders=coders, round=team.round.id))
    seat.sit_down(team, "Ada")
    return seat


def revisions(seat) -> int:
    return len([one for one in seat.work.project.log() if one.kind == "sitting"])


def choose(seat, timing: Timing) -> None:
    """Through the dialog, as the menu opens it."""
    action = next(one for one in seat.window.actions_ if one.run == "time.ask")
    seat.window.run(action)
    dialog = next(one for one in seat.window.findChildren(TimingDialog) if one.isVisible())
    if dialog.on.isChecked() != timing.on:
        seat.qtbot.keyClick(dialog.on, Key.Key_Space)
    dialog.idle.choose(timing.idle)
    seat.qtbot.keyClick(dialog, Key.Key_Return)
    QApplication.processEvents()


# What is written ------------------------------------------------------------------------------------------------------


def write_sitting(seat, team) -> None:
    """A sitting, and then the same one longer."""
    session, project = seat.work.session, seat.work.project
    place = {"document": team.document.id, "round": team.round.id, "began": "2031-01-01T00:00:00+00:00"}
    change = editing.sit(project, **place, seconds=30, before=None)
    session.must_do(change)
    session.must_do(editing.sit(project, **place, seconds=70, before=made(change, Sitting)))


def test_a_sitting_is_no_step_of_undo_and_redo_nor_of_the_history(ada, team):
    session = ada.work.session
    ada.work.text.put_caret(0)
    ada.press(Key.Key_D)
    ada.put_caret("Talks")
    ada.press(Key.Key_D)
    ada.press(Key.Key_Z, CTRL)
    write_sitting(ada, team)
    assert (session.undo_words(), session.redo_words()) == ("annotation", "annotation")
    ada.press(Key.Key_Y, CTRL)
    assert len(ada.annotations()) == 2
    write_sitting(ada, team)
    ada.press(Key.Key_Z, CTRL)
    ada.press(Key.Key_Z, CTRL)
    assert ada.annotations() == []
    assert session.undo_words() == ""
    assert [one.seconds for one in ada.work.project.nouns("sitting")] == [70, 70]
    ada.work.looking_back.toggle()
    assert {step.label for step in ada.work.looking_back.steps.values()}.isdisjoint({"sit"})


def test_what_is_said_above_the_text_stays_while_time_is_written(ada, team):
    ada.work.notice.tell("Not done.", passing=True)
    write_sitting(ada, team)
    assert ada.work.notice.isVisible()


def test_one_revision_a_sitting_is_written_when_another_document_opens(ada, hands):
    hands.press(after=60)
    hands.move(after=40)
    assert hands.sitting == []
    hands.press(Key.Key_PageDown, CTRL, after=20)
    assert ada.work.coding.document.title == "Another"
    assert hands.sitting == [("A statement", 120)]
    hands.press(after=30)
    hands.press(Key.Key_PageUp, CTRL, after=30)
    assert hands.sitting == [("A statement", 120), ("Another", 60)]
    assert revisions(ada) == 2
    assert hands.shown == "Time on this document: 2 min"


@pytest.mark.parametrize("sign", ["key", "shortcut", "press", "move", "wheel"])
def test_every_key_press_wheel_and_move_is_a_sign_of_life(ada, hands, sign):
    handle, at = ada.window.windowHandle(), QPoint(600, 400)
    deeds = {
        "key": lambda: QTest.keyClick(handle, Key.Key_Right),
        "shortcut": lambda: QTest.keyClick(handle, Key.Key_Y, CTRL),
        "press": lambda: QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Modifier.NoModifier, at),
        "move": lambda: QTest.mouseMove(handle, QPoint(620, 410)),
        "wheel": lambda: QTest.wheelEvent(handle, QPointF(at), QPoint(0, -120)),
    }
    hands.go_by(150)
    deeds[sign]()
    hands.go_by(150)
    deeds[sign]()
    ada.window.time.end()
    assert hands.sitting == [("A statement", 300)]


def test_a_long_sitting_is_written_every_five_minutes_and_grows(ada, hands):
    for _ in range(12):
        hands.press(after=60)
    assert revisions(ada) == 2
    assert len(hands.sitting) == 1
    assert hands.sitting[0][1] >= 600
    hands.press(Key.Key_PageDown, CTRL)
    assert hands.sitting == [("A statement", 720)]


def test_closing_writes_what_is_left(ada, hands, team):
    hands.press(after=100)
    assert ada.window.take_down()
    with Project(team.sue.path, actor="Ada", device="d", writing=False) as project:
        assert [one.seconds for one in project.nouns("sitting")] == [100]
        assert project.check(rebuild=True) == []


def test_the_machine_sleeps_and_the_sitting_is_over(ada, hands):
    hands.press(after=100)
    hands.moment = Moment(hands.moment.steady + 1, hands.moment.wall + 30_000)
    hands.press()
    assert hands.sitting == [("A statement", 100)]
    assert hands.shown == "Time on this document: 1 min"
    hands.press(after=30)
    hands.press(Key.Key_PageDown, CTRL)
    assert hands.sitting == [("A statement", 100), ("A statement", 30)]


def test_nothing_is_written_of_what_was_not_handed_out(seat, hands, team):
    seat.sit_down(team, "Sue")
    assert seat.work.coding.document is not None
    hands.press(after=100)
    assert hands.shown == ""
    seat.window.time.end()
    assert hands.sitting == []


def test_from_when_it_is_handed_out_it_counts_and_until_it_is_taken_back(seat, hands, team):
    seat.sit_down(team, "Sue")
    work = seat.work
    work.open_document(team.document.id, team.round.id)
    hands.press(after=100)
    me = work.project.actor.id
    change = editing.assign(work.project, documents=[team.document.id], coders=[me], round=team.round.id)
    work.session.must_do(change)
    hands.press(after=70)
    assert hands.shown == "Time on this document: 1 min"
    work.session.undo()
    assert hands.shown == ""
    assert hands.sitting == [("A statement", 70)]


def test_marking_as_done_does_not_part_a_sitting(ada, hands):
    hands.press(after=50)
    hands.press(Key.Key_Return, CTRL)
    assert ada.work.coding.is_done
    hands.press(after=50)
    ada.window.time.end()
    assert hands.sitting == [("A statement", 100)]


def test_nothing_is_written_while_a_project_is_open_for_reading(team, seat, hands):
    team.close()
    other = Project(team.sue.path, actor="Ada", device="elsewhere")
    try:
        seat.window.open_path(team.sue.path, "Ada")
        assert not seat.work.project.is_writable
        hands.press(after=100)
        assert hands.shown == ""
        seat.window.time.end()
        assert hands.sitting == []
    finally:
        other.close()


def test_a_page_in_front_of_the_text_is_no_work_on_it(seat, hands, team):
    sue = team.sue
    sue.apply(editing.assign(sue, documents=[team.document.id], coders=[sue.actor.id], round=team.round.id))
    seat.sit_down(team, "Sue")
    hands.press(after=60)
    seat.window.desk.compare()
    assert hands.shown == ""
    hands.press(Key.Key_J, after=60)
    seat.window.leave_page()
    hands.press(after=30)
    assert hands.shown == "Time on this document: 1 min"
    seat.window.time.end()
    assert hands.sitting == [("A statement", 60), ("A statement", 30)]


def test_a_project_that_opens_before_the_window_is_shown_is_measured_too(team, qtbot, theme, hands):
    from annotator import settings
    from annotator.gui.main_window import MainWindow

    team.close()
    window = MainWindow(theme, settings.load(), Places())
    qtbot.addWidget(window)
    hands.seat = type(hands.seat)(qtbot, window)
    window.open_path(team.sue.path, "Ada")
    window.show()
    qtbot.waitExposed(window)
    hands.press(after=100)
    assert hands.shown == "Time on this document: 1 min"
    window.close()


# What one sees of it, and how it is switched off ----------------------------------------------------------------------


def test_the_sign_tells_the_time_and_that_it_pauses(ada, hands):
    assert hands.shown == "Time on this document: < 1 min"
    for _ in range(4):
        hands.press(after=100)
    assert hands.shown == "Time on this document: 6 min"
    assert ada.window.time_sign.text() == "6 min"
    hands.go_by(170)
    assert "paused" not in hands.shown
    hands.go_by(30)
    assert hands.shown == "Time on this document: 6 min, paused"
    assert "3 minutes" in ada.window.time_sign.toolTip()
    assert "supervisors" in ada.window.time_sign.toolTip()
    assert not ada.window.time_sign.icon().isNull()
    hands.move()
    assert hands.shown == "Time on this document: 6 min"
    assert ada.window.time_sign.icon().isNull()


def test_what_was_worked_before_is_in_the_sum(ada, hands, team):
    write_sitting(ada, team)
    write_sitting(ada, team)
    hands.press(Key.Key_PageDown, CTRL)
    hands.press(Key.Key_PageUp, CTRL)
    assert hands.shown == "Time on this document: 2 min"


def test_switched_off_nothing_is_measured_written_or_shown(ada, hands):
    hands.press(after=100)
    choose(ada, Timing(on=False))
    assert hands.shown == ""
    hands.press(after=100)
    hands.press(Key.Key_PageDown, CTRL)
    hands.press(after=400)
    ada.window.time.end()
    assert hands.sitting == []
    assert ada.window.settings.timing_of("Ada") == Timing(on=False)


def test_switched_on_again_it_begins_anew(ada, hands):
    choose(ada, Timing(on=False))
    hands.press(after=100)
    choose(ada, Timing(on=True))
    hands.press(after=60)
    ada.window.time.end()
    assert hands.sitting == [("A statement", 60)]


def test_the_idle_minutes_are_heeded_at_once(ada, hands):
    choose(ada, Timing(idle=1))
    hands.go_by(75)
    assert hands.shown.endswith("paused")
    assert "for a minute" in ada.window.time_sign.toolTip()
    choose(ada, Timing(idle=15))
    hands.press(after=800)
    ada.window.time.end()
    assert hands.sitting[0][1] >= 800


def test_it_is_the_choice_of_each_person(ada, hands, team):
    choose(ada, Timing(on=False))
    ada.sit_down_again("Ben")
    assert hands.shown
    ada.sit_down_again("Ada")
    assert hands.shown == ""


def test_a_disk_that_refuses_loses_nothing_but_the_last_minutes(ada, hands, monkeypatch):
    def refuse(change, **more):
        from annotator.errors import Refused

        raise Refused("project.read_only")

    project = ada.work.project
    with monkeypatch.context() as broken:
        broken.setattr(project, "apply", refuse)
        for _ in range(6):
            hands.press(after=60)
        assert not ada.work.notice.isVisible()
    assert hands.sitting == []
    for _ in range(5):
        hands.press(after=60)
    hands.press(Key.Key_PageDown, CTRL)
    assert hands.sitting == [("A statement", 660)]


def test_a_picture_of_the_window_leaves_no_time(team, tmp_path, monkeypatch, hands):
    from annotator.gui import app

    team.close()
    monkeypatch.setattr(time_on_task, "now", lambda: Moment(hands.moment.steady, hands.moment.wall))
    app.picture(team.sue.path, "Ada", tmp_path / "window.png")
    with Project(team.sue.path, actor="Ada", device="d", writing=False) as project:
        assert project.nouns("sitting") == []


def test_a_click_on_the_sign_asks_how_it_is_measured(ada, hands):
    ada.qtbot.mouseClick(ada.window.time_sign, Qt.MouseButton.LeftButton)
    dialog = next(one for one in ada.window.findChildren(TimingDialog) if one.isVisible())
    assert dialog.idle.isEnabled()
    ada.qtbot.keyClick(dialog.on, Key.Key_Space)
    assert not dialog.idle.isEnabled()
    ada.qtbot.keyClick(dialog, Key.Key_Escape)
    assert ada.window.settings.timing_of("Ada") == Timing()
