"""A team that works apart: a supervisor's project, and laptops that have accepted an assignment."""

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from annotator import editing
from annotator.fieldwork import incoming, outgoing
from annotator.model import NOUNS, new_id
from annotator.packages import Package
from annotator.project import Project
from annotator.revisions import Revision
from tests.conftest import Team


class Field:
    """The supervisor's project, open, and what was made of it elsewhere. Close with `close`."""

    def __init__(self, folder: Path, **more: Any):
        self.folder, self._numbers = folder, count()
        self.team = Team(folder, **more)
        self.sue = self.team.sue
        self._open: list[Project] = []

    def keep(self, project: Project) -> Project:
        self._open.append(project)
        return project

    def path(self, ending: str) -> Path:
        return self.folder / f"{next(self._numbers)}{ending}"

    def assign(self, name: str, **more: Any) -> Path:
        """A package for a coder, with all that is handed out to them in the round."""
        coder = self.team.coders[name]
        documents = more.pop(
            "documents", [one.document for one in self.sue.nouns("assignment") if one.coder == coder.id]
        )
        out = self.path(".assignment")
        outgoing.assign(self.sue, coder=coder, round=self.team.round, documents=documents, out=out, **more)
        return out

    def laptop(self, name: str, *, device: str | None = None) -> Project:
        """A fresh project of a coder on a device of its own."""
        path = self.path(".annotator")
        incoming.accept(self.assign(name), path)
        return self.keep(Project(path, actor=self.team.coders[name].id, device=device or new_id()))

    def hand_in(self, project: Project) -> Path:
        out = self.path(".coded")
        outgoing.hand_in(project, out)
        return out

    def receive(self, *paths: Path, into: Project | None = None, **more: Any) -> incoming.Received:
        """Takes packages in; all of them must be whole."""
        received = incoming.receive(into or self.sue, paths, **more)
        assert received.failures == []
        return received

    def fresh(self) -> Project:
        """An empty copy of the supervisor's project, as it was first."""
        path = self.path(".annotator")
        self.sue.back_up(path)
        return self.keep(Project(path, actor=self.sue.actor.id, device=new_id()))

    def annotation(self, project: Project, id: str) -> Any:
        return project.noun("annotation", id)

    def memo(self, project: Project, id: str, words: str) -> None:
        project.apply(editing.set_memo(self.annotation(project, id), words))

    def close(self) -> None:
        for project in self._open:
            project.close()
        self.team.close()


@pytest.fixture
def field(tmp_path) -> Iterator[Field]:
    made = Field(tmp_path)
    yield made
    made.close()


def own(project: Project) -> Package:
    """What somebody made, as it would be handed in."""
    made = tuple(one for one in project.sendable() if one.actor == project.actor.id)
    return Package(project.id, made, coder=project.actor.id, name=f"{project.actor.name}.coded")


def standing_of(project: Project) -> dict[str, Any]:
    """All that the tables say, and what is contested or barred, for comparing copies. Nouns are told with the revision that
    they show, which every copy must choose alike."""
    nouns = {kind: sorted(map(repr, project.nouns(kind))) for kind in NOUNS}
    pins = {kind: project.pins(kind) for kind in NOUNS}
    contested = {id: sorted(one.id for one in heads) for id, heads in project.contested().items()}
    return {
        "nouns": nouns,
        "pins": pins,
        "contested": contested,
        "barred": sorted(one.id for one, _ in project.barred()),
    }


def ids(revisions: Sequence[Revision]) -> set[str]:
    return {one.id for one in revisions}
