"""The history of a document, going back to any point of it, and taking back one edit of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import editing
from annotator.errors import Refused
from annotator.model import Annotation, Change, Edit, Memo, Sitting
from annotator.past import FEW, Step
from annotator.project import Project
from annotator.text import Span
from tests.conftest import Team, document, made


def history(team: Team, project: Project, **more) -> list[Step]:
    return project.document_history(team.document.id, team.round.id, **more)


def mine(team: Team, project: Project) -> dict[str, Annotation]:
    found = project.annotations(team.document.id)
    return {one.id: one for one in found if one.coder == project.actor.id}


def test_the_history_tells_the_newest_first_with_before_and_after(team):
    ada = team.sit_down("Ada")
    _, one = team.code(ada, 4, 12)
    ada.apply(editing.recode(ada, [one], team.codes["offer"].id))
    ada.apply(editing.retract(mine(team, ada)[one.id]))
    told = history(team, ada)
    assert [step.label for step in told] == ["retract", "recode", "annotate", "assign", "import documents"]
    [edit] = told[1].edits
    assert isinstance(edit.before, Annotation)
    assert isinstance(edit.after, Annotation)
    assert (edit.before.code, edit.after.code) == (team.codes["denial"].id, team.codes["offer"].id)
    assert told[0].edits[0].after is None
    assert told[0].actor == ada.actor.id


def test_the_history_comes_in_pages(team):
    ada = team.sit_down("Ada")
    for start in range(6):
        team.code(ada, start, start + 2)
    whole = history(team, ada)
    assert history(team, ada, most=3) + history(team, ada, start=3) == whole


def test_of_a_change_of_very_many_edits_only_the_first_is_told(team):
    ada = team.sit_down("Ada")
    changes = [team.code(ada, n, n + 1)[0] for n in range(FEW + 1)]
    ada.apply(editing.retract(*(change.edits[0].after for change in changes)))
    newest = history(team, ada)[0]
    assert (newest.total, len(newest.edits)) == (FEW + 1, 1)


def test_a_coder_reads_no_history_of_others_in_a_blind_round(team):
    ben = team.sit_down("Ben")
    _, _one = team.code(ben, 4, 12)
    _, gone = team.code(ben, 0, 3)
    ben.apply(editing.retract(gone))
    ben.apply(editing.mark_done(ben, document=team.document.id, round=team.round.id))
    assert [step.label for step in history(team, team.sit_down("Ada"))] == ["assign", "import documents"]
    labels = [step.label for step in history(team, team.sit_down("Sue"))]
    assert labels[:4] == ["mark done", "retract", "annotate", "annotate"]


def test_after_the_reveal_coders_read_the_history_of_what_they_see(team):
    ben = team.sit_down("Ben")
    team.code(ben, 4, 12)
    sue = team.sit_down("Sue")
    sue.apply(editing.reveal(sue.noun("round", team.round.id)))
    assert "annotate" in [step.label for step in history(team, team.sit_down("Ada"))]


def test_time_and_bookmarks_are_no_edits_of_the_document(team):
    ada = team.sit_down("Ada")
    place = {"document": team.document.id, "round": team.round.id}
    ada.apply(editing.sit(ada, **place, began="2031-01-01T00:00:00+00:00", seconds=30, before=None))
    ada.apply(editing.bookmark(ada, document=team.document.id, place=Span(0, 5)))
    ada.apply(editing.write_memo(ada, about=team.document.id, words="Odd", place=Span(0, 5)))
    assert [step.label for step in history(team, ada)] == ["write memo", "assign", "import documents"]
    labels = [step.label for step in history(team, team.sit_down("Sue"))]
    assert labels == ["write memo", "assign", "import documents"]


def test_many_bookmarks_hide_no_page_of_the_history(team):
    ada = team.sit_down("Ada")
    for start in range(4):
        ada.apply(editing.bookmark(ada, document=team.document.id, place=Span(start, start + 1)))
    for mark in ada.nouns("memo")[:2]:
        ada.apply(editing.retract(mark))
    assert [step.label for step in history(team, ada, most=1)] == ["assign"]
    assert ada.check(rebuild=True) == []


DEEDS = st.lists(
    st.tuples(st.sampled_from(["code", "recode", "resize", "retract", "undo"]), st.integers(0, 60)), max_size=9
)


@given(deeds=DEEDS, back=st.integers(0, 8))
def test_going_back_makes_what_was_then_and_undo_what_was_before(tmp_path_factory, deeds, back):
    team = Team(tmp_path_factory.mktemp("past"))
    ada, states, steps = team.sit_down("Ada"), [], []
    for deed, number in deeds:
        change = _deed(team, ada, deed, number)
        if change:
            steps.append(ada.apply(change))
            states.append(mine(team, ada))
    if steps:
        at = back % len(steps)
        before = states[-1]
        try:
            change = editing.go_back(ada, document=team.document.id, round=team.round.id, change=steps[at])
        except Refused:
            assert states[at] == before
        else:
            ada.apply(change)
            assert mine(team, ada) == states[at]
            ada.apply(change.inverse())
            assert mine(team, ada) == before
            assert ada.check(rebuild=True) == []
    team.close()


def _deed(team: Team, ada: Project, deed: str, number: int) -> Change | None:
    there = list(mine(team, ada).values())
    one = there[number % len(there)] if there else None
    try:
        if deed == "code":
            spans, code = [Span(number, number + 3)], team.codes["denial"].id
            return editing.annotate(ada, document=team.document.id, round=team.round.id, code=code, spans=spans)
        if deed == "undo":
            return ada.change(ada.undo_steps()[-1][0]).inverse() if ada.undo_steps() else None
        if one and deed == "recode":
            change = editing.recode(ada, [one], team.codes["offer" if number % 2 else "denial"].id)
            return change if change.edits else None
        if one and deed == "resize" and one.spans[0].start != number:
            return editing.resize(ada, one, [Span(number, number + 4)])
        return editing.retract(one) if one and deed == "retract" else None
    except Refused:
        return None


def test_going_back_leaves_others_alone_and_is_refused_when_done(team):
    ben = team.sit_down("Ben")
    _, his = team.code(ben, 4, 12)
    ada = team.sit_down("Ada")
    team.code(ada, 0, 3)
    first = ada.undo_steps()[-1][0]
    team.code(ada, 4, 12)
    place = {"document": team.document.id, "round": team.round.id}
    change = editing.go_back(ada, **place, change=first)
    assert {edit.noun.coder for edit in change.edits if isinstance(edit.noun, Annotation)} == {ada.actor.id}
    assert all(isinstance(edit.noun, Annotation) for edit in change.edits)
    ada.apply(editing.mark_done(ada, **place))
    with pytest.raises(Refused, match="done"):
        ada.apply(change)
    assert his in team.sit_down("Sue").annotations(team.document.id)


def test_one_edit_is_taken_back_whatever_came_after_it_unless_it_was_built_on(team):
    ada = team.sit_down("Ada")
    _, _first = team.code(ada, 4, 12)
    step = ada.undo_steps()[-1][0]
    _, second = team.code(ada, 20, 25)
    other = ada.undo_steps()[-1][0]
    ada.apply(editing.take_back(ada, step))
    assert [*mine(team, ada)] == [second.id]
    ada.apply(editing.recode(ada, [second], team.codes["offer"].id))
    with pytest.raises(Refused, match="changed by"):
        ada.apply(editing.take_back(ada, other))


def test_the_rebuilt_tables_know_where_what_is_gone_was(team):
    ada = team.sit_down("Ada")
    _, one = team.code(ada, 4, 12)
    ada.apply(editing.retract(one))
    ada.apply(editing.write_memo(ada, about=team.document.id, words="Odd"))
    ada.apply(editing.retract(ada.nouns("memo")[-1]))
    assert ada.check(rebuild=True) == []
    assert [step.label for step in history(team, ada)][:4] == ["retract", "write memo", "retract", "annotate"]
    ada.apply(editing.take_back(ada, history(team, ada)[0].change))
    assert ada.check(rebuild=True) == []


# Memos and time -------------------------------------------------------------------------------------------------------


def test_a_place_is_a_bookmark_until_it_gets_words(team):
    ada = team.sit_down("Ada")
    change = editing.bookmark(ada, document=team.document.id, place=Span(4, 12))
    ada.apply(change)
    mark = made(change, Memo)
    assert mark.is_bookmark
    change = editing.rewrite_memo(mark, "Odd word")
    ada.apply(change)
    assert not made(change, Memo).is_bookmark
    ada.apply(editing.rewrite_memo(made(change, Memo), "  "))
    assert ada.nouns("memo") == []
    with pytest.raises(Refused, match="needs words"):
        editing.write_memo(ada, about=team.document.id, words=" ")
    with pytest.raises(Refused):
        editing.bookmark(ada, document=team.document.id, place=Span(0, 10_000))


def test_bookmarks_are_nobody_elses_and_memos_of_coders_are_their_supervisors(team):
    ada = team.sit_down("Ada")
    ada.apply(editing.bookmark(ada, document=team.document.id, place=Span(4, 12)))
    ada.apply(editing.write_memo(ada, about=team.codes["denial"].id, words="By Ada"))
    assert len(ada.nouns("memo")) == 2
    assert team.sit_down("Ben").nouns("memo") == []
    sue = team.sit_down("Sue")
    assert [one.words for one in sue.nouns("memo")] == ["By Ada"]
    sue.apply(editing.write_memo(sue, about=sue.id, words="Read the manual"))
    sue.apply(editing.bookmark(sue, document=team.document.id, place=Span(4, 12)))
    assert [one.words for one in team.sit_down("Ben").nouns("memo")] == ["Read the manual"]


def test_time_is_its_coders_and_their_supervisors_and_undo_passes_over_it(team):
    ada = team.sit_down("Ada")
    place = {"document": team.document.id, "round": team.round.id, "began": "2031-01-01T00:00:00+00:00"}
    team.code(ada, 4, 12)
    change = editing.sit(ada, **place, seconds=30, before=None)
    ada.apply(change)
    ada.apply(editing.sit(ada, **place, seconds=70, before=made(change, Sitting)))
    assert [one.seconds for one in ada.nouns("sitting")] == [70]
    assert ada.undo_steps()[-1][1] == "annotate"
    sue = team.sit_down("Sue")
    assert [one.seconds for one in sue.nouns("sitting")] == [70]
    with pytest.raises(Refused, match="belongs to Ada"):
        sue.apply(editing.retract(*sue.nouns("sitting")))
    sue.apply(editing.reveal(sue.noun("round", team.round.id)))
    ben = team.sit_down("Ben")
    assert ben.nouns("sitting") == []
    assert "seconds" not in repr(ben.log())


def test_time_holds_no_document_in_the_project(team):
    sue = team.sit_down("Sue")
    other, contents = document("Another one.")
    brought = Change("import documents", (Edit(None, other),))
    sue.apply(brought, contents=contents)
    place = {"document": other.id, "round": team.round.id, "began": "2031-01-01T00:00:00+00:00"}
    sue.apply(editing.sit(sue, **place, seconds=30, before=None))
    sue.apply(brought.inverse())
    assert sue.check(rebuild=True) == []
