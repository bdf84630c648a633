"""Words with their codes, to be pasted: which codes lie over all of them, which over some, and where they stand."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from annotator.interchange import coded_words
from annotator.text import Span
from tests.interchange.coded import coded_document

TEXT = "The republic denies it. Talks may begin.\n\nThe ministry accuses nobody."
RANGES = [("Denial", "me", [(0, 23)]), ("Label", "Ben", [(4, 12)]), ("Offer", "me", [(24, 40)])]


def test_codes_of_all_the_words_stand_behind_them():
    coded = coded_document(TEXT, RANGES[:1], details={"date": "2031-03-14"})
    assert coded_words.plain(coded, [Span(0, 23)]).split("\n") == [
        "The republic denies it. [Denial]",
        "— A statement, 2031-03-14, paragraph 1",
    ]


def test_codes_of_some_words_are_told_with_those_words():
    coded = coded_document(TEXT, RANGES)
    assert coded_words.plain(coded, [Span(4, 66)]).split("\n") == [
        "republic denies it. Talks may begin.",
        "",
        "The ministry accuses nob",
        "[Denial] republic denies it.",
        "[Label, Ben] republic",
        "[Offer] Talks may begin.",
        "— A statement, paragraphs 1–2",
    ]


def test_words_that_do_not_follow_one_another_are_parted():
    coded = coded_document(TEXT, [("Denial", "me", [(4, 12), (24, 29)])])
    assert coded_words.plain(coded, [Span(4, 12), Span(24, 29)]).startswith("republic … Talks [Denial]\n")


def test_rich_words_have_tints_and_names():
    html = coded_words.rich(coded_document(TEXT, RANGES), [Span(0, 40)])
    assert html.count("background-color: #") == 4
    assert html.count("[Label, Ben]") == html.count("[Denial]") == html.count("[Offer]") == 1
    assert "paragraph 1</p>" in html


class Bare(HTMLParser):
    """The words of a fragment without the names of its codes."""

    def __init__(self, html: str):
        super().__init__()
        self.words: list[str] = []
        self.styles: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag != "meta":
            self.styles.append(dict(attrs).get("style") or "")

    def handle_endtag(self, tag):
        self.styles.pop()

    def handle_data(self, data):
        if not any("color: #5d666f" in style for style in self.styles):
            self.words.append(data)


@given(st.text(st.sampled_from("ab<&\n א😀"), min_size=1, max_size=30), st.data())
def test_rich_words_are_the_words(text, data):
    places = st.integers(0, len(text) - 1)
    ranges = [
        (f"Code <{n}>", "me", [(start, len(text))]) for n, start in enumerate(data.draw(st.lists(places, max_size=4)))
    ]
    start = data.draw(places)
    coded = coded_document(text, ranges, title="<b>")
    words = "".join(Bare(coded_words.rich(coded, [Span(start, len(text))])).words)
    bare = words if not ranges else words.replace(" ", "")
    assert bare == (text[start:].replace("\n", "") if not ranges else text[start:].replace("\n", "").replace(" ", ""))
