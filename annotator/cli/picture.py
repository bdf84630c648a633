"""The picture of the window, drawn in a process of its own: Qt cannot draw without a screen here and open a window after.

python -m annotator.cli.picture PROJECT NAME OUT [WHERE]
"""

import sys
from pathlib import Path

from annotator import screen
from annotator.cli import terminal
from annotator.errors import AnnotatorError

WITHOUT_SCREEN, ON_SCREEN = "without", "on-screen"


def main(project: str, name: str, out: str, where: str = WITHOUT_SCREEN) -> int:
    """Draws the window as `name` sees it; on the screen it is shown for a moment."""
    terminal.speak_utf8()
    try:
        screen.must_have_libraries(on_screen=where == ON_SCREEN)
    except AnnotatorError as error:
        terminal.tell(str(error))
        return 1
    from annotator.gui import app

    app.picture(Path(project), name, Path(out), on_screen=where == ON_SCREEN)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
