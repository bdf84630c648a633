import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from annotator.gui.tasks import ProgressSheet, run_in_background
from annotator.gui.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the platform without a screen


class Heard:
    """What a task said, and in which thread."""

    def __init__(self):
        self.done, self.failed, self.said, self.threads = [], [], [], set()

    def listen(self, work):
        return run_in_background(
            work,
            done=self._put(self.done),
            failed=self._put(self.failed),
            progress=lambda *what: self._put(self.said)(what),
        )

    def _put(self, where):
        def put(what):
            self.threads.add(threading.current_thread())
            where.append(what)

        return put


@pytest.fixture
def heard(qapp):
    return Heard()


def test_the_result_and_the_progress_arrive_in_the_window_s_thread(heard, qtbot):
    worked_in = []

    def work(progress, cancelled):
        worked_in.append(threading.current_thread())
        for n in range(3):
            progress(n, 3, "a file")
        return "what came of it"

    heard.listen(work)
    qtbot.waitUntil(lambda: bool(heard.done))
    assert heard.done == ["what came of it"]
    assert heard.said == [(0, 3, "a file"), (1, 3, "a file"), (2, 3, "a file")]
    assert heard.threads == {threading.main_thread()}
    assert worked_in[0] is not threading.main_thread()


def test_an_exception_reaches_failed(heard, qtbot):
    def work(progress, cancelled):
        raise ValueError("the disk is made of cheese")

    heard.listen(work)
    qtbot.waitUntil(lambda: bool(heard.failed))
    assert isinstance(heard.failed[0], ValueError)
    assert not heard.done


def test_after_cancel_the_work_is_told_and_nothing_more_is_said(heard, qtbot):
    begun, stopped = threading.Event(), threading.Event()

    def work(progress, cancelled):
        begun.set()
        while not cancelled():
            progress(1, 2)
        stopped.set()
        return "late"

    task = heard.listen(work)
    assert begun.wait(5)
    task.cancel()
    assert stopped.wait(5)
    said = len(heard.said)
    qtbot.wait(50)
    assert not heard.done
    assert not heard.failed
    assert len(heard.said) == said


def test_the_sheet_shows_how_far_it_is_and_can_be_stopped(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 400)
    window.show()
    sheet = ProgressSheet(window, Theme(), "Computing agreement")
    sheet.show_progress(3, 10, "a file")
    assert sheet.words.text() == "3 of 10  ·  a file"
    assert sheet.bar.share == 0.3
    sheet.show_progress(0, 0)
    assert sheet.bar.share == 0
    assert abs(sheet.geometry().center().x() - window.rect().center().x()) <= 1
    window.resize(1000, 500)
    qtbot.waitUntil(lambda: abs(sheet.geometry().center().x() - window.rect().center().x()) <= 1)
    with qtbot.waitSignal(sheet.cancelled):
        qtbot.keyClick(sheet.stop, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
