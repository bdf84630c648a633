"""annotator export"""

import re
from argparse import Namespace
from pathlib import Path

from annotator.cli import desk, terminal
from annotator.errors import Refused
from annotator.project import Project

FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')  # in file names of one system or another


def run(arguments: Namespace) -> int:
    """Writes what the person may read, whole or not at all."""
    format = arguments.format or arguments.out.suffix.casefold().removeprefix(".")
    if format not in ("csv", "xlsx", "texts"):
        raise Refused("export.ending", path=arguments.out, known=".csv .xlsx")
    with desk.sit_down(arguments, writing=False) as project, terminal.Progress("Writing") as progress:
        if format == "texts":
            told = terminal.count(_texts(project, arguments.out, progress), "text")
        else:
            told = terminal.count(_table(project, arguments.out, format, progress), "row")
    terminal.say(f"{told} written to {arguments.out}.")
    return 0


def _table(project: Project, out: Path, format: str, progress: terminal.Progress) -> int:
    from annotator.interchange import annotation_table, annotation_workbook

    if lost := project.lost(one.id for one in project.nouns("document")):
        left_out = terminal.count(len(lost), "annotation")
        terminal.tell(f"note: {left_out} whose words are not at their place left out; annotator check names them")
    if format == "csv":
        return annotation_table.write(project, out, progress=progress)
    written = annotation_workbook.write(project, out, progress=progress)
    if written.cut:
        cells = terminal.count(written.cut, "cell")
        terminal.tell(f"note: {cells} had more words than Excel holds, and the end is cut off; a .csv has them whole")
    return written.rows


def _texts(project: Project, folder: Path, progress: terminal.Progress) -> int:
    """The texts as the project keeps them, each in a file of its own."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused("export.not_empty", path=folder)
    documents = project.nouns("document")
    folder.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    for done, document in enumerate(documents):
        progress(done, len(documents), document.title)
        name = _free(document.filename or document.title, taken)
        (folder / name).write_bytes(project.text(document.id).encode())
    return len(documents)


def _free(words: str, taken: set[str]) -> str:
    """A file name that every system takes and that no other text has."""
    stem = FORBIDDEN.sub(" ", Path(words).stem).strip(". ")[:100] or "text"
    names = (f"{stem}{count}.txt" for count in ("", *(f" ({n})" for n in range(2, len(taken) + 3))))
    name = next(name for name in names if name.casefold() not in taken)
    taken.add(name.casefold())
    return name
