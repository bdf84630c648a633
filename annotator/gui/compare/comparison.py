"""What lies side by side: the coders of one document under the names they are shown by, and the places of its text."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from annotator.agreement.comparison import Mark, Place, places
from annotator.editing import final_code
from annotator.entities import Registry
from annotator.gui.marks import Lane, State
from annotator.gui.textview.motion import Motion
from annotator.gui.theme import Theme
from annotator.gui.words import initials
from annotator.model import Annotation, Attribute, Code, Coder, Document, Entity

from .stretches import Stretch, in_common, united, without

FEWEST, MOST = 2, 8  # coders that are laid side by side


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who has coded the document. The number is theirs in this document and stays when others are left out."""

    coder: Coder
    number: int
    state: State
    annotations: tuple[Annotation, ...]

    @property
    def id(self) -> str:
        return self.coder.id

    @property
    def found_nothing(self) -> bool:
        return self.state == "done" and not self.annotations


def _tr(text: str) -> str:
    return QCoreApplication.translate("compare", text)


class Comparison:
    """Plain values and what follows from them. `places` has those of the coders that are `laid`; who did not do the
    document stands in `absent`, who is still at it can be laid but is not at first."""

    def __init__(
        self,
        document: Document,
        text: str,
        *,
        layers: Mapping[str, Sequence[Annotation]],
        coders: Sequence[Coder],
        codes: Mapping[str, Code],
        states: Mapping[str, str],
        attributes: Iterable[Attribute],
        entities: Iterable[Entity],
        seed: str,
        blind: bool,
    ):
        self.document, self.text = document, text
        self.codes = dict(codes)
        self.attributes = sorted(attributes, key=lambda one: (one.position, one.name))
        self.registry = Registry(entities)
        self.names_shown = not blind
        self.motion = Motion(text, document.language)
        self.absent = [coder for coder in coders if states.get(coder.id, "to do") == "to do"]
        present = [coder for coder in coders if states.get(coder.id) in ("done", "in progress")]
        if blind:
            present.sort(key=lambda coder: coder.id)
            random.Random(seed).shuffle(present)
        self.people = [
            Person(
                coder, number, "done" if states[coder.id] == "done" else "in progress", tuple(layers.get(coder.id, ()))
            )
            for number, coder in enumerate(present, 1)
        ]
        self.annotations = {one.id: one for person in self.people for one in person.annotations}
        self._by_id = {person.id: person for person in self.people}
        self._initials = _distinct({coder.id: initials(coder) for coder in present}, self._by_id)
        self.laid: list[Person] = []
        self.places: list[Place] = []
        self.lay([person.id for person in self.people if person.state == "done"][:MOST])

    def lay(self, coders: Iterable[str]) -> None:
        """Compares these coders, in the order of their numbers."""
        wanted = set(coders)
        self.laid = [person for person in self.people if person.id in wanted]
        enough = len(self.laid) >= FEWEST
        layers = {person.id: [self._mark(one) for one in person.annotations] for person in self.laid}
        self.places = places(layers) if enough else []

    def _mark(self, annotation: Annotation) -> Mark:
        spans = tuple(sorted((start, end) for start, end in annotation.spans))
        final = final_code(self.codes, annotation.code)
        known = self.codes.get(final)  # under the id of a merged code the code may stand that it went into
        values = self.registry.values(annotation.attributes)
        return Mark(annotation.id, known.id if known else final, spans, values)

    # names ------------------------------------------------------------------------------------------------------------

    def short(self, coder: str) -> str:
        """The number of a coder or, when names are shown, their initials."""
        return self._initials[coder] if self.names_shown else str(self._by_id[coder].number)

    def name(self, coder: str) -> str:
        """What a coder is called: “Coder 1” until names are shown."""
        person = self._by_id[coder]
        return person.coder.name if self.names_shown else _tr("Coder {number}").format(number=person.number)

    def number(self, coder: str) -> int:
        return self._by_id[coder].number

    def names(self, coders: Iterable[str], *, short: bool = True) -> str:
        """Several coders in one phrase."""
        return listed([self.short(coder) if short else self.name(coder) for coder in coders])

    def code_name(self, code: str) -> str:
        known = self.codes.get(code)
        return known.name if known else _tr("Unknown code")

    def code_names(self, place: Place) -> str:
        """The codes given at a place: “Denial or Rejection”."""
        return _tr(" or ").join(map(self.code_name, place.codes))

    def kind_name(self, place: Place) -> str:
        return {
            "missed": _tr("Missed"),
            "label": _tr("Label"),
            "boundary": _tr("Boundary"),
            "attribute": _tr("Attribute"),
            "match": _tr("Match"),
        }[place.kind]

    def quote(self, place: Place) -> str:
        """The words of a place on one line."""
        return self.text[place.start : place.end].replace("\n", " ")

    # how a place looks ------------------------------------------------------------------------------------------------

    def colour(self, code: str, theme: Theme) -> QColor:
        known = self.codes.get(code)
        return theme.colour(known.colour) if known else theme.muted

    def lanes(self, place: Place, theme: Theme) -> list[Lane]:
        """The stave of a place in small, a lane for each coder."""
        length = max(1, place.end - place.start)
        found: list[Lane] = []
        for marks in place.parts.values():
            if not marks:
                found.append((None, 0.0, 1.0))
                continue
            start, end = min(mark.start for mark in marks), max(mark.end for mark in marks)
            colour = self.colour(marks[0].code, theme)
            found.append((colour, (start - place.start) / length, (end - place.start) / length))
        return found


def cover(marks: Iterable[Mark]) -> list[Stretch]:
    """The words under some annotations."""
    return united(span for mark in marks for span in mark.spans)


def covered(place: Place) -> list[Stretch]:
    """The words that any coder took."""
    return united(stretch for marks in place.parts.values() for stretch in cover(marks))


def contested(place: Place) -> list[Stretch]:
    """The words that some of those who have something here took and others did not."""
    takes = [cover(marks) for marks in place.parts.values() if marks]
    common = takes[0]
    for take in takes[1:]:
        common = in_common(common, take)
    return without(covered(place), common)


def listed(words: Sequence[str]) -> str:
    """“1”, “1 and 2”, “1, 2 and 3”."""
    if len(words) < 2:
        return "".join(words)
    return _tr("{first} and {last}").format(first=", ".join(words[:-1]), last=words[-1])


def _distinct(shorts: dict[str, str], people: Mapping[str, Person]) -> dict[str, str]:
    """Initials; of those who share them, with their numbers."""
    used = list(shorts.values())
    return {id: short if used.count(short) == 1 else f"{short} {people[id].number}" for id, short in shorts.items()}
