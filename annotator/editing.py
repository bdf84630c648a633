"""The verbs. Each reads what it needs, and returns a Change that nobody has applied yet, or raises Refused."""

from collections.abc import Iterable
from dataclasses import replace

from .errors import Refused
from .model import (
    KINDS,
    Annotation,
    Assignment,
    Change,
    Code,
    CodebookVersion,
    Coder,
    Document,
    Edit,
    Entity,
    Memo,
    Noun,
    Round,
    assignment_id,
    new_id,
)
from .project import Project
from .text import Decoded, Span


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
) -> Change:
    """The actor puts a code on spans of a document, under the codebook version of the round."""
    version = project.noun("round", round).codebook_version
    _must_offer(project, version, code, attributes or {})
    spans, quotes = _quoted(project.text(document), spans)
    return _put(
        "annotate",
        None,
        Annotation(
            new_id(), document, project.actor.id, round, code, spans, quotes, version, attributes or {}, certainty, memo
        ),
    )


def resize(project: Project, annotation: Annotation, spans: Iterable[Span]) -> Change:
    """Puts an annotation on other spans of its document."""
    spans, quotes = _quoted(project.text(annotation.document), spans)
    return _put("resize", annotation, replace(annotation, spans=spans, quotes=quotes))


def add_span(project: Project, annotation: Annotation, span: Span) -> Change:
    """Lets an annotation cover one more span."""
    return resize(project, annotation, (*annotation.spans, span))


def recode(project: Project, annotations: Iterable[Annotation], code: str) -> Change:
    """Gives annotations another code, as one step. Attributes the new code does not ask for stay behind."""
    annotations = [one for one in annotations if one.code != code]
    versions = {id: project.noun("round", id).codebook_version for id in {one.round for one in annotations}}
    asked = {version: _must_offer(project, version, code, {}).attributes for version in set(versions.values())}

    def recoded(one: Annotation) -> Annotation:
        version = versions[one.round]
        kept = {name: value for name, value in one.attributes.items() if name in asked[version]}
        return replace(one, code=code, codebook_version=version, attributes=kept)

    return Change("recode", tuple(Edit(one, recoded(one)) for one in annotations))


def set_attribute(project: Project, annotation: Annotation, name: str, value) -> Change:
    """Fills in an attribute that the annotation's code asks for; None takes it out."""
    _must_offer(project, annotation.codebook_version, annotation.code, {name: value})
    attributes = {**annotation.attributes, name: value}
    return _put(
        "set attribute",
        annotation,
        replace(annotation, attributes={k: v for k, v in attributes.items() if v is not None}),
    )


def set_memo(annotation: Annotation, words: str) -> Change:
    return _put("memo", annotation, replace(annotation, memo=words))


def set_certainty(annotation: Annotation, certainty: float | None) -> Change:
    """0 to 1, or None for not said."""
    return _put("certainty", annotation, replace(annotation, certainty=certainty))


def retract(*nouns: Noun) -> Change:
    """Takes nouns back, as one step. They stay in the log, and undo brings them back under the same ids."""
    return Change("retract", tuple(Edit(noun, None) for noun in nouns))


def settle(project: Project, chosen: Noun | None, *, object: str) -> Change:
    """Decides a contested object: `chosen` is one of its heads, a value made of both, or None to take it back."""
    heads = project.contested().get(object)
    if not heads:
        raise Refused("change.not_contested", kind="noun")
    shown = project.noun(heads[0].kind, object)
    return Change("settle", (Edit(shown, chosen),), settles=True)


# Documents, rounds, people --------------------------------------------------------------------------------------------


def add_document(project: Project, decoded: Decoded, *, title: str, original: bytes | None = None, **details) -> Change:
    """A document with its frozen text. The text is stored at once; without the change it is only unused space."""
    return _put(
        "add document",
        None,
        Document(
            new_id(),
            title,
            project.keep(decoded.text.encode()),
            original and project.keep(original),
            decoded.encoding,
            details=details,
        ),
    )


def add_coder(name: str) -> Change:
    return _put("add coder", None, Coder(new_id(), name))


def add_round(name: str, *, blind: bool = False, codebook_version: str | None = None) -> Change:
    return _put("add round", None, Round(new_id(), name, blind, codebook_version))


def assign(*, documents: Iterable[str], coders: Iterable[str], round: str) -> Change:
    """Hands every document to every coder, as one step."""
    coders = list(coders)
    return Change(
        "assign",
        tuple(
            Edit(None, Assignment(assignment_id(document, coder, round), document, coder, round))
            for document in documents
            for coder in coders
        ),
    )


def mark_done(project: Project, *, document: str, round: str, done: bool = True) -> Change:
    """The actor has finished a document in a round (or takes that back)."""
    id = assignment_id(document, project.actor.id, round)
    before = next((a for a in project.nouns("assignment") if a.id == id), None)
    after = replace(before, done=done) if before else Assignment(id, document, project.actor.id, round, done)
    return _put("mark done" if done else "reopen", before, after)


def add_entity(name: str, *aliases: str) -> Change:
    return _put("add entity", None, Entity(new_id(), name, aliases))


def write_memo(project: Project, *, about: str, words: str) -> Change:
    """A memo by the actor on the project, a document or a code."""
    return _put("write memo", None, Memo(new_id(), about, project.actor.id, words))


# The codebook ---------------------------------------------------------------------------------------------------------


def add_code(name: str, **fields) -> Change:
    return _put("add code", None, Code(new_id(), name, **fields))


def change_code(code: Code, **fields) -> Change:
    """Renames, redefines, recolours, moves or retires a code of the working codebook. Published versions stay as they are."""
    return _put("change code", code, replace(code, **fields))


def merge_codes(code: Code, into: Code) -> Change:
    """Retires a code in favour of another. Nobody's annotation is touched: `final_code` reads them as the other."""
    return _put("merge codes", code, replace(code, retired=True, merged_into=into.id))


def final_code(codes: dict[str, Code], code: str) -> str:
    """Where a code ended up under a codebook: follows merges (a ring of merges stops where it began)."""
    seen = {code}
    while (to := codes[code].merged_into if code in codes else None) and to not in seen:
        code = to
        seen.add(to)
    return code


def publish(project: Project, *, note: str = "") -> Change:
    """Makes the working codebook the next version."""
    number = 1 + max((version.number for version in project.nouns("codebook_version")), default=0)
    return _put("publish codebook", None, CodebookVersion(new_id(), number, project.code_revisions(), note))


def use_version(round: Round, version: str) -> Change:
    """Codes a round under another version from now on. Annotations made before remember theirs."""
    return _put("use codebook version", round, replace(round, codebook_version=version))


# --------------------------------------------------------------------------------------------------------------------


def _quoted(text: str, spans: Iterable[Span]) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    spans = tuple(sorted(spans))
    for before, (start, end) in zip((None, *spans), spans):
        if not 0 <= start < end <= len(text):
            raise Refused("span.outside", start=start, end=end, length=len(text))
        if before and before.end > start:
            raise Refused("span.overlap")
    return spans, tuple(text[start:end] for start, end in spans)


def _must_offer(project: Project, version: str | None, code: str, attributes: dict) -> Code:
    offered = project.codebook(version).get(code)
    if offered is None:
        raise Refused("noun.missing", kind=KINDS[Code])
    if offered.retired:
        raise Refused("code.retired", name=offered.name)
    for name in attributes:
        if name not in offered.attributes:
            raise Refused("attribute.unknown", name=offered.name, attribute=name)
    return offered
