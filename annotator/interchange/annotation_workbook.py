"""The table of annotations as an Excel workbook: for reading; what comes back in is the CSV."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from annotator.errors import Refused
from annotator.interchange import annotation_table
from annotator.project import Project
from annotator.staging import staged_workbook

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

LONGEST = 32_767  # UTF-16 units in a cell of Excel
MOST_ROWS = 1_048_576  # in a sheet, the heading included
WIDTHS = {"document": 28, "coder": 14, "code": 24, "quote": 60, "memo": 40}
HIDDEN = ("annotation",)  # ids, of use to programs only


class Written(NamedTuple):
    """Rows under the heading, and cells whose end did not fit."""

    rows: int
    cut: int


def write(
    project: Project,
    path: Path,
    names: annotation_table.Names | None = None,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Written:
    """All annotations that the actor may read, and the documents done with nothing found. Raises Refused: more rows than
    a sheet holds, or `path` cannot be written."""
    names, rows, cut = names or annotation_table.Names(project), 0, 0
    columns = names.columns
    with staged_workbook(path) as book:
        sheet, heading = book.add_worksheet("Annotations"), book.add_format({"bold": True, "bottom": 1})
        for at, name in enumerate(columns):
            sheet.set_column(at, at, WIDTHS.get(name, 12), None, {"hidden": name in HIDDEN})
            sheet.write_string(0, at, name, heading)
        sheet.freeze_panes(1, 0)
        for rows, row in enumerate(annotation_table.rows(project, progress, names), 1):
            if rows >= MOST_ROWS:
                raise Refused("export.too_many_rows", path=path, most=MOST_ROWS - 1)
            for at, name in enumerate(columns):
                cut += _put(sheet, rows, at, row.get(name, ""))
        sheet.autofilter(0, 0, rows, len(columns) - 1)
    return Written(rows, cut)


def _put(sheet: "Worksheet", row: int, column: int, value: str | int | float) -> bool:
    """Words as words, never as formulas or links, and numbers as numbers. Whether the end was cut off."""
    if isinstance(value, int | float):
        sheet.write_number(row, column, value)
        return False
    words = _fitting(value)
    if words:
        sheet.write_string(row, column, words)
    return words != value


def _fitting(words: str) -> str:
    """The words or, when they are too long for a cell, their beginning and an ellipsis."""
    units = words.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return words
    return units[: 2 * (LONGEST - 1)].decode("utf-16-le", "ignore") + "…"
