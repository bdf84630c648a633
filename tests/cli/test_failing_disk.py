"""A disk that fails under a command: one sentence, nothing half-written, and every file is as it was. And a disk that may only
be read: what reads works there, and what writes says why it does not."""

import errno
import hashlib
from pathlib import Path

import pytest

from annotator import editing
from annotator.fieldwork import incoming, outgoing
from annotator.project import Project
from tests import faults
from tests.conftest import Team

WORDS = "A word. " * 4000
FAULTS = {
    "a disk that fails at the end": (errno.EIO, "fsync", "fdatasync"),
    "a disk that is full": (errno.ENOSPC, "write", "pwrite64"),
    "a disk that takes nothing": (errno.EIO, "write", "pwrite64"),
}
Verbs = dict[str, tuple[str, tuple]]  # name -> who, and the words of the command


class Place:
    """A supervisor's project in which two have finished a document, a coder's own, and what goes between them."""

    def __init__(self, folder: Path):
        team = Team(folder, words=WORDS)
        self.desk, self.lap = team.sue.path, folder / "lap.annotator"
        self.out, self.back, self.later = (folder / name for name in ("a.assignment", "a.coded", "later.assignment"))
        ada = team.coders["Ada"]
        for out in (self.out, self.later):
            outgoing.assign(team.sue, coder=ada, round=team.round, documents=[team.document.id], out=out)
        incoming.accept(self.out, self.lap)
        with Project(self.lap, actor="Ada", device="lap") as project:
            for n in range(40):
                team.code(project, n, n + 5)
            outgoing.hand_in(project, self.back)
        for name in ("Ada", "Ben"):
            project = team.sit_down(name)
            for n in range(0, 400, 40):
                team.code(project, n, n + 7)
            project.apply(editing.mark_done(project, document=team.document.id, round=team.round.id))
        team.close()
        self.text, self.table = folder / "long.txt", folder / "codings.csv"
        self.text.write_text("Long words. " * 9000, encoding="utf-8")
        rows = [f"A statement,Sue,Denial,{n * 8},{n * 8 + 6}" for n in range(200)]
        self.table.write_text("\n".join(["document,coder,code,start,end", *rows]), encoding="utf-8")

    def writing(self, made: Path) -> Verbs:
        """Commands that write to a project that is there."""
        desk, out = self.desk, made / "b.assignment"
        return {
            "import": ("Sue", ("import", desk, self.text)),
            "import-annotations": ("Sue", ("import-annotations", desk, self.table)),
            "assign": ("Sue", ("assign", desk, "--coder", "Ada", "--round", "Reliability", "--out", out)),
            "accept the next": ("Ada", ("accept", self.later, self.lap)),
            "receive": ("Sue", ("receive", desk, self.back)),
            "merge": ("Sue", ("merge", desk, self.lap)),
            "purge": ("Sue", ("purge", desk, "--document", "A statement", "--yes")),
        }

    def making(self, made: Path) -> Verbs:
        """Commands that write a file of their own."""
        desk, lap = self.desk, self.lap
        return {
            "new": ("Sue", ("new", made / "new.annotator")),
            "export": ("Ada", ("export", lap, made / "out.csv")),
            "export a workbook": ("Ada", ("export", lap, made / "out.xlsx")),
            "agreement": ("Sue", ("agreement", desk, "--format", "html", "--out", made / "out.html")),
            "report": ("Sue", ("agreement", desk, "--format", "report", "--out", made / "report")),
            "accept": ("Ada", ("accept", self.out, made / "lap.annotator")),
            "hand-in": ("Ada", ("hand-in", lap, "--out", made / "a.coded")),
            "rescue": ("Sue", ("rescue", desk, "--out", made / "rescued.annotator")),
        }

    def reading(self) -> Verbs:
        """Commands that write nothing."""
        desk = self.desk
        words = [
            ("check", desk),
            ("check", desk, "--rebuild"),
            ("progress", desk),
            ("history", desk),
            ("contested", desk),
        ]
        words += [
            ("orphans", desk),
            ("find", desk, "word"),
            ("backups", desk),
            ("import", desk, self.text, "--dry-run"),
        ]
        return {" ".join(map(str, one)): ("Sue", one) for one in words}

    def state(self) -> dict[str, str]:
        """What the two projects say, and that nothing is wrong with them."""
        found = {}
        for path, who in ((self.desk, "Sue"), (self.lap, "Ada")):
            with Project(path, actor=who, device="another") as project:
                assert project.check(rebuild=True) == []
                found[path.name] = hashlib.sha256("".join(one.hash for one in project.log()).encode()).hexdigest()
        return found


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Place:
    """One for all: no command of these tests changes anything."""
    faults.must_let_calls_fail()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANNOTATOR_HOME", str(tmp_path_factory.mktemp("home")))
        return Place(tmp_path_factory.mktemp("place"))


VERBS = ["import", "import-annotations", "assign", "accept the next", "receive", "merge", "purge", "new", "export"]
VERBS += ["export a workbook", "agreement", "report", "accept", "hand-in", "rescue", "backups"]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("verb", VERBS)
def test_a_disk_that_fails(place, tmp_path, verb, fault):
    verbs = {**place.writing(tmp_path), **place.making(tmp_path), "backups": ("Sue", ("backups", place.desk, "--make"))}
    before, (by, words), (error, *calls) = place.state(), verbs[verb], FAULTS[fault]
    done = faults.command(*words, by=by, before=lambda: faults.fail_calls(error, *calls))
    assert done.returncode == 1
    (sentence,) = done.stderr.splitlines()
    assert sentence.startswith("annotator: ")
    assert sentence.endswith(".")
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []
    assert place.state() == before
    left = {one.name for one in place.desk.parent.rglob("*") if one.name.endswith((".part", ".annotator"))}
    assert left == {place.desk.name, place.lap.name}


def test_a_medium_that_may_only_be_read(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    with faults.small_disk(tmp_path / "cd", "20m") as disk:
        place = Place(disk)
        assert faults.command("backups", place.desk, "--make").returncode == 0
        faults.protect(disk)
        there = sorted(disk.rglob("*"))
        for by, words in {**place.reading(), **place.making(out)}.values():
            done = faults.command(*words, by=by)
            assert (words, done.returncode, done.stderr.replace("note: ", "")[:9]) in (
                (words, 0, ""),
                (words, 0, "a.assignm"),  # the key of the sender is seen for the first time
            )
        for by, words in place.writing(out).values():
            done = faults.command(*words, by=by)
            assert (words, done.returncode) == (words, 1)
            assert "may only be read. Lift the write protection, or copy it." in done.stderr
        for words in (
            ("export", place.desk, disk / "x.csv"),
            ("backups", place.desk, "--make"),
            ("rescue", place.desk),
        ):
            done = faults.command(*words)
            assert (words, done.returncode, len(done.stderr.splitlines())) == (words, 1, 1)
        assert sorted(disk.rglob("*")) == there
    assert {one.name for one in out.iterdir()} >= {"new.annotator", "out.csv", "out.xlsx", "report", "a.coded"}
