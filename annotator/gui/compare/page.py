"""The comparison of coders over one text: differences to walk, the text with its staves, the readings of one place."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from annotator.gui.parts import box, column
from annotator.gui.textview.view import POINTS
from annotator.gui.theme import Theme
from annotator.model import Annotation, Attribute, Code, Coder, Document, Entity
from annotator.text import Span

from .cards import ReadingsPanel
from .comparison import FEWEST, Comparison
from .differences import DifferencesPanel
from .head import CompareHead
from .staves import PLAIN, StaveView

LISTED_FROM = 660  # px of the page that have room for the list of differences
SIDES, SHARES = (256, 320), (0.23, 0.262)  # the panels: at most so wide, and so much of the window


class ComparePage(QWidget):
    """Shows plain values and writes nothing. The text has the focus when a document opens."""

    closed = Signal()
    open_wanted = Signal(str, object)  # document id, Span: code here
    coders_changed = Signal(list)  # ids of the coders that are laid side by side now

    def __init__(self, theme: Theme):
        super().__init__()
        self.setProperty("help", "comparison")
        self.theme = theme
        self.comparison: Comparison | None = None
        self.current: int | None = None  # the number of the place one stands at
        self._by_hand = False  # a person has set the widths of the panels
        self.differences, self.readings = DifferencesPanel(theme), ReadingsPanel(theme)
        self.head, self.text = CompareHead(theme), StaveView(theme)
        self.text.setAccessibleName(self.tr("Text with the codings of all coders"))
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        middle = box(column(self.head, self.text, gap=0), ground="canvas")
        middle.setMinimumWidth(240)
        for part in (self.differences, middle, self.readings):
            self.splitter.addWidget(part)
        self.splitter.setStretchFactor(1, 1)
        self.setLayout(column(self.splitter, gap=0))
        self.setFocusProxy(self.text)
        self._connect()

    def _connect(self) -> None:
        self.splitter.splitterMoved.connect(self._moved_by_hand)
        self.differences.chosen.connect(self.go_to)
        self.differences.listed_changed.connect(self._list_changed)
        self.text.annotation_clicked.connect(lambda place: self.go_to(int(place)))
        self.readings.step_wanted.connect(self.step)
        self.readings.reader_wanted.connect(self.read)
        self.readings.open_wanted.connect(self.open_here)
        self.head.laid_wanted.connect(self.lay)
        self.head.names_wanted.connect(self.show_names)

    def show_document(
        self,
        document: Document,
        text: str,
        *,
        layers: Mapping[str, Sequence[Annotation]],
        coders: Sequence[Coder],
        codes: Mapping[str, Code],
        states: Mapping[str, str],
        attributes: Iterable[Attribute] = (),
        entities: Iterable[Entity] = (),
        shuffle_seed: str,
        blind: bool = True,
        may_show_names: bool = True,
    ) -> None:
        """Lays the coders who have done a document side by side.

        `states` says "done", "in progress" or "to do" of each coder; one who is done and has no annotations in `layers`
        found nothing, one without a state has not done it. `blind` numbers the coders, in an order that follows from
        `shuffle_seed`, until `may_show_names` lets a person show who they are.
        """
        self.comparison = Comparison(
            document,
            text,
            layers=layers,
            coders=coders,
            codes=codes,
            states=states,
            attributes=attributes,
            entities=entities,
            seed=shuffle_seed,
            blind=blind,
        )
        self.current = None
        self.text.show_comparison(self.comparison)
        self.head.show_comparison(self.comparison, may_show_names=may_show_names)
        self.differences.show_comparison(self.comparison)
        self.first()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def laid(self) -> list[str]:
        """The ids of the coders that are laid side by side, in the order of their lines."""
        return [person.id for person in self.comparison.laid] if self.comparison else []

    # where one stands -------------------------------------------------------------------------------------------------

    def go_to(self, place: int | None) -> None:
        """Makes a place the current one, by its number; None is none."""
        comparison = self.comparison
        if comparison is None:
            return
        if place != self.current or self.text.shown != place:
            self.current = place
            self.text.stand_at(place)
        if place is None:
            self.readings.show_nothing(self._why_nothing())
        else:
            where = comparison.places[place]
            self.text.put_caret(where.start)
            self.text.reveal(where.start, where.end)
            self.text.stand_at(place)
            self._show_place()
        self.differences.set_current(place)

    def _show_place(self) -> None:
        if self.comparison is None or self.current is None:
            return
        listed = self.differences.listed()
        number = self.differences.rows.row_of(self.current) + 1
        place = self.comparison.places[self.current]
        self.readings.show_place(self.comparison, place, number=number, total=len(listed))
        self.readings.choose(self.text.reader)

    def step(self, way: int) -> None:
        """To the next (1) or last (-1) place in the list; from one that is not listed, to the nearest that way."""
        listed = self.differences.listed()
        if not listed:
            return
        if self.current is None:
            self.go_to(listed[0 if way > 0 else -1])
            return
        at = bisect_left(listed, self.current)
        is_listed = at < len(listed) and listed[at] == self.current
        to = at + way if is_listed or way < 0 else at
        if 0 <= to < len(listed):
            self.go_to(listed[to])

    def first(self) -> None:
        """To the first place in the list."""
        listed = self.differences.listed()
        self.go_to(listed[0] if listed else None)

    def last(self) -> None:
        """To the last place in the list."""
        listed = self.differences.listed()
        self.go_to(listed[-1] if listed else None)

    def read(self, coder: str) -> None:
        """Marks the words that a coder took at the current place; the same coder once more, those in dispute again."""
        if self.comparison is None or self.current is None or coder not in self.laid():
            return
        self.text.stand_at(self.current, None if self.text.reader == coder else coder)
        marks = self.comparison.places[self.current].parts[coder]
        if marks and self.text.reader:
            self.text.put_caret(marks[0].start)
            self.text.reveal(marks[0].start, marks[-1].end)
        self.readings.choose(self.text.reader)

    def open_here(self) -> None:
        """Asks for the document to be opened for coding at the current place, or at the words that are marked there."""
        if self.comparison is None or self.current is None:
            return
        place = self.comparison.places[self.current]
        marks = place.parts[self.text.reader] if self.text.reader else ()
        span = Span(marks[0].start, marks[-1].end) if marks else Span(place.start, place.end)
        self.open_wanted.emit(self.comparison.document.id, span)

    def _list_changed(self) -> None:
        """Other places are listed: stay where one is, or go to the first when one is nowhere."""
        if self.current is None:
            self.first()
        else:
            self.differences.set_current(self.current)
            self._show_place()

    def _why_nothing(self) -> str:
        comparison = self.comparison
        if comparison is None or len(comparison.laid) < FEWEST:
            return self.tr("Fewer than two coders are laid side by side.")
        if not comparison.places:
            return self.tr("None of these coders coded anything here.")
        if any(place.kind != "match" for place in comparison.places):
            return self.tr("The list is empty. Change the filter to see the differences.")
        return self.tr("No difference: everything matches.")

    # who is laid, and under which name --------------------------------------------------------------------------------

    def lay(self, coders: Sequence[str]) -> None:
        """Lays these coders side by side, if they are at least two, and goes to the difference nearest to the last."""
        comparison = self.comparison
        if comparison is None:
            return
        before = comparison.places[self.current].start if self.current is not None else 0
        comparison.lay(coders)
        self.current = None
        self.text.lay_anew()
        self.head.refresh()
        self.differences.blockSignals(True)
        self.differences.show_comparison(comparison)
        self.differences.blockSignals(False)
        listed = self.differences.listed()
        near = min(listed, key=lambda n: abs(comparison.places[n].start - before), default=None)
        self.go_to(near)
        self.coders_changed.emit(self.laid())

    def show_names(self, shown: bool) -> None:
        """Shows who the coders are, or numbers them again. Their lines stay in their places."""
        if self.comparison is None:
            return
        self.comparison.names_shown = shown
        self.head.refresh()
        self.text.margin.update()
        self.differences.show_comparison(self.comparison)
        self._show_place()

    # keys and sizes ---------------------------------------------------------------------------------------------------

    def next_panel(self) -> None:
        """The focus goes round: text, readings, list."""
        if self.text.hasFocus() and self.readings.cards:
            self.readings.cards[0].setFocus(Qt.FocusReason.TabFocusReason)
        elif self.readings.isAncestorOf(self.focusWidget() or self):
            self.differences.list.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.text.setFocus(Qt.FocusReason.TabFocusReason)

    def event(self, event: QEvent) -> bool:
        """Keys of the window that mean this page as long as it is shown, and not the text behind it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._taken(event):
            event.accept()
            return True
        return super().event(event)

    def _taken(self, event: QKeyEvent) -> Callable[[], None] | None:
        ctrl = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_F6 and event.modifiers() in PLAIN:
            return self.next_panel
        if ctrl and event.key() == Qt.Key.Key_F:
            return self._to_filter
        if event.matches(QKeySequence.StandardKey.ZoomIn) or (ctrl and event.key() == Qt.Key.Key_Equal):
            return lambda: self.text.zoom(self.text.points() + 1)
        if event.matches(QKeySequence.StandardKey.ZoomOut):
            return lambda: self.text.zoom(self.text.points() - 1)
        return (lambda: self.text.zoom(POINTS)) if ctrl and event.key() == Qt.Key.Key_0 else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that the part with the focus has no use for."""
        key = Qt.Key(event.key())
        acts = {
            Qt.Key.Key_J: lambda: self.step(1),
            Qt.Key.Key_K: lambda: self.step(-1),
            Qt.Key.Key_Home: self.first,
            Qt.Key.Key_End: self.last,
            Qt.Key.Key_F: self._to_filter,
            Qt.Key.Key_Return: self.open_here,
            Qt.Key.Key_Enter: self.open_here,
            Qt.Key.Key_Escape: self._leave,
        }
        if taken := self._taken(event):
            taken()
        elif event.modifiers() not in PLAIN:
            super().keyPressEvent(event)
        elif key in acts:
            acts[key]()
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self._read_number(key - Qt.Key.Key_0)
        else:
            super().keyPressEvent(event)

    def _read_number(self, number: int) -> None:
        people = self.comparison.laid if self.comparison else []
        coder = next((person.id for person in people if person.number == number), None)
        if coder:
            self.read(coder)

    def _to_filter(self) -> None:
        self.differences.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.differences.filter.selectAll()

    def _leave(self) -> None:
        """From a panel back to the text; from the text out."""
        if self.text.hasFocus():
            self.closed.emit()
        else:
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _moved_by_hand(self) -> None:
        self._by_hand = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.differences.setVisible(self.width() >= LISTED_FROM)  # J and K walk them all the same
        if not self._by_hand:
            left, right = (min(most, round(self.width() * share)) for most, share in zip(SIDES, SHARES, strict=True))
            self.splitter.setSizes([left, self.width() - left - right - 2, right])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.text.set_theme(self.theme)
