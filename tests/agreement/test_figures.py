"""Figures of agreement: everything is on the sheet, nothing covers anything, the same data give the same bytes."""

from dataclasses import replace
from functools import partial
from itertools import pairwise

import numpy as np
import pytest

from annotator import colours
from annotator.agreement import drift, report, units
from annotator.agreement.figures import (
    coders,
    confusion,
    export,
    family,
    forest,
    makeup,
    over_time,
    reading,
    values,
)
from annotator.agreement.figures.ink import Ink, mix
from annotator.agreement.figures.values import Made, Point
from annotator.agreement.timeline import timeline
from annotator.agreement.words import told_apart

LIGHT, DARK = Ink.named("light"), Ink.named("dark")
INKS = {mode: Ink.named(mode) for mode in ("light", "dark", "light_contrast", "dark_contrast")}


SIZES = [{}, {"codes": 3, "people": 2, "documents": 8}, {"codes": 12, "people": 5, "documents": 200}]


def many_codes(codes: int) -> values.Forest:
    """Long names, rare codes, values below chance."""
    random, rows = np.random.default_rng(7), []
    rows.append(values.CodeRow("All codes", 12345, 0.349, Point(0.67, 0.65, 0.7), Made(900, 800, 700, 500, 2500)))
    for n in range(codes):
        value, name = 0.95 - n * 0.036, f"Code {n} with a name that is rather long, {'x' * n}"[: 12 + n].strip()
        point = Point(value, value - 0.12, min(1.0, value + 0.1))
        point = Point(None, reason="7 uses in 2 documents") if n >= codes - 2 else point
        made = Made(*random.integers(0, 40, 5).tolist())
        rows.append(values.CodeRow(name, 2000 // (n + 1), 0.2 / (n + 1), point, made))
    return values.Forest("u-alpha of the code against the rest", tuple(rows))


def a_drift(people: int, documents: int) -> values.Chart:
    """Two rounds; the second coder drifts in the end."""
    place, turn = np.arange(documents) + 1, documents // 3
    line = np.where(place > 3, 0.7 + 0.05 * np.sin(place), np.nan)
    late = place > documents * 0.8
    panels = [
        values.Panel(f"Coder number {g}", place, line - 0.2 * late * (g == 1), line, late & (g == 1))
        for g in range(people)
    ]
    stages = (
        values.Stage("Pilot", 1, turn, "4 Mar – 8 Mar 2026", "codebook 1"),
        values.Stage("Main", turn + 1, documents, "15 Apr – 10 May 2026", "codebook 2", is_anew=True),
    )
    each = line[3] + np.random.default_rng(8).normal(0, 0.08, documents)
    limits = (turn + 1, documents), (0.66, 0.79), 0.72
    return values.Chart("u-alpha", place, each, line, 7, stages, *limits, tuple(panels), place > documents - 3)


def many(codes: int = 30, people: int = 8, documents: int = 40) -> dict:
    """Each figure by name: how it is drawn, what it is told, its width and height."""
    told, chart = many_codes(codes), a_drift(people, documents)
    pairs = {(g, h): Point(0.5 + 0.04 * g, 0.45, 0.6) for h in range(people) for g in range(h)}
    who = tuple(f"C{n}" for n in range(people)), pairs, (11.5,) * people, (0.66,) * people
    table = np.random.default_rng(9).integers(0, 3, (codes + 1, codes + 1)) + np.diag([50] * codes + [0])
    table[-1, -1] = 0
    crossed = tuple(row.name for row in told.rows[1:]), table, "AK", "RO", tuple(range(codes))
    overlapping = Point(None, reason="codes overlap, so that no coder’s text is one layer; see each code")
    kin = [
        values.Kin("Where and what", "u", Point(0.67, 0.65, 0.7)),
        values.Kin("Where only", "|u", Point(0.67, 0.65, 0.7)),
        values.Kin("What only", "cu", overlapping),
    ]
    bars = values.Bars("Coders", tuple((f"AB – C{n}", Made(n, 20, 30, 5, 100)) for n in range(people)))
    return {
        "forest": (forest.forest, told, 900, forest.height_for(codes)),
        "forest_paper": (partial(forest.forest, numbers=False), told, 760, 640),
        "coders": (coders.coders, values.Coders("u", *who), 420, coders.height_for(people)),
        "family": (family.family, values.Family(tuple(kin), 0.27), 312, family.height_for(3)),
        "confusion": (confusion.confusion, values.Confusion(*crossed), 1100, 860),
        "over_time": (over_time.over_time, chart, 1000, over_time.height_for(chart)),
        "makeup": (makeup.makeup, bars, 420, makeup.height_for(people)),
    }


NAMES = list(many())


def drawn(made: dict, name: str, ink: Ink = LIGHT):
    draw, told, width, height = made[name]
    return export.drawn(width, height, lambda figure: draw(figure, told, ink))


def texts(figure) -> list[tuple[str, tuple[float, float, float, float], float]]:
    """Words, where they are drawn (left, bottom, right, top) and their rotation."""
    renderer = figure.canvas.get_renderer() if hasattr(figure.canvas, "get_renderer") else None
    if renderer is None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        renderer = FigureCanvasAgg(figure).get_renderer()
    found = []
    with export.settings():
        for text in figure.axes[0].texts:
            if text.get_text():
                box = text.get_window_extent(renderer)
                found.append((text.get_text(), (box.x0, box.y0, box.x1, box.y1), text.get_rotation()))
    return found


def overlap(a, b) -> bool:
    """By more than the empty edge of a line of text."""
    return min(a[2], b[2]) - max(a[0], b[0]) > 1.5 and min(a[3], b[3]) - max(a[1], b[1]) > 3


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", SIZES)
def test_no_words_cover_others_or_leave_the_sheet(name, size):
    made = many(**size)
    figure = drawn(made, name)
    width, height = made[name][2:]
    found = texts(figure)
    assert found
    for words, (left, bottom, right, top), _ in found:
        assert left >= -2, words
        assert right <= width + 2, words
        assert bottom >= -3, words
        assert top <= height + 3, words
    upright = [one for one in found if not one[2]]
    for n, (words, box, _) in enumerate(upright):
        for others, other, _ in upright[n + 1 :]:
            assert not overlap(box, other), (words, others)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("format", export.FORMATS)
def test_the_same_data_give_the_same_bytes(name, format):
    one, two = (export.as_format(drawn(many(), name), format) for _ in range(2))
    assert one == two
    assert one == export.as_format(drawn(many(), name), format)
    assert b"2026-" not in one, "no day is written"


def test_formats_are_what_they_say():
    figure = drawn(many(), "family")
    assert export.svg(figure).startswith(b"<?xml")
    assert b"<text" not in export.svg(figure), "letters are outlines"
    assert b">Where and what, u<" in export.svg(figure, letters="none")
    assert export.pdf(figure).startswith(b"%PDF")
    picture = export.png(figure)
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20]) == 2 * 312, "two pixels for one"


