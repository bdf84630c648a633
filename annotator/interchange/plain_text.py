"""Plain text and Markdown, kept as they are."""

from .decoding import decode
from .incoming import File, Incoming, incoming

NAME = "Plain text"
EXTENSIONS = (".txt", ".text", ".md", ".markdown")


def read(file: File) -> list[Incoming]:
    """The one document in a text file. Raises Refused."""
    decoded = decode(file.name, file.data, file.encoding)
    return [incoming(file, decoded.text, encoding=decoded.encoding, guessed=decoded.guessed, replaced=decoded.replaced)]
