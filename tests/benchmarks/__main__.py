"""Runs the measures whose names begin with, or hold, one of the words given; all without one."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

COLUMNS = "{:<42} {:>12} {:>12} {:>8} {:>9}  {}\n"


def main(words: Sequence[str] | None = None) -> int:
    """Prints each figure as it comes, and writes them all as JSON when asked to."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "--json", metavar="FILE", type=Path, help="a list of name, value, unit, budget, ratio, yardstick"
    )
    parser.add_argument("--all", action="store_true", help="also what takes minutes, when no NAME is given")
    parser.add_argument("--scale", metavar="N", help="pixels of the screen for one of the program, as 2")
    parser.add_argument(
        "--platform", metavar="NAME", help="where windows are: offscreen, or xcb with or without a screen"
    )
    parser.add_argument(
        "--processor", action="store_true", help="count the processor's time of the views: where others work beside"
    )
    parser.add_argument("names", metavar="NAME", nargs="*", help="only measures with one of these in their names")
    arguments = parser.parse_args(words)
    os.environ["QT_QPA_PLATFORM"] = arguments.platform or os.environ.get("QT_QPA_PLATFORM", "offscreen")
    if arguments.processor:
        os.environ["BENCHMARK_CLOCK"] = "processor"
    if arguments.scale:
        os.environ["QT_SCALE_FACTOR"] = arguments.scale
    chosen = {
        name: measure
        for name, measure in measures(slow=arguments.all or bool(arguments.names)).items()
        if not arguments.names or any(word in name for word in arguments.names)
    }
    if not chosen:
        parser.error(f"no measure is called so; there are: {', '.join(measures())}")
    found = []
    sys.stdout.write(COLUMNS.format("name", "figure", "budget", "of it", "ratio", "yardstick"))
    with tempfile.TemporaryDirectory() as home, _screen():
        os.environ["ANNOTATOR_HOME"] = home
        for measure in chosen.values():
            found.append(measure())
            sys.stdout.write(told(found[-1]))
            sys.stdout.flush()
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


@contextmanager
def _screen() -> Iterator[None]:
    """A screen of our own where windows need one and there is none."""
    if os.environ["QT_QPA_PLATFORM"] != "xcb" or os.environ.get("DISPLAY"):
        yield
        return
    if not shutil.which("Xvfb"):
        sys.exit("There is no screen, and no Xvfb to make one: nothing was measured.")
    read, write = os.pipe()
    made = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "2880x2000x24"], pass_fds=[write], stderr=subprocess.DEVNULL
    )
    os.close(write)
    try:
        with open(read) as number:
            os.environ["DISPLAY"] = f":{number.readline().strip()}"
        yield
    finally:
        os.environ.pop("DISPLAY", None)
        made.terminate()
        made.wait()


def measures(*, slow: bool = True) -> dict[str, Callable[[], dict]]:
    """Every measure of every module here, by its name; on wish without those that take minutes."""
    found: dict[str, Callable[[], dict]] = {}
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if not path.stem.startswith(("_", "test_")):
            module = import_module(f"tests.benchmarks.{path.stem}")
            left_out = () if slow else getattr(module, "SLOW", ())
            found |= {name: measure for name, measure in module.MEASURES.items() if name not in left_out}
    return found


def told(one: dict) -> str:
    """A figure as a line. The ratio is the figure to that of the yardstick: below 1 it takes less."""
    value, budget = (f"{one[part]:,.4g} {one['unit']}" for part in ("value", "budget"))
    return COLUMNS.format(
        one["name"], value, budget, f"{one['value'] / one['budget']:.0%}", f"x {one['ratio']:.3g}", one["yardstick"]
    )


if __name__ == "__main__":
    sys.exit(main())