def test_print_is_on_white():
    assert LIGHT.canvas == "#ffffff"
    assert Ink.named().canvas == "#ffffff"


@pytest.mark.parametrize("mode", INKS)
def test_the_parts_stand_out_and_no_words_fade_on_a_tint(mode):
    ink = INKS[mode]
    for part, colour in ink.parts.items():
        assert colours.contrast(colour, ink.canvas) >= 3, part
    for hue in (ink.where, ink.what, ink.muted):
        for strength in (0.1, 0.5, 1.0):
            assert colours.contrast(ink.text, ink.tint(hue, strength)) >= 4.5
    lights = [colours.luminance(ink.parts[part]) for part in values.PARTS]
    assert all(abs(a - b) > 0.01 for a, b in pairwise(lights)), "by lightness alone"


def test_where_and_what_are_told_apart_by_every_kind_of_sight():
    for ink in (LIGHT, DARK):
        for sight in colours.SIGHTS:
            where, what = (
                colours.lab(colours.seen(colours.linear(c), sight)) for c in (ink.parts["missed"], ink.parts["label"])
            )
            assert sum((a - b) ** 2 for a, b in zip(where, what, strict=True)) ** 0.5 > 25


def test_mix_goes_from_one_colour_to_the_other():
    assert mix("#102030", "#ffffff", 1) == "#102030"
    assert mix("#102030", "#ffffff", 0) == "#ffffff"


def test_every_code_and_every_reason_is_on_the_forest():
    made = many(codes=12)
    words = [words for words, _, _ in texts(drawn(made, "forest"))]
    for row in made["forest"][1].rows:
        assert row.name in words
    assert words.count("n/a: 7 uses in 2 documents") == 2
    assert "−.03" not in words
    assert {".667", ".800", "0", "1"} <= set(words)


def test_the_scale_reaches_below_chance_when_an_interval_does():
    words = [words for words, _, _ in texts(drawn(many(codes=30), "forest"))]
    assert any(word.startswith("−.") for word in words)


