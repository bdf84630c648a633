"""What every test of the window has: a theme, a machine's settings, a project that is open in it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator import settings
from annotator.gui.main_window import MainWindow
from annotator.gui.places import Places
from annotator.gui.theme import Theme
from annotator.gui.work import Work

Key = Qt.Key
Modifier = Qt.KeyboardModifier


class Seat:
    """A person at the window: keys go to where the focus is, as a keyboard sends them."""

    def __init__(self, qtbot, window: MainWindow):
        self.qtbot, self.window = qtbot, window

    @property
    def work(self) -> Work:
        assert self.window.work is not None
        return self.window.work

    def press(self, key, modifiers=Modifier.NoModifier) -> None:
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def type(self, words: str) -> None:
        self.qtbot.keyClicks(QApplication.focusWidget(), words)

    def put_caret(self, words: str) -> None:
        """Puts the caret at the first letter of these words."""
        self.work.text.put_caret(self.work.coding.text.index(words))

    def sit_down(self, team, name: str) -> None:
        """The project is opened by this person, in place of who had it."""
        team.close()
        self.window.open_path(team.sue.path, name)
        self.window.activateWindow()
        self.work.to_text()
        QApplication.processEvents()

    def sit_down_again(self, name: str) -> None:
        """Another person takes the seat, by File > Who is working."""
        from annotator.gui.dialogs.who import WhoDialog

        self.window.desk.switch_person()
        dialog = next(one for one in self.window.findChildren(WhoDialog) if one.isVisible())
        dialog.people.choose(next(one.id for one in self.work.project.nouns("coder") if one.name == name))
        self.qtbot.keyClick(dialog.people, Key.Key_Return)
        self.work.to_text()

    def annotations(self) -> list:
        document = self.work.coding.document
        assert document is not None
        return self.work.project.annotations(document.id)


@pytest.fixture
def theme(qapp):
    made = Theme()
    made.apply(qapp, dark=False)
    return made


@pytest.fixture
def window(qtbot, theme):
    """A window without a project."""
    made = MainWindow(theme, settings.load(), Places())
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


@pytest.fixture
def seat(qtbot, window):
    return Seat(qtbot, window)
