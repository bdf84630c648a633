"""annotator orphans"""

from argparse import Namespace
from collections.abc import Iterator
from typing import Any, NamedTuple

from annotator import deciding
from annotator.cli import desk, terminal
from annotator.errors import AnnotatorError, Refused
from annotator.model import Annotation, name_of
from annotator.project import Project
from annotator.text import Span

SCHEMA = "annotator-orphans/1"
AROUND = 24  # characters of the text shown on each side of a place


class _Orphan(NamedTuple):
    """An annotation whose words are not at their place, and where they stand now, the nearest place first."""

    annotation: Annotation
    title: str
    coder: str
    code: str
    text: str
    places: list[tuple[Span, ...]]


def run(arguments: Namespace) -> int:
    """Lists orphans with the places where their words are, or puts some where a person says."""
    with desk.sit_down(arguments, writing=bool(arguments.place or arguments.yes)) as project:
        found = list(_orphans(project))
        if arguments.place:
            return _place(project, found, arguments.place, arguments.at)
        if arguments.yes:
            return _place_all(project, found)
        if arguments.format == "json":
            terminal.say_json({"schema": SCHEMA, "orphans": [_for_programs(one) for one in found]})
            return 0
        for one in found:
            _list(one)
    if found:
        terminal.tell(
            "annotator orphans PROJECT --place ID --at N puts one where it belongs; --yes all of your own that have one place."
        )
    else:
        terminal.say("All annotations stand where their words are.")
    return 0


def _orphans(project: Project) -> Iterator[_Orphan]:
    people = {one.id: one.name for one in project.nouns("coder")}
    codes = {one.id: one.name for one in project.nouns("code")}
    titles = {one.id: one.title for one in project.nouns("document")}
    for one, places in deciding.orphans(project):
        who, code = people.get(one.coder, one.coder), codes.get(one.code, one.code)
        yield _Orphan(one, titles[one.document], who, code, project.text(one.document), places)


def _place(project: Project, found: list[_Orphan], id: str, number: int) -> int:
    one = next((one for one in found if one.annotation.id == id), None)
    if one is None:
        raise Refused("orphan.unknown", annotation=id)
    if not 1 <= number <= len(one.places):
        raise Refused("orphan.no_place", count=len(one.places))
    spans = one.places[number - 1]
    project.apply(deciding.re_anchor(project, one.annotation, spans))
    terminal.say(f"Placed: “{_quote(one)}” is at {_numbers(spans)} in {terminal.plain(one.title)}.")
    return 0


def _place_all(project: Project, found: list[_Orphan]) -> int:
    """Puts all of the person's own that have one place only there; the others wait for a word about each."""
    mine = [one for one in found if one.annotation.coder == project.actor.id]
    placed = failed = 0
    for one in mine:
        if len(one.places) != 1:
            continue
        try:
            project.apply(deciding.re_anchor(project, one.annotation, one.places[0]))
            placed += 1
        except AnnotatorError as error:
            failed += 1
            terminal.complain(f"“{_quote(one)}”: {error}")
    waiting = len(mine) - placed - failed
    terminal.say(f"{terminal.count(placed, 'annotation')} placed.")
    if waiting:
        terminal.tell(
            f"note: {terminal.count(waiting, 'annotation')} whose words stand in no place or in several were left as they were"
        )
    if others := len(found) - len(mine):
        terminal.tell(
            f"note: {terminal.count(others, 'annotation')} of others left: a supervisor puts those one by one"
        )
    return 1 if failed else 0


def _list(one: _Orphan) -> None:
    was = _numbers(one.annotation.spans)
    terminal.say(f"{one.annotation.id}  {one.coder}, {one.code}, in {terminal.plain(one.title)}, was at {was}")
    terminal.say(f"  “{_quote(one)}”")
    for number, spans in enumerate(one.places, start=1):
        terminal.say(f"  {number}  {_numbers(spans)}: {_surroundings(one.text, spans)}")
    if not one.places:
        terminal.say("  These words stand nowhere in the text.")


def _for_programs(one: _Orphan) -> dict[str, Any]:
    return {
        "annotation": one.annotation.id,
        "document": one.annotation.document,
        "title": one.title,
        "coder": one.coder,
        "code": one.code,
        "quotes": list(one.annotation.quotes),
        "spans": [list(span) for span in one.annotation.spans],
        "places": [[list(span) for span in spans] for spans in one.places],
    }


def _quote(one: _Orphan) -> str:
    return terminal.shortened(name_of(one.annotation), 70)


def _numbers(spans: tuple[Span, ...]) -> str:
    return ", ".join(f"{span.start}–{span.end}" for span in spans)


def _surroundings(text: str, spans: tuple[Span, ...]) -> str:
    start, end = max(0, spans[0].start - AROUND), spans[-1].end + AROUND
    return f"… {terminal.shortened(text[start:end], 2 * AROUND + 60)} …"
