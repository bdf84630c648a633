"""What every test has: a machine of its own, no screen, and a team with a project."""

import gc
import os
from typing import TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import HealthCheck, settings

from annotator import editing, locks, secrecy
from annotator.fieldwork import sealing
from annotator.model import Annotation, Assignment, Attribute, Change, Code, Coder, Document, Edit, Round, new_id
from annotator.project import Project
from annotator.text import Span, decode

settings.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
settings.load_profile("ours")

WORDS = "The republic denies it. The ministry accuses its neighbour. Talks may begin."


@pytest.fixture(autouse=True)
def machine(tmp_path_factory, monkeypatch):
    """Settings of this test alone, in a program that has had no encrypted project open."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setattr(secrecy, "_known", {})
    monkeypatch.setattr(secrecy, "_used", [])
    monkeypatch.setattr(secrecy, "asking", None)
    monkeypatch.setattr(sealing, "_given", [])
    monkeypatch.setenv("ANNOTATOR_HOME", str(home))
    return home


@pytest.fixture
def cheap_locks(monkeypatch):
    """Argon2id at no cost."""
    monkeypatch.setattr(locks, "COST", {"memory": 64, "iterations": 1, "lanes": 1})


@pytest.fixture(scope="session")
def qapp(qapp):
    """The application. From here on garbage is collected between the tests alone: a lone widget that a test has let go of
    would be taken apart by the collector, in any order, while Qt still calls it."""
    gc.disable()
    yield qapp
    gc.enable()


@pytest.fixture(autouse=True)
def no_widget_left(request):
    """Qt takes down what a test leaves, and what the test before left of Python's is collected."""
    gc.collect(1)
    yield
    if "qapp" in request.fixturenames:
        from PySide6.QtCore import QCoreApplication, QEvent
        from PySide6.QtWidgets import QApplication

        for widget in QApplication.topLevelWidgets():
            widget.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def document(text: str, *, title: str = "A statement", **fields) -> tuple[Document, list[bytes]]:
    """A document of these words, and the bytes to store with it."""
    import hashlib

    data = decode(text.encode()).text.encode()
    return Document(new_id(), title, hashlib.sha256(data).hexdigest(), **fields), [data]


N = TypeVar("N")


def made(change: Change, kind: type[N]) -> N:
    """The first noun of this kind that a change makes or leaves."""
    return next(edit.after for edit in change.edits if isinstance(edit.after, kind))


class Team:
    """A supervisor's project, open, with a document, two codes, an attribute of each kind wanted, two coders, one round."""

    def __init__(self, folder, *, blind: bool = True, words: str = WORDS):
        self.sue = Project.create(folder / "team.annotator", name="Denials", supervisor="Sue", device="desk")
        self._open = [self.sue]
        actor = Attribute(new_id(), "actor", "entity")
        stance = Attribute(new_id(), "stance", "scale", choices=("-1", "0", "1"), labels=("cool", "neutral", "warm"))
        self.attributes = {"actor": actor, "stance": stance}
        family = Code(new_id(), "Moves", codable=False)
        denial = Code(
            new_id(), "Denial", parent=family.id, key="d", attributes=(actor.id, stance.id), required=(actor.id,)
        )
        offer = Code(new_id(), "Offer of dialogue", parent=family.id, position=1, key="o", attributes=(actor.id,))
        self.family, self.codes = family, {"denial": denial, "offer": offer}
        self.sue.apply(editing.revise_codebook(self.sue, [family, denial, offer], [actor, stance]))
        self.sue.apply(editing.publish(self.sue))
        change = editing.add_round(self.sue, "Reliability", blind=blind)
        self.sue.apply(change)
        self.round = made(change, Round)
        self.document, contents = document(words)
        self.sue.apply(Change("import documents", (Edit(None, self.document),)), contents=contents)
        self.coders = {name: self._person(name) for name in ("Ada", "Ben")}
        everyone = [coder.id for coder in self.coders.values()]
        self.sue.apply(editing.assign(self.sue, documents=[self.document.id], coders=everyone, round=self.round.id))

    def _person(self, name: str) -> Coder:
        change = editing.add_coder(name)
        self.sue.apply(change)
        return made(change, Coder)

    def sit_down(self, name: str, *, device: str | None = None) -> Project:
        """Closes the project and opens it as this person."""
        self.close()
        person = Project(self.sue.path, actor=name, device=device or f"{name}'s laptop")
        self._open = [person]
        return person

    def code(self, project: Project, start: int, end: int, code: str = "denial", **more) -> tuple[Change, Annotation]:
        """Annotates, and returns the change and the annotation."""
        change = editing.annotate(
            project,
            document=self.document.id,
            code=self.codes[code].id,
            spans=[Span(start, end)],
            round=self.round.id,
            **more,
        )
        project.apply(change)
        return change, made(change, Annotation)

    def assignment(self, project: Project, name: str) -> Assignment:
        return next(one for one in project.nouns("assignment") if one.coder == self.coders[name].id)

    def close(self) -> None:
        for project in self._open:
            project.close()


@pytest.fixture
def team(tmp_path):
    """A team in a blind round; Sue has the project open."""
    team = Team(tmp_path)
    yield team
    team.close()


def state(project: Project) -> dict:
    """All that the tables say, for comparing projects."""
    from annotator.model import NOUNS

    return {kind: sorted(project.nouns(kind), key=lambda noun: noun.id) for kind in NOUNS}
