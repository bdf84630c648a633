"""Word documents, by an own walk over their XML in the order of the page.

In: tracked insertions, moved text at its new place, content controls, hyperlinks, results of fields, text boxes (after
their paragraph), labels of numbered lists. Out: deletions, hidden text, comments, instructions of fields, ruby readings.
A table is one line a row, cells parted by tabs. A note leaves "[1]" in the text and stands at its end. The words of page
headers are no part of the text and become the detail "header".
"""

import posixpath

from .incoming import File, Incoming, incoming
from .numbering import Numbering
from .untrusted import Archive, attribute, local

NAME = "Word document"
EXTENSIONS = (".docx", ".docm", ".dotx")

CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
UNSEEN = "del moveFrom delText instrText delInstrText rt pPr rPr sectPr sdtPr tblPr trPr tcPr fldData"
LEFT_OUT = frozenset(UNSEEN.split())
NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}


def read(file: File) -> list[Incoming]:
    """The one document in a Word file. Raises Refused or Damaged."""
    archive = Archive(file)
    main = _related(archive, "").get("officeDocument", ["word/document.xml"])[0]
    parts = _related(archive, main)
    notes = {
        (kind, attribute(note, "id")): note
        for kind in NOTES.values()
        for name in parts.get(kind, ())[:1]
        for note in archive.xml(name)
    }
    numbering = Numbering([archive.xml(name) for kind in ("styles", "numbering") for name in parts.get(kind, ())[:1]])
    walk = _Walk(notes, numbering)
    body = next((child for child in archive.xml(main) if local(child) == "body"), ())
    text = "\n".join([*walk.blocks(body), *walk.notes()]).strip("\n")
    headers = [
        "\n".join(_Walk({}, Numbering([])).blocks(archive.xml(name))).strip() for name in parts.get("header", ())
    ]
    header = "\n".join(dict.fromkeys(words for words in headers if any(map(str.isalpha, words))))
    return [incoming(file, text, details={"header": header} if header else {})]


def _related(archive: Archive, part: str) -> dict[str, list[str]]:
    """Last word of the type of a relation -> the parts of the archive that stand in it to `part` ("" is the package)."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", name + ".rels")
    found: dict[str, list[str]] = {}
    for one in archive.xml(relations) if relations in archive.names else ():
        target = posixpath.normpath(posixpath.join("/", folder, attribute(one, "Target"))).lstrip("/")
        if target in archive.names:
            found.setdefault(attribute(one, "Type").rpartition("/")[2], []).append(target)
    return found


class _Walk:
    """One walk over a document: it numbers notes and lists in the order met."""

    def __init__(self, notes: dict, numbering: Numbering):
        self._notes, self._numbering, self._cited = notes, numbering, dict[tuple[str, str], int]()

    def blocks(self, parent) -> list[str]:
        """The paragraphs and table rows under an element."""
        lines: list[str] = []
        self._add_blocks(parent, lines, False)
        return lines

    def notes(self) -> list[str]:
        """The notes that the text cites, in the order met; a note may cite another."""
        lines: list[str] = []
        while len(lines) < len(self._cited):
            key, number = list(self._cited.items())[len(lines)]
            lines.append(f"[{number}] " + "\n".join(self.blocks(self._notes[key])).strip())
        return lines

    def _add_blocks(self, parent, lines: list[str], goes_on: bool) -> bool:
        """Appends the lines under `parent`. `goes_on`: the mark of the paragraph before was deleted, so it goes on here."""
        for child in parent:
            name = local(child)
            if name == "p":
                words, boxes = self._paragraph(child)
                if goes_on and lines:
                    lines[-1] += words
                else:
                    lines.append(words)
                lines += boxes
                goes_on = child.find("{*}pPr/{*}rPr/{*}del") is not None
            elif name == "tbl":
                lines += self._table(child)
            elif name == "AlternateContent":
                goes_on = self._add_blocks(child[0], lines, goes_on) if len(child) else goes_on
            elif name not in LEFT_OUT:
                goes_on = self._add_blocks(child, lines, goes_on)
        return goes_on

    def _paragraph(self, paragraph) -> tuple[str, list[str]]:
        words, boxes = [self._numbering.label(paragraph)], []
        self._add_words(paragraph, words, boxes)
        return "".join(words), boxes

    def _add_words(self, parent, words: list[str], boxes: list[str]) -> None:
        for child in parent:
            name = local(child)
            if name in LEFT_OUT or (name == "r" and _is_hidden(child)):
                continue
            if name == "t":
                words.append(child.text or "")
            elif name in CHARACTERS:
                words.append(CHARACTERS[name])
            elif name == "sym":
                words.append(_symbol(attribute(child, "char")))
            elif name in NOTES:
                words.append(self._cite(NOTES[name], attribute(child, "id")))
            elif name == "txbxContent":
                boxes += self.blocks(child)
            elif name == "AlternateContent":
                self._add_words(child[:1], words, boxes)
            else:
                self._add_words(child, words, boxes)

    def _cite(self, kind: str, id: str) -> str:
        if (kind, id) not in self._notes:
            return ""
        return f"[{self._cited.setdefault((kind, id), len(self._cited) + 1)}]"

    def _table(self, table) -> list[str]:
        rows = [row for row in table.iterfind(".//{*}tr") if _owner(row, "tbl") is table]
        return [self._row(row) for row in rows if row.find("{*}trPr/{*}del") is None]

    def _row(self, row) -> str:
        cells = [cell for cell in row.iterfind(".//{*}tc") if _owner(cell, "tr") is row]
        return "\t".join("\n".join(self.blocks(cell)) for cell in cells)


def _owner(element, name: str):
    """The nearest element of that name around this one."""
    return next((one for one in element.iterancestors() if local(one) == name), None)


def _is_hidden(run) -> bool:
    vanish = run.find("{*}rPr/{*}vanish")
    return vanish is not None and attribute(vanish, "val") not in ("0", "false", "off")


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
