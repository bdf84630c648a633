"""The SQL of the log and of the tables that follow from it. Knows nobody: rights are `project.py`'s business.

`show` is the only writer of the nouns' tables. An edit and a rebuild both end in it.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import groupby, islice
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Row,
    Select,
    Table,
    Text,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    type_coerce,
)

from . import tables
from .errors import AnnotatorError
from .model import KINDS, NOUNS, QUIET, UNDO, Annotation, Change, Coder, Edit, Memo, Noun
from .revisions import FIELDS, Author, Revision, Standing, standing
from .rights import PURGED, Roles, not_permitted, roles
from .tables import STATE, STEP, TABLES, barred, content, contested, gone, revision

LOGGED = select(*(revision.c[name] for name in FIELDS))
BARRED = select(barred.c.object, barred.c.revision, barred.c.why)
GIVEN = select(
    func.json_each(bindparam("given", type_=Text)).table_valued("value").c.value
)  # one parameter for any number
DRAFT = "draft "  # and a person: the fact of a file that keeps words of theirs which are no step yet
by_object = attrgetter("object")
_values_of = attrgetter(*FIELDS)


def author(connection: Connection, *, project: str, actor: str, device: str) -> Author:
    """The author whose next revision continues this device's chain in this file."""
    mine = select(revision.c.seq, revision.c.hash).where(revision.c.device == device)
    last = connection.execute(mine.order_by(revision.c.seq.desc(), revision.c.position.desc()).limit(1)).first()
    return Author(project, actor, device, *(last or ()))


def standings(connection: Connection, objects: Collection[str]) -> dict[str, Standing]:
    """Where each of these objects stands. Objects without a revision are left out."""
    rows = sorted(among(connection, LOGGED, revision.c.object, objects), key=by_object)
    known: dict[str, dict[str, str]] = {}
    for object, id, why in among(connection, BARRED, barred.c.object, objects):
        known.setdefault(object, {})[id] = why
    each = ((id, [Revision(*row) for row in group]) for id, group in groupby(rows, by_object))
    return {id: standing(made, known.get(id, {})) for id, made in each}


def judged(made: Iterable[Revision], by: Roles) -> Standing:
    """Where the object stands that all these revisions are about, when those do not count that nobody had a right to."""
    made = list(made)
    return standing(made, not_permitted(made, by))


def all_standings(connection: Connection) -> Iterator[dict[str, Standing]]:
    """Where every object stands, judged anew, two thousand at a time."""
    by = roles_given(connection)
    rows = connection.execution_options(yield_per=2000).execute(LOGGED.order_by(revision.c.object))
    each = ((id, judged((Revision(*row) for row in group), by)) for id, group in groupby(rows, by_object))
    while some := dict(islice(each, 2000)):
        yield some


def roles_given(connection: Connection) -> Roles:
    """The roles that the log gives. The founder is whoever named the project first in this file."""
    coders = revisions(connection, revision.c.kind == "coder")
    first = select(revision.c.actor).where(revision.c.kind == "project").order_by(revision.c.position).limit(1)
    return roles(connection.scalar(first) or "", coders, revisions(connection, revision.c.kind == "purge"))


def change_of(connection: Connection, id: str) -> Change:
    """A change as the log tells it: what its revisions left, and what their parents had shown, where that differs."""
    steps = revisions(connection, revision.c.change == id)
    wanted = {parent for step in steps for parent in step.parents}
    parents = {row.id: Revision(*row) for row in among(connection, LOGGED, revision.c.id, wanted)}
    before = [Standing(tuple(parents[parent] for parent in step.parents)).noun() for step in steps]
    pairs = [(noun, step.noun()) for noun, step in zip(before, steps, strict=True)]
    return Change(steps[0].label, tuple(Edit(old, new) for old, new in pairs if old != new))


def versions(connection: Connection, head: Revision, owner: str) -> list[Revision]:
    """What a decision on something of somebody's chose between, when this is one or takes one back; else nothing."""
    seen = {head.id}
    while head.actor != owner:
        wanted = set(head.parents) - seen
        parents = [Revision(*row) for row in among(connection, LOGGED, revision.c.id, wanted)]
        if len(parents) != 1:
            return parents
        (head,) = parents
        seen.add(head.id)
    return []


def text_of(connection: Connection, document: str) -> str | None:
    """The text of a document, None when it is not in this file."""
    table = TABLES["document"]
    here = select(content.c.data).join(table, table.c.text == content.c.sha256).where(table.c.id == document)
    data = connection.scalar(here)
    return None if data is None else data.decode(errors="replace")


