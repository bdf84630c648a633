"""A new project file, written whole or not there at all."""

from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Connection, insert
from sqlalchemy.exc import DatabaseError

from . import storage, store, tables
from .errors import Refused
from .tables import LOG

Fill = Callable[[Connection], None]


def make(path: Path, facts: Mapping[str, str], fill: Fill, secret: bytes | None = None) -> None:
    """Makes a project file that says these facts of itself, `project` among them, and lets `fill` write its log; encrypted
    when it gets a secret. Raises Refused: the file exists, or cannot be written."""
    try:
        storage.must_be_free(path)
        _make(path, facts, fill, secret)
    except DatabaseError as error:
        raise Refused("project.not_made", path=path, reason=error.orig) from None
    except OSError as error:
        raise Refused("project.not_made", path=path, reason=error.strerror or error) from None


def _make(path: Path, facts: Mapping[str, str], fill: Fill, secret: bytes | None) -> None:
    """Writes it beside its place first, then puts it there: a half-made one is never seen."""
    staged = path.with_name(path.name + ".part")
    storage.remove(staged)
    engine = storage.engine_for(staged, writing=True, secret=secret)
    try:
        with engine.execution_options(writing=True).begin() as connection:
            LOG.create_all(connection)
            connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
            connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{tables.HEAD}')")
            connection.execute(insert(tables.file), [{"name": name, "value": value} for name, value in facts.items()])
            store.rebuild(connection)
            fill(connection)
        engine.dispose()
        storage.must_be_folded(staged)
        staged.replace(path)
    except BaseException:
        engine.dispose()
        storage.remove(staged)
        raise
