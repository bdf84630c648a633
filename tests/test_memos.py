"""Memos and bookmarks of one document: what is read of them, by whom, and since when they say it."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from annotator import editing
from annotator.errors import Refused
from annotator.model import Annotation, Memo
from annotator.text import Span
from tests.conftest import made


def write(project, about: str, words: str, place: Span | None = None) -> Memo:
    change = editing.write_memo(project, about=about, words=words, place=place)
    project.apply(change)
    return made(change, Memo)


def mark(project, team, place: Span) -> Memo:
    change = editing.bookmark(project, document=team.document.id, place=place)
    project.apply(change)
    return made(change, Memo)


def said(project, *ids: str) -> list[str]:
    return [memo.words for memo in project.memos_about(ids)]


def test_memos_are_read_by_what_they_are_about(team):
    on_place = write(team.sue, team.document.id, "Quoted voice.", Span(4, 12))
    write(team.sue, team.document.id, "A late statement.")
    write(team.sue, team.codes["denial"].id, "Ask the others.")
    write(team.sue, team.sue.id, "Begin in March.")
    assert said(team.sue, team.document.id) == ["Quoted voice.", "A late statement."]
    assert said(team.sue, team.sue.id, team.codes["denial"].id) == ["Ask the others.", "Begin in March."]
    assert team.sue.memos_about([team.document.id])[0] == on_place
    assert said(team.sue, team.codes["offer"].id) == []


def test_coders_read_their_own_memos_and_those_of_supervisors_and_only_their_own_bookmarks(team):
    write(team.sue, team.document.id, "Mind the quotes.")
    mark(team.sue, team, Span(0, 3))
    ben = team.sit_down("Ben")
    write(ben, team.document.id, "SECRET of Ben", Span(4, 12))
    mark(ben, team, Span(4, 12))
    ada = team.sit_down("Ada")
    own = mark(ada, team, Span(24, 27))
    write(ada, team.document.id, "Ada's own")
    found = ada.memos_about([team.document.id])
    assert [memo.words for memo in found] == ["Mind the quotes.", "", "Ada's own"]
    assert [memo for memo in found if memo.is_bookmark] == [own]
    sue = team.sit_down("Sue")
    assert said(sue, team.document.id) == ["Mind the quotes.", "", "SECRET of Ben", "Ada's own"]


def test_the_memos_of_annotations_are_read_without_the_annotations(team):
    ben = team.sit_down("Ben")
    team.code(ben, 0, 3, memo="SECRET of Ben")
    ada = team.sit_down("Ada")
    _, one = team.code(ada, 4, 12, memo="So it is said.")
    team.code(ada, 24, 27)
    found = ada.memos_of_annotations(team.document.id, team.round.id)
    assert found == {one.id: (team.coders["Ada"].id, "So it is said.")}


def test_when_words_were_written_does_not_change_with_what_else_does(team, monkeypatch):
    times = (datetime(2031, 3, 14, 10, minute, tzinfo=UTC) for minute in range(60))
    monkeypatch.setattr("annotator.revisions.datetime", SimpleNamespace(now=lambda _: next(times)))
    ada = team.sit_down("Ada")
    _, one = team.code(ada, 4, 12)
    ada.apply(editing.set_memo(one, "So it is said."))
    ada.apply(editing.set_certainty(ada.noun("annotation", one.id), 0.6))
    memo = write(ada, team.document.id, "First")
    ada.apply(editing.rewrite_memo(memo, "Second"))
    found = ada.written([one.id, memo.id])
    assert [found[id][11:16] for id in (one.id, memo.id)] == ["10:01", "10:04"]


def test_when_others_wrote_is_not_told_to_who_may_not_read_it(team):
    ben = team.sit_down("Ben")
    memo = write(ben, team.document.id, "SECRET of Ben")
    ada = team.sit_down("Ada")
    assert ada.written([memo.id]) == {}


def test_a_bookmark_is_cleared_and_comes_back_as_one_step(team):
    one, other = mark(team.sue, team, Span(0, 3)), mark(team.sue, team, Span(4, 12))
    change = editing.clear_bookmarks([one, other])
    team.sue.apply(change)
    assert team.sue.memos_about([team.document.id]) == []
    team.sue.apply(change.inverse())
    assert team.sue.memos_about([team.document.id]) == [one, other]


def test_a_memo_is_deleted_whatever_it_is_on(team):
    _, one = team.code(team.sue, 4, 12, memo="So it is said.")
    memo = write(team.sue, team.sue.id, "Begin in March.")
    for noun in (one, memo):
        team.sue.apply(editing.delete_memo(noun))
    assert said(team.sue, team.sue.id) == []
    assert team.sue.noun("annotation", one.id).memo == ""
    assert isinstance(one, Annotation)


def test_nobody_alters_the_memo_of_another(team):
    memo = write(team.sue, team.document.id, "Mind the quotes.")
    ada = team.sit_down("Ada")
    with pytest.raises(Refused):
        ada.apply(editing.rewrite_memo(memo, "No."))
    with pytest.raises(Refused):
        ada.apply(editing.delete_memo(memo))
