"""Modules of ours that run in a process of their own: from their files, or inside the frozen program, which is asked to be
one of them in the place of itself."""

import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

MODULES = ("annotator.cli.picture", "annotator.cli.coded_paper", "annotator.gui.paper.report_sheets")
NO_CONSOLE = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # on Windows nothing flashes up


def is_frozen() -> bool:
    """Whether the program was built into one folder with its own Python, which knows no `-m`."""
    return bool(getattr(sys, "frozen", False))


def started(module: str, words: Sequence[object], **pipes: Any) -> "subprocess.Popen[Any]":
    """A process that runs one of MODULES with these words."""
    command = [sys.executable, "-m", module, *map(str, words)]
    return subprocess.Popen(command, creationflags=NO_CONSOLE, **pipes)


def ran(words: Sequence[str]) -> int | None:
    """The exit code of the module that these words of the command line ask the frozen program for; None when they are a
    person's."""
    if not (is_frozen() and words[:1] == ["-m"] and words[1:2] and words[1] in MODULES):
        return None
    return import_module(words[1]).main(*words[2:])
