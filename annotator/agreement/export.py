"""Agreement as files: JSON, CSV, XLSX and a page of HTML. The same result makes the same bytes.

Every file carries the full values, the same values as they are printed, and all settings.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.agreement.attributes import Agreed
from annotator.agreement.comparison import KINDS
from annotator.agreement.decomposition import Decomposition
from annotator.agreement.ends import Ends
from annotator.agreement.prevalence import MEAN, NAMES, Balance, lines
from annotator.agreement.result import Matrix, Result, Row
from annotator.agreement.words import number, title, within
from annotator.errors import Refused

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

SCHEMA = "annotator-agreement/1"
FORMATS = ("json", "csv", "xlsx", "html")
COLUMNS = ("code", "coders", "unit", "measure", "variant", "value", "low", "high", "n", "documents", "reason")
SHOWN = ("shown", "shown_interval")
ALL = "All codes"
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would calculate
NO_DATE = datetime(2000, 1, 1)  # a file says when it was made; then the same result would not make the same bytes


def write(result: Result, path: str | Path, format: str | None = None) -> None:
    """Writes a file, whole or not at all; without a format by the end of its name. Raises Refused: no such format, or
    `path` cannot be written."""
    from annotator.staging import staged, staged_workbook

    path = Path(path)
    format = format or path.suffix.lower().removeprefix(".")
    if format not in FORMATS:
        raise Refused("agreement.unknown", kind="format", name=format or path.name, near=", ".join(FORMATS))
    if format == "xlsx":
        with staged_workbook(path, nan_inf_to_errors=False) as book:
            _fill(book, result)
        return
    with staged(path) as part:
        if format == "csv":
            part.write_bytes(as_csv(result).encode("utf-8-sig"))  # without the mark a spreadsheet guesses the encoding
        else:
            part.write_bytes({"json": as_json, "html": as_html}[format](result).encode())


def as_json(result: Result) -> str:
    """`{"schema": ..., "settings": {...}, "rows": [...]}`; undefined values are null, and so is a reason when there is none.
    "prevalence" has what stands beside kappa of each code, where units were counted. With whole annotations also
    "makeup", comparisons of annotations by what they came out as, and "attributes". "without_one" is there where documents
    are too few to be resampled: the range of values with each left out in turn."""
    whole: dict = {"schema": SCHEMA, "settings": result.settings, "rows": [_fixed(row) for row in result.rows]}
    if ranges := [_range(row) for row in result.rows if row.lowest is not None]:
        whole["without_one"] = ranges
    if result.prevalence:
        whole["prevalence"] = [_balance(one) for one in result.prevalence]
    if result.makeup:
        whole["makeup"] = result.makeup.rows(result.settings["codes"], result.settings["coders"])
        whole["attributes"] = [_attribute(one) for one in result.attributes]
    return json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _fixed(row: Row) -> dict:
    told = asdict(row)
    return {**{name: told[name] for name in COLUMNS}, "reason": row.reason or None}


def _range(row: Row) -> dict:
    told = asdict(row)
    return {name: told[name] for name in ("code", "coders", "unit", "measure", "variant", "lowest", "highest")}


def as_html(result: Result) -> str:
    """A page that needs nothing else: no script, no font, no picture from elsewhere."""
    from annotator.agreement.page import page

    return page(result)


def as_csv(result: Result) -> str:
    """The settings as lines that begin with #, then a line of names and the rows. Words that a spreadsheet would take for a
    formula begin with an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for name, value in _facts(result):
        writer.writerow([f"# {name}", harmless(value)])
    writer.writerow([*COLUMNS, *SHOWN])
    for row in result.rows:
        writer.writerow([harmless(cell) for cell in _cells(row)])
    for cells in (*_beside(result), *_of_attributes(result)):
        writer.writerow([harmless(cell) for cell in cells])
    return out.getvalue()


def _attribute(one: Agreed) -> dict:
    """With the ends of both numbers, and why or what to know."""
    told = {name: value for name, value in asdict(one).items() if name not in ("ends", "where")}
    return {**told, "reason": one.reason or None, **_ends(one.ends)}


