"""Tables: each row is one document. Comma or tab separated text, and workbooks of Excel and OpenDocument."""

import csv
import datetime
import re
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import PurePath
from typing import NamedTuple

from annotator.errors import AnnotatorError, Refused
from annotator.text import Decoded

from . import odt
from .decoding import decode
from .incoming import Columns, File, Incoming, incoming
from .language import TAG
from .untrusted import Archive, attribute, broken, local

ANNOTATIONS = {"document", "coder", "code", "start", "end"}  # what tells a table of annotations from one of documents
NAME = "Table"
SEPARATED = (".csv", ".tsv", ".tab")
EXTENSIONS = (*SEPARATED, ".xlsx", ".xlsm", ".xls", ".ods")
WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")  # how .xlsx and .xls begin, whatever they are called

EXCEL_CELL = 32_767  # UTF-16 units: the most that a cell of Excel holds
MOST_CELLS = 5_000_000
LONGEST_HEADING = 100  # characters
SAMPLE = 5  # rows shown in the choice of columns
CELL = re.compile(rb"""<(?:\w+:)?(?:c|row)\s(?:[^>]*?\s)?r=["']([A-Z]*)(\d+)["']""")
KNOWN = {  # how headings name what the program has a word for
    "title": "title headline heading subject titre titel título titolo 제목 标题 標題 العنوان",
    "speaker": "speaker actor author byline orateur auteur sprecher autor 화자 발언자 发言人 發言人 المتحدث",
    "source": "source outlet publisher medium quelle fuente fonte 출처 来源 來源 المصدر",
    "date": "date published datum fecha data 날짜 일자 日期 التاريخ",
    "language": "language lang langue sprache idioma 언어 语言 語言 اللغة",
}
MEANINGS = {word: meaning for meaning, words in KNOWN.items() for word in words.split()}

Rows = list[list[str]]


class Table(NamedTuple):
    """What the choice of columns shows: unique headings, the first rows under them, the sheets, and the likely choice."""

    headings: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    sheets: tuple[str, ...]
    likely: Columns


class _Sheet(NamedTuple):
    headings: tuple[str, ...]
    rows: Rows
    first: int  # number of the first row, as the file's own program counts
    sheets: tuple[str, ...] = ()
    decoded: Decoded | None = None


def cells(file: File, sheet: str = "") -> tuple[Rows, tuple[str, ...]]:
    """All rows as they stand, and the names of the sheets; without one named, the first that has something. Raises Refused
    or Damaged."""
    rows, sheets, _ = _rows(file, sheet)
    return rows, sheets


def columns(file: File, sheet: str = "") -> Table:
    """The columns of a table, to choose among. Raises Refused or Damaged."""
    found = _sheet(file, sheet)
    sample = tuple(tuple(row) for row in found.rows[:SAMPLE])
    return Table(found.headings, sample, found.sheets, _likely(found, sheet))


def read(file: File) -> list[Incoming]:
    """A document for each row with a text, in order. Rows without one are counted in a warning of the first.
    Raises Refused (a table of annotations is none of documents) or Damaged."""
    found = _sheet(file, file.columns.sheet if file.columns else "")
    if not file.columns and {heading.casefold() for heading in found.headings} >= ANNOTATIONS:
        raise Refused("import.annotations", filename=file.name)
    chosen = file.columns or _likely(found)
    for name in (chosen.text, chosen.title, *chosen.details):
        if name and name not in found.headings:
            raise Refused("import.no_column", filename=file.name, column=name, known=", ".join(found.headings))
    place = found.headings.index(chosen.text)
    told = [(number, row) for number, row in enumerate(found.rows, found.first) if row[place].strip()]
    if not told:
        raise Refused("import.no_text", filename=file.name)
    missing, documents = len(found.rows) - len(told), []
    for number, row in told:
        warnings: list[AnnotatorError] = (
            [Refused("import.rows_without_text", filename=file.name, count=missing)] if missing else []
        )
        documents.append(_document(file, number, row, found=found, chosen=chosen, warnings=warnings))
        missing = 0
    return documents


