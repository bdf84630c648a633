"""A report on paper: drawn by a process of its own, without a screen, where Qt lays the letters out the same way each time."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from annotator.errors import Refused
from annotator.reporting.blocks import Report, dumped

DRAWER = "annotator.gui.paper.report_sheets"
STEADY = {"QT_QPA_PLATFORM": "offscreen", "QT_HASH_SEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8", "QT_SCALE_FACTOR": "1"}
PATIENCE = 0.05  # seconds between two looks at whether anybody wants it still


def draw(report: Report, path: Path, cancelled: Callable[[], bool] = lambda: False) -> None:
    """Writes the PDF. Raises Refused: it could not be drawn, or `cancelled` said so."""
    drawing = subprocess.Popen(
        [sys.executable, "-m", DRAWER, str(path)],
        env=os.environ | STEADY,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    words: bytes | None = dumped(report).encode()
    while True:
        try:
            _, told = drawing.communicate(words, timeout=PATIENCE)
            break
        except subprocess.TimeoutExpired:
            words = None
            if cancelled():
                drawing.kill()
                drawing.communicate()
                raise Refused("agreement.cancelled") from None
    if drawing.returncode or not path.exists():
        last = told.decode(errors="replace").strip().split("\n")[-1].rstrip(".")
        raise Refused("export.pdf", reason=last or f"exit code {drawing.returncode}")
