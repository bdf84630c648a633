"""E-books."""

import pytest

from annotator.errors import Damaged, Refused
from annotator.interchange.epub import read
from tests.interchange.building import epub, file, zipped


def test_chapters_come_in_the_order_of_the_spine_with_what_the_book_says_of_itself():
    chapters = {"b.xhtml": "<h1>One</h1><p>We deny.</p>", "text/a b.xhtml": "<p>Two</p>", "empty.xhtml": "<div/>"}
    (document,) = read(file("a.epub", epub(chapters)))
    assert document.text == "One\nWe deny.\n\nTwo"
    assert (document.title, document.language, document.details) == (
        "White Book",
        "en",
        {"author": "Ministry of Seldonia"},
    )


def test_a_locked_book_is_refused_and_hidden_fonts_are_no_lock():
    def lock(method: str) -> dict[str, str]:
        reference = f'<EncryptionMethod Algorithm="{method}"/><CipherReference URI="OEBPS/a.xhtml"/>'
        return {"META-INF/encryption.xml": f"<encryption><EncryptedData>{reference}</EncryptedData></encryption>"}

    with pytest.raises(Refused, match="locked by a password"):
        read(file("a.epub", epub({"a.xhtml": "<p>x</p>"}, more=lock("urn:aes"))))
    (document,) = read(
        file("a.epub", epub({"a.xhtml": "<p>x</p>"}, more=lock("http://www.idpf.org/2008/embedding#obfuscation")))
    )
    assert document.text == "x"


@pytest.mark.parametrize(
    "data",
    [b"PK", zipped({"a": "b"}), zipped({"META-INF/container.xml": "<c><rootfile full-path='../../etc/passwd'/></c>"})],
)
def test_a_broken_book_is_told(data):
    with pytest.raises(Damaged, match=r"a\.epub is damaged"):
        read(file("a.epub", data))