def _document(
    file: File, number: int, row: list[str], *, found: _Sheet, chosen: Columns, warnings: list[AnnotatorError]
) -> Incoming:
    cells = dict(zip(found.headings, row, strict=True))
    words, encoding = cells[chosen.text], found.decoded
    if len(words.encode("utf-16-le", "surrogatepass")) == 2 * EXCEL_CELL:
        warnings.append(Refused("import.cell_cut", filename=file.name, row=number, most=EXCEL_CELL))
    details = {_meaning(name) or name: cells[name].strip() for name in chosen.details if cells[name].strip()}
    language = details.pop("language") if TAG.fullmatch(details.get("language", "")) else ""
    title = " ".join(cells.get(chosen.title, "").split())
    return incoming(
        file,
        words,
        title=title,
        language=language,
        details={"row": number} | details,
        encoding=encoding.encoding if encoding else "utf-8",
        guessed=encoding.guessed if encoding else False,
        warnings=warnings,
    )


def _likely(found: _Sheet, sheet: str = "") -> Columns:
    """The column with most words is the text; a known heading is the title; all others become details."""
    lengths = [sum(len(row[place]) for row in found.rows) for place in range(len(found.headings))]
    text = found.headings[lengths.index(max(lengths))]
    title = next((name for name in found.headings if name != text and _meaning(name) == "title"), "")
    details = tuple(name for name in found.headings if name not in (text, title))
    return Columns(text, title, details, sheet)


def _meaning(heading: str) -> str:
    return MEANINGS.get(heading.casefold().strip(" :#*_"), "")


def _sheet(file: File, sheet: str) -> _Sheet:
    """The headings and rows of a table, every row as long as the headings."""
    rows, sheets, decoded = _rows(file, sheet)
    above = next((number for number, row in enumerate(rows) if any(cell.strip() for cell in row)), len(rows))
    rows = rows[above:]
    if not rows:
        raise Refused("import.no_text", filename=file.name)
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    headed = all(len(cell) <= LONGEST_HEADING and "\n" not in cell.strip() for cell in rows[0])
    names = _unique(rows[0] if headed else [""] * width)
    first = above + (2 if headed else 1)
    kept = rows[1:] if headed else rows
    return _Sheet(names, kept, first, sheets, decoded)


def _rows(file: File, sheet: str) -> tuple[Rows, tuple[str, ...], Decoded | None]:
    """All rows, the sheets, and of text how it was decoded."""
    decoded, sheets = None, ()
    if file.data.startswith(b"PK") and b"opendocument" in file.data[:100]:
        tables = _open_document(file)
        sheets, rows = tuple(tables), _chosen(file, tables, sheet)
    elif file.data.startswith(WORKBOOKS):
        sheets, rows = _excel(file, sheet)
    elif PurePath(file.name).suffix.casefold() in SEPARATED:
        decoded = decode(file.name, file.data, file.encoding)
        rows = _separated(file, decoded.text)
    else:
        raise broken(file, "no workbook")
    return rows, sheets, decoded


def _unique(names: list[str]) -> tuple[str, ...]:
    """Headings made unique: an empty one is called by its place, a doubled one by its count."""
    found: list[str] = []
    for place, name in enumerate(names, 1):
        bare = " ".join(name.split()) or f"Column {place}"
        twins = (f"{bare} ({count})" for count in range(2, len(names) + 2))
        found.append(next(one for one in (bare, *twins) if one not in found))
    return tuple(found)


# Separated text -------------------------------------------------------------------------------------------------------


def _separated(file: File, text: str) -> Rows:
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    tabs = PurePath(file.name).suffix.casefold() != ".csv"
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter="\t" if tabs else _delimiter(text)))
    except csv.Error as error:
        raise broken(file, error) from None


