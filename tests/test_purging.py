"""A document that must disappear: no byte of it is left in any file, and all the rest stands as it did."""

import contextlib
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from annotator import backups, ciphered, editing, opening, protecting, purging, rescue, secrecy, settings, tables
from annotator.errors import Refused
from annotator.model import Annotation, Change, Edit, Purge, new_id
from annotator.project import Project
from annotator.rights import PURGED
from annotator.text import Span
from tests.conftest import Team, document, made

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MARK = "Zyxomat"  # stands in all that has to go, and nowhere else
WORDS = f"The {MARK} denies it. The {MARK} accuses its neighbour. {MARK} talks may begin."


class Case:
    """A project in which a document of marked words was worked on by everybody, and one that stays."""

    def __init__(self, folder: Path):
        self.team = Team(folder, words=WORDS)
        sue, going = self.team.sue, self.team.document
        self.path = sue.path
        named = replace(going, title=f"{MARK} speaks", filename=f"{MARK}.txt", details={"source": f"{MARK} news"})
        sue.apply(Change("change document", (Edit(going, named),)))
        self.going = named
        self.staying, contents = document("It stays. All of it is kept.", title="Another")
        sue.apply(Change("import documents", (Edit(None, self.staying),)), contents=contents)
        sue.apply(editing.write_memo(sue, about=going.id, words=f"{MARK} is odd"))
        sue.index_texts()
        ada = self.sit_down("Ada")
        _, one = self.team.code(ada, 0, 12, memo=f"a memo on {MARK}")
        _, gone = self.team.code(ada, 13, 22)
        ada.apply(editing.retract(gone))
        ada.apply(editing.set_memo(one, f"another memo on {MARK}"))
        self.kept = self._on_the_other(ada)
        ben = self.sit_down("Ben")
        self.team.code(ben, 0, 12, code="offer")
        self.team.close()

    def sit_down(self, name: str) -> Project:
        return self.team.sit_down(name)

    def _on_the_other(self, ada: Project) -> Annotation:
        code, place = self.team.codes["denial"].id, [Span(0, 9)]
        change = editing.annotate(ada, document=self.staying.id, code=code, spans=place, round=self.team.round.id)
        ada.apply(change)
        return made(change, Annotation)

    def purge(self) -> purging.Swept:
        with Project(self.path, actor="Sue", device="desk") as sue:
            sue.apply(purging.change(sue, self.going.id))
            return purging.sweep(sue)


@pytest.fixture
def case(tmp_path) -> Case:
    return Case(tmp_path)


def holding(folder: Path, mark: str = MARK) -> list[str]:
    """The files below a folder that have the mark in them, in any of the ways in which SQLite stores text."""
    ways = [mark.encode(), mark.casefold().encode(), mark.casefold().encode().hex().encode(), mark.encode("utf-16-le")]
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and any(way in path.read_bytes() for way in ways)
    )


def test_no_byte_is_left_and_all_else_is_as_it_was(case, tmp_path):
    with Project(case.path, actor="Sue", device="desk") as sue:
        backups.make(sue, NOW)
        backups.make(sue, NOW + timedelta(hours=2))
        sue.back_up(tmp_path / "team.backup-20260101-000000-000000.annotator")
    assert len(holding(tmp_path)) == 4
    swept = case.purge()
    assert (swept.purged, swept.deleted, swept.left) == (3, 0, [])
    assert holding(tmp_path) == []
    for path in (case.path, *purging.copies(case.path)):
        with Project(path, actor="Sue", device=new_id()) as sue:
            assert sue.check(rebuild=True) == []
            assert [one.title for one in sue.nouns("document")] == ["Another"]
            assert sue.annotations(case.staying.id) == [case.kept]
            assert [one.document for one in sue.nouns("annotation")] == [case.staying.id]
            assert [one.words for one in sue.nouns("memo")] == []
            assert sue.text(case.staying.id) == "It stays. All of it is kept."
    assert holding(tmp_path) == []


