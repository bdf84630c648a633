"""A codebook while it is being edited: what stands in the editor, and everything that is wrong with it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from annotator import colours
from annotator.codebook import ancestors, children, folded, in_order
from annotator.gui.theme import Theme, contrast
from annotator.model import Attribute, Code, new_id

LEAST_CONTRAST = 3.0  # of a code's colour on the canvas; WCAG 2 asks it of graphical objects
COLOUR = re.compile("#[0-9a-fA-F]{6}")
CHOOSING = ("scale", "one of", "several of")
WHOLE = re.compile("-?[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong: with which noun, in which of its fields, in a sentence."""

    about: str
    field: str
    words: str


class Draft:
    """Codes and attributes by id. Nothing outside knows of a change before it is saved."""

    def __init__(self, codes: Iterable[Code], attributes: Iterable[Attribute], used: Mapping[str, int] | None = None):
        """`used`: id of a code or attribute -> how many annotations hold it."""
        self.codes = {code.id: code for code in codes}
        self.attributes = {one.id: one for one in attributes}
        self.used = dict(used or {})

    def ordered(self) -> tuple[list[Code], list[Attribute]]:
        """All codes as a reader meets them, parents first, and the attributes in their order."""
        return in_order(self.codes.values()), sorted(self.attributes.values(), key=lambda one: (one.position, one.id))

    def children(self, parent: str | None) -> list[Code]:
        return children(self.codes.values()).get(parent, [])

    def families(self, for_code: str) -> list[Code]:
        """The families that a code may be put in: not itself, nor what lies in it."""
        return [
            code
            for code in in_order(self.codes.values())
            if not code.codable and code.id != for_code and not self.lies_in(code.id, for_code)
        ]

    def lies_in(self, code: str, other: str) -> bool:
        """Whether a code lies in another, at any depth."""
        return any(one.id == other for one in ancestors(self.codes, self.codes[code]))

    def add_code(self, parent: str | None, *, codable: bool, name: str) -> Code:
        """A new code or family, last among its siblings, in a colour that can be told from all that are used."""
        colour = self._free_colour(self.codes[parent].colour if parent else None)
        made = Code(new_id(), _free(name, self.codes.values()), parent, codable=codable, colour=colour)
        self.codes[made.id] = made
        self.place(made.id, parent, len(self.children(parent)) - 1)
        return self.codes[made.id]

    def _free_colour(self, family: colours.Pair | None) -> colours.Pair:
        """One of the pairs on offer that none in use comes near, else a new one, of the family's hue if it can be."""
        taken = [code.colour for code in self.codes.values() if code.codable]
        room = {pair: min((colours.apart(pair, other) for other in taken), default=100.0) for pair in colour_pairs()}
        free = [pair for pair in room if room[pair] >= colours.NEAR]
        return free[0] if free else colours.propose(taken, family)

    def place(self, code: str, parent: str | None, place: int) -> bool:
        """Puts a code at a place among the children of a parent; they are counted anew. Not into itself."""
        if parent is not None and (parent == code or self.lies_in(parent, code)):
            return False
        siblings = [one for one in self.children(parent) if one.id != code]
        siblings.insert(max(0, min(place, len(siblings))), self.codes[code])
        for position, one in enumerate(siblings):
            self.codes[one.id] = replace(one, parent=parent, position=position)
        return True

    def add_attribute(self, name: str) -> Attribute:
        position = 1 + max((one.position for one in self.attributes.values()), default=-1)
        made = Attribute(new_id(), _free(name, self.attributes.values()), position=position)
        self.attributes[made.id] = made
        return made

    def place_attribute(self, id: str, place: int) -> None:
        others = [one for one in self.ordered()[1] if one.id != id]
        others.insert(max(0, min(place, len(others))), self.attributes[id])
        self.attributes = {one.id: replace(one, position=n) for n, one in enumerate(others)}

    def why_kept(self, id: str) -> str:
        """Why a code or attribute cannot be deleted, in a sentence; "" when it can."""
        if count := self.used.get(id, 0):
            return _say("{count} annotations use it. Retire it instead.").format(count=count)
        if id in self.attributes and (asking := [c.name for c in self.codes.values() if id in c.attributes]):
            return _say("Codes ask for it: {names}.").format(names=", ".join(asking[:3]))
        if self.children(id):
            return _say("There are codes in it. Move or delete them first.")
        if merged := [code.name for code in self.codes.values() if code.merged_into == id]:
            return _say("{names} was merged into it.").format(names=", ".join(merged[:3]))
        return ""

    def delete(self, id: str) -> None:
        """Takes out a code or attribute for which `why_kept` has nothing to say."""
        self.codes.pop(id, None)
        self.attributes.pop(id, None)

    def wrongs(self) -> list[Wrong]:
        """Everything that keeps the codebook from being saved, in its order."""
        codes, attributes = self.ordered()
        found = [wrong for code in codes for wrong in self._of_code(code)]
        return found + [wrong for one in attributes for wrong in self._of_attribute(one)]

    def _of_code(self, code: Code) -> Iterable[Wrong]:
        if not code.name.strip():
            yield Wrong(code.id, "name", _say("A code needs a name."))
        twin = next((c for c in self._others(code) if _same_name(c, code)), None)
        if twin and code.name.strip():
            yield Wrong(code.id, "name", _say("Another code is called {name}.").format(name=twin.name))
        if not code.codable or code.retired:
            return
        if len(code.key) > 1 or code.key.isspace():
            yield Wrong(code.id, "key", _say("A key is one character."))
        other = next((c for c in self._others(code) if c.key and not c.retired and _same_key(c, code)), None)
        if other:
            yield Wrong(code.id, "key", _say("{name} has the key {key} already.").format(name=other.name, key=code.key))
        for n, field in enumerate(("light", "dark")):
            if words := wrong_colour(code.colour[n], dark=bool(n)):
                yield Wrong(code.id, field, words)

    def _of_attribute(self, one: Attribute) -> Iterable[Wrong]:
        if not one.name.strip():
            yield Wrong(one.id, "name", _say("An attribute needs a name."))
        names = [folded(other.name) for other in self.attributes.values() if other.id != one.id]
        if one.name.strip() and folded(one.name) in names:
            yield Wrong(one.id, "name", _say("Another attribute is called {name}.").format(name=one.name))
        if one.type not in CHOOSING:
            return
        if not one.choices:
            yield Wrong(one.id, "choices", _say("Say what there is to choose from, one choice on each line."))
        if doubled := next((choice for choice in one.choices if one.choices.count(choice) > 1), None):
            yield Wrong(one.id, "choices", _say("{choice} stands there twice.").format(choice=doubled))
        if one.type == "scale" and (word := next((c for c in one.choices if not WHOLE.fullmatch(c)), None)):
            words = _say("{choice} is no whole number. Write the steps as: -1 = cool").format(choice=word)
            yield Wrong(one.id, "choices", words)

    def _others(self, code: Code) -> Iterable[Code]:
        return (other for other in self.codes.values() if other.id != code.id)


