"""The advice: which number for what was coded, why, and what it warns of."""

import numpy as np
import pytest

from annotator.agreement import export, terminal
from annotator.agreement.advice import advise
from annotator.agreement.holistic import joined, of_study
from annotator.agreement.report import compute
from annotator.agreement.sums import Coding, Units
from annotator.agreement.units import study

LENGTH, SIZE = 200, 10
SENTENCES = np.arange(0, LENGTH, SIZE)


def units(documents: int = 12) -> dict[str, Units]:
    document = np.repeat(np.arange(documents), len(SENTENCES))
    start = np.tile(SENTENCES, documents)
    return {"sentence": Units(document, start, start + SIZE, np.ones(len(start)))}


def coding(*spans: tuple, documents: int = 12, codes: int = 2) -> Coding:
    """The same spans (coder, code, start, end) in every document, of two coders."""
    rows = [(d, *span) for d in range(documents) for span in spans]
    coded, lengths = np.ones((documents, 2), bool), np.full(documents, LENGTH)
    return Coding.of(np.array(rows), coded=coded, lengths=lengths, codes=codes)


CODES = ("Denial", "Threat")
WHOLE = [(g, n % 2, at, at + SIZE) for g in (0, 1) for n, at in enumerate(SENTENCES.tolist())]


@pytest.mark.parametrize(
    ("spans", "shape", "measure"),
    [
        ([(0, 0, 20, 30), (1, 0, 20, 30), (0, 1, 50, 60), (1, 1, 60, 70)], "units", ("sentence", "alpha", "nominal")),
        ([(0, 0, 20, 30), (0, 1, 20, 30), (1, 0, 20, 30)], "units with sets", ("sentence", "alpha", "masi")),
        ([(0, 0, 3, 17), (1, 1, 31, 52)], "layer", ("span", "unitizing", "u")),
        ([(0, 0, 3, 17), (0, 1, 11, 25), (1, 0, 4, 17)], "overlapping", ("sentence", "alpha", "masi")),
        ([(0, 0, 0, 83), (0, 1, 83, 200), (1, 0, 0, 91), (1, 1, 91, 200)], "segmentation", ("span", "unitizing", "u")),
        ([], "nothing", ("sentence", "percent", "nominal")),
    ],
)
def test_the_number_follows_what_was_coded(spans, shape, measure):
    found = advise(coding(*spans), units(), CODES)
    assert found.shape == shape
    assert (found.unit, found.measure, found.variant) == measure
    assert len(found.why) == 2
    assert all(words.endswith(".") for words in found.why)


@pytest.mark.parametrize(
    ("spans", "fit", "first"),
    [
        ([(0, 0, 20, 30), (1, 0, 20, 30), (0, 1, 50, 60)], "refused", "Gamma does not fit"),
        ([(0, 0, 20, 30), (0, 1, 20, 30), (1, 0, 20, 30)], "refused", "Gamma does not fit"),
        ([(0, 0, 3, 17), (1, 1, 31, 52)], "not needed", "Gamma can be computed, but is not needed"),
        ([(0, 0, 3, 17), (0, 1, 11, 25), (1, 0, 4, 17)], "beside", "Gamma is the second opinion here"),
        ([(0, 0, 0, 83), (0, 1, 83, 200), (1, 0, 0, 91), (1, 1, 91, 200)], "not needed", "Gamma can be computed, but"),
        ([], "refused", "Gamma aligns the spans"),
    ],
)
def test_gamma_is_named_where_it_helps_and_refused_where_it_does_not(spans, fit, first):
    found = advise(coding(*spans), units(), CODES)
    assert found.gamma == fit
    assert found.of_gamma[0].startswith(first)
    assert [words[-1] for words in found.of_gamma] == [".", "."]
    assert ("gamma" in found.beside) == (fit == "beside")
    assert (found.of_gamma[0] in found.sentences()) == (fit == "beside")
    assert found.sentences(with_gamma=True) == [*found.why, *found.of_gamma]


def test_gamma_is_refused_where_too_many_coded_one_document():
    rows = [(0, g, code, at + g, at + 12) for g in range(8) for code, at in ((0, 1), (1, 9), (0, 40))]
    found = Coding.of(np.array(rows), coded=np.ones((1, 8), bool), lengths=np.array([LENGTH]), codes=2)
    advice = advise(found, units(1), CODES)
    assert (advice.gamma, "gamma" in advice.beside) == ("refused", False)
    assert "more than 7 coders" in advice.of_gamma[0]


def warned(found: Coding, documents: int = 12) -> str:
    return " ".join(advise(found, units(documents), CODES).warnings)


def test_it_warns_of_what_makes_numbers_doubtful():
    assert "Only 3 documents" in warned(coding(*WHOLE, documents=3), 3)
    assert "only" not in warned(coding(*WHOLE))
    assert "Fewer than 10 uses" in warned(coding((0, 0, 0, 10), documents=3), 3)
    assert "1 code was used by nobody" in warned(coding((0, 0, 0, 10)))
    assert "more than twice as often" in warned(coding(*[(0, 0, at, at + 5) for at in range(0, 60, 20)], (1, 0, 0, 5)))
    assert warned(coding(*WHOLE)) == ""


def test_it_warns_of_rare_codes():
    rows = [(d, g, 0, 0, 10) for d in range(12) for g in (0, 1)]
    coded, lengths = np.ones((12, 2), bool), np.full(12, 2000)
    found = Coding.of(np.array(rows), coded=coded, lengths=lengths, codes=2)
    document = np.repeat(np.arange(12), 200)
    start = np.tile(np.arange(0, 2000, 10), 12)
    sentences = Units(document, start, start + 10, np.ones(len(start)))
    assert "In fewer than one sentence in 50: Denial" in " ".join(
        advise(found, {"sentence": sentences}, CODES).warnings
    )


def test_the_advice_stands_in_the_table_the_page_and_the_settings(twelve):
    result = compute(study(twelve.project), replicates=20)
    of_gamma = result.settings["advice"]["of_gamma"][1]
    asked = joined(result, of_study(study(twelve.project), samples=2))
    for made in (terminal.table, export.as_html):
        assert of_gamma not in made(result)
        assert of_gamma in made(asked)
    why = result.settings["advice"]["why"][0]
    assert why in terminal.table(result)
    assert why in export.as_html(result)
    assert why not in export.as_csv(result)
