"""The codebook that comes with the program: complete, and its colours told apart by everybody."""

import itertools
import json
import math

import pytest

from annotator import codebook, paths

from .codebooks import FIELDS

SHIPPED = paths.resources() / "codebooks" / "diplomatic_statements.json"


def test_the_shipped_codebook_is_complete():
    raw = json.loads(SHIPPED.read_text(encoding="utf-8"))
    book = codebook.read(SHIPPED)
    codes = [code for code in book.codes if code.codable]
    families = [code for code in book.codes if not code.codable]
    assert 25 <= len(codes) <= 30
    assert 8 <= len(families) <= 10
    assert {"Denial", "Accusation", "Offer of dialogue"} <= {code.name for code in codes}
    assert (
        len({code.key for code in codes} - {""})
        == len({code.name for code in book.codes}) - len(families)
        == len(codes)
    )
    assert all(family.definition and family.parent is None for family in families)
    for code in codes:
        assert all(getattr(code, field).strip() for field in FIELDS), code.name
        assert len({*code.examples}) == 2, code.name
        assert code.crosswalk.keys() == {"cameo", "plover"}, code.name
        assert code.attributes, code.name
        assert code.required, code.name
    names = ["actor", "target", "issue", "stance", "explicitness", "conditionality"]
    assert [one.name for one in book.attributes] == names
    assert all(one.definition for one in book.attributes)
    assert all("id" not in entry for entry in [*raw["codes"], *raw["attributes"]])


def test_every_boundary_rule_names_the_neighbour_that_takes_over():
    codes = [code for code in codebook.read(SHIPPED).codes if code.codable]
    for code in codes:
        for field in ("not_when", "boundary"):
            assert any(other.name in getattr(code, field) for other in codes if other is not code), (code.name, field)


def test_crosswalks_are_codes_of_those_schemes():
    plover = {"AGREE", "CONCEDE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", None}
    roots = {"03": "AGREE", "05": "SUPPORT", "08": "CONCEDE", "10": "REQUEST", "11": "ACCUSE", "12": "REJECT"}
    roots |= {"13": "THREATEN", "01": None, "02": None}  # PLOVER has no place for 01 and 02
    for code in codebook.read(SHIPPED).codes:
        cameo = code.crosswalk.get("cameo")
        assert cameo is None or (len(cameo) == 3 and code.crosswalk["plover"] == roots[cameo[:2]]), code.name
        assert code.crosswalk.get("plover") in plover


GROUNDS = ("#ffffff", "#1d1f23")
BLIND = {  # Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB
    "nobody": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
LMS = ((0.4122214708, 0.5363325363, 0.0514459929), (0.2119034982, 0.6806995451, 0.1073969566))
LMS += ((0.0883024619, 0.2817188376, 0.6299787005),)  # Ottosson 2020, Oklab
OKLAB = ((0.2104542553, 0.7936177850, -0.0040720468), (1.9779984951, -2.4285922050, 0.4505937099))
OKLAB += ((0.0259040371, 0.7827717662, -0.8086757660),)


def times(matrix, vector):
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def linear(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    return [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]


def contrast(one, other):
    """WCAG 2."""
    low, high = sorted(
        sum(w * x for w, x in zip((0.2126, 0.7152, 0.0722), linear(c), strict=True)) for c in (one, other)
    )
    return (high + 0.05) / (low + 0.05)


def seen(colour, eyes):
    """Oklab as these eyes see it: lightness first."""
    light = [min(1, max(0, x)) for x in times(BLIND[eyes], linear(colour))]
    return times(OKLAB, [math.cbrt(x) for x in times(LMS, light)])


@pytest.mark.parametrize("dark", [0, 1])
def test_every_colour_stands_out_from_its_ground_and_from_every_other(dark):
    codes = [code for code in codebook.read(SHIPPED).codes if code.codable]
    assert all(contrast(code.colour[dark], GROUNDS[dark]) >= 3 for code in codebook.read(SHIPPED).codes)
    places = {code.name: seen(code.colour[dark], "nobody") for code in codes}
    assert min(math.dist(a, b) for a, b in itertools.combinations(places.values(), 2)) > 0.07


@pytest.mark.parametrize("eyes", BLIND)
@pytest.mark.parametrize("dark", [0, 1])
def test_neighbours_in_a_family_differ_in_lightness_and_to_colour_blind_eyes(dark, eyes):
    codes = [code for code in codebook.read(SHIPPED).codes if code.codable]
    for one, other in itertools.combinations(codes, 2):
        if one.parent == other.parent:
            a, b = seen(one.colour[dark], eyes), seen(other.colour[dark], eyes)
            assert math.dist(a, b) > 0.05, (one.name, other.name)
            assert eyes != "nobody" or abs(a[0] - b[0]) > 0.04, (one.name, other.name)
