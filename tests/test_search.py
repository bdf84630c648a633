from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.search import find_all, whole_words
from annotator.text import Span


def words_found(text, words, *, case=False, whole=False):
    return [text[start:end] for start, end in find_all(text, words, case=case, whole=whole)]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Deny, deny, DENY.", "deny", ["Deny", "deny", "DENY"]),
        ("정부는 성명을 발표했다. 정부의 입장", "정부", ["정부", "정부"]),
        ("한국 하나", "하", ["하"]),  # 하 is no part of the syllable 한
        ("\u1112\u1161\u11ab\uad6d", "한국", ["\u1112\u1161\u11ab\uad6d"]),  # jamo
        ("كَتَبَ الكاتبُ كتب", "كتب", ["كَتَبَ", "كتب"]),
        ("بيـــان", "بيان", ["بيـــان"]),
        ("Peace 🕊️ now 🕊", "🕊", ["🕊️", "🕊"]),
        ("😀😀😀", "😀😀", ["😀😀"]),
        ("İSTANBUL, Isparta, \u0131sparta", "istanbul", ["İSTANBUL"]),
        ("İSTANBUL, Isparta, \u0131sparta", "\u0131sparta", ["Isparta", "\u0131sparta"]),
        ("Straße, STRASSE, strasse", "strasse", ["Straße", "STRASSE", "strasse"]),
        ("Straße, STRASSE", "STRAẞE", ["Straße", "STRASSE"]),
        ("ß and s", "s", ["s"]),  # half of a letter is not found
        ("cafe\u0301, caf\u00e9, cafe", "café", ["cafe\u0301", "café"]),
        ("cafe\u0301, cafe", "cafe", ["cafe"]),
        ("\ufb01nd the of\ufb01ce", "fi", ["\ufb01", "\ufb01"]),
        ("don’t “go” – now", 'don\'t "go" - now', ["don’t “go” – now"]),
        ("state\u00adment", "statement", ["state\u00adment"]),
        ("12\u00a0March", "12 March", ["12\u00a0March"]),
        ("ΣΟΦΟΣ σοφος", "σοφος", ["ΣΟΦΟΣ", "σοφος"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("anything", "", []),
        ("anything", "\u00ad", []),
        ("", "x", []),
    ],
)
def test_finds_what_a_reader_means(text, words, found):
    assert words_found(text, words) == found


def test_case_counts_when_asked():
    assert words_found("Deny, deny", "Deny", case=True) == ["Deny"]
    assert words_found("Straße STRASSE", "ss", case=True) == []
    assert words_found("ISPARTA \u0131sparta", "\u0131sparta", case=True) == ["\u0131sparta"]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("deny denying undeny deny", "deny", 2),
        ("we deny_it", "deny", 0),
        ("(deny)", "(deny", 1),
        ("외무성은 외무성", "외무성", 1),
        ("中国外交部声明", "外交部", 1),  # no blanks to see there
        ("كتاب الكتاب", "كتاب", 1),
        ("اً deny", "deny", 1),
    ],
)
def test_whole_words(text, words, found):
    assert len(find_all(text, words, whole=True)) == found


def test_offsets_after_characters_that_fold_longer_or_to_nothing():
    text = "ßß\u00ad 😀 ﬃ İ peace"
    assert find_all(text, "PEACE") == [(text.index("peace"), len(text))]


@given(st.text(max_size=40), st.data(), st.booleans())
def test_any_piece_of_letters_is_found_in_its_text(text, data, case):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    spans = find_all(text, text[start:end], case=case)
    assert spans == sorted(spans)
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(one.end <= after.start for one, after in pairwise(spans))


@given(st.text(alphabet="abcßİ\u0131é한글ﬁ “”", min_size=1, max_size=20), st.text(alphabet="abcß é한", max_size=20))
def test_a_text_is_found_between_blanks(words, around):
    text = f"{around}|{words.strip()}|{around}"
    if words.strip():
        place = (len(around) + 1, len(around) + 1 + len(words.strip()))
        assert place in find_all(text, words.strip()) or find_all(text, words.strip())[0].start < place[0]


def test_what_is_passed_over_parts_no_words():
    assert find_all("1\xad1", "1", whole=True) == []
    assert find_all("co\u200doperate co", "co", whole=True) == [(11, 13)]
    assert find_all("co\xad operate", "co", whole=True) == [(0, 3)]


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        ("It denies this.", "eni", "denies"),
        ("It denies this.", "denies this", "denies this"),
        ("un\xadfounded claims", "found", "un\xadfounded"),
        ("a (deny) b", "den", "deny"),
        ("中国外交部声明", "外交", "外交"),  # nobody sees there where a word ends
        ("والكتاب هنا", "كتاب", "والكتاب"),
        ("cafe\u0301s", "caf", "cafe\u0301s"),
        ("“”", "“", "“"),
    ],
)
def test_a_place_is_made_whole_words(text, words, whole):
    start = text.index(words)
    first, last = whole_words(text, Span(start, start + len(words)))
    assert text[first:last] == whole
