"""A process is killed in the middle of each kind of work, hundreds of times: every file is old or new, whole, and what was said
to be saved is there. And a write-ahead log is cut anywhere, as a power cut may leave it.

One process that has everything imported forks the ones that are killed: so each kill costs some hundredths of a second.
"""

import contextlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import annotator
from annotator import backups, editing, opening, purging, rescue, settings
from annotator.errors import AnnotatorError
from annotator.fieldwork import incoming, outgoing
from annotator.model import Change, Edit, new_id
from annotator.project import Project
from annotator.text import Span
from tests.conftest import Team

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
MANY = 400  # annotations that come in together
PAGE, FRAME, HEAD = 4096, 4096 + 24, 32  # bytes of a page, of a frame of the log, of the head of the log

FORKING = """
import os, random, signal, sys, time
from datetime import UTC, datetime
from pathlib import Path
from annotator import backups, editing, rescue
from annotator.cli import accept, hand_in, main, merge, purge, receive
from annotator.fieldwork import incoming, outgoing
from annotator.interchange import annotation_table, importing
from annotator.project import Project
from annotator.text import Span

def code(path, document, code, round):
    with Project(path, actor="Ada", device="Ada's laptop") as project:
        for n in range(len(project.nouns("annotation")), 100_000):
            change = editing.annotate(project, document=document, code=code, spans=[Span(n, n + 5)], round=round)
            project.apply(change)
            print("saved", change.edits[0].after.id, flush=True)

def command(*words):
    print("ended", main(list(words)), flush=True)

def back_up(path):
    with Project(path, actor="Sue", device="desk") as project:
        for n in range(1000):
            backups.make(project, datetime.fromtimestamp(1_800_000_000 + n * 7200, UTC))

def save(path, out):
    for n in range(1000):
        rescue.rescue(Path(path), Path(f"{out}{n}.annotator"))

WORK = {"code": code, "command": command, "back_up": back_up, "save": save}
for line in sys.stdin:
    seconds, what, *words = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_RDWR), 2)
        try:
            WORK[what](*words)
        finally:
            os._exit(0)
    time.sleep(float(seconds))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    print("killed", flush=True)
"""


