"""The verbs. Each reads what it needs, and returns a Change that nobody has applied yet, or raises Refused."""

import random
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from .entities import Registry
from .errors import Refused
from .model import (
    KINDS,
    Annotation,
    Assignment,
    Attribute,
    Change,
    Code,
    CodebookVersion,
    Coder,
    Edit,
    Entity,
    Memo,
    Noun,
    Role,
    Round,
    Sitting,
    assignment_id,
    entity_id,
    new_id,
)
from .project import Project
from .spans import bare, quoted, united
from .text import Span, canonical, folded
from .values import checked, checked_certainty


def _put(label: str, before: Noun | None, after: Noun) -> Change:
    return Change(label, (Edit(before, after),))


# Annotations ----------------------------------------------------------------------------------------------------------


def annotate(
    project: Project,
    *,
    document: str,
    code: str,
    spans: Iterable[Span],
    round: str,
    attributes: dict | None = None,
    certainty: float | None = None,
    memo: str = "",
    coder: str | None = None,
) -> Change:
    """Puts a code on spans of a document, for the actor (or for `coder`, when a supervisor brings in work made elsewhere),
    under the codebook version of the round. Attributes are by id; see `values.checked`."""
    version = project.noun("round", round).codebook_version
    offered = must_offer(project, version, code)
    values = _checked_all(project, version, offered, attributes or {})
    spans, quotes = quoted(project.text(document), spans)
    coder = coder or project.actor.id
    if any(one[0] == spans for one in _spans_of(project, document, coder, code, round)):
        raise Refused("annotation.exists", name=offered.name)
    made = Annotation(
        new_id(),
        document,
        coder,
        round,
        code,
        spans,
        quotes,
        version,
        values,
        checked_certainty(certainty),
        canonical(memo)[0],
    )
    return _put("annotate", None, made)


def resize(project: Project, annotation: Annotation, spans: Iterable[Span]) -> Change:
    """Puts an annotation on other spans of its document."""
    spans, quotes = quoted(project.text(annotation.document), spans)
    return _put("resize", annotation, replace(annotation, spans=spans, quotes=quotes))


def add_span(project: Project, annotation: Annotation, span: Span) -> Change:
    """Lets an annotation cover one more span. One that touches or overlaps what it has makes it longer."""
    change = resize(project, annotation, united(project.text(annotation.document), (*annotation.spans, span)))
    return replace(change, label="add span")


def remove_span(project: Project, annotation: Annotation, position: int) -> Change:
    """Takes the span at a position out of an annotation that has several."""
    left = [span for span in annotation.spans if not span.start <= position <= span.end]
    if len(left) == len(annotation.spans):
        raise Refused("span.not_here")
    if not left:
        raise Refused("span.only")
    return replace(resize(project, annotation, left), label="take out span")


def split(project: Project, annotation: Annotation, position: int) -> Change:
    """Divides an annotation into two that say the same: what lies before a position, and what lies behind it."""
    text = project.text(annotation.document)
    before = [bare(text, Span(start, min(end, position))) for start, end in annotation.spans if start < position]
    behind = [bare(text, Span(max(start, position), end)) for start, end in annotation.spans if end > position]
    parts = [[span for span in part if span.start < span.end] for part in (before, behind)]
    if not all(parts):
        raise Refused("annotation.no_split")
    first, second = (quoted(text, part) for part in parts)
    kept = replace(annotation, spans=first[0], quotes=first[1])
    made = replace(annotation, id=new_id(), spans=second[0], quotes=second[1])
    return Change("split", (Edit(annotation, kept), Edit(None, made)))


