"""A process is killed before every step of encrypting, decrypting, a new key and a new passphrase: afterwards the
project opens with the old or the new, nothing that was saved is lost, and doing it again does it. And before every step of
making an encrypted one: at none of them a word of it lies on the disk."""

import os
import shutil
import signal
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from annotator import backups, ciphered, founding, protecting, secrecy, storage, store
from annotator.errors import AnnotatorError
from annotator.fieldwork import incoming, outgoing
from annotator.project import Project
from tests.conftest import Team
from tests.secret import holders

pytestmark = [
    pytest.mark.usefixtures("cheap_locks"),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork"),
]
OLD, NEW = "the old passphrase", "the new passphrase"
STEPS = [  # all that changes what lies on the disk
    (Path, "replace"),
    (Path, "unlink"),
    (Path, "write_text"),
    (os, "fsync"),
    (ciphered, "turn"),
    (storage, "must_be_alone"),
    (storage, "must_be_folded"),
    (store, "show"),
    (store, "append"),
]
MARKS = ("word of some importance", "Velmar Quandaries")


@pytest.fixture
def team(tmp_path):
    (tmp_path / "original").mkdir()
    made = Team(tmp_path / "original", words="A word of some importance. " * 2000)
    backups.make(made.sue, datetime(2031, 1, 1, tzinfo=UTC))
    ada = made.sit_down("Ada")
    for n in range(20):
        made.code(ada, n * 30, n * 30 + 5, memo="m" * 500)
    made.close()
    return made


def killed_at(step: int, work: Callable[[], object]) -> bool:
    """Lets a process do the work, and kills it before a step. False when it came to its end."""
    child = os.fork()
    if child == 0:
        try:
            os.dup2(os.open(os.devnull, os.O_RDWR), 2)
            _count_down(step)
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _count_down(step: int) -> None:
    left, unlink = [step], Path.unlink

    def counted(function: Callable) -> Callable:
        def run(*words, **more):
            left[0] -= function is not unlink or words[0].exists()
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*words, **more)

        return run

    for home, name in STEPS:
        setattr(home, name, counted(getattr(home, name)))


def opens(path: Path, *passphrases: str) -> None:
    """Unlocks it with one of these, if it is encrypted."""
    secrecy.forget()
    if secrecy.is_encrypted(path):
        for passphrase in passphrases:
            try:
                secrecy.unlock(path, passphrase)
            except AnnotatorError:
                continue
            return
        raise AssertionError(f"{path} opens with none of {passphrases}")


def must_be_whole(path: Path, log: list) -> None:
    """The project and its backup open, and all is there."""
    opens(path, OLD, NEW)
    with Project(path, actor="Sue", device="another") as project:
        assert project.check() == []
        assert project.log() == log
    for one in backups.found(path):
        opens(one.path, OLD, NEW)
        with Project(one.path, actor="Sue", device="another", writing=False) as project:
            assert project.check() == []


WORK = {
    "encrypt": (False, lambda path: protecting.encrypt(path, NEW)),
    "decrypt": (True, protecting.decrypt),
    "rekey": (True, lambda path: protecting.rekey(path, OLD)),
    "passphrase": (True, lambda path: protecting.change_passphrase(path, NEW)),
}


@pytest.mark.parametrize("what", WORK)
def test_killed_at_every_step(team, tmp_path, what):
    is_encrypted, work = WORK[what]
    original = team.sue.path
    if is_encrypted:
        protecting.encrypt(original, OLD)
    with Project(original, actor="Sue", device="another") as project:
        log = project.log()
    step, ended = 0, False
    while not ended:
        step += 1
        folder = tmp_path / f"{step}"
        shutil.copytree(original.parent, folder)
        path = folder / original.name
        opens(path, OLD)
        ended = not killed_at(step, lambda path=path: work(path))
        must_be_whole(path, log)
        _do_again(what, path)
        with Project(path, actor="Sue", device="another") as project:
            assert project.log() == log
        assert not list(folder.glob("*.part*"))
        shutil.rmtree(folder)
    assert step > 6


def _do_again(what: str, path: Path) -> None:
    """What was cut off is done to its end by doing it again."""
    opens(path, OLD, NEW)
    if what == "encrypt" and not secrecy.is_encrypted(path):
        protecting.encrypt(path, NEW)
    if what == "decrypt" and secrecy.is_encrypted(path):
        protecting.decrypt(path)
    if what == "rekey":
        protecting.rekey(path, OLD)
    if what == "passphrase":
        protecting.change_passphrase(path, NEW)
    encrypted = {secrecy.is_encrypted(one) for one in (path, *(one.path for one in backups.found(path)))}
    assert encrypted == {what != "decrypt"}
    if what == "passphrase":
        opens(path, NEW)


def _found_new(path: Path) -> None:
    """A new project, as the window and the command line make one."""
    with protecting.for_new(path, NEW) as secret:
        book = founding.shipped_codebook()
        founding.found(path, name="Velmar Quandaries", supervisor="Sue", device="desk", book=book, secret=secret)


def _accept_new(path: Path) -> None:
    """A project out of an assignment, likewise."""
    with protecting.for_new(path, NEW) as secret:
        incoming.accept(path.with_name("ada.assignment"), path, secret=secret)


@pytest.mark.parametrize("make", [_found_new, _accept_new])
def test_no_word_of_a_project_that_is_made_encrypted_lies_on_the_disk_at_any_step(
    team, tmp_path, machine, monkeypatch, make
):
    sent, temp = tmp_path / "sent.assignment", tmp_path / "temp"
    temp.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temp))
    monkeypatch.setenv("TMPDIR", str(temp))
    with Project(team.sue.path, actor="Sue", device="another") as sue:
        ada = {"coder": team.coders["Ada"], "round": team.round, "documents": [team.document.id]}
        outgoing.assign(sue, **ada, out=sent)
    step, ended, begun = 0, False, 0
    while not ended:
        step += 1
        folder = tmp_path / f"{step}"
        folder.mkdir()
        path = folder / "made.annotator"
        if make is _accept_new:
            shutil.copyfile(sent, path.with_name("ada.assignment"))
        ended = not killed_at(step, lambda path=path: make(path))
        path.with_name("ada.assignment").unlink(missing_ok=True)
        assert holders(MARKS, folder, temp, machine) == set()
        begun += any(one.stat().st_size > 4096 for one in folder.glob("made.annotator.part*"))
        assert secrecy.is_encrypted(path) or not path.exists()
        shutil.rmtree(folder)
    assert step > 6
    assert begun > 1  # so there was something to look at
    incoming.accept(sent, tmp_path / "plain.annotator")
    assert holders(MARKS, tmp_path) == {
        "plain.annotator",
        "sent.assignment",
        "team.annotator",
        "20310101-000000.annotator",
    }
