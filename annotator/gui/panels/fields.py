"""One editor for each type of attribute. Each shows a value, tells when a person changed it, and leaves typing alone.

They share: `changed` (the typed value, None for none), `show_value`, `is_missing`, and `error`, a sentence or "".
"""

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from annotator.entities import WHOLE, Registry
from annotator.gui.icons import paint_icon
from annotator.gui.mirror import beginning, to_side, turn_over, turned, upright
from annotator.gui.parts import Flow, Segmented
from annotator.gui.theme import FontRole, Theme, font
from annotator.model import Attribute

from .suggestions import Suggestion, Suggestions


def sentence_case(name: str) -> str:
    """The name with a large first letter, as it stands in front of a field."""
    return name[:1].upper() + name[1:]


def words_of(attribute: Attribute) -> tuple[str, ...]:
    """The words shown for the choices of an attribute."""
    given = attribute.labels if len(attribute.labels) == len(attribute.choices) else attribute.choices
    return tuple(map(sentence_case, given))


def role_that_fits(choices: Sequence[str], room: int) -> FontRole | None:
    """The type in which all choices lie open as segments in so many pixels, or None when they are too many."""
    roles: tuple[FontRole, ...] = ("small", "tiny")
    for role in roles:
        metrics = QFontMetrics(font(role))
        if 4 + sum(metrics.horizontalAdvance(word) + 6 for word in choices) <= room:
            return role
    return None


class LineField(QLineEdit):
    """Words on one line. What was typed counts when Enter is pressed or the focus leaves."""

    changed = Signal(object)
    rejected = Signal(str)  # what was typed is no value; "" takes the sentence back

    def __init__(self, name: str, read: Callable[[str], object], *, wrong: str = ""):
        super().__init__()
        self.read, self.wrong = read, wrong
        self.error = ""
        self._value: object = None
        self._shown = ""
        self.setAccessibleName(name)
        self.setFont(font())
        self.setFixedHeight(28)
        self.editingFinished.connect(self.commit)
        self.textEdited.connect(lambda: self._complain(""))

    def show_value(self, value: object) -> None:
        """Shows a value, unless a person is typing here another one."""
        is_typing = self.hasFocus() and self.text() != self._shown
        self._value, words = value, self.words_for(value)
        self._shown = words
        if not is_typing and words != self.text():
            self.setText(words)
            self.setCursorPosition(0 if not self.hasFocus() else len(words))
            self._complain("")

    def ask(self, *, required: bool) -> None:
        """Says in the empty field that it has to be filled in."""
        self.setPlaceholderText(self.tr("required") if required else "")

    def words_for(self, value: object) -> str:
        return "" if value is None else str(value)

    def is_missing(self) -> bool:
        return not self.text().strip()

    def commit(self) -> None:
        """Takes what was typed, if it is a value and another than before."""
        words = self.text().strip()
        try:
            value = self.read(words) if words else None
        except ValueError:
            self._complain(self.wrong.format(typed=words))
            return
        self._complain("")
        if value != self._value:
            self._value, self._shown = value, self.words_for(value)
            self.setText(self._shown)
            self.changed.emit(value)

    def forget_typing(self) -> None:
        """Shows the value that stands, whatever was typed."""
        self.setText(self._shown)
        self._complain("")

    def _complain(self, sentence: str) -> None:
        if sentence == self.error:
            return
        self.error = sentence
        self.setProperty("wrong", "true" if sentence else "false")
        self.style().unpolish(self)
        self.style().polish(self)
        self.rejected.emit(sentence)


def number_from(words: str) -> int | float:
    """A number with a point or a comma. Raises ValueError."""
    value = float(words.replace(",", ".").replace("−", "-"))
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError(words)
    return int(value) if value.is_integer() else value


