"""annotator export"""

import re
from argparse import Namespace
from pathlib import Path

from annotator.cli import desk, terminal
from annotator.errors import Refused
from annotator.model import Document
from annotator.project import Project

FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')  # in file names of one system or another


def run(arguments: Namespace) -> int:
    """Writes what the person may read, whole or not at all."""
    format = arguments.format or arguments.out.suffix.casefold().removeprefix(".")
    if format not in ("csv", "xlsx", "texts", "html", "pdf"):
        raise Refused("export.ending", path=arguments.out, known=".csv .xlsx .html .pdf")
    if format not in ("html", "pdf") and (arguments.document or arguments.coders or arguments.round):
        raise Refused("export.not_a_page", format=format)
    if arguments.redacted and format not in ("csv", "xlsx"):
        raise Refused("export.not_redacted", format=format)
    with desk.sit_down(arguments, writing=False) as project, terminal.Progress("Writing") as progress:
        if format == "texts":
            told = terminal.count(_texts(project, arguments.out, progress), "text")
        elif format in ("html", "pdf"):
            told = terminal.count(_page(project, arguments, format, progress), "annotation")
        else:
            told = terminal.count(_table(project, arguments, format, progress), "row")
    terminal.say(f"{told} written to {arguments.out}.")
    return 0


def _table(project: Project, arguments: Namespace, format: str, progress: terminal.Progress) -> int:
    from annotator.interchange import annotation_table, annotation_workbook, redacted

    if lost := project.lost(one.id for one in project.nouns("document")):
        left_out = terminal.count(len(lost), "annotation")
        terminal.tell(f"note: {left_out} whose words are not at their place left out; annotator orphans lists them")
    names = redacted.Ids(project) if arguments.redacted else None
    if format == "csv":
        return annotation_table.write(project, arguments.out, names, progress=progress)
    written = annotation_workbook.write(project, arguments.out, names, progress=progress)
    if written.cut:
        cells = terminal.count(written.cut, "cell")
        terminal.tell(f"note: {cells} had more words than Excel holds, and the end is cut off; a .csv has them whole")
    return written.rows


def _page(project: Project, arguments: Namespace, format: str, progress: terminal.Progress) -> int:
    """One document as it is coded: a web page, or a PDF. Returns how many annotations it shows."""
    from annotator.interchange import coded_page
    from annotator.interchange.coded_document import gather

    document, round = _document(project, arguments.document), desk.round_of(project, arguments.round)
    names = desk.names_in(arguments.coders, (one.name for one in project.nouns("coder")))
    coders = None if names is None else [desk.coder(project, name).id for name in names]
    coded = gather(project, document, round, shows=lambda one: coders is None or one.coder in coders)
    contents = coded_page.Contents(attributes=arguments.attributes)
    if format == "html":
        coded_page.write(coded, arguments.out, contents, progress=progress)
    else:
        from annotator.cli import coded_paper

        paper = {"size": arguments.paper, "attributes": arguments.attributes}
        coded_paper.draw(project, arguments.out, document.id, round.id, coders, paper)
    return len(coded.annotations)


def _document(project: Project, words: str | None) -> Document:
    documents = project.nouns("document")
    if words:
        return desk.document(project, words)
    if len(documents) == 1:
        return documents[0]
    raise Refused("export.which_document", count=len(documents))


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
