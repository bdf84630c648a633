"""What happened to a document in a round: the SQL of its history, and of how long its coders were at it. Knows nobody:
rights are `project.py`'s business."""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, Table, func, literal, select, union_all
from sqlalchemy.sql.selectable import CompoundSelect

from .model import Annotation, Edit, Memo, Noun
from .revisions import Revision, Standing, standing
from .store import LOGGED, among, by_object, revisions
from .tables import TABLES, gone, revision

FEW = 20  # edits of one change that are told one by one


class Step(NamedTuple):
    """One change as it touched one document. Of a change of very many edits only the first is here; `total` is of all."""

    change: str
    label: str
    at: str  # UTC
    actor: str  # coder id
    total: int  # edits on this document
    edits: tuple[Edit, ...]


def steps(connection: Connection, document: str, round: str, *readable, start: int, most: int) -> list[Step]:
    """The changes that touched a document in a round, the newest first, from the `start`th on. What only moved bookmarks
    is left out."""
    about = revision.c.object.in_(_objects(document, round))
    first, last = func.min(revision.c.position), func.max(revision.c.position)
    query = select(revision.c.change, first, func.count()).where(about, *readable).group_by(revision.c.change)
    deeds = connection.execute(query.order_by(last.desc()).offset(start).limit(most)).all()
    small = [change for change, _, count in deeds if count <= FEW]
    large = [position for _, position, count in deeds if count > FEW]
    found = among(connection, LOGGED.where(about, *readable), revision.c.change, small)
    found += among(connection, LOGGED, revision.c.position, large)
    made = [Revision(*row) for row in found]
    befores = _befores(connection, made)
    by_change: dict[str, list[Revision]] = {}
    for one in sorted(made, key=lambda one: (one.at, one.seq)):
        by_change.setdefault(one.change, []).append(one)
    told = [_step(count, by_change[change], befores) for change, _, count in deeds]
    return [step for step in told if step.edits]


def then(
    connection: Connection, document: str, round: str, change: str, coder: str, *readable
) -> dict[str, Annotation]:
    """Id -> each annotation of a coder in a document and round as it stood just after a change."""
    last = connection.scalar(select(func.max(revision.c.position)).where(revision.c.change == change)) or 0
    about = revision.c.object.in_(_objects(document, round)), revision.c.kind == "annotation"
    known = sorted(revisions(connection, *about, revision.c.position <= last, *readable), key=by_object)
    nouns = (standing(group).noun() for _, group in groupby(known, by_object))
    return {noun.id: noun for noun in nouns if isinstance(noun, Annotation) and noun.coder == coder}


class Worked(NamedTuple):
    """What one person did on a document in a round: so long, and last then (UTC). "" says that it is not known."""

    seconds: int
    last: str


def worked(
    connection: Connection, readable: Callable[[Table], ColumnElement[bool]], *, document: str | None
) -> dict[tuple[str, str, str], Worked]:
    """(document, coder, round) -> what its coder did there themselves: annotated, marked as done, sat there."""
    deeds = []
    for kind in ("annotation", "assignment", "sitting"):
        table = TABLES[kind]
        seconds = table.c.seconds if kind == "sitting" else literal(0)
        own = revision.c.actor == table.c.coder, readable(table)
        deed = select(table.c.document, table.c.coder, table.c.round, seconds.label("seconds"), revision.c.at)
        deed = deed.join(revision, revision.c.id == table.c.revision).where(*own)
        deed = deed.where(table.c.done) if kind == "assignment" else deed
        deeds.append(deed if document is None else deed.where(table.c.document == document))
    done = union_all(*deeds).subquery()
    place = done.c.document, done.c.coder, done.c.round
    rows = connection.execute(select(*place, func.sum(done.c.seconds), func.max(done.c.at)).group_by(*place))
    return {(document, coder, round): Worked(seconds, last) for document, coder, round, seconds, last in rows}


class Begun(NamedTuple):
    """When the first of the annotations that are in a document was made (UTC), by which change, and under which codebook
    version the last ones were. Changes ascend as they were made, also where a clock was set back."""

    at: str
    change: str
    codebook: str | None


def first_coded(connection: Connection, *readable) -> dict[tuple[str, str], Begun]:
    """(document, round) -> when coding began there; where nothing is coded it is left out."""
    table = TABLES["annotation"]
    place = table.c.document, table.c.round
    found = func.min(revision.c.at), func.min(revision.c.change), func.max(table.c.codebook_version)
    query = select(*place, *found).join(revision, revision.c.object == table.c.id).where(*readable)
    return {(document, round): Begun(*found) for document, round, *found in connection.execute(query.group_by(*place))}


def _objects(document: str, round: str) -> CompoundSelect:
    """The ids of all that a history of a document tells of, the retracted ones too."""

    def here(kind: str) -> Select:
        table = TABLES[kind]
        return select(table.c.id).where(table.c.document == document, table.c.round == round)

    memo = TABLES["memo"]
    return union_all(
        here("annotation"),
        here("assignment"),
        select(memo.c.id).where(memo.c.about == document, memo.c.words != ""),
        select(gone.c.object).where(gone.c.document == document, gone.c.round.in_(("", round))),
        select(literal(document)),
    )


def _befores(connection: Connection, made: Iterable[Revision]) -> dict[str, Noun | None]:
    """Revision id -> the noun as it was before."""
    made = list(made)
    wanted = {parent for one in made for parent in one.parents}
    parents = {row.id: Revision(*row) for row in among(connection, LOGGED, revision.c.id, wanted)}
    return {one.id: Standing(tuple(parents[id] for id in one.parents if id in parents)).noun() for one in made}


def _step(count: int, made: list[Revision], befores: dict[str, Noun | None]) -> Step:
    edits = [Edit(befores[one.id], one.noun()) for one in made if befores[one.id] or one.op == "put"]
    kept = tuple(edit for edit in edits if not (isinstance(edit.noun, Memo) and edit.noun.is_bookmark))
    first = made[0]
    return Step(first.change, first.label, first.at, first.actor, count, kept)
