"""Encrypted projects: what opens them and what does not, what lies on the disk, and that nothing else is different."""

import contextlib
import json
import re
import shutil
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from annotator import backups, ciphered, locks, protecting, purging, rescue, secrecy, settings, storage
from annotator.errors import AnnotatorError, Damaged, Refused
from annotator.project import Project
from tests.conftest import WORDS, Team
from tests.secret import PASSPHRASE, holders

MARK = "accuses its neighbour"
pytestmark = pytest.mark.usefixtures("cheap_locks")


@pytest.fixture
def path(team) -> Path:
    """A plain project, with a backup, closed."""
    backups.make(team.sue, datetime(2031, 1, 1, tzinfo=UTC))
    team.close()
    return team.sue.path


@pytest.fixture
def encrypted(path) -> Path:
    protecting.encrypt(path, PASSPHRASE)
    return path


def opened(path: Path, who: str = "Sue", **more) -> Project:
    return Project(path, actor=who, device="another", **more)


def refused(do, *words, **more) -> str:
    with pytest.raises(AnnotatorError) as told:
        do(*words, **more)
    assert str(told.value)
    return told.value.key


def marked(folder: Path, mark: str = MARK) -> list[str]:
    """The files below a folder that hold some words."""
    return sorted(holders([mark], folder))


# What opens it --------------------------------------------------------------------------------------------------------


def test_the_passphrase_opens_it_and_another_does_not(encrypted):
    secrecy.forget()
    assert refused(opened, encrypted) == "project.locked"
    assert refused(secrecy.unlock, encrypted, "four words without sens") == "secret.wrong_passphrase"
    assert refused(opened, encrypted) == "project.locked"
    secrecy.unlock(encrypted, PASSPHRASE)
    with opened(encrypted) as project:
        assert project.check(rebuild=True) == []
        assert project.text(project.nouns("document")[0].id) == WORDS


def test_a_passphrase_that_looks_the_same_is_the_same(path):
    protecting.encrypt(path, "Caf\u00e9 au lait \ufb01n")
    secrecy.forget()
    assert secrecy.unlock(path, "Cafe\u0301 au lait fin")


def test_a_short_passphrase_is_refused_and_nothing_is_begun(path):
    before = path.read_bytes()
    assert refused(protecting.encrypt, path, "1234567") == "secret.short"
    assert path.read_bytes() == before
    assert not secrecy.key_file(path).exists()


def test_the_recovery_code_opens_the_file_alone_however_it_is_typed(path):
    code = protecting.encrypt(path, PASSPHRASE).code
    secrecy.forget()
    alone = path.parent / "elsewhere" / "found.annotator"
    alone.parent.mkdir()
    shutil.copyfile(path, alone)
    assert re.fullmatch(r"([0-9A-Z]{4}-){8}[0-9A-Z]{4}", code)
    secrecy.unlock_with_code(alone, code.lower().replace("-", "  ").replace("0", "o").replace("1", "l"))
    with opened(alone) as project:
        assert project.check() == []
    protecting.change_passphrase(alone, "a new passphrase")  # and so the lost key file is made anew
    secrecy.forget()
    secrecy.unlock(alone, "a new passphrase")


def test_a_slip_in_the_recovery_code_is_told_and_so_is_another_project(path, tmp_path):
    code = protecting.encrypt(path, PASSPHRASE).code
    for n in range(len(code)):
        if code[n] != "-":
            slip = code[:n] + ("A" if code[n] != "A" else "B") + code[n + 1 :]
            assert refused(secrecy.unlock_with_code, path, slip) == "secret.code_slip"
    assert refused(secrecy.unlock_with_code, path, code[:-1]) == "secret.code_length"
    assert refused(secrecy.unlock_with_code, path, code[:-1] + "U") == "secret.code_slip"
    other = locks.recovery_code(locks.new_secret())
    assert refused(secrecy.unlock_with_code, path, other) == "secret.other_code"


