"""What can be wrong with a project file. Reads only; returns errors instead of raising them; [] means all is well."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, select
from sqlalchemy.exc import DatabaseError

from . import storage, text_index
from .errors import AnnotatorError, Damaged
from .model import Annotation, Attribute, Coder, Noun, name_of
from .revisions import Revision, Standing, is_whole, told
from .rights import readable
from .store import (
    LOGGED,
    all_standings,
    barred_rows,
    contested_rows,
    fact,
    gone_rows,
    in_names,
    noun_of,
    people,
    purged_texts,
    roles_given,
    row_of,
)
from .tables import STATE, TABLES, content, revision
from .union import barred_revisions, chains

HIDDEN = "…"  # instead of what a person may not read
NEVER_PURGED = ("project", "attribute", "code", "codebook_version", "coder", "round", "entity", "sitting", "purge")
MOST = 50  # problems of one kind that are told one by one
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError)  # what making a noun of a damaged body raises


class _Check(NamedTuple):
    """What is looked at, and for whom."""

    connection: Connection
    project: str
    reader: Coder


def problems(connection: Connection, project: str, *, reader: Coder, rebuild: bool) -> list[AnnotatorError]:
    """Everything wrong with the file, its log, its chains, its texts, its references and, with `rebuild`, its tables.
    Nothing is told of annotations that `reader` may not read but that something is wrong with one."""
    check = _Check(connection, project, reader)
    parts = [_file, _log, _chains, _barred, _texts, _annotations, _dangling, _index] + [_tables] * rebuild
    found: list[AnnotatorError] = []
    for part in parts:
        try:
            found.extend(part(check))
        except DatabaseError as error:
            found.append(Damaged("file.damaged", report=error.orig))
        except UNREADABLE as error:
            found.append(Damaged("file.damaged", report=error))
    names = _names(connection) if found else {}
    return list(_bounded(in_names(problem, names) for problem in found))


def _names(connection: Connection) -> dict[str, str]:
    try:
        return people(connection)
    except (DatabaseError, *UNREADABLE):
        return {}


def _bounded(found: Iterable[AnnotatorError]) -> Iterator[AnnotatorError]:
    """At most so many of a kind: one damaged page can spoil a thousand revisions."""
    seen = Counter[str]()
    for problem in found:
        seen[problem.key] += 1
        if seen[problem.key] <= MOST:
            yield problem
    for key, count in seen.items():
        if count > MOST:
            yield AnnotatorError("check.more", count=count - MOST, problem=key)


def _file(check: _Check) -> Iterator[AnnotatorError]:
    for report in storage.damage(check.connection):
        yield Damaged("file.damaged", report=report)


def _log(check: _Check) -> Iterator[AnnotatorError]:
    objects = dict(map(tuple, check.connection.execute(select(revision.c.id, revision.c.object))))
    purged = roles_given(check.connection).purged
    for row in check.connection.execution_options(yield_per=2000).execute(LOGGED):
        one = Revision(*row)
        if not (is_whole(check.project, one) or _is_purged_rightly(one, purged)):
            yield Damaged("log.altered", **told(one))
        if any(objects.get(parent) != one.object for parent in one.parents):
            yield Damaged("log.no_parent", **told(one))


def _is_purged_rightly(one: Revision, purged: Collection[str]) -> bool:
    """Whether a body may be missing: of what it said only its author's number, time and hash are left."""
    mine = one.object in purged if one.kind == "document" else bool(purged) and one.kind not in NEVER_PURGED
    return one.is_purged and one.op == "put" and mine


def _chains(check: _Check) -> list[AnnotatorError]:
    """Gaps, broken links and forks in the chains of all devices."""
    return chains(check.connection, check.connection.scalars(select(revision.c.device).distinct()).all())


def _barred(check: _Check) -> Iterator[AnnotatorError]:
    """Steps that came in and count nowhere. Those of others are told to a supervisor only."""
    for one, why in barred_revisions(check.connection):
        if check.reader.role == "supervisor" or one.actor == check.reader.id:
            yield AnnotatorError(why, kind=one.kind, name=_called(one), **told(one))


def _called(one: Revision) -> str:
    try:
        noun = one.noun()
    except UNREADABLE:
        noun = None
    return name_of(noun) if noun else one.object


def _texts(check: _Check) -> Iterator[AnnotatorError]:
    """Texts and originals that were altered, or are not here."""
    document, here = TABLES["document"], set[str]()
    is_sent = bool(fact(check.connection, "made for"))  # originals are not sent along
    documents = check.connection.execute(select(document.c.text, document.c.original, document.c.title)).all()
    used = {sha256: title for text, original, title in documents for sha256 in (text, original)}
    purged = purged_texts(check.connection) - {text for text, _, _ in documents}
    for sha256, data in check.connection.execution_options(yield_per=20).execute(select(content)):
        here.add(sha256)
        if sha256 in purged:
            yield Damaged("purge.text_here")
        if hashlib.sha256(data).hexdigest() != sha256:
            yield Damaged("text.altered", used=used.get(sha256, "of no document"), sha256=sha256)
    for text, original, title in documents:
        if text not in here:
            yield Damaged("text.absent", title=title)
        if original is not None and original not in here | purged and not is_sent:
            yield Damaged("original.absent", title=title)


