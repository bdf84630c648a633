"""What can still be read of a damaged project file, as a new project beside it. The damaged file is only read.

The log is the truth: only its tables are read, row by row around what is broken, and every revision and every text is believed
only when its hash fits. Backups that are there fill what the file has lost: a union of logs loses nothing.
"""

import contextlib
import hashlib
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert

from . import backups, checking, ciphered, erasing, making, secrecy, storage, store, tables
from .ciphered import PAGE
from .errors import AnnotatorError, Refused
from .model import Coder
from .revisions import FIELDS, Revision, is_whole

READ = {
    table.name: ", ".join(column.name for column in table.columns if column.name != "position")
    for table in tables.LOG.sorted_tables
}
SEEN = {"revision": "length(id) = 36 AND length(hash) = 64", "content": "length(sha256) = 64"}  # by what rows are known
AT_ONCE = 500  # rows
PAGES_AT = 28  # where the first page says how many there are
LEAF = b"\x0d"  # with this begins a page that holds rows


class Rescued(NamedTuple):
    """What became of it: where the rescued project is, counts, and what is wrong with it still."""

    path: Path
    revisions: int
    texts: int
    altered: int  # revisions and texts that were there, and not as their hashes say
    from_backups: int  # revisions and texts that only a backup still had
    problems: list[AnnotatorError]


@dataclass
class _Found:
    """What the copies of a log hold, right or wrong."""

    revisions: set[Revision] = field(default_factory=set)
    contents: dict[str, bytes] = field(default_factory=dict)  # those that are as their SHA-256 says
    altered: set[str] = field(default_factory=set)  # SHA-256 of those that are not
    others: dict[str, set[tuple]] = field(default_factory=dict)  # table -> rows

    def add(self, more: "_Found") -> None:
        self.revisions |= more.revisions
        self.contents |= more.contents
        self.altered |= more.altered
        for table, rows in more.others.items():
            self.others.setdefault(table, set()).update(rows)

    def project(self) -> str | None:
        """The id of the project: as the file says or, where it does not, as the revision that founded it does."""
        said = [value for name, value in self.others.get("file", ()) if name == "project"]
        ids = dict.fromkeys([*said, *(one.object for one in self.revisions if one.kind == "project")])
        return next((id for id in ids if any(is_whole(id, one) for one in self.revisions)), None)

    def whole(self, project: str) -> dict[str, Revision]:
        """Id -> each revision that is as its hash says, in the order in which they were made. Of one that was purged only a
        backup can still have the body: it is purged there as well when the purge is known."""
        whole = {one for one in self.revisions if one.is_purged or is_whole(project, one)}
        return {one.id: one for one in sorted(whole, key=lambda one: (one.id, not one.is_purged))}


def rescue(path: Path, target: Path) -> Rescued:
    """Reads what can be read of the project at `path` and of its backups, and writes it as a new project to `target`.
    Raises Refused when `path` is no file, `target` is taken or cannot be written, or nothing of a project was found."""
    storage.must_be_file(path)
    storage.must_be_free(target)
    secret = secrecy.secret_of(path)
    found = _read(path, secret)
    project = found.project()
    here = {*found.whole(project), *found.contents} if project else set()
    for one in backups.found(path):
        with contextlib.suppress(AnnotatorError):
            found.add(_read(one.path, secrecy.secret_of(one.path)))
    project = found.project()
    if project is None:
        raise Refused("rescue.nothing", path=path)
    revisions = found.whole(project)
    problems = _write(project, revisions.values(), found, target, secret)
    secrecy.carry(path, target)
    altered = len({one.id for one in found.revisions} - {*revisions}) + len(found.altered - {*found.contents})
    more = len({*revisions, *found.contents} - here)
    return Rescued(target, len(revisions), len(found.contents), altered, more, problems)


# Reading --------------------------------------------------------------------------------------------------------------


def _read(path: Path, secret: bytes | None) -> _Found:
    """The log in a file, from a copy of it: reading a damaged file may want to mend it. The copy is as encrypted as it is."""
    with tempfile.TemporaryDirectory(prefix="annotator-") as place:
        copy = Path(place, "copy.annotator")
        try:
            shutil.copyfile(path, copy)
            for ending in storage.BESIDE[::2]:
                with contextlib.suppress(FileNotFoundError):
                    shutil.copyfile(Path(f"{path.resolve()}{ending}"), f"{copy}{ending}")
        except OSError as error:
            raise Refused("file.not_read", path=path, reason=error.strerror or error) from None
        found, is_whole_file = _read_log(copy, secret)
        if not is_whole_file:
            found.add(_read_pages(copy, secret))
        return found


def _read_log(path: Path, secret: bytes | None) -> tuple[_Found, bool]:
    """What the tables of the log hold, and whether all of them could be read to the end and no page is damaged."""
    found, whole = _Found(), []
    with ciphered.connected(path, secret, isolation_level=None) as connection:
        connection.text_factory = _forgiving
        rows = {table: _rows(connection, table, columns, whole) for table, columns in READ.items()}
        whole.append(_is_sound(connection))
    _take(found, rows.pop("revision"), rows.pop("content"))
    found.others = {table: set(read) for table, read in rows.items()}
    return found, all(whole)


