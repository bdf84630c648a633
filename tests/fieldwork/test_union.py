"""Merging is the union of logs: in any order, in pieces, any number of times, nothing lost; every copy says the same."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import editing, store, union
from annotator.errors import Damaged, Refused
from annotator.fieldwork import incoming
from annotator.model import Annotation, Change, Edit, Memo, new_id
from annotator.packages import Package, read_line, write_line
from annotator.project import Project
from annotator.revisions import Revision, digest, standing
from annotator.text import Span
from tests.conftest import made
from tests.fieldwork.conftest import Field, ids, own, standing_of
from tests.test_editing import STEPS, play


def pieces_of(package: Package, chance: random.Random) -> list[Package]:
    """A package as it may come: shuffled, cut in pieces, the pieces overlapping."""
    mixed = chance.sample(package.revisions, len(package.revisions))
    half = len(mixed) // 2
    return [replace(package, revisions=tuple(part)) for part in (mixed[:half], mixed[half:], mixed[:: 2 + half // 3])]


def ever_created(project: Project) -> set[str]:
    return {one.object for one in project.sendable() if one.kind == "annotation"}


def retracted(project: Project) -> set[str]:
    """The annotations of which the last word of everybody is that they are gone."""
    objects: dict[str, list[Revision]] = {}
    for one in project.log():
        if one.kind == "annotation":
            objects.setdefault(one.object, []).append(one)
    return {id for id, made in objects.items() if standing(made).shown is None}


@settings(max_examples=15)
@given(st.lists(STEPS, min_size=3, max_size=3), st.booleans(), st.integers(0, 9999))
def test_union_in_any_order_and_in_any_pieces_gives_one_project(tmp_path_factory, histories, meet, seed):
    field, chance = Field(tmp_path_factory.mktemp("union")), random.Random(seed)
    team = field.team
    desk = field.laptop("Ada")
    shared = [team.code(desk, start, start + 4)[1].id for start in (0, 20, 40)]
    field.receive(field.hand_in(desk))
    laptops = [field.laptop("Ada"), field.laptop("Ada"), field.laptop("Ben")]
    copies = [field.fresh(), field.fresh()]
    for laptop in laptops[:2]:
        field.memo(laptop, shared[0], f"on {laptop.device}")
        laptop.apply(editing.add_entity(laptop, "Velmar"))
    for laptop, steps in zip(laptops, histories, strict=True):
        play(team, laptop, steps[:8])
    if meet:
        field.receive(field.hand_in(laptops[1]), into=laptops[0])
    for laptop, steps in zip(laptops, histories, strict=True):
        play(team, laptop, steps[8:])
    packages = [own(laptop) for laptop in laptops]
    for package in packages:
        copies[0].receive([package])
    parts = [part for package in packages * 2 for part in pieces_of(package, chance)]
    for part in chance.sample(parts, len(parts)):
        copies[1].receive([part])
    for copy in copies:
        assert [receipt.new for receipt in copy.receive(packages)] == [0, 0, 0]
        assert {one for package in packages for one in ids(package.revisions)} <= ids(copy.log())
        alive = {one.id for one in copy.nouns("annotation")}
        assert alive | retracted(copy) == ever_created(copy)
        assert not alive & retracted(copy)
        assert copy.lost([team.document.id]) == set()
        assert copy.barred() == []
        assert copy.check(rebuild=True) == []
    assert standing_of(copies[0]) == standing_of(copies[1])
    one, other = (copy.sendable() for copy in copies)
    copies[0].receive([Package(team.sue.id, tuple(other))])
    assert len(copies[0].sendable()) == len(one)
    field.close()


def test_two_devices_of_one_person_contest_and_a_retraction_loses_until_a_person_decides(field):
    _, one = field.team.code(desk := field.laptop("Ada"), 4, 12)
    field.receive(field.hand_in(desk))
    lap = field.laptop("Ada")
    field.memo(desk, one.id, "at the desk")
    lap.apply(editing.retract(field.annotation(lap, one.id)))
    for order in ((desk, lap), (lap, desk)):
        copy = field.fresh()
        field.receive(*map(field.hand_in, order), into=copy)
        assert [noun.memo for noun in copy.annotations(field.team.document.id)] == ["at the desk"]
        [(object, heads)] = copy.contested().items()
        assert (object, {head.op for head in heads}) == (one.id, {"put", "retract"})
        assert copy.check(rebuild=True) == []
    field.receive(field.hand_in(lap), into=desk)
    with pytest.raises(Refused, match="changed in two places"):
        field.memo(desk, one.id, "again")


def test_two_devices_that_do_the_same_agree_and_so_does_who_comes_later(field):
    """Velmar is named on two laptops by themselves; the supervisor knows it by one, gives it an alias, and only then hears of
    the other."""
    ada, ben = field.laptop("Ada"), field.laptop("Ben")
    for laptop in (ada, ben):
        laptop.apply(editing.add_entity(laptop, "Velmar"))
        laptop.apply(editing.mark_done(laptop, document=field.team.document.id, round=field.team.round.id))
    field.receive(field.hand_in(ben))
    (velmar,) = field.sue.nouns("entity")
    field.sue.apply(editing.add_alias(field.sue, velmar, "Republic of Velmar"))
    field.receive(field.hand_in(ada))
    assert field.sue.contested() == {}
    assert field.sue.nouns("entity")[0].aliases == ("Republic of Velmar",)
    assert field.sue.check(rebuild=True) == []


def test_what_was_kept_back_is_no_gap_and_what_is_missing_is_until_it_comes(field):
    ada = field.laptop("Ada")
    assert ada.check(rebuild=True) == []
    assert ada.withheld()
    for start in (0, 10, 20):
        field.team.code(ada, start, start + 5)
    whole = own(ada)
    (receipt,) = field.sue.receive([replace(whole, revisions=whole.revisions[::2])])
    assert [problem.key for problem in receipt.problems] == ["log.gap"]
    assert (receipt.new, receipt.known) == (2, 0)
    assert [problem.key for problem in field.sue.check()] == ["log.gap"]
    (receipt,) = field.sue.receive([whole])
    assert (receipt.new, receipt.known, receipt.problems) == (1, 2, ())
    assert field.sue.check() == []


def test_a_copied_file_forks_its_chain_and_both_branches_are_kept(field):
    ada = field.laptop("Ada", device="lap")
    twin = field.path(".annotator")
    field.team.code(ada, 0, 3)
    ada.back_up(twin)
    restored = field.keep(Project(twin, actor="Ada", device="lap"))
    field.team.code(ada, 4, 12)
    field.team.code(restored, 13, 19)
    received = field.receive(field.hand_in(ada), field.hand_in(restored))
    assert len(field.sue.annotations(field.team.document.id)) == 3
    assert {problem.key for _, receipt in received.arrived for problem in receipt.problems} == {"log.forked"}
    assert {problem.key for problem in field.sue.check()} == {"log.forked"}


def test_an_id_with_two_bodies_stops_everything(field):
    ada = field.laptop("Ada")
    _, one = field.team.code(ada, 0, 3)
    package = own(ada)
    field.sue.receive([package])
    before = standing_of(field.sue)
    forged = replace(package.revisions[0], label="another")
    forged = replace(forged, hash=digest(ada.id, forged))
    field.team.code(ada, 4, 9)
    with pytest.raises(Damaged, match="other contents"):
        field.sue.receive([own(ada), replace(package, revisions=(forged,))])
    assert standing_of(field.sue) == before
    assert field.annotation(field.sue, one.id) == one


def test_a_dry_run_and_a_stop_leave_nothing(field):
    ada = field.laptop("Ada")
    field.team.code(ada, 0, 3)
    before, said = standing_of(field.sue), []
    (receipt,) = field.sue.receive([own(ada)], dry_run=True, progress=lambda done, total: said.append((done, total)))
    assert (receipt.new, said[-1]) == (1, (2, 2))
    with pytest.raises(Refused, match="Stopped"):
        field.sue.receive([own(ada)], cancelled=lambda: True)
    assert standing_of(field.sue) == before
    assert field.sue.receipts() == []


@pytest.mark.parametrize("step", range(3))
def test_what_fails_at_any_step_leaves_nothing(field, monkeypatch, step):
    ada = field.laptop("Ada")
    for start in (0, 10, 20):
        field.team.code(ada, start, start + 5)
    before, calls, show = standing_of(field.sue), [], store.show
    monkeypatch.setattr(union, "AT_ONCE", 1)

    def failing(connection, standings, **more):
        calls.append(1)
        if len(calls) > step:
            raise RuntimeError("power cut")
        return show(connection, standings, **more)

    monkeypatch.setattr(store, "show", failing)
    with pytest.raises(RuntimeError):
        field.sue.receive([own(ada)])
    monkeypatch.undo()
    assert standing_of(field.sue) == before
    assert field.sue.check(rebuild=True) == []
    assert field.sue.receipts() == []


def test_a_stop_at_any_step_of_reading_and_uniting_leaves_nothing(field, monkeypatch):
    """Three lines are read, logged and shown, and twice it is asked around the receipt."""
    ada = field.laptop("Ada")
    for start in (0, 10, 20):
        field.team.code(ada, start, start + 5)
    path, before = field.hand_in(ada), standing_of(field.sue)
    monkeypatch.setattr(incoming, "LINES", 1)
    monkeypatch.setattr(union, "AT_ONCE", 1)
    asked = 3 + 3 + 3 + 2
    for step in range(1, asked + 1):
        answers = iter([*[False] * (step - 1), True])
        with pytest.raises(Refused, match="Stopped"):
            incoming.receive(field.sue, [path], cancelled=lambda answers=answers: next(answers))
        assert (standing_of(field.sue), field.sue.receipts()) == (before, [])
    answers = iter([False] * asked)
    ((_, receipt),) = incoming.receive(field.sue, [path], cancelled=lambda: next(answers)).arrived
    assert (receipt.new, list(answers)) == (3, [])
    assert field.sue.check(rebuild=True) == []


def test_a_receipt_is_logged(field):
    ada = field.laptop("Ada")
    field.team.code(ada, 0, 3)
    path = field.hand_in(ada)
    field.receive(path)
    (told,) = field.sue.receipts()
    assert (told.sender, told.name, told.new) == (ada.actor.id, path.name, 1)
    assert len(told.sha256) == 64


def test_whole_copies_are_merged(field):
    path = field.path(".annotator")
    field.sue.back_up(path)
    with Project(path, actor="Sue", device="at home") as home:
        home.apply(editing.add_coder("Zoe"))
    field.team.code(field.sue, 0, 3)
    receipt = incoming.merge(field.sue, path)
    assert (receipt.new, incoming.merge(field.sue, path).new) == (1, 0)
    assert [one.name for one in field.sue.nouns("coder")] == ["Sue", "Ada", "Ben", "Zoe"]
    assert field.sue.check(rebuild=True) == []


def test_a_coder_merges_what_is_their_own(field):
    path = field.path(".annotator")
    ben = field.laptop("Ben")
    field.team.code(ben, 4, 8, memo="SECRET")
    field.receive(field.hand_in(ben))
    ada, other = field.laptop("Ada"), field.laptop("Ada")
    field.team.code(other, 0, 3)
    field.receive(field.hand_in(other))
    field.sue.back_up(path)
    assert incoming.merge(ada, path).new == 1
    assert "SECRET" not in repr(ada.sendable())


# Rights ---------------------------------------------------------------------------------------------------------------


def by(author: Project, *edits: Edit, device: str = "forged", seen: Project | None = None) -> Package:
    """A package that says its author made these edits, whether they could or not; each on what stands at the author's, or
    where they looked."""
    found, prev = [], ""
    for seq, edit in enumerate(edits, 1):
        heads = standing(one for one in (seen or author).log() if one.object == edit.object).heads
        body = "{}" if edit.after is None else _body(edit.after)
        id = new_id()
        one = Revision(
            *(id, edit.kind, edit.object, "put" if edit.after else "retract", tuple(head.id for head in heads)),
            *(author.actor.id, device, seq, "2031-01-01T00:00:00.000+00:00", "by hand", id, 1, body, prev),
        )
        one = replace(one, hash=digest(author.id, one))
        prev = one.hash
        found.append(one)
    return Package(author.id, tuple(found), coder=author.actor.id, name="forged.coded")


def _body(noun) -> str:
    from annotator.model import body_of, canonical_json

    return canonical_json(body_of(noun))


def forbidden(field: Field, ben: Project, hers: Annotation) -> list[tuple[Edit, str]]:
    """What Ben has no right to do, and why not."""
    sue, team = field.sue, field.team
    version = sue.nouns("codebook_version")[0]
    return [
        (Edit(hers, replace(hers, memo="Ben was here")), "barred.not_yours"),
        (Edit(hers, replace(hers, coder=ben.actor.id)), "barred.not_yours"),
        (Edit(hers, None), "barred.not_yours"),
        (Edit(None, replace(hers, id=new_id())), "barred.not_yours"),
        (Edit(None, Memo(new_id(), team.document.id, hers.coder, "as Ada")), "barred.not_yours"),
        (Edit(team.coders["Ben"], replace(team.coders["Ben"], role="supervisor")), "barred.supervisor_only"),
        (Edit(team.codes["denial"], replace(team.codes["denial"], name="Lie")), "barred.supervisor_only"),
        (Edit(team.document, replace(team.document, title="Other")), "barred.supervisor_only"),
        (Edit(None, replace(version, id=new_id(), number=9)), "barred.supervisor_only"),
        (Edit(version, replace(version, number=9)), "barred.frozen"),
        (Edit(None, Memo(hers.id, team.document.id, ben.actor.id, "in its place")), "barred.other_kind"),
    ]


def test_what_its_author_had_no_right_to_counts_nowhere_and_is_told(field):
    ada, ben = field.laptop("Ada"), field.laptop("Ben")
    _, hers = field.team.code(ada, 4, 12)
    field.receive(field.hand_in(ada))
    before = standing_of(field.sue)["nouns"]
    number = 0
    for number, (edit, why) in enumerate(forbidden(field, ben, hers), 1):
        package = by(ben, edit, device=f"forged {number}", seen=field.sue)
        (receipt,) = field.sue.receive([package])
        assert (receipt.new, receipt.barred) == (1, 1), edit
        assert field.sue.barred()[-1] == (package.revisions[0], why)
        assert len(field.sue.barred()) == number
        assert standing_of(field.sue)["nouns"] == before
        assert field.sue.contested() == {}
    told = [problem for problem in field.sue.check(rebuild=True) if problem.key.startswith("barred")]
    assert len(told) == number
    assert "Ben altered the annotation “republic”, which is another's" in "\n".join(map(str, told))
    assert ids(field.sue.sendable()) >= {one.id for one, _ in field.sue.barred()}
    copy = field.fresh()
    copy.actor = field.team.coders["Ben"]
    assert copy.barred() == []


def test_what_was_made_under_the_id_of_anothers_is_contested_and_hides_nothing(field):
    ada, ben = field.laptop("Ada"), field.laptop("Ben")
    _, hers = field.team.code(ada, 4, 12)
    field.receive(field.hand_in(ada))
    field.sue.receive([by(ben, Edit(None, replace(hers, coder=ben.actor.id)), device="one")])
    (receipt,) = field.sue.receive([by(ben, Edit(hers, None), device="two")])
    assert receipt.barred == 1
    assert {head.actor for head in field.sue.contested()[hers.id]} == {ada.actor.id, ben.actor.id}


def test_who_goes_on_after_what_does_not_count_goes_on_from_what_does(field):
    """Ada's next edit, made where Ben's meddling is in the log too, answers to her own."""
    ada = field.laptop("Ada")
    _, hers = field.team.code(ada, 4, 12)
    field.receive(field.hand_in(ada))
    ben = field.laptop("Ben")
    field.sue.receive([by(ben, Edit(hers, replace(hers, memo="Ben was here")), seen=field.sue)])
    later = field.laptop("Ada")
    assert "Ben was here" not in repr(later.sendable())
    field.memo(later, hers.id, "mine")
    field.receive(field.hand_in(later))
    assert field.annotation(field.sue, hers.id).memo == "mine"
    assert field.sue.contested() == {}


def test_the_same_is_barred_in_every_order(field):
    """A new supervisor's work comes before the word that makes them one, and a right to it comes later."""
    zoe, home = field.fresh(), field.fresh()
    change = editing.add_coder("Zoe", "supervisor")
    zoe.apply(change)
    named = own(zoe)
    her = by(_acting(zoe, "Zoe"), *editing.add_coder("Max").edits, device="z")
    (receipt,) = home.receive([her])
    assert (receipt.barred, [why for _, why in home.barred()]) == (1, ["barred.stranger"])
    home.receive([named])
    assert home.barred() == []
    assert [one.name for one in home.nouns("coder")][-1] == "Max"
    field.sue.receive([named, her])
    assert standing_of(home) == standing_of(field.sue)
    assert home.check(rebuild=True) == []


