"""Codebooks into projects and out of them, how two differ, and a code found by words."""

import subprocess
import sys
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given, settings

from annotator import codebook, editing, paths
from annotator.codebook import Codebook, Difference, differences, import_change, of_project, path_of, resolve
from annotator.errors import Refused
from annotator.model import Attribute, Code, Edit, new_id
from annotator.project import Project

from .codebooks import by_name, codebooks, write_file

SHIPPED = paths.resources() / "codebooks" / "diplomatic_statements.json"


@pytest.fixture
def file(tmp_path):
    """Writes a codebook file of these codes and gives its path."""
    return partial(write_file, tmp_path / "codes.json")


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p.annotator", name="Denials", supervisor="Sue", device="desk") as project:
        yield project


# Into a project and out of it -----------------------------------------------------------------------------------------


def test_a_codebook_goes_into_a_project_and_comes_out_the_same(project):
    book = codebook.read(SHIPPED)
    change = import_change(project, book)
    project.apply(change)
    assert change.label == "import codebook"
    found = of_project(project)
    assert (found.codes, found.attributes) == (book.codes, book.attributes)
    assert differences(book, found) == []


def test_a_second_import_finds_nothing_to_change(project, tmp_path):
    project.apply(import_change(project, codebook.read(SHIPPED)))
    with pytest.raises(Refused) as caught:
        import_change(project, codebook.read(SHIPPED))  # matched by name: the file has no ids
    assert caught.value.key == "change.empty"
    codebook.write(tmp_path / "out.json", of_project(project))
    with pytest.raises(Refused) as caught:
        import_change(project, codebook.read(tmp_path / "out.json"))  # matched by id
    assert caught.value.key == "change.empty"


def test_only_what_differs_is_edited(project, file):
    project.apply(import_change(project, codebook.read(file({"name": "A", "key": "a"}, {"name": "B"}))))
    before = by_name(of_project(project))
    change = import_change(project, codebook.read(file({"name": "a", "key": "x"}, {"name": "C"})))
    new = change.edits[1].object
    assert change.edits == (
        Edit(before["A"], replace(before["A"], name="a", key="x")),
        Edit(None, Code(new, "C", position=2)),
    )
    project.apply(change)
    assert [code.name for code in of_project(project).codes] == ["a", "B", "C"]  # B was not in the file and stays
    project.apply(change.inverse())
    assert by_name(of_project(project)) == before


def test_an_id_finds_its_code_under_another_name_and_place(project, file):
    id = new_id()
    project.apply(import_change(project, codebook.read(file({"name": "A", "id": id}, {"name": "Family"}))))
    moved = {"name": "Family", "codes": [{"name": "Anew", "id": id}]}
    project.apply(import_change(project, codebook.read(file(moved))))
    codes = project.codebook()
    assert path_of(codes, codes[id]) == "Family / Anew"
    assert len(codes) == 2


def test_parents_attributes_and_merges_are_those_of_the_project(project, file):
    family = {"name": "F", "codes": [{"name": "A", "attributes": ["actor"], "required": ["actor"]}]}
    project.apply(import_change(project, codebook.read(file(family, attributes=[{"name": "actor"}]))))
    family["codes"].append({"name": "B", "attributes": ["Actor"], "merged_into": "A", "retired": True})
    project.apply(import_change(project, codebook.read(file(family, attributes=[{"name": "actor"}]))))
    codes, (actor,) = by_name(of_project(project)), project.attributes()
    assert codes["A"].parent == codes["B"].parent == codes["F"].id
    assert codes["A"].required == codes["B"].attributes == (actor,)
    assert codes["B"].merged_into == codes["A"].id


def test_a_new_order_is_taken_and_an_old_one_left_alone(project, file):
    project.apply(import_change(project, codebook.read(file(*({"name": name} for name in "ABC")))))
    with pytest.raises(Refused):
        import_change(project, codebook.read(file({"name": "A"}, {"name": "C"})))
    project.apply(import_change(project, codebook.read(file({"name": "C"}, {"name": "N"}, {"name": "A"}))))
    assert [code.name for code in of_project(project).codes if code.name != "B"] == ["C", "N", "A"]


def test_a_key_that_another_code_of_the_project_has_is_refused(project, file):
    project.apply(import_change(project, codebook.read(file({"name": "Denial", "key": "d"}))))
    with pytest.raises(Refused) as caught:
        import_change(project, codebook.read(file({"name": "Demand", "key": "D"})))
    assert caught.value.key == "codebook.key_taken"
    assert str(caught.value).startswith("Demand has the key D, which Denial")


