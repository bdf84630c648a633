"""The file: opened by one, refused when newer, backed up when older, told when it is not what it should be."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator import editing, migrations, storage, tables
from annotator.errors import Damaged, Refused
from annotator.model import Annotation
from annotator.project import Project
from tests.conftest import Team, made, state


def keys(problems) -> set[str]:
    return {problem.key for problem in problems}


def tamper(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def limit_pages(project: Project, more: int) -> None:
    """Lets the file grow by so many pages, and no further: SQLite then says what it says of a full disk."""
    with project._file.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + more}")


def code_much(team: Team) -> None:
    for start in range(4, 60):
        team.code(team.sue, start, start + 9, memo="m" * 9000)


def test_one_writer_holds_the_file_and_others_read(team):
    team.code(team.sue, 0, 3)
    with pytest.raises(Refused, match="open in another"):
        Project(team.sue.path, actor="Sue", device="other")
    with Project(team.sue.path, actor="Sue", device="other", writing=False) as reader:
        assert len(reader.annotations(team.document.id)) == 1
        with pytest.raises(Refused, match="reading only"):
            team.code(reader, 4, 12)


def test_closing_leaves_one_file(team):
    team.code(team.sue, 0, 3)
    team.sue.close()
    assert [path.name for path in team.sue.path.parent.iterdir()] == ["team.annotator"]


def test_folding_brings_everything_into_the_file(team, tmp_path):
    _, made = team.code(team.sue, 0, 3)
    team.sue.fold()
    copy = tmp_path / "copy.annotator"
    shutil.copyfile(team.sue.path, copy)
    with Project(copy, actor="Sue", device="copy") as project:
        assert project.noun("annotation", made.id) == made


def test_journal_and_synchronous_are_as_promised(team):
    with team.sue._reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


@pytest.mark.parametrize("content", [b"", b"plain words", b"SQLite format 3\0" + b"\0" * 4080])
def test_a_file_that_is_no_project_is_refused_untouched(tmp_path, content):
    path = tmp_path / "no.annotator"
    path.write_bytes(content)
    with pytest.raises(Refused, match="not an Annotator project"):
        Project(path, actor="Sue", device="d")
    assert path.read_bytes() == content
    assert [one.name for one in tmp_path.iterdir()] == ["no.annotator"]


def test_someone_elses_database_is_refused_untouched(tmp_path):
    path = tmp_path / "other.annotator"
    tamper(path, "CREATE TABLE file (name, value)")
    before = path.read_bytes()
    with pytest.raises(Refused, match="not an Annotator project"):
        Project(path, actor="Sue", device="d")
    assert path.read_bytes() == before


def test_what_is_not_there_and_who_is_not_there(team, tmp_path):
    with pytest.raises(Refused, match="no project at"):
        Project(tmp_path / "none.annotator", actor="Sue", device="d")
    with pytest.raises(Refused, match="already"):
        Project.create(team.sue.path, name="Again", supervisor="Sue", device="d")
    team.sue.close()
    with pytest.raises(Refused, match=r"Nobody called Eve .* Sue, Ada, Ben"):
        Project(team.sue.path, actor="Eve", device="d")
    assert [coder.name for coder in Project.people(team.sue.path)] == ["Sue", "Ada", "Ben"]
    assert team.sit_down("ada").actor == team.coders["Ada"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE alembic_version SET version_num = '9999'",
        "INSERT INTO revision SELECT NULL, id || 'x', kind, object, "
        "op, parents, actor, device, seq + 1000, at, label, change, 99, body, prev, hash FROM revision LIMIT 1",
    ],
)
def test_a_file_from_a_newer_version_is_refused_untouched(team, statement):
    team.sue.close()
    tamper(team.sue.path, statement)
    before = team.sue.path.read_bytes()
    with pytest.raises(Refused, match="newer Annotator"):
        Project(team.sue.path, actor="Sue", device="desk")
    assert team.sue.path.read_bytes() == before
    assert [path.name for path in team.sue.path.parent.iterdir()] == ["team.annotator"]


def test_an_older_file_is_backed_up_then_brought_up_to_date(team, tmp_path, monkeypatch):
    """A step that adds a column to the log, as a later release might."""
    team.code(team.sue, 0, 3)
    before = state(team.sue)
    team.sue.close()
    folder = tmp_path / "migrations"
    shutil.copytree(migrations.FOLDER, folder)
    step = "revision = '0004'\ndown_revision = '0003'\n\n\ndef upgrade():\n    from alembic import op\n    import sqlalchemy\n"
    step += "    op.add_column('file', sqlalchemy.Column('note', sqlalchemy.Text()))\n"
    (folder / "versions" / "0004_note.py").write_text(step)
    monkeypatch.setattr(migrations, "FOLDER", folder)
    monkeypatch.setattr(tables, "HEAD", "0004")
    old = team.sue.path.read_bytes()
    with Project(team.sue.path, actor="Sue", device="desk", writing=False) as project:
        assert state(project) == before
        assert project.check(rebuild=True) == []
    assert storage.examine(team.sue.path) == (team.sue.id, False)
    [backup] = tmp_path.glob("team.backup-*.annotator")
    (tmp_path / "old").write_bytes(old)
    with closing(sqlite3.connect(backup)) as one, closing(sqlite3.connect(tmp_path / "old")) as other:
        assert list(one.iterdump()) == list(other.iterdump())


def test_tables_of_another_version_are_made_anew_when_the_file_is_opened(team):
    team.code(team.sue, 0, 3)
    before = state(team.sue)
    team.sue.close()
    tamper(
        team.sue.path,
        "DROP TABLE annotation",
        "CREATE TABLE annotation (id TEXT)",
        "UPDATE file SET value = 'older' WHERE name = 'tables'",
    )
    with Project(team.sue.path, actor="Sue", device="desk") as again:
        assert state(again) == before
        assert again.check(rebuild=True) == []
    assert len(list(team.sue.path.parent.glob("*.backup-*"))) == 1


def test_no_backup_no_migration(team, monkeypatch):
    team.sue.close()
    tamper(team.sue.path, "UPDATE file SET value = 'older' WHERE name = 'tables'")
    before = team.sue.path.read_bytes()
    monkeypatch.setattr(storage, "backup_name", lambda path: path.parent / "not there" / "backup.annotator")
    with pytest.raises(Refused, match="must be backed up first"):
        Project(team.sue.path, actor="Sue", device="desk")
    assert team.sue.path.read_bytes() == before


def test_the_newest_step_is_the_one_the_program_names():
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(migrations.FOLDER))
    assert ScriptDirectory.from_config(config).get_current_head() == tables.HEAD


def test_a_full_disk_loses_nothing_and_says_so(team):
    _, kept = team.code(team.sue, 0, 3)
    limit_pages(team.sue, 0)
    with pytest.raises(Refused, match="disk is full"):
        code_much(team)
    limit_pages(team.sue, 1_000_000)
    assert kept in team.sue.annotations(team.document.id)
    assert team.sue.check(rebuild=True) == []
    team.code(team.sue, 0, 9)


def test_a_place_where_nothing_can_be_written_is_told(tmp_path):
    with pytest.raises(Refused, match="could not be made"):
        Project.create("/proc/new.annotator", name="N", supervisor="Sue", device="d")
    with pytest.raises(Refused, match="could not be made"):
        Project.create(tmp_path / "no such folder" / "new.annotator", name="N", supervisor="Sue", device="d")


def test_damage_in_the_file_is_found_and_the_log_refuses_to_be_altered(team):
    _, first = team.code(team.sue, 0, 3)
    team.code(team.sue, 4, 12)
    team.sue.close()
    triggers = [f"DROP TRIGGER revision_no_{deed}" for deed in ("update", "delete")]
    orphan = "UPDATE annotation SET quotes = '[\"???\"]' WHERE id = '" + first.id + "'"
    for statement, key in (
        ("UPDATE annotation SET memo = 'x' WHERE id = (SELECT min(id) FROM annotation)", "table.differs"),
        (orphan, "annotation.orphan"),
        ("DELETE FROM code", "noun.dangling"),
        ("DELETE FROM code", "table.differs"),
        ("DELETE FROM content", "text.absent"),
        ("UPDATE content SET data = X'00'", "text.altered"),
        ("UPDATE revision SET at = '2020' WHERE seq = 3", "log.altered"),
        ("DELETE FROM revision WHERE seq = 2", "log.gap"),
    ):
        copy = team.sue.path.with_name("copy.annotator")
        shutil.copyfile(team.sue.path, copy)
        tamper(copy, *triggers, statement)
        with Project(copy, actor="Sue", device="desk", writing=False) as damaged:
            found = damaged.check(rebuild=True)
        assert key in keys(found)
        assert all(str(problem) for problem in found)
    for statement in ("UPDATE revision SET at = '2020'", "DELETE FROM revision"):
        with pytest.raises(sqlite3.IntegrityError, match="never altered"):
            tamper(team.sue.path, statement)


def test_pages_that_are_garbage_are_told_as_damage(team):
    for start in range(60):
        team.code(team.sue, start, start + 9, memo="m" * 900)
    team.sue.close()
    data = bytearray(team.sue.path.read_bytes())
    data[8192:] = b"\xff" * len(data[8192:])
    team.sue.path.write_bytes(data)
    with pytest.raises((Damaged, Refused), match=r"cannot be read|not an Annotator project"):
        Project(team.sue.path, actor="Sue", device="desk").check()


def test_a_copied_file_forks_its_chain_and_check_says_so(team):
    team.sue.close()
    twin = team.sue.path.with_name("twin.annotator")
    shutil.copyfile(team.sue.path, twin)
    one, other = (Project(path, actor="Sue", device="desk") for path in (team.sue.path, twin))
    team.code(one, 0, 3)
    team.code(other, 4, 12)
    [last] = [r for r in other.log() if r.label == "annotate"]
    with one._writing() as connection:
        from annotator import store

        store.append(connection, [last])
        store.rebuild(connection)
    assert keys(one.check(rebuild=True)) == {"log.forked"}
    assert len(one.annotations(team.document.id)) == 2
    one.close()
    other.close()


def test_two_heads_are_shown_as_contested_and_ordinary_edits_refused(team):
    from annotator import store
    from annotator.model import Change, Edit
    from annotator.revisions import Author, revise

    _, one = team.code(team.sue, 0, 3)
    standing = {}
    with team.sue._reading() as connection:
        standing = store.standings(connection, [one.id])
    other = made(editing.set_memo(one, "from another device"), Annotation)
    elsewhere = Author(team.sue.id, team.sue.actor.id, "laptop")
    team.sue.apply(editing.set_memo(one, "from this one"))
    with team.sue._writing() as connection:
        store.append(connection, revise(Change("memo", (Edit(one, other),)), standing, elsewhere))
        store.show(connection, store.standings(connection, [one.id]))
    [heads] = team.sue.contested().values()
    assert len(heads) == 2
    assert team.sue.check(rebuild=True) == []
    now = team.sue.noun("annotation", one.id)
    with pytest.raises(Refused, match="changed in two places"):
        team.sue.apply(editing.set_memo(now, "again"))


def test_every_table_can_be_made_on_postgresql_and_alembic_sees_the_log(team):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.schema import CreateIndex, CreateTable

    for table in [*tables.LOG.sorted_tables, *tables.STATE.sorted_tables]:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=postgresql.dialect()))
        for index in table.indexes:
            assert "INDEX" in str(CreateIndex(index).compile(dialect=postgresql.dialect()))
    ours = {"include_name": lambda name, type, _: type != "table" or name in tables.LOG.tables}
    with team.sue._reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=ours), tables.LOG) == []


def test_what_a_newer_version_wrote_into_a_body_is_carried_along(team):
    from dataclasses import replace

    from annotator import store
    from annotator.model import Change, Edit, canonical_json
    from annotator.revisions import Author, digest, revise

    _, one = team.code(team.sue, 0, 3)
    with team.sue._writing() as connection:
        standings = store.standings(connection, [one.id])
        author = store.author(connection, project=team.sue.id, actor=team.sue.actor.id, device="desk")
        made = revise(Change("memo", (Edit(one, replace(one, memo="m")),)), standings, author)[0]
        newer = replace(
            made, body=canonical_json({"voice": "quoted", "memo": "m"} | __import__("json").loads(made.body))
        )
        newer = replace(newer, hash=digest(team.sue.id, newer))
        store.append(connection, [newer])
        store.show(connection, store.standings(connection, [one.id]))
    assert isinstance(author, Author)
    team.sue.apply(editing.set_memo(team.sue.noun("annotation", one.id), "again"))
    assert '"voice":"quoted"' in team.sue.history(one.id)[-1].body
    assert team.sue.check(rebuild=True) == []


def test_a_bodys_older_format_is_read_and_the_log_left_as_it_is(team, monkeypatch):
    from annotator import model

    _, one = team.code(team.sue, 0, 3, memo="small")
    team.sue.close()
    monkeypatch.setattr(model, "FORMAT", 2)
    monkeypatch.setattr(tables, "FORMAT", 2)
    monkeypatch.setitem(model.UPCASTS, ("annotation", 1), lambda body: body | {"memo": body["memo"].upper()})
    with Project(team.sue.path, actor="Sue", device="desk") as upgraded:
        assert upgraded.noun("annotation", one.id).memo == "SMALL"
        assert upgraded.check(rebuild=True) == []
        assert '"memo":"small"' in upgraded.history(one.id)[0].body


def test_a_team_starts_with_a_clean_file(tmp_path):
    team = Team(tmp_path)
    assert team.sue.check(rebuild=True) == []
    team.close()
