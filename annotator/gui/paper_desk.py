"""The open document out on paper, as a PDF, as a web page: all as it is shown in the window."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from annotator.gui.messages import tell
from annotator.gui.paper.making import Making, Reading
from annotator.gui.paper.paper import SIZES, TEXT, Paper, usual_size
from annotator.gui.paper.sheets import Steps, print_on, write_pdf
from annotator.interchange.coded_document import CodedDocument, gather
from annotator.interchange.coded_page import Contents
from annotator.model import Annotation, Memo

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from annotator.gui.desk import Desk

AT_ONCE = 60_000, 2_000  # characters and annotations up to which pages are made before anybody could press a key
FORBIDDEN = dict.fromkeys(map(ord, '\\/:*?"<>|\n\t'), " ")  # in file names of one system or another


class PaperDesk(QObject):
    """Asks how it is to look, then makes it: small documents at once, large ones in slices, beside the work."""

    def __init__(self, desk: "Desk"):
        super().__init__(desk)
        self.desk = desk

    # What the menu asks for -------------------------------------------------------------------------------------------

    def print(self) -> None:
        """On paper; where there is no printer, a PDF is offered."""
        from PySide6.QtPrintSupport import QPrinterInfo

        if not QPrinterInfo.availablePrinterNames():
            words = self.tr("There is no printer on this machine. A PDF can be printed elsewhere.")
            if self.desk.window.page:
                self.desk.window.say(words)
            else:
                self.desk.work.notice.tell(words, button=self.tr("Save as PDF …"), action=self.save_pdf, passing=True)
            return
        self._ask(self.tr("Print"), self.tr("Print …"), self._print)

    def save_pdf(self) -> None:
        """As a PDF."""
        self._ask(self.tr("Save as PDF"), self.tr("Save …"), self._save_pdf)

    def save_page(self) -> None:
        """As a web page that needs nothing else."""
        self._ask(self.tr("Save as web page"), self.tr("Save …"), self._save_page, is_page=True)

    def _ask(self, title: str, accept: str, then: Callable[[Paper], None], *, is_page: bool = False) -> None:
        from annotator.gui.dialogs.paper import PaperDialog

        self.desk.work.inspector.flush()
        window = self.desk.window
        dialog = PaperDialog(
            window, window.theme, self.wanted(), title=title, accept=accept, about=self._about(), is_page=is_page
        )
        dialog.decided.connect(self._keep)
        dialog.decided.connect(then)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def wanted(self) -> Paper:
        """How it was wanted the last time."""
        kept = self.desk.window.places.of_window().get("paper", {})
        usual = asdict(Paper(size=usual_size()))
        known = {name: kept[name] for name in usual if isinstance(kept.get(name), type(usual[name]))}
        paper = Paper(**usual | known)
        return paper if paper.size in SIZES and paper.text in TEXT else Paper(size=usual_size())

    def _keep(self, paper: Paper) -> None:
        self.desk.window.places.of_window()["paper"] = asdict(paper)

    def _about(self) -> str:
        """Whose annotations are shown now, and so will be there."""
        work = self.desk.work
        shown = work.coding.shown
        coders = {shown.coder(annotation) for annotation in shown.ids()}
        names = [coder.name for coder in work.project.nouns("coder") if coder.id in coders]
        if not names:
            return self.tr("As shown in the window: no annotations.")
        if len(shown) == 1:
            return self.tr("As shown in the window: 1 annotation by {names}.").format(names=names[0])
        words = self.tr("As shown in the window: {count} annotations by {names}.")
        return words.format(count=len(shown), names=", ".join(names))

    # Making -----------------------------------------------------------------------------------------------------------

    def _save_pdf(self, paper: Paper) -> None:
        if path := self._ask_path(self.tr("Save as PDF"), "pdf"):
            self._make(lambda coded: write_pdf(coded, paper, path), self._written(path))

    def _print(self, paper: Paper) -> None:
        from PySide6.QtGui import QPageSize
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(SIZES[paper.size]))
        if QPrintDialog(printer, self.desk.window).exec():
            self.print_on(printer, paper)

    def print_on(self, printer: "QPrinter", paper: Paper) -> None:
        """On this printer."""
        self._make(lambda coded: print_on(coded, paper, printer), self.tr("All pages are with the printer."))

    def _save_page(self, paper: Paper) -> None:
        from annotator.interchange import coded_page

        if (path := self._ask_path(self.tr("Save as web page"), "html")) is None:
            return
        contents, read = Contents(paper.notes, paper.attributes, paper.legend), self._reading()

        def write(
            progress: Callable[[int, int], None] = lambda done, total: None,
            cancelled: Callable[[], bool] = lambda: False,
        ) -> None:
            coded_page.write(read(), path, contents, progress=progress, cancelled=cancelled)

        if not self._is_small():
            self._begin(write, None, self._written(path))
        elif self.desk.attempt(write):
            tell(self.desk.window, self._written(path))

    def _make(self, steps: Callable[[CodedDocument], Steps], said: str) -> None:
        read = self._reading()
        if not self._is_small():
            self._begin(lambda progress, cancelled: read(), steps, said)
            return

        def at_once() -> None:
            for _ in steps(read()):
                pass

        if self.desk.attempt(at_once):
            tell(self.desk.window, said)

    def _begin(self, read: Reading, steps: Callable[[CodedDocument], Steps] | None, said: str) -> None:
        making = Making(self.desk.window, self.tr("The pages are being made. You can go on meanwhile."))
        self.desk.keep(making, making.closed)
        making.run(read, steps, said=said)

    def _is_small(self) -> bool:
        coding = self.desk.work.coding
        return len(coding.text) <= AT_ONCE[0] and len(coding.shown) <= AT_ONCE[1]

    def _reading(self) -> Callable[[], CodedDocument]:
        """Reads the document as it is shown now: what is hidden later still comes with it."""
        work = self.desk.work
        coding, index = work.coding, work.text.index
        document, round, project = coding.document, coding.round, work.project
        assert document is not None
        assert round is not None
        there, coders, codes = frozenset(coding.shown.ids()), index.hidden_coders, index.hidden_codes
        memos = frozenset(memo.id for memo in work.memos.visible())

        def shows(one: Annotation | Memo) -> bool:
            if isinstance(one, Memo):
                return one.id in memos
            return one.id in there and one.coder not in coders and one.code not in codes

        return lambda: gather(project, document, round, shows=shows)

    def _ask_path(self, title: str, ending: str) -> Path | None:
        document = self.desk.work.coding.document
        name = document.title.translate(FORBIDDEN).strip(". ")[:100] if document else ""
        suggested = str(self.desk.work.project.path.with_name(f"{name or 'document'}.{ending}"))
        path, _ = QFileDialog.getSaveFileName(self.desk.window, title, suggested, f"*.{ending}")
        if not path:
            return None
        return Path(path) if Path(path).suffix else Path(path).with_suffix(f".{ending}")

    def _written(self, path: Path) -> str:
        return self.tr("Written: {path}").format(path=path)