def test_a_name_that_another_code_of_the_project_has_is_refused(project, file):
    id = new_id()
    project.apply(import_change(project, codebook.read(file({"name": "A", "id": id}, {"name": "B"}))))
    with pytest.raises(Refused) as caught:
        import_change(project, codebook.read(file({"name": "B", "id": id})))
    assert caught.value.key == "codebook.name_taken"


def test_a_published_version_comes_out_as_it_was(project, file, tmp_path):
    project.apply(import_change(project, codebook.read(file({"name": "A", "definition": "old"}))))
    change = editing.publish(project, note="after the pilot")
    project.apply(change)
    version = change.edits[0].object
    project.apply(import_change(project, codebook.read(file({"name": "A", "definition": "new"}))))
    old, new = of_project(project, version), of_project(project)
    assert (old.name, old.version, old.note, new.version) == ("Denials", 1, "after the pilot", None)
    assert differences(old, new) == [Difference("code", "A", "definition", "old", "new")]
    codebook.write(tmp_path / "old.json", old)
    assert codebook.read(tmp_path / "old.json") == old


# Differences ----------------------------------------------------------------------------------------------------------


def test_differences_are_told_in_names():
    actor, target = Attribute(new_id(), "actor"), Attribute(new_id(), "target", position=1)
    family, code, gone = (
        Code(new_id(), "F"),
        Code(new_id(), "A", attributes=(actor.id,)),
        Code(new_id(), "G", position=9),
    )
    before = Codebook("M", (actor, target), (family, code, gone))
    moved = replace(code, name="B", parent=family.id, attributes=(actor.id, target.id), retired=True)
    after = Codebook("M", (replace(actor, type="entity"), target), (family, moved, new := Code(new_id(), "N")))
    assert differences(before, after) == [
        Difference("attribute", "actor", "type", "text", "entity"),
        Difference("code", "F / B", "name", "A", "B"),
        Difference("code", "F / B", "parent", "", "F"),
        Difference("code", "F / B", "attributes", ("actor",), ("actor", "target")),
        Difference("code", "F / B", "retired", False, True),
        Difference("code", "N", "", None, new.name),
        Difference("code", "G", "", "G", None),
    ]


def test_another_order_is_told_once():
    codes = [Code(new_id(), name, position=n) for n, name in enumerate("ABC")]
    after = Codebook("M", codes=(codes[2], replace(codes[0], position=3), replace(codes[1], position=4)))
    assert differences(Codebook("M", codes=tuple(codes)), after) == [
        Difference("code", "", "order", ("A", "B", "C"), ("C", "A", "B"))
    ]


@given(codebooks())
@settings(max_examples=30)
def test_a_codebook_does_not_differ_from_itself(book):
    assert differences(book, book) == []


# Finding a code by words ----------------------------------------------------------------------------------------------


@pytest.fixture
def codes(file):
    entries = [
        {"name": "Accusation", "codes": [{"name": "Accusation"}, {"name": "Other"}]},
        {"name": "Offers", "codes": [{"name": "Offer of dialogue"}, {"name": "Other"}, {"name": "Yes/No"}]},
        {"name": "Old", "retired": True, "codes": [{"name": "Offer of dialogue", "retired": True}]},
    ]
    return {code.id: code for code in codebook.read(file(*entries)).codes}


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("offer of  DIALOGUE", "Offers / Offer of dialogue"),
        ("Offers/Offer of dialogue", "Offers / Offer of dialogue"),
        ("old / offer of dialogue", "Old / Offer of dialogue"),
        ("Accusation", "Accusation / Accusation"),
        ("Offers / Other", "Offers / Other"),
        ("yes/no", "Offers / Yes/No"),
        ("Offers", "Offers"),
    ],
)
def test_a_code_is_found_by_name_or_path(codes, words, path):
    assert path_of(codes, resolve(codes, words)) == path


def test_a_code_is_found_by_id(codes):
    assert all(resolve(codes, id) is code for id, code in codes.items())


def test_words_that_may_be_two_codes_are_refused(codes):
    with pytest.raises(Refused) as caught:
        resolve(codes, "other")
    assert caught.value.key == "code.ambiguous"
    assert caught.value.values["near"] == "Accusation / Other; Offers / Other"


def test_unknown_words_are_refused_with_the_nearest(codes):
    with pytest.raises(Refused) as caught:
        resolve(codes, "Ofer of dialog")
    assert caught.value.key == "code.unknown"
    assert "Offers / Offer of dialogue" in str(caught.value)
    with pytest.raises(Refused):
        resolve(codes, "")
    with pytest.raises(Refused):
        resolve({}, "Denial")


def test_the_module_does_not_load_pydantic_before_a_file_is_read():
    words = "import sys, annotator.codebook; print('pydantic' in sys.modules, 'jinja2' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True).stdout
    assert found.split() == ["False", "False"]
