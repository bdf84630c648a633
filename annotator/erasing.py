"""The SQL of a purge: words of documents are taken out of the log, the tables, the texts and the index.

Numbers, authors, times and hashes of revisions stay, so the chains of all devices still hold. What is taken out leaves pages
that `storage.scrub` writes anew; until that has happened the file says of itself that it is due.
"""

from collections.abc import Collection
from itertools import groupby

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, func, or_, select, update

from . import store, text_index
from .model import Document
from .revisions import Revision
from .rights import EMPTY
from .tables import TABLES, content, revision

DUE = "scrub"  # the fact of a file that holds traces of what was taken out, in itself or in its backups


def take_out(connection: Connection, documents: Collection[str]) -> int:
    """Takes all that was said of these purged documents out, and brings the tables to what is left. The purges themselves
    must stand in their table. Returns how many revisions lost their words."""
    connection.exec_driver_sql("PRAGMA secure_delete=ON")
    found = store.revisions(connection, or_(*map(_says, documents))) if documents else []
    texts = {
        sha256 for one in found if isinstance(noun := one.noun(), Document) for sha256 in (noun.text, noun.original)
    }
    emptied = update(revision).where(revision.c.id == bindparam("emptied")).values(body="")
    if found:
        connection.execute(emptied, [{"emptied": one.id} for one in found])
    _show_anew(connection, found)
    for sha256 in (texts | store.purged_texts(connection)) - _still_used(connection):
        connection.execute(delete(content).where(content.c.sha256 == sha256))
    text_index.drop(connection)
    store.forget_drafts(connection)
    store.say(connection, DUE, "due")
    return len(found)


def scrubbed(connection: Connection) -> None:
    """The file holds no traces any more."""
    store.say(connection, DUE, "")


def _says(document: str) -> ColumnElement[bool]:
    """Whether a revision says something of a document; the same that `rights.is_purged` says of one in memory."""
    named = and_(revision.c.kind.not_in(EMPTY), func.instr(revision.c.body, f'"{document}"') > 0)
    itself = and_(revision.c.kind == "document", revision.c.object == document)
    return and_(revision.c.op == "put", revision.c.body != "", or_(itself, named))


def _show_anew(connection: Connection, found: Collection[Revision]) -> None:
    """Nothing that was purged is shown; what else there is of the same objects, taken back as it was, is seen to as well."""
    by, objects = store.roles_given(connection), {one.object for one in found}
    for kind in {one.kind for one in found} & TABLES.keys():
        store.remove(connection, TABLES[kind].c.id, objects)
    rows = sorted(store.among(connection, store.LOGGED, revision.c.object, objects), key=store.by_object)
    groups = groupby((Revision(*row) for row in rows), store.by_object)
    store.show(connection, {id: store.judged(group, by) for id, group in groups})


def _still_used(connection: Connection) -> set[str]:
    """The texts of documents that are there: one that was brought in elsewhere, and happens to be alike, keeps its own."""
    purged = store.purged_texts(connection)
    return set(connection.scalars(select(TABLES["document"].c.text))) - purged
