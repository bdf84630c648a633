"""The backups of a project: one is chosen, and opens as a project of its own."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from annotator.gui.dialogs.dialog import Dialog, Problem
from annotator.gui.dialogs.lists import ROW, Line, Lines
from annotator.gui.parts import label
from annotator.gui.theme import Theme

MOST = 8  # backups in sight at once


class BackupsDialog(Dialog):
    """`decided` carries the id of the chosen line. Enter or a double click takes it."""

    def __init__(self, parent: QWidget | None, theme: Theme, name: str, lines: Sequence[Line], *, reason: str = ""):
        words = self.tr("A backup opens as a project of its own. “{name}” stays as it is.").format(name=name)
        super().__init__(parent, theme, self.tr("Backups"), accept=self.tr("Open a copy"), words=words)
        if reason:
            self.body.addWidget(label(reason, "body", "danger", wrap=True))
        self.backups = Lines(self.tr("Backups of this project, the newest first"), theme, lines)
        self.backups.setFixedHeight(min(MOST, max(1, len(lines))) * ROW)
        self.backups.itemDoubleClicked.connect(lambda _: self.accept())
        self.body.addWidget(self.backups)
        if not lines:
            self.backups.hide()
            words = self.tr(
                "There is none yet. One is made soon after a project is opened, and each hour while it changes."
            )
            self.body.addWidget(label(words, "body", wrap=True))
            self.primary.hide()
            self.cancel_button.setText(self.tr("Close"))
        self.setMinimumWidth(480)
        self.backups.setFocus()

    def value(self) -> str:
        return self.backups.current()

    def problem(self) -> Problem | None:
        return None if self.backups.current() else (self.tr("Choose a backup."), self.backups)
