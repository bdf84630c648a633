"""The words of the verbs that carry work out to coders and back."""

from pathlib import Path

from annotator.cli.options import Verbs, count, format_of, project_of, verb_of

SEAL = "seal it: with a passphrase, which is asked for, or for the key of who receives it (default: not)"
ENCRYPT = "encrypt the new project with a passphrase, which is asked for, and print its recovery code"
TRUST = "accept this new key of a device: the words that its owner has read to you (repeatable)"


def add(verbs: Verbs) -> None:
    """Adds them all."""
    for one in (_assign, _accept, _hand_in, _receive, _merge, _contested, _orphans):
        one(verbs)


def _assign(verbs: Verbs) -> None:
    verb = verb_of(
        verbs,
        "assign",
        "write a coder's work into one file that they take along",
        module="assign",
        more="It holds the documents that are handed out to the coder, the codebook, what is theirs so far, and nothing of "
        "other coders. Documents that are named and not handed out yet are handed out.",
    )
    project_of(verb)
    verb.add_argument("--coder", metavar="NAME", required=True, help="for whom")
    verb.add_argument("--round", metavar="R", help="in which round (default: the newest)")
    verb.add_argument(
        "--documents", metavar="D,...", action="append", help="which (default: all that are handed out to them)"
    )
    verb.add_argument("--out", metavar="FILE.assignment", type=Path, required=True, help="the file to write")
    verb.add_argument("--seal", choices=("passphrase", "key"), help=SEAL)


def _accept(verbs: Verbs) -> None:
    verb = verb_of(
        verbs,
        "accept",
        "make a project of an assignment, or bring it up to date",
        module="accept",
        more="annotator open FILE.assignment does the same beside the file, and opens the window.",
    )
    verb.add_argument("assignment", metavar="FILE.assignment", type=Path)
    project_of(verb)
    verb.add_argument("--encrypt", action="store_true", help=ENCRYPT)
    verb.add_argument("--trust", metavar="WORDS", action="append", default=[], help=TRUST)


def _hand_in(verbs: Verbs) -> None:
    verb = verb_of(
        verbs,
        "hand-in",
        "write all that you did into one file that goes back",
        module="hand_in",
        more="It can be handed in as often as one likes, each time with all there is: nothing is counted twice.",
    )
    project_of(verb)
    verb.add_argument("--out", metavar="FILE.coded", type=Path, required=True, help="the file to write")
    verb.add_argument("--seal", choices=("passphrase", "key"), help=SEAL)


def _receive(verbs: Verbs) -> None:
    verb = verb_of(
        verbs,
        "receive",
        "take in what coders handed in",
        module="receive",
        more="Each file is verified first; what is not whole is named, and the rest goes in as one step. Exit code 1 when a "
        "file was not taken in.",
    )
    project_of(verb)
    verb.add_argument("files", metavar="FILE", type=Path, nargs="+")
    verb.add_argument("--dry-run", action="store_true", help="only say what would happen")
    verb.add_argument("--trust", metavar="WORDS", action="append", default=[], help=TRUST)
    format_of(verb, "table", "json")


def _merge(verbs: Verbs) -> None:
    verb = verb_of(
        verbs,
        "merge",
        "take in all that another copy of the project holds",
        module="merge",
        more="A supervisor takes in all, a coder what is their own. The other copy stays as it is.",
    )
    project_of(verb)
    verb.add_argument("other", metavar="OTHER.annotator", type=Path)
    verb.add_argument("--dry-run", action="store_true", help="only say what would happen")
    format_of(verb, "table", "json")


def _contested(verbs: Verbs) -> None:
    verb = verb_of(
        verbs,
        "contested",
        "list what was changed in two places, and decide",
        module="contested",
        more="Until somebody decides, both versions are kept, one of them is shown, and neither can be changed. A supervisor "
        "may decide between two versions of a coder's annotation, and never alters one.",
    )
    project_of(verb)
    verb.add_argument("--settle", metavar="ID", help="decide on this one")
    verb.add_argument("--keep", metavar="SIDE", default="1", help="the number of the side that holds, or both (1)")
    format_of(verb, "table", "json")


def _orphans(verbs: Verbs) -> None:
    verb = verb_of(
        verbs,
        "orphans",
        "list annotations whose words are not at their place, and say where they are",
        module="orphans",
        more="That happens when the text was another one where they were made. Each is listed with the places where its "
        "words stand now, the nearest first; nothing is moved but by your word. A coder places their own, "
        "a supervisor those of all.",
    )
    project_of(verb)
    which = verb.add_mutually_exclusive_group()
    which.add_argument("--place", metavar="ID", help="put this annotation where --at says")
    which.add_argument("--yes", action="store_true", help="put all of your own there that have one place only")
    verb.add_argument("--at", metavar="N", type=count, default=1, help="of --place: the number of the place (1)")
    format_of(verb, "table", "json")
