"""A package sealed for its way: enciphered as a whole, so that only a passphrase or the key of a machine opens it. Nothing of
it can be read from outside, not even whose it is."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from annotator import locks
from annotator.errors import Damaged, Refused
from annotator.fieldwork import keys
from annotator.model import Coder
from annotator.project import Project

MAGIC = b"AnnSeal1\n"
ABOUT = b"package"
HEADER = 1 << 16  # bytes that its locks may take

asking: Callable[[Path], str] | None = None  # asks a person for the passphrase of a package; a window asks by itself
_given: list[str] = []


class Seal(NamedTuple):
    """For whom a package is: who knows the passphrase, and the owners of these public keys (as hex)."""

    passphrase: str = ""
    devices: tuple[str, ...] = ()


def keys_of(project: Project, person: Coder) -> list[str]:
    """The keys of a person's machines, as far as packages made them known. Raises Refused when there are none."""
    if found := project.keys_of([person.id]):
        return found
    raise Refused("secret.no_device_known", who=person.name)


def for_supervisors(project: Project) -> Seal:
    """A seal that the machines of the supervisors open that sent this project. Raises Refused when none is known."""
    supervisors = [one for one in project.nouns("coder") if one.role == "supervisor"]
    if found := project.keys_of([one.id for one in supervisors]):
        return Seal(devices=tuple(found))
    raise Refused("secret.no_device_known", who=", ".join(one.name for one in supervisors))


def give(passphrase: str) -> None:
    """Keeps a passphrase in memory, to be tried on packages that are sealed."""
    if passphrase not in _given:
        _given.append(passphrase)


def forget() -> None:
    """Forgets the passphrases that were given."""
    _given.clear()


def is_sealed(data: bytes) -> bool:
    return data.startswith(MAGIC)


def sealed(data: bytes, seal: Seal) -> bytes:
    """The bytes of a package, sealed. Raises Refused for a passphrase that is too short."""
    secret = locks.new_secret()
    away = [locks.by_passphrase(secret, seal.passphrase, ABOUT)] if seal.passphrase else []
    away += [locks.by_device(secret, one, ABOUT) for one in seal.devices]
    header = MAGIC + json.dumps({"locks": away}).encode() + b"\n"
    return header + locks.enciphered(secret, data, header)


def opened(data: bytes, path: Path) -> bytes:
    """The bytes of the package in it. Raises Refused: nobody gave its passphrase, or it is for another machine; Damaged."""
    end = data.find(b"\n", len(MAGIC), HEADER) + 1
    try:
        away = json.loads(data[len(MAGIC) : end])["locks"]
        by_device = [lock for lock in away if lock["by"] == "device"]
        by_passphrase = [lock for lock in away if lock["by"] == "passphrase"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Damaged("package.altered", name=path.name) from None
    try:
        secret = _by_device(by_device) or _by_passphrase(by_passphrase, path)
    except Damaged:
        raise Damaged("package.altered", name=path.name) from None
    found = locks.deciphered(secret, data[end:], data[:end])
    if found is None:
        raise Damaged("package.altered", name=path.name)
    return found


def _by_device(away: Iterable[dict]) -> bytes | None:
    found = (locks.opened_by_device(lock, seed, ABOUT) for lock in away for seed in keys.secrets())
    return next((secret for secret in found if secret), None)


def _by_passphrase(away: list[dict], path: Path) -> bytes:
    if not away:
        raise Refused("package.sealed_for_others", name=path.name)
    if secret := next(filter(None, (_tried(away, passphrase) for passphrase in reversed(_given))), None):
        return secret
    if asking is None:
        raise Refused("package.wrong_passphrase" if _given else "package.locked", name=path.name)
    passphrase = asking(path)
    if secret := _tried(away, passphrase):
        give(passphrase)
        return secret
    raise Refused("package.wrong_passphrase", name=path.name)


def _tried(away: Iterable[dict], passphrase: str) -> bytes | None:
    found = (locks.opened_by_passphrase(lock, passphrase, ABOUT) for lock in away)
    return next((secret for secret in found if secret), None)
