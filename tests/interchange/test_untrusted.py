"""Zips and XML of strangers: bombs, locks and lies end in a sentence, not in an empty memory."""

import struct
import zipfile
from io import BytesIO

import pytest

from annotator.errors import Damaged, Refused
from annotator.interchange.untrusted import MOST_UNPACKED, Archive, xml
from tests.interchange.building import file, zipped


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """30 MB of zeros in 30 kB, as the main part of a Word document."""
    return zipped({"word/document.xml": bytes(30_000_000)})


def test_a_zip_bomb_is_refused_before_it_is_unpacked(bomb):
    assert len(bomb) < 40_000
    with pytest.raises(Refused, match=r"a\.docx would unpack to 30 MB, far more than a document holds"):
        Archive(file("a.docx", bomb))


def test_many_small_entries_are_a_bomb_too():
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"x" * 9_000_000)
    data = bytearray(made.getvalue())
    place = data.rfind(b"PK\x01\x02")  # its entry in the directory, written again and again
    entry, end = bytes(data[place : data.rfind(b"PK\x05\x06")]), data[data.rfind(b"PK\x05\x06") :]
    count = MOST_UNPACKED // 9_000_000 + 1
    end[8:16] = struct.pack("<HHI", count, count, count * len(entry))
    with pytest.raises(Refused, match="would unpack to 207 MB"):
        Archive(file("a.docx", bytes(data[:place]) + entry * count + bytes(end)))


def test_a_lie_about_the_size_is_damage():
    data = zipped({"a": b"x" * 100_000})
    for marker, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.index(marker) + offset
        data = data[:place] + struct.pack("<I", 10) + data[place + 4 :]
    archive = Archive(file("a.xlsx", data))
    with pytest.raises(Damaged, match=r"a\.xlsx is damaged"):
        archive.must_be_sound()


def test_a_locked_zip_is_told():
    data = bytearray(zipped({"a": "b"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Refused, match="locked by a password"):
        Archive(file("a.docx", bytes(data)))


def test_entities_are_not_multiplied():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    with pytest.raises(Damaged, match="amplification"):
        xml(file("a.odt", ""), f"<!DOCTYPE a [{laughs}]><a>x&l9;y</a>".encode())
    root = xml(file("a.odt", ""), f"<!DOCTYPE a [{laughs}]><a>x&l0;y</a>".encode())
    assert (root.text, root[0].tail) == ("x", "y")


@pytest.mark.parametrize("data", [b"", b"<a", b"<!-- only -->", b"<a>" * 5000, b"\0"])
def test_broken_xml_is_told(data):
    with pytest.raises(Damaged, match=r"a\.odt is damaged"):
        xml(file("a.odt", ""), data)
