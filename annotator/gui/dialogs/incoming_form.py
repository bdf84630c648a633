"""One incoming document: what it says, how its file was read, and what is proposed as known about it."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from annotator.errors import AnnotatorError
from annotator.gui.dialogs.details import USUAL
from annotator.gui.dialogs.dialog import Form
from annotator.gui.dialogs.fields import Choice, LanguageField, button, line
from annotator.gui.dialogs.reading import ReadFile
from annotator.gui.messages import words_of
from annotator.gui.parts import column, elided, label, row
from annotator.gui.theme import Theme
from annotator.interchange.decoding import Candidate
from annotator.interchange.importing import encodings_of
from annotator.interchange.incoming import Incoming

PREVIEW = 4000  # characters
BEGINNING = 36  # characters of a candidate beside its name


class IncomingForm(QWidget):
    """`edited` carries the document anew; the other signals ask for its file to be read in another way."""

    edited = Signal(object)
    encoding_wanted = Signal(str)
    columns_wanted = Signal()

    def __init__(self, theme: Theme):
        super().__init__()
        self.document: Incoming | None = None
        self.showing = False
        self.title, self.language = line(), LanguageField(theme)
        names = {"speaker": self.tr("Speaker"), "source": self.tr("Source"), "date": self.tr("Date")}
        self.details = {name: line() for name in USUAL}
        self.encoding = EncodingChoice(theme)
        self.columns = button(self.tr("Columns …"), self.columns_wanted.emit)
        self.columns.setStyleSheet("QPushButton { min-height: 26px; } QPushButton:focus { min-height: 24px; }")
        self.file = elided("", "small", "muted")
        self.file.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.warning = label("", "small", "warning", wrap=True)
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.setAccessibleName(self.tr("Beginning of the text"))
        self.preview.document().setDocumentMargin(4)
        self.form = Form()
        self.form.add(self.tr("Title"), self.title)
        for name, field in self.details.items():
            self.form.add(names[name], field)
        self.form.add(self.tr("Language"), self.language)
        self.form.add(self.tr("Encoding"), self.encoding)
        file = row(self.file, self.columns)
        file.setStretch(0, 1)
        self.setLayout(column(file, self.warning, self.form, self.preview, gap=8))
        self.title.textEdited.connect(self._edit)
        for field in self.details.values():
            field.textEdited.connect(self._edit)
        self.language.currentTextChanged.connect(self._edit)
        self.encoding.activated.connect(lambda place: self.encoding_wanted.emit(self.encoding.chosen()))

    def show_document(self, document: Incoming, file: ReadFile) -> None:
        """Shows a document of a file. Emits nothing."""
        self.showing, self.document = True, document
        self.file.setText(str(file.path))
        self.title.setText(document.title)
        self.title.setCursorPosition(0)
        for name, field in self.details.items():
            field.setText(str(document.details.get(name, "")))
        self.language.set_tag(document.language)
        said = "\n".join(words_of(warning) for warning in document.warnings)
        self.warning.setText(said)
        self.warning.setVisible(bool(said))
        self.columns.setVisible(file.is_table)
        self.form.show_line(self.encoding, file.has_encoding)
        self.encoding.show_file(document.encoding, lambda: encodings_of(file.path), at_once=document.guessed)
        self.preview.setPlainText(document.text[:PREVIEW])
        self.showing = False

    def _edit(self) -> None:
        if self.showing or self.document is None:
            return
        said = {name: field.text().strip() for name, field in self.details.items()}
        others = {name: words for name, words in self.document.details.items() if name not in USUAL}
        details = {name: words for name, words in said.items() if words} | others
        title = " ".join(self.title.text().split())
        self.document = replace(self.document, title=title, details=details, language=self.language.tag())
        self.edited.emit(self.document)


class EncodingChoice(Choice):
    """The encoding a file was read in, and the others it could be in: each with the words that one would read."""

    def __init__(self, theme: Theme):
        super().__init__(theme)
        self.load: Callable[[], list[Candidate]] | None = None

    def show_file(self, encoding: str, load: Callable[[], list[Candidate]], *, at_once: bool) -> None:
        """`load` finds the candidates: at once where the encoding is a guess, else when somebody comes to the field."""
        self.load = load
        self.clear()
        self.addItem(encoding, encoding)
        if at_once:
            self._fill()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._fill()
        super().focusInEvent(event)

    def showPopup(self) -> None:
        self._fill()
        super().showPopup()

    def _fill(self) -> None:
        load, self.load = self.load, None
        if load is None:
            return
        now = self.chosen()
        try:
            found = load()
        except AnnotatorError:
            return
        for candidate in found:
            words = " ".join(candidate.beginning.split())[:BEGINNING]
            if candidate.encoding == now:
                self.setItemText(0, f"{now}   {words}")
            else:
                self.addItem(f"{candidate.encoding}   {words}", candidate.encoding)
