"""From what was chosen to the numbers, in a thread beside the window."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from annotator.project import Project

from .offer import Asked, Offer

if TYPE_CHECKING:
    from annotator.agreement.drift import Drift
    from annotator.agreement.live import Live
    from annotator.agreement.result import Result, Row
    from annotator.agreement.sums import Units
    from annotator.agreement.timeline import Timeline
    from annotator.agreement.units import Study
    from annotator.agreement.worst import Worst
    from annotator.reporting.content import Material

Key = tuple[str, str]  # measure and variant
SPANS = ("f1", "precision", "recall")
VARIANTS = ("nominal", "masi", "u", "k", "exact", "overlap")


@dataclass(frozen=True, eq=False)
class Numbers:
    """A result with its study, ready to be looked at: rows by measure, code and coders."""

    result: "Result"
    study: "Study"
    asked: Asked
    rows: dict[tuple[str, str, str | None, frozenset[str]], "Row"] = field(default_factory=dict)
    family: "Result | None" = None  # of all coders: the unitizing alphas
    drift: "Drift | None" = None
    worst: tuple["Worst", ...] = ()
    live: "Live | None" = None

    @classmethod
    def of(cls, result: "Result", study: "Study", asked: Asked, **more) -> "Numbers":
        rows = {(row.measure, row.variant, row.code, frozenset(row.coders)): row for row in reversed(result.rows)}
        return cls(result, study, asked, rows, **more)

    @property
    def coders(self) -> tuple[str, ...]:
        return self.study.coders

    @cached_property
    def keys(self) -> list[Key]:
        """The measures to choose from: those that codes have. Alpha is one: of sets it takes the distance MASI."""
        order = (*("alpha", "unitizing", "percent", "kappa", "pi", "fleiss", "conger", "ac1", "s"), *SPANS)
        found = {(row.measure, row.variant) for row in self.result.rows if row.code is not None}
        return sorted(found, key=lambda key: (order.index(key[0]), VARIANTS.index(key[1])))

    def row(self, key: Key, code: str | None, coders: tuple[str, ...]) -> "Row | None":
        """Of a code, or of all codes together."""
        if code is None and key == ("alpha", "nominal"):
            key = ("alpha", "masi")
        measure, variant = key
        return self.rows.get((measure, variant, code, frozenset(coders)))

    def first_key(self) -> Key:
        """The measure to show when none was chosen: that of the headline."""
        row = self.result.headline.row
        return ("alpha", "nominal") if row.measure == "alpha" else (row.measure, row.variant)

    def group(self, key: Key, pair: tuple[str, ...] | None) -> tuple[str, ...]:
        """The coders whose numbers the codes show: the pair that was chosen, else all, or the first pair where a measure
        is of pairs only."""
        from annotator.agreement.estimates import PAIRS_ONLY

        if pair is not None and set(pair) <= set(self.coders):
            return pair
        return self.coders[:2] if key[0] in PAIRS_ONLY else self.coders


class Reader:
    """Reads a project in the threads of the workers, one at a time, and not once it has been closed."""

    def __init__(self, project: Project):
        self.project, self._lock, self._closed = project, Lock(), False

    def close(self) -> None:
        """Waits until nobody reads; the project may be closed then."""
        self._closed = True
        with self._lock:
            pass

    def offer(self, progress: Callable[..., None], cancelled: Callable[[], bool]) -> Offer | None:
        """What there is to choose from; None when nobody wants to know any more."""
        with self._lock:
            return None if self._closed or cancelled() else Offer.of(self.project)

    def material(self, asked: Asked, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> "Material":
        """What a report of this is made from. Raises Refused: it cannot be computed, or `cancelled` said so."""
        from annotator.agreement import report
        from annotator.reporting.content import Material

        def stopped() -> bool:
            return self._closed or cancelled()

        with self._lock:
            study = self._study(asked, stopped)
            read = Material.read(self.project, study)
        return read(
            report.compute(
                study,
                unit=asked.unit,
                replicates=asked.replicates,
                seed=asked.seed,
                progress=progress,
                cancelled=stopped,
            )
        )

    def _study(self, asked: Asked, stopped: Callable[[], bool]) -> "Study":
        """Read by who holds the lock."""
        from annotator.agreement import units

        units.stop_if(stopped)
        return units.study(
            self.project,
            coders=asked.coders,
            documents=asked.documents,
            codes=asked.codes,
            rounds=asked.rounds,
            include_in_progress=asked.include_in_progress,
            by_search=asked.by_search,
            with_attributes=True,
        )

    def numbers(
        self,
        asked: Asked,
        before: Numbers | None,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> Numbers:
        """The numbers of what was asked for: `before` itself where nothing that counts has changed since. Raises Refused:
        they cannot be computed, or `cancelled` said so."""
        from annotator.agreement import report, timeline, units

        def stopped() -> bool:
            return self._closed or cancelled()

        with self._lock:
            study = self._study(asked, stopped)
            times = timeline.timeline(self.project, study)
        if before is not None and _same(study, asked) == _same(before.study, before.asked):
            return before
        result = report.compute(
            study, unit=asked.unit, replicates=asked.replicates, seed=asked.seed, progress=progress, cancelled=stopped
        )
        units.stop_if(stopped)
        return Numbers.of(result, study, asked, **_beside(study, asked, times))


def _beside(study: "Study", asked: Asked, times: "Timeline") -> dict:
    """What stands beside the numbers. The fonts of the figures are looked for here, too, which may take long once."""
    from annotator.agreement import drift, report, worst
    from annotator.agreement.figures.sheet import families
    from annotator.agreement.live import Live

    families()
    return {
        "family": report.of_everyone(study, ("unitizing",), replicates=asked.replicates, seed=asked.seed),
        "drift": drift.drift(study, times, asked.unit, seed=asked.seed),
        "live": Live(study.coding, _units(study, asked.unit)),
        "worst": tuple(worst.worst_places(study.coding, study.sentences)),
    }


def _units(study: "Study", unit: str) -> "Units | None":
    """What live sums are of; None: the characters between the ends of spans."""
    if unit == "character":
        return None
    return study.sentences if unit in ("sentence", "span") else study.units(unit)


def _same(study: "Study", asked: Asked) -> tuple:
    """All that a result follows from."""
    names = study.project, study.documents, study.rounds, study.exclusions, study.include_in_progress
    return names, study.layers, study.attributes, study.data_hash, asked.unit, asked.replicates, asked.seed
