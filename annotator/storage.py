"""The SQLite file of a project: how it is opened, locked, told from other files, backed up. What only SQLite can do is here."""

import contextlib
import errno
import hashlib
import os
import sqlite3
import stat
import tempfile
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote_from_bytes

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

from . import ciphered, secrecy, tables
from .errors import AnnotatorError, Damaged, Refused

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "temp_store=MEMORY", "busy_timeout=5000")
ROWS = "SELECT position, hash FROM revision"
BESIDE = ("-wal", "-shm", "-journal")  # what SQLite may keep beside a file


# Reading a file without touching it -----------------------------------------------------------------------------------


def examine(path: Path) -> tuple[str, bool]:
    """The project's id, and whether the file is from an older version; nothing in the file is touched.
    Raises Refused: no such file, not a project, or from a newer version."""
    must_be_file(path)
    try:
        with _read(path) as connection:
            facts = dict(connection.execute("SELECT name, value FROM file"))
            steps = [step for (step,) in connection.execute("SELECT version_num FROM alembic_version")]
            formats = connection.execute("SELECT max(format) FROM revision").fetchone()[0] or 0
    except sqlite3.Error as error:
        words = "not a database", "no such", "unsupported"
        if any(one in str(error) for one in words) and not secrecy.is_encrypted(path):
            raise Refused("project.not_a_project", path=path) from None
        raise unreadable(path, error) from None
    if "project" not in facts or len(steps) != 1:
        raise Refused("project.not_a_project", path=path)
    if steps[0] > tables.HEAD or formats > tables.FORMAT:
        raise Refused("project.newer", path=path)
    return facts["project"], steps[0] != tables.HEAD or facts.get("tables") != tables.fingerprint()


def people(path: Path) -> list[tuple]:
    """Id, name and role of everybody in a project, in the order in which they came. Raises as `examine` does."""
    examine(path)
    try:
        with _read(path) as connection:
            return connection.execute("SELECT id, name, role FROM coder ORDER BY id").fetchall()
    except sqlite3.Error as error:
        raise unreadable(path, error) from None


