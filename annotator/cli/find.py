"""annotator find"""

import csv
import io
import json
import sys
from argparse import Namespace

from annotator import finding
from annotator.cli import desk, terminal
from annotator.codebook import resolve
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
    return Query(
        arguments.words,
        arguments.pattern,
        arguments.whole,
        arguments.case,
        where="uncoded" if arguments.uncoded else "anywhere",
        codes=codes or None,
        coders=coders or None,
        memo=arguments.memo,
    )
