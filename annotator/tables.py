"""The tables of a project file. Those of the log are the truth; those of the nouns follow from it and can be thrown away.

No foreign keys between nouns: a merge may bring an annotation before its code. `Project.check` names what points nowhere.
No autoincrement key leaves the file: `position` is only the order of arrival in this copy.
"""

import hashlib
import json
import typing
from dataclasses import fields
from json.encoder import encode_basestring as quoted
from typing import Any

from sqlalchemy import Boolean, Column, Float, Index, Integer, LargeBinary, MetaData, String, Table, Text, event
from sqlalchemy.schema import DDL, CreateIndex, CreateTable
from sqlalchemy.types import UserDefinedType

from .model import FORMAT, NOUNS, Names, Spans, canonical_json, decoder

LOG, STATE = MetaData(), MetaData()
HEAD = "0003"  # the newest of migrations/versions; a file that names another one is older, or from a newer program
Id = String(36)


def _names(value: Names) -> str:
    return f"[{','.join(map(quoted, value))}]"


def _spans(value: Spans) -> str:
    return f"[{','.join([f'[{start},{end}]' for start, end in value])}]"


WRITTEN = {Names: _names, Spans: _spans}  # as `canonical_json` does, and quicker


class Json(UserDefinedType):
    """Canonical JSON as text, on SQLite and on PostgreSQL alike (JSONB would reorder it and round its numbers)."""

    cache_ok = True

    def __init__(self, hint: Any = dict):
        self.hint = hint

    def get_col_spec(self, **_):
        return "TEXT"

    def bind_processor(self, dialect):
        return WRITTEN.get(self.hint, canonical_json)

    def result_processor(self, dialect, coltype):
        read, decode = json.JSONDecoder().raw_decode, decoder(self.hint)
        return (lambda value: decode(read(value)[0])) if decode else lambda value: read(value)[0]


file = Table("file", LOG, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))
content = Table(
    "content", LOG, Column("sha256", String(64), primary_key=True), Column("data", LargeBinary, nullable=False)
)
withheld = Table(
    "withheld",
    LOG,
    Column("device", Id, primary_key=True),
    Column("first", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
)
revision = Table(
    "revision",
    LOG,
    Column("position", Integer, primary_key=True),
    Column("id", Id, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("object", Id, nullable=False, index=True),
    Column("op", Text, nullable=False),
    Column("parents", Json(tuple[str, ...]), nullable=False),
    Column("actor", Id, nullable=False),
    Column("device", Id, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("change", Id, nullable=False, index=True),
    Column("format", Integer, nullable=False, index=True),  # the highest is asked for at every opening
    Column("body", Text, nullable=False),
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("revision_device_seq", "device", "seq"),
)
STEP = revision.c.change == revision.c.id  # the first revision of a change stands for it
Index("revision_steps", revision.c.device, revision.c.actor, revision.c.seq, sqlite_where=STEP)
REFUSES = "BEGIN SELECT RAISE(ABORT, 'revisions are never altered'); END"
KEEPS = " OR ".join(
    f"NEW.{column.name} IS NOT OLD.{column.name}" for column in revision.columns if column.name != "body"
)
PURGES = """OLD.op = 'put' AND EXISTS (SELECT 1 FROM purge WHERE
    (OLD.kind = 'document' AND OLD.object = document) OR
    (OLD.kind NOT IN ('purge', 'sitting') AND instr(OLD.body, '"' || document || '"')))"""
GUARDS = {  # on PostgreSQL: REVOKE. Altered is only what says something of a purged document, and that is its body taken out
    "revision_no_update": f"BEFORE UPDATE ON revision WHEN NEW.body <> '' OR {KEEPS} OR NOT ({PURGES}) {REFUSES}",
    "revision_no_delete": f"BEFORE DELETE ON revision {REFUSES}",
}
for name, guard in GUARDS.items():
    made = DDL(f"CREATE TRIGGER {name} {guard}").execute_if(dialect="sqlite")
    event.listen(revision, "after_create", made)

receipt = Table(  # what came in by packages and copies; of this file only, never sent on
    "receipt",
    LOG,
    Column("position", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("actor", Id, nullable=False),  # who received it
    Column("sender", Id, nullable=False),  # whose work it is
    Column("name", Text, nullable=False),  # of the file, without folders
    Column("sha256", String(64), nullable=False),
    Column("counts", Json(), nullable=False),
)
known_key = Table(  # the key that a device signs with, as first seen in this file, or as a person accepted it later
    "known_key",
    LOG,
    Column("device", Id, primary_key=True),
    Column("key", String(64), nullable=False),
    Column("at", Text, nullable=False),
)

barred = Table(  # revisions in the log that count nowhere: their authors had no right to make them
    "barred",
    STATE,
    Column("revision", Id, primary_key=True),
    Column("object", Id, nullable=False, index=True),
    Column("why", Text, nullable=False),
)
contested = Table("contested", STATE, Column("object", Id, primary_key=True), Column("head", Id, primary_key=True))
gone = Table(  # which document and round a retracted annotation or memo was in: the log alone would have to be searched
    "gone",
    STATE,
    Column("object", Id, primary_key=True),
    Column("document", Id, nullable=False),
    Column("round", Id, nullable=False),  # "" of a memo
    Index("gone_place", "document", "round"),
)


SCALARS = {bool: Boolean, int: Integer, float: Float}


def _table(kind: str, noun: type) -> Table:
    """The table of a noun: a column per field, and the revision that the row shows; an index on where it belongs."""
    hints = typing.get_type_hints(noun)
    columns = [
        Column(
            f.name,
            _type(f.name, hints[f.name], f.metadata),
            primary_key=f.name == "id",
            nullable=type(None) in typing.get_args(hints[f.name]),
            info=dict(f.metadata),
        )
        for f in fields(noun)
    ]
    place = [f.name for f in fields(noun) if f.name in ("document", "coder", "round", "about")]
    indexes = [Index(f"{kind}_place", *place)] if place else []
    return Table(kind, STATE, *columns, Column("revision", Id, nullable=False), *indexes)


def _type(name: str, hint, metadata):
    if name == "id" or "of" in metadata:
        return Id
    if hint is dict or typing.get_origin(hint) is tuple:
        return Json(hint)
    return next((column for plain, column in SCALARS.items() if plain in (hint, *typing.get_args(hint))), Text)


TABLES = {kind: _table(kind, noun) for kind, noun in NOUNS.items()}


def fingerprint() -> str:
    """Changes whenever the tables of the nouns or the format of bodies do: a file with another one is rebuilt from its log."""
    parts = [str(CreateTable(table)) for table in STATE.sorted_tables] + [str(FORMAT)]
    parts += sorted(str(CreateIndex(index)) for table in STATE.sorted_tables for index in table.indexes)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
