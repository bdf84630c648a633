"""The SQL of the log and of the tables that follow from it. Knows nobody: rights are `project.py`'s business.

`show` is the only writer of the nouns' tables. An edit, a merge and a rebuild all end in it.
"""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from operator import attrgetter

from sqlalchemy import Column, Connection, Select, delete, func, insert, select

from . import tables
from .errors import Damaged, Refused
from .model import FORMAT, NOUNS, Edit, Noun
from .packages import Package
from .revisions import FIELDS, Author, Revision, Standing, standing
from .tables import STATE, TABLES, content, contested, revision, withheld

LOGGED = select(*(revision.c[name] for name in FIELDS))
AT_ONCE = 500  # ids in one IN (...): below the oldest limit of SQLite
by_object = attrgetter("object")


def author(connection: Connection, *, project: str, actor: str, device: str) -> Author:
    """The author whose next revision continues this device's chain in this file."""
    mine = select(revision.c.seq, revision.c.hash).where(revision.c.device == device)
    last = connection.execute(mine.order_by(revision.c.seq.desc(), revision.c.position.desc()).limit(1)).first()
    return Author(project, actor, device, *(last or ()))


def standings(connection: Connection, objects: Iterable[str]) -> dict[str, Standing]:
    """Where each of these objects stands. Objects without a revision are left out."""
    rows = sorted(among(connection, LOGGED, revision.c.object, objects), key=by_object)
    return {id: standing(Revision(*row) for row in rows) for id, rows in groupby(rows, by_object)}


def all_standings(connection: Connection) -> Iterator[dict[str, Standing]]:
    """Where every object stands, two thousand at a time."""
    rows = connection.execution_options(yield_per=2000).execute(LOGGED.order_by(revision.c.object))
    each = ((id, standing(Revision(*row) for row in group)) for id, group in groupby(rows, by_object))
    while some := dict(islice(each, 2000)):
        yield some


def append(connection: Connection, revisions: Iterable[Revision]) -> None:
    if rows := [{name: getattr(r, name) for name in FIELDS} for r in revisions]:
        connection.execute(insert(revision), rows)


def revisions(connection: Connection, *where) -> list[Revision]:
    """The revisions that meet all of these, in the order they came into this file."""
    return [Revision(*row) for row in connection.execute(LOGGED.where(*where).order_by(revision.c.position))]


def keep(connection: Connection, data: bytes) -> str:
    """Stores a text or an original once, and returns its SHA-256."""
    sha256 = hashlib.sha256(data).hexdigest()
    if connection.scalar(select(content.c.sha256).where(content.c.sha256 == sha256)) is None:
        connection.execute(insert(content), {"sha256": sha256, "data": data})
    return sha256


def union(connection: Connection, package: Package) -> tuple[list[Revision], tuple[Edit, ...]]:
    """Adds what is not here yet: the new revisions, and what they altered. Raises Damaged for an id with another hash."""
    hashes = {r.id: r.hash for r in package.revisions}
    known = dict(map(tuple, among(connection, select(revision.c.id, revision.c.hash), revision.c.id, hashes)))
    if forged := [id for id, hash in known.items() if hash != hashes[id]]:
        raise Damaged("log.two_bodies", revision=forged[0])
    for data in package.texts.values():
        keep(connection, data)
    new = [r for r in package.revisions if r.id not in known]
    append(connection, new)
    declared = set(package.withheld) - {tuple(row) for row in connection.execute(select(withheld))}
    if declared:
        connection.execute(insert(withheld), [dict(zip(("device", "first", "last"), row)) for row in declared])
    return new, show(connection, standings(connection, {r.object for r in new}))


def show(connection: Connection, standings: dict[str, Standing]) -> tuple[Edit, ...]:
    """Brings the tables to these standings, and tells what that altered."""
    _remove(connection, contested.c.object, standings)
    _add(connection, contested, [row for id, stand in standings.items() for row in contested_rows(id, stand)])
    edits = []
    for kind, ids in kinds(standings).items():
        table = TABLES[kind]
        before = {row.id: noun_of(kind, row) for row in among(connection, select(table), table.c.id, ids)}
        after = {id: noun for id in ids if (noun := standings[id].noun())}
        _remove(connection, table.c.id, before)
        _add(connection, table, [row_of(noun, standings[id]) for id, noun in after.items()])
        edits += [Edit(before.get(id), after.get(id)) for id in ids if before.get(id) != after.get(id)]
    return tuple(edits)


def rebuild(connection: Connection) -> None:
    """Throws the tables of the nouns away and makes them anew from the log. Raises Refused for bodies of a newer format."""
    if (connection.scalar(select(func.max(revision.c.format))) or 0) > FORMAT:
        raise Refused("package.newer")
    STATE.drop_all(connection)
    STATE.create_all(connection)
    for some in all_standings(connection):
        show(connection, some)
    connection.execute(delete(tables.file).where(tables.file.c.name == "tables"))
    connection.execute(insert(tables.file), {"name": "tables", "value": tables.fingerprint()})


# Rows and nouns -------------------------------------------------------------------------------------------------------


def noun_of(kind: str, row) -> Noun:
    """The noun in a row of its table."""
    return NOUNS[kind](*row[:-1])


def row_of(noun: Noun, stand: Standing) -> dict:
    """The row that shows a noun, with the revision it comes from."""
    return {name: getattr(noun, name) for name in type(noun).__match_args__} | {"revision": stand.shown.id}


def contested_rows(id: str, stand: Standing) -> list[dict]:
    return [{"object": id, "head": head.id} for head in stand.heads] if stand.is_contested else []


def kinds(standings: dict[str, Standing]) -> dict[str, list[str]]:
    """Kind -> ids of its objects. Kinds from a newer version have no table here and stay in the log."""
    found: dict[str, list[str]] = {}
    for id, stand in standings.items():
        if (kind := stand.heads[0].kind) in TABLES:
            found.setdefault(kind, []).append(id)
    return found


def among(connection: Connection, query: Select, column: Column, values: Iterable) -> list:
    """The rows of `query` whose column is one of `values`, however many those are."""
    values, rows = list(values), []
    for start in range(0, len(values), AT_ONCE):
        rows += connection.execute(query.where(column.in_(values[start : start + AT_ONCE])))
    return rows


def _remove(connection: Connection, column: Column, values: Iterable) -> None:
    values = list(values)
    for start in range(0, len(values), AT_ONCE):
        connection.execute(delete(column.table).where(column.in_(values[start : start + AT_ONCE])))


def _add(connection: Connection, table, rows: list[dict]) -> None:
    if rows:
        connection.execute(insert(table), rows)