def test_every_secret_comes_back_from_its_code():
    for secret in (bytes(locks.SECRET), b"\xff" * locks.SECRET, *(locks.new_secret() for _ in range(100))):
        assert locks.secret_of_code(locks.recovery_code(secret)) == secret


def test_a_missing_key_file_is_told_and_found_under_another_name(encrypted, tmp_path):
    secrecy.forget()
    keys = secrecy.key_file(encrypted)
    keys.rename(keys.with_name("anything.keys"))
    shutil.rmtree(backups.folder(encrypted))
    assert secrecy.unlock(encrypted, PASSPHRASE)
    keys.with_name("anything.keys").unlink()
    secrecy.forget()
    assert refused(secrecy.unlock, encrypted, PASSPHRASE) == "secret.no_key_file"


def test_the_key_file_among_the_backups_stands_in(encrypted):
    secrecy.forget()
    secrecy.key_file(encrypted).unlink()
    assert secrecy.unlock(encrypted, PASSPHRASE)
    assert secrecy.unlock(backups.found(encrypted)[0].path, PASSPHRASE)


@pytest.mark.parametrize(
    "words", ["", "{}", "[1]", '{"schema": "annotator-keys/1", "locks": [3]}', "\udcff", "[" * 99999]
)
def test_a_damaged_key_file_is_told(encrypted, words):
    shutil.rmtree(backups.folder(encrypted))
    secrecy.key_file(encrypted).write_text(words, encoding="utf-8", errors="surrogateescape")
    assert refused(secrecy.unlock, encrypted, PASSPHRASE) == "secret.broken_keys"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("memory", 1 << 40),
        ("iterations", 0),
        ("salt", "no hex"),
        ("shut", None),
        ("lanes", "many"),
        ("memory", 1 << 21),
    ],
)
def test_a_lock_that_asks_for_absurd_things_is_not_tried(encrypted, field, value):
    place = secrecy.key_file(encrypted)
    said = json.loads(place.read_text())
    said["locks"][0][field] = value
    place.write_text(json.dumps(said))
    assert refused(secrecy.unlock, encrypted, PASSPHRASE) == "secret.broken_lock"


def test_a_lock_fits_the_secret_it_was_made_for_and_no_other(encrypted, tmp_path):
    (tmp_path / "other").mkdir()
    other = Team(tmp_path / "other")
    other.close()
    protecting.encrypt(other.sue.path, PASSPHRASE)
    mine, theirs = secrecy.read(secrecy.key_file(encrypted)), secrecy.read(secrecy.key_file(other.sue.path))
    (id,), (lock,) = mine, theirs.values()
    shutil.rmtree(backups.folder(encrypted))
    secrecy.write(secrecy.key_file(encrypted), {id: lock})
    assert refused(secrecy.unlock, encrypted, PASSPHRASE) == "secret.wrong_passphrase"


def test_the_key_of_a_machine_opens_what_was_locked_for_it(path):
    from annotator.fieldwork import keys

    mine = keys.public_key("a device of this machine")
    protecting.encrypt(path, PASSPHRASE, devices=[mine])
    secrecy.forget()
    assert refused(secrecy.unlock_with_device, path, [bytes(range(32))]) == "secret.no_device"
    assert secrecy.unlock_with_device(path, keys.secrets())
    protecting.change_passphrase(path, "a new passphrase")
    protecting.rekey(path, "a new passphrase")
    secrecy.forget()
    assert secrecy.unlock_with_device(path, keys.secrets())  # it stays so


def test_what_is_missing_is_told_where_the_library_is_not_installed(encrypted, monkeypatch):
    monkeypatch.setitem(sys.modules, "sqlcipher3.dbapi2", None)
    with pytest.raises(Refused, match=r"annotator\[encrypted\]"):
        opened(encrypted)
    monkeypatch.undo()


def test_links_and_odd_names(path):
    odd = path.with_name("a 'quoted' \"name\" %41?#.annotator")
    path.rename(odd)
    protecting.encrypt(odd, PASSPHRASE)
    link = path.parent / "link"
    link.mkdir()
    (link / "linked.annotator").symlink_to(odd)
    secrecy.forget()
    secrecy.unlock(link / "linked.annotator", PASSPHRASE)
    with opened(link / "linked.annotator") as project:
        assert project.check() == []
    protecting.decrypt(link / "linked.annotator")
    with opened(odd) as project:
        assert project.check() == []


