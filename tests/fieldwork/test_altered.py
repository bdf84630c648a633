"""Packages that are not what they should be: one clear sentence each, and nothing half taken in."""

import hashlib
import json
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from annotator import model
from annotator.errors import AnnotatorError
from annotator.fieldwork import archive, incoming, keys, sealing
from annotator.packages import read_line, write_line
from annotator.revisions import digest
from tests.fieldwork.conftest import Field, standing_of

Members = dict[str, bytes]


@pytest.fixture
def coded(field) -> Path:
    """What Ada hands in: three annotations and a document done."""
    ada = field.laptop("Ada", device="lap")
    for start in (0, 10, 20):
        field.team.code(ada, start, start + 5)
    return field.hand_in(ada)


def parts(path: Path) -> tuple[dict, Members]:
    with zipfile.ZipFile(path) as made:
        members = {name: made.read(name) for name in made.namelist()}
    return json.loads(members.pop("manifest.json")), {
        name: data for name, data in members.items() if name != "manifest.sig"
    }


def made_again(path: Path, alter: Callable[[dict, Members], None], *, device: str = "lap", sealed: bool = True) -> Path:
    """The package with its parts altered, as somebody would who holds the key: hashes and signature are right again."""
    manifest, members = parts(path)
    alter(manifest, members)
    if sealed:
        entries = {
            name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)} for name, data in members.items()
        }
        manifest["entries"] = entries
    data = model.canonical_json(manifest).encode()
    out = path.with_name("altered.coded")
    archive.write(out, data, keys.sign(device, data)[1].encode(), members.items())
    return out


def refused(field: Field, path: Path) -> AnnotatorError:
    """Why a package was not taken in; the project is as it was."""
    before = standing_of(field.sue), field.sue.receipts()
    ((_, error),) = incoming.receive(field.sue, [path]).failures
    assert (standing_of(field.sue), field.sue.receipts()) == before
    assert path.name in str(error)
    return error


def in_log(data: Members, alter: Callable[[list[bytes]], list[bytes]]) -> None:
    lines = alter(data["log.jsonl"].splitlines())
    data["log.jsonl"] = b"".join(line + b"\n" for line in lines)


def test_a_flipped_bit_is_found_or_does_no_harm(field, coded):
    whole, chance = incoming.read(coded), random.Random(5)
    data, other = coded.read_bytes(), coded.with_name("flipped.coded")
    refusals, told = 0, set[str]()
    for _ in range(400):
        bits = bytearray(data)
        bits[chance.randrange(len(bits))] ^= 1 << chance.randrange(8)
        other.write_bytes(bits)
        try:
            found = incoming.read(other)
        except AnnotatorError as error:
            told.add(str(error))
            refusals += 1
        else:
            assert found.package.revisions == whole.package.revisions
    assert refusals > 300
    assert 2 <= len(told) <= 6
    bits = bytearray(data)
    at = data.index(b"log.jsonl") + 60
    bits[at] ^= 4
    other.write_bytes(bits)
    assert refused(field, other).key == "package.altered"


