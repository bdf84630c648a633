"""From a project to agreement over the order of coding."""

from dataclasses import replace

import numpy as np
import pytest

from annotator import editing
from annotator.agreement import coefficients, drift, report, unitizing, units
from annotator.agreement.timeline import timeline
from annotator.model import Change, Edit, new_id
from annotator.project import Project


def test_over_the_baseline_the_mean_is_the_coefficient(twelve):
    study = units.study(twelve.project)
    order = timeline(twelve.project, study)
    for unit in ("span", "sentence"):
        found = drift.drift(study, order, unit)
        assert found is not None
        assert found.base == (0, 10), "one document is Ann's alone"
        row = report.compute(study, unit=unit, replicates=0).find(*found.measure)
        assert row is not None
        assert row.value is not None
        n = len(study.sentences.start) if unit == "sentence" else 1e9
        assert found.centre == pytest.approx(row.value, abs=1 / n), unit


def test_of_overlapping_codes_their_sums_are_added_up(codings):
    for n in range(8):
        codings.coded("Ann", f"Text {n}", ("Denial", 0, 12), ("Threat", 5, 25 - n))
        codings.coded("Bob", f"Text {n}", ("Denial", 0, 12 + n), ("Threat", 5, 25))
    study = units.study(codings.project)
    assert not unitizing.is_exclusive(study.coding)
    found = drift.drift(study, timeline(codings.project, study), "span")
    assert found is not None
    sums = unitizing.added(np.ones((1, 8)), unitizing.code_tiles(study.coding, (0, 1)))
    alphas, chance = unitizing.alpha_u(sums)[0], unitizing.by_chance(sums)[0]
    assert found.centre == pytest.approx((alphas * chance).sum() / chance.sum())
    assert found.coders == (), "two coders have nobody to be set against"


def test_documents_stand_as_they_were_coded_round_by_round(codings):
    for title in ("B", "A", "C"):
        for coder in ("Ann", "Bob"):
            codings.coded(coder, title, ("Denial", 0, 12), round="Pilot" if title == "C" else "Main")
    study = units.study(codings.project)
    found = timeline(codings.project, study)
    names = [one.name for one in codings.project.nouns("round") if one.name in ("Pilot", "Main")]
    titles = [study.documents[n] for n in found.order]
    assert titles == (["C", "B", "A"] if names == ["Pilot", "Main"] else ["B", "A", "C"])
    assert [phase.round for phase in found.phases] == names
    assert [(phase.first, phase.last) for phase in found.phases] in ([(0, 0), (1, 2)], [(0, 1), (2, 2)])
    assert all(phase.began <= phase.ended for phase in found.phases)


def test_a_coder_in_a_blind_round_learns_nothing_of_when_others_began(codings):
    codings.coded("Ann", "One", ("Denial", 0, 12))
    codings.coder("Bob")
    path, known = codings.project.path, []
    codings.project.close()
    for who in ("Ann", "Bob", "Sue"):
        codings.project = Project(path, actor=who, device=new_id())
        known.append(len(codings.project.first_coded()))
        if who != "Sue":
            codings.project.close()
    assert known == [1, 0, 1]


def test_another_codebook_within_a_round_starts_the_mean_anew(codings):
    project = codings.project
    for n in range(12):
        if n in (0, 5):
            project.apply(editing.publish(project, note=f"before text {n}"))
        for shift, coder in enumerate(("Ann", "Bob")):
            codings.coded(coder, f"Text {n:02}", ("Denial", shift, 12 + 13 * (n % 2)))
            pin_last(project)
    study = units.study(project)
    order = timeline(project, study)
    assert [(phase.codebook, phase.first, phase.last) for phase in order.phases] == [(1, 0, 4), (2, 5, 11)]
    assert order.anew == (5,)
    found = drift.drift(study, order, "sentence")
    assert found is not None
    assert found.base == (5, 11)
    assert np.isfinite(found.running).tolist() == [False] * 3 + [True] * 2 + [False] * 3 + [True] * 4


def pin_last(project):
    """Brings the newest annotation in again as the window makes it: it remembers the codebook it was made with."""
    version, one = project.nouns("codebook_version")[-1].id, project.nouns("annotation")[-1]
    made = replace(one, id=new_id(), codebook_version=version)
    project.apply(Change("import annotations", (Edit(one, None), Edit(None, made))))


def test_nothing_is_drawn_where_chance_would_differ_on_nothing(codings):
    codings.code("Denial")
    for coder in ("Ann", "Bob"):
        codings.coded(coder, "One")
    study = units.study(codings.project)
    assert drift.drift(study, timeline(codings.project, study), "sentence") is None


def test_masi_by_hand(codings):
    codings.coded("Ann", "One", ("Denial", 0, 12))
    codings.coded("Bob", "One", ("Denial", 0, 12), ("Denial", 13, 25))
    study = units.study(codings.project)
    found = drift.disagreement(study, "sentence")
    sets = found.expected(np.array([0]))
    assert sets == pytest.approx(2 * 3 * 7 / (10 * 9)), "3 values with the code and 7 without"
    assert found.whole.apart.tolist() == [2.0]
    assert found.whole.size.tolist() == [10.0]
    expected = 1 - (2 / 10) / sets
    assert expected == pytest.approx(float(coefficients.alpha_sets(np.array(10.0), np.array(2.0), np.array(42.0))))
