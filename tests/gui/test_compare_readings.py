"""What the readings of a place are, the question it puts, and the words that set them apart."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.compare.comparison import Comparison, contested, covered, listed
from annotator.gui.compare.readings import (
    certainties,
    differing,
    ends_of,
    far,
    memos,
    question,
    readings,
    standing_apart,
    told,
    values_of,
)
from annotator.model import Code, Coder
from annotator.text import Span

from .side_by_side import ACCUSATION, ANNA, BO, CY, DENIAL, LABEL, OFFER, PRAISE, Desk, differing_desk

LONG = "Kestria fired first, and its friends kept silent."


def only(desk):
    """The comparison of a desk and its one place."""
    comparison = desk.laid()
    (place,) = comparison.places
    return comparison, place


def test_coders_who_agree_share_a_reading():
    comparison = differing_desk().laid()
    boundary = comparison.places[1]
    assert [reading.coders for reading in readings(boundary)] == [("anna", "bo"), ("cy",)]
    assert standing_apart(boundary) == ["cy"]


def test_questions_and_sentences_of_all_kinds():
    comparison = differing_desk().laid()
    said = [(place.kind, question(comparison, place), told(comparison, place)) for place in comparison.places]
    assert said == [
        ("match", "All the same", "AN, BO and CY agree."),
        ("boundary", "Where does it end?", "AN and BO agree; CY stops 5 words earlier."),
        ("label", "Which code?", "AN and BO say Offer of dialogue; CY says Praise."),
        ("attribute", "Which stance?", "Stance: AN and BO cool, CY neutral."),
        ("missed", "Is it there?", "AN and CY have nothing here; BO says Praise."),
    ]


def test_a_beginning_and_both_ends():
    desk = Desk(coders=(ANNA, BO))
    desk.put(ANNA, DENIAL, "Kestria fired first")
    desk.put(BO, DENIAL, "fired first")
    comparison, place = only(desk)
    assert question(comparison, place) == "Where does it begin?"
    assert told(comparison, place) == "BO begins 1 word later."
    desk = Desk(coders=(ANNA, BO))
    desk.put(ANNA, DENIAL, "Kestria fired")
    desk.put(BO, DENIAL, "fired first, and its")
    comparison, place = only(desk)
    assert question(comparison, place) == "From where to where?"
    assert told(comparison, place) == "BO begins 1 word later and stops 3 words later."


def test_three_readings_are_seen_from_one():
    desk = Desk()
    desk.put(ANNA, DENIAL, "Kestria fired first")
    desk.put(BO, DENIAL, "fired first")
    desk.put(CY, DENIAL, "Kestria fired")
    comparison, place = only(desk)
    assert told(comparison, place) == "Against AN: BO begins 1 word later; CY stops 1 word earlier."
    assert standing_apart(place) == ["anna", "bo", "cy"]


def test_one_split_what_another_took_together():
    desk = Desk(coders=(ANNA, BO))
    desk.put(ANNA, ACCUSATION, LONG)
    desk.put(BO, ACCUSATION, "Kestria fired first")
    desk.put(BO, ACCUSATION, "its friends kept silent.")
    comparison, place = only(desk)
    assert question(comparison, place) == "One or several?"
    assert told(comparison, place) == "BO splits it into 2."
    assert [len(reading.marks) for reading in readings(place)] == [1, 2]


def test_words_left_out_between_two_spans():
    desk = Desk(coders=(ANNA, BO))
    desk.put(ANNA, ACCUSATION, LONG)
    desk.put(BO, ACCUSATION, "Kestria fired first", "kept silent.")
    comparison, place = only(desk)
    assert question(comparison, place) == "Which words?"
    assert told(comparison, place) == "BO takes other words between."
    words = [comparison.text[start:end] for start, end in contested(place)]
    assert words == [", and its friends "]


def test_full_stop_alone_is_told_in_characters():
    desk = Desk(coders=(ANNA, BO))
    desk.put(ANNA, DENIAL, "Nobody wants a war.")
    desk.put(BO, DENIAL, "Nobody wants a war")
    comparison, place = only(desk)
    assert told(comparison, place) == "BO stops 1 character earlier."


def test_scripts_without_blanks_are_counted_in_characters():
    desk = Desk("外交部否认这一指控。会谈可以开始。", language="zh", coders=(ANNA, BO))
    comparison = desk.laid()
    assert far(comparison, Span(0, 9)) == "9 characters"
    assert far(Desk("لا نريد الحرب أبدا", language="ar").laid(), Span(0, 13)) == "3 words"


def test_missing_and_other_code_at_once():
    desk = Desk()
    desk.put(ANNA, DENIAL, LONG)
    desk.put(BO, ACCUSATION, LONG)
    comparison, place = only(desk)
    assert place.kind == "missed"
    assert told(comparison, place) == "AN says Denial; BO says Accusation; CY has nothing here."


def test_attributes_that_not_every_code_asks_for_are_left_out_of_a_question_of_code():
    desk = Desk(coders=(ANNA, BO))
    desk.put(ANNA, ACCUSATION, LONG, attributes={"stance": "-1", "target": "kestria"})
    desk.put(BO, LABEL, LONG)
    comparison, place = only(desk)
    assert differing(comparison, place) == []
    desk = Desk(coders=(ANNA, BO))
    desk.put(ANNA, ACCUSATION, LONG, attributes={"stance": "-1"})
    desk.put(BO, OFFER, LONG)
    comparison, place = only(desk)
    assert [one.name for one in differing(comparison, place)] == ["stance"]


def test_values_are_told_once_where_coders_say_the_same():
    desk = Desk()
    desk.put(ANNA, OFFER, LONG, attributes={"stance": "1", "target": "kestria"})
    desk.put(BO, OFFER, LONG, attributes={"stance": "1"})
    desk.put(CY, PRAISE, LONG)
    comparison, place = only(desk)
    stance, target = comparison.attributes
    reading = readings(place)[0]
    assert values_of(comparison, reading, place, stance) == "warm"
    assert values_of(comparison, reading, place, target) == "AN Kestria, BO –"


def test_an_attribute_left_open_is_said_so():
    desk = Desk(coders=(ANNA, BO))
    desk.put(ANNA, OFFER, LONG, attributes={"target": "kestria"})
    desk.put(BO, OFFER, LONG)
    comparison, place = only(desk)
    assert question(comparison, place) == "Which target?"
    assert told(comparison, place) == "Target: AN Kestria, BO not filled in."


def test_certainty_and_memos():
    comparison = differing_desk().laid()
    place = comparison.places[1]
    most, one = readings(place)
    assert certainties(comparison, most, place) == "AN sure, BO fairly sure"
    assert certainties(comparison, one, place) == "unsure"
    assert memos(comparison, one, place) == ["“The rest is a reproach.”"]
    label_place = comparison.places[2]
    assert certainties(comparison, readings(label_place)[0], label_place) == ""


def test_who_did_not_say_how_sure_they_are_is_named():
    desk = Desk(coders=(ANNA, BO))
    desk.put(ANNA, DENIAL, LONG, certainty=0.95)
    desk.put(BO, DENIAL, LONG)
    comparison, place = only(desk)
    assert certainties(comparison, readings(place)[0], place) == "AN sure, BO did not say"


def test_long_quotes_show_their_ends():
    desk = Desk(coders=(ANNA, BO))
    desk.put(ANNA, DENIAL, f"{desk.text[:33]} {LONG}")
    desk.put(BO, DENIAL, "The minister")
    marks = [mark for place in desk.laid().places for mark in place.parts["anna"]]
    assert ends_of(desk.laid(), marks[0]) == "“The minister denies every … its friends kept silent.”"


def test_quotation_marks_are_not_doubled():
    desk = Desk("“Never”, he said. „Nie“, sagte er.", coders=(ANNA, BO))
    desk.put(ANNA, DENIAL, "“Never”, he said.")
    comparison, place = only(desk)
    assert ends_of(comparison, place.parts["anna"][0]) == "“Never”, he said.”"


def test_merged_codes_are_one_code():
    old = Code("old", "Old praise", retired=True, merged_into="praise")
    desk = Desk(coders=(ANNA, BO), codes=(PRAISE, old))
    desk.put(ANNA, PRAISE, LONG)
    desk.put(BO, old, LONG)
    assert [place.kind for place in desk.laid().places] == ["match"]


def test_a_merged_code_under_whose_id_the_other_stands_is_one_code_too():
    desk = Desk(coders=(ANNA, BO))
    desk.put(ANNA, PRAISE, LONG)
    desk.put(BO, DENIAL, LONG)
    drawn: dict[str, Any] = desk.given() | {"codes": {"praise": PRAISE, "denial": PRAISE}}
    comparison = Comparison(desk.document, desk.text, **drawn, seed="", blind=False)
    assert [place.kind for place in comparison.places] == ["match"]


def test_who_shares_initials_has_a_number_too():
    people = tuple(Coder(name, name) for name in ("Ada Keller", "Ada Kunz", "Bo Lind"))
    comparison = Desk(coders=people).laid()
    assert [comparison.short(coder.id) for coder in people] == ["AK 1", "AK 2", "BL"]


@pytest.mark.parametrize(
    ("words", "said"), [([], ""), (["1"], "1"), (["1", "2"], "1 and 2"), (["1", "2", "3"], "1, 2 and 3")]
)
def test_lists_of_words(words, said):
    assert listed(words) == said


@given(
    st.lists(
        st.tuples(
            st.sampled_from([ANNA, BO, CY]),
            st.sampled_from([DENIAL, ACCUSATION, OFFER]),
            st.integers(0, 120),
            st.integers(1, 60),
            st.sampled_from(["", "-1", "1"]),
        ),
        max_size=9,
    )
)
def test_every_place_can_be_told(rows):
    desk = Desk()
    for coder, code, start, length, stance in rows:
        words = desk.text[start : start + length]
        span = Span(start, start + len(words))
        made = desk.put(coder, code, words, attributes={"stance": stance})
        desk.layers[coder.id][-1] = replace(made, spans=(span,))
    comparison = desk.laid()
    for place in comparison.places:
        found = readings(place)
        assert sorted(coder for reading in found for coder in reading.coders) == ["anna", "bo", "cy"]
        assert (len(found) == 1) == (place.kind == "match")
        assert question(comparison, place)
        sentence = told(comparison, place)
        assert sentence.endswith(".")
        assert "  " not in sentence
        assert covered(place)[0][0] == place.start
        assert covered(place)[-1][1] == place.end
