"""The unitizing family against the same sums made character by character, and what must hold of any spans."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement import unitizing
from annotator.agreement.sums import Coding
from annotator.agreement.unitizing import Tiles

from .evaluate import unitizing_family

CODES = ("a", "b")


@st.composite
def layer(draw, length):
    """The units of one coder: none overlap, some touch."""
    cuts = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
    return [[a, b, draw(st.sampled_from(CODES))] for a, b in pairwise(cuts) if draw(st.booleans())]


@st.composite
def documents(draw):
    coders = draw(st.integers(2, 3))
    found = []
    for _ in range(draw(st.integers(1, 3))):
        length = draw(st.integers(1, 24))
        units = [draw(st.one_of(layer(length), layer(length), st.none())) for _ in range(coders)]
        found.append({"length": length, "coders": units})
    return found


def by_character(found: list[dict]) -> dict:
    """l, K and K* of equations 1, 4 and 10, in the most simple way."""
    gap = len(CODES)
    table, lumps, joint = np.zeros((3, 3)), np.zeros(3), np.zeros(2)
    for document in found:
        coders = [units for units in document["coders"] if units is not None]
        m = len(coders)
        if m < 2:
            continue
        values = np.full((m, document["length"]), gap)
        for g, units in enumerate(coders):
            for start, end, code in units:
                values[g, start:end] = CODES.index(code)
        for g in range(m):
            lumps[gap] += (values[g] == gap).sum()
            for h in range(m):
                if g != h:
                    np.add.at(table, (values[g], values[h]), 1 / (m - 1))
            for start, end, code in coders[g]:
                lumps[CODES.index(code)] += (end - start) ** 2
                shared = [(values[h, start:end] != gap).sum() ** 2 for h in range(m) if h != g]
                joint[CODES.index(code)] += np.mean(shared)
    return {"table": table, "lumps": lumps, "joint": joint}


def expected(values, lumps):
    total = values.sum()
    table = np.outer(values, values) - np.diag(lumps)
    return total * table / (total**2 - lumps.sum())


def ratio(part, whole, scale):
    return part / whole if whole > 1e-9 * scale else np.nan


@given(documents())
def test_the_family_is_that_of_its_equations(found):
    sums = by_character(found)
    table, lumps, joint = sums["table"], sums["lumps"], sums["joint"]
    total = table.sum()
    got = unitizing_family(found, CODES)
    if total == 0 or total**2 - lumps.sum() <= 0:
        return
    chance = expected(table.sum(1), lumps)
    u = 1 - ratio(total - np.trace(table), total - np.trace(chance), total)
    bar = 1 - ratio(table[2].sum() - table[2, 2], chance[2].sum() - chance[2, 2], total)
    assert got["u"] == pytest.approx(u, abs=1e-9, nan_ok=True)
    assert got["bar_u"] == pytest.approx(bar, abs=1e-9, nan_ok=True)
    coded = table[:2, :2]
    if coded.sum() and coded.sum() ** 2 - joint.sum() > 0:
        chance = expected(coded.sum(1), joint)
        cu = 1 - ratio(coded.sum() - np.trace(coded), coded.sum() - np.trace(chance), coded.sum())
        assert got["cu_pairwise"] == pytest.approx(cu, abs=1e-9, nan_ok=True)
        assert got["coverage"] == pytest.approx(coded.sum() / total)


@given(documents(), st.randoms())
def test_the_order_of_coders_and_documents_changes_nothing(found, random):
    order = random.sample(range(len(found[0]["coders"])), len(found[0]["coders"]))
    turned = [{**one, "coders": [one["coders"][g] for g in order]} for one in random.sample(found, len(found))]
    one, other = unitizing_family(found, CODES), unitizing_family(turned, CODES)
    for name in ("u", "bar_u", "cu_pairwise", "cu_union", "coverage"):
        assert one[name] == pytest.approx(other[name], abs=1e-9, nan_ok=True)


@given(documents())
def test_a_document_that_one_coder_alone_coded_changes_nothing(found):
    alone = {"length": 30, "coders": [[[0, 9, "a"]], *[None] * (len(found[0]["coders"]) - 1)]}
    assert unitizing_family(found, CODES)["u"] == pytest.approx(
        unitizing_family([*found, alone], CODES)["u"], abs=1e-9, nan_ok=True
    )


def coding(*coders: list, length: int = 30) -> Coding:
    rows = [(0, g, CODES.index(code), start, end) for g, units in enumerate(coders) for start, end, code in units]
    coded = np.ones((1, len(coders)), bool)
    return Coding.of(np.array(rows), coded=coded, lengths=np.array([length]), codes=len(CODES))


def added(by_document: Tiles) -> Tiles:
    return Tiles(*(part.sum(0) for part in by_document))


def test_touching_units_are_two_and_overlapping_ones_are_one():
    whole = [[0, 10, "a"], [20, 24, "a"]]
    touching, overlapping = [[0, 5, "a"], [5, 10, "a"], [20, 24, "a"]], [[0, 6, "a"], [4, 10, "a"], [20, 24, "a"]]
    other = [[2, 9, "a"], [20, 22, "a"]]
    alphas = [
        float(unitizing.alpha_u(added(unitizing.tiles(coding(mine, other), (0, 1)))))
        for mine in (whole, touching, overlapping)
    ]
    assert alphas[0] == alphas[2] != alphas[1]


def test_codes_that_overlap_are_taken_one_by_one_and_refused_as_a_layer():
    found = coding([[0, 10, "a"], [5, 15, "b"]], [[0, 10, "a"], [5, 15, "b"]])
    assert unitizing.alpha_u(added(unitizing.code_tiles(found, (0, 1)))) == pytest.approx([1, 1])
    with pytest.raises(ValueError, match="overlap"):
        unitizing.tiles(found, (0, 1))


@given(documents())
def test_one_code_by_itself_is_the_family_without_the_others(found):
    only = [
        {
            **one,
            "coders": [
                None if units is None else [unit for unit in units if unit[2] == "a"] for units in one["coders"]
            ],
        }
        for one in found
    ]
    rows = [
        (d, g, CODES.index(code), start, end)
        for d, one in enumerate(found)
        for g, units in enumerate(one["coders"])
        for start, end, code in units or []
    ]
    coded = np.array([[units is not None for units in one["coders"]] for one in found])
    lengths = np.array([one["length"] for one in found])
    whole = Coding.of(np.array(rows), coded=coded, lengths=lengths, codes=2)
    alpha = unitizing.alpha_u(added(unitizing.code_tiles(whole, tuple(range(coded.shape[1])))))[0]
    assert unitizing_family(only, CODES)["u"] == pytest.approx(float(alpha), abs=1e-9, nan_ok=True)


def test_the_old_alpha_depends_on_the_grain_and_comes_near_its_limit():
    units = [[(2.0, 10.0), (14.0, 20.0)], [(4.0, 8.0), (15.0, 17.0)]]
    fine = unitizing.alpha_1995(units, 24, fine=True).alpha
    for factor in (1, 10, 1000):
        scaled = [[(a * factor, b * factor) for a, b in mine] for mine in units]
        assert abs(unitizing.alpha_1995(scaled, 24 * factor).alpha - fine) < 0.05 / factor
    assert np.isnan(unitizing.alpha_1995([[], []], 24).alpha)
