"""annotator codebook"""

from argparse import Namespace
from pathlib import Path

from annotator import codebook, editing
from annotator.cli import desk, terminal
from annotator.codebook import Codebook
from annotator.errors import Refused
from annotator.project import Project

ENDINGS = {".json": "json", ".html": "html", ".htm": "html"}


def run(arguments: Namespace) -> int:
    """Brings a codebook in and publishes it, or shows or writes the one that is there."""
    if arguments.source:
        book = codebook.read(arguments.source)
        with desk.sit_down(arguments, writing=True) as project:
            return _bring_in(project, book, arguments)
    format = arguments.format or (arguments.target and ENDINGS.get(arguments.target.suffix.casefold())) or "table"
    if arguments.target and format == "table":
        raise Refused("export.ending", path=arguments.target, known=".json .html")
    with desk.sit_down(arguments, writing=False) as project:
        book = codebook.of_project(project, _version(project, arguments.number))
    if arguments.target:
        _write(book, arguments.target, format)
        terminal.say(f"The codebook is in {arguments.target}.")
    else:
        _show(book, format)
    return 0


def _bring_in(project: Project, book: Codebook, arguments: Namespace) -> int:
    try:
        project.apply(codebook.import_change(project, book))
    except Refused as refusal:
        if refusal.key != "change.empty":
            raise
    try:
        project.apply(editing.publish(project, note=arguments.note))
    except Refused as refusal:
        if refusal.key != "change.empty":
            raise
        terminal.say(f"The codebook of {project.path} says what {arguments.source} says already.")
        return 0
    number = max(version.number for version in project.nouns("codebook_version"))
    terminal.say(f"{arguments.source} is in {project.path}, and published as version {number}.")
    return 0


def _version(project: Project, number: int | None) -> str | None:
    if number is None:
        return None
    versions = {one.number: one.id for one in project.nouns("codebook_version")}
    if number not in versions:
        known = "; ".join(map(str, sorted(versions))) or "none yet"
        raise Refused("name.unknown", kind="codebook version", name=number, known=known)
    return versions[number]


def _write(book: Codebook, path: Path, format: str) -> None:
    if format == "json":
        codebook.write(path, book)
        return
    terminal.write(path, codebook.page(book))


def _show(book: Codebook, format: str) -> None:
    if format == "html":
        terminal.say(codebook.page(book))
        return
    if format == "json":
        from annotator import codebook_file

        terminal.say(codebook_file.dump(book, Path("-")))
        return
    codes = {code.id: code for code in book.codes}
    for code in book.codes:
        depth = sum(1 for _ in codebook.ancestors(codes, code))
        signs = f" [{code.key}]" * bool(code.key) + " (retired)" * code.retired
        terminal.say("  " * depth + terminal.plain(code.name) + signs)
