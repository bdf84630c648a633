"""The picture of the window, drawn in a process of its own: Qt cannot draw without a screen here and open a window after.

python -m annotator.cli.picture PROJECT NAME OUT
"""

import sys
from pathlib import Path

from annotator import screen
from annotator.cli import terminal
from annotator.errors import AnnotatorError


def main(project: str, name: str, out: str) -> int:
    """Draws the window as `name` sees it."""
    terminal.speak_utf8()
    try:
        screen.must_have_libraries(on_screen=False)
    except AnnotatorError as error:
        terminal.tell(str(error))
        return 1
    from annotator.gui import app

    app.picture(Path(project), name, Path(out))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
