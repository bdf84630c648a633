"""The text of the view and its paragraphs; code points for us, UTF-16 for Qt. Knows nothing of Qt itself."""

import re
import unicodedata
from bisect import bisect_right
from itertools import accumulate

from annotator.errors import Refused
from annotator.text import Offsets

RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
SAMPLE = 100  # letters of a paragraph that tell its script


class FrozenText:
    """A canonical text and where its paragraphs start, in code points; what Qt says in UTF-16 is translated here.

    `weights` says how wide each paragraph is, in average Latin letters; `numbers` which one it is to a reader, who does
    not count empty ones.
    """

    def __init__(self, text: str, language: str = ""):
        self.text, self.language = text, language
        self.offsets = Offsets(text)
        lines = text.split("\n")
        self.starts = list(accumulate([len(line) + 1 for line in lines], initial=0))[:-1]
        self.weights = [len(line) if line.isascii() else weight(line) for line in lines]
        self.numbers = list(accumulate([1 if line.strip() else 0 for line in lines]))

    def __len__(self) -> int:
        """How many paragraphs there are."""
        return len(self.starts)

    def number_at(self, point: int) -> int:
        """The number of the paragraph around a code point."""
        return bisect_right(self.starts, point) - 1

    def paragraph(self, number: int) -> str:
        """The words of one paragraph."""
        end = self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[number] : end]

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


def reads_right_to_left(words: str) -> bool:
    """Whether a paragraph is written from right to left: its first letter with a direction says so."""
    if not RIGHT_TO_LEFT.search(words):
        return False
    ways = (unicodedata.bidirectional(letter) for letter in words)
    return next((way != "L" for way in ways if way in ("L", "R", "AL")), False)


def weight(line: str) -> float:
    """How wide a paragraph is, in average Latin letters: bytes of UTF-8 tell wide scripts from narrow."""
    sample = line[:SAMPLE]
    if RIGHT_TO_LEFT.search(sample):
        return len(line) * 0.92
    return len(line) * (1 + 0.36 * (len(sample.encode()) / max(1, len(sample)) - 1))
