"""annotator backups"""

from argparse import Namespace
from datetime import UTC, datetime

from annotator import backups, settings
from annotator.cli import desk, terminal
from annotator.errors import Refused


def run(arguments: Namespace) -> int:
    """Lists backups, makes one, or makes a project of one."""
    if arguments.make:
        return _make(arguments)
    there = backups.found(arguments.project)
    if arguments.restore is not None:
        return _restore(arguments, there)
    if arguments.format == "json":
        rows = [{"file": str(one.path), "at": one.at.isoformat(), "bytes": one.path.stat().st_size} for one in there]
        terminal.say_json({"schema": "annotator-backups/1", "backups": rows})
        return 0
    rows = [(n, _local(one.at), one.path.stat().st_size // 1024, one.path) for n, one in enumerate(there, start=1)]
    if rows:
        terminal.say_table([("number", "made", "KB", "file"), *rows], right=frozenset({0, 2}))
    else:
        terminal.tell("There are no backups of this project yet.")
    return 0


def _make(arguments: Namespace) -> int:
    with desk.sit_down(arguments, writing=False) as project:
        made = backups.make(project, datetime.now(UTC))
    terminal.say(f"A backup is made, and was read to the end: {made.path}.")
    return 0


def _restore(arguments: Namespace, there: list[backups.Backup]) -> int:
    if not 1 <= arguments.restore <= len(there):
        raise Refused("backup.number", number=arguments.restore)
    one = there[arguments.restore - 1]
    target = arguments.out or backups.name_for(arguments.project, one)
    backups.restore(one.path, target, settings.load())
    terminal.say(f"{target} is the project as it stood at {_local(one.at)}. {arguments.project} is as it was.")
    return 0


def _local(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
