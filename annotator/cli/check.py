"""annotator check"""

from argparse import Namespace

from annotator.cli import terminal
from annotator.cli.desk import sit_down
from annotator.errors import Refused

INDEX = "index.wrong"
MADE_ANEW = "made anew"


def run(arguments: Namespace) -> int:
    """Says everything that is not as it should be, and makes the index for finding anew when all is rebuilt."""
    with terminal.Progress("Checking"):
        with sit_down(arguments, writing=False) as project:
            problems = project.check(rebuild=arguments.rebuild)
            may_rebuild = arguments.rebuild and all(one.key == INDEX for one in problems) and project.is_indexed
        index = _make_index_anew(arguments) if may_rebuild else ""
    if index == MADE_ANEW:
        problems = [one for one in problems if one.key != INDEX]
    if arguments.format == "json":
        found = [{"key": one.key, "words": str(one), "values": one.values} for one in problems]
        told = {"schema": "annotator-check/1", "rebuild": arguments.rebuild, "index": index, "problems": found}
        terminal.say_json(told)
        return 1 if problems else 0
    for one in problems:
        terminal.say(terminal.plain(str(one)))
    if not problems:
        terminal.say("All is well, and the tables are what the log says." if arguments.rebuild else "All is well.")
    if index:
        terminal.say(f"The index for finding was {index}.")
    return 1 if problems else 0


def _make_index_anew(arguments: Namespace) -> str:
    """What became of the index: it is left where the file cannot be written now."""
    try:
        with sit_down(arguments, writing=True) as project:
            project.index_texts(anew=True)
    except Refused as refusal:
        return f"left as it is: {refusal}"
    return MADE_ANEW
