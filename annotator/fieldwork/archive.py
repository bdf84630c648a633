"""The ZIP of a package. Written with one date and in one order: the same contents are the same bytes. Read as a file from
elsewhere: nothing is unpacked to a path, and no more is read than the package may hold."""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from annotator.errors import AnnotatorError, Damaged, Refused
from annotator.fieldwork import sealing
from annotator.fieldwork.sealing import Seal
from annotator.staging import staged

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
DATE = (1980, 1, 1, 0, 0, 0)
MANIFEST_MOST = 16 << 20  # bytes of a manifest
MOST = 1 << 30  # bytes of a package unpacked
PART = 1 << 18  # bytes unpacked at a time
TIMES = 200  # so many times its own size it may unpack to; what people wrote packs to a tenth
LEAST = 1 << 20  # below this the ratio says nothing
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    KeyError,
)  # OSError: of absurd offsets


class Unpacked(NamedTuple):
    """A package as it lies in its file: the manifest and its signature as they stand, and the ZIP around them."""

    path: Path
    zip: zipfile.ZipFile
    manifest: bytes
    signature: bytes

    def parts(self, name: str, size: int, sha256: str) -> Iterator[bytes]:
        """The bytes of a member, part by part: not one more than it may have, and those that its hash is of. Raises Damaged, at
        the end at the latest."""
        digest, seen = hashlib.sha256(), 0
        for part in _parts(self.zip, name, self.path):
            digest.update(part)
            seen += len(part)
            if seen > size:
                break
            yield part
        if digest.hexdigest() != sha256 or seen != size:
            raise Damaged("package.altered", name=self.path.name)


def write(
    path: Path, manifest: bytes, signature: bytes, members: Iterable[tuple[str, bytes]], seal: Seal | None = None
) -> None:
    """Writes a package, whole or not at all; a sealed one touches the disk as it is sealed. Raises Refused."""
    with staged(path) as part:
        where = io.BytesIO() if seal else part
        with zipfile.ZipFile(where, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as made:
            for name, data in ((MANIFEST, manifest), (SIGNATURE, signature), *members):
                entry = zipfile.ZipInfo(name, DATE)
                entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
                made.writestr(entry, data)
        if seal and isinstance(where, io.BytesIO):
            part.write_bytes(sealing.sealed(where.getvalue(), seal))


def opened(path: Path) -> Unpacked:
    """A package to be read; close its `zip`. Raises Damaged or Refused."""
    try:
        if not path.is_file():
            raise Refused("package.missing", path=path)
        found = zipfile.ZipFile(_plain(path))
    except AnnotatorError:
        raise
    except OSError as error:
        raise Refused("file.not_read", path=path, reason=error.strerror or error) from None
    except BROKEN:
        raise _no_zip(path) from None
    try:
        if MANIFEST not in found.namelist():
            raise Refused("package.not_a_package", name=path.name)
        manifest = _bytes(found, MANIFEST, MANIFEST_MOST, path)
        return Unpacked(path, found, manifest, _bytes(found, SIGNATURE, 1000, path))
    except BaseException:
        found.close()
        raise


def is_sealed(path: Path) -> bool:
    """Whether a package is sealed. Raises OSError."""
    with path.open("rb") as file:
        return sealing.is_sealed(file.read(len(sealing.MAGIC)))


def _plain(path: Path) -> Path | io.BytesIO:
    """The ZIP of a package: the file itself or, in memory, what is sealed in it. Raises Damaged and Refused."""
    if not is_sealed(path):
        return path
    if (size := path.stat().st_size) > MOST:
        raise Refused("package.too_large", name=path.name, size=size >> 20)
    return io.BytesIO(sealing.opened(path.read_bytes(), path))


def must_hold(unpacked: Unpacked, sizes: dict[str, int]) -> None:
    """Raises Damaged or Refused unless these are the members, each once, and no more than a package may hold."""
    names = [name for name in unpacked.zip.namelist() if name not in (MANIFEST, SIGNATURE)]
    if len(names) != len(sizes) or {*names} != {*sizes}:
        raise Damaged("package.altered", name=unpacked.path.name)
    total = sum(sizes.values())
    if total > MOST or total > max(LEAST, TIMES * unpacked.path.stat().st_size):
        raise Refused("package.too_large", name=unpacked.path.name, size=total >> 20)


def _bytes(found: zipfile.ZipFile, name: str, most: int, path: Path) -> bytes:
    """The bytes of a member, of which no more is unpacked than it may have."""
    read = bytearray()
    for part in _parts(found, name, path):
        read += part
        if len(read) > most:
            raise Damaged("package.altered", name=path.name)
    return bytes(read)


def _parts(found: zipfile.ZipFile, name: str, path: Path) -> Iterator[bytes]:
    try:
        with found.open(name) as member:
            while part := member.read(PART):
                yield part
    except BROKEN:
        raise Damaged("package.altered", name=path.name) from None


def _no_zip(path: Path) -> AnnotatorError:
    with path.open("rb") as file:
        begins = file.read(4) == b"PK\x03\x04"
    return Damaged("package.cut", name=path.name) if begins else Refused("package.not_a_package", name=path.name)
