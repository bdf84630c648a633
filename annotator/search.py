"""Finding words in a text as a reader means them: offsets are code points of the text as it stands.

What is typed and what is printed differ in ways that do not matter to a reader. Both are folded before they are compared:

    composed and decomposed letters, Hangul syllables and their jamo     alike
    Arabic vowel signs and tatweel, soft hyphens, joiners, variation selectors     passed over
    curly and straight quotes, hyphens and dashes, kinds of blanks       alike
    ligatures and long case pairs (fi, ss and sharp s), and the dotted and dotless Turkish i     alike, unless case counts

Regular expressions are those of the library `regex`, on the text as it stands.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import accumulate

from .errors import Refused
from .text import Span

PASSED_OVER = re.compile("[\u00ad\u0640\u064b-\u0652\u0670\u200b-\u200d\u2060\ufe0e\ufe0f]")
ALIKE = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201b\u02bc\u2032", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | dict.fromkeys(
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
    )
)
TURKISH = str.maketrans({"\u0130": "i", "\u0131": "i"})
WITHOUT_BLANKS = re.compile(  # scripts that part words by nothing that can be seen
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


def find_all(text: str, words: str, *, case: bool = False, whole: bool = False) -> list[Span]:
    """Every place of `words` in `text`, in order, none overlapping. `case`: capitals count; `whole`: whole words only."""
    wanted = _fold(words, case)
    if not wanted:
        return []
    folded, borders = _folded(text, case)
    found, at = [], folded.find(wanted)
    while at >= 0:
        span = _span(borders, at, at + len(wanted))
        taken = span and not _continues(text, span.end) and not (whole and _inside_word(text, span))
        if span and taken:
            found.append(span)
        at = folded.find(wanted, at + (len(wanted) if taken else 1))
    return found


SECONDS = 2.0  # that a pattern may take for one text


def find_pattern(
    text: str, pattern: str, *, case: bool = False, whole: bool = False, seconds: float = SECONDS
) -> list[Span]:
    """Every place that a regular expression matches, none overlapping and none empty. ^ and $ are those of a paragraph.
    Raises Refused: the pattern is none, or takes longer than so many seconds on this text."""
    try:
        compiled = compiled_pattern(pattern, case)
        matches = compiled.finditer(text, timeout=seconds, concurrent=True)
        found = [Span(*match.span()) for match in matches if match.end() > match.start()]
    except TimeoutError:
        raise Refused("find.too_slow", pattern=pattern, seconds=f"{seconds:g}") from None
    return [span for span in found if not (whole and _inside_word(text, span))]


@lru_cache(maxsize=8)
def compiled_pattern(pattern: str, case: bool):
    """A regular expression, ready to be used. Raises Refused: it is none."""
    import regex

    try:
        return regex.compile(pattern, regex.MULTILINE | (0 if case else regex.IGNORECASE | regex.FULLCASE))
    except regex.error as error:
        raise Refused("find.pattern", pattern=pattern, reason=error) from None


def folded_words(text: str) -> str:
    """A text as it is compared when case does not count."""
    return _folded.__wrapped__(text, False)[0]


def is_blankless(character: str) -> bool:
    """Whether it belongs to a script that parts words by nothing."""
    return WITHOUT_BLANKS.match(character) is not None


def is_word_letter(character: str) -> bool:
    """Whether words are made of it, in a script that parts them by blanks."""
    return _of_word(character)


@lru_cache(maxsize=2)
def _folded(text: str, case: bool) -> tuple[str, array | None]:
    """The folded text, and where each character of the text begins in it (None: where it begins in the text)."""
    table = {ord(character): _fold(character, case) for character in set(text)}
    if all(len(piece) == 1 for piece in table.values()):
        return text.translate(table), None
    lengths = {chr(point): len(piece) for point, piece in table.items()}
    return text.translate(table), array("L", accumulate(map(lengths.__getitem__, text), initial=0))


def _fold(words: str, case: bool) -> str:
    words = PASSED_OVER.sub("", unicodedata.normalize("NFD", words if case else words.translate(TURKISH)))
    if not case:
        words = unicodedata.normalize("NFD", words.casefold())
    return words.translate(ALIKE)


def _span(borders: array | None, start: int, end: int) -> Span | None:
    """The characters that fold to `[start, end)`; None when that begins or ends inside a character.
    What is passed over counts to the character before it."""
    if borders is None:
        return Span(start, end)
    first, last = bisect_right(borders, start) - 1, bisect_right(borders, end) - 1
    if borders[first] != start or borders[bisect_left(borders, end)] != end:
        return None
    return Span(first, last)


def _continues(text: str, end: int) -> bool:
    """Whether the character at `end` only completes the letter before it: an accent, a jamo of the same syllable."""
    after = text[end : end + 1]
    return after != "" and (unicodedata.combining(after) != 0 or "\u1160" <= after <= "\u11ff")


def _inside_word(text: str, span: Span) -> bool:
    return _joined(_last(text, 0, span.start), text[span.start]) or _joined(
        _last(text, span.start, span.end), text[span.end : span.end + 1]
    )


def _last(text: str, start: int, end: int) -> str:
    """The last character before `end` that is not passed over; none before `start`."""
    while end > start and PASSED_OVER.match(text[end - 1]):
        end -= 1
    return text[end - 1 : end] if end > start else ""


def _joined(left: str, right: str) -> bool:
    return _of_word(left) and _of_word(right)


def _of_word(character: str) -> bool:
    if WITHOUT_BLANKS.match(character):
        return False
    return character.isalnum() or character == "_" or unicodedata.category(character or " ").startswith("M")
