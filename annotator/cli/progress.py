"""annotator progress"""

import sys
from argparse import Namespace
from collections.abc import Sequence
from contextlib import redirect_stdout
from datetime import datetime
from io import StringIO

from annotator import progress
from annotator.cli import desk, terminal
from annotator.progress import Row, Sum

ENDINGS = (".json", ".csv")
HEADS = ("document", "coder", "round", "state", "annotations", "time", "last worked on")
SUMS = ("coder", "done", "in progress", "to do", "annotations", "time", "last worked on")
LONGEST = 48  # characters of a title


def run(arguments: Namespace) -> int:
    """Tells how far the documents are that were handed out, as far as the person may read it."""
    from annotator.interchange import progress_table

    by_ending = arguments.out.suffix.casefold() if arguments.out else ""
    format = arguments.format or (by_ending[1:] if by_ending in ENDINGS else "table")
    with desk.sit_down(arguments, writing=False) as project:
        round = desk.round_of(project, arguments.round) if arguments.round else None
        rows = progress.rows(project, round.id if round else None)
    if format == "json":
        words = progress_table.as_json(rows, round=round.name if round else None)
    else:
        words = progress_table.as_csv(rows) if format == "csv" else table(rows)
    if arguments.out is None:
        sys.stdout.write(words)
        return 0
    if format == "csv":
        progress_table.write(rows, arguments.out)
    else:
        terminal.write(arguments.out, words)
    terminal.say(f"The progress is in {arguments.out}.")
    return 0


def table(rows: Sequence[Row]) -> str:
    """The rows and, below them, the sums, as columns of text."""
    out = StringIO(newline="")
    with redirect_stdout(out):
        if not rows:
            terminal.say("Nothing was handed out.")
            return out.getvalue()
        terminal.say_table([HEADS, *map(_cells, rows)], right=frozenset({4, 5}))
        terminal.say()
        every = [("All coders", *_sums(progress.total(rows))[1:])]
        terminal.say_table([SUMS, *map(_sums, progress.by_coder(rows)), *every], right=frozenset({1, 2, 3, 4, 5}))
    return out.getvalue()


def _cells(row: Row) -> tuple[str, ...]:
    state = "done, nothing found" if row.is_empty else row.state
    title = terminal.shortened(row.title, LONGEST)
    return title, row.name, row.round_name, state, f"{row.annotations:,}", _time(row.seconds), _day(row.last)


def _sums(one: Sum) -> tuple[str, ...]:
    counts = f"{one.done:,} of {one.documents:,}", f"{one.in_progress:,}", f"{one.to_do:,}", f"{one.annotations:,}"
    return one.name, *counts, _time(one.seconds), _day(one.last)


def _time(seconds: int) -> str:
    """ "1 h 05 min", "12 min"; a dash where nothing was measured."""
    if not seconds:
        return "–"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes or '< 1'} min"


def _day(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}" if at else "–"
