"""Is it where or what? The unitizing alphas of all codes beside the matrix."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from annotator.gui.parts import column, label
from annotator.gui.theme import Theme

from . import pictures
from .canvas import FigureView
from .figure_words import say

if TYPE_CHECKING:
    from .computing import Numbers

KIN = 3  # alphas of the family


class WhereOrWhat(QWidget):
    def __init__(self, theme: Theme):
        super().__init__()
        self.figure = FigureView(theme)
        self.remark = label("", "small", "muted", wrap=True)
        self.setLayout(column(label(self.tr("Where, or what?"), "heading"), self.figure, self.remark, gap=4))

    def show_numbers(self, numbers: "Numbers") -> None:
        from annotator.agreement.figures import family, reading, spoken

        self.figure.setFixedHeight(family.height_for(KIN))
        self.figure.show_picture(pictures.family(numbers))
        told = reading.family(numbers.family, say=say) if numbers.family else None
        self.remark.setText(spoken.covered(told, say) if told else "")
        self.remark.setVisible(bool(self.remark.text()))
