"""The sheets of one document: broken into pages first, then drawn, bit by bit. What was laid out is let go of again."""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QFile, QMarginsF, QPointF, QRectF, Qt, QUuid
from PySide6.QtGui import QFontMetricsF, QPageLayout, QPageSize, QPainter, QPdfWriter

from annotator import __version__
from annotator.interchange.coded_document import CodedDocument
from annotator.staging import staged

from .blocks import Laid, LaidParagraph
from .breaking import Breaker
from .margin import Margin
from .paper import HEAD, SIZES, Paper
from .story import Story
from .surface import Surface

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

Steps = Generator[tuple[int, int], None, None]  # (done, total) after each
RESOLUTION = 1200  # of a PDF, in dots an inch


class Sheets:
    """A document on a kind of paper. `break_up` first; then `draw`."""

    def __init__(self, coded: CodedDocument, paper: Paper):
        self.coded, self.paper = coded, paper
        self.surface = Surface(coded, paper)
        self.story = Story(self.surface)
        self._breaker = Breaker(paper.body.height())
        self._laid: dict[int, Laid] = {}

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._breaker.pages)

    def break_up(self) -> Steps:
        """Finds out what stands on which page. Yields (done, total) after each block."""
        total = len(self.story)
        for number in range(total):
            block = self.story.block(number)
            self._breaker.take(number, block.heights, after=block.after, with_next=block.with_next)
            yield number + 1, total

    def draw(self, painter: QPainter, turn: Callable[[], object]) -> Steps:
        """Draws page after page, and turns the sheet between two. Yields (done, total) after each."""
        for page in range(self.count):
            if page:
                turn()
            self.draw_page(painter, page)
            yield page + 1, self.count

    def draw_page(self, painter: QPainter, page: int) -> None:
        """Draws one page. The painter's units are those of the paper."""
        strips, body = self._breaker.pages[page], self.paper.body
        wanted = {strip.block for strip in strips}
        self._laid = {n: self._laid.get(n) or self.story.block(n) for n in wanted}
        placed = []
        for strip in strips:
            block, lines = self._laid[strip.block], range(strip.first, strip.stop)
            block.draw(painter, lines, body.top() + strip.top)
            if isinstance(block, LaidParagraph):
                placed.append((block, lines, strip.top))
        Margin(self.surface, placed).draw(painter)
        self._draw_head(painter, page)

    def _draw_head(self, painter: QPainter, page: int) -> None:
        """Above each page its number, and from the second on the title."""
        paper, surface = self.paper, self.surface
        font = paper.font(0.72)
        metrics = QFontMetricsF(font)
        left, right = paper.body.left(), paper.margin.right()
        base = HEAD + metrics.ascent() / 2
        words = QCoreApplication.translate("paper", "Page {number} of {count}")
        words = words.format(number=page + 1, count=self.count)
        painter.setFont(font)
        painter.setPen(surface.theme.muted)
        width = metrics.horizontalAdvance(words)
        painter.drawText(QPointF(right - width, base), words)
        if page:
            title = self.coded.document.title
            title = metrics.elidedText(title, Qt.TextElideMode.ElideRight, right - left - width - 24)
            painter.drawText(QPointF(left, base), title)
            painter.fillRect(QRectF(left, base + 6, right - left, 0.7), surface.theme.rule)


def write_pdf(coded: CodedDocument, paper: Paper, path: Path) -> Steps:
    """Writes a PDF, whole or not at all, bit by bit: yields (done, total) of the breaking, then of the pages. When it is
    closed before its end, nothing was written. All but the time that Qt writes into it follows from what is given. Raises
    Refused."""
    with staged(path) as part:
        file = QFile(str(part))
        if not file.open(QFile.OpenModeFlag.WriteOnly):
            raise OSError(0, file.errorString())
        try:
            yield from _write(coded, paper, QPdfWriter(file))
        finally:
            file.close()
        if file.error() != QFile.FileError.NoError:
            raise OSError(0, file.errorString())


def _write(coded: CodedDocument, paper: Paper, writer: QPdfWriter) -> Steps:
    sheets = Sheets(coded, paper)
    yield from sheets.break_up()
    writer.setResolution(RESOLUTION)
    writer.setPageLayout(
        QPageLayout(QPageSize(SIZES[paper.size]), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )
    writer.setTitle(coded.document.title)
    writer.setCreator(f"Annotator {__version__}")
    writer.setDocumentId(QUuid.createUuidV5(QUuid(), f"{coded.document.id} {coded.round}".encode()))
    painter = QPainter(writer)
    try:
        painter.scale(RESOLUTION / 96, RESOLUTION / 96)
        yield from sheets.draw(painter, writer.newPage)
    finally:
        painter.end()


def print_on(coded: CodedDocument, paper: Paper, printer: "QPrinter") -> Steps:
    """Prints, bit by bit as `write_pdf` does. What is on another size of paper is made to fit. Raises OSError."""
    sheets = Sheets(coded, paper)
    yield from sheets.break_up()
    printer.setFullPage(True)
    printer.setDocName(coded.document.title)
    printer.setCreator(f"Annotator {__version__}")
    painter = QPainter()
    if not painter.begin(printer):
        raise OSError(0, QCoreApplication.translate("paper", "The printer does not answer"))
    try:
        page, sheet = printer.pageRect(printer.Unit.DevicePixel), paper.sheet
        scale = min(page.width() / sheet.width(), page.height() / sheet.height())
        painter.scale(scale, scale)
        yield from sheets.draw(painter, printer.newPage)
    finally:
        painter.end()
