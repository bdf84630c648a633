"""Who may change what, and who may read what. Blindness is here and nowhere else.

Every query of the nouns and of the log goes through `readable`; every edit through `permit`. On PostgreSQL the same two
become row-level security.
"""

from sqlalchemy import ColumnElement, Table, and_, exists, or_, select, true

from .errors import Refused
from .model import Annotation, Assignment, CodebookVersion, Coder, Edit, Entity, Memo, Noun, Sitting
from .tables import TABLES

PRIVATE = ("annotation", "assignment", "memo", "sitting")
Owned = Annotation | Memo | Assignment | Sitting


def permit(actor: Coder, edit: Edit) -> None:
    """Raises Refused unless `actor` may make this edit. Annotations and memos belong to their coder; a supervisor may
    bring in or take out whole annotations of others (an import and its undo), and never alters one. Everybody adds
    entities; to alter one would change what others meant by it."""
    for noun in (edit.before, edit.after):
        if _owner(noun) not in (None, actor.id) and not _supervisor_may(actor, edit):
            raise Refused("right.not_yours", kind=edit.kind, owner=_owner(noun))
    is_new_entity = isinstance(edit.after, Entity) and edit.before is None
    if actor.role != "supervisor" and not (is_new_entity or isinstance(edit.noun, Owned)):
        raise Refused("right.supervisor_only", kind=edit.kind)
    if isinstance(edit.before, CodebookVersion) and edit.after is not None:
        raise Refused("right.frozen")


def _owner(noun: Noun | None) -> str | None:
    return noun.coder if isinstance(noun, Owned) else None


def _supervisor_may(actor: Coder, edit: Edit) -> bool:
    whole = edit.before is None or edit.after is None
    return actor.role == "supervisor" and (edit.kind == "assignment" or (edit.kind == "annotation" and whole))


def locked_by_done(actor: Coder, edit: Edit) -> list[Annotation]:
    """The annotations of an edit that may not be touched once their document is done: all but what a supervisor
    brings in or takes out whole."""
    nouns = [noun for noun in (edit.before, edit.after) if isinstance(noun, Annotation)]
    return [noun for noun in nouns if noun.coder == actor.id or not _supervisor_may(actor, edit)]


def readable(actor: Coder, table: Table) -> ColumnElement[bool]:
    """What `actor` may read of a noun's table. A coder in a blind round reads only their own annotations and assignments;
    a coder reads their own memos and those of supervisors, and of time on task only their own, in every round.
    Bookmarks are nobody else's."""
    if table.name == "memo":
        worded = table.c.words != ""
        if actor.role != "supervisor":
            supervisors = select(TABLES["coder"].c.id).where(TABLES["coder"].c.role == "supervisor")
            worded = and_(worded, table.c.coder.in_(supervisors))
        return or_(table.c.coder == actor.id, worded)
    if actor.role == "supervisor" or table.name not in PRIVATE:
        return true()
    if table.name == "sitting":
        return table.c.coder == actor.id
    open_rounds = select(TABLES["round"].c.id).where(~TABLES["round"].c.blind)
    return or_(table.c.coder == actor.id, table.c.round.in_(open_rounds))


def readable_log(actor: Coder, revision: Table) -> ColumnElement[bool]:
    """What `actor` may read of the log. Of private kinds: what they made, and all of what they may read as it stands.
    Of entities what they made: when others first named one tells what those are coding."""
    if actor.role == "supervisor":
        return true()
    known = [
        exists().where(table.c.id == revision.c.object, readable(actor, table))
        for table in (TABLES[kind] for kind in PRIVATE)
    ]
    return or_(revision.c.actor == actor.id, revision.c.kind.not_in((*PRIVATE, "entity")), *known)
