"""The words of a report in the language of the window. Reports themselves, in files and in the terminal, are in English."""

import re
from functools import cache

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from annotator.agreement import words
from annotator.agreement.words import BRIEF, MEASURES, SHORT, VARIANTS

SENTENCES = (  # what a report says of a number, longest first where one holds the other
    QT_TRANSLATE_NOOP(
        "agreement", "There is no interval to judge: documents are resampled, and at least {n} are needed."
    ),
    QT_TRANSLATE_NOOP(
        "agreement",
        "The lower end of the interval, {low}, is not below .800: by convention these codings can be relied on.",
    ),
    QT_TRANSLATE_NOOP(
        "agreement",
        "The lower end of the interval, {low}, lies between .667 and .800: by convention enough for tentative conclusions.",
    ),
    QT_TRANSLATE_NOOP(
        "agreement",
        "The lower end of the interval, {low}, is under .667, the conventional floor even for tentative conclusions "
        "({share} of the resamples fell below it).",
    ),
    QT_TRANSLATE_NOOP("agreement", "codes overlap, so that no coder's text is one layer; see each code"),
    QT_TRANSLATE_NOOP("agreement", "sets of codes have no fixed number of categories, which this needs; see each code"),
    QT_TRANSLATE_NOOP("agreement", "no variation: every unit has this code"),
    QT_TRANSLATE_NOOP("agreement", "no variation: no coder used this code"),
    QT_TRANSLATE_NOOP("agreement", "no variation: no coder used any code"),
    QT_TRANSLATE_NOOP("agreement", "no variation: all units have the same codes"),
    QT_TRANSLATE_NOOP("agreement", "none of these coders marked anything"),
    QT_TRANSLATE_NOOP("agreement", "none of these coders marked this code"),
    QT_TRANSLATE_NOOP("agreement", "{who} did not mark anything"),
    QT_TRANSLATE_NOOP("agreement", "{who} did not mark this code"),
    QT_TRANSLATE_NOOP("agreement", "no words were coded by two coders with different codes"),
    QT_TRANSLATE_NOOP("agreement", "no words were coded by two coders, or all with one code"),
    QT_TRANSLATE_NOOP("agreement", "no document was coded by both"),
    QT_TRANSLATE_NOOP("agreement", "no variation: every value is the same"),
    QT_TRANSLATE_NOOP("agreement", "no unit was rated by both"),
    QT_TRANSLATE_NOOP("agreement", "these documents have no {unit}"),
    QT_TRANSLATE_NOOP("agreement", "no interval: no resamples were asked for"),
    QT_TRANSLATE_NOOP("agreement", "no interval: fewer than {n} {things}; in brackets the range with one left out"),
    QT_TRANSLATE_NOOP("agreement", "no interval: fewer than {n} {things}"),
    QT_TRANSLATE_NOOP("agreement", "there are no units that both coded"),
    QT_TRANSLATE_NOOP("agreement", "no coder used this code"),
    QT_TRANSLATE_NOOP("agreement", "every unit has this code"),
    QT_TRANSLATE_NOOP("agreement", "no place has this from two coders"),
    QT_TRANSLATE_NOOP("agreement", "no words were marked with one code by two coders"),
    QT_TRANSLATE_NOOP("agreement", "no variation: one value only"),
    QT_TRANSLATE_NOOP("agreement", "no interval: undefined in {n} of {all} resamples"),
    QT_TRANSLATE_NOOP("agreement", "few {things}; undefined in {n} of {all} resamples, which are left out"),
    QT_TRANSLATE_NOOP("agreement", "undefined in {n} of {all} resamples, which are left out"),
    QT_TRANSLATE_NOOP("agreement", "few {things}"),
    QT_TRANSLATE_NOOP("agreement", "in progress"),
    QT_TRANSLATE_NOOP("agreement", "to do"),
    QT_TRANSLATE_NOOP("agreement", "coded again in a later round"),
    QT_TRANSLATE_NOOP("agreement", "coded by one coder only"),
    QT_TRANSLATE_NOOP("agreement", "coded by nobody"),
    QT_TRANSLATE_NOOP("agreement", "made by search and not looked at one by one"),
    QT_TRANSLATE_NOOP("agreement", "whose quoted words are not at their place"),
    QT_TRANSLATE_NOOP("agreement", "Nobody marked anything, so there is nothing that could agree."),
    QT_TRANSLATE_NOOP("agreement", "Only percent agreement can be told."),
    QT_TRANSLATE_NOOP(
        "agreement",
        "The coders cut the whole text into pieces that do not overlap, so that where they cut is what may differ.",
    ),
    QT_TRANSLATE_NOOP(
        "agreement",
        "The unitizing alpha takes ends and codes together; boundary similarity tells of the cuts alone.",
    ),
    QT_TRANSLATE_NOOP(
        "agreement",
        "The coders chose freely which words to mark, and no two codes of one coder overlap.",
    ),
    QT_TRANSLATE_NOOP(
        "agreement",
        "The unitizing alpha judges where and what together and is corrected for chance; |u and cu tell them apart.",
    ),
    QT_TRANSLATE_NOOP(
        "agreement",
        "The coders chose freely which words to mark, and codes overlap, so that there is no one layer of codes.",
    ),
    QT_TRANSLATE_NOOP(
        "agreement",
        "Each code has a unitizing alpha of its own; alpha of the sets of codes of sentences is one number for all of them.",
    ),
    QT_TRANSLATE_NOOP(
        "agreement",
        "Nearly every span begins and ends with a {unit}, so that whole {units} were coded and not words.",
    ),
    QT_TRANSLATE_NOOP(
        "agreement",
        "Each {unit} has one code at the most: Krippendorff's alpha with documents resampled fits.",
    ),
    QT_TRANSLATE_NOOP(
        "agreement",
        "A {unit} may have several codes: alpha of their sets for all, alpha of each code against the rest.",
    ),
    QT_TRANSLATE_NOOP("agreement", "Only {n} {things} in common: intervals are wide, or not given."),
    QT_TRANSLATE_NOOP("agreement", "Fewer than {n} uses, too few to tell how well coders know a code: {names}."),
    QT_TRANSLATE_NOOP("agreement", "{n} code was used by nobody here."),
    QT_TRANSLATE_NOOP("agreement", "{n} codes were used by nobody here."),
    QT_TRANSLATE_NOOP(
        "agreement",
        "In fewer than one sentence in {n}: {names}. Percent and AC1 are high by nature where a code is rare, and alpha may "
        "be low with few misses: read them together, and sample more text that has the code.",
    ),
    QT_TRANSLATE_NOOP(
        "agreement",
        "Coders agree on most units and kappa is low all the same, because nearly all units are alike (the kappa paradox): "
        "{names}; there are too few cases to show whether coders can tell the code, so read positive agreement and AC1 "
        "beside kappa, and sample more of them.",
    ),
    QT_TRANSLATE_NOOP(
        "agreement",
        "One coder gives it more than twice as often as another: {names}. Talk about when to code it at all.",
    ),
)
COUNTED = {  # one and several
    "assignment": (QT_TRANSLATE_NOOP("agreement", "assignment"), QT_TRANSLATE_NOOP("agreement", "assignments")),
    "character": (QT_TRANSLATE_NOOP("agreement", "character"), QT_TRANSLATE_NOOP("agreement", "characters")),
    "code": (QT_TRANSLATE_NOOP("agreement", "code"), QT_TRANSLATE_NOOP("agreement", "codes")),
    "coder": (QT_TRANSLATE_NOOP("agreement", "coder"), QT_TRANSLATE_NOOP("agreement", "coders")),
    "document": (QT_TRANSLATE_NOOP("agreement", "document"), QT_TRANSLATE_NOOP("agreement", "documents")),
    "paragraph": (QT_TRANSLATE_NOOP("agreement", "paragraph"), QT_TRANSLATE_NOOP("agreement", "paragraphs")),
    "place": (QT_TRANSLATE_NOOP("agreement", "place"), QT_TRANSLATE_NOOP("agreement", "places")),
    "sentence": (QT_TRANSLATE_NOOP("agreement", "sentence"), QT_TRANSLATE_NOOP("agreement", "sentences")),
    "span": (QT_TRANSLATE_NOOP("agreement", "span"), QT_TRANSLATE_NOOP("agreement", "spans")),
    "thing": (QT_TRANSLATE_NOOP("agreement", "thing"), QT_TRANSLATE_NOOP("agreement", "things")),
    "use": (QT_TRANSLATE_NOOP("agreement", "use"), QT_TRANSLATE_NOOP("agreement", "uses")),
}
NOUNS = {noun for pair in COUNTED.values() for noun in pair}


