"""What is asked at the one door for writing: whether this person may, and what no change may leave behind."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from . import store
from .errors import Refused
from .model import DECIDE, UNDO, Annotation, Assignment, Change, Coder, Document, Edit, Memo, assignment_id, name_of
from .revisions import Revision, Standing
from .rights import locked_by_done, only_moves, permit
from .tables import TABLES
from .text import folded


def must_be_permitted(connection: Connection, actor: Coder, change: Change, stood: Mapping[str, Standing]) -> None:
    """Raises Refused for what the actor may not do to what stands now, or nobody may. People are told by id."""
    touched = []
    for edit in change.edits:
        heads = stood.get(edit.object, Standing()).heads
        chosen = edit.after in [one.noun() for one in _choices(connection, change, edit, heads)]
        permit(actor, edit, chosen=chosen)
        if only_moves(edit) and not chosen:
            _must_be_lost(connection, actor, edit, heads)
        touched += locked_by_done(actor, edit, chosen=chosen)
    places = {assignment_id(noun.document, noun.coder, noun.round) for noun in touched}
    assignment = TABLES["assignment"]
    done = select(assignment.c.id).where(assignment.c.done)
    if not change.settles and store.among(connection, done, assignment.c.id, places):
        raise Refused("right.done")
    must_not_be_purged(connection, change)
    must_leave_people(connection, actor, change)
    must_be_unused(connection, [edit for edit in change.edits if edit.after is None])


def _choices(connection: Connection, change: Change, edit: Edit, heads: Sequence[Revision]) -> Sequence[Revision]:
    """The versions that a change decides between: of a decision or, when it takes one back, of that."""
    if change.settles:
        return heads
    is_decision, noun = change.label.removeprefix(UNDO) == DECIDE, edit.noun
    if is_decision and len(heads) == 1 and isinstance(noun, Annotation):
        return store.versions(connection, heads[0], noun.coder)
    return ()


def _must_be_lost(connection: Connection, actor: Coder, edit: Edit, heads: Sequence[Revision]) -> None:
    """Raises Refused when somebody moves an annotation of another's whose words were at their place, or moves it to where
    they are not; what was put there by somebody else may be put back."""
    before, after = edit.before, edit.after
    if isinstance(before, Annotation) and isinstance(after, Annotation) and before.coder != actor.id:
        if any(head.actor != before.coder for head in heads):
            return
        text = store.text_of(connection, before.document)
        if text is not None and (before.fits(text) or not after.fits(text)):
            raise Refused("right.not_yours", kind="annotation", owner=before.coder)


def must_not_be_purged(connection: Connection, change: Change) -> None:
    """Raises Refused for what is about a purged document, or has its text."""
    purged = TABLES["purge"].c.document
    texts, documents = store.purged_texts(connection), set(connection.scalars(select(purged)))
    for edit in change.edits if documents else ():
        match noun := edit.after:
            case Document():
                is_purged = noun.id in documents or noun.text in texts
            case Annotation() | Assignment():
                is_purged = noun.document in documents
            case Memo():
                is_purged = noun.about in documents
            case _:
                is_purged = False
        if is_purged:
            raise Refused("document.purged")


def must_leave_people(connection: Connection, actor: Coder, change: Change) -> None:
    """Raises Refused when a change leaves no supervisor or not the actor, or gives two people one name or none."""
    changed = {edit.object: edit.after for edit in change.edits if edit.kind == "coder"}
    if not changed:
        return
    before = [store.noun_of("coder", row) for row in connection.execute(select(TABLES["coder"]))]
    after = [one for one in before if one.id not in changed]
    if changed.get(actor.id, actor) is None:
        raise Refused("coder.oneself")
    for one in changed.values():
        if isinstance(one, Coder):
            if not one.name.strip():
                raise Refused("name.empty", kind="coder")
            if any(folded(other.name) == folded(one.name) for other in after):
                raise Refused("coder.exists", name=one.name)
            after.append(one)
    if not any(one.role == "supervisor" for one in after):
        raise Refused("coder.last_supervisor", name=actor.name)


def must_be_unused(connection: Connection, retracted: list[Edit]) -> None:
    gone = {edit.object: edit for edit in retracted}
    for kind in {edit.kind for edit in retracted}:
        ids = [id for id, edit in gone.items() if edit.kind == kind]
        using = [one for one in store.users(connection, kind, ids) if one[2] not in gone]
        if using:
            used, by, _ = using[0]
            count = len({user for id, kind_of_user, user in using if (id, kind_of_user) == (used, by)})
            raise Refused("noun.in_use", kind=kind, name=name_of(gone[used].noun), count=count, users=by)
