"""annotator self-test"""

import os
import platform
import sys
import tempfile
import time
import traceback
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from annotator import __version__, apart
from annotator.cli import terminal, trial
from annotator.cli.trial import Bench, Step

OURS = ("ANNOTATOR_HOME", "MPLCONFIGDIR")  # what would be read of this person, and written for them


def run(arguments: Namespace) -> int:
    """Tries every step, says of each whether it went well, and why it did not."""
    kind = "frozen" if apart.is_frozen() else "installed"
    terminal.say(f"Annotator {__version__}, {kind}, Python {platform.python_version()}, {platform.platform()}")
    steps = trial.WITH_SCREEN if arguments.window else trial.STEPS
    began = time.monotonic()
    with bench() as made:
        failed = tried(steps, made)
    if failed:
        terminal.say(f"{terminal.count(len(failed), 'step')} of {len(steps)} did not go well: {', '.join(failed)}.")
        return 1
    terminal.say(f"All {len(steps)} steps went well, in {time.monotonic() - began:.0f} seconds.")
    return 0


def tried(steps: Sequence[Step], made: Bench) -> list[str]:
    """Carries the steps out, each that can be, and returns the words of those that did not go well."""
    failed: list[str] = []
    for step in steps:
        if missing := [words for words in step.needs if words in failed]:
            _say("left out", step, f"needs: {missing[0]}")
            failed.append(step.words)
            continue
        try:
            step.run(made)
        except Exception as error:
            traceback.print_exc()
            _say("failed", step, terminal.shortened(f"{type(error).__name__}: {error}", 400))
            failed.append(step.words)
        else:
            _say("ok", step)
    return failed


def _say(how: str, step: Step, why: str = "") -> None:
    terminal.say(f"{how:<8}  {step.words}" + f": {why}" * bool(why))
    sys.stdout.flush()


@contextmanager
def bench() -> Iterator[Bench]:
    """A folder to work in, which is gone in the end; the settings of this machine are another's meanwhile."""
    before = {name: os.environ.get(name) for name in OURS}
    with tempfile.TemporaryDirectory(prefix="annotator-", ignore_cleanup_errors=True) as folder:
        os.environ.update({name: str(Path(folder, name.lower())) for name in OURS})
        try:
            yield Bench(Path(folder))
        finally:
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})
