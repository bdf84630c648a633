"""The head of a comparison: the document, a chip for each coder that says which line of the stave is theirs, and names."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QFrame, QWidget

from annotator.gui.header import Chip
from annotator.gui.icons import icon
from annotator.gui.marks import words
from annotator.gui.mirror import turn_over
from annotator.gui.parts import Flow, column, elided, label, rule, snug
from annotator.gui.theme import Theme, font
from annotator.gui.words import date_words

from .comparison import FEWEST, MOST, Comparison, Person, listed

HIGH, SIGN, LEAST_TITLE, WIDEST = (
    24,
    14,
    220,
    132,
)  # pixels: of a chip, its sign, the title beside chips, the widest chip


class CoderChip(QAbstractButton):
    """One coder: the stave with their line dark, and their number or initials. Checked while they are laid."""

    def __init__(self, person: Person, comparison: Comparison, theme: Theme):
        super().__init__()
        self.person, self.comparison, self.theme = person, comparison, theme
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.refresh()

    def refresh(self) -> None:
        """Says what is so now: name, whether they are laid, whether that can be changed."""
        comparison, person = self.comparison, self.person
        laid = [one.id for one in comparison.laid]
        self.setChecked(person.id in laid)
        self.setText(comparison.short(person.id))
        full = len(laid) >= MOST if not self.isChecked() else len(laid) <= FEWEST
        self.setEnabled(not full)
        name = comparison.name(person.id)
        said = [name]
        if self.isChecked():
            said.append(self.tr("line {number} of the stave").format(number=laid.index(person.id) + 1))
        if person.state == "in progress":
            said.append(self.tr("still coding: what they have not reached looks missed"))
        if person.found_nothing:
            said.append(self.tr("found nothing"))
        self.setAccessibleName(", ".join(said))
        if len(comparison.people) > FEWEST:
            tip = self.tr("Leave out") if self.isChecked() else self.tr("Lay beside the others")
            said.append(self.tr("At least two, at most eight") if full else tip)
        self.setToolTip("\n".join(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        wide = QFontMetrics(font("small")).horizontalAdvance(self.text())
        return QSize(min(WIDEST, 9 + SIGN + 6 + wide + 11), HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        turn_over(painter, self.rect())
        focus = self.hasFocus()
        pen = QPen(theme.accent, 2) if focus else QPen(theme.edge, 1)
        if not self.isChecked() and not focus:
            pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.setBrush(theme.hover_of(theme.canvas) if self.underMouse() and self.isEnabled() else theme.canvas)
        inset = 1 if focus else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 11.5, 11.5)
        self._paint_sign(painter)
        area = QRect(9 + SIGN + 6, 0, self.width() - SIGN - 24, self.height())
        words(painter, area, self.text(), role="small", colour=theme.text if self.isChecked() else theme.muted)
        painter.end()

    def _paint_sign(self, painter: QPainter) -> None:
        laid = [one.id for one in self.comparison.laid]
        count = max(FEWEST, len(laid))
        pitch = min(5.0, (HIGH - 8) / count)
        thick = 2.0 if pitch >= 4 else 1.0
        top = (HIGH - pitch * (count - 1)) / 2 - thick / 2
        painter.setPen(Qt.PenStyle.NoPen)
        for n in range(count):
            own = n < len(laid) and laid[n] == self.person.id
            painter.setBrush(self.theme.text if own else self.theme.edge)
            painter.drawRect(QRectF(9, round(top + n * pitch), SIGN, thick))


class Chips(QWidget):
    """Chips in a line that wraps only when it has to."""

    def __init__(self):
        super().__init__()
        self.flow = Flow(gap=6)
        self.setLayout(self.flow)

    def put(self, chips: list[QWidget]) -> None:
        while item := self.flow.takeAt(0):
            old = item.widget()
            if old and old not in chips:
                old.hide()
                old.deleteLater()
        for chip in chips:
            self.flow.addWidget(chip)
            chip.show()

    def in_one_line(self) -> int:
        """The width that holds all of them side by side."""
        sizes = [item.sizeHint().width() for item in self.flow.items]
        return sum(sizes) + self.flow.gap * max(0, len(sizes) - 1)


class CompareHead(QFrame):
    """Title, date, speaker, source; who is laid; blind or names shown; and who has not done the document."""

    laid_wanted = Signal(list)  # ids of the coders to lay
    names_wanted = Signal(bool)

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme = theme
        self.comparison: Comparison | None = None
        self._may_show_names = True
        self.setProperty("ground", "canvas")
        self.title, self.second = elided("", "title"), elided("", "small", "muted")
        self.words = snug(QWidget())
        self.words.setLayout(column(None, self.title, self.second, None, gap=2))
        self.chips = Chips()
        self.coders: list[CoderChip] = []
        self.names = Chip(self.tr("Names of the coders"))
        self.names.setFixedHeight(HIGH)
        self.names.clicked.connect(self._turn_names)
        self.line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.line.setContentsMargins(32, 10, 16, 10)
        self.line.setSpacing(8)
        self.line.addWidget(self.words, 1)
        self.line.addWidget(self.chips, 0, Qt.AlignmentFlag.AlignVCenter)
        self.said = label("", "small", "muted", wrap=True)
        self.said.setContentsMargins(32, 7, 16, 7)
        self.said_rule = rule()
        self.setLayout(column(self.line, rule(), self.said, self.said_rule, gap=0))
        self.setMinimumHeight(64)
        snug(self)

    def show_comparison(self, comparison: Comparison, *, may_show_names: bool) -> None:
        """Shows another document."""
        self.comparison, self._may_show_names = comparison, may_show_names
        document = comparison.document
        self.title.setText(document.title)
        speaker, date, source = (str(document.details.get(name, "")) for name in ("speaker", "date", "source"))
        self.second.setText("  ·  ".join(filter(None, (date_words(date), speaker, source))) or document.filename)
        self.second.setVisible(bool(self.second.text()))
        self.coders = [CoderChip(person, comparison, self.theme) for person in comparison.people]
        for chip in self.coders:
            chip.clicked.connect(self._turn_coder)
        self.chips.put([*self.coders, self.names])
        self.refresh()

    def refresh(self) -> None:
        """Says who is laid now, and under which names."""
        comparison = self.comparison
        if comparison is None:
            return
        for chip in self.coders:
            chip.refresh()
        shown = comparison.names_shown
        self.names.setText(self.tr("Names shown") if shown else f" {self.tr('Blind')}")
        self.names.setEnabled(self._may_show_names)
        self.names.setToolTip(self._names_tip())
        self.names.setAccessibleName(self.names.text().strip())
        self.names.setAccessibleDescription(self.names.toolTip())
        self._paint_names()
        said = self._who_is_missing(comparison)
        self.said.setText(said)
        for widget in (self.said, self.said_rule):
            widget.setVisible(bool(said))
        self._arrange()

    def _names_tip(self) -> str:
        if not self._may_show_names:
            return self.tr("Coders are numbered anew in each document. Only a supervisor may show their names.")
        shown = self.comparison is not None and self.comparison.names_shown
        return self.tr("Hide the names") if shown else self.tr("Show names. Coders are numbered anew in each document.")

    def _who_is_missing(self, comparison: Comparison) -> str:
        """Missing is not empty: who did not do the document, who is still at it, and who found nothing."""
        said = []
        absent = listed([coder.name for coder in comparison.absent])
        if len(comparison.absent) == 1:
            said.append(self.tr("{name} has not done this document.").format(name=absent))
        elif absent:
            said.append(self.tr("{names} have not done this document.").format(names=absent))
        coding = [person for person in comparison.people if person.state == "in progress"]
        names = comparison.names([person.id for person in coding], short=False)
        if len(coding) == 1:
            said.append(self.tr("{name} is still coding it.").format(name=names))
        elif coding:
            said.append(self.tr("{names} are still coding it.").format(names=names))
        if len(comparison.people) >= FEWEST > len(comparison.laid):
            said.append(self.tr("Press their chips to lay unfinished codings side by side."))
        elif len(comparison.laid) < FEWEST:
            said.append(self.tr("Fewer than two coders have worked on it: there is nothing to lay side by side yet."))
        empty = [person.id for person in comparison.laid if person.found_nothing]
        if empty:
            said.append(self.tr("{names} found nothing here.").format(names=comparison.names(empty, short=False)))
        return " ".join(said)

    def _turn_coder(self) -> None:
        self.laid_wanted.emit([chip.person.id for chip in self.coders if chip.isChecked()])

    def _turn_names(self) -> None:
        if self.comparison is not None:
            self.names_wanted.emit(not self.comparison.names_shown)

    def _paint_names(self) -> None:
        blind = self.comparison is not None and not self.comparison.names_shown
        self.names.setIcon(icon("blind", self.theme.muted, 14) if blind else QIcon())

    def _arrange(self) -> None:
        """Chips stand beside the title where there is room, else below it."""
        inside = self.width() - 48 - self.line.spacing()
        wide = self.chips.in_one_line()
        beside = wide + LEAST_TITLE <= inside
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self.line.setDirection(way)
        self.chips.setFixedWidth(wide if beside else max(60, inside))
        self.chips.setFixedHeight(self.chips.flow.heightForWidth(self.chips.width()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_names()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
