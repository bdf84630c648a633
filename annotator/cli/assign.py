"""annotator assign"""

from argparse import Namespace

from annotator import editing
from annotator.cli import asking, desk, terminal
from annotator.project import Project


def run(arguments: Namespace) -> int:
    """Writes a coder's package, and hands out first what was named and is not handed out yet."""
    from annotator.fieldwork import outgoing
    from annotator.fieldwork.sealing import Seal, keys_of

    with desk.sit_down(arguments, writing=True) as project:
        coder, round = desk.coder(project, arguments.coder), desk.round_of(project, arguments.round)
        documents = _documents(project, arguments, coder.id, round.id)
        seal = asking.seal(arguments, lambda: Seal(devices=tuple(keys_of(project, coder))))
        sent = outgoing.assign(project, coder=coder, round=round, documents=documents, out=arguments.out, seal=seal)
    terminal.say(f"{sent.path} is for {sent.coder}: {told(sent.counts)}.")
    terminal.say(f"Check word: {sent.word}. Key of this machine: {sent.fingerprint}.")
    return 0


def _documents(project: Project, arguments: Namespace, coder: str, round: str) -> list[str]:
    here = {one.document for one in project.nouns("assignment") if (one.coder, one.round) == (coder, round)}
    titles = (one.title for one in project.nouns("document"))
    names = desk.names_in(arguments.documents, titles)
    if names is None:
        return sorted(here)
    named = [desk.document(project, name).id for name in names]
    if missing := [id for id in named if id not in here]:
        project.apply(editing.assign(project, documents=missing, coders=[coder], round=round))
    return named


def told(counts) -> str:
    """What a package holds, in words."""
    parts = [(counts["documents"], "document"), (counts["annotations"], "annotation")]
    return ", ".join([*(terminal.count(*part) for part in parts), f"{counts['done']:,} done"])
