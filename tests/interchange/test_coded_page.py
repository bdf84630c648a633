"""A coded document as a web page: the text comes back as it was, every annotation has its own words, and it is valid."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import editing
from annotator.errors import Refused
from annotator.interchange import coded_page
from annotator.interchange.coded_document import CodedDocument, OnPlace, Used, gather
from annotator.interchange.coded_page import Contents
from annotator.text import Span, canonical
from tests.interchange.coded import coded_document

VOID = ("meta", "br")
HOSTILE = '<script>alert("1")</script> & "q" \'a\' </p><b>'


class Page(HTMLParser):
    """Reads a page as a browser does, as far as we write HTML, and complains of what is not closed."""

    def __init__(self, words: str):
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict]] = []
        self.paragraphs: list[str] = []
        self.annotations: dict[int, str] = {}
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict]] = []
        self.words = ""
        self.feed(words)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        assert len({name for name, _ in attrs}) == len(attrs)
        attributes = {name: value or "" for name, value in attrs}
        self.tags.append((tag, attributes))
        self.ids += [attributes["id"]] if "id" in attributes else []
        self.links += [attributes["href"]] if "href" in attributes else []
        if tag == "p" and self._is_in_text():
            self.paragraphs.append("")
        if tag not in VOID:
            self.open.append((tag, attributes))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        names = [tag for tag, _ in self.open]
        if "style" not in names:
            self.words += data
        if self._is_in_text() and "p" in names:
            self.paragraphs[-1] += data
            for _, attributes in self.open:
                if number := attributes.get("data-annotation"):
                    self.annotations[int(number)] = self.annotations.get(int(number), "") + data

    def _is_in_text(self):
        names = [tag for tag, _ in self.open]
        return "article" in names and "aside" not in names

    def text(self) -> str:
        return "\n".join(self.paragraphs)


def read(coded: CodedDocument, contents: Contents | None = None) -> Page:
    return Page("".join(coded_page.page(coded, contents or Contents())))


@st.composite
def coded_documents(draw) -> CodedDocument:
    text = canonical(
        draw(st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("\n <&\"'אب한😀")), max_size=60))
    )[0]
    ranges = []
    for _ in range(draw(st.integers(0, 8)) if text else 0):
        start = draw(st.integers(0, len(text) - 1))
        spans = [(start, draw(st.integers(start + 1, len(text))))]
        if spans[0][1] + 1 < len(text) and draw(st.booleans()):
            again = draw(st.integers(spans[0][1] + 1, len(text) - 1))
            spans.append((again, len(text)))
        code, coder = draw(st.sampled_from(["Denial", HOSTILE])), draw(st.sampled_from(["me", "Ben"]))
        ranges.append((code, coder, spans, draw(st.sampled_from(["", "a memo", HOSTILE]))))
    return coded_document(text, ranges, title=draw(st.sampled_from(["A statement", HOSTILE])))


@given(coded_documents())
def test_text_and_annotations_come_back_as_they_were(coded):
    page = read(coded)
    assert page.text() == coded.text
    quotes = {one.number: "".join(one.quotes).replace("\n", "") for one in coded.annotations}
    assert {n: words for n, words in page.annotations.items() if words} == {n: q for n, q in quotes.items() if q}
    assert len(set(page.ids)) == len(page.ids)


def test_links_lead_somewhere_and_nothing_is_a_script():
    coded = coded_document("One two three.\nFour.", [(HOSTILE, "Ben", [(0, 7)], HOSTILE), ("Offer", "me", [(4, 13)])])
    page = read(coded)
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert not any(tag in ("script", "img", "link") or "onclick" in attributes for tag, attributes in page.tags)
    assert HOSTILE in page.words
    assert "http" not in "".join(coded_page.page(coded))


def test_it_tells_what_it_is_of():
    coded = coded_document(
        "One two.",
        [("Denial", "Ben", [(0, 3)])],
        details={"speaker": "The minister", "date": "2031-03-14", "source": "SNA", "pages": 3},
        is_blind=True,
    )
    words = " ".join(read(coded).words.split())
    assert "A statement The minister · 2031-03-14 · SNA ProjectDenials RoundMain (blind) CodersBen (1)" in words
    assert "Codebookversion 3" in words


def test_a_paragraph_has_its_direction_and_the_text_its_language():
    page = read(coded_document("كلمة\nword", [], language="ar"))
    assert [a.get("dir") for tag, a in page.tags if tag == "p"] == ["auto", "auto"]
    assert [a.get("lang") for tag, a in page.tags if tag in ("html", "article")] == ["en", "ar"]


def test_each_name_stands_once_beside_the_paragraph_where_it_begins():
    coded = coded_document("One\ntwo\nthree", [("Denial", "me", [(0, 7), (8, 13)]), ("Offer", "Ben", [(8, 13)])])
    page = read(coded, Contents(legend=False))
    begun = [a["aria-label"] for tag, a in page.tags if tag == "aside"]
    assert begun == ["Codes that begin in paragraph 1", "Codes that begin in paragraph 3"]
    assert page.words.count("Denial\n") == page.words.count("Offer Be") == 1


def test_what_lies_over_words_is_told_under_the_pointer():
    coded = coded_document("One two three", [("Denial", "me", [(0, 13)]), ("Offer", "Ben", [(4, 7)], "why not")])
    titles = [a["title"] for tag, a in read(coded).tags if tag == "mark"]
    assert titles == ["Denial", "Offer · Ben: why not\nDenial", "Denial"]


@pytest.mark.parametrize(
    ("contents", "said", "not_said"),
    [
        (Contents(), ["because"], ["target", "fairly sure"]),
        (Contents(attributes=True), ["because", "target: Volania", "Certainty: fairly sure"], []),
        (Contents(notes=False), [], ["because", "Notes"]),
    ],
)
def test_notes_say_what_was_asked_for(contents, said, not_said):
    coded = coded_document("One two.", [("Denial", "me", [(0, 3)], "because")])
    told = replace(coded.annotations[0], attributes=(("target", "Volania"),), certainty=0.6)
    page = read(replace(coded, annotations=(told,)), contents)
    notes = page.words[page.words.find("Notes") :] if "Notes" in page.words else ""
    assert all(words in notes for words in said)
    assert not any(words in page.words for words in not_said)
    refs = [a for tag, a in page.tags if a.get("class") == "ref"]
    assert bool(refs) is bool(said)


def test_memos_on_places_are_notes_in_the_order_of_the_text():
    coded = coded_document("One two three.", [("Denial", "me", [(0, 7)], "because")])
    memos = OnPlace(Span(4, 7), "two", "who?", "me"), OnPlace(Span(0, 3), "One", "<which>", "Ben", "BE")
    page = read(replace(coded, memos=memos))
    assert page.text() == coded.text
    notes = page.words[page.words.find("Notes") :]
    assert [notes.find(words) for words in ("because", "<which>", "who?")] == sorted(
        notes.find(words) for words in ("because", "<which>", "who?")
    )
    assert "Ben" in notes
    assert "Memo" in notes
    refs = [a["data-note"] for tag, a in page.tags if a.get("class") == "ref"]
    assert refs[:3] == ["2", "1", "3"]
    assert "Notes" not in read(replace(coded, memos=memos), Contents(notes=False)).words


def test_colours_that_are_none_do_no_harm():
    coded = coded_document("One two.", [("Denial", "me", [(0, 3)])])
    assert "#7a828b" in "".join(coded_page.page(replace(coded, codes={"Denial": Used("Denial", 1)})))


def test_it_is_written_whole_or_not_at_all(tmp_path):
    coded = coded_document("One two.\n" * 200, [])
    done = []
    assert coded_page.write(coded, tmp_path / "page.html", progress=lambda *told: done.append(told))
    assert done == [(0, 201), (50, 201), (100, 201), (150, 201), (200, 201)]
    assert not coded_page.write(coded, tmp_path / "other.html", cancelled=lambda: True)
    with pytest.raises(Refused):
        coded_page.write(coded, tmp_path / "no such folder" / "page.html")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_a_document_is_gathered_as_its_reader_may_see_it(team):
    for name, words in (("Ada", "because"), ("Ben", "")):
        person = team.sit_down(name)
        _, annotation = team.code(person, 0, 23)
        person.apply(editing.set_memo(annotation, words) if words else editing.set_certainty(annotation, 1.0))
        if name == "Ada":
            team.code(person, 4, 12, "offer")
    ada = team.sit_down("Ada")
    coded = gather(ada, team.document, team.round)
    assert [(one.number, one.quotes, one.memo) for one in coded.annotations] == [
        (1, ("The republic denies it.",), "because"),
        (2, ("republic",), ""),
    ]
    assert [(used.name, used.count, used.initials) for used in coded.people.values()] == [("Ada", 2, "")]
    assert [(used.name, used.count) for used in coded.codes.values()] == [("Denial", 1), ("Offer of dialogue", 1)]
    assert (coded.project, coded.round, coded.is_blind) == ("Denials", "Reliability", True)
    sue = team.sit_down("Sue")
    coded = gather(sue, team.document, team.round)
    assert [used.name for used in coded.people.values()] == ["Ada", "Ben"]
    assert [used.initials for used in coded.people.values()] == ["AD", "BE"]
    only = gather(sue, team.document, team.round, shows=lambda one: one.coder == team.coders["Ben"].id)
    assert [(one.number, one.spans) for one in only.annotations] == [(1, (Span(0, 23),))]


def test_memos_on_places_are_gathered_as_their_reader_may_see_them(team):
    for name in ("Ben", "Ada"):
        person, about = team.sit_down(name), team.document.id
        person.apply(editing.write_memo(person, about=about, words=f"of {name}", place=Span(4, 12)))
        person.apply(editing.write_memo(person, about=about, words="on the whole"))
        person.apply(editing.bookmark(person, document=about, place=Span(0, 3)))
    coded = gather(team.sit_down("Ada"), team.document, team.round)
    assert coded.memos == (OnPlace(Span(4, 12), "republic", "of Ada", "Ada"),)
    sue = team.sit_down("Sue")
    assert [(one.memo, one.initials) for one in gather(sue, team.document, team.round).memos] == [
        ("of Ben", "BE"),
        ("of Ada", "AD"),
    ]
    only = gather(sue, team.document, team.round, shows=lambda one: one.coder == team.coders["Ben"].id)
    assert [one.memo for one in only.memos] == ["of Ben"]
    assert gather(sue, team.document, team.round, among=[]).memos == ()


def test_values_are_told_in_words(team):
    ada = team.sit_down("Ada")
    _, annotation = team.code(ada, 0, 23)
    change = editing.add_entity(ada, "Volania")
    ada.apply(change)
    values = {team.attributes["actor"].id: change.edits[0].object, team.attributes["stance"].id: "1"}
    for id, value in values.items():
        ada.apply(editing.set_attribute(ada, ada.noun("annotation", annotation.id), id, value))
    (one,) = gather(ada, team.document, team.round).annotations
    assert dict(one.attributes) == {"actor": "Volania", "stance": "warm"}
