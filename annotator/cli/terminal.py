"""Speaking to a person or a program: sentences and progress on standard error, results on standard output."""

import io
import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TextIO

from annotator.staging import staged

GAP = "  "


def speak_utf8() -> None:
    """Lets every text pass, whatever the machine's own encoding; names of files that are no text are spelt out. A program
    that Windows started without a console has nowhere to speak to, and speaks there."""
    sys.stdout, sys.stderr = (stream or _nowhere() for stream in (sys.stdout, sys.stderr))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _nowhere() -> TextIO:
    return os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")


def is_read() -> bool:
    """Whether a person sees what goes to standard error. Programs without a console on Windows have none."""
    return sys.stderr is not None and sys.stderr.isatty()


def say(words: str = "") -> None:
    """One line of the result."""
    sys.stdout.write(f"{words}\n")


def tell(words: str) -> None:
    """One line in passing."""
    sys.stderr.write(f"{words}\n")


def complain(words: str) -> None:
    """Why the work could not be done, in one sentence."""
    tell(f"annotator: {words}")


def say_json(value: Any) -> None:
    """A value for a program. What JSON does not know is written as its words."""
    say(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def write(path: Path, words: str) -> None:
    """A result as a file, whole or not at all. Raises Refused."""
    with staged(path) as part:
        part.write_text(words, encoding="utf-8", newline="\n")


def say_table(rows: Iterable[Sequence[object]], *, right: frozenset[int] = frozenset()) -> None:
    """Rows as columns of text, the first row being the heading; the columns in `right` are flush right."""
    cells = [[plain(str(cell)) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        parts = [_padded(cell, wide, n in right) for n, (cell, wide) in enumerate(zip(row, widths, strict=True))]
        say(GAP.join(parts).rstrip())


def count(number: int, one: str, many: str = "") -> str:
    """ "1 document", "1,200 documents"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def plain(words: str) -> str:
    """The words in one line, without characters that would steer the terminal."""
    return " ".join("".join(c if c.isprintable() or c.isspace() else "\ufffd" for c in words).split())


def shortened(words: str, longest: int) -> str:
    """The words in one line of at most so many characters, the end told by an ellipsis."""
    words = plain(words)
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def width(words: str) -> int:
    """The columns that words take on a terminal: two for wide East Asian characters, none for combining marks."""
    wide = {"W": 2, "F": 2}
    return sum(0 if unicodedata.combining(c) else wide.get(unicodedata.east_asian_width(c), 1) for c in words)


def _padded(words: str, wide: int, right: bool) -> str:
    blanks = " " * (wide - width(words))
    return blanks + words if right else words + blanks


class Progress:
    """A line that tells how far long work is; shown on a terminal only, and gone when the block ends."""

    def __init__(self, doing: str):
        self.doing, self.shown = doing, False

    def __enter__(self) -> "Progress":
        self._show(f"{self.doing} …")
        return self

    def __call__(self, done: int, total: int, name: str = "") -> None:
        if total > 1:
            self._show(f"{self.doing} {done:,} of {total:,} {name}")

    def _show(self, words: str) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[K{shortened(words, 78)}")
            sys.stderr.flush()
            self.shown = True

    def __exit__(self, *_: object) -> None:
        if self.shown:
            sys.stderr.write("\r\x1b[K")
