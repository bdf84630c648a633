"""A file to be made: the folder and the name in one field, and a button to choose."""

import os
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from annotator.gui.dialogs.fields import button, with_button
from annotator.gui.dialogs.new_project import file_name


def free(folder: Path, name: str, ending: str) -> Path:
    """A path in a folder that nothing has yet, called so or, where it is taken, with a number."""
    stem = file_name(name) or "annotator"
    names = (stem, *(f"{stem} {number}" for number in range(2, 1000)))
    return next(path for each in names if not (path := folder / f"{each}{ending}").exists())


class PlaceField(QLineEdit):
    """Where a file goes. What is there already is never taken."""

    def __init__(self, ending: str, title: str):
        super().__init__()
        self.ending, self.title = ending, title
        self.setFixedHeight(28)
        self.choose = button(self.tr("Choose …"), self._choose)

    def with_choose(self) -> QWidget:
        """The field with its button."""
        made = QWidget()
        made.setLayout(with_button(self, self.choose))
        return made

    def show_path(self, path: Path) -> None:
        self.setText(str(path))
        self.setCursorPosition(len(self.text()))

    def path(self) -> Path:
        """The path as it stands there, with its ending."""
        words = self.text().strip()
        return Path(words if words.casefold().endswith(self.ending) else words + self.ending)

    def problem(self, *, may_be_there: Path | None = None) -> str:
        """Why no file can be made there; "" when one can."""
        path = self.path()
        checks = (
            (not self.text().strip(), self.tr("Say where it goes.")),
            (not path.parent.is_dir(), self.tr("There is no such folder. Choose one that is there.")),
            (not os.access(path.parent, os.W_OK), self.tr("This folder cannot be written to. Choose another.")),
            (
                path.exists() and path != may_be_there,
                self.tr("{file} exists there already. Choose another name.").format(file=path.name),
            ),
        )
        return next((words for wrong, words in checks if wrong), "")

    def _choose(self) -> None:
        option = QFileDialog.Option.DontConfirmOverwrite  # nothing is overwritten: see `problem`
        found, _ = QFileDialog.getSaveFileName(self, self.title, self.text(), f"*{self.ending}", options=option)
        if found:
            self.show_path(Path(found))
