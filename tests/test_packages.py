"""Lines of packages: written out by hand and read by a pattern, they say what canonical JSON says."""

import hashlib
import inspect
import json
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.errors import Refused
from annotator.model import NOUNS, body_of, canonical_json, noun_from
from annotator.packages import UNREADABLE, read_line, write_line
from annotator.revisions import FIELDS, Revision, digest, line
from annotator.soundness import is_sound

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
PLAIN_TEXTS = st.text("abc-0189 éß漢\u2028\x7f😀", max_size=12)
BODIES = st.dictionaries(TEXTS, TEXTS | st.integers() | st.lists(TEXTS), max_size=3).map(canonical_json)


def revisions(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Revision]:
    numbers = st.integers(1, 10**14)
    return st.builds(
        Revision,
        texts,
        texts,
        texts,
        st.sampled_from(["put", "retract"]),
        st.lists(texts, max_size=3).map(tuple),
        texts,
        texts,
        numbers,
        texts,
        texts,
        texts,
        numbers,
        BODIES,
        texts,
    )


def by_the_encoder(project: str, one: Revision) -> str:
    record = {name: getattr(one, name) for name in FIELDS if name not in ("hash", "body")}
    whole = json.dumps(
        record | {"project": project, "body": None}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    before, after = whole.split('"body":null,"change"')
    return f'{before}"body":{one.body},"change"{after}'


@given(PLAIN_TEXTS, revisions(PLAIN_TEXTS))
def test_a_line_is_canonical_json(project, one):
    assert line(project, one) == by_the_encoder(project, one)
    assert digest(project, one) == hashlib.sha256(by_the_encoder(project, one).encode()).hexdigest()


@given(TEXTS, revisions(TEXTS), st.sampled_from(['"', "\\", "\n", "\x1f", ""]))
@example("p", Revision("i", "k", "o", "put", (), "a", "d", 1, "t", 'x"y', "c", 1, "{}", ""), "")
def test_a_line_that_is_read_says_what_was_written(project, one, odd):
    one = replace(one, label=one.label + odd)
    one = replace(one, hash=digest(project, one))
    assert read_line(write_line(project, one).encode()) == (project, one)


def test_a_line_that_is_another_or_not_what_its_hash_says_is_none():
    one = Revision(
        "i", "k", "o", "put", ("p1", "p2"), "a", "d", 1, "t", "annotate", "c", 1, '{"memo":"a \\"b\\" c"}', ""
    )
    words = write_line("project", replace(one, hash=digest("project", one)))
    assert read_line(words.encode())[1].parents == ("p1", "p2")
    for old, new in (
        ('"seq":1', '"seq":01'),
        ('"seq":1', '"seq":2'),
        ('"seq":1', '"seq":-1'),
        ('"op":"put"', '"op":"x"'),
        ('"label":"annotate"', '"label":"anno\tate"'),
        ('"label":"annotate"', '"label":"retract"'),
        ('"p1",', ""),
        ('"hash":"', '"hash":"0'),
        ("project", "another"),
    ):
        with pytest.raises(UNREADABLE):
            read_line(words.replace(old, new).encode())


@pytest.mark.parametrize("parts", [{"label": "\0"}, {"seq": 0}, {"format": 0}, {"op": "x"}, {"seq": 1 << 53}])
def test_a_line_that_its_hash_is_of_and_says_nothing_possible_is_none(parts):
    one = replace(Revision("i", "k", "o", "put", (), "a", "d", 1, "t", "annotate", "c", 1, "{}", ""), **parts)
    words = write_line("project", replace(one, hash=digest("project", one)))
    with pytest.raises(UNREADABLE):
        read_line(words.encode())


def test_half_a_character_is_refused():
    one = Revision("i", "k", "o", "put", (), "a", "d", 1, "t", "\ud83d", "c", 1, "{}", "")
    with pytest.raises(Refused, match="lone surrogate"):
        digest("project", one)


@pytest.mark.parametrize("kind", NOUNS)
def test_a_body_is_sound_when_it_says_a_noun(kind):
    values = {"str": "x", "int": 1, "dict": {"a": 1}, "bool": True, "Spans": [[0, 2]], "Names": ["a"]}
    body = {}
    for name, parameter in inspect.signature(NOUNS[kind]).parameters.items():
        annotation = str(parameter.annotation).rpartition(".")[2].removesuffix("'>")
        for known, value in values.items():
            if name != "id" and (f"'{known}'" in str(parameter.annotation) or annotation == known):
                body[name] = value
    body |= {"type": "text"} if kind == "attribute" else {}
    body |= {"spans": [[0, 2], [4, 5]], "quotes": ["ab", "c"], "certainty": 1} if kind == "annotation" else {}
    assert is_sound(kind, json.dumps(body))
    assert body_of(noun_from(kind, "id", body)).keys() <= body.keys()
    for name in body:
        assert not is_sound(kind, json.dumps(body | {name: [[]]}))
        assert is_sound(kind, json.dumps(body | {"a newer field": [{"a": None}]}))
    for wrong in ([], None, "x", {"spans": [[0]]}, {"spans": [[0, True]]}, {"quotes": "x"}):
        assert not is_sound("annotation", json.dumps(wrong if not isinstance(wrong, dict) else body | wrong))


@pytest.mark.parametrize(
    "words",
    [
        '"certainty":NaN',
        '"certainty":1e999',
        '"attributes":{"a":[-Infinity]}',
        '"attributes":{"a":1e999}',
        '"memo":"\\ud800"',
        '"attributes":{"\\udc00":1}',
        '"a newer field":{"a":1e999}',
        '"spans":[[0,9223372036854775808]]',
        '"attributes":' + "[" * 9999,
    ],
)
def test_a_body_that_no_table_can_hold_is_not_sound(words):
    body = '{"document":"d","coder":"c","round":"r","code":"k","quotes":["a"],"spans":[[0,1]],%s}'
    assert is_sound("annotation", body % '"attributes":{"a":[1,2.5,"b",true,null,{"c":{}}]}')
    assert not is_sound("annotation", body % words)
