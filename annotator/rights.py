"""Who may change what, and who may read what. Blindness is here and nowhere else.

Every query of the nouns and of the log goes through `readable`; every edit through `permit`. On PostgreSQL the same two
become row-level security. What was permitted elsewhere comes in with packages: `not_permitted` judges the log by the same rule.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import ColumnElement, Table, and_, exists, or_, select, true

from .errors import Refused
from .model import (
    FORMAT,
    NOUNS,
    Annotation,
    Assignment,
    CodebookVersion,
    Coder,
    Edit,
    Entity,
    Memo,
    Noun,
    Purge,
    Sitting,
    upcast,
)
from .revisions import Revision
from .tables import TABLES, barred

PRIVATE = ("annotation", "assignment", "memo", "sitting")
Owned = Annotation | Memo | Assignment | Sitting


def permit(actor: Coder, edit: Edit, *, chosen: bool = False) -> None:
    """Raises Refused unless `actor` may make this edit. Annotations and memos belong to their coder; a supervisor may
    bring in or take out whole annotations of others (an import and its undo), and never alters one, but decides between
    two versions of it (`chosen`: what it leaves is one of them), and says where quoted words are that were lost. Everybody
    adds entities; to alter one would change what others meant by it."""
    for noun in (edit.before, edit.after):
        if _owner(noun) not in (None, actor.id) and not _supervisor_may(actor, edit, chosen=chosen):
            raise Refused("right.not_yours", kind=edit.kind, owner=_owner(noun))
    is_new_entity = isinstance(edit.after, Entity) and edit.before is None
    if actor.role != "supervisor" and not (is_new_entity or isinstance(edit.noun, Owned)):
        raise Refused("right.supervisor_only", kind=edit.kind)
    if isinstance(edit.before, CodebookVersion) and edit.after is not None:
        raise Refused("right.frozen")
    if isinstance(edit.before, Purge):
        raise Refused("right.purged")


def _owner(noun: Noun | None) -> str | None:
    return noun.coder if isinstance(noun, Owned) else None


def _supervisor_may(actor: Coder, edit: Edit, *, chosen: bool = False) -> bool:
    whole = chosen or edit.before is None or edit.after is None or only_moves(edit)
    return actor.role == "supervisor" and (edit.kind == "assignment" or (edit.kind == "annotation" and whole))


def only_moves(edit: Edit) -> bool:
    """Whether it leaves an annotation as it was, but for the place of its quoted words."""
    before, after = edit.before, edit.after
    if not (isinstance(before, Annotation) and isinstance(after, Annotation)):
        return False
    return before != after and replace(before, spans=after.spans) == after


def locked_by_done(actor: Coder, edit: Edit, *, chosen: bool = False) -> list[Annotation]:
    """The annotations of an edit that may not be touched once their document is done: all but what a supervisor
    brings in or takes out whole, decides or finds again."""
    nouns = [noun for noun in (edit.before, edit.after) if isinstance(noun, Annotation)]
    return [noun for noun in nouns if noun.coder == actor.id or not _supervisor_may(actor, edit, chosen=chosen)]


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
    counts = revision.c.id.not_in(select(barred.c.revision))
    if actor.role == "supervisor":
        return counts
    known = [
        exists().where(table.c.id == revision.c.object, readable(actor, table))
        for table in (TABLES[kind] for kind in PRIVATE)
    ]
    return and_(counts, or_(revision.c.actor == actor.id, revision.c.kind.not_in((*PRIVATE, "entity")), *known))


# What came in from elsewhere ------------------------------------------------------------------------------------------


class Roles(NamedTuple):
    """Who is or was in the project, who of them is or was a supervisor, and which documents supervisors purged. All only
    grow, whatever comes in when."""

    known: frozenset[str]
    supervisors: frozenset[str]
    purged: frozenset[str] = frozenset()


def roles(founder: str, coders: Iterable[Revision], purges: Iterable[Revision] = ()) -> Roles:
    """The roles that these revisions of coders give, by the word of the founder and of supervisors whom they name, and what
    these purges of supervisors take out."""
    known, supervisors, waiting = {founder}, {founder}, [one for one in coders if one.op == "put"]
    while given := [one for one in waiting if one.actor in supervisors]:
        known |= {one.object for one in given}
        supervisors |= {one.object for one in given if _body(one).get("role") == "supervisor"}
        waiting = [one for one in waiting if one not in given]
    purged = {_body(one).get("document", "") for one in purges if one.op == "put" and one.actor in supervisors}
    return Roles(frozenset(known), frozenset(supervisors), frozenset(purged - {""}))


GIVING = ("project", "coder", "purge")  # kinds of revisions on which roles depend
GIVING = ("project", "coder", "purge")  # kinds of revisions on which roles depend
PURGED = "purged"  # why a revision counts nowhere that said something of a purged document
EMPTY = ("purge", "sitting")  # they name a document, and hold nothing of it


def is_purged(one: Revision, purged: Collection[str]) -> bool:
    """Whether it says something of one of these purged documents, or did."""
    if not (one.body and purged) or one.op == "retract" or one.kind in EMPTY:
        return not one.body
    return (one.kind == "document" and one.object in purged) or any(f'"{id}"' in one.body for id in purged)


def not_permitted(made: Iterable[Revision], by: Roles) -> dict[str, str]:
    """Of all the revisions of one object those that their authors had no right to make, each with the key of the reason.
    It depends on the set of them alone, so every copy of a project bars the same. Whether a document was done when an
    annotation was changed no set can tell: that is asked only where the change is made."""
    all = {one.id: one for one in made}
    kind = all[min(all)].kind
    each = {id: one for id, one in all.items() if one.kind == kind}
    odd = (one for one in all.values() if one.kind != kind)
    found = {one.id: PURGED if is_purged(one, by.purged) else "barred.other_kind" for one in odd}
    found.update((id, reason) for id, one in each.items() if (reason := _reason(one, each, by)))
    return found


def _reason(one: Revision, each: Mapping[str, Revision], by: Roles) -> str:
    if is_purged(one, by.purged):
        return PURGED
    parents = _parents(one, each)
    if one.actor not in by.known:
        return "barred.stranger"
    if one.kind not in NOUNS:
        return ""
    befores, is_supervisor = [parent for parent in parents if parent.op == "put"], one.actor in by.supervisors
    if NOUNS[one.kind] in (Annotation, Memo, Assignment, Sitting):
        # None: of a damaged body, which is `checking`'s business
        owners = {_owner_in(put) for put in (*befores, one) if put.op == "put"}
        is_own = owners <= {one.actor, None} and (one.op == "put" or befores)
        if is_own or (is_supervisor and (one.kind == "assignment" or _is_whole(one, each, befores))):
            return ""
        return "barred.not_yours"
    if one.kind in ("codebook_version", "purge") and befores and (one.op == "put" or one.kind == "purge"):
        return "barred.frozen"
    adds = one.kind == "entity" and one.op == "put" and not befores and len(parents) == len(one.parents)
    return "" if is_supervisor or adds else "barred.supervisor_only"


def _parents(one: Revision, each: Mapping[str, Revision]) -> list[Revision]:
    return [each[parent] for parent in one.parents if parent in each]


def _is_whole(one: Revision, each: Mapping[str, Revision], befores: list[Revision]) -> bool:
    """Whether it brings in or takes out a whole annotation, decides between versions of it or takes that back, or says
    where its words are."""
    if one.kind != "annotation" or one.op == "retract":
        return one.kind == "annotation"
    brings = not befores and len(_parents(one, each)) == len(one.parents)
    if brings or any(one.body == version.body for version in _versions(one, each) if version.op == "put"):
        return True
    return len(befores) == len(one.parents) == 1 and _unplaced(one) == _unplaced(befores[0])


def _versions(one: Revision, each: Mapping[str, Revision]) -> list[Revision]:
    """What was decided between, by this revision or by one that it takes back."""
    parents, owner, seen = _parents(one, each), _owner_in(one), {one.id}
    while len(parents) == 1 and parents[0].actor != owner and parents[0].id not in seen:
        seen.add(parents[0].id)
        parents = _parents(parents[0], each)
    return parents if len(parents) > 1 else []


def _unplaced(one: Revision) -> dict:
    """What it says of an annotation but for its place."""
    return {name: value for name, value in _body(one).items() if name != "spans"}


OWNER = '"coder":"'


def _owner_in(one: Revision) -> str | None:
    """Whose the noun is that a revision left. Quotation marks inside words are escaped, so what stands there once is it."""
    start, body = one.body.find(OWNER) + len(OWNER), one.body
    if one.format == FORMAT and start >= len(OWNER) and body.find(OWNER[:-1], start) < 0:
        return body[start : body.index('"', start)]
    return _body(one).get("coder")


def _body(one: Revision) -> dict:
    """What a revision says; of a damaged one nothing."""
    try:
        found = upcast(one.kind, one.format, json.loads(one.body))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
