"""A report as a PDF of A4, drawn in a process of its own: the same report makes the same bytes there, on any day.

python -m annotator.gui.paper.report_sheets OUT < REPORT
"""

import re
import sys
from pathlib import Path

from PySide6.QtCore import QLocale, QMarginsF, QPointF, QUuid
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QPageLayout, QPageSize, QPainter, QPdfWriter

from annotator import __version__
from annotator.gui.theme import Theme
from annotator.reporting.blocks import Report, loaded

from .paper import ink
from .report_blocks import NOTED, SIDE, TEXT, Laid, Piece, font, lay_out, rule

HEIGHT, TOP, FOOT, HEAD = 8419, 750, 560, 500
RESOLUTION = 1200  # dots an inch
DATED = (  # what Qt writes that changes from run to run; each is written over with noughts
    rb"D:(\d{14}[^)]*)",
    rb"Date=\"([^\"]*)\"",
    rb"uuid:([0-9a-f-]{36})",
    rb"/ID \[ <([0-9a-fA-F]+)>",
    rb"/ID \[ <[0-9a-fA-F]+> <([0-9a-fA-F]+)>",
)

Page = list[tuple[float, Piece]]


def pages(blocks: list[Laid]) -> list[Page]:
    """What stands where on each page."""
    made: list[Page] = [[]]
    y = float(TOP)
    for n, block in enumerate(blocks):
        before = block.before if y > TOP else 0.0
        if y > TOP and y + before + _needed(blocks, n) > HEIGHT - FOOT:
            made.append([])
            y, before = float(TOP), 0.0
        y += before
        left = len(block.pieces)
        for piece in block.pieces:
            lonely = left == 2 and y + piece.height + block.pieces[-1].height > HEIGHT - FOOT
            if y > TOP and (y + piece.height > HEIGHT - FOOT or (lonely and len(block.pieces) > 3)):
                made.append([])
                y = float(TOP)
                if block.head and left < len(block.pieces):
                    made[-1].append((y, block.head))
                    y += block.head.height
            made[-1].append((y, piece))
            y, left = y + piece.height, left - 1
        y += block.after
    return made


def _needed(blocks: list[Laid], n: int) -> float:
    """How much room there has to be for a block to begin."""
    block = blocks[n]
    fits = block.whole and block.height <= HEIGHT - FOOT - TOP
    needed = block.height if fits or block.with_next else block.least
    if block.with_next and n + 1 < len(blocks):
        needed += block.after + blocks[n + 1].before + _needed(blocks, n + 1)
    return needed


def draw(report: Report, path: Path) -> None:
    """Writes the PDF."""
    theme = ink()
    writer = QPdfWriter(str(path))
    writer.setResolution(RESOLUTION)
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )
    writer.setTitle(f"{report.title}: {report.running}")
    writer.setCreator(f"Annotator {__version__}")
    writer.setDocumentId(QUuid())
    found = pages(lay_out(report, theme))
    painter = QPainter(writer)
    painter.scale(RESOLUTION / 720, RESOLUTION / 720)
    for number, page in enumerate(found, 1):
        if number > 1:
            writer.newPage()
        _draw_head(painter, theme, report.running, f"{number} of {len(found)}")
        for y, piece in page:
            piece.draw(painter, y)
    painter.end()
    path.write_bytes(undated(path.read_bytes()))


def _draw_head(painter: QPainter, theme: Theme, running: str, number: str) -> None:
    made = font(NOTED)
    metrics = QFontMetricsF(made)
    painter.setFont(made)
    painter.setPen(theme.muted)
    painter.drawText(QPointF(SIDE, HEAD), running)
    painter.drawText(QPointF(SIDE + TEXT - metrics.horizontalAdvance(number), HEAD), number)
    rule(HEAD + 60, theme.rule, 5, painter)


def undated(data: bytes) -> bytes:
    """The same PDF without the time and the numbers of this run, as long as before."""
    for pattern in DATED:
        data = re.sub(pattern, lambda found: found[0].replace(found[1], re.sub(rb"[0-9a-fA-F]", b"0", found[1])), data)
    return data


def main(out: str) -> int:
    """Draws the report on standard input."""
    app = QGuiApplication(sys.argv[:1])
    QLocale.setDefault(QLocale.c())
    draw(loaded(sys.stdin.buffer.read().decode()), Path(out))
    del app
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
