"""Which number should stand for a study, by what was coded, and why, in two sentences; and what to be careful about.

Choose it once for a project, before the numbers are seen.
"""

from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

import numpy as np

from annotator.agreement import unitizing
from annotator.agreement.intervals import FEW
from annotator.agreement.pooled import CODERS
from annotator.agreement.sums import Coding, Units, code_counts, project
from annotator.agreement.words import USES, count, some

Shape = Literal["nothing", "units", "units with sets", "segmentation", "layer", "overlapping"]
ON_UNITS = 0.95  # of the spans, as many as begin and end with a unit when units were coded and not words
RARE = 0.02  # share of units below which agreement by chance is so high that alpha says little
GAPLESS = 0.98  # of the text, as much as is coded where it was cut into segments

Fit = Literal["beside", "not needed", "refused"]  # gamma: to be read beside the headline, may be computed, says nothing
NOTHING_TO_ALIGN = (
    "Gamma aligns the spans of coders with one another, and nobody marked any.",
    "Where coders read documents and found nothing, percent agreement is all that can be told.",
)
OF_UNITS = (
    "Gamma does not fit: it judges where coders put spans, and here their ends are those of units.",
    "Random spans, which it takes chance from, would end between units as no coder's do, and make agreement look too high.",
)
TOO_MANY = (
    f"Gamma cannot be computed where more than {CODERS} coders coded one document.",
    "There are too many ways to align their spans: choose fewer coders, or documents of fewer.",
)
OF_CUTS = (
    "Gamma can be computed, but where the whole text is cut into pieces there is hardly a choice of where to mark.",
    "The unitizing alpha judges the cuts and the codes, and is the one to report.",
)
OF_LAYER = (
    "Gamma can be computed, but is not needed: the unitizing alpha already judges where and what together.",
    "If you report both, choose before you see the numbers which of them stands for the study.",
)
BESIDE = (
    "Gamma is the second opinion here: it aligns all coders' spans and judges where and what at once, though codes overlap.",
    "Gamma-cat and gamma-k set the places aside and judge the codes of aligned spans, of all codes and of each.",
)


@dataclass(frozen=True, slots=True)
class Advice:
    """The measure for the headline, the unit it counts, what stands beside it, why, and warnings."""

    shape: Shape
    unit: str
    measure: str
    variant: str
    beside: tuple[str, ...]  # (measure) names that are read together with it
    why: tuple[str, str]
    warnings: tuple[str, ...] = ()
    gamma: Fit = "refused"
    of_gamma: tuple[str, str] = NOTHING_TO_ALIGN  # why gamma stands beside it, is not needed, or does not fit

    def sentences(self, *, with_gamma: bool = False) -> list[str]:
        """Why, and of gamma where it stands beside the headline or is among the numbers."""
        return [*self.why, *(self.of_gamma if with_gamma or self.gamma == "beside" else ())]


def advise(coding: Coding, units: dict[str, Units], codes: tuple[str, ...]) -> Advice:
    """By the spans themselves. `units` are those of the text that spans may have been put on, by name, smallest first."""
    warnings = tuple(_warnings(coding, units, codes))
    found = _by_shape(coding, units, warnings)
    many = found.gamma != "refused" and coding.coded.sum(1).max() > CODERS
    if not many:
        return found
    beside = tuple(one for one in found.beside if one != "gamma")
    return replace(found, gamma="refused", of_gamma=TOO_MANY, beside=beside)


