"""A process that codes is killed at any moment: the project is whole, and everything it said was saved is there.

That is the death of a process, not a power cut: nothing here pulls a plug.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import annotator
from annotator.project import Project
from tests.conftest import Team

KILLS = 50
LONGEST = 0.1  # seconds of coding before the kill
CODING = """
import sys
from annotator import editing
from annotator.project import Project
from annotator.text import Span

path, actor, device, document, code, round, first = sys.argv[1:]
with Project(path, actor=actor, device=device) as project:
    print("open", flush=True)
    for n in range(int(first), 100_000):
        change = editing.annotate(project, document=document, code=code, spans=[Span(n, n + 5)], round=round)
        project.apply(change)
        annotation = change.edits[0].after
        print(annotation.id, 0, flush=True)
        project.apply(editing.set_memo(annotation, "m" * 2000))
        print(annotation.id, 2000, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_fifty_kills_lose_nothing_that_was_acknowledged(tmp_path):
    team = Team(tmp_path, words="A word. " * 15_000)
    actor, device, path = team.coders["Ada"].id, "Ada's laptop", team.sue.path
    team.close()
    places = [team.document.id, team.codes["denial"].id, team.round.id]
    acknowledged: dict[str, int] = {}
    chance, found = random.Random(7), 0
    for _ in range(KILLS):
        told = _code_until_killed([str(path), actor, device, *places, str(found)], chance.random() * LONGEST)
        acknowledged |= {id: int(length) for id, _, length in (line.partition(" ") for line in told)}
        with Project(path, actor=actor, device=device) as project:
            there = {one.id: len(one.memo) for one in project.annotations(team.document.id)}
            assert project.check() == []
        assert {id: there.get(id, -1) >= length for id, length in acknowledged.items()} == dict.fromkeys(
            acknowledged, True
        )
        found = len(there)
    assert len(acknowledged) > KILLS
    with Project(path, actor=actor, device=device) as project:
        assert project.check(rebuild=True) == []


def _code_until_killed(arguments: list[str], seconds: float) -> list[str]:
    """Lets a process code for some time and kills it. Returns the whole lines it wrote: what it said was saved."""
    environment = os.environ | {"PYTHONPATH": str(Path(annotator.__file__).parents[1])}
    command = [sys.executable, "-c", CODING, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        told = process.stdout.read()
    return told.split("\n")[:-1]
