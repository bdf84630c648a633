"""What a package says of itself: the border that pydantic guards."""

import hashlib
import json
import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from annotator.errors import Damaged, Refused
from annotator.fieldwork.sounds import spoken
from annotator.model import canonical_json

FAMILY, SCHEMA = "annotator-package/", "annotator-package/1"
NAMES = re.compile(r"README\.txt|log\.jsonl|codebook\.json|entities\.json|preview\.csv|texts/[0-9a-f]{64}\.txt")
Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Number = Annotated[int, Field(ge=0, lt=1 << 53)]
Device = Annotated[str, Field(max_length=200)]


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class Named(_Part):
    """Somebody or something, by id and name."""

    id: str
    name: str


class Sender(_Part):
    """The device that signed."""

    device: Device
    coder: Named
    key: Hash
    fingerprint: str


class Head(_Part):
    """The last revision of a device that is in the package."""

    device: Device
    last: Number
    hash: Hash


class Gap(_Part):
    """Numbers of a device that were kept back on purpose."""

    device: Device
    first: Number
    last: Number


class Member(_Part):
    """One file of the package."""

    sha256: Hash
    size: Number


class EntityEntry(_Part):
    """An entity as it stands, without who named it when."""

    id: str
    name: str
    aliases: list[str] = []


class Manifest(_Part):
    """What is in a package, for whom, from where."""

    schema_: Literal["annotator-package/1"] = Field(alias="schema")
    kind: Literal["assignment", "coded"]
    project: Named
    coder: Named
    sender: Sender
    round: Named | None
    codebook: int | None  # the number of the version, None before the first is published
    until: str  # when the last step in it was made, by its clock
    format: int
    counts: dict[str, Number]
    devices: list[Head]
    withheld: list[Gap]
    texts: dict[str, Hash]  # document id -> SHA-256 of its text
    entries: dict[str, Member]
    encrypted: bool = False  # whether the project is that it comes from


def written(manifest: Manifest) -> bytes:
    """The manifest as its one spelling."""
    return canonical_json(manifest.model_dump(by_alias=True)).encode()


def parsed(data: bytes, name: str) -> Manifest:
    """The manifest in these bytes, whose signature was verified. Raises Damaged or Refused."""
    try:
        return Manifest.model_validate_json(data)
    except ValidationError:
        raise Damaged("package.altered", name=name) from None


def signer(data: bytes, name: str) -> str:
    """The public key that a manifest names, before anything else in it is believed. Raises Refused for what is no manifest
    of this version."""
    try:
        found: Any = json.loads(data)
        schema, key = str(found["schema"]), str(found["sender"]["key"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Damaged("package.altered", name=name) from None
    if schema != SCHEMA:
        is_newer = schema.startswith(FAMILY)
        raise Refused("package.newer" if is_newer else "package.not_a_package", name=name)
    return key


def check_word(data: bytes) -> str:
    """Two words that stand for a manifest, and with it for all that is in the package."""
    return spoken(hashlib.sha256(data).digest()[:4])


def entities(data: bytes, name: str) -> list[EntityEntry]:
    """The registry of entities in a package. Raises Damaged."""
    try:
        return [EntityEntry.model_validate(entry) for entry in json.loads(data)]
    except (ValueError, TypeError):
        raise Damaged("package.altered", name=name) from None
