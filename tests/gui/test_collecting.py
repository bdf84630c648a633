import gc
import subprocess
import sys
import threading
import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimerEvent
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from annotator.gui.collecting import EVERY, Collector, collecting_later
from annotator.gui.tasks import run_in_background
from tests.gui.conftest import Key

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the platform without a screen


class Knot:
    """Something that holds itself."""

    def __init__(self):
        self.own = self


@pytest.fixture
def collected_in():
    """The threads in which garbage is looked for."""
    threads = set()

    def note(phase, info):
        threads.add(threading.current_thread())

    gc.callbacks.append(note)
    yield threads
    gc.callbacks.remove(note)


def test_garbage_goes_in_the_thread_of_the_window_alone(qtbot, qapp, collected_in):
    collector, gone = Collector(qapp), weakref.ref(Knot())
    ended = []

    def work(progress, cancelled):
        return sum(Knot().own is not None for _ in range(5 * gc.get_threshold()[0]))

    run_in_background(work, done=ended.append, failed=ended.append)
    qtbot.waitUntil(lambda: ended == [5 * gc.get_threshold()[0]])
    assert collected_in <= {threading.main_thread()}
    qtbot.waitUntil(lambda: gone() is None, timeout=10 * EVERY)
    assert collected_in == {threading.main_thread()}
    collector.deleteLater()


def test_old_garbage_goes_too(qapp, collected_in):
    knot = Knot()
    gone = weakref.ref(knot)
    for _ in range(3):
        gc.collect(1)
    del knot
    collector = Collector(qapp)
    for _ in range(100):
        more = [Knot() for _ in range(gc.get_threshold()[0] + 1)]
        collector.timerEvent(QTimerEvent(1))
        del more
    collector.deleteLater()
    assert gone() is None


def test_the_application_has_a_collector():
    code = "import gc; from annotator.gui.app import application; application(); print(gc.isenabled())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_what_is_closed_is_taken_down_by_qt_and_never_by_the_collector(seat, team):
    """The collector clears the parts of what it takes in any order, while Qt still calls them."""
    seat.sit_down(team, "Sue")
    desk = seat.window.desk
    for open_window in (desk.agreement, desk.compare, desk.people, desk.entities, desk.codebook.edit):
        open_window()
        seat.window.activateWindow()
    seat.work.to_text()
    seat.press(Key.Key_Space)
    desk.close_project()
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.set_debug(gc.DEBUG_SAVEALL)
    gc.collect()
    gc.set_debug(0)
    taken = [one for one in gc.garbage if isinstance(one, QObject) and isValid(one)]
    gc.garbage.clear()
    assert taken == []


def test_many_that_are_made_together_are_never_looked_through():
    was_on = gc.isenabled()
    gc.enable()
    gc.unfreeze()
    with collecting_later():
        assert not gc.isenabled()
        many = [[n] for n in range(20_000)]
    assert gc.isenabled()
    assert gc.get_freeze_count() >= len(many)
    gc.unfreeze()
    if not was_on:
        gc.disable()
