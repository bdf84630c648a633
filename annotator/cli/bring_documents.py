"""annotator import"""

from argparse import Namespace
from pathlib import Path

from annotator.cli import desk, terminal
from annotator.errors import AnnotatorError
from annotator.interchange import importing, table
from annotator.interchange.importing import Twin
from annotator.interchange.incoming import Columns, Incoming
from annotator.model import Document
from annotator.project import Project

Failures = list[tuple[Path, AnnotatorError]]


def run(arguments: Namespace) -> int:
    """Brings documents into a project: all that can be read, as one step."""
    paths = importing.gather(arguments.files)
    with desk.sit_down(arguments, writing=not arguments.dry_run) as project:
        people = [desk.coder(project, name).id for name in arguments.coder]
        round = desk.round_of(project, arguments.round).id
        documents, failures = _read(arguments, paths)
        twins = [] if arguments.twins else importing.duplicates(project, documents)
        kept = [one for place, one in enumerate(documents) if place not in {twin.place for twin in twins}]
        change, contents = None, []
        if kept:
            change, contents = importing.documents_change(project, kept, assign_to=people, round=round, twins=True)
        if change and not arguments.dry_run:
            project.apply(change, contents=contents)
        made = [edit.after for edit in change.edits if isinstance(edit.after, Document)] if change else []
        _report(arguments, project, made, kept, [(documents[twin.place], twin) for twin in twins], failures)
    return 1 if failures or not kept else 0


def _read(arguments: Namespace, paths: list[Path]) -> tuple[list[Incoming], Failures]:
    columns, failures = {}, []
    for path in paths:
        try:
            if chosen := _columns(arguments, path):
                columns[path] = chosen
        except AnnotatorError as error:
            failures.append((path, error))
    failed = {path for path, _ in failures}
    paths = [path for path in paths if path not in failed]
    encodings = {path: arguments.encoding for path in paths if arguments.encoding}
    with terminal.Progress("Reading") as progress:
        reading = importing.read_all(paths, encodings=encodings, columns=columns, progress=progress)
    return list(reading.documents), [*failures, *reading.failures]


def _columns(arguments: Namespace, path: Path) -> Columns | None:
    """The columns that were named, of a table; what was not named is as likely."""
    text, title = arguments.text_column, arguments.title_column
    if path.suffix.casefold() not in table.EXTENSIONS or not (text or title):
        return None
    found = importing.columns_of(path, encoding=arguments.encoding)
    text, title = text or found.likely.text, title or found.likely.title
    return Columns(text, title, tuple(name for name in found.headings if name not in (text, title)))


def _report(
    arguments: Namespace,
    project: Project,
    made: list[Document],
    kept: list[Incoming],
    twins: list[tuple[Incoming, Twin]],
    failures: Failures,
) -> None:
    warnings = [warning for one in kept for warning in one.warnings]
    if arguments.format == "json":
        terminal.say_json(
            {
                "schema": "annotator-import/1",
                "dry_run": arguments.dry_run,
                "documents": [
                    {
                        "id": one.id,
                        "title": one.title,
                        "file": one.filename,
                        "encoding": one.encoding,
                        "guessed": read.guessed,
                        "language": one.language,
                        "details": one.details,
                        "warnings": list(map(str, read.warnings)),
                    }
                    for one, read in zip(made, kept, strict=True)
                ],
                "left_out": [{"file": one.filename, "title": one.title, "same_as": twin.title} for one, twin in twins],
                "failed": [{"file": path, "key": error.key, "words": str(error)} for path, error in failures],
            }
        )
        return
    for warning in warnings:
        terminal.tell(terminal.plain(f"note: {warning}"))
    for one, twin in twins:
        where = "is in the project" if twin.in_project else "came before it"
        terminal.tell(terminal.plain(f"left out: {one.filename} has the text of “{twin.title}”, which {where}"))
    for _, error in failures:
        terminal.complain(terminal.plain(str(error)))
    would = "would go into" if arguments.dry_run else "went into"
    failed = f"; {terminal.count(len(failures), 'file')} could not be read" if failures else ""
    terminal.say(f"{terminal.count(len(made), 'document')} {would} {project.path}{failed}.")
