import threading

import pytest

from annotator.gui.tasks import run_in_background

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
