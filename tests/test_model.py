"""Nouns are values: what goes into a body comes back, ids ascend, and an inverse takes a change back."""

import json
import math
import typing
import uuid
from dataclasses import fields
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import Refused
from annotator.model import (
    NOUNS,
    UNDO,
    Annotation,
    Attribute,
    Change,
    Code,
    CodebookVersion,
    Document,
    Edit,
    Entity,
    Memo,
    Names,
    Noun,
    Spans,
    assignment_id,
    body_of,
    canonical_json,
    entity_id,
    fits,
    name_of,
    new_id,
    noun_from,
)
from annotator.text import Span

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
PLAIN = st.none() | st.booleans() | st.integers(-9, 9) | WORDS
VALUES = {
    str: WORDS,
    int: st.integers(-(2**40), 2**40),
    bool: st.booleans(),
    dict: st.dictionaries(WORDS, PLAIN | st.lists(WORDS, max_size=2), max_size=3),
    Names: st.lists(WORDS, max_size=3).map(tuple),
    Spans: st.lists(st.builds(Span, st.integers(0, 99), st.integers(0, 99)), max_size=3).map(tuple),
    float | None: st.none() | st.floats(0, 1),
    str | None: st.none() | WORDS,
}


def of_type(hint):
    if typing.get_origin(hint) is typing.Literal:
        return st.sampled_from(typing.get_args(hint))
    return VALUES[hint]


def nouns():
    """Any noun, with any values of the types of its fields."""
    kinds = []
    for noun in NOUNS.values():
        hints = typing.get_type_hints(noun)
        kinds.append(st.builds(noun, **{one.name: of_type(hints[one.name]) for one in fields(noun)}))
    return st.one_of(kinds)


@given(nouns())
def test_a_noun_comes_back_from_its_body(noun: Noun):
    kind = next(name for name, each in NOUNS.items() if isinstance(noun, each))
    body = json.loads(canonical_json(body_of(noun)))
    again = noun_from(kind, noun.id, body)
    assert again == noun
    assert canonical_json(body_of(again)) == canonical_json(body)
    assert noun_from(kind, noun.id, body | {"of tomorrow": 1}) == noun


@given(st.lists(st.tuples(nouns(), nouns()), min_size=1, max_size=4), WORDS)
def test_an_inverse_takes_a_change_back_and_its_own_inverse_is_the_change(pairs, label):
    change = Change(label.removeprefix(UNDO) or "change", tuple(Edit(None, after) for _, after in pairs))
    back = change.inverse()
    assert back.is_undo
    assert [edit.after for edit in back.edits] == [None] * len(pairs)
    assert [edit.object for edit in back.edits] == [edit.object for edit in reversed(change.edits)]
    assert back.inverse() == change


def test_canonical_json_has_one_spelling_and_no_half_characters():
    assert canonical_json({"b": [1, None], "a": "é\u2028"}) == '{"a":"é\u2028","b":[1,null]}'
    with pytest.raises(Refused, match="half a character"):
        canonical_json({"memo": "\ud800"})
    with pytest.raises(ValueError, match="JSON"):
        canonical_json(math.nan)


def test_ids_ascend_and_are_uuids_of_version_7():
    ids = [new_id() for _ in range(10_000)]
    assert ids == sorted(set(ids))
    assert {(uuid.UUID(id).version, uuid.UUID(id).variant) for id in ids} == {(7, uuid.RFC_4122)}


def test_ids_are_new_in_every_thread():
    ids: list[str] = []
    threads = [Thread(target=lambda: ids.extend([new_id() for _ in range(2_000)])) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(ids)) == 8_000


def test_ids_that_follow_from_names():
    project = new_id()
    assert entity_id(project, "Re\u0301publique  de Velmar") == entity_id(project, "république de velmar")
    assert entity_id(project, "Velmar") != entity_id(new_id(), "Velmar")
    assert assignment_id(project, "a", "b") != assignment_id(project, "b", "a")


@pytest.mark.parametrize(
    ("spans", "quotes", "stand"),
    [
        ([(0, 3), (4, 7)], ["The", "men"], True),
        ([(0, 3)], ["the"], False),
        ([(0, 3)], ["The", "men"], False),
        ([(0, 3), (4, 7)], ["The"], False),
        ([(4, 99)], ["men"], False),
        ([(-3, 7)], [""], False),
        ([(2, 2)], [""], False),
    ],
)
def test_quotes_stand_at_their_place_or_not(spans, quotes, stand):
    assert fits("The men", tuple(Span(*one) for one in spans), tuple(quotes)) is stand


def test_what_a_person_calls_a_noun():
    spans = (Span(0, 3), Span(4, 7))
    assert name_of(Annotation("i", "d", "c", "r", "k", spans, ("The", "men"))) == "The … men"
    assert [
        name_of(one)
        for one in (
            Code("i", "Denial"),
            Entity("i", "Velmar"),
            Attribute("i", "stance"),
            Document("i", "Title", "hash"),
            CodebookVersion("i", 2, {}),
            Memo("i", "d", "c", "words"),
        )
    ] == ["Denial", "Velmar", "stance", "Title", "2", "words"]