def test_of_few_documents_a_value_is_grey_and_hollow_and_without_an_interval_there_is_the_dot():
    rows = [
        values.CodeRow("All codes", 9, 0.1, Point(0.5, 0.4, 0.6, few=True)),
        values.CodeRow("One", 9, 0.1, Point(0.5, few=True)),
    ]
    told = values.Forest("alpha", tuple(rows))
    figure = export.drawn(800, 200, lambda figure: forest.forest(figure, told, LIGHT))
    dots = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert [dot.get_markerfacecolor() for dot in dots] == [LIGHT.canvas] * 2
    assert [dot.get_markeredgecolor() for dot in dots] == [LIGHT.muted] * 2
    assert "–" in [words for words, _, _ in texts(figure)]


def test_rows_and_cells_can_be_found_by_a_click():
    made = many(codes=5, people=3)
    draw, told, width, height = made["forest"]
    areas: dict = {}
    export.drawn(width, height, lambda figure: areas.update(draw(figure, told, LIGHT)))
    assert sorted(areas) == list(range(6))
    assert areas[1][1] < areas[1][3] <= areas[2][1] + 1
    cells: dict = {}
    draw, told, width, height = made["confusion"]
    export.drawn(width, height, lambda figure: cells.update(draw(figure, told, LIGHT)))
    assert len(cells) == 36


def test_a_measure_that_chance_does_not_bring_to_0_has_no_lines():
    told = values.Forest("F1", (values.CodeRow("All codes", 9, 0.1, Point(0.5, 0.4, 0.6)),), lines=False)
    figure = export.drawn(800, 120, lambda figure: forest.forest(figure, told, LIGHT))
    assert ".667" not in [words for words, _, _ in texts(figure)]


# From a project ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def study(twelve):
    return units.study(twelve.project, with_attributes=True)


def test_a_forest_says_what_the_report_says(study):
    result = report.compute(study, replicates=50)
    told = reading.forest(result, study.coding, ("alpha", "nominal"))
    assert [row.name for row in told.rows] == ["All codes", "Threat", "Denial"]
    overall, threat = told.rows[:2]
    row = result.find("alpha", "masi")
    assert row is not None
    assert (overall.point.value, overall.point.low) == (row.value, row.low)
    assert overall.uses == len(study.coding.start)
    assert result.makeup is not None
    assert threat.made.total == sum(result.makeup.of("Threat").counts.values())
    length = study.coding.lengths @ study.coding.coded.sum(1)
    assert threat.share == pytest.approx((study.coding.end - study.coding.start)[study.coding.code == 1].sum() / length)


def test_too_few_uses_are_counts_and_not_a_coefficient(codings):
    for n in range(6):
        for coder in ("Ann", "Bob"):
            codings.coded(coder, f"T{n}", *([("Denial", 0, 12)] if n < 3 else []), ("Threat", 13, 25))
    study = units.study(codings.project, with_attributes=True)
    told = reading.forest(report.compute(study, replicates=20), study.coding, ("alpha", "nominal"))
    denial = told.rows[-1]
    assert denial.name == "Denial"
    assert denial.point.value is None
    assert denial.point.reason == "6 uses in 3 documents; 10 uses are needed"


def test_codes_are_ordered_as_asked(study):
    result = report.compute(study, replicates=0)
    order = {
        name: [row.name for row in reading.forest(result, study.coding, ("alpha", "nominal"), order=name).rows[1:]]
        for name in ("codebook", "uses")
    }
    assert order["codebook"] == ["Denial", "Threat"]
    assert order["uses"] == [use.code for use in sorted(result.uses, key=lambda use: -use.spans)]


def test_the_family_of_a_layer_and_of_codes_that_overlap(study, codings):
    told = reading.family(report.of_everyone(study, ["unitizing"], replicates=50))
    assert [kin.symbol for kin in told.rows] == ["u", "|u", "cu"]
    assert all(kin.point.value is not None for kin in told.rows)
    assert told.coverage is not None
    codings.coded("Ann", "Over", ("Denial", 0, 12), ("Threat", 5, 25))
    codings.coded("Ben", "Over", ("Denial", 0, 12))
    over = units.study(codings.project, documents=["Over"])
    told = reading.family(report.of_everyone(over, ["unitizing"], replicates=50))
    assert told.rows[0].point.value is None
    assert told.rows[1].point.value is not None
    assert "overlap" in told.rows[0].point.reason
    assert "overlap" in told.rows[2].point.reason


