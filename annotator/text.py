"""The frozen text of a document: decoded once, offsets in code points, paragraphs, sentences. Knows str and int only.

Canonical text has one line end, LF, and nothing that Qt, SQLite or UTF-8 would change silently:

    BOM (all leading U+FEFF)         dropped          CRLF, CR, U+2029 (paragraph separator)   LF
    U+FEFF inside                    U+2060           U+0000, U+FDD0, U+FDD1, lone surrogates  U+FFFD
    surrogate pair as two characters joined to one   U+2028, U+0085, VT, FF, NBSP                kept

Only the BOM, CRLF and such pairs (some RTF readers make them) change the count of code points. Nothing is ever
NFC-normalised. Never use `str.splitlines`. Other control characters stay: who writes XML must replace them there.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable
from typing import Literal, NamedTuple

from .errors import Refused

BOMS = (
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
LINE_END = re.compile("\r\n?|\u2029")
PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
UNSAFE = re.compile("[\0\ufdd0\ufdd1\ud800-\udfff]")
ASTRAL = re.compile("[\U00010000-\U0010ffff]")
UNSPACED = re.compile(  # scripts without blanks between words: Thai, Lao, Tibetan, Burmese, Khmer, kana, Han
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
LOOKED_AT = 4000  # characters that tell whether a text is in such a script
Measure = Literal["words", "characters"]


class Span(NamedTuple):
    """Half-open `[start, end)` in code points of a document's canonical text."""

    start: int
    end: int


class Decoded(NamedTuple):
    """Canonical text and how it was read. `guessed` must be shown to a person; `replaced` counts U+FFFD put in."""

    text: str
    encoding: str
    guessed: bool
    replaced: int


def decode(
    data: bytes, encoding: str | None = None, guess: Callable[[bytes], str | None] = lambda data: None
) -> Decoded:
    """Canonical text of a file: by its BOM, else by `encoding`, else strict UTF-8, the pattern of UTF-16, and last `guess`.
    Raises Refused, and LookupError for an encoding that there is not."""
    found, guessed = _by_bom(data) or encoding or _by_pattern(data), False
    if found is None:
        found, guessed = guess(data), True
    if found is None:
        raise Refused("text.encoding_unknown")
    try:
        is_utf16 = found.lower().replace("_", "-").startswith("utf-16")
        text = data.decode(found, "surrogatepass" if is_utf16 else "strict")
    except UnicodeDecodeError as error:
        raise Refused("text.not_in_encoding", encoding=found, position=error.start) from None
    text, replaced = canonical(text)
    return Decoded(text, found, guessed, replaced)


def canonical(text: str) -> tuple[str, int]:
    """The canonical form of `text` and how many characters had to become U+FFFD. Applying it twice changes nothing."""
    text = LINE_END.sub("\n", text.lstrip("\ufeff")).replace("\ufeff", "\u2060")
    text = PAIR.sub(lambda pair: pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le"), text)
    return UNSAFE.subn("\ufffd", text)


def folded(name: str) -> str:
    """A name as names are compared: whatever its case, its blanks and how its accents are put together."""
    plain = unicodedata.normalize("NFD", name).casefold()
    return " ".join(unicodedata.normalize("NFD", plain).split())


def paragraphs(text: str) -> list[Span]:
    """Every paragraph without its LF, empty ones too: the same blocks, in the same order, as QTextDocument makes."""
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return spans


def paragraph_at(text: str, position: int) -> Span:
    """The paragraph around a code point, without its LF. Looks at that paragraph only, however long the text."""
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    return Span(start, len(text) if end < 0 else end)


def sentences(text: str, language: str = "") -> list[Span]:
    """Every sentence without the blanks around it; a sentence never crosses a paragraph. `language` is BCP 47."""
    return [span for paragraph in paragraphs(text) for span in sentences_of(text, paragraph, language)]


def sentences_of(text: str, paragraph: Span, language: str = "") -> list[Span]:
    """The sentences of one paragraph of `text`, in code points of the whole text."""
    from sentencex import get_sentence_boundaries  # pyright: ignore[reportAttributeAccessIssue] - compiled, no stubs

    words = text[paragraph.start : paragraph.end]
    found = []
    for boundary in get_sentence_boundaries(language.split("-")[0].lower() or "en", words):
        piece = words[boundary["start_index"] : boundary["end_index"]]
        start = paragraph.start + boundary["start_index"] + len(piece) - len(piece.lstrip())
        if bare := piece.strip():
            found.append(Span(start, start + len(bare)))
    return found


def measure_of(text: str) -> Measure:
    """What the length of a text is counted in: words or, in a script that puts no blanks between them, characters."""
    sample = text[:LOOKED_AT]
    return "characters" if 2 * len(UNSPACED.findall(sample)) > sum(map(str.isalpha, sample)) else "words"


def length_in(measure: Measure, text: str) -> int:
    """How long a text is in words, or in characters without the blanks."""
    parts = text.split()
    return len(parts) if measure == "words" else sum(map(len, parts))


class Offsets:
    """Code points to UTF-16 units and back, for one text. One comparison a call while the text has no astral character."""

    def __init__(self, text: str):
        has_astral = len(text.encode("utf-16-le")) != 2 * len(text)
        self._astral = [match.start() for match in ASTRAL.finditer(text)] if has_astral else []
        self._units = [point + before for before, point in enumerate(self._astral)]

    def to_utf16(self, point: int) -> int:
        """The UTF-16 position of a code point."""
        return point + bisect_left(self._astral, point)

    def to_point(self, unit: int) -> int:
        """The code point at a UTF-16 position. Raises Refused between the two halves of one character."""
        before = bisect_left(self._units, unit)
        if before and self._units[before - 1] == unit - 1:
            raise Refused("text.inside_character", position=unit)
        return unit - before


def _by_bom(data: bytes) -> str | None:
    return next((name for bom, name in BOMS if data.startswith(bom)), None)


def _by_pattern(data: bytes) -> str | None:
    sample = data[:4096]
    low, high = sample[0::2].count(0), sample[1::2].count(0)
    if max(low, high) > len(sample) // 8 and min(low, high) <= len(sample) // 100 and len(data) % 2 == 0:
        return "utf-16-le" if high > low else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"
