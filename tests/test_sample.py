"""The sample project says what it is for: three coders, one document under way, missing apart from empty."""

from pathlib import Path

import pytest

from annotator import paths, sample
from annotator.errors import Refused
from annotator.interchange import annotation_table
from annotator.project import Project


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return sample.make(tmp_path_factory.mktemp("sample") / "sample.annotator", name="Sue", device="desk")


@pytest.fixture
def project(made):
    with Project(made, actor="Sue", device="desk", writing=False) as project:
        yield project


def states(project) -> dict[tuple[str, str], str]:
    stems = {one.id: Path(one.filename).stem for one in project.nouns("document")}
    people = {one.id: one.name for one in project.nouns("coder")}
    return {
        (stems[document], people[coder]): state for (document, coder, _), state in project.assignment_states().items()
    }


def test_all_statements_are_there_with_what_they_say_of_themselves(project):
    files = sorted(one.name for one in paths.sample_docs().glob("*.txt"))
    documents = project.nouns("document")
    assert sorted(one.filename for one in documents) == files
    assert len(files) >= 10
    assert {one.language for one in documents} >= {"en", "fr", "ko", "ar", "zh"}
    assert all({"speaker", "date"} <= set(one.details) for one in documents)
    assert project.check(rebuild=True) == []


def test_every_coding_is_there_but_those_that_are_waiting(project):
    rows = sum(
        len(annotation_table.read_rows(table.read_bytes())[1])
        for table in (paths.sample_docs() / "codings").glob("*.csv")
    )
    annotations = [one for document in project.nouns("document") for one in project.annotations(document.id)]
    assert len(annotations) == rows - sample.LEFT_TO_DO
    assert all(one.codebook_version for one in annotations)


def test_work_waits_for_coder_a_and_nothing_else_is_open(project):
    found = states(project)
    assert found.pop(sample.UNFINISHED) == "in progress"
    assert set(found.values()) == {"done"}
    (round,) = project.nouns("round")
    assert (round.name, round.blind) == (sample.ROUND, True)


def test_found_nothing_is_done_and_not_coded_is_not_there(project):
    found = states(project)
    assert found["07_timetable_of_the_customs_talks", "Coder C"] == "done"
    assert ("13_velmar_address_to_the_assembly", "Coder C") not in found
    assert ("13_velmar_address_to_the_assembly", "Coder B") in found


def test_a_coder_sees_their_own(made):
    with Project(made, actor="Coder B", device="d", writing=False) as project:
        assert {coder for _, coder, _ in project.assignment_states()} == {project.actor.id}
        assert {row.coder for row in project.coded_spans()} == {project.actor.id}


def test_it_is_told_from_other_projects(made, team):
    assert sample.supervisor_of(made) == "Sue"
    team.sue.close()
    assert sample.supervisor_of(team.sue.path) is None


def test_a_person_called_like_a_coder_supervises_under_another_name(tmp_path):
    path = sample.make(tmp_path / "a.annotator", name="coder a", device="desk")
    assert sample.supervisor_of(path) == "Supervisor"


def test_nothing_is_written_over(made):
    with pytest.raises(Refused, match="exists already"):
        sample.make(made, name="Sue", device="desk")
