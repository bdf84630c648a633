"""The report as a folder: page, PDF, workbook, tables, figures, the raw data, and a script that computes its headline anew.

It is there whole or not at all. A folder that is there already is replaced only when it is empty, or a report that nobody
has changed since it was made: its list of contents proves it.
"""

import csv
import hashlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from annotator.agreement import export
from annotator.agreement.result import Result
from annotator.agreement.units import stop_if
from annotator.errors import Refused
from annotator.reporting import paper
from annotator.reporting.blocks import Cell, Figure, Report, Table
from annotator.reporting.page import page
from annotator.reporting.reliability import Data
from annotator.staging import staged_folder

CONTENTS = "contents.sha256"  # as sha256sum writes and checks it
READ_ME = """\
The report of an agreement study, made by Annotator {version}.

report.html, report.pdf   the report, as a web page and as an appendix of A4
agreement.xlsx            every number, by code and by pair of coders, with all settings
agreement.csv             every number as one table; agreement.json for programs
tables/                   the tables of the report, as printed and with the numbers in full
figures/                  the figures of the report, as SVG and PDF
{about}
recompute.py              computes the headline from these data alone: python recompute.py (Python 3.11, numpy)
contents.sha256           what each file holds: sha256sum -c contents.sha256
"""
Progress = Callable[[int, int], None]  # steps done, steps in all


class Source(Protocol):
    """What a report is made from: a study of a project, or a table of ratings."""

    @property
    def result(self) -> Result: ...
    def report(self) -> Report: ...
    def data(self) -> Data: ...


def write(
    material: Source,
    folder: Path,
    *,
    progress: Progress = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Makes the folder. Raises Refused: something else is there, it cannot be written, or `cancelled` said so."""
    must_be_free(folder)
    made = list[Report]()
    steps: list[Callable[[Path], object]] = [
        lambda part: made.append(material.report()),
        lambda part: _data(material, part),
        lambda part: _numbers(material, part),
        lambda part: _tables(made[0], part / "tables"),
        lambda part: _figures(made[0], part / "figures"),
        lambda part: _write(part / "report.html", page(made[0])),
        lambda part: paper.draw(made[0], part / "report.pdf", cancelled),
        _list_contents,
    ]
    with staged_folder(folder) as part:
        for done, step in enumerate(steps):
            stop_if(cancelled)
            progress(done, len(steps))
            step(part)
        must_be_free(folder)
    progress(len(steps), len(steps))


def must_be_free(folder: Path) -> None:
    """Raises Refused when something is there that is not a report as it was made."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise Refused("report.not_a_folder", path=folder)
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    if not there:
        return
    listed = _listed(folder / CONTENTS)
    if not listed:
        raise Refused("report.not_ours", path=folder)
    if strange := sorted(there - {*listed, CONTENTS}):
        raise Refused("report.more", path=folder, name=strange[0])
    for name in sorted(there & {*listed}):
        if _hash(folder / name) != listed[name]:
            raise Refused("report.changed", path=folder, name=name)


def _listed(path: Path) -> dict[str, str]:
    """Name -> SHA-256, as a list of contents says; nothing when it is none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    pairs = [line.split("  ", 1) for line in lines]
    return {pair[1]: pair[0] for pair in pairs if len(pair) == 2}


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _list_contents(part: Path) -> None:
    names = sorted(path.relative_to(part).as_posix() for path in part.rglob("*") if path.is_file())
    _write(part / CONTENTS, "".join(f"{_hash(part / name)}  {name}\n" for name in names))


def _write(path: Path, words: str) -> None:
    path.write_text(words, encoding="utf-8", newline="\n")


def _data(material: Source, part: Path) -> None:
    found = material.data()
    (part / "reliability_data.csv").write_bytes(found.table.encode())
    _write(part / "recompute.py", found.script)
    version = material.result.settings["version"]
    _write(part / "README.txt", READ_ME.format(version=version, about=found.about))


def _numbers(material: Source, part: Path) -> None:
    for format in ("xlsx", "csv", "json"):
        export.write(material.result, part / f"agreement.{format}", format)


def _tables(made: Report, part: Path) -> None:
    part.mkdir()
    for block in made.blocks:
        if isinstance(block, Table):
            (part / f"table_{block.number}_{block.name}.csv").write_bytes(as_csv(block).encode("utf-8-sig"))


def as_csv(table: Table) -> str:
    """A table as it is printed; behind each column whose numbers are rounded there, the numbers in full."""
    most = [max((len(row[n].full) for row in table.rows), default=0) for n in range(len(table.header))]
    most = [0 if _is_whole(table, n) else count for n, count in enumerate(most)]
    names = {1: (" in full",), 2: (" low", " high"), 3: (" in full", " low", " high")}
    header = []
    for name, count in zip(table.header, most, strict=True):
        header += [name, *(f"{name}{more}" for more in names.get(count, ()))]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(map(export.harmless, header))
    for row in table.rows:
        written: list[object] = []
        for cell, count in zip(row, most, strict=True):
            written += [export.harmless(_plain(cell)), *_in_full(cell, count)]
        writer.writerow(written)
    return out.getvalue()


def _is_whole(table: Table, column: int) -> bool:
    """Whether a column holds counts, which are printed in full."""
    return all(isinstance(one, int) for row in table.rows for one in row[column].full)


def _plain(cell: Cell) -> object:
    return cell.full[0] if len(cell.full) == 1 and isinstance(cell.full[0], int) else cell.shown


def _in_full(cell: Cell, count: int) -> list[object]:
    return [*cell.full, *[None] * (count - len(cell.full))] if count else []


def _figures(made: Report, part: Path) -> None:
    part.mkdir()
    for block in made.blocks:
        if isinstance(block, Figure):
            stem = f"figure_{block.number}_{block.name}"
            _write(part / f"{stem}.svg", block.svg)
            (part / f"{stem}.pdf").write_bytes(block.pdf)