def _ends(found: Mapping[str, Ends]) -> dict:
    """ "intervals" and, of few documents, the ranges "without_one", by the names of the numbers; and "reasons"."""
    return {
        "intervals": {name: [far.low, far.high] for name, far in found.items()},
        "without_one": {name: [far.lowest, far.highest] for name, far in found.items()},
        "reasons": {name: far.note for name, far in found.items() if far.note},
    }


def _of(one: Balance) -> str:
    return MEAN if one.is_mean else "pair"


def _beside(result: Result) -> Iterator[list[str | float | int | None]]:
    """What stands beside kappa, a line a number, with the cells of a row; kappa and percent of pairs are rows already."""
    for one, values in lines(result.prevalence):
        for (key, name), value in zip(NAMES.items(), values, strict=True):
            if one.is_mean or key not in ("percent", "kappa"):
                kind, far = ["; ".join(one.coders), result.settings["unit"], name, _of(one)], one.ends[key]
                counts = one.n, one.documents, far.note, number(value), within(far)
                yield [one.code, *kind, value, far.low, far.high, *counts]


def _balance(one: Balance) -> dict:
    told = {name: value for name, value in asdict(one).items() if name != "ends"}
    return {**told, "of": _of(one), **_ends(one.ends)}


def _of_attributes(result: Result) -> Iterator[list[str | float | int | None]]:
    """Agreement on attributes, a line a number, with the cells of a row: the attribute stands in the place of the code."""
    who = "; ".join(result.settings["coders"])
    for one in result.attributes:
        for name, value, variant in (("percent", one.percent, "nominal"), ("alpha", one.alpha, one.level)):
            far = one.ends.get(name, Ends(note=one.reason))
            counts = one.units, one.documents, far.note, number(value), within(far)
            yield [f"attribute: {one.name}", who, "place", name, variant, value, far.low, far.high, *counts]


def _cells(row: Row) -> list[str | float | int | None]:
    """A row as it goes into tables: `COLUMNS`, then the value and interval as printed."""
    full = {**asdict(row), "code": ALL if row.code is None else row.code, "coders": "; ".join(row.coders)}
    return [*(full[name] for name in COLUMNS), number(row.value), within(row)]