def _acting(project: Project, name: str) -> Project:
    project.actor = next(one for one in project.nouns("coder") if one.name == name)
    return project


def test_what_the_door_permits_is_never_barred(field):
    """Imports by a supervisor, their undo, a coder's own undo, and time on task."""
    sue, team = field.sue, field.team
    change = editing.annotate(
        sue,
        document=team.document.id,
        code=team.codes["denial"].id,
        spans=[Span(0, 3)],
        round=team.round.id,
        coder=team.coders["Ada"].id,
    )
    sue.apply(change)
    sue.apply(change.inverse())
    sue.apply(change)
    ada = field.laptop("Ada")
    one = made(change, Annotation)
    step = editing.set_memo(one, "mine")
    ada.apply(step)
    ada.apply(step.inverse())
    ada.apply(editing.sit(ada, document=team.document.id, round=team.round.id, began="2031", seconds=9, before=None))
    ada.apply(editing.bookmark(ada, document=team.document.id, place=one.spans[0]))
    field.receive(field.hand_in(ada))
    assert sue.barred() == []
    assert sue.check(rebuild=True) == []


def test_a_line_is_read_as_it_was_written(field):
    ada = field.laptop("Ada")
    field.team.code(ada, 4, 12, memo='d\u00e9menti \U0001f600 "body":null', certainty=0.1 + 0.2)
    for one in ada.sendable():
        assert read_line(write_line(ada.id, one).encode()) == (ada.id, one)


