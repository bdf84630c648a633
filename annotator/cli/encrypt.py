"""annotator encrypt"""

from argparse import Namespace

from annotator import protecting, secrecy
from annotator.cli import desk, terminal
from annotator.errors import Refused
from annotator.protecting import Protected


def run(arguments: Namespace) -> int:
    """Encrypts a project, and prints its recovery code."""
    if secrecy.is_encrypted(arguments.project):
        raise Refused("secret.encrypted_already", path=arguments.project)
    devices = _devices(arguments)
    passphrase = arguments.passphrases.new(f"New passphrase of {arguments.project.name}")
    with terminal.Progress("Encrypting"):
        done = protecting.encrypt(arguments.project, passphrase, copies=arguments.copies, devices=devices)
    terminal.tell(f"{arguments.project} is encrypted. Its key file lies beside it: move both together.")
    report(done, arguments)
    return 0


def _devices(arguments: Namespace) -> list[str]:
    """The keys of the people who can open it, too."""
    from annotator.fieldwork.sealing import keys_of

    if not arguments.people:
        return []
    with desk.sit_down(arguments, writing=False) as project:
        return [key for name in arguments.people for key in keys_of(project, desk.coder(project, name))]


def report(done: Protected, arguments: Namespace) -> None:
    """What became of the copies, and the recovery code; the code alone goes to standard output."""
    if done.turned:
        terminal.tell(f"{terminal.count(done.turned, 'backup')} written anew as well.")
    if done.deleted:
        terminal.tell(f"{terminal.count(done.deleted, 'backup')} deleted.")
    for path in done.left:
        terminal.tell(f"note: {path} stayed as it was.")
    if done.code:
        terminal.tell("Recovery code, to be kept on paper and apart from the project:")
        terminal.say(done.code)
