"""The project file as one person uses it: opening, the one door for writing, the reads.

The log is the truth. `apply` and `receive` append revisions and bring the tables to what the log then says of the objects
touched, in one transaction. The tables cannot drift from the log but by a fault outside this program; `check` finds that.
"""

import importlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, select
from sqlalchemy.exc import DatabaseError

from . import checking, store, tables
from .errors import AnnotatorError, Damaged, Refused
from .model import UNDO, About, Annotation, Change, Code, Coder, Edit, Noun, Round, assignment_id, new_id
from .packages import Package, examine
from .revisions import Author, Revision, Standing, Withheld, revise
from .rights import may_hear, permit, readable, readable_log
from .tables import LOG, TABLES, content, contested, revision, withheld

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "temp_store=MEMORY", "busy_timeout=5000")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What receiving a package did. Its `problems` (gaps, forks) were accepted all the same, and are to be shown."""

    added: int
    known: int
    problems: list[AnnotatorError]


class Project:
    """One project file, opened by one person on one device. Use it in a `with`."""

    def __init__(self, path: str | Path, *, actor: str, device: str, writing: bool = True, key: str | None = None):
        """Opens a file. `device` is an id from the machine's settings, `key` the 64 hex digits of an encrypted file.
        Raises Refused: no such file or coder, wrong key, or open for writing elsewhere on this machine."""
        if not Path(path).exists():
            raise Refused("project.missing", path=path)
        self.path, self.device, self.listeners = Path(path), device, list[Callable[[Change], None]]()
        self._lock = _lock(path) if writing else None
        self._engine = _engine(path, key)
        try:
            self.id = self._project_id()
            self.actor = self._coder(actor)
        except BaseException:
            self.close()
            raise

    @classmethod
    def create(cls, path: str | Path, *, name: str, supervisor: str, device: str, key: str | None = None) -> "Project":
        """A new project, with one supervisor (who acts) and one round that is not blind."""
        about, coder = About(new_id(), name), Coder(new_id(), supervisor, "supervisor")
        founding = Change("found", tuple(Edit(None, noun) for noun in (about, coder, Round(new_id(), "Main"))))
        package = Package(about.id, tuple(revise(founding, {}, Author(about.id, coder.id, device))), {})
        return cls.create_from(path, package, actor=coder.id, device=device, key=key)

    @classmethod
    def create_from(
        cls, path: str | Path, package: Package, *, actor: str, device: str, key: str | None = None
    ) -> "Project":
        """A new file of the package's project that has received the package: how a coder begins."""
        examine(package, package.project)
        if Path(path).exists():
            raise Refused("project.exists", path=path)
        engine = _engine(path, key)
        with engine.begin() as connection:
            LOG.create_all(connection)
            connection.execute(insert(tables.file), {"name": "project", "value": package.project})
            store.rebuild(connection)
            store.union(connection, package)
        engine.dispose()
        return cls(path, actor=actor, device=device, key=key)

    def close(self) -> None:
        """Folds the write-ahead log into the file, so that the file alone is the project, and lets go of it."""
        self._engine.dispose()
        if self._lock:
            self._lock.close()

    def __enter__(self) -> "Project":
        return self

    def __exit__(self, *_) -> None:
        self.close()

    # Writing ----------------------------------------------------------------------------------------------------------

    def apply(self, change: Change) -> None:
        """The one door for writing: all edits happen and are on disk when this returns, or none and it raises Refused.
        Refuses what the actor may not do, and an edit whose `before` is not what stands now (so undo is safe)."""
        if not change.edits or any(edit.before == edit.after for edit in change.edits):
            raise Refused("change.empty")
        with self._writing() as connection:
            self._permit(connection, change)
            author = store.author(connection, project=self.id, actor=self.actor.id, device=self.device)
            revisions = self._revise(connection, change, author)
            store.append(connection, revisions)
            store.show(connection, {r.object: Standing((r,)) for r in revisions})
        self._tell(change)

    def receive(self, package: Package) -> Receipt:
        """Union of the package's revisions with the log. Again, or in another order: the same project.
        Raises Damaged or Refused, nothing written, on another project, an altered revision or text, a newer format."""
        examine(package, self.id)
        with self._writing() as connection:
            new, edits = store.union(connection, package)
            problems = checking.chains(connection, {r.device for r in new})
        if heard := tuple(edit for edit in edits if may_hear(self.actor, edit)):
            self._tell(Change("receive", heard))
        return Receipt(len(new), len(package.revisions) - len(new), problems)

    def keep(self, data: bytes) -> str:
        """Stores a text or an original, and returns the SHA-256 that a Document names it by."""
        with self._writing() as connection:
            return store.keep(connection, data)

    def rebuild(self) -> None:
        """Makes the tables of the nouns anew from the log."""
        with self._writing() as connection:
            store.rebuild(connection)

    def check(self, *, rebuild: bool = True) -> list[AnnotatorError]:
        """Everything that is not as it should be; [] when all is well. Writes nothing."""
        with self._reading() as connection:
            return checking.problems(connection, self.id, rebuild=rebuild)

    def _revise(self, connection: Connection, change: Change, author: Author) -> list[Revision]:
        try:
            return revise(change, store.standings(connection, [edit.object for edit in change.edits]), author)
        except Refused as refusal:
            if by := refusal.values.get("by"):
                refusal.values["by"] = self.noun("coder", by).name
            raise

    def _permit(self, connection: Connection, change: Change) -> None:
        for edit in change.edits:
            permit(self.actor, edit)
        nouns = [noun for edit in change.edits for noun in (edit.before, edit.after)]
        places = {assignment_id(a.document, a.coder, a.round) for a in nouns if isinstance(a, Annotation)}
        assignment = TABLES["assignment"]
        if store.among(connection, select(assignment.c.id).where(assignment.c.done), assignment.c.id, places):
            raise Refused("right.done")
        gone = {edit.object: edit.kind for edit in change.edits if edit.after is None}
        for id, kind in gone.items():
            self._must_be_unused(connection, kind, id, gone)

    def _must_be_unused(self, connection: Connection, kind: str, id: str, gone: Iterable[str]) -> None:
        for by, table in TABLES.items():
            for column in table.c:
                if column.info.get("of") == kind and (
                    using := set(connection.scalars(select(table.c.id).where(column == id))) - set(gone)
                ):
                    raise Refused("noun.in_use", kind=kind, count=len(using), by=by)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self._lock is None:
            raise Refused("project.read_only")
        with self._engine.execution_options(writing=True).begin() as connection:
            yield connection

    def _tell(self, change: Change) -> None:
        for listener in list(self.listeners):
            listener(change)

    # Reading: everything as this actor may read it ----------------------------------------------------------------------

    def nouns(self, kind: str) -> list[Noun]:
        """All nouns of a kind."""
        return self._select(kind)

    def noun(self, kind: str, id: str) -> Noun:
        """One noun. Raises Refused when there is none that the actor may read."""
        for noun in self._select(kind, TABLES[kind].c.id == id):
            return noun
        raise Refused("noun.missing", kind=kind)

    def text(self, document: str) -> str:
        """The canonical text of a document. Raises Damaged when it is not in this file."""
        sha256 = self.noun("document", document).text
        if data := self.contents([sha256]).get(sha256):
            return data.decode()
        raise Damaged("text.absent", document=document)

    def annotations(self, document: str) -> list[Annotation]:
        """The annotations of a document whose quotes stand at their place. For the others ask `orphans`."""
        text = self.text(document)
        return [one for one in self._annotations(document) if one.fits(text)]

    def orphans(self, document: str) -> list[Annotation]:
        """The annotations whose quoted words are not at their place. They are shown as such, and never shifted."""
        text = self.text(document)
        return [one for one in self._annotations(document) if not one.fits(text)]

    def coded_spans(self, *, round: str | None = None, documents: Iterable[str] | None = None) -> list[tuple]:
        """(document, coder, code, annotation, start, end) of every span: rows, not nouns, for agreement and for long documents."""
        table = TABLES["annotation"]
        wanted = [table.c.round == round] if round is not None else []
        wanted += [table.c.document.in_(list(documents))] if documents is not None else []
        query = select(table.c.document, table.c.coder, table.c.code, table.c.id, table.c.spans)
        with self._reading() as connection:
            rows = connection.execute(query.where(readable(self.actor, table), *wanted))
            return [(document, coder, code, id, *span) for document, coder, code, id, spans in rows for span in spans]

    def assignment_states(self) -> dict[tuple[str, str, str], str]:
        """(document, coder, round) -> 'to do', 'in progress' or 'done'. Done without an annotation is a finding, not a gap."""
        table = TABLES["annotation"]
        begun = select(table.c.document, table.c.coder, table.c.round).distinct().where(readable(self.actor, table))
        with self._reading() as connection:
            states = {tuple(row): "in progress" for row in connection.execute(begun)}
        for one in self._select("assignment"):
            place = one.document, one.coder, one.round
            states[place] = "done" if one.done else states.get(place, "to do")
        return states

    def codebook(self, version: str | None = None) -> dict[str, Code]:
        """Code id -> code, as a published version pins it or, without one, as the codes stand now."""
        if version is None:
            return {code.id: code for code in self._select("code")}
        pins = self.noun("codebook_version", version).codes
        return {r.object: r.noun() for r in self._revisions(revision.c.id.in_(list(pins.values())))}

    def code_revisions(self) -> dict[str, str]:
        """Code id -> its revision now: what a published version pins."""
        table = TABLES["code"]
        with self._reading() as connection:
            return dict(map(tuple, connection.execute(select(table.c.id, table.c.revision))))

    def history(self, object: str) -> list[Revision]:
        """The revisions of an object, in the order they came into this file."""
        return self._revisions(revision.c.object == object)

    def log(self) -> list[Revision]:
        """All revisions, in the order they came into this file."""
        return self._revisions()

    def contested(self) -> dict[str, list[Revision]]:
        """Object id -> its heads, for every object on which a person has to decide."""
        heads = sorted(self._revisions(revision.c.id.in_(select(contested.c.head))), key=store.by_object)
        return {id: list(group) for id, group in groupby(heads, store.by_object)}

    def undoable(self, limit: int = 100) -> list[Change]:
        """This actor's changes on this device that are not undone, oldest first: the undo stack, even after a restart."""
        mine = (revision.c.device == self.device, revision.c.actor == self.actor.id, revision.c.change == revision.c.id)
        steps, stack = select(revision.c.change, revision.c.label).where(*mine).order_by(revision.c.seq), []
        with self._reading() as connection:
            for change, label in connection.execute(steps):
                if not label.startswith(UNDO):
                    stack.append(change)
                elif stack:
                    stack.pop()
            return [_change(connection, id) for id in stack[-limit:]]

    def contents(self, hashes: Iterable[str]) -> dict[str, bytes]:
        """SHA-256 -> bytes of stored texts and originals."""
        with self._reading() as connection:
            return dict(map(tuple, store.among(connection, select(content), content.c.sha256, hashes)))

    def withheld(self) -> list[Withheld]:
        """The numbers of each device that a sender kept back on purpose."""
        with self._reading() as connection:
            return [tuple(row) for row in connection.execute(select(withheld))]

    def _annotations(self, document: str) -> list[Annotation]:
        return self._select("annotation", TABLES["annotation"].c.document == document)

    def _select(self, kind: str, *where) -> list[Noun]:
        table = TABLES[kind]
        with self._reading() as connection:
            rows = connection.execute(select(table).where(readable(self.actor, table), *where))
            return [store.noun_of(kind, row) for row in rows]

    def _revisions(self, *where) -> list[Revision]:
        with self._reading() as connection:
            return store.revisions(connection, readable_log(self.actor, revision), *where)

    # Opening ----------------------------------------------------------------------------------------------------------

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._engine.connect() as connection:
            yield connection

    def _project_id(self) -> str:
        try:
            with self._reading() as connection:
                facts = dict(map(tuple, connection.execute(select(tables.file))))
        except DatabaseError:
            raise Refused("project.not_a_project", path=self.path) from None
        if facts["tables"] != tables.fingerprint():
            self.rebuild()
        return facts["project"]

    def _coder(self, id: str) -> Coder:
        table = TABLES["coder"]
        with self._reading() as connection:
            for row in connection.execute(select(table).where(table.c.id == id)):
                return store.noun_of("coder", row)
        raise Refused("coder.unknown", actor=id)


