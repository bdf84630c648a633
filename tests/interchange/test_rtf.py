"""Rich text: what striprtf gets wrong must be right here."""

import pytest
from striprtf.striprtf import rtf_to_text

from annotator.errors import Damaged
from annotator.interchange.rtf import read
from tests.interchange.building import file


def text(inside: str | bytes) -> str:
    inside = inside.encode() if isinstance(inside, str) else inside
    (document,) = read(file("a.rtf", rb"{\rtf1\ansi\ansicpg1252\deff0 " + inside + b"}"))
    return document.text


def test_emoji_come_as_two_halves_and_are_joined():
    assert rtf_to_text(r"{\rtf1\ansi \u-10179?\u-8704?}") == "\ud83d\ude00"  # the trap
    assert text(r"a\u-10179?\u-8704?b") == "a\U0001f600b"


def test_letters_beyond_ascii_in_all_their_spellings():
    assert text(rb"d\'e9menti \u233?t\'e9 " + "é".encode("cp1252")) == "démenti été é"
    cyrillic = rb"{\rtf1\ansi\ansicpg1251 " + "Опровержение".encode("cp1251") + b"}"
    (document,) = read(file("a.rtf", cyrillic))
    assert document.text == "Опровержение"


def test_footnotes_are_kept():
    note = r"{\super\chftn}{\footnote \pard\plain {\super\chftn} A {\b first} note \{with braces\}.}"
    second = r"{\*\footnote Second.}"
    assert (
        text(rf"Denied{note} twice{second}.\par End")
        == "Denied[1] twice[2].\nEnd\n[1] A first note {with braces}.\n[2] Second."
    )


def test_deletions_and_hidden_words_are_out_insertions_in():
    runs = r"The {\revised\revauth1 firmly }{\deleted\revauthdel1 softly }ministry {\v hidden }denies{\v0 .}"
    assert text(runs) == "The firmly ministry denies."


def test_cells_are_parted_by_tabs_and_links_have_no_address():
    row = r"\trowd\intbl one\cell two\cell\row "
    link = r'{\field{\*\fldinst{HYPERLINK "http://seldonia.example/"}}{\fldrslt the text}}'
    assert text(rf"{row}See {link}, \\cell is a word.") == "one\ttwo\nSee the text, \\cell is a word."


def test_tabs_and_lines():
    assert text(r"a\tab b\line c\par d\~e\_f\emdash g") == "a\tb\nc\nd\xa0e\u2011f\u2014g"


@pytest.mark.parametrize("data", [b"no rtf", b"", b"{\\rt"])
def test_what_is_no_rich_text_is_told(data):
    with pytest.raises(Damaged, match=r"a\.rtf is damaged"):
        read(file("a.rtf", data))
