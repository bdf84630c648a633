"""Finding over the project, in the drawer: what to look for, and every hit with the words around it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from annotator.finding import Query
from annotator.gui.parts import Flow, Segmented, box, column, elided, row, search_field
from annotator.gui.theme import Theme, font

from .find_conditions import Conditions, Offer
from .find_results import ORDERS, ROW, HitList, HitRow, Order

ROOMY = 168  # px from which the field, the order and two hits are all in sight


class FindPage(QWidget):
    """The field, options, conditions, and the list."""

    asked = Signal(object)  # Query; the words were changed and Enter was pressed, or an option was
    hit_wanted = Signal(object)  # Hit: its place wants to be shown
    code_wanted = Signal()  # look at each hit and code it
    done = Signal()

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme, self._is_looking, self._gives_way = theme, False, False
        self._asked, self._said = "", ""  # the words that the hits belong to, and what was said of them
        self.list, self.conditions = HitList(theme), Conditions(theme)
        self.conditions.hide()
        self._build_query()
        self.count = elided("", "small", "muted")
        self.order = Segmented(
            (self.tr("Place"), self.tr("Before"), self.tr("Hit"), self.tr("After")), 0, name=self.tr("Sort by")
        )
        self.order.setMinimumWidth(200)
        self.order.setMaximumWidth(240)
        self.order.changed.connect(lambda place: self.sort(ORDERS[place]))
        self.code_button = QPushButton(self.tr("Code these …"))
        self.code_button.clicked.connect(self.code_wanted)
        told = row(self.count, None, self.order, self.code_button, gap=8, margins=(16, 4, 12, 4))
        told.setStretch(2, 100)  # as wide as it may be, before anything else is
        self.list.setMinimumHeight(48)  # the fields above it are whole first
        self.setLayout(column(self.query_line, self.conditions, told, self.list, gap=0))
        self.list.entered_hit.connect(self._enter)
        self.list.left.connect(self.done)
        self.conditions.changed.connect(self._ask_again)
        self.conditions.entered.connect(self._ask)
        self.setFocusProxy(self.field)
        self.say("")

    def _build_query(self) -> None:
        self.field = search_field(self.tr("Find in all documents"), self.theme)
        self.field.returnPressed.connect(self._ask)
        self.field.textChanged.connect(self._say_how_to_go_on)
        self.field.setMinimumWidth(160)
        self.case = self._option(self.tr("Match case"))
        self.whole = self._option(self.tr("Whole words"))
        self.pattern = self._option(self.tr("Pattern"))
        self.pattern.setToolTip(self.tr("A regular expression"))
        self.more = self._option(self.tr("Conditions"))
        self.more.setToolTip(self.tr("Code, coder, round, certainty, attribute, memo; language and speaker"))
        for option in (self.case, self.whole, self.pattern):
            option.toggled.connect(self._ask_again)
        self.more.toggled.connect(self._show_conditions)
        line = row(self.field, Flow(self.case, self.whole, self.pattern, self.more), gap=8, margins=(8, 8, 12, 4))
        line.setStretch(0, 2)
        line.setStretch(1, 3)
        self.query_line = box(line)

    def _option(self, words: str) -> QToolButton:
        made = QToolButton()
        made.setText(words)
        made.setFont(font("small"))
        made.setCheckable(True)
        made.setProperty("reason", "true")
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return made

    def offer(self, offered: Offer) -> None:
        """What there is to choose from in the conditions."""
        self.conditions.offer(offered)
        self._fit()

    def query(self) -> Query:
        """What is asked for, as it stands in the fields."""
        plain = Query(self.field.text(), self.pattern.isChecked(), self.whole.isChecked(), self.case.isChecked())
        return self.conditions.put_into(plain) if self.more.isChecked() else plain

    def ask_for(self, words: str) -> None:
        """Looks for these words, as if they had been typed."""
        self.field.setText(words)
        self._ask()

    # Hits -------------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """A new search, for what is in the fields now: nothing is there yet."""
        self._asked = self.field.text()
        self._is_looking = True
        self.list.hits.clear()
        self.say(self.tr("Looking …"))

    def add(self, rows: Sequence[HitRow]) -> None:
        """More hits; the first one becomes current."""
        self.list.hits.add(rows)
        if rows and not self.list.currentIndex().isValid():
            self.list.go_to_line(0)

    def finish(self, words: str) -> None:
        """The search is over: what it found is sorted as wanted."""
        self._is_looking = False
        if self.list.hits.order != "place":
            self.sort(self.list.hits.order)
        self.say(words)

    def say(self, words: str) -> None:
        """How many hits there are, or why there are none."""
        self._said = words
        self.count.setText(words)
        self.code_button.setEnabled(bool(self.list.hits.rows))

    def sort(self, order: Order) -> None:
        """Another order; one stays at the hit that one was at."""
        current = self.current()
        self.list.hits.sort_by(order)
        if current is not None:
            self.list.go_to_line(self.list.hits.line_of(current))

    def current(self) -> HitRow | None:
        """The hit one stands at."""
        return self.list.currentIndex().data(ROW)

    def step(self, way: int) -> None:
        """To the hit after (1) or before (-1) the current one, round the end, and to its place."""
        count = len(self.list.hits.rows)
        if count:
            self.list.go_to_line((self.list.currentIndex().row() + way) % count)
            self._enter()

    def _enter(self) -> None:
        if one := self.current():
            self.hit_wanted.emit(one.hit)

    # Asking -----------------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self.asked.emit(self.query())

    def _say_how_to_go_on(self, words: str) -> None:
        """The hits belong to other words than those that are being typed."""
        waits = words and words != self._asked
        self.count.setText(self.tr("Enter looks for “{words}”.").format(words=words) if waits else self._said)

    def _ask_again(self) -> None:
        """An option was changed: what is in the fields is looked for anew."""
        query = self.query()
        if query.words or query.of_annotations:
            self.asked.emit(query)

    def _show_conditions(self, shown: bool) -> None:
        self.conditions.setVisible(shown)
        self._fit()
        self._ask_again()

    def _fit(self) -> None:
        """What wraps takes the lines it needs; the list has the rest."""
        for part in (self.query_line, self.conditions):
            if layout := part.layout():
                part.setFixedHeight(layout.heightForWidth(self.width()))
        self.query_line.setVisible(not self._gives_way or self.height() >= ROOMY)

    def give_way(self, gives_way: bool) -> None:
        """While one looks at the hits one by one, what was asked for is the first to go where there is little room."""
        self._gives_way = gives_way
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """A field of the conditions came or went."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the fields pass on: Esc, and Down into the hits."""
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit()
        elif event.key() == Qt.Key.Key_Down and (self._is_looking or self.list.hits.rows):
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)
