"""annotator [open]"""

from argparse import Namespace
from pathlib import Path

from annotator import screen


def run(arguments: Namespace) -> int:
    """Opens the window, and a project in it if one is named."""
    name = arguments.actor or ""
    if arguments.project and arguments.project.suffix.casefold() == ".assignment":
        from annotator.cli import accept

        screen.must_be_there()
        return show(*accept.beside(arguments.project))
    if arguments.project:
        _must_open(arguments.project, name)
    return show(arguments.project, name)


def show(project: Path | None, name: str) -> int:
    """Opens the window and waits until it is closed. Raises Refused where no window can be shown."""
    screen.must_be_there()
    screen.must_have_libraries(on_screen=True)
    from annotator.gui import app

    return app.main(project, name)


def _must_open(path: Path, name: str) -> None:
    """Raises Refused for what a command can be told of at once: no project there, nobody of this name in it."""
    from annotator.errors import Refused
    from annotator.project import Project

    people = [one.name for one in Project.people(path)]
    if name and people and name.casefold() not in map(str.casefold, people):
        raise Refused("coder.unknown", actor=name, known=", ".join(people))