def _by_shape(coding: Coding, units: dict[str, Units], warnings: tuple[str, ...]) -> Advice:
    if not len(coding.start):
        why = ("Nobody marked anything, so there is nothing that could agree.", "Only percent agreement can be told.")
        return Advice("nothing", "sentence", "percent", "nominal", (), why, warnings)
    layer = unitizing.is_exclusive(coding)
    on = next((name for name, found in units.items() if _on_units(coding, found) >= ON_UNITS), "")
    if on:
        return _of_units(on, layer, warnings)
    if layer and _covered(coding) >= GAPLESS and coding.codes > 1:
        why = (
            "The coders cut the whole text into pieces that do not overlap, so that where they cut is what may differ.",
            "The unitizing alpha takes ends and codes together; boundary similarity tells of the cuts alone.",
        )
        return Advice("segmentation", "span", "unitizing", "u", ("f1",), why, warnings, "not needed", OF_CUTS)
    if layer:
        why = (
            "The coders chose freely which words to mark, and no two codes of one coder overlap.",
            "The unitizing alpha judges where and what together and is corrected for chance; |u and cu tell them apart.",
        )
        return Advice("layer", "span", "unitizing", "u", ("f1",), why, warnings, "not needed", OF_LAYER)
    why = (
        "The coders chose freely which words to mark, and codes overlap, so that there is no one layer of codes.",
        "Each code has a unitizing alpha of its own; alpha of the sets of codes of sentences is one number for all of them.",
    )
    beside = "unitizing", "f1", "gamma"
    return Advice("overlapping", "sentence", "alpha", "masi", beside, why, warnings, "beside", BESIDE)


def _of_units(unit: str, layer: bool, warnings: tuple[str, ...]) -> Advice:
    first = f"Nearly every span begins and ends with a {unit}, so that whole {unit}s were coded and not words."
    if layer:
        why = (first, f"Each {unit} has one code at the most: Krippendorff's alpha with documents resampled fits.")
        return Advice("units", unit, "alpha", "nominal", ("percent", "kappa"), why, warnings, "refused", OF_UNITS)
    why = (first, f"A {unit} may have several codes: alpha of their sets for all, alpha of each code against the rest.")
    return Advice("units with sets", unit, "alpha", "masi", ("percent", "ac1"), why, warnings, "refused", OF_UNITS)


def _on_units(coding: Coding, units: Units) -> float:
    """The share of spans that are one unit or several whole ones."""
    at = coding.origin[coding.document]
    starts, ends = (np.unique(coding.origin[units.document] + edge) for edge in (units.start, units.end))
    fits = np.isin(at + coding.start, starts) & np.isin(at + coding.end, ends)
    return float(fits.mean())


def _covered(coding: Coding) -> float:
    """The share of the text that a coder marked, as a mean over coders and documents."""
    whole = (coding.coded * coding.lengths[:, None]).sum()
    one = coding.as_one_code()
    return float((one.end - one.start).sum() / whole) if whole else 0.0


def _warnings(coding: Coding, units: dict[str, Units], codes: tuple[str, ...]):
    documents = len(coding.lengths)
    if documents < FEW:
        yield f"Only {count(documents, 'document')} in common: intervals are wide, or not given."
    uses = np.bincount(coding.code, minlength=coding.codes)
    few = [codes[n] for n in np.flatnonzero((uses > 0) & (uses < USES))]
    if few:
        yield f"Fewer than {USES} uses, too few to tell how well coders know a code: {some(few)}."
    unused = int((uses == 0).sum())
    if unused:
        yield f"{count(unused, 'code was', 'codes were')} used by nobody here."
    if "sentence" in units:
        yield from _rare(coding, units["sentence"], codes, uses)
    yield from _unlike(coding, codes)


def _rare(coding: Coding, units: Units, codes: tuple[str, ...], uses: np.ndarray):
    counts = code_counts(coding, units, project(coding, units))
    rated = (counts.units[:, None] * coding.coded).sum()
    share = counts.uses.sum((0, 1)) / rated if rated else np.zeros(coding.codes)
    rare = [codes[n] for n in np.flatnonzero((uses >= USES) & (share < RARE))]
    if rare:
        yield (
            f"In fewer than one sentence in {round(1 / RARE)}: {some(rare)}. Percent and AC1 are high by nature where a code "
            "is rare, and alpha may be low with few misses: read them together, and sample more text that has the code."
        )


def _unlike(coding: Coding, codes: tuple[str, ...]):
    """Codes that some coder uses twice as often as another, in what both coded."""
    found = []
    for n, name in enumerate(codes):
        for g, h in combinations(range(coding.coders), 2):
            both = coding.coded[:, g] & coding.coded[:, h]
            mine = (coding.code == n) & both[coding.document]
            a, b = sorted(int((mine & (coding.coder == one)).sum()) for one in (g, h))
            if b >= USES and b > 2 * a:
                found.append(name)
                break
    if found:
        yield f"One coder gives it more than twice as often as another: {some(found)}. Talk about when to code it at all."
