"""Encrypted projects: what says that a file is one, which secrets this process knows, and the key file beside it.

An encrypted project is a file of SQLCipher. Its first sixteen bytes, the only ones that are not enciphered, say that it is one
of ours and which secret opens it; the database's key is made from that secret. The secret itself is written nowhere. The key
file beside the project holds it in locks, one for each passphrase or device that may open it; a recovery code spells it out,
for paper.

Why a file beside it: SQLite leaves no room in the database for foreign bytes, and a new passphrase should not write all of the
project anew. Why that does no harm: a key file that was left behind is found under any name, in the folder of the project or of
its backups; and the recovery code opens the project file alone.
"""

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from . import locks
from .errors import Damaged, Refused
from .staging import staged

MAGIC = b"AnnEnc1\0"
PLAIN = b"SQLite format 3\0"
SCHEMA = "annotator-keys/1"
ENDING = ".keys"
ABOUT = "Keep this file beside the project: with it the passphrase opens it. It holds nothing of the project."
Locks = dict[str, list[dict[str, Any]]]  # id of a secret -> its locks

_known: dict[str, bytes] = {}  # id -> secret, of the projects that were opened
_used: list[bool] = []
asking: Callable[[Path], None] | None = None  # asks a person at a terminal, and unlocks; a window asks by itself


# What this process knows ----------------------------------------------------------------------------------------------


def know(secret: bytes) -> str:
    """Keeps a secret in memory until `forget`. Returns its id."""
    _known[id := id_of(secret)] = secret
    _used[:] = [True]
    return id


def forget(*, but: Path | None = None) -> None:
    """Forgets all secrets, or all but that of a project."""
    kept = head(but) if but else None
    for id in [id for id in _known if id != kept]:
        del _known[id]


def was_used() -> bool:
    """Whether this process has had an encrypted project open: what it writes elsewhere then holds no words of it."""
    return bool(_used)


def id_of(secret: bytes) -> str:
    """What a secret is called, as hex: tells nothing of it."""
    return locks.derived(secret, "id", 8).hex()


def head(path: Path) -> str | None:
    """The id of the secret that a file asks for; None when it is not encrypted, or cannot be looked at. Where the first bytes
    are damaged, the key file beside it tells."""
    with contextlib.suppress(OSError, ValueError), path.open("rb") as file:
        first = file.read(16)
        if first[:8] == MAGIC and len(first) == 16:
            return first[8:].hex()
        if first not in (b"", PLAIN):
            with contextlib.suppress(Damaged):
                ids = list(read(key_file(path)))
                return ids[0] if len(ids) == 1 else None
    return None


def is_encrypted(path: Path) -> bool:
    return head(path) is not None


def is_locked(path: Path) -> bool:
    """Whether a file is encrypted, and this process does not know its secret."""
    id = head(path)
    return id is not None and id not in _known


def secret_of(path: Path) -> bytes | None:
    """The secret of a project; None of one that is not encrypted. Raises Refused when nobody has said the passphrase yet."""
    id = head(path)
    if id is None:
        return None
    if id not in _known and asking:
        asking(path)
    if id not in _known:
        raise Refused("project.locked", path=path)
    return _known[id]


def database_key(secret: bytes) -> str:
    """How SQLCipher is told a secret: the key itself, and the first bytes of the file."""
    return f"x'{locks.derived(secret, 'database').hex()}{MAGIC.hex()}{id_of(secret)}'"


def handed_on(path: Path) -> str:
    """The secret of a project as words for a process of ours, to be told past any file; "" of one that is not encrypted."""
    secret = secret_of(path)
    return secret.hex() if secret else ""


def take_over(words: str) -> None:
    """Knows what `handed_on` said."""
    if words:
        know(bytes.fromhex(words))


# Unlocking ------------------------------------------------------------------------------------------------------------


def unlock(path: Path, passphrase: str) -> bytes:
    """The secret of a project, kept in memory from now on. Raises Refused: the passphrase is another, or the key file is
    missing."""
    id, mine = _locks_of(path)
    for lock in mine:
        if lock.get("by") == "passphrase":
            secret = locks.opened_by_passphrase(lock, passphrase, bytes.fromhex(id))
            if secret:
                know(secret)
                return secret
    raise Refused("secret.wrong_passphrase", path=path)


