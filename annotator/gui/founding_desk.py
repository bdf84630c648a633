"""New projects, from the window: one's own, encrypted from the first if that is wanted, and the sample."""

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator import codebook, founding, portable, protecting

if TYPE_CHECKING:
    from annotator.gui.desk import Desk
    from annotator.gui.dialogs.new_project import NewProject


class FoundingDesk(QObject):
    """Asks with a dialog, makes the file, and opens it."""

    def __init__(self, desk: "Desk"):
        super().__init__(desk)
        self.desk, self.window = desk, desk.window

    def ask(self) -> None:
        """For a name, a place and a codebook, and whether it is encrypted."""
        from annotator.gui.dialogs.new_project import NewProjectDialog

        shipped = founding.shipped_codebook()
        codes = sum(code.codable for code in shipped.codes)
        words = self.tr("{name}: {count} codes in {families} families, with definitions and examples.")
        about = words.format(name=shipped.name, count=codes, families=len(shipped.codes) - codes)
        lately = [Path(path).parent for path in self.window.settings.recent]
        usual = portable.root() or Path.home() / "Documents"
        folder = next((place for place in [*lately, usual] if place.is_dir()), Path.home())
        dialog = NewProjectDialog(
            self.window,
            self.window.theme,
            folder=folder,
            person=self.window.settings.name,
            shipped=about,
        )
        dialog.decided.connect(self._make)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _make(self, wanted: "NewProject") -> None:
        settings = self.window.settings

        def make() -> None:
            book = None
            if wanted.codebook == "shipped":
                book = founding.shipped_codebook()
            elif isinstance(wanted.codebook, Path):
                book = codebook.read(wanted.codebook)
            people = {"supervisor": wanted.person, "device": settings.device(wanted.person)}
            shut = protecting.for_new(wanted.path, wanted.passphrase) if wanted.passphrase else nullcontext()
            with shut as secret:
                founding.found(wanted.path, name=wanted.name, **people, book=book, secret=secret)

        if self.desk.attempt(make):
            settings.name = wanted.person
            self.desk.open(wanted.path, wanted.person)
            if wanted.passphrase:
                self.desk.protecting.show_code()

    def open_sample(self) -> None:
        """The sample project, coded by three, among the settings of this machine, as Coder A."""
        from annotator import sample
        from annotator import settings as machine

        path = machine.folder() / "sample.annotator"
        mine = self.window.settings

        def make() -> None:
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                sample.make(path, name=mine.name, device=mine.device(mine.name))

        if self.desk.attempt(make):
            self.desk.open(path, "Coder A")
