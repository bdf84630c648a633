"""What can be wrong with a project file. Reads only; returns errors instead of raising them; [] means all is well."""

import hashlib
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, select

from .errors import AnnotatorError, Damaged
from .revisions import Revision, chain_problems, is_whole
from .store import LOGGED, all_standings, contested_rows, noun_of, row_of
from .tables import STATE, TABLES, content, revision, withheld


def problems(connection: Connection, project: str, *, rebuild: bool) -> list[AnnotatorError]:
    """Everything wrong with the file, its log, its chains, its texts, its references and, with `rebuild`, its tables."""
    parts = [
        _file(connection),
        _log(connection, project),
        chains(connection),
        _texts(connection),
        _dangling(connection),
    ]
    return [problem for part in parts + [_tables(connection)] * rebuild for problem in part]


def chains(connection: Connection, devices: Iterable[str] | None = None) -> list[AnnotatorError]:
    """Gaps, broken links and forks in the chains of these devices, or of all."""
    links = select(revision.c.id, revision.c.device, revision.c.seq, revision.c.prev, revision.c.hash)
    links = links if devices is None else links.where(revision.c.device.in_(list(devices)))
    return chain_problems(connection.execute(links), map(tuple, connection.execute(select(withheld))))


def _file(connection: Connection) -> Iterator[AnnotatorError]:
    for report in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
        if report != "ok":
            yield Damaged("file.damaged", report=report)


def _log(connection: Connection, project: str) -> Iterator[AnnotatorError]:
    objects = dict(map(tuple, connection.execute(select(revision.c.id, revision.c.object))))
    for row in connection.execution_options(yield_per=2000).execute(LOGGED):
        one = Revision(*row)
        if not is_whole(project, one):
            yield Damaged("log.altered", revision=one.id)
        if any(objects.get(parent) != one.object for parent in one.parents):
            yield Damaged("log.no_parent", revision=one.id)


def _texts(connection: Connection) -> Iterator[AnnotatorError]:
    document, annotation = TABLES["document"], TABLES["annotation"]
    for sha256, data in connection.execution_options(yield_per=20).execute(select(content)):
        if hashlib.sha256(data).hexdigest() != sha256:
            yield Damaged("text.altered", sha256=sha256)
    for id, sha256 in connection.execute(select(document.c.id, document.c.text)).all():
        data = connection.scalar(select(content.c.data).where(content.c.sha256 == sha256))
        if data is None:
            yield Damaged("text.absent", document=id)
            continue
        text = data.decode(errors="replace")
        for row in connection.execute(select(annotation).where(annotation.c.document == id)):
            if not noun_of("annotation", row).fits(text):
                yield AnnotatorError("annotation.orphan", annotation=row.id)


def _dangling(connection: Connection) -> Iterator[AnnotatorError]:
    for kind, table in TABLES.items():
        for column in table.c:
            if of := column.info.get("of"):
                lost = select(table.c.id).where(column.is_not(None), column.not_in(select(TABLES[of].c.id)))
                for id in connection.scalars(lost):
                    yield AnnotatorError("noun.dangling", kind=kind, of=of, id=id)


def _tables(connection: Connection) -> Iterator[AnnotatorError]:
    """Folds the whole log anew and compares every row and every column with the tables, both ways."""
    should: dict[str, set[bytes]] = {table.name: set() for table in STATE.sorted_tables}
    for some in all_standings(connection):
        for id, stand in some.items():
            should["contested"] |= {_print(row.values()) for row in contested_rows(id, stand)}
            if row := row_of(stand):
                should[stand.heads[0].kind].add(_print(row.values()))
    for table in STATE.sorted_tables:
        found = {_print(row) for row in connection.execution_options(yield_per=2000).execute(select(table))}
        if found != should[table.name]:
            yield Damaged(
                "table.differs",
                kind=table.name,
                missing=len(should[table.name] - found),
                extra=len(found - should[table.name]),
            )


def _print(row: Iterable) -> bytes:
    """A row's fingerprint: 16 bytes instead of the row, or the check of a large project would need a gigabyte."""
    return hashlib.blake2b(repr(tuple(row)).encode(), digest_size=16).digest()
