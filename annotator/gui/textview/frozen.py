"""The text of the view and its paragraphs; code points for us, UTF-16 for Qt. Knows nothing of Qt itself.

A paragraph that would take too long to lay out is cut into stretches. All that counts paragraphs here and in the view
counts these instead: only the reader, and Qt, know that some of them are one.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from annotator.errors import Refused
from annotator.text import Offsets

RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
# After a blank before a word, or between two letters of a script without blanks; never inside a character.
SAFE = re.compile(r"[ \t](?=[^\W_])|[\u3001\u3002\u4e00-\u9fff\uac00-\ud7a3](?=[\u4e00-\u9fff\uac00-\ud7a3])")
LONG, STRETCH, NEAR = (
    20_000,
    6_000,
    500,
)  # letters of a paragraph that is cut, of a stretch, and between its possible ends
PART = 200_000  # letters that are split into lines together
SAMPLE = 100  # letters of a paragraph that tell its script
NARROW, WIDE = 0.64, 0.36  # of an average Latin letter: what each letter takes, and each byte of it


class FrozenText:
    """A canonical text and where its paragraphs start, in code points; what Qt says in UTF-16 is translated here.

    `weights` says how wide each paragraph is, in average Latin letters; `numbers` which one it is to a reader, who does
    not count empty ones. `going_on` are the stretches whose paragraph goes on in the next; there are none unless `cut`.
    """

    def __init__(self, text: str, language: str = "", *, cut: bool = False):
        self.text, self.language = text, language
        self.offsets = Offsets(text)
        self.units = self.offsets.to_utf16(len(text))
        self.starts, self.weights, self.numbers = list[int](), list[float](), list[int]()
        going_on: list[int] = []
        for start, lines in _lines(text):
            self._take(start, lines, going_on if cut else None)
        self.going_on = frozenset(going_on)

    def _take(self, start: int, lines: list[str], going_on: list[int] | None) -> None:
        """Take some more lines, the first of which starts at a place; one that is long in stretches, if there may be."""
        first = len(self.starts)
        if going_on is not None and max(map(len, lines)) > LONG:
            starts, inside = _cut(lines)
            ends = [*starts[1:], sum(map(len, lines)) + len(lines)]
            lines = [
                self.text[start + a : start + b - (n not in inside)]
                for n, (a, b) in enumerate(zip(starts, ends, strict=True))
            ]
            going_on += [first + number for number in sorted(inside)]
        else:
            starts, inside = list(accumulate([len(line) + 1 for line in lines], initial=0))[:-1], frozenset[int]()
        self.starts += [start + place for place in starts]
        self.weights += weights(lines)
        counted = [1 if line.strip() else 0 for line in lines]
        for number in inside:
            counted[number + 1] = 0
        before = self.numbers[-1] if self.numbers else 0
        self.numbers += list(accumulate(counted, initial=before))[1:]

    def __len__(self) -> int:
        """How many paragraphs there are."""
        return len(self.starts)

    def number_at(self, point: int) -> int:
        """The number of the paragraph around a code point."""
        return bisect_right(self.starts, point) - 1

    def paragraph(self, number: int) -> str:
        """The words of one paragraph."""
        if number + 1 == len(self.starts):
            return self.text[self.starts[number] :]
        return self.text[self.starts[number] : self.starts[number + 1] - (number not in self.going_on)]

    def begins(self, number: int) -> bool:
        """Whether this is a paragraph, or the first stretch of one."""
        return number - 1 not in self.going_on

    def stretches(self, number: int) -> range:
        """All stretches of the paragraph that one belongs to."""
        first = last = number
        while first - 1 in self.going_on:
            first -= 1
        while last in self.going_on:
            last += 1
        return range(first, last + 1)

    def right_to_left(self, number: int) -> bool:
        """Whether a paragraph is written from right to left; its stretches all go the way of the first."""
        return reads_right_to_left(self.paragraph(self.stretches(number)[0] if self.going_on else number))

    def edge_at(self, point: int, *, end: bool) -> int:
        """The number of the paragraph in which a span that begins or ends at a point has its edge."""
        number = self.number_at(point)
        return number - (end and not self.begins(number) and self.starts[number] == point)

    def unit(self, point: int) -> int:
        """The UTF-16 position of a code point."""
        return self.offsets.to_utf16(point)

    def point(self, unit: int) -> int:
        """The code point at a UTF-16 position. Between the halves of a character, where only a foreign program can
        put the caret, it is the one before."""
        try:
            return self.offsets.to_point(unit)
        except Refused:
            return self.offsets.to_point(unit - 1)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of a text by the thousand, and where each such part starts: all of them would be the text once more."""
    start = 0
    while True:
        end = text.find("\n", start + PART)
        yield start, text[start : end if end >= 0 else len(text)].split("\n")
        if end < 0:
            return
        start = end + 1


def _cut(lines: list[str]) -> tuple[list[int], frozenset[int]]:
    """The starts of all paragraphs and stretches, and which of these go on in the next."""
    starts: list[int] = []
    going_on: list[int] = []
    place = 0
    for line in lines:
        starts.append(place)
        for cut in _cuts(line):
            going_on.append(len(starts) - 1)
            starts.append(place + cut)
        place += len(line) + 1
    return starts, frozenset(going_on)


def _cuts(line: str) -> Iterator[int]:
    """Where the stretches of a paragraph end. A word is not cut, however long."""
    place = 0
    while len(line) > LONG and len(line) - place > STRETCH:
        near = [found.end() for found in SAFE.finditer(line, place + STRETCH - NEAR, place + STRETCH)]
        if not near:
            later = SAFE.search(line, place + STRETCH)
            if later is None:
                return
            near.append(later.end())
        place = near[-1]
        yield place


def reads_right_to_left(words: str) -> bool:
    """Whether a paragraph is written from right to left: its first letter with a direction says so."""
    if not RIGHT_TO_LEFT.search(words):
        return False
    ways = (unicodedata.bidirectional(letter) for letter in words)
    return next((way != "L" for way in ways if way in ("L", "R", "AL")), False)


def weights(lines: list[str]) -> list[float]:
    """How wide some paragraphs are, in average Latin letters: bytes of UTF-8 tell wide scripts from narrow."""
    if RIGHT_TO_LEFT.search("".join(line[:SAMPLE] for line in lines)):
        return [len(line) if line.isascii() else _weight(line) for line in lines]
    return [
        len(line)
        if line.isascii()
        else NARROW * len(line) + WIDE * len(line.encode())
        if len(line) <= SAMPLE
        else _weight(line)
        for line in lines
    ]


def _weight(line: str) -> float:
    sample = line[:SAMPLE]
    if RIGHT_TO_LEFT.search(sample):
        return len(line) * 0.92
    return len(line) * (NARROW + WIDE * len(sample.encode()) / max(1, len(sample)))
