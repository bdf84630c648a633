"""The form of one attribute in the codebook editor."""

from collections.abc import Iterable
from dataclasses import replace
from typing import get_args

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annotator.gui.dialogs.codebook_draft import CHOOSING, Draft, Wrong, choices_meant, choices_said
from annotator.gui.dialogs.dialog import Form
from annotator.gui.dialogs.fields import Choice, Words, button, line
from annotator.gui.parts import column, label, row, rule
from annotator.gui.theme import Theme
from annotator.model import Attribute, AttributeType


class AttributeForm(QWidget):
    """All fields of an attribute. `edited` carries it anew at every letter."""

    edited = Signal(object)
    step_wanted = Signal(str, int)  # id, -1 up or 1 down
    delete_wanted = Signal(str)

    def __init__(self, theme: Theme):
        super().__init__()
        self.attribute: Attribute | None = None
        self.showing = False
        names = {
            "text": self.tr("Text"),
            "number": self.tr("Number"),
            "scale": self.tr("Scale: one of ordered steps"),
            "one of": self.tr("One of a list"),
            "several of": self.tr("Several of a list"),
            "entity": self.tr("Entity: an actor, place or body"),
        }
        self.name, self.type = line(), Choice(theme, [(names[one], one) for one in get_args(AttributeType)])
        self.choices, self.definition = Words(lines=7), Words(lines=3)
        self.up = button(self.tr("Move up"), lambda: self._step(-1))
        self.down = button(self.tr("Move down"), lambda: self._step(1))
        self.delete = button(self.tr("Delete"), self._delete)
        self.why = label("", "small", "muted", wrap=True)
        self.form = Form()
        self.form.add(self.tr("Name"), self.name)
        self.form.add(self.tr("Kind"), self.type)
        self.hint = self.form.add(self.tr("Choices"), self.choices)
        self.form.add(self.tr("Definition"), self.definition)
        last = row(self.up, self.down, self.delete, self.why, margins=(0, 12, 0, 0))
        last.setStretch(3, 1)
        self.setLayout(column(self.form, rule(), last, None, gap=8, margins=(24, 20, 24, 20)))
        self.name.textEdited.connect(self._edit)
        self.type.activated.connect(self._edit)
        for words in (self.choices, self.definition):
            words.textChanged.connect(self._edit)

    def show_attribute(self, attribute: Attribute, draft: Draft) -> None:
        """Shows an attribute. Emits nothing."""
        self.showing, self.attribute = True, attribute
        self.name.setText(attribute.name)
        self.type.choose(attribute.type)
        self.choices.setPlainText(choices_said(attribute))
        self.definition.setPlainText(attribute.definition)
        why = draft.why_kept(attribute.id)
        self.delete.setEnabled(not why)
        self.why.setText(why)
        self._show_choices()
        self.showing = False

    def show_wrongs(self, wrongs: Iterable[Wrong]) -> None:
        """Says below the fields what is wrong with them."""
        said: dict[QWidget, str] = {}
        for wrong in wrongs:
            said.setdefault(self.choices if wrong.field == "choices" else self.name, wrong.words)
        for field, error in self.form.errors.items():
            error.setText(said.get(field, ""))
            error.setVisible(field in said)

    def focus(self, field: str) -> None:
        (self.choices if field == "choices" else self.name).setFocus()

    def _edit(self) -> None:
        if self.showing or self.attribute is None:
            return
        choices, labels = choices_meant(self.choices.toPlainText()) if self.type.chosen() in CHOOSING else ((), ())
        self.attribute = replace(
            self.attribute,
            name=self.name.text().strip(),
            type=self.type.chosen(),
            choices=choices,
            labels=labels,
            definition=self.definition.text(),
        )
        self._show_choices()
        self.edited.emit(self.attribute)

    def _show_choices(self) -> None:
        kind = self.type.chosen()
        self.form.show_line(self.choices, kind in CHOOSING)
        words = self.tr("One on each line. Words shown instead stand after an equals sign: un = United Nations")
        if kind == "scale":
            words = self.tr("One step on each line, from low to high, with the words shown for it: -1 = cool")
        self.hint.setText(words)
        self.hint.setVisible(kind in CHOOSING)

    def _step(self, by: int) -> None:
        if self.attribute:
            self.step_wanted.emit(self.attribute.id, by)

    def _delete(self) -> None:
        if self.attribute:
            self.delete_wanted.emit(self.attribute.id)
