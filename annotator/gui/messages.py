"""What has to be said at once, in a box of its own. Rare: nothing modal while coding, a Notice does it there."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from annotator.errors import AnnotatorError

translate = QCoreApplication.translate


def words_of(error: BaseException) -> str:
    """An error in words a person can act on, in their language."""
    if isinstance(error, AnnotatorError):
        return error.in_words(lambda words: translate("errors", words))
    if isinstance(error, OSError) and error.strerror:
        where = str(error.filename or "")
        return f"{where}: {error.strerror}." if where else f"{error.strerror}."
    words = translate("messages", "Something went wrong inside Annotator ({kind}: {words}). Your codings are saved.")
    return words.format(kind=type(error).__name__, words=error)


def tell(parent: QWidget | None, words: str, *, more: str = "") -> None:
    """Says one thing and waits until it was read. `more` stands below it, smaller."""
    box = _box(parent, words, more)
    box.addButton(QMessageBox.StandardButton.Ok)
    box.exec()


def ask(parent: QWidget | None, words: str, *, yes: str, no: str = "", more: str = "") -> bool:
    """Asks one question. The buttons say what they do; Enter and Esc are both the careful answer, `no`."""
    box = _box(parent, words, more)
    doing = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    leaving = box.addButton(no or translate("messages", "Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(leaving)
    box.setEscapeButton(leaving)
    box.exec()
    return box.clickedButton() is doing


def _box(parent: QWidget | None, words: str, more: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setWindowTitle(translate("messages", "Annotator"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(words)
    box.setInformativeText(more)
    return box