def test_no_byte_is_left_in_the_pages_of_an_encrypted_one_and_of_its_backups(case, cheap_locks):
    with Project(case.path, actor="Sue", device="desk") as sue:
        backups.make(sue, NOW)
    protecting.encrypt(case.path, "four words without sense")
    files = [case.path, *purging.copies(case.path)]

    def pages(path: Path) -> bytes:
        return ciphered.deciphered(path.read_bytes(), secrecy.secret_of(path) or b"")

    assert [MARK.encode() in pages(path) for path in files] == [True, True]
    swept = case.purge()
    assert (swept.purged, swept.deleted, swept.left) == (1, 0, [])
    assert [MARK.encode() in pages(path) for path in files] == [False, False]
    assert [b"It stays" in pages(path) for path in files] == [True, True]
    for path in files:
        assert secrecy.is_encrypted(path)
        with Project(path, actor="Sue", device=new_id()) as sue:
            assert sue.check(rebuild=True) == []
            assert [one.title for one in sue.nouns("document")] == ["Another"]


def test_while_it_is_open_nothing_is_left_in_the_log_beside_it(case, tmp_path):
    with Project(case.path, actor="Sue", device="desk") as sue:
        sue.apply(editing.add_coder("Zoe"))
        sue.text(case.going.id)
        sue.apply(purging.change(sue, case.going.id))
        purging.sweep(sue)
        assert Path(f"{case.path}-wal").exists()
        assert holding(tmp_path) == []
        with pytest.raises(Refused, match="no such document"):
            sue.text(case.going.id)


def test_what_stays_of_a_step_is_its_number_author_time_and_hash(case):
    with Project(case.path, actor="Sue", device="desk") as sue:
        before = {one.id: one for one in sue.sendable()}
        sue.apply(purging.change(sue, case.going.id))
        after = sue.sendable()
    purged = [one for one in after if one.is_purged]
    assert {one.kind for one in purged} == {"document", "annotation", "memo", "assignment"}
    assert [replace(one, body=before[one.id].body) for one in purged] == [before[one.id] for one in purged]
    assert [one for one in after if not one.is_purged and one.kind != "purge"] == [
        one for one in before.values() if one.id not in {each.id for each in purged}
    ]


def test_a_step_cannot_lose_its_body_in_any_other_way(case):
    case.purge()
    with contextlib.closing(sqlite3.connect(case.path)) as connection:
        refused = (
            "UPDATE revision SET body = '' WHERE kind = 'coder'",
            f"UPDATE revision SET body = '' WHERE object = '{case.staying.id}'",
            f"UPDATE revision SET body = '' WHERE object = '{case.kept.id}'",
            "UPDATE revision SET body = '{}' WHERE body = ''",
            "UPDATE revision SET at = '' WHERE body = ''",
            "UPDATE revision SET body = '' WHERE kind = 'purge'",
            "DELETE FROM revision WHERE body = ''",
        )
        for statement in refused:
            with pytest.raises(sqlite3.IntegrityError, match="never altered"):
                connection.execute(statement)


def test_a_body_that_is_missing_without_a_purge_is_told(case):
    with contextlib.closing(sqlite3.connect(case.path)) as connection, connection:
        connection.execute("DROP TRIGGER revision_no_update")
        connection.execute("UPDATE revision SET body = '' WHERE object = ?", (case.kept.id,))
    with Project(case.path, actor="Sue", device="desk") as sue:
        assert "log.altered" in {problem.key for problem in sue.check()}


def test_text_of_a_purged_document_that_is_there_again_is_told(case):
    case.purge()
    with contextlib.closing(sqlite3.connect(case.path)) as connection, connection:
        connection.execute("INSERT INTO content VALUES (?, ?)", (case.going.text, WORDS.encode()))
    with Project(case.path, actor="Sue", device="desk") as sue:
        assert {problem.key for problem in sue.check()} == {"purge.text_here"}


def test_only_a_supervisor_purges_and_nobody_takes_it_back(case):
    with Project(case.path, actor="Ada", device="lap") as ada, pytest.raises(Refused, match="Only a supervisor"):
        ada.apply(Change("purge", (Edit(None, Purge(new_id(), case.going.id)),)))
    case.purge()
    with Project(case.path, actor="Sue", device="desk") as sue:
        (one,) = sue.nouns("purge")
        for after in (None, replace(one, document=case.staying.id)):
            with pytest.raises(Refused, match="never taken back"):
                sue.apply(Change("undo purge", (Edit(one, after),)))
        assert one.document == case.going.id


