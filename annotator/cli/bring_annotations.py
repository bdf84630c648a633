"""annotator import-annotations"""

from argparse import Namespace
from pathlib import Path

from annotator.cli import desk, terminal
from annotator.errors import Refused
from annotator.interchange import annotation_table
from annotator.interchange.annotation_table import Plan


def run(arguments: Namespace) -> int:
    """Brings a table of annotations into a round, all rows or none unless --skip-bad."""
    data = _bytes(arguments.table)
    with desk.sit_down(arguments, writing=not arguments.dry_run) as project:
        round = desk.round_of(project, arguments.round)
        plan = annotation_table.plan(
            project, data, round=round, done=arguments.state == "done", encoding=arguments.encoding
        )
        refused = bool(plan.problems) and not arguments.skip_bad
        if not (refused or arguments.dry_run):
            annotation_table.carry_out(project, plan)
    _report(arguments, plan, refused=refused, round=round.name)
    return 1 if refused else 0


def _bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise Refused("import.missing", path=path) from None
    if not data:
        raise Refused("import.empty", filename=path.name)
    return data


def _report(arguments: Namespace, plan: Plan, *, refused: bool, round: str) -> None:
    imported = 0 if refused else plan.annotations
    if arguments.format == "json":
        terminal.say_json(
            {
                "schema": "annotator-import-annotations/1",
                "dry_run": arguments.dry_run,
                "round": round,
                "annotations": imported,
                "known": plan.known,
                "documents": 0 if refused else plan.documents,
                "new_coders": [] if refused else plan.new_coders,
                "unused_columns": plan.unused_columns,
                "problems": [{"line": line, "key": error.key, "words": str(error)} for line, error in plan.problems],
            }
        )
        return
    for line, error in plan.problems:
        terminal.tell(terminal.plain(f"{arguments.table.name}, line {line}: {error}"))
    if plan.unused_columns:
        terminal.tell(f"note: no use was found for the columns {', '.join(plan.unused_columns)}")
    if refused:
        rows = terminal.count(len(plan.problems), "wrong row", "wrong rows")
        terminal.complain(
            f"{arguments.table} has {rows}, so nothing was imported. Correct them, or leave them out with --skip-bad."
        )
        return
    if plan.new_coders:
        terminal.tell(f"note: new in this project: {', '.join(plan.new_coders)}")
    would = "would go into" if arguments.dry_run else "went into"
    extra = f"; {plan.known:,} more were there already" if plan.known else ""
    if plan.problems:
        extra += f"; {terminal.count(len(plan.problems), 'wrong row')} left out"
    terminal.say(f"{terminal.count(imported, 'annotation')} {would} the round {round}{extra}.")
