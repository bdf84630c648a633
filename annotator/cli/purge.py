"""annotator purge"""

import sys
from argparse import Namespace

from annotator import purging
from annotator.cli import desk, terminal
from annotator.errors import Refused
from annotator.project import Project
from annotator.purging import Extent, Swept


def run(arguments: Namespace) -> int:
    """Takes a document and all that was said of it out for good, once a person has said yes."""
    with desk.sit_down(arguments, writing=True) as project:
        if project.actor.role != "supervisor":
            raise Refused("right.supervisor_only", kind="document")
        one = desk.document(project, arguments.document, among=purging.documents(project))
        going = purging.extent(project, one.id)
        if not (arguments.yes or _asked(project, going)):
            terminal.tell("Nothing was purged.")
            return 1
        project.apply(purging.change(project, one.id))
        terminal.say(f"Purged: {_told(going)}.")
        return _say_swept(purging.sweep(project))


def _asked(project: Project, going: Extent) -> bool:
    """Whether a person says yes to what goes, on a terminal. Nobody there is a no."""
    for one in going.documents:
        terminal.tell(f"“{terminal.plain(one.title)}” disappears from {project.path} for good.")
    terminal.tell(f"It takes along: {_told(going)}. This cannot be undone.")
    terminal.tell(
        "Copies elsewhere are not reached: other machines purge it with the next package, exports stay as they are."
    )
    if not sys.stdin.isatty():
        terminal.tell("Say --yes to do it.")
        return False
    terminal.tell("Purge it? Type yes:")
    return sys.stdin.readline().strip().casefold() == "yes"


def _told(going: Extent) -> str:
    parts = [terminal.count(len(going.documents), "document")]
    by = f" by {terminal.count(len(going.coders), 'coder')}" if going.coders else ""
    parts.append(terminal.count(going.annotations, "annotation") + by)
    parts.append(terminal.count(going.memos, "memo"))
    return ", ".join(parts) + f"; {terminal.count(going.backups, 'backup')} purged as well or deleted"


def _say_swept(swept: Swept) -> int:
    if swept.deleted:
        terminal.tell(f"note: {terminal.count(swept.deleted, 'backup')} could not be purged and {_was(swept)} deleted")
    for left in swept.left:
        terminal.complain(str(left))
    return 1 if swept.left else 0


def _was(swept: Swept) -> str:
    return "was" if swept.deleted == 1 else "were"
