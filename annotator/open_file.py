"""A project file that is open: its engine and its lock, and whether it still is the file that lies at its place.

A stick is pulled, a folder moved or deleted, a disk fails: SQLite may go on writing to a file that nobody will find again. So
every write asks first, and once more before it counts. When the file is back it is opened anew, without anybody's help.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError
from pathlib import Path
from threading import RLock

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from . import model, storage
from .errors import AnnotatorError, Damaged, Refused


class OpenFile:
    """One project file, open for reading or writing. `openings` counts how often it had to be opened anew."""

    def __init__(self, path: Path, project: str, *, writing: bool):
        """Raises Refused: open for writing elsewhere, or it cannot be written to."""
        self.path, self.openings, self.is_writable = path.resolve(), 0, writing  # the folder one stands in may change
        self._project, self._turn = project, RLock()
        self._lock = storage.Lock(path) if writing else None
        self._failed = False
        try:
            self.engine = storage.engine_for(path, writing=writing)
        except BaseException:
            self.release()
            raise
        try:
            if self._lock:
                storage.clear_begun(path)
            self._look_around()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Folds the write-ahead log into the file, as far as it is still at its place, and lets go of it."""
        self.engine.dispose()
        self.release()

    def release(self) -> None:
        """From here on it is only read."""
        self.is_writable = False
        if self._lock:
            self._lock.release()
            self._lock = None

    @property
    def is_at_its_place(self) -> bool:
        """Whether what lies at the path, and the log beside it, is what is open."""
        return storage.identity(self.path) == self._identity

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, which is on disk at the end of the block. Raises Refused when it is not, or cannot be."""
        if not self.is_writable:
            raise Refused("project.read_only")
        if self._failed or not self.is_at_its_place:
            self._open_again()
        try:
            with self.engine.execution_options(writing=True).begin() as connection:
                yield connection
                last = storage.last_row(connection)
        except DatabaseError as error:
            self._failed = storage.is_fault_of_disk(error)
            raise storage.refusal(self.path, error) from error
        if not self.is_at_its_place:
            raise Refused("disk.gone", path=self.path)
        self._last = last

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """What the file says at one moment. Raises Refused or Damaged when it cannot be read."""
        if self._failed and self.is_writable:
            self._try_again()
        with self._connected() as connection:
            yield connection

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        try:
            with self.engine.connect() as connection:
                yield connection
        except DatabaseError as error:
            self._failed = self._failed or storage.is_fault_of_disk(error)
            raise storage.unreadable(self.path, error.orig) from error
        except JSONDecodeError as error:
            raise Damaged("project.damaged", path=self.path, reason=error) from error

    def _look_around(self) -> None:
        """Keeps in mind what is open, and how far it goes. The ids made from now on come behind all that are in it, whatever
        the clock of this machine says."""
        with self._connected() as connection:
            self._last = storage.last_row(connection)
            model.go_on_behind(storage.greatest_id(connection, below=model.LAST_ID))
        self._identity = storage.identity(self.path)

    def _try_again(self) -> None:
        """Opens the file anew if that can be; else what is open goes on being read as far as it goes."""
        try:
            self._open_again()
        except AnnotatorError:
            return

    def _open_again(self) -> None:
        """Opens what lies at the path now, if it holds all that was written so far. Nothing is touched before that is sure.
        Raises Refused or Damaged."""
        with self._turn:
            if self.is_at_its_place and not self._failed:
                return
            self._failed = True
            if storage.identity(self.path) is None:
                raise Refused("disk.gone", path=self.path)
            if self._last_is_elsewhere():
                storage.fold(self.engine)  # somebody took the log away: what is in it goes into the file
            project, older = storage.examine(self.path)
            if project != self._project or older or not storage.holds(self.path, self._last):
                raise Refused("disk.other_copy", path=self.path)
            storage.must_take_writes(self.path)
            self.engine.dispose()
            if self._lock:
                self._lock.let_go()
            self._lock = None
            self._lock = storage.Lock(self.path)
            self.engine = storage.engine_for(self.path, writing=True)
            self._look_around()
            self._failed = False
            self.openings += 1

    def _last_is_elsewhere(self) -> bool:
        """Whether the file is the one that is open, and only the log beside it is not."""
        now = storage.identity(self.path)
        return now is not None and self._identity is not None and now[0] == self._identity[0] and now != self._identity
