"""A package out: what a coder needs, what is theirs, and of others not a byte."""

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from annotator import editing, protecting, settings
from annotator.errors import Refused
from annotator.fieldwork import incoming, keys, outgoing
from annotator.fieldwork.sounds import spoken
from annotator.model import Change, Edit, new_id
from annotator.project import Project
from annotator.text import Span
from tests.conftest import document
from tests.fieldwork.conftest import Field, ids


def every_byte(path: Path) -> bytes:
    with zipfile.ZipFile(path) as made:
        return path.read_bytes() + b"\n".join(name.encode() + made.read(name) for name in made.namelist())


def busy(field: Field) -> list[str]:
    """Ben has worked: annotations, memos, a bookmark, time, names, done, here and on his laptop. Returns what is Ben's."""
    team = field.team
    secret = Change(
        "import documents", (Edit(None, (other := document("Only for Ben. SECRET", title="SECRET title"))[0]),)
    )
    field.sue.apply(secret, contents=other[1])
    field.sue.apply(
        editing.assign(field.sue, documents=[other[0].id], coders=[team.coders["Ben"].id], round=team.round.id)
    )
    ben = field.laptop("Ben")
    team.code(ben, 4, 12, memo="SECRET words")
    _, gone = team.code(ben, 0, 3, memo="SECRET retracted")
    ben.apply(editing.retract(gone))
    ben.apply(editing.write_memo(ben, about=team.document.id, words="SECRET memo"))
    ben.apply(editing.bookmark(ben, document=team.document.id, place=Span(0, 3)))
    ben.apply(editing.add_entity(ben, "Velmar"))
    ben.apply(editing.sit(ben, document=team.document.id, round=team.round.id, began="2031", seconds=77, before=None))
    ben.apply(editing.mark_done(ben, document=team.document.id, round=team.round.id))
    field.receive(field.hand_in(ben))
    (velmar,) = field.sue.nouns("entity")
    field.sue.apply(editing.add_entity(field.sue, "Kestria"))
    field.sue.apply(editing.write_memo(field.sue, about=other[0].id, words="SECRET of the supervisor"))
    field.sue.apply(editing.bookmark(field.sue, document=team.document.id, place=Span(4, 9)))
    assert velmar.name == "Velmar"
    made = [one for one in ben.sendable() if one.actor == ben.actor.id]
    return [ben.actor.id, ben.device, "Ben", other[0].id, other[0].text, *ids(made), *(step.hash for step in made)]


def test_nothing_of_other_coders_is_in_it(field):
    marks = busy(field)
    team = field.team
    field.sue.apply(editing.write_memo(field.sue, about=team.document.id, words="Read this first"))
    ada = field.laptop("Ada")
    _, hers = team.code(ada, 20, 25, memo="Ada's own")
    field.receive(field.hand_in(ada))
    data = every_byte(path := field.assign("Ada"))
    assert not [mark for mark in ["SECRET", *marks] if mark.encode() in data]
    for wanted in ("Ada's own", hers.id, "Read this first", "Denial", team.document.text, "Velmar", "Kestria"):
        assert wanted.encode() in data
    again = field.path(".annotator")
    incoming.accept(path, again)
    with Project(again, actor="Ada", device="other") as project:
        assert project.annotations(team.document.id) == [hers]
        assert [one.name for one in project.nouns("coder")] == ["Sue", "Ada"]
        assert sorted(one.name for one in project.nouns("entity")) == ["Kestria", "Velmar"]
        assert [one.words for one in project.nouns("memo")] == ["Read this first"]
        assert project.codebook(team.sue.nouns("codebook_version")[0].id) == field.sue.codebook()
        assert project.check(rebuild=True) == []
    field.receive(field.hand_in(field.keep(Project(again, actor="Ada", device="other"))))
    assert field.sue.contested() == {}
    assert len(field.sue.nouns("entity")) == 2


def test_what_an_assignment_holds_member_by_member(field):
    """Manifest, signature, frozen texts, a README, and the codebook of the round, though it has been revised since."""
    (version,) = field.sue.nouns("codebook_version")
    assert field.team.round.codebook_version == version.id
    codes = [replace(one, definition="Written later.") for one in field.sue.nouns("code")]
    field.sue.apply(editing.revise_codebook(field.sue, codes, field.sue.nouns("attribute")))
    field.sue.apply(editing.publish(field.sue))
    team = field.team
    with zipfile.ZipFile(field.assign("Ada")) as made:
        members = {name: made.read(name) for name in made.namelist()}
    text = f"texts/{team.document.text}.txt"
    fixed = {"manifest.json", "manifest.sig", "README.txt", "codebook.json", "entities.json", "log.jsonl"}
    assert members.keys() == fixed | {text}
    assert members[text].decode() == field.sue.text(team.document.id)
    manifest = json.loads(members["manifest.json"])
    assert keys.is_signed(manifest["sender"]["key"], members["manifest.json"], members["manifest.sig"].decode())
    assert manifest["codebook"] == version.number == 1
    assert "Denial" in members["codebook.json"].decode()
    assert "Written later." not in members["codebook.json"].decode()
    assert "Ada" in members["README.txt"].decode()


