"""annotator contested"""

from argparse import Namespace
from datetime import datetime
from typing import Any

from annotator import deciding
from annotator.cli import desk, terminal
from annotator.deciding import Contested, Side
from annotator.errors import Refused
from annotator.model import Annotation, Noun, name_of
from annotator.project import Project

SCHEMA = "annotator-contested/1"


def run(arguments: Namespace) -> int:
    """Lists what was changed in two places, or decides."""
    with desk.sit_down(arguments, writing=bool(arguments.settle)) as project:
        if arguments.settle:
            return _settle(project, arguments.settle, arguments.keep)
        found, told = deciding.contested(project), _Words(project)
        if arguments.format == "json":
            terminal.say_json({"schema": SCHEMA, "contested": [told.for_programs(one) for one in found]})
            return 0
        for one in found:
            _list(one, told)
        if not found:
            terminal.say("Nothing is contested.")
        else:
            terminal.tell(
                "annotator contested PROJECT --settle ID --keep SIDE decides; --keep both keeps both annotations."
            )
    return 0


def _settle(project: Project, object: str, side: str) -> int:
    found = next((one for one in deciding.contested(project) if one.object == object), None)
    if found is None:
        raise Refused("contested.unknown", object=object)
    if side == "both":
        project.apply(deciding.keep_both(project, object))
    else:
        number = int(side) - 1 if side.isdecimal() else -1
        if not 0 <= number < len(found.sides):
            raise Refused("contested.no_side", count=len(found.sides))
        project.apply(deciding.settle(project, object, found.sides[number].revision))
    terminal.say(f"Decided: {'both are kept' if side == 'both' else f'side {side} holds'}.")
    return 0


def _list(one: Contested, told: "_Words") -> None:
    terminal.say(f"{one.kind.replace('_', ' ')} {one.object}{told.where(one)}")
    for number, side in enumerate(one.sides):
        shown = " (shown)" if number == one.shown else ""
        words = terminal.shortened(told.of(side.noun), 90)
        terminal.say(f"  {number + 1}  {told.who(side)}, {_local(side.at)}{shown}: {words}")


class _Words:
    """How sides are told to people."""

    def __init__(self, project: Project):
        self.people = {one.id: one.name for one in project.nouns("coder")}
        self.titles = {one.id: one.title for one in project.nouns("document")}
        self.codes = {one.id: one.name for one in project.nouns("code")}
        self.attributes = {one.id: one.name for one in project.nouns("attribute")}
        self.here = project.device

    def where(self, one: Contested) -> str:
        documents = {getattr(side.noun, "document", None) for side in one.sides} - {None}
        return f" in {', '.join(self.titles.get(str(id), str(id)) for id in documents)}" if documents else ""

    def who(self, side: Side) -> str:
        machine = "this machine" if side.device == self.here else "another machine"
        return f"{self.people.get(side.by, side.by)} on {machine}"

    def of(self, noun: Noun | None) -> str:
        if noun is None:
            return "taken back"
        if not isinstance(noun, Annotation):
            fields = {name: getattr(noun, name) for name in type(noun).__match_args__ if name != "id"}
            plain = {
                name: value for name, value in fields.items() if isinstance(value, str | bool | int) and value != ""
            }
            return ", ".join(
                f"{name} {self.titles.get(value, self.people.get(value, value))}" for name, value in plain.items()
            )
        said = [f"{self.codes.get(noun.code, noun.code)} on “{name_of(noun)}”"]
        said += [f"{self.attributes.get(id, id)} {value}" for id, value in noun.attributes.items()]
        said += [f"certainty {noun.certainty}"] if noun.certainty is not None else []
        return ", ".join(said + ([f"memo “{noun.memo}”"] if noun.memo else []))

    def for_programs(self, one: Contested) -> dict[str, Any]:
        sides = [
            {
                "side": number + 1,
                "revision": side.revision,
                "by": self.people.get(side.by, side.by),
                "device": side.device,
                "at": side.at,
                "words": self.of(side.noun),
                "shown": number == one.shown,
            }
            for number, side in enumerate(one.sides)
        ]
        return {"kind": one.kind, "object": one.object, "sides": sides}


def _local(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}"
