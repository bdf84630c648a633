"""Who is working: a person chooses their name before the project opens."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from annotator.gui.dialogs.dialog import Dialog, Problem
from annotator.gui.dialogs.lists import ROW, Line, Lines
from annotator.gui.theme import Theme
from annotator.model import Coder

MOST = 8  # names in sight at once


class WhoDialog(Dialog):
    """`decided` carries the id of the chosen Coder. A name typed goes to who begins with it, Enter or a double click takes."""

    def __init__(self, parent: QWidget | None, theme: Theme, coders: Sequence[Coder], *, current: str = ""):
        words = self.tr("Your annotations will carry this name.")
        super().__init__(parent, theme, self.tr("Who is working?"), accept=self.tr("Begin"), words=words)
        roles = {"coder": "", "supervisor": self.tr("supervisor")}
        lines = [Line(coder.name, coder.id, roles[coder.role]) for coder in coders]
        self.people = Lines(self.tr("People of this project"), theme, lines)
        self.people.choose(current)
        self.people.setFixedHeight(min(MOST, max(1, len(coders))) * ROW)
        self.people.itemDoubleClicked.connect(lambda _: self.accept())
        self.body.addWidget(self.people)
        self.setMinimumWidth(400)
        self.people.setFocus()

    def value(self) -> str:
        return self.people.current()

    def problem(self) -> Problem | None:
        return None if self.people.current() else (self.tr("Nobody is in this project yet."), None)
