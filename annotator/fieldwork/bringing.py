"""Files of several kinds brought into a project together: packages and whole copies, all in one transaction or none."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from annotator import purging
from annotator.errors import AnnotatorError, Refused
from annotator.fieldwork import incoming
from annotator.fieldwork.sounds import spoken
from annotator.packages import Package, Receipt
from annotator.project import Project

COPY = ".annotator"
Kind = Literal["package", "copy"]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file as it came, or as it would: what it brings or, in `failure`, why nothing was taken from it."""

    path: Path
    kind: Kind
    sender: str = ""  # a name; "" of a copy, which is of everybody
    device: str = ""
    word: str = ""
    key: str = ""  # in words
    codebook: int | None = None
    counts: Mapping[str, int] = field(
        default_factory=dict
    )  # of documents, those done, annotations, as its sender saw them
    notes: tuple[AnnotatorError, ...] = ()
    receipt: Receipt | None = None
    failure: AnnotatorError | None = None

    @property
    def is_waiting_for_trust(self) -> bool:
        """Whether only a key keeps it out, that a person may accept."""
        return self.failure is not None and self.failure.key == "package.other_key"


def bring(
    project: Project,
    paths: Sequence[Path],
    *,
    dry_run: bool = False,
    trusted: Sequence[str] = (),
    progress: Progress = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Arrival]:
    """Takes in what is whole and of this project, in one transaction; of the rest it says why not. With `dry_run` it only
    says what would come. Raises Damaged or Refused when all of it together could not be united, or it was cancelled: then
    nothing was taken in."""
    found: list[tuple[Arrival, Package | None]] = []
    known: dict[str, str] = {}
    for path in dict.fromkeys(paths):
        if cancelled():
            raise Refused("package.cancelled")
        found.append(_looked_at(project, path, known, trusted, progress, cancelled))
    packages = [package for _, package in found if package]
    receipts = iter(())
    if packages:
        receipts = iter(project.receive(packages, dry_run=dry_run, progress=progress, cancelled=cancelled))
    if not dry_run:
        purging.sweep_if_due(project)
    return [_receipted(arrival, next(receipts)) if package else arrival for arrival, package in found]


def _receipted(arrival: Arrival, receipt: Receipt) -> Arrival:
    return replace(arrival, receipt=receipt, notes=(*arrival.notes, *incoming.of_purged(arrival.path, receipt)))


def _looked_at(
    project: Project,
    path: Path,
    known: dict[str, str],
    trusted: Sequence[str],
    progress: Progress,
    cancelled: Callable[[], bool],
) -> tuple[Arrival, Package | None]:
    if path.suffix.casefold() == COPY:
        try:
            return Arrival(path, "copy"), incoming.copied(project, path)
        except AnnotatorError as error:
            return Arrival(path, "copy", failure=error), None
    arrival = Arrival(path, "package")
    try:
        arrived = incoming.read(path, progress=progress, cancelled=cancelled)
        manifest = arrived.manifest
        arrival = replace(
            arrival,
            sender=manifest.sender.coder.name,
            device=manifest.sender.device,
            word=arrived.word,
            key=manifest.sender.fingerprint,
            codebook=manifest.codebook,
            counts=manifest.counts,
        )
        return replace(arrival, notes=tuple(incoming.admitted(project, arrived, known, trusted))), arrived.package
    except AnnotatorError as error:
        if error.key == "package.cancelled":
            raise
        return replace(arrival, failure=error), None


def earlier(project: Project) -> list[Arrival]:
    """What came in before, the newest first, as far as the file remembers it and this person may know."""
    people = {one.id: one.name for one in project.nouns("coder")}
    found = []
    for one in reversed(project.receipts()):
        is_copy = Path(one.name).suffix.casefold() == COPY
        word = ""
        with suppress(ValueError):
            word = "" if is_copy else spoken(bytes.fromhex(one.sha256[:8]))
        sender = "" if is_copy else people.get(one.sender, "")
        found.append(Arrival(Path(one.name), "copy" if is_copy else "package", sender, word=word, receipt=one))
    return found
