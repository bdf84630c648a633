"""A coded document on paper: its text is in the PDF, its names stand once a page, its notes are counted."""

import re
import unicodedata
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QFile
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from annotator.errors import Refused
from annotator.gui.paper import sheets as sheets_module
from annotator.gui.paper.blocks import LaidParagraph, LaidWords
from annotator.gui.paper.margin import Margin
from annotator.gui.paper.paper import Paper, ink
from annotator.gui.paper.sheets import Sheets, write_pdf
from annotator.gui.paper.surface import Surface, after_marks
from annotator.interchange.coded_document import CodedDocument, OnPlace
from annotator.text import Span
from tests.interchange.coded import coded_document

SENTENCE = "The republic denies that its ministry accuses anybody of anything at all. "
LONG = "\n".join([SENTENCE * 9, "", SENTENCE * 40, SENTENCE, SENTENCE * 3] * 3)
BARE = Paper(notes=False, legend=False)


def broken(coded: CodedDocument, paper: Paper = BARE) -> Sheets:
    made = Sheets(coded, paper)
    for _ in made.break_up():
        pass
    return made


def margins(sheets: Sheets) -> list[Margin]:
    made = []
    for strips in sheets._breaker.pages:
        blocks = [(sheets.story.block(one.block), range(one.first, one.stop), one.top) for one in strips]
        made.append(Margin(sheets.surface, [one for one in blocks if isinstance(one[0], LaidParagraph)]))  # type: ignore[arg-type]
    return made


def written(coded: CodedDocument, folder: Path, paper: Paper = BARE) -> pypdfium2.PdfDocument:
    path = folder / "out.pdf"
    for _ in write_pdf(coded, paper, path):
        pass
    return pypdfium2.PdfDocument(path.read_bytes())


def words_in(pdf: pypdfium2.PdfDocument) -> list[str]:
    """The words of each page, without blanks and line ends."""
    found = []
    for page in pdf:
        text = page.get_textpage()
        found.append("".join(text.get_text_range().replace("\ufffe", "-").split()))
        text.close()
        page.close()
    pdf.close()
    return found


def plain(words: str) -> str:
    return "".join(words.split())


def test_every_line_of_every_paragraph_stands_once_in_order_inside_the_page(qapp):
    coded = coded_document(LONG, [])
    sheets = broken(coded)
    lines: list[str] = []
    for strips in sheets._breaker.pages:
        below = 0.0
        for one in strips:
            block = sheets.story.block(one.block)
            assert one.top >= below
            below = one.top + sum(block.heights[one.first : one.stop])
            if isinstance(block, LaidParagraph):
                for n in range(one.first, one.stop):
                    line = block.paragraph.lines[n]
                    start = block.paragraph.start + line.textStart()
                    lines.append(coded.text[start : start + line.textLength()])
        assert below <= sheets.paper.body.height()
    assert "".join(lines) == LONG.replace("\n", "")
    assert sheets.count > 5


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_the_text_of_the_pdf_is_the_text_of_the_document(qapp, tmp_path, size):
    coded = coded_document(LONG, [("Denial", "me", [(10, 700)])], title="Heading")
    pages = words_in(written(coded, tmp_path, replace(BARE, size=size)))
    words = "".join(pages)
    words = re.sub(rf"(Heading)?Page\d+of{len(pages)}(Heading)?", "", words)
    words = re.sub(r"(…)?Denial(?!\()", "", words)
    start = words.index(plain(SENTENCE))
    assert re.sub(r"\d+", "", words[start:]) == plain(LONG)


def test_other_scripts_are_in_the_pdf(qapp, tmp_path):
    text = "케스트리아 해군의 훈련.\n凯斯特里亚外交部。\nПлавание в проливе."
    words = "".join(words_in(written(coded_document(text, [("Denial", "me", [(0, 5)])]), tmp_path)))
    words = unicodedata.normalize("NFKC", words)  # one glyph of a font may stand for two characters
    for paragraph in text.split("\n"):
        assert unicodedata.normalize("NFKC", plain(paragraph)) in words


def test_fonts_are_in_the_file_and_the_document_is_named(qapp, tmp_path):
    pdf = written(coded_document("One two.", [], title="A statement"), tmp_path)
    facts = pdf.get_metadata_dict()
    assert (facts["Title"], facts["Creator"].split()[0]) == ("A statement", "Annotator")
    data = (tmp_path / "out.pdf").read_bytes()
    assert b"/FontFile" in data
    pdf.close()


