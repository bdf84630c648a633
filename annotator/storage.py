"""The SQLite file of a project: how it is opened, locked, told from other files, backed up. What only SQLite can do is here."""

import contextlib
import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, OperationalError

from . import tables
from .errors import AnnotatorError, Refused

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "temp_store=MEMORY", "busy_timeout=5000")


def examine(path: Path) -> tuple[str, bool]:
    """The project's id, and whether the file is from an older version; nothing in the file is touched.
    Raises Refused: no such file, not a project, or from a newer version."""
    if not path.exists():
        raise Refused("project.missing", path=path)
    try:
        with contextlib.closing(sqlite3.connect(_for_reading(path), uri=True)) as connection:
            facts = dict(connection.execute("SELECT name, value FROM file"))
            steps = [step for (step,) in connection.execute("SELECT version_num FROM alembic_version")]
            formats = connection.execute("SELECT max(format) FROM revision").fetchone()[0] or 0
    except sqlite3.Error as error:
        if "unable to open" in str(error):
            raise Refused("project.folder", path=path, reason=str(error)) from None
        raise Refused("project.not_a_project", path=path) from None
    if "project" not in facts or len(steps) != 1:
        raise Refused("project.not_a_project", path=path)
    if steps[0] > tables.HEAD or formats > tables.FORMAT:
        raise Refused("project.newer", path=path)
    return facts["project"], steps[0] != tables.HEAD or facts.get("tables") != tables.fingerprint()


def people(path: Path) -> list[tuple]:
    """Id, name and role of everybody in a project, in the order in which they came. Raises as `examine` does."""
    examine(path)
    with contextlib.closing(sqlite3.connect(_for_reading(path), uri=True)) as connection:
        return connection.execute("SELECT id, name, role FROM coder ORDER BY id").fetchall()


def engine_for(path: Path, *, writing: bool) -> Engine:
    """An engine whose transactions begin as we say: IMMEDIATE for those with the option `writing`."""
    elsewhere = not writing and not os.access(path.resolve().parent, os.W_OK)
    engine = create_engine(f"sqlite:///{_for_reading(path)}&uri=true" if elsewhere else f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in PRAGMAS[1 if elsewhere else 0 :] + (() if writing else ("query_only=ON",)):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writing") else "BEGIN")

    return engine


class Lock:
    """Holds an exclusive lock on an empty database beside the file: the same on every system, and gone with the process.
    Raises Refused when another window or program holds it, or the folder cannot be written to."""

    def __init__(self, path: Path):
        self._beside = Path(f"{path}-lock")
        self._held = None
        try:
            self._held = sqlite3.connect(self._beside, timeout=0, isolation_level=None, check_same_thread=False)
            self._held.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if self._held:
                self._held.close()
            if "locked" in str(error):
                raise Refused("project.in_use", path=path) from None
            raise Refused("project.folder", path=path, reason=str(error)) from None

    def release(self) -> None:
        """Lets go, and takes the file away while it is still ours."""
        if self._held:
            with contextlib.suppress(OSError):
                self._beside.unlink()
            self._held.close()
            self._held = None


def back_up(engine: Engine, target: Path) -> None:
    """A whole copy of the project as it stands now, made beside its place first. Raises Refused when it cannot be made."""
    staged = target.with_name(target.name + ".part")
    try:
        with engine.connect() as connection, contextlib.closing(sqlite3.connect(staged)) as copy:
            source = connection.connection.driver_connection
            assert isinstance(source, sqlite3.Connection)
            source.backup(copy)
        staged.replace(target)
    except (OSError, sqlite3.Error, DatabaseError) as error:
        with contextlib.suppress(OSError):
            staged.unlink()
        raise Refused("project.no_backup", path=target, reason=str(error)) from None


def backup_name(path: Path) -> Path:
    """Where the copy goes that is made before a file from an older version is changed."""
    return path.with_name(f"{path.stem}.backup-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}{path.suffix}")


def fold(engine: Engine) -> None:
    """Brings the write-ahead log into the file, so that a copy of the file alone is the project."""
    with contextlib.suppress(OperationalError), engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


def refusal(error: OperationalError) -> AnnotatorError:
    """What to tell a person when the disk lets a step fail."""
    reason = str(error.orig)
    return Refused("disk.full") if "full" in reason else Refused("disk.failed", reason=reason)


def _for_reading(path: Path) -> str:
    """The URI of a file that is only read, and leaves nothing beside it."""
    quiet = "" if Path(f"{path}-wal").exists() else "&immutable=1"
    return f"{path.resolve().as_uri()}?mode=ro{quiet}"