def _delimiter(text: str) -> str:
    """What parts the cells: that which gives most rows of one width above one."""

    def rating(delimiter: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in csv.reader(StringIO(text[:65_536], newline=""), delimiter=delimiter) if row]
        except csv.Error:
            return 0, 0
        usual = max(widths, key=widths.count, default=1)
        return (widths.count(usual), usual) if usual > 1 else (0, 0)

    return max(",;\t|", key=rating)


# Workbooks ------------------------------------------------------------------------------------------------------------


def _excel(file: File, sheet: str) -> tuple[tuple[str, ...], Rows]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    if file.data.startswith(b"PK"):
        _must_be_small(file)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(file.data))
        names = tuple(workbook.sheet_names)
        wanted = [_known(file, names, sheet)] if sheet else names
        for name in wanted:
            rows = [
                [_words(cell) for cell in row]
                for row in workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            ]
            if sheet or any(cell.strip() for row in rows for cell in row):
                return names, rows
    except PasswordError:
        raise Refused("import.password", filename=file.name) from None
    except (CalamineError, OSError, ValueError) as error:
        raise broken(file, error) from None
    return names, []


def _must_be_small(file: File) -> None:
    """Refuses a workbook whose sheets reach so far that calamine, which lays out every cell, would end the program."""
    archive = Archive(file)
    archive.must_be_sound()
    for name in archive.names:
        if "/worksheets/" in name and name.endswith(".xml"):
            width, height = 1, 1
            for letters, number in CELL.findall(archive.read(name)):
                width, height = max(width, _column(letters)), max(height, int(number))
            if width * height > MOST_CELLS:
                raise Refused("import.sheet_too_large", filename=file.name, cells=width * height, most=MOST_CELLS)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _words(cell) -> str:
    """A cell as a person would write it."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime.datetime):
        return (cell.date() if cell.time() == datetime.time() else cell).isoformat()
    return cell.isoformat() if isinstance(cell, datetime.date | datetime.time) else str(cell)


def _chosen(file: File, tables: dict[str, Rows], sheet: str) -> Rows:
    if sheet:
        return tables[_known(file, tuple(tables), sheet)]
    return next((rows for rows in tables.values() if any(cell.strip() for row in rows for cell in row)), [])


def _known(file: File, names: tuple[str, ...], sheet: str) -> str:
    if sheet not in names:
        raise Refused("import.no_sheet", filename=file.name, sheet=sheet, known=", ".join(names))
    return sheet


def _open_document(file: File) -> dict[str, Rows]:
    """Sheet -> rows. Read here and not by calamine, which glues the words around a tab or a line break together."""
    cells, found = 0, dict[str, Rows]()
    for table in odt.content(file).iter("{*}table"):
        rows: Rows = []
        for row in table.iter("{*}table-row"):
            written = _open_row(row)
            times = min(_repeated(row, "number-rows-repeated"), MOST_CELLS) if any(written) else 1
            cells += times * len(written)
            if cells > MOST_CELLS:
                raise Refused("import.sheet_too_large", filename=file.name, cells=cells, most=MOST_CELLS)
            rows += [written] * times
        found[attribute(table, "name")] = rows
    return found


def _open_row(row) -> list[str]:
    written: list[str] = []
    for cell in row:
        if local(cell) in ("table-cell", "covered-table-cell"):
            words = "\n".join(_paragraphs(cell)) or attribute(cell, "date-value") or attribute(cell, "value")
            written += [words] * min(_repeated(cell, "number-columns-repeated"), 16_384)
    while written and not written[-1]:
        written.pop()
    return written


def _paragraphs(cell) -> Iterator[str]:
    for child in cell:
        if local(child) in ("p", "h"):
            yield odt.paragraph_text(child, [], [])


def _repeated(element, name: str) -> int:
    times = attribute(element, name)
    return max(int(times), 1) if times.isdecimal() else 1
