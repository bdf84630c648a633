"""The memos of one document, and when each became what it is: SQL. Knows nobody: rights are `project.py`'s business."""

import json
from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, select

from .model import Memo
from .revisions import Revision
from .store import LOGGED, among, noun_of
from .tables import TABLES, revision

SAID = {"memo": "words", "annotation": "memo"}  # kind -> the field that holds the words


def about(connection: Connection, ids: Collection[str], readable: ColumnElement[bool]) -> list[Memo]:
    """The memos and bookmarks on these objects and on places in them, in the order in which they were made."""
    table = TABLES["memo"]
    rows = among(connection, select(table).where(readable), table.c.about, ids)
    return sorted((noun_of("memo", row) for row in rows), key=lambda memo: memo.id)


def of_annotations(
    connection: Connection, document: str, round: str, readable: ColumnElement[bool]
) -> dict[str, tuple[str, str]]:
    """Annotation id -> its coder and its memo, of those of a document in a round that have one."""
    table = TABLES["annotation"]
    place = (table.c.document == document, table.c.round == round, table.c.memo != "")
    rows = connection.execute(select(table.c.id, table.c.coder, table.c.memo).where(readable, *place))
    return {id: (coder, memo) for id, coder, memo in rows}


def written(connection: Connection, ids: Collection[str], readable: ColumnElement[bool]) -> dict[str, str]:
    """Id of a memo, or of an annotation that has one -> when its words became what they are, in UTC."""
    rows = among(connection, LOGGED.where(readable, revision.c.kind.in_([*SAID])), revision.c.object, ids)
    said: dict[str, tuple[str, str]] = {}
    for one in sorted(
        (Revision(*row) for row in rows), key=lambda one: one.id
    ):  # a clock that was set back says nothing
        words = json.loads(one.body).get(SAID[one.kind], "")
        if one.object not in said or said[one.object][0] != words:
            said[one.object] = words, one.at
    return {id: at for id, (_, at) in said.items()}
