"""In a blind round no read of a coder returns anything of another, until a supervisor reveals it."""

import inspect
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import product

import pytest

from annotator import editing
from annotator.cli import main
from annotator.errors import Refused
from annotator.interchange.annotation_table import plan
from annotator.model import NOUNS
from annotator.project import Project
from annotator.text import Span

WRITES = {"apply", "apply_all", "receive", "index_texts", "close", "back_up", "fold", "people"}
READS = sorted(
    name
    for name, member in inspect.getmembers(Project, inspect.isfunction)
    if not name.startswith("_") and name not in WRITES
)


def everything_read(project, team, objects) -> str:
    """What every public read of Project returns, with every argument it could take."""
    choices = {
        "kind": NOUNS,
        "document": [team.document.id],
        "object": objects,
        "id": objects,
        "hashes": [[team.document.text]],
        "ids": [objects],
        "devices": [["desk"]],
        "documents": [[team.document.id]],
        "round": [team.round.id],
        "coder": [coder.id for coder in team.coders.values()],
        "people": [[coder.id for coder in team.coders.values()]],
        "change": objects,
        "words": ["SECRET"],
        "whole": [True, False],
        "number": [1],
        "hash": ["0" * 64],
    }
    answers = []
    for name in READS:
        read = getattr(project, name)
        needed = [p.name for p in inspect.signature(read).parameters.values() if p.default is p.empty]
        answers += [answer(read, given) for given in product(*(choices[name] for name in needed))]
    return repr(answers)


def answer(read, arguments):
    try:
        read_now = read(*arguments)
        return list(read_now) if isinstance(read_now, Iterator) else read_now
    except Refused as refusal:
        return str(refusal)


def shared_file(team) -> list[str]:
    """One file with the work of Ben (who retracts one thing) and of Ada; answers the ids of what is Ben's."""
    ben = team.sit_down("Ben")
    _, one = team.code(ben, 4, 12, memo="SECRET words of Ben")
    _, gone = team.code(ben, 0, 3, memo="SECRET and retracted")
    ben.apply(editing.retract(gone))
    ben.apply(editing.write_memo(ben, about=team.document.id, words="SECRET memo"))
    ben.apply(editing.mark_done(ben, document=team.document.id, round=team.round.id))
    marks = [one.id, gone.id, ben.nouns("memo")[-1].id, *(step for step, _ in ben.undo_steps())]
    ada = team.sit_down("Ada")
    team.code(ada, 20, 25, memo="Ada's own")
    return marks


def test_no_read_returns_anything_of_another_in_a_blind_round(team):
    marks = shared_file(team)
    assert {"history", "coded_spans", "said", "log", "change", "undo_steps"} <= {*READS}
    answers = everything_read(team.sit_down("Ada"), team, marks)
    assert "Ada's own" in answers
    assert "SECRET" not in answers
    assert not any(mark in answers for mark in marks)
    assert "SECRET" in everything_read(team.sit_down("Sue"), team, marks)


def test_what_is_said_of_annotations_is_blind_and_of_one_document_and_round(team):
    ben = team.sit_down("Ben")
    _, his = team.code(ben, 4, 12, memo="SECRET words of Ben", certainty=0.3)
    ada = team.sit_down("Ada")
    _, hers = team.code(ada, 20, 25, memo="Ada's own")
    assert ada.said(team.document.id, team.round.id) == {hers.id: (None, "Ada's own", {})}
    assert ada.said(team.document.id, "another round") == {}
    said = team.sit_down("Sue").said(team.document.id, team.round.id)
    assert said == {hers.id: (None, "Ada's own", {}), his.id: (0.3, "SECRET words of Ben", {})}


def test_a_supervisor_reveals_and_the_log_says_so(team):
    shared_file(team)
    ada = team.sit_down("Ada")
    assert len(ada.annotations(team.document.id)) == 1
    with pytest.raises(Refused, match="Only a supervisor"):
        ada.must_compare()
    sue = team.sit_down("Sue")
    sue.must_compare()
    for one in sue.nouns("round"):
        sue.apply(editing.reveal(one))
    assert [r.label for r in sue.history(team.round.id)] == ["add round", "reveal"]
    ada = team.sit_down("Ada")
    assert "SECRET words of Ben" in repr(ada.annotations(team.document.id))
    ada.must_compare()


def test_a_coder_reads_the_history_of_what_was_imported_for_them(team):
    change = editing.annotate(
        team.sue,
        document=team.document.id,
        code=team.codes["denial"].id,
        spans=[Span(0, 3)],
        round=team.round.id,
        coder=team.coders["Ada"].id,
    )
    team.sue.apply(change)
    assert len(team.sit_down("Ada").history(change.edits[0].object)) == 1
    assert team.sit_down("Ben").history(change.edits[0].object) == []


def test_the_log_does_not_tell_whom_others_named(team):
    """That Ben put Velmar into the registry while coding tells what Ben found."""
    ben = team.sit_down("Ben")
    ben.apply(editing.add_entity(ben, "Velmar"))
    [velmar] = ben.nouns("entity")
    ada = team.sit_down("Ada")
    assert ada.nouns("entity") == [velmar]
    assert ada.history(velmar.id) == []
    assert velmar.id not in repr(ada.log())
    assert len(team.sit_down("Sue").history(velmar.id)) == 1


def test_a_check_of_a_damaged_file_tells_a_coder_nothing_of_others(team):
    marks = shared_file(team)
    team.close()
    with closing(sqlite3.connect(team.sue.path)) as connection, connection:
        connection.execute("UPDATE annotation SET quotes = '[\"SECRET quote\"]', attributes = '{\"gone\":1}'")
        connection.execute("DELETE FROM round")
    ada = team.sit_down("Ada")
    told = "\n".join(map(str, ada.check()))
    assert not any(mark in repr([one.values for one in ada.check()]) for mark in marks)
    assert "quotes “SECRET quote”" in told
    assert "Ben" not in told
    whole = "\n".join(map(str, team.sit_down("Sue").check()))
    assert "An annotation by Ben" in whole


def test_a_coder_is_not_told_by_refusals_what_others_did(team):
    marks = shared_file(team)
    ada = team.sit_down("Ada")
    assert ada.lost([team.document.id]) == set()
    for kind in NOUNS:
        for id in marks:
            with pytest.raises(Refused, match="no such"):
                ada.noun(kind, id)
    table = "document,coder,code,start,end\nA statement,Ben,Denial,4,12\n"
    made = plan(ada, table.encode(), round=team.round)
    assert (made.annotations, made.known) == (1, 0)


VERBS = ("history", "export", "check", "agreement", "codebook", "import-annotations")


@pytest.mark.parametrize("verb", VERBS)
def test_the_command_line_obeys_too(team, tmp_path, capsys, verb):
    shared_file(team)
    team.close()
    out, table = tmp_path / "out.csv", tmp_path / "in.csv"
    table.write_text("document,coder,code,start,end\nA statement,Ada,Denial,4,12\nA statement,Ben,Denial,4,12\n")
    more = {"export": [out], "import-annotations": [table, "--dry-run"], "history": ["--limit", 0]}.get(verb, [])
    main(["--as", "Ada", verb, str(team.sue.path), *map(str, more)])
    said = "".join(capsys.readouterr()) + (out.read_text() if out.exists() else "")
    assert "SECRET" not in said
    assert "Ben," not in said
    assert ("Only a supervisor" in said) == (verb == "agreement")
    assert ("2 annotations would go into" in said) == (verb == "import-annotations")
