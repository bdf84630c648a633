"""A translator's tool finds every word of the program, and none is put together where it could not be translated."""

import ast
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QLabel

from annotator.errors import WORDS
from annotator.gui.actions import ACTIONS, GROUPS, MENUS
from annotator.gui.panels.start import StartPage
from annotator.gui.words import STEPS
from tests import translations
from tests.translations import HOME, called, extract, modules, short_names

HANDED_ON = {  # functions that translate words which stand in a table, as they are
    "gui/main_window.py": {"_word"},
    "gui/key_lines.py": {"shortcuts"},
    "gui/agreement/saying.py": {"said", "things", "short", "title", "_value"},
    "gui/messages.py": {"words_of"},
    "gui/words.py": {"step_words"},
    "gui/dialogs/fields.py": {"language_name"},
    "gui/deciding/words.py": {"kind_words", "field_words"},
    "gui/actions.py": {""},  # the names of menus and groups, in a row
}


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> dict[str, set[str]]:
    """Context -> the words that the tool finds for it."""
    path = tmp_path_factory.mktemp("translations") / "annotator_xx.ts"
    extract(path)
    tree = ElementTree.parse(path)
    return {
        context.findtext("name") or "": {one.findtext("source") or "" for one in context.iter("message")}
        for context in tree.iter("context")
    }


def sentences(path: Path) -> Iterator[tuple[str, ast.Call, ast.expr | None]]:
    """Every call of a file that translates: the function it stands in, the call, and the words."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {"tr", "translate", "QT_TRANSLATE_NOOP", *short_names(tree)}

    def within(node: ast.AST, function: str) -> Iterator[tuple[str, ast.Call, ast.expr | None]]:
        for child in ast.iter_child_nodes(node):
            inside = child.name if isinstance(child, ast.FunctionDef) else function
            if isinstance(child, ast.Call) and called(child) in names and not moves(child):
                place = 1 if called(child) in ("translate", "QT_TRANSLATE_NOOP") else 0
                yield inside, child, child.args[place] if len(child.args) > place else None
            yield from within(child, inside)

    return within(tree, "")


def moves(call: ast.Call) -> bool:
    """Whether it is a painter or a rectangle that is moved."""
    on = ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""
    return called(call) == "translate" and on not in ("", "QCoreApplication")


def test_the_words_of_the_tables_are_found(found):
    assert {one.words for one in ACTIONS} | set(MENUS) | set(GROUPS) <= found["actions"]
    assert set(WORDS.values()) <= found["errors"]
    assert set(STEPS.values()) <= found["steps"]
    assert "French" in found["languages"]


def test_every_sentence_in_the_code_is_found(found):
    everything = {words for context in found.values() for words in context}
    for path in modules():
        for _, call, words in sentences(path):
            if isinstance(words, ast.Constant):
                assert words.value in everything, f"{path.name}, line {call.lineno}"


def test_no_sentence_is_put_together_where_it_is_translated():
    wrong = []
    for path in modules():
        here = path.relative_to(HOME).as_posix()
        hands_on = HANDED_ON.get(here, set()) | set(short_names(ast.parse(path.read_text(encoding="utf-8"))))
        for function, call, words in sentences(path):
            on = ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""
            if called(call) == "tr" and on != "self":
                wrong.append(f"{here}, line {call.lineno}: the tool takes {on} for another context")
            if not isinstance(words, ast.Constant) and function not in hands_on and here.startswith("gui/"):
                wrong.append(f"{here}, line {call.lineno}: {ast.unparse(call)[:80]}")
    assert not wrong, "\n".join(wrong)


def test_what_is_translated_is_spoken(qapp, tmp_path, monkeypatch, theme, qtbot):
    monkeypatch.setattr(translations, "FOLDER", tmp_path)
    path = tmp_path / "annotator_de.ts"
    extract(path)
    tree = ElementTree.parse(path)
    for context in tree.iter("context"):
        for one in context.iter("message"):
            if (context.findtext("name"), one.findtext("source")) == ("StartPage", "Recent projects"):
                said = one.find("translation")
                assert said is not None
                said.text = "Zuletzt geöffnet"
                said.attrib.pop("type", None)
    tree.write(path, encoding="utf-8")
    translations.release()
    translator = QTranslator()
    assert translator.load("annotator_de", str(tmp_path))
    qapp.installTranslator(translator)
    page = StartPage(theme)
    qtbot.addWidget(page)
    qapp.removeTranslator(translator)
    assert "Zuletzt geöffnet" in [label.text() for label in page.findChildren(QLabel)]