def join(project: Project, annotations: Iterable[Annotation]) -> Change:
    """Makes one annotation of several that one coder has of one code in one document. The first of the text stays, and
    covers the words of all. What only some say of an attribute holds for it; where two say different things the join is
    refused, as nobody's judgement is to be lost unseen. Certainty is that of the least certain, memos follow each other."""
    joined = sorted({one.id: one for one in annotations}.values(), key=lambda one: one.spans)
    if len(joined) < 2:
        raise Refused("annotation.join_two")
    if len({(one.document, one.round, one.coder) for one in joined}) > 1:
        raise Refused("annotation.join_apart")
    if len({one.code for one in joined}) > 1:
        codes = project.codebook()
        names = sorted({codes[one.code].name for one in joined if one.code in codes})
        raise Refused("annotation.join_codes", names=", ".join(names))
    first, text = joined[0], project.text(joined[0].document)
    spans, quotes = quoted(text, united(text, [span for one in joined for span in one.spans]))
    said = [one.certainty for one in joined if one.certainty is not None]
    made = replace(
        first,
        spans=spans,
        quotes=quotes,
        attributes=_agreed(project, joined),
        certainty=min(said, default=None),
        memo="\n\n".join(dict.fromkeys(one.memo for one in joined if one.memo)),
    )
    return Change("join", (Edit(first, made), *(Edit(one, None) for one in joined[1:])))


def copy_to(project: Project, annotation: Annotation, *, document: str, round: str, spans: Iterable[Span]) -> Change:
    """Puts the code, attributes and certainty of an annotation on other words, for the actor, as a new annotation."""
    version = project.noun("round", round).codebook_version
    kept = _kept(project, version, annotation.code, annotation.attributes)
    made = annotate(
        project,
        document=document,
        code=annotation.code,
        spans=spans,
        round=round,
        attributes=kept,
        certainty=annotation.certainty,
    )
    return replace(made, label="copy")


def copy_onto(project: Project, annotation: Annotation, targets: Iterable[Annotation]) -> Change:
    """Gives other annotations the code, attributes and certainty of one, as one step. Words and memos stay theirs."""
    edits = []
    for one in targets:
        version = project.noun("round", one.round).codebook_version
        kept = _kept(project, version, annotation.code, annotation.attributes)
        said = {"code": annotation.code, "attributes": kept, "certainty": annotation.certainty}
        edits.append(Edit(one, replace(one, codebook_version=version, **said)))
    return Change("copy", tuple(edits))


def recode(project: Project, annotations: Iterable[Annotation], code: str) -> Change:
    """Gives annotations another code, as one step. Attributes the new code does not ask for stay behind."""
    annotations = [one for one in {one.id: one for one in annotations}.values() if one.code != code]
    versions = {id: project.noun("round", id).codebook_version for id in {one.round for one in annotations}}
    asked = {version: must_offer(project, version, code).attributes for version in set(versions.values())}

    def recoded(one: Annotation) -> Annotation:
        version = versions[one.round]
        kept = {name: value for name, value in one.attributes.items() if name in asked[version]}
        return replace(one, code=code, codebook_version=version, attributes=kept)

    return Change("recode", tuple(Edit(one, recoded(one)) for one in annotations))


def set_attribute(project: Project, annotation: Annotation, attribute: str, value: object) -> Change:
    """Fills in an attribute that the annotation's code asks for; None takes it out."""
    return replace(set_attributes(project, annotation, {attribute: value}), label="set attribute")


def set_attributes(project: Project, annotation: Annotation, values: dict[str, Any]) -> Change:
    """Fills in several attributes as one step; None takes one out."""
    version = annotation.codebook_version
    given = {id: value for id, value in values.items() if value is not None}
    kept = {id: value for id, value in annotation.attributes.items() if id not in values}
    if given:
        kept |= _checked_all(project, version, must_offer(project, version, annotation.code), given)
    return _put("set attributes", annotation, replace(annotation, attributes=kept))


def set_memo(annotation: Annotation, words: str) -> Change:
    return _put("memo", annotation, replace(annotation, memo=canonical(words)[0]))


def set_certainty(annotation: Annotation, certainty: float | None) -> Change:
    """0 to 1, or None for not said."""
    return _put("certainty", annotation, replace(annotation, certainty=checked_certainty(certainty)))


def retract(*nouns: Noun) -> Change:
    """Takes nouns back, as one step. They stay in the log, and undo brings them back under the same ids."""
    return Change("retract", tuple(Edit(noun, None) for noun in nouns))


