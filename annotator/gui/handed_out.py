"""Which documents a person finds in the list, in what order, and how far each is."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from annotator.gui.panels.documents import DocumentGroup, DocumentRow, Place
from annotator.model import Assignment, Document, Round, State
from annotator.project import Project

AT_ONCE = 200  # texts that are in memory together
CONTINUED = bytes(
    range(0x80, 0xC0)
)  # of UTF-8: what does not begin a character, so that the others are as many as these


class HandedOut:
    """The list of one person, as it stood when it was last renewed."""

    def __init__(self, project: Project):
        self.project = project
        self._places: dict[Place, int] = {}
        self._order: list[Place] = []
        self._waiting: set[Place] = set()  # what this person has not done yet
        self._shares: dict[tuple[str, str], float] = {}  # of documents in progress; looked up once until forgotten

    def renew(self) -> list[DocumentGroup]:
        """What is handed out to this person by round, the newest first; for a supervisor also what others were handed,
        and the rest."""
        documents = {one.id: one for one in self.project.nouns("document")}
        rounds = {one.id: one for one in reversed(self.project.nouns("round"))}
        mine: dict[str, list[Assignment]] = {}
        others: dict[str, list[Assignment]] = {}
        for one in self.project.nouns("assignment"):
            if one.document in documents:
                (mine if one.coder == self.project.actor.id else others).setdefault(one.round, []).append(one)
        states, counts = self.project.assignment_states(), self.project.annotation_counts()
        self._waiting = set()
        groups = [self._own(documents, rounds[id], mine[id], states, counts) for id in rounds if id in mine]
        if self.project.actor.role == "supervisor":
            listed = {row.place for group in groups for row in group.rows}
            found = [_of_others(documents, rounds[id], others[id], states, listed) for id in rounds if id in others]
            groups += [group for group in found if group.rows]
            groups += _rest(documents, {row.document.id for group in groups for row in group.rows})
        self._order = [row.place for group in groups for row in group.rows]
        self._places = {place: n for n, place in enumerate(self._order)}
        return groups

    def place_of(self, document: str, round: str) -> Place:
        """Under which round a document is listed, when it is open in this one: under none if it was not handed out."""
        return (document, round) if (document, round) in self._places else (document, None)

    def round_of(self, document: str) -> str | None:
        """The first round under which a document is listed."""
        return next((round for listed, round in self._order if listed == document), None)

    def beside(self, place: Place | None, way: int) -> Place | None:
        """The place after (1) or before (-1) another in the list; the first when that other is not in it."""
        at = self._places[place] + way if place and place in self._places else 0
        return self._order[at] if 0 <= at < len(self._order) else None

    def waiting_after(self, place: Place | None) -> Place | None:
        """The next document after another that this person has not done; behind the last comes the first."""
        at = self._places.get(place, -1) + 1 if place else 0
        around = (*self._order[at:], *self._order[:at])
        return next((one for one in around if one in self._waiting and one != place), None)

    def forget(self, document: str, round: str) -> None:
        """Somebody coded here: how far it is has to be looked up again."""
        self._shares.pop((document, round), None)

    def _own(
        self, documents: dict[str, Document], round: Round, mine: list[Assignment], states: dict, counts: dict
    ) -> DocumentGroup:
        found: dict[str, State] = {
            one.document: states[one.document, one.coder, one.round]
            for one in sorted(mine, key=lambda one: one.position)
        }
        begun = [documents[id] for id, state in found.items() if state == "in progress"]
        shares = self._learn_shares(begun, round.id)
        coded = {document for document, coder, phase in counts if (coder, phase) == (self.project.actor.id, round.id)}
        rows = tuple(
            DocumentRow(documents[id], round, state, shares.get(id, 0.0), state == "done" and id not in coded)
            for id, state in found.items()
        )
        self._waiting |= {row.place for row in rows if row.state != "done"}
        return DocumentGroup(round.name, rows, round)

    def _learn_shares(self, begun: list[Document], round: str) -> dict[str, float]:
        """How far into each of these documents this person has come, 0 to 1."""
        fresh = [one for one in begun if (one.id, round) not in self._shares]
        for start in range(0, len(fresh), AT_ONCE):
            some = {one.id: one for one in fresh[start : start + AT_ONCE]}
            ends = self.project.reach(some, self.project.actor.id, round)
            texts = self.project.contents({one.text for one in some.values()})
            for id, one in some.items():
                length = len(texts.get(one.text, b"").translate(None, CONTINUED))
                self._shares[id, round] = ends.get(id, 0) / length if length else 0.0
        return {one.id: self._shares[one.id, round] for one in begun}


def _of_others(
    documents: dict[str, Document], round: Round, others: list[Assignment], states: dict, listed: Iterable[Place]
) -> DocumentGroup:
    """What others were handed in a round, each document once: done when all of them are, and how many of them are."""
    by_document: dict[str, list[State]] = {}
    for one in sorted(others, key=lambda one: one.position):
        if (one.document, round.id) not in listed:
            by_document.setdefault(one.document, []).append(states[one.document, one.coder, one.round])
    rows = []
    for document, found in by_document.items():
        state: State = found[0] if len({*found}) == 1 else "in progress"
        rows.append(DocumentRow(documents[document], round, state, found.count("done") / len(found), others=len(found)))
    words = QCoreApplication.translate("HandedOut", "{round}, of others").format(round=round.name)
    return DocumentGroup(words, tuple(rows))


def _rest(documents: dict[str, Document], listed: Iterable[str]) -> list[DocumentGroup]:
    rows = tuple(DocumentRow(one) for id, one in documents.items() if id not in listed)
    name = QCoreApplication.translate("HandedOut", "Not handed out")
    return [DocumentGroup(name, rows)] if rows else []
