"""A project is encrypted, decrypted, given a new key or a new passphrase, whole or not at all, and its copies with it.

Whatever is written anew is written beside its place, compared row by row with what is there, and then takes its name. The key
file knows the locks of the old and of the new secret for as long as either may be needed, so that the project opens whenever
the work was cut off; copies go first, so that doing it again does what is left.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from . import backups, ciphered, locks, purging, secrecy, storage
from .errors import AnnotatorError, Damaged, Refused
from .secrecy import Locks

Copies = Literal["turn", "delete", "keep"]  # what becomes of backups


class Protected(NamedTuple):
    """What became of a project's copies, and the recovery code from now on; "" of one that is no longer encrypted."""

    code: str
    turned: int
    deleted: int
    left: tuple[Path, ...]  # copies that stayed as they were


@contextlib.contextmanager
def for_new(path: Path, passphrase: str, *, devices: Iterable[str] = ()) -> Iterator[bytes]:
    """The secret of a project that is made encrypted in the block, which the passphrase opens, and the keys of these devices
    (as hex). Its key file is there first, and goes when no project came of it. Raises Refused."""
    secret = locks.new_secret()
    ciphered.library(secret)
    away, place = secrecy.lock_away(secret, passphrase, devices), secrecy.key_file(path)
    before = _readable(place)
    secrecy.write(place, {**before, **away})
    secrecy.know(secret)
    try:
        yield secret
    finally:
        if secrecy.head(path) not in away:
            secrecy.write(place, before)


def encrypt(path: Path, passphrase: str, *, copies: Copies = "turn", devices: Iterable[str] = ()) -> Protected:
    """Encrypts a project under a new secret, which the passphrase opens, and the keys of these devices (as hex). Raises
    Refused: it is encrypted already, in use, or cannot be written; Damaged."""
    storage.examine(path)
    if secrecy.is_encrypted(path):
        raise Refused("secret.encrypted_already", path=path)
    for one in purging.copies(path):  # of an attempt that was cut off
        with contextlib.suppress(AnnotatorError):
            if secrecy.is_locked(one):
                secrecy.unlock(one, passphrase)
    return _under_new_secret(path, passphrase, devices, copies)


def rekey(path: Path, passphrase: str, *, copies: Copies = "turn") -> Protected:
    """Encrypts a project anew under another secret, for the same passphrase and the same devices: what the old recovery code
    or an old key file opened, they open no more. Raises Refused and Damaged."""
    secrecy.unlock(path, passphrase)
    storage.examine(path)
    id = secrecy.head(path) or ""
    devices = [str(lock["key"]) for lock in secrecy.found(path, id) if lock.get("by") == "device"]
    return _under_new_secret(path, passphrase, devices, copies)


def _under_new_secret(path: Path, passphrase: str, devices: Iterable[str], copies: Copies) -> Protected:
    secret = locks.new_secret()
    away = secrecy.lock_away(secret, passphrase, devices)
    secrecy.know(secret)
    return _turn_all(path, secret, away, copies)._replace(code=locks.recovery_code(secret))


def decrypt(path: Path, *, copies: Copies = "turn") -> Protected:
    """Makes a project one that anybody can read. Raises Refused: it is not encrypted, its secret is not known, it is in use
    or cannot be written; Damaged."""
    if secrecy.secret_of(path) is None:
        raise Refused("secret.not_encrypted", path=path)
    storage.examine(path)
    return _turn_all(path, None, {}, copies)


def change_passphrase(path: Path, passphrase: str) -> None:
    """Lets another passphrase open a project and its copies from now on, and no other; its secret must be known. Raises
    Refused."""
    secret = secrecy.secret_of(path)
    if secret is None:
        raise Refused("secret.not_encrypted", path=path)
    id = secrecy.id_of(secret)
    others = []
    with contextlib.suppress(AnnotatorError):  # a key file that is missing is made anew
        others = [lock for lock in secrecy.found(path, id) if lock.get("by") != "passphrase"]
    _add_locks(path, {id: secrecy.lock_away(secret, passphrase)[id] + others})


def code_of(path: Path) -> str:
    """The recovery code of a project whose secret is known. Raises Refused."""
    secret = secrecy.secret_of(path)
    if secret is None:
        raise Refused("secret.not_encrypted", path=path)
    return locks.recovery_code(secret)


# --------------------------------------------------------------------------------------------------------------------------


def _turn_all(path: Path, after: bytes | None, away: Locks, copies: Copies) -> Protected:
    """The project and its copies under another secret or none; nobody else may have the project open."""
    lock = storage.Lock(path)
    try:
        storage.must_be_alone(path)
        _add_locks(path, away)
        turned, left = 0, []
        there = purging.copies(path)
        for one in there if copies != "keep" else ():
            if copies == "delete":
                storage.remove(one)
                continue
            try:
                _turn(one, after)
                turned += 1
            except AnnotatorError:  # damaged, or under a secret of long ago: it is told of, and no reason to stop
                left.append(one)
        _turn(path, after)
        _forget_unneeded(path)
    finally:
        lock.release()
    left += there if copies == "keep" else []
    return Protected("", turned, len(there) if copies == "delete" else 0, tuple(left))


def _turn(path: Path, after: bytes | None) -> None:
    """One file under another secret or none: written beside it, compared, and put in its place."""
    before = secrecy.secret_of(path)
    if before == after:
        return
    place = path.resolve()
    made = place.with_name(f"{place.name}.part")
    try:
        storage.remove(made)
        ciphered.turn(place, made, before, after)
        storage.must_be_whole(made)
        if storage.log_digest(made) != storage.log_digest(place):
            raise Damaged("project.damaged", path=path, reason="its copy says something else")
        with made.open("r+b") as written:
            os.fsync(written.fileno())
        made.replace(place)
    except (OSError, sqlite3.Error) as error:
        raise Refused("secret.not_turned", path=path, reason=getattr(error, "strerror", None) or error) from None
    finally:
        storage.remove(made)


def _key_files(path: Path) -> list[Path]:
    """The key file of a project and, where there are backups, the one among them."""
    folder = backups.folder(path)
    return [secrecy.key_file(path), *([secrecy.key_file(folder / path.name)] if folder.is_dir() else [])]


def _add_locks(path: Path, away: Locks) -> None:
    for place in _key_files(path):
        secrecy.write(place, {**_readable(place), **away})


def _forget_unneeded(path: Path) -> None:
    """Takes locks out of the key files that no project in these folders asks for any more."""
    folders = {path.resolve().parent, backups.folder(path)}
    needed = {secrecy.head(one) for folder in folders for one in folder.glob(f"*{path.suffix}")}
    for place in _key_files(path):
        secrecy.write(place, {id: mine for id, mine in _readable(place).items() if id in needed})


def _readable(place: Path) -> Locks:
    try:
        return secrecy.read(place)
    except Damaged:
        return {}
