"""annotator find"""

import csv
import io
import json
import sys
from argparse import Namespace

from annotator import finding
from annotator.cli import desk, terminal
from annotator.codebook import folded, nearest, resolve
from annotator.errors import Refused
from annotator.finding import Found, Hit, Query
from annotator.project import Project

SCHEMA = "annotator-find/1"
COLUMNS = ("document", "start", "end", "left", "words", "right", "annotation")


def run(arguments: Namespace) -> int:
    """Finds words, a pattern or annotations, and prints each place with what stands around it."""
    with desk.sit_down(arguments, writing=False) as project:
        query = _query(project, arguments)
        found = [one for _, _, one in finding.find(project, query) if one]
    rows = [_row(one, hit) for one in found for hit in one.hits]
    if arguments.format == "json":
        sys.stdout.write(json.dumps({"schema": SCHEMA, "hits": rows}, ensure_ascii=False, indent=1) + "\n")
    elif arguments.format == "csv":
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
        sys.stdout.write(out.getvalue())
    else:
        for row in rows:
            terminal.say(f"{row['document']}, {row['start']}: {row['left']}[{row['words']}]{row['right']}")
        terminal.say(f"{len(rows)} hits in {sum(bool(one.hits) for one in found)} documents.")
    for one in found:
        if one.is_slow:
            terminal.complain(f"{one.document.title} was passed over: the pattern takes too long there.")
    return 0


def _row(found: Found, hit: Hit) -> dict:
    values = (found.document.title, *hit.span, hit.left, hit.words, hit.right, hit.annotation)
    return dict(zip(COLUMNS, values, strict=True))


def _query(project: Project, arguments: Namespace) -> Query:
    book = project.codebook()
    codes = frozenset(resolve(book, words).id for words in arguments.codes)
    coders = frozenset(desk.coder(project, name).id for name in arguments.coders)
    least, most = arguments.certainty
    return Query(
        arguments.words,
        arguments.pattern,
        arguments.whole,
        arguments.case,
        where="uncoded" if arguments.uncoded else "anywhere",
        codes=codes or None,
        coders=coders or None,
        round=desk.round_of(project, arguments.round).id if arguments.round else None,
        attributes=dict(_attribute(project, words) for words in arguments.attributes),
        memo=arguments.memo,
        least=least,
        most=most,
        languages=frozenset(arguments.languages) or None,
        speakers=_speakers(project, arguments.speakers),
    )


def _attribute(project: Project, words: str) -> tuple[str, str]:
    """The id of the attribute in NAME=VALUE, and the value; without one, any value will do."""
    name, _, value = words.partition("=")
    return desk.attribute(project, name.strip()).id, value.strip()


def _speakers(project: Project, names: list[str]) -> frozenset[str] | None:
    """Those of these names by which somebody speaks. Raises Refused: nobody does by one of them."""
    known = {folded(name): name for one in project.nouns("document") if (name := finding.speaker(one))}
    for name in names:
        if folded(name) not in known:
            near = "; ".join(nearest(name, known.values())) or "none yet"
            raise Refused("name.unknown", kind="speaker", name=name, known=near)
    return frozenset(names) or None
