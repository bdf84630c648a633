"""How far the work is: one row an assignment, and sums by coder and of the project.

A coder reads their own rows only, a supervisor those of everybody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .model import State
from .past import Worked
from .project import Project

NEVER = Worked(0, "")


@dataclass(frozen=True, slots=True)
class Row:
    """One document of one coder in one round."""

    document: str
    title: str
    coder: str
    name: str
    round: str
    round_name: str
    state: State
    annotations: int
    seconds: int = 0  # of work, pauses left out; 0 where it was not measured
    last: str = ""  # when the coder last worked on it, UTC; "" where nobody knows

    @property
    def is_empty(self) -> bool:
        """Read, and nothing found."""
        return self.state == "done" and not self.annotations


@dataclass(frozen=True, slots=True)
class Sum:
    """Several rows together: those of one coder, or all."""

    coder: str  # "" of all
    name: str
    documents: int
    done: int
    in_progress: int
    nothing: int  # of those done
    annotations: int
    seconds: int
    last: str

    @property
    def to_do(self) -> int:
        return self.documents - self.done - self.in_progress

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        return self.done / self.documents if self.documents else 0.0


def rows(project: Project, round: str | None = None) -> list[Row]:
    """The rows that the actor may read, of one round or of all: the newest round first, then as documents and people came."""
    documents = {one.id: one.title for one in project.nouns("document")}
    people = {one.id: one.name for one in project.nouns("coder")}
    rounds = {one.id: one.name for one in reversed(project.nouns("round")) if round in (None, one.id)}
    counts, worked = project.annotation_counts(), project.worked()
    order = {id: n for ids in (documents, people, rounds) for n, id in enumerate(ids)}
    me = None if project.actor.role == "supervisor" else project.actor.id
    places = [
        place
        for place in project.assignment_states().items()
        if place[0][0] in documents and place[0][1] in people and place[0][2] in rounds and me in (None, place[0][1])
    ]
    places.sort(key=lambda item: (order[item[0][2]], order[item[0][0]], order[item[0][1]]))
    return [
        Row(
            document,
            documents[document],
            coder,
            people[coder],
            phase,
            rounds[phase],
            state,
            counts.get((document, coder, phase), 0),
            *worked.get((document, coder, phase), NEVER),
        )
        for (document, coder, phase), state in places
    ]


def by_coder(rows: Iterable[Row]) -> list[Sum]:
    """The sums of each coder, by name."""
    theirs: dict[str, list[Row]] = {}
    for row in rows:
        theirs.setdefault(row.coder, []).append(row)
    found = [total(some, coder=id, name=some[0].name) for id, some in theirs.items()]
    return sorted(found, key=lambda one: (one.name.casefold(), one.coder))


def total(rows: Sequence[Row], *, coder: str = "", name: str = "") -> Sum:
    """The sum of these rows. A document that several coders have is counted for each."""
    states = [row.state for row in rows]
    return Sum(
        coder,
        name,
        documents=len(rows),
        done=states.count("done"),
        in_progress=states.count("in progress"),
        nothing=sum(row.is_empty for row in rows),
        annotations=sum(row.annotations for row in rows),
        seconds=sum(row.seconds for row in rows),
        last=max((row.last for row in rows), default=""),
    )
