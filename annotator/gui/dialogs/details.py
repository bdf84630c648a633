"""What is known about a document: title, speaker, source, date, language, and what else the project names."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from annotator.gui.dialogs.dialog import Dialog, Problem
from annotator.gui.dialogs.fields import LanguageField, button, line
from annotator.gui.parts import column, label, row
from annotator.gui.theme import Theme
from annotator.model import Document

USUAL = ("speaker", "source", "date")
OURS = ("pages", "row", "part")  # what reading the file noted: kept, and not for editing


class DetailsDialog(Dialog):
    """`decided` carries the Document with its new title, language and details; its text is not touched."""

    def __init__(
        self,
        parent: QWidget | None,
        theme: Theme,
        document: Document,
        *,
        known: Mapping[str, Iterable[str]] | None = None,
        more: Iterable[str] = (),
    ):
        """`known`: values of a detail in other documents, offered while typing. `more`: further fields of the project."""
        super().__init__(parent, theme, self.tr("Details of the document"), accept=self.tr("Save"))
        self.document = document
        self.title, self.language = line(document.title), LanguageField(theme, document.language)
        labels = {"speaker": self.tr("Speaker"), "source": self.tr("Source"), "date": self.tr("Date")}
        hints = {"date": self.tr("2031-03-14, or as the text has it")}
        self.details = {name: line(str(document.details.get(name, "")), hints.get(name, "")) for name in USUAL}
        self.form.add(self.tr("Title"), self.title)
        for name, field in self.details.items():
            self.form.add(labels[name], field)
            if words := sorted(set((known or {}).get(name, ()))):
                _offer(field, words)
        self.form.add(self.tr("Language"), self.language)
        self.body.addLayout(self.form)
        self.further: list[tuple[QLineEdit, QLineEdit]] = []
        self.lines = column(gap=8)
        self.add_button = button(self.tr("Add a field"), self._add_empty)
        self.body.addLayout(self.lines)
        self.body.addLayout(row(self.add_button, None))
        self.body.addStretch(1)
        names = [*document.details, *more]
        for name in dict.fromkeys(name for name in names if name not in (*USUAL, *OURS)):
            self._add(name, str(document.details.get(name, "")))
        if document.filename:
            words = self.tr("From the file {name}").format(name=document.filename)
            self.aside.addWidget(label(words, "small", "muted"))
        self.setMinimumWidth(520)
        self.title.setFocus()

    def value(self) -> Document:
        details = {name: field.text().strip() for name, field in self.details.items()}
        details |= {name.text().strip(): value.text().strip() for name, value in self.further}
        kept = {name: words for name, words in details.items() if name and words}
        return replace(
            self.document, title=self.title.text().strip(), language=self.language.tag(), details=self._as_before(kept)
        )

    def problem(self) -> Problem | None:
        if not self.title.text().strip():
            return self.tr("A document needs a title."), self.title
        seen: set[str] = {*USUAL, *OURS}
        for name, value in self.further:
            words = name.text().strip()
            if value.text().strip() and not words:
                return self.tr("This field needs a name."), name
            if words.casefold() in seen:
                return self.tr("There are two fields called {name}.").format(name=words), name
            seen.add(words.casefold() or str(id(name)))
        return None

    def _as_before(self, details: dict[str, str]) -> dict:
        """A number that was not touched stays a number, and what reading the file noted stays too."""
        before = self.document.details
        noted = {name: before[name] for name in OURS if name in before}
        told = {name: before[name] if str(before.get(name)) == words else words for name, words in details.items()}
        return noted | told

    def _add_empty(self) -> None:
        name = self._add("", "")
        name.show()  # what is not in sight yet takes no focus
        name.setFocus()

    def _add(self, name: str, value: str) -> QLineEdit:
        about, field = line(name, self.tr("Name of the field")), line(value)
        about.setAccessibleName(self.tr("Name of the field"))
        field.setAccessibleName(self.tr("Value of the field"))
        about.setFixedWidth(112)
        self.further.append((about, field))
        self.lines.addLayout(row(about, field, gap=16))
        return about


def _offer(field: QLineEdit, words: list[str]) -> None:
    completer = QCompleter(words, field)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    if popup := completer.popup():
        popup.setProperty("popup", "true")
    field.setCompleter(completer)
