"""Work in slices: what is shown stays until all is done, and what has changed meanwhile is begun anew."""

from PySide6.QtCore import QObject

from annotator.gui.textview.slices import Slices


def working(seconds: float, steps: int):
    """Slices that note what they do, and what they have noted."""
    told: list[str] = []

    def make():
        told.append("begun")
        for _ in range(steps):
            told.append("step")
            yield

    owner = QObject()
    return Slices(owner, seconds, make, lambda: told.append("done")), told, owner


def test_it_goes_on_until_all_is_done(qtbot):
    slices, told, _owner = working(0.0, 3)
    slices.begin()
    assert slices.is_due
    qtbot.waitUntil(lambda: not slices.is_due)
    assert told == ["begun", "step", "step", "step", "done"]


def test_what_has_changed_is_begun_anew(qtbot):
    slices, told, _owner = working(0.0, 2)
    slices.begin()
    slices.go_on()
    slices.begin()
    qtbot.waitUntil(lambda: not slices.is_due)
    assert told == ["begun", "step", "begun", "step", "step", "done"]


def test_what_is_little_can_be_finished_at_once(qtbot):
    slices, told, _owner = working(0.0, 3)
    slices.begin()
    slices.go_on()
    slices.finish()
    assert told == ["begun", "step", "step", "step", "done"]
    assert not slices.is_due
