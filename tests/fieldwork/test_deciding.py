"""What only a person decides: contested annotations, and orphans."""

from dataclasses import replace

import pytest

from annotator import deciding, editing
from annotator.errors import Refused
from annotator.model import Annotation, Change, Edit
from annotator.project import Project
from annotator.text import Span
from tests.conftest import document
from tests.fieldwork.conftest import Field, standing_of


def torn(field: Field, *, retracts: bool = False) -> tuple[Project, Project, Annotation]:
    """Two laptops of Ada's that changed one annotation without knowing of each other, and the annotation as it was."""
    _, one = field.team.code(desk := field.laptop("Ada"), 4, 12)
    field.receive(field.hand_in(desk))
    lap = field.laptop("Ada")
    field.memo(desk, one.id, "at the desk")
    if retracts:
        lap.apply(editing.retract(field.annotation(lap, one.id)))
    else:
        field.memo(lap, one.id, "on the way")
    field.receive(field.hand_in(desk), field.hand_in(lap))
    return desk, lap, one


def memos(project: Project, field: Field) -> list[str]:
    return sorted(one.memo for one in project.annotations(field.team.document.id))


@pytest.mark.parametrize("side", [0, 1])
def test_a_coder_decides_and_every_copy_hears_of_it(field, side):
    desk, lap, one = torn(field)
    field.receive(field.hand_in(lap), into=desk)
    (found,) = deciding.contested(desk)
    assert [noun.memo for noun in (each.noun for each in found.sides) if isinstance(noun, Annotation)] == [
        "at the desk",
        "on the way",
    ]
    assert found.sides[found.shown].revision == max(each.revision for each in found.sides)
    desk.apply(deciding.settle(desk, one.id, found.sides[side].revision))
    wanted = ["at the desk", "on the way"][side]
    assert memos(desk, field) == [wanted]
    field.receive(field.hand_in(desk))
    field.receive(field.hand_in(desk), into=lap)
    for project in (desk, lap, field.sue):
        assert deciding.contested(project) == []
        assert memos(project, field) == [wanted]
        assert project.check(rebuild=True) == []
    field.memo(desk, one.id, "and on")


def test_a_retraction_may_hold(field):
    _, lap, one = torn(field, retracts=True)
    (found,) = deciding.contested(field.sue)
    gone = next(each.revision for each in found.sides if each.noun is None)
    field.sue.apply(deciding.settle(field.sue, one.id, gone))
    assert memos(field.sue, field) == []
    assert field.sue.check(rebuild=True) == []
    assert lap.contested() == {}


def test_a_supervisor_chooses_and_does_not_alter(field):
    _, _, one = torn(field)
    before = standing_of(field.sue)
    (found,) = deciding.contested(field.sue)
    chosen = found.sides[1 - found.shown].noun
    assert isinstance(chosen, Annotation)
    shown = field.annotation(field.sue, one.id)
    mixed = Change("settle", (Edit(shown, replace(chosen, memo="both")),), settles=True)
    with pytest.raises(Refused, match="belongs to Ada"):
        field.sue.apply(mixed)
    assert standing_of(field.sue) == before
    field.sue.apply(editing.mark_done(field.sue, document=one.document, round=one.round, coder=one.coder))
    field.sue.apply(deciding.settle(field.sue, one.id, found.sides[1 - found.shown].revision))
    assert memos(field.sue, field) == [chosen.memo]
    assert field.sue.barred() == []
    assert field.sue.check(rebuild=True) == []
    copy = field.fresh()
    assert standing_of(copy) == standing_of(field.sue)


def test_both_are_kept_as_two(field):
    _, _, one = torn(field)
    field.sue.apply(deciding.keep_both(field.sue, one.id))
    assert memos(field.sue, field) == ["at the desk", "on the way"]
    assert deciding.contested(field.sue) == []
    assert field.sue.check(rebuild=True) == []


def test_both_are_not_kept_where_one_was_taken_back(field):
    _, _, one = torn(field, retracts=True)
    with pytest.raises(Refused, match="Only two versions of an annotation"):
        deciding.keep_both(field.sue, one.id)
    with pytest.raises(Refused, match="There are 2 sides"):
        deciding.settle(field.sue, one.id, "none")
    with pytest.raises(Refused, match="Nothing that is contested"):
        deciding.settle(field.sue, "none", "none")


def test_undo_passes_over_a_decision_for_what_was_shown(field):
    desk, lap, one = torn(field)
    field.receive(field.hand_in(lap), into=desk)
    steps = desk.undo_steps()
    (found,) = deciding.contested(desk)
    desk.apply(deciding.settle(desk, one.id, found.sides[found.shown].revision))
    assert desk.undo_steps() == steps


def take_back(project: Project) -> None:
    """What undo does."""
    project.apply(project.change(project.undo_steps()[-1][0]).inverse())


def redo(project: Project, step: str) -> None:
    project.apply(project.change(step))


@pytest.mark.parametrize("done", [False, True])
def test_a_supervisor_takes_back_a_decision_for_the_other_side_and_does_it_again(field, done):
    _, _, one = torn(field)
    if done:
        field.sue.apply(editing.mark_done(field.sue, document=one.document, round=one.round, coder=one.coder))
    (found,) = deciding.contested(field.sue)
    shown, other = found.sides[found.shown].noun, found.sides[1 - found.shown]
    step = field.sue.apply(deciding.settle(field.sue, one.id, other.revision))
    assert field.annotation(field.sue, one.id) == other.noun
    take_back(field.sue)
    assert field.annotation(field.sue, one.id) == shown
    redo(field.sue, step)
    assert field.annotation(field.sue, one.id) == other.noun
    take_back(field.sue)
    assert (field.sue.barred(), field.sue.check(rebuild=True)) == ([], [])
    assert standing_of(field.fresh()) == standing_of(field.sue)


