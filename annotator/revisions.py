"""The log: revisions, their hashes and chains, and what a set of revisions says about an object. No database here.

A revision names its parents: the heads its author saw. The heads of an object are the revisions nobody names as a parent.
What an object is depends on the *set* of its revisions alone, never on the order they came in; so merging is union.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from json.encoder import encode_basestring as quoted
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Literal

from .errors import AnnotatorError, Damaged, Refused
from .model import FORMAT, NOUNS, Change, Edit, Noun, body_of, canonical_json, new_id, noun_from, unknown_fields, upcast


@dataclass(frozen=True, slots=True)
class Revision:
    """One logged change of one object, never altered afterwards."""

    id: str
    kind: str
    object: str
    op: Literal["put", "retract"]
    parents: tuple[str, ...]
    actor: str  # coder id
    device: str  # one per machine and person, from the machine's settings, never from the file
    seq: int  # 1, 2, 3 ... per device: shows a loss
    at: str  # UTC by that machine's clock: for people, nothing is decided by it
    label: str
    change: str  # the id of the first revision of the same change
    format: int
    body: str  # canonical JSON; of a retract "{}", of what was purged ""
    prev: str  # hash of the device's revision before; "" for its first
    hash: str = ""

    def noun(self) -> Noun | None:
        """The noun as this revision left it; None when it was retracted, or purged."""
        if self.op == "retract" or self.is_purged:
            return None
        return noun_from(self.kind, self.object, upcast(self.kind, self.format, _decoded(self.body)))

    @property
    def is_purged(self) -> bool:
        """Whether its body was taken out for good. Its hash still is that of what it said."""
        return not self.body


FIELDS = Revision.__match_args__
_by_id = attrgetter("id")
_decoded = json.JSONDecoder().decode
NONE: Mapping[str, str] = MappingProxyType({})


def line(project: str, revision: Revision) -> str:
    """The revision as one line of canonical JSON without its hash: everything, the project's id included. The body stands
    in it as it was stored, to the letter. Written out here, and not encoded: there are hundreds of thousands of them."""
    one = revision
    return (
        f'{{"actor":{quoted(one.actor)},"at":{quoted(one.at)},"body":{one.body},"change":{quoted(one.change)},'
        f'"device":{quoted(one.device)},"format":{one.format},"id":{quoted(one.id)},"kind":{quoted(one.kind)},'
        f'"label":{quoted(one.label)},"object":{quoted(one.object)},"op":{quoted(one.op)},'
        f'"parents":[{",".join(map(quoted, one.parents))}],"prev":{quoted(one.prev)},"project":{quoted(project)},'
        f'"seq":{one.seq}}}'
    )


def digest(project: str, revision: Revision) -> str:
    """SHA-256 of the revision's line. Raises Refused on lone surrogates."""
    try:
        return hashlib.sha256(line(project, revision).encode()).hexdigest()
    except UnicodeEncodeError:
        raise Refused("body.not_unicode") from None


def is_whole(project: str, revision: Revision) -> bool:
    """Whether the revision is what its hash says."""
    return revision.hash == digest(project, revision)


