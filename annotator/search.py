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
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
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
FEW = 24  # characters that are exchanged one after the other; more of them all at once


def find_all(text: str, words: str, *, case: bool = False, whole: bool = False) -> list[Span]:
    """Every place of `words` in `text`, in order, none overlapping. `case`: capitals count; `whole`: whole words only."""
    return list(find_each(text, words, case=case, whole=whole))


def find_each(text: str, words: str, *, case: bool = False, whole: bool = False) -> Iterator[Span]:
    """As `find_all`, one after the other."""
    wanted = _fold(words, case)
    if not wanted:
        return
    folded = _folded(text, case)
    at = folded.words.find(wanted)
    while at >= 0:
        span = _span(folded, at, at + len(wanted))
        taken = span and not _continues(text, span.end) and not (whole and _inside_word(text, span))
        if span and taken:
            yield span
        at = folded.words.find(wanted, at + (len(wanted) if taken else 1))


SECONDS = 2.0  # that a pattern may take for one text


def find_pattern(
    text: str, pattern: str, *, case: bool = False, whole: bool = False, seconds: float = SECONDS
) -> list[Span]:
    """Every place that a regular expression matches, none overlapping and none empty. ^ and $ are those of a paragraph.
    Raises Refused: the pattern is none, or takes longer than so many seconds on this text."""
    return list(find_matches(text, pattern, case=case, whole=whole, seconds=seconds))


def find_matches(
    text: str, pattern: str, *, case: bool = False, whole: bool = False, seconds: float = SECONDS
) -> Iterator[Span]:
    """As `find_pattern`, one after the other."""
    compiled = compiled_pattern(pattern, case)
    try:
        for match in compiled.finditer(text, timeout=seconds, concurrent=True):
            span = Span(*match.span())
            if span.end > span.start and not (whole and _inside_word(text, span)):
                yield span
    except TimeoutError:
        raise Refused("find.too_slow", pattern=pattern, seconds=f"{seconds:g}") from None


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
    return Folded(text, case=False).words


def is_blankless(character: str) -> bool:
    """Whether it belongs to a script that parts words by nothing."""
    return WITHOUT_BLANKS.match(character) is not None


def is_word_letter(character: str) -> bool:
    """Whether words are made of it, in a script that parts them by blanks."""
    return _of_word(character)


class Folded:
    """A text as it is compared. Its characters are those of the text one for one, but for some that became none or several."""

    def __init__(self, text: str, case: bool):
        self.text = text
        self.pieces = {character: _fold_one(character, case) for character in set(text)}
        plain = str if case else str.casefold
        others = {character: piece for character, piece in self.pieces.items() if piece != plain(character)}
        if len(others) > FEW:
            self.words = text.translate({ord(character): piece for character, piece in self.pieces.items()})
        else:
            for character, piece in others.items():
                text = text.replace(character, piece)
            self.words = plain(text)

    @cached_property
    def uneven(self) -> tuple[list[int], list[int], list[int]]:
        """Where those stand in the text that became none or several, and where what they became begins and ends."""
        sizes = {character: len(piece) for character, piece in self.pieces.items() if len(piece) != 1}
        if not sizes:
            return [], [], []
        found = _any_of("".join(sorted(sizes))).finditer(self.text)
        at = [match.start() for match in found]
        sized = [sizes[self.text[place]] for place in at]
        moved = accumulate((size - 1 for size in sized), initial=0)
        starts = [place + by for place, by in zip(at, moved, strict=False)]
        return at, starts, [start + size for start, size in zip(starts, sized, strict=True)]

    def place_of(self, border: int) -> tuple[int, bool]:
        """Which character of the text begins here, and whether one does. What became nothing counts to what is before it."""
        at, starts, ends = self.uneven
        n = bisect_right(starts, border) - 1
        if n < 0:
            return border, True
        if border < ends[n]:
            return at[n], border == starts[n]
        return at[n] + 1 + border - ends[n], True


@lru_cache(maxsize=2)
def _folded(text: str, case: bool) -> Folded:
    return Folded(text, case)


@lru_cache(maxsize=64)
def _any_of(characters: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(characters)}]")


def _fold(words: str, case: bool) -> str:
    words = PASSED_OVER.sub("", unicodedata.normalize("NFD", words if case else words.translate(TURKISH)))
    if not case:
        words = unicodedata.normalize("NFD", words.casefold())
    return words.translate(ALIKE)


_fold_one = cache(_fold)  # of single characters: a text has few


def _span(folded: Folded, start: int, end: int) -> Span | None:
    """The characters that fold to `[start, end)`; None when that begins or ends inside a character."""
    (first, begins), (last, ends) = folded.place_of(start), folded.place_of(end)
    return Span(first, last) if begins and ends else None


def _continues(text: str, end: int) -> bool:
    """Whether the character at `end` only completes the letter before it: an accent, a jamo of the same syllable."""
    after = text[end : end + 1]
    return after != "" and (unicodedata.combining(after) != 0 or "\u1160" <= after <= "\u11ff")


def whole_words(text: str, span: Span) -> Span:
    """The span with all of the words that it begins and ends in."""
    start, end = span
    while (before := _back(text, 0, start)) >= 0 and _joined(text[before], text[start]):
        start = before
    while end < len(text) and _joined(_last(text, start, end), text[(after := _on(text, end)) : after + 1]):
        end = after + 1
    return Span(start, end)


def _inside_word(text: str, span: Span) -> bool:
    return _joined(_last(text, 0, span.start), text[span.start]) or _joined(
        _last(text, span.start, span.end), text[span.end : span.end + 1]
    )


def _last(text: str, start: int, end: int) -> str:
    """The last character before `end` that is not passed over; none before `start`."""
    at = _back(text, start, end)
    return text[at : at + 1] if at >= start else ""


def _back(text: str, start: int, end: int) -> int:
    """Where the last character before `end` stands that is not passed over; `start` - 1 where there is none."""
    while end > start and PASSED_OVER.match(text[end - 1]):
        end -= 1
    return end - 1


def _on(text: str, start: int) -> int:
    """Where the first character from `start` on stands that is not passed over; the end where there is none."""
    while start < len(text) and PASSED_OVER.match(text[start]):
        start += 1
    return start


def _joined(left: str, right: str) -> bool:
    return _of_word(left) and _of_word(right)


def _of_word(character: str) -> bool:
    if WITHOUT_BLANKS.match(character):
        return False
    return character.isalnum() or character == "_" or unicodedata.category(character or " ").startswith("M")
