"""OpenDocument texts, zipped or flat, by an own walk over their XML.

Deletions stay out (they stand apart in the file), insertions in. A table is one line a row, cells parted by tabs. A note
leaves "[1]" in the text and stands at its end. `paragraph_text` serves spreadsheets too.
"""

import re

from annotator.errors import Refused

from .incoming import File, Incoming, incoming
from .untrusted import Archive, attribute, broken, local, xml

NAME = "OpenDocument text"
EXTENSIONS = (".odt", ".ott", ".fodt")

BLANKS = re.compile("[ \t\n\r]+")
UNSEEN = "tracked-changes annotation annotation-end ruby-text sequence-decls forms variable-decls"
LEFT_OUT = frozenset(UNSEEN.split())
BLANK, TAB, BREAK = "\x01\x02\x03"  # XML holds none of these: they keep written blanks apart from those that are folded
CHARACTERS = {"tab": TAB, "line-break": BREAK}
WRITTEN = str.maketrans({BLANK: " ", TAB: "\t", BREAK: "\n"})
MOST_BLANKS = 1000  # that one text:s may stand for


def read(file: File) -> list[Incoming]:
    """The one document in an OpenDocument text. Raises Refused or Damaged."""
    root = content(file)
    body = next((one for one in root.iter("{*}text") if local(one.getparent()) == "body"), None)
    if body is None:
        raise broken(file, "no office:text")
    notes: list[str] = []
    lines: list[str] = []
    _add_blocks(body, lines, notes)
    return [incoming(file, "\n".join([*lines, *notes]).strip("\n"))]


def content(file: File):
    """The root element of the contents of an OpenDocument file, zipped or flat."""
    if not file.data.startswith(b"PK"):
        return xml(file, file.data)
    archive = Archive(file)
    if "META-INF/manifest.xml" in archive.names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Refused("import.password", filename=file.name)
    return archive.xml("content.xml")


def _add_blocks(parent, lines: list[str], notes: list[str]) -> None:
    for child in parent:
        name = local(child)
        if name in ("p", "h"):
            boxes: list[str] = []
            lines.append(paragraph_text(child, notes, boxes))
            lines += boxes
        elif name == "table-row":
            lines.append("\t".join(_cell(cell, notes) for cell in child if local(cell) == "table-cell"))
        elif name and name not in LEFT_OUT:
            _add_blocks(child, lines, notes)


def _cell(cell, notes: list[str]) -> str:
    lines: list[str] = []
    _add_blocks(cell, lines, notes)
    return "\n".join(lines)


def paragraph_text(paragraph, notes: list[str], boxes: list[str]) -> str:
    """The words of a paragraph, its runs of blanks folded to one as the format asks, `text:s` and tabs written out.
    What it cites is appended to `notes`, the paragraphs of its text boxes to `boxes`."""
    words: list[str] = []
    _add_words(paragraph, words, notes, boxes)
    return BLANKS.sub(" ", "".join(words)).strip(" ").translate(WRITTEN)


def _add_words(parent, words: list[str], notes: list[str], boxes: list[str]) -> None:
    words.append(parent.text or "")
    for child in parent:
        name = local(child)
        if name == "s":
            count = attribute(child, "c")
            words.append(BLANK * min(int(count) if count.isdecimal() else 1, MOST_BLANKS))
        elif name in CHARACTERS:
            words.append(CHARACTERS[name])
        elif name == "note":
            words.append(_note(child, notes))
        elif name == "text-box":
            _add_blocks(child, boxes, notes)
        elif name and name not in LEFT_OUT:
            _add_words(child, words, notes, boxes)
        words.append(child.tail or "")


def _note(note, notes: list[str]) -> str:
    place = len(notes)
    notes.append("")
    lines: list[str] = []
    for body in note.iterfind("{*}note-body"):
        _add_blocks(body, lines, notes)
    notes[place] = f"[{place + 1}] " + "\n".join(lines).strip()
    return f"[{place + 1}]"
