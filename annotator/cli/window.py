"""annotator [open]"""

from argparse import Namespace
from pathlib import Path

from annotator import screen, secrecy
from annotator.cli import asking, terminal
from annotator.errors import AnnotatorError, Refused
from annotator.model import person_called

PACKAGES = (".assignment", ".coded")


def run(arguments: Namespace) -> int:
    """Opens the window, and a project in it if one is named. Raises Refused for what a person at a terminal can be told of
    at once: no project there, nobody of this name in it. Where nobody reads a terminal, as after a click on a file, the
    window says it."""
    name, path = arguments.actor or "", arguments.project
    says_it = screen.is_there() and not terminal.is_read()
    if path and path.suffix.casefold() in PACKAGES:
        from annotator.cli import accept
        from annotator.fieldwork import incoming

        screen.must_be_there()
        if incoming.has_questions(path):
            return show(path, name)
        asking.for_packages(arguments)
        try:
            project, coder = accept.beside(path)
        except AnnotatorError as error:
            if says_it:
                return show(None, name, str(error))
            raise
        return show(project, coder)
    if path and not says_it and not secrecy.is_locked(path):
        from annotator.project import Project

        people = Project.people(path)
        if name and not person_called(people, name):
            raise Refused("coder.unknown", actor=name, known=", ".join(one.name for one in people))
    return show(path, name)


def show(project: Path | None, name: str, said: str = "") -> int:
    """Opens the window, lets it say something, and waits until it is closed. Raises Refused where no window can be shown."""
    screen.must_be_there()
    screen.must_have_libraries(on_screen=True)
    secrecy.asking = None  # a window asks by itself
    from annotator.gui import app

    return app.main(project, name, said)
