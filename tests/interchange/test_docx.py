"""Word documents: what a reader of the page sees, in its order."""

from io import BytesIO

import pytest
from docx2python import docx2python

from annotator.errors import Damaged, Refused
from annotator.interchange.docx import read
from tests.interchange.building import docx, file, paragraph, zipped

RUN = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'


def text(body: str, **parts: str) -> str:
    (document,) = read(file("a.docx", docx(body, **parts)))
    return document.text


def test_insertions_are_in_and_deletions_out():
    body = paragraph(
        "The ministry ",
        f"<w:ins>{RUN.format('firmly ')}</w:ins>",
        "<w:del><w:r><w:delText>softly </w:delText></w:r></w:del>",
        "denies.",
    )
    moved = paragraph(f"<w:moveFrom>{RUN.format('Old place.')}</w:moveFrom>") + paragraph(
        f"<w:moveTo>{RUN.format('New place.')}</w:moveTo>"
    )
    assert text(body + moved) == "The ministry firmly denies.\n\nNew place."


def test_a_deleted_mark_joins_its_paragraph_to_the_next():
    gone = "<w:rPr><w:del/></w:rPr>"
    assert text(paragraph("One ", properties=gone) + paragraph("goes on.") + paragraph("Two.")) == "One goes on.\nTwo."


def test_content_controls_links_and_fields_are_kept():
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('In a control.')}</w:sdtContent></w:sdt>"
    inside = paragraph(
        f"<w:sdt><w:sdtContent>{RUN.format('Inline control')}</w:sdtContent></w:sdt>",
        f"<w:hyperlink>{RUN.format(' link')}</w:hyperlink>",
        "<w:r><w:instrText>HYPERLINK http://x</w:instrText></w:r>",
        f"<w:fldSimple>{RUN.format(' 7')}</w:fldSimple>",
    )
    assert text(control + inside) == "In a control.\nInline control link 7"


def test_all_that_docx2python_keeps_is_kept():
    """The one of the usual readers that loses neither insertions nor content controls nor cells."""
    words = ["plain", "inserted", "controlled", "linked", "cell one", "cell two", "after"]
    body = (
        paragraph("plain", f"<w:ins>{RUN.format('inserted')}</w:ins>")
        + f"<w:sdt><w:sdtContent>{paragraph('controlled')}</w:sdtContent></w:sdt>"
        + paragraph(f"<w:hyperlink>{RUN.format('linked')}</w:hyperlink>")
        + f"<w:tbl><w:tr><w:tc>{paragraph('cell one')}</w:tc><w:tc>{paragraph('cell two')}</w:tc></w:tr></w:tbl>"
        + paragraph("after")
    )
    with docx2python(BytesIO(docx(body))) as other:
        theirs = other.text
    ours = text(body)
    assert all(word in theirs for word in words)
    assert [ours.find(word) for word in words] == sorted(ours.find(word) for word in words)
    assert min(ours.find(word) for word in words) == 0


def test_a_table_is_a_line_a_row_with_tabs_even_inside_another():
    def cell(inside: str) -> str:
        return f"<w:tc>{inside}</w:tc>"

    inner = f"<w:tbl><w:tr>{cell(paragraph('x'))}{cell(paragraph('y'))}</w:tr></w:tbl>"
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{cell(paragraph('gone'))}</w:tr>"
    rows = f"<w:tr>{cell(paragraph('a') + paragraph('b'))}{cell(paragraph('c'))}</w:tr>{gone}<w:tr>{cell(inner)}</w:tr>"
    assert text(f"<w:tbl>{rows}</w:tbl>" + paragraph("after")) == "a\nb\tc\nx\ty\nafter"


def test_tabs_breaks_and_odd_characters():
    run = "<w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t><w:noBreakHyphen/><w:softHyphen/>{}</w:r>"
    symbol = '<w:sym w:font="Symbol" w:char="2022"/>'
    tabs = '<w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs>'
    assert text(paragraph(run.format(symbol), properties=tabs)) == "one\ntwo\tthree\u2011\u00ad\u2022"


