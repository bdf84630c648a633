"""OpenDocument texts."""

import pytest

from annotator.errors import Damaged, Refused
from annotator.interchange.odt import read
from tests.interchange.building import NAMES, file, open_document, zipped


def text(body: str) -> str:
    (document,) = read(file("a.odt", open_document("text", body)))
    return document.text


def test_written_blanks_stay_and_others_fold():
    body = '<text:h>Title</text:h><text:p>  one\n  two<text:s text:c="3"/><text:span>three</text:span> <text:tab/>four'
    assert text(body + "<text:line-break/>five </text:p>") == "Title\none two   three \tfour\nfive"
    assert text("<text:p>a<text:s/>b<text:s text:c='99999999999'/></text:p>") == "a b" + " " * 1000


def test_deletions_are_out_and_insertions_in():
    deleted = "<text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region>"
    body = f"<text:tracked-changes>{deleted}</text:tracked-changes>"
    body += '<text:p>The <text:change-start text:change-id="1"/>inserted <text:change-end text:change-id="1"/>words</text:p>'
    assert text(body) == "The inserted words"


def test_notes_lists_sections_boxes_and_tables():
    note = "<text:note-citation>*</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body>"
    listed = "<text:list><text:list-item><text:p>first</text:p></text:list-item></text:list>"
    box = "<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame>"
    cells = "".join(f"<table:table-cell><text:p>{words}</text:p></table:table-cell>" for words in "ab")
    rows = f"<table:table-header-rows><table:table-row>{cells}</table:table-row></table:table-header-rows>"
    rows += f"<table:table-row>{cells}<table:covered-table-cell/></table:table-row>"
    body = f"<text:p>Denied<text:note>{note}</text:note>.{box}</text:p><text:section>{listed}</text:section>"
    body += f"<table:table>{rows}</table:table>"
    comment = "<office:annotation><text:p>comment</text:p></office:annotation>"
    assert text(body + f"<text:p>{comment}end</text:p>") == "Denied[1].\nboxed\nfirst\na\tb\na\tb\nend\n[1] A note."


def test_a_flat_file_is_read_too():
    body = "<office:body><office:text><text:p>Flat &amp; plain</text:p></office:text></office:body>"
    (document,) = read(file("a.fodt", f"<office:document {NAMES}>{body}</office:document>"))
    assert document.text == "Flat & plain"


def test_a_locked_and_a_broken_file_are_told_apart():
    with pytest.raises(Refused, match="locked by a password"):
        read(file("a.odt", zipped({"META-INF/manifest.xml": "<m><encryption-data/></m>", "content.xml": b"\x8f\x01"})))
    for data in (b"PK nothing", zipped({"content.xml": "<a>"}), open_document("spreadsheet", ""), zipped({"x": "y"})):
        with pytest.raises(Damaged, match=r"a\.odt is damaged"):
            read(file("a.odt", data))
