"""The tables behind the figures: agreement on attributes, and every number with its reason."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from annotator.agreement.prevalence import warning
from annotator.agreement.words import number, within
from annotator.gui.parts import Scroll, Segmented, box, column, label, row, search_field
from annotator.gui.theme import Theme

from .beside_kappa import BesideKappa
from .cells import Cell, Table, ToldTable, in_order
from .figure_words import say
from .saying import in_words, said, title
from .why import concerned, named

if TYPE_CHECKING:
    from annotator.agreement.advice import Advice
    from annotator.agreement.attributes import Agreed
    from annotator.agreement.result import Row

    from .computing import Numbers


def _tr(text: str) -> str:
    return QCoreApplication.translate("agreement", text)


LOW = 76  # of what to be careful about: four lines


class AttributesPage(QWidget):
    """Agreement on attributes, given that coders marked the same words with one code."""

    open_wanted = Signal(str)  # the id of a document

    def __init__(self, theme: Theme):
        super().__init__()
        self.told = ToldTable(self.tr("Attributes"), theme)
        self.told.open_wanted.connect(self.open_wanted)
        self.table = self.told.table
        self.nothing = label(self.tr("The codebook asks for no attributes."), "body", "muted")
        words = self.tr(
            "Places that two coders or more marked with one code. What was not filled in is no value: it counts for the "
            "share that is filled in, and not for alpha."
        )
        whole = column(label(words, "small", "muted", wrap=True), 4, self.nothing, self.told, gap=4)
        whole.setStretch(3, 1)
        self.setLayout(whole)

    def show_numbers(self, numbers: "Numbers") -> None:
        cells = [self._cells(one, numbers) for one in numbers.result.attributes]
        interval = self.tr("95% interval")
        heads = [
            self.tr("Attribute"),
            self.tr("Measured as"),
            self.tr("Places"),
            self.tr("With two values"),
            self.tr("Filled in"),
            self.tr("Percent"),
            interval,
            self.tr("Alpha"),
            interval,
            self.tr("Note"),
        ]
        self.table.put(heads, cells, {2, 3, 4, 5, 6, 7, 8}, (160, 110, 76, 128, 84, 84, 116, 70, 116, 200))
        self.told.setVisible(bool(cells))
        self.nothing.setVisible(not cells)

    def _cells(self, one: "Agreed", numbers: "Numbers") -> list[Cell]:
        levels = {
            "nominal": _tr("nominal"),
            "ordinal": _tr("ordinal"),
            "interval": _tr("interval"),
            "sets": _tr("sets, MASI"),
        }
        which = partial(named, numbers, one.where or range(len(numbers.study.documents)))
        found = [
            Cell(one.name, one.name.casefold()),
            Cell(levels[one.level], levels[one.level]),
            Cell(f"{one.places:,}", one.places),
            Cell(f"{one.units:,}", one.units),
            _share(one.filled),
        ]
        for name, value in (("percent", one.percent), ("alpha", one.alpha)):
            far = one.ends.get(name)
            why = said(far.note if far else one.reason)
            words = number(value) if name == "alpha" else _share(value).words
            found.append(Cell(words, in_order(value), why=why, concerned=which))
            ends = within(far) if far and value is not None else ""
            found.append(Cell(ends, in_order(far.low if far else None), why=why, concerned=which))
        return [*found, Cell(said(one.reason), one.reason, why=said(one.reason), concerned=which)]


class NumbersPage(QWidget):
    """What to be careful about, and every number: of all codes and each, of all coders and each pair."""

    open_wanted = Signal(str)  # the id of a document

    def __init__(self, theme: Theme):
        super().__init__()
        self.advice = label("", "small", wrap=True)
        self.cautions = label("", "small", "muted", wrap=True)
        self.filter = search_field(self.tr("Filter numbers"), theme)
        self.filter.setFixedWidth(280)
        self.counted = label("", "small", "muted")
        self.kinds = Segmented([self.tr("Every number"), self.tr("Prevalence and bias")], name=self.tr("Numbers shown"))
        self.told, self.beside = ToldTable(self.tr("Every number"), theme), BesideKappa(theme)
        self.table = self.told.table
        for part in (self.told, self.beside):
            part.open_wanted.connect(self.open_wanted)
        self.filter.textChanged.connect(self._filter)
        self.kinds.changed.connect(self._turn)
        top = row(self.kinds, self.filter, None, self.counted, gap=8)
        self.careful = Scroll(box(column(self.advice, self.cautions, None, gap=6), ground="canvas"))
        whole = column(self.careful, top, self.told, self.beside, gap=6)
        whole.setStretch(2, 1)
        whole.setStretch(3, 1)
        self.beside.hide()
        self.setLayout(whole)

    def show_numbers(self, numbers: "Numbers") -> None:
        rows = [*numbers.result.rows, *(numbers.family.rows if numbers.family else ())]
        whole = len(numbers.coders)
        cells = [self._cells(one, whole, numbers) for one in dict.fromkeys(rows)]
        heads = [
            self.tr("Code"),
            self.tr("Coders"),
            self.tr("Measure"),
            self.tr("Unit"),
            self.tr("Value"),
            self.tr("Lower"),
            self.tr("Upper"),
            "n",
            self.tr("Documents"),
            self.tr("Note"),
        ]
        self.table.put(heads, cells, {4, 5, 6, 7, 8}, (150, 150, 240, 80, 64, 64, 64, 84, 90, 200))
        self.beside.show_numbers(numbers)
        self._advise(numbers.study.advice, warning(numbers.result.prevalence))
        self._filter(self.filter.text())

    def _cells(self, one: "Row", whole: int, numbers: "Numbers") -> list[Cell]:
        every = len(one.coders) == whole
        who = _tr("all") if every else ", ".join(one.coders)
        code = say("All codes") if one.code is None else one.code
        order = -1 if one.code is None else numbers.study.codes.index(one.code)
        measure = title(one.measure, one.variant)
        which, why = partial(concerned, numbers, one.code, one.coders), said(one.reason)

        def end(value: float | None) -> Cell:
            words = "" if value is None and one.value is not None else number(value)
            return Cell(words, in_order(value), why=why, concerned=which)

        return [
            Cell(code, order),
            Cell(who, (0 if every else len(one.coders)) * 1000 + sum(map(numbers.coders.index, one.coders))),
            Cell(measure, measure),
            Cell(in_words(one.unit), one.unit),
            end(one.value),
            end(one.low),
            end(one.high),
            Cell(f"{one.n:,}", one.n),
            Cell(f"{one.documents:,}", one.documents),
            Cell(why, one.reason, why=why, concerned=which),
        ]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What to be careful about scrolls where it would leave the numbers little room."""
        super().resizeEvent(event)
        self.careful.setMaximumHeight(max(LOW, self.height() // 4))

    def _advise(self, advice: "Advice", paradox: str) -> None:
        warnings = [*([paradox] if paradox else []), *advice.warnings]
        self.advice.setText(" ".join(said(words) for words in advice.why))
        self.cautions.setText("\n".join(f"• {said(words)}" for words in warnings))
        self.cautions.setVisible(bool(warnings))

    def _turn(self, kind: int) -> None:
        self.told.setVisible(kind == 0)
        self.beside.setVisible(kind == 1)
        self._filter(self.filter.text())

    @property
    def in_sight(self) -> Table:
        """The table that is shown."""
        return self.beside.table if self.kinds.chosen() == 1 else self.table

    def _filter(self, typed: str) -> None:
        table, every, some = self.in_sight, self.tr("{total} numbers"), self.tr("{shown} of {total} numbers")
        if self.kinds.chosen() == 1:
            every, some = self.tr("{total} rows"), self.tr("{shown} of {total} rows")
        table.proxy.setFilterFixedString(typed.strip())
        shown, total = table.proxy.rowCount(), table.cells.rowCount()
        words = some if shown < total else every
        self.counted.setText(words.format(shown=f"{shown:,}", total=f"{total:,}"))


def _share(value: float | None) -> Cell:
    return Cell("–" if value is None else f"{100 * value:.0f}%", in_order(value))