def test_hidden_words_comments_and_readings_are_out():
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>shown</w:t></w:r>'
    ruby = f"<w:ruby><w:rt>{RUN.format('reading')}</w:rt><w:rubyBase>{RUN.format('漢字')}</w:rubyBase></w:ruby>"
    assert (
        text(paragraph(hidden, shown, '<w:r><w:commentReference w:id="1"/></w:r>', f"<w:r>{ruby}</w:r>")) == "shown漢字"
    )


def test_notes_leave_a_mark_and_stand_at_the_end():
    body = paragraph(
        "Denied", '<w:r><w:footnoteReference w:id="3"/></w:r>', ' twice<w:r><w:endnoteReference w:id="1"/></w:r>'[:6]
    )
    body += paragraph("Again", '<w:r><w:endnoteReference w:id="1"/></w:r>', ".")
    notes = f'<w:footnote w:type="separator" w:id="0">{paragraph("---")}</w:footnote>'
    notes += f'<w:footnote w:id="3">{paragraph("<w:r><w:footnoteRef/></w:r>", " First note.")}{paragraph("More.")}</w:footnote>'
    ends = f'<w:endnote w:id="1">{paragraph("Second note.")}</w:endnote>'
    expected = "Denied[1] twice\nAgain[2].\n[1] First note.\nMore.\n[2] Second note."
    assert text(body, footnotes=notes, endnotes=ends) == expected


def test_text_boxes_stand_after_their_paragraph_once():
    box = f"<w:txbxContent>{paragraph('In the box.')}</w:txbxContent>"
    both = f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    assert text(paragraph("Before ", both, "and after.")) == "Before and after.\nIn the box."


def test_numbers_of_lists_are_seen_and_so_kept():
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{words}"/></w:lvl>'
        for level, start, style, words in (
            (0, 1, "decimal", "%1."),
            (1, 3, "lowerLetter", "%1%2)"),
            (2, 1, "bullet", "\uf0b7"),
        )
    )
    numbering = f'<w:abstractNum w:abstractNumId="5">{levels}</w:abstractNum>'
    numbering += '<w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num>'
    styles = '<w:style w:styleId="Demand"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    styles += '<w:style w:styleId="Sub"><w:basedOn w:val="Demand"/></w:style>'

    def item(level: int, words: str) -> str:
        return paragraph(words, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="2"/></w:numPr>')

    body = item(0, "Withdraw") + item(1, "at once") + item(1, "wholly") + item(2, "no delay")
    body += paragraph("Pay", properties='<w:pStyle w:val="Sub"/>') + item(1, "soon") + paragraph("End")
    expected = "1. Withdraw\n1c) at once\n1d) wholly\n\u2022 no delay\n2. Pay\n2c) soon\nEnd"
    assert text(body, numbering=numbering, styles=styles) == expected


def test_the_letterhead_is_a_detail():
    (document,) = read(file("a.docx", docx(paragraph("Denied."), header=paragraph("Ministry of Seldonia"))))
    assert (document.text, document.details) == ("Denied.", {"header": "Ministry of Seldonia"})


def test_no_entity_of_a_stranger_is_resolved(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words")
    data = zipped(
        {
            "word/document.xml": f'<!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}"><!ENTITY l "lol">]>'
            '<w:document xmlns:w="urn:w"><w:body><w:p><w:r><w:t>a</w:t><w:t>&e;</w:t><w:t>b&l;</w:t></w:r></w:p></w:body>'
            "</w:document>"
        }
    )
    (document,) = read(file("a.docx", data))
    assert document.text == "ab"


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 not a zip",
        zipped({"a": "b"}),
        zipped({"word/document.xml": "<w:broken"}),
        docx(paragraph("x"))[:-60],
    ],
)
def test_a_broken_file_is_told_in_a_sentence(data):
    with pytest.raises(Damaged, match=r"a\.docx is damaged or not what its name says"):
        read(file("a.docx", data))


def test_a_file_without_words_is_refused():
    with pytest.raises(Refused, match=r"a\.docx holds no text"):
        read(file("a.docx", docx(paragraph())))
