"""The order of coding: which document came when, in which round and under which codebook. Reads the project."""

from dataclasses import dataclass
from itertools import groupby, pairwise

from annotator.agreement.units import Study
from annotator.project import Project


@dataclass(frozen=True, slots=True)
class Phase:
    """The documents of a study that one round coded with one codebook, by their first and last place in the order of coding."""

    round: str
    first: int
    last: int
    codebook: int | None  # the number of its version; None: the codes as they stood
    began: str  # UTC; "" where nobody marked anything
    ended: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """`order` has the numbers of the study's documents as they were coded."""

    order: tuple[int, ...]
    phases: tuple[Phase, ...]

    @property
    def anew(self) -> tuple[int, ...]:
        """The places at which another codebook began."""
        return tuple(b.first for a, b in pairwise(self.phases) if a.codebook != b.codebook)


def timeline(project: Project, study: Study) -> Timeline:
    """Round by round, in each codebook by codebook; within one by when somebody first marked something, and documents begun
    at once by their place in the hand-out and their title."""
    rounds = {one.id: one for one in project.nouns("round")}
    numbers = {one.id: one.number for one in project.nouns("codebook_version")}
    begun, position = project.first_coded(), dict[tuple[str, str], int]()
    for one in project.nouns("assignment"):
        place = one.document, one.round
        position[place] = min(position.get(place, one.position), one.position)
    at, places = {id: n for n, id in enumerate(rounds)}, list(zip(study.document_ids, study.round_ids, strict=True))

    def book(n: int) -> int | None:
        first = begun.get(places[n])
        return numbers.get((first and first.codebook) or rounds[places[n][1]].codebook_version or "")

    def when(n: int) -> tuple:
        first = begun.get(places[n])
        change = first.change if first else "~"
        return at[places[n][1]], book(n) or 0, change, position.get(places[n], 0), study.documents[n], places[n][0]

    order, phases = sorted(range(len(places)), key=when), list[Phase]()
    for (id, number), group in groupby(enumerate(order), lambda one: (places[one[1]][1], book(one[1]))):
        found = list(group)
        times = sorted(begun[places[n]].at for _, n in found if places[n] in begun) or [""]
        phases.append(Phase(rounds[id].name, found[0][0], found[-1][0], number, times[0], times[-1]))
    return Timeline(tuple(order), tuple(phases))
