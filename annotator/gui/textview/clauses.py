"""Where the clauses of a sentence lie, by its punctuation alone. Knows str and int only."""

import re

from annotator.text import Span

BORDER = re.compile(
    r"""
      [,;:](?!\w)                          # not in 1,000 or 12:30
    | (?<!\d)[、，；：،؛]|[、，；：،؛](?!\d)
    | [—―⸺]+
    | (?<=\s)[-–]+(?=\s) | (?<=[^\s\d])–(?=\s) | (?<=\s)–(?=[^\s\d])
    | [()\[\]（）【】〔〕]
    | ["“”„‟«»‹›「」『』]
    | (?<!\w)‘ | ’(?!\w)
    """,
    re.VERBOSE,
)
NUMBERS = re.compile(r"\d,\s+\d")  # a date, or numbers one after the other
SHORT = re.compile(
    r"\b(?:e\.\s?g|i\.\s?e|viz|cf|vs|z\.\s?B|d\.\s?h|p\.\s?ex|c\.-à-d)\.?$"
)  # a comma after them parts nothing
ENDING = re.compile(r",\s+(?:Jr|Sr|Inc|Ltd|Esq)\b")


def clauses_of(text: str, sentence: Span) -> list[Span]:
    """The clauses of a sentence of `text`, without the marks that part them; the last one has the mark that ends it."""
    words, found, start = text[sentence.start : sentence.end], list[Span](), 0
    quoted = False  # whether a ‘ is open: without one, ’ is an apostrophe
    for border in BORDER.finditer(words):
        mark = border[0]
        if mark == "’" and not quoted:
            continue
        quoted = mark == "‘" or (quoted and mark != "’")
        if mark == "," and _belongs(words, border.start()):
            continue
        _put(found, words, sentence.start, start, border.start())
        start = border.end()
    _put(found, words, sentence.start, start, len(words))
    return found


def _belongs(words: str, comma: int) -> bool:
    """Whether a comma stands in a number, in a date, or beside an abbreviation."""
    near = words[max(0, comma - 12) : comma]
    return bool(NUMBERS.match(words, comma - 1) or SHORT.search(near) or ENDING.match(words, comma))


def _put(found: list[Span], words: str, offset: int, start: int, end: int) -> None:
    piece = words[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    if any(letter.isalnum() for letter in piece):
        found.append(Span(offset + start, offset + end))
