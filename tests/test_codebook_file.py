"""The codebook file: there and back without loss, and every refusal with its place."""

from functools import partial

import pytest
from hypothesis import given, settings

from annotator import codebook
from annotator.codebook import Codebook
from annotator.errors import Refused
from annotator.model import Code, new_id

from .codebooks import by_name, codebooks, write_file


@pytest.fixture
def file(tmp_path):
    """Writes a codebook file of these codes and gives its path."""
    return partial(write_file, tmp_path / "codes.json")


def refused(key, path, **values):
    """Reads a file that must be refused for this reason; gives the sentence."""
    with pytest.raises(Refused) as caught:
        codebook.read(path)
    assert caught.value.key == key, str(caught.value)
    assert {name: caught.value.values[name] for name in values} == values
    assert str(path) in str(caught.value)
    return str(caught.value)


# There and back -------------------------------------------------------------------------------------------------------


@given(codebooks())
@settings(max_examples=80)
def test_a_file_gives_back_every_noun_as_it_was(tmp_path_factory, book):
    path = tmp_path_factory.mktemp("book") / "book.json"
    codebook.write(path, book)
    assert codebook.read(path) == book


def test_a_file_without_ids_keeps_those_it_is_given(file, tmp_path):
    first = codebook.read(file({"name": "Denial", "key": "d"}))
    assert first.codes[0].id != codebook.read(tmp_path / "codes.json").codes[0].id
    codebook.write(tmp_path / "again.json", first)
    assert codebook.read(tmp_path / "again.json") == first


def test_a_code_with_codes_in_it_is_a_family_unless_said_otherwise(file):
    book = by_name(
        codebook.read(
            file(
                {"name": "Refusal", "codes": [{"name": "Rejection"}]},
                {"name": "Threat", "codable": True, "codes": [{"name": "Of force"}]},
                {"name": "Empty", "codable": False},
            )
        )
    )
    assert {name: code.codable for name, code in book.items()} == {
        "Refusal": False,
        "Rejection": True,
        "Threat": True,
        "Of force": True,
        "Empty": False,
    }


def test_a_parent_may_be_named_instead(file):
    upper = new_id()
    path = file(
        {"name": "Denial", "parent": "Defence"},
        {"name": "Defence"},
        {"name": "Blame shift", "parent": upper.upper()},
        {"name": "Moves", "id": upper},
        {"name": "Old denial", "retired": True, "merged_into": "defence/denial"},
    )
    with pytest.raises(Refused):
        codebook.read(path)  # an id is written as it is, in small letters
    book = codebook.read(
        file(
            {"name": "Denial", "parent": "Defence"},
            {"name": "Defence"},
            {"name": "Blame shift", "parent": upper},
            {"name": "Moves", "id": upper},
            {"name": "Old denial", "retired": True, "merged_into": "denial"},
        )
    )
    codes = by_name(book)
    assert codes["Denial"].parent == codes["Defence"].id
    assert codes["Blame shift"].parent == codes["Moves"].id == upper
    assert codes["Old denial"].merged_into == codes["Denial"].id
    assert not codes["Defence"].codable
    assert [code.name for code in book.codes] == ["Defence", "Denial", "Moves", "Blame shift", "Old denial"]


def test_a_file_is_replaced_whole_or_not_at_all(file, tmp_path):
    path = file({"name": "Denial"})
    before = path.read_bytes()
    doubled = Codebook("Moves", codes=(Code(new_id(), "Denial", key="d"), Code(new_id(), "Dispute", key="D")))
    with pytest.raises(Refused) as caught:
        codebook.write(path, doubled)
    assert caught.value.key == "codebook.doubled_key"
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".part"] == []


def test_a_place_that_cannot_be_written_is_refused(tmp_path):
    with pytest.raises(Refused) as caught:
        codebook.write(tmp_path / "nowhere" / "book.json", Codebook("Moves"))
    assert caught.value.key == "codebook.not_written"


def test_codes_in_a_ring_are_not_written(tmp_path):
    one, two = new_id(), new_id()
    with pytest.raises(Refused) as caught:
        codebook.write(tmp_path / "book.json", Codebook("Moves", codes=(Code(one, "A", two), Code(two, "B", one))))
    assert caught.value.key == "codebook.cycle"


