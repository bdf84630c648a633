"""annotator merge"""

from argparse import Namespace

from annotator.cli import desk, terminal
from annotator.cli.receive import SCHEMA, SUMS, counted, said, say_problems


def run(arguments: Namespace) -> int:
    """Takes in another copy of the project."""
    from annotator.fieldwork import incoming

    with desk.sit_down(arguments, writing=True) as project, terminal.Progress("Merging") as progress:
        receipt = incoming.merge(project, arguments.other, dry_run=arguments.dry_run, progress=progress)
        titles = {one.id: one.title for one in project.nouns("document")}
        person = project.actor.name
    if arguments.format == "json":
        told = {"file": arguments.other.name, "coder": person} | counted(receipt)
        totals = {name: told[name] for name in SUMS}
        terminal.say_json({"schema": SCHEMA, "dry_run": arguments.dry_run, "packages": [told], "totals": totals})
        return 0
    would = "would go into" if arguments.dry_run else "went into"
    terminal.say(f"{arguments.other.name} {would} {arguments.project}: {said(receipt)}.")
    say_problems([receipt], titles)
    return 0
