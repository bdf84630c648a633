"""A new project: its name and file, who begins it, and the codebook it begins with."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.gui.dialogs.dialog import Dialog, Problem
from annotator.gui.dialogs.fields import button, line, with_button
from annotator.gui.dialogs.passphrase_lines import EncryptLines
from annotator.gui.parts import Segmented
from annotator.gui.theme import Theme

ENDING = ".annotator"
FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')  # in file names of one system or another
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
SHIPPED, EMPTY, FROM_FILE = range(3)


@dataclass(frozen=True, slots=True)
class NewProject:
    """`codebook`: the one that came with the program, none, or a file. With a passphrase it is encrypted from the first."""

    path: Path
    name: str
    person: str
    codebook: Literal["shipped", "empty"] | Path
    passphrase: str = field(default="", repr=False)


class NewProjectDialog(Dialog):
    """`decided` carries a NewProject whose file does not exist yet."""

    def __init__(self, parent: QWidget | None, theme: Theme, *, folder: Path, person: str = "", shipped: str = ""):
        """`shipped`: what the codebook that came with the program holds, in words."""
        super().__init__(parent, theme, self.tr("New project"), accept=self.tr("Make the project"))
        self.shipped = shipped
        self.name, self.person = line(hint=self.tr("Denials in the strait dispute")), line(person)
        self.folder, self.file = line(str(folder)), line()
        words = [self.tr("Diplomatic statements"), self.tr("Empty"), self.tr("From a file")]
        self.codebook = Segmented(words, SHIPPED, name=self.tr("Codebook"))
        self.form.add(self.tr("Name"), self.name)
        choose = button(self.tr("Choose …"), self._choose_folder)
        self.place = self.form.add(self.tr("Folder"), self.folder, beside=with_button(self.folder, choose))
        self.form.add(
            self.tr("Your name"), self.person, hint=self.tr("You begin as its supervisor. Coders are added later.")
        )
        self.about = self.form.add(self.tr("Codebook"), self.codebook)
        self.choose_file = button(self.tr("Choose …"), self._choose_file)
        self.file_line = QWidget()
        self.file_line.setLayout(with_button(self.file, self.choose_file))
        self.form.add(self.tr("Codebook file"), self.file, beside=self.file_line)
        self.encrypt = EncryptLines(self.form, theme)
        self.body.addLayout(self.form)
        self.body.addStretch(1)
        for one in (self.name, self.folder):
            one.textChanged.connect(self._show_path)
        self.codebook.changed.connect(self._show_codebook)
        self._show_path()
        self._show_codebook()
        self.setMinimumWidth(560)
        self.name.setFocus()

    def value(self) -> NewProject:
        chosen = ("shipped", "empty", Path(self.file.text().strip()))[self.codebook.chosen()]
        passphrase = self.encrypt.passphrase()
        return NewProject(self._path(), self.name.text().strip(), self.person.text().strip(), chosen, passphrase)

    def problem(self) -> Problem | None:
        folder, file = Path(self.folder.text().strip()), self.file.text().strip()
        checks = (
            (not file_name(self.name.text()), self.tr("The project needs a name."), self.name),
            (
                not self.folder.text().strip() or not folder.is_dir(),
                self.tr("There is no such folder. Choose one that is there."),
                self.folder,
            ),
            (not os.access(folder, os.W_OK), self.tr("This folder cannot be written to. Choose another."), self.folder),
            (
                self._path().exists(),
                self.tr("{file} exists there already.").format(file=self._path().name),
                self.name,
            ),
            (not self.person.text().strip(), self.tr("Say who you are; your work will carry this name."), self.person),
            (
                self.codebook.chosen() == FROM_FILE and not (file and Path(file).is_file()),
                self.tr("There is no such file."),
                self.file,
            ),
        )
        found = next(((words, field) for wrong, words, field in checks if wrong), None)
        return found or self.encrypt.problem()

    def _path(self) -> Path:
        return Path(self.folder.text().strip()) / (file_name(self.name.text()) + ENDING)

    def _show_path(self) -> None:
        name = file_name(self.name.text())
        self.place.setText(self.tr("Saved as {file}").format(file=name + ENDING) if name else "")
        self.place.setVisible(bool(name))

    def _show_codebook(self) -> None:
        words = (
            self.shipped,
            self.tr("You write it in the codebook editor, or import it later."),
            self.tr("A codebook that Annotator has written, as JSON."),
        )[self.codebook.chosen()]
        self.about.setText(words)
        self.about.setVisible(bool(words))
        from_file = self.codebook.chosen() == FROM_FILE
        self.form.show_line(self.file, from_file)

    def _choose_folder(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, self.tr("Folder of the project"), self.folder.text()):
            self.folder.setText(chosen)

    def _choose_file(self) -> None:
        kinds = self.tr("Codebooks ({pattern})").format(pattern="*.json")
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Codebook file"), self.folder.text(), kinds)
        if chosen:
            self.file.setText(chosen)


def file_name(name: str) -> str:
    """A name as every system takes it for a file, without its ending; "" when nothing is left."""
    made = " ".join(FORBIDDEN.sub(" ", name).split()).strip(". ")[:100].strip()
    return f"{made}_" if DEVICES.fullmatch(made) else made
