"""annotator [open]"""

from argparse import Namespace
from pathlib import Path

from annotator import screen
from annotator.cli import terminal
from annotator.errors import Refused
from annotator.model import person_called


def run(arguments: Namespace) -> int:
    """Opens the window, and a project in it if one is named. Raises Refused for what a person at a terminal can be told of
    at once: no project there, nobody of this name in it. Without a terminal the window says the latter."""
    name = arguments.actor or ""
    if arguments.project and arguments.project.suffix.casefold() == ".assignment":
        from annotator.cli import accept

        screen.must_be_there()
        return show(*accept.beside(arguments.project))
    if arguments.project:
        from annotator.project import Project

        people = Project.people(arguments.project)
        if name and not person_called(people, name) and (terminal.is_read() or not screen.is_there()):
            raise Refused("coder.unknown", actor=name, known=", ".join(one.name for one in people))
    return show(arguments.project, name)


def show(project: Path | None, name: str) -> int:
    """Opens the window and waits until it is closed. Raises Refused where no window can be shown."""
    screen.must_be_there()
    screen.must_have_libraries(on_screen=True)
    from annotator.gui import app

    return app.main(project, name)
