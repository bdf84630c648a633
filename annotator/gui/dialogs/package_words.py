"""What a package holds, in words."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from annotator.errors import AnnotatorError
from annotator.gui.messages import words_of


def _tr(words: str) -> str:
    return QCoreApplication.translate("packages", words)


def documents_words(counts: Mapping[str, int]) -> str:
    """How many documents, and how many of them are done."""
    count, done = counts.get("documents", 0), counts.get("done", 0)
    words = _tr("1 document") if count == 1 else _tr("{count} documents").format(count=f"{count:,}")
    return _tr("{documents}, {done} done").format(documents=words, done=f"{done:,}")


def annotations_words(count: int) -> str:
    return _tr("1 annotation") if count == 1 else _tr("{count} annotations").format(count=f"{count:,}")


def steps_words(count: int) -> str:
    """Revisions, as a person calls them."""
    return _tr("1 step") if count == 1 else _tr("{count} steps").format(count=f"{count:,}")


def version_words(number: int | None) -> str:
    """The codebook that goes along."""
    return _tr("Version {number}").format(number=number) if number else _tr("As it stands, not published")


def said(error: AnnotatorError) -> str:
    """An error or a note in words for the window, where a key is trusted by a button."""
    if error.key == "package.other_key":
        words = _tr(
            "It is signed by {who} with another key than before. Nothing is taken from it. Ask {who} to read you the words of "
            "the key. If they are {words}, press “Trust this key”."
        )
        return words.format(**error.values)
    if error.key == "package.new_key":
        words = _tr(
            "The key of {who} is seen here for the first time, and from now on expected. Its words are {words}."
        )
        return words.format(**error.values)
    return words_of(error)
