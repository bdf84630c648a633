"""The command line: every verb of a supervisor, and of a coder, without a window. Exit codes: 0 done, 1 the work could not
be done, 2 wrong usage. What a person is told in passing goes to standard error, results to standard output.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from annotator import portable
from annotator.cli import asking, terminal
from annotator.cli.arguments import parser
from annotator.errors import AnnotatorError


def main(words: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code. Raises SystemExit on wrong usage and for --help."""
    terminal.speak_utf8()
    portable.settle()
    arguments = parser().parse_args(_with_verb(list(sys.argv[1:] if words is None else words)))
    if portable.is_locked():
        terminal.complain(str(AnnotatorError("portable.locked", path=portable.folder())))
    try:
        asking.begin(arguments)
        code = import_module(f"annotator.cli.{arguments.module}").run(arguments)
        sys.stdout.flush()
        return code
    except AnnotatorError as error:
        terminal.complain(str(error))
    except KeyboardInterrupt:
        terminal.complain("Stopped. What was saved before stays as it is.")
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        terminal.complain(f"{where}{error.strerror or error}.")
    except Exception as error:
        terminal.complain(_crashed(error))
    finally:
        asking.end()
    return 1


def _with_verb(words: list[str]) -> list[str]:
    """A file of ours alone is opened: so files that are clicked call the program."""
    if words and words[0].endswith((".annotator", ".assignment", ".coded")):
        return ["open", *words]
    return words


def _crashed(error: Exception) -> str:
    """One sentence about a fault of ours; what its finder needs lies in a file."""
    from annotator import crash

    where = crash.write(error)
    kept = f"What happened is written down in {where}." if where else "It could not be written down."
    return (
        f"Something went wrong inside Annotator ({type(error).__name__}). What was saved before stays as it is. {kept}"
    )
