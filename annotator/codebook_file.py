"""The codebook file: JSON that a person can write, read strictly, every refusal with the place in the file.

    {"schema": "annotator-codebook/1", "name": "...", "language": "en",
     "attributes": [{"name": "stance", "type": "scale", "choices": ["-1", "0", "1"], "labels": [...], "definition": "..."}],
     "codes": [{"name": "Denial and defence", "definition": "...",
                "codes": [{"name": "Denial", "key": "d", "colour": ["#6f42c1", "#b197fc"], "definition": "...",
                           "use_when": "...", "not_when": "...", "boundary": "...", "examples": ["...", "..."],
                           "attributes": ["actor"], "required": [], "crosswalk": {"cameo": "016", "plover": null}}]}]}

A code with codes in it is a family, unless "codable" says otherwise; instead of lying inside its parent, a code may name it
as "parent". "parent" and "merged_into" name a code by id, name or path. Ids are kept; who has none gets one when read.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, replace
from pathlib import Path
from typing import Any, get_args
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .codebook import Codebook, children, folded, in_order, nearest, path_of, resolve
from .errors import Refused
from .model import Attribute, AttributeType, Code, new_id

SCHEMA = "annotator-codebook/1"
LARGEST = 20  # MB
COLOUR = re.compile("#[0-9a-fA-F]{6}")
CHOOSING = ("scale", "one of", "several of")
WIDTH = 100  # a list of words up to this many characters stands on one line
KINDS = {"string": "text", "list": "a list", "bool": "true or false", "int": "a whole number", "dict": "entries in { }"}


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class AttributeEntry(_Entry):
    name: str
    id: str = ""
    type: AttributeType = "text"
    choices: list[str] = []
    labels: list[str] = []
    definition: str = ""


class CodeEntry(_Entry):
    name: str
    id: str = ""
    key: str = ""
    colour: list[str] = list(Code("", "").colour)
    definition: str = ""
    use_when: str = ""
    not_when: str = ""
    boundary: str = ""
    examples: list[str] = []
    attributes: list[str] = []
    required: list[str] = []
    crosswalk: dict[str, str | None] = {}
    retired: bool = False
    merged_into: str = ""
    parent: str = ""
    codable: bool | None = None
    codes: list["CodeEntry"] = []


class CodebookEntry(_Entry):
    schema_: str = Field(alias="schema")
    name: str
    language: str = ""
    version: int | None = None
    note: str = ""
    attributes: list[AttributeEntry] = []
    codes: list[CodeEntry] = []


# Reading --------------------------------------------------------------------------------------------------------------


def read(path: Path) -> Codebook:
    """The codebook in a file. Raises Refused."""
    try:
        size = path.stat().st_size // 1_000_000
        if size > LARGEST:
            raise Refused("codebook.too_large", path=path, size=size, most=LARGEST)
        data = path.read_bytes()
    except OSError as error:
        raise Refused("codebook.unreadable", path=path, reason=error.strerror or error) from None
    return parse(data, path)


def parse(data: bytes, path: Path) -> Codebook:
    """The codebook in the bytes of a file; `path` is only told. Raises Refused: not JSON, not a codebook or a newer one;
    a field missing, unknown, doubled or of the wrong kind; names, keys or ids doubled; an attribute or a code named that is
    not there; codes inside one another in a ring."""
    raw = _json(data, path)
    found = re.fullmatch(r"annotator-codebook/(\d{1,9})", str(raw.get("schema"))) if isinstance(raw, dict) else None
    if found is None or found[1] == "0":
        raise Refused("codebook.not_a_codebook", path=path, schema=SCHEMA)
    if int(found[1]) > 1:
        raise Refused("codebook.newer", path=path, found=found[0])
    try:
        entry = CodebookEntry.model_validate(raw)
    except ValidationError as error:
        raise _refusal(raw, error, path) from None
    attributes = _attributes(entry.attributes, path)
    codes = _codes(entry.codes, attributes, path)
    return Codebook(entry.name, attributes, codes, entry.language, entry.version, entry.note)


def _json(data: bytes, path: Path) -> Any:
    def once(items: list[tuple[str, Any]]) -> dict:
        names = [name for name, _ in items]
        for name in names:
            if names.count(name) > 1:
                entry = next((value for field, value in items if field == "name"), "{ }")
                raise Refused("codebook.doubled_field", path=path, place=entry, field=name)
        return dict(items)

    try:
        found = json.loads(data.decode("utf-8-sig"), object_pairs_hook=once)
        json.dumps(found, ensure_ascii=False).encode()
        return found
    except json.JSONDecodeError as error:
        reason = f"line {error.lineno}, column {error.colno}: {error.msg}"
    except UnicodeDecodeError as error:
        reason = f"byte {error.start} is not UTF-8"
    except UnicodeEncodeError:
        reason = "it holds half a character (a lone surrogate)"
    except (RecursionError, ValueError):
        reason = "it is nested too deeply, or holds a number that is too long"
    raise Refused("codebook.not_json", path=path, reason=reason)


def _refusal(raw: Any, error: ValidationError, path: Path) -> Refused:
    """What pydantic found first, in our words."""
    first = error.errors(include_url=False)[0]
    kind, loc = first["type"], first["loc"]
    if kind == "missing":
        return Refused("codebook.missing_field", path=path, place=_place(raw, loc[:-1]), field=loc[-1])
    if kind == "extra_forbidden":
        known = {"codes": CodeEntry, "attributes": AttributeEntry}.get(str(loc[-3]) if loc[1:] else "", CodebookEntry)
        names = [one.alias or name for name, one in known.model_fields.items()]
        near = ", ".join(nearest(str(loc[-1]), names))
        return Refused("codebook.unknown_field", path=path, place=_place(raw, loc[:-1]), field=loc[-1], near=near)
    if kind.startswith("recursion"):
        return Refused("codebook.too_deep", path=path)
    if kind == "literal_error":
        expected = "one of these: " + ", ".join(get_args(AttributeType))
    else:
        expected = next((words for name, words in KINDS.items() if kind.startswith(name)), "entries in { }")
    place, value = _place(raw, loc), json.dumps(first["input"], default=str)[:40]
    return Refused("codebook.wrong_value", path=path, place=place, expected=expected, found=value)


def _place(raw: Any, loc: Iterable[Any]) -> str:
    """A place in the file by names where there are any: "Denial and defence / Denial, colour"."""
    names, field = [], ""
    for step in loc:
        raw = raw[step] if isinstance(raw, list | dict) else None
        if isinstance(step, str):
            field = step
            continue
        name = raw.get("name") if isinstance(raw, dict) else None
        names.append(name if isinstance(name, str) and name else f"{field} {step + 1}")
        field = ""
    return ", ".join(one for one in (" / ".join(names), field) if one) or "at the top"


def _attributes(entries: list[AttributeEntry], path: Path) -> tuple[Attribute, ...]:
    ids = _ids([(entry.id, entry.name) for entry in entries], path)
    names: set[str] = set()
    for entry in entries:
        _must_be_named(entry.name, "attributes", path)
        if folded(entry.name) in names:
            raise Refused("codebook.doubled_name", path=path, place="attributes", name=entry.name)
        names.add(folded(entry.name))
        _must_choose(entry, path)
    return tuple(
        Attribute(id, entry.name, entry.type, tuple(entry.choices), tuple(entry.labels), entry.definition, position)
        for position, (id, entry) in enumerate(zip(ids, entries, strict=True))
    )


def _must_choose(entry: AttributeEntry, path: Path) -> None:
    """Raises Refused unless the choices of an attribute are what its type needs."""
    choices, chooses = entry.choices, entry.type in CHOOSING
    whole = entry.type != "scale" or all(re.fullmatch("-?[0-9]{1,9}", choice) for choice in choices)
    labelled = len(entry.labels) in (0, len(choices))
    if bool(choices) != chooses or len({*choices}) < len(choices) or not all(choices) or not whole or not labelled:
        raise Refused("codebook.choices", path=path, place=entry.name, type=entry.type)


def _codes(entries: list[CodeEntry], attributes: tuple[Attribute, ...], path: Path) -> tuple[Code, ...]:
    flat = _flat(entries)
    ids = _ids([(entry.id, entry.name) for entry, _ in flat], path)
    given = dict(zip(ids, (entry for entry, _ in flat), strict=True))
    codes = {
        id: _code(id, entry, None if parent is None else ids[parent])
        for id, (entry, parent) in zip(ids, flat, strict=True)
    }
    codes = _pointed(codes, given, "parent", path)
    codes = _pointed(codes, given, "merged_into", path)
    codes = _counted(codes, given)
    for code in codes.values():
        _must_be_sound(codes, code, path)
    _must_be_apart(codes, path)
    return tuple(in_order(_asking(codes, given, attributes, path)))


def _flat(entries: list[CodeEntry]) -> list[tuple[CodeEntry, int | None]]:
    """Every code in the order of the file, with the number of the one it lies in."""
    found: list[tuple[CodeEntry, int | None]] = []
    waiting: list[tuple[CodeEntry, int | None]] = [(entry, None) for entry in reversed(entries)]
    while waiting:
        entry, parent = waiting.pop()
        waiting += [(below, len(found)) for below in reversed(entry.codes)]
        found.append((entry, parent))
    return found


def _ids(given: list[tuple[str, str]], path: Path) -> list[str]:
    """The ids of entries (id or "", name), made up where there are none."""
    found = []
    for words, name in given:
        try:
            id = str(UUID(words)) if words else new_id()
        except ValueError:
            raise Refused("codebook.id", path=path, place=name, id=words) from None
        if id in found:
            raise Refused("codebook.doubled_id", path=path, place=name, id=id)
        found.append(id)
    return found


def _code(id: str, entry: CodeEntry, parent: str | None) -> Code:
    return Code(
        id,
        entry.name,
        parent,
        definition=entry.definition,
        use_when=entry.use_when,
        not_when=entry.not_when,
        boundary=entry.boundary,
        examples=tuple(entry.examples),
        colour=tuple(entry.colour),
        key=entry.key,
        crosswalk=entry.crosswalk,
        retired=entry.retired,
    )


def _pointed(codes: dict[str, Code], given: Mapping[str, CodeEntry], field: str, path: Path) -> dict[str, Code]:
    """The codes with what "parent" or "merged_into" names. Raises Refused: it names nothing, or leads in a ring."""
    found = dict(codes)
    for id, code in codes.items():
        if not (words := getattr(given[id], field)):
            continue
        place = path_of(codes, code)
        if getattr(code, field):
            raise Refused("codebook.two_parents", path=path, place=place)
        try:
            found[id] = replace(code, **{field: resolve(codes, words).id})
        except Refused as refusal:
            near = refusal.values["near"]
            raise Refused("codebook.unknown_code", path=path, place=place, field=field, name=words, near=near) from None
    for code in found.values():
        _must_end(found, code, field, path)
    return found


def _must_end(codes: Mapping[str, Code], code: Code, field: str, path: Path) -> None:
    """Raises Refused when a code leads back to itself."""
    way = [code]
    while to := getattr(way[-1], field):
        way.append(codes[to])
        if way[-1] is code:
            ring = " → ".join(one.name for one in way)
            raise Refused("codebook.cycle" if field == "parent" else "codebook.merge_cycle", path=path, ring=ring)
        if len(way) > len(codes):
            return  # runs into a ring that it is no part of; told at one that is


def _counted(codes: dict[str, Code], given: Mapping[str, CodeEntry]) -> dict[str, Code]:
    """The codes with their positions, and families told from codes."""
    found, so_far = {}, dict.fromkeys([None, *codes], 0)
    families = {code.parent for code in codes.values()}
    for id, code in codes.items():
        said = given[id].codable
        codable = id not in families if said is None else said
        found[id] = replace(code, position=so_far[code.parent], codable=codable)
        so_far[code.parent] += 1
    return found


def _must_be_named(name: str, place: str, path: Path) -> None:
    if not name.strip():
        raise Refused("codebook.no_name", path=path, place=place)


def _must_be_sound(codes: Mapping[str, Code], code: Code, path: Path) -> None:
    """Raises Refused: a code without a name, with a colour that is none, or with a key that cannot be pressed."""
    place = path_of(codes, code)
    parent = codes.get(code.parent or "")
    _must_be_named(code.name, path_of(codes, parent) if parent else "codes", path)
    if len(code.colour) != 2 or not all(COLOUR.fullmatch(one) for one in code.colour):
        raise Refused("codebook.colour", path=path, place=place, found=json.dumps(code.colour))
    if code.key and (len(code.key) > 1 or code.key.isspace() or not code.key.isprintable() or code.key == "."):
        raise Refused("codebook.key", path=path, place=place, letter=code.key)


def _must_be_apart(codes: Mapping[str, Code], path: Path) -> None:
    """Raises Refused when siblings have one name, or two codes that are in use one key."""
    names: set[tuple[str | None, str]] = set()
    keys: dict[str, Code] = {}
    for code in codes.values():
        name = code.parent, folded(code.name)
        if name in names:
            raise Refused("codebook.doubled_name", path=path, place=path_of(codes, code), name=code.name)
        names.add(name)
        if code.key and not code.retired:
            other = keys.setdefault(code.key.casefold(), code)
            if other is not code:
                first, second = path_of(codes, other), path_of(codes, code)
                raise Refused("codebook.doubled_key", path=path, letter=code.key, first=first, second=second)


def _asking(
    codes: Mapping[str, Code], given: Mapping[str, CodeEntry], attributes: tuple[Attribute, ...], path: Path
) -> list[Code]:
    """The codes with the attributes they ask for. Raises Refused: there is none of that name, or it is required only."""
    by_name, found = {folded(one.name): one for one in attributes}, []
    for code in codes.values():
        place, asked = path_of(codes, code), {}
        for field in ("attributes", "required"):
            for name in getattr(given[code.id], field):
                if folded(name) not in by_name:
                    known = ", ".join(one.name for one in attributes) or "–"
                    raise Refused("codebook.unknown_attribute", path=path, place=place, name=name, known=known)
            asked[field] = tuple(by_name[folded(name)].id for name in getattr(given[code.id], field))
        for id in asked["required"]:
            if id not in asked["attributes"]:
                name = next(one.name for one in attributes if one.id == id)
                raise Refused("codebook.required", path=path, place=place, name=name)
        found.append(replace(code, **asked))
    return found


# Writing --------------------------------------------------------------------------------------------------------------


def write(path: Path, codebook: Codebook) -> None:
    """Stages the file, checks that it can be read, puts it in its place. Raises Refused; the old file is then as it was."""
    data = dump(codebook, path).encode("utf-8", "surrogatepass")
    parse(data, path)
    staged = path.with_name(path.name + ".part")
    try:
        staged.write_bytes(data)
        staged.replace(path)
    except OSError as error:
        staged.unlink(missing_ok=True)
        raise Refused("codebook.not_written", path=path, reason=error.strerror or error) from None


def dump(codebook: Codebook, path: Path) -> str:
    """The words of the file. Fields that say nothing are left out. Raises Refused: codes lie inside one another in a ring,
    or too deep."""
    attributes = {one.id: one.name for one in codebook.attributes}
    entries = {code.id: _entry(code, attributes) for code in codebook.codes}
    codes, below = {one.id: one for one in codebook.codes}, children(codebook.codes)
    for code in codes.values():
        _must_end(codes, code, "parent", path)
        if inner := below.get(code.id):
            entries[code.id]["codes"] = [entries[one.id] for one in inner]
        if code.codable == bool(inner):
            entries[code.id]["codable"] = code.codable
    whole = {"schema": SCHEMA, "name": codebook.name, "language": codebook.language, "version": codebook.version}
    whole |= {"note": codebook.note, "attributes": [_said(one) for one in codebook.attributes]}
    whole["codes"] = [entries[code.id] for code in below[None]]
    try:
        return (
            _laid_out({name: value for name, value in whole.items() if name == "name" or value not in ("", None)})
            + "\n"
        )
    except RecursionError:
        raise Refused("codebook.too_deep", path=path) from None


def _said(noun: Attribute | Code) -> dict[str, Any]:
    """The fields of a noun that are not at their default, the name before the id."""
    found = {"name": noun.name}
    for one in fields(noun):
        value = getattr(noun, one.name)
        default = one.default_factory() if one.default_factory is not MISSING else one.default
        if one.name not in ("name", "position") and value != default:
            found[one.name] = value
    return found


def _entry(code: Code, attributes: Mapping[str, str]) -> dict[str, Any]:
    found = {name: value for name, value in _said(code).items() if name not in ("parent", "codable")}
    for field in ("attributes", "required"):
        if field in found:
            found[field] = [attributes[id] for id in found[field] if id in attributes]
    return found


def _laid_out(value: Any, margin: str = "") -> str:
    """JSON for people: one field a line, but a short list, or a short object of words, on one line."""
    words = json.dumps(value, ensure_ascii=False)
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    if not inner or (len(words) <= WIDTH and not any(isinstance(one, dict | list | tuple) for one in inner)):
        return words
    more = margin + "  "
    if isinstance(value, dict):
        lines = [f"{more}{json.dumps(name, ensure_ascii=False)}: {_laid_out(one, more)}" for name, one in value.items()]
        return "{\n" + ",\n".join(lines) + "\n" + margin + "}"
    return "[\n" + ",\n".join(more + _laid_out(one, more) for one in value) + "\n" + margin + "]"
