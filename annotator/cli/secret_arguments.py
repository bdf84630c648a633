"""The words of the verbs that encrypt projects."""

from annotator.cli.options import Verbs, project_of, verb_of

COPIES = "what becomes of its backups: written anew as well, deleted, or kept as they are (turn)"


def add(verbs: Verbs) -> None:
    """Adds them all."""
    for one in (_encrypt, _decrypt, _passphrase, _rekey, _recovery_code):
        one(verbs)


def _encrypt(verbs: Verbs) -> None:
    verb = verb_of(
        verbs,
        "encrypt",
        "encrypt a project and its backups with a passphrase, and print its recovery code",
        module="encrypt",
        more="The passphrase is asked for; a program names a file with it in ANNOTATOR_PASSPHRASE_FILE. The recovery code "
        "opens the project when the passphrase is forgotten or the key file beside it is lost: keep it on paper.",
    )
    project_of(verb)
    verb.add_argument("--copies", choices=("turn", "delete", "keep"), default="turn", help=COPIES)
    verb.add_argument(
        "--for",
        dest="people",
        metavar="NAME",
        action="append",
        default=[],
        help="a person of the project who can open it with the key of their machine, known from a package (repeatable)",
    )


def _decrypt(verbs: Verbs) -> None:
    verb = verb_of(
        verbs,
        "decrypt",
        "make an encrypted project one that anybody can read",
        module="decrypt",
        more="Asks for nothing else.",
    )
    project_of(verb)
    verb.add_argument("--copies", choices=("turn", "delete", "keep"), default="turn", help=COPIES)


def _passphrase(verbs: Verbs) -> None:
    verb = verb_of(
        verbs,
        "passphrase",
        "give an encrypted project another passphrase",
        module="passphrase",
        more="The passphrase up to now is asked for first. Copies of the key file that lie elsewhere still know it: if it has "
        "become known, use annotator rekey.",
    )
    project_of(verb)
    which = verb.add_mutually_exclusive_group()
    which.add_argument(
        "--recovery-code", action="store_true", help="ask for the recovery code instead of the passphrase"
    )
    which.add_argument(
        "--this-machine", action="store_true", help="use the key of this machine instead of the passphrase"
    )


def _rekey(verbs: Verbs) -> None:
    verb = verb_of(
        verbs,
        "rekey",
        "encrypt a project and its backups anew, and print its new recovery code",
        module="rekey",
        more="The passphrase stays. What the old recovery code or an old copy of the key file opened, they open no more.",
    )
    project_of(verb)
    verb.add_argument("--copies", choices=("turn", "delete", "keep"), default="turn", help=COPIES)


def _recovery_code(verbs: Verbs) -> None:
    verb = verb_of(verbs, "recovery-code", "print the recovery code of an encrypted project", module="recovery_code")
    project_of(verb)
