"""What stands beside kappa and alpha of each code: prevalence, bias, and agreement on either answer."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annotator.agreement.prevalence import NAMES
from annotator.agreement.words import DASH, number, within
from annotator.gui.parts import column, label
from annotator.gui.theme import Theme

from .cells import TALL, Cell, ToldTable, in_order
from .saying import said
from .why import concerned

if TYPE_CHECKING:
    from annotator.agreement.prevalence import Balance
    from annotator.agreement.words import HasEnds

    from .computing import Numbers


WIDTHS = 140, 132, *(80,) * 9, 110


class BesideKappa(QWidget):
    """A row for each code and all coders, and for each pair; below each number its interval."""

    open_wanted = Signal(str)  # the id of a document

    def __init__(self, theme: Theme):
        super().__init__()
        self.told = ToldTable(self.tr("Prevalence and bias"), theme, height=TALL)
        self.told.open_wanted.connect(self.open_wanted)
        self.table = self.told.table
        self.words = label("", "small", "muted", wrap=True)
        whole = column(self.words, self.told, gap=6)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def show_numbers(self, numbers: "Numbers") -> None:
        """Those of the units that were counted; of spans there are none, since no text without a code is counted."""
        found = numbers.result.prevalence
        heads = [self.tr("Code"), self.tr("Coders"), self.tr("Alpha"), *self._heads(), self.tr("Note")]
        cells = [self._cells(one, numbers) for one in found]
        self.table.put(heads, cells, set(range(2, len(heads) - 1)), WIDTHS)
        self.told.setVisible(bool(found))
        self.words.setText(self._note(any(one.is_mean for one in found)) if found else self._nothing())

    def _heads(self) -> list[str]:
        heads = {
            "percent": self.tr("Percent"),
            "kappa": self.tr("Kappa"),
            "prevalence": self.tr("Prevalence"),
            "bias": self.tr("Bias"),
            "pabak": self.tr("PABAK"),
            "ac1": self.tr("AC1"),
            "positive": self.tr("Positive"),
            "negative": self.tr("Negative"),
        }
        return [heads[name] for name in NAMES]

    def _cells(self, one: "Balance", numbers: "Numbers") -> list[Cell]:
        who = self.tr("mean over pairs") if one.is_mean else ", ".join(one.coders)
        row = numbers.row(("alpha", "nominal"), one.code, one.coders)
        place = sum(1000 + numbers.coders.index(name) for name in one.coders) * (not one.is_mean)
        words = [Cell(one.code, numbers.study.codes.index(one.code)), Cell(who, place)]
        which = partial(concerned, numbers, one.code, one.coders)
        alpha = _cell(row.value, row, row.reason, which) if row else Cell(number(None), in_order(None))
        values = [_cell(getattr(one, name), one.ends[name], one.ends[name].note, which) for name in NAMES]
        note = self.tr("kappa paradox") if one.is_paradox else ""
        return [*words, alpha, *values, Cell(note, note)]

    def _note(self, is_mean: bool) -> str:
        words = self.tr(
            "Prevalence: −1 where no unit has the code, 0 at half, 1 where every unit has it. Bias: how much more often the "
            "first coder gives it. Positive and negative: agreement on giving it, and on not giving it."
        )
        more = self.tr("A mean over pairs takes bias by its size; its alpha is that of all coders together.")
        return f"{words} {more}" if is_mean else words

    def _nothing(self) -> str:
        return self.tr("Spans have no units to count: choose sentence, paragraph, document or character.")


def _cell(value: float | None, far: "HasEnds", note: str, which) -> Cell:
    """A number above its interval."""
    below = within(far) if value is not None else ""
    return Cell(number(value), in_order(value), "" if below == DASH else below, said(note), which)
