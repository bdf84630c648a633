"""A table of ratings as a person brings it: a file or words from the clipboard, columns to choose from, and what looks as if
it were not meant. `ratings` computes; here it is found out what its coders, units and missing values are."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from annotator.agreement.ratings import LABELS, Ratings, categories, clusters
from annotator.errors import AnnotatorError, Refused

MISSING = ("na", "n/a", "#n/a", "nan", "null", "none", "missing", ".", "-", "–", "—")  # what is written for no rating
PASTED = "pasted.csv"
MANY = 8  # rows from which a column of ever other values is taken for the names of the units


@dataclass(frozen=True, eq=False)
class Grid:
    """A line of names, and the rows under it, each as long as the names."""

    name: str
    headings: tuple[str, ...]
    rows: list[list[str]]
    lines: list[int]  # where each row stands in its file
    sheets: tuple[str, ...] = ()
    short: int = 0  # rows that were filled up

    @classmethod
    def of_words(cls, words: str) -> "Grid":
        """From the clipboard. Raises Refused: it is no table."""
        return cls.of_bytes(PASTED, words.encode("utf-8", "replace"))

    @classmethod
    def of_file(cls, path: Path, sheet: str = "") -> "Grid":
        """From text in columns or a workbook. Raises Refused or Damaged: it cannot be read, or is no table."""
        try:
            data = path.read_bytes()
        except OSError as error:
            raise Refused("file.not_read", path=path, reason=error.strerror or error) from None
        return cls.of_bytes(path.name, data, sheet)

    @classmethod
    def of_bytes(cls, name: str, data: bytes, sheet: str = "") -> "Grid":
        from annotator.interchange.incoming import File
        from annotator.interchange.table import cells

        rows, sheets = cells(File(name, data), sheet)
        told = [(n, row) for n, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
        if len(told) < 2:
            raise Refused("ratings.no_rows", name=name)
        names = [cell.strip() for cell in told[0][1]]
        while names and not names[-1]:
            names.pop()
        for line, row in told[1:]:
            if any(cell.strip() for cell in row[len(names) :]):
                raise Refused("ratings.too_long", name=name, line=line, count=len(row), wanted=len(names))
        headings = tuple(word or f"Column {n}" for n, word in enumerate(names, 1))
        if twice := [name for name, times in Counter(headings).items() if times > 1]:
            raise Refused("ratings.twice", name=name, column=twice[0])
        short = sum(len(row) < len(names) for _, row in told[1:])
        kept = [[*(cell.strip() for cell in row[: len(names)]), *[""] * (len(names) - len(row))] for _, row in told[1:]]
        return cls(name, headings, kept, [line for line, _ in told[1:]], sheets, short)

    def column(self, name: str) -> list[str]:
        place = self.headings.index(name)
        return [row[place] for row in self.rows]

    def likely_coders(self) -> tuple[str, ...]:
        """The columns that are not called as labels are, and do not look like the names of the units."""
        found = [name for name in self.headings if name.casefold() not in LABELS and not self.looks_like_names(name)]
        return (
            tuple(found) if len(found) > 1 else tuple(name for name in self.headings if name.casefold() not in LABELS)
        )

    def likely_document(self) -> str:
        return next((name for name in self.headings if name.casefold() == "document"), "")

    def looks_like_names(self, name: str) -> bool:
        """Whether nearly every row has another word in a column."""
        told = [cell for cell in self.column(name) if cell]
        if len(told) < MANY or len(set(told)) <= 0.9 * len(told):
            return False
        if all(cell.isdecimal() for cell in told):
            return len(set(told)) == len(told) == max(map(int, told)) - min(map(int, told)) + 1
        return not all(_is_number(cell) for cell in told)

    def marks(self, coders: Collection[str]) -> dict[str, int]:
        """Words in these columns that are written where there is no rating, and in how many cells."""
        found = Counter(cell for name in coders for cell in self.column(name) if cell.casefold() in MISSING)
        return dict(sorted(found.items()))


def _is_number(word: str) -> bool:
    return word.replace(".", "", 1).removeprefix("-").isdecimal()


def chosen(grid: Grid, coders: Sequence[str], *, document: str = "", missing: Collection[str] = ()) -> Ratings:
    """The ratings of some columns, the words in `missing` read as no rating. Raises Refused: too few columns or values."""
    coders = [name for name in grid.headings if name in coders and name != document]
    if len(coders) < 2:
        raise Refused("ratings.few_coders")
    empty = {"", *missing}
    columns = [["" if cell in empty else cell for cell in grid.column(name)] for name in coders]
    values = categories({cell for column in columns for cell in column} - {""})
    if not values:
        raise Refused("ratings.no_values", columns=", ".join(coders))
    place = {"": -1, **{value: n for n, value in enumerate(values)}}
    table = np.array([[place[cell] for cell in column] for column in columns]).T
    documents, titles = clusters(grid.column(document) if document else None)
    return Ratings(grid.name, tuple(coders), values, table, documents, np.array(grid.lines), titles)


def doubts(grid: Grid, ratings: Ratings, missing: Collection[str]) -> list[AnnotatorError]:
    """What was read as missing, and what looks as if it were not meant, most telling first."""
    return list(_doubts(grid, ratings, missing))


def _doubts(grid: Grid, ratings: Ratings, missing: Collection[str]) -> Iterator[AnnotatorError]:
    cells = [cell for name in ratings.coders for cell in grid.column(name)]
    empty = sum(not cell for cell in cells)
    if empty:
        yield Refused("ratings.empty", count=empty, total=len(cells))
    for word, count in grid.marks(ratings.coders).items():
        key = "ratings.read_as_missing" if word in missing else "ratings.read_as_value"
        yield Refused(key, word=word, count=count)
    if alone := int(((ratings.table >= 0).sum(1) < 2).sum()):
        yield Refused("ratings.alone", count=alone)
    if grid.short:
        yield Refused("ratings.short", count=grid.short)
    yield from (Refused("ratings.like_names", column=name) for name in ratings.coders if grid.looks_like_names(name))
    yield from _spellings(ratings.values)
    if all(map(_is_number, ratings.coders)):
        yield Refused("ratings.names", names=", ".join(ratings.coders))


def _spellings(values: Sequence[str]) -> Iterator[AnnotatorError]:
    """Values that differ in capitals or blanks alone."""
    alike: dict[str, list[str]] = {}
    for value in values:
        alike.setdefault(" ".join(value.casefold().split()), []).append(value)
    for found in alike.values():
        if len(found) > 1:
            yield Refused("ratings.spelling", one=found[0], two=found[1])
