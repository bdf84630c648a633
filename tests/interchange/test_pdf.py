"""PDF: lines of print become paragraphs where that is plain, and pages are kept in mind."""

import pytest

from annotator.errors import Damaged, Refused
from annotator.interchange.pdf import read
from tests.interchange.building import file, pdf

LONG = [
    "The ministry rejects the claims made on Monday in",
    "the strongest terms that are open to it, and it",
    "says so.",
]


def lines(x: int, top: int, *words: str) -> list[tuple[int, int, str]]:
    return [(x, top - 14 * place, one) for place, one in enumerate(words)]


def test_lines_of_a_paragraph_are_joined_and_no_carriage_return_is_left():
    page = lines(72, 770, "Statement of the ministry") + lines(72, 740, *LONG) + lines(72, 680, *LONG)
    (document,) = read(file("a.pdf", pdf(page)))
    assert document.text == "Statement of the ministry\n" + " ".join(LONG) + "\n" + " ".join(LONG)
    assert "\r" not in document.text


def test_an_indent_and_a_short_line_begin_a_paragraph():
    indented = [(90, 700, "It adds that no claim made on a Monday"), *lines(72, 686, *LONG[1:])]
    page = lines(72, 770, *LONG) + lines(72, 728, *LONG[:2]) + indented
    (document,) = read(file("a.pdf", pdf(page)))
    third = " ".join([indented[0][2], *LONG[1:]])
    assert document.text.split("\n") == [" ".join(LONG), " ".join(LONG[:2]), third]


def test_a_word_parted_at_the_end_of_a_line_is_one_again():
    words = [
        "The ministry rejects the claims and the accusa-",
        "tions made on Monday by those who are anti-",
        "Seldonian in all.",
    ]
    (document,) = read(file("a.pdf", pdf(lines(72, 770, *words))))
    assert "accusations made" in document.text
    assert "anti-Seldonian" in document.text
    assert not set(document.text) & {"\ufffe", "\x02"}


def test_pages_begin_where_they_say_and_those_without_text_are_told():
    (document,) = read(file("a.pdf", pdf(lines(72, 770, "First page"), [], lines(72, 770, "Third page"))))
    assert document.text == "First page\n\nThird page"
    assert [document.text[start:][:5] for start in document.details["pages"]] == ["First", "\nThir", "Third"]
    assert str(document.warnings[0]) == "1 of 3 pages of a.pdf have no text. Are they pictures?"


def test_a_pdf_without_text_is_refused():
    with pytest.raises(Refused, match=r"a\.pdf has 2 pages and no text, only pictures\. Run text recognition"):
        read(file("a.pdf", pdf([], [])))


def test_a_locked_pdf_is_told():
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%b> /U <%b> >> /ID [<00> <00>]" % (b"1" * 64, b"2" * 64)
    with pytest.raises(Refused, match="locked by a password"):
        read(file("a.pdf", pdf(lines(72, 770, "Secret"), trailer=lock)))


@pytest.mark.parametrize("data", [b"%PDF-1.4 nonsense", b"nothing"])
def test_a_broken_pdf_is_told(data):
    with pytest.raises(Damaged, match=r"a\.pdf is damaged"):
        read(file("a.pdf", data))
