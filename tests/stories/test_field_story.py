"""Weeks in the field: a supervisor, twelve documents, four coders, three of them without a network, one on two laptops, one
who loses it and goes back to a backup on a stick. All comes back in any order and twice, and agreement is what it would have
been in one project."""

import json
import random
import shutil
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from annotator import backups, deciding, editing, opening, settings
from annotator.agreement import report, units
from annotator.agreement.export import as_json
from annotator.fieldwork import incoming, outgoing
from annotator.model import Annotation, Change, Coder, Document, Edit, Round
from annotator.project import Project
from annotator.text import Span
from tests.conftest import Team, document, made

DOCUMENTS = 12
NAMES = ("Ada", "Ben", "Cleo", "Dan")
SENTENCES = (
    "We deny it.",
    "They lie about the strait.",
    "Let us talk at once.",
    "Nothing was fired.",
    "Our door is open.",
)


class Deed(NamedTuple):
    """What a coder does on one document: places to code, which of them to recode, and which to take back."""

    document: int
    coded: tuple[tuple[int, int, str], ...]
    recoded: tuple[int, ...]
    retracted: tuple[int, ...]


def plans(texts: Sequence[str]) -> dict[str, list[Deed]]:
    """What everybody will do, whatever machine they do it on."""
    found = {}
    for number, name in enumerate(NAMES):
        dice = random.Random(number)
        found[name] = [_deed(dice, at, text) for at, text in enumerate(texts)]
    return found


def _deed(dice: random.Random, at: int, text: str) -> Deed:
    ends = [at + 1 for at, letter in enumerate(text) if letter == "."]
    starts = [0, *(end + 1 for end in ends)]
    places = dice.sample(range(len(ends)), dice.randint(1, len(ends)))
    coded = tuple((starts[place], ends[place], dice.choice(("denial", "offer"))) for place in places)
    recoded = tuple(n for n in range(len(coded)) if dice.random() < 0.2)
    return Deed(at, coded, recoded, tuple(n for n in range(len(coded)) if n not in recoded and dice.random() < 0.15))


class Study:
    """The supervisor's project."""

    def __init__(self, folder: Path):
        self.folder, self.team = folder, Team(folder)
        self.sue, self.round = self.team.sue, self.team.round
        for name in NAMES[2:]:
            self.sue.apply(change := editing.add_coder(name))
            self.team.coders[name] = made(change, Coder)
        dice = random.Random(12)
        self.documents: list[Document] = []
        for number in range(DOCUMENTS):
            words = " ".join(dice.sample(SENTENCES, dice.randint(3, 5)))
            one, contents = document(words, title=f"Statement {number}")
            self.sue.apply(Change("import documents", (Edit(None, one),)), contents=contents)
            self.documents.append(one)
        everyone = [coder.id for coder in self.team.coders.values()]
        ids = [one.id for one in self.documents]
        self.sue.apply(editing.assign(self.sue, documents=ids, coders=everyone, round=self.round.id, seed=3))
        self.plans = plans([self.sue.text(id) for id in ids])

    def laptop(self, name: str, device: str) -> Project:
        """A coder opens what they were given, on a machine of their own."""
        package, path = (self.folder / f"{name} {device}{ending}" for ending in (".assignment", ".annotator"))
        coder, ids = self.team.coders[name], [one.id for one in self.documents]
        outgoing.assign(self.sue, coder=coder, round=self.round, documents=ids, out=package)
        incoming.accept(package, path)
        return Project(path, actor=name, device=device)

    def work(self, project: Project, name: str, numbers: Iterable[int]) -> list[Annotation]:
        """Does what the plan of a coder says of these documents, and marks them done. Returns what was coded."""
        found = []
        for number in numbers:
            deed = self.plans[name][number]
            annotations = [self._code(project, number, *place) for place in deed.coded]
            for place in deed.recoded:
                other = "offer" if deed.coded[place][2] == "denial" else "denial"
                change = editing.recode(project, [annotations[place]], self.team.codes[other].id)
                project.apply(change)
                annotations[place] = made(change, Annotation)
            if deed.retracted:
                project.apply(editing.retract(*(annotations[place] for place in deed.retracted)))
            project.apply(editing.mark_done(project, document=self.documents[number].id, round=self.round.id))
            found += [one for place, one in enumerate(annotations) if place not in deed.retracted]
        return found

    def _code(self, project: Project, number: int, start: int, end: int, code: str) -> Annotation:
        document, place = self.documents[number].id, Span(start, end)
        change = editing.annotate(
            project, document=document, code=self.team.codes[code].id, spans=[place], round=self.round.id
        )
        project.apply(change)
        return made(change, Annotation)

    def hand_in(self, project: Project, name: str) -> Path:
        out = self.folder / f"{name}.coded"
        outgoing.hand_in(project, out)
        return out


def agreement(project: Project, round: Round) -> dict:
    """All that the export of agreement says, spans included."""
    study = units.study(project, rounds=[round.id])
    found = {}
    for unit in ("sentence", "span"):
        result = report.compute(study, unit=unit, measures=None, replicates=50, seed=1)
        found[unit] = json.loads(as_json(result))["rows"]
    return found


