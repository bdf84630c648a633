"""Plain text is kept as it is, but for what no text can hold."""

import pytest

from annotator.errors import Refused
from annotator.interchange.plain_text import read
from tests.interchange.building import file


def test_markdown_stays_markdown():
    words = "# Statement\n\n* one\n* **two**\n\n    indented  \n"
    (document,) = read(file("a.md", words))
    assert (document.text, document.original, document.encoding, document.guessed) == (
        words,
        words.encode(),
        "utf-8",
        False,
    )
    assert document.warnings == ()


def test_what_cannot_be_kept_is_replaced_and_told():
    (document,) = read(file("a.txt", "The ministry de\0nies." * 3))
    assert (document.text[:21], document.replaced) == ("The ministry de\ufffdnies.", 3)
    assert [str(one) for one in document.warnings] == [
        "3 characters of a.txt could not be read or kept and were replaced by \ufffd."
    ]


def test_a_guess_is_a_warning():
    (document,) = read(
        file("a.txt", "Le ministère dément avoir été averti des essais, et il ne dit rien.".encode("cp1252"))
    )
    assert document.guessed
    assert document.warnings[0].key == "import.guessed"


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"\0" * 5000, "import.not_text"),
        (b"ab\0\0\0cd" * 50, "import.not_text"),
        (b"\x01\x02\x03 words" * 9, "import.not_text"),
        (b" \n\t\r\n ", "import.no_text"),
        (b"\xef\xbb\xbf", "import.no_text"),
    ],
)
def test_what_is_no_text_is_refused(data, key):
    with pytest.raises(Refused) as refusal:
        read(file("a.txt", data))
    assert refusal.value.key == key
    assert "a.txt" in str(refusal.value)
