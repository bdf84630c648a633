"""What is written down when the program itself is at fault. It stays on this machine."""

import platform
import sys
import traceback
from datetime import datetime
from pathlib import Path

from . import __version__, secrecy, settings

DEEPEST = 20  # errors that led to one another


def report(error: BaseException) -> str:
    """The traceback. Once an encrypted project was open it has the places alone: the words of an error may be its words."""
    if not secrecy.was_used():
        return "".join(traceback.format_exception(error))
    parts, one = [], error
    while one and len(parts) < DEEPEST:
        parts.append(f"{''.join(traceback.format_tb(one.__traceback__))}{type(one).__qualname__}\n")
        one = one.__cause__ or one.__context__
    return "\n".join(parts)


def write(error: BaseException) -> Path | None:
    """A file with the report, beside the settings; None when nothing can be written there."""
    facts = f"Annotator {__version__}, Python {sys.version.split()[0]}, {platform.platform()}\n\n"
    path = settings.folder() / f"crash-{datetime.now():%Y%m%d-%H%M%S-%f}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(facts + report(error), encoding="utf-8")
    except OSError:
        return None
    return path
