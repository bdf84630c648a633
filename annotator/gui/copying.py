"""Words with their codes on the clipboard: plain for a mail, with tints and names for a word processor."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication

from annotator.interchange import coded_words
from annotator.interchange.coded_document import CodedDocument, gather
from annotator.text import Span

if TYPE_CHECKING:
    from annotator.gui.work import Work


class Copying(QObject):
    """Copies what is selected, else the current annotation, else the sentence at the caret, as it is shown."""

    def __init__(self, work: "Work"):
        super().__init__(work)
        self.work = work

    def with_codes(self) -> None:
        """The words with their codes, and where they stand."""
        self.work.inspector.flush()
        if spans := self._spans():
            QGuiApplication.clipboard().setMimeData(mime_of(self._coded(spans), spans))

    def _spans(self) -> Sequence[Span]:
        coding = self.work.coding
        if selection := self.work.text.selection():
            return [selection]
        if annotation := coding.annotation():
            return annotation.spans
        sentence = self.work.text.sentence()
        return [sentence] if sentence else []

    def _coded(self, spans: Sequence[Span]) -> CodedDocument:
        """The document with those of the annotations shown that lie over these spans."""
        coding, view = self.work.coding, self.work.text
        assert coding.document is not None
        assert coding.round is not None
        over = {
            view.index[row].annotation
            for start, end in spans
            for number in range(view.text.number_at(start), view.text.number_at(end - 1) + 1)
            for row in view.index.in_paragraph(number)
            if view.index[row].start < end and view.index[row].end > start
        }
        return gather(coding.project, coding.document, coding.round, among=over)


def mime_of(coded: CodedDocument, spans: Sequence[Span]) -> QMimeData:
    """What the clipboard gets."""
    data = QMimeData()
    data.setText(coded_words.plain(coded, spans))
    data.setHtml(coded_words.rich(coded, spans))
    return data
