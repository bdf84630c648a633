"""The sample project: the statements that come with the program, coded by three coders."""

from dataclasses import replace
from pathlib import Path

from . import editing, founding, paths
from .errors import Refused
from .interchange import annotation_table, importing
from .model import Annotation, Assignment, Change, Coder, Document, Edit, Round, new_id
from .project import Project

NAME = "Sample: the strait, the islands and the river"
ROUND = "Reliability"
CODERS = ("Coder A", "Coder B", "Coder C")
UNFINISHED = ("02_maren_strait_incident", "Coder A")  # where work waits
LEFT_TO_DO = 4  # annotations of it
NOT_DONE = ("13_velmar_address_to_the_assembly", "Coder C")  # never handed out: missing, not empty


def make(path: Path, *, name: str, device: str) -> Path:
    """Makes the sample project, with the person called `name` as its supervisor (someone else when that is a coder's name).
    Raises Refused: the path is taken, has another ending, or its folder cannot be written to."""
    supervisor = "Supervisor" if name.casefold() in map(str.casefold, CODERS) else name
    book = founding.shipped_codebook()
    with founding.making(path, name=NAME, supervisor=supervisor, device=device, book=book) as project:
        _import_documents(project)
        round = _hand_out(project)
        for document in project.nouns("document"):
            if _table(document).exists():
                _import_codings(project, document, round)
        project.apply(Change("mark done", tuple(_found_nothing(project))))
    return path


def supervisor_of(path: Path) -> str | None:
    """Who supervises a sample project; None when it is another project. Raises Refused when it is none at all."""
    try:
        with Project(path, actor=CODERS[0], device="", writing=False) as project:
            if project.nouns("project")[0].name != NAME:
                return None
            return next(one.name for one in project.nouns("coder") if one.role == "supervisor")
    except Refused as refusal:
        if refusal.key == "coder.unknown":
            return None
        raise


def _import_documents(project: Project) -> None:
    reading = importing.read_all(sorted(paths.sample_docs().glob("*.txt")))
    for _, error in reading.failures:
        raise error
    change, contents = importing.documents_change(project, reading.documents)
    project.apply(change, contents=contents)


def _hand_out(project: Project) -> Round:
    """Renames the round that each project begins with, and gives the coders their documents."""
    first = project.nouns("round")[0]
    round, people = replace(first, name=ROUND), [Coder(new_id(), name) for name in CODERS]
    edits = [Edit(first, round), *(Edit(None, person) for person in people)]
    for person in people:
        coded = [one for one in project.nouns("document") if _table(one).exists()]
        wanted = [one.id for one in coded if (_stem(one), person.name) != NOT_DONE]
        edits += editing.assign(project, documents=wanted, coders=[person.id], round=round.id).edits
    project.apply(Change("assign", tuple(edits)))
    return round


def _import_codings(project: Project, document: Document, round: Round) -> None:
    """A table of codings, which leaves its document done for the coders it names; but work waits in one."""
    plan = annotation_table.plan(project, _table(document).read_bytes(), round=round)
    for line, error in plan.problems:
        raise Refused("table.row", path=_table(document).name, line=line, reason=error)
    if _stem(document) == UNFINISHED[0]:
        waiting = next(one.id for one in project.nouns("coder") if one.name == UNFINISHED[1])
        mine = [edit for edit in plan.change.edits if _coder_of(edit) == waiting]
        made = [edit for edit in mine if isinstance(edit.noun, Annotation)][:-LEFT_TO_DO]
        kept = tuple(edit for edit in plan.change.edits if edit not in mine or edit in made)
        plan.change = replace(plan.change, edits=kept)
    annotation_table.carry_out(project, plan)


def _found_nothing(project: Project) -> list[Edit]:
    """What marks done the documents in which a coder found nothing, so that their table does not name them."""
    unfinished = [one for one in project.nouns("assignment") if not one.done]
    begun = {place for place, state in project.assignment_states().items() if state == "in progress"}
    return [
        Edit(one, replace(one, done=True)) for one in unfinished if (one.document, one.coder, one.round) not in begun
    ]


def _coder_of(edit: Edit) -> str | None:
    return edit.noun.coder if isinstance(edit.noun, Annotation | Assignment) else None


def _stem(document: Document) -> str:
    return Path(document.filename).stem


def _table(document: Document) -> Path:
    return paths.sample_docs() / "codings" / f"{_stem(document)}.csv"