class Killer:
    """Has work begun, and kills whoever does it."""

    def __init__(self):
        environment = os.environ | {"PYTHONPATH": str(Path(annotator.__file__).parents[1])}
        command = [sys.executable, "-c", FORKING]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, env=environment, text=True, stdin=pipe, stdout=pipe)
        self.chance = random.Random(11)

    def kill(self, longest: float, what: str, *words: object) -> list[str]:
        """Lets work go on for at most so many seconds. Returns the lines that it wrote whole."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("\t".join([f"{self.chance.random() * longest}", what, *map(str, words)]) + "\n")
        self.process.stdin.flush()
        said = []
        while not (line := self.process.stdout.readline()).endswith("killed\n"):
            said.append(line)
        return [one.split()[1] for one in said if one.endswith("\n") and len(one.split()) == 2]


@pytest.fixture(scope="module")
def killer():
    made = Killer()
    yield made
    assert made.process.stdin is not None
    made.process.stdin.close()
    made.process.wait()
    assert made.process.stdout is not None
    made.process.stdout.close()


@pytest.fixture
def team(tmp_path):
    made = Team(tmp_path, words="A word. " * 15_000)
    made.close()
    return made


def coded(killer, place, least=5):
    """Some annotations made by coders who were killed, at least so many; their ids."""
    saved = set()
    while len(saved) < least:
        saved |= set(killer.kill(0.5, "code", *place))
    return saved


def whole(path, *, rebuild=False, who="Sue"):
    """The project opens, and nothing is wrong with it; returns the ids of its annotations."""
    with Project(path, actor=who, device="another") as project:
        assert project.check(rebuild=rebuild) == []
        return {one.id for one in project.nouns("annotation")}


def test_coding(killer, team):
    place = team.sue.path, team.document.id, team.codes["denial"].id, team.round.id
    saved: set[str] = set()
    for _ in range(40):
        saved |= set(killer.kill(0.25, "code", *place))
        assert saved <= whole(team.sue.path, who="Ada")
    assert len(saved) > 60
    whole(team.sue.path, rebuild=True)


def test_importing_documents_and_annotations(killer, team, tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    for n in range(12):
        (texts / f"{n}.txt").write_text(f"Statement {n}. " * 400, encoding="utf-8")
    rows = [f"A statement,Ben,Denial,{n * 8},{n * 8 + 6}" for n in range(200)]
    table = tmp_path / "codings.csv"
    table.write_text("\n".join(["document,coder,code,start,end", *rows]), encoding="utf-8")
    counts = set()
    for n in range(36):
        path = tmp_path / f"copy{n}.annotator"
        shutil.copyfile(team.sue.path, path)
        words = ("import", path, texts) if n % 2 else ("import-annotations", path, table)
        killer.kill(0.25, "command", "--as", "Sue", *words)
        found = len(whole(path))
        assert found in (0, 200)
        counts.add(found)
    assert not list(tmp_path.glob("*.part"))


def test_exporting(killer, team, tmp_path):
    place = team.sue.path, team.document.id, team.codes["denial"].id, team.round.id
    coded(killer, place)
    for n, ending in enumerate(("csv", "xlsx", "html") * 14):
        out = tmp_path / f"out{n}.{ending}"
        out.write_text("what stood here before")
        words = ("--document", "A statement", "--round", "Reliability") if ending == "html" else ()
        killer.kill(0.3, "command", "--as", "Sue", "export", team.sue.path, out, *words)
        left = out.read_bytes()
        ends = {"csv": b"", "html": b"</html>", "xlsx": b""}[ending]
        assert left == b"what stood here before" or (len(left) > 500 and left.rstrip().endswith(ends))
        if left.startswith(b"PK"):
            assert zipfile.ZipFile(out).testzip() is None


def test_an_older_file_that_is_brought_up_to_date(killer, team, tmp_path):
    with contextlib.closing(sqlite3.connect(team.sue.path)) as connection, connection:
        connection.execute("UPDATE file SET value = 'of an older version' WHERE name = 'tables'")
    for n in range(24):
        path = tmp_path / f"copy{n}.annotator"
        shutil.copyfile(team.sue.path, path)
        killer.kill(0.15, "command", "--as", "Sue", "check", path)
        whole(path, rebuild=True)


def test_backing_up(killer, team):
    path = team.sue.path
    for _ in range(40):
        killer.kill(0.1, "back_up", path)
        for one in backups.found(path):
            whole(one.path)
    assert backups.found(path)
    with Project(path, actor="Sue", device="desk") as sue:
        backups.make(sue, datetime(2040, 1, 1, tzinfo=UTC))
    left = [one.name for one in backups.folder(path).iterdir() if ".part" in one.name]
    assert left == []


def until(seen: Callable[[], bool]) -> Iterator[int]:
    """Numbers of kills: a dozen at least, and more until both the old and the new state were left, up to a hundred."""
    for number in range(100):
        if number >= 12 and seen():
            return
        yield number


def longest(number: int) -> float:
    """Seconds that work may go on: longer and longer, so that a busy machine comes to the end of it as well."""
    return 0.12 + 0.02 * number


class Apart:
    """A supervisor's project, and a coder's own in which much was coded since."""

    def __init__(self, team: Team, folder: Path):
        self.desk, self.folder, coder = team.sue.path, folder, team.coders["Ada"]
        self.lap, self.out, self.back = folder / "lap.annotator", folder / "a.assignment", folder / "a.coded"
        with Project(self.desk, actor="Sue", device="desk") as sue:
            outgoing.assign(sue, coder=coder, round=team.round, documents=[team.document.id], out=self.out)
        incoming.accept(self.out, self.lap)
        with Project(self.lap, actor="Ada", device="Ada's laptop") as ada:
            pattern = team.code(ada, 0, 6)[1]
            many = [
                replace(pattern, id=new_id(), spans=(Span(n, n + 1),), quotes=("A word. "[n % 8],)) for n in range(MANY)
            ]
            ada.apply(Change("annotate", tuple(Edit(None, one) for one in many)))
            outgoing.hand_in(ada, self.back)
        self.number = 0
        self.merged = self.copy(self.desk)
        with Project(self.merged, actor="Sue", device="another desk") as sue:
            incoming.receive(sue, [self.back])

    def copy(self, path: Path) -> Path:
        self.number += 1
        return Path(shutil.copyfile(path, self.folder / f"copy{self.number}.annotator"))


def test_receiving_and_merging(killer, team, tmp_path):
    apart, counts = Apart(team, tmp_path), set[int]()
    for n in until(lambda: counts == {0, MANY + 1}):
        path = apart.copy(apart.desk)
        killer.kill(
            longest(n),
            "command",
            "--as",
            "Sue",
            *(("receive", path, apart.back) if n % 2 else ("merge", path, apart.merged)),
        )
        found = len(whole(path))
        assert found in (0, MANY + 1)
        counts.add(found)
        with Project(path, actor="Sue", device="desk") as sue:
            assert incoming.receive(sue, [apart.back]).arrived[0][1].new == (0 if found else MANY + 1)
            assert len(sue.nouns("annotation")) == MANY + 1
    assert counts == {0, MANY + 1}


def test_handing_in(killer, team, tmp_path):
    apart, before = Apart(team, tmp_path), set[str]()
    for n in until(lambda: before == {"assignment", "coded"}):
        out = tmp_path / f"{n}.coded"
        out.write_bytes(apart.out.read_bytes())
        killer.kill(longest(n), "command", "--as", "Ada", "hand-in", apart.lap, "--out", out)
        arrived = incoming.read(out)
        before.add(arrived.manifest.kind)
        assert len(arrived.package.revisions) >= MANY or arrived.manifest.kind == "assignment"
        assert len(whole(apart.lap, who="Ada")) == MANY + 1
    assert before == {"assignment", "coded"}


def test_accepting_an_assignment_and_its_next(killer, team, tmp_path):
    apart, there = Apart(team, tmp_path), set[tuple[int, bool]]()
    both = {(1, False), (1, True), (0, True)}
    with Project(apart.desk, actor="Sue", device="desk") as sue:
        sue.apply(editing.add_round(sue, "Later"))
        later = tmp_path / "later.assignment"
        documents = [team.document.id]
        outgoing.assign(sue, coder=team.coders["Ada"], round=team.round, documents=documents, out=later)
    for n in until(lambda: there == both):
        path = tmp_path / f"new{n}.annotator" if n % 2 else apart.copy(apart.lap)
        killer.kill(longest(n), "command", "--as", "Ada", "accept", later, path)
        if path.exists():
            assert len(whole(path, who="Ada")) == (0 if n % 2 else MANY + 1)
        there.add((n % 2, path.exists()))
        assert incoming.accept(later, path).failures == []
        with Project(path, actor="Ada", device="Ada's laptop") as ada:
            assert [one.name for one in ada.nouns("round")] == ["Main", "Reliability", "Later"]
    assert there == both


def test_purging(killer, team, tmp_path):
    """Everything is there, or the text is gone for good; what a kill leaves in between is wiped at the next opening."""
    with Project(team.sue.path, actor="Sue", device="desk") as sue:
        backups.make(sue, datetime(2026, 1, 1, tzinfo=UTC))
    counts = set[bool]()
    for n in until(lambda: counts == {True, False}):
        path = tmp_path / f"copy{n}.annotator"
        shutil.copyfile(team.sue.path, path)
        shutil.copytree(backups.folder(team.sue.path), backups.folder(path))
        killer.kill(longest(n), "command", "--as", "Sue", "purge", path, "--document", team.document.id, "--yes")
        opened, _ = opening.opened(path, "Sue", settings.load(), name="Sue")
        with opened as sue:
            assert sue.check() == []
            assert not sue.is_due_to_be_scrubbed
            there = bool(sue.nouns("document"))
        counts.add(there)
        held = {one for one in (path, *purging.copies(path)) if b"A word. A word." in one.read_bytes()}
        assert held == ({path, *purging.copies(path)} if there else set())
    assert counts == {True, False}


def test_rescuing(killer, team, tmp_path):
    place = team.sue.path, team.document.id, team.codes["denial"].id, team.round.id
    saved = coded(killer, place)
    for n in range(30):
        killer.kill(0.2, "save", team.sue.path, tmp_path / f"rescued{n}-")
    for path in tmp_path.glob("rescued*.annotator"):
        assert saved <= whole(path)
    assert saved <= whole(team.sue.path)


def test_a_power_cut_leaves_what_was_saved_up_to_somewhere(killer, team, tmp_path):
    """The log is cut at its frames and between them, and has noise at its end: what is left is what stood at some moment."""
    place = team.sue.path, team.document.id, team.codes["denial"].id, team.round.id
    said = killer.kill(0.0, "code", *place)
    while len(said) < 30:
        said += killer.kill(0.3, "code", *place)
    wal = Path(f"{team.sue.path}-wal")
    data = wal.read_bytes()
    chance = random.Random(5)
    cuts = [HEAD + FRAME * n + extra for n in range(0, (len(data) - HEAD) // FRAME, 3) for extra in (0, 1000)]
    counts = set()
    for cut in chance.sample(cuts, min(60, len(cuts))):
        copy = tmp_path / "cut.annotator"
        shutil.copyfile(team.sue.path, copy)
        Path(f"{copy}-wal").write_bytes(data[:cut] + chance.randbytes(chance.choice([0, 500, FRAME])))
        there = whole(copy, who="Ada")
        kept = [one for one in said if one in there]
        assert kept == said[: len(kept)]
        counts.add(len(there))
        copy.unlink()
    assert len(counts) > 5


def test_a_power_cut_that_damages_the_file_itself_is_noticed_or_harmless(killer, team, tmp_path):
    place = team.sue.path, team.document.id, team.codes["denial"].id, team.round.id
    saved = coded(killer, place)
    whole(team.sue.path)
    data, chance = team.sue.path.read_bytes(), random.Random(6)
    for n in range(20):
        copy = tmp_path / "cut.annotator"
        page = chance.randrange(len(data) // PAGE)
        copy.write_bytes(data[: page * PAGE + 2048] + bytes(2048) + data[(page + 1) * PAGE :])
        try:
            with Project(copy, actor="Ada", device="another") as project:
                problems = project.check(rebuild=True)
                same = {one.id for one in project.nouns("annotation")} >= saved
        except AnnotatorError:
            problems, same = ["it was said"], False
        assert problems or same
        rescued = tmp_path / f"rescued{n}.annotator"
        found = rescue.rescue(copy, rescued)
        assert found.revisions > 0
        copy.unlink()
