"""Encrypted projects and sealed packages on the command line: passphrases come from nobody's screen and no command's words."""

import os
import sys

import pytest

from annotator import backups, locks, secrecy
from annotator.cli import asking
from annotator.fieldwork import sealing
from tests.cli.conftest import Command, Ran
from tests.secret import PASSPHRASE

pytestmark = pytest.mark.usefixtures("cheap_locks")


@pytest.fixture
def told(command: Command, tmp_path, monkeypatch):
    """Runs a command that reads these passphrases from a file."""

    def run(passphrases: list[str], *words: object, by: str = "Sue") -> Ran:
        place = tmp_path / "passphrases.txt"
        place.write_text("\n".join(passphrases), encoding="utf-8")
        monkeypatch.setenv(asking.FILE, str(place))
        try:
            return command(*words, by=by)
        finally:
            monkeypatch.delenv(asking.FILE)
            place.unlink()

    return run


@pytest.fixture
def typed(monkeypatch):
    """A person at a terminal who types these, one after the other. Returns what they were asked."""
    asked, answers = [], []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return answers.pop(0)

    def begin(*words: str) -> list[str]:
        asked.clear()
        answers[:] = words
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
        monkeypatch.setattr(asking.getpass, "getpass", ask)
        return asked

    return begin


def test_encrypting_prints_the_recovery_code_alone_and_every_verb_asks(told, command, project):
    ran = told([PASSPHRASE], "encrypt", project)
    assert ran.code == 0
    code = ran.out.strip()
    assert locks.secret_of_code(code)
    assert "Its key file lies beside it" in ran.err
    for verb in ("check", "history", "progress", "find", "codebook", "contested"):
        words = (verb, project, *(["claim"] if verb == "find" else []))
        assert told([PASSPHRASE], *words).code == 0
        nobody = command(*words)
        assert nobody.code == 1
        assert "there is no terminal to ask" in nobody.err
    wrong = told(["something else"], "check", project)
    assert (wrong.code, wrong.out) == (1, "")
    assert "This is not the passphrase of" in wrong.err
    assert told([PASSPHRASE], "recovery-code", project).out.strip() == code


def test_a_person_is_asked_twice_for_a_new_one_and_may_try_an_old_one_again(command, typed, project):
    asked = typed(PASSPHRASE, "another")
    assert "two different passphrases" in command("encrypt", project).err
    assert asked == [f"New passphrase of {project.name}: ", "Once more: "]
    typed(PASSPHRASE, PASSPHRASE)
    assert command("encrypt", project).code == 0
    asked = typed("wrong one", PASSPHRASE)
    ran = command("check", project)
    assert ran.code == 0
    assert "not the passphrase" in ran.err
    assert len(asked) == 2
    typed(*["wrong one"] * 9)
    assert command("check", project).code == 1


def test_a_descriptor_is_read(command, project):
    def through(words: str, *verb: object) -> Ran:
        reading, writing = os.pipe()
        os.write(writing, words.encode())
        os.close(writing)
        try:
            return command("--passphrase-fd", reading, *verb)
        finally:
            os.close(reading)

    assert through(f"{PASSPHRASE}\n", "encrypt", project).code == 0
    assert through(f"{PASSPHRASE}\nanother passphrase\n", "passphrase", project).code == 0
    assert through("another passphrase", "check", project).code == 0
    assert "could not be read" in command("--passphrase-fd", 987, "check", project).err


def test_decrypt_rekey_and_a_forgotten_passphrase(told, project):
    code = told([PASSPHRASE], "encrypt", project).out.strip()
    assert told([code, "a new passphrase"], "passphrase", project, "--recovery-code").code == 0
    assert told([PASSPHRASE], "check", project).code == 1
    again = told(["a new passphrase"], "rekey", project)
    assert again.code == 0
    assert again.out.strip() not in ("", code)
    assert "from before" in told([code, "x" * 9], "passphrase", project, "--recovery-code").err
    done = told(["a new passphrase"], "decrypt", project)
    assert done.code == 0
    assert done.out == ""
    assert not secrecy.is_encrypted(project)


