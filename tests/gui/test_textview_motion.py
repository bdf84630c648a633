"""Characters, words, clauses, sentences and paragraphs of any script, and selections that cut none of them."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.textview.motion import REACH, Motion
from annotator.text import Span

PIECES = st.sampled_from(
    [
        "a",
        "word",
        " ",
        "  ",
        "\n",
        ".",
        ", ",
        "-",
        "’",
        "e\u0301",
        "👩‍👩‍👧",
        "🇰🇷",
        "👍🏽",
        "정부는",
        "الباب",
        "外交",
        "\u00a0",
        "1.5",
        "、",
        "؛",
        "“",
        "”",
        "‘",
        " – ",
        "1,000",
        "e.g., ",
    ]
)
TEXTS = st.lists(PIECES, max_size=25).map("".join)


def words(text: str) -> list[str]:
    motion = Motion(text)
    found = {word for position in range(len(text)) if (word := motion.around(position, "word"))}
    return [text[start:end] for start, end in sorted(found)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("If the U.S. don't, so-called “can’t” go", ["If", "the", "U.S", "don't", "so-called", "can’t", "go"]),
        ("정부는 책임을 인정했다", ["정부는", "책임을", "인정했다"]),
        ("قال المتحدث، إن الباب", ["قال", "المتحدث", "إن", "الباب"]),
        ("中方愿意", ["中", "方", "愿", "意"]),
        ("we 👩‍👩‍👧 go 🇰🇷🇺🇸 now", ["we", "👩‍👩‍👧", "go", "🇰🇷", "🇺🇸", "now"]),
        ("one - two\n\n— three", ["one", "two", "three"]),
    ],
)
def test_words_are_what_a_reader_takes_for_words(text, expected):
    assert words(text) == expected


def test_a_position_between_two_sentences_belongs_to_the_one_before():
    text = "The U.S. Secretary spoke. He left.\n\nNew."
    motion = Motion(text, "en")
    assert motion.around(0, "sentence") == (0, 25)
    assert motion.around(25, "sentence") == (0, 25)
    assert motion.around(26, "sentence") == (26, 34)
    assert motion.around(34, "sentence") == (26, 34)
    assert motion.around(35, "sentence") is None
    assert motion.around(len(text), "paragraph") == (36, 40)


def test_moves_cross_empty_paragraphs_and_stop_at_the_ends():
    motion = Motion("one.\n\n\ntwo.")
    assert motion.forward(0, "paragraph", "start") == 7
    assert motion.back(7, "word", "start") == 0
    assert motion.forward(7, "sentence", "end") == 11
    assert motion.forward(11, "word", "start") == 11
    assert motion.back(0, "character", "start") == 0


def test_words_of_a_paragraph_without_end_are_found_far_out():
    text = "-" * (3 * REACH) + " word " + "-" * (3 * REACH)
    motion = Motion(text)
    assert motion.forward(0, "word", "start") == 3 * REACH + 1
    assert motion.back(len(text), "word", "end") == 3 * REACH + 5
    assert motion.count_words(Span(0, len(text))) == 1


def clauses(text: str, language: str = "") -> list[str]:
    motion = Motion(text, language)
    found = {one for position in range(len(text)) if (one := motion.around(position, "clause"))}
    return [text[start:end] for start, end in sorted(found)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We came, we saw; they left: all of them.", ["We came", "we saw", "they left", "all of them."]),
        ("It cost 1,000 crowns at 12:30, they say.", ["It cost 1,000 crowns at 12:30", "they say."]),
        ("On May 14, 2031 it sank.", ["On May 14, 2031 it sank."]),
        ("The U.S. envoys, e.g., Mr Doe, Jr., left.", ["The U.S. envoys", "e.g., Mr Doe, Jr.", "left."]),
        ("The so-called talks – a farce – failed.", ["The so-called talks", "a farce", "failed."]),
        ("The Kestria–Velmar line of 1990–95 holds.", ["The Kestria–Velmar line of 1990–95 holds."]),
        ("Peace—not war (as before) is near.", ["Peace", "not war", "as before", "is near."]),
        ("He called it “a plain lie” and left.", ["He called it", "a plain lie", "and left."]),
        ('He called it "a plain lie" and left.', ["He called it", "a plain lie", "and left."]),
        ("The coders’ ‘own’ words can’t, it’s said.", ["The coders’", "own", "words can’t", "it’s said."]),
        ("中方愿意对话，但是反对制裁；双方、各国。", ["中方愿意对话", "但是反对制裁", "双方", "各国。"]),
        ("قال المتحدث، إن الباب مفتوح؛ وانتهى.", ["قال المتحدث", "إن الباب مفتوح", "وانتهى."]),
        ("정부는 책임을 인정했다, 그러나 늦었다.", ["정부는 책임을 인정했다", "그러나 늦었다."]),
        ("Le ministère « refuse », dit-il.", ["Le ministère", "refuse", "dit-il."]),
        ("One. Two, three.", ["One.", "Two", "three."]),
    ],
)
def test_clauses_lie_between_marks_and_never_cut_a_number_or_an_abbreviation(text, expected):
    assert clauses(text) == expected


@given(TEXTS)
def test_clauses_lie_in_their_sentence_apart_and_without_blanks(text):
    motion = Motion(text)
    found = sorted({one for at in range(len(text)) if (one := motion.around(at, "clause"))})
    for one in found:
        sentence = motion.around(one.start, "sentence")
        assert sentence
        assert sentence.start <= one.start < one.end <= sentence.end
        assert text[one.start : one.end].strip() == text[one.start : one.end]
    assert all(before.end <= after.start for before, after in pairwise(found))


def test_clauses_of_a_sentence_without_end_are_found_far_out():
    text = "word " * REACH + ", end. " + "x " * REACH + "; last"
    motion = Motion(text)
    assert motion.forward(0, "clause", "start") == text.index("end")
    assert motion.back(len(text), "clause", "start") == text.index("last")


@given(TEXTS, st.data())
def test_snapping_widens_to_whole_characters_and_words_and_settles(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    motion = Motion(text)
    exact, whole = motion.snap(Span(start, end), exact=True), motion.snap(Span(start, end))
    assert exact.start <= start <= end <= exact.end
    assert text[whole.start : whole.end] == text[whole.start : whole.end].strip()
    assert motion.snap(whole) == whole
    assert motion.snap(exact, exact=True) == exact
    for span in (exact, whole):
        assert not text[span.end : span.end + 1] or not unicodedata.combining(text[span.end]) or span.start == span.end
        assert "\u200d" not in (text[span.end - 1 : span.end], text[span.start : span.start + 1])


@given(
    TEXTS, st.sampled_from(["character", "word", "clause", "sentence", "paragraph"]), st.sampled_from(["start", "end"])
)
def test_moving_forward_passes_the_same_places_as_moving_back(text, unit, edge):
    motion = Motion(text)
    there = [0]
    while there[-1] < len(text):
        there.append(motion.forward(there[-1], unit, edge))
        assert there[-1] > there[-2]
    back = [len(text)]
    while back[-1] > 0:
        back.append(motion.back(back[-1], unit, edge))
        assert back[-1] < back[-2]
    assert there == back[::-1]


@pytest.mark.parametrize(
    ("position", "end", "expected"),
    [(1, True, 0), (3, True, 4), (6, True, 4), (7, True, 8), (9, True, 9), (1, False, 0), (3, False, 5), (4, False, 5)],
)
def test_an_edge_falls_on_the_nearest_end_of_a_word(position, end, expected):
    assert Motion("they are, now").edge(position, end=end) == expected


@given(TEXTS, st.booleans(), st.sampled_from(["start", "end"]))
def test_an_edge_goes_on_over_paragraphs_and_comes_back_the_same_way(text, exact, edge):
    motion = Motion(text)

    def walk(position: int, way: int) -> list[int]:
        found: list[int] = []
        while (place := motion.next_edge(position, edge, way, exact=exact)) is not None:
            assert (place - position) * way > 0
            position = place
            found.append(place)
        return found

    there, back = walk(0, 1), walk(len(text), -1)
    assert {*there} - {0, len(text)} == {*back} - {0, len(text)}
    if not exact:
        assert all(text[place - (edge == "end")].strip() for place in there + back)


@pytest.mark.parametrize(
    ("edge", "start", "expected"),
    [
        ("end", 2, ["It left", "It left.", "* * *", "“Two", "“Two” more", "“Two” more."]),
        ("start", 22, ["Two” more.", "“Two” more.", "* * *", "left.", "It left."]),
    ],
)
def test_an_edge_stops_at_the_marks_before_it_goes_on_over_a_paragraph(edge, start, expected):
    text = "It left.\n\n* * *\n“Two” more.\n"
    motion, place, found = Motion(text), start, []
    while (place := motion.next_edge(place, edge, 1 if edge == "end" else -1)) is not None:
        found.append(text[:place].split("\n")[-1] if edge == "end" else text[place:].split("\n")[0])
    assert found == expected


def test_counting_words_counts_those_that_begin_in_the_span():
    text = "one two-three four\nfive 六七"
    assert Motion(text).count_words(Span(0, len(text))) == 6
    assert Motion(text).count_words(Span(4, 13)) == 1