# Refusals -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data", [b"", b"{", b'{"schema": 1,}', b"\xff\xfe{}", b"not json at all", b"[" * 200_000, b"1" * 9000, b"\0" * 99]
)
def test_what_is_not_json_is_refused(tmp_path, data):
    path = tmp_path / "codes.json"
    path.write_bytes(data)
    refused("codebook.not_json", path)


def test_half_a_character_is_refused(file, tmp_path):
    assert "half a character" in refused("codebook.not_json", file({"name": "Threat", "definition": "\ud800"}))
    with pytest.raises(Refused):
        codebook.write(tmp_path / "book.json", Codebook("\ud800"))


def test_the_place_that_is_not_json_is_told(tmp_path):
    path = tmp_path / "codes.json"
    path.write_text('{"schema": "annotator-codebook/1",\n "name" "Moves"}')
    assert "line 2, column 9" in refused("codebook.not_json", path)


@pytest.mark.parametrize("schema", ["annotator-project/1", "annotator-codebook", "annotator-codebook/0", 1, None, {}])
def test_another_schema_is_refused(file, schema):
    refused("codebook.not_a_codebook", file(schema=schema))


@pytest.mark.parametrize("data", ["[]", "1", "null", '"words"'])
def test_json_that_is_no_codebook_is_refused(tmp_path, data):
    path = tmp_path / "codes.json"
    path.write_text(data)
    refused("codebook.not_a_codebook", path)


def test_a_newer_format_is_refused(file):
    refused("codebook.newer", file(schema="annotator-codebook/2", shape="round"), found="annotator-codebook/2")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    refused("codebook.unreadable", tmp_path / "codes.json")
    refused("codebook.unreadable", tmp_path)


def test_a_huge_file_is_refused_unread(tmp_path):
    path = tmp_path / "codes.json"
    with path.open("wb") as stream:
        stream.truncate(200_000_000)
    refused("codebook.too_large", path, size=200)


def nest(entry):
    return {"name": "Defence", "codes": [{"name": "Denial"}, entry]}


@pytest.mark.parametrize(
    ("key", "entry", "place"),
    [
        ("codebook.doubled_name", {"name": " denial "}, "Defence /  denial "),
        ("codebook.no_name", {"name": " "}, "Defence"),
        ("codebook.missing_field", {"key": "d"}, "Defence / codes 2"),
        ("codebook.unknown_field", {"name": "Threat", "defintion": "x"}, "Defence / Threat"),
        ("codebook.wrong_value", {"name": "Threat", "key": 4}, "Defence / Threat, key"),
        ("codebook.wrong_value", {"name": "Threat", "examples": "x"}, "Defence / Threat, examples"),
        ("codebook.wrong_value", {"name": "Threat", "examples": ["x", None]}, "Defence / Threat / examples 2"),
        ("codebook.wrong_value", {"name": "Threat", "retired": "no"}, "Defence / Threat, retired"),
        ("codebook.wrong_value", "Threat", "Defence / codes 2"),
        ("codebook.colour", {"name": "Threat", "colour": ["#1c6dd0"]}, "Defence / Threat"),
        ("codebook.colour", {"name": "Threat", "colour": ["#1c6dd0", "blue"]}, "Defence / Threat"),
        ("codebook.colour", {"name": "Threat", "colour": ["#1c6dd0", "#1c6dd0\n"]}, "Defence / Threat"),
        ("codebook.key", {"name": "Threat", "key": "th"}, "Defence / Threat"),
        ("codebook.key", {"name": "Threat", "key": " "}, "Defence / Threat"),
        ("codebook.key", {"name": "Threat", "key": "."}, "Defence / Threat"),
        ("codebook.unknown_attribute", {"name": "Threat", "attributes": ["stanse"]}, "Defence / Threat"),
        ("codebook.unknown_attribute", {"name": "Threat", "required": ["stanse"]}, "Defence / Threat"),
        ("codebook.required", {"name": "Threat", "required": ["actor"]}, "Defence / Threat"),
        ("codebook.id", {"name": "Threat", "id": "7"}, "Threat"),
        ("codebook.two_parents", {"name": "Threat", "parent": "Denial"}, "Defence / Threat"),
        ("codebook.unknown_code", {"name": "Threat", "merged_into": "Denail"}, "Defence / Threat"),
    ],
)
def test_a_fault_is_told_with_its_place(file, key, entry, place):
    sentence = refused(key, file(nest(entry), attributes=[{"name": "actor", "type": "entity"}]), place=place)
    assert sentence.endswith(".")


