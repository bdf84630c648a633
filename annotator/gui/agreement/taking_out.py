"""Taken out of the window: numbers as a file in one of four formats or as text for the clipboard, figures as pictures."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from annotator.agreement.words import number
from annotator.errors import Refused
from annotator.staging import staged

from .canvas import Picture
from .figure_words import say
from .lines import Line
from .table import code_words, remark

FORMATS = ("report", "html", "xlsx", "csv", "json")  # as the menu lists them


def _tr(text: str) -> str:
    return QCoreApplication.translate("agreement", text)


def menu(parent: QWidget, chosen: Callable[[str], object]) -> QMenu:
    """The formats; `chosen` is told which."""
    names = {
        "report": _tr("Report for a paper (folder) …"),
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


# Figures ----------------------------------------------------------------------------------------------------------------


def figure_menu(parent: QWidget, picture: Picture, save: Callable[[Picture], None]) -> QMenu:
    """The ways to take a figure out."""
    made = QMenu(parent)
    made.addAction(_tr("Save figure …")).triggered.connect(lambda: save(picture))
    made.addAction(_tr("Copy figure")).triggered.connect(lambda: copy_figure(picture))
    made.addAction(_tr("Copy as words")).triggered.connect(lambda: copy_words(picture))
    made.aboutToHide.connect(made.deleteLater)
    return made


def fill(menu: QMenu, pictures: Sequence[Picture], save: Callable[[Picture], None]) -> None:
    """A menu of figures to be saved."""
    menu.clear()
    for picture in pictures:
        menu.addAction(_tr("{name} …").format(name=picture.name)).triggered.connect(
            lambda checked, picture=picture: save(picture)
        )


def ask_where_figure(parent: QWidget, folder: Path, picture: Picture) -> Path | None:
    """A file to write to; its ending says which format."""
    suggested = str(folder / f"{picture.file}.svg")
    dialog = QFileDialog(parent, _tr("Save figure"), suggested, "SVG (*.svg);;PNG (*.png);;PDF (*.pdf)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("svg")
    dialog.filterSelected.connect(lambda filter: dialog.setDefaultSuffix(filter[:3].lower()))
    dialog.selectFile(suggested)
    return Path(dialog.selectedFiles()[0]) if dialog.exec() else None


def figure_file(picture: Picture, format: str) -> bytes:
    """As papers have it: one width, on white, whatever the window looks like. Raises Refused for another format."""
    from annotator.agreement.figures import export
    from annotator.agreement.figures.ink import Ink

    if format not in export.FORMATS:
        raise Refused("agreement.unknown", kind="format", name=format, near="; ".join(export.FORMATS))
    ink = Ink.named("light").saying(say)
    figure = export.drawn(export.WIDE, picture.height, lambda figure: picture.draw(figure, ink))
    return export.as_format(figure, format)


def write_figure(picture: Picture, path: Path) -> None:
    """Raises Refused: another format, or the file cannot be written."""
    data = figure_file(picture, path.suffix[1:].lower())
    with staged(path) as part:
        part.write_bytes(data)


def copy_figure(picture: Picture) -> None:
    QGuiApplication.clipboard().setImage(QImage.fromData(figure_file(picture, "png")))


def copy_words(picture: Picture) -> None:
    QGuiApplication.clipboard().setText("\n".join(picture.told))


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
        "units": line.units_words,
        "percent": number(line.percent.value) if line.percent else "",
        "value": line.value,
        "interval": line.interval,
        "bars": line.apart_words,
        "n": f"{line.row.n:,}",
        "documents": f"{line.row.documents:,}",
        "note": remark(line),
    }
