"""The project file as one person uses it: opening, the one door for writing, the reads.

The log is the truth. `apply` appends revisions and brings the tables to what the log then says of the objects touched, in
one transaction. The tables cannot drift from the log but by a fault outside this program; `check` finds that.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from functools import partial
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Text, func, select, type_coerce

from . import checking, erasing, making, memos, migrations, past, secrecy, storage, store, text_index, union
from .door import must_be_permitted
from .errors import AnnotatorError, Damaged, Refused
from .model import (
    UNDO,
    About,
    Annotation,
    Attribute,
    Change,
    Code,
    Coder,
    Edit,
    Memo,
    Purge,
    Round,
    State,
    fits,
    new_id,
    person_called,
)
from .open_file import OpenFile
from .packages import Package, Receipt, examined
from .revisions import Author, Revision, Standing, Withheld, revise
from .rights import readable, readable_log
from .rows import CodedSpan, SpanWithin, coded_spans, last_ends, spans_within
from .tables import TABLES, content, contested, revision

KEPT = 4  # texts held in memory
AT_ONCE = 20  # texts read together to be put into the index of words
STEPS = 1000  # so far back undo goes after a restart


class Project:
    """One project file, opened by one person on one device. Use it in a `with`."""

    def __init__(self, path: str | Path, *, actor: str, device: str, writing: bool = True):
        """Opens a file as `actor` (a coder's id or name); `device` is an id from the machine's settings, never from the file.
        A file from an older version is backed up beside itself, then migrated.
        Raises Refused: no such file or coder, not a project, from a newer version, or open for writing elsewhere."""
        self.path, self.device = Path(path), device
        self._texts: dict[str, str] = {}  # of the documents read last, by SHA-256: a text never changes
        self.id, older = storage.examine(self.path)
        self._file = OpenFile(self.path, self.id, writing=writing or older)
        try:
            if older:
                self._migrate()
            self.actor = self._coder(actor)
        except BaseException:
            self.close()
            raise
        if not writing:
            self._file.release()

    @classmethod
    def create(
        cls, path: str | Path, *, name: str, supervisor: str, device: str, secret: bytes | None = None
    ) -> "Project":
        """A new project, with one supervisor (who acts) and one round, called Main; encrypted when it gets a secret, whose
        key file is the caller's to write first. Raises Refused: the file exists, or cannot be written."""
        about, coder = About(new_id(), name), Coder(new_id(), supervisor, "supervisor")
        founding = Change("found", tuple(Edit(None, noun) for noun in (about, coder, Round(new_id(), "Main"))))
        made = revise(founding, {}, Author(about.id, coder.id, device))
        making.make(Path(path), {"project": about.id}, lambda connection: union.begin(connection, made), secret)
        return cls(path, actor=coder.id, device=device)

    @classmethod
    def create_from(cls, path: str | Path, package: Package, *, device: str, secret: bytes | None = None) -> "Project":
        """A new file of the package's project, for the coder that the package is made for. Raises as `create` and
        `receive` do."""
        package = examined(package, package.project)
        facts = {"project": package.project, "made for": package.coder}
        making.make(Path(path), facts, lambda connection: union.begin_from(connection, package), secret)
        return cls(path, actor=package.coder, device=device)

    @staticmethod
    def people(path: str | Path) -> list[Coder]:
        """Who is in a project, for a person to say who they are. Raises as opening does."""
        return [Coder(*row) for row in storage.people(Path(path))]

    def close(self) -> None:
        """Folds the write-ahead log into the file, so that the file alone is the project, and lets go of it."""
        self._file.close()

    def __enter__(self) -> "Project":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def is_writable(self) -> bool:
        return self._file.is_writable

    @property
    def is_at_its_place(self) -> bool:
        """Whether the file that is open is still the one at its path: not moved, deleted, or gone with its disk."""
        return self._file.is_at_its_place

    @property
    def openings(self) -> int:
        """How often the file had to be opened anew, after it or its disk had been away."""
        return self._file.openings

    # Writing ----------------------------------------------------------------------------------------------------------

    def apply(self, change: Change, *, contents: Iterable[bytes] = ()) -> str:
        """The one door for writing: all edits happen and are on disk when this returns, or none and it raises Refused.
        `contents` are the texts and originals that new documents name. Returns the id of the change.
        Refuses what the actor may not do, and an edit whose `before` is not what stands now (so undo is safe)."""
        return self.apply_all([change], contents=contents)[0]

    def apply_all(self, changes: Sequence[Change], *, contents: Iterable[bytes] = ()) -> list[str]:
        """As `apply`, for changes that are steps of their own and yet happen all or not at all."""
        if not all(change.edits and (change.settles or _alters(change)) for change in changes):
            raise Refused("change.empty")
        with self._writing() as connection:
            for data in contents:
                store.keep(connection, data)
            made = [self._write(connection, change) for change in changes]
        acting = [edit.after for change in changes for edit in change.edits if edit.object == self.actor.id]
        self.actor = next((one for one in reversed(acting) if isinstance(one, Coder)), self.actor)
        return made

    def _write(self, connection: Connection, change: Change) -> str:
        stood = store.standings(connection, [edit.object for edit in change.edits])
        try:
            must_be_permitted(connection, self.actor, change, stood)
        except Refused as refusal:
            if owner := refusal.values.get("owner"):
                refusal.values["owner"] = self._name(owner)
            raise
        author = store.author(connection, project=self.id, actor=self.actor.id, device=self.device)
        revisions = self._revise(change, stood, author)
        store.append(connection, revisions)
        now = {one.object: Standing((one,), stood.get(one.object, Standing()).barred) for one in revisions}
        store.show(connection, now, known=stood)
        if purged := {edit.after.document for edit in change.edits if isinstance(edit.after, Purge)}:
            erasing.take_out(connection, purged)
            self._texts.clear()
        return revisions[0].change

    def receive(
        self,
        packages: Sequence[Package],
        *,
        dry_run: bool = False,
        progress: union.Progress = lambda done, total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> list[Receipt]:
        """The union of these packages with the log, with a receipt of each: in any order, any number of times, the same
        project. All come in or, when it raises, none. A coder receives only what is their own. With `dry_run` it only says
        what would come. Raises Damaged or Refused for what is not of this project, not whole, or from a newer version."""
        packages = [examined(package, self.id) for package in packages]
        for package in packages:
            if self.actor.role != "supervisor" and package.coder != self.actor.id:
                raise Refused("package.not_yours", owner=package.name)
        receipts: list[Receipt] = []
        try:
            with self._writing() as connection:
                receipts = union.unite(connection, packages, self.actor.id, progress, cancelled)
                if dry_run:
                    raise _OnlyTried
        except _OnlyTried:
            return receipts
        self.actor = self._coder(self.actor.id)
        self._texts.clear()
        return receipts

    def check(self, *, rebuild: bool = False) -> list[AnnotatorError]:
        """Everything that is not as it should be; [] when all is well. With `rebuild`, the log is folded anew and compared
        with every row of the tables. Writes nothing."""
        with self._reading() as connection:
            return checking.problems(connection, self.id, reader=self.actor, rebuild=rebuild)

    def back_up(self, target: str | Path) -> None:
        """A whole copy of the project as it stands now. Raises Refused when it cannot be made, or a file is there."""
        storage.back_up(self._file.engine, Path(target), secrecy.secret_of(self.path))

    @property
    def is_due_to_be_scrubbed(self) -> bool:
        """Whether traces of what was purged may still be in the file or in its backups."""
        with self._reading() as connection:
            return bool(store.fact(connection, erasing.DUE))

    def scrub(self) -> None:
        """Writes the file anew, without a trace of what was taken out. Raises Refused."""
        storage.scrub(self._file.engine, self.path)

    def scrubbed(self) -> None:
        """Says that no trace is left, in the file and in its backups."""
        with self._writing() as connection:
            erasing.scrubbed(connection)

    def keep_draft(self, words: str) -> None:
        """Keeps words that are no step yet, for this person alone, until they say others; "" takes them away."""
        with self._writing() as connection:
            store.say(connection, store.DRAFT + self.actor.id, words)

    def draft(self) -> str:
        """The words that this person let keep; "" where there are none."""
        with self._reading() as connection:
            return store.fact(connection, store.DRAFT + self.actor.id)

    def fold(self) -> None:
        """Brings the write-ahead log into the file: for quiet moments, so that a copy of the file alone is the project."""
        if self.is_writable:
            storage.fold(self._file.engine)

    def _revise(self, change: Change, stood: dict[str, Standing], author: Author) -> list[Revision]:
        try:
            return revise(change, stood, author)
        except Refused as refusal:
            if by := refusal.values.get("by"):
                at = datetime.fromisoformat(refusal.values["at"]).astimezone()
                refusal.values |= {"by": self._name(by), "at": f"{at:%Y-%m-%d %H:%M}"}
            raise

    def _migrate(self) -> None:
        backup = storage.backup_name(self.path)
        try:
            storage.back_up(self._file.engine, backup, secrecy.secret_of(self.path))
        except Refused as refusal:
            raise Refused("project.no_backup", path=self.path, reason=refusal.values["reason"]) from None
        try:
            with self._writing() as connection:
                migrations.upgrade(connection)
                store.rebuild(connection)
        except BaseException:
            storage.remove(backup)  # nothing was changed, and every further try would leave one more
            raise

    def _writing(self) -> AbstractContextManager[Connection]:
        return self._file.writing()

    @property
    def is_indexed(self) -> bool:
        """Whether there is an index of words, complete or not."""
        with self._reading() as connection:
            return text_index.is_there(connection)

    def index_texts(self, cancelled: Callable[[], bool] = lambda: False, *, anew: bool = False) -> None:
        """Brings the index of words up to date, as far as the file may be written and nobody says stop. It is made anew
        when it is not right or on wish."""
        if not self.is_writable:
            return
        with self._writing() as connection:
            lacking = text_index.lacking(connection) if text_index.make(connection, anew=anew) else set()
        fresh = sorted({one.text for one in self.nouns("document")} & lacking)
        for start in range(0, len(fresh), AT_ONCE):
            if cancelled():
                return
            for sha, data in self.contents(fresh[start : start + AT_ONCE]).items():
                with self._writing() as connection:  # one by one: nobody waits long to write
                    text_index.add(connection, sha, data.decode())

    def texts_without(self, words: str, whole: bool) -> set[str]:
        """SHA-256 of texts that cannot hold these words, as the index knows; all others have to be looked at."""
        with self._reading() as connection:
            is_right = text_index.is_right(connection)
            return text_index.without(connection, words, whole=whole) if is_right else set()

    # Reading: everything as this actor may read it ----------------------------------------------------------------------

    def nouns(self, kind: str) -> list[Any]:
        """All nouns of a kind, in the order in which they were made."""
        return self._select(kind)

    def noun(self, kind: str, id: str) -> Any:
        """One noun. Raises Refused when there is none that the actor may read."""
        for noun in self._select(kind, TABLES[kind].c.id == id):
            return noun
        raise Refused("noun.missing", kind=kind)

    def nouns_of(self, kind: str, ids: Collection[str]) -> list[Any]:
        """Those of these nouns that are there, and that the actor may read."""
        table = TABLES[kind]
        with self._reading() as connection:
            rows = store.among(connection, select(table).where(readable(self.actor, table)), table.c.id, set(ids))
        return sorted((store.noun_of(kind, row) for row in rows), key=lambda noun: noun.id)

    def text(self, document: str) -> str:
        """The canonical text of a document. Raises Damaged when it is not in this file, or not as it was."""
        found = self.noun("document", document)
        if found.text not in self._texts:
            data = self.contents([found.text]).get(found.text)
            if data is None:
                raise Damaged("text.absent", title=found.title)
            if sha256(data).hexdigest() != found.text:
                raise Damaged("text.altered", used=found.title, sha256=found.text)
            self._texts = {**dict(list(self._texts.items())[1 - KEPT :]), found.text: data.decode()}
        return self._texts[found.text]

    def annotations(self, document: str) -> list[Annotation]:
        """The annotations of a document whose quotes stand at their place. For the others ask `orphans`."""
        text = self.text(document)
        return [one for one in self._annotations(document) if one.fits(text)]

    def orphans(self, document: str) -> list[Annotation]:
        """The annotations whose quoted words are not at their place. They are shown as such, and never shifted."""
        return self.nouns_of("annotation", self.lost([document]))

    def lost(self, documents: Iterable[str]) -> set[str]:
        """The ids of those annotations in these documents whose quoted words are not at their place."""
        table, found = TABLES["annotation"], set[str]()
        wanted = select(table.c.id, table.c.spans, table.c.quotes).where(readable(self.actor, table))
        for document in documents:
            with self._reading() as connection:
                rows = connection.execute(wanted.where(table.c.document == document)).all()
            text = self.text(document) if rows else ""
            found |= {id for id, spans, quotes in rows if not fits(text, spans, quotes)}
        return found

    def coded_spans(
        self,
        *,
        documents: Collection[str] | None = None,
        coders: Collection[str] | None = None,
        codes: Collection[str] | None = None,
        round: str | None = None,
        by_search: bool = True,
    ) -> list[CodedSpan]:
        """Every span, as rows and not as nouns: for agreement and for long documents. None asks for all; without
        `by_search` what a search put there unseen is left out. Whether the quoted words stand there is not looked at: ask
        `lost`."""
        table = TABLES["annotation"]
        wanted = [table.c.round == round] if round is not None else []
        wanted += [] if by_search else [table.c.origin == ""]
        for column, ids in ((table.c.document, documents), (table.c.coder, coders), (table.c.code, codes)):
            wanted += [column.in_(list(ids))] if ids is not None else []
        spans = type_coerce(table.c.spans, Text)
        columns = (table.c.document, table.c.coder, table.c.round, table.c.code, table.c.id, spans)
        query = select(*columns).where(readable(self.actor, table), *wanted).order_by(table.c.id)
        with self._reading() as connection:
            return list(coded_spans(connection.execute(query)))

    def spans_of(self, document: str, round: str) -> Iterator[SpanWithin]:
        """Annotation, code, coder, start and end of each span of one document in one round, one after the other: there may be
        too many to have them twice."""
        table = TABLES["annotation"]
        columns = (table.c.id, table.c.code, table.c.coder, type_coerce(table.c.spans, Text))
        place = (table.c.document == document, table.c.round == round)
        query = select(*columns).where(readable(self.actor, table), *place).order_by(table.c.id)
        with self._reading() as connection:
            yield from spans_within(connection.execute(query))

    def reach(self, documents: Collection[str], coder: str, round: str) -> dict[str, int]:
        """Document -> where the last annotation of a coder in a round ends; where there is none it is left out."""
        table = TABLES["annotation"]
        place = (table.c.document.in_(list(documents)), table.c.coder == coder, table.c.round == round)
        query = select(table.c.document, type_coerce(table.c.spans, Text)).where(readable(self.actor, table), *place)
        with self._reading() as connection:
            return last_ends(connection.execute(query))

    def said(self, document: str, round: str) -> dict[str, tuple[float | None, str, dict]]:
        """Annotation id -> certainty, memo and attributes of those of a document in a round, and nothing else of them: for
        a list of many."""
        table = TABLES["annotation"]
        columns = (table.c.id, table.c.certainty, table.c.memo, table.c.attributes)
        place = (table.c.document == document, table.c.round == round)
        with self._reading() as connection:
            rows = connection.execute(select(*columns).where(readable(self.actor, table), *place))
            return {id: (certainty, memo, attributes) for id, certainty, memo, attributes in rows}

    def memos_about(self, ids: Collection[str]) -> list[Memo]:
        """The memos and bookmarks on these objects and on places in them, in the order in which they were made."""
        with self._reading() as connection:
            return memos.about(connection, ids, readable(self.actor, TABLES["memo"]))

    def memos_of_annotations(self, document: str, round: str) -> dict[str, tuple[str, str]]:
        """Annotation id -> its coder and its memo, of those of a document in a round that have one."""
        with self._reading() as connection:
            return memos.of_annotations(connection, document, round, readable(self.actor, TABLES["annotation"]))

    def written(self, ids: Collection[str]) -> dict[str, str]:
        """Id of a memo, or of an annotation that has one -> when its words became what they are, in UTC."""
        with self._reading() as connection:
            return memos.written(connection, ids, readable_log(self.actor, revision))

    def assignment_states(self) -> dict[tuple[str, str, str], State]:
        """(document, coder, round) -> 'to do', 'in progress' or 'done'. Done without an annotation is a finding, not a gap."""
        states: dict[Any, State] = dict.fromkeys(self.annotation_counts(), "in progress")
        for one in self._select("assignment"):
            place = one.document, one.coder, one.round
            states[place] = "done" if one.done else states.get(place, "to do")
        return states

    def annotation_counts(self) -> dict[tuple[str, str, str], int]:
        """(document, coder, round) -> how many annotations; where there are none it is left out."""
        table = TABLES["annotation"]
        place = table.c.document, table.c.coder, table.c.round
        query = select(*place, func.count()).where(readable(self.actor, table)).group_by(*place)
        with self._reading() as connection:
            return {(document, coder, round): count for document, coder, round, count in connection.execute(query)}

    def worked(self, document: str | None = None) -> dict[tuple[str, str, str], past.Worked]:
        """(document, coder, round) -> how long its coder was at it, and when last; of one document, or of all."""
        with self._reading() as connection:
            return past.worked(connection, partial(readable, self.actor), document=document)

    def first_coded(self) -> dict[tuple[str, str], past.Begun]:
        """(document, round) -> when its first annotation was made, and the codebook version of the last ones."""
        with self._reading() as connection:
            return past.first_coded(connection, readable(self.actor, TABLES["annotation"]))

    def codebook(self, version: str | None = None) -> dict[str, Code]:
        """Code id -> code, as a published version pins it or, without one, as the codes stand now."""
        return self._pinned("code", version)

    def attributes(self, version: str | None = None) -> dict[str, Attribute]:
        """Attribute id -> attribute, as a published version pins it or, without one, as they stand now."""
        return self._pinned("attribute", version)

    def pins(self, kind: str) -> dict[str, str]:
        """Id -> revision now, of every noun of a kind: what a published version pins of codes and attributes."""
        table = TABLES[kind]
        with self._reading() as connection:
            rows = connection.execute(select(table.c.id, table.c.revision).where(readable(self.actor, table)))
            return dict(map(tuple, rows))

    def history(self, object: str) -> list[Revision]:
        """The revisions of an object, in the order they came into this file."""
        return self._revisions(revision.c.object == object)

    def document_history(self, document: str, round: str, *, start: int = 0, most: int = 100) -> list[past.Step]:
        """The changes that touched a document in a round, the newest first, from the `start`th on; `most` are looked at."""
        with self._reading() as connection:
            seen = readable_log(self.actor, revision)
            return past.steps(connection, document, round, seen, start=start, most=most)

    def own_then(self, document: str, round: str, change: str) -> dict[str, Annotation]:
        """Id -> each annotation of this actor in a document and round as it stood just after a change."""
        with self._reading() as connection:
            seen = readable_log(self.actor, revision)
            return past.then(connection, document, round, change, self.actor.id, seen)

    def log(self, kind: str = "") -> list[Revision]:
        """All revisions, or all of a kind, in the order they came into this file."""
        return self._revisions(*[revision.c.kind == kind] * bool(kind))

    def contested(self) -> dict[str, list[Revision]]:
        """Object id -> its heads, for every object on which a person has to decide."""
        heads = sorted(self._revisions(revision.c.id.in_(select(contested.c.head))), key=store.by_object)
        return {id: list(group) for id, group in groupby(heads, store.by_object)}

    def barred(self) -> list[tuple[Revision, str]]:
        """The revisions that came in and count nowhere, each with the key of the reason: their authors had no right to make
        them. Only a supervisor is told of them."""
        with self._reading() as connection:
            return union.barred_revisions(connection) if self.actor.role == "supervisor" else []

    def receipts(self) -> list[Receipt]:
        """What came into this file by packages, the oldest first; of others' a supervisor alone is told."""
        with self._reading() as connection:
            found = union.receipts(connection)
        return [one for one in found if self.actor.role == "supervisor" or one.sender == self.actor.id]

    def sendable(self) -> list[Revision]:
        """The revisions that this person may hand on, in the order they came: a supervisor all, a coder their own."""
        own = () if self.actor.role == "supervisor" else (revision.c.actor == self.actor.id,)
        with self._reading() as connection:
            return store.revisions(connection, *own)

    def withheld(self) -> list[Withheld]:
        """The numbers of each device that a sender kept back on purpose."""
        with self._reading() as connection:
            return union.declared(connection)

    def known_keys(self, devices: Iterable[str]) -> dict[str, str]:
        """Device -> the key that it signs with as far as this file knows, of these devices."""
        with self._reading() as connection:
            return union.keys_of(connection, devices)

    def keys_of(self, people: Collection[str]) -> list[str]:
        """The keys of the devices on which these people made something that this person may read, as far as they are known."""
        with self._reading() as connection:
            return union.keys_of_people(connection, people, readable_log(self.actor, revision))

    def made_for(self) -> str:
        """Id of the coder for whom this file was made from a package; "" of the project's own file."""
        with self._reading() as connection:
            return store.fact(connection, "made for")

    def undo_steps(self) -> list[tuple[str, str]]:
        """(change id, label) of this actor's last changes on this device that are not undone, oldest first: the undo
        stack, even after a restart."""
        stack: list[tuple[str, str]] = []
        undone = 0
        with self._reading() as connection:
            for change, label in store.steps(connection, actor=self.actor.id, device=self.device):
                if label.startswith(UNDO):
                    undone += 1
                elif undone:
                    undone -= 1
                else:
                    stack.append((change, label))
                if len(stack) == STEPS:
                    break
        return stack[::-1]

    def change(self, id: str) -> Change:
        """A change of this actor as the log tells it. Its inverse undoes it. Raises Refused: there is none."""
        with self._reading() as connection:
            own = select(revision.c.id).where(revision.c.id == id, revision.c.actor == self.actor.id)
            if connection.scalar(own) is None:
                raise Refused("noun.missing", kind="change")
            return store.change_of(connection, id)

    def last_step(self) -> tuple[int, str] | None:
        """Number and hash of the last revision of this device in this file; None when it wrote nothing."""
        with self._reading() as connection:
            last = store.author(connection, project=self.id, actor=self.actor.id, device=self.device)
        return (last.seq, last.prev) if last.seq else None

    def has_step(self, number: int, hash: str) -> bool:
        """Whether this revision of this device is in this file."""
        here = revision.c.device == self.device, revision.c.seq == number, revision.c.hash == hash
        with self._reading() as connection:
            return connection.scalar(select(revision.c.id).where(*here)) is not None

    def contents(self, hashes: Iterable[str]) -> dict[str, bytes]:
        """SHA-256 -> bytes of stored texts and originals."""
        with self._reading() as connection:
            return dict(map(tuple, store.among(connection, select(content), content.c.sha256, hashes)))

    def must_compare(self) -> None:
        """Raises Refused unless the actor may lay coders side by side: a supervisor, or anyone once no round is blind."""
        if self.actor.role != "supervisor" and any(one.blind for one in self._select("round")):
            raise Refused("agreement.supervisor_only")

    def _pinned(self, kind: str, version: str | None) -> dict:
        if version is None:
            return {noun.id: noun for noun in self._select(kind)}
        found = self.noun("codebook_version", version)
        pins = list((found.codes if kind == "code" else found.attributes).values())
        with self._reading() as connection:
            rows = store.among(connection, store.LOGGED, revision.c.id, pins)
        return {one.object: one.noun() for one in sorted((Revision(*row) for row in rows), key=store.by_object)}

    def _annotations(self, document: str) -> list[Annotation]:
        return self._select("annotation", TABLES["annotation"].c.document == document)

    def _select(self, kind: str, *where) -> list:
        table = TABLES[kind]
        with self._reading() as connection:
            rows = connection.execute(select(table).where(readable(self.actor, table), *where).order_by(table.c.id))
            return [store.noun_of(kind, row) for row in rows]

    def _revisions(self, *where) -> list[Revision]:
        with self._reading() as connection:
            return store.revisions(connection, readable_log(self.actor, revision), *where)

    def _reading(self) -> AbstractContextManager[Connection]:
        return self._file.reading()

    def _name(self, id: str) -> str:
        """The name of a person, also of one who was taken out."""
        for coder in self._everybody():
            if coder.id == id:
                return coder.name
        with self._reading() as connection:
            return store.people(connection).get(id, id)

    def _coder(self, words: str) -> Coder:
        people = self._everybody()
        if found := person_called(people, words):
            return found
        raise Refused("coder.unknown", actor=words, known=", ".join(coder.name for coder in people))

    def _everybody(self) -> list[Coder]:
        table = TABLES["coder"]
        with self._reading() as connection:
            return [store.noun_of("coder", row) for row in connection.execute(select(table).order_by(table.c.id))]


class _OnlyTried(Exception):
    """Takes back what was only tried."""


def _alters(change: Change) -> bool:
    return all(edit.before != edit.after for edit in change.edits)
