"""Which code is taken for which: the confusion of a pair of coders, and what is confused most."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from annotator.gui.dialogs.fields import Choice
from annotator.gui.parts import Scroll, box, column, label, row
from annotator.gui.theme import Theme

from . import pictures
from .canvas import FigureView
from .figure_words import say

if TYPE_CHECKING:
    from .computing import Numbers

ASIDE, MOST = 232, 4  # pixels; confusions told beside the figure
ABOVE, BESIDE, LEAST = 190, 240, 17  # around the cells, and a cell; below that the figure scrolls


class ConfusionPage(QWidget):
    """Rows are one coder's codes, columns the other's. A cell can be chosen."""

    chosen = Signal(object)  # ((first coder, second), (code, code)), no code being -1; None for nothing

    def __init__(self, theme: Theme):
        super().__init__()
        self.numbers: Numbers | None = None
        self.shorts: list[str] = []
        self.cell: tuple[int, int] | None = None
        self.one, self.two = Choice(theme), Choice(theme)
        self.one.setAccessibleName(self.tr("Rows"))
        self.two.setAccessibleName(self.tr("Columns"))
        self.figure = FigureView(theme)
        self.figure.chosen.connect(self._choose)
        choose = row(
            label(self.tr("Rows"), "small", "muted"), self.one, label(self.tr("Columns"), "small", "muted"), self.two
        )
        for field in (self.one, self.two):
            field.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.setMinimumContentsLength(18)
        choose.addStretch(1)
        self.told = [
            (label("", "small_strong", wrap=True), label("", "small", "muted", wrap=True)) for _ in range(MOST)
        ]
        self.aside = Scroll(box(self._aside(), ground="canvas"))
        self.aside.setFixedWidth(ASIDE)
        self.around = QScrollArea()
        self.around.setWidget(self.figure)
        self.around.setWidgetResizable(True)
        self.around.setFrameShape(QFrame.Shape.NoFrame)
        self.around.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = row(self.around, column(self.aside, None), gap=20)
        body.setStretch(0, 1)
        whole = column(choose, 6, body, gap=4)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.one.activated.connect(lambda: self._another(self.one, self.two))
        self.two.activated.connect(lambda: self._another(self.two, self.one))

    def _aside(self):
        key = self.tr(
            "Grey: the same code. Orange: another code for the same words. Blue: one coder coded, the other did not. The "
            "darker, the larger the share of the row. Text that neither coded cannot be counted in places. Codes that are "
            "often confused stand side by side."
        )
        place = self.tr("One place: two annotations that answer each other, or one that the other coder does not have.")
        made = column(label(self.tr("Most frequent"), "heading"), gap=2)
        for head, words in self.told:
            made.addSpacing(4)
            made.addWidget(head)
            made.addWidget(words)
        made.addSpacing(12)
        made.addWidget(label(self.tr("How to read it"), "heading"))
        made.addWidget(label(key, "small", "muted", wrap=True))
        made.addSpacing(4)
        made.addWidget(label(place, "small", "muted", wrap=True))
        made.addStretch(1)
        return made

    @property
    def pair(self) -> tuple[int, int]:
        """The numbers of the coders of rows and columns."""
        return self.one.currentData() or 0, self.two.currentData() if self.two.currentData() is not None else 1

    def show_numbers(self, numbers: "Numbers", shorts: list[str]) -> None:
        before = [self.one.currentText(), self.two.currentText()]
        names = [f"{short}  {name}" for short, name in zip(shorts, numbers.coders, strict=True)]
        if self.numbers is None or self.numbers.coders != numbers.coders:
            for n, combo in enumerate((self.one, self.two)):
                combo.clear()
                for place, name in enumerate(names):
                    combo.addItem(name, place)
                combo.setCurrentIndex(names.index(before[n]) if before[n] in names else n)
            if self.one.currentIndex() == self.two.currentIndex():
                self.two.setCurrentIndex(1 if self.one.currentIndex() == 0 else 0)
            self.cell = None
        self.numbers, self.shorts = numbers, shorts
        self._show()

    def choose_pair(self, pair: tuple[int, int]) -> None:
        """The pair that was chosen in the matrix."""
        if {*pair} != {*self.pair}:
            self.one.choose(pair[0])
            self.two.choose(pair[1])
            self.cell = None
            self._show()

    def free(self) -> None:
        """No cell is chosen any more."""
        if self.cell is not None:
            self.cell = None
            self._show()

    def words_of(self, cell: tuple[int, int]) -> str:
        """A cell as one says it."""
        numbers = self.numbers
        assert numbers is not None
        one, two = (numbers.study.codes[c] if c >= 0 else self.tr("no code") for c in cell)
        first, second = (self.shorts[g] for g in self.pair)
        return self.tr("{first} {one}, {second} {two}").format(first=first, one=one, second=second, two=two)

    def _another(self, changed: Choice, other: Choice) -> None:
        if changed.currentIndex() == other.currentIndex():
            other.setCurrentIndex((changed.currentIndex() + 1) % max(1, changed.count()))
        self.cell = None
        self._show()
        self.chosen.emit(None)

    def _show(self) -> None:
        from annotator.agreement.figures import reading, spoken

        numbers = self.numbers
        if numbers is None or numbers.result.makeup is None:
            return
        last = len(numbers.study.codes)
        chosen = None if self.cell is None else tuple(last if code < 0 else code for code in self.cell)
        self.figure.show_picture(
            pictures.confusion(numbers, self.pair, self.shorts, (chosen[0], chosen[1]) if chosen else None)
        )
        self.figure.setMinimumHeight(ABOVE + LEAST * (last + 1))
        self.figure.setMinimumWidth(BESIDE + LEAST * (last + 1))
        one, two = (numbers.coders[g] for g in self.pair)
        names = self.shorts[self.pair[0]], self.shorts[self.pair[1]]
        told = reading.confusion(numbers.result.makeup, numbers.study.codes, one, two, names=names)
        cells = spoken.frequent(told, MOST)
        for n, (head, words) in enumerate(self.told):
            texts = spoken.confused(told, cells[n], say) if n < len(cells) else ("", "")
            for part, text in zip((head, words), texts, strict=True):
                part.setText(text)
                part.setVisible(bool(text))

    def _choose(self, place: tuple[int, int]) -> None:
        numbers = self.numbers
        assert numbers is not None
        last = len(numbers.study.codes)
        cell = place[0] if place[0] < last else -1, place[1] if place[1] < last else -1
        self.cell = None if cell == self.cell or cell == (-1, -1) else cell
        at = self.figure.at
        self._show()
        self.figure.at = at
        self.chosen.emit((self.pair, self.cell) if self.cell else None)
