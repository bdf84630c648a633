"""Bytes to text: byte order mark, strict UTF-8, the pattern of UTF-16, and last a guess, which is always shown.

The guess ranks what charset-normalizer finds possible by how well the words fit a language: alone it takes French in
cp1252 for cp1250 and Hebrew for Cyrillic.
"""

import codecs
from collections.abc import Iterator
from typing import NamedTuple

from annotator import text
from annotator.errors import Refused
from annotator.text import Decoded, canonical

from .language import fit

SAMPLE = 1 << 16  # bytes looked at
SHOWN, JUDGED = 400, 1500  # characters of a preview, and of what encodings are ranked by
CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b")) + b"\x7f"
MOST_CONTROL = 0.05  # of the bytes; legacy encodings use none of these
COMMON = ("cp1252", "iso8859_2", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256")
COMMON += ("cp949", "gb18030", "big5", "cp932", "euc_jp", "mac_roman")

WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932"}
WIDER |= dict.fromkeys(("iso_8859_1", "iso8859_1", "latin_1", "latin1", "us_ascii", "ascii"), "cp1252")


class Candidate(NamedTuple):
    """An encoding in which a file can be read, and what one would read: from its first character that is not ASCII."""

    encoding: str
    beginning: str


def decode(filename: str, data: bytes, encoding: str = "") -> Decoded:
    """The canonical text of a file. A byte order mark goes before `encoding`. Raises Refused: no such encoding, bytes that
    do not fit it, or no text at all."""
    try:
        return text.decode(data, encoding or None, lambda data: _guess(filename, data))
    except (LookupError, UnicodeError):
        raise Refused("import.no_such_encoding", encoding=encoding) from None


def candidates(data: bytes) -> list[Candidate]:
    """The encodings in which a file can be read, likeliest first, no two with the same beginning: for a preview."""
    found: list[Candidate] = []
    certain = [encoding for encoding in (_certain(data),) if encoding]
    for encoding in [*certain, *_ranked(data)]:
        words = _sample(data, encoding)
        if words is not None and (shown := _beginning(words, SHOWN)) not in {one.beginning for one in found}:
            found.append(Candidate(encoding, shown))
    return found[:8]


def wider(encoding: str) -> str:
    """The encoding that holds all of this one and more, and is meant where this one is named."""
    return WIDER.get(encoding.lower().replace("-", "_"), encoding)


def fits(data: bytes, encoding: str) -> bool:
    """Whether the bytes can be read in an encoding, and there is one of that name."""
    try:
        data.decode(encoding)
    except (UnicodeError, LookupError):
        return False
    return True


def _certain(data: bytes) -> str | None:
    try:
        return text.decode(data[: len(data) // 2 * 2]).encoding
    except Refused:
        return None


def _guess(filename: str, data: bytes) -> str | None:
    control = len(data) - len(data.translate(None, CONTROL))
    if control > MOST_CONTROL * len(data):
        raise Refused("import.not_text", filename=filename, share=round(100 * control / len(data)))
    return next((encoding for encoding in _ranked(data) if fits(data, encoding)), None)


def _ranked(data: bytes) -> list[str]:
    """Encodings that fit the first bytes, those first whose words are most like a language."""
    samples = {encoding: _sample(data, encoding) for encoding in _possible(data)}
    scores = {
        encoding: round(fit(_beginning(words, JUDGED)), 3) for encoding, words in samples.items() if words is not None
    }
    return sorted(scores, key=lambda encoding: -scores[encoding])


def _possible(data: bytes) -> Iterator[str]:
    from charset_normalizer import from_bytes

    found = [match.encoding for match in from_bytes(data[:SAMPLE])]
    yield from dict.fromkeys(wider(encoding) for encoding in (*found, *COMMON))


def _sample(data: bytes, encoding: str) -> str | None:
    """The beginning of the text in an encoding, or None; a character cut by the end of the sample is left out."""
    try:
        words = codecs.getincrementaldecoder(encoding)().decode(data[:SAMPLE], final=False)
    except (UnicodeError, LookupError):
        return None
    return canonical(words)[0]


def _beginning(words: str, length: int) -> str:
    """The words from about the first character that is not ASCII."""
    first = next((place for place, character in enumerate(words) if character > "\x7f"), 0)
    start = max(words.rfind("\n", 0, first) + 1, first - length // 4)
    return words[start : start + length]
