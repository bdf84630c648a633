"""Which revisions go out to a coder: what they need, what is theirs, and of the others nothing."""

from collections.abc import Collection, Iterable

from annotator.model import Annotation, Assignment, Coder, Document, Entity, Memo, Sitting
from annotator.project import Project
from annotator.revisions import Revision, Withheld, united

SHARED = ("project", "attribute", "code", "codebook_version", "round", "purge")


class Choice:
    """What is chosen for one coder, who is to code these documents. Only a supervisor can know."""

    def __init__(self, project: Project, coder: str, documents: Collection[str]):
        self.coder, self.log = coder, project.sendable()
        self.nouns = {one.id: noun for one in self.log if (noun := _private(one))}
        self.owners: dict[str, set[str]] = {}
        for noun in self.nouns.values():
            self.owners.setdefault(noun.id, set()).add(noun.coder)
        self.senders = self._supervisors() | {coder}
        self.out = {one.id for one, _ in project.barred() if one.actor != coder}
        self.documents = {*documents, *self._worked_on()}
        self.memos = self._of_supervisors(project)
        self.revisions = tuple(one for one in self.log if self._goes(one))
        named = {one.object for one in self.revisions}
        self.entities = [one for one in project.nouns("entity") if isinstance(one, Entity) and one.id not in named]
        self.texts = {one.id: one.text for one in project.nouns_of("document", self.documents)}

    def _supervisors(self) -> set[str]:
        """Who is or was a supervisor: what they made of the codebook stays."""
        puts = (one.noun() for one in self.log if one.kind == "coder" and one.op == "put")
        return {noun.id for noun in puts if isinstance(noun, Coder) and noun.role == "supervisor"}

    def _worked_on(self) -> set[str]:
        """The documents that the coder has done anything on already."""
        found = set[str]()
        for one in self.log:
            noun = self.nouns.get(one.id)
            if noun and noun.coder == self.coder and (one.actor == self.coder or not isinstance(noun, Assignment)):
                found.add(noun.about if isinstance(noun, Memo) else noun.document)
        return found & {one.object for one in self.log if one.kind == "document"}

    def _of_supervisors(self, project: Project) -> set[str]:
        """The memos of supervisors on what goes out."""
        about = self.documents | {one.object for one in self.log if one.kind in (*SHARED, "entity")}
        return {
            one.id for one in project.nouns("memo") if one.words and one.coder in self.senders and one.about in about
        }

    def _goes(self, one: Revision) -> bool:
        if one.is_purged:
            return False
        if one.actor == self.coder:
            return True
        if one.actor not in self.senders or one.id in self.out:
            return False
        match one.kind:
            case "document":
                return one.object in self.documents
            case "coder":
                return one.object in self.senders
            case "memo":
                return one.object in self.memos or self._is_own(one)
            case "annotation" | "sitting":
                return self._is_own(one)
            case "assignment":
                noun = self.nouns.get(one.id)
                is_here = not isinstance(noun, Assignment) or noun.document in self.documents
                return self._is_own(one) and is_here
        return one.kind in (*SHARED, "entity")

    def _is_own(self, one: Revision) -> bool:
        noun = self.nouns.get(one.id)
        return self.coder in self.owners.get(one.object, ()) and (noun is None or noun.coder == self.coder)


def _private(one: Revision) -> Annotation | Assignment | Memo | Sitting | None:
    noun = one.noun() if one.op == "put" and one.kind in ("annotation", "assignment", "memo", "sitting") else None
    return noun if isinstance(noun, Annotation | Assignment | Memo | Sitting) else None


def texts_of(project: Project, documents: Collection[str]) -> dict[str, str]:
    """Document id -> SHA-256 of its text."""
    return {one.id: one.text for one in project.nouns_of("document", documents) if isinstance(one, Document)}


def kept_back(log: Iterable[Revision], declared: Iterable[Withheld], chosen: Iterable[Revision]) -> list[Withheld]:
    """The numbers below the last chosen one of each device that are here, or were declared to us, and do not go along."""
    last: dict[str, int] = {}
    going = set[tuple[str, int]]()
    for one in chosen:
        last[one.device] = max(one.seq, last.get(one.device, 0))
        going.add((one.device, one.seq))
    gone: dict[str, list[tuple[int, int]]] = {}
    for one in log:
        if one.seq < last.get(one.device, 0) and (one.device, one.seq) not in going:
            gone.setdefault(one.device, []).append((one.seq, one.seq))
    for device, first, end in declared:
        if first < last.get(device, 0):
            gone.setdefault(device, []).append((first, min(end, last[device] - 1)))
    return [(device, *run) for device in sorted(gone) for run in united(gone[device])]