def must_be_whole(path: Path) -> None:
    """Reads a project file that nobody writes to from end to end. Raises Damaged when a page of it is not as it should be,
    and as `examine` does."""
    examine(path)
    try:
        with _read(path) as connection:
            (report,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        raise unreadable(path, error) from None
    if report != "ok":
        raise Damaged("project.damaged", path=path, reason=report)


def log_digest(path: Path) -> str:
    """A hash of all rows of the log of a project file that nobody writes to. Raises sqlite3.Error."""
    told = hashlib.sha256()
    with _read(path) as connection:
        for table in tables.LOG.sorted_tables:
            for row in connection.execute(f"SELECT * FROM {table.name} ORDER BY 1, 2"):
                told.update(repr(row).encode("utf-8", "surrogatepass"))
    return told.hexdigest()


def must_be_alone(path: Path) -> None:
    """Brings into a project file all that lies beside it. Raises Refused when somebody else has it open."""
    try:
        with ciphered.connected(path.resolve(), secrecy.secret_of(path), timeout=0, isolation_level=None) as connection:
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.Error as error:
        raise unreadable(path, error) from None
    must_be_folded(path)


def written_at(path: Path) -> float:
    """When a project was last written to, in seconds as the system counts them, what is not folded in yet included.
    Raises OSError."""
    unfolded = _beside(path, "-wal")
    return max(one.stat().st_mtime for one in (path, *(unfolded,) * unfolded.exists()))


def unreadable(path: Path, error: BaseException | None) -> AnnotatorError:
    """What to tell a person when SQLite cannot read a project file."""
    reason = str(error)
    if "locked" in reason:
        return Refused("project.in_use", path=path)
    if "disk I/O" in reason:
        return Refused("disk.unreadable", path=path)
    if "unable to open" in reason or "readonly" in reason:
        unfolded = _beside(path, "-wal")
        if unfolded.exists():
            return Refused("project.unfolded", path=path, wal=unfolded.name)
        return Refused("file.not_read", path=path, reason=reason)
    return Damaged("project.damaged", path=path, reason=reason)


def must_be_file(path: Path) -> None:
    """Raises Refused unless a file that can be looked at is there."""
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise Refused("project.missing", path=path) from None
    except (OSError, ValueError) as error:
        raise Refused("file.not_read", path=path, reason=getattr(error, "strerror", None) or error) from None
    if stat.S_ISDIR(mode):
        raise Refused("project.is_folder", path=path)
    if not stat.S_ISREG(mode):
        raise Refused("project.not_a_project", path=path)


def identity(path: Path) -> tuple[tuple[int, int], tuple[int, int] | None] | None:
    """Which file lies at a path, and which log beside it; None when it is gone, or cannot be asked."""
    try:
        found = path.stat()
    except OSError:
        return None
    with contextlib.suppress(OSError):
        log = _beside(path, "-wal").stat()
        return (found.st_dev, found.st_ino), (log.st_dev, log.st_ino)
    return (found.st_dev, found.st_ino), None


def holds(path: Path, last: tuple[int, str] | None) -> bool:
    """Whether this row of the log is in a project file that somebody else may write to. Raises as `examine` does."""
    try:
        with _read(path) as connection:
            return last is None or bool(connection.execute(f"{ROWS} WHERE position = ? AND hash = ?", last).fetchone())
    except sqlite3.Error as error:
        raise unreadable(path, error) from None


def _read(path: Path) -> AbstractContextManager[sqlite3.Connection]:
    """A connection that only reads a project, encrypted or not."""
    return ciphered.connected(_for_reading(path), secrecy.secret_of(path), uri=True)


def _for_reading(path: Path) -> str:
    """The URI of a file that is only read, and leaves nothing beside it."""
    quiet = "" if _is_unfolded(path) else "&immutable=1"
    return f"{uri(path.resolve())}?mode=ro{quiet}"


def _is_unfolded(path: Path) -> bool:
    """Whether something of a project may stand in the log beside it alone."""
    try:
        return _beside(path, "-wal").stat().st_size > 0
    except OSError:
        return False


def uri(path: PurePath) -> str:
    """An absolute path as SQLite's URI: with an empty host, also for a share of Windows."""
    words = path.as_posix()
    return "file://" + quote_from_bytes(os.fsencode(words if words.startswith("/") else f"/{words}"))


def _beside(path: Path, ending: str) -> Path:
    """What lies beside the file itself, not beside a link to it."""
    return Path(f"{path.resolve()}{ending}")


# Opening it -----------------------------------------------------------------------------------------------------------


def engine_for(path: Path, *, writing: bool, secret: bytes | None = None) -> Engine:
    """An engine whose transactions begin as we say: IMMEDIATE for those with the option `writing`. A file that is not there
    yet is encrypted when it gets a secret; of one that is there it is known. Raises Refused."""
    secret = secret or secrecy.secret_of(path)
    elsewhere = not writing and not _can_be_shared(path)
    place = URL.create("sqlite", database=_for_reading(path), query={"uri": "true"})
    engine = create_engine(
        place if elsewhere else URL.create("sqlite", database=str(path.resolve())),
        module=ciphered.library(secret),
        hide_parameters=bool(secret),  # else the words of a text would stand in an error, and so in a crash report
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        ciphered.tell(connection, secret)
        for pragma in PRAGMAS[1 if elsewhere else 0 :] + (() if writing else ("query_only=ON",)):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writing") else "BEGIN")

    return engine


def _can_be_shared(path: Path) -> bool:
    """Whether a reader can leave word beside the file, so that a writer may come, and take it away again: not with a file
    or in a folder without rights, nor on a full disk. Else the file is read as it lies there."""
    if not os.access(path, os.W_OK):
        return False
    try:
        with ciphered.connected(path.resolve(), secrecy.secret_of(path)) as connection:
            connection.execute("SELECT count(*) FROM file").fetchone()
    except sqlite3.OperationalError as error:
        return "locked" in str(error) and lets_lock(path)
    return True


def lets_lock(path: Path) -> bool:
    """Whether files can be locked on the disk of a project; some of a network have no locks, and say only "locked"."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        with tempfile.TemporaryFile(dir=path.resolve().parent) as file:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)
    return True


class Lock:
    """Holds an exclusive lock on an empty database beside the file: the same on every system, and gone with the process.
    Raises Refused when another window or program holds it, or the file or its folder cannot be written to."""

    def __init__(self, path: Path):
        self._beside, self._held = _beside(path, "-lock"), None
        if not os.access(path, os.W_OK):
            raise Refused("project.not_writable", path=path)
        try:
            self._held = _exclusive(self._beside)
            while not self._is_at_its_place():
                self._held.close()
                self._held = _exclusive(self._beside)
        except sqlite3.OperationalError as error:
            if not lets_lock(path):
                raise Refused("project.no_locks", path=path) from None
            if "locked" in str(error):
                raise Refused("project.in_use", path=path) from None
            raise Refused("project.folder", path=path, reason=str(error)) from None
        except sqlite3.DatabaseError:
            raise Refused("project.lock_taken", path=self._beside) from None
        self._place = identity(self._beside)

    def _is_at_its_place(self) -> bool:
        """Whether the lock is on the file that others will find: whoever let go of it last may just have taken it away."""
        try:
            _exclusive(self._beside).close()
        except sqlite3.OperationalError:
            return True
        return False

    def release(self) -> None:
        """Lets go, and takes the file away: before letting go, while it is surely ours; Windows allows it only after."""
        if self._held:
            is_ours = identity(self._beside) == self._place
            if is_ours:
                with contextlib.suppress(OSError):
                    self._beside.unlink()
            self.let_go()
            if is_ours and os.name == "nt":
                with contextlib.suppress(OSError):
                    self._beside.unlink()

    def let_go(self) -> None:
        """Lets go, and leaves the file: another one may lie at its place by now."""
        if self._held:
            self._held.close()
            self._held = None


def _exclusive(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


# Writing it -----------------------------------------------------------------------------------------------------------


def must_be_free(path: Path) -> None:
    """Raises Refused unless a new database can take this name: a log that another one left there would be read into it."""
    if path.exists():
        raise Refused("project.exists", path=path)
    for ending in ("-wal", "-journal"):
        if (left := _beside(path, ending)).exists():
            raise Refused("project.leftover", path=path, wal=left)


def must_be_folded(path: Path) -> None:
    """Raises Refused unless the file alone is the whole of a project that was closed."""
    if _beside(path, "-wal").exists():
        raise Refused("disk.failed", path=path, reason="what was written last could not be brought into it")


def clear_begun(path: Path) -> None:
    """Takes away what is left beside a project of work that was cut off: it may be readable where the project is not."""
    for one in (path.resolve(), secrecy.key_file(path)):
        remove(one.with_name(f"{one.name}.part"))


def remove(path: Path) -> None:
    """Takes away a database that was only begun, with all that lies beside it."""
    for ending in ("", *BESIDE):
        with contextlib.suppress(OSError):
            _beside(path, ending).unlink()


def back_up(engine: Engine, target: Path, secret: bytes | None) -> None:
    """A whole copy of the project as it stands now, under the same secret, made beside its place first. Raises Refused when
    it cannot be made, or something is there already."""
    staged = target.with_name(target.name + ".part")
    try:
        must_be_free(target)
        remove(staged)
        with engine.connect() as connection, ciphered.connected(staged, secret) as copy:
            source: Any = connection.connection.driver_connection
            source.backup(copy)
        staged.replace(target)
    except (OSError, sqlite3.Error, DatabaseError) as error:
        remove(staged)
        raise Refused("backup.failed", path=target, reason=getattr(error, "strerror", None) or error) from None


def backup_name(path: Path) -> Path:
    """Where the copy goes that is made before a file from an older version is changed."""
    return path.with_name(f"{path.stem}.backup-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}{path.suffix}")


def fold(engine: Engine) -> None:
    """Brings the write-ahead log into the file, as far as nobody reads it just now, and waits for nobody."""
    with contextlib.suppress(*ciphered.errors(), DatabaseError):
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")
        finally:
            connection.close()


def scrub(engine: Engine, path: Path) -> None:
    """Writes the file anew without what was ever deleted in it, and empties the write-ahead log. Raises Refused when
    somebody reads it just now, or the disk does not let it."""
    try:
        connection = engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute("PRAGMA secure_delete=ON")
            cursor.execute("VACUUM")
            (is_busy, *_) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            connection.close()
    except DatabaseError as error:
        raise refusal(path, error) from None
    except ciphered.errors() as error:
        raise Refused("disk.failed", path=path, reason=error) from None
    if is_busy:
        raise Refused("purge.in_use", path=path)


def refusal(path: Path, error: DatabaseError) -> AnnotatorError:
    """What to tell a person when the disk lets a step fail."""
    reason = str(error.orig)
    if "full" in reason:
        return Refused("disk.full", path=path)
    if "locked" in reason:
        return Refused("disk.busy", path=path)
    if not isinstance(error, OperationalError):
        return Damaged("project.damaged", path=path, reason=reason)
    if identity(path) is None:
        return Refused("disk.gone", path=path)
    if "readonly" in reason or not os.access(path, os.W_OK):
        return Refused("disk.read_only", path=path)
    return Refused("disk.failed", path=path, reason=reason)


def must_take_writes(path: Path) -> None:
    """Raises Refused unless the disk of a project takes what is written beside it: tried before what is open is given up."""
    try:
        with tempfile.TemporaryFile(dir=path.parent, buffering=0) as file:
            os.pwrite(file.fileno(), bytes(1), 0) if hasattr(os, "pwrite") else file.write(bytes(1))
            os.fsync(file.fileno())
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Refused("disk.full", path=path) from None
        if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            raise Refused("disk.read_only", path=path) from None
        raise Refused("disk.failed", path=path, reason=error.strerror or error) from None


def is_fault_of_disk(error: DatabaseError) -> bool:
    """Whether what is open may be of no more use, even when the disk is well again."""
    return any(words in str(error.orig) for words in ("disk I/O", "unable to open", "readonly"))


def last_row(connection: Connection) -> tuple[int, str] | None:
    """The last row of the log: whoever has it has all that came before."""
    found = connection.exec_driver_sql(f"{ROWS} WHERE position = (SELECT max(position) FROM revision)").fetchone()
    return (found.position, found.hash) if found else None


def greatest_id(connection: Connection, *, below: str) -> str:
    """The greatest id of a revision that is less than this; "" without any."""
    found = connection.exec_driver_sql("SELECT max(id) FROM revision WHERE id < ?", (below,))
    return found.scalar() or ""


def damage(connection: Connection) -> list[str]:
    """What SQLite itself finds wrong with the file."""
    return [words for words in connection.exec_driver_sql("PRAGMA integrity_check").scalars() if words != "ok"]