def steps(connection: Connection, *, actor: str, device: str) -> Iterator[tuple[str, str]]:
    """(id, label) of the changes that a person made on a device, the newest first; those that undo passes over left out."""
    passed_over = [*QUIET, *(UNDO + label for label in QUIET)]
    mine = [revision.c.device == device, revision.c.actor == actor, STEP, revision.c.label.not_in(passed_over)]
    if connection.scalar(select(TABLES["purge"].c.id).limit(1)):
        other = revision.alias()
        purged = select(barred.c.object).where(barred.c.why == PURGED)
        mine.append(exists().where(other.c.change == revision.c.change, other.c.object.not_in(purged)))
    query = select(revision.c.change, revision.c.label).where(*mine).order_by(revision.c.seq.desc())
    for row in connection.execute(query, execution_options={"yield_per": 200}):
        yield row.change, row.label


def users(connection: Connection, kind: str, ids: Collection[str]) -> list[tuple[str, str, str]]:
    """(id, kind, id) of each of these nouns of a kind that is used, and of every noun that points at it or names it."""
    found = []
    for by, table in TABLES.items():
        for column in table.c:
            if column.info.get("of") == kind:
                found += [(used, by, user) for used, user in among(connection, select(column, table.c.id), column, ids)]
            elif kind in column.info.get("mentions", ()):
                for id in ids:
                    named = type_coerce(column, Text).contains(f'"{id}"', autoescape=True)
                    found += [(id, by, user) for user in connection.scalars(select(table.c.id).where(named))]
    return found


def people(connection: Connection) -> dict[str, str]:
    """Id -> name of everybody who is or was in the project."""
    names = {}
    for row in connection.execute(LOGGED.where(revision.c.kind == "coder").order_by(revision.c.position)):
        if isinstance(coder := Revision(*row).noun(), Coder):
            names[coder.id] = coder.name
    return names


def in_names(problem: AnnotatorError, names: dict[str, str]) -> AnnotatorError:
    """People by name, and times as their clocks show them."""
    values = problem.values
    if who := values.get("who"):
        values["who"] = names.get(who, "somebody")
    if at := values.get("at"):
        try:
            values["at"] = f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}"
        except ValueError:
            values["at"] = at
    return problem


def append(connection: Connection, revisions: Iterable[Revision]) -> None:
    _insert(connection, revision, FIELDS, map(_values_of, revisions))


def revisions(connection: Connection, *where) -> list[Revision]:
    """The revisions that meet all of these, in the order they came into this file."""
    return [Revision(*row) for row in connection.execute(LOGGED.where(*where).order_by(revision.c.position))]


def fact(connection: Connection, name: str) -> str:
    """What the file says of itself under this name; "" when it says nothing."""
    return connection.scalar(select(tables.file.c.value).where(tables.file.c.name == name)) or ""


def say(connection: Connection, name: str, value: str) -> None:
    """Lets the file say this of itself under a name; "" lets it say nothing."""
    connection.execute(delete(tables.file).where(tables.file.c.name == name))
    if value:
        connection.execute(insert(tables.file), {"name": name, "value": value})


def forget_drafts(connection: Connection) -> None:
    """Takes away what anybody was writing: nobody knows of what it speaks."""
    connection.execute(delete(tables.file).where(tables.file.c.name.startswith(DRAFT)))


def keep(connection: Connection, data: bytes) -> str:
    """Stores a text or an original once, unless it was purged, and returns its SHA-256."""
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 in purged_texts(connection):
        return sha256
    if connection.scalar(select(content.c.sha256).where(content.c.sha256 == sha256)) is None:
        connection.execute(insert(content), {"sha256": sha256, "data": data})
    return sha256


def purged_texts(connection: Connection) -> set[str]:
    """SHA-256 of the texts and originals that must not be in this file."""
    return {sha256 for texts in connection.scalars(select(TABLES["purge"].c.texts)) for sha256 in texts}


def show(
    connection: Connection, standings: Mapping[str, Standing], *, known: Collection[str] | None = None
) -> dict[str, Noun]:
    """Brings the tables to these standings, and returns the nouns that they show. `known` are those objects of which the
    tables may hold something; without it, all."""
    hide(connection, {id: stand for id, stand in standings.items() if known is None or id in known})
    for table, rows in (
        (contested, [row for id, stand in standings.items() for row in contested_rows(id, stand)]),
        (barred, [row for id, stand in standings.items() for row in barred_rows(id, stand)]),
        (gone, gone_rows(connection, standings)),
    ):
        _insert(connection, table, table.c.keys(), rows)
    shown, rows_of = dict[str, Noun](), dict[str, list[tuple]]()
    for id, stand in standings.items():
        if noun := stand.noun():
            shown[id] = noun
            rows_of.setdefault(KINDS[type(noun)], []).append(_row(noun, stand))
    for kind, rows in rows_of.items():
        _insert(connection, TABLES[kind], TABLES[kind].c.keys(), rows)
    return shown


