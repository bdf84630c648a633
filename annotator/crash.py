"""What is written down when the program itself is at fault. It stays on this machine."""

import platform
import sys
import traceback
from datetime import datetime
from pathlib import Path

from . import __version__, settings


def write(error: BaseException) -> Path | None:
    """A file with the traceback, beside the settings; None when nothing can be written there."""
    facts = f"Annotator {__version__}, Python {sys.version.split()[0]}, {platform.platform()}\n\n"
    path = settings.folder() / f"crash-{datetime.now():%Y%m%d-%H%M%S-%f}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(facts + "".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:
        return None
    return path
