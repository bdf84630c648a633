"""Every error has a sentence, every sentence an error, and none speaks to people in the words of programs."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import annotator
from annotator.errors import CALLED, WORDS, AnnotatorError, Refused
from annotator.model import NOUNS

HOME = Path(annotator.__file__).parent
RAISED = ("AnnotatorError", "Refused", "Damaged")


def trees() -> Iterator[ast.AST]:
    for path in HOME.rglob("*.py"):
        if path.name != "errors.py":
            yield ast.parse(path.read_text(encoding="utf-8"))


def raised() -> Iterator[tuple[str, set[str]]]:
    """Key and names of values of every error that the program makes with both written out."""
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RAISED and node.args:
                key = node.args[0]
                if isinstance(key, ast.Constant) and not any(word.arg is None for word in node.keywords):
                    yield str(key.value), {str(word.arg) for word in node.keywords}


def wanted(key: str) -> set[str]:
    """The values that a sentence needs; what `kind` gives is not given twice."""
    names = {str(name) for _, name, _, _ in Formatter().parse(WORDS[key]) if name}
    return (names - {"kinds"}) | ({"kind"} if "kinds" in names else set())


def test_every_sentence_is_said_somewhere():
    said = {node.value for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert [key for key in WORDS if key not in said] == []


def test_every_error_has_a_sentence_and_the_values_that_it_needs():
    assert len(list(raised())) > 100
    assert [(key, values) for key, values in raised() if key not in WORDS or not wanted(key) <= values] == []


@pytest.mark.parametrize("key", WORDS)
def test_a_sentence_is_one_and_takes_its_values(key):
    values = dict.fromkeys(wanted(key), "x") | ({"count": 2} if "count" in wanted(key) else {})
    assert re.fullmatch(r"[A-ZX“2].*[.?)x\ufffd]", str(AnnotatorError(key, **values)), re.DOTALL | re.IGNORECASE)


def test_every_noun_is_called_something_and_counted_as_people_count():
    assert {*CALLED} == {*NOUNS}
    used = {"kind": "codebook_version", "name": "2", "users": "entity"}
    assert "codebook version 2 is still used by 1 entity" in str(Refused("noun.in_use", **used, count=1))
    assert "used by 2 entities" in str(Refused("noun.in_use", **used, count=2))
    assert "may change codebook versions" in str(Refused("right.supervisor_only", kind="codebook_version"))


def test_a_sentence_is_said_in_another_language():
    german = {"The {kind} needs a name.": "Ohne Namen: {kind}.", "codebook version": "Fassung"}
    error = Refused("name.empty", kind="codebook_version")
    assert error.in_words(lambda words: german.get(words, words)) == "Ohne Namen: Fassung."
