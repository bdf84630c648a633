"""What goes when a document is purged, and whether it really shall."""

from PySide6.QtWidgets import QWidget

from annotator.gui.dialogs.dialog import Dialog, Problem
from annotator.gui.dialogs.fields import Tick
from annotator.gui.parts import label
from annotator.gui.theme import Theme
from annotator.purging import Extent


class PurgeDialog(Dialog):
    """`decided` says that a person has read what goes and wants it. Enter alone does nothing: a box must be ticked first."""

    SNUG = True

    def __init__(self, parent: QWidget | None, theme: Theme, going: Extent):
        words = self.tr("For a text that must legally disappear. It cannot be undone.")
        super().__init__(parent, theme, self.tr("Purge the document"), accept=self.tr("Purge for good"), words=words)
        self.body.addWidget(label("\n".join(self._lines(going)), "body", wrap=True))
        after = self.tr(
            "Other copies of the project purge it with the next package. Files that were exported or copied elsewhere stay: "
            "delete them yourself. Numbers, authors, times and hashes of the steps stay."
        )
        self.body.addWidget(label(after, "body", wrap=True))
        self.sure = Tick(self.tr("This is gone for good, and I want that"), theme)
        self.body.addWidget(self.sure)
        self.body.addStretch(1)
        self.setMinimumWidth(520)
        self.sure.setFocus()

    def _lines(self, going: Extent) -> list[str]:
        titles = ", ".join(f"“{one.title}”" for one in going.documents)
        lines = [
            self.tr("The text goes, with its title and details: {titles}").format(titles=titles),
            self.tr("Annotations, with their words and memos: {count}, by {names}").format(
                count=going.annotations, names=", ".join(going.coders)
            )
            if going.annotations
            else self.tr("Nobody has coded it."),
            self.tr("Memos on it: {count}").format(count=going.memos),
            self.tr("Backups it is taken out of, or that are deleted: {count}").format(count=going.backups),
        ]
        if len(going.documents) > 1:
            lines.insert(1, self.tr("These documents have the same text, so all of them go."))
        return lines

    def value(self) -> bool:
        return True

    def problem(self) -> Problem | None:
        if self.sure.isChecked():
            return None
        return self.tr("Tick the box first, if that is what you want."), self.sure
