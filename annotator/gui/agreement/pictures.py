"""The figures of what the window shows, ready to be drawn, exported and told."""

from collections.abc import Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from .canvas import Picture
from .computing import Key, Numbers
from .figure_words import say

if TYPE_CHECKING:
    from annotator.agreement.figures.values import Bars


def _tr(text: str) -> str:
    return QCoreApplication.translate("agreement", text)


def forest(numbers: Numbers, key: Key, order) -> Picture:
    from annotator.agreement.figures import forest, reading, spoken

    told = reading.forest(numbers.result, numbers.study.coding, key, order=order, say=say)
    height = round(forest.height_for(len(told.rows) - 1) * 0.85)
    words = tuple(spoken.forest(told, say))
    name = _tr("Agreement by code")
    return Picture(name, "agreement-by-code", lambda f, ink: forest.forest(f, told, ink), words, height)


def coders(numbers: Numbers, key: Key, shorts: Sequence[str]) -> Picture:
    from annotator.agreement.figures import coders, reading, spoken

    told = reading.coders(numbers.result, key, shorts, say=say)
    words = tuple(spoken.coders(told, say))
    draw = partial(_drawn, coders.coders, told)
    return Picture(_tr("Coder by coder"), "agreement-by-coder", draw, words, coders.height_for(len(shorts)))


def family(numbers: Numbers) -> Picture | None:
    from annotator.agreement.figures import family, reading, spoken

    if numbers.family is None:
        return None
    told = reading.family(numbers.family, say=say)
    words = tuple(spoken.family(told, say))
    draw = partial(_drawn, family.family, told)
    return Picture(_tr("Where, or what?"), "where-or-what", draw, words, family.height_for(3))


def confusion(
    numbers: Numbers, pair: tuple[int, int], shorts: Sequence[str], chosen: tuple[int, int] | None = None
) -> Picture | None:
    from annotator.agreement.figures import confusion, reading, spoken

    counts, study = numbers.result.makeup, numbers.study
    if counts is None:
        return None
    one, two = (study.coders[g] for g in pair)
    names = (shorts[pair[0]], shorts[pair[1]])
    told = reading.confusion(counts, study.codes, one, two, names=names)
    words = tuple(spoken.confusion(told, say))
    q, tips = len(told.codes), dict[tuple[int, int], str]()
    for a in range(q + 1):
        for b in range(q + 1):
            head, rest = spoken.confused(told, (a, b, int(told.table[a, b])), say) if a != b else ("", "")
            same = told.codes[a] if a == b < q else ""
            tips[a, b] = f"{head}: {rest}" if head else f"{same}: {spoken.places(int(told.table[a, b]), say)}"
    tips[q, q] = _tr("Text that neither coded cannot be counted in places.")
    name = _tr("Confusion of {one} and {two}").format(one=names[0], two=names[1])
    height = min(760, confusion.height_for(q))
    draw = partial(_chosen, confusion.confusion, told, chosen)
    return Picture(name, f"confusion-{names[0]}-{names[1]}".replace(" ", ""), draw, words, height, tips)


def over_time(numbers: Numbers) -> Picture | None:
    from annotator.agreement.figures import over_time, reading, spoken
    from annotator.agreement.words import number

    found = numbers.drift
    if found is None:
        return None
    told = reading.chart(found, numbers.coders, say=say)
    tips = {
        n: f"{place}. {numbers.study.documents[found.timeline.order[place - 1]]}: {number(float(value))}"
        for n, (place, value) in enumerate(zip(told.place.tolist(), told.by_document, strict=True))
    }
    words = tuple(spoken.chart(told, say))
    draw = partial(_drawn, over_time.over_time, told)
    return Picture(_tr("Over time"), "agreement-over-time", draw, words, over_time.height_for(told), tips)


def makeup(numbers: Numbers, shorts: Sequence[str], code: str | None = None) -> Picture | None:
    """Of all codes or one, a bar for each pair of coders."""
    from annotator.agreement.figures import reading

    counts = numbers.result.makeup
    if counts is None:
        return None
    told = reading.makeup_of_pairs(counts, numbers.coders, shorts, code=code, say=say)
    return _bars(told, _tr("Disagreement by pair of coders"), "disagreement-by-pair")


def makeup_of_codes(numbers: Numbers, pair: tuple[int, int] | None = None) -> Picture | None:
    """Of all pairs of coders or one, a bar for all codes and each."""
    from annotator.agreement.figures import reading

    counts = numbers.result.makeup
    if counts is None:
        return None
    who = None if pair is None else tuple(numbers.coders[g] for g in pair)
    told = reading.makeup_of_codes(counts, numbers.study.codes, who, say=say)
    return _bars(told, _tr("Disagreement by code"), "disagreement-by-code")


def _bars(told: "Bars", name: str, file: str) -> Picture | None:
    from annotator.agreement.figures import makeup, spoken

    if not told.rows:
        return None
    words = tuple(spoken.bars(told, say))
    draw = partial(_drawn, makeup.makeup, told)
    return Picture(name, file, draw, words, makeup.height_for(len(told.rows)), dict(enumerate(words)))


def codes_with_comparisons(numbers: Numbers, pair: tuple[int, int] | None) -> list[str]:
    """The codes in the order of their bars."""
    from annotator.agreement.figures import reading

    counts, who = numbers.result.makeup, None if pair is None else tuple(numbers.coders[g] for g in pair)
    return [] if counts is None else reading.codes_by_share(counts, numbers.study.codes, who)


def pairs_by_share(numbers: Numbers, code: str | None) -> list[tuple[int, int]]:
    """The pairs of coders in the order of their bars."""
    from annotator.agreement.figures import reading

    counts = numbers.result.makeup
    return [] if counts is None else reading.pairs_by_share(counts, numbers.coders, code)


def _drawn(draw, told, figure, ink):
    return draw(figure, told, ink)


def _chosen(draw, told, chosen, figure, ink):
    return draw(figure, told, ink, chosen=chosen)


def everything(numbers: Numbers, key: Key, order, shorts: Sequence[str], pair: tuple[int, int]) -> list[Picture]:
    """Every figure that there is of these numbers."""
    made = (
        [forest(numbers, key, order), coders(numbers, key, shorts), family(numbers)],
        [confusion(numbers, pair, shorts), over_time(numbers), makeup(numbers, shorts), makeup_of_codes(numbers)],
    )
    return [one for one in chain(*made) if one is not None]
