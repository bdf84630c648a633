"""A purge goes along with packages: every copy that hears of it purges, and nothing that comes later brings words back."""

import itertools
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from annotator import backups, editing, purging
from annotator.fieldwork import incoming
from annotator.model import Change, Edit, Purge, new_id
from annotator.packages import Package
from annotator.project import Project
from annotator.revisions import Author, revise
from annotator.text import Span
from tests.conftest import document
from tests.fieldwork.conftest import Field, own, standing_of
from tests.test_purging import MARK, WORDS, holding


@pytest.fixture
def field(tmp_path):
    made = Field(tmp_path, words=WORDS)
    other, contents = document("It stays.", title="Another")
    made.sue.apply(Change("import documents", (Edit(None, other),)), contents=contents)
    ada = [made.team.coders["Ada"].id]
    made.sue.apply(editing.assign(made.sue, documents=[other.id], coders=ada, round=made.team.round.id))
    yield made
    made.close()


def purge(field: Field) -> None:
    field.sue.apply(purging.change(field.sue, field.team.document.id))
    purging.sweep(field.sue)


def unpacked(path: Path) -> bytes:
    with zipfile.ZipFile(path) as package:
        return b"\n".join(package.read(name) for name in package.namelist())


def test_the_next_package_lets_a_coder_purge_too(field):
    ada = field.laptop("Ada")
    field.team.code(ada, 0, 12, memo=MARK)
    backups.make(ada, datetime(2026, 11, 24, tzinfo=UTC))
    purge(field)
    package = field.assign("Ada")
    assert MARK.encode() not in unpacked(package)
    received = field.receive(package, into=ada)
    assert received.failures == []
    assert [one.title for one in ada.nouns("document")] == ["Another"]
    assert ada.nouns("annotation") == []
    assert ada.check(rebuild=True) == []
    for path in (ada.path, *purging.copies(ada.path)):
        assert MARK.encode() not in path.read_bytes()
    assert len(purging.copies(ada.path)) == 1
    assert ada.undo_steps() == []


def test_what_comes_later_brings_no_words_back(field, tmp_path):
    ada = field.laptop("Ada")
    _, one = field.team.code(ada, 0, 12, memo=f"on {MARK}")
    late = field.hand_in(ada)
    ada.apply(editing.retract(one))
    field.team.code(ada, 13, 22)
    later = field.hand_in(ada)
    assert MARK.encode() in unpacked(late)
    purge(field)
    for path, new, without in ((late, 1, 1), (later, 2, 1), (late, 0, 0), (later, 0, 0)):
        received = field.receive(path)
        ((_, receipt),) = received.arrived
        assert (receipt.new, receipt.purged, receipt.barred) == (new, without, 0)
        told = [str(note) for note in received.notes if note.key == "package.purged"]
        assert len(told) == bool(without)
        assert all(path.name in words and "without words" in words for words in told)
        assert field.sue.nouns("annotation") == []
        assert field.sue.check(rebuild=True) == []
    field.team.close()
    assert [name for name in holding(tmp_path) if name.startswith("team")] == []


def test_what_is_handed_in_after_it_has_no_words(field):
    ada = field.laptop("Ada")
    field.team.code(ada, 0, 12, memo=MARK)
    purge(field)
    field.receive(field.assign("Ada"), into=ada)
    (other,) = ada.nouns("document")
    code, place = field.team.codes["denial"].id, [Span(0, 9)]
    ada.apply(editing.annotate(ada, document=other.id, code=code, spans=place, round=field.team.round.id))
    back = field.hand_in(ada)
    assert MARK.encode() not in unpacked(back)
    ((_, receipt),) = field.receive(back).arrived
    assert (receipt.new, receipt.problems) == (1, ())
    assert field.sue.check(rebuild=True) == []


def test_a_copy_that_is_merged_brings_no_words_and_learns_of_it(field, tmp_path):
    copy = field.fresh()
    field.team.code(copy, 0, 12, memo=MARK)
    purge(field)
    receipt = incoming.merge(field.sue, copy.path)
    assert receipt.purged == 1
    assert field.sue.nouns("annotation") == []
    incoming.merge(copy, field.sue.path)
    assert standing_of(copy) == standing_of(field.sue)
    assert field.sue.check(rebuild=True) == copy.check(rebuild=True) == []
    copy.close()
    field.team.close()
    assert holding(tmp_path) == []


def test_in_any_order_it_is_the_same(field):
    """The purge, work from before it, and work that was done elsewhere after it."""
    ada = field.laptop("Ada")
    field.team.code(ada, 0, 12, memo=MARK)
    first = own(ada)
    field.team.code(ada, 13, 22, memo=MARK)
    second = own(ada)
    change, author = purging.change(field.sue, field.team.document.id), Author(field.sue.id, field.sue.actor.id, "far")
    purged = Package(field.sue.id, tuple(revise(change, {}, author)), coder=field.sue.actor.id)
    found = []
    for order in itertools.permutations([first, second, purged]):
        copy = field.fresh()
        for package in (*order, *order):
            copy.receive([package])
        together = field.fresh()
        together.receive(list(order))
        assert standing_of(together) == standing_of(copy)
        for each in (copy, together):
            assert each.check(rebuild=True) == []
            purging.sweep(each)
            each.close()
            assert MARK.encode() not in each.path.read_bytes()
        with Project(copy.path, actor="Sue", device=new_id()) as again:
            found.append(standing_of(again))
    assert all(one == found[0] for one in found)


def test_a_purge_of_somebody_who_may_not_counts_nowhere(field):
    ada = field.laptop("Ada")
    change = Change("purge", (Edit(None, Purge(new_id(), field.team.document.id)),))
    made = revise(change, {}, Author(ada.id, ada.actor.id, "far"))
    field.sue.receive([Package(field.sue.id, tuple(made), coder=ada.actor.id)])
    assert [one.kind for one, _ in field.sue.barred()] == ["purge"]
    assert field.sue.text(field.team.document.id) == WORDS
    assert not field.sue.is_due_to_be_scrubbed


def test_a_dry_run_purges_nothing(field):
    copy = field.fresh()
    purge(field)
    package = replace(own(field.sue), revisions=tuple(field.sue.log("purge")))
    copy.receive([package], dry_run=True)
    assert copy.text(field.team.document.id) == WORDS
    assert not copy.is_due_to_be_scrubbed


def test_a_new_laptop_hears_of_it_and_gets_nothing(field):
    purge(field)
    ada = field.laptop("Ada")
    assert [one.title for one in ada.nouns("document")] == ["Another"]
    assert ada.check(rebuild=True) == []
