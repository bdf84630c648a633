"""PDF, by PDFium. Only text that is in the file: no recognition of pictures.

PDFium gives one line for each line of print, ended by CRLF. A statement is coded by sentences and paragraphs, so the lines
of a paragraph are joined here, where their places on the page leave no doubt; all others stay lines. `pages` in the
details says at which code point of the text each page begins.
"""

import re
import unicodedata
from itertools import pairwise
from statistics import median
from threading import Lock
from typing import NamedTuple

from annotator.errors import Refused
from annotator.text import canonical

from .incoming import File, Incoming, incoming
from .untrusted import broken

NAME = "PDF"
EXTENSIONS = (".pdf",)

PASSWORD = 4  # FPDF_ERR_PASSWORD
HYPHEN = re.compile("[\ufffe\x02](.?)")  # how PDFium marks a word parted at the end of a line
UNSPACED = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]")  # scripts written without blanks
RAGGED = 0.1  # of the width of the page's text: how much shorter a full line may be
ONE_AT_A_TIME = Lock()  # PDFium has global state


class Line(NamedTuple):
    """One line of print: its words, and its box in points, y upwards."""

    words: str
    left: float
    right: float
    bottom: float
    height: float


def read(file: File) -> list[Incoming]:
    """The one document in a PDF. Raises Refused (no text, a password) or Damaged."""
    with ONE_AT_A_TIME:
        pages = [canonical(page)[0] for page in _pages(file)]
    empty = sum(not page.strip() for page in pages)
    if empty == len(pages):
        raise Refused("import.pdf_no_text", filename=file.name, pages=len(pages))
    starts = [0]
    for page in pages:
        starts.append(starts[-1] + len(page) + 1)
    warnings = [Refused("import.pdf_pages_without_text", filename=file.name, count=empty, pages=len(pages))]
    return [incoming(file, "\n".join(pages), details={"pages": starts[:-1]}, warnings=warnings if empty else ())]


def _pages(file: File) -> list[str]:
    import pypdfium2 as pdfium

    try:
        pdf = pdfium.PdfDocument(file.data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == PASSWORD or "password" in str(error).casefold():
            raise Refused("import.password", filename=file.name) from None
        raise broken(file, error) from None
    try:
        return [_page(pdf[number]) for number in range(len(pdf))]
    except pdfium.PdfiumError as error:
        raise broken(file, error) from None
    finally:
        pdf.close()


def _page(page) -> str:
    words = page.get_textpage()
    try:
        text = words.get_text_range()
        lines = _lines(words, text) if len(text) == words.count_chars() else None
    finally:
        words.close()
        page.close()
    joined = _joined(lines) if lines else text.replace("\r\n", "\n")
    return HYPHEN.sub(lambda found: ("-" if found[1].isupper() or found[1].isdigit() else "") + found[1], joined).strip(
        "\n"
    )


def _lines(words, text: str) -> list[Line]:
    """The lines of a page with their boxes; [] when PDFium has no boxes for them."""
    import pypdfium2 as pdfium

    lines, start = [], 0
    for piece in text.split("\r\n"):
        if piece.strip():
            first = start + len(piece) - len(piece.lstrip())
            last = start + len(piece.rstrip()) - 1
            try:
                ends = [words.get_charbox(first, loose=True), words.get_charbox(last, loose=True)]
            except pdfium.PdfiumError:
                return []
            left, right = min(box[0] for box in ends), max(box[2] for box in ends)
            lines.append(Line(piece.strip(), left, right, ends[0][1], ends[0][3] - ends[0][1]))
        start += len(piece) + 2
    return lines


def _joined(lines: list[Line]) -> str:
    """The lines of a page with those of one paragraph joined."""
    pitches = [above.bottom - below.bottom for above, below in pairwise(lines)]
    pitch = median(down for down in pitches if down > 0) if any(down > 0 for down in pitches) else 0.0
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    text = lines[0].words
    for above, below in pairwise(lines):
        if _goes_on(above, below, pitch=pitch, left=left, right=right):
            tight = UNSPACED.match(above.words[-1]) and UNSPACED.match(below.words[0])
            text += ("" if tight else " ") + below.words
        else:
            text += "\n" + below.words
    return text


def _goes_on(above: Line, below: Line, *, pitch: float, left: float, right: float) -> bool:
    """Whether a paragraph goes on from one line to the next: usual distance, same size, no room for the next word, no
    indent."""
    down, height = above.bottom - below.bottom, above.height
    if not (0 < down <= 1.25 * pitch and down <= 2.2 * height and abs(below.height - height) <= 0.15 * height):
        return False
    word = below.words.partition(" ")[0]
    room = (below.right - below.left) * len(word) / len(below.words) + RAGGED * (right - left)
    if _runs_leftwards(above.words):
        return above.left - room <= left and below.right >= above.right - height
    return above.right + room >= right and below.left <= above.left + height / 2


def _runs_leftwards(words: str) -> bool:
    strong = next((kind for one in words if (kind := unicodedata.bidirectional(one)) in ("L", "R", "AL")), "L")
    return strong != "L"