# Rounds, people, entities --------------------------------------------------------------------------------------------


def add_coder(name: str, role: Role = "coder") -> Change:
    """A person. The project takes no name twice."""
    return _put("add coder", None, Coder(new_id(), name.strip(), role))


def add_round(project: Project, name: str, *, blind: bool = True) -> Change:
    """A phase of coding, under the newest published codebook."""
    if not name.strip():
        raise Refused("name.empty", kind="round")
    versions = sorted(project.nouns("codebook_version"), key=lambda version: version.number)
    version = versions[-1].id if versions else None
    return _put("add round", None, Round(new_id(), name.strip(), blind, version))


def reveal(round: Round) -> Change:
    """Lets the coders of a round see one another's annotations from now on. The log keeps when, and by whom."""
    return _put("reveal", round, replace(round, blind=False))


def assign(
    project: Project, *, documents: Iterable[str], coders: Iterable[str], round: str, seed: int | None = None
) -> Change:
    """Hands every document to every coder, as one step; with a seed each coder gets an order of their own. What they have
    already stays as it is."""
    documents, edits = list(documents), []
    there = {one.id: one for one in project.nouns("assignment")}
    for coder in coders:
        order = documents.copy()
        if seed is not None:
            random.Random(f"{seed} {coder}").shuffle(order)
        first = sum(one.coder == coder and one.round == round for one in there.values())
        places = [(assignment_id(document, coder, round), document) for document in order]
        fresh = [(id, document) for id, document in places if id not in there]
        edits += [
            Edit(None, Assignment(id, document, coder, round, position=first + n))
            for n, (id, document) in enumerate(fresh)
        ]
    return Change("assign", tuple(edits))


def mark_done(project: Project, *, document: str, round: str, coder: str | None = None, done: bool = True) -> Change:
    """The actor (or `coder`, said by a supervisor) has finished a document in a round, or takes that back."""
    coder = coder or project.actor.id
    id = assignment_id(document, coder, round)
    before = next(iter(project.nouns_of("assignment", [id])), None)
    after = replace(before, done=done) if before else Assignment(id, document, coder, round, done)
    return _put("mark done" if done else "reopen", before, after)


def find_entity(project: Project, name: str) -> Entity | None:
    """The entity of this name or alias, whatever its case; of a merged one, that which it was merged into."""
    found = Registry(project.nouns("entity")).find(name)
    return project.noun("entity", found.id) if found else None


def add_entity(project: Project, name: str, *aliases: str) -> Change:
    """An actor, place or body that attributes point at. Its id follows from its name, so two devices make the same one."""
    name = _entity_name(name)
    return _put("add entity", None, Entity(entity_id(project.id, name), name, aliases))


def rename_entity(project: Project, entity: Entity, name: str) -> Change:
    """Calls an entity otherwise. What it was called before stays as an alias: others may go on typing it."""
    name = _entity_name(name)
    _must_be_free(project, entity, name)
    aliases = [one for one in (*entity.aliases, entity.name) if folded(one) != folded(name)]
    return _put("rename entity", entity, replace(entity, name=name, aliases=tuple(dict.fromkeys(aliases))))


def add_alias(project: Project, entity: Entity, alias: str) -> Change:
    """A further name under which an entity is found."""
    alias = _entity_name(alias)
    _must_be_free(project, entity, alias)
    known = {folded(one) for one in (entity.name, *entity.aliases)}
    aliases = entity.aliases if folded(alias) in known else (*entity.aliases, alias)
    return _put("alias", entity, replace(entity, aliases=aliases))


def remove_alias(project: Project, entity: Entity, alias: str) -> Change:
    """Takes a further name out. The one under which the entity was made stays: its id follows from it."""
    if entity_id(project.id, alias) == entity.id:
        raise Refused("entity.first_name", alias=alias, name=entity.name)
    return _put("alias", entity, replace(entity, aliases=tuple(one for one in entity.aliases if one != alias)))