def reopened_and_changed(study: Study, project: Project, one: Annotation, *, code: str = "", end: int = 0) -> None:
    """Somebody comes back to what was done: another code, or another end."""
    project.apply(editing.mark_done(project, document=one.document, round=one.round, done=False))
    now = project.noun("annotation", one.id)
    if code:
        project.apply(editing.recode(project, [now], study.team.codes[code].id))
    else:
        project.apply(editing.resize(project, now, [Span(one.spans[0].start, end)]))
    project.apply(editing.mark_done(project, document=one.document, round=one.round))


def in_one_project(study: Study, path: Path, changed: int) -> dict:
    """Everybody sits down in turn at one machine and does the same."""
    for name in NAMES:
        with Project(path, actor=name, device=f"{name} at one desk") as project:
            annotations = study.work(project, name, range(DOCUMENTS))
            if name == "Ada":
                one = annotations[changed]
                reopened_and_changed(study, project, one, code=_other(study, one))
    with Project(path, actor="Sue", device="one desk") as project:
        assert project.check(rebuild=True) == []
        return agreement(project, study.round)


def _other(study: Study, one: Annotation) -> str:
    return "offer" if one.code == study.team.codes["denial"].id else "denial"


def test_what_comes_back_from_the_field_is_what_one_project_would_hold(tmp_path):
    study, packages = Study(tmp_path), list[Path]()
    alone = tmp_path / "alone.annotator"
    study.sue.back_up(alone)

    changed = ada_on_two_laptops(study, packages)
    ben_goes_back_to_a_backup(study, packages)
    with study.laptop("Cleo", "Cleo's laptop") as cleo:
        study.work(cleo, "Cleo", range(5))
        packages.append(study.hand_in(cleo, "Cleo early"))
        study.work(cleo, "Cleo", range(5, DOCUMENTS))
        packages.append(study.hand_in(cleo, "Cleo"))
    study.team.close()
    with Project(study.sue.path, actor="Dan", device="Dan at the supervisor's") as dan:
        study.work(dan, "Dan", range(DOCUMENTS))

    in_turn = [random.Random(order).sample(packages, len(packages)) for order in (1, 2)]
    with Project(study.sue.path, actor="Sue", device="desk") as sue:
        for path in in_turn[0]:
            assert incoming.receive(sue, [path]).failures == []
        again = incoming.receive(sue, in_turn[1])
        assert [receipt.new for _, receipt in again.arrived] == [0] * len(packages)
        assert sue.contested() == {}
        assert sue.barred() == []
        assert sue.check(rebuild=True) == []
        assert set(sue.assignment_states().values()) == {"done", "to do"}
        found = agreement(sue, study.round)
    assert found == in_one_project(study, alone, changed)
    assert any(row["value"] not in (None, 1.0) for row in found["sentence"])


def ada_on_two_laptops(study: Study, packages: list[Path]) -> int:
    """She codes half here and half there, changes one annotation on both, and decides. Returns which of hers it was."""
    with study.laptop("Ada", "Ada's desk") as desk, study.laptop("Ada", "Ada's laptop") as lap:
        first = study.work(desk, "Ada", range(6))
        incoming.receive(lap, [study.hand_in(desk, "Ada at first")])
        study.work(lap, "Ada", range(6, DOCUMENTS))
        one = next(one for one in first if one.spans[0].end - one.spans[0].start > 8)
        reopened_and_changed(study, desk, one, code=_other(study, one))
        reopened_and_changed(study, lap, one, end=one.spans[0].end - 3)
        packages += [study.hand_in(lap, "Ada on the way"), study.hand_in(desk, "Ada at the desk")]
        incoming.receive(desk, packages[:1])
        (found,) = deciding.contested(desk)
        mine = next(side for side in found.sides if isinstance(side.noun, Annotation) and side.noun.code != one.code)
        desk.apply(deciding.settle(desk, one.id, mine.revision))
        packages.append(study.hand_in(desk, "Ada"))
    return first.index(one)


def ben_goes_back_to_a_backup(study: Study, packages: list[Path]) -> None:
    """He has a backup on a stick after four documents, hands in six, and loses the laptop. On another one he goes back to the
    backup, which lacks two documents and counts on as another machine."""
    stick, machine = study.folder / "stick", settings.load()
    lost = machine.device("Ben")
    with study.laptop("Ben", lost) as ben:
        study.work(ben, "Ben", range(4))
        backups.make(ben, datetime(2026, 11, 24, tzinfo=UTC))
        shutil.copytree(backups.folder(ben.path), stick / backups.folder(ben.path).name)
        study.work(ben, "Ben", range(4, 6))
        packages.append(study.hand_in(ben, "Ben before"))
    shutil.rmtree(backups.folder(ben.path))
    ben.path.unlink()
    (kept,) = backups.found(stick / ben.path.name)
    restored = study.folder / "restored.annotator"
    backups.restore(kept.path, restored, machine)
    opened, is_behind = opening.opened(restored, "Ben", machine, name="Ben")
    with opened as ben:
        assert not is_behind
        assert ben.device == settings.load().device("Ben") != lost
        assert len({one.document for one in ben.nouns("annotation")}) == 4
        study.work(ben, "Ben", range(6, DOCUMENTS))
        packages.append(study.hand_in(ben, "Ben"))
    made = {
        one.device for one in incoming.read(packages[-1]).package.revisions if one.actor == study.team.coders["Ben"].id
    }
    assert made == {lost, ben.device}
