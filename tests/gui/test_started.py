"""The window as it comes up after a click on a file, where nobody reads a terminal."""

import sys

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from annotator import portable, screen
from annotator.cli import main, terminal
from annotator.gui.main_window import MainWindow


@pytest.fixture
def clicked(monkeypatch, qapp):
    """Starts the program with these words, as a click does, and returns what the window says before it is closed."""
    monkeypatch.setattr(screen, "is_there", lambda: True)
    monkeypatch.setattr(screen, "must_have_libraries", lambda on_screen: None)
    monkeypatch.setattr(terminal, "is_read", lambda: False)

    def click(*words: object) -> str:
        said = []

        def look() -> None:
            window = next(
                one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible()
            )
            said.append((window.work or window.start).notice.words.text())
            window.close()

        QTimer.singleShot(50, look)
        assert main([str(word) for word in words]) == 0
        return said[0]

    return click


def test_a_package_that_cannot_be_opened_is_told_in_the_window(clicked, tmp_path):
    broken = tmp_path / "ada.assignment"
    broken.write_bytes(b"no package")
    assert "ada.assignment is no package of Annotator" in clicked(broken)
    assert list(tmp_path.iterdir()) == [broken]


def test_work_that_comes_back_says_what_to_do_with_it(clicked, tmp_path):
    from annotator.cli import self_test, trial

    with self_test.bench() as bench:
        assert self_test.tried(trial.needed_for("Handing in"), bench) == []
        assert "is work that comes back" in clicked(bench.folder / "Ada.coded")


def test_a_project_that_cannot_be_read_is_told_in_the_window(clicked, tmp_path):
    broken = tmp_path / "a.annotator"
    broken.write_bytes(b"no project")
    assert "a.annotator" in clicked(broken)


def test_a_locked_stick_is_told_in_the_window(clicked, tmp_path, monkeypatch):
    (tmp_path / "portable").touch()
    (tmp_path / portable.FOLDER).write_text("in the way")
    monkeypatch.delenv("ANNOTATOR_HOME")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "annotator"))
    assert "Lift the write protection of the stick" in clicked()
