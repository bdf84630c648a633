"""annotator passphrase"""

from argparse import Namespace

from annotator import protecting, secrecy
from annotator.cli import terminal


def run(arguments: Namespace) -> int:
    """Gives a project another passphrase."""
    path, asked = arguments.project, arguments.passphrases
    if arguments.recovery_code:
        secrecy.unlock_with_code(path, asked.next(f"Recovery code of {path.name}"))
    elif arguments.this_machine:
        from annotator.fieldwork import keys

        secrecy.unlock_with_device(path, keys.secrets())
    else:
        asked.unlock(path)
    protecting.change_passphrase(path, asked.new("New passphrase"))
    terminal.say(f"{path} has a new passphrase. The recovery code is the same.")
    return 0
