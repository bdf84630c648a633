"""Databases that may be encrypted: which library reads them, how it is told the secret, how a database goes from one secret to
another. Errors are those of sqlite3, whichever library it was."""

import contextlib
import importlib.util
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import secrecy
from .errors import Refused
from .locks import derived

PAGE = 4096  # bytes, in every project
KEPT = 80  # bytes at the end of each encrypted page that hold its vector and what it is verified by
VECTOR = 16


def library(secret: bytes | None) -> Any:
    """The library that opens a database with this secret, or with none. Raises Refused when it is not installed."""
    if secret is None:
        return sqlite3
    try:
        return importlib.import_module("sqlcipher3.dbapi2")
    except ImportError:
        raise Refused("secret.not_installed") from None


def is_installed() -> bool:
    """Whether encrypted databases can be read here."""
    return importlib.util.find_spec("sqlcipher3") is not None


def tell(connection: Any, secret: bytes | None) -> None:
    """Tells a fresh connection the secret, before anything else is asked of it."""
    if secret:
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f'PRAGMA key="{secrecy.database_key(secret)}"')


@contextlib.contextmanager
def connected(place: str | Path, secret: bytes | None, **options: Any) -> Iterator[sqlite3.Connection]:
    """A connection to a database, closed at the end. Raises sqlite3.Error, and Refused without the library."""
    with as_sqlite3(), contextlib.closing(library(secret).connect(place, **options)) as connection:
        tell(connection, secret)
        yield connection


def errors() -> tuple[type[Exception], ...]:
    """What a connection may raise, by whichever of the libraries are in use."""
    other = sys.modules.get("sqlcipher3.dbapi2")
    return (sqlite3.Error, other.Error) if other else (sqlite3.Error,)


@contextlib.contextmanager
def as_sqlite3() -> Iterator[None]:
    """Lets errors that leave the block be those of sqlite3."""
    try:
        yield
    except errors() as error:
        if isinstance(error, sqlite3.Error):
            raise
        raise getattr(sqlite3, type(error).__name__, sqlite3.DatabaseError)(*error.args) from None


def turn(path: Path, made: Path, before: bytes | None, after: bytes | None) -> None:
    """Writes a database anew under another secret, or under none, to a place where nothing is. Whether it is on the disk is the
    caller's to see to: until then nobody reads it, so nothing is waited for. Raises sqlite3.Error."""
    with (
        as_sqlite3(),
        contextlib.closing(library(before or after).connect(str(path), isolation_level=None)) as connection,
    ):
        tell(connection, before)
        key = secrecy.database_key(after) if after else ""
        connection.execute(f'ATTACH ? AS made KEY "{key}"', (str(made),))
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute("PRAGMA made.synchronous=OFF")
        connection.execute("PRAGMA made.journal_mode=OFF")
        connection.execute("SELECT sqlcipher_export('made')").fetchall()
        connection.execute("DETACH made")


def deciphered(data: bytes, secret: bytes) -> bytes:
    """The pages of a damaged database, each by itself and whether or not it is as it was: for rescuing, in memory only."""
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import AES
    from cryptography.hazmat.primitives.ciphers.modes import CBC

    key, pages = AES(derived(secret, "database")), []
    for start in range(0, len(data) - PAGE + 1, PAGE):
        page = data[start : start + PAGE]
        head = secrecy.PLAIN if start == 0 else b""
        turned = Cipher(key, CBC(page[-KEPT : VECTOR - KEPT])).decryptor()
        pages.append(head + turned.update(page[len(head) : -KEPT]) + turned.finalize() + bytes(KEPT))
    return b"".join(pages)
