"""The registry of readers, and the right one for a file whatever it is called."""

import pytest

from annotator.errors import Refused
from annotator.interchange import READERS, docx, epub, html, odt, pdf, plain_text, reader_for, rtf, table
from tests.interchange.building import docx as make_docx
from tests.interchange.building import epub as make_epub
from tests.interchange.building import open_document, paragraph, xlsx
from tests.interchange.building import pdf as make_pdf

PAGE = b"\xef\xbb\xbf <!DOCTYPE html><html></html>"
FILES = {
    plain_text: b"plain words",
    docx: make_docx(paragraph("x")),
    odt: open_document("text", ""),
    rtf: b"{\\rtf1 x}",
    pdf: make_pdf([(72, 770, "x")]),
    html: PAGE,
    epub: make_epub({"a.xhtml": "x"}),
    table: xlsx({1: {"A": "x"}}),
}


def test_every_reader_says_what_it_reads_and_no_two_the_same():
    extensions = [extension for reader in READERS for extension in reader.EXTENSIONS]
    assert len(set(extensions)) == len(extensions)
    assert all(extension == extension.casefold() and extension[0] == "." for extension in extensions)
    assert all(reader.NAME and callable(reader.read) for reader in READERS)
    assert set(FILES) == set(READERS)


@pytest.mark.parametrize("reader", READERS)
def test_the_bytes_tell_the_reader_when_the_name_does_not(tmp_path, reader):
    for name in ("noname", "a.doc", "a.txt"):
        path = tmp_path / name
        path.write_bytes(FILES[reader])
        if reader is plain_text and name == "a.doc":
            continue
        expected = plain_text if reader is html and name == "a.txt" else reader
        assert reader_for(path) is expected


@pytest.mark.parametrize("reader", READERS)
def test_the_extension_tells_the_reader_in_any_case(tmp_path, reader):
    for extension in reader.EXTENSIONS:
        path = tmp_path / f"a{extension.upper()}"
        path.write_bytes(b"something")
        assert reader_for(path) is reader


def test_an_old_or_locked_office_file_is_told_and_an_unknown_one_too(tmp_path):
    old = tmp_path / "a.docx"
    old.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    with pytest.raises(Refused, match=r"a\.docx is from an old Word or Excel, or has a password"):
        reader_for(old)
    assert reader_for(old.rename(tmp_path / "a.xls")) is table
    for name, data in (("a.png", b"\x89PNG\0"), ("noname", b"a\0b"), ("a.py", b"print()"), ("a.zip", b"PK\x03\x04zip")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(Refused, match=f"{name} is of a kind that cannot be read. These can: .txt"):
            reader_for(tmp_path / name)
