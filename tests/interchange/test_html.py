"""Web pages: the lines a browser would show."""

import pytest

from annotator.errors import Damaged, Refused
from annotator.interchange.html import read
from tests.interchange.building import file


def text(body: str) -> str:
    (document,) = read(file("a.html", f"<!DOCTYPE html><html><body>{body}</body></html>"))
    return document.text


def test_blocks_are_lines_and_blanks_fold():
    assert (
        text("<h1>One\n  two</h1><p>a <b> b</b> c<p>d<br>e<div>f<span>g</span></div>tail")
        == "One two\na b c\nd\ne\nfg\ntail"
    )
    assert text("<p>a&nbsp;b &amp; &#x1F600; <q>said</q></p>") == "a\xa0b & \U0001f600 \u201csaid\u201d"
    assert text("one<br><br><br><br>two") == "one\n\ntwo"


def test_preformatted_text_keeps_its_blanks():
    assert text("<p>a</p><pre>  x\n   y  </pre><p>b</p>") == "a\n  x\n   y  \nb"


def test_cells_are_parted_by_tabs_even_with_blocks_in_them():
    cells = "<td><p>one</p></td> <td><p>two</p><p>more</p></td><td></td><td>x</td>"
    assert text(f"<table><tr><th>a<th>b</tr>\n<tr> {cells}</tr></table>end") == "a\tb\none\ttwo\nmore\t\tx\nend"


def test_scripts_menus_forms_and_hidden_parts_are_not_read():
    body = (
        "<nav>menu</nav><script>var x</script><style>p{}</style><p>kept</p><p hidden>no</p><button>Share</button> tail"
    )
    assert text(body + "<svg><text>no</text></svg><!-- no --><noscript>no</noscript>") == "kept\ntail"


def test_the_one_article_is_the_document_and_says_so():
    body = "<header>Site</header><article><h1>Denial</h1><p>We deny.</p></article><footer>Imprint</footer>"
    page = f"<html lang='en-GB'><head><title>Denial | Ministry</title></head><body>{body}</body></html>"
    (document,) = read(file("a.html", page))
    assert (document.text, document.title, document.language) == ("Denial\nWe deny.", "Denial", "en-GB")
    assert document.details == {"part": "article"}
    (both,) = read(file("a.html", page.replace("</footer>", "</footer><article>Next</article>")))
    assert both.text == "Site\nDenial\nWe deny.\nImprint\nNext"
    assert both.details == {}


def test_the_encoding_is_the_declared_one_unless_it_is_utf8():
    page = "<html><head><meta charset={}><title>Д</title></head><body>Опровержение</body></html>"
    (declared,) = read(file("a.html", page.format("windows-1251").encode("cp1251")))
    assert (declared.text, declared.title, declared.guessed) == ("Опровержение", "Д", False)
    (nobodys,) = read(file("a.html", page.format("x-mine").encode("cp1251") * 3))
    assert nobodys.guessed
    western = "<meta charset=iso-8859-1><p>\u201cDémenti\u201d</p>".encode("cp1252")
    assert read(file("a.html", western))[0].text == "\u201cDémenti\u201d"
    (wrong,) = read(file("a.html", page.format("windows-1251").encode()))
    assert wrong.text == "Опровержение"
    (xml,) = read(file("a.xhtml", ('<?xml version="1.0" encoding="koi8-r"?>' + page.format("x")).encode("koi8-r")))
    assert xml.text == "Опровержение"


def test_deep_nesting_and_soup_do_no_harm():
    assert text("<div>" * 1500 + "deep") == "deep"
    with pytest.raises(Damaged, match="nested too deep"):
        text("<div>" * 50_000 + "deep")
    assert text("</p><b><i>soup</b></i> <table><p>here") == "soup\nhere"


@pytest.mark.parametrize("page", ["<html></html>", "<script>x</script>", "<p>&nbsp;</p>"])
def test_a_page_without_text_is_refused(page):
    with pytest.raises(Refused, match="holds no text"):
        read(file("a.html", page))
