"""The key that a device signs its packages with. It lies with the settings of the machine and never leaves it."""

import contextlib
import hashlib
import os
from pathlib import Path

from annotator import settings
from annotator.errors import Refused
from annotator.fieldwork.sounds import spoken

LENGTH = 32


def sign(device: str, data: bytes) -> tuple[str, str]:
    """The public key of a device and its signature of these bytes, both as hex. A device without a key gets one. Raises
    Refused when the machine lets no key be kept."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(_secret(device))
    return key.public_key().public_bytes_raw().hex(), key.sign(data).hex()


def public_key(device: str) -> str:
    """The public key of a device, as hex."""
    return sign(device, b"")[0]


def is_signed(key: str, data: bytes, signature: str) -> bool:
    """Whether the owner of this public key signed these bytes."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(key: str) -> str:
    """Four words that stand for a public key, to be read aloud."""
    return spoken(hashlib.sha256(bytes.fromhex(key)).digest()[:8])


def secrets() -> list[bytes]:
    """The secret bytes of all devices of this machine: to open what was sealed for one of them."""
    with contextlib.suppress(OSError):
        found = [_read(path) for path in sorted((settings.folder() / "keys").glob("*.key"))]
        return [one for one in found if one]
    return []


def _secret(device: str) -> bytes:
    """The secret bytes of a device, made at first use; nobody else on the machine may read them."""
    path = settings.folder() / "keys" / f"{hashlib.sha256(device.encode()).hexdigest()[:32]}.key"
    try:
        return _read(path) or _make(path)
    except OSError as error:
        raise Refused("package.no_key", path=path, reason=error.strerror or error) from None


def _read(path: Path) -> bytes | None:
    try:
        found = path.read_bytes()
    except FileNotFoundError:
        return None
    return found if len(found) == LENGTH else None


def _make(path: Path) -> bytes:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    secret, part = os.urandom(LENGTH), path.with_suffix(f".{os.getpid()}")
    place = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(place, "wb") as file:
        file.write(secret)
        os.fsync(file.fileno())
    part.replace(path)
    return secret