def merge_entities(entities: Iterable[Entity], into: Entity) -> Change:
    """Lets entities be read as another, as one step. Nobody's annotation is touched: see `entities.Registry`."""
    merged = [one for one in entities if one.id != into.id]
    edits = [Edit(one, replace(one, merged_into=into.id)) for one in merged]
    if into.merged_into in {one.id for one in merged}:  # else the two would stand for each other
        edits.append(Edit(into, replace(into, merged_into=None)))
    return Change("merge entities", tuple(edits))


def part_entity(entity: Entity) -> Change:
    """Takes a merge back: the entity stands for itself again."""
    return _put("part entity", entity, replace(entity, merged_into=None))


def _entity_name(name: str) -> str:
    name = " ".join(canonical(name)[0].split())
    if not name:
        raise Refused("name.empty", kind="entity")
    return name


def _must_be_free(project: Project, entity: Entity, name: str) -> None:
    """Raises Refused when another entity has this name: the two may be one, and are to be merged."""
    registry = Registry(project.nouns("entity"))
    if (other := registry.find(name)) and other.id != registry.final(entity.id):
        raise Refused("entity.exists", name=other.name)


def sit(project: Project, *, document: str, round: str, began: str, seconds: int, before: Sitting | None) -> Change:
    """So long the actor has worked on a document by now, in one sitting."""
    made = before or Sitting(new_id(), document, project.actor.id, round, began)
    return _put("sit", before, replace(made, seconds=seconds))


# Memos ----------------------------------------------------------------------------------------------------------------


def write_memo(project: Project, *, about: str, words: str, place: Span | None = None) -> Change:
    """A memo by the actor on the project, a document, a code or an entity, or on a place in a document."""
    words = canonical(words)[0].strip()
    if not words:
        raise Refused("memo.empty")
    spans, _ = quoted(project.text(about), [place]) if place else ((), ())
    return _put("write memo", None, Memo(new_id(), about, project.actor.id, words, spans))


def rewrite_memo(memo: Memo, words: str) -> Change:
    """Other words for a memo. A bookmark that gets words becomes a memo; a memo without words is taken away."""
    words = canonical(words)[0].strip()
    return _put("write memo", memo, replace(memo, words=words)) if words else retract(memo)


def bookmark(project: Project, *, document: str, place: Span) -> Change:
    """Marks a place in a document for the actor to come back to."""
    spans, _ = quoted(project.text(document), [place])
    return _put("bookmark", None, Memo(new_id(), document, project.actor.id, "", spans))


def clear_bookmarks(bookmarks: Iterable[Memo]) -> Change:
    """Takes bookmarks away, as one step."""
    return Change("clear bookmark", tuple(Edit(one, None) for one in bookmarks))


def delete_memo(noun: Memo | Annotation) -> Change:
    """Takes a memo away, or empties that of an annotation."""
    after = replace(noun, memo="") if isinstance(noun, Annotation) else None
    return Change("delete memo", (Edit(noun, after),))


# Going back -----------------------------------------------------------------------------------------------------------


def go_back(project: Project, *, document: str, round: str, change: str) -> Change:
    """Makes the actor's annotations of a document in a round what they were just after a change, as one new step. Nothing
    of others is touched, and nothing is forgotten."""
    then = project.own_then(document, round, change)
    mine = {row.annotation for row in project.coded_spans(documents=[document], coders=[project.actor.id], round=round)}
    now = {one.id: one for one in project.nouns_of("annotation", mine | then.keys())}
    edits = [Edit(now.get(id), then.get(id)) for id in sorted(mine | then.keys()) if now.get(id) != then.get(id)]
    if not edits:
        raise Refused("change.as_then")
    return Change("go back", tuple(edits))


def take_back(project: Project, change: str) -> Change:
    """Undoes one change of the actor's, whatever came after it, as one new step. Refused when it was built on."""
    return Change("take back", project.change(change).inverse().edits)


# The codebook ---------------------------------------------------------------------------------------------------------