def test_backups_are_made_listed_restored_and_told_of(told, command, project, tmp_path):
    assert command("backups", project, "--make").code == 0
    kept = told([PASSPHRASE], "encrypt", project, "--copies", "keep")
    assert f"{backups.found(project)[0].path} stayed as it was" in kept.err
    assert told([PASSPHRASE], "decrypt", project).code == 0
    assert "1 backup deleted" in told([PASSPHRASE], "encrypt", project, "--copies", "delete").err
    assert told([PASSPHRASE], "backups", project, "--make").code == 0
    assert told([PASSPHRASE], "backups", project, "--restore", 1, "--out", tmp_path / "old.annotator").code == 0
    assert told([PASSPHRASE], "check", tmp_path / "old.annotator").code == 0
    assert "written anew" in told([PASSPHRASE], "rekey", project).err


def test_rescue_asks_and_leaves_it_encrypted(told, project, tmp_path):
    told([PASSPHRASE], "encrypt", project)
    data = project.read_bytes()
    project.write_bytes(data[:8192] + bytes(4096) + data[12288:])
    target = tmp_path / "rescued.annotator"
    told([PASSPHRASE], "rescue", project, "--out", target)
    assert secrecy.is_encrypted(target)
    assert told([PASSPHRASE], "check", target).code == 0


def test_a_pdf_is_drawn_by_a_process_that_is_told_the_secret_past_its_command(told, project, tmp_path):
    told([PASSPHRASE], "encrypt", project)
    out = tmp_path / "strait.pdf"
    ran = told([PASSPHRASE], "export", project, out, "--document", "strait.txt")
    assert ran.code == 0, ran.err
    assert out.read_bytes().startswith(b"%PDF")


def test_sealed_packages_go_round(told, command, project, tmp_path):
    """Out with a passphrase into an encrypted project, back to the key of the supervisor's machine, out again to Ada's."""
    told([PASSPHRASE], "encrypt", project)
    people = tmp_path / "codings.csv"
    people.write_text("document,coder,code,start,end\nstrait.txt,Ada,,,\n", encoding="utf-8")
    from annotator import editing
    from annotator.project import Project

    secrecy.unlock(project, PASSPHRASE)
    with Project(project, actor="Sue", device="desk") as sue:
        sue.apply(editing.add_coder("Ada"))
    out = tmp_path / "ada.assignment"
    words = ("assign", project, "--coder", "Ada", "--documents", "strait.txt", "--out", out, "--seal")
    nobody = told([PASSPHRASE], *words, "key")
    assert "No key of Ada is known here yet" in nobody.err
    assert told([PASSPHRASE, "on the phone"], *words, "passphrase").code == 0
    data = out.read_bytes()
    assert data.startswith(sealing.MAGIC)
    assert b"Ada" not in data
    laptop = tmp_path / "ada.annotator"
    assert "This is not the passphrase of ada.assignment" in told(["wrong one"], "accept", out, laptop, by="Ada").err
    accepted = told(["a laptop's own", "on the phone"], "accept", out, laptop, "--encrypt", by="Ada")
    assert accepted.code == 0, accepted.err
    assert secrecy.is_encrypted(laptop)
    assert locks.secret_of_code(accepted.out.strip().split("\n")[-1])
    assert told(["a laptop's own"], "progress", laptop, by="Ada").code == 0
    secrecy.unlock(laptop, "a laptop's own")
    with Project(laptop, actor="Ada", device="x") as ada:
        (document,) = ada.nouns("document")
        ada.apply(editing.mark_done(ada, document=document.id, round=ada.nouns("round")[0].id))
    back = tmp_path / "ada.coded"
    assert told(["a laptop's own"], "hand-in", laptop, "--out", back, "--seal", "key", by="Ada").code == 0
    assert sealing.is_sealed(back.read_bytes())
    received = told([PASSPHRASE], "receive", project, back)
    assert received.code == 0, received.err
    assert "from Ada" in received.out
    altered = bytearray(back.read_bytes())
    altered[-5] ^= 1
    back.write_bytes(altered)
    assert "altered or damaged" in told([PASSPHRASE], "receive", project, back).err


def test_a_package_sealed_for_another_machine_says_so(told, command, project, tmp_path, monkeypatch):
    from annotator.fieldwork import archive

    path = tmp_path / "x.coded"
    archive.write(path, b"{}", b"", [], sealing.Seal(devices=(locks.public_of(bytes(range(32))),)))
    ran = command("receive", project, path)
    assert ran.code == 1
    assert "sealed for the key of another machine" in ran.err


