"""What stands beside kappa and alpha of each code: prevalence, bias, and agreement on either answer."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from annotator.agreement.prevalence import NAMES
from annotator.agreement.words import number
from annotator.gui.parts import column, label

from .cells import Cell, Table, in_order

if TYPE_CHECKING:
    from annotator.agreement.prevalence import Balance

    from .computing import Numbers


WIDTHS = 150, 190, 60, 70, 60, 88, 60, 68, 60, 76, 80, 150


class BesideKappa(QWidget):
    """A row for each code and all coders, and for each pair."""

    def __init__(self):
        super().__init__()
        self.table = Table(self.tr("Prevalence and bias"))
        self.words = label("", "small", "muted", wrap=True)
        whole = column(self.words, self.table, gap=6)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def show_numbers(self, numbers: "Numbers") -> None:
        """Those of the units that were counted; of spans there are none, since no text without a code is counted."""
        found = numbers.result.prevalence
        heads = [self.tr("Code"), self.tr("Coders"), self.tr("Alpha"), *self._heads(), self.tr("Note")]
        cells = [self._cells(one, numbers) for one in found]
        self.table.put(heads, cells, set(range(2, len(heads) - 1)), WIDTHS)
        self.table.setVisible(bool(found))
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
        values = [row.value if row else None, *(getattr(one, name) for name in NAMES)]
        place = sum(1000 + numbers.coders.index(name) for name in one.coders) * (not one.is_mean)
        words = [(one.code, numbers.study.codes.index(one.code)), (who, place)]
        note = self.tr("kappa paradox") if one.is_paradox else ""
        return [*words, *((number(value), in_order(value)) for value in values), (note, note)]

    def _note(self, is_mean: bool) -> str:
        words = self.tr(
            "Prevalence: −1 where no unit has the code, 0 at half, 1 where every unit has it. Bias: how much more often the "
            "first coder gives it. Positive and negative: agreement on giving it, and on not giving it."
        )
        more = self.tr("A mean over pairs takes bias by its size; its alpha is that of all coders together.")
        return f"{words} {more}" if is_mean else words

    def _nothing(self) -> str:
        return self.tr("Spans have no units to count: choose sentence, paragraph, document or character.")