@pytest.mark.parametrize(
    "words",
    ["", "[]", "{}", '{"hash":"x","revision":[]}', '{"hash":1,"revision":{"project":"p","body":{}}}', "[" * 9999],
)
def test_a_line_that_is_none_is_refused(words):
    with pytest.raises((ValueError, TypeError, KeyError, RecursionError)):
        read_line(words.encode())


def test_a_noun_that_cannot_be_understood_is_refused_whole(field):
    ada = field.laptop("Ada")
    _, one = field.team.code(ada, 0, 3)
    (good,) = own(ada).revisions
    for body in (
        '{"spans":1}',
        "[]",
        good.body.replace('"quotes":["The"]', '"quotes":[1]'),
        good.body.replace("[[0,3]]", '[["a",3]]'),
        good.body.replace("[[0,3]]", "[[0,99999999999999999999]]"),
        good.body.replace('"spans"', '"certainty":1e999,"spans"'),
        good.body.replace('"spans"', '"memo":"\\ud800","spans"'),
        good.body.replace('"spans"', '"a newer field":[NaN],"spans"'),
    ):
        bad = replace(good, id=new_id(), body=body)
        with pytest.raises(Damaged, match="cannot be understood"):
            field.sue.receive([replace(own(ada), revisions=(replace(bad, hash=digest(ada.id, bad)),))])
    assert field.sue.receipts() == []
    assert one.id not in repr(field.sue.log())


