"""The SQL of merging: the union of what came with what is here. Knows nobody: rights are `project.py`'s business.

Ids, texts and declared gaps are sets, and what an object is depends on the set of its revisions alone. So packages may come
in any order, in pieces and again.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, exists, insert, or_, select

from . import erasing, store, tables
from .errors import AnnotatorError, Damaged, Refused
from .model import Annotation, Noun
from .packages import Package, Receipt, contents_named
from .revisions import Revision, Standing, Withheld, chain_problems, is_unbroken, united
from .rights import GIVING, PURGED, Roles, is_purged
from .tables import TABLES, barred, contested, known_key, receipt, revision, withheld

Progress = Callable[[int, int], None]
SIGNER = "signer "  # and a device: the fact of a file that says who signs with its key
AT_ONCE = 2000  # revisions, or objects, between two words on how far it is
COUNTS = ("revisions", "new", "changed", "contested", "orphans", "barred", "purged")


class _Work(NamedTuple):
    """The open transaction, and how far it is: every revision is counted when it is logged and when it is shown."""

    connection: Connection
    progress: Progress
    cancelled: Callable[[], bool]
    total: int

    def must_go_on(self) -> None:
        """Raises Refused when somebody said stop."""
        if self.cancelled():
            raise Refused("package.cancelled")

    def slices(self, of: Sequence, begun: int = 0) -> Iterator[Sequence]:
        for start in range(0, len(of), AT_ONCE):
            self.must_go_on()
            yield of[start : start + AT_ONCE]
            self.progress(min(self.total, begun + min(len(of), start + AT_ONCE)), self.total)


def unite(
    connection: Connection, packages: Sequence[Package], actor: str, progress: Progress, cancelled: Callable[[], bool]
) -> list[Receipt]:
    """Adds what is not here yet, in one transaction that the caller ends, and logs a receipt of each package. Raises
    Damaged for an id that is here with another hash, and Refused when it was cancelled: nothing is kept then."""
    work = _Work(connection, progress, cancelled, 2 * sum(len(one.revisions) for one in packages))
    before = store.roles_given(connection)
    known = _known(connection, {one.object for package in packages for one in package.revisions})
    news, logged = [], 0
    for package in packages:
        news.append(_log(work, package, logged, before))
        logged += len(package.revisions)
        _keep_contents(connection, package)
        _declare(connection, package.withheld)
        _remember(connection, package.keys)
    new = {one.id: one for made in news for one in made}
    touched = {one.object for one in new.values()}
    gives = any(one.kind in GIVING for one in new.values())
    by = store.roles_given(connection) if gives else before
    if by != before:
        again = set(connection.scalars(select(barred.c.object)))
        touched, known = touched | again, known | again
    lost = _show(work, new.values(), touched, known, by, logged)
    if by.purged != before.purged:
        erasing.take_out(connection, by.purged - before.purged)
    receipts = [_receipt(work, package, made, lost, actor) for package, made in zip(packages, news, strict=True)]
    work.must_go_on()
    return receipts


def begin(connection: Connection, made: Sequence[Revision]) -> None:
    """Writes the first revisions of a new project."""
    store.append(connection, made)
    store.show(connection, {one.object: Standing((one,)) for one in made}, known=())


def begin_from(connection: Connection, package: Package) -> None:
    """Lets an empty file receive its first package."""
    unite(connection, [package], package.coder, lambda done, total: None, lambda: False)


def _log(work: _Work, package: Package, begun: int, by: Roles) -> list[Revision]:
    """Adds the revisions of a package that are not here yet, without words what is purged, and returns them."""
    new: dict[str, Revision] = {}
    for some in work.slices(package.revisions, begun):
        given = {one.id: one for one in some}
        rows = store.among(work.connection, select(revision.c.id, revision.c.hash), revision.c.id, given)
        known = dict(map(tuple, rows))
        twins = [one for one in some if one.hash != known.get(one.id, given[one.id].hash)]
        if twins:
            raise Damaged("package.two_bodies", name=package.name, revision=twins[0].id)
        fresh = {id: _without_words(one, by) for id, one in given.items() if id not in known}
        store.append(work.connection, fresh.values())
        new |= fresh
    return list(new.values())


def _without_words(one: Revision, by: Roles) -> Revision:
    return replace(one, body="") if by.purged and is_purged(one, by.purged) else one


def _keep_contents(connection: Connection, package: Package) -> None:
    """Stores the texts and originals that documents here or in the package name, and nothing else that came along."""
    if package.contents:
        table = TABLES["document"]
        named = contents_named(package.revisions)
        for row in connection.execute(select(table.c.text, table.c.original)):
            named |= {sha256 for sha256 in row if sha256}
        for sha256 in sorted(named & package.contents.keys()):
            store.keep(connection, package.contents[sha256])


def _declare(connection: Connection, declared: Iterable[Withheld]) -> None:
    """Adds numbers that a sender kept back to those known to be."""
    by_device: dict[str, list[tuple[int, int]]] = {}
    for device, first, last in declared:
        by_device.setdefault(device, []).append((first, last))
    for device, ranges in by_device.items():
        here = connection.execute(select(withheld.c.first, withheld.c.last).where(withheld.c.device == device))
        rows = united([*ranges, *((first, last) for first, last in here)])
        connection.execute(delete(withheld).where(withheld.c.device == device))
        connection.execute(insert(withheld), [{"device": device, "first": first, "last": last} for first, last in rows])


def _remember(connection: Connection, keys: Iterable[tuple[str, str, str]]) -> None:
    now = _now()
    for device, key, person in keys:
        store.say(connection, f"{SIGNER}{device}", person)
        connection.execute(delete(known_key).where(known_key.c.device == device, known_key.c.key != key))
        if connection.scalar(select(known_key.c.key).where(known_key.c.device == device)) is None:
            connection.execute(insert(known_key), {"device": device, "key": key, "at": now})


def _show(
    work: _Work, new: Iterable[Revision], touched: set[str], known: set[str], by: Roles, begun: int
) -> list[Annotation]:
    """Brings the tables to what the log says of these objects now; of the `known` there was something in it before. Returns
    the annotations that are shown and lost."""
    came: dict[str, list[Revision]] = {}
    for one in new:
        came.setdefault(one.object, []).append(one)
    lost: list[Annotation] = []
    for some in work.slices(sorted(touched), begun):
        rows = store.among(work.connection, store.LOGGED, revision.c.object, [id for id in some if id in known])
        groups = groupby(sorted(rows, key=store.by_object), store.by_object)
        here = {id: store.judged([Revision(*row) for row in group], by) for id, group in groups}
        fresh = {id: store.judged(came[id], by) for id in some if id not in known}
        lost += _lost(work.connection, store.show(work.connection, here | fresh, known=known).values())
    return lost


def _known(connection: Connection, objects: set[str]) -> set[str]:
    """Those of these objects of which something is in the log."""
    return {id for (id,) in store.among(connection, select(revision.c.object).distinct(), revision.c.object, objects)}


def _receipt(work: _Work, package: Package, new: list[Revision], lost: list[Annotation], actor: str) -> Receipt:
    connection = work.connection
    ids, objects = {one.id for one in new}, {one.object for one in package.revisions}
    given = {one.id for one in package.revisions}
    named = {one.object for one in new}
    changed = {one.object for one in new if one.parents and not ids.issuperset(one.parents)}
    undecided = objects & set(connection.scalars(select(contested.c.object)))
    out = given & set(connection.scalars(select(barred.c.revision).where(barred.c.why != PURGED)))
    lost = [one for one in lost if one.id in named]
    work.must_go_on()
    problems = chains(connection, {one.device for one in package.revisions})
    names = store.people(connection) if problems else {}
    told = [store.in_names(problem, names) for problem in problems]
    counts = (
        len(given),
        len(new),
        len(changed),
        len(undecided),
        len(lost),
        len(out),
        sum(one.is_purged for one in new),
    )
    made = Receipt(package.coder, package.name, package.sha256, _now(), *counts, tuple(lost), tuple(told))
    values = {"at": made.at, "actor": actor, "sender": made.sender, "name": made.name, "sha256": made.sha256}
    said = {name: getattr(made, name) for name in COUNTS}
    connection.execute(insert(receipt), values | {"counts": said})
    return made


def chains(connection: Connection, devices: Iterable[str]) -> list[AnnotatorError]:
    """Gaps, broken links and forks in the chains of these devices; people by id."""
    links = select(revision.c.seq, revision.c.prev, revision.c.hash).order_by(revision.c.seq)
    odd = [one for one in devices if not is_unbroken(connection.execute(links.where(revision.c.device == one)))]
    columns = ("id", "device", "seq", "prev", "hash", "actor", "at", "label")
    rows = store.among(connection, select(*(revision.c[name] for name in columns)), revision.c.device, odd)
    return chain_problems(rows, declared(connection)) if odd else []


def _lost(connection: Connection, nouns: Iterable[Noun]) -> list[Annotation]:
    """The annotations among these whose quoted words are not at their place, or whose text is not here."""
    by_document: dict[str, list[Annotation]] = {}
    for noun in nouns:
        if isinstance(noun, Annotation):
            by_document.setdefault(noun.document, []).append(noun)
    found = []
    for document, annotations in sorted(by_document.items()):
        text = store.text_of(connection, document)
        found += [one for one in annotations if text is None or not one.fits(text)]
    return found


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


# Reads ----------------------------------------------------------------------------------------------------------------


def barred_revisions(connection: Connection) -> list[tuple[Revision, str]]:
    """The revisions that count nowhere, in the order they came, each with the key of the reason; but for the purged ones."""
    query = select(barred.c.revision, barred.c.why).where(barred.c.why != PURGED)
    why = dict(map(tuple, connection.execute(query)))
    wanted = select(barred.c.revision).where(barred.c.why != PURGED)
    return [(one, why[one.id]) for one in store.revisions(connection, revision.c.id.in_(wanted))]


def receipts(connection: Connection) -> list[Receipt]:
    """What came in by packages, the oldest first."""
    rows = connection.execute(select(receipt).order_by(receipt.c.position))
    return [
        Receipt(row.sender, row.name, row.sha256, row.at, *(row.counts.get(name, 0) for name in COUNTS)) for row in rows
    ]


def keys_of(connection: Connection, devices: Iterable[str]) -> dict[str, str]:
    """Device -> the key it is known by, of those that are known."""
    rows = store.among(connection, select(known_key.c.device, known_key.c.key), known_key.c.device, devices)
    return dict(map(tuple, rows))


def keys_of_people(connection: Connection, people: Collection[str], seen: ColumnElement[bool]) -> list[str]:
    """The known keys of devices with which one of these people signed, or made a revision that may be seen."""
    made = exists().where(revision.c.device == known_key.c.device, revision.c.actor.in_(people), seen)
    signed = exists().where(tables.file.c.name == SIGNER + known_key.c.device, tables.file.c.value.in_(people))
    return sorted(set(connection.scalars(select(known_key.c.key).where(or_(made, signed)))))


def declared(connection: Connection) -> list[Withheld]:
    """The numbers of each device that a sender kept back on purpose."""
    rows = connection.execute(select(withheld.c.device, withheld.c.first, withheld.c.last).order_by(*withheld.c))
    return [(device, first, last) for device, first, last in rows]
