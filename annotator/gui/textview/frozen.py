"""The text of the view: code points outside, UTF-16 units inside, and its paragraphs. Knows nothing of Qt."""

import re
from bisect import bisect_right

from annotator.errors import Refused
from annotator.text import Offsets, Span

RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


class FrozenText:
    """A canonical text and where its paragraphs begin. `starts` and `length` are UTF-16, `weights` average letters."""

    def __init__(self, text: str, language: str = ""):
        self.text, self.language = text, language
        self.offsets = Offsets(text)
        lines = text.split("\n")
        self.starts = self._starts(lines)
        self.length = self.offsets.to_utf16(len(text))
        self.weights = [weight(line) for line in lines]

    def __len__(self) -> int:
        return len(self.starts)

    def _starts(self, lines: list[str]) -> list[int]:
        starts, point = [], 0
        for line in lines:
            starts.append(point)
            point += len(line) + 1
        if self.offsets.to_utf16(len(self.text)) == len(self.text):
            return starts
        return [self.offsets.to_utf16(start) for start in starts]

    def end(self, number: int) -> int:
        """Where a paragraph ends, without its LF."""
        return self.starts[number + 1] - 1 if number + 1 < len(self.starts) else self.length

    def number_at(self, unit: int) -> int:
        """The number of the paragraph around a UTF-16 position."""
        return bisect_right(self.starts, unit) - 1

    def paragraph(self, number: int) -> str:
        """The words of one paragraph."""
        return self.text[self.point(self.starts[number]) : self.point(self.end(number))]

    def unit(self, point: int) -> int:
        """The UTF-16 position of a code point; outside the text it is the nearest end."""
        return self.offsets.to_utf16(min(max(point, 0), len(self.text)))

    def point(self, unit: int) -> int:
        """The code point at a UTF-16 position. Between the halves of a character, where only a foreign program can
        put the caret, it is the one before."""
        try:
            return self.offsets.to_point(unit)
        except Refused:
            return self.offsets.to_point(unit - 1)

    def span(self, start: int, end: int) -> Span:
        """UTF-16 to code points."""
        return Span(self.point(start), self.point(end))


def weight(line: str) -> float:
    """How wide a paragraph is, in average Latin letters: bytes of UTF-8 tell wide scripts from narrow at full speed."""
    if line.isascii():
        return len(line)
    if RIGHT_TO_LEFT.search(line):
        return len(line) * 0.92
    return len(line) + 0.36 * (len(line.encode()) - len(line))
