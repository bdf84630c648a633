"""Rich text. striprtf reads it; what it gets wrong is put right in the RTF before, or in the words after.

It drops footnotes, keeps what was deleted, parts cells by "|", writes addresses of links into the text and gives emoji as
two lone surrogates, which nothing can store. Deletions are left out here, notes leave "[1]" and stand at the end.
"""

import codecs
import re

from .incoming import File, Incoming, incoming
from .untrusted import broken

NAME = "Rich text"
EXTENSIONS = (".rtf",)

CODE_PAGE = re.compile(rb"\\ansicpg(\d+)")
TOKEN = re.compile(r"\\[^a-zA-Z]|[{}]")
NOTE = re.compile(r"\{\s*(?:\\\*\s*)?\\footnote(?![a-zA-Z])")
OWN_MARK = re.compile(r"^\s*((?:\\[a-z]+-?\d*\s?)*)(?:\{[^{}]*\\chftn[^{}]*\}\s*)?")
WORD = r"(?<!\\)((?:\\\\)*)\\"  # a control word, and not the letters after a written backslash
TURNS = (
    (re.compile(WORD + r"field\{"), r"\1\\field {"),  # its rule for links, slow on long lines, then finds none
    (re.compile(WORD + r"(?:nest)?cell(?![a-zA-Z])"), r"\1\\tab"),
    (re.compile(WORD + r"nestrow(?![a-zA-Z])"), r"\1\\row"),
    (re.compile(WORD + r"(?:deleted|v)(?![a-zA-Z0-9])"), r"\1\\*\\deleted"),  # ignored to the end of the group
)


def read(file: File) -> list[Incoming]:
    """The one document in a rich text file. Raises Refused or Damaged."""
    from striprtf.striprtf import rtf_to_text

    if not file.data.lstrip().startswith(b"{\\rtf"):
        raise broken(file, "no {\\rtf")
    rtf = _notes_to_the_end(file.data.decode(_code_page(file.data), "replace"))
    for pattern, turned in TURNS:
        rtf = pattern.sub(turned, rtf)
    try:
        text = rtf_to_text(rtf, errors="replace")
    except (ValueError, IndexError, KeyError, TypeError, LookupError) as error:
        raise broken(file, error) from None
    text = re.sub("\t+(?=\n|$)", "", text).strip("\n")
    return [incoming(file, text, replaced=text.count("\ufffd"))]


def _code_page(data: bytes) -> str:
    found = CODE_PAGE.search(data[:4096])
    name = f"cp{found[1].decode()}" if found else "cp1252"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def _notes_to_the_end(rtf: str) -> str:
    """The RTF with "[1]" where its first note was, and so on, and the notes as its last paragraphs."""
    kept, notes, place = [], [], 0
    while found := NOTE.search(rtf, place):
        end = _end_of_group(rtf, found.end())
        words = OWN_MARK.sub(r"\1", rtf[found.end() : end])
        notes.append(f"\\par [{len(notes) + 1}] {{{words}}}")
        kept += [rtf[place : found.start()], f"[{len(notes)}]"]
        place = end + 1
    rest = rtf[place:].rstrip("\0\r\n\t ").removesuffix("}")
    return "".join([*kept, rest, *notes, "}"])


def _end_of_group(rtf: str, start: int) -> int:
    """Where the brace stands that closes the group begun before `start`."""
    depth = 1
    for token in TOKEN.finditer(rtf, start):
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if depth == 0:
            return token.start()
    return len(rtf)