def test_a_wrong_field_is_told_with_the_right_one(file):
    assert "definition" in refused("codebook.unknown_field", file({"name": "Threat", "defintion": "x"}))
    assert "language" in refused("codebook.unknown_field", file(langage="en"), place="at the top")


def test_a_field_that_stands_twice_is_refused(tmp_path):
    path = tmp_path / "codes.json"
    path.write_text('{"schema": "annotator-codebook/1", "name": "M", "codes": [{"name": "A", "key": "a", "key": "b"}]}')
    refused("codebook.doubled_field", path, place="A", field="key")


def test_doubled_keys_are_refused_whatever_their_case(file):
    path = file({"name": "Denial", "key": "d"}, {"name": "Moves", "codes": [{"name": "Demand", "key": "D"}]})
    refused("codebook.doubled_key", path, first="Denial", second="Moves / Demand")


def test_a_retired_code_gives_its_key_away(file):
    path = file({"name": "Denial", "key": "d"}, {"name": "Demand", "key": "d", "retired": True})
    assert len(codebook.read(path).codes) == 2


def test_names_may_repeat_in_different_families(file):
    codebook.read(file(nest({"name": "Other"}), {"name": "Threats", "codes": [{"name": "Other"}]}))


def test_doubled_ids_are_refused(file):
    id = new_id()
    refused("codebook.doubled_id", file({"name": "A", "id": id}, {"name": "B", "id": id.upper()}), id=id, place="B")


def test_a_ring_of_parents_is_refused(file):
    path = file({"name": "A", "parent": "B"}, {"name": "B", "parent": "C"}, {"name": "C", "parent": "B"}, {"name": "D"})
    refused("codebook.cycle", path, ring="B → C → B")
    refused("codebook.cycle", file({"name": "A", "parent": "A"}), ring="A → A")


def test_a_ring_through_what_lies_inside_is_refused(file):
    refused("codebook.cycle", file({"name": "A", "parent": "B", "codes": [{"name": "B"}]}), ring="A → B → A")


def test_a_ring_of_merges_is_refused(file):
    path = file({"name": "A", "merged_into": "B"}, {"name": "B", "merged_into": "A"})
    refused("codebook.merge_cycle", path, ring="A → B → A")


def test_an_unknown_parent_is_refused_with_the_nearest(file):
    path = file({"name": "Denial", "parent": "Defense"}, {"name": "Defence"})
    refused("codebook.unknown_code", path, name="Defense", field="parent", near="Defence")


@pytest.mark.parametrize("depth", [400, 3000])
def test_codes_nested_without_end_are_refused(tmp_path, depth):
    words = '{"name": "A", "codes": [' * depth + "]}" * depth
    path = tmp_path / "codes.json"
    path.write_text('{"schema": "annotator-codebook/1", "name": "M", "codes": [' + words + "]}")
    with pytest.raises(Refused) as caught:
        codebook.read(path)
    assert caught.value.key in ("codebook.too_deep", "codebook.not_json")


def test_codes_too_deep_to_be_read_are_not_written(tmp_path):
    ids = [new_id() for _ in range(3000)]
    codes = tuple(Code(id, "A", parent) for id, parent in zip(ids, [None, *ids], strict=False))
    with pytest.raises(Refused) as caught:
        codebook.write(tmp_path / "book.json", Codebook("Moves", codes=codes))
    assert caught.value.key == "codebook.too_deep"


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "one of"},
        {"type": "text", "choices": ["a"]},
        {"type": "one of", "choices": ["a", "a"]},
        {"type": "one of", "choices": [""]},
        {"type": "scale", "choices": ["low", "high"]},
        {"type": "scale", "choices": ["0", "1"], "labels": ["low"]},
    ],
)
def test_choices_must_fit_the_type(file, fields):
    refused("codebook.choices", file(attributes=[{"name": "stance", **fields}]), place="stance")


def test_an_unknown_type_is_refused_with_those_there_are(file):
    path = file(attributes=[{"name": "stance", "type": "choice"}])
    assert "several of" in refused("codebook.wrong_value", path, place="stance, type")


def test_doubled_attributes_are_refused(file):
    path = file(attributes=[{"name": "Actor"}, {"name": "actor"}])
    refused("codebook.doubled_name", path, place="attributes", name="actor")