def _annotations(check: _Check) -> Iterator[AnnotatorError]:
    """Annotations whose quotes are not at their place, and those that name attributes or entities that are not here."""
    document, annotation, entity = TABLES["document"], TABLES["annotation"], TABLES["entity"]
    attributes = {one.id: one for one in _all(check, "attribute")}
    entities = set(check.connection.scalars(select(entity.c.id)))
    seen = set(check.connection.scalars(select(annotation.c.id).where(readable(check.reader, annotation))))
    for id, title, sha256 in check.connection.execute(select(document.c.id, document.c.title, document.c.text)).all():
        data = check.connection.scalar(select(content.c.data).where(content.c.sha256 == sha256))
        text = None if data is None else data.decode(errors="replace")
        for row in check.connection.execute(select(annotation).where(annotation.c.document == id)):
            one = noun_of("annotation", row)
            if text is not None and not one.fits(text):
                told = {"annotation": one.id, "who": one.coder, "title": title, "quote": name_of(one)}
                yield AnnotatorError("annotation.orphan", **(told if one.id in seen else dict.fromkeys(told, HIDDEN)))
            for of in _lost(one, attributes, entities):
                yield _points_nowhere("annotation", one, of, is_seen=one.id in seen)


def _lost(one: Annotation, attributes: dict[str, Attribute], entities: set[str]) -> Iterator[str]:
    """The kinds of what an annotation names and is not here."""
    for id, value in one.attributes.items():
        if id not in attributes:
            yield "attribute"
        elif attributes[id].type == "entity" and value not in entities:
            yield "entity"


def _dangling(check: _Check) -> Iterator[AnnotatorError]:
    for kind, table in TABLES.items():
        for column in table.c:
            if of := column.info.get("of"):
                lost = select(table).where(column.is_not(None), column.not_in(select(TABLES[of].c.id)))
                seen = set(check.connection.scalars(select(table.c.id).where(readable(check.reader, table))))
                for row in check.connection.execute(lost):
                    yield _points_nowhere(kind, noun_of(kind, row), of, is_seen=row.id in seen)


def _points_nowhere(kind: str, noun: Noun, of: str, *, is_seen: bool) -> AnnotatorError:
    told = {"id": noun.id, "name": name_of(noun)} if is_seen else {"id": HIDDEN, "name": HIDDEN}
    return AnnotatorError("noun.dangling", kind=kind, of=of, **told)


def _index(check: _Check) -> Iterator[AnnotatorError]:
    """An index of words that does not fit the texts. None at all is fine: it is made when it is first needed."""
    if text_index.is_there(check.connection) and not text_index.is_right(check.connection):
        yield AnnotatorError("index.wrong")


def _tables(check: _Check) -> Iterator[AnnotatorError]:
    """Folds the whole log anew and compares every row and every column with the tables, both ways."""
    should: dict[str, set[bytes]] = {table.name: set() for table in STATE.sorted_tables}
    for some in all_standings(check.connection):
        should["gone"] |= {_print(row) for row in gone_rows(check.connection, some)}
        for id, stand in some.items():
            should["barred"] |= {_print(row) for row in barred_rows(id, stand)}
            should["contested"] |= {_print(row) for row in contested_rows(id, stand)}
            try:
                row = row_of(stand)
            except UNREADABLE:
                yield from _unreadable(stand)
                continue
            if row:
                should[stand.heads[0].kind].add(_print(row))
    for table in STATE.sorted_tables:
        rows = check.connection.execution_options(yield_per=2000).execute(select(table))
        found = {_print(row) for row in rows}
        if found != should[table.name]:
            missing, extra = len(should[table.name] - found), len(found - should[table.name])
            yield Damaged("table.differs", kind=table.name, missing=missing, extra=extra)


def _unreadable(stand: Standing) -> Iterator[AnnotatorError]:
    if stand.shown:
        yield Damaged("log.unreadable", **told(stand.shown))


def _all(check: _Check, kind: str) -> list[Any]:
    return [noun_of(kind, row) for row in check.connection.execute(select(TABLES[kind]))]


def _print(row: Iterable) -> bytes:
    """A row's fingerprint: 16 bytes instead of the row, or the check of a large project would need a gigabyte."""
    return hashlib.blake2b(repr(tuple(row)).encode(), digest_size=16).digest()
