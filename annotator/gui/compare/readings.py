"""How coders read one place: who agrees with whom, the question it puts, and what sets the readings apart, in words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from annotator.agreement.comparison import Mark, Place
from annotator.gui.panels.fields import sentence_case, spoken
from annotator.gui.panels.inspector import nearest
from annotator.model import Attribute
from annotator.text import Span

from .comparison import Comparison, cover, listed

WITHOUT_BLANKS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
QUOTES = '“”„«»"'
ENDS, LETTERS = 4, 14  # words, or letters of a script without blanks, that are shown of each end of a long quote


@dataclass(frozen=True, slots=True)
class Reading:
    """What one or more coders have at a place; no marks: nothing. The marks are those of the first of them."""

    coders: tuple[str, ...]
    marks: tuple[Mark, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(mark.code for mark in self.marks))

    @property
    def start(self) -> int:
        return min(mark.start for mark in self.marks)

    @property
    def end(self) -> int:
        return max(mark.end for mark in self.marks)


def _tr(text: str) -> str:
    return QCoreApplication.translate("compare", text)


def readings(place: Place) -> list[Reading]:
    """The different readings, those of most coders first. Attributes make a reading only where all else is the same."""
    held: dict[tuple, list[str]] = {}
    for coder, marks in place.parts.items():
        key = tuple(sorted((mark.code, mark.spans) for mark in marks))
        if place.kind == "attribute":
            key = key, tuple(sorted((name, value) for mark in marks for name, value in _filled(mark)))
        held.setdefault(key, []).append(coder)
    return [
        Reading(tuple(coders), place.parts[coders[0]]) for coders in sorted(held.values(), key=lambda who: -len(who))
    ]


def standing_apart(place: Place) -> list[str]:
    """The coders who differ from most; all of them where no reading has most."""
    found = readings(place)
    if len(found) < 2:
        return []
    alone = len(found[0].coders) > len(found[1].coders)
    return [coder for reading in found[alone:] for coder in reading.coders]


def question(comparison: Comparison, place: Place) -> str:
    """What a person would ask about a place."""
    if place.kind == "match":
        return _tr("All the same")
    if place.kind == "missed":
        return _tr("Is it there?")
    if place.kind == "label":
        return _tr("Which code?")
    if place.kind == "attribute":
        names = [attribute.name for attribute in differing(comparison, place)]
        return (
            _tr("Which {attributes}?").format(attributes=listed(names)) if len(names) < 3 else _tr("Which attributes?")
        )
    if len({len(marks) for marks in place.parts.values()}) > 1:
        return _tr("One or several?")
    there = readings(place)
    if len({reading.start for reading in there}) == 1 and len({reading.end for reading in there}) == 1:
        return _tr("Which words?")
    if len({reading.start for reading in there}) == 1:
        return _tr("Where does it end?")
    return _tr("Where does it begin?") if len({reading.end for reading in there}) == 1 else _tr("From where to where?")


def told(comparison: Comparison, place: Place) -> str:
    """What sets the readings apart, in one sentence, seen from the one that most coders hold."""
    base, *others = readings(place)
    if place.kind == "attribute":
        return _values_told(comparison, place)
    names_codes = len({reading.codes for reading in (base, *others) if reading.marks}) > 1 or not base.marks
    parts = []
    if names_codes:
        parts.append(_says(comparison, base))
    elif len(base.coders) > 1:
        parts.append(_tr("{who} agree").format(who=comparison.names(base.coders)))
    parts += [_phrase(comparison, other, base, names_codes) for other in others]
    sentence = "; ".join(parts) + "."
    if len(base.coders) == 1 and len(others) > 1 and not names_codes:
        return _tr("Against {who}: {differences}").format(who=comparison.names(base.coders), differences=sentence)
    return sentence


def _phrase(comparison: Comparison, other: Reading, base: Reading, names_codes: bool) -> str:
    if not other.marks or not base.marks:
        return _says(comparison, other)
    said = [_says(comparison, other)] if names_codes else []
    apart = _boundaries(comparison, other, base)
    if not said:
        who = comparison.names(other.coders)
        return _tr("{who} {does}").format(who=who, does=listed(apart))
    return listed([*said, *apart])


def _says(comparison: Comparison, reading: Reading) -> str:
    one, who = len(reading.coders) == 1, comparison.names(reading.coders)
    if not reading.marks:
        words = _tr("{who} has nothing here") if one else _tr("{who} have nothing here")
        return words.format(who=who)
    codes = listed([comparison.code_name(code) for code in reading.codes])
    return (_tr("{who} says {codes}") if one else _tr("{who} say {codes}")).format(who=who, codes=codes)


def _boundaries(comparison: Comparison, other: Reading, base: Reading) -> list[str]:
    """Verbs without their subject: how the words of a reading differ from those of another."""
    one, found = len(other.coders) == 1, []
    if len(other.marks) != len(base.marks):
        count = len(other.marks)
        if count == 1:
            found.append(_tr("takes it as one") if one else _tr("take it as one"))
        else:
            found.append((_tr("splits it into {count}") if one else _tr("split it into {count}")).format(count=count))
    if other.start != base.start:
        span = Span(*sorted((other.start, base.start)))
        early = _tr("begins {far} earlier") if one else _tr("begin {far} earlier")
        late = _tr("begins {far} later") if one else _tr("begin {far} later")
        found.append((early if other.start < base.start else late).format(far=far(comparison, span)))
    if other.end != base.end:
        span = Span(*sorted((other.end, base.end)))
        early = _tr("stops {far} earlier") if one else _tr("stop {far} earlier")
        late = _tr("stops {far} later") if one else _tr("stop {far} later")
        found.append((early if other.end < base.end else late).format(far=far(comparison, span)))
    if not found and cover(other.marks) != cover(base.marks):
        found.append(_tr("takes other words between") if one else _tr("take other words between"))
    return found


def far(comparison: Comparison, span: Span) -> str:
    """How long a stretch is: in words or, where a script has no blanks between them or no word is there, characters."""
    words = comparison.text[span.start : span.end]
    count = 0 if WITHOUT_BLANKS.search(words) else comparison.motion.count_words(span)
    if count:
        return _tr("1 word") if count == 1 else _tr("{count} words").format(count=count)
    count = len("".join(words.split())) or len(words)
    return _tr("1 character") if count == 1 else _tr("{count} characters").format(count=count)


# attributes, certainty, memos -----------------------------------------------------------------------------------------


def differing(comparison: Comparison, place: Place) -> list[Attribute]:
    """The attributes in which those who have something here differ; first of all those that each code there asks for."""
    there = [marks for marks in place.parts.values() if marks]
    found = [one for one in comparison.attributes if len({_values(marks, one.id) for marks in there}) > 1]
    known = [comparison.codes[code] for code in place.codes if code in comparison.codes]
    asked = [one for one in found if all(one.id in code.attributes for code in known)]
    return asked or (found if place.kind == "attribute" else [])


def value_words(comparison: Comparison, marks: Iterable[Mark], attribute: Attribute) -> str:
    """What is filled in, in words; a dash for nothing."""
    given = [mark.attributes[attribute.id] for mark in marks if not _empty(mark.attributes.get(attribute.id))]
    return listed(list(dict.fromkeys(_value(comparison, attribute, value) for value in given))) or "–"


def _value(comparison: Comparison, attribute: Attribute, value: object) -> str:
    """A value as it stands inside a sentence: choices as the codebook writes them."""
    if attribute.type == "entity":
        return spoken(attribute, value, comparison.registry)
    labels = attribute.labels if len(attribute.labels) == len(attribute.choices) else attribute.choices
    shown = dict(zip(attribute.choices, labels, strict=True))
    return listed([shown.get(str(one), str(one)) for one in (value if isinstance(value, list | tuple) else [value])])


def values_of(comparison: Comparison, reading: Reading, place: Place, attribute: Attribute) -> str:
    """What the coders of a reading filled in: once where they say the same."""
    said = {coder: value_words(comparison, place.parts[coder], attribute) for coder in reading.coders}
    return _once(comparison, said)


def _values_told(comparison: Comparison, place: Place) -> str:
    """“Stance: 1 and 2 cool, 3 not filled in”, for each attribute in which they differ."""
    parts = []
    for attribute in differing(comparison, place):
        groups: dict[str, list[str]] = {}
        for coder, marks in place.parts.items():
            groups.setdefault(value_words(comparison, marks, attribute), []).append(coder)
        said = [
            f"{comparison.names(coders)} {_tr('not filled in') if value == '–' else value}"
            for value, coders in groups.items()
        ]
        parts.append(_tr("{attribute}: {values}").format(attribute=attribute.name, values=", ".join(said)))
    words = ". ".join(map(sentence_case, parts)) or _tr("The same values, on other parts")
    return f"{words}."


def certainties(comparison: Comparison, reading: Reading, place: Place) -> str:
    """How sure the coders of a reading are: once where they are equally so, "" where none said."""
    degrees = (_tr("unsure"), _tr("fairly sure"), _tr("sure"))
    said = {}
    for coder in reading.coders:
        given = [nearest(comparison.annotations[mark.annotation].certainty) for mark in place.parts[coder]]
        least = min((degree for degree in given if degree is not None), default=None)
        if least is not None:
            said[coder] = degrees[least]
        elif len(reading.coders) > 1:
            said[coder] = _tr("did not say")
    return _once(comparison, said) if set(said.values()) != {_tr("did not say")} and said else ""


def memos(comparison: Comparison, reading: Reading, place: Place) -> list[str]:
    """The memos of the coders of a reading, each with its coder where there are several."""
    several = len(reading.coders) > 1
    return [
        _tr("{who}: “{memo}”").format(who=comparison.short(coder), memo=memo) if several else f"“{memo}”"
        for coder in reading.coders
        for mark in place.parts[coder]
        if (memo := comparison.annotations[mark.annotation].memo.strip())
    ]


def ends_of(comparison: Comparison, mark: Mark) -> str:
    """The words of an annotation in quotation marks; of many, the first and the last."""
    words = " … ".join(_ends(comparison.text[start:end]) for start, end in mark.spans)
    return ("" if words[:1] in QUOTES else "“") + words + ("" if words[-1:] in QUOTES else "”")


def _ends(quote: str) -> str:
    words = quote.split()
    if WITHOUT_BLANKS.search(quote):
        joined = " ".join(words)
        return joined if len(joined) <= 2 * LETTERS + 4 else f"{joined[:LETTERS]} … {joined[-LETTERS:]}"
    return " ".join(words) if len(words) <= 2 * ENDS + 1 else " ".join([*words[:ENDS], "…", *words[-ENDS:]])


def _once(comparison: Comparison, said: dict[str, str]) -> str:
    who: dict[str, list[str]] = {}
    for coder, words in said.items():
        who.setdefault(words, []).append(coder)
    if len(who) == 1:
        return next(iter(who))
    return ", ".join(f"{comparison.names(coders)} {words}" for words, coders in who.items())


def _empty(value: object) -> bool:
    return value in (None, "", [], ())


def _plain(value: object) -> str:
    """A value as words that can be compared; several values in no order."""
    return "\n".join(sorted(map(str, value))) if isinstance(value, list | tuple) else str(value)


def _filled(mark: Mark) -> list[tuple[str, str]]:
    return [(name, _plain(value)) for name, value in mark.attributes.items() if not _empty(value)]


def _values(marks: Sequence[Mark], attribute: str) -> tuple[str, ...]:
    given = [mark.attributes.get(attribute) for mark in marks]
    return tuple(sorted({_plain(value) for value in given if not _empty(value)}))