def hide(connection: Connection, standings: Mapping[str, Standing]) -> None:
    """Takes out of the tables what they say of these objects."""
    for column in (contested.c.object, gone.c.object, barred.c.object):
        remove(connection, column, standings)
    for kind, ids in kinds(standings).items():
        remove(connection, TABLES[kind].c.id, ids)


def rebuild(connection: Connection) -> None:
    """Throws the tables of the nouns away and makes them anew from the log."""
    STATE.drop_all(connection)
    STATE.create_all(connection)
    for some in all_standings(connection):
        show(connection, some, known=())
    connection.execute(delete(tables.file).where(tables.file.c.name == "tables"))
    connection.execute(insert(tables.file), {"name": "tables", "value": tables.fingerprint()})


# Rows and nouns -------------------------------------------------------------------------------------------------------


def noun_of(kind: str, row) -> Any:
    """The noun in a row of its table."""
    return NOUNS[kind](*row[:-1])


def row_of(stand: Standing) -> tuple | None:
    """The row that shows an object as it stands, with the revision it comes from; None for what is retracted or unknown."""
    noun = stand.noun()
    return _row(noun, stand) if noun else None


def _row(noun: Noun, stand: Standing) -> tuple:
    assert stand.shown is not None, "a noun that nothing shows"
    return (*_fields_of(type(noun))(noun), stand.shown.id)


@cache
def _fields_of(noun: type[Noun]) -> Callable[[Noun], tuple]:
    return attrgetter(*noun.__match_args__)


def contested_rows(id: str, stand: Standing) -> list[tuple]:
    return [(id, head.id) for head in stand.heads] if stand.is_contested else []


def barred_rows(id: str, stand: Standing) -> list[tuple]:
    return [(one, id, why) for one, why in stand.barred]


def gone_rows(connection: Connection, standings: Mapping[str, Standing]) -> list[tuple]:
    """Where each of these objects that is retracted had been: what the tables of the nouns no longer tell."""
    retracted = [head for stand in standings.values() if stand.shown is None for head in stand.heads]
    parents = {parent for head in retracted if head.kind in ("annotation", "memo") for parent in head.parents}
    rows: dict[str, tuple] = {}
    for row in among(connection, LOGGED, revision.c.id, parents):
        match noun := Revision(*row).noun():
            case Annotation():
                rows[noun.id] = noun.id, noun.document, noun.round
            case Memo() if not noun.is_bookmark:
                rows[noun.id] = noun.id, noun.about, ""
    return list(rows.values())


def kinds(standings: Mapping[str, Standing]) -> dict[str, list[str]]:
    """Kind -> ids of its objects. Kinds from a newer version have no table here and stay in the log."""
    found: dict[str, list[str]] = {}
    for id, stand in standings.items():
        if stand.heads and (kind := stand.heads[0].kind) in TABLES:
            found.setdefault(kind, []).append(id)
    return found


def among(connection: Connection, query: Select, column: Column, values: Iterable[str | int]) -> list[Row]:
    """The rows of `query` whose column is one of `values`, however many those are."""
    given = list(values)
    return list(connection.execute(query.where(column.in_(GIVEN)), {"given": json.dumps(given)})) if given else []


def remove(connection: Connection, column: Column, values: Iterable[str]) -> None:
    """Takes away the rows whose column is one of `values`."""
    if given := list(values):
        connection.execute(delete(column.table).where(column.in_(GIVEN)), {"given": json.dumps(given)})


def _insert(connection: Connection, table: Table, names: Sequence[str], rows: Iterable[tuple]) -> None:
    """Inserts rows whose values are in the order of these names. They go to the driver as they are: SQLAlchemy would look at
    each of them."""
    columns = list(zip(*rows, strict=True))
    if not columns:
        return
    for at, name in enumerate(names):
        if to_sql := table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect):
            columns[at] = tuple(map(to_sql, columns[at]))
    connection.exec_driver_sql(_inserting(table, tuple(names)), list(zip(*columns, strict=True)))


@cache
def _inserting(table: Table, names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    return f'INSERT INTO "{table.name}" ({columns}) VALUES ({", ".join("?" * len(names))})'
