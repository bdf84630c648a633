"""What annotations and documents have to meet for a hit: a line of choices below the field, only when called."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QLineEdit

from annotator.finding import Query
from annotator.gui.dialogs.fields import Choice
from annotator.gui.panels.inspector import CERTAINTY
from annotator.gui.parts import Flow, row
from annotator.gui.theme import Theme

Choices = Sequence[tuple[str, str]]  # words, and what they stand for
UNTIL_UNSURE, UNTIL_FAIRLY = (sum(pair) / 2 for pair in pairwise(CERTAINTY))
CERTAIN: dict[str, tuple[float | None, float | None]] = {  # at least and at most, as the three degrees are shown
    "unsure": (None, UNTIL_UNSURE),
    "at most fairly": (None, UNTIL_FAIRLY),
    "fairly": (UNTIL_UNSURE, UNTIL_FAIRLY),
    "at least fairly": (UNTIL_UNSURE, None),
    "sure": (UNTIL_FAIRLY, None),
}
FIELD = 160  # px of a field for words
WIDEST, WIDEST_LIST = 200, 480  # px of a choice with long names, and of its list
AROUND = 44  # px of its edge and its arrow


class Offer(NamedTuple):
    """What there is to choose from."""

    codes: Choices = ()
    coders: Choices = ()
    rounds: Choices = ()
    attributes: Choices = ()
    languages: Choices = ()
    speakers: Choices = ()


class Narrow(Choice):
    """As wide as the words that are chosen, so that many stand in a line; its list as wide as the widest."""

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.currentText())
        return QSize(min(WIDEST, words + AROUND), self.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def showPopup(self) -> None:
        view = self.view()
        view.setMinimumWidth(min(WIDEST_LIST, view.sizeHintForColumn(0) + AROUND))
        super().showPopup()


class Conditions(QFrame):
    """Choices that wrap. Those are out of sight that have nothing to choose between."""

    changed = Signal()  # another one was chosen
    entered = Signal()  # Enter in a field

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme = theme
        where = (
            (self.tr("Anywhere"), "anywhere"),
            (self.tr("In annotations"), "coded"),
            (self.tr("Not coded"), "uncoded"),
        )
        self.where = self._choice(self.tr("Where"), where)
        self.code, self.coder = self._choice(self.tr("Code")), self._choice(self.tr("Coder"))
        self.round, self.attribute = self._choice(self.tr("Round")), self._choice(self.tr("Attribute"))
        self.value, self.memo = self._field(self.tr("with this value")), self._field(self.tr("Words in the memo"))
        self.certainty = self._choice(self.tr("Certainty"), self._certainties())
        self.language, self.speaker = self._choice(self.tr("Language")), self._choice(self.tr("Speaker"))
        annotations = (
            self.where,
            self.code,
            self.coder,
            self.round,
            self.certainty,
            self.attribute,
            self.value,
            self.memo,
        )
        self.setLayout(row(Flow(*annotations, self.language, self.speaker, gap=8), margins=(8, 0, 12, 4)))
        self.attribute.activated.connect(self._show_value)
        self.offer(Offer())

    def _certainties(self) -> Choices:
        return (
            (self.tr("Any certainty"), ""),
            (self.tr("Unsure"), "unsure"),
            (self.tr("Fairly sure at most"), "at most fairly"),
            (self.tr("Fairly sure"), "fairly"),
            (self.tr("Fairly sure at least"), "at least fairly"),
            (self.tr("Sure"), "sure"),
        )

    def _choice(self, name: str, choices: Iterable[tuple[str, str]] = ()) -> Choice:
        made = Narrow(self.theme, choices)
        made.setAccessibleName(name)
        made.activated.connect(lambda _: self._choose(made))
        return made

    def _choose(self, choice: Narrow) -> None:
        choice.updateGeometry()
        self.changed.emit()

    def _field(self, hint: str) -> QLineEdit:
        made = QLineEdit()
        made.setPlaceholderText(hint)
        made.setAccessibleName(hint)
        made.setFixedWidth(FIELD)
        made.returnPressed.connect(self.entered)
        return made

    def offer(self, offered: Offer) -> None:
        """Other choices. What was chosen stays chosen if it is still there."""
        choices = (
            (self.code, self.tr("Any code"), offered.codes, 1),
            (self.coder, self.tr("Any coder"), offered.coders, 2),
            (self.round, self.tr("Any round"), offered.rounds, 2),
            (self.attribute, self.tr("Any attribute"), offered.attributes, 1),
            (self.language, self.tr("Any language"), offered.languages, 2),
            (self.speaker, self.tr("Any speaker"), offered.speakers, 1),
        )
        for choice, any_of_them, entries, least in choices:
            chosen = choice.chosen()
            choice.clear()
            for words, value in ((any_of_them, ""), *entries):
                choice.addItem(words, value)
            choice.choose(chosen)
            choice.updateGeometry()
            choice.setVisible(len(entries) >= least)
        self._show_value()

    def _show_value(self) -> None:
        """A value is of an attribute: without one there is nothing to fill in."""
        self.value.setVisible(bool(self.attribute.chosen()))
        self.updateGeometry()

    def put_into(self, query: Query) -> Query:
        """The query with all that is chosen here."""
        least, most = CERTAIN.get(self.certainty.chosen(), (None, None))
        attribute = self.attribute.chosen()
        return replace(
            query,
            where=self.where.chosen(),
            codes=_one(self.code),
            coders=_one(self.coder),
            round=self.round.chosen() or None,
            attributes={attribute: self.value.text().strip()} if attribute else {},
            memo=self.memo.text().strip() or None,
            least=least,
            most=most,
            languages=_one(self.language),
            speakers=_one(self.speaker),
        )


def _one(choice: Choice) -> frozenset[str] | None:
    return frozenset([choice.chosen()]) if choice.chosen() else None
