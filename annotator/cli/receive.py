"""annotator receive"""

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from annotator.cli import asking, desk, terminal
from annotator.packages import Receipt
from annotator.project import Project

if TYPE_CHECKING:
    from annotator.fieldwork.incoming import Received

SCHEMA = "annotator-receive/1"
SUMS = ("revisions", "new", "known", "changed", "contested", "orphans", "barred", "purged")
FEW = 5  # orphans that are told one by one


def run(arguments: Namespace) -> int:
    """Takes packages in, and says what came."""
    from annotator.fieldwork import incoming

    asking.for_packages(arguments)
    with desk.sit_down(arguments, writing=True) as project, terminal.Progress("Receiving") as progress:
        received = incoming.receive(
            project, arguments.files, dry_run=arguments.dry_run, trusted=arguments.trust, progress=progress
        )
        names = {one.id: one.title for one in project.nouns("document")}
        if arguments.format == "json":
            terminal.say_json(_for_programs(received, dry_run=arguments.dry_run))
        else:
            _report(received, names, project, dry_run=arguments.dry_run)
    return 1 if received.failures else 0


def _for_programs(received: "Received", *, dry_run: bool) -> dict[str, Any]:
    packages: list[dict[str, Any]] = [
        {"file": arrived.path.name, "coder": arrived.manifest.coder.name, "codebook": arrived.manifest.codebook}
        | counted(receipt)
        | {"word": arrived.word}
        for arrived, receipt in received.arrived
    ]
    return {
        "schema": SCHEMA,
        "dry_run": dry_run,
        "packages": packages,
        "totals": {name: sum(one[name] for one in packages) for name in SUMS},
        "notes": [{"key": note.key, "words": str(note)} for note in received.notes],
        "failed": [{"file": path.name, "key": error.key, "words": str(error)} for path, error in received.failures],
    }


def counted(receipt: Receipt) -> dict[str, Any]:
    """A receipt as numbers, and the gaps in the chains of its devices."""
    gaps = [one.values for one in receipt.problems if one.key == "log.gap"]
    said = [{name: gap[name] for name in ("device", "first", "last")} for gap in gaps]
    return {name: getattr(receipt, name) for name in SUMS} | {"gaps": said}


def _report(received: "Received", titles: dict[str, str], project: Project, *, dry_run: bool) -> None:
    for note in received.notes:
        terminal.tell(terminal.plain(f"note: {note}"))
    for _, error in received.failures:
        terminal.complain(terminal.plain(str(error)))
    for arrived, receipt in received.arrived:
        codebook = f", codebook version {arrived.manifest.codebook}" if arrived.manifest.codebook else ""
        terminal.say(
            f"{arrived.path.name}, from {arrived.manifest.coder.name}{codebook}: {said(receipt)}. Check word: {arrived.word}."
        )
        say_problems([receipt], titles)
    would = "would go into" if dry_run else "went into"
    new = terminal.count(sum(one.new for _, one in received.arrived), "new step")
    failed = f"; {terminal.count(len(received.failures), 'file')} not taken in" if received.failures else ""
    terminal.say(f"{new} {would} {project.path}{failed}.")


def said(receipt: Receipt) -> str:
    """A receipt in words."""
    parts = [f"{receipt.new:,} new", f"{receipt.known:,} known"]
    rare = [("changed", receipt.changed), ("contested", receipt.contested), ("not permitted", receipt.barred)]
    parts += [f"{number:,} {what}" for what, number in rare if number]
    return ", ".join(parts) + (f", {terminal.count(receipt.orphans, 'orphan')}" if receipt.orphans else "")


def say_problems(receipts: Sequence[Receipt], titles: dict[str, str]) -> None:
    """What a person should look at, one line each."""
    for receipt in receipts:
        for problem in receipt.problems:
            terminal.tell(terminal.plain(f"note: {problem}"))
        for one in receipt.lost[:FEW]:
            quote, title = terminal.shortened(" … ".join(one.quotes), 40), titles.get(one.document, one.document)
            terminal.tell(f"orphan: “{quote}” is not at its place in {title}")
        if len(receipt.lost) > FEW:
            terminal.tell(f"and {terminal.count(len(receipt.lost) - FEW, 'orphan')} more; annotator orphans lists them")
        if receipt.contested:
            terminal.tell("note: what is contested waits for a decision; see annotator contested")
        if receipt.barred:
            terminal.tell(
                "note: steps that their authors had no right to make count nowhere; annotator check names them"
            )