def test_the_same_document_makes_the_same_pdf_but_for_its_date(qapp, tmp_path):
    coded = coded_document(LONG[:900], [("Denial", "me", [(0, 40)], "memo"), ("Offer", "Ben", [(20, 300)])])
    files = []
    for n in range(2):
        for _ in write_pdf(coded, Paper(), tmp_path / f"{n}.pdf"):
            pass
        data = (tmp_path / f"{n}.pdf").read_bytes()
        data = re.sub(rb"\(D:[^)]*\)|\d{4}-\d\d-\d\dT[\d:+Z-]*", b"", data)
        files.append(data)
    assert files[0] == files[1]


def test_each_name_stands_once_on_each_page_that_its_annotation_reaches(qapp):
    long = len(LONG) - 50
    coded = coded_document(
        LONG,
        [("Denial", "me", [(30, long)]), ("Offer", "Ben", [(40, 60), (long, long + 9)]), ("Threat", "me", [(5, 9)])],
    )
    sheets = broken(coded)
    names = [[margin.words(stripe.mark) for stripe, _ in margin.names()[0]] for margin in margins(sheets)]
    assert names[0] == ["Threat", "Denial", "Offer"]
    assert all(page == ["… Denial"] for page in names[1:-1])
    assert names[-1] == ["… Denial", "… Offer"]


def test_a_stripe_has_feet_only_where_its_words_begin_and_end(qapp):
    coded = coded_document(LONG, [("Denial", "me", [(30, len(LONG) - 30)])])
    feet = [(one.stripes[0].first, one.stripes[0].last) for one in margins(broken(coded))]
    assert feet == [(True, False), *[(False, False)] * (len(feet) - 2), (False, True)]


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 600), st.integers(1, 90)), max_size=40))
def test_no_two_stripes_in_a_lane_meet_and_no_name_lies_on_another(qapp, places):
    text = SENTENCE * 9
    coded = coded_document(text, [(f"Code {n}", "me", [(a, min(a + b, len(text)))]) for n, (a, b) in enumerate(places)])
    (margin,) = margins(broken(coded))
    lanes: dict[int, list] = {}
    for one in margin.stripes:
        lanes.setdefault(margin._lanes.of(one.mark.annotation) or 0, []).append((one.top, one.bottom))
    for found in lanes.values():
        assert all(below[0] >= above[1] for above, below in pairwise(sorted(found)))
    names, left_out = margin.names()
    tops = [y for _, y in names]
    assert all(b - a >= margin._pitch - 0.01 for a, b in pairwise(tops))
    assert len(names) + left_out == len(places)


def test_notes_are_numbered_in_the_order_of_the_text(qapp):
    text = "One two, three four five."
    coded = coded_document(
        text,
        [
            ("A", "me", [(4, 7)], "first"),
            ("B", "me", [(0, 7)], "second"),
            ("C", "me", [(9, 14)]),
            ("D", "me", [(9, 19)], "x"),
        ],
    )
    surface = Surface(coded, Paper())
    assert [(end.at, end.said, end.room) for end in surface.note_ends(0)] == [(8, "1–2", "blank"), (19, "3", "blank")]
    assert Surface(coded, BARE).note_ends(0) == []


@pytest.mark.parametrize(
    ("text", "end", "behind"),
    [
        ("denies it. The", 9, 10),
        ("a “word”, and", 7, 9),
        ("one-two", 3, 3),
        ("it.", 2, 3),
        ("it.\nThe", 2, 3),
        ("a b", 1, 1),
    ],
)
def test_a_note_stands_behind_the_mark_that_closes_its_words(text, end, behind):
    assert after_marks(text, end) == behind


def test_joined_letters_are_not_torn_apart_for_a_note(qapp):
    text = "الزعم باطل"
    coded = coded_document(text, [("A", "me", [(0, 3)], "memo"), ("B", "me", [(0, 5)], "memo")])
    assert [(end.at, end.room) for end in Surface(coded, Paper()).note_ends(0)] == [(3, "none"), (5, "blank")]


def test_notes_say_memo_attributes_and_certainty(qapp):
    coded = coded_document("One two.", [("Denial", "Ben", [(0, 3)], "because\nof it")])
    (one,) = coded.annotations
    coded = replace(coded, annotations=(replace(one, attributes=(("target", "Volania"),), certainty=0.9),))
    sheets = broken(coded, Paper(attributes=True))
    words = [
        block.block.words for n in range(len(sheets.story)) if isinstance(block := sheets.story.block(n), LaidWords)
    ]
    assert "Denial  Ben,  paragraph 1: “One”" in words
    assert "because of it\u2028target: Volania  ·  sure" in words
    assert words[-1] == "Codes"
    without = broken(coded, replace(BARE, notes=False))
    assert len(without.story) == len(sheets.story) - 5


