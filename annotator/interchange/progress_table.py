"""Progress as files: CSV and XLSX for people, JSON for programs. One row an assignment, and the sums of coders."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from annotator.progress import Row, Sum, by_coder, total

SCHEMA = "annotator-progress/1"
COLUMNS = (
    "document",
    "coder",
    "round",
    "state",
    "nothing_found",
    "annotations",
    "seconds",
    "last_worked_on",
    "document_id",
)
SUMS = (
    "coder",
    "documents",
    "done",
    "nothing_found",
    "in_progress",
    "to_do",
    "annotations",
    "seconds",
    "last_worked_on",
)
ALL = "All coders"
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would calculate
Cell = str | int | bool


def as_json(rows: Sequence[Row], *, round: str | None = None) -> str:
    """`{"schema": ..., "round": ..., "rows": [...], "coders": [...], "total": {...}}`; the round is null when it is all."""
    whole = {
        "schema": SCHEMA,
        "round": round,
        "rows": [_named(COLUMNS, _cells(row)) for row in rows],
        "coders": [_named(SUMS, _sums(one)) for one in by_coder(rows)],
        "total": _named(SUMS[1:], _sums(total(rows))[1:]),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def as_csv(rows: Iterable[Row]) -> str:
    """A line of names and the rows. Words that a spreadsheet would take for a formula begin with an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(cell) for cell in _cells(row)] for row in rows)
    return out.getvalue()


def write(rows: Sequence[Row], path: Path) -> None:
    """Writes a file by the end of its name, whole or not at all. Raises Refused: it cannot be written."""
    from annotator.staging import staged, staged_workbook

    if path.suffix.casefold() == ".xlsx":
        with staged_workbook(path) as book:
            bold = book.add_format({"bold": True, "bottom": 1})
            listed = [*map(_sums, by_coder(rows)), [ALL, *_sums(total(rows))[1:]]]
            for name, heads, lines in (("Assignments", COLUMNS, map(_cells, rows)), ("Coders", SUMS, listed)):
                sheet = book.add_worksheet(name)
                sheet.set_column(0, 0, 40)
                sheet.set_column(1, len(heads) - 1, 16)
                sheet.freeze_panes(1, 0)
                for column, head in enumerate(heads):
                    sheet.write_string(0, column, head, bold)
                for at, cells in enumerate(lines, 1):
                    for column, cell in enumerate(cells):
                        _put(sheet, at, column, cell)
        return
    with staged(path) as part:
        part.write_bytes(as_csv(rows).encode("utf-8-sig"))  # without the mark a spreadsheet guesses the encoding


def _cells(row: Row) -> list[Cell]:
    facts = row.title, row.name, row.round_name, row.state, row.is_empty, row.annotations, row.seconds, row.last
    return [*facts, row.document]


def _sums(one: Sum) -> list[Cell]:
    facts = one.name, one.documents, one.done, one.nothing, one.in_progress, one.to_do
    return [*facts, one.annotations, one.seconds, one.last]


def _named(names: Sequence[str], cells: Sequence[Cell]) -> dict[str, Cell | None]:
    return {
        name: None if cell == "" and name == "last_worked_on" else cell for name, cell in zip(names, cells, strict=True)
    }


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _put(sheet, row: int, column: int, cell: Cell) -> None:
    """Words as words, never as formulas or links, and numbers as numbers."""
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell)
    else:
        sheet.write_number(row, column, cell)
