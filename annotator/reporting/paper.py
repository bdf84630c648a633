"""A report on paper: drawn by a process of its own, without a screen, where Qt lays the letters out the same way each time."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from annotator import apart
from annotator.errors import Refused
from annotator.reporting.blocks import Report, dumped

DRAWER = "annotator.gui.paper.report_sheets"
STEADY = {"QT_QPA_PLATFORM": "offscreen", "QT_HASH_SEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8", "QT_SCALE_FACTOR": "1"}
PATIENCE = 0.05  # seconds between two looks at whether anybody wants it still


def draw(report: Report, path: Path, cancelled: Callable[[], bool] = lambda: False) -> None:
    """Writes the PDF. Raises Refused: it could not be drawn, or `cancelled` said so."""
    drawing = apart.started(
        DRAWER,
        (path,),
        env=os.environ | STEADY,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    told = _waited_for(drawing, dumped(report).encode(), cancelled)
    if drawing.returncode or not path.exists():
        last = told.decode(errors="replace").strip().split("\n")[-1].rstrip(".")
        raise Refused("export.pdf", reason=last or f"exit code {drawing.returncode}")


def _waited_for(drawing: "subprocess.Popen[bytes]", words: bytes, cancelled: Callable[[], bool]) -> bytes:
    """Tells it what to draw, past any file, and returns what it said at its end. Nobody but us ends it."""
    told: bytes | None = words
    while True:
        try:
            return drawing.communicate(told, timeout=PATIENCE)[1]
        except subprocess.TimeoutExpired:
            told = None  # it is being told
            if cancelled():
                drawing.kill()
                drawing.communicate()
                raise Refused("agreement.cancelled") from None
