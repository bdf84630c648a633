"""The form of one code in the codebook editor."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QColorDialog, QToolButton, QWidget

from annotator.gui.dialogs.codebook_draft import Draft, Wrong, colour_pairs, ratio_of, wrong_colour
from annotator.gui.dialogs.dialog import Form
from annotator.gui.dialogs.fields import Choice, Tick, Words, button, line
from annotator.gui.marks import swatch
from annotator.gui.parts import box, column, label, row, rule
from annotator.gui.theme import Theme
from annotator.model import Attribute, Code

WORDY = ("definition", "use_when", "not_when", "boundary")


class CodeForm(QWidget):
    """All fields of a code. `edited` carries the code anew at every letter; `moved` the family it shall go to."""

    edited = Signal(object)
    moved = Signal(str, object)  # id, id of the family or None
    retire_wanted = Signal(str)
    delete_wanted = Signal(str)

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme = theme
        self.code: Code | None = None
        self.showing = False
        self._make_fields(theme)
        self._lay_out()
        self._listen()

    def show_code(self, code: Code, draft: Draft) -> None:
        """Shows a code and what may be chosen for it. Emits nothing."""
        self.showing, self.code = True, code
        self.name.setText(code.name)
        self.key.setText(code.key)
        self._show_families(code, draft)
        self.light.set_colour(code.colour[0])
        self.dark.set_colour(code.colour[1])
        for field in WORDY:
            self.words[field].setPlainText(getattr(code, field))
        self.examples.setPlainText("\n".join(code.examples))
        self._show_attributes(code, draft.ordered()[1])
        for field in (self.key, self.colours, self.words["use_when"], self.words["not_when"], self.words["boundary"]):
            self.form.show_line(field, code.codable)
        self.form.show_line(self.examples, code.codable)
        self.form.show_line(self.attributes, code.codable and bool(draft.attributes))
        self.retire.setVisible(code.codable)
        self.retire.setText(self.tr("Use again") if code.retired else self.tr("Retire"))
        why = draft.why_kept(code.id)
        self.delete.setEnabled(not why)
        self.why.setText(why)
        self.showing = False

    def show_wrongs(self, wrongs: Iterable[Wrong]) -> None:
        """Says below the fields what is wrong with them."""
        places: dict[str, QWidget] = {"name": self.name, "key": self.key, "light": self.colours, "dark": self.colours}
        said: dict[QWidget, str] = {}
        for wrong in wrongs:
            said.setdefault(places[wrong.field], wrong.words)
        for field, error in self.form.errors.items():
            error.setText(said.get(field, ""))
            error.setVisible(field in said)

    def focus(self, field: str) -> None:
        """Puts the focus into a field by its name in Wrong."""
        {"key": self.key, "light": self.light.field, "dark": self.dark.field}.get(field, self.name).setFocus()

    def _make_fields(self, theme: Theme) -> None:
        self.name, self.key, self.family = line(), line(), Choice(theme)
        self.key.setFixedWidth(48)
        self.key.setMaxLength(2)
        self.key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.light, self.dark = ColourField(self.tr("On light"), dark=False), ColourField(self.tr("On dark"), dark=True)
        self.pairs = [Pair(pair, theme) for pair in colour_pairs()]
        self.words = {field: Words(lines=3 if field == "definition" else 2) for field in WORDY}
        self.examples = Words(lines=3)
        self.attributes = QWidget()
        self.asked = column(gap=0)
        self.attributes.setLayout(self.asked)
        self.ticks: dict[str, tuple[Tick, Tick]] = {}
        self.retire, self.delete = button(self.tr("Retire"), self._retire), button(self.tr("Delete"), self._delete)
        self.why = label("", "small", "muted", wrap=True)

    def _lay_out(self) -> None:
        self.colours = box(column(row(self.light, self.dark, None, gap=16), row(*self.pairs, None, gap=4), gap=8))
        self.form = Form()
        self.form.add(self.tr("Name"), self.name)
        self.form.add(self.tr("Key"), self.key, beside=_left(self.key))
        self.form.add(self.tr("Family"), self.family)
        self.form.add(self.tr("Colour"), self.colours)
        self.form.add(self.tr("Definition"), self.words["definition"])
        self.form.add(self.tr("Use when"), self.words["use_when"])
        self.form.add(self.tr("Not when"), self.words["not_when"])
        self.form.add(self.tr("Boundary"), self.words["boundary"])
        self.form.add(self.tr("Examples"), self.examples, hint=self.tr("One on each line"))
        self.form.add(self.tr("Attributes"), self.attributes)
        last = row(self.retire, self.delete, self.why, margins=(0, 12, 0, 0))
        last.setStretch(2, 1)
        self.setLayout(column(self.form, rule(), last, None, gap=8, margins=(24, 20, 24, 20)))

    def _listen(self) -> None:
        self.name.textEdited.connect(self._edit)
        self.key.textEdited.connect(self._edit)
        for words in (*self.words.values(), self.examples):
            words.textChanged.connect(self._edit)
        for field in (self.light, self.dark):
            field.changed.connect(self._edit)
        for pair in self.pairs:
            pair.clicked.connect(lambda checked=False, made=pair: self._take(made.pair))
        self.family.activated.connect(lambda place: self.code and self.moved.emit(self.code.id, self.family.chosen()))

    def _show_families(self, code: Code, draft: Draft) -> None:
        self.family.clear()
        self.family.addItem(self.tr("None: at the top"), None)
        for family in draft.families(code.id):
            self.family.addItem(family.name, family.id)
        if code.parent in draft.codes and self.family.findData(code.parent) < 0:
            self.family.addItem(draft.codes[code.parent].name, code.parent)
        self.family.choose(code.parent)

    def _show_attributes(self, code: Code, attributes: Sequence[Attribute]) -> None:
        while item := self.asked.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        self.ticks = {}
        for one in attributes:
            asked = Tick(one.name, self.theme, ticked=one.id in code.attributes)
            required = Tick(self.tr("required"), self.theme, ticked=one.id in code.required)
            required.setAccessibleName(self.tr("{name} is required").format(name=one.name))
            required.setEnabled(asked.isChecked())
            asked.setMinimumWidth(160)
            asked.toggled.connect(required.setEnabled)
            for tick in (asked, required):
                tick.toggled.connect(self._edit)
            self.ticks[one.id] = asked, required
            self.asked.addWidget(box(row(asked, required, None, gap=16)))
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Tab goes from the examples through the attributes, which are made anew with each code, to the buttons."""
        stops = [self.examples, *(tick for pair in self.ticks.values() for tick in pair), self.retire, self.delete]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _edit(self) -> None:
        """Gathers what stands in the fields. Attributes that the code asked for keep their order, new ones come after."""
        if self.showing or self.code is None:
            return
        asked = [id for id, (tick, _) in self.ticks.items() if tick.isChecked()]
        kept = [id for id in self.code.attributes if id in asked]
        ordered = (*kept, *(id for id in asked if id not in kept))
        self.code = replace(
            self.code,
            name=self.name.text().strip(),
            key=self.key.text().strip(),
            colour=(self.light.colour(), self.dark.colour()),
            examples=tuple(words.strip() for words in self.examples.toPlainText().split("\n") if words.strip()),
            attributes=ordered,
            required=tuple(id for id in ordered if self.ticks[id][1].isChecked()),
            **{field: self.words[field].text() for field in WORDY},
        )
        self.edited.emit(self.code)

    def _take(self, pair: tuple[str, str]) -> None:
        self.light.set_colour(pair[0])
        self.dark.set_colour(pair[1])
        self._edit()

    def _retire(self) -> None:
        if self.code:
            self.retire_wanted.emit(self.code.id)

    def _delete(self) -> None:
        if self.code:
            self.delete_wanted.emit(self.code.id)


