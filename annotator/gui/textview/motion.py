"""Where the caret may stop and how a selection snaps: from characters to paragraphs. In code points."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal

from PySide6.QtCore import QTextBoundaryFinder

from annotator.text import Span, paragraph_at, sentences_of

from .clauses import clauses_of

Unit = Literal["character", "word", "clause", "sentence", "paragraph"]
Edge = Literal["start", "end"]
REACH = 2000  # a longer paragraph is cut into pieces of this many code points around the place one asks about
JOINTS = frozenset("-.'’‐‑·&@_")  # alone between two words they make one: so-called, U.S, can’t
FINDERS = {
    "character": QTextBoundaryFinder.BoundaryType.Grapheme,
    "word": QTextBoundaryFinder.BoundaryType.Word,
}


class Motion:
    """Units of one text. A character is what a reader takes for one: an emoji family, a letter with its marks."""

    def __init__(self, text: str, language: str = ""):
        self.text, self.language = text, language
        self._sentences: tuple[Span, list[Span]] = (Span(0, 0), [])
        self._clauses: dict[Span, list[Span]] = {}  # of the sentences of that paragraph, as they are asked for

    def forward(self, position: int, unit: Unit, edge: Edge) -> int:
        """The next start or end of a unit after a position; the end of the text if there is none."""
        return self._next(position, unit, 0 if edge == "start" else 1)

    def back(self, position: int, unit: Unit, edge: Edge) -> int:
        """The last start or end of a unit before a position; 0 if there is none."""
        return self._previous(position, unit, 0 if edge == "start" else 1)

    def around(self, position: int, unit: Unit) -> Span | None:
        """The unit at a position or, between two, the one that ends there, else the one before in its paragraph."""
        found = None
        for span in self._units(paragraph_at(self.text, position), position, unit):
            if span.start > position:
                return found or span
            found = span
            if position < span.end:
                break
        return found

    def last_within(self, span: Span, unit: Unit) -> int:
        """Its end or, where the next unit begins there without a blank, the place before its last character."""
        after = self.around(span.end, unit)
        return self.back(span.end, "character", "start") if after and after.start == span.end else span.end

    def snap(self, span: Span, *, exact: bool = False) -> Span:
        """The span with no character cut and, unless exact, no word cut and no blanks at its ends. It may be empty."""
        unit: Unit = "character" if exact else "word"
        start, end = self._whole(span.start, "character", 0), self._whole(span.end, "character", 1)
        if exact or start >= end:
            return Span(start, end)
        start, end = self._whole(start, unit, 0), self._whole(end, unit, 1)
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        return Span(start, max(start, end - (len(words) - len(words.rstrip()))))

    def edge(self, position: int, *, end: bool, exact: bool = False) -> int:
        """The edge of a word that is nearest to a position, as the start or the end of a span."""
        if exact:
            return self._whole(position, "character", int(end))
        word = self._cut(position, "word")
        if word:
            position = word.start if position - word.start < word.end - position else word.end
        around = paragraph_at(self.text, position)
        if end:
            return around.start + len(self.text[around.start : position].rstrip())
        return around.end - len(self.text[position : around.end].lstrip())

    def next_edge(self, position: int, edge: Edge, way: int, *, exact: bool = False) -> int | None:
        """Where the edge of a span goes from a position: to the next edge of a word or of a sentence, so that the full
        stop is reached before the next paragraph; if exact, of a character. None when the text has no further one."""
        move = self.forward if way > 0 else self.back
        units: tuple[Unit, ...] = ("character",) if exact else ("word", "sentence")
        found = [place for unit in units if (place := move(position, unit, edge)) != position]
        if not exact:
            found = [place for place in found if not self._is_blank(place, edge)]
        return min(found, key=lambda place: abs(place - position), default=None)

    def _is_blank(self, position: int, edge: Edge) -> bool:
        """Whether a span that began or ended here would do so with a blank: here is an end of the text, not of a word."""
        at = position if edge == "start" else position - 1
        return not self.text[max(0, at) : at + 1].strip()

    def count_words(self, span: Span) -> int:
        """How many words begin in a span."""
        count, position = 0, span.start
        while position < span.end:
            around = paragraph_at(self.text, position)
            stop = min(around.end, position + REACH, span.end)
            count += sum(span.start <= word.start < stop for word in self._pieces(Span(position, stop), "word"))
            position = stop if stop > position and stop < around.end else around.end + 1
        return count

    def _next(self, position: int, unit: Unit, edge: int) -> int:
        around = paragraph_at(self.text, position)
        at = position
        while around.start <= len(self.text):
            for span in self._units(around, at, unit):
                if span[edge] > position:
                    return span[edge]
            if at + REACH < around.end:
                at += REACH
                continue
            if around.end >= len(self.text):
                break
            around = paragraph_at(self.text, around.end + 1)
            at = around.start
        return len(self.text)

    def _previous(self, position: int, unit: Unit, edge: int) -> int:
        around = paragraph_at(self.text, position)
        at = position
        while True:
            for span in reversed(list(self._units(around, at, unit))):
                if span[edge] < position:
                    return span[edge]
            if at - REACH > around.start:
                at -= REACH
                continue
            if around.start == 0:
                return 0
            around = paragraph_at(self.text, around.start - 1)
            at = around.end

    def _whole(self, position: int, unit: Unit, edge: int) -> int:
        span = self._cut(position, unit)
        return span[edge] if span else position

    def _cut(self, position: int, unit: Unit) -> Span | None:
        """The unit that a position would cut in two."""
        units = self._units(paragraph_at(self.text, position), position, unit)
        return next((span for span in units if span.start < position < span.end), None)

    def _units(self, around: Span, position: int, unit: Unit) -> Iterator[Span] | list[Span]:
        """The units of a paragraph; of a very long one only those near the position."""
        if unit == "paragraph":
            return [around] if around.end > around.start else []
        if unit == "sentence":
            return self._sentences_of(around)
        if unit == "clause":
            return self._clauses_near(around, position)
        near = Span(max(around.start, position - REACH), min(around.end, position + REACH))
        return self._pieces(near, unit)

    def _sentences_of(self, around: Span) -> list[Span]:
        if self._sentences[0] != around:
            self._sentences = around, sentences_of(self.text, around, self.language)
            self._clauses.clear()
        return self._sentences[1]

    def _clauses_near(self, around: Span, position: int) -> Iterator[Span]:
        """The clauses of the sentences near a position, and of the sentence before and behind those."""
        sentences = self._sentences_of(around)
        first = max(0, bisect_right(sentences, position - REACH, key=lambda one: one.end) - 1)
        for sentence in sentences[first:]:
            if sentence not in self._clauses:
                self._clauses[sentence] = clauses_of(self.text, sentence)
            yield from self._clauses[sentence]
            if sentence.start > position + REACH:
                return

    def _pieces(self, near: Span, unit: Literal["character", "word"]) -> Iterator[Span]:
        pieces = _split(self.text[near.start : near.end], unit)
        return (Span(near.start + start, near.start + end) for start, end in pieces)


def _split(words: str, unit: Literal["character", "word"]) -> Iterator[tuple[int, int]]:
    """Characters or words of a piece of text, as code points in it."""
    segments = _segments(words, unit)
    if unit == "character":
        yield from segments
        return
    held: tuple[int, int] | None = None
    joint = False
    for start, end in segments:
        if _is_word(words[start]):
            if held and not joint:
                yield held
            held = (held[0] if held and joint else start, end)
            joint = False
        else:
            joint = held is not None and held[1] == start and words[start:end] in JOINTS
    if held:
        yield held


def _segments(words: str, unit: Literal["character", "word"]) -> Iterator[tuple[int, int]]:
    finder = QTextBoundaryFinder(FINDERS[unit], words)
    start = unit_start = 0
    wide = not words.isascii() and max(words) > "\uffff"
    while (unit_end := finder.toNextBoundary()) > 0:
        end = start + unit_end - unit_start
        if wide:
            end = start
            while unit_start < unit_end:
                unit_start += 2 if words[end] > "\uffff" else 1
                end += 1
        yield start, end
        start, unit_start = end, unit_end


def _is_word(first: str) -> bool:
    return first.isalnum() or unicodedata.category(first)[0] in "LNSM"
