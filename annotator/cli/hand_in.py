"""annotator hand-in"""

from argparse import Namespace

from annotator.cli import asking, desk, terminal
from annotator.cli.assign import told


def run(arguments: Namespace) -> int:
    """Writes all that the person made into a package."""
    from annotator.fieldwork import outgoing, sealing

    with desk.sit_down(arguments, writing=False) as project:
        seal = asking.seal(arguments, lambda: sealing.for_supervisors(project))
        with terminal.Progress("Writing") as progress:
            sent = outgoing.hand_in(project, arguments.out, progress=progress, seal=seal)
    terminal.say(f"{sent.path} holds the work of {sent.coder}: {told(sent.counts)}.")
    terminal.say(f"Check word: {sent.word}. Key of this machine: {sent.fingerprint}.")
    return 0