# Encrypting, decrypting, a new key, a new passphrase --------------------------------------------------------------------


def test_nothing_readable_is_left_and_everything_is_there(path, tmp_path):
    with opened(path) as project:
        log = project.log()
        project.index_texts()
    assert marked(tmp_path) == ["20310101-000000.annotator", "team.annotator"]
    done = protecting.encrypt(path, PASSPHRASE)
    assert (done.turned, done.deleted, done.left) == (1, 0, ())
    assert marked(tmp_path) == []
    with opened(path) as project:
        assert project.log() == log
        assert project.is_indexed
        assert project.check(rebuild=True) == []
        assert marked(tmp_path) == []  # nor beside it, while it is open
    assert protecting.decrypt(path).turned == 1
    assert marked(tmp_path) == ["20310101-000000.annotator", "team.annotator"]
    assert not secrecy.key_file(path).exists()
    with opened(path) as project:
        assert project.log() == log
        assert project.check(rebuild=True) == []


def test_what_is_written_later_is_encrypted_too_in_the_log_beside_it_and_in_backups(encrypted, tmp_path, team):
    with opened(encrypted, "Ada") as ada:
        team.code(ada, 0, 12, memo="MARKED WORDS" * 100)
        assert Path(f"{encrypted}-wal").stat().st_size > 1000
        assert marked(tmp_path, "MARKED WORDS") == marked(tmp_path) == []
        newest = backups.make(ada, datetime.now(UTC))
    assert marked(tmp_path, "MARKED WORDS") == []
    secrecy.forget()
    assert refused(storage.must_be_whole, newest.path) == "project.locked"
    target = backups.name_for(encrypted, newest)
    secrecy.unlock(newest.path, PASSPHRASE)
    backups.restore(newest.path, target, settings.load())
    secrecy.forget()
    secrecy.unlock(target, PASSPHRASE)
    assert secrecy.key_file(target).exists()
    with opened(target) as project:
        assert "MARKED" in project.nouns("annotation")[0].memo


@pytest.mark.parametrize(("copies", "kept"), [("turn", []), ("delete", []), ("keep", ["20310101-000000.annotator"])])
def test_backups_of_before_are_turned_deleted_or_kept_and_it_is_said(path, tmp_path, copies, kept):
    old = path.with_name("team.backup-20300101-000000-000000.annotator")
    shutil.copyfile(path, old)
    done = protecting.encrypt(path, PASSPHRASE, copies=copies)
    assert marked(tmp_path) == [*kept, *([old.name] if copies == "keep" else [])]
    assert (done.turned, done.deleted) == ({"turn": 2}.get(copies, 0), {"delete": 2}.get(copies, 0))
    assert len(done.left) == (2 if copies == "keep" else 0)
    assert len(backups.found(path)) == (0 if copies == "delete" else 1)


def test_a_damaged_backup_is_told_and_no_reason_to_stop(path):
    (backup,) = backups.found(path)
    data = backup.path.read_bytes()
    backup.path.write_bytes(data[:8192] + bytes(len(data) - 8192))
    assert protecting.encrypt(path, PASSPHRASE).left == (backup.path,)
    assert secrecy.is_encrypted(path)


def test_a_new_key_shuts_out_the_old_code_and_the_old_key_file(path, tmp_path):
    old = protecting.encrypt(path, PASSPHRASE).code
    keys = secrecy.key_file(path).read_bytes()
    done = protecting.rekey(path, PASSPHRASE)
    assert done.turned == 1
    assert done.code != old
    secrecy.forget()
    assert refused(secrecy.unlock_with_code, path, old) == "secret.other_code"
    assert keys != secrecy.key_file(path).read_bytes()
    secrecy.key_file(path).write_bytes(keys)
    shutil.rmtree(backups.folder(path))
    assert refused(secrecy.unlock, path, PASSPHRASE) == "secret.no_key_file"
    secrecy.unlock_with_code(path, done.code)
    with opened(path) as project:
        assert project.check(rebuild=True) == []


