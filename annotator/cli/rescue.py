"""annotator rescue"""

from argparse import Namespace

from annotator import rescue, settings
from annotator.cli import terminal


def run(arguments: Namespace) -> int:
    """Saves what can be read, and says what is missing still."""
    path = arguments.project
    target = arguments.out or path.with_name(f"{path.stem}.rescued.annotator")
    with terminal.Progress("Reading"):
        saved = rescue.rescue(path, target)
    settings.load().renew()
    if arguments.format == "json":
        problems = [{"key": one.key, "words": str(one), "values": one.values} for one in saved.problems]
        counts = {name: getattr(saved, name) for name in ("revisions", "texts", "altered", "from_backups")}
        terminal.say_json({"schema": "annotator-rescue/1", "file": str(target), **counts, "problems": problems})
        return 1 if saved.problems else 0
    changes = terminal.count(saved.revisions, "change")
    texts = terminal.count(saved.texts, "text or original", "texts and originals")
    terminal.say(f"{target} is made, with {changes} and {texts}. {path} is as it was.")
    if saved.from_backups:
        terminal.say(f"{saved.from_backups} of them only a backup still had.")
    if saved.altered:
        terminal.say(f"{saved.altered} were damaged and are left out.")
    for one in saved.problems:
        terminal.say(terminal.plain(str(one)))
    if not saved.problems:
        terminal.say("Nothing is missing.")
    return 1 if saved.problems else 0
