"""Several files brought in together: what each would bring, what it brought, and why another brought nothing."""

from pathlib import Path

import pytest

from annotator.errors import Refused
from annotator.fieldwork import incoming, outgoing
from annotator.fieldwork.bringing import bring, earlier
from annotator.model import new_id
from annotator.project import Project
from tests.fieldwork.conftest import Field, standing_of


def cut(path: Path) -> Path:
    made = path.with_name("cut.coded")
    made.write_bytes(path.read_bytes()[:-200])
    return made


def copy_with(field: Field, name: str) -> Path:
    """A copy of the supervisor's project in which somebody has coded."""
    path = field.path(".annotator")
    field.sue.back_up(path)
    with Project(path, actor=name, device=new_id()) as project:
        field.team.code(project, 4, 12)
    return path


def test_packages_and_copies_are_previewed_and_come_in_together(field):
    _, _ = field.team.code(ada := field.laptop("Ada"), 4, 12)
    paths = [field.hand_in(ada), copy_with(field, "Ben")]
    before = standing_of(field.sue)
    planned = bring(field.sue, paths, dry_run=True)
    assert standing_of(field.sue) == before
    assert earlier(field.sue) == []
    package, copy = planned
    assert (package.sender, package.kind, package.codebook) == ("Ada", "package", 1)
    assert package.device == ada.device
    assert [note.key for note in package.notes] == ["package.new_key"]
    assert package.receipt
    assert (copy.sender, copy.kind) == ("", "copy")
    assert [one.receipt.new for one in planned if one.receipt] == [1, 1]
    taken = bring(field.sue, paths)
    assert [one.word for one in taken] == [package.word, ""]
    assert len(field.sue.annotations(field.team.document.id)) == 2
    again = bring(field.sue, paths)
    assert [one.receipt.new for one in again if one.receipt] == [0, 0]
    told = earlier(field.sue)
    assert [(one.sender, one.word) for one in told] == [("", ""), ("Ada", package.word)] * 2


def test_a_damaged_file_is_told_and_the_others_come_in(field):
    field.team.code(ada := field.laptop("Ada"), 4, 12)
    whole = field.hand_in(ada)
    found = bring(field.sue, [cut(whole), whole, field.folder / "none.coded"])
    assert [one.failure.key if one.failure else "" for one in found] == ["package.cut", "", "package.missing"]
    assert len(field.sue.annotations(field.team.document.id)) == 1


def test_nothing_comes_in_when_it_is_cancelled(field):
    field.team.code(ada := field.laptop("Ada"), 4, 12)
    path, before = field.hand_in(ada), standing_of(field.sue)
    asked = iter([False])
    with pytest.raises(Refused, match="Stopped before the end"):
        bring(field.sue, [path], cancelled=lambda: next(asked, True))
    assert standing_of(field.sue) == before
    assert earlier(field.sue) == []


def test_another_key_waits_until_a_person_trusts_it(field, machine):
    ada = field.laptop("Ada")
    field.team.code(ada, 4, 12)
    field.receive(field.hand_in(ada))
    for key in (machine / "keys").iterdir():
        key.unlink()
    field.team.code(ada, 20, 24)
    path = field.hand_in(ada)
    (found,) = bring(field.sue, [path], dry_run=True)
    assert found.is_waiting_for_trust
    (found,) = bring(field.sue, [path], dry_run=True, trusted=[found.key])
    assert found.receipt
    assert found.receipt.new == 1


def test_a_package_is_what_was_said_of_it_before_it_was_written(field):
    _, _ = field.team.code(ada := field.laptop("Ada"), 4, 12)
    packed = outgoing.packed_work(ada)
    field.team.code(ada, 20, 24)
    sent = packed.write(field.path(".coded"))
    assert sent.word == packed.word == incoming.read(sent.path).word
    assert packed.counts["annotations"] == 1
    with pytest.raises(Refused, match="Call the file"):
        packed.write(field.path(".zip"))


def test_the_project_of_an_earlier_assignment_is_its_home(field):
    ada, ben = field.laptop("Ada"), field.laptop("Ben")
    arrived = incoming.read(field.assign("Ada"))
    nothing = field.folder / "nothing.annotator"
    damaged = field.folder / "damaged.annotator"
    damaged.write_bytes(b"no project")
    places = [nothing, damaged, field.sue.path, ben.path, ada.path]
    assert incoming.home(arrived, places) == ada.path
    assert incoming.home(arrived, places[:-1]) is None
