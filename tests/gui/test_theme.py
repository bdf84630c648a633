"""Colours: every pair of words and ground in use can be read, in both themes, and a theme turns in place."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from annotator import codebook_file, paths
from annotator.gui.icons import SHAPES, icon
from annotator.gui.theme import Theme, contrast, font, mix
from annotator.model import Code

CODEBOOK = paths.resources() / "codebooks" / "diplomatic_statements.json"
GROUNDS = ("canvas", "panel", "raised", "hover", "selected", "sunk", "accent_soft")


MODES = [(dark, high) for dark in (False, True) for high in (False, True)]
NAMES = ["light", "light high", "dark", "dark high"]
every_mode = pytest.mark.parametrize(("dark", "high"), MODES, ids=NAMES)


def shipped() -> list[Code]:
    """The codes of the codebook that comes with the program."""
    return [code for code in codebook_file.read(CODEBOOK).codes if code.codable]


def pairs(theme: Theme) -> Iterator[tuple[str, QColor, QColor]]:
    """Every pair of words and ground that the window puts together."""
    for words in ("text", "muted"):
        for ground in GROUNDS:
            yield f"{words} on {ground}", getattr(theme, words), getattr(theme, ground)
    for words in ("warning", "danger", "good"):
        for ground in ("canvas", "panel", "raised"):
            yield f"{words} on {ground}", getattr(theme, words), getattr(theme, ground)
    yield "accent_ink on accent_soft", theme.accent_ink, theme.accent_soft
    yield "on_accent on accent", theme.on_accent, theme.accent
    yield "text on selection", theme.text, theme.selection
    for n, colour in enumerate(theme.code_colours):
        for ground in (theme.canvas, theme.panel, theme.raised):
            yield f"ink of code {n} on {ground.name()}", theme.ink(colour, ground), ground
        for strong in (False, True):
            yield f"text on tint {n}", theme.text, theme.tint(colour, strong)


@every_mode
def test_words_reach_wcag_aa_and_with_high_contrast_aaa(dark, high):
    theme, least = Theme(dark, high), 7.0 if high else 4.5
    assert theme.words == least
    assert {name: round(contrast(a, b), 2) for name, a, b in pairs(theme) if contrast(a, b) < least} == {}


@every_mode
def test_the_ink_of_every_code_of_the_shipped_codebook_can_be_read_on_all_that_may_lie_behind_it(dark, high):
    theme = Theme(dark, high)
    poor = []
    for code in shipped():
        given, bar = QColor(code.colour[dark]), theme.colour(code.colour)
        grounds = [theme.canvas, theme.tint(bar), theme.tint(bar, True), theme.selection, theme.accent_soft]
        ratios = [contrast(theme.ink(given, ground), ground) for ground in grounds]
        ratios += [contrast(theme.text, theme.tint(bar, strong)) for strong in (False, True)]
        if min(ratios) < theme.words or contrast(bar, theme.canvas) < (4.5 if high else 3.0):
            poor.append((code.name, ratios))
    assert poor == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_with_high_contrast_borders_and_the_focus_stand_out(dark):
    theme = Theme(dark, True)
    drawn = ("rule", "edge", "accent", "warning", "danger", "good", "muted")
    grounds = ("canvas", "panel", "raised")
    poor = [(a, b) for a in drawn for b in grounds if contrast(getattr(theme, a), getattr(theme, b)) < 3]
    assert poor == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_focus_stands_out_without_high_contrast_too(dark):
    theme = Theme(dark)
    assert min(contrast(theme.accent, ground) for ground in (theme.canvas, theme.panel, theme.raised)) >= 3


def test_high_contrast_comes_and_goes_in_place_and_brings_textures():
    theme = Theme()
    theme.set_textures({"a": 2})
    before = {name: value.name() for name, value in vars(theme).items() if isinstance(value, QColor)}
    theme.set_mode(True, True)
    assert (theme.canvas.name(), theme.text.name(), theme.texture("a")) == ("#000000", "#ffffff", 2)
    theme.set_mode(False, False)
    assert before == {name: value.name() for name, value in vars(theme).items() if isinstance(value, QColor)}
    assert (theme.texture("a"), theme.texture("b")) == (0, 0)
    theme.textured = True
    assert (theme.texture("a"), theme.texture("b")) == (2, 0)


def test_contrast_of_known_pairs():
    black, white, grey = QColor("black"), QColor("white"), QColor("#767676")
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(white, grey) == pytest.approx(4.54, abs=0.01)  # the lightest grey that passes on white
    assert contrast(white, white) == 1


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("given", ["#ffff00", "#00ffff", "#000000", "#ffffff", "#777777"])
def test_ink_of_any_colour_can_be_read(dark, given):
    theme = Theme(dark)
    assert contrast(theme.ink(QColor(given)), theme.canvas) >= 4.5


def test_ink_leaves_a_colour_that_can_be_read_as_it_is():
    theme = Theme()
    assert theme.ink(QColor("#1c3f94")).name() == "#1c3f94"


def test_tints_are_opaque_mixes():
    theme = Theme()
    assert theme.tint(QColor("#000000")).alpha() == 255
    assert mix(QColor("#000000"), QColor("#ffffff"), 0.5).name() == "#808080"


def test_a_theme_turns_dark_in_place_and_back():
    theme = Theme()
    before = {name: value.name() for name, value in vars(theme).items() if isinstance(value, QColor)}
    theme.set_dark(True)
    assert theme.canvas.name() == "#1d1f23"
    assert theme.colour(("#111111", "#eeeeee")).name() == "#eeeeee"
    theme.set_dark(False)
    assert before == {name: value.name() for name, value in vars(theme).items() if isinstance(value, QColor)}


def test_every_token_of_the_style_sheet_has_a_colour():
    assert re.findall(r"@\w+", Theme().qss()) == []


def test_apply_dresses_the_application(qapp: QApplication):
    theme = Theme()
    theme.apply(qapp, dark=True)
    assert qapp.palette().color(QPalette.ColorRole.Base).name() == "#1d1f23"
    theme.apply(qapp, dark=False)
    assert qapp.palette().color(QPalette.ColorRole.Base).name() == "#ffffff"
    assert "#1d1f23" not in qapp.styleSheet()


def test_roles_have_two_weights_and_few_sizes(qapp: QApplication):
    assert font("heading").bold()
    assert not font("body").bold()
    assert font("small").pointSizeF() == 9


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_every_icon_paints_something(qapp: QApplication, name):
    image = icon(name, QColor("#ff0000")).pixmap(16, 16).toImage()
    assert any(image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height()))
