"""Work out and back on the command line."""

import csv
import io
import shutil
import zipfile
from pathlib import Path

import pytest

from annotator import screen
from annotator.cli import main, window
from annotator.project import Project
from tests.cli.conftest import Command, Ran


class Work:
    """A supervisor's project with three coders, and commands on it."""

    def __init__(self, command: Command, project: Path, folder: Path):
        self.command, self.project, self.folder = command, project, folder
        with Project(project, actor="Sue", device="desk") as sue:
            from annotator import editing

            for name in ("Ada", "Ben"):
                sue.apply(editing.add_coder(name))

    def path(self, name: str) -> Path:
        return self.folder / name

    def assign(self, name: str = "Ada", *more: object) -> Ran:
        out = self.path(f"{name}.assignment")
        return self.command("assign", self.project, "--coder", name, "--out", out, *more)

    def accept(self, name: str = "Ada") -> Ran:
        return self.command("accept", self.path(f"{name}.assignment"), self.path(f"{name}.annotator"))

    def code(self, name: str = "Ada", start: int = 15, end: int = 34) -> None:
        """Codes the sentence “The claim is false.” or other words of strait.txt on a coder's own project."""
        table = self.path(f"{name}.csv")
        table.write_text(f"document,coder,code,start,end\nstrait.txt,{name},Denial,{start},{end}\n", encoding="utf-8")
        project = self.path(f"{name}.annotator")
        assert self.command("import-annotations", project, table, "--state", "in-progress", by=name).code == 0

    def hand_in(self, name: str = "Ada") -> Ran:
        return self.command("hand-in", self.path(f"{name}.annotator"), "--out", self.path(f"{name}.coded"), by=name)

    def receive(self, *names: str, by: str = "Sue", more: tuple[object, ...] = ()) -> Ran:
        return self.command("receive", self.project, *(self.path(f"{name}.coded") for name in names), *more, by=by)


@pytest.fixture
def work(command, project, tmp_path) -> Work:
    return Work(command, project, tmp_path)


@pytest.fixture
def back(work) -> Work:
    """Ada's work lies ready to be taken in."""
    work.assign("Ada", "--documents", "strait.txt")
    work.accept()
    work.code()
    work.hand_in()
    return work


def word_in(words: str) -> str:
    return words.partition("Check word: ")[2].partition(".")[0]


def test_out_and_back(work):
    ran = work.assign("Ada", "--documents", "strait.txt")
    assert (ran.code, ran.err) == (0, "")
    assert "is for Ada: 1 document, 0 annotations, 0 done." in ran.out
    accepted = work.accept()
    assert "is ready for Ada: 1 document" in accepted.out
    assert "the key of Sue is seen here for the first time" in accepted.err
    assert word_in(accepted.out) == word_in(ran.out) != ""
    work.code()
    handed = work.hand_in()
    assert "holds the work of Ada: 1 document, 1 annotation, 0 done." in handed.out
    tried = work.receive("Ada", more=("--dry-run",))
    assert "would go into" in tried.out
    received = work.receive("Ada")
    assert received.out.startswith("Ada.coded, from Ada, codebook version 1: 1 new, 0 known. Check word: ")
    assert word_in(received.out) == word_in(handed.out)
    assert "1 new step went into" in received.out
    assert "0 new, 1 known" in work.receive("Ada").out
    assert work.command("check", work.project, "--rebuild").code == 0
    assert "The claim is false." in work.command("find", work.project, "--code", "Denial").out


def test_json_for_programs(back):
    told = back.receive("Ada", more=("--format", "json")).json()
    assert told["schema"] == "annotator-receive/1"
    (one,) = told["packages"]
    assert {"file", "coder", "revisions", "new", "known", "contested", "orphans", "gaps"} <= one.keys()
    assert (one["file"], one["coder"], one["codebook"], one["new"], one["gaps"]) == ("Ada.coded", "Ada", 1, 1, [])
    assert told["totals"]["new"] == 1
    assert [note["key"] for note in told["notes"]] == ["package.new_key"]
    again = back.receive("Ada", more=("--format", "json")).json()
    assert (again["totals"]["new"], again["totals"]["known"]) == (0, 1)