def test_a_new_project_is_encrypted_at_once(told, tmp_path):
    path = tmp_path / "new.annotator"
    ran = told([PASSPHRASE], "new", path, "--encrypt")
    assert ran.code == 0
    assert locks.secret_of_code(ran.out.strip().split("\n")[-1])
    assert told([PASSPHRASE], "check", path).code == 0


def test_a_supervisor_helps_with_the_key_of_their_machine(told, command, project, tmp_path):
    """Of a person who is known by a package, the machine's key opens a project that was encrypted for them."""
    from annotator import settings
    from annotator.fieldwork import keys

    told([PASSPHRASE], "encrypt", project)
    assert "not encrypted for a key of this machine" in told(["x" * 9], "passphrase", project, "--this-machine").err
    secrecy.unlock(project, PASSPHRASE)
    from annotator import protecting

    protecting.decrypt(project)
    mine = keys.public_key(settings.load().device("Sue"))
    protecting.encrypt(project, PASSPHRASE, devices=[mine])
    assert told(["x" * 9], "passphrase", project, "--this-machine").code == 0
    assert told(["x" * 9], "check", project).code == 0


def test_encrypt_for_a_person_lets_their_machine_open_it(told, command, project, tmp_path):
    """Her machine is known once a package came from it."""
    from annotator import editing
    from annotator.fieldwork import incoming, outgoing
    from annotator.project import Project

    out, back, laptop = (tmp_path / f"ada.{ending}" for ending in ("assignment", "coded", "annotator"))
    with Project(project, actor="Sue", device="desk") as sue:
        sue.apply(editing.add_coder("Ada"))
    nobody = told([PASSPHRASE], "encrypt", project, "--for", "Ada")
    assert nobody.code == 1
    assert "No key of Ada is known here yet" in nobody.err
    assert not secrecy.is_encrypted(project)
    assert "no coder called Zoe" in told([PASSPHRASE], "encrypt", project, "--for", "Zoe").err
    assert command("assign", project, "--coder", "Ada", "--documents", "strait.txt", "--out", out).code == 0
    incoming.accept(out, laptop)
    with Project(laptop, actor="Ada", device="her laptop") as ada:
        (document,) = ada.nouns("document")
        ada.apply(editing.mark_done(ada, document=document.id, round=ada.nouns("round")[0].id))
        outgoing.hand_in(ada, back)
    assert command("receive", project, back).code == 0
    assert told([PASSPHRASE], "encrypt", project, "--for", "Ada").code == 0
    secrecy.forget()
    from annotator.fieldwork import keys

    devices = [one["key"] for one in secrecy.found(project, secrecy.head(project) or "") if one["by"] == "device"]
    assert devices == [keys.public_key("her laptop")]
    assert told(["x" * 9], "passphrase", project, "--this-machine").code == 0
    assert told(["x" * 9], "check", project).code == 0


def test_an_assignment_from_an_encrypted_project_says_so_and_the_window_asks(
    told, command, project, tmp_path, monkeypatch
):
    from annotator import editing, screen
    from annotator.cli import window
    from annotator.project import Project

    told([PASSPHRASE], "encrypt", project)
    secrecy.unlock(project, PASSPHRASE)
    with Project(project, actor="Sue", device="desk") as sue:
        sue.apply(editing.add_coder("Ada"))
    out, sealed = tmp_path / "ada.assignment", tmp_path / "sealed.assignment"
    words = ("assign", project, "--coder", "Ada", "--documents", "strait.txt", "--out")
    assert told([PASSPHRASE], *words, out).code == 0
    assert told([PASSPHRASE, "on the phone"], *words, sealed, "--seal", "passphrase").code == 0
    shown = []
    monkeypatch.setattr(screen, "must_be_there", lambda: None)
    monkeypatch.setattr(window, "show", lambda path, name: shown.append(path) or 0)
    for path in (out, sealed):
        assert command("open", path).code == 0
        assert not path.with_suffix(".annotator").exists()
    assert shown == [out, sealed]
    plain = tmp_path / "plain.annotator"
    assert "comes from an encrypted project" in told([], "accept", out, plain).err
    shut = out.with_suffix(".annotator")
    assert "comes from" not in told([PASSPHRASE], "accept", out, shut, "--encrypt").err
    secrecy.forget()
    assert command("open", out).code == 0  # which goes into what is locked
    assert shown == [out, sealed, out]
