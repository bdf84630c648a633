"""The registry: everybody adds, supervisors rename and merge, and every read follows without touching an annotation."""

import csv
import io

import pytest

from annotator import editing
from annotator.agreement.comparison import places
from annotator.agreement.units import layers
from annotator.entities import Registry
from annotator.errors import Refused
from annotator.model import Entity, entity_id

from .conftest import made


def registry(*said: str) -> Registry:
    """Entities by “name|alias|alias”."""
    words = [tuple(one.split("|")) for one in said]
    return Registry(Entity(str(n), name, tuple(aliases)) for n, (name, *aliases) in enumerate(words))


def add(project, name: str, *aliases: str) -> Entity:
    change = editing.add_entity(project, name, *aliases)
    project.apply(change)
    return made(change, Entity)


def test_matches_come_beginnings_first_then_of_words_then_whole_words_parts_and_slips():
    known = registry("Greater Velmar", "Velmar", "Novelmarch", "Vilmar", "Élan|The Velmarians", "Ostland")
    found = known.matches("velmar")
    assert [(match.entity.name, match.by) for match in found] == [
        ("Velmar", "Velmar"),
        ("Élan", "The Velmarians"),
        ("Greater Velmar", "Greater Velmar"),
        ("Novelmarch", "Novelmarch"),
        ("Vilmar", "Vilmar"),
    ]
    assert [match.entity.name for match in known.matches("ELAN")] == ["Élan"]
    assert known.matches("quite another") == []


def test_what_was_used_last_is_offered_first():
    known = registry("Aland", "Beland", "Celand")
    assert [one.entity.name for one in known.matches("", recent=["2", "1"])] == ["Celand", "Beland", "Aland"]
    assert [one.entity.name for one in known.matches("eland", recent=["2"])][:2] == ["Celand", "Beland"]


def test_names_that_may_be_one_are_proposed():
    known = registry("Velmar", "Vélmar", "Velmra", "United Nations", "UN", "U.N.", "Ostland", "Westland")
    pairs = {frozenset((one.name, other.name)) for one, other in known.alike()}
    assert frozenset(("Velmar", "Vélmar")) in pairs
    assert frozenset(("Velmar", "Velmra")) in pairs
    assert frozenset(("UN", "United Nations")) in pairs
    assert not any("Ostland" in pair for pair in pairs)


@pytest.mark.parametrize(
    "said", [("Velmar", "Vélmar", "Orla Bay", "Orla Bai"), ("Orla Bai", "Orla Bay", "Vélmar", "Velmar")]
)
def test_what_may_be_one_comes_by_name_whatever_the_ids(said):
    pairs = [(one.name, other.name) for one, other in registry(*said).alike()]
    assert pairs == [("Orla Bai", "Orla Bay"), ("Velmar", "Vélmar")]


def test_a_merged_entity_is_read_as_the_other_and_undo_parts_them(team):
    sue = team.sue
    one, other = add(sue, "Velmar"), add(sue, "Republic of Velmar", "RV")
    _, coded = team.code(sue, 0, 23, attributes={team.attributes["actor"].id: other.id})
    merging = editing.merge_entities([other], one)
    sue.apply(merging)
    known = Registry(sue.nouns("entity"))
    assert known.name(other.id) == "Velmar"
    assert [entity.aliases for entity in known.offered.values()] == [("Republic of Velmar", "RV")]
    assert editing.find_entity(sue, "rv") == one
    assert sue.noun("annotation", coded.id) == coded
    assert sue.check(rebuild=True) == []
    sue.apply(merging.inverse())
    assert Registry(sue.nouns("entity")).name(other.id) == "Republic of Velmar"


def test_merging_the_other_way_round_and_rings_come_to_an_end(team):
    sue = team.sue
    one, other, third = (add(sue, name) for name in ("Aland", "Beland", "Celand"))
    sue.apply(editing.merge_entities([one, third], other))
    sue.apply(editing.merge_entities([other], sue.noun("entity", one.id)))
    known = Registry(sue.nouns("entity"))
    assert {known.name(id) for id in known.by_id} == {"Aland"}
    ring = Registry(Entity(id, id, (), to) for id, to in (("b", "c"), ("c", "b"), ("a", "b"), ("d", "gone")))
    assert [ring.final(id) for id in "abcd"] == ["b", "b", "b", "d"]
    assert list(ring.offered) == ["b", "d"]


def test_a_merge_can_be_taken_back_later(team):
    one, other = add(team.sue, "Aland"), add(team.sue, "Beland")
    team.sue.apply(editing.merge_entities([other], one))
    team.sue.apply(editing.part_entity(team.sue.noun("entity", other.id)))
    assert editing.find_entity(team.sue, "Beland") == other


def test_what_an_entity_was_called_is_found_further_on(team):
    sue = team.sue
    one = add(sue, "Velmra")
    sue.apply(editing.rename_entity(sue, one, " Velmar "))
    now = sue.noun("entity", one.id)
    assert (now.name, now.aliases) == ("Velmar", ("Velmra",))
    assert editing.find_entity(sue, "velmra") == now
    with pytest.raises(Refused) as refused:
        editing.remove_alias(sue, now, "Velmra")
    assert refused.value.key == "entity.first_name"
    sue.apply(editing.add_alias(sue, now, "VR"))
    sue.apply(editing.remove_alias(sue, sue.noun("entity", one.id), "VR"))
    assert sue.noun("entity", one.id).aliases == ("Velmra",)


def test_a_name_is_never_given_twice(team):
    one, other = add(team.sue, "Aland"), add(team.sue, "Beland", "B")
    for make in (editing.rename_entity, editing.add_alias):
        with pytest.raises(Refused) as refused:
            make(team.sue, one, "b")
        assert refused.value.key == "entity.exists"
        with pytest.raises(Refused):
            make(team.sue, other, " ")


def test_coders_add_and_only_supervisors_alter(team):
    ada = team.sit_down("Ada")
    one, other = add(ada, "Aland"), add(ada, "Beland")
    assert one.id == entity_id(ada.id, "aland")
    for change in (
        editing.merge_entities([other], one),
        editing.rename_entity(ada, one, "Celand"),
        editing.add_alias(ada, one, "A"),
    ):
        with pytest.raises(Refused) as refused:
            ada.apply(change)
        assert refused.value.key == "right.supervisor_only"


def test_exports_and_imports_follow(team, tmp_path):
    from annotator.interchange.annotation_table import write

    sue = team.sue
    one, other = add(sue, "Velmar"), add(sue, "Republic of Velmar")
    team.code(sue, 0, 23, attributes={team.attributes["actor"].id: other.id})
    sue.apply(editing.merge_entities([other], one))
    out = tmp_path / "codings.csv"
    write(sue, out)
    [row] = csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig")))
    assert row["actor"] == "Velmar"


def test_coders_who_named_what_is_one_now_agree(team):
    one, other = add(team.sue, "Velmar"), add(team.sue, "Republic of Velmar")
    actor = team.attributes["actor"].id
    for name, entity in (("Ada", one), ("Ben", other)):
        team.code(team.sit_down(name), 0, 23, attributes={actor: entity.id})
    sue = team.sit_down("Sue")

    def differences() -> list[str]:
        laid = layers(sue, team.document.id, rounds=[team.round.id])
        return [place.kind for place in places(laid) if place.kind != "match"]

    assert differences() == ["attribute"]
    sue.apply(editing.merge_entities([sue.noun("entity", other.id)], sue.noun("entity", one.id)))
    assert differences() == []