def test_json_says_what_is_contested_lost_and_missing(back):
    """Two machines with one annotation changed on both, and a hole in the numbers of one: the shape is as it was promised."""
    from annotator import editing

    assert back.receive("Ada").code == 0
    assert back.assign("Ada").code == 0
    assert back.command("accept", back.path("Ada.assignment"), back.path("second.annotator")).code == 0
    for name, device, memos in (("Ada", "lap", ["here"]), ("second", "another", ["a", "b", "there"])):
        with Project(back.path(f"{name}.annotator"), actor="Ada", device=device) as ada:
            for memo in memos:
                (one,) = ada.annotations(ada.nouns("document")[0].id)
                ada.apply(editing.set_memo(one, memo))
        out = back.path(f"{name}.coded")
        assert back.command("hand-in", back.path(f"{name}.annotator"), "--out", out, by="Ada").code == 0
    _lose_a_step(back.path("second.coded"), "another")
    tried = back.receive("Ada", "second", more=("--format", "json", "--dry-run")).json()
    with Project(back.project, actor="Sue", device="desk", writing=False) as sue:
        before = sue.log()
        assert sue.contested() == {}
    told = back.receive("Ada", "second", more=("--format", "json")).json()
    assert (tried.pop("dry_run"), told.pop("dry_run")) == (True, False)
    assert tried == told
    with Project(back.project, actor="Sue", device="desk", writing=False) as sue:
        assert len(sue.log()) == len(before) + told["totals"]["new"]
    one, other = told["packages"]
    names = ["file", "coder", "revisions", "new", "known", "contested", "orphans", "gaps"]
    assert all(
        [type(each[name]) for name in names] == [str, str, int, int, int, int, int, list] for each in (one, other)
    )
    assert [(each["file"], each["coder"], each["contested"]) for each in (one, other)] == [
        ("Ada.coded", "Ada", 1),
        ("second.coded", "Ada", 1),
    ]
    assert (one["gaps"], other["gaps"]) == ([], [{"device": "another", "first": 2, "last": 2}])
    assert told["schema"] == "annotator-receive/1"
    assert told["totals"] == {
        name: one[name] + other[name]
        for name in ("revisions", "new", "known", "changed", "contested", "orphans", "barred", "purged")
    }


def _lose_a_step(path: Path, device: str) -> None:
    """Takes the second step of a device out of a package, as its own machine would have signed it."""
    from tests.fieldwork.test_altered import in_log, made_again

    def lose(lines: list[bytes]) -> list[bytes]:
        return [line for line in lines if not (f'"device":"{device}"'.encode() in line and b'"seq":2' in line)]

    def alter(manifest: dict, members: dict[str, bytes]) -> None:
        in_log(members, lose)
        manifest["counts"]["revisions"] -= 1

    signer = _signer(path)
    made_again(path, alter, device=signer).replace(path)


def _signer(path: Path) -> str:
    import json

    with zipfile.ZipFile(path) as made:
        return json.loads(made.read("manifest.json"))["sender"]["device"]


def test_the_preview_is_read_by_any_program(back):
    with zipfile.ZipFile(back.path("Ada.coded")) as made:
        data = made.read("preview.csv")
    assert data.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    assert (row["document"], row["coder"], row["code"], row["quote"]) == (
        "strait.txt",
        "Ada",
        "Denial",
        "The claim is false.",
    )


def test_what_is_not_whole_is_named_and_the_rest_goes_in(back):
    back.path("Ben.coded").write_bytes(back.path("Ada.coded").read_bytes()[:-30])
    ran = back.receive("Ben", "Ada")
    assert (ran.code, "annotator: Ben.coded is cut short" in ran.err) == (1, True)
    assert "1 new step went into" in ran.out
    assert "1 file not taken in" in ran.out
    assert back.receive("Zoe").err.startswith("annotator: There is no package at")


def test_a_coder_receives_only_their_own(back):
    back.command(
        "assign", back.project, "--coder", "Ben", "--documents", "strait.txt", "--out", back.path("Ben.assignment")
    )
    back.accept("Ben")
    ran = back.command("receive", back.path("Ben.annotator"), back.path("Ada.coded"), by="Ben")
    assert (ran.code, "Only a supervisor receives the work of others" in ran.err) == (1, True)
    ran = back.command("receive", back.path("Ada.annotator"), back.path("Ada.coded"), by="Ada")
    assert "0 new, 1 known" in ran.out


def test_the_documents_that_are_named_are_handed_out_first(work):
    assert "Ada has no documents in the round Main" in work.assign().err
    assert work.assign("Ada", "--documents", "strait.txt", "--round", "Main").code == 0
    assert work.assign().code == 0
    with Project(work.project, actor="Sue", device="desk", writing=False) as sue:
        assert len(sue.nouns("assignment")) == 1