class NameField(LineField):
    """A name that completes: of an entity, where new ones may be typed, or one of many choices, where not. While the list
    is open its current line is what counts; Esc closes it, and then what was typed does."""

    def __init__(self, name: str, theme: Theme, read: Callable[[str], object], *, wrong: str = "", is_open: bool):
        super().__init__(name, read, wrong=wrong)
        self.theme, self.is_open = theme, is_open
        self._list: Suggestions | None = None
        self.textEdited.connect(self._suggest)
        self.setTextMargins(*beginning(0, 30 if is_open else 18))

    @property
    def completions(self) -> Suggestions:
        """The list of completions: made when it is first needed, as the window is not known before."""
        if self._list is None:
            self._list = Suggestions(self)
            self._list.taken.connect(self._take)
        return self._list

    def suggestions(self, typed: str) -> list[Suggestion]:
        """What completes the typed words, best first; all there is when nothing was typed."""
        raise NotImplementedError

    def is_new(self) -> bool:
        """Whether what stands here is a name that nobody used yet."""
        return False

    def show_all(self) -> None:
        """Opens the list of all names."""
        self.completions.open(self.suggestions(""))

    def commit(self) -> None:
        if self._list and (name := self._list.current()):
            self._list.hide()
            self.setText(name)
        super().commit()

    def forget_typing(self) -> None:
        if self._list:
            self._list.hide()
        super().forget_typing()

    def _suggest(self, typed: str) -> None:
        self.completions.open(self.suggestions(typed) if typed.strip() else [])

    def _take(self, name: str) -> None:
        self.completions.hide()
        self.setText(name)
        self.commit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._list:
            self._list.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        way = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0) if is_plain else 0
        if self.completions.isVisible() and way:
            self.completions.step(way)
        elif way > 0:
            self.show_all()
        elif self.completions.isVisible() and event.key() == Qt.Key.Key_Escape:
            self.completions.hide()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.is_open and turned(self, event.position().toPoint()).x() > self.width() - 24:
            self.show_all()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        turn_over(painter, self.rect())
        if not self.is_open:
            paint_icon(painter, "down", QRectF(self.width() - 22, 7, 14, 14), self.theme.muted)
        elif self.is_new():
            painter.setFont(font("tiny"))
            painter.setPen(self.theme.muted)
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            area = self.rect().adjusted(0, 0, -8, 0)
            side = to_side(painter, right)
            with upright(painter, area):
                painter.drawText(area, side, self.tr("new"))
        painter.end()


class EntityField(NameField):
    """An entity by name or alias. Its value is the name; a new name is taken as it is typed."""

    def __init__(self, attribute: Attribute, theme: Theme):
        super().__init__(attribute.name, theme, self._canonical, is_open=True)
        self._registry = Registry(())
        self._recent: Sequence[str] = ()

    def offer_entities(self, registry: Registry, recent: Sequence[str] = ()) -> None:
        """The entities to complete from; `recent` are the ids of those used last, the newest first."""
        self._registry, self._recent = registry, recent
        self.update()

    def suggestions(self, typed: str) -> list[Suggestion]:
        """A new name goes before what is not begun by it: who has typed a whole name means that one and no longer one."""
        found = self._registry.matches(typed, self._recent)
        rows = [Suggestion(_aliased(one.by, one.entity.name), one.entity.name) for one in found]
        if typed.strip() and self._registry.find(typed) is None:
            name = " ".join(typed.split())
            made = Suggestion(self.tr("Make “{name}” a new entity").format(name=name), name)
            rows.insert(sum(one.rank < WHOLE for one in found), made)
        return rows

    def is_new(self) -> bool:
        return bool(self.text().strip()) and self._registry.find(self.text()) is None

    def words_for(self, value: object) -> str:
        """The name of an entity's id; a name that was just typed and has no id yet stays."""
        return "" if value is None else self._registry.name(value)

    def commit(self) -> None:
        """As of any line, but the value that stands is an id and what is typed is a name."""
        chosen = self.completions.current() if self._list else ""
        if self.words_for(self._value) != self._canonical(chosen or self.text().strip()) or not self._value:
            super().commit()
        else:
            self.forget_typing()

    def _canonical(self, words: str) -> str:
        found = self._registry.find(words)
        return found.name if found else " ".join(words.split())


def _aliased(by: str, name: str) -> str:
    return name if by == name else f"{by} → {name}"


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