def unlock_with_code(path: Path, code: str) -> bytes:
    """The same with the recovery code, for which no key file is needed. Raises Refused."""
    secret = locks.secret_of_code(code)
    if id_of(secret) != head(path):
        raise Refused("secret.other_code", path=path)
    know(secret)
    return secret


def unlock_with_device(path: Path, seeds: Iterable[bytes]) -> bytes:
    """The same with the keys of this machine. Raises Refused when the project was not encrypted for one of them."""
    id, mine = _locks_of(path)
    of_devices = [lock for lock in mine if lock.get("by") == "device"]
    for seed in seeds:
        for lock in of_devices:
            if secret := locks.opened_by_device(lock, seed, bytes.fromhex(id)):
                know(secret)
                return secret
    raise Refused("secret.no_device", path=path)


def is_for_device(path: Path, seeds: Iterable[bytes]) -> bool:
    """Whether one of the keys of this machine opens a project."""
    with contextlib.suppress(Refused, Damaged):
        keys = {lock.get("key") for lock in _locks_of(path)[1] if lock.get("by") == "device"}
        return bool(keys) and any(locks.public_of(seed) in keys for seed in seeds)
    return False


# The key file ---------------------------------------------------------------------------------------------------------


def key_file(path: Path) -> Path:
    """Where the key file of a project belongs: beside the file itself, not beside a link to it."""
    place = path.resolve()
    return place.with_name(place.name + ENDING)


def _locks_of(path: Path) -> tuple[str, list[dict[str, Any]]]:
    """The id that a project asks for, and its locks. Raises Refused and Damaged."""
    id = head(path)
    if id is None:
        raise Refused("secret.not_encrypted", path=path)
    return id, found(path, id)


def found(path: Path, id: str) -> list[dict[str, Any]]:
    """The locks of a secret, in the key file of a project or whatever key file lies near it. Raises Refused when there are
    none, and Damaged when only a file is there that cannot be read."""
    broken: Path | None = None
    for place in _near(path):
        try:
            if mine := read(place).get(id):
                return mine
        except Damaged:
            broken = broken or place
    if broken:
        raise Damaged("secret.broken_keys", path=broken)
    raise Refused("secret.no_key_file", path=path, keys=key_file(path).name)


def _near(path: Path) -> Iterator[Path]:
    first = key_file(path)
    yield first
    folder = first.parent
    for place in (folder, folder.parent, folder / f"{path.resolve().stem}.backups"):
        with contextlib.suppress(OSError):
            yield from sorted(one for one in place.glob(f"*{ENDING}") if one != first)


def read(place: Path) -> Locks:
    """Id -> locks, of a key file; none of one that is not there. Raises Damaged for what is no key file."""
    try:
        said = json.loads(place.read_text(encoding="utf-8"))
        if said["schema"] != SCHEMA or not all(isinstance(one, dict) for one in said["locks"]):
            raise ValueError(place)
        kept: Locks = {}
        for lock in said["locks"]:
            kept.setdefault(str(lock["id"]), []).append({name: lock[name] for name in lock if name != "id"})
        return kept
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise Damaged("secret.broken_keys", path=place) from None


def write(place: Path, kept: Locks) -> None:
    """Writes a key file whole or not at all; without locks there is none. Raises Refused."""
    if not any(kept.values()):
        with contextlib.suppress(OSError):
            place.unlink()
        return
    said = [{"id": id, **lock} for id, mine in kept.items() for lock in mine]
    words = json.dumps({"schema": SCHEMA, "about": ABOUT, "locks": said}, indent=1)
    with staged(place) as part:
        part.write_text(words + "\n", encoding="utf-8")


def lock_away(secret: bytes, passphrase: str, devices: Iterable[str] = ()) -> Locks:
    """Locks for a secret: one by the passphrase, one for each of these devices (public keys as hex). Raises Refused for a
    passphrase that is too short."""
    id = id_of(secret)
    about = bytes.fromhex(id)
    return {id: [locks.by_passphrase(secret, passphrase, about)] + [locks.by_device(secret, d, about) for d in devices]}


def carry(path: Path, target: Path) -> None:
    """Lets a copy of an encrypted project have a key file of its own, as far as its locks are known. Raises Refused."""
    id = head(path)
    if id is None:
        return
    with contextlib.suppress(Refused, Damaged):
        place = key_file(target)
        kept = read(place)
        mine = found(path, id)
        if kept.get(id) != mine:
            write(place, {**kept, id: mine})
