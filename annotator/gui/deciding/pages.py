"""What is shown of one row: versions side by side, an orphan with the places of its words, or why a step counts nowhere."""

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from annotator.gui.deciding.items import Item, Quote, Said, Version
from annotator.gui.dialogs.fields import button
from annotator.gui.parts import Scroll, box, code_name, column, keycap, label, row
from annotator.gui.theme import Theme

ROW_OF = 3  # versions beside each other


def _tr(words: str) -> str:
    return QCoreApplication.translate("deciding", words)


def quoted(quotes: Sequence[Quote]) -> QLabel:
    """Quotes with the words around them; what is quoted is underlined and bold."""
    made = label("", "body", wrap=True)
    made.setTextFormat(Qt.TextFormat.RichText)
    lines = (f"{escape(one.before)}<b><u>{escape(one.words)}</u></b>{escape(one.after)}" for one in quotes)
    made.setText("<br>".join(line.replace("\n", " ") for line in lines))
    made.setAccessibleName("\n".join(f"{one.before}{one.words}{one.after}" for one in quotes))
    return made


def _said(one: Said) -> QLabel:
    """What a version says of one thing. Where the versions differ a sign says so, and the words are bold."""
    words = _tr("{name}: {words}").format(name=one.name, words=one.words)
    made = label(f"≠ {words}" if one.differs else words, "heading" if one.differs else "body", wrap=True)
    if one.differs:
        made.setAccessibleName(_tr("Differs. {words}").format(words=words))
    return made


class VersionCard(QFrame):
    """One version: who, where and when, what it says, and the button that decides for it."""

    chosen = Signal()

    def __init__(self, version: Version, number: int, theme: Theme, *, may_decide: bool):
        super().__init__()
        self.setProperty("card", "true")
        who = label(version.who, "heading")
        shown = label(_tr("read so far"), "small", "muted")
        shown.setVisible(version.is_shown)
        head = row(keycap(str(number)), who, None, shown, gap=8)
        when = label(f"{version.at}, {version.device}", "small", "muted", wrap=True)
        parts = column(head, when, 4, gap=6, margins=(12, 12, 12, 12))
        if version.is_gone:
            parts.addWidget(label(_tr("Taken back"), "heading", wrap=True))
        if version.code:
            name = code_name(version.code, theme, "raised")
            differs = label("≠", "heading")
            differs.setAccessibleName(_tr("The codes differ"))
            parts.addLayout(row(differs, name, None) if version.code_differs else row(name, None))
        if version.quotes:
            parts.addWidget(quoted(version.quotes))
            if version.quotes_differ:
                parts.addWidget(label(_tr("≠ The places differ"), "small_strong"))
        for said in version.said:
            parts.addWidget(_said(said))
        parts.addStretch(1)
        self.push = button(_tr("Version {number} holds").format(number=number), self.chosen.emit)
        self.push.setEnabled(may_decide)
        parts.addLayout(row(self.push, None))
        self.setLayout(parts)


class PlaceCard(QFrame):
    """A place where the words of an orphan stand, and the button that puts it there."""

    chosen = Signal()

    def __init__(self, quotes: Sequence[Quote], number: int, *, may_decide: bool):
        super().__init__()
        self.setProperty("card", "true")
        self.push = button(_tr("Put it at place {number}").format(number=number), self.chosen.emit)
        self.push.setEnabled(may_decide)
        words = quoted(quotes)
        line = row(keycap(str(number)), words, self.push, gap=12, margins=(12, 8, 12, 8))
        line.setStretch(1, 1)
        self.setLayout(line)


