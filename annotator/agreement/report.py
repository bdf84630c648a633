"""The numbers of an agreement study: per code and overall, for all coders and each pair, with intervals and reasons."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import asdict

from annotator import __version__
from annotator.agreement.attributes import compared
from annotator.agreement.coefficients import rounded
from annotator.agreement.decomposition import Decomposition
from annotator.agreement.estimates import MORE, OF_SPANS, OF_UNITS, Work
from annotator.agreement.result import Headline, Result, Row, Use
from annotator.agreement.sums import shares
from annotator.agreement.units import PROJECTION, UNITS, Study, stop_if
from annotator.agreement.words import MEASURES, title
from annotator.codebook import nearest
from annotator.errors import Refused

INTERVAL = "percentile, 95%; whole documents drawn with replacement"

Progress = Callable[[int, int], None]  # steps done, steps in all


def compute(
    study: Study,
    *,
    unit: str | None = None,
    measures: Collection[str] | None = None,
    replicates: int = 1000,
    seed: int = 1,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Result:
    """Without measures: all that fit the unit (none named: the sentence), and F1 of the spans. Raises Refused: an unknown
    unit or measure, one that does not fit the other, or `cancelled` said so."""
    unit, wanted = asked_for(unit, measures)
    work = Work(study, unit, wanted, replicates, seed, cancelled or (lambda: False))
    rows, total = list[Row](), len(work.groups)
    for done, group in enumerate(work.groups):
        stop_if(work.cancelled)
        rows += work.rows(group)
        if progress:
            progress(done + 1, total)
    order = {code: n for n, code in enumerate((None, *study.codes))}
    rows.sort(key=lambda row: order[row.code])
    uses, headline = work.uses(), work.headline(rows)
    makeup = Decomposition(_while_wanted(study.layers, work.cancelled)) if study.layers else None
    attributes = (
        tuple(compared(study.layers, study.attributes, replicates=replicates, seed=seed)) if study.layers else ()
    )
    found = makeup, attributes, work.below(rows), work.balances()
    return Result(_settings(work, uses, headline), tuple(rows), uses, headline, *found)


def _while_wanted(layers: Sequence, cancelled: Callable[[], bool]) -> Iterator:
    """One by one; raises Refused when nobody wants them any more."""
    for layer in layers:
        stop_if(cancelled)
        yield layer


def asked_for(unit: str | None, measures: Collection[str] | None) -> tuple[str, tuple[str, ...]]:
    """The unit and the measures, filled in. Raises Refused for what is unknown or does not go together."""
    offered = [name for name in MEASURES if name in (*OF_UNITS, *MORE, *OF_SPANS)]
    for kind, known, names in (("unit", UNITS, [unit] if unit else []), ("measure", offered, measures or [])):
        for name in names:
            if name not in known:
                raise Refused("agreement.unknown", kind=kind, name=name, near="; ".join(nearest(name, known)))
    if not measures:
        wanted = OF_SPANS if unit == "span" else (*OF_UNITS, "f1")
        return unit or "sentence", tuple(name for name in MEASURES if name in wanted)
    for measure in measures:
        if unit == "span" and measure not in OF_SPANS:
            advice = "It compares units of text; choose sentence, paragraph, document or character."
            raise Refused("agreement.senseless", measure=title(measure, ""), unit=unit, advice=advice)
        if unit not in (None, "span") and measure in OF_SPANS:
            raise Refused("agreement.senseless", measure=title(measure, ""), unit=unit, advice="Choose the unit span.")
    only_spans = set(measures) <= set(OF_SPANS)
    return unit or ("span" if only_spans else "sentence"), tuple(name for name in MEASURES if name in measures)


def of_everyone(study: Study, measures: Collection[str], *, replicates: int = 1000, seed: int = 1) -> Result:
    """The numbers of all coders together, without those of pairs: span measures beside a result of other units."""
    unit, wanted = asked_for("span" if set(measures) <= set(OF_SPANS) else None, measures)
    work = Work(study, unit, wanted, replicates, seed, lambda: False)
    rows, uses = work.rows(work.everyone), work.uses()
    headline = work.headline(rows)
    return Result(_settings(work, uses, headline), tuple(rows), uses, headline)


def _settings(work: Work, uses: tuple[Use, ...], headline: Headline) -> dict:
    study, coding = work.study, work.coding
    units = dict.fromkeys(([work.unit] if work.units is not None else []) + (["span"] if work.of_spans else []))
    counted = 0 if work.units is None else round(float(work.units.weight.sum()))
    return {
        "project": study.project,
        "coders": list(study.coders),
        "documents": list(study.documents),
        "codes": list(study.codes),
        "rounds": list(study.rounds),
        "unit": work.unit,
        "projection": {unit: PROJECTION[unit] for unit in units},
        "measures": list(work.measures),
        "q": coding.codes,
        "interval": INTERVAL,
        "replicates": work.replicates,
        "seed": work.seed,
        "counts": {
            "documents": len(study.documents),
            "units": counted,
            "spans": len(coding.start),
            "characters": int(coding.lengths.sum()),
            "marked": rounded(shares(coding)[-1]),
            "with_codes": work.with_codes(),
            "coded": {name: int(n) for name, n in zip(study.coders, coding.coded.sum(0), strict=True)},
        },
        "include_in_progress": study.include_in_progress,
        "by_search": study.by_search,
        "exclusions": [one._asdict() for one in study.exclusions],
        "places": dict(study.differences),
        "uses": [asdict(use) for use in uses],
        "headline": headline.facts(),
        "advice": asdict(study.advice),
        "version": __version__,
        "data_hash": study.data_hash,
    }
