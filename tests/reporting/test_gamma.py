"""Gamma in a report: only where it was asked for, with its sources, its settings and the same bytes each time."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from html import unescape

import pytest

from annotator.agreement import holistic
from annotator.agreement.words import number
from annotator.reporting.blocks import Paragraph, References, Table
from annotator.reporting.content import Material, report


def with_gamma(material: Material, *, seed: int = 1) -> Material:
    found = holistic.of_study(material.study, samples=4, replicates=50, seed=seed)
    return replace(material, result=holistic.joined(material.result, found))


@pytest.fixture(scope="module")
def material(sample_study):
    return with_gamma(sample_study.material(), seed=7)


def told(material: Material) -> str:
    blocks = report(material).blocks
    return unescape(" ".join(one.html for one in blocks if isinstance(one, Paragraph)))


def table(material: Material, name: str) -> Table | None:
    found = (one for one in report(material).blocks if isinstance(one, Table) and one.name == name)
    return next(found, None)


def test_the_method_says_how_it_was_made_and_where_it_is_from(material):
    words = told(material)
    errors = material.result.settings["gamma"]["errors"]
    for said in (
        "gamma (Mathet, Widlöcher, & Métivier, 2015)",
        "gamma-cat and gamma-k (Mathet, 2017)",
        "4 a document, made by shifting the coders’ own spans round the text, seed 7",
        "place and category weigh 1 and 1",
        f"a Monte Carlo error of {number(errors['gamma'], 4)} in gamma",
    ):
        assert said in words
    references = next(one for one in report(material).blocks if isinstance(one, References))
    listed = [one for one in references.rows if one.startswith("Mathet")]
    assert len(listed) == 2
    assert all("<i>Computational Linguistics, 4" in one for one in listed)


def test_what_it_came_to_is_a_sentence_and_a_row(material):
    gamma, cat = (material.result.find(name, "pooled") for name in ("gamma", "gamma_cat"))
    assert f"Gamma was {number(gamma.value)}, 95% interval [{number(gamma.low)}, {number(gamma.high)}]" in told(
        material
    )
    overall = table(material, "all_codes")
    assert overall is not None
    shown = {row[0].shown: [cell.shown for cell in row] for row in overall.rows}
    assert shown["Gamma"][1:3] == ["where and what, spans aligned", number(gamma.value)]
    assert shown["Gamma-cat"][2] == number(cat.value)
    made_again = table(material, "settings")
    assert made_again is not None
    lines = {row[0].shown: row[1].shown for row in made_again.rows}
    assert "4 random continua a document (shuffle, seed 7)" in lines["Gamma"]
    assert "Gamma-k" in lines["Coefficients"]


def test_gamma_k_of_each_code_is_a_table_with_what_is_too_rare_left_open(material):
    found = table(material, "gamma")
    assert found is not None
    assert len(found.rows) == material.result.settings["q"]
    values = [row[3].shown for row in found.rows]
    assert values[-1] == "n/a"
    assert float(values[0]) >= float(values[1])
    row = material.result.find("gamma_k", "pooled", code=found.rows[0][0].shown)
    assert found.rows[0][3].full == (row.value,)
    assert "Monte Carlo error" in found.note
    assert "10 uses are needed" in found.note


def test_where_it_was_not_asked_for_nothing_is_said_of_it(sample_study):
    plain = sample_study.material()
    assert "gamma" not in told(plain).lower()
    assert table(plain, "gamma") is None
    assert "Mathet, Y. (2017)" not in str(report(plain).blocks)


def test_where_nothing_was_marked_it_is_not_defined(codings, of_project):
    for coder in ("Ann", "Ben"):
        codings.coded(coder, "Statement")
    codings.code("Denial")
    material = with_gamma(of_project(codings.project))
    assert "As a second opinion" not in told(material)
    assert "Gamma was not defined (none of these coders marked anything)" in told(material)


def test_two_processes_make_the_same_bytes(twelve, tmp_path):
    path = twelve.project.path
    outs = []
    for seed in ("1", "2"):
        out = tmp_path / seed / "report"
        out.parent.mkdir()
        words = ["--as", "Sue", "agreement", path, "--gamma", "--format", "report", "--replicates", "30", "--out", out]
        run = [sys.executable, "-m", "annotator", *map(str, words)]
        subprocess.run(run, check=True, capture_output=True, env=os.environ | {"PYTHONHASHSEED": seed})
        outs.append({one.relative_to(out): one.read_bytes() for one in out.rglob("*") if one.is_file()})
    assert outs[0] == outs[1]
    data = json.loads(next(data for name, data in outs[0].items() if name.name == "agreement.json"))
    assert data["settings"]["gamma"]["samples"] >= 30
