"""A report on paper: drawn by a process of its own, without a screen, where Qt lays the letters out the same way each time."""

import contextlib
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import IO

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
    pipe, drawing.stdin = drawing.stdin, None
    assert pipe
    telling = Thread(target=_tell, args=(pipe, dumped(report).encode()), daemon=True)
    telling.start()
    try:
        told = _waited_for(drawing, cancelled)
    finally:
        telling.join()
    if drawing.returncode or not path.exists():
        last = told.decode(errors="replace").strip().split("\n")[-1].rstrip(".")
        raise Refused("export.pdf", reason=last or f"exit code {drawing.returncode}")


def _tell(pipe: IO[bytes], words: bytes) -> None:
    """Tells it what to draw, past any file. Beside the waiting: `communicate` forgets what it had not told yet when its time is
    up, and a report is more than a pipe takes at once."""
    with contextlib.suppress(OSError), pipe:  # it may have died, and then says why by its end
        pipe.write(words)


def _waited_for(drawing: "subprocess.Popen[bytes]", cancelled: Callable[[], bool]) -> bytes:
    """What it said at its end. Nobody but us ends it."""
    while True:
        try:
            return drawing.communicate(timeout=PATIENCE)[1]
        except subprocess.TimeoutExpired:
            if cancelled():
                drawing.kill()
                drawing.communicate()
                raise Refused("agreement.cancelled") from None
