"""What a study was made of: its documents round by round, what was left out and why, and who could see whose work. Reads
the project; all that follows needs it no more."""

from collections import Counter
from dataclasses import dataclass

from annotator.agreement.figures.reading import days
from annotator.agreement.units import Study
from annotator.model import Round, State
from annotator.project import Project

ONE, NOBODY = "coded by one coder only", "coded by nobody"
LATER, CHOICE = "counts in a later round", "by choice"
States = dict[tuple[str, str, str], State]  # of document, coder and round


@dataclass(frozen=True, slots=True)
class Phase:
    """The documents that one round handed out to these coders."""

    name: str
    days: str
    codebook: str  # the number of its version; "" where it had none
    documents: int
    used: int
    partly: int  # of those used, by fewer than all coders
    left_out: tuple[tuple[str, int], ...]  # reason, documents
    blind: bool
    revealed: str  # the day on which it was, "" if it never was blind


@dataclass(frozen=True, slots=True)
class Account:
    phases: tuple[Phase, ...]
    missing: tuple[tuple[str, tuple[str, ...]], ...]  # document used, coders who did not code it
    codebooks: tuple[str, ...]  # the numbers of the versions in the rounds used

    @property
    def used(self) -> tuple[Phase, ...]:
        """The rounds that documents of the study are from."""
        return tuple(phase for phase in self.phases if phase.used)


def account(project: Project, study: Study) -> Account:
    """As the project stands. Raises Refused: the actor may not compare."""
    project.must_compare()
    everyone: States = project.assignment_states()
    states: States = {place: state for place, state in everyone.items() if place[1] in study.coder_ids}
    numbers = {one.id: one.number for one in project.nouns("codebook_version")}
    begun, phases = project.first_coded(), list[Phase]()
    for round in project.nouns("round"):
        here = dict.fromkeys(document for document, _, of in states if of == round.id)
        firsts = [begun[document, round.id] for document in here if (document, round.id) in begun]
        versions = {numbers[one.codebook] for one in firsts if one.codebook in numbers} or {
            numbers.get(round.codebook_version or "")
        }
        if here:
            times = sorted(one.at for one in firsts)
            dates = days(times[0], times[-1]) if times else ""
            books = ", ".join(map(str, sorted(filter(None, versions))))
            phases.append(_phase(project, study, round, states, dates, books))
    there = study.coding.coded
    missing = [
        (title, tuple(name for name, done in zip(study.coders, row, strict=True) if not done))
        for title, row in zip(study.documents, there, strict=True)
        if not row.all()
    ]
    books = dict.fromkeys(
        book for phase in phases if phase.used and phase.codebook for book in phase.codebook.split(", ")
    )
    return Account(tuple(phases), tuple(missing), tuple(books))


def _phase(project: Project, study: Study, round: Round, states: States, dates: str, codebook: str) -> Phase:
    counted = dict(zip(study.document_ids, study.round_ids, strict=True))
    full = {id for id, row in zip(study.document_ids, study.coding.coded, strict=True) if row.all()}
    here = dict.fromkeys(document for document, _, of in states if of == round.id)
    used = [document for document in here if counted.get(document) == round.id]
    reasons = Counter(
        _reason(document, round.id, counted, states, study.include_in_progress)
        for document in here
        if document not in used
    )
    return Phase(
        round.name,
        dates,
        codebook,
        len(here),
        len(used),
        sum(document not in full for document in used),
        tuple(reasons.items()),
        round.blind,
        _revealed(project, round),
    )


def _reason(document: str, round: str, counted: dict[str, str], states: States, in_progress: bool) -> str:
    """Why a document does not count in a round."""
    if document in counted:
        return LATER
    kept = ("done", "in progress") if in_progress else ("done",)
    done = sum(state in kept for (of, _, _), state in states.items() if of == document)
    return CHOICE if done > 1 else ONE if done else NOBODY


def _revealed(project: Project, round: Round) -> str:
    """The day on which a round that was blind was revealed to its coders."""
    was_blind = False
    for revision in project.history(round.id):
        noun = revision.noun()
        if isinstance(noun, Round):
            if was_blind and not noun.blind:
                return days(revision.at, revision.at)
            was_blind = noun.blind
    return ""