def wrong_colour(colour: str, *, dark: bool) -> str:
    """What is wrong with a colour on the canvas of the light or dark theme, in a sentence; "" when nothing is."""
    if not COLOUR.fullmatch(colour):
        return _say("Write a colour as # and six digits or letters from a to f.")
    ratio = ratio_of(colour, dark=dark)
    if ratio >= LEAST_CONTRAST:
        return ""
    words = _say("Contrast {ratio} : 1 on the dark page is too low; it takes 3 : 1.") if dark else ""
    words = words or _say("Contrast {ratio} : 1 on the light page is too low; it takes 3 : 1.")
    return words.format(ratio=f"{ratio:.1f}")


def ratio_of(colour: str, *, dark: bool) -> float:
    """Contrast of a colour with the page it is seen on."""
    return contrast(QColor(colour), _theme(dark).canvas)


def colour_pairs() -> list[tuple[str, str]]:
    """The pairs (light, dark) that the program offers."""
    pairs = zip(_theme(False).code_colours, _theme(True).code_colours, strict=True)
    return [(light.name(), dark.name()) for light, dark in pairs]


def choices_said(attribute: Attribute) -> str:
    """The choices of an attribute as one writes them: one on each line, “value = words” where the words differ."""
    labels = attribute.labels or attribute.choices
    pairs = zip(attribute.choices, labels, strict=True)
    return "\n".join(value if value == words else f"{value} = {words}" for value, words in pairs)


def choices_meant(said: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Choices and labels from what was written; no labels when all are the choices themselves."""
    lines = [line.partition("=") for line in said.split("\n") if line.strip()]
    choices = tuple(value.strip() for value, _, _ in lines)
    labels = tuple(words.strip() or value.strip() for value, _, words in lines)
    return choices, labels if labels != choices else ()


def _same_name(one: Code, other: Code) -> bool:
    """Whether two names would be mixed up: of siblings, or of two codes in use; a code may be called like its family."""
    in_use = one.codable and other.codable and not one.retired and not other.retired
    return folded(one.name) == folded(other.name) and (in_use or one.parent == other.parent)


def _same_key(one: Code, other: Code) -> bool:
    return one.key.casefold() == other.key.casefold()


def _free(name: str, taken: Iterable[Code | Attribute]) -> str:
    names, count, made = {folded(one.name) for one in taken}, 1, name
    while folded(made) in names:
        count += 1
        made = f"{name} {count}"
    return made


def _say(words: str) -> str:
    return QCoreApplication.translate("Draft", words)


@cache
def _theme(dark: bool) -> Theme:
    return Theme(dark)
