"""Everything that comes in and goes out as a file: one module a format, each with NAME, EXTENSIONS and what it can do."""

import re
import zipfile
from contextlib import suppress
from pathlib import Path
from types import ModuleType

from annotator.errors import Refused

from . import docx, epub, html, odt, pdf, plain_text, rtf, table

READERS: tuple[ModuleType, ...] = (plain_text, docx, odt, rtf, pdf, html, epub, table)  # of documents

BY_EXTENSION = {extension: reader for reader in READERS for extension in reader.EXTENSIONS}
SIGNATURES = (  # bytes at the beginning that leave no doubt
    (re.compile(rb"%PDF-"), pdf),
    (re.compile(rb"\s*\{\\rtf"), rtf),
    (re.compile(rb"PK\x03\x04.{26}mimetypeapplication/epub", re.S), epub),
    (re.compile(rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\.text", re.S), odt),
    (re.compile(rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\.spreadsheet", re.S), table),
)
ENTRIES = {"word/document.xml": docx, "xl/workbook.xml": table, "content.xml": odt, "META-INF/container.xml": epub}
WEB_PAGE = re.compile(rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?<(!doctype\s+html|html)", re.I)
OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # Office before 2007, and every Office file with a password


def reader_for(path: Path) -> ModuleType:
    """The reader of a file: by its extension, unless its first bytes plainly say otherwise (a .doc may be anything).
    Raises Refused when there is none, and OSError."""
    extension = path.suffix.casefold()
    with path.open("rb") as opened:
        head = opened.read(4096)
    if head.startswith(OLD_OFFICE) and extension != ".xls":
        raise Refused("import.old_office", filename=path.name)
    reader = _by_signature(path, head) or BY_EXTENSION.get(extension)
    if reader is None and WEB_PAGE.match(head):
        reader = html
    if reader is None and not extension and b"\0" not in head:
        reader = plain_text
    if reader is None:
        raise Refused("import.unknown_format", filename=path.name, known=" ".join(BY_EXTENSION))
    return reader


def _by_signature(path: Path, head: bytes) -> ModuleType | None:
    for signature, reader in SIGNATURES:
        if signature.match(head):
            return reader
    if path.suffix.casefold() in BY_EXTENSION and BY_EXTENSION[path.suffix.casefold()] is not plain_text:
        return None
    if head.startswith(b"PK\x03\x04"):
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            return next((reader for entry, reader in ENTRIES.items() if entry in names), None)
    return None
