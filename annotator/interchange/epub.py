"""E-books: the chapters in the order of their spine, as `html` reads them."""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from annotator.errors import Refused

from . import html
from .incoming import File, Incoming, incoming
from .untrusted import Archive, attribute, broken, local

NAME = "E-book (EPUB)"
EXTENSIONS = (".epub",)

CONTAINER = "META-INF/container.xml"
FONTS_ONLY = "obfuscation"  # in the name of the two algorithms that hide fonts; any other locks the text
DETAILS = {"creator": "author", "publisher": "source", "date": "date"}


def read(file: File) -> list[Incoming]:
    """The one document in an e-book. Raises Refused (locked, no text) or Damaged."""
    archive = Archive(file)
    place = next((attribute(one, "full-path") for one in archive.xml(CONTAINER).iter("{*}rootfile")), "")
    if place not in archive.names:
        raise broken(file, "no package document")
    package = archive.xml(place)
    chapters = [html.read_chapter(file, archive.read(name)) for name in dict.fromkeys(_spine(archive, package, place))]
    about = {local(one): (one.text or "").strip() for one in reversed(list(package.iterfind("{*}metadata/*")))}
    return [
        incoming(
            file,
            "\n\n".join(chapter for chapter in chapters if chapter.strip()),
            title=" ".join(about.get("title", "").split()),
            language=about.get("language", ""),
            details={name: about[key] for key, name in DETAILS.items() if about.get(key)},
        )
    ]


def _spine(archive: Archive, package, place: str) -> Iterator[str]:
    """The entries of the chapters in reading order; what the archive lacks is passed over."""
    locked = _locked(archive)
    files = {attribute(one, "id"): attribute(one, "href") for one in package.iterfind("{*}manifest/{*}item")}
    for one in package.iterfind("{*}spine/{*}itemref"):
        href = unquote(files.get(attribute(one, "idref"), "").partition("#")[0])
        name = posixpath.normpath(posixpath.join(posixpath.dirname(place), href))
        if name in locked:
            raise Refused("import.password", filename=archive.file.name)
        if href and name in archive.names:
            yield name


def _locked(archive: Archive) -> set[str]:
    name = "META-INF/encryption.xml"
    data = archive.xml(name).iterfind("{*}EncryptedData") if name in archive.names else ()
    return {
        unquote(attribute(reference, "URI"))
        for one in data
        if not any(FONTS_ONLY in attribute(method, "Algorithm") for method in one.iter("{*}EncryptionMethod"))
        for reference in one.iter("{*}CipherReference")
    }
