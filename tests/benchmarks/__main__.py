"""Runs the measures whose names begin with, or hold, one of the words given; all without one."""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

COLUMNS = "{:<42} {:>12} {:>12} {:>8} {:>9}  {}\n"


def main(words: Sequence[str] | None = None) -> int:
    """Prints each figure as it comes, and writes them all as JSON when asked to."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "--json", metavar="FILE", type=Path, help="a list of name, value, unit, budget, ratio, yardstick"
    )
    parser.add_argument("names", metavar="NAME", nargs="*", help="only measures with one of these in their names")
    arguments = parser.parse_args(words)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    chosen = {
        name: measure
        for name, measure in measures().items()
        if not arguments.names or any(word in name for word in arguments.names)
    }
    if not chosen:
        parser.error(f"no measure is called so; there are: {', '.join(measures())}")
    found = []
    sys.stdout.write(COLUMNS.format("name", "figure", "budget", "of it", "ratio", "yardstick"))
    with tempfile.TemporaryDirectory() as home:
        os.environ["ANNOTATOR_HOME"] = home
        for measure in chosen.values():
            found.append(measure())
            sys.stdout.write(told(found[-1]))
            sys.stdout.flush()
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def measures() -> dict[str, Callable[[], dict]]:
    """Every measure of every module here, by its name."""
    found = {}
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if not path.stem.startswith(("_", "test_")):
            found |= import_module(f"tests.benchmarks.{path.stem}").MEASURES
    return found


def told(one: dict) -> str:
    """A figure as a line. The ratio is the figure to that of the yardstick: below 1 it takes less."""
    value, budget = (f"{one[part]:,.4g} {one['unit']}" for part in ("value", "budget"))
    return COLUMNS.format(
        one["name"], value, budget, f"{one['value'] / one['budget']:.0%}", f"x {one['ratio']:.3g}", one["yardstick"]
    )


if __name__ == "__main__":
    sys.exit(main())