@pytest.mark.parametrize("encrypted", [True, False])
def test_it_says_whether_it_comes_from_an_encrypted_project(field, cheap_locks, encrypted):
    field.team.close()
    if encrypted:
        protecting.encrypt(field.sue.path, "four words without sense")
    with Project(field.sue.path, actor="Sue", device="desk") as field.sue:
        path = field.assign("Ada")
    assert incoming.read(path).manifest.encrypted is encrypted
    assert incoming.has_questions(path) is encrypted


def test_the_project_that_is_made_of_it_can_be_coded_in_and_brought_up_to_date(field):
    target = field.path(".annotator")
    incoming.accept(field.assign("Ada"), target)
    team = field.team
    with Project(target, actor="Ada", device="lap") as ada:
        _, one = team.code(ada, 4, 12)
        assert ada.made_for() == ada.actor.id
    further, contents = document("Another statement. It is short.", title="Another")
    field.sue.apply(Change("import documents", (Edit(None, further),)), contents=contents)
    ada_id = team.coders["Ada"].id
    field.sue.apply(editing.assign(field.sue, documents=[further.id], coders=[ada_id], round=team.round.id))
    received = incoming.accept(field.assign("Ada"), target)
    assert received.notes == []
    with Project(target, actor="Ada", device="lap") as ada:
        assert ada.annotations(team.document.id) == [one]
        assert ada.text(further.id) == "Another statement. It is short."
        assert ada.check(rebuild=True) == []
    assert incoming.accept(field.assign("Ada"), target).arrived[0][1].new == 0


def test_only_some_documents_and_what_was_worked_on_before(field):
    further, contents = document("Another statement. It is short.", title="Another")
    field.sue.apply(Change("import documents", (Edit(None, further),)), contents=contents)
    ada_id = field.team.coders["Ada"].id
    field.sue.apply(editing.assign(field.sue, documents=[further.id], coders=[ada_id], round=field.team.round.id))
    path = field.path(".annotator")
    incoming.accept(field.assign("Ada", documents=[further.id]), path)
    with Project(path, actor="Ada", device="lap") as ada:
        assert [one.title for one in ada.nouns("document")] == ["Another"]
        assert [one.document for one in ada.nouns("assignment")] == [further.id]
        assert ada.check(rebuild=True) == []


