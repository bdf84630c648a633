"""What is wrong with a project is told in plain words: what, whose, where, and what to do."""

import re
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from annotator import checking, editing
from annotator.errors import Damaged
from annotator.model import Change, Edit, new_id
from annotator.project import Project
from tests.conftest import document

FREE = [f"DROP TRIGGER IF EXISTS revision_no_{deed}" for deed in ("update", "delete")]
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")


def tampered(team, *statements: str) -> Project:
    """The team's project, changed from outside, open for Sue to read."""
    team.close()
    with closing(sqlite3.connect(team.sue.path)) as connection, connection:
        for statement in (*FREE, *statements):
            connection.execute(statement)
    reader = Project(team.sue.path, actor="Sue", device="desk", writing=False)
    team._open.append(reader)
    return reader


def told(project: Project, *, rebuild: bool = False) -> list[str]:
    return [str(problem) for problem in project.check(rebuild=rebuild)]


def test_an_altered_change_is_told_by_who_made_it_and_what_it_was(team):
    team.code(team.sit_down("Ada"), 0, 3)
    project = tampered(team, "UPDATE revision SET body = replace(body, '\"The\"', '\"Thy\"') WHERE label = 'annotate'")
    [words] = told(project)
    assert re.match(r"A change that Ada made at \d{4}-\d\d-\d\d \d\d:\d\d \(“annotate”\) was altered or damaged", words)
    assert "Go back to a backup" in words


def test_a_body_that_is_no_json_or_no_noun_is_told_and_the_rest_goes_on(team):
    team.code(team.sit_down("Ada"), 0, 3)
    for body in ("{", "[]", '{"document":1}', "{}"):
        project = tampered(team, f"UPDATE revision SET body = '{body}' WHERE label = 'annotate'")
        keys = {problem.key for problem in project.check(rebuild=True)}
        assert {"log.altered", "log.unreadable", "table.differs"} <= keys
        assert all(told(project, rebuild=True))


def test_a_row_that_is_no_json_is_told_and_reading_it_is_refused(team):
    team.code(team.sue, 0, 3)
    project = tampered(team, "UPDATE annotation SET spans = '[[0,'")
    assert [problem.key for problem in project.check()] == ["file.damaged"]
    with pytest.raises(Damaged, match="cannot be read"):
        project.nouns("annotation")


def test_gaps_links_and_forks_name_people(team):
    team.code(team.sit_down("Ada"), 0, 3)
    team.code(team._open[-1], 4, 12)
    team.code(team._open[-1], 13, 19)
    project = tampered(team, "DELETE FROM revision WHERE label = 'annotate' AND seq = 2")
    words = "\n".join(told(project))
    assert "Changes 2 to 2 that Ada made on one machine are missing" in words


def test_texts_and_originals(team):
    noun, contents = document("Other words.", title="Second", original="0" * 64)
    team.sue.apply(Change("import documents", (Edit(None, noun),)), contents=contents)
    [words] = told(team.sue)
    assert "“Second” was imported from is no longer kept" in words
    project = tampered(team, f"UPDATE content SET data = X'C328' WHERE sha256 = '{team.document.text}'")
    assert any("altered or damaged: A statement" in words for words in told(project))
    with pytest.raises(Damaged, match="altered or damaged: A statement"):
        project.text(team.document.id)


def test_what_points_nowhere_is_told_by_name(team):
    actor = team.attributes["actor"].id
    entity = editing.add_entity(team.sue, "Velmar")
    team.sue.apply(entity)
    team.code(team.sue, 0, 3, attributes={actor: entity.edits[0].object})
    project = tampered(team, "DELETE FROM entity", "DELETE FROM attribute WHERE name = 'stance'", "DELETE FROM round")
    words = "\n".join(told(project))
    assert "The entity that the annotation “The” names is not here" in words
    assert "The round that the annotation “The” names is not here" in words


def test_words_at_the_wrong_place_are_told_with_their_document_and_coder(team):
    ada = team.sit_down("Ada")
    _, one = team.code(ada, 0, 3)
    ada.apply(Change("move", (Edit(one, replace(one, quotes=("Thy",))),)))
    [words] = told(team.sit_down("Sue"))
    assert "An annotation by Ada in “A statement” quotes “Thy”" in words
    assert not UUID.search(words)
    assert team._open[-1].orphans(team.document.id) == [replace(one, quotes=("Thy",))]
    assert team._open[-1].lost([team.document.id, team.document.id]) == {one.id}


def test_a_thousand_problems_of_a_kind_are_told_in_few_lines(team, monkeypatch):
    monkeypatch.setattr(checking, "MOST", 3)
    others = [replace(team.document, id=new_id(), title=f"{n}", original=f"{n:064}") for n in range(10)]
    team.sue.apply(Change("import documents", tuple(Edit(None, one) for one in others)))
    words = told(team.sue)
    assert len(words) == 4
    assert words[-1] == "And 7 more of the same kind."


def test_an_index_of_words_that_does_not_fit_the_texts_is_told_not_used_and_made_anew(team):
    team.sue.index_texts()
    assert team.sue.texts_without("zebra", True) == {team.document.text}
    for statement in (
        "UPDATE text_indexed SET sha256 = 'of no text'",
        "DELETE FROM text_words_docsize",
        "DELETE FROM text_pieces_docsize",
        "DELETE FROM text_indexed",
        "DROP TABLE text_words",
    ):
        project = tampered(team, statement)
        assert [problem.key for problem in project.check()] == ["index.wrong"], statement
        assert project.texts_without("zebra", True) == set()
        again = team.sit_down("Sue")
        again.index_texts()
        assert again.check(rebuild=True) == []
        assert again.texts_without("zebra", True) == {team.document.text}
        assert again.texts_without("republic", True) == set()


def test_no_index_of_words_is_no_fault(team):
    assert not team.sue.is_indexed
    assert team.sue.check(rebuild=True) == []
