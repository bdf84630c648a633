"""What a secret is shut away with: a passphrase, the key of a device, letters on paper. Bytes only, no file and no project.

A lock is a small dict, fit for JSON. It holds the secret enciphered under a key that only the passphrase (by Argon2id) or the
owner of the device's key can make again, together with what the lock is about: it fits nothing else.
"""

import hashlib
import os
import unicodedata
from typing import Any

from .errors import Damaged, Refused

SECRET = 20  # bytes: 160 bits are out of anybody's reach, and can still be typed from paper
SHORTEST = 8  # characters of a passphrase
COST = {"memory": 1 << 16, "iterations": 3, "lanes": 4}  # of Argon2id, memory in KiB: the second choice of RFC 9106
MOST = {"memory": 1 << 20, "iterations": 16, "lanes": 16}  # more than this a lock from elsewhere may not ask for
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without letters that look like others
LOOKS_LIKE = str.maketrans("OIL", "011")
LETTERS, CHECKED, GROUP = SECRET * 8 // 5, 4, 4
PRIME = (1 << 255) - 19
BROKEN = (KeyError, TypeError, ValueError, AttributeError)


def new_secret() -> bytes:
    """A secret that nobody had before."""
    return os.urandom(SECRET)


def derived(secret: bytes, what: str, length: int = 32) -> bytes:
    """Bytes for one purpose, from which neither the secret nor those for another can be told."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), length, None, f"annotator {what}".encode()).derive(secret)


def must_do(passphrase: str) -> None:
    """Raises Refused for a passphrase that is too short to keep anybody out."""
    if len(passphrase) < SHORTEST:
        raise Refused("secret.short", least=SHORTEST)


# By a passphrase, by a device ------------------------------------------------------------------------------------------


def by_passphrase(secret: bytes, passphrase: str, about: bytes) -> dict[str, Any]:
    """A lock that a passphrase opens. Raises Refused for one that is too short."""
    must_do(passphrase)
    lock = {"by": "passphrase", "salt": os.urandom(16).hex(), **COST}
    return {**lock, "shut": _shut(_stretched(lock, passphrase), secret, about)}


def by_device(secret: bytes, public: str, about: bytes) -> dict[str, Any]:
    """A lock for the owner of a device's public key: the one it signs with, taken to where keys can be agreed on."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    once = X25519PrivateKey.generate()
    shared = once.exchange(X25519PublicKey.from_public_bytes(_for_agreeing(bytes.fromhex(public))))
    made = once.public_key().public_bytes_raw()
    key = derived(shared + made + bytes.fromhex(public), "device")
    return {"by": "device", "key": public, "once": made.hex(), "shut": _shut(key, secret, about)}


def opened_by_passphrase(lock: dict[str, Any], passphrase: str, about: bytes) -> bytes | None:
    """The secret, or None when this is not the passphrase. Raises Damaged for what is no lock."""
    try:
        return _opened(_stretched(lock, passphrase), str(lock["shut"]), about)
    except BROKEN:
        raise Damaged("secret.broken_lock") from None


def opened_by_device(lock: dict[str, Any], seed: bytes, about: bytes) -> bytes | None:
    """The secret, or None when the lock is not for the device with this secret seed. Raises Damaged for what is no lock."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    try:
        public, once = public_of(seed), bytes.fromhex(lock["once"])
        if lock["key"] != public:
            return None
        mine = X25519PrivateKey.from_private_bytes(hashlib.sha512(seed).digest()[:32])
        shared = mine.exchange(X25519PublicKey.from_public_bytes(once))
        return _opened(derived(shared + once + bytes.fromhex(public), "device"), str(lock["shut"]), about)
    except BROKEN:
        raise Damaged("secret.broken_lock") from None


def public_of(seed: bytes) -> str:
    """The public key of a device, as hex, from its secret seed."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw().hex()


def _for_agreeing(public: bytes) -> bytes:
    """The point of a signing key on the curve that keys are agreed on: u = (1 + y) / (1 - y)."""
    y = int.from_bytes(public, "little") & ((1 << 255) - 1)
    return ((1 + y) * pow(1 - y, -1, PRIME) % PRIME).to_bytes(32, "little")


def _stretched(lock: dict[str, Any], passphrase: str) -> bytes:
    """The key that a passphrase makes; what looks alike on two keyboards is alike. Raises ValueError for absurd costs."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    cost = {name: int(lock[name]) for name in COST}
    if any(not 0 < cost[name] <= MOST[name] for name in cost):
        raise ValueError(cost)
    argon = Argon2id(
        salt=bytes.fromhex(lock["salt"]),
        length=32,
        iterations=cost["iterations"],
        lanes=cost["lanes"],
        memory_cost=cost["memory"],
    )
    return argon.derive(unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass"))


def _shut(key: bytes, secret: bytes, about: bytes) -> str:
    """Enciphered under a key that is used this one time: so the nonce need not be kept."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    return ChaCha20Poly1305(key).encrypt(bytes(12), secret, about).hex()


def _opened(key: bytes, shut: str, about: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        return ChaCha20Poly1305(key).decrypt(bytes(12), bytes.fromhex(shut), about)
    except InvalidTag:
        return None


def enciphered(secret: bytes, data: bytes, about: bytes) -> bytes:
    """Bytes of any length under a secret that is used for them alone."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    return ChaCha20Poly1305(derived(secret, "bytes")).encrypt(bytes(12), data, about)


def deciphered(secret: bytes, data: bytes, about: bytes) -> bytes | None:
    """What `enciphered` was given; None when a bit of it or of what it is about was altered."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        return ChaCha20Poly1305(derived(secret, "bytes")).decrypt(bytes(12), data, about)
    except InvalidTag:
        return None


# On paper -------------------------------------------------------------------------------------------------------------


def recovery_code(secret: bytes) -> str:
    """The secret as letters and digits in groups, with some more that tell a slip: for paper, not for a file."""
    letters = _spelt(int.from_bytes(secret, "big"), LETTERS) + _check(secret)
    return "-".join(letters[n : n + GROUP] for n in range(0, len(letters), GROUP))


def secret_of_code(words: str) -> bytes:
    """The secret that a recovery code spells, however it was typed. Raises Refused for what is none."""
    letters = "".join(c for c in words.upper().translate(LOOKS_LIKE) if c.isalnum())
    if len(letters) != LETTERS + CHECKED:
        raise Refused("secret.code_length", count=len(letters), wanted=LETTERS + CHECKED)
    number = 0
    for letter in letters[:LETTERS]:
        number = number * 32 + max(ALPHABET.find(letter), 0)
    secret = number.to_bytes(SECRET, "big")
    if _check(secret) != letters[LETTERS:] or not set(letters) <= set(ALPHABET):
        raise Refused("secret.code_slip")
    return secret


def _check(secret: bytes) -> str:
    return _spelt(int.from_bytes(hashlib.sha256(secret).digest()[:4], "big") >> 12, CHECKED)


def _spelt(number: int, length: int) -> str:
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))