class ChoiceField(NameField):
    """One of many choices: the list completes, and nothing else is taken."""

    def __init__(self, attribute: Attribute, theme: Theme):
        wrong = self.tr("“{typed}” is not one of the choices.")
        super().__init__(attribute.name, theme, self._choice, wrong=wrong, is_open=False)
        self._by_words = dict(zip(map(_plain, words_of(attribute)), attribute.choices, strict=True))
        self._words = dict(zip(attribute.choices, words_of(attribute), strict=True))
        self.is_scale = attribute.type == "scale"

    def suggestions(self, typed: str) -> list[Suggestion]:
        wanted = _plain(typed)
        begun = [(not word.startswith(wanted), n) for n, word in enumerate(self._by_words) if wanted in word]
        names = list(self._words.values())
        return [Suggestion(names[n], names[n]) for _, n in sorted(begun)]

    def words_for(self, value: object) -> str:
        return "" if value is None else self._words.get(str(value), str(value))

    def _choice(self, words: str) -> object:
        """The choice of a whole word, or of the beginning of one only."""
        begun = [choice for word, choice in self._by_words.items() if word.startswith(_plain(words))]
        found = self._by_words.get(_plain(words)) or (begun[0] if len(begun) == 1 else None)
        if found is None:
            raise ValueError(words)
        return int(found) if self.is_scale else found


class SegmentsField(Segmented):
    """One of few choices, or a place on a scale, all in sight."""

    picked = Signal(object)

    def __init__(self, attribute: Attribute, role: FontRole):
        super().__init__(words_of(attribute), None, role, name=attribute.name, may_be_none=True)
        self.choices, self.is_scale = attribute.choices, attribute.type == "scale"
        for button, choice in zip(self.group.buttons(), attribute.choices, strict=True):
            button.setToolTip(choice if self.is_scale else "")
        self.changed.connect(lambda place: self.picked.emit(self._value(place)))

    def show_value(self, value: object) -> None:
        self.choose(self.choices.index(str(value)) if str(value) in self.choices else None)

    def is_missing(self) -> bool:
        return self.chosen() < 0

    def _value(self, place: int) -> object:
        if place < 0:
            return None
        return int(self.choices[place]) if self.is_scale else self.choices[place]


class SeveralField(QWidget):
    """Any number of choices, each a chip to switch."""

    changed = Signal(object)

    def __init__(self, attribute: Attribute):
        super().__init__()
        self.choices = attribute.choices
        self.buttons = [self._chip(word) for word in words_of(attribute)]
        self.setLayout(Flow(*self.buttons))
        self.setAccessibleName(attribute.name)
        if self.buttons:
            self.setFocusProxy(self.buttons[0])

    def _chip(self, word: str) -> QToolButton:
        made = QToolButton()
        made.setText(word)
        made.setFont(font("small"))
        made.setCheckable(True)
        made.setProperty("reason", "true")
        made.clicked.connect(lambda: self.changed.emit(self.value() or None))
        return made

    def value(self) -> list[str]:
        return [choice for choice, button in zip(self.choices, self.buttons, strict=True) if button.isChecked()]

    def show_value(self, value: object) -> None:
        chosen = set(map(str, cast("Sequence[str]", value or ())))
        for choice, button in zip(self.choices, self.buttons, strict=True):
            button.setChecked(choice in chosen)

    def is_missing(self) -> bool:
        return not self.value()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the chips pass on: a digit switches one, counted from 1."""
        place = int(event.text()) - 1 if event.text().isdecimal() else -1
        if 0 <= place < len(self.buttons):
            self.buttons[place].click()
        else:
            super().keyPressEvent(event)


Field = LineField | SegmentsField | SeveralField


def field_for(attribute: Attribute, theme: Theme, room: int) -> Field:
    """The editor of an attribute in so many pixels."""
    match attribute.type:
        case "text":
            return LineField(attribute.name, str)
        case "number":
            wrong = QCoreApplication.translate("LineField", "“{typed}” is not a number.")
            return LineField(attribute.name, number_from, wrong=wrong)
        case "entity":
            return EntityField(attribute, theme)
        case "several of":
            return SeveralField(attribute)
    role = role_that_fits(words_of(attribute), room)
    return SegmentsField(attribute, role) if role else ChoiceField(attribute, theme)


def spoken(attribute: Attribute, value: object, registry: Registry) -> str:
    """A value in words, for those who may only read it."""
    if attribute.type == "entity":
        return registry.name(value)
    shown = dict(zip(attribute.choices, words_of(attribute), strict=False))
    values = value if isinstance(value, list | tuple) else [value]
    return ", ".join(shown.get(str(one), str(one)) for one in values)
