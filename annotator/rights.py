"""Who may change what, and who may read what. Blindness is here and nowhere else.

Every query of the nouns and of the log goes through `readable`; every edit through `permit`. On PostgreSQL the same two
become row-level security.
"""

from sqlalchemy import ColumnElement, Table, or_, select, true

from .errors import Refused
from .model import KINDS, Annotation, Assignment, CodebookVersion, Coder, Edit, Entity, Memo
from .tables import TABLES

PRIVATE = ("annotation", "assignment", "memo")


def permit(actor: Coder, edit: Edit) -> None:
    """Raises Refused unless `actor` may make this edit."""
    for noun in (edit.before, edit.after):
        if isinstance(noun, Annotation | Memo) and noun.coder != actor.id:
            raise Refused("right.not_yours", kind=edit.kind, owner=noun.coder)
        if isinstance(noun, Assignment) and actor.id != noun.coder and actor.role != "supervisor":
            raise Refused("right.not_yours", kind=edit.kind, owner=noun.coder)
    if (
        not isinstance(edit.after or edit.before, Annotation | Memo | Assignment | Entity)
        and actor.role != "supervisor"
    ):
        raise Refused("right.supervisor_only", kind=edit.kind)
    if isinstance(edit.before, CodebookVersion) and edit.after is not None:
        raise Refused("right.frozen", kind=KINDS[CodebookVersion])


def readable(actor: Coder, table: Table) -> ColumnElement[bool]:
    """What `actor` may read of a noun's table. A coder in a blind round reads their own annotations and assignments only;
    a coder reads their own memos and those of supervisors."""
    if actor.role == "supervisor" or table.name not in PRIVATE:
        return true()
    if table.name == "memo":
        supervisors = select(TABLES["coder"].c.id).where(TABLES["coder"].c.role == "supervisor")
        return or_(table.c.coder == actor.id, table.c.coder.in_(supervisors))
    open_rounds = select(TABLES["round"].c.id).where(~TABLES["round"].c.blind)
    return or_(table.c.coder == actor.id, table.c.round.in_(open_rounds))


def readable_log(actor: Coder, revision: Table) -> ColumnElement[bool]:
    """What `actor` may read of the log. Of private kinds: what they made themselves, and all of their own assignments."""
    if actor.role == "supervisor":
        return true()
    mine = select(TABLES["assignment"].c.id).where(TABLES["assignment"].c.coder == actor.id)
    return or_(revision.c.actor == actor.id, revision.c.kind.not_in(PRIVATE), revision.c.object.in_(mine))


def may_hear(actor: Coder, edit: Edit) -> bool:
    """Whether a listener of `actor` is told of an edit that a merge brought."""
    return actor.role == "supervisor" or edit.kind not in PRIVATE or (edit.after or edit.before).coder == actor.id