class ColourField(QWidget):
    """A colour as a swatch on the page it is for, its digits, and its contrast there."""

    changed = Signal()

    def __init__(self, name: str, *, dark: bool):
        super().__init__()
        self.dark_page = dark
        self.choose = Page(dark=dark)
        self.choose.setAccessibleName(self.tr("Choose a colour: {name}").format(name=name))
        self.choose.clicked.connect(self._choose)
        self.field = line()
        self.field.setAccessibleName(name)
        self.field.setFixedWidth(88)
        self.field.textChanged.connect(self._show)
        self.field.textEdited.connect(lambda words: self.changed.emit())
        self.ratio = label("", "small", "muted")
        self.ratio.setMinimumWidth(48)
        self.setLayout(row(self.choose, self.field, self.ratio, gap=8))

    def colour(self) -> str:
        return self.field.text().strip().lower()

    def set_colour(self, colour: str) -> None:
        self.field.setText(colour)

    def _show(self) -> None:
        colour = self.colour()
        self.choose.show_colour(colour)
        valid = QColor.isValidColorName(colour) and len(colour) == 7
        self.ratio.setText(f"{ratio_of(colour, dark=self.dark_page):.1f} : 1" if valid else "")
        self.field.setProperty("wrong", "true" if wrong_colour(colour, dark=self.dark_page) else "false")
        self.field.style().unpolish(self.field)
        self.field.style().polish(self.field)

    def _choose(self) -> None:
        chosen = QColorDialog.getColor(QColor(self.colour()), self, self.choose.accessibleName())
        if chosen.isValid():
            self.set_colour(chosen.name())
            self.changed.emit()


class Page(QToolButton):
    """A piece of the light or the dark page with a swatch on it."""

    def __init__(self, *, dark: bool):
        super().__init__()
        self.page, self.colour = Theme(dark), QColor()
        self.setFixedSize(36, 28)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_colour(self, colour: str) -> None:
        self.colour = QColor(colour)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.page.accent if self.hasFocus() else self.page.edge, 2 if self.hasFocus() else 1))
        painter.setBrush(self.page.canvas)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        swatch(painter, 11, 7, self.colour, 14)
        painter.end()


class Pair(QToolButton):
    """A pair of colours that the program offers, shown in the one for the present theme."""

    def __init__(self, pair: tuple[str, str], theme: Theme):
        super().__init__()
        self.pair, self.theme = pair, theme
        self.setFixedSize(24, 24)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        words = self.tr("Colours {light} and {dark}").format(light=pair[0], dark=pair[1])
        self.setAccessibleName(words)
        self.setToolTip(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(self.theme.accent if self.hasFocus() else self.theme.edge, 1))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 5, 5)
        swatch(painter, 5, 5, self.theme.colour(self.pair), 14)
        painter.end()


def _left(field: QWidget) -> QWidget:
    return box(row(field, None))
