"""Which documents a person finds in the list, in what order, and how far each is."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from annotator.gui.panels.documents import DocumentGroup, DocumentRow, Place
from annotator.model import Assignment, Document, Round, State
from annotator.project import Project


class HandedOut:
    """The list of one person, as it stood when it was last renewed."""

    def __init__(self, project: Project):
        self.project = project
        self._places: dict[Place, int] = {}
        self._order: list[Place] = []
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
        states = self.project.assignment_states()
        groups = [self._own(documents, rounds[id], mine[id], states) for id in rounds if id in mine]
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

    def beside(self, place: Place | None, way: int) -> Place | None:
        """The place after (1) or before (-1) another in the list; the first when that other is not in it."""
        at = self._places[place] + way if place and place in self._places else 0
        return self._order[at] if 0 <= at < len(self._order) else None

    def forget(self, document: str, round: str) -> None:
        """Somebody coded here: how far it is has to be looked up again."""
        self._shares.pop((document, round), None)

    def _own(self, documents: dict[str, Document], round: Round, mine: list[Assignment], states: dict) -> DocumentGroup:
        rows = []
        for one in sorted(mine, key=lambda one: one.position):
            state: State = states[one.document, one.coder, one.round]
            share = self._share(one.document, round.id) if state == "in progress" else 0.0
            rows.append(DocumentRow(documents[one.document], round, state, share))
        return DocumentGroup(round.name, tuple(rows), round)

    def _share(self, document: str, round: str) -> float:
        """How far into a document its coder has come, 0 to 1."""
        if (document, round) not in self._shares:
            rows = self.project.coded_spans(documents=[document], coders=[self.project.actor.id], round=round)
            length = max(1, len(self.project.text(document)))
            self._shares[document, round] = max((row.end for row in rows), default=0) / length
        return self._shares[document, round]


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
        rows.append(DocumentRow(documents[document], round, state, found.count("done") / len(found)))
    words = QCoreApplication.translate("HandedOut", "{round}, handed out to others").format(round=round.name)
    return DocumentGroup(words, tuple(rows))


def _rest(documents: dict[str, Document], listed: Iterable[str]) -> list[DocumentGroup]:
    rows = tuple(DocumentRow(one) for id, one in documents.items() if id not in listed)
    name = QCoreApplication.translate("HandedOut", "Not handed out")
    return [DocumentGroup(name, rows)] if rows else []
