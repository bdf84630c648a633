"""Small files of many formats, written by hand: what the readers are tried on."""

import zipfile
from collections.abc import Mapping
from html import escape
from io import BytesIO

from annotator.interchange.incoming import File

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = " ".join(f'xmlns:{name}="{ODF}{name}:1.0"' for name in ("office", "text", "table", "draw"))


def zipped(entries: Mapping[str, str | bytes]) -> bytes:
    """A zip with these entries, in this order."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in entries.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, words, compress_type=stored)
    return made.getvalue()


def relations(*parts: tuple[str, str]) -> str:
    """The relations of a part of an Office file: (type, target)."""
    each = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(parts, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'


def docx(body: str, **parts: str) -> bytes:
    """A Word document. `parts` are the insides of footnotes, endnotes, numbering, styles and header."""

    def part(name: str, inside: str) -> str:
        return f'<w:{name} xmlns:w="{W}" xmlns:mc="{MC}" xmlns:r="{OFFICE}">{inside}</w:{name}>'

    main = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{main}{name}{".main" * (name == "document")}+xml"/>'
        for name in ("document", *parts)
    )
    types += '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    roots = {"header": "hdr"}
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{types}</Types>',
            "_rels/.rels": relations(("officeDocument", "word/document.xml")),
            "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
            "word/_rels/document.xml.rels": relations(*((name, f"{name}.xml") for name in parts)),
        }
        | {f"word/{name}.xml": part(roots.get(name, name), inside) for name, inside in parts.items()}
    )


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of Word. A run that is not markup is text."""
    each = (run if run.startswith("<") else f'<w:r><w:t xml:space="preserve">{escape(run)}</w:t></w:r>' for run in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{''.join(each)}</w:p>"


def open_document(kind: str, body: str) -> bytes:
    """An OpenDocument text or spreadsheet."""
    inside = f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    inside = f"<office:document-content {NAMES}>{inside}</office:document-content>"
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": inside})


def xlsx(rows: dict[int, dict[str, str]]) -> bytes:
    """A workbook of one sheet of text cells: row -> column -> words, which are markup."""
    cells = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{column}{row}" t="inlineStr"><is><t>{words}</t></is></c>' for column, words in of.items())
        + "</row>"
        for row, of in rows.items()
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    types = f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
    return zipped(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="Statements" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml")),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
        }
    )


def epub(chapters: dict[str, str], *, more: dict[str, str] | None = None) -> bytes:
    """An e-book: file name -> body, in the order of the spine, in the folder OEBPS."""
    items = "".join(
        f'<item id="c{number}" href="{name.replace(" ", "%20")}" media-type="application/xhtml+xml"/>'
        for number, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{number}"/>' for number in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        "<dc:title>White Book</dc:title><dc:creator>Ministry of Seldonia</dc:creator><dc:language>en</dc:language>"
        f"</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    files = '<rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles>'
    container = f'<container xmlns="{ODF}container">{files}</container>'
    xhtml = (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head/><body>{}</body></html>'
    )
    pages = {f"OEBPS/{name}": xhtml.format(body) for name, body in reversed(chapters.items())}
    return zipped(
        {"mimetype": "application/epub+zip", "META-INF/container.xml": container, "OEBPS/book.opf": package}
        | pages
        | (more or {})
    )


def pdf(*pages: list[tuple[int, int, str]], trailer: bytes = b"") -> bytes:
    """A PDF. A page is a list of lines: x and y in points from below left, and words in cp1252."""
    objects = [b"", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    kids = []
    for lines in pages:
        drawn = b" ".join(b"1 0 0 1 %d %d Tm (%s) Tj" % (x, y, words.encode("cp1252")) for x, y, words in lines)
        drawn = b"BT /F1 11 Tf " + drawn + b" ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    made, places = b"%PDF-1.4\n", []
    for number, inside in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, inside)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF"
    return made + end % (len(objects) + 1, b"".join(places), len(objects) + 1, trailer, len(made))


def file(name: str, data: bytes | str) -> File:
    """A file as a reader gets it."""
    return File(name, data.encode() if isinstance(data, str) else data)