def test_memos_on_places_are_notes(qapp):
    coded = coded_document("One two.", [("Denial", "me", [(0, 3)], "because")])
    coded = replace(coded, memos=(OnPlace(Span(4, 7), "two", "who?", "Ben", "BE"),))
    assert [end.said for end in Surface(coded, Paper()).note_ends(0)] == ["1", "2"]
    sheets = broken(coded, Paper(attributes=True))
    blocks = [block.block for n in range(len(sheets.story)) if isinstance(block := sheets.story.block(n), LaidWords)]
    [memo] = [block for block in blocks if block.words.startswith("Memo")]
    assert (memo.words, memo.code, memo.hang) == ("Memo  Ben,  paragraph 1: “two”", "", "2")
    assert "who?" in [block.words for block in blocks]
    assert Surface(coded, BARE).note_ends(0) == []


def test_in_black_and_white_all_codes_have_one_ink(qapp):
    coded = coded_document("One two.", [("A", "me", [(0, 3)]), ("B", "me", [(4, 7)])])
    styles = Surface(coded, replace(BARE, colours=False)).styles
    assert styles.colour("A") == styles.colour("B")
    assert ink().canvas.name() == "#ffffff"
    assert not ink().dark


def test_a_pdf_is_written_whole_or_not_at_all(qapp, tmp_path):
    path = tmp_path / "out.pdf"
    path.write_bytes(b"what was there")
    steps = write_pdf(coded_document(LONG, []), BARE, path)
    for _ in range(20):
        next(steps)
    steps.close()
    assert path.read_bytes() == b"what was there"
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(Refused, match="could not be written"):
        next(write_pdf(coded_document("One", []), BARE, tmp_path / "none" / "out.pdf"))


def test_a_full_disk_leaves_nothing_behind(qapp, tmp_path, monkeypatch):
    monkeypatch.setattr(sheets_module.QFile, "error", lambda self: QFile.FileError.WriteError)
    with pytest.raises(Refused, match="could not be written"):
        for _ in write_pdf(coded_document("One", []), BARE, tmp_path / "out.pdf"):
            pass
    assert list(tmp_path.iterdir()) == []


def test_what_was_laid_out_is_let_go_of(qapp, tmp_path):
    coded = coded_document("\n".join([SENTENCE * 4] * 60), [])
    sheets = broken(coded)
    image = QImage(800, 1200, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    most = 0
    for _ in sheets.draw(painter, lambda: None):
        most = max(most, len(sheets._laid))
    painter.end()
    assert most < 15


def test_what_has_no_lane_is_counted_in_small_letters_beside_its_line(qapp):
    """On a page of many dots to the inch, too: a font in points would be drawn for a screen."""
    coded = coded_document(SENTENCE * 3, [("Denial", "me", [(n, 60 - n)]) for n in range(6)])
    sheets, scale = broken(coded), 4
    size = sheets.paper.sheet.size().toSize() * scale
    images = []
    for is_counted in (True, False):
        image = QImage(size, QImage.Format.Format_RGB32)
        image.setDotsPerMeterX(round(96 * scale / 0.0254))
        image.setDotsPerMeterY(round(96 * scale / 0.0254))
        image.fill(QColor("white"))
        painter = QPainter(image)
        painter.scale(scale, scale)
        if not is_counted:
            sheets.surface.spans._more = lambda *_: []  # type: ignore[method-assign]
        sheets.draw_page(painter, 0)
        painter.end()
        images.append(image)
    width, height = size.width(), size.height()
    drawn = [
        (x, y)
        for y in range(height // 2)
        for x in range(width // 2, width)
        if images[0].pixel(x, y) != images[1].pixel(x, y)
    ]
    assert drawn
    wide = (max(x for x, _ in drawn) - min(x for x, _ in drawn)) / scale
    high = (max(y for _, y in drawn) - min(y for _, y in drawn)) / scale
    assert min(x for x, _ in drawn) / scale > sheets.paper.body.right(), "numbers of notes stand before it"
    letters = QFontMetricsF(sheets.paper.font())
    assert 2 < wide < 2 * letters.averageCharWidth()
    assert 2 < high < letters.height()