def test_keeping_both_is_taken_back_and_done_again(field):
    _, _, one = torn(field)
    shown = field.annotation(field.sue, one.id)
    step = field.sue.apply(deciding.keep_both(field.sue, one.id))
    take_back(field.sue)
    assert field.sue.annotations(one.document) == [shown]
    redo(field.sue, step)
    assert memos(field.sue, field) == ["at the desk", "on the way"]
    assert (field.sue.barred(), field.sue.check(rebuild=True)) == ([], [])


def test_a_decision_for_a_retraction_is_taken_back(field):
    _, _, one = torn(field, retracts=True)
    (found,) = deciding.contested(field.sue)
    gone = next(each.revision for each in found.sides if each.noun is None)
    field.sue.apply(deciding.settle(field.sue, one.id, gone))
    take_back(field.sue)
    assert memos(field.sue, field) == ["at the desk"]
    assert (field.sue.barred(), field.sue.check(rebuild=True)) == ([], [])


def test_under_the_word_of_a_decision_nothing_else_is_altered(field):
    _, one = field.team.code(ada := field.laptop("Ada"), 4, 12)
    field.receive(field.hand_in(ada))
    for label in ("decide", "undo decide", "settle"):
        with pytest.raises(Refused, match="belongs to Ada"):
            field.sue.apply(Change(label, (Edit(one, replace(one, memo="mine")),)))
    assert memos(field.sue, field) == [""]


# Orphans --------------------------------------------------------------------------------------------------------------


def orphaned(field: Field) -> tuple[Project, Annotation]:
    """Ada codes a text; at the supervisor's it is another one, with a line put before."""
    ada = field.laptop("Ada")
    _, one = field.team.code(ada, 4, 12)
    other, contents = document("A line before it. " + ada.text(one.document))
    field.sue.apply(
        Change("change document", (Edit(field.team.document, replace(field.team.document, text=other.text)),)),
        contents=contents,
    )
    return ada, one


def test_words_that_are_not_at_their_place_are_told_and_never_shifted(field):
    ada, one = orphaned(field)
    received = field.receive(path := field.hand_in(ada))
    ((_, receipt),) = received.arrived
    assert (receipt.new, receipt.orphans, receipt.lost) == (1, 1, (one,))
    assert "package.other_text" in [note.key for note in received.notes]
    assert field.sue.annotations(one.document) == []
    assert field.sue.orphans(one.document) == [one]
    assert field.receive(path).arrived[0][1].orphans == 0
    incoming_update = field.assign("Ada")
    field.receive(incoming_update, into=ada)
    assert ada.orphans(one.document) == [one]


def test_a_person_says_where_they_are(field):
    ada, one = orphaned(field)
    field.receive(field.hand_in(ada))
    field.receive(field.assign("Ada"), into=ada)
    (place,) = deciding.places(ada.text(one.document), one)
    assert place == (Span(22, 30),)
    with pytest.raises(Refused, match="do not stand there"):
        deciding.re_anchor(ada, one, [Span(0, 8)])
    ada.apply(deciding.re_anchor(ada, one, place))
    assert [each.spans for each in ada.annotations(one.document)] == [place]
    field.receive(field.hand_in(ada))
    assert field.sue.orphans(one.document) == []


def test_a_supervisor_says_where_they_are_and_takes_it_back(field):
    ada, one = orphaned(field)
    field.receive(field.hand_in(ada))
    ((found, proposed),) = deciding.orphans(field.sue)
    assert (found, proposed) == (one, [(Span(22, 30),)])
    step = field.sue.apply(deciding.re_anchor(field.sue, one, proposed[0]))
    assert deciding.orphans(field.sue) == []
    take_back(field.sue)
    assert [each.annotation for each in deciding.orphans(field.sue)] == [one]
    redo(field.sue, step)
    field.receive(field.assign("Ada"), into=ada)
    for project in (field.sue, ada):
        assert [each.spans for each in project.annotations(one.document)] == [(Span(22, 30),)]
        assert (project.barred(), project.check(rebuild=True)) == ([], [])


def test_a_supervisor_moves_no_words_that_are_at_their_place(field):
    _, one = field.team.code(ada := field.laptop("Ada"), 4, 12)
    field.receive(field.hand_in(ada))
    for spans in ((Span(0, 8),), (Span(30, 38),)):
        with pytest.raises(Refused, match="belongs to Ada"):
            field.sue.apply(Change("re-anchor", (Edit(one, replace(one, spans=spans)),)))


def test_orphans_are_told_as_blindly_as_all_else(field):
    ada, _ = orphaned(field)
    field.receive(field.hand_in(ada))
    field.sue.close()
    with Project(field.team.sue.path, actor="Ben", device="Ben's desk") as ben:
        assert deciding.orphans(ben) == []


def test_places_are_proposed_from_the_nearest_on(field):
    _, one = field.team.code(field.sue, 4, 12)
    two = replace(one, quotes=("it", "may"), spans=(Span(20, 22), Span(30, 33)))
    assert deciding.places("it may be it", two) == [(Span(0, 2), Span(3, 6))]
    twice = replace(one, quotes=("aa",), spans=(Span(5, 7),))
    assert deciding.places("aaa bb aa", twice) == [(Span(7, 9),), (Span(1, 3),), (Span(0, 2),)]
    assert deciding.places("anything", replace(one, quotes=("",))) == []
    assert deciding.places("nothing of it", twice) == []
