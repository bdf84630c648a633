"""annotator decrypt"""

from argparse import Namespace

from annotator import protecting
from annotator.cli import terminal
from annotator.cli.encrypt import report


def run(arguments: Namespace) -> int:
    """Makes an encrypted project one that anybody can read."""
    with terminal.Progress("Decrypting"):
        done = protecting.decrypt(arguments.project, copies=arguments.copies)
    terminal.tell(f"{arguments.project} is no longer encrypted: whoever has the file can read it.")
    report(done, arguments)
    return 0