def test_a_file_that_is_cut_short(field, coded):
    data, other = coded.read_bytes(), coded.with_name("cut.coded")
    for length in (len(data) - 1, len(data) // 2, 100):
        other.write_bytes(data[:length])
        assert refused(field, other).key == "package.cut"
    other.write_bytes(b"")
    assert refused(field, other).key == "package.not_a_package"


@pytest.fixture
def sealed(field, coded, cheap_locks) -> Path:
    """The same, sealed; its passphrase was said."""
    path = coded.with_name("sealed.coded")
    with zipfile.ZipFile(coded) as made:
        members = {name: made.read(name) for name in made.namelist()}
    manifest, signature = members.pop("manifest.json"), members.pop("manifest.sig")
    archive.write(path, manifest, signature, members.items(), sealing.Seal("the strait is calm"))
    sealing.give("the strait is calm")
    return path


def test_a_sealed_package_of_which_any_bit_is_another_is_not_taken_in(field, sealed):
    data, chance = sealed.read_bytes(), random.Random(7)
    for at in [0, 8, 9, 40, len(data) - 1, *(chance.randrange(len(data)) for _ in range(200))]:
        bits = bytearray(data)
        bits[at] ^= 1 << chance.randrange(8)
        sealed.write_bytes(bits)
        assert refused(field, sealed).key in (
            "package.altered",
            "package.not_a_package",
            "package.wrong_passphrase",
            "package.sealed_for_others",
        )


def test_a_sealed_package_that_is_cut_short_and_one_that_comes_again(field, sealed):
    data = sealed.read_bytes()
    field.receive(sealed)
    before = standing_of(field.sue)
    ((_, receipt),) = field.receive(sealed).arrived
    assert (receipt.new, receipt.known) == (0, 3)
    assert standing_of(field.sue) == before
    for length in (len(data) - 1, len(data) // 2, 60, 9):
        sealed.write_bytes(data[:length])
        assert refused(field, sealed).key in ("package.altered", "package.not_a_package")


def test_a_sealed_package_of_another_project(field, sealed, tmp_path):
    (tmp_path / "else").mkdir()
    other = Field(tmp_path / "else")
    ((_, error),) = incoming.receive(other.sue, [sealed]).failures
    assert error.key == "package.foreign"
    other.close()


def test_lines_cut_off_by_somebody_with_the_key(field, coded):
    other = made_again(coded, lambda manifest, data: in_log(data, lambda lines: lines[:-1]))
    assert refused(field, other).key == "package.altered"


def test_what_is_no_package(field, coded):
    other = coded.with_name("other.coded")
    with zipfile.ZipFile(other, "w") as made:
        made.writestr("words.txt", "nothing of ours")
    assert refused(field, other).key == "package.not_a_package"
    other.write_text("words")
    assert refused(field, other).key == "package.not_a_package"
    ((_, error),) = incoming.receive(field.sue, [coded.parent]).failures
    assert error.key == "package.missing"


def test_a_package_that_comes_again_adds_nothing(field, coded):
    field.receive(coded)
    before = standing_of(field.sue)
    ((_, receipt),) = field.receive(coded).arrived
    assert (receipt.new, receipt.known, receipt.changed) == (0, 3, 0)
    assert standing_of(field.sue) == before


def test_a_package_of_another_project(field, tmp_path):
    (tmp_path / "else").mkdir()
    other = Field(tmp_path / "else")
    ada = other.laptop("Ada")
    other.team.code(ada, 0, 3)
    path = other.hand_in(ada)
    assert refused(field, path).key == "package.foreign"
    other.close()

    def claim(manifest, data):
        manifest["project"]["id"] = field.sue.id

    assert refused(field, made_again(path, claim, device=ada.device)).key in ("package.altered", "package.not_signed")


@pytest.mark.parametrize("schema", ["annotator-package/2", "annotator-package/1.1"])
def test_a_package_of_a_newer_version(field, coded, schema):
    assert (
        refused(field, made_again(coded, lambda manifest, data: manifest.update(schema=schema))).key == "package.newer"
    )


def test_a_newer_format_of_bodies(field, coded):
    assert refused(field, made_again(coded, lambda manifest, data: manifest.update(format=99))).key == "package.newer"

    def later(lines):
        project, one = read_line(lines[-1])
        one = replace(one, format=99)
        one = replace(one, hash=digest(project, one))
        return [*lines[:-1], write_line(project, one).encode()]

    def alter(manifest, data):
        in_log(data, later)
        manifest["devices"] = [
            {"device": one.device, "last": one.seq, "hash": one.hash}
            for _, one in [read_line(data["log.jsonl"].splitlines()[-1])]
        ]

    assert refused(field, made_again(coded, alter)).key == "package.newer"


def test_other_schemas_and_manifests_that_are_none(field, coded):
    assert (
        refused(field, made_again(coded, lambda manifest, data: manifest.update(schema="x/1"))).key
        == "package.not_a_package"
    )
    for alter in (
        lambda manifest, data: manifest.update(counts=7),
        lambda manifest, data: manifest.pop("coder"),
        lambda manifest, data: manifest.update(withheld=[{"device": "lap", "first": -1, "last": 1 << 80}]),
        lambda manifest, data: manifest["counts"].update(revisions=2),
    ):
        assert refused(field, made_again(coded, alter)).key == "package.altered"


def test_a_hole_in_its_numbers_is_taken_in_and_told(field, coded):
    """The middle of three was lost before it was signed."""

    def alter(manifest, data):
        in_log(data, lambda lines: [lines[0], lines[2]])
        manifest["counts"]["revisions"] = 2

    ((_, receipt),) = field.receive(made_again(coded, alter)).arrived
    (problem,) = receipt.problems
    assert (problem.key, problem.values["first"], problem.values["last"]) == ("log.gap", 2, 2)
    assert "Ada" in str(problem)
    assert receipt.new == 2
    assert "log.gap" in [one.key for one in field.sue.check()]
    assert field.receive(coded).arrived[0][1].problems == ()


def test_an_altered_text_and_an_altered_line(field, coded):
    path = field.assign("Ada")
    manifest, members = parts(path)
    text = next(name for name in members if name.startswith("texts/"))
    swapped = made_again(
        path, lambda manifest, data: data.update({text: data[text].replace(b"denies", b"admits")}), device="desk"
    )
    assert refused(field, swapped).key == "package.altered"
    other = made_again(path, lambda manifest, data: data.update({text: b"x"}), device="desk", sealed=False)
    assert refused(field, other).key == "package.altered"

    def reword(lines):
        return [line.replace(b'"label":"annotate"', b'"label":"an error"') for line in lines]

    assert refused(field, made_again(coded, lambda manifest, data: in_log(data, reword))).key == "package.altered"
    assert manifest["kind"] == "assignment"


def test_a_signature_by_another_key(field, coded):
    field.receive(coded)
    assert refused(field, made_again(coded, lambda manifest, data: None, device="another")).key == "package.not_signed"

    def own_key(manifest, data):
        manifest["sender"]["key"] = keys.public_key("another")

    assert refused(field, made_again(coded, own_key, device="another")).key == "package.other_key"


def test_a_bomb_is_not_opened(field, coded):
    zeros = bytes(64 << 20)
    bomb = made_again(coded, lambda manifest, data: data.update({"preview.csv": zeros}))
    assert bomb.stat().st_size < 1 << 20
    assert refused(field, bomb).key == "package.too_large"

    def lie(manifest, data):
        data["preview.csv"] = zeros
        manifest["entries"] = {name: {"sha256": "0" * 64, "size": 9} for name in data}

    assert refused(field, made_again(coded, lie, sealed=False)).key == "package.altered"
    many = coded.with_name("many.coded")
    with zipfile.ZipFile(many, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("manifest.json", bytes(32 << 20))
    assert refused(field, many).key == "package.altered"


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "/etc/evil", "texts/../../evil.txt", "C:\\evil", "texts/x.txt", "log.jsonl/"]
)
def test_no_name_leads_out_of_the_package(field, coded, name):
    there = sorted(coded.parent.parent.rglob("*evil*"))
    assert refused(field, made_again(coded, lambda manifest, data: data.update({name: b"x"}))).key == "package.altered"
    assert sorted(coded.parent.parent.rglob("*evil*")) == there


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_that_are_not_named_or_there_twice(field, coded):
    for name in ("extra.txt", "log.jsonl"):
        other = coded.with_name("more.coded")
        other.write_bytes(coded.read_bytes())
        with zipfile.ZipFile(other, "a") as made:
            made.writestr(name, b"more")
        assert refused(field, other).key == "package.altered"


def test_lines_that_are_none(field, coded):
    for line in (b"", b"{}", b"\xff\xfe", b"[" * 5000, b'{"hash":"0","revision":{}}', b"null"):
        other = made_again(coded, lambda manifest, data, line=line: in_log(data, lambda lines: [*lines[:2], line]))
        assert refused(field, other).key == "package.altered"


def test_a_stop_while_reading_or_uniting_leaves_nothing(field, coded):
    before = standing_of(field.sue)
    with pytest.raises(AnnotatorError, match="Stopped"):
        incoming.receive(field.sue, [coded], cancelled=lambda: True)
    assert standing_of(field.sue) == before


def test_what_is_held_of_others_by_a_coder_is_refused(field, coded):
    ben = field.laptop("Ben")
    ((_, error),) = incoming.receive(ben, [coded]).failures
    assert error.key == "package.not_yours"
    assert "Ada" not in repr(ben.sendable())