def _change(connection: Connection, id: str) -> Change:
    """A change as the log tells it: what its revisions left, and what their parents had shown."""
    steps = store.revisions(connection, revision.c.change == id)
    parents = {
        r.id: r for r in store.revisions(connection, revision.c.id.in_([parent for r in steps for parent in r.parents]))
    }
    before = [Standing(tuple(parents[parent] for parent in r.parents)).noun() for r in steps]
    return Change(steps[0].label, tuple(Edit(noun, r.noun()) for noun, r in zip(before, steps)))


def _engine(path: str | Path, key: str | None) -> Engine:
    module = importlib.import_module("sqlcipher3.dbapi2") if key else sqlite3
    engine = create_engine(URL.create("sqlite", database=str(path)), module=module)

    @event.listens_for(engine, "connect")
    def prepare(connection, _):
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in ([f"key=\"x'{key}'\""] if key else []) + list(PRAGMAS):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writing") else "BEGIN")

    return engine


def _lock(path: str | Path) -> sqlite3.Connection:
    """Holds an exclusive lock on an empty database beside the file: the same on every system, and gone with the process."""
    lock = sqlite3.connect(f"{path}-lock", timeout=0, isolation_level=None, check_same_thread=False)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        lock.close()
        raise Refused("project.in_use", path=path) from None
    return lock
