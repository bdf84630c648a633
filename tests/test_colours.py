"""Colours by computation: contrast, distance, kinds of sight, textures, and a colour for a new code."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import codebook_file, colours, paths
from annotator.colours import NEAR, PAGES, SIGHTS, apart, ciede2000, contrast, distance, lab, linear, propose, seen

SHIPPED = codebook_file.read(paths.resources() / "codebooks" / "diplomatic_statements.json")
CODES = [code for code in SHIPPED.codes if code.codable]
PAIRS = st.tuples(*[st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")] * 2)


@pytest.mark.parametrize(
    ("one", "other", "known"),  # from the test data of Sharma, Wu and Dalal (2005)
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
        ((50, 2.5, 0), (58, 24, 15), 19.4535),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_distances_are_those_published(one, other, known):
    assert ciede2000(one, other) == pytest.approx(known, abs=1e-4)
    assert ciede2000(other, one) == pytest.approx(known, abs=1e-4)


def test_lab_of_known_colours():
    assert lab(linear("#ffffff")) == pytest.approx((100, 0, 0), abs=0.02)
    assert lab(linear("#ff0000")) == pytest.approx((53.24, 80.09, 67.20), abs=0.02)


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("grey", ["#000000", "#777777", "#ffffff"])
def test_grey_is_grey_to_every_sight(sight, grey):
    assert seen(linear(grey), sight) == pytest.approx(linear(grey), abs=0.01)


def test_red_and_green_of_one_lightness_are_near_to_those_who_confuse_them():
    red, green = "#c04a3a", "#6f7a1e"
    assert ciede2000(lab(linear(red)), lab(linear(green))) > 30
    assert distance(red, green) < 12


def test_black_and_white_differ_most():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert distance("#000000", "#ffffff") == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.name)
def test_every_shipped_code_stands_out_from_its_pages(code):
    assert all(contrast(colour, page) >= 3 for colour, page in zip(code.colour, PAGES, strict=True))


def test_shipped_codes_that_any_sight_could_take_for_one_another_differ_in_texture():
    texture = colours.textures([code.colour for code in CODES])
    alike = [
        (a.name, b.name)
        for (a, one), (b, other) in combinations(zip(CODES, texture, strict=True), 2)
        if apart(a.colour, b.colour) < NEAR and one == other
    ]
    assert alike == []


def test_shades_of_one_family_of_the_shipped_codebook_are_not_the_same_to_any_sight():
    siblings = [(a, b) for a, b in combinations(CODES, 2) if a.parent == b.parent]
    assert len(siblings) > 30
    assert [(a.name, b.name) for a, b in siblings if apart(a.colour, b.colour) < 5] == []


@given(st.lists(PAIRS, max_size=colours.TEXTURES))
def test_few_codes_that_are_near_never_share_a_texture(pairs):
    texture = colours.textures(pairs)
    assert all(
        one != other or apart(a, b) >= NEAR
        for (a, one), (b, other) in combinations(zip(pairs, texture, strict=True), 2)
    )


@given(st.lists(PAIRS, max_size=12), PAIRS)
def test_a_new_code_changes_the_texture_of_no_other(pairs, new):
    assert colours.textures([*pairs, new])[:-1] == colours.textures(pairs)


def test_codes_of_one_colour_differ_in_texture():
    assert len(set(colours.textures([("#1c6dd0", "#74a9ff")] * colours.TEXTURES))) == colours.TEXTURES


def test_what_is_proposed_can_be_read_and_told_from_all_that_is_taken():
    taken: list[colours.Pair] = []
    for n in range(12):
        pair = propose(taken)
        assert all(contrast(colour, page) >= 3 for colour, page in zip(pair, PAGES, strict=True))
        assert min((apart(pair, other) for other in taken), default=100) > (NEAR if n < 9 else 6)
        taken.append(pair)


def test_what_is_proposed_for_a_family_has_its_hue_as_long_as_that_can_be_told_apart():
    family = ("#1c6dd0", "#74a9ff")
    pair = propose([family], family)
    assert apart(pair, family) >= NEAR
    assert colours._hues_apart(pair[0], family[0]) <= colours.FAMILY
    shades = [propose([family], family)]
    while colours._hues_apart(shades[-1][0], family[0]) <= colours.FAMILY:
        shades.append(propose([family, *shades], family))
        assert len(shades) < 40
    assert apart(shades[-1], family) >= NEAR
