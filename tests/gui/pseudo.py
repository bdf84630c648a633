"""A language that nobody speaks: every word of the program with accents, a third longer, in brackets.

What stands on the screen without accents, and is no word of the project, was never given to a translator.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from unittest.mock import patch

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtGui import QPainter

from annotator.model import NOUNS
from annotator.project import Project

PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ODD = "àƀĉđéƒĝĥîĵķļɱñôƥɋŕšţûṽŵẋýžÀƁĈĐÉƑĜĤÎĴĶĻṀÑÔƤɊŔŠŢÛṼŴẊÝŽ"
ACCENTS = str.maketrans(PLAIN, ODD)
PARTS = re.compile(r"(\{[^{}]*\}|%n|%\d|<[^>]+>)")  # of a sentence: what is filled in, and what is no word
FILES = r"\S+\.(?=txt|csv|assignment|coded|annotator)\w+"
SOUND = "[bdfghjklmnprstvz][aiou][bdfghjklmnprstvz][aiou][bdfghjklmnprstvz]"
SPOKEN = rf"\b{SOUND}(?:-{SOUND})+\b"  # numbers as words: check words and fingerprints
WORD = re.compile(r"[A-Za-z]{2,}")
LONGER = 0.35


def pseudo(words: str) -> str:
    """The same words in that language."""
    if not any(letter in PLAIN for letter in PARTS.sub("", words)):
        return words
    made = "".join(part if PARTS.fullmatch(part) else part.translate(ACCENTS) for part in PARTS.split(words))
    more = "·" * max(1, round(len(PARTS.sub("", words)) * LONGER))
    first, newline, rest = made.partition("\n")
    return f"[{first}{more}]{newline}{rest}" if newline else f"[{made}{more}]"


class PseudoTranslator(QTranslator):
    """Translates all that it is asked for, also what Qt itself says."""

    def translate(self, context, words, disambiguation=None, n=-1) -> str:
        return pseudo(words)

    def isEmpty(self) -> bool:  # noqa: N802
        return False


@contextmanager
def spoken_here() -> Iterator[None]:
    """The program is in that language meanwhile."""
    translator = PseudoTranslator()
    QCoreApplication.installTranslator(translator)
    try:
        yield
    finally:
        QCoreApplication.removeTranslator(translator)


def strangers(words: str, known: set[str]) -> list[str]:
    """The words of a text that are neither translated nor known: they have no accent, and the project has none such."""
    letters = "".join(ODD)
    words = re.sub(rf"</?a[^>]*>|{SPOKEN}|{FILES}|\S*[/\\]\S*|#[0-9a-f]{{6}}|\S*…|…\S*|\([a-z]{{2}}\)", " ", words)
    whole = re.findall(rf"[A-Za-z{letters}]+", words)  # but links, paths, colours, cut words, tags, check words
    return [word for word in whole if WORD.fullmatch(word) and word.casefold() not in known]


def with_parts(words: set[str]) -> set[str]:
    """These words and all that they begin or end with: a window on a text cuts them anywhere."""
    return {part for word in words for n in range(len(word)) for part in (word[n:], word[: n + 1])}


def of_the_calendar() -> set[str]:
    """Names of days and months: the system has them in every language."""
    locale = QLocale()
    days, months = (locale.dayName(n) for n in range(1, 8)), (locale.monthName(n) for n in range(1, 13))
    return {name.casefold() for name in (*days, *months)}


def words_of(project: Project) -> set[str]:
    """Every word of a project, in small letters."""
    nouns = [noun for kind in NOUNS for noun in project.nouns(kind)]
    texts = [project.text(one.id) for one in project.nouns("document")]
    said = " ".join([*(str(asdict(noun)) for noun in nouns), *texts])
    return {word.casefold() for word in re.findall("[A-Za-z]+", said)}


@contextmanager
def drawn() -> Iterator[list[str]]:
    """The words that our own code paints meanwhile."""
    before, heard = QPainter.drawText, list[str]()

    def draw(painter, *args):
        heard.extend(part for part in args if isinstance(part, str))
        return before(painter, *args)

    with patch.object(QPainter, "drawText", draw):
        yield heard
