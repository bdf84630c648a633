"""Questions asked at every step are answered from indexes: nothing walks through the whole log."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from sqlalchemy import event

from annotator import editing
from annotator.model import assignment_id
from annotator.project import Project


def plans(project: Project, ask: Callable[[], object]) -> list[str]:
    """How SQLite answers what a function asks: a line for each table it goes through."""
    asked = []
    listener = lambda *said: asked.append((said[2], said[3]))  # noqa: E731 - the very same is taken off again
    event.listen(project._file.engine, "before_cursor_execute", listener)
    ask()
    event.remove(project._file.engine, "before_cursor_execute", listener)
    found = []
    with closing(sqlite3.connect(project.path)) as connection:
        for statement, values in asked:
            if statement.startswith(("SELECT", "DELETE", "INSERT")):
                first = values[0] if isinstance(values, list) else values
                found += [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", first)]
    return found


def code(team, project: Project) -> str:
    return team.code(project, 0, 3)[0].edits[0].object


STEPS = {
    "undo steps": lambda team, project: project.undo_steps(),
    "the step to undo": lambda team, project: project.change(project.undo_steps()[-1][0]),
    "a step": code,
    "states": lambda team, project: project.assignment_states(),
    "spans of a document": lambda team, project: project.coded_spans(documents=[team.document.id]),
    "spans of a coder": lambda team, project: project.coded_spans(
        documents=[team.document.id], coders=[project.actor.id]
    ),
    "how far one has come": lambda team, project: project.reach([team.document.id], project.actor.id, team.round.id),
    "annotations": lambda team, project: project.annotations(team.document.id),
    "lost": lambda team, project: project.lost([team.document.id]),
    "an assignment": lambda team, project: project.nouns_of(
        "assignment", [assignment_id(team.document.id, project.actor.id, team.round.id)]
    ),
    "done": lambda team, project: project.apply(
        editing.mark_done(project, document=team.document.id, round=team.round.id)
    ),
    "history of a document": lambda team, project: project.document_history(team.document.id, team.round.id),
    "as it was then": lambda team, project: project.own_then(
        team.document.id, team.round.id, project.undo_steps()[-1][0]
    ),
    "history": lambda team, project: project.history(team.document.id),
}


@pytest.mark.parametrize("name", ["Sue", "Ada"])
@pytest.mark.parametrize("step", STEPS)
def test_no_step_walks_through_the_log_or_all_annotations(team, step, name):
    project = team.sit_down(name)
    team.code(project, 4, 12)
    lines = plans(project, lambda: STEPS[step](team, project))
    assert lines
    walks = [line for line in lines if line.startswith(("SCAN revision", "SCAN annotation"))]
    assert [line for line in walks if "COVERING INDEX" not in line] == []


def test_opening_does_not_walk_through_the_log(team):
    with closing(sqlite3.connect(team.sue.path)) as connection:
        [row] = connection.execute("EXPLAIN QUERY PLAN SELECT max(format) FROM revision")
    assert row[3].startswith("SEARCH revision USING COVERING INDEX")
    lines = plans(team.sue, lambda: team.sue._coder("Sue"))
    assert not any("revision" in line for line in lines)
