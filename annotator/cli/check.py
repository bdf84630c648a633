"""annotator check"""

from argparse import Namespace

from annotator.cli import terminal
from annotator.cli.desk import sit_down


def run(arguments: Namespace) -> int:
    """Says everything that is not as it should be."""
    with sit_down(arguments, writing=False) as project, terminal.Progress("Checking"):
        problems = project.check(rebuild=arguments.rebuild)
    if arguments.format == "json":
        found = [{"key": one.key, "words": str(one), "values": one.values} for one in problems]
        terminal.say_json({"schema": "annotator-check/1", "rebuild": arguments.rebuild, "problems": found})
        return 1 if problems else 0
    for one in problems:
        terminal.say(terminal.plain(str(one)))
    if not problems:
        terminal.say("All is well, and the tables are what the log says." if arguments.rebuild else "All is well.")
    return 1 if problems else 0