def test_a_new_key_needs_the_passphrase(encrypted):
    before = encrypted.read_bytes()
    assert refused(protecting.rekey, encrypted, "something else") == "secret.wrong_passphrase"
    assert encrypted.read_bytes() == before


def test_a_new_passphrase_changes_only_key_files_and_the_old_one_opens_nothing(encrypted):
    before = encrypted.read_bytes()
    protecting.change_passphrase(encrypted, "another passphrase")
    assert encrypted.read_bytes() == before
    for path in (encrypted, backups.found(encrypted)[0].path):
        secrecy.forget()
        assert refused(secrecy.unlock, path, PASSPHRASE) == "secret.wrong_passphrase"
        secrecy.unlock(path, "another passphrase")


def test_twice_is_refused(encrypted):
    assert refused(protecting.encrypt, encrypted, PASSPHRASE) == "secret.encrypted_already"
    protecting.decrypt(encrypted)
    for do in (protecting.decrypt, protecting.code_of):
        assert refused(do, encrypted) == "secret.not_encrypted"
    assert refused(protecting.change_passphrase, encrypted, PASSPHRASE) == "secret.not_encrypted"
    assert refused(secrecy.unlock, encrypted, PASSPHRASE) == "secret.not_encrypted"


def test_a_project_in_use_is_left_as_it_is(path):
    with opened(path):
        assert refused(protecting.encrypt, path, PASSPHRASE) == "project.in_use"
    reader = opened(path, writing=False)
    reader.nouns("document")
    assert refused(protecting.encrypt, path, PASSPHRASE) == "project.in_use"
    reader.close()
    protecting.encrypt(path, PASSPHRASE)


def test_a_copy_that_says_something_else_is_not_put_in_its_place(path, monkeypatch):
    monkeypatch.setattr(storage, "log_digest", str)
    assert refused(protecting.encrypt, path, PASSPHRASE, copies="keep") == "project.damaged"
    with opened(path) as project:
        assert project.check(rebuild=True) == []
    assert not list(path.parent.glob("*.part*"))


def test_a_disk_that_lets_nothing_be_written(path, monkeypatch):
    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(AnnotatorError, match="No space left"):
        protecting.encrypt(path, PASSPHRASE)
    assert not secrecy.is_encrypted(path)
    with opened(path) as project:
        assert project.check(rebuild=True) == []


def test_what_a_decryption_that_was_cut_off_left_is_taken_away_at_the_next_opening(encrypted):
    left = encrypted.with_name(f"{encrypted.name}.part")
    left.write_text("readable")
    with opened(encrypted):
        assert not left.exists()


def test_locks_of_copies_in_the_folder_are_kept_as_long_as_they_are_needed(encrypted):
    copy = encrypted.with_name("by hand.annotator")
    shutil.copyfile(encrypted, copy)
    protecting.rekey(encrypted, PASSPHRASE)
    secrecy.forget()
    secrecy.unlock(copy, PASSPHRASE)
    copy.unlink()
    protecting.rekey(encrypted, PASSPHRASE)
    assert len(secrecy.read(secrecy.key_file(encrypted))) == 1


# All the rest is as with any project ------------------------------------------------------------------------------------


def test_a_reader_beside_a_writer_and_a_file_that_may_only_be_read(encrypted, team):
    with opened(encrypted, "Ada") as ada, opened(encrypted, "Sue", writing=False) as sue:
        team.code(ada, 0, 3)
        assert len(sue.nouns("annotation")) == 1
    encrypted.chmod(0o444)
    with opened(encrypted, "Ada", writing=False) as reader:
        assert len(reader.nouns("annotation")) == 1


