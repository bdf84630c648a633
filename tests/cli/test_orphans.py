"""Annotations whose words are not at their place, on the command line."""

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.model import Change, Edit, new_id
from annotator.project import Project
from annotator.text import Span
from tests.conftest import document


@pytest.fixture
def orphans(command, project, table) -> dict[str, str]:
    """Words -> id of Ada's annotations, after a line was put before the text and its first words stand there twice."""
    rows = ("strait.txt,Ada,Denial,15,34,", "strait.txt,Ada,Denial,35,54,", "strait.txt,Ada,Denial,3,13,")
    assert command("import-annotations", project, table(*rows), "--state", "in-progress").code == 0
    with Project(project, actor="Sue", device="desk") as sue:
        (one,) = sue.nouns("document")
        found = {each.quotes[0]: each.id for each in sue.annotations(one.id)}
        other, contents = document("A line. " + sue.text(one.id) + "The claim is false.")
        sue.apply(Change("change document", (Edit(one, replace(one, text=other.text)),)), contents=contents)
    return found


def spans(project: Path) -> dict[str, Span]:
    with Project(project, actor="Ada", device=new_id(), writing=False) as ada:
        (one,) = ada.nouns("document")
        return {each.quotes[0]: each.spans[0] for each in ada.annotations(one.id)}


def test_they_are_listed_with_the_places_where_their_words_stand(command, project, orphans):
    ran = command("orphans", project)
    assert ran.code == 0
    assert f"{orphans['The claim is false.']}  Ada, Denial, in On the strait, was at 15–34" in ran.out
    assert "  “The claim is false.”\n  1  23–42: … " in ran.out
    assert "  2  " in ran.out
    told = command("orphans", project, "--format", "json").json()
    by_quote = {one["quotes"][0]: one for one in told["orphans"]}
    assert by_quote["We are ready to tal"]["places"] == [[[43, 62]]]
    assert len(by_quote["The claim is false."]["places"]) == 2
    assert spans(project) == {}


def test_only_a_persons_word_moves_one(command, project, orphans):
    id = orphans["The claim is false."]
    assert "There are 2 places" in command("orphans", project, "--place", id, "--at", 3, by="Ada").err
    assert "no orphan with the id x" in command("orphans", project, "--place", "x", by="Ada").err
    assert spans(project) == {}
    placed = command("orphans", project, "--place", id, by="Ada")
    assert placed.out == "Placed: “The claim is false.” is at 23–42 in On the strait.\n"
    assert spans(project) == {"The claim is false.": Span(23, 42)}
    assert command("check", project, "--rebuild").code == 1  # the other two are orphans still


def test_a_supervisor_places_one_of_others(command, project, orphans):
    assert command("orphans", project, "--place", orphans["the strait"]).code == 0
    assert spans(project) == {"the strait": Span(11, 21)}


def test_yes_places_what_has_one_place_and_is_ones_own(command, project, orphans):
    ran = command("orphans", project, "--yes")
    assert (ran.code, ran.out) == (0, "0 annotations placed.\n")
    assert "3 annotations of others" in ran.err
    ran = command("orphans", project, "--yes", by="Ada")
    assert (ran.code, ran.out) == (0, "2 annotations placed.\n")
    assert "1 annotation whose words stand in no place or in several" in ran.err
    assert spans(project) == {"We are ready to tal": Span(43, 62), "the strait": Span(11, 21)}
    assert command("orphans", project, "--place", orphans["The claim is false."], "--at", 2, by="Ada").code == 0
    assert command("orphans", project).out == "All annotations stand where their words are.\n"
    assert command("check", project, "--rebuild").code == 0


def test_a_document_that_is_done_stays_as_it_is(command, project, orphans):
    from annotator import editing

    with Project(project, actor="Ada", device=new_id()) as ada:
        (one,) = ada.nouns("assignment")
        ada.apply(editing.mark_done(ada, document=one.document, round=one.round))
    ran = command("orphans", project, "--yes", by="Ada")
    assert (ran.code, ran.out) == (1, "0 annotations placed.\n")
    assert "Reopen it" in ran.err