def test_words_that_do_not_fit(work, back):
    for words, told in (
        (("accept", work.path("Ada.coded"), work.path("new.annotator")), "not an assignment"),
        (("accept", work.path("Ada.assignment"), work.path("new.db")), "Call the project"),
        (("hand-in", work.path("Ada.annotator"), "--out", work.path("a.zip")), "Call the file a.coded"),
        (("receive", work.project, work.project), "is no package of Annotator"),
        (("hand-in", work.project, "--out", work.path("b.coded")), "Nobody called"),
    ):
        ran = work.command(*words, by="Zoe" if "b.coded" in str(words) else "Ada" if words[0] == "hand-in" else "Sue")
        assert (ran.code, told in ran.err) == (1, True), ran.err
    assert not work.path("new.db").exists()
    assert not list(work.folder.glob("*.part"))


def test_nothing_done_is_nothing_to_hand_in(work):
    work.assign("Ada", "--documents", "strait.txt")
    work.accept()
    assert "Ada has done nothing yet" in work.hand_in().err


def test_merge(back, tmp_path):
    copy = tmp_path / "copy.annotator"
    shutil.copy(back.project, copy)
    assert back.command("receive", copy, back.path("Ada.coded")).code == 0
    assert "would go into" in back.command("merge", back.project, copy, "--dry-run").out
    told = back.command("merge", back.project, copy, "--format", "json").json()
    assert (told["packages"][0]["file"], told["totals"]["new"]) == ("copy.annotator", 1)
    assert "0 new" in back.command("merge", back.project, copy).out
    assert "There is no project" in back.command("merge", back.project, tmp_path / "none.annotator").err


def test_an_assignment_is_opened_beside_itself(work, monkeypatch):
    work.assign("Ada", "--documents", "strait.txt")
    shown = []
    monkeypatch.setattr(screen, "must_be_there", lambda: None)
    monkeypatch.setattr(window, "show", lambda path, name: shown.append((path, name)) or 0)
    ran = work.command("open", work.path("Ada.assignment"))
    assert (ran.code, "Ada.annotator is ready for Ada" in ran.out) == (0, True)
    assert main([str(work.path("Ada.assignment"))]) == 0
    assert shown == [(work.path("Ada.annotator"), "Ada")] * 2


def test_an_assignment_that_lies_where_nothing_can_be_written_is_opened_in_the_documents(tmp_path, monkeypatch):
    from annotator.fieldwork import incoming

    monkeypatch.setattr("os.access", lambda path, mode: False)
    monkeypatch.setattr("platformdirs.user_documents_path", lambda: tmp_path / "Documents")
    assert incoming.beside(tmp_path / "a.assignment") == tmp_path / "Documents" / "a.annotator"


def test_what_is_contested_is_listed_and_decided(back):
    from annotator import editing

    assert back.receive("Ada").code == 0
    assert back.command("contested", back.project).out == "Nothing is contested.\n"
    back.assign("Ada")
    second = back.path("second.annotator")
    assert back.command("accept", back.path("Ada.assignment"), second).code == 0
    for path, device, memo in ((back.path("Ada.annotator"), "lap", "here"), (second, "desk", "there")):
        with Project(path, actor="Ada", device=device) as ada:
            (one,) = ada.annotations(ada.nouns("document")[0].id)
            ada.apply(editing.set_memo(one, memo))
    back.hand_in()
    assert back.command("hand-in", second, "--out", back.path("second.coded"), by="Ada").code == 0
    ran = back.command("receive", back.project, back.path("Ada.coded"), back.path("second.coded"))
    assert "1 contested" in ran.out
    assert "see annotator contested" in ran.err
    ran = back.command("contested", back.project)
    assert ran.out.splitlines()[0] == f"annotation {one.id} in On the strait"
    assert "Ada on another machine" in ran.out
    assert "Denial on “The claim is false.”, memo “here”" in ran.out
    told = back.command("contested", back.project, "--format", "json").json()
    assert [side["side"] for side in told["contested"][0]["sides"]] == [1, 2]
    assert "There are 2 sides" in back.command("contested", back.project, "--settle", one.id, "--keep", "3").err
    assert "Nothing that is contested" in back.command("contested", back.project, "--settle", "x").err
    assert back.command("contested", back.project, "--settle", one.id, "--keep", "2").out == "Decided: side 2 holds.\n"
    assert back.command("contested", back.project).out == "Nothing is contested.\n"
    with Project(back.project, actor="Sue", device="desk", writing=False) as sue:
        assert [each.memo for each in sue.annotations(one.document)] == ["there"]