def test_an_older_file_is_brought_up_to_date_and_its_copy_is_encrypted(encrypted, tmp_path):
    with ciphered.connected(encrypted, secrecy.secret_of(encrypted)) as connection:
        connection.execute("UPDATE file SET value = 'of an older version' WHERE name = 'tables'")
        connection.commit()
    with opened(encrypted) as project:
        assert project.check(rebuild=True) == []
    assert len(purging.copies(encrypted)) == 2
    assert marked(tmp_path) == []


def test_a_new_project_is_encrypted_from_its_first_byte(tmp_path):
    secret = locks.new_secret()
    secrecy.know(secret)
    path = tmp_path / "new.annotator"
    secrecy.write(secrecy.key_file(path), secrecy.lock_away(secret, PASSPHRASE))
    with Project.create(path, name="Some name", supervisor="Sue", device="desk", secret=secret):
        pass
    secrecy.forget()
    secrecy.unlock(path, PASSPHRASE)
    with opened(path) as project:
        assert project.check() == []
    assert marked(tmp_path, "Some name") == []


@pytest.mark.parametrize("where", [0, 2, 5, 11])
def test_a_damaged_one_is_told_as_damaged_and_rescued_as_encrypted_as_it_was(encrypted, tmp_path, where):
    shutil.rmtree(backups.folder(encrypted))
    data = encrypted.read_bytes()
    encrypted.write_bytes(data[: where * 4096] + bytes(4096) + data[(where + 1) * 4096 :])
    secrecy.forget()
    secrecy.unlock(encrypted, PASSPHRASE)
    with contextlib.suppress(Damaged), opened(encrypted) as project:
        assert project.check(rebuild=True) != []
    target = tmp_path / "rescued.annotator"
    saved = rescue.rescue(encrypted, target)
    assert saved.revisions > 5
    assert marked(tmp_path) == []
    secrecy.forget()
    secrecy.unlock(target, PASSPHRASE)
    with opened(target) as project:
        assert project.nouns("project")[0].name == "Denials"


def test_pages_that_find_one_another_no_more_are_deciphered_one_by_one(encrypted, tmp_path):
    """The head of the table of revisions is gone, so that only its single pages tell of it."""
    shutil.rmtree(backups.folder(encrypted))
    secret = secrecy.secret_of(encrypted)
    with ciphered.connected(encrypted, secret) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'revision'").fetchone()
    data = encrypted.read_bytes()
    encrypted.write_bytes(data[: (root - 1) * 4096] + bytes(4096) + data[root * 4096 :])
    saved = rescue.rescue(encrypted, tmp_path / "rescued.annotator")
    assert saved.texts == 1
    assert saved.revisions > 5


def test_errors_of_a_plain_project_are_what_they_were(path):
    with pytest.raises(sqlite3.Error), ciphered.connected(path, None) as connection:
        connection.execute("SELECT nothing")
    with pytest.raises(sqlite3.OperationalError), ciphered.connected(path.with_name("x"), bytes(20)) as one:
        one.execute("SELECT nothing")


def test_a_report_of_a_fault_holds_words_only_as_long_as_no_encrypted_project_was_open(machine, encrypted, monkeypatch):
    def fault() -> BaseException:
        try:
            try:
                raise KeyError(MARK)
            except KeyError:
                raise ValueError(f"in {MARK}")  # noqa: B904
        except ValueError as error:
            return error

    from annotator import crash

    written = crash.write(fault())
    assert written
    words = written.read_text()
    assert MARK not in words
    assert "ValueError\n" in words
    assert "KeyError\n" in words
    assert "in fault" in words
    monkeypatch.setattr(secrecy, "_used", [])
    assert MARK in crash.report(fault())


def test_what_the_database_is_asked_does_not_stand_in_its_errors(encrypted, path):
    with (
        opened(encrypted) as project,
        pytest.raises(Exception, match="no such table") as told,
        project._reading() as one,
    ):
        one.exec_driver_sql("SELECT * FROM nowhere WHERE x = ?", (MARK,))
    chain = [told.value, told.value.__cause__, told.value.__context__]
    assert not any(MARK in str(error) for error in chain)
