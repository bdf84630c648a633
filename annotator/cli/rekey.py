"""annotator rekey"""

from argparse import Namespace

from annotator import protecting
from annotator.cli import terminal
from annotator.cli.encrypt import report


def run(arguments: Namespace) -> int:
    """Encrypts a project anew, and prints its new recovery code."""
    passphrase = arguments.passphrases.unlock(arguments.project)
    with terminal.Progress("Encrypting anew"):
        done = protecting.rekey(arguments.project, passphrase, copies=arguments.copies)
    terminal.tell(f"{arguments.project} is encrypted anew. The passphrase is the same, the recovery code is another.")
    report(done, arguments)
    return 0