def test_what_a_newer_version_wrote_is_kept_and_passed_on(field):
    ada = field.laptop("Ada")
    field.team.code(ada, 0, 3)
    (good,) = own(ada).revisions
    odd = replace(
        good, id=new_id(), object=new_id(), kind="picture", seq=good.seq + 1, prev=good.hash, body='{"size":4}'
    )
    odd = replace(odd, hash=digest(ada.id, odd))
    newer = replace(
        good,
        id=new_id(),
        parents=(good.id,),
        seq=good.seq + 2,
        prev=odd.hash,
        body=good.body[:-1] + ',"voice":"quoted"}',
    )
    newer = replace(newer, body=_sorted(newer.body))
    newer = replace(newer, hash=digest(ada.id, newer))
    field.sue.receive([replace(own(ada), revisions=(good, odd, newer))])
    assert {odd, newer} <= {*field.sue.sendable()}
    assert field.sue.check(rebuild=True) == []


def _sorted(body: str) -> str:
    import json

    from annotator.model import canonical_json

    return canonical_json(json.loads(body))


def test_a_change_is_one_step(field):
    """Settling is told from an ordinary change at the door."""
    _, one = field.team.code(ada := field.laptop("Ada"), 0, 3)
    with pytest.raises(Refused, match="not contested"):
        ada.apply(Change("settle", (Edit(one, one),), settles=True))
