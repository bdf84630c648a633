"""Under the answer: a tab for each question asked after it, and the worst places of what was chosen in any of them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from annotator.gui.parts import column
from annotator.gui.theme import Theme
from annotator.model import Code

from .canvas import FigureView
from .cells import Table
from .confusing import ConfusionPage
from .every import AttributesPage, NumbersPage
from .made_of import MadeOfPage
from .over_time import OverTimePage
from .places import Only, PlacesPanel

if TYPE_CHECKING:
    from .computing import Numbers

CODES, CONFUSION, MADE_OF, TIME, ATTRIBUTES, EVERY = range(6)
LOW = 760  # the height of a window with room for few places


class Tabs(QWidget):
    """The first tab is given; the others are filled when they come into sight."""

    place_wanted = Signal(str, int, int)  # id of a document, and from where to where
    freed = Signal()  # nothing is chosen any more
    open_wanted = Signal(str)  # the id of a document
    menu_wanted = Signal(object, object)  # a figure, and where on the screen

    def __init__(self, theme: Theme, first: QWidget):
        super().__init__()
        self.theme = theme
        self.numbers: Numbers | None = None
        self.shorts: list[str] = []
        self.book: dict[str, Code] = {}
        self.only = Only()
        self._old = set[int]()  # tabs that show earlier numbers
        self._height = LOW
        self.bar, self.stack = QTabBar(), QStackedWidget()
        self.bar.setExpanding(False)
        self.bar.setDrawBase(False)
        self.bar.setAccessibleName(self.tr("Views of the agreement"))
        self.confusion, self.made_of, self.time = ConfusionPage(theme), MadeOfPage(theme), OverTimePage(theme)
        self.attributes, self.every = AttributesPage(theme), NumbersPage(theme)
        names = (
            (self.tr("By code"), first),
            (self.tr("Confusion"), self.confusion),
            (self.tr("Disagreement"), self.made_of),
            (self.tr("Over time"), self.time),
            (self.tr("Attributes"), self.attributes),
            (self.tr("Every number"), self.every),
        )
        for name, page in names:
            self.bar.addTab(name)
            self.stack.addWidget(page)
        self.places = PlacesPanel(theme)
        whole = column(self.bar, 8, self.stack, 8, self.places, gap=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self._listen()

    def _listen(self) -> None:
        self.bar.currentChanged.connect(self._turn)
        self.confusion.chosen.connect(self._choose_cell)
        self.made_of.chosen.connect(self._choose_bar)
        self.time.chosen.connect(lambda document: self.choose(Only(document=document)))
        self.places.open_wanted.connect(self._open)
        self.places.all_wanted.connect(self._show_all)
        self.places.freed.connect(self._free)
        for page in (self.attributes, self.every):
            page.open_wanted.connect(self.open_wanted)
        for figure in (self.confusion.figure, self.made_of.codes, self.made_of.pairs, self.time.figure):
            self.watch(figure)

    def watch(self, figure: FigureView) -> None:
        """A figure of any tab has the same menu."""
        figure.menu_wanted.connect(lambda at: self.menu_wanted.emit(figure.picture, at))

    def show_numbers(self, numbers: "Numbers", shorts: list[str], book: dict[str, Code]) -> None:
        """Other numbers. What was chosen stays chosen where it is still there."""
        before, only = self.numbers, self.only
        if (
            before is None
            or (before.study.codes, before.coders) != (numbers.study.codes, numbers.coders)
            or (only.document is not None and before.study.document_ids != numbers.study.document_ids)
        ):
            self.only = Only()
        self.numbers, self.shorts, self.book = numbers, shorts, book
        self._old = {CONFUSION, MADE_OF, TIME, ATTRIBUTES, EVERY}
        self._fill(self.bar.currentIndex())
        self._show_places()

    def set_stale(self, stale: bool) -> None:
        for figure in (self.confusion.figure, self.made_of.codes, self.made_of.pairs, self.time.figure):
            figure.set_stale(stale)

    def choose(self, only: Only) -> None:
        """The places of this, and of nothing else."""
        self.only = only
        self._show_places()

    def fit(self, height: int) -> None:
        """For a window of this height."""
        self._height = height
        self.places.set_low(height < LOW or self.bar.currentIndex() in (CONFUSION, MADE_OF, TIME))

    def _turn(self, tab: int) -> None:
        self._fill(tab)
        self.stack.setCurrentIndex(tab)
        self.places.setVisible(tab in (CODES, CONFUSION, MADE_OF, TIME))
        self.fit(self._height)
        if self.places.is_whole:
            self._show_all(False)

    def _fill(self, tab: int) -> None:
        numbers = self.numbers
        if numbers is None or tab not in self._old:
            return
        self._old.discard(tab)
        fill: dict[int, Callable[[], None]] = {
            CONFUSION: lambda: self.confusion.show_numbers(numbers, self.shorts),
            MADE_OF: lambda: self.made_of.show_numbers(numbers, self.shorts),
            TIME: lambda: self.time.show_numbers(numbers),
            ATTRIBUTES: lambda: self.attributes.show_numbers(numbers),
            EVERY: lambda: self.every.show_numbers(numbers),
        }
        fill[tab]()

    def _choose_cell(self, found: tuple | None) -> None:
        self.choose(Only(coders=found[0], cell=found[1]) if found else Only())

    def _choose_bar(self, found: tuple | None) -> None:
        kind, which = found or ("", None)
        self.choose(Only(code=which) if kind == "code" else Only(coders=which) if kind == "pair" else Only())

    def _free(self) -> None:
        self.confusion.free()
        self.made_of.free()
        self.choose(Only())
        self.freed.emit()

    @property
    def table(self) -> Table | None:
        """The table of the tab in sight; None where it is not one of ours."""
        return {ATTRIBUTES: self.attributes.table, EVERY: self.every.in_sight}.get(self.bar.currentIndex())

    def _show_all(self, whole: bool) -> None:
        self.places.set_whole(whole)
        self.stack.setVisible(not whole)
        layout = self.layout()
        assert layout is not None
        layout.activate()

    def _show_places(self) -> None:
        from annotator.agreement.worst import concerning

        numbers, only = self.numbers, self.only
        if numbers is not None:
            found = concerning(
                numbers.worst, document=only.document, code=only.code, coders=only.coders, cell=only.cell
            )
            self.places.show_places(numbers, found, self._words(numbers), self.shorts, self.book)

    def _words(self, numbers: "Numbers") -> str:
        """What the places are of."""
        only = self.only
        if only.cell is not None:
            return self.confusion.words_of(only.cell)
        if only.coders is not None:
            one, two = (numbers.coders[g] for g in only.coders)
            return self.tr("{one} and {two}").format(one=one, two=two)
        if only.code is not None:
            return numbers.study.codes[only.code]
        return numbers.study.documents[only.document] if only.document is not None else ""

    def _open(self, row: int) -> None:
        numbers = self.numbers
        assert numbers is not None
        place = self.places.model.found[row]
        self.place_wanted.emit(numbers.study.document_ids[place.document], place.start, place.end)
