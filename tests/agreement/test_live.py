"""After any edits the live numbers are those of a report that begins anew."""

import numpy as np
import pytest

from annotator.agreement import report, unitizing, units
from annotator.agreement.live import Live
from annotator.agreement.sums import Coding, Units

DOCUMENTS, CODERS, CODES, LENGTH = 9, 4, 5, 300
STARTS = np.tile(np.arange(15) * 20, DOCUMENTS)
UNITS = Units(np.repeat(np.arange(DOCUMENTS), 15), STARTS, STARTS + 20, np.ones(15 * DOCUMENTS))
GROUPS = ((0, 1, 2, 3), (0, 1), (1, 3))


def spans(random, *, layer: bool) -> list[tuple[int, int, int, int]]:
    """(coder, code, start, end) of one document; of a layer none of one coder overlap."""
    found = []
    for coder in range(CODERS):
        for n in range(6):
            start = n * 50 + int(random.integers(0, 15)) if layer else int(random.integers(0, 250))
            found.append((coder, int(random.integers(0, CODES)), start, start + int(random.integers(5, 34))))
    return found


def whole(texts, coded) -> Coding:
    rows = [(d, *row) for d, found in enumerate(texts) for row in found]
    return Coding.of(np.array(rows), coded=coded, lengths=np.full(DOCUMENTS, LENGTH), codes=CODES)


@pytest.mark.parametrize("layer", [True, False])
@pytest.mark.parametrize("cut", [None, UNITS], ids=["characters", "sentences"])
@pytest.mark.parametrize("asked_before", [True, False])
def test_edits_of_documents_bring_the_values_of_new_sums(layer, cut, asked_before):
    random = np.random.default_rng(4)
    coded = random.random((DOCUMENTS, CODERS)) < 0.8
    coded[:, :2] = True
    texts = [spans(random, layer=layer) for _ in range(DOCUMENTS)]
    live = Live(whole(texts, coded), cut)
    if asked_before:
        for group in GROUPS[:2]:
            live.by_code(("unitizing", "u"), group)
            live.overall(("unitizing", "u"), group)
    for document in (3, 8, 3, 0):
        texts[document] = spans(random, layer=layer)[: int(random.integers(0, 24))]
        live.replace(document, texts[document])
    fresh = Live(whole(texts, coded), cut)
    for group in GROUPS:
        keys = [("alpha", "nominal"), ("percent", "nominal"), ("f1", "overlap"), ("f1", "exact"), ("unitizing", "u")]
        for key in [*keys, *([("kappa", "nominal")] if len(group) == 2 else [])]:
            found, wanted = live.by_code(key, group), fresh.by_code(key, group)
            assert found is not None
            assert wanted is not None
            np.testing.assert_allclose(found, wanted, atol=1e-12)
            a, b = live.overall(key, group), fresh.overall(key, group)
            assert (a is None) == (b is None), key
            assert a is None or a == pytest.approx(b, abs=1e-12), (key, group)


@pytest.mark.parametrize("unit", ["sentence", "span"])
def test_they_are_those_of_the_report(codings, unit):
    for n in range(6):
        codings.coded("Ann", f"T{n}", ("Denial", 0, 12), ("Threat", 26, 40))
        codings.coded("Bob", f"T{n}", ("Denial", 0, 12 + 13 * (n % 2)))
        codings.coded("Cy", f"T{n}", ("Threat", 26, 40 - n % 3))
    study = units.study(codings.project)
    found = report.compute(study, unit=unit, replicates=0)
    live = Live(study.coding, study.sentences)
    keys = (
        [("alpha", "nominal"), ("percent", "nominal")] if unit == "sentence" else [("unitizing", "u"), ("f1", "exact")]
    )
    for key in keys:
        values = live.by_code(key, (0, 1, 2))
        assert values is not None
        rows = [found.find(*key, code=code) for code in study.codes]
        assert values.tolist() == pytest.approx([row.value for row in rows if row])
    key = keys[0]
    row = found.find(*(("alpha", "masi") if unit == "sentence" else key))
    assert row is not None
    assert live.overall(key, (0, 1, 2)) == pytest.approx(row.value, abs=1e-11)


def test_a_layer_that_comes_to_overlap_has_no_common_u_any_more():
    texts = [[(0, 0, 0, 9), (1, 1, 0, 9)] for _ in range(DOCUMENTS)]
    live = Live(whole(texts, np.ones((DOCUMENTS, CODERS), bool)), None)
    assert unitizing.is_exclusive(live.coding)
    assert live.overall(("unitizing", "u"), (0, 1)) is not None
    live.replace(2, [(0, 0, 0, 9), (0, 1, 5, 20), (1, 1, 0, 9)])
    assert live.overall(("unitizing", "u"), (0, 1)) is None
