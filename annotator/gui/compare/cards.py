"""The readings of one place: what the question is, what sets them apart, a card for each, and the rule that decides."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from annotator.agreement.comparison import Place
from annotator.gui.panels.fields import sentence_case
from annotator.gui.panels.find_bar import Arrow
from annotator.gui.parts import CodeName, Scroll, box, column, elided, keycap, label, row, rule
from annotator.gui.theme import Theme
from annotator.model import Attribute

from .comparison import Comparison
from .readings import Reading, certainties, differing, ends_of, memos, question, readings, told, values_of

NAMES = 88  # px: of the names of attributes
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Card(QFrame):
    """A reading, whoever holds it: one compares readings, not people."""

    SPOKEN_AS = QAccessible.Role.Button

    pressed = Signal(str)  # a coder who holds it

    def __init__(self, comparison: Comparison, place: Place, reading: Reading, theme: Theme):
        super().__init__()
        self.comparison, self.place, self.reading, self.theme = comparison, place, reading, theme
        self.chosen = False
        self.names: list[CodeName] = []
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.inside = column(gap=6)
        self._fill()
        self.setLayout(self.inside)
        self.choose(False)
        self.setAccessibleName(self._spoken())

    def _fill(self) -> None:
        comparison, place, reading = self.comparison, self.place, self.reading
        caps = row(*(keycap(str(comparison.number(coder))) for coder in reading.coders), gap=4)
        codes = column(gap=4)
        for code in reading.codes:
            self.names.append(CodeName(comparison.codes.get(code), self.theme, ground="raised"))
            codes.addLayout(row(self.names[-1], None))
        if not reading.marks:
            codes.addWidget(label(self.tr("No annotation"), "body", "muted"))
        top = row(codes, caps, gap=8)
        top.setStretch(0, 1)
        top.setAlignment(caps, Qt.AlignmentFlag.AlignTop)
        self.inside.addLayout(top)
        for mark in reading.marks:
            self.inside.addWidget(label(ends_of(comparison, mark), "small", wrap=True))
        for attribute in differing(comparison, place) if reading.marks else []:
            self.inside.addLayout(self._attribute(attribute))
        who = comparison.names(reading.coders, short=False)
        sure = certainties(comparison, reading, place)
        self.inside.addWidget(label(" · ".join(filter(None, (who, sure))), "small", "muted", wrap=True))
        for memo in memos(comparison, reading, place):
            self.inside.addWidget(label(memo, "small", "muted", wrap=True))

    def _attribute(self, attribute: Attribute) -> QVBoxLayout:
        name = elided(sentence_case(attribute.name), "small", "muted")
        name.setFixedWidth(NAMES)
        value = label(values_of(self.comparison, self.reading, self.place, attribute), "small", wrap=True)
        line = row(name, value, gap=8)
        line.setAlignment(name, Qt.AlignmentFlag.AlignTop)
        return column(line, gap=0)

    def choose(self, chosen: bool) -> None:
        """Shows it as the reading whose words are marked, or not."""
        self.chosen = chosen
        self.setProperty("card", "chosen" if chosen else "choice" if self.reading.marks else "empty")
        self.style().unpolish(self)
        self.style().polish(self)
        self._make_room()
        for name in self.names:
            name.ground = "accent_soft" if chosen else "raised"
            name.update()

    def _make_room(self) -> None:
        """Margins that leave the words where they are, whichever border there is."""
        wide = self.chosen or (self.hasFocus() and bool(self.reading.marks))
        self.inside.setContentsMargins(*((11, 9, 9, 9) if wide else (12, 10, 10, 10)))

    def _spoken(self) -> str:
        said = [self.comparison.code_name(code) for code in self.reading.codes] or [self.tr("No annotation")]
        return f"{self.comparison.names(self.reading.coders, short=False)}: {', '.join(said)}"

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._make_room()
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(self.reading.coders[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.pressed.emit(self.reading.coders[0])
        else:
            super().keyPressEvent(event)


class ReadingsPanel(QWidget):
    """The right panel: where one is in the list, the question, the readings, the rules, and the way to the coding."""

    step_wanted = Signal(int)
    reader_wanted = Signal(str)
    open_wanted = Signal()

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme = theme
        self.cards: list[Card] = []
        self.setProperty("ground", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Readings"))
        self.setMinimumWidth(240)
        self.where = elided("", "heading")
        self.before, self.after = (
            Arrow("up", self.tr("Difference before"), theme),
            Arrow("down", self.tr("Next difference"), theme),
        )
        self.before.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.after.clicked.connect(lambda: self.step_wanted.emit(1))
        steps = row(keycap("K"), self.before, self.after, keycap("J"), gap=2)
        head = box(row(self.where, None, steps, gap=8, margins=(16, 0, 16, 0)))
        head.setFixedHeight(48)
        self.content = column(gap=8, margins=(16, 16, 16, 16))
        holder = QWidget()
        holder.setLayout(self.content)
        self.scroller = Scroll(holder)
        self.scroller.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.open_button = QPushButton(self.tr("Open for coding"))
        self.open_button.setAutoDefault(False)
        self.open_button.clicked.connect(self.open_wanted)
        last = row(self.open_button, keycap(self.tr("Enter")), gap=8, margins=(16, 12, 16, 12))
        last.setStretch(0, 1)
        self.foot = box(column(rule(), last, gap=0))
        self.setLayout(column(head, rule(), self.scroller, self.foot, gap=0))

    def show_place(self, comparison: Comparison, place: Place, *, number: int, total: int) -> None:
        """Shows a place, the `number`th of `total` in the list (from 1); 0 when it is not listed."""
        words = self.tr("Match") if place.kind == "match" else self.tr("Difference")
        if number:
            of_what = self.tr("{kind} {number} of {total}")
            words = of_what.format(kind=words, number=number, total=total)
        self.where.setText(words)
        self.before.setEnabled(number != 1)
        self.after.setEnabled(number < total)
        self._clear()
        add = self.content.addWidget
        add(label(question(comparison, place), "title", wrap=True))
        add(label(told(comparison, place), "small", "muted", wrap=True))
        self.content.addSpacing(4)
        self.cards = [Card(comparison, place, reading, self.theme) for reading in readings(place)]
        for card in self.cards:
            card.pressed.connect(self.reader_wanted)
            add(card)
        self.content.addSpacing(4)
        for name, words in self._rules(comparison, place):
            said = column(
                label(name, "small", "muted", wrap=True), label(words, "small", wrap=True), gap=2, margins=(12, 0, 0, 0)
            )
            add(box(said, card="quote"))
        self.content.addStretch(1)
        self.scroller.verticalScrollBar().setValue(0)
        self.foot.show()

    def _rules(self, comparison: Comparison, place: Place) -> list[tuple[str, str]]:
        """What the codebook says on the point at issue."""
        if place.kind == "attribute":
            return [(sentence_case(one.name), one.definition) for one in differing(comparison, place) if one.definition]
        known = [comparison.codes[code] for code in place.codes if code in comparison.codes]
        several = self.tr("Boundary rule of {code}")
        return [
            (several.format(code=code.name) if len(known) > 1 else self.tr("Boundary rule"), code.boundary)
            for code in known
            if code.boundary
        ]

    def show_nothing(self, words: str) -> None:
        """Says why there is no place to show."""
        self.where.setText(self.tr("Differences"))
        self.before.setEnabled(False)
        self.after.setEnabled(False)
        self._clear()
        self.content.addWidget(label(words, "small", "muted", wrap=True))
        self.content.addStretch(1)
        self.foot.hide()

    def choose(self, reader: str | None) -> None:
        """Lights up the card of a coder, or none, and brings it into sight."""
        for card in self.cards:
            chosen = reader is not None and reader in card.reading.coders
            if chosen != card.chosen:
                card.choose(chosen)
            if chosen:
                self.scroller.ensureWidgetVisible(card, 0, 8)

    def _clear(self) -> None:
        self.cards = []
        while item := self.content.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
