"""What the agreement window lets one choose from, what of it counts, and what was chosen. Plain values, no window."""

from collections.abc import Collection
from dataclasses import dataclass

from annotator.codebook import ancestors, in_order
from annotator.model import Code, Coder, Document, Round, State
from annotator.project import Project


@dataclass(frozen=True, slots=True)
class Asked:
    """What was chosen, by id. Of documents, codes and rounds None is all there are."""

    coders: tuple[str, ...]
    documents: tuple[str, ...] | None
    codes: tuple[str, ...] | None
    rounds: tuple[str, ...] | None
    unit: str
    include_in_progress: bool
    by_search: bool
    replicates: int
    seed: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a document is: who of the coders chosen counts, and what became of it with each of the others (None: it was
    not handed out to them)."""

    counted: tuple[str, ...]
    others: tuple[tuple[str, State | None], ...]

    @property
    def counts(self) -> bool:
        return len(self.counted) > 1


@dataclass(frozen=True, slots=True)
class Offer:
    """The coders with work or the role, the rounds with work, the documents, and the codes with their depth in the tree."""

    coders: tuple[Coder, ...]
    rounds: tuple[Round, ...]
    documents: tuple[Document, ...]
    codes: tuple[tuple[Code, int], ...]
    states: dict[tuple[str, str, str], State]  # of document, coder, round
    project: str

    @classmethod
    def of(cls, project: Project) -> "Offer":
        """As the project stands, as its actor may read it."""
        states, book = project.assignment_states(), project.codebook()
        people, phases = {coder for _, coder, _ in states}, {round for _, _, round in states}
        codes = [one for one in in_order(book.values()) if one.merged_into is None]
        return cls(
            coders=tuple(one for one in project.nouns("coder") if one.role == "coder" or one.id in people),
            rounds=tuple(one for one in project.nouns("round") if one.id in phases),
            documents=tuple(project.nouns("document")),
            codes=tuple((one, len(list(ancestors(book, one)))) for one in codes),
            states=states,
            project=project.nouns("project")[0].name,
        )

    def counted(self, rounds: Collection[str], *, include_in_progress: bool) -> set[tuple[str, str]]:
        """(document, coder) that count in these rounds."""
        kept = ("done", "in progress") if include_in_progress else ("done",)
        return {(d, c) for (d, c, round), state in self.states.items() if round in rounds and state in kept}

    def standing(
        self, document: str, coders: Collection[str], rounds: Collection[str], counted: Collection[tuple[str, str]]
    ) -> Standing:
        """How far these coders are with a document in these rounds."""
        here = tuple(coder for coder in coders if (document, coder) in counted)
        return Standing(here, tuple((one, self._state(document, one, rounds)) for one in coders if one not in here))

    def _state(self, document: str, coder: str, rounds: Collection[str]) -> State | None:
        found = {self.states.get((document, coder, round)) for round in rounds}
        order: tuple[State, ...] = ("in progress", "to do")
        return next((state for state in order if state in found), None)