def _take(found: _Found, revisions: Iterable[tuple], contents: Iterable[tuple]) -> None:
    for row in revisions:
        with contextlib.suppress(ValueError, TypeError):
            said: dict[str, Any] = dict(zip(FIELDS, row, strict=True))
            said["parents"] = tuple(json.loads(said["parents"]))
            found.revisions.add(Revision(**said))
    for sha256, data in contents:
        if not isinstance(data, bytes) or hashlib.sha256(data).hexdigest() != sha256:
            found.altered.add(sha256)
        else:
            found.contents[sha256] = data


def _is_sound(connection: sqlite3.Connection) -> bool:
    """Whether SQLite finds nothing wrong: a page of zeros reads well, and says that a table has no rows."""
    with contextlib.suppress(*ciphered.errors()):
        return connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
    return False


def _forgiving(data: bytes) -> str:
    return data.decode(errors="replace")


def _rows(connection: sqlite3.Connection, table: str, columns: str, whole: list[bool]) -> list[tuple]:
    """The rows of a table that can be read: where a stretch cannot, its halves. `whole` is told whether that was all."""
    try:
        last = connection.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0] or 0
    except ciphered.errors():
        whole.append(False)
        return []
    query = f"SELECT {columns} FROM {table} NOT INDEXED WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
    found, waiting = [], [(first, min(first + AT_ONCE - 1, last)) for first in range(1, last + 1, AT_ONCE)][::-1]
    while waiting:
        first, end = waiting.pop()
        try:
            found += connection.execute(query, (first, end)).fetchall()
        except ciphered.errors():
            whole.append(False)
            if first < end:
                middle = (first + end) // 2
                waiting += [(middle + 1, end), (first, middle)]
    return found


# Reading page by page -------------------------------------------------------------------------------------------------


def _read_pages(path: Path, secret: bytes | None) -> _Found:
    """What the pages of a copy hold when they are looked at one by one, each as if it were the whole table: for a file whose
    pages do not find one another any more. It is read in memory, behind a first page of ours, which says what a table looks
    like."""
    with contextlib.suppress(sqlite3.Error), ciphered.connected(path, secret) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = path.read_bytes()
    data = _behind_first_page(ciphered.deciphered(data, secret) if secret else data, secret)
    leaves = [at // PAGE + 1 for at in range(PAGE, len(data), PAGE) if data[at : at + 1] == LEAF]
    found = _Found()
    if not leaves:
        return found
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(data)
        connection.text_factory = _forgiving
        connection.execute("PRAGMA writable_schema=ON")
        for number, page in enumerate(leaves, start=2):
            connection.execute("UPDATE sqlite_master SET rootpage=?", (page,))
            connection.execute(f"PRAGMA schema_version={number}")  # so that it looks there again
            _take(found, *(_rows_of_page(connection, table, seen) for table, seen in SEEN.items()))
    return found


def _rows_of_page(connection: sqlite3.Connection, table: str, seen: str) -> list[tuple]:
    rows: list[tuple] = []
    with contextlib.suppress(sqlite3.Error):  # a row that cannot be read takes only those behind it along
        rows.extend(connection.execute(f"SELECT {READ[table]} FROM {table} NOT INDEXED WHERE {seen}"))
    return rows


def _behind_first_page(data: bytes, secret: bytes | None) -> bytes:
    """The pages, whole ones only, with a first page that knows the tables of the log."""
    with tempfile.TemporaryDirectory(prefix="annotator-") as place:
        empty = Path(place, "empty")
        with ciphered.connected(empty, secret) as connection:
            connection.execute(f"CREATE TABLE revision (position INTEGER PRIMARY KEY, {READ['revision']})")
            connection.execute(f"CREATE TABLE content ({READ['content']})")
        head = empty.read_bytes()
    head = (ciphered.deciphered(head, secret) if secret else head)[:PAGE]
    pages = max(len(data) // PAGE, 1)
    return head[:PAGES_AT] + pages.to_bytes(4, "big") + head[PAGES_AT + 4 :] + data[PAGE : pages * PAGE]


# Writing --------------------------------------------------------------------------------------------------------------


def _write(
    project: str, revisions: Collection[Revision], found: _Found, target: Path, secret: bytes | None
) -> list[AnnotatorError]:
    """The new project, whole or not there at all, as encrypted as the damaged one. Returns what is wrong with it."""
    problems: list[AnnotatorError] = []

    def fill(connection: Connection) -> None:
        store.append(connection, revisions)
        for sha256, data in found.contents.items():
            connection.execute(insert(tables.content), {"sha256": sha256, "data": data})
        for table, rows in found.others.items():
            marks = ", ".join("?" * (READ[table].count(",") + 1))
            for row in sorted(rows):
                connection.exec_driver_sql(f"INSERT OR IGNORE INTO {table} ({READ[table]}) VALUES ({marks})", row)
        store.rebuild(connection)
        if purged := store.roles_given(connection).purged:
            erasing.take_out(connection, purged)
        problems.extend(checking.problems(connection, project, reader=Coder("", "", "supervisor"), rebuild=False))

    making.make(target, {"project": project}, fill, secret)
    return problems
