"""A codebook as one thing: its file, its way into a project and out of it, how two of them differ, a code found by words.

What the file looks like is in `codebook_file`, what the printed page looks like in `codebook_page`. Neither is imported
before it is needed.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from .errors import Refused
from .model import Attribute, Change, Code, Edit
from .project import Project
from .text import folded

BETWEEN = " / "  # between the names of a path: "Denial and defence / Denial"
SHOWN = 5  # so many names a refusal offers
N = TypeVar("N", Attribute, Code)


@dataclass(frozen=True, slots=True)
class Codebook:
    """A codebook apart from any project. Attributes stand in their order, codes in the order of the tree, parents first."""

    name: str
    attributes: tuple[Attribute, ...] = ()
    codes: tuple[Code, ...] = ()
    language: str = ""  # BCP 47
    version: int | None = None  # the number of the published version it was taken from
    note: str = ""  # of that version


class Difference(NamedTuple):
    """One thing in which two codebooks differ. `what` is "attribute" or "code", `name` its name or path. Of one that came
    or went `field` is empty, and `old` or `new` is None; the `order` of siblings is told under the name of their parent."""

    what: str
    name: str
    field: str
    old: object
    new: object


def read(path: str | Path) -> Codebook:
    """The codebook in a JSON file. Codes and attributes without an id get a new one at each reading.
    Raises Refused, with the file, the place in it and what to do: see `codebook_file.parse`."""
    from . import codebook_file

    return codebook_file.read(Path(path))


def write(path: str | Path, codebook: Codebook) -> None:
    """Writes the JSON file, whole or not at all. Raises Refused: it cannot be written, or `read` would refuse it."""
    from . import codebook_file

    codebook_file.write(Path(path), codebook)


def page(codebook: Codebook) -> str:
    """The codebook as one HTML page that needs nothing else, to be read on a screen or printed on A4."""
    from . import codebook_page

    return codebook_page.page(codebook)


def of_project(project: Project, version: str | None = None) -> Codebook:
    """The codebook of a project as a published version (its id) pins it or, without one, as it stands now."""
    (about,) = project.nouns("project")
    number, note = None, ""
    if version is not None:
        pinned = project.noun("codebook_version", version)
        number, note = pinned.number, pinned.note
    attributes = tuple(sorted(project.attributes(version).values(), key=_place))
    codes = tuple(in_order(project.codebook(version).values()))
    return Codebook(about.name, attributes, codes, version=number, note=note)


# The tree -------------------------------------------------------------------------------------------------------------


def children(codes: Iterable[Code]) -> dict[str | None, list[Code]]:
    """The id of each parent (None: the top) -> its codes in their order. Who names a parent that is not here is on top."""
    codes = sorted(codes, key=_place)
    ids = {code.id for code in codes}
    found: dict[str | None, list[Code]] = {None: []}
    for code in codes:
        found.setdefault(code.parent if code.parent in ids else None, []).append(code)
    return found


def in_order(codes: Iterable[Code]) -> list[Code]:
    """All codes as a reader meets them, parents first. Codes that lie inside one another in a ring come last."""
    codes = list(codes)
    below = children(codes)
    found, waiting = [], below[None][::-1]
    while waiting:
        found.append(waiting.pop())
        waiting += below.get(found[-1].id, [])[::-1]
    seen = {code.id for code in found}
    return found + [code for code in codes if code.id not in seen]


def path_of(codes: Mapping[str, Code], code: Code) -> str:
    """The names from the top down to this code: "Denial and defence / Denial"."""
    return BETWEEN.join(one.name for one in reversed([code, *ancestors(codes, code)]))


def ancestors(codes: Mapping[str, Code], code: Code) -> Iterator[Code]:
    """The parent of a code, its parent, and so on; a ring ends where it began."""
    seen = {code.id}
    while (parent := codes.get(code.parent or "")) and parent.id not in seen:
        code = parent
        seen.add(code.id)
        yield code


def resolve(codes: Mapping[str, Code], words: str) -> Code:
    """The code that a person means by an id, a name or (the end of) a path, whatever the case. A code in use is taken
    before a retired one, and a code before a family of the same name. Raises Refused, with the nearest names."""
    if words in codes:
        return codes[words]
    paths = {id: path_of(codes, code) for id, code in codes.items()}
    wanted = _spelt(words)
    found = [id for id, path in paths.items() if f"{BETWEEN}{_spelt(path)}".endswith(BETWEEN + wanted)]
    ranks = {id: (not codes[id].retired, codes[id].codable, _spelt(paths[id]) == wanted) for id in found}
    best = [id for id in found if ranks[id] == max(ranks.values())]
    if len(best) == 1:
        return codes[best[0]]
    if best:
        raise Refused("code.ambiguous", words=words, near="; ".join(paths[id] for id in best[:SHOWN]))
    raise Refused("code.unknown", words=words, near="; ".join(nearest(wanted, paths.values())) or "–")


def nearest(words: str, names: Iterable[str]) -> list[str]:
    """The names, or paths, most like these words; when none is at all like them, the first ones."""
    spelt: dict[str, str] = {}
    for name in names:
        spelt.setdefault(_spelt(name), name)
        spelt.setdefault(_spelt(name).split(BETWEEN)[-1], name)
    close = difflib.get_close_matches(_spelt(words), spelt, n=SHOWN)
    return list(dict.fromkeys(spelt[one] for one in close or list(spelt)))[:SHOWN]


def _spelt(path: str) -> str:
    return re.sub(r"\s*/\s*", BETWEEN, folded(path))


def _place(noun: Attribute | Code) -> tuple[int, str]:
    return noun.position, noun.id


# Into a project -------------------------------------------------------------------------------------------------------


def import_change(project: Project, codebook: Codebook) -> Change:
    """Brings what the codebook holds into the working codebook of a project, as one step. What is there already (by id,
    else by name under the same parent) takes the file's values under the id it has; what is not in the file is left alone.
    Raises Refused: nothing differs, or a name or a key is taken by a code that is left alone."""
    now, then = project.attributes(), project.codebook()
    known = pairs(now.values(), codebook.attributes)
    attributes = _placed(now, [replace(one, id=known.get(one.id, one.id)) for one in codebook.attributes])
    names = {one.id: known.get(one.id, one.id) for one in codebook.attributes}
    codes = _placed(then, _translated(codebook.codes, pairs(then.values(), codebook.codes), names))
    _must_be_free({**then, **{code.id: code for code in codes}}, {code.id for code in codes})
    edits = [Edit(now.get(one.id), one) for one in attributes] + [Edit(then.get(one.id), one) for one in codes]
    edits = [edit for edit in edits if edit.before != edit.after]
    if not edits:
        raise Refused("change.empty")
    return Change("import codebook", tuple(edits))


def pairs(before: Iterable[N], after: Iterable[N]) -> dict[str, str]:
    """Id in `after` -> id in `before`, for all that are the same: by id or, failing that, by name under the same parent.
    `after` has parents first."""
    before, after = list(before), list(after)
    there = {noun.id for noun in before}
    found = {noun.id: noun.id for noun in after if noun.id in there}
    free = {(_parent(noun), folded(noun.name)): noun.id for noun in before if noun.id not in found}
    for noun in after:
        if noun.id not in found:
            parent = _parent(noun)
            place = found.get(parent, parent) if parent else None, folded(noun.name)
            if place in free:
                found[noun.id] = free.pop(place)
    return found


def _parent(noun: Attribute | Code) -> str | None:
    return noun.parent if isinstance(noun, Code) else None


def _translated(codes: Iterable[Code], known: dict[str, str], attributes: dict[str, str]) -> list[Code]:
    """The codes of a file under the ids that a project has for them."""
    return [
        replace(
            code,
            id=known.get(code.id, code.id),
            parent=code.parent and known.get(code.parent, code.parent),
            merged_into=code.merged_into and known.get(code.merged_into, code.merged_into),
            attributes=tuple(attributes[id] for id in code.attributes),
            required=tuple(attributes[id] for id in code.required),
        )
        for code in codes
    ]


def _placed(now: Mapping[str, N], wanted: list[N]) -> list[N]:
    """Siblings that stand in the wanted order already keep their positions, with new ones after them; else all that are
    wanted are counted anew."""
    families: dict[str | None, list[N]] = {}
    for noun in wanted:
        families.setdefault(_parent(noun), []).append(noun)
    placed = {}
    for parent, family in families.items():
        siblings = {id: noun for id, noun in now.items() if _parent(noun) == parent}
        old = [siblings[noun.id] for noun in family if noun.id in siblings]
        in_place = old == sorted(old, key=_place) and [noun.id for noun in family[: len(old)]] == [
            one.id for one in old
        ]
        first = 1 + max((noun.position for noun in siblings.values()), default=-1)
        for count, noun in enumerate(family):
            kept = old[count].position if count < len(old) else first + count - len(old)
            placed[noun.id] = replace(noun, position=kept if in_place else count)
    return [placed[noun.id] for noun in wanted]


def _must_be_free(codes: Mapping[str, Code], brought: set[str]) -> None:
    """Raises Refused when a code that is brought in has the name of a sibling, or the key of any code, that was there."""
    names = {(code.parent, folded(code.name)): code for code in codes.values() if code.id not in brought}
    keys = {code.key.casefold(): code for code in codes.values() if code.id not in brought and not code.retired}
    for code in (codes[id] for id in brought):
        if other := names.get((code.parent, folded(code.name))):
            raise Refused("codebook.name_taken", name=path_of(codes, other))
        other = keys.get(code.key.casefold())
        if code.key and other and not code.retired:
            raise Refused("codebook.key_taken", letter=code.key, name=path_of(codes, code), other=path_of(codes, other))


# Differences ----------------------------------------------------------------------------------------------------------

INNER = ("id", "position")  # told by other means, or of no interest to a reader


def differences(before: Codebook, after: Codebook) -> list[Difference]:
    """What changed from one codebook to the other, in the order of `after`, what went last. Codes are paired by id, else by
    name under the same parent; other nouns are named, not told by id."""
    return [
        *_compared("attribute", before.attributes, after.attributes, _Words(before), _Words(after)),
        *_compared("code", before.codes, after.codes, _Words(before), _Words(after)),
    ]


class _Words:
    """The nouns of a codebook in the words that a reader knows them by."""

    def __init__(self, codebook: Codebook):
        self.codes = {code.id: code for code in codebook.codes}
        self.attributes = {one.id: one.name for one in codebook.attributes}

    def name(self, noun: Attribute | Code | None) -> str:
        if noun is None:
            return ""
        return path_of(self.codes, noun) if isinstance(noun, Code) else noun.name

    def value(self, noun: Attribute | Code, field: str) -> object:
        value = getattr(noun, field)
        if field in ("parent", "merged_into"):
            return self.name(self.codes.get(value))
        if field in ("attributes", "required"):
            return tuple(self.attributes.get(id, id) for id in value)
        return value


def _compared(what: str, before: Iterable[N], after: Iterable[N], old: _Words, new: _Words) -> list[Difference]:
    there, found = {noun.id: noun for noun in before}, []
    same = pairs(there.values(), after)
    for noun in after:
        if noun.id not in same:
            found.append(Difference(what, new.name(noun), "", None, noun.name))
            continue
        was = there[same[noun.id]]
        for field in (one.name for one in fields(noun) if one.name not in INNER):
            values = old.value(was, field), new.value(noun, field)
            if values[0] != values[1]:
                found.append(Difference(what, new.name(noun), field, *values))
    found += _reordered(what, there, list(after), same, new)
    kept = set(same.values())
    return found + [
        Difference(what, old.name(noun), "", noun.name, None) for noun in there.values() if noun.id not in kept
    ]


def _reordered(
    what: str, there: Mapping[str, N], after: list[N], same: dict[str, str], new: _Words
) -> list[Difference]:
    """Siblings of both codebooks that stand in another order, once for each parent."""
    families: dict[str | None, list[N]] = {}
    for noun in after:
        parent = _parent(noun)
        if noun.id in same and _parent(there[same[noun.id]]) == (parent and same.get(parent, parent)):
            families.setdefault(parent, []).append(noun)
    found = []
    for parent, family in families.items():
        was = sorted(family, key=lambda noun: _place(there[same[noun.id]]))
        now = sorted(family, key=_place)
        if was != now:
            name = new.name(new.codes.get(parent or ""))
            found.append(Difference(what, name, "order", tuple(n.name for n in was), tuple(n.name for n in now)))
    return found
