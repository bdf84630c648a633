"""find on the command line."""

import csv
import io

import pytest


@pytest.fixture
def coded(team):
    ada = team.sit_down("Ada")
    team.code(ada, 0, 23, memo="Odd")
    team.close()
    return team.sue.path


def test_words_with_what_stands_around(command, coded):
    ran = command("find", coded, "denies")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "A statement, 13: The republic [denies] it. The ministry accuses its neighbour. Talks may begin.",
        "1 hits in 1 documents.",
    ]
    assert command("find", coded, "DENIES", "--case").out == "0 hits in 0 documents.\n"


def test_formats_for_programs(command, coded):
    told = command("find", coded, r"t\w+s", "--pattern", "--format", "json").json()
    assert told["schema"] == "annotator-find/1"
    assert [hit["words"] for hit in told["hits"]] == ["Talks"]
    rows = list(csv.DictReader(io.StringIO(command("find", coded, "the", "--whole", "--format", "csv").out)))
    assert [(row["start"], row["end"]) for row in rows] == [("0", "3"), ("24", "27")]


def test_annotations_by_conditions_under_the_same_rights(command, coded):
    (hit,) = command("find", coded, "--code", "Denial", "--format", "json").json()["hits"]
    assert hit["words"] == "The republic denies it."
    assert hit["annotation"]
    assert command("find", coded, "--memo", "odd", "--coder", "ada", "--format", "json").json()["hits"]
    assert command("find", coded, "--code", "Denial", "--format", "json", by="Ben").json()["hits"] == []
    assert command("find", coded, "talks", "--uncoded", "--format", "json").json()["hits"]


def test_what_cannot_be_found_is_told(command, coded):
    assert "Say what to find" in command("find", coded).err
    assert "no regular expression" in command("find", coded, "(", "--pattern").err
    assert "nearest" in command("find", coded, "--code", "Denia").err
    assert command("find", coded, "--coder", "Zoe").code == 1