def test_undo_passes_over_it_and_over_what_it_took(case):
    with Project(case.path, actor="Ada", device="Ada's laptop") as ada:
        assert [label for _, label in ada.undo_steps()] == ["annotate", "annotate", "retract", "memo", "annotate"]
    with Project(case.path, actor="Sue", device="desk") as sue:
        before = sue.undo_steps()
        sue.apply(purging.change(sue, case.going.id))
        after = sue.undo_steps()
        gone = [label for step, label in before if (step, label) not in after]
        assert gone == ["import documents", "assign", "change document", "write memo"]
        assert "purge" not in [label for _, label in after]
        for step, _ in after:
            assert sue.change(step).edits
    with Project(case.path, actor="Ada", device="Ada's laptop") as ada:
        ((step, label),) = ada.undo_steps()
        assert label == "annotate"
        ada.apply(ada.change(step).inverse())
        assert ada.nouns("annotation") == []
        assert ada.check(rebuild=True) == []


def test_of_an_import_of_several_undo_takes_back_the_others(case):
    texts = [document(f"Text {n} of {MARK}.", title=f"T{n}") for n in range(2)]
    with Project(case.path, actor="Sue", device="desk") as sue:
        change = Change("import documents", tuple(Edit(None, one) for one, _ in texts))
        sue.apply(change, contents=[data for _, contents in texts for data in contents])
        sue.apply(purging.change(sue, texts[0][0].id))
        step, label = sue.undo_steps()[-1]
        assert label == "import documents"
        sue.apply(sue.change(step).inverse())
        assert {one.title for one in sue.nouns("document")} == {"Another", f"{MARK} speaks"}
        assert sue.check(rebuild=True) == []


def test_nothing_more_is_said_of_it(case):
    case.purge()
    with Project(case.path, actor="Sue", device="desk") as sue:
        again, contents = document(WORDS, title="Again")
        note = editing.write_memo(sue, about=case.going.id, words="and yet")
        for change in (Change("import documents", (Edit(None, again),)), note):
            with pytest.raises(Refused, match="was purged"):
                sue.apply(change, contents=contents)
        with pytest.raises(Refused, match="was purged"):
            sue.apply(Change("annotate", (Edit(None, replace(case.kept, id=new_id(), document=case.going.id)),)))
        assert sue.contents([case.going.text]) == {}


def test_documents_of_the_same_text_go_with_it_and_a_retracted_one_can_go(case, tmp_path):
    twin, contents = document(WORDS, title=f"Twin of {MARK}")
    with Project(case.path, actor="Sue", device="desk") as sue:
        sue.apply(Change("import documents", (Edit(None, twin),)), contents=contents)
        sue.apply(editing.retract(twin))
        going = purging.extent(sue, twin.id)
        assert {one.id for one in going.documents} == {twin.id, case.going.id}
        assert (going.annotations, going.coders, going.memos, going.backups) == (3, ["Ada", "Ben"], 1, 0)
        sue.apply(purging.change(sue, twin.id))
        purging.sweep(sue)
        assert sue.check(rebuild=True) == []
        with pytest.raises(Refused, match="no such document"):
            purging.extent(sue, "none")
    assert holding(tmp_path) == []


def test_an_original_that_others_share_goes_and_is_not_missed(case, tmp_path):
    """Documents of one table have its bytes in common."""
    table = f"text\n{MARK} one\nanother one\n".encode()
    texts = [document(words, title=words) for words in (f"{MARK} one", "another one")]
    with Project(case.path, actor="Sue", device="desk") as sue:
        import hashlib

        whole = hashlib.sha256(table).hexdigest()
        edits = tuple(Edit(None, replace(one, original=whole)) for one, _ in texts)
        data = [*(each for _, contents in texts for each in contents), table]
        sue.apply(Change("import documents", edits), contents=data)
        sue.apply(purging.change(sue, texts[0][0].id))
        sue.apply(purging.change(sue, case.going.id))
        purging.sweep(sue)
        assert sue.check(rebuild=True) == []
        assert sue.text(texts[1][0].id) == "another one"
    assert holding(tmp_path) == []


# Cut off, or not to be done -------------------------------------------------------------------------------------------


def test_traces_that_a_cut_left_are_wiped_at_the_next_opening(case, tmp_path):
    with Project(case.path, actor="Sue", device="desk") as sue:
        backups.make(sue, NOW)
        sue.apply(purging.change(sue, case.going.id))  # and here the power goes
    assert len(holding(tmp_path)) == 1
    opened, is_behind = opening.opened(case.path, "Ben", settings.load(), name="Ben")
    with opened:
        assert not is_behind
        assert not opened.is_due_to_be_scrubbed
    assert holding(tmp_path) == []


