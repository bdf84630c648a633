"""Words for people that more than one view needs."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QDate, QLocale, Qt

from annotator.model import initials as initials
from annotator.text import length_in, measure_of

translate = QCoreApplication.translate

STEPS = {  # label of a change -> what the menu calls it after “Undo”
    "annotate": QT_TRANSLATE_NOOP("steps", "annotation"),
    "resize": QT_TRANSLATE_NOOP("steps", "change of span"),
    "add span": QT_TRANSLATE_NOOP("steps", "further span"),
    "take out span": QT_TRANSLATE_NOOP("steps", "taking out a span"),
    "split": QT_TRANSLATE_NOOP("steps", "split"),
    "join": QT_TRANSLATE_NOOP("steps", "join"),
    "copy": QT_TRANSLATE_NOOP("steps", "copy of code and attributes"),
    "recode": QT_TRANSLATE_NOOP("steps", "change of code"),
    "set attribute": QT_TRANSLATE_NOOP("steps", "attribute"),
    "memo": QT_TRANSLATE_NOOP("steps", "memo"),
    "certainty": QT_TRANSLATE_NOOP("steps", "certainty"),
    "retract": QT_TRANSLATE_NOOP("steps", "retraction"),
    "mark done": QT_TRANSLATE_NOOP("steps", "mark as done"),
    "reopen": QT_TRANSLATE_NOOP("steps", "reopening"),
    "assign": QT_TRANSLATE_NOOP("steps", "handing out"),
    "reveal": QT_TRANSLATE_NOOP("steps", "revealing the round"),
    "add round": QT_TRANSLATE_NOOP("steps", "new round"),
    "add coder": QT_TRANSLATE_NOOP("steps", "new person"),
    "change coder": QT_TRANSLATE_NOOP("steps", "change of a person"),
    "change document": QT_TRANSLATE_NOOP("steps", "change of details"),
    "change codebook": QT_TRANSLATE_NOOP("steps", "change of the codebook"),
    "import codebook": QT_TRANSLATE_NOOP("steps", "import of the codebook"),
    "publish codebook": QT_TRANSLATE_NOOP("steps", "codebook version"),
    "rename entity": QT_TRANSLATE_NOOP("steps", "new name of an entity"),
    "alias": QT_TRANSLATE_NOOP("steps", "alias"),
    "merge entities": QT_TRANSLATE_NOOP("steps", "merging of entities"),
    "part entity": QT_TRANSLATE_NOOP("steps", "parting of entities"),
    "set attributes": QT_TRANSLATE_NOOP("steps", "attributes as before"),
    "merge codes": QT_TRANSLATE_NOOP("steps", "merging of codes"),
    "import documents": QT_TRANSLATE_NOOP("steps", "import of documents"),
    "import annotations": QT_TRANSLATE_NOOP("steps", "import of annotations"),
    "code hits": QT_TRANSLATE_NOOP("steps", "coding of hits"),
    "write memo": QT_TRANSLATE_NOOP("steps", "memo"),
    "delete memo": QT_TRANSLATE_NOOP("steps", "deleting of a memo"),
    "bookmark": QT_TRANSLATE_NOOP("steps", "bookmark"),
    "clear bookmark": QT_TRANSLATE_NOOP("steps", "clearing of a bookmark"),
    "settle": QT_TRANSLATE_NOOP("steps", "decision"),
    "decide": QT_TRANSLATE_NOOP("steps", "decision"),
    "re-anchor": QT_TRANSLATE_NOOP("steps", "new place of an annotation"),
    "go back": QT_TRANSLATE_NOOP("steps", "going back"),
    "take back": QT_TRANSLATE_NOOP("steps", "taking back of one edit"),
}


def step_words(label: str) -> str:
    """What a change is called after “Undo” or “Redo”."""
    return translate("steps", str(STEPS.get(label, label)))


def length_words(text: str) -> str:
    """How long a text is: so many words or, in a script without blanks between them, so many characters."""
    measure = measure_of(text)
    count = length_in(measure, text)
    said = {
        "words": (translate("words", "1 word"), translate("words", "{count} words")),
        "characters": (translate("words", "1 character"), translate("words", "{count} characters")),
    }[measure]
    return said[count != 1].format(count=count)


def place_words(text: str, paragraph: int | str, position: int) -> str:
    """Where a position is: the paragraph, and how many words or characters of the text lie before it."""
    measure = measure_of(text)
    said = {
        "words": translate("words", "Paragraph {paragraph}, word {number}"),
        "characters": translate("words", "Paragraph {paragraph}, character {number}"),
    }[measure]
    return said.format(paragraph=paragraph, number=length_in(measure, text[:position]))


def date_words(words: str) -> str:
    """A date of the form 2031-03-14 as people write it; anything else as it stands."""
    date = QDate.fromString(words, Qt.DateFormat.ISODate)
    return QLocale().toString(date, "d MMM yyyy") if date.isValid() else words


def time_words(seconds: int) -> str:
    """So long somebody worked, to the minute: “12 min”, “1 h 05 min”."""
    hours, minutes = divmod(seconds // 60, 60)
    if hours:
        words = QCoreApplication.translate("words", "{hours} h {minutes} min")
        return words.format(hours=hours, minutes=f"{minutes:02}")
    return QCoreApplication.translate("words", "{minutes} min").format(minutes=minutes or "< 1")
