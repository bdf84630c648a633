"""The words that the command line understands."""

import argparse
from pathlib import Path

from annotator import __version__
from annotator.cli import field_arguments, secret_arguments
from annotator.cli.options import Verbs, certainty
from annotator.cli.options import count as _count
from annotator.cli.options import format_of as _format
from annotator.cli.options import project_of as _project
from annotator.cli.options import verb_of as _verb

EXIT = "Exit codes: 0 done, 1 the work could not be done (standard error says why), 2 wrong usage."
UNITS = ("sentence", "paragraph", "document", "character", "span")
LEVELS = ("nominal", "ordinal", "interval", "ratio")


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; `module` names what runs the verb."""
    made = argparse.ArgumentParser(
        prog="annotator", description="Code political texts by hand, compare coders, report agreement.", epilog=EXIT
    )
    made.add_argument("--version", action="version", version=f"annotator {__version__}")
    made.add_argument(
        "--as", dest="actor", metavar="NAME", help="who is acting (default: the name set up on this machine)"
    )
    made.add_argument(
        "--passphrase-fd",
        metavar="N",
        type=int,
        help="read passphrases from this open file, one a line (default: the file that ANNOTATOR_PASSPHRASE_FILE names, else "
        "they are asked for)",
    )
    made.set_defaults(module="window", project=None)
    verbs = made.add_subparsers(title="verbs", metavar="VERB")
    for add in (
        _open,
        _demo,
        _new,
        _import,
        _annotations,
        _codebook,
        _export,
        _find,
        _progress,
        _agreement,
        _check,
        _history,
        _backups,
        _rescue,
        _self_test,
        _purge,
    ):
        add(verbs)
    field_arguments.add(verbs)
    secret_arguments.add(verbs)
    return made


def _open(verbs: Verbs) -> None:
    verb = _verb(verbs, "open", "open the window, and a project in it", module="window")
    verb.add_argument(
        "project",
        metavar="PROJECT",
        type=Path,
        nargs="?",
        help="a project file, or an assignment, of which a project is made beside it",
    )


def _demo(verbs: Verbs) -> None:
    verb = _verb(
        verbs,
        "demo",
        "make a sample project coded by three coders, print their agreement, and open it",
        module="demo",
        more="Writes DIR/sample.annotator, DIR/agreement.html and DIR/window.png. A sample that is there is used again.",
    )
    verb.add_argument(
        "folder", metavar="DIR", type=Path, nargs="?", default=Path("annotator-demo"), help="default: ./annotator-demo"
    )


def _new(verbs: Verbs) -> None:
    verb = _verb(verbs, "new", "make a project, with you as its supervisor", module="new")
    _project(verb)
    verb.add_argument("--name", metavar="N", help="what the project is called (default: as the file)")
    which = verb.add_mutually_exclusive_group()
    which.add_argument("--codebook", metavar="FILE", type=Path, help="default: the codebook of diplomatic statements")
    which.add_argument("--no-codebook", action="store_true", help="begin with an empty codebook")
    verb.add_argument("--encrypt", action="store_true", help=field_arguments.ENCRYPT)


def _import(verbs: Verbs) -> None:
    verb = _verb(
        verbs,
        "import",
        "bring documents in: text, Word, OpenDocument, rich text, PDF, web pages, e-books, tables, whole folders",
        module="bring_documents",
        more="A file that cannot be read is named and the rest goes in. A text that is there already is left out. "
        "Exit code 1 when a file could not be read or nothing went in.",
    )
    _project(verb)
    verb.add_argument("files", metavar="FILE", type=Path, nargs="+", help="files, and folders with all below them")
    verb.add_argument(
        "--coder", metavar="N", action="append", default=[], help="assign them to this coder (repeatable)"
    )
    verb.add_argument("--round", metavar="R", help="the round to assign them in (default: the newest)")
    verb.add_argument("--encoding", metavar="E", default="", help="the encoding of text files (default: found out)")
    verb.add_argument("--text-column", metavar="C", help="of tables, where each row is a document: the column of texts")
    verb.add_argument("--title-column", metavar="C", help="of tables: the column of titles")
    verb.add_argument("--twins", action="store_true", help="take in texts that are there already")
    verb.add_argument("--dry-run", action="store_true", help="only say what would happen")
    _format(verb, "table", "json")


def _annotations(verbs: Verbs) -> None:
    verb = _verb(
        verbs,
        "import-annotations",
        "bring codings in from a table",
        module="bring_annotations",
        more="Columns: document, coder, code, start, end [, annotation, quote, certainty, memo, attributes]. One row a "
        "span; start and end count code points of the text, end not included. A row without code, start and end says "
        "that the coder found nothing. When a row is wrong, all wrong rows are listed and nothing is imported.",
    )
    _project(verb)
    verb.add_argument("table", metavar="TABLE.csv", type=Path)
    verb.add_argument("--round", metavar="R", help="the round they belong to (default: the newest)")
    verb.add_argument("--encoding", metavar="E", default="", help="the encoding of the table (default: found out)")
    verb.add_argument("--skip-bad", action="store_true", help="leave wrong rows out and import the rest")
    verb.add_argument(
        "--state",
        choices=("done", "in-progress"),
        default="done",
        help="what becomes of each document that the table names for a coder (done)",
    )
    verb.add_argument("--dry-run", action="store_true", help="only say what would happen")
    _format(verb, "table", "json")


def _codebook(verbs: Verbs) -> None:
    verb = _verb(
        verbs,
        "codebook",
        "show the codebook, or bring it in from a file or out to one",
        module="book",
        more="What is brought in is published as a new version, which rounds go on with.",
    )
    _project(verb)
    which = verb.add_mutually_exclusive_group()
    which.add_argument("--import", dest="source", metavar="FILE", type=Path, help="a codebook as JSON")
    which.add_argument("--export", dest="target", metavar="FILE", type=Path, help=".json, or .html for a page to print")
    verb.add_argument("--note", default="", help="with --import: what is new in this version")
    verb.add_argument("--version", dest="number", metavar="N", type=int, help="a published version (default: as it is)")
    verb.add_argument("--format", choices=("table", "json", "html"), help="default: by the ending of FILE, else table")


def _export(verbs: Verbs) -> None:
    verb = _verb(
        verbs,
        "export",
        "write out the annotations that you may read",
        module="export",
        more="csv and xlsx: one row a span, and one for each document done with nothing found. texts: the texts that "
        "start and end count in, one file a document in the folder OUT. html and pdf: one document as it is coded, "
        "with lanes, names and memos.",
    )
    _project(verb)
    verb.add_argument("out", metavar="OUT", type=Path, help="the file, or with --format texts the folder")
    verb.add_argument(
        "--format",
        metavar="NAME",
        choices=("csv", "xlsx", "texts", "html", "pdf"),
        help="csv, xlsx, texts, html or pdf (default: by the ending of OUT)",
    )
    verb.add_argument(
        "--redacted",
        action="store_true",
        help="of csv and xlsx: nothing that holds words of the documents: no quotes, memos, titles, free text or names of "
        "entities; documents and entities are called by their ids",
    )
    verb.add_argument("--document", metavar="D", help="of html and pdf: which, by id, title or file name")
    verb.add_argument("--round", metavar="R", help="of html and pdf: as coded in this round (default: the newest)")
    verb.add_argument("--coders", metavar="A,B", action="append", help="of html and pdf: by whom (default: all)")
    verb.add_argument(
        "--attributes", action="store_true", help="of html and pdf: attributes and certainty in the notes"
    )
    verb.add_argument("--paper", choices=("A4", "Letter"), default="A4", help="of pdf: its size (A4)")


def _agreement(verbs: Verbs) -> None:
    verb = _verb(
        verbs,
        "agreement",
        "how far coders agree, with intervals",
        module="agreement",
        more="Only documents marked done count, unless --include-in-progress is given. Lists are parted by commas; a "
        "name that holds one is taken whole when it stands alone, and options can be given several times. With --ratings "
        "no project is needed: the table has a line of names, one row a unit, one column a coder, and an empty cell where a "
        "coder did not rate; a column called document says which rows stay together when documents are resampled. "
        "With --report a folder is made, of a project or of a table, for the appendix of a paper: the report as a page and as "
        "PDF, workbook, tables, figures, the raw data, and a script that computes the headline from them.",
    )
    verb.add_argument(
        "project", metavar="PROJECT", type=Path, nargs="?", help="a project file, which ends in .annotator"
    )
    verb.add_argument("--ratings", metavar="TABLE.csv", type=Path, help="a table of ratings in the place of a project")
    verb.add_argument("--level", choices=LEVELS, default=LEVELS[0], help="of measurement, of --ratings (nominal)")
    for name, letter in (("coders", "A,B"), ("documents", "D,..."), ("codes", "C,...")):
        verb.add_argument(f"--{name}", metavar=letter, action="append", help=f"which {name} (default: all)")
    verb.add_argument("--round", dest="rounds", metavar="R", action="append", help="which rounds (default: all)")
    verb.add_argument("--unit", choices=UNITS, help="what is counted (sentence; span for measures of spans)")
    verb.add_argument("--measure", dest="measures", metavar="M", action="append", help="which measures (default: all)")
    verb.add_argument(
        "--gamma", action="store_true", help="gamma, gamma-cat and gamma-k of each code, too; takes seconds to minutes"
    )
    verb.add_argument("--gamma-mean", action="store_true", help="the same, and the mean of the documents' gammas")
    verb.add_argument("--replicates", metavar="N", type=_count, default=1000, help="resamples of documents (1000)")
    verb.add_argument("--seed", metavar="N", type=int, default=1, help="where chance begins (1)")
    verb.add_argument("--include-in-progress", action="store_true", help="count what is not marked done as well")
    verb.add_argument("--without-search", action="store_true", help="leave out what a search made unseen")
    verb.add_argument(
        "--format", choices=("table", "json", "csv", "xlsx", "html", "report"), help="default: by the ending of FILE"
    )
    verb.add_argument("--out", metavar="FILE", type=Path, help="write there and not to standard output")
    verb.add_argument(
        "--report", metavar="FOLDER", type=Path, help="make the folder of a report (--format report --out)"
    )


def _find(verbs: Verbs) -> None:
    verb = _verb(
        verbs,
        "find",
        "find words in all documents, or annotations by what they say",
        module="find",
        more="Without WORDS the annotations that meet the conditions are found; with them, words in such annotations.",
    )
    _project(verb)
    verb.add_argument("words", metavar="WORDS", nargs="?", default="", help="the words to find")
    verb.add_argument("--pattern", action="store_true", help="WORDS is a regular expression")
    verb.add_argument("--whole", action="store_true", help="whole words only")
    verb.add_argument("--case", action="store_true", help="capitals count")
    verb.add_argument(
        "--code",
        dest="codes",
        metavar="C",
        action="append",
        default=[],
        help="in annotations of this code or of one below it (repeatable)",
    )
    verb.add_argument(
        "--coder", dest="coders", metavar="N", action="append", default=[], help="in annotations of theirs"
    )
    verb.add_argument("--memo", metavar="WORDS", help="in annotations whose memo has these words")
    verb.add_argument(
        "--attribute",
        dest="attributes",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="in annotations with these words in this attribute; NAME alone: with any value (repeatable)",
    )
    verb.add_argument(
        "--certainty",
        metavar="A..B",
        type=certainty,
        default=(None, None),
        help="in annotations whose certainty lies between two numbers from 0 to 1; A.. at least, ..B at most",
    )
    verb.add_argument("--round", metavar="R", help="in annotations of this round")
    verb.add_argument(
        "--uncoded",
        action="store_true",
        help="only where nothing is coded or, with conditions on annotations, not coded so",
    )
    for name, letter, words in (
        ("language", "TAG", "of this language, as en or en-GB"),
        ("speaker", "NAME", "of theirs"),
    ):
        verb.add_argument(
            f"--{name}",
            dest=f"{name}s",
            metavar=letter,
            action="append",
            default=[],
            help=f"in documents {words} (repeatable)",
        )
    _format(verb, "table", "csv", "json")


def _progress(verbs: Verbs) -> None:
    verb = _verb(
        verbs,
        "progress",
        "how far the work is: state, annotations and time of every document handed out",
        module="progress",
        more="A coder gets their own rows, a supervisor all. Time is that of coders who have it measured; pauses are left "
        "out, and an empty place says that nothing was measured.",
    )
    _project(verb)
    verb.add_argument("--round", metavar="R", help="only this round (default: all)")
    verb.add_argument("--format", choices=("table", "json", "csv"), help="default: by the ending of FILE, else table")
    verb.add_argument("--out", metavar="FILE", type=Path, help="write there and not to standard output")


def _check(verbs: Verbs) -> None:
    verb = _verb(
        verbs,
        "check",
        "verify a project, and say in plain words what is wrong",
        module="check",
        more="Exit code 1 when something is wrong. Nothing is changed, but that --rebuild makes the index for finding anew.",
    )
    _project(verb)
    verb.add_argument("--rebuild", action="store_true", help="fold the whole log anew and compare every row with it")
    _format(verb, "table", "json")


def _history(verbs: Verbs) -> None:
    verb = _verb(verbs, "history", "who did what when, the newest first", module="history")
    _project(verb)
    verb.add_argument("--document", metavar="D", help="only what was done on this document: an id, title or file name")
    verb.add_argument("--limit", metavar="N", type=_count, default=50, help="at most so many changes (50); 0 for all")
    _format(verb, "table", "json")


def _backups(verbs: Verbs) -> None:
    verb = _verb(
        verbs,
        "backups",
        "list the backups of a project, make one, or go back to one",
        module="backups",
        more="Backups lie in a folder beside the project. Going back makes a project of its own of a backup; the project "
        "that it is of stays as it is.",
    )
    _project(verb)
    which = verb.add_mutually_exclusive_group()
    which.add_argument("--make", action="store_true", help="make a backup now")
    which.add_argument("--restore", metavar="N", type=_count, help="the backup of this number in the list, as --out")
    verb.add_argument("--out", metavar="FILE", type=Path, help="of --restore: the project that is made of it")
    _format(verb, "table", "json")


def _rescue(verbs: Verbs) -> None:
    verb = _verb(
        verbs,
        "rescue",
        "save what can be read of a damaged project file, and say what could not",
        module="rescue",
        more="FILE is only read. What backups beside it still have is taken from them. Exit code 1 when something is "
        "missing still.",
    )
    verb.add_argument("project", metavar="FILE", type=Path, help="the damaged project file")
    verb.add_argument("--out", metavar="FILE", type=Path, help="the new project (default: FILE.rescued.annotator)")
    _format(verb, "table", "json")


def _self_test(verbs: Verbs) -> None:
    verb = _verb(
        verbs,
        "self-test",
        "try whether all of the program works on this machine",
        module="self_test",
        more="Makes a project in a folder of its own, and codes, hands in, receives, compares and exports in it; nothing of "
        "yours is read or changed. Exit code 1 when a step failed.",
    )
    verb.add_argument("--window", action="store_true", help="show the window on this screen for a moment, too")


def _purge(verbs: Verbs) -> None:
    verb = _verb(
        verbs,
        "purge",
        "take a document out for good, with all that was said of it",
        module="purge",
        more="For a text that must legally disappear. Its words go from the project, its history, its index and its backups, "
        "and from other copies when they get the next package; numbers, authors, times and hashes of the steps stay. It asks "
        "first, and it cannot be undone. What people copied elsewhere, and files that were exported, it does not reach.",
    )
    _project(verb)
    verb.add_argument("--document", metavar="D", required=True, help="which: an id, title or file name")
    verb.add_argument("--yes", action="store_true", help="do it without asking")
