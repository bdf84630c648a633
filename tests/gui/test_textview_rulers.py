"""A line that is measured once says what Qt says each time."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QTextLayout

from annotator.gui.textview.frozen import RIGHT_TO_LEFT
from annotator.gui.textview.lines import Paragraph, lay_out
from annotator.gui.textview.rulers import Ruler, joined, x_of
from annotator.gui.theme import FAMILIES

WORDS = [
    "vessels", "fi ffi", "48", "(1994)", "12/5", "Cafe\u0301s", "👩‍👩‍👧", "책임을", "制裁。这", "\t", "  ", "،", "\u200f",
    "المتحدث", "الحكومة", "مُحَمَّد", "لا", "שָׁלוֹם", "ـ", "\u2028",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join)


def laid(words: str, *, right_to_left: bool, width: float = 300.0) -> Paragraph:
    font = QFont(FAMILIES)
    font.setPointSizeF(12)
    layout = QTextLayout(words, font)
    lay_out(layout, width, 10, right_to_left=right_to_left)
    return Paragraph(0, 0, layout, words)


@settings(max_examples=150)
@given(TEXTS, st.booleans(), st.data())
def test_a_part_lies_where_its_glyphs_lie(qapp, words, right_to_left, data):
    paragraph = laid(words, right_to_left=right_to_left)
    for number, line in enumerate(paragraph.lines):
        ruler = paragraph.ruler(number)
        natural = line.naturalTextRect()
        for _ in range(6 if ruler.start < ruler.end else 0):
            start = data.draw(st.integers(ruler.start, ruler.end - 1))
            end = data.draw(st.integers(start + 1, ruler.end))
            if RIGHT_TO_LEFT.search(words):
                rects = [run.boundingRect() for run in line.glyphRuns(start, end - start)]
                whole = joined((rect.left(), rect.right()) for rect in rects)
            else:
                whole = [(x_of(line, start), x_of(line, end))]
            cut = [(max(a, natural.left()), min(b, natural.right())) for a, b in whole]
            assert ruler.runs(start, end) == [pytest.approx(run) for run in cut if run[0] < run[1]]


@settings(max_examples=150)
@given(TEXTS, st.booleans(), st.data())
def test_spans_are_counted_on_the_lines_that_have_a_piece_of_them(qapp, words, right_to_left, data):
    paragraph = laid(words, right_to_left=right_to_left)
    places = st.integers(0, paragraph.length)
    spans = data.draw(st.lists(st.tuples(places, places).map(sorted).filter(lambda span: span[0] < span[1])))
    stop = data.draw(st.integers(1, len(paragraph.lines)))
    within = range(data.draw(st.integers(0, stop - 1)), stop)
    plain = Counter(n for start, end in spans for n in {piece.line for piece in paragraph.pieces(start, end, within)})
    assert paragraph.counted(spans, within) == plain


def test_qt_is_asked_once_for_the_same_part(qapp):
    class Counting(Ruler):
        asked = 0

        def _glyphs(self, start: int, end: int):
            self.asked += 1
            return super()._glyphs(start, end)

    paragraph = laid("قال المتحدث إن الباب مفتوح", right_to_left=True)
    ruler = Counting(paragraph.lines[0], mixed=True)
    assert ruler.runs(4, 11) == ruler.runs(4, 11)
    assert ruler.runs(0, ruler.end)
    assert ruler.asked == 1