def test_confusion_counts_places_with_no_code_last(study):
    result = report.compute(study, replicates=0)
    assert result.makeup is not None
    told = reading.confusion(result.makeup, study.codes, "Ann", "Cy", names=("A", "C"))
    assert told.table.shape == (3, 3)
    assert told.table[2, 2] == 0
    assert told.table[1, 2] == 6, "Cy marked no threat in the six documents that are done"
    assert (told.rows, told.columns) == ("A", "C")
    assert (reading.confusion(result.makeup, study.codes, "Cy", "Ann").table == told.table.T).all()


def test_the_chart_is_what_the_drift_says(study, twelve):
    found = drift.drift(study, timeline(twelve.project, study), "span")
    assert found is not None
    told = reading.chart(found, study.coders)
    assert told.place.tolist() == list(range(1, 12))
    assert told.limits == found.limits
    assert told.baseline == (1, 11)
    assert [panel.name for panel in told.panels] == ["Ann", "Ben", "Cy"]


def test_days_are_written_short():
    assert reading.days("2026-03-04T10:00:00+00:00", "2026-03-08T09:00:00+00:00") == "4 Mar – 8 Mar 2026"
    assert reading.days("2025-12-30T10:00:00Z", "2026-01-02T10:00:00Z") == "30 Dec 2025 – 2 Jan 2026"
    assert reading.days("2026-03-04T10:00:00Z", "2026-03-04T12:00:00Z") == "4 Mar 2026"
    assert reading.days("", "") == ""


def test_words_come_in_another_language():
    ink = LIGHT.saying(lambda words: {"No code": "Kein Code", "Total": "Summe"}.get(words, words))
    words = [words for words, _, _ in texts(drawn(many(codes=4), "confusion", ink))]
    assert "Kein Code" in words
    assert "Summe" in words


def test_names_that_would_look_alike_lose_their_middle():
    names = ["Appeal to law", "Appeal to lore", "Denial", "Offers of talks"]

    def end(name: str) -> str:
        return name if len(name) < 7 else f"{name[:3]}…"

    def middle(name: str) -> str:
        return f"{name[:3]}…{name[-3:]}"

    assert told_apart(names, end, middle) == ["App…law", "App…ore", "Denial", "Off…"]
    assert told_apart(["Appeal to law", "Denial"], end, middle) == ["App…", "Denial"]


def test_names_and_numbers_of_the_family_do_not_touch_in_a_narrow_window():
    kin = [values.Kin(name, "u", Point(-0.03, -0.08, 0.1)) for name in ("Where and what", "Where only", "What only")]
    told = values.Family(tuple(kin), None)
    found = texts(export.drawn(216, family.height_for(3), lambda figure: family.family(figure, told, LIGHT)))
    for n, (one, box, _) in enumerate(found):
        for other, beside, _ in found[n + 1 :]:
            assert not overlap(box, beside), (one, other)


@pytest.mark.parametrize("codes", [5, 25, 40])
def test_slanted_names_are_no_higher_than_their_columns(codes):
    figure = drawn(many(codes), "confusion")
    slanted = [text for text in figure.axes[0].texts if text.get_rotation()]
    assert len(slanted) == codes + 1
    across = slanted[1].get_position()[0] - slanted[0].get_position()[0]
    sizes = {float(text.get_fontsize()) for text in slanted}
    assert max(sizes) <= max(6.7, 0.53 * across + 0.01)


def test_a_coder_of_too_few_documents_has_no_panel(study, twelve):
    """No mean of some documents, no word on whether the coder moves with the others."""
    found = drift.drift(study, timeline(twelve.project, study), "span")
    assert found is not None
    few = replace(found, coders=tuple(one._replace(me=one.me * np.nan) for one in found.coders))
    assert reading.chart(few, study.coders).panels == ()


def test_on_paper_a_reason_is_told_whole():
    told = values.CodeRow("Threat", 7, 0.006, Point(None, reason="7 uses in 3 documents; 10 uses are needed"))
    rows = (replace(told, name="All codes", point=Point(0.6, 0.5, 0.7)), replace(told, made=Made(3, 3, 3, 1, 2)))
    forest_of = values.Forest("Alpha of the code against the rest", rows)
    figure = export.drawn(760, 200, lambda at: forest.forest(at, forest_of, LIGHT, numbers=False))
    assert "n/a: 7 uses in 3 documents; 10 uses are needed" in [words for words, _, _ in texts(figure)]


def test_words_are_measured_in_the_letters_that_draw_them():
    """The first family has no minus sign, the next one has: a letter that is missing would be warned of."""
    from annotator.agreement.figures.sheet import width_of

    assert 0 < width_of("−.08", 9.0) < width_of("−.08 – .10", 9.0)
    assert width_of("−", 9.0) != width_of("", 9.0)
