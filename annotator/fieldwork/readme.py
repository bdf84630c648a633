"""What a person reads who finds a package and knows nothing of it."""

from collections.abc import Mapping

from annotator.model import Round

ASSIGNMENT = """This is work for {coder} in the project “{project}”, made by Annotator.

Documents to code{round}: {documents}. Annotations made before: {annotations}.

To begin, open the file with Annotator, or say on the command line:

    annotator open FILE.assignment

That makes a project beside the file. When the work is done, or a part of it:

    annotator hand-in PROJECT.annotator --out FILE.coded

and send that file back. It can be handed in as often as one likes: nothing is counted twice.

In this package: the texts (texts), the codebook (codebook.json), every step so far that {coder} may see (log.jsonl).
Nothing of other coders is in it.
"""
CODED = """This is the work of {coder} in the project “{project}”, made by Annotator.

Documents: {documents}, of them done: {done}. Annotations: {annotations}; preview.csv is a table of them that needs no
program of ours.

Whoever leads the project takes it in with

    annotator receive PROJECT.annotator FILE.coded

and sees the same check word there as the coder at the hand-in. It can be taken in twice: nothing is counted twice.
"""


def words(kind: str, project: str, coder: str, round: Round | None, counts: Mapping[str, int]) -> str:
    """The words of README.txt."""
    page = ASSIGNMENT if kind == "assignment" else CODED
    phase = f" in the round “{round.name}”" if round else ""
    return page.format(project=project, coder=coder, round=phase, **counts)