class Sheet(QWidget):
    """The right side of the window. Emits what was wanted of the row that it shows."""

    version_wanted = Signal(str)  # of a revision
    both_wanted = Signal()
    place_wanted = Signal(int)  # number of a place, from 0
    text_wanted = Signal()

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme = theme
        self.item: Item | None = None
        self.may_decide = True
        self.title, self.where = label("", "title", wrap=True), label("", "small", "muted", wrap=True)
        self.question = label("", "body", wrap=True)
        self.inside, self.area = self._empty()
        self.both = self._button(_tr("Keep both"), self.both_wanted.emit)
        self.show_text = self._button(_tr("Show in the text"), self.text_wanted.emit)
        self.both_key, self.text_key = keycap("B"), keycap("Enter")
        foot = row(self.show_text, self.text_key, 16, self.both, self.both_key, None, gap=8)
        whole = column(self.title, self.where, self.question, self.area, None, foot, gap=8, margins=(24, 20, 24, 16))
        whole.setStretch(3, 100)
        self.setLayout(whole)
        self.show_item(None)

    def _empty(self) -> tuple[QVBoxLayout, Scroll]:
        """What holds the cards: as high as they are, and scrolled where there is no room."""
        inside = column(gap=12, margins=(0, 0, 8, 0))
        return inside, Scroll(box(inside, ground="canvas"))

    def _button(self, words: str, action: Callable[[], object]) -> QPushButton:
        return button(words, action)

    def show_item(self, item: Item | None, *, may_decide: bool = True) -> None:
        """Shows one row, or that there is none."""
        self.item, self.may_decide = item, may_decide
        self._clear()
        for part in (self.both, self.both_key):
            part.setVisible(bool(item and item.may_keep_both))
            part.setEnabled(may_decide)
        for part in (self.show_text, self.text_key):
            part.setVisible(bool(item and item.document))
        self.title.setText(item.title if item else "")
        self.where.setText(item.where if item else "")
        self.question.setText(self._question(item))
        if item and item.kind == "contested":
            self._show_versions(item)
        elif item and item.kind == "orphan":
            self._show_places(item)
        elif item:
            self.inside.addWidget(label(item.reason, "body", wrap=True))
        self.inside.addStretch(1)

    def choose(self, number: int) -> None:
        """What the key of a number means here, from 1 on."""
        item = self.item
        if item is None or not self.may_decide or number < 1:
            return
        if item.kind == "contested" and number <= len(item.versions):
            self.version_wanted.emit(item.versions[number - 1].id)
        elif item.kind == "orphan" and number <= len(item.places):
            self.place_wanted.emit(number - 1)

    def keep_both(self) -> None:
        """What the key B means here."""
        if self.item and self.item.may_keep_both and self.may_decide:
            self.both_wanted.emit()

    def _question(self, item: Item | None) -> str:
        if item is None:
            return ""
        if item.kind == "orphan":
            found = _tr("Its words are not at their place. Where do they belong?")
            none = _tr("Its words are not at their place, and stand nowhere else in the text.")
            return found if item.places else none
        if item.kind == "barred":
            return _tr("A step that counts nowhere. It is kept, and nothing need be done.")
        return _tr("It was changed in two places that did not know of each other. Which version holds?")

    def _show_versions(self, item: Item) -> None:
        for start in range(0, len(item.versions), ROW_OF):
            line = row(gap=12)
            for number, version in enumerate(item.versions[start : start + ROW_OF], start=start + 1):
                card = VersionCard(version, number, self.theme, may_decide=self.may_decide)
                card.chosen.connect(lambda id=version.id: self.version_wanted.emit(id))
                line.addWidget(card, 1)
            self.inside.addLayout(line)

    def _show_places(self, item: Item) -> None:
        was = column(label(_tr("Quoted"), "small", "muted"), quoted(item.quotes), gap=2)
        now = column(label(_tr("At that place now"), "small", "muted"), label(item.there or "–", wrap=True), gap=2)
        line = row(box(was), box(now), gap=24)
        for n in range(2):
            line.setStretch(n, 1)
        self.inside.addLayout(line)
        for number, quotes in enumerate(item.places, start=1):
            card = PlaceCard(quotes, number, may_decide=self.may_decide)
            card.chosen.connect(lambda number=number: self.choose(number))
            self.inside.addWidget(card)

    def _clear(self) -> None:
        before = self.area
        self.inside, self.area = self._empty()
        layout = self.layout()
        assert layout is not None
        layout.replaceWidget(before, self.area)
        before.hide()
        before.deleteLater()
