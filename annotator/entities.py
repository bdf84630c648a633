"""The registry of entities as it is read: merged ones are what they were merged into; finding by name, alias or likeness."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import combinations
from typing import Any, NamedTuple

from .model import Entity
from .text import folded

LIKE = 5  # letters from which on a name with one letter else is taken for a slip
SHOWN = 50  # matches at most
EXACT, BEGINS, WORD, WHOLE, INSIDE, SLIP = range(6)  # how well what is typed fits; WHOLE is a word of another name


class Match(NamedTuple):
    """An entity that fits what was typed, the name or alias by which it does, and how well."""

    entity: Entity
    by: str
    rank: int


class Registry:
    """All entities of a project."""

    def __init__(self, entities: Iterable[Entity]):
        self.by_id = {entity.id: entity for entity in entities}

    @cached_property
    def offered(self) -> dict[str, Entity]:
        """Those that stand for themselves, with the names of what was merged into them among their aliases."""
        words: dict[str, list[str]] = {}
        for id, entity in self.by_id.items():
            words.setdefault(self.final(id), []).extend((entity.name, *entity.aliases))
        found = {}
        for id, own in words.items():
            entity = self.by_id[id]
            aliases = tuple(word for word in dict.fromkeys((*entity.aliases, *own)) if word != entity.name)
            found[id] = replace(entity, aliases=aliases)
        return found

    @cached_property
    def _by_word(self) -> dict[str, str]:
        """Folded name or alias -> id; a name goes before the alias of another."""
        found: dict[str, str] = {}
        for one in self.offered.values():
            for word in one.aliases:
                found.setdefault(folded(word), one.id)
        return found | {folded(one.name): one.id for one in self.offered.values()}

    @cached_property
    def _bare(self) -> list[tuple[str, str, Entity]]:
        return [(bare(word), word, one) for one in self.offered.values() for word in (one.name, *one.aliases)]

    def final(self, id: str) -> str:
        """Where an entity ended up: follows merges (a ring of merges ends at the least of its ids)."""
        path = [id]
        while path[-1] in self.by_id and (to := self.by_id[path[-1]].merged_into) and to in self.by_id:
            if to in path:
                return min(path[path.index(to) :])
            path.append(to)
        return path[-1]

    def name(self, id: Any) -> str:
        """What an entity is called now; what is no entity stays as it is."""
        final = self.final(str(id))
        return self.by_id[final].name if final in self.by_id else str(id)

    def find(self, name: str) -> Entity | None:
        """The entity of this name or alias, whatever its case."""
        final = self._by_word.get(folded(name))
        return self.offered[final] if final else None

    def values(self, attributes: Mapping[str, Any]) -> dict[str, Any]:
        """The values of an annotation as they are read: entities that were merged are the one they were merged into."""
        return {id: self.final(one) if isinstance(one, str) else one for id, one in attributes.items()}

    def matches(self, typed: str, recent: Iterable[str] = ()) -> list[Match]:
        """What fits what is typed, best first: beginnings of the name, of a word in it, parts, slips of a letter. Among
        equals, and where nothing is typed, those come first that were used last."""
        wanted = bare(typed)
        lately = {self.final(id): n for n, id in reversed(list(enumerate(recent)))}
        best: dict[str, tuple] = {}
        for plain, word, entity in self._bare:
            if (rank := _rank(wanted, plain)) is not None:
                order = (rank, lately.get(entity.id, len(lately)), word != entity.name, bare(entity.name))
                best[entity.id] = min(best.get(entity.id, (order, word)), (order, word))
        ranked = sorted(best, key=lambda id: best[id])[:SHOWN]
        return [
            Match(self.offered[id], best[id][1] if wanted else self.offered[id].name, best[id][0][0]) for id in ranked
        ]

    def alike(self) -> list[tuple[Entity, Entity]]:
        """Pairs whose names may be one: but for accents and signs, for a letter, or as the initials of the other."""
        places: dict[str, set[str]] = {}
        for plain, word, entity in self._bare:
            for key in (*_without_a_letter(plain), plain, *_initials(word)):
                places.setdefault(key, set()).add(entity.id)
        pairs = {pair for ids in places.values() for pair in combinations(sorted(ids, key=self._by_name), 2)}
        ordered = sorted(pairs, key=lambda pair: [self._by_name(id) for id in pair])
        return [(self.offered[one], self.offered[other]) for one, other in ordered]

    def _by_name(self, id: str) -> tuple[str, str, str]:
        """Names that differ by case, accents or signs stand together, in an order that does not hang on the ids."""
        name = self.offered[id].name
        return bare(name), name, id


def bare(name: str) -> str:
    """A name as it is looked for: without case, accents and signs."""
    kept = (sign if sign.isalnum() else " " for sign in folded(name) if unicodedata.category(sign) != "Mn")
    return " ".join("".join(kept).split())


def _rank(wanted: str, plain: str) -> int | None:
    if plain.startswith(wanted):
        return EXACT if plain == wanted else BEGINS
    if f" {wanted}" in f" {plain}":
        return WHOLE if f" {wanted} " in f" {plain} " else WORD
    if wanted in plain:
        return INSIDE
    is_slip = set(_without_a_letter(wanted)) & {*_without_a_letter(plain), plain}
    return SLIP if is_slip or wanted in _without_a_letter(plain) else None


def _without_a_letter(plain: str) -> list[str]:
    """A name with each of its letters left out: two that share one differ by a letter, or by two that changed places."""
    return [plain[:n] + plain[n + 1 :] for n in range(len(plain))] if len(plain) >= LIKE else []


def _initials(word: str) -> list[str]:
    words = bare(word).split()
    return ["".join(one[0] for one in words)] if len(words) > 1 else []