# What the revisions of one object say --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an object stands: its heads, and the one that is shown (None: retracted, or never made). `barred` are the
    revisions that do not count, with the reason."""

    heads: tuple[Revision, ...] = ()
    barred: tuple[tuple[str, str], ...] = ()

    @property
    def shown(self) -> Revision | None:
        """The put with the largest id. A retraction against a put loses until a person decides: nothing vanishes."""
        return max((head for head in self.heads if head.op == "put"), key=_by_id, default=None)

    @property
    def is_contested(self) -> bool:
        """Two heads that say different things. Two devices that did the same agree."""
        return len(self.heads) > 1 and len({(head.op, head.body) for head in self.heads}) > 1

    def noun(self) -> Noun | None:
        shown = self.shown
        return shown.noun() if shown and shown.kind in NOUNS else None


def standing(revisions: Iterable[Revision], barred: Mapping[str, str] = NONE) -> Standing:
    """The standing of the one object that all these revisions are about. Two devices that made it alike, each by itself,
    made one: an answer to one of the two is an answer to both."""
    each = {revision.id: revision for revision in revisions}
    counting = [revision for id, revision in each.items() if id not in barred]
    superseded = {parent for revision in counting for parent in revision.parents}
    if barred:
        superseded = _through(superseded, each, barred)
    if superseded and len(counting) > 2:
        answered = {one.body for one in counting if not one.parents and one.id in superseded}
        superseded |= {one.id for one in counting if not one.parents and one.body in answered}
    heads = (revision for revision in counting if revision.id not in superseded)
    return Standing(tuple(sorted(heads, key=_by_id)), tuple(sorted(barred.items())))


def _through(superseded: set[str], each: Mapping[str, Revision], barred: Mapping[str, str]) -> set[str]:
    """What is superseded also by way of revisions that do not count."""
    found, open_ones = set(superseded), [id for id in superseded if id in barred]
    while open_ones:
        if one := each.get(open_ones.pop()):
            further = set(one.parents) - found
            found |= further
            open_ones += [id for id in further if id in barred]
    return found


# Chains ---------------------------------------------------------------------------------------------------------------

Withheld = tuple[str, int, int]  # device, first, last: numbers kept back on purpose, declared by the sender


def is_unbroken(links: Iterable[Any]) -> bool:
    """Whether these (number, hash of the one before, own hash) of one device, in the order of their numbers, are a chain
    without a gap or a fork that begins with the first: as nearly all are."""
    last = ""
    for number, (seq, prev, hash) in enumerate(links, 1):
        if seq != number or prev != last:
            return False
        last = hash
    return True


def chain_problems(revisions: Iterable[Any], withheld: Iterable[Withheld] = ()) -> list[AnnotatorError]:
    """Gaps, broken links and forks in the chains of all devices, from revisions or rows like them. Hashes themselves are
    checked by `is_whole`. The errors tell people by id, and times as they are logged."""
    chains: dict[str, dict[int, list[Any]]] = {}
    for revision in revisions:
        chains.setdefault(revision.device, {}).setdefault(revision.seq, []).append(revision)
    declared: dict[str, list[tuple[int, int]]] = {}
    for device, first, last in withheld:
        declared.setdefault(device, []).append((first, last))
    return [
        problem for device, chain in chains.items() for problem in _problems(device, chain, declared.get(device, []))
    ]


def _problems(device: str, chain: dict[int, list[Any]], declared: list[tuple[int, int]]) -> Iterable[AnnotatorError]:
    who = chain[max(chain)][0].actor
    here = united([*declared, *((seq, seq) for seq in chain)])
    for (_, before), (after, _) in pairwise([(0, 0), *here]):
        if before < after - 1 and before < max(chain):
            yield Damaged("log.gap", device=device, first=before + 1, last=after - 1, who=who)
    for seq, made in chain.items():
        before_it = {revision.hash for revision in chain.get(seq - 1, ())} if seq > 1 else {""}
        if len(made) > 1:
            yield AnnotatorError("log.forked", device=device, seq=seq, who=who)
        for revision in made:
            if before_it and revision.prev not in before_it:
                yield Damaged("log.broken_link", device=device, **told(revision))


def told(revision: Any) -> dict[str, str]:
    """What an error says of a revision; people by id."""
    return {"revision": revision.id, "who": revision.actor, "at": revision.at, "label": revision.label}


def united(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """(first, last) of each unbroken run of the whole numbers in these ranges, in order."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


# Writing --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, on which device, in which project; `seq` and `prev` are of this device's last revision in this file."""

    project: str
    actor: str
    device: str
    seq: int = 0
    prev: str = ""


def revise(change: Change, standings: dict[str, Standing], author: Author) -> list[Revision]:
    """The revisions a change makes, their parents being the heads that stand now. Raises Refused unless every edit's
    `before` is what stands, and unless exactly what is contested is being settled; ValueError when a noun is edited
    twice, which would contest it."""
    if len({edit.object for edit in change.edits}) < len(change.edits):
        raise ValueError(f"the change {change.label!r} edits a noun twice")
    now, first, seq, prev, made = datetime.now(UTC).isoformat(timespec="milliseconds"), "", author.seq, author.prev, []
    for edit in change.edits:
        stand = standings.get(edit.object, Standing())
        _must_be_current(edit, stand, settles=change.settles)
        id, seq = new_id(), seq + 1
        first = first or id
        revision = Revision(
            id,
            edit.kind,
            edit.object,
            "put" if edit.after else "retract",
            tuple(h.id for h in stand.heads),
            author.actor,
            author.device,
            seq,
            now,
            change.label,
            first,
            FORMAT,
            _body(edit, stand),
            prev,
        )
        revision = replace(revision, hash=digest(author.project, revision))
        prev = revision.hash
        made.append(revision)
    return made


def _must_be_current(edit: Edit, stand: Standing, *, settles: bool) -> None:
    is_made = settles and not stand.heads  # what a decision sets apart
    if stand.is_contested != settles and not is_made:
        raise Refused("change.contested" if stand.is_contested else "change.not_contested", kind=edit.kind)
    if stand.noun() != edit.before:
        if not stand.heads:
            raise Refused("noun.missing", kind=edit.kind)
        latest = stand.shown or stand.heads[-1]
        raise Refused("change.changed_since", kind=edit.kind, object=edit.object, by=latest.actor, at=latest.at)


def _body(edit: Edit, stand: Standing) -> str:
    if edit.after is None:
        return "{}"
    before = upcast(edit.kind, stand.shown.format, json.loads(stand.shown.body)) if stand.shown else {}
    return canonical_json(unknown_fields(edit.kind, before) | body_of(edit.after))
