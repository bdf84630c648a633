"""One coded document as a PDF, drawn in a process of its own: Qt lays the letters out, without a screen.

python -m annotator.cli.coded_paper PROJECT PERSON OUT DOCUMENT ROUND CODERS PAPER
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from annotator import apart, screen, secrecy
from annotator.cli import terminal
from annotator.errors import AnnotatorError, Refused
from annotator.project import Project


def draw(project: Project, out: Path, document: str, round: str, coders: list[str] | None, paper: dict) -> None:
    """Writes the PDF, whole or not at all. `paper` says what is wanted on it. Raises Refused."""
    words = [project.path, project.actor.id, out, document, round, json.dumps(coders), json.dumps(paper)]
    drawing = apart.started(
        "annotator.cli.coded_paper",
        words,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    )
    secret = secrecy.handed_on(project.path)  # not as a word of the command, which others on the machine can see
    told = drawing.communicate(secret)[1].strip().split("\n")[-1].rstrip(".")
    if drawing.returncode:
        raise Refused("export.pdf", reason=told or f"exit code {drawing.returncode}")


def main(path: str, person: str, out: str, document: str, round: str, coders: str, paper: str) -> int:
    """Draws what `person` may read."""
    terminal.speak_utf8()
    try:
        screen.must_have_libraries(on_screen=False)
        _draw(path, person, Path(out), document, round, json.loads(coders), json.loads(paper))
    except AnnotatorError as error:
        terminal.tell(str(error))
        return 1
    return 0


def _draw(path: str, person: str, out: Path, document: str, round: str, coders: list[str] | None, paper: dict) -> None:
    from annotator.gui import app
    from annotator.gui.paper.paper import Paper
    from annotator.gui.paper.sheets import write_pdf
    from annotator.interchange.coded_document import gather

    app.application()
    secrecy.take_over(sys.stdin.read())
    with Project(path, actor=person, device="", writing=False) as project:
        coded = gather(
            project,
            project.noun("document", document),
            project.noun("round", round),
            shows=lambda one: coders is None or one.coder in coders,
        )
    for _ in write_pdf(coded, Paper(**paper), out):
        pass


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
