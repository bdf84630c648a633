"""How a coded document is to look on paper or as a web page."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from annotator.gui.dialogs.dialog import Dialog
from annotator.gui.dialogs.fields import Tick
from annotator.gui.paper.paper import SIZES, TEXT, Paper
from annotator.gui.parts import Segmented, box, column
from annotator.gui.theme import Theme


class PaperDialog(Dialog):
    """`decided` carries a Paper. A web page has no size, and its reader's own letters and colours."""

    def __init__(
        self,
        parent: QWidget | None,
        theme: Theme,
        paper: Paper,
        *,
        title: str,
        accept: str,
        about: str,
        is_page: bool = False,
    ):
        """`about` says whose annotations will be there."""
        super().__init__(parent, theme, title, accept=accept, words=about)
        self.paper = paper
        sizes, texts = list(SIZES), list(TEXT)
        self.size_ = Segmented(sizes, sizes.index(paper.size), name=self.tr("Paper"))
        words = {"small": self.tr("Small"), "normal": self.tr("Normal"), "large": self.tr("Large")}
        self.text = Segmented([words[text] for text in texts], texts.index(paper.text), name=self.tr("Text"))
        self.notes = Tick(self.tr("Memos as numbered notes"), theme, paper.notes)
        self.attributes = Tick(self.tr("Attributes and certainty in the notes"), theme, paper.attributes)
        self.legend = Tick(self.tr("List of the codes at the end"), theme, paper.legend)
        self.plain = Tick(self.tr("Black and white"), theme, not paper.colours)
        ticks = [self.notes, self.attributes, self.legend]
        if not is_page:
            self.form.add(self.tr("Paper"), self.size_)
            self.form.add(self.tr("Text"), self.text)
            ticks.append(self.plain)
        self.form.add(self.tr("With"), self.notes, beside=box(column(*ticks, gap=0)))
        self.body.addLayout(self.form)
        self.setMinimumWidth(460)
        (self.notes if is_page else self.size_).setFocus()

    def value(self) -> Paper:
        return replace(
            self.paper,
            size=list(SIZES)[self.size_.chosen()],
            text=list(TEXT)[self.text.chosen()],
            notes=self.notes.isChecked(),
            attributes=self.attributes.isChecked(),
            legend=self.legend.isChecked(),
            colours=not self.plain.isChecked(),
        )
