"""Agreement over the order of coding: the control chart, each coder against the others, and how to read them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from annotator.gui.parts import column, label
from annotator.gui.theme import Theme

from . import pictures
from .canvas import FigureView

if TYPE_CHECKING:
    from .computing import Numbers

LEAST = 0.8  # of its best height a figure may be pressed to before it scrolls


class OverTimePage(QWidget):
    """A document can be chosen."""

    chosen = Signal(object)  # the number of a document in the study

    def __init__(self, theme: Theme):
        super().__init__()
        self.numbers: Numbers | None = None
        self.figure = FigureView(theme)
        self.figure.chosen.connect(self._choose)
        self.remark = label("", "small", "muted", wrap=True)
        self.around = QScrollArea()
        self.around.setWidget(self.figure)
        self.around.setWidgetResizable(True)
        self.around.setFrameShape(QFrame.Shape.NoFrame)
        self.around.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = column(self.around, self.remark, gap=6)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def show_numbers(self, numbers: "Numbers") -> None:
        self.numbers = numbers
        picture = pictures.over_time(numbers)
        self.figure.show_picture(picture)
        self.figure.setMinimumHeight(round(picture.height * LEAST) if picture else 0)
        self.remark.setText(self._remark(numbers))

    def _remark(self, numbers: "Numbers") -> str:
        from annotator.agreement.control import WINDOW

        found = numbers.drift
        if found is None:
            return self.tr("There is nothing to draw: chance would let these coders differ on nothing.")
        said = []
        if found.base:
            words = self.tr(
                "Limits: where 99.7% of the means of {window} documents fall when drawn at random from documents "
                "{first} – {last}."
            )
            said.append(words.format(window=WINDOW, first=found.base[0] + 1, last=found.base[1] + 1))
        else:
            words = self.tr("No limits are drawn: a round with {window} documents is needed to set them.")
            said.append(words.format(window=WINDOW))
        said.append(self.tr("The line starts anew with each new codebook."))
        said.append(self.tr("Documents stand in the order in which they were begun, round by round."))
        if not found.coders:
            said.append(self.tr("Two coders cannot be set against others: for each coder’s line three are needed."))
        return " ".join(said)

    def _choose(self, place: int) -> None:
        numbers, figure = self.numbers, self.figure
        if numbers is not None and numbers.drift is not None and figure.picture is not None:
            shown = [n for n, value in enumerate(numbers.drift.by_document) if value == value]
            self.chosen.emit(numbers.drift.timeline.order[shown[place]])
