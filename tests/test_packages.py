"""Lines of packages: written out by hand and read by a pattern, they say what canonical JSON says."""

import hashlib
import inspect
import json
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.errors import Refused
from annotator.model import NOUNS, body_of, canonical_json, is_sound, noun_from
from annotator.packages import PLAIN, read_line, write_line
from annotator.revisions import FIELDS, Revision, digest, line

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
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
    assert read_line(write_line(project, one)) == (project, one)


def test_nearly_all_lines_are_read_the_quick_way():
    one = Revision(
        "i", "k", "o", "put", ("p1", "p2"), "a", "d", 1, "t", "annotate", "c", 1, '{"memo":"a \\"b\\" c"}', "", "h"
    )
    words = write_line("project", one)
    assert PLAIN.fullmatch(words)
    assert read_line(words) == ("project", one)
    for other in (
        words.replace('"seq":1', '"seq":01'),
        words.replace(":", ": ", 1),
        words.replace('"op":"put"', '"op":"x"'),
    ):
        assert not PLAIN.fullmatch(other)


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
    assert is_sound(kind, body)
    assert body_of(noun_from(kind, "id", body)).keys() <= body.keys()
    for name in body:
        assert not is_sound(kind, body | {name: object()})
        assert is_sound(kind, body | {"a newer field": object()})
    for wrong in ([], None, "x", {"spans": [[0]]}, {"spans": [[0, True]]}, {"quotes": "x"}):
        assert not is_sound("annotation", wrong if not isinstance(wrong, dict) else body | wrong)
