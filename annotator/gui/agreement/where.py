"""Is it where or what? The unitizing alphas of all codes beside the matrix, and why one of them is not there."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annotator.gui.parts import column, label
from annotator.gui.theme import Theme

from . import pictures
from .canvas import FigureView
from .figure_words import say
from .why import Why, of_the_family

if TYPE_CHECKING:
    from annotator.agreement.figures.values import Family

    from .computing import Numbers

VARIANTS = ("u", "bar_u", "cu")  # as the figure has them


class WhereOrWhat(QWidget):
    open_wanted = Signal(str)  # the id of a document

    def __init__(self, theme: Theme):
        super().__init__()
        self.figure = FigureView(theme)
        self.remark = label("", "small", "muted", wrap=True)
        self.whys = [Why(theme) for _ in VARIANTS]
        whole = column(label(self.tr("Where, or what?"), "heading"), self.figure, self.remark, *self.whys, gap=4)
        for why in self.whys:
            why.setContentsMargins(0, 0, 0, 0)
            why.open_wanted.connect(self.open_wanted)
        self.setLayout(whole)

    def show_numbers(self, numbers: "Numbers") -> None:
        from annotator.agreement.figures import family, reading, spoken

        self.figure.setFixedHeight(family.height_for(len(VARIANTS)))
        self.figure.show_picture(pictures.family(numbers))
        told = reading.family(numbers.family, say=say) if numbers.family else None
        self.remark.setText(spoken.covered(told, say) if told else "")
        self.remark.setVisible(bool(self.remark.text()))
        self._tell(numbers, told)

    def _tell(self, numbers: "Numbers", told: "Family | None") -> None:
        """Each reason once, with the symbols that it is about."""
        found: dict[str, list[int]] = {}
        for n, kin in enumerate(told.rows if told else ()):
            if kin.point.reason and kin.point.low is None:
                found.setdefault(kin.point.reason, []).append(n)
        for why in self.whys:
            why.say("", [])
        for why, (reason, places) in zip(self.whys, found.items(), strict=False):
            symbols = ", ".join(told.rows[n].symbol for n in places) if told else ""
            words = self.tr("{symbols}: {why}.").format(symbols=symbols, why=reason)
            why.say(words, of_the_family(numbers, VARIANTS[places[0]]))
