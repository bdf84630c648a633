"""What the dialogs share: a title, a form, a sentence below the field that is wrong, and two buttons.

A dialog is given plain values and hands one back: `decided` carries it when a person has pressed the primary button and
nothing was wrong. It writes nothing anywhere.
"""

from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractButton, QDialog, QGridLayout, QLabel, QLayout, QPushButton, QScrollArea, QWidget

from annotator.gui.parts import box, column, label, row, rule
from annotator.gui.theme import Theme

Problem = tuple[str, QWidget | None]  # what is wrong, in a sentence, and the field it is about
TITLE = 40  # px that a title bar may take
LABELS = 112  # px that the names of fields take


class Form(QGridLayout):
    """Names at the left, fields at the right, and below each field room for one sentence in danger."""

    def __init__(self):
        super().__init__()
        self.errors: dict[QWidget, QLabel] = {}
        self._lines: dict[QWidget, tuple[QWidget | QLayout, ...]] = {}
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(16)
        self.setVerticalSpacing(0)
        self.setColumnMinimumWidth(0, LABELS)
        self.setColumnStretch(1, 1)

    def add(self, name: str, field: QWidget, *, beside: QWidget | QLayout | None = None, hint: str = "") -> QLabel:
        """A line of the form. `beside` stands in the place of the field when it is a part of something wider.
        Returns the label of the hint below it, which may be filled later."""
        about, below = label(name, "small", "muted"), label(hint, "small", "muted", wrap=True)
        about.setBuddy(field)
        about.setFixedHeight(28)
        if not field.accessibleName() and not isinstance(field, QAbstractButton):  # those say themselves what they are
            field.setAccessibleName(name)
        error = label("", "small", "danger", wrap=True)
        error.hide()
        below.setVisible(bool(hint))
        self.errors[field] = error
        line, place = self.rowCount(), beside or field
        self.addWidget(about, line, 0, Qt.AlignmentFlag.AlignTop)
        if isinstance(place, QWidget):
            self.addWidget(place, line, 1)
        else:
            self.addLayout(place, line, 1)
        notes = box(column(below, error, gap=2, margins=(0, 2, 0, 8)))
        self._lines[field] = (about, place, notes)
        self.addWidget(notes, line + 1, 1)
        return below

    def show_line(self, field: QWidget, shown: bool) -> None:
        """Shows or hides the line of a field; its own widget must be the field or a widget around it."""
        for widget in self._lines[field]:
            if isinstance(widget, QWidget):
                widget.setVisible(shown)


class Dialog(QDialog):
    """Title, body, Cancel and one primary button, which Enter presses unless it is on another button. Esc leaves everything
    as it was."""

    SNUG = False  # as high as its words need: for dialogs without a list
    decided = Signal(object)  # `value()`

    def __init__(self, parent: QWidget | None, theme: Theme, title: str, *, accept: str, words: str = ""):
        super().__init__(parent)
        self.theme = theme
        self.setWindowTitle(title)
        self.form = Form()
        self.body = column(gap=12)
        self.error = label("", "small", "danger", wrap=True)
        self.error.hide()
        self.cancel_button, self.primary = QPushButton(self.tr("Cancel")), QPushButton(accept)
        self.primary.setProperty("primary", "true")
        self.primary.setDefault(True)
        self.primary.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.reject)
        self.aside = row()  # left of the buttons
        head = column(label(title, "title"), gap=4, margins=(24, 20, 24, 12))
        if words:
            head.addWidget(label(words, "body", "muted", wrap=True))
        self.middle = column(self.body, self.error, gap=8, margins=(24, 4, 24, 16))
        self.middle.setStretch(0, 1)
        foot = row(self.aside, None, self.cancel_button, self.primary, margins=(24, 12, 24, 12))
        self.whole = column(head, self.middle, rule(), foot, gap=0)
        self.whole.setStretch(1, 1)
        self.scroller: QScrollArea | None = None  # once the screen is too small for the dialog
        self.setLayout(self.whole)

    def showEvent(self, event: QShowEvent) -> None:
        """No larger than the screen: what does not fit scrolls, and the buttons stay in sight."""
        self._fit()
        if self.SNUG and not event.spontaneous():
            self.resize(self.width(), self.whole.totalHeightForWidth(self.width()))
        self.resize(self.size().boundedTo(self._room()))
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        """Lines that come into sight later may need more than there is."""
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible() and self.scroller is None:
            self._fit()
        return super().event(event)

    def _room(self) -> QSize:
        return self.screen().availableGeometry().size() - QSize(0, TITLE)

    def _fit(self) -> None:
        room = self._room()
        if self.minimumSizeHint().height() > room.height():
            self._let_scroll()
        self.setMinimumWidth(min(self.minimumWidth(), room.width()))

    def _let_scroll(self) -> None:
        if self.scroller is None:
            focused = self.focusWidget()
            self.whole.takeAt(1)
            self.middle.setParent(None)
            holder, self.scroller = QWidget(), QScrollArea()
            holder.setLayout(self.middle)
            self.scroller.setWidget(holder)
            self.scroller.setWidgetResizable(True)
            self.scroller.setFrameShape(QScrollArea.Shape.NoFrame)
            self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.whole.insertWidget(1, self.scroller, 1)
            self.whole.activate()
            self.resize(self.size().boundedTo(self._room()))
            if focused:
                self.scroller.show()
                focused.setFocus()  # on its way into the scroller it lost it

    def value(self) -> Any:
        """What was decided."""
        raise NotImplementedError

    def problem(self) -> Problem | None:
        """The first thing that is wrong, if anything is."""
        return None

    def accept(self) -> None:
        problem = self.problem()
        self.show_problem(problem)
        if problem is None:
            super().accept()
            self.decided.emit(self.value())

    def show_problem(self, problem: Problem | None) -> None:
        """Says what is wrong below its field (or at the foot), and puts the focus there."""
        words, field = problem or ("", None)
        for place, error in self.form.errors.items():
            error.setText(words if place is field else "")
            error.setVisible(place is field)
        at_foot = bool(words) and field not in self.form.errors
        self.error.setText(words if at_foot else "")
        self.error.setVisible(at_foot)
        if field is not None:
            field.setFocus()
