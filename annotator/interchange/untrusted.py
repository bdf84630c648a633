"""Zip archives and XML from strangers: nothing is unpacked to disk, no entity is resolved, no network is asked."""

import zipfile
import zlib
from io import BytesIO

from annotator.errors import Damaged, Refused

from .incoming import File

MOST_UNPACKED = 200_000_000  # bytes, of all entries together
MOST_RATIO = 200  # of an entry above SMALL: prose shrinks to a tenth, tables seldom to a fiftieth
SMALL = 10_000_000
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, ValueError, OSError)


class Archive:
    """The entries of a zip in memory. Raises Refused when it would unpack to too much, Damaged when it is broken."""

    def __init__(self, file: File):
        self.file = file
        try:
            self._zip = zipfile.ZipFile(BytesIO(file.data))
        except BROKEN as error:
            raise broken(file, error) from None
        entries = self._zip.infolist()
        self.names = frozenset(entry.filename for entry in entries)
        total = sum(entry.file_size for entry in entries)
        swollen = (one for one in entries if one.file_size > SMALL and one.file_size > MOST_RATIO * one.compress_size)
        if total > MOST_UNPACKED or any(swollen):
            raise Refused("import.unpacks_too_large", filename=file.name, size=total // 1_000_000)
        if any(entry.flag_bits & 1 for entry in entries):
            raise Refused("import.password", filename=file.name)

    def read(self, name: str) -> bytes:
        """The bytes of an entry, never more than its declared size."""
        try:
            return self._zip.read(name)
        except BROKEN as error:
            raise broken(self.file, error) from None

    def xml(self, name: str):
        """The root element of an entry."""
        return xml(self.file, self.read(name))

    def must_be_sound(self) -> None:
        """Unpacks every entry once: for readers that do not keep to the declared sizes."""
        for name in self.names:
            self.read(name)


def xml(file: File, data: bytes):
    """The root element of an XML document. Raises Damaged."""
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - compiled, without stubs

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data.removeprefix(b"\xef\xbb\xbf"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken(file, error) from None
    if root is None:
        raise broken(file, "no XML")
    return root


def local(element) -> str:
    """The name of an element without its namespace; "" for what is no element (an unresolved entity)."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element, name: str) -> str:
    """An attribute by its name without namespace: strict and transitional files write different ones."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def broken(file: File, reason: object) -> Damaged:
    """The error for a file that is not what it says it is."""
    return Damaged("import.broken", filename=file.name, reason=str(reason).strip("'\". ") or type(reason).__name__)
