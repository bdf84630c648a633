"""Numbers taken out of the window: a file in one of four formats, or the table as text for the clipboard."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from annotator.agreement.words import number

from .lines import Line
from .table import code_words, remark

FORMATS = ("html", "xlsx", "csv", "json")  # as the menu lists them


def _tr(text: str) -> str:
    return QCoreApplication.translate("agreement", text)


def menu(parent: QWidget, chosen: Callable[[str], object]) -> QMenu:
    """The formats; `chosen` is told which."""
    names = {
        "html": _tr("Page (HTML) …"),
        "xlsx": _tr("Excel workbook (XLSX) …"),
        "csv": _tr("Table (CSV) …"),
        "json": _tr("Data (JSON) …"),
    }
    made = QMenu(parent)
    for format in FORMATS:
        made.addAction(names[format]).triggered.connect(lambda checked, format=format: chosen(format))
    return made


def ask_where(parent: QWidget, folder: Path, format: str) -> Path | None:
    """A file to write to, with the ending of the format; None when nobody wants it."""
    suggested = str(folder / f"agreement.{format}")
    dialog = QFileDialog(parent, _tr("Export agreement"), suggested, f"{format.upper()} (*.{format})")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(format)
    dialog.selectFile(suggested)
    return Path(dialog.selectedFiles()[0]) if dialog.exec() else None


def as_text(lines: Sequence[Line], heads: dict[str, str]) -> str:
    """The table as lines of cells with tabs between them, as it is shown; the note on a value comes last."""
    kept = [name for name in heads if name != "scale"]
    titles = {**heads, "value": heads["scale"], "note": _tr("Note")}
    rows = [[titles[name] for name in (*kept, "note")]]
    for line in lines:
        cells = _cells(line)
        rows.append([cells[name] for name in (*kept, "note")])
    return "".join("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in rows)


def _cells(line: Line) -> dict[str, str]:
    return {
        "code": code_words(line),
        "uses": f"{line.uses:,}",
        "share": line.share_words,
        "percent": number(line.percent.value) if line.percent else "",
        "value": line.value,
        "interval": line.interval,
        "n": f"{line.row.n:,}",
        "documents": f"{line.row.documents:,}",
        "note": remark(line),
    }