def harmless(cell: object) -> object:
    """Words that a spreadsheet would calculate, with an apostrophe before them."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _facts(result: Result) -> Iterator[tuple[str, str | float]]:
    """The settings as lines of a name and a value."""
    for name, value in result.settings.items():
        if name in ("uses", "headline", "advice"):
            continue
        if isinstance(value, dict):
            for key, part in value.items():
                yield (
                    f"{name}: {key}",
                    part if isinstance(part, int | float | str) else json.dumps(part, ensure_ascii=False),
                )
        elif isinstance(value, list):
            for part in value:
                yield name, part if isinstance(part, str) else _excluded(part)
        else:
            yield name, str(value) if isinstance(value, bool) else value


def _excluded(part: dict) -> str:
    return f"{part['number']} x {part['what']}: {part['reason']}"


# XLSX -----------------------------------------------------------------------------------------------------------------


def _fill(book: "Workbook", result: Result) -> None:
    """Sheets: every number; uses of each code; each measure coder by coder; what stands beside kappa; settings."""
    book.set_properties({"created": NO_DATE, "title": "Inter-coder agreement"})
    _rows_sheet(book, result)
    _uses_sheet(book, result)
    _matrix_sheet(book, result)
    _prevalence_sheet(book, result)
    if result.makeup:
        _makeup_sheet(book, result, result.makeup)
        _attributes_sheet(book, result)
    sheet = _sheet(book, "Settings", {0: 28, 1: 80})
    for at, (name, value) in enumerate(_facts(result)):
        _put(sheet, at, [name, value])


def _sheet(book: "Workbook", name: str, widths: dict[int, int]) -> "Worksheet":
    sheet = book.add_worksheet(name)
    for column, width in widths.items():
        sheet.set_column(column, column, width)
    return sheet


def _put(sheet: "Worksheet", row: int, cells: list, style=None) -> None:
    """Words as words, never as formulas or links, and numbers as numbers."""
    for column, cell in enumerate(cells):
        if isinstance(cell, str):
            sheet.write_string(row, column, cell, style)
        elif cell is not None:
            sheet.write_number(row, column, cell, style)


def _rows_sheet(book: "Workbook", result: Result) -> None:
    sheet = _sheet(book, "Rows", {0: 28, 1: 28, 3: 12, 10: 40, 11: 10, 12: 14})
    _put(sheet, 0, [*COLUMNS, *SHOWN], book.add_format({"bold": True, "bottom": 1}))
    for at, row in enumerate(result.rows, 1):
        _put(sheet, at, _cells(row))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(result.rows), len(COLUMNS) + len(SHOWN) - 1)


def _uses_sheet(book: "Workbook", result: Result) -> None:
    coders = result.settings["coders"]
    sheet = _sheet(book, "Codes", {0: 28})
    _put(
        sheet,
        0,
        ["code", "spans", "documents", "share of units", *coders],
        book.add_format({"bold": True, "bottom": 1}),
    )
    for at, use in enumerate(result.uses, 1):
        _put(sheet, at, [use.code, use.spans, use.documents, use.share, *use.by_coder])
    sheet.freeze_panes(1, 1)


def _matrix_sheet(book: "Workbook", result: Result) -> None:
    bold, two = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "0.00"})
    sheet, at = _sheet(book, "Coder by coder", {0: 34}), 0
    for measure, variant in result.variants():
        matrix: Matrix = result.matrix(measure, variant)
        if not any(chain(*matrix.rows)):
            continue  # of all coders only
        _put(sheet, at, [title(measure, variant), *matrix.coders, "all but this coder"], bold)
        for name, rows, rest in zip(matrix.coders, matrix.rows, matrix.without, strict=True):
            at += 1
            cells = [None if row is None else "n/a" if row.value is None else row.value for row in (*rows, rest)]
            _put(sheet, at, [name, *cells], two)
        at += 2


def _prevalence_sheet(book: "Workbook", result: Result) -> None:
    if not result.prevalence:
        return
    sheet = _sheet(book, "Prevalence and bias", {0: 28, 1: 28, 2: 16})
    bold = book.add_format({"bold": True, "bottom": 1})
    heads = [f"{name}{end}" for name in NAMES.values() for end in ("", " low", " high")]
    _put(sheet, 0, ["code", "coders", "of", *heads, "n", "documents", "notes"], bold)
    for at, (one, values) in enumerate(lines(result.prevalence), 1):
        numbers = [cell for key, value in zip(NAMES, values, strict=True) for cell in (value, *one.ends[key][:2])]
        notes = "; ".join(dict.fromkeys(far.note for far in one.ends.values() if far.note))
        _put(sheet, at, [one.code, "; ".join(one.coders), _of(one), *numbers, one.n, one.documents, notes])
    sheet.freeze_panes(1, 1)


def _makeup_sheet(book: "Workbook", result: Result, makeup: Decomposition) -> None:
    sheet = _sheet(book, "Disagreement", {0: 28, 1: 28})
    _put(sheet, 0, ["code", "coders", *KINDS], book.add_format({"bold": True, "bottom": 1}))
    for at, row in enumerate(makeup.rows(result.settings["codes"], result.settings["coders"]), 1):
        _put(sheet, at, [row["code"] or ALL, "; ".join(row["coders"]), *(row[kind] for kind in KINDS)])
    sheet.freeze_panes(1, 1)


def _attributes_sheet(book: "Workbook", result: Result) -> None:
    sheet = _sheet(book, "Attributes", {0: 28, 12: 48})
    heads = [f"{name}{end}" for name in ("percent", "alpha") for end in ("", " low", " high")]
    names = ["name", "level", "units", "places", "documents", "filled", *heads, "reason"]
    _put(sheet, 0, names, book.add_format({"bold": True, "bottom": 1}))
    for at, one in enumerate(result.attributes, 1):
        counts = [one.units, one.places, one.documents, one.filled]
        percent, alpha = (one.ends.get(name, Ends()) for name in ("percent", "alpha"))
        _put(sheet, at, [one.name, one.level, *counts, one.percent, *percent[:2], one.alpha, *alpha[:2], one.reason])
    sheet.freeze_panes(1, 1)
