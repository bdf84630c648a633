"""The annotation under the caret: what it says, what its code asks for, how sure the coder is, and their memo."""

from collections.abc import Sequence
from operator import attrgetter

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLayout, QToolButton, QWidget

from annotator.entities import Registry
from annotator.gui.code_keys import names_of
from annotator.gui.own_keys import KEYS, KeycapOf
from annotator.gui.parts import Segmented, column, elided, label, row
from annotator.gui.theme import Theme
from annotator.model import Annotation, Attribute, Code

from .fields import EntityField, LineField, SegmentsField, sentence_case, spoken
from .form import GAP, NAMES, AttributeLine, CodeField, Line, MemoField, Quote

CERTAINTY = (0.25, 0.6, 0.95)  # unsure, fairly, sure
EDGE, WIDTH, BAR = 16, 312, 10  # px: the margin of the panel, the least width it is made for, its scroll bar


class Inspector(QWidget):
    """Shows one annotation, or that there is none here and what to press. It never takes the focus by itself.

    The signals carry the id of the annotation that was on show when the person wrote: what is still pending is emitted
    before another one is shown, and must not be put on that one.
    """

    recode_wanted = Signal()
    attribute_changed = Signal(str, str, object)  # annotation id, attribute id, typed value; of an entity the name
    certainty_changed = Signal(str, object)  # annotation id, 0 to 1 or None
    memo_changed = Signal(str, str)  # annotation id, memo
    before_wanted = Signal(str, str)  # annotation id, attribute id: to be filled in as in the annotation before
    done = Signal()  # Esc, or Enter in the last field: the focus goes back to the text

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme = theme
        self.annotation: Annotation | None = None
        self._lines: dict[Attribute, AttributeLine] = {}
        self._asked: list[AttributeLine] = []
        self.setProperty("ground", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Annotation"))
        self._build()
        self.show_nothing()

    def _build(self) -> None:
        self.number, self.by = label("", "small", "muted"), elided("", "small", "muted")
        self.next, self.into = KeycapOf("work.coding.next_annotation"), KeycapOf("work.coding.fill_in")
        self.next.setToolTip(self.tr("Next annotation"))
        self.into.setToolTip(self.tr("To its attributes"))
        head = row(label(self.tr("Annotation"), "heading"), self.number, self.next, None, self.by, self.into)
        self.quote = Quote(self.theme)
        self.code = CodeField(self.theme)
        self.code.clicked.connect(self.recode_wanted)
        degrees = (self.tr("Unsure"), self.tr("Fairly"), self.tr("Sure"))
        self.certainty = Segmented(degrees, None, name=self.tr("Certainty"), may_be_none=True)
        self.certainty.changed.connect(self._certainty_by_hand)
        self.memo = MemoField()
        self.memo.committed.connect(self._memo_by_hand)
        self.code_line = Line(self.code, self.tr("Code"))
        self.certainty_line = Line(self.certainty, self.tr("Certainty"))
        self.memo_line = Line(self.memo, self.tr("Memo"))
        self.asked = column(gap=4)
        self.form = _held(column(self.code_line, self.asked, self.certainty_line, self.memo_line, gap=4))
        self.told_lines = column(gap=6)
        self.told = _held(self.told_lines)
        self.nothing = self._build_nothing()
        self.setLayout(
            column(head, self.quote, self.form, self.told, self.nothing, None, gap=8, margins=(EDGE, 12, EDGE, 12))
        )

    def _build_nothing(self) -> QWidget:
        press = row(
            label(self.tr("Press the key of a code, or"), "small", "muted"),
            KeycapOf("work.coding.open_palette"),
            None,
            gap=6,
        )
        self.again_name = elided("", "small", "muted")
        again = row(self.again_name, KeycapOf("work.coding.repeat"), None, gap=6)
        self.press, self.again = _held(press), _held(again)
        self.reason = label("", "small", "muted", wrap=True)
        return _held(column(self.press, self.again, self.reason, gap=8))

    # what is shown --------------------------------------------------------------------------------------------------

    def show_nothing(self, quote: str = "", last_code_name: str = "", *, reason: str = "") -> None:
        """There is no annotation here. `quote` is what is selected; a `reason` why nothing can be coded takes the place
        of the keys."""
        self._leave(None)
        self.number.setText("" if reason else self.tr("none here yet"))
        self.quote.show_text(quote)
        self.again_name.setText(self.tr("Same as before, {name}:").format(name=last_code_name))
        self.reason.setText(reason)
        self.press.setVisible(not reason)
        self.again.setVisible(bool(last_code_name) and not reason)
        self.reason.setVisible(bool(reason))
        self._show_only(self.nothing)

    def show_annotation(
        self,
        annotation: Annotation,
        code: Code,
        *,
        attributes: Sequence[Attribute],
        registry: Registry,
        recent: Sequence[str] = (),
        number: int,
        total: int,
        editable: bool = True,
        coder_name: str = "",
    ) -> None:
        """Shows an annotation, the `number`th of `total` (from 1). `attributes` are all there are: those that the code
        asks for are shown, in its order. `recent` are the entities used last. What a person is typing stays, and so do
        focus and caret."""
        self._leave(annotation)
        self.number.setText(self.tr("{number} of {total}").format(number=number, total=total))
        by_search = self.tr("made by search") if annotation.origin else ""
        self.by.setText(" · ".join(filter(None, (by_search, coder_name))))
        self.quote.show_text(" … ".join(annotation.quotes))
        by_id = {one.id: one for one in attributes}
        asked = [by_id[id] for id in code.attributes if id in by_id]
        if editable:
            self._show_form(code, asked, registry, recent)
        else:
            self._tell(code, asked, registry)
        self._show_only(self.form if editable else self.told)

    def _leave(self, annotation: Annotation | None) -> None:
        """Emits what is pending of the annotation that was on show, if another one takes its place."""
        before = self.annotation
        if before and (annotation is None or annotation.id != before.id):
            self.flush()
            for line in self._asked:
                if isinstance(line.field, LineField):
                    line.field.forget_typing()
        self.annotation = annotation

    def _show_only(self, wanted: QWidget) -> None:
        if wanted is not self.form and self._holds_focus():
            self.done.emit()
        for part in (self.form, self.told, self.nothing):
            part.setVisible(part is wanted)
        for cap, fits in ((self.next, wanted is not self.nothing), (self.into, wanted is self.form)):
            cap.setVisible(fits and bool(cap.text()))
        self.by.setVisible(wanted is self.told)
        self.updateGeometry()

    def _holds_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.form.isAncestorOf(focus)

    def _show_form(self, code: Code, asked: Sequence[Attribute], registry: Registry, recent: Sequence[str]) -> None:
        annotation = self.annotation
        if annotation is None:
            return
        self.code.show_code(code)
        self._arrange(asked)
        for line in self._asked:
            line.ask(required=line.attribute.id in code.required)
            if isinstance(line.field, EntityField):
                line.field.offer_entities(registry, recent)
            line.field.show_value(annotation.attributes.get(line.attribute.id))
        self.certainty.choose(nearest(annotation.certainty))
        self.memo.show_value(annotation.memo)

    def _arrange(self, asked: Sequence[Attribute]) -> None:
        """Puts the lines of these attributes in order; lines are made once for each attribute."""
        if [line.attribute for line in self._asked] == list(asked):
            return
        for line in self._asked:
            line.hide()
            self.asked.removeWidget(line)
        self._asked = [self._line(attribute) for attribute in asked]
        before: QWidget = self.code
        for line in self._asked:
            self.asked.addWidget(line)
            line.show()
            QWidget.setTabOrder(before, line.field)
            before = line.field
        QWidget.setTabOrder(before, self.certainty)
        QWidget.setTabOrder(self.certainty, self.memo)

    def _line(self, attribute: Attribute) -> AttributeLine:
        if attribute not in self._lines:
            made = AttributeLine(attribute, self.theme, WIDTH - BAR - 2 * EDGE)
            field = made.field
            signal = field.picked if isinstance(field, SegmentsField) else field.changed
            signal.connect(lambda value: self._attribute_by_hand(attribute.id, value))
            if isinstance(field, LineField):
                field.returnPressed.connect(self._go_on, Qt.ConnectionType.QueuedConnection)
            for part in (field, *field.findChildren(QToolButton)):
                part.installEventFilter(self)
            self._lines[attribute] = made
        return self._lines[attribute]

    def _tell(self, code: Code, asked: Sequence[Attribute], registry: Registry) -> None:
        """The same as words, for an annotation that is another's."""
        annotation = self.annotation
        if annotation is None:
            return
        while item := self.told_lines.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        degree = nearest(annotation.certainty)
        values = annotation.attributes
        told = [(self.tr("Code"), code.name)]
        told += [(sentence_case(one.name), spoken(one, values[one.id], registry)) for one in asked if one.id in values]
        told += [(self.tr("Certainty"), self.certainty.group.buttons()[degree].text())] if degree is not None else []
        told += [(self.tr("Memo"), annotation.memo)] if annotation.memo else []
        for name, said in told:
            first, second = elided(name, "small", "muted"), label(said, "small", "muted", wrap=True)
            first.setFixedWidth(NAMES)
            line = row(first, second, gap=GAP)
            line.setAlignment(first, Qt.AlignmentFlag.AlignTop)
            self.told_lines.addWidget(_held(line))

    # what a person does ---------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Takes over what was typed and not yet emitted. Call it before the window closes or another document opens."""
        for line in self._asked:
            if isinstance(line.field, LineField):
                line.field.commit()
        self.memo.commit()

    def focus_first(self) -> None:
        """Goes to the first attribute that the code requires and that is missing, else the first that is empty, else the
        first."""
        if self.annotation is None or not self.form.isVisibleTo(self):
            return
        wanted = [*self._required(), *self._empty(), *self._asked, self.certainty_line]
        wanted[0].take_focus()

    def _empty(self) -> list[AttributeLine]:
        return [line for line in self._asked if line.field.is_missing()]

    def _required(self) -> list[AttributeLine]:
        """What has to be filled in still."""
        return [line for line in self._empty() if line.is_required]

    def as_before(self) -> None:
        """Asks for the attribute that has the focus to be filled in as in the annotation before."""
        line = next((line for line in self._asked if line.has_focus()), None)
        if line and self.annotation:
            if isinstance(line.field, LineField):
                line.field.forget_typing()
            self.before_wanted.emit(self.annotation.id, line.attribute.id)

    def _attribute_by_hand(self, attribute_id: str, value: object) -> None:
        if self.annotation:
            self.attribute_changed.emit(self.annotation.id, attribute_id, value)

    def _certainty_by_hand(self, place: int) -> None:
        if self.annotation:
            self.certainty_changed.emit(self.annotation.id, None if place < 0 else CERTAINTY[place])

    def _memo_by_hand(self, words: str) -> None:
        if self.annotation:
            self.memo_changed.emit(self.annotation.id, words)

    def _go_on(self) -> None:
        """From the field that has the focus to the next that is required and empty, before it if there is none behind it;
        then to the next that is empty; when there is none, back to the text."""
        here = next((n for n, line in enumerate(self._asked) if line.has_focus()), None)
        if here is None:
            if self.certainty_line.has_focus():
                self._finish()
            return
        behind = self._asked[here + 1 :]
        required, empty = self._required(), self._empty()
        ways = [line for line in behind if line in required], required, [line for line in behind if line in empty]
        onward = next((lines[0] for lines in ways if lines and lines[0] is not self._asked[here]), None)
        if onward:
            onward.take_focus()
        else:
            self._finish()

    def _finish(self) -> None:
        self.flush()
        self.done.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of actions in a field, before the field takes them."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        found = KEYS.keymap.action(names_of(event), "field")
        if found is None:
            return False
        attrgetter(found[0].run.removeprefix("work.inspector."))(self)()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the fields pass on."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape or (is_enter and event.modifiers() & Qt.KeyboardModifier.ShiftModifier):
            self._finish()
        elif is_enter:
            if not any(isinstance(line.field, LineField) and line.has_focus() for line in self._asked):
                self._go_on()
        else:
            super().keyPressEvent(event)


def nearest(certainty: float | None) -> int | None:
    """The degree that a certainty from 0 to 1 is shown as."""
    if certainty is None:
        return None
    return min(range(len(CERTAINTY)), key=lambda n: abs(CERTAINTY[n] - certainty))


def _held(layout: QLayout) -> QWidget:
    made = QWidget()
    made.setLayout(layout)
    return made
