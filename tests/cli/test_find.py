"""find on the command line."""

import csv
import io

import pytest

from annotator import editing
from annotator.model import Change, Edit
from tests.conftest import document


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


def spans(command, path, *words):
    ran = command("find", path, *words, "--format", "json")
    assert ran.err == ""
    return [(hit["start"], hit["end"]) for hit in ran.json()["hits"]]


@pytest.fixture
def varied(team):
    """Two of Ada's annotations, which differ in all that can be asked; and a document of another language and speaker."""
    noun, contents = document("Niemand denies es.", title="Other", language="de-AT", details={"speaker": "The Consul"})
    team.sue.apply(Change("import documents", (Edit(None, noun),)), contents=contents)
    ada = team.sit_down("Ada")
    _, one = team.code(ada, 0, 23, certainty=0.25)
    team.code(ada, 24, 60, "offer", certainty=0.95)
    ada.apply(editing.set_attribute(ada, one, team.attributes["stance"].id, "-1"))
    team.close()
    return team.sue.path


def test_every_condition_of_the_window_can_be_asked(command, varied):
    first, second = (0, 23), (24, 60)
    assert spans(command, varied, "--attribute", "stance=cool") == [first]
    assert spans(command, varied, "--attribute", "Stance") == [first]
    assert spans(command, varied, "--attribute", "stance=warm") == []
    assert spans(command, varied, "--certainty", "..0.5") == [first]
    assert spans(command, varied, "--certainty", "0.5..") == [second]
    assert spans(command, varied, "--certainty", "0.25") == [first]
    assert spans(command, varied, "--round", "Reliability") == [first, second]
    assert spans(command, varied, "--round", "Main") == []
    assert spans(command, varied, "denies", "--language", "de") == [(8, 14)]
    assert spans(command, varied, "denies", "--language", "DE-at") == [(8, 14)]
    assert spans(command, varied, "denies", "--language", "d") == []
    assert spans(command, varied, "denies", "--speaker", "the consul") == [(8, 14)]


def test_a_family_means_all_codes_below_it_and_uncoded_means_not_coded_so(command, varied):
    assert spans(command, varied, "--code", "Moves") == [(0, 23), (24, 60)]
    assert spans(command, varied, "denies", "--uncoded", "--code", "Moves") == [(8, 14)]
    assert spans(command, varied, "denies", "--uncoded", "--code", "Offer of dialogue") == [(13, 19), (8, 14)]


def test_what_cannot_be_found_is_told(command, coded):
    assert "Say what to find" in command("find", coded).err
    assert "no regular expression" in command("find", coded, "(", "--pattern").err
    assert "nearest" in command("find", coded, "--code", "Denia").err
    assert command("find", coded, "--coder", "Zoe").code == 1
    assert "no attribute called mood" in command("find", coded, "--attribute", "mood=bad").err.lower()
    assert "no speaker called Zoe" in command("find", coded, "the", "--speaker", "Zoe").err
    assert command("find", coded, "--certainty", "2..").code == 2
    assert command("find", coded, "--certainty", "..").code == 2