def test_somebody_who_reads_meanwhile_is_waited_for_until_the_next_opening(case, tmp_path, monkeypatch):
    monkeypatch.setattr("annotator.storage.PRAGMAS", ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=50"))
    reader = sqlite3.connect(case.path, isolation_level=None)
    with Project(case.path, actor="Sue", device="desk") as sue:
        sue.apply(editing.add_coder("Zoe"))
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM coder").fetchone() == (4,)
        sue.apply(purging.change(sue, case.going.id))
        with pytest.raises(Refused, match="open for reading somewhere"):
            purging.sweep(sue)
        assert sue.is_due_to_be_scrubbed
    reader.close()
    opened, _ = opening.opened(case.path, "Sue", settings.load(), name="Sue")
    opened.close()
    assert holding(tmp_path) == []


def test_a_backup_that_cannot_be_purged_is_deleted(case, tmp_path):
    with Project(case.path, actor="Sue", device="desk") as sue:
        one = backups.make(sue, NOW)
    one.path.write_bytes(one.path.read_bytes()[:9000])
    swept = case.purge()
    assert (swept.purged, swept.deleted, swept.left) == (0, 1, [])
    assert holding(tmp_path) == []


def test_a_backup_that_can_be_neither_is_named(case, monkeypatch):
    with Project(case.path, actor="Sue", device="desk") as sue:
        one = backups.make(sue, NOW)
    one.path.write_bytes(one.path.read_bytes()[:9000])
    monkeypatch.setattr("annotator.storage.remove", lambda path: None)
    swept = case.purge()
    assert [error.key for error in swept.left] == ["purge.backup_left"]
    assert str(one.path) in str(swept.left[0])
    with Project(case.path, actor="Sue", device="desk") as sue:
        assert sue.is_due_to_be_scrubbed


def test_going_back_to_a_purged_backup_brings_nothing_back(case, tmp_path):
    with Project(case.path, actor="Sue", device="desk") as sue:
        made_then = backups.make(sue, NOW)
        sue.apply(editing.add_coder("Zoe"))
    case.purge()
    restored = tmp_path / "restored.annotator"
    backups.restore(made_then.path, restored, settings.load())
    with Project(restored, actor="Sue", device=new_id()) as sue:
        assert sue.check(rebuild=True) == []
        assert [one.title for one in sue.nouns("document")] == ["Another"]
        sue.apply(editing.add_coder("Yan"))
    assert holding(tmp_path) == []


def test_a_rescue_brings_nothing_back(case, tmp_path):
    with Project(case.path, actor="Sue", device="desk") as sue:
        one = backups.make(sue, NOW)
    kept = one.path.read_bytes()
    case.purge()
    one.path.write_bytes(kept)  # a backup that came back from elsewhere, beside the file
    found = rescue.rescue(case.path, tmp_path / "rescued.annotator")
    assert found.problems == []
    one.path.unlink()
    with Project(tmp_path / "rescued.annotator", actor="Sue", device=new_id()) as sue:
        assert sue.check(rebuild=True) == []
        purging.sweep_if_due(sue)
    assert holding(tmp_path) == []


def test_a_file_from_before_there_were_purges_learns_them(case, tmp_path):
    with contextlib.closing(sqlite3.connect(case.path)) as connection, connection:
        for deed in ("update", "delete"):
            connection.execute(f"DROP TRIGGER revision_no_{deed}")
            connection.execute(
                f"CREATE TRIGGER revision_no_{deed} BEFORE {deed} ON revision "
                "BEGIN SELECT RAISE(ABORT, 'revisions are never altered'); END"
            )
        connection.execute("DROP TABLE purge")
        connection.execute("UPDATE alembic_version SET version_num = '0002'")
    swept = case.purge()
    assert (swept.purged, swept.deleted) == (0, 1)  # the copy that was made before it was brought up to date
    assert holding(tmp_path) == []
    with Project(case.path, actor="Sue", device="desk") as sue:
        assert sue.check(rebuild=True) == []
        assert tables.HEAD == "0003"


def test_purged_steps_are_told_as_no_fault_of_anybody(case):
    case.purge()
    with Project(case.path, actor="Sue", device="desk") as sue:
        assert sue.barred() == []
        assert sue.history(case.going.id) == []
        assert [one.kind for one in sue.log() if one.is_purged] == []
        with sue._reading() as connection:
            whys = connection.exec_driver_sql("SELECT DISTINCT why FROM barred").scalars().all()
        assert whys == [PURGED]