def revise_codebook(project: Project, codes: Iterable[Code], attributes: Iterable[Attribute]) -> Change:
    """Brings the working codebook to these codes and attributes, as one step: new ones, altered ones, and those not named
    are taken away (Refused while something still uses them). Published versions stay as they are."""
    edits = []
    for now, wanted in ((project.attributes(), attributes), (project.codebook(), codes)):
        after = {noun.id: noun for noun in wanted}
        edits += [Edit(now.get(id), after.get(id)) for id in {**now, **after} if now.get(id) != after.get(id)]
    return Change("change codebook", tuple(edits))


def merge_codes(code: Code, into: Code) -> Change:
    """Retires a code in favour of another. Nobody's annotation is touched: `final_code` reads them as the other."""
    return _put("merge codes", code, replace(code, retired=True, merged_into=into.id))


def final_code(codes: dict[str, Code], code: str) -> str:
    """Where a code ended up under a codebook: follows merges (a ring of merges stops where it began)."""
    seen = {code}
    while code in codes and (to := codes[code].merged_into) and to not in seen:
        code = to
        seen.add(to)
    return code


def publish(project: Project, *, note: str = "") -> Change:
    """Makes the working codebook the next version, which the rounds that used the one before go on with."""
    versions = sorted(project.nouns("codebook_version"), key=lambda version: version.number)
    latest = versions[-1] if versions else None
    codes, attributes = project.pins("code"), project.pins("attribute")
    if latest and (latest.codes, latest.attributes) == (codes, attributes):
        raise Refused("change.empty")
    made = CodebookVersion(new_id(), latest.number + 1 if latest else 1, codes, attributes, note)
    follow = [one for one in project.nouns("round") if one.codebook_version == (latest and latest.id)]
    moved = [Edit(one, replace(one, codebook_version=made.id)) for one in follow]
    return Change("publish codebook", (Edit(None, made), *moved))


# --------------------------------------------------------------------------------------------------------------------


def _agreed(project: Project, annotations: Iterable[Annotation]) -> dict[str, Any]:
    """What several annotations say of attributes together. Refused where two say different things of one."""
    said: dict[str, Any] = {}
    for one in annotations:
        for id, value in one.attributes.items():
            if said.setdefault(id, value) != value:
                known = project.attributes(one.codebook_version).get(id)
                raise Refused("annotation.join_attributes", attribute=known.name if known else id)
    return said


def _kept(project: Project, version: str | None, code: str, values: dict) -> dict[str, Any]:
    """The attributes that a code asks for under a version, out of these."""
    asked = must_offer(project, version, code).attributes
    return {id: value for id, value in values.items() if id in asked}


def _spans_of(project: Project, document: str, coder: str, code: str, round: str) -> list[tuple[tuple[Span, ...], str]]:
    """The spans of each annotation that a coder has of a code in a document, with its id."""
    found: dict[str, list[Span]] = {}
    for row in project.coded_spans(documents=[document], coders=[coder], codes=[code], round=round):
        found.setdefault(row.annotation, []).append(Span(row.start, row.end))
    return [(tuple(spans), id) for id, spans in found.items()]


def must_offer(project: Project, version: str | None, code: str) -> Code:
    """The code as a version offers it. Raises Refused: it does not, or it is retired or a family."""
    offered = project.codebook(version).get(code)
    if offered is None:
        raise Refused("noun.missing", kind=KINDS[Code])
    if offered.retired:
        raise Refused("code.retired", name=offered.name)
    if not offered.codable:
        raise Refused("code.is_family", name=offered.name)
    return offered


def _checked_all(project: Project, version: str | None, code: Code, values: dict) -> dict[str, Any]:
    known = project.attributes(version) if values else {}
    for attribute in values:
        if attribute not in code.attributes or attribute not in known:
            name = known[attribute].name if attribute in known else attribute
            raise Refused("attribute.unknown", name=code.name, attribute=name)
    found = {id: checked(known[id], value) for id, value in values.items() if value is not None}
    entities = {str(value) for id, value in found.items() if known[id].type == "entity"}
    if len(project.nouns_of("entity", entities)) < len(entities):
        raise Refused("noun.missing", kind="entity")
    return found
