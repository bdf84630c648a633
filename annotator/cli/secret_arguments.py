"""The words of the verbs that encrypt projects."""

from argparse import ArgumentParser

from annotator.cli.options import Verbs, project_of, verb_of

COPIES = "what becomes of its backups: written anew as well, deleted, or kept as they are (turn)"
FOR = "a person of the project who can open it with the key of their machine, known from a package (repeatable)"
VERBS = (  # name, what it does, more about it
    (
        "encrypt",
        "encrypt a project and its backups with a passphrase, and print its recovery code",
        "The passphrase is asked for; a program names a file with it in ANNOTATOR_PASSPHRASE_FILE. The recovery code "
        "opens the project when the passphrase is forgotten or the key file beside it is lost: keep it on paper.",
    ),
    ("decrypt", "make an encrypted project one that anybody can read", "Asks for nothing else."),
    (
        "passphrase",
        "give an encrypted project another passphrase",
        "The passphrase up to now is asked for first. Copies of the key file that lie elsewhere still know it: if it has "
        "become known, use annotator rekey.",
    ),
    (
        "rekey",
        "encrypt a project and its backups anew, and print its new recovery code",
        "The passphrase stays. What the old recovery code or an old copy of the key file opened, they open no more.",
    ),
    ("recovery-code", "print the recovery code of an encrypted project", ""),
)


def add(verbs: Verbs) -> None:
    """Adds them all."""
    for name, words, more in VERBS:
        verb = verb_of(verbs, name, words, module=name.replace("-", "_"), more=more)
        project_of(verb)
        if name in ("encrypt", "decrypt", "rekey"):
            verb.add_argument("--copies", choices=("turn", "delete", "keep"), default="turn", help=COPIES)
        if name == "encrypt":
            verb.add_argument("--for", dest="people", metavar="NAME", action="append", default=[], help=FOR)
        if name == "passphrase":
            _instead(verb)


def _instead(verb: ArgumentParser) -> None:
    """What else than the passphrase opens it."""
    which = verb.add_mutually_exclusive_group()
    for name, words in (
        ("--recovery-code", "ask for the recovery code instead of the passphrase"),
        ("--this-machine", "use the key of this machine instead of the passphrase"),
    ):
        which.add_argument(name, action="store_true", help=words)