def in_words(source: str) -> str:
    """A word or a sentence of a table, in the language of the window."""
    return QCoreApplication.translate("agreement", source)


@cache
def _pattern(sentence: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", sentence)
    return re.compile("".join(f"(?P<{part}>.+?)" if n % 2 else re.escape(part) for n, part in enumerate(parts)))


def said(told: str) -> str:
    """What a report says, in the language of the window; what it has no words for stays as it is."""
    for sentence in SENTENCES:
        if found := _pattern(str(sentence)).fullmatch(told):
            values = {name: _value(name, value) for name, value in found.groupdict().items()}
            return in_words(str(sentence)).format(**values)
    return told


def _value(name: str, value: str) -> str:
    if name != "names" or " and " not in value:
        return in_words(value) if value in NOUNS else value
    first, _, last = value.rpartition(" and ")
    number, _, more = last.rpartition(" ")
    if more == "more" and number.isdigit():
        last = in_words("{count} more").format(count=number)
    return in_words("{first} and {last}").format(first=first, last=last)


def things(amount: float, what: str) -> str:
    """What is counted, in the number that fits."""
    return in_words(str(COUNTED[what][amount != 1]))


def count(amount: float, what: str) -> str:
    """ "18 uses"."""
    return in_words("{amount} {things}").format(amount=f"{amount:,.0f}", things=things(amount, what))


def short(measure: str, variant: str) -> str:
    """A measure as a narrow column names it."""
    more = BRIEF.get(variant) or (VARIANTS[variant] and in_words(VARIANTS[variant]))
    return " ".join(filter(None, (in_words(SHORT[measure]), more)))


def title(measure: str, variant: str) -> str:
    """A measure as a heading names it."""
    name = in_words(MEASURES[measure])
    more = VARIANTS.get(variant)
    return ", ".join(filter(None, (name[:1].upper() + name[1:], more and in_words(more))))


def of_sets(measure: str, variant: str) -> str:
    """The title of a measure over all codes, where alpha has two kinds."""
    if (measure, variant) == ("alpha", "nominal"):
        return ", ".join((title(measure, ""), in_words("nominal")))
    return title(measure, variant)


def verdict(low: float | None, below: float | None) -> str:
    """What convention says of the lower end of an interval."""
    return said(words.verdict(low, below))
