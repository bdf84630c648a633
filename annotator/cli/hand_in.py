"""annotator hand-in"""

from argparse import Namespace

from annotator.cli import desk, terminal
from annotator.cli.assign import told


def run(arguments: Namespace) -> int:
    """Writes all that the person made into a package."""
    from annotator.fieldwork import outgoing

    with desk.sit_down(arguments, writing=False) as project, terminal.Progress("Writing") as progress:
        sent = outgoing.hand_in(project, arguments.out, progress=progress)
    terminal.say(f"{sent.path} holds the work of {sent.coder}: {told(sent.counts)}.")
    terminal.say(f"Check word: {sent.word}. Key of this machine: {sent.fingerprint}.")
    return 0
