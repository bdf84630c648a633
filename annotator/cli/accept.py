"""annotator accept"""

from argparse import Namespace
from pathlib import Path

from annotator import founding, secrecy
from annotator.cli import asking, terminal
from annotator.cli.assign import told


def run(arguments: Namespace) -> int:
    """Makes a project of an assignment, or brings it up to date."""
    from annotator.fieldwork import incoming

    asking.for_packages(arguments)
    is_new = not arguments.project.exists()
    if is_new:
        founding.must_be_free(arguments.project)
    with asking.secret_for_new(arguments, wanted=is_new and arguments.encrypt) as secret:
        with terminal.Progress("Accepting") as progress:
            received = incoming.accept(
                arguments.assignment, arguments.project, trusted=arguments.trust, secret=secret, progress=progress
            )
        _report(received, arguments.project)
    return 0


def beside(assignment: Path) -> tuple[Path, str]:
    """Makes a project of an assignment beside it or, where that cannot be, among the documents of this person. Returns its
    place and the coder's name."""
    from annotator.fieldwork import incoming

    target = incoming.beside(assignment)
    with terminal.Progress("Accepting") as progress:
        received = incoming.accept(assignment, target, progress=progress)
    _report(received, target)
    return target, received.arrived[0][0].manifest.coder.name


def _report(received, target: Path) -> None:
    ((arrived, receipt),) = received.arrived
    for note in received.notes:
        terminal.tell(terminal.plain(f"note: {note}"))
    new = terminal.count(receipt.new, "new step")
    terminal.say(f"{target} is ready for {arrived.manifest.coder.name}: {told(arrived.manifest.counts)}; {new}.")
    terminal.say(f"Check word: {arrived.word}.")
    if arrived.manifest.encrypted and not secrecy.is_encrypted(target):
        terminal.tell("note: it comes from an encrypted project. annotator encrypt encrypts this one, too.")
