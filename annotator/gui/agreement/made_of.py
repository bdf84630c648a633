"""What the disagreement is made of: missed, boundary, label, attribute, code by code and pair by pair."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from annotator.gui.parts import box, column, elided, label, row
from annotator.gui.theme import Theme

from . import pictures
from .canvas import FigureView

if TYPE_CHECKING:
    from .computing import Numbers

LEAST = 0.8  # of its best height a figure may be pressed to before it scrolls


class MadeOfPage(QWidget):
    """A code chosen at the left is set pair by pair at the right, and a pair chosen there code by code."""

    chosen = Signal(object)  # ("code" or "pair", its number or numbers); None: nothing any more

    def __init__(self, theme: Theme):
        super().__init__()
        self.numbers: Numbers | None = None
        self.shorts: list[str] = []
        self.code: int | None = None
        self.pair: tuple[int, int] | None = None
        self.codes, self.pairs = FigureView(theme), FigureView(theme)
        self.codes.chosen.connect(self._choose_code)
        self.pairs.chosen.connect(self._choose_pair)
        self.of_codes, self.of_pairs = elided("", "heading"), elided("", "heading")
        words = self.tr(
            "Each annotation is set once against each other coder of its document, and the first that applies counts: missed, "
            "label (another code), boundary, attribute. The rest agrees in full. A click on a code shows its pairs, one on a "
            "pair its codes."
        )
        parts = [column(head, _around(figure), gap=4) for head, figure in self._sides()]
        for part in parts:
            part.setStretch(1, 1)
        body = row(*map(box, parts), gap=28)
        body.setStretch(0, 1)
        body.setStretch(1, 1)
        whole = column(label(words, "small", "muted", wrap=True), 6, body, gap=4)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def _sides(self):
        return (self.of_codes, self.codes), (self.of_pairs, self.pairs)

    def show_numbers(self, numbers: "Numbers", shorts: list[str]) -> None:
        before = self.numbers
        if before is None or (before.study.codes, before.coders) != (numbers.study.codes, numbers.coders):
            self.code = self.pair = None
        self.numbers, self.shorts = numbers, shorts
        self._show()

    def free(self) -> None:
        """Nothing is chosen any more."""
        self.code = self.pair = None
        self._show()

    def _show(self) -> None:
        numbers = self.numbers
        if numbers is None:
            return
        code = None if self.code is None else numbers.study.codes[self.code]
        shown = pictures.makeup_of_codes(numbers, self.pair), pictures.makeup(numbers, self.shorts, code)
        for figure, picture in zip((self.codes, self.pairs), shown, strict=True):
            figure.show_picture(picture)
            figure.setMinimumHeight(round(picture.height * LEAST) if picture else 0)
            figure.setMaximumHeight(picture.height if picture else 0)
        one, two = (self.shorts[g] for g in self.pair) if self.pair else ("", "")
        between = self.tr("By code, {one} and {two}").format(one=one, two=two)
        self.of_codes.setText(between if self.pair else self.tr("By code, all pairs"))
        self.of_pairs.setText(self.tr("By pair, {code}").format(code=code) if code else self.tr("By pair, all codes"))

    def _choose_code(self, place: int) -> None:
        numbers, figure = self.numbers, self.codes
        assert numbers is not None
        found = pictures.codes_with_comparisons(numbers, self.pair)
        code = numbers.study.codes.index(found[place - 1]) if place else None
        self.code = None if code == self.code else code
        self._show()
        figure.at = place
        self.chosen.emit(("code", self.code) if self.code is not None else None)

    def _choose_pair(self, place: int) -> None:
        numbers, figure = self.numbers, self.pairs
        assert numbers is not None
        code = None if self.code is None else numbers.study.codes[self.code]
        pair = pictures.pairs_by_share(numbers, code)[place]
        self.pair = None if pair == self.pair else pair
        self._show()
        figure.at = place
        self.chosen.emit(("pair", self.pair) if self.pair is not None else None)


def _around(figure: FigureView) -> QScrollArea:
    made = QScrollArea()
    made.setWidget(figure)
    made.setWidgetResizable(True)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setAlignment(Qt.AlignmentFlag.AlignTop)
    return made