def test_the_same_project_gives_the_same_bytes(field):
    assert field.assign("Ada").read_bytes() == field.assign("Ada").read_bytes()
    with zipfile.ZipFile(field.assign("Ada")) as made:
        assert {entry.date_time for entry in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        manifest = json.loads(made.read("manifest.json"))
        assert manifest["schema"] == "annotator-package/1"
        assert manifest["counts"] == {
            "revisions": manifest["counts"]["revisions"],
            "annotations": 0,
            "documents": 1,
            "done": 0,
        }
        assert "Documents to code in the round “Reliability”: 1." in made.read("README.txt").decode()
        assert {*manifest["entries"]} == {*made.namelist()} - {"manifest.json", "manifest.sig"}


def test_only_a_supervisor_assigns_and_there_must_be_a_document(field):
    ada = field.laptop("Ada")
    coder = field.team.coders["Ada"]
    with pytest.raises(Refused, match="Only a supervisor"):
        outgoing.assign(ada, coder=coder, round=field.team.round, documents=["d"], out=field.path(".assignment"))
    with pytest.raises(Refused, match="no documents"):
        field.assign("Ada", documents=[])
    with pytest.raises(Refused, match=r"Call the file 9.assignment"):
        outgoing.assign(field.sue, coder=coder, round=field.team.round, documents=["d"], out=field.folder / "9.zip")


def test_an_assignment_goes_only_into_a_project_of_its_coder(field, tmp_path):
    target = field.path(".annotator")
    incoming.accept(field.assign("Ada"), target)
    before = target.read_bytes()
    with pytest.raises(Refused, match="another project"):
        incoming.accept(field.assign("Ben"), target)
    coded = field.laptop("Ben")
    field.team.code(coded, 0, 3)
    with pytest.raises(Refused, match="work that comes back"):
        incoming.accept(field.hand_in(coded), field.path(".annotator"))
    other = Field(tmp_path / "other") if (tmp_path / "other").mkdir() is None else field
    with pytest.raises(Refused, match="another project"):
        incoming.accept(other.assign("Ada"), target)
    other.close()
    assert target.read_bytes() == before


def test_a_project_for_one_is_not_brought_up_to_date_for_another(field):
    """Where both are in it, it still belongs to one of them."""
    target = field.path(".annotator")
    incoming.accept(field.assign("Ada"), target)
    team = field.team
    package = [one for one in field.sue.sendable() if one.kind == "coder"]
    with Project(target, actor="Ada", device="lap") as ada:
        from annotator.packages import Package

        ada.receive([Package(ada.id, tuple(package), coder=ada.actor.id)])
    with pytest.raises(Refused, match=r"is for Ben, and .* somebody else"):
        incoming.accept(field.assign("Ben"), target)
    assert team.coders["Ben"].name == "Ben"


def test_what_the_coder_named_by_the_same_name_stays_one(field):
    """An entity id that does not follow from its name is not taken."""
    path = field.assign("Ada")
    arrived = incoming.read(path)
    odd = incoming.EntityEntry(id=new_id(), name="Velmar", aliases=[])
    with Project.create_from(field.path(".annotator"), arrived.package, device="lap") as project:
        incoming._name_entities(project, arrived._replace(entities=(odd,)))
        assert project.nouns("entity") == []


# Keys -----------------------------------------------------------------------------------------------------------------


def test_a_key_is_made_once_and_read_by_nobody_else(machine):
    first = keys.public_key("lap")
    assert keys.public_key("lap") == first
    assert keys.public_key("desk") != first
    for path in (settings.folder() / "keys").iterdir():
        assert path.stat().st_mode & 0o777 == 0o600
    key, signature = keys.sign("lap", b"words")
    assert keys.is_signed(key, b"words", signature)
    assert not keys.is_signed(key, b"wards", signature)
    assert not keys.is_signed(key, b"words", "no hex")
    assert not keys.is_signed(keys.public_key("desk"), b"words", signature)


def test_a_machine_that_keeps_no_key_says_so(machine):
    (machine / "keys").write_text("in the way")
    with pytest.raises(Refused, match="key of this machine cannot be kept"):
        keys.sign("lap", b"")


def test_words_can_be_read_aloud():
    assert spoken(bytes([127, 0, 0, 1])) == "lusab-babad"
    assert len(keys.fingerprint("00" * 32).split("-")) == 4


def test_a_new_key_is_remembered_and_another_one_is_refused_until_a_person_accepts_it(field, machine):
    ada = field.laptop("Ada", device="lap")
    field.team.code(ada, 0, 3)
    (note,) = field.receive(field.hand_in(ada)).notes
    assert note.key == "package.new_key"
    assert keys.fingerprint(keys.public_key("lap")) in str(note)
    field.team.code(ada, 4, 9)
    assert field.receive(field.hand_in(ada)).notes == []
    for path in (machine / "keys").iterdir():
        path.unlink()
    field.team.code(ada, 10, 12)
    path = field.hand_in(ada)
    ((_, failure),) = incoming.receive(field.sue, [path]).failures
    words = keys.fingerprint(keys.public_key("lap"))
    assert str(failure).endswith(f"if they are {words}, take it in with --trust {words}.")
    assert len(field.sue.annotations(field.team.document.id)) == 2
    assert field.receive(path, trusted=[words]).notes[0].key == "package.new_key"
    assert field.receive(path).notes == []
    assert len(field.sue.annotations(field.team.document.id)) == 3


def test_what_is_handed_in_from_a_shared_file_holds_nothing_of_others(field):
    """Everybody codes at one machine, and Ada hands in."""
    team = field.team
    ben = team.sit_down("Ben")
    team.code(ben, 4, 12, memo="SECRET words")
    ben.apply(editing.write_memo(ben, about=team.document.id, words="SECRET memo"))
    ben.apply(editing.add_entity(ben, "Velmar"))
    ada = team.sit_down("Ada")
    team.code(ada, 20, 25, memo="Ada's own")
    data = every_byte(path := field.hand_in(ada))
    marks = ["SECRET", ben.actor.id, ben.device, "Ben", "Velmar"]
    assert not [mark for mark in marks if mark.encode() in data]
    assert b"Ada's own" in data
    sue = team.sit_down("Sue")
    sue.apply(editing.reveal(team.round))
    data = every_byte(field.hand_in(ada := team.sit_down("Ada")))
    assert "SECRET" in repr(ada.annotations(team.document.id))
    assert b"SECRET" not in data
    assert path.exists()
