"""What the trial of the program works on: a short statement, as a small file of each format that documents come in."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

SENTENCES = (
    "Mr. Orsen, the minister of Velmar, denies that any vessel crossed the line on 3.5 nautical miles.",
    "Kestria has accused us without a proof.",
    "We are ready to talk, e.g. in Ilvera.",
    "The café at the border stays closed.",
)
STATEMENT = " ".join(SENTENCES)
OTHERS = {  # language -> words, and their sentences
    "de": ("Am 3. Mai sprach Dr. Weber mit z.B. drei Ministern. Er lehnte ab.", 2),
    "fr": ("Le ministre a nié les faits. Il est prêt au dialogue.", 2),
    "zh": ("我们否认这一指控。我们愿意对话。", 2),
    "ar": ("نحن ننفي هذا الاتهام. نحن مستعدون للحوار.", 2),
}
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def write_all(folder: Path) -> list[Path]:
    """The statement as files of every format but PDF, which the program itself is to draw."""
    folder.mkdir()
    return [_written(folder / f"statement.{ending}", make()) for ending, make in FORMATS.items()]


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _zipped(members: dict[str, str]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, words in members.items():
            archive.writestr(name, words)
    return out.getvalue()


def _docx() -> bytes:
    body = f"<w:body><w:p><w:r><w:t>{STATEMENT}</w:t></w:r></w:p></w:body>"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relation = f'<Relationship Id="r1" Type="{office}" Target="word/document.xml"/>'
    return _zipped(
        {
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships">{relation}</Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{W}">{body}</w:document>',
        }
    )


def _odt() -> bytes:
    names = f'xmlns:office="{ODF}office:1.0" xmlns:text="{ODF}text:1.0"'
    body = f"<office:body><office:text><text:p>{STATEMENT}</text:p></office:text></office:body>"
    kind = "application/vnd.oasis.opendocument.text"
    return _zipped(
        {"mimetype": kind, "content.xml": f"<office:document-content {names}>{body}</office:document-content>"}
    )


def _epub() -> bytes:
    item = '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
    book = f'<manifest>{item}</manifest><spine><itemref idref="a"/></spine>'
    root = '<rootfiles><rootfile full-path="book.opf"/></rootfiles>'
    return _zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": f'<container xmlns="{ODF}container">{root}</container>',
            "book.opf": f'<package xmlns="http://www.idpf.org/2007/opf">{book}</package>',
            "a.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{STATEMENT}</p></body></html>',
        }
    )


def _xlsx() -> bytes:
    from xlsxwriter import Workbook

    out = BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["title", "text"])
        sheet.write_row(1, 0, ["A statement", STATEMENT])
    return out.getvalue()


def _rtf() -> bytes:
    return (rb"{\rtf1\ansi\ansicpg1252 %s}" % STATEMENT.encode("cp1252")).replace(b"\xe9", rb"\'e9")


FORMATS: dict[str, Callable[[], bytes]] = {
    "txt": lambda: STATEMENT.encode("cp1252"),  # an encoding that has to be found out
    "docx": _docx,
    "odt": _odt,
    "rtf": _rtf,
    "html": f"<!DOCTYPE html><meta charset=utf-8><title>A statement</title><p>{STATEMENT}</p>".encode,
    "epub": _epub,
    "csv": f'title,text\nA statement,"{STATEMENT}"\n'.encode,
    "xlsx": _xlsx,
}
