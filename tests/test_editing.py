"""An edit is data: its inverse is undo, a change by others is never run over, and not everyone may do everything."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import editing
from annotator.errors import Refused
from annotator.model import Annotation, Assignment, Attribute, Change, Edit, Entity, new_id
from annotator.project import Project
from annotator.text import Span
from annotator.values import checked
from tests.conftest import Team, made, state

SPANS = st.tuples(st.integers(0, 70), st.integers(1, 6)).map(lambda pair: Span(pair[0], sum(pair)))
VERBS = st.sampled_from(
    [
        *("annotate", "resize", "recode", "attribute", "memo", "certainty", "retract", "done"),
        *("span", "unspan", "split", "join", "copy", "onto"),
    ]
)
STEPS = st.lists(st.tuples(VERBS, st.integers(0, 9), SPANS), max_size=20)


def make(team: Team, project: Project, verb: str, which: int, span: Span) -> Change | None:
    """A change by this verb, or None where it makes no sense."""
    own = project.annotations(team.document.id)
    document, place = team.document.id, team.round.id
    if verb == "annotate":
        return editing.annotate(project, document=document, round=place, code=team.codes["denial"].id, spans=[span])
    if verb == "done":
        is_done = project.assignment_states()[document, project.actor.id, place] == "done"
        return editing.mark_done(project, document=document, round=place, done=not is_done)
    if not own:
        return None
    one, stance = own[which % len(own)], team.attributes["stance"].id
    return {
        "resize": lambda: editing.resize(project, one, [span]),
        "span": lambda: editing.add_span(project, one, span),
        "unspan": lambda: editing.remove_span(project, one, span.start),
        "split": lambda: editing.split(project, one, span.start),
        "join": lambda: editing.join(project, [one, *own[:which]]),
        "copy": lambda: editing.copy_to(project, one, document=document, round=place, spans=[span]),
        "onto": lambda: editing.copy_onto(project, one, own[:which]),
        "recode": lambda: editing.recode(project, own, team.codes["offer" if which % 2 else "denial"].id),
        "attribute": lambda: editing.set_attribute(project, one, stance, which % 3 - 1),
        "memo": lambda: editing.set_memo(one, f"memo {which}"),
        "certainty": lambda: editing.set_certainty(one, which / 10),
        "retract": lambda: editing.retract(*own[:which]),
    }[verb]()


def play(team: Team, project: Project, steps) -> list[tuple[str, Change]]:
    """Applies the steps that are not refused, and returns their changes with their ids."""
    done, refusals = [], []
    for step in steps:
        try:
            if change := make(team, project, *step):
                done.append((project.apply(change), change))
        except Refused as refusal:
            refusals.append(str(refusal))
    assert all(refusals)
    return done


@settings(max_examples=30)
@given(STEPS)
def test_undoing_everything_leaves_nothing_and_redoing_brings_it_back(tmp_path_factory, steps):
    team = Team(tmp_path_factory.mktemp("undo"))
    project = team.sit_down("Ada")
    start = state(project)
    done = play(team, project, steps)
    end, logged = state(project), len(project.log())
    assert project.lost([team.document.id]) == set()
    assert [id for id, _ in project.undo_steps()] == [id for id, _ in done]
    for id, change in reversed(done):
        assert project.change(id) == change
        project.apply(change.inverse())
    assert state(project) == start
    assert project.undo_steps() == []
    for _, change in done:
        project.apply(change)
    assert state(project) == end
    assert len(project.log()) == logged + 2 * sum(len(change.edits) for _, change in done)
    assert project.check(rebuild=True) == []
    team.close()


def test_undo_survives_a_restart_and_goes_past_it(team):
    ada = team.sit_down("Ada")
    before = state(ada)
    team.code(ada, 0, 3)
    ada = team.sit_down("Ada")
    [(step, label)] = ada.undo_steps()
    assert label == "annotate"
    ada.apply(ada.change(step).inverse())
    assert state(ada) == before
    assert team.sit_down("Ada").undo_steps() == []


def test_one_person_undoes_only_their_own_steps(team):
    team.code(team.sue, 0, 3)
    steps = team.sue.undo_steps()
    ada = team.sit_down("Ada")
    assert ada.undo_steps() == []
    with pytest.raises(Refused, match="no such change"):
        ada.change(steps[-1][0])


def test_undo_after_someone_elses_change_is_refused_and_says_who(team):
    offer = team.codes["offer"]
    change = Change("change codebook", (Edit(offer, replace(offer, definition="An offer of talks.")),))
    team.sue.apply(change)
    now = team.sue.noun("code", offer.id)
    team.sue.apply(Change("change codebook", (Edit(now, replace(now, key="t")),)))
    with pytest.raises(Refused, match=r"This code was changed by Sue at .*, after your step"):
        team.sue.apply(change.inverse())


def test_a_bulk_step_is_all_or_nothing(team):
    _, first = team.code(team.sue, 0, 3)
    _, second = team.code(team.sue, 4, 12)
    change = editing.recode(team.sue, [first, second], team.codes["offer"].id)
    team.sue.apply(editing.set_memo(second, "seen"))
    before = state(team.sue)
    with pytest.raises(Refused):
        team.sue.apply(change)
    assert state(team.sue) == before


def applied(project: Project, change: Change) -> list[Annotation]:
    """The annotations that stand after a change, in the order of the text."""
    project.apply(change)
    document = project.nouns("document")[0].id
    return sorted(project.annotations(document), key=lambda one: one.spans)


def test_an_annotation_is_split_into_two_that_say_the_same(team):
    stance = team.attributes["stance"].id
    _, one = team.code(team.sue, 0, 23, attributes={stance: 1}, certainty=0.6, memo="seen")
    first, second = applied(team.sue, editing.split(team.sue, one, 13))
    assert (first.id, first.quotes, second.quotes) == (one.id, ("The republic",), ("denies it.",))
    for part in (first, second):
        assert (part.code, part.attributes, part.certainty, part.memo) == (one.code, {stance: 1}, 0.6, "seen")


def test_of_a_split_annotation_each_half_gets_the_spans_on_its_side(team):
    _, one = team.code(team.sue, 0, 3)
    [one] = applied(team.sue, editing.add_span(team.sue, one, Span(13, 23)))
    [one] = applied(team.sue, editing.add_span(team.sue, one, Span(28, 36)))
    assert one.quotes == ("The", "denies it.", "ministry")
    first, second = applied(team.sue, editing.split(team.sue, one, 20))
    assert (first.quotes, second.quotes) == (("The", "denies"), ("it.", "ministry"))


@pytest.mark.parametrize("position", [0, 4, 12, 40])
def test_where_one_side_would_be_empty_nothing_is_split(team, position):
    _, one = team.code(team.sue, 4, 12)
    with pytest.raises(Refused, match="between two words"):
        editing.split(team.sue, one, position)


def test_joined_annotations_become_the_first_with_the_words_of_all(team):
    stance, actor = team.attributes["stance"].id, team.attributes["actor"].id
    velmar = editing.add_entity(team.sue, "Velmar")
    team.sue.apply(velmar)
    named = velmar.edits[0].object
    _, last = team.code(team.sue, 60, 76, attributes={actor: named}, certainty=0.3)
    _, first = team.code(team.sue, 0, 12, attributes={stance: 1}, certainty=1, memo="one")
    _, second = team.code(team.sue, 13, 23, memo="two")
    [made] = applied(team.sue, editing.join(team.sue, [last, second, first]))
    assert (made.id, made.quotes) == (first.id, ("The republic denies it.", "Talks may begin."))
    assert (made.attributes, made.certainty) == ({stance: 1, actor: named}, 0.3)
    assert made.memo == "one\n\ntwo"
    assert team.sue.undo_steps()[-1][1] == "join"


def test_a_split_is_undone_by_a_join(team):
    _, one = team.code(team.sue, 0, 23, memo="seen")
    assert applied(team.sue, editing.join(team.sue, applied(team.sue, editing.split(team.sue, one, 13)))) == [one]


def test_what_cannot_be_joined(team):
    stance = team.attributes["stance"].id
    _, one = team.code(team.sue, 0, 3, attributes={stance: 1})
    _, other = team.code(team.sue, 4, 12, attributes={stance: 0})
    _, offer = team.code(team.sue, 60, 66, code="offer")
    for chosen, words in (
        ([one], "at least two"),
        ([one, one], "at least two"),
        ([one, other], "different things of stance"),
        ([one, offer], "one code can be joined, not of Denial, Offer of dialogue"),
        ([one, replace(one, id=new_id(), coder=team.coders["Ada"].id)], "one person"),
    ):
        with pytest.raises(Refused, match=words):
            editing.join(team.sue, chosen)


def test_code_and_attributes_are_copied_to_other_words_and_onto_another_annotation(team):
    stance = team.attributes["stance"].id
    _, one = team.code(team.sue, 0, 3, attributes={stance: 1}, certainty=0.6, memo="mine")
    copied = editing.copy_to(team.sue, one, document=team.document.id, round=team.round.id, spans=[Span(60, 65)])
    _, made = applied(team.sue, copied)
    assert (made.quotes, made.code, made.attributes, made.certainty) == (("Talks",), one.code, {stance: 1}, 0.6)
    assert made.memo == ""
    with pytest.raises(Refused, match="already"):
        editing.copy_to(team.sue, one, document=team.document.id, round=team.round.id, spans=[Span(60, 65)])
    _, offer = team.code(team.sue, 28, 36, code="offer", memo="stays")
    change = editing.copy_onto(team.sue, one, [offer])
    now = applied(team.sue, change)[1]
    assert (now.id, now.code, now.attributes, now.memo) == (offer.id, one.code, {stance: 1}, "stays")
    team.sue.apply(change.inverse())
    assert team.sue.noun("annotation", offer.id) == offer


def test_a_copy_leaves_behind_what_the_round_does_not_ask_for(team):
    stance = team.attributes["stance"].id
    _, one = team.code(team.sue, 0, 3, attributes={stance: 1})
    denial = team.sue.noun("code", team.codes["denial"].id)
    team.sue.apply(Change("change codebook", (Edit(denial, replace(denial, attributes=(), required=())),)))
    team.sue.apply(editing.publish(team.sue))
    copied = editing.copy_to(team.sue, one, document=team.document.id, round=team.round.id, spans=[Span(60, 65)])
    assert made(copied, Annotation).attributes == {}


def test_a_span_is_taken_out_but_never_the_last_and_one_that_touches_makes_it_longer(team):
    _, one = team.code(team.sue, 0, 3)
    [one] = applied(team.sue, editing.add_span(team.sue, one, Span(60, 65)))
    [one] = applied(team.sue, editing.add_span(team.sue, one, Span(66, 69)))
    assert one.quotes == ("The", "Talks may")
    with pytest.raises(Refused, match="No span"):
        editing.remove_span(team.sue, one, 30)
    [one] = applied(team.sue, editing.remove_span(team.sue, one, 2))
    assert one.quotes == ("Talks may",)
    with pytest.raises(Refused, match="only span"):
        editing.remove_span(team.sue, one, 62)


def test_a_change_of_nothing_is_refused(team):
    _, one = team.code(team.sue, 0, 3)
    for change in (Change("nothing", ()), editing.set_memo(one, one.memo)):
        with pytest.raises(Refused, match="nothing to change"):
            team.sue.apply(change)


def test_what_a_coder_may_not_do(team):
    _, sues = team.code(team.sue, 0, 3)
    ada = team.sit_down("Ada")
    bens = replace(sues, id=new_id(), coder=team.coders["Ben"].id)
    for change in (
        Change("forge", (Edit(None, bens),)),
        Change("forge", (Edit(sues, None),)),
        Change("forge", (Edit(team.document, None),)),
        editing.add_round(ada, "mine"),
        editing.reveal(team.round),
        editing.mark_done(ada, document=team.document.id, round=team.round.id, coder=team.coders["Ben"].id),
        editing.assign(ada, documents=[team.document.id], coders=[sues.coder], round=team.round.id),
    ):
        with pytest.raises(Refused, match="Only"):
            ada.apply(change)


def test_a_supervisor_brings_in_and_takes_out_whole_annotations_but_never_alters_one(team):
    change = editing.annotate(
        team.sue,
        document=team.document.id,
        code=team.codes["denial"].id,
        spans=[Span(0, 3)],
        round=team.round.id,
        coder=team.coders["Ada"].id,
    )
    team.sue.apply(change)
    [brought] = team.sue.annotations(team.document.id)
    assert brought.coder == team.coders["Ada"].id
    with pytest.raises(Refused, match="belongs to Ada"):
        team.sue.apply(editing.set_memo(brought, "mine"))
    team.sue.apply(change.inverse())
    assert team.sue.annotations(team.document.id) == []
    assert {r.actor for r in team.sue.history(brought.id)} == {team.sue.actor.id}


def test_what_is_used_cannot_be_taken_away(team):
    entity = editing.add_entity(team.sue, "Velmar")
    team.sue.apply(entity)
    velmar = entity.edits[0].object
    team.code(team.sue, 0, 3, attributes={team.attributes["actor"].id: velmar})
    used = (team.codes["denial"], team.document, team.round, team.attributes["stance"], made(entity, Entity))
    for noun in (*used, team.sue.nouns("codebook_version")[0]):
        with pytest.raises(Refused, match="still used"):
            team.sue.apply(editing.retract(noun))


def test_done_locks_the_annotations_and_done_with_none_is_a_finding(team):
    ada, place = team.sit_down("Ada"), (team.document.id, team.coders["Ada"].id, team.round.id)
    assert ada.assignment_states()[place] == "to do"
    change, _ = team.code(ada, 0, 3)
    assert ada.assignment_states()[place] == "in progress"
    ada.apply(change.inverse())
    ada.apply(editing.mark_done(ada, document=team.document.id, round=team.round.id))
    assert ada.assignment_states()[place] == "done"
    with pytest.raises(Refused, match="Reopen"):
        team.code(ada, 0, 3)


def test_annotations_remember_their_codebook_and_merged_codes_read_as_one(team):
    _, one = team.code(team.sue, 0, 3, code="offer")
    denial = team.codes["denial"]
    team.sue.apply(Change("change codebook", (Edit(denial, replace(denial, name="Refusal")),)))
    team.sue.apply(editing.merge_codes(team.codes["offer"], team.sue.noun("code", denial.id)))
    team.sue.apply(editing.publish(team.sue))
    then, now = team.sue.codebook(one.codebook_version), team.sue.codebook()
    assert {code.name for code in then.values()} == {"Moves", "Denial", "Offer of dialogue"}
    assert now[editing.final_code(now, one.code)].name == "Refusal"
    assert team.sue.annotations(team.document.id) == [one]
    newest = team.sue.noun("round", team.round.id).codebook_version
    assert newest != one.codebook_version
    assert team.sue.codebook(newest) == now


def test_a_codebook_that_did_not_change_is_not_published_again(team):
    with pytest.raises(Refused, match="nothing to change"):
        team.sue.apply(editing.publish(team.sue))


@pytest.mark.parametrize(
    ("spans", "words"),
    [([], "Select"), ([(0, 999)], "not inside"), ([(3, 3)], "not inside"), ([(0, 5), (4, 9)], "overlap")],
)
def test_spans_must_lie_in_the_document_and_apart(team, spans, words):
    with pytest.raises(Refused, match=words):
        editing.annotate(
            team.sue,
            document=team.document.id,
            code=team.codes["offer"].id,
            spans=[Span(*span) for span in spans],
            round=team.round.id,
        )


def test_the_same_words_take_the_same_code_once(team):
    team.code(team.sue, 0, 3)
    with pytest.raises(Refused, match="have the code Denial from this coder already"):
        team.code(team.sue, 0, 3)
    team.code(team.sue, 0, 3, code="offer")


def test_families_and_retired_codes_code_nothing(team):
    offer = team.codes["offer"]
    team.sue.apply(Change("change codebook", (Edit(offer, replace(offer, retired=True)),)))
    team.sue.apply(editing.publish(team.sue))
    with pytest.raises(Refused, match="retired"):
        team.code(team.sue, 0, 3, code="offer")
    team.codes["family"] = team.family
    with pytest.raises(Refused, match="family"):
        team.code(team.sue, 0, 3, code="family")


def test_attributes_must_be_asked_for_and_take_only_their_values(team):
    stance, actor = team.attributes["stance"].id, team.attributes["actor"].id
    _, one = team.code(team.sue, 0, 3, attributes={stance: "+1"})
    assert one.attributes == {stance: 1}
    for attribute, value, words in ((stance, 7, "not one of the choices"), ("weather", "fair", "has no attribute")):
        with pytest.raises(Refused, match=words):
            team.code(team.sue, 4, 12, attributes={attribute: value})
    change = editing.set_attribute(team.sue, one, stance, None)
    assert made(change, Annotation).attributes == {}
    with pytest.raises(Refused, match="no attribute stance"):
        team.code(team.sue, 0, 3, code="offer", attributes={stance: 1})
    velmar = editing.add_entity(team.sue, "Velmar")
    team.sue.apply(velmar)
    values = {stance: 0, actor: velmar.edits[0].object}
    _, other = team.code(team.sue, 13, 19, attributes=values)
    team.sue.apply(editing.recode(team.sue, [other], team.codes["offer"].id))
    assert team.sue.noun("annotation", other.id).attributes == {actor: velmar.edits[0].object}


@pytest.mark.parametrize(
    ("type", "value", "stored"),
    [
        ("number", "2.50", 2.5),
        ("number", 3, 3),
        ("text", 3, "3"),
        ("one of", "b", "b"),
        ("several of", ["c", "a"], ["a", "c"]),
        ("number", "many", None),
        ("number", "nan", None),
        ("one of", "z", None),
        ("several of", "a", None),
    ],
)
def test_values_are_stored_as_their_type_says(type, value, stored):
    attribute = Attribute(new_id(), "field", type, choices=("a", "b", "c"))
    if stored is None:
        with pytest.raises(Refused, match="field"):
            checked(attribute, value)
    else:
        assert checked(attribute, value) == stored


def test_certainty_goes_from_nothing_to_all(team):
    _, one = team.code(team.sue, 0, 3, certainty=0.6)
    team.sue.apply(editing.set_certainty(one, None))
    with pytest.raises(Refused, match="0 to 1"):
        editing.set_certainty(one, 1.5)


def test_two_devices_make_the_same_entity_and_undo_passes_it_over(team):
    one, two = (editing.add_entity(team.sue, name) for name in ("Republic of  Velmar", "republic of velmar"))
    assert one.edits[0].object == two.edits[0].object
    steps = team.sue.undo_steps()
    team.sue.apply(one)
    assert team.sue.undo_steps() == steps
    found = editing.find_entity(team.sue, "REPUBLIC OF VELMAR")
    assert isinstance(found, Entity)
    assert found.name == "Republic of Velmar"


def test_a_list_of_ones_own_order_comes_from_the_seed(team):
    others = [replace(team.document, id=new_id(), title=f"{n}") for n in range(12)]
    team.sue.apply(Change("import documents", tuple(Edit(None, one) for one in others)))
    ids = [one.id for one in others]
    change = editing.assign(team.sue, documents=ids, coders=[team.coders["Ada"].id], round=team.round.id, seed=3)
    again = editing.assign(team.sue, documents=ids, coders=[team.coders["Ada"].id], round=team.round.id, seed=3)
    lists = [[edit.after for edit in one.edits if isinstance(edit.after, Assignment)] for one in (change, again)]
    first, second = ([one.document for one in handed] for handed in lists)
    assert first == second != ids
    assert [one.position for one in lists[0]] == list(range(1, 13))
    team.sue.apply(change)
    with pytest.raises(Refused, match="nothing to change"):
        team.sue.apply(editing.assign(team.sue, documents=ids, coders=[team.coders["Ada"].id], round=team.round.id))


def test_names_of_people_are_needed_and_taken_once(team):
    ada, ben = team.coders["Ada"], team.coders["Ben"]
    for change, words in (
        (editing.add_coder("  "), "The coder needs a name"),
        (editing.add_coder(" ADA"), "ADA is in this project"),
        (Change("change coder", (Edit(ben, replace(ben, name="ada")),)), "ada is in this project"),
        (Change("add coder", (*editing.add_coder("Zoe").edits, *editing.add_coder("zoe").edits)), "zoe is in this"),
    ):
        with pytest.raises(Refused, match=words):
            team.sue.apply(change)
    swapped = Edit(ada, replace(ada, name="Ben")), Edit(ben, replace(ben, name="Ada"))
    team.sue.apply(Change("change coder", swapped))
    team.sue.apply(Change("change coder", swapped).inverse())
    team.sue.apply(Change("change coder", (Edit(ada, replace(ada, name="Adela", role="supervisor")),)))
    assert team.sit_down("adela").actor.role == "supervisor"


def test_certainty_is_a_number_with_a_point(team):
    """A whole one, too: JSON would tell 1 from 1.0, and the table from the log."""
    _, annotation = team.code(team.sue, 0, 3, certainty=1)
    assert repr(annotation.certainty) == "1.0"
    assert team.sue.check(rebuild=True) == []


def test_a_log_with_a_whole_certainty_is_read_as_one_with_a_point(team):
    from annotator.model import noun_from

    noun = noun_from(
        "annotation",
        "x",
        {**dict.fromkeys(("document", "coder", "round", "code"), ""), "spans": [], "quotes": [], "certainty": 1},
    )
    assert isinstance(noun, Annotation)
    assert repr(noun.certainty) == "1.0"


def test_a_noun_that_never_was_is_refused_and_one_may_not_be_edited_twice(team):
    _, one = team.code(team.sue, 0, 3)
    ghost = replace(one, id=new_id())
    with pytest.raises(Refused, match="no such annotation"):
        team.sue.apply(editing.retract(ghost))
    twice = Change("memo", (Edit(one, replace(one, memo="a")), Edit(one, replace(one, memo="b"))))
    with pytest.raises(ValueError, match="twice"):
        team.sue.apply(twice)
    assert team.sue.annotations(team.document.id) == [one]
    recoded = editing.recode(team.sue, [one, one], team.codes["offer"].id)
    assert len(recoded.edits) == 1


def test_a_project_keeps_a_supervisor(team):
    sue = team.sue.actor
    for change in (Change("change coder", (Edit(sue, replace(sue, role="coder")),)), editing.retract(sue)):
        with pytest.raises(Refused, match=r"only supervisor|take yourself out"):
            team.sue.apply(change)
    ada = team.coders["Ada"]
    team.sue.apply(Change("change coder", (Edit(ada, replace(ada, role="supervisor")),)))
    team.sue.apply(Change("change coder", (Edit(sue, replace(sue, name="Susan", role="coder")),)))
    assert (team.sue.actor.name, team.sue.actor.role) == ("Susan", "coder")
    with pytest.raises(Refused, match="Only a supervisor"):
        team.sue.apply(editing.add_coder("Zoe"))


def test_people_who_were_taken_out_are_still_called_by_name(team):
    zoe = editing.add_coder("Zoe", "supervisor")
    team.sue.apply(zoe)
    project = team.sit_down("Zoe")
    offer = team.codes["offer"]
    change = Change("change codebook", (Edit(offer, replace(offer, key="t")),))
    project.apply(change)
    sue = team.sit_down("Sue")
    sue.apply(zoe.inverse())
    with pytest.raises(Refused, match=r"changed by Zoe at \d{4}-\d\d-\d\d \d\d:\d\d, after"):
        sue.apply(change)


def test_coders_add_entities_and_do_not_alter_them(team):
    ada = team.sit_down("Ada")
    ada.apply(editing.add_entity(ada, "Velmar"))
    [velmar] = ada.nouns("entity")
    for change in (Change("rename", (Edit(velmar, replace(velmar, name="Tessaly")),)), editing.retract(velmar)):
        with pytest.raises(Refused, match="Only a supervisor may change entities"):
            ada.apply(change)


def test_what_uses_a_noun_is_counted_and_named(team):
    _, one = team.code(team.sue, 0, 3)
    with pytest.raises(Refused, match="The code Denial is still used by 1 annotation\\."):
        team.sue.apply(editing.retract(team.sue.noun("code", one.code)))
    team.code(team.sue, 4, 12)
    with pytest.raises(Refused, match="The code Denial is still used by 2 annotations\\."):
        team.sue.apply(editing.retract(team.sue.noun("code", one.code)))
    with pytest.raises(Refused, match=r"codebook version 1 is still used by \d rounds"):
        team.sue.apply(editing.retract(team.sue.nouns("codebook_version")[0]))


def test_an_attribute_points_at_an_entity_that_is_there(team):
    actor = team.attributes["actor"].id
    with pytest.raises(Refused, match="no such entity"):
        team.code(team.sue, 0, 3, attributes={actor: new_id()})


def test_what_a_code_no_longer_asks_for_can_be_taken_out(team):
    stance = team.attributes["stance"].id
    _, one = team.code(team.sue, 0, 3, attributes={stance: 1})
    stale = replace(one, attributes={**one.attributes, "gone": "x"})
    assert made(editing.set_attribute(team.sue, stale, "gone", None), Annotation).attributes == {stance: 1}


def test_steps_of_their_own_that_happen_together_or_not_at_all(team):
    ada, before = team.coders["Ada"], len(team.sue.log())
    entity = editing.add_entity(team.sue, "Velmar")
    with pytest.raises(Refused, match="nothing to change"):
        team.sue.apply_all([entity, Change("nothing", ())])
    with pytest.raises(Refused, match="after your step"):
        team.sue.apply_all([entity, Change("forge", (Edit(replace(ada, name="Eve"), replace(ada, name="Eva")),))])
    assert len(team.sue.log()) == before
    ids = team.sue.apply_all([entity, editing.add_coder("Zoe")])
    assert [team.sue.change(id).label for id in ids] == ["add entity", "add coder"]
    assert team.sue.undo_steps()[-1] == (ids[1], "add coder")


def test_words_are_stored_as_texts_are(team):
    _, one = team.code(team.sue, 0, 3, memo="\ufeffa\r\nb\0\ud83d\ude00")
    assert one.memo == "a\nb\ufffd\U0001f600"
    assert made(editing.set_memo(one, "c\rd"), Annotation).memo == "c\nd"
    assert made(editing.add_entity(team.sue, " Vel\u2029mar "), Entity).name == "Vel mar"
    with pytest.raises(Refused, match="The entity needs a name"):
        editing.add_entity(team.sue, "\ufeff \n")


def test_undo_reaches_only_so_far_and_passes_over_names_that_were_put_in(team, monkeypatch):
    entity = editing.add_entity(team.sue, "Velmar")
    team.sue.apply(entity)
    changes = [team.code(team.sue, start, start + 1)[0] for start in range(6)]
    team.sue.apply(changes[-1].inverse())
    team.sue.apply(entity.inverse())
    assert [label for _, label in team.sue.undo_steps()][-5:] == ["annotate"] * 5
    last = team.sue.undo_steps()[-1]
    assert team.sue.change(last[0]) == changes[-2]
    monkeypatch.setattr("annotator.project.STEPS", 3)
    assert team.sue.undo_steps()[-1] == last
    assert len(team.sue.undo_steps()) == 3
