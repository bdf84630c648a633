"""Spans that are read as rows: tens of thousands together, and the same as from the nouns."""

import sqlite3
from contextlib import closing

import pytest

from annotator import editing, rows
from annotator.errors import Damaged
from annotator.text import Span


@pytest.mark.parametrize("together", [1, 2, 5_000])
def test_rows_are_what_the_nouns_say_however_many_are_read_together(team, monkeypatch, together):
    monkeypatch.setattr(rows, "TOGETHER", together)
    ada = team.sit_down("Ada")
    for start in (0, 4, 20):
        team.code(ada, start, start + 3)
    change = editing.annotate(
        ada,
        document=team.document.id,
        code=team.codes["offer"].id,
        spans=[Span(8, 12), Span(30, 40)],
        round=team.round.id,
    )
    ada.apply(change)
    read = ada.coded_spans(documents=[team.document.id])
    told = [
        (one.document, one.coder, one.round, one.code, one.id, *span)
        for one in ada.annotations(team.document.id)
        for span in one.spans
    ]
    assert sorted(map(tuple, read)) == sorted(told)
    within = [(one.annotation, one.code, one.coder, one.start, one.end) for one in read]
    assert list(ada.spans_of(team.document.id, team.round.id)) == within
    assert ada.reach([team.document.id], ada.actor.id, team.round.id) == {team.document.id: 40}


def test_the_same_id_is_one_string(team):
    ada = team.sit_down("Ada")
    for start in (0, 4):
        team.code(ada, start, start + 3)
    first, second = ada.coded_spans()
    assert first.code is second.code
    assert first.coder is second.coder
    (_, code, coder, *_), (_, same_code, same_coder, *_) = ada.spans_of(team.document.id, team.round.id)
    assert code is same_code
    assert coder is same_coder


def test_nobody_has_come_anywhere_where_nothing_is_coded_or_may_be_read(team):
    ada = team.sit_down("Ada")
    team.code(ada, 4, 12)
    ben = team.sit_down("Ben")
    assert ben.reach([team.document.id], ben.actor.id, team.round.id) == {}
    assert list(ben.spans_of(team.document.id, team.round.id)) == []
    assert ben.reach([team.document.id], team.coders["Ada"].id, team.round.id) == {}


def test_spans_that_cannot_be_read_are_told_as_damage(team):
    ada = team.sit_down("Ada")
    team.code(ada, 4, 12)
    path = ada.path
    team.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE annotation SET spans = '[[4,'")
    sue = team.sit_down("Sue")
    with pytest.raises(Damaged):
        sue.coded_spans()
