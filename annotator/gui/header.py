"""The head of a document: title, who said it when, and at the right the state, the person and the round."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton

from annotator.gui.icons import icon
from annotator.gui.marks import State, state_ring
from annotator.gui.own_keys import KEYS
from annotator.gui.parts import column, elided, row
from annotator.gui.theme import Theme, font
from annotator.gui.words import date_words, initials
from annotator.model import Coder, Document, Round

RING = 14
NARROW = 600  # px under which the signs of the chips have to say it alone


class Chip(QToolButton):
    """A rounded label that can be pressed."""

    def __init__(self, name: str):
        super().__init__()
        self.setProperty("reason", "true")
        self.setFont(font("small"))
        self.setAccessibleName(name)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)


class Header(QFrame):
    """Shows plain values; pressing a chip asks for what it is about."""

    done_wanted = Signal()
    person_wanted = Signal()
    show_wanted = Signal()  # the menu of whose annotations are shown, or of the round

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme = theme
        self._state: State = "to do"
        self._share, self._nothing, self._blind, self._round, self._said = 0.0, False, False, "", ""
        self.setProperty("ground", "canvas")
        self.setFixedHeight(64)
        self.title, self.second = elided("", "title"), elided("", "small", "muted")
        for words in (self.title, self.second):  # neither is to keep the other from the room there is
            words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.state, self.person, self.round = (
            Chip(name) for name in (self.tr("State"), self.tr("Person"), self.tr("Round"))
        )
        self.state.clicked.connect(self.done_wanted)
        self.person.clicked.connect(self.person_wanted)
        self.round.clicked.connect(self.show_wanted)
        words = column(None, self.title, self.second, None, gap=2)
        line = row(words, None, self.state, self.person, self.round, gap=8, margins=(32, 0, 16, 0))
        line.setStretch(0, 100)  # of what is there the words get as much as they need
        self.setLayout(line)

    def show_document(self, document: Document, person: Coder, round: Round) -> None:
        """What is open, who is at it, and in which round."""
        self.title.setText(document.title)
        speaker, date, source = (str(document.details.get(name, "")) for name in ("speaker", "date", "source"))
        self.second.setText("  ·  ".join(filter(None, (date_words(date), speaker, source))) or document.filename)
        self.second.setVisible(bool(self.second.text()))
        self.person.setText(initials(person))
        self.person.setAccessibleDescription(person.name)
        self.person.setToolTip(self.tr("{name}: choose who is working").format(name=person.name))
        self._blind, self._round = round.blind, round.name
        hint = self.tr("You see only your own annotations until a supervisor reveals the round.")
        self.round.setToolTip(hint if round.blind else self.tr("Coders see one another in this round."))
        self._show_signs()

    def show_state(self, state: State, share: float, *, nothing: bool = False) -> None:
        """To do, in progress or done, and how far one has come. `nothing`: one has coded nothing here."""
        self._state, self._share, self._nothing = state, share, nothing
        begun = self.tr("In progress, {percent} %").format(percent=max(1, round(100 * share)))
        words = {"to do": self.tr("To do"), "in progress": begun, "done": self.tr("Done")}
        hint = self.tr("Read, nothing found") if nothing else self.tr("Mark as done")
        hint = KEYS.hint(self.tr("Open it again") if state == "done" else hint, "work.coding.toggle_done")
        if state == "in progress":
            far = self.tr("You have come through {percent} % of the text.").format(percent=round(100 * share))
            hint = f"{far}\n{hint}"
        self._said = self.tr("Done, nothing found") if state == "done" and nothing else words[state]
        self.state.setToolTip(hint)
        self._show_signs()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_signs()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        was = event.oldSize().width()
        if was < 0 or (event.size().width() < NARROW) != (was < NARROW):  # the first time there was no size before
            self._show_signs()

    def _show_signs(self) -> None:
        narrow = self.width() < NARROW
        blind = self.tr("{round}, blind").format(round=self._round) if self._blind else self._round
        self.state.setText("" if narrow else f" {self._said}")
        style = Qt.ToolButtonStyle
        self.state.setToolButtonStyle(style.ToolButtonIconOnly if narrow else style.ToolButtonTextBesideIcon)
        self.state.setAccessibleDescription(self._said)
        self.round.setText(f" {self._round if narrow else blind}" if self._blind else self._round)
        self.round.setAccessibleDescription(blind)
        self.state.setIcon(self._ring())
        self.round.setIcon(icon("blind", self.theme.muted, 14) if self._blind else QIcon())

    def _ring(self) -> QIcon:
        made = QIcon()
        for ratio in (1, 2, 3):
            pixmap = QPixmap(RING * ratio, RING * ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            pixmap.setDevicePixelRatio(ratio)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            state_ring(painter, 0, 0, self._state, self._share, self.theme, RING, nothing=self._nothing)
            painter.end()
            made.addPixmap(pixmap)
        return made
