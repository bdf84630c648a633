"""The printed codebook."""

from hypothesis import given, settings

from annotator import codebook, paths
from annotator.codebook import Codebook
from annotator.model import Attribute, Code, new_id

from .codebooks import FIELDS, codebooks

SHIPPED = paths.resources() / "codebooks" / "diplomatic_statements.json"


def test_the_page_says_all_that_the_codebook_says():
    from lxml import html

    book = codebook.read(SHIPPED)
    page = html.fromstring(codebook.page(book))
    shown = " ".join(page.text_content().split())
    for code in book.codes:
        assert all(getattr(code, field) in shown for field in FIELDS)
        assert all(f"“{example}”" in shown for example in code.examples)
    assert "CAMEO 112 · PLOVER ACCUSE" in shown
    assert "a scale: -2 hostile, -1 cool, 0 neutral, 1 warm, 2 friendly" in shown
    targets = {link.get("href")[1:] for link in page.iter("a")}
    assert targets == {one.get("id") for one in page.iter() if one.get("id")}


def test_the_page_needs_nothing_else_and_escapes_what_it_is_given():
    nasty = '<script src="http://x">&'
    code = Code(new_id(), nasty, definition=nasty, examples=(nasty,), crosswalk={nasty: nasty})
    page = codebook.page(Codebook(nasty, (Attribute(new_id(), nasty),), (code,), language='"><b>'))
    assert "<script" not in page
    assert "<b>" not in page
    assert "src=" not in page.replace("src=&#34;", "")


@given(codebooks())
@settings(max_examples=20)
def test_any_codebook_has_a_page(book):
    assert codebook.page(book).startswith("<!DOCTYPE html>")
