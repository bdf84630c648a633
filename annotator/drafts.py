"""A codebook that somebody is writing and has not saved yet, kept in the project's own file: where that is encrypted, it lies
nowhere else."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from .model import Attribute, Code, body_of, canonical_json, noun_from
from .packages import UNREADABLE
from .project import Project

KINDS = ("code", "attribute")


class Draft(NamedTuple):
    """Codes and attributes as they stand in the draft, and whether the codebook has become another since."""

    codes: list[Code]
    attributes: list[Attribute]
    is_behind: bool


def keep(project: Project, codes: Iterable[Code], attributes: Iterable[Attribute]) -> None:
    """Keeps the draft of the one who has the project open, in place of an earlier one. Raises Refused."""
    nouns = [
        {"kind": kind, "id": one.id, "body": body_of(one)}
        for kind, ones in zip(KINDS, (codes, attributes), strict=True)
        for one in ones
    ]
    project.keep_draft(canonical_json({"nouns": nouns, "pins": _pins(project)}))


def kept(project: Project) -> Draft | None:
    """The draft of the one who has the project open, if there is one that can be understood."""
    try:
        said = json.loads(project.draft() or "null")
        if said is None:
            return None
        nouns = [noun_from(one["kind"], one["id"], one["body"]) for one in said["nouns"]]
        is_behind = said["pins"] != _pins(project)
    except UNREADABLE:
        return None
    codes = [one for one in nouns if isinstance(one, Code)]
    return Draft(codes, [one for one in nouns if isinstance(one, Attribute)], is_behind)


def forget(project: Project) -> None:
    """The draft was saved, or is not wanted any more. Raises Refused."""
    if project.draft():
        project.keep_draft("")


def _pins(project: Project) -> dict[str, str]:
    return {id: revision for kind in KINDS for id, revision in project.pins(kind).items()}
