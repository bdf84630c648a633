"""Small widgets that every panel shares. What needs colours takes the one Theme and reads it when it paints."""

from collections.abc import Sequence
from typing import Literal, TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.model import Code

from .icons import paint_icon
from .marks import Sign, code_swatch, words
from .mirror import back_key, beginning, forward_key, turn_over
from .theme import FontRole, Theme, font

Item = QWidget | QLayout | int | None
AnyWidget = TypeVar("AnyWidget", bound=QWidget)
Ground = QColor | Literal["canvas", "panel", "raised", "hover", "selected", "accent_soft"]
ELIDE = Qt.TextElideMode.ElideRight


def snug(widget: AnyWidget) -> AnyWidget:
    """A part that is as high as its content, never higher: the list beside it takes the rest."""
    policy = widget.sizePolicy()
    policy.setVerticalPolicy(QSizePolicy.Policy.Maximum)
    widget.setSizePolicy(policy)
    return widget


class Elided(QLabel):
    """A label of one line that gives way: too long words end in an ellipsis and stand whole in its tip."""

    def minimumSizeHint(self) -> QSize:
        return QSize(min(24, super().minimumSizeHint().width()), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        text = self.fontMetrics().elidedText(self.text(), ELIDE, self.width())
        painter.drawText(self.rect(), self.alignment() | Qt.TextFlag.TextSingleLine, text)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            fits = self.fontMetrics().horizontalAdvance(self.text()) <= self.width()
            self.setToolTip("" if fits else self.text())
        return super().event(event)


def label(text: str, role: FontRole = "body", tone: str | None = None, wrap: bool = False) -> QLabel:
    """Plain words. `tone` is muted, accent, warning, danger or good."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(font(role))
    if tone:
        made.setProperty("tone", tone)
    if wrap:
        made.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made


def elided(text: str, role: FontRole = "body", tone: str | None = None) -> Elided:
    """Plain words on one line that end in an ellipsis where room ends."""
    made = Elided(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(font(role))
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
    if tone:
        made.setProperty("tone", tone)
    return made


class KeyCap(QLabel):
    """A key as wide as its letters need, and never narrower."""

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(max(20, metrics.horizontalAdvance(self.text()) + 10), metrics.height() + 3)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def keycap(text: str) -> QLabel:
    """A key, drawn where it acts."""
    made = KeyCap(text)
    dress_as_keycap(made)
    return made


def dress_as_keycap(made: QLabel) -> None:
    """Lets a label look like a key."""
    made.setFont(font("tiny"))
    made.setProperty("keycap", "true")
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


def cap(key: str) -> str:
    """What stands on the cap of a code's key."""
    return key.upper() if len(key.upper()) == 1 else key


def rule(way: Literal["h", "v"] = "h") -> QFrame:
    """A hairline between two regions."""
    made = QFrame()
    made.setProperty("rule", "true")
    (made.setFixedHeight if way == "h" else made.setFixedWidth)(1)
    return made


def row(*items: Item, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """A horizontal layout; None is a stretch, an int a fixed gap."""
    made = QHBoxLayout()
    _fill(made, items, gap, margins)
    return made


def column(*items: Item, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """A vertical layout; None is a stretch, an int a fixed gap."""
    made = QVBoxLayout()
    _fill(made, items, gap, margins)
    return made


def _fill(layout: QBoxLayout, items: Sequence[Item], gap: int, margins: tuple[int, int, int, int]) -> None:
    layout.setSpacing(gap)
    left, top, right, bottom = margins
    if QGuiApplication.isRightToLeft():
        left, right = right, left
    layout.setContentsMargins(left, top, right, bottom)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)


def box(layout: QLayout, ground: str | None = None, **properties: str) -> QFrame:
    """A frame around a layout; its properties choose its dress in the style sheet."""
    made = QFrame()
    made.setLayout(layout)
    if ground:
        made.setProperty("ground", ground)
    for name, value in properties.items():
        made.setProperty(name, value)
    return made


class CodeName(QWidget):
    """Swatch and name of a code, in its ink on the ground it stands on; elided where it is too long."""

    SPOKEN_AS = QAccessible.Role.StaticText

    def __init__(self, code: Code | None, theme: Theme, *, ground: Ground = "panel", role: FontRole = "heading"):
        super().__init__()
        self.theme, self.ground = theme, ground
        self.role: FontRole = role
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_code(code)

    def set_code(self, code: Code | None) -> None:
        self.code = code
        self.setToolTip(code.name if code else "")
        self.setAccessibleName(code.name if code else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(font(self.role))
        return QSize(20 + metrics.horizontalAdvance(self.code.name if self.code else ""), max(18, metrics.height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(48, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.code:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        turn_over(painter, self.rect())
        colour = self.theme.colour(self.code.colour)
        ground = getattr(self.theme, self.ground) if isinstance(self.ground, str) else self.ground
        code_swatch(painter, 0, self.height() // 2 - 5, self.code, self.theme)
        area = self.rect().adjusted(18, 0, 0, 0)
        words(painter, area, self.code.name, role=self.role, colour=self.theme.ink(colour, ground))
        painter.end()


def code_name(code: Code, theme: Theme, ground: Ground, role: FontRole = "heading") -> CodeName:
    """Swatch and name of a code. A ground given by name follows the theme."""
    return CodeName(code, theme, ground=ground, role=role)


def chip(text: str, theme: Theme, sign: str | QWidget | None = None, kind: str = "true", tip: str = "") -> QFrame:
    """A rounded label with a sign before it: an icon by name, or a widget. `kind` is true or accent."""
    picture = Sign(sign, theme) if isinstance(sign, str) else sign
    parts: list[Item] = [picture] if picture else []
    made = box(row(*parts, label(text, "small"), gap=6, margins=(9, 0, 10, 0)), chip=kind)
    made.setFixedHeight(24)
    made.setToolTip(tip)
    return made


class SearchField(QLineEdit):
    """A field that filters: the lens before the words. Esc empties it; when it is empty, Esc goes on to who is around."""

    def __init__(self, placeholder: str, theme: Theme):
        super().__init__()
        self.theme = theme
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setToolTip(placeholder)  # where there is no room for it
        self.setProperty("search", "true")
        self.setTextMargins(*beginning(18))
        self.setFixedHeight(32)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.setAccepted(bool(self.text()))
            self.clear()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        turn_over(painter, self.rect())
        paint_icon(painter, "search", QRectF(7, (self.height() - 16) / 2, 16, 16), self.theme.muted)
        painter.end()


def search_field(placeholder: str, theme: Theme) -> SearchField:
    """A filter field, 32 px high."""
    return SearchField(placeholder, theme)


class Segment(QToolButton):
    """One of the choices of a row."""

    SPOKEN_AS = QAccessible.Role.RadioButton


class Segmented(QFrame):
    """One of a few, all in sight: a click, the arrow keys, a first letter or a digit choose, no drop-down to open.

    It takes the focus as a whole. With `may_be_none`, a click on the chosen one, Backspace or Delete take it out.
    """

    SPOKEN_AS = QAccessible.Role.Grouping

    changed = Signal(int)  # the place of what a person chose; -1 is none

    def __init__(
        self,
        choices: Sequence[str],
        chosen: int | None = 0,
        role: FontRole = "small",
        *,
        name: str = "",
        may_be_none: bool = False,
    ):
        super().__init__()
        self.name, self.may_be_none = name, may_be_none
        self.setProperty("segmented", "true")
        self.setFixedHeight(28)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.group = QButtonGroup(self)
        self.group.setExclusive(False)
        layout = row(gap=0)
        for n, word in enumerate(choices):
            button = Segment()
            button.setText(word)
            button.setAccessibleName(" ".join(word.split()))
            button.setFont(font(role))
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setMinimumWidth(QFontMetrics(button.font()).horizontalAdvance(word) + 6)  # a style asks for far more
            self.group.addButton(button, n)
            layout.addWidget(button)
        self.setLayout(layout)
        self.group.idClicked.connect(self._clicked)
        self.choose(chosen)

    def chosen(self) -> int:
        """The place of the chosen one, -1 for none."""
        return next((n for n, button in enumerate(self.group.buttons()) if button.isChecked()), -1)

    def choose(self, place: int | None) -> None:
        """Shows a choice; None or -1 is none. Emits nothing."""
        for n, button in enumerate(self.group.buttons()):
            button.setChecked(n == place)
        self.setAccessibleName(", ".join(filter(None, (self.name, self.spoken_value()))))

    def spoken_value(self) -> str:
        """The words of the chosen one."""
        chosen = self.chosen()
        return self.group.buttons()[chosen].accessibleName() if chosen >= 0 else ""

    def _clicked(self, place: int) -> None:
        """The button has toggled itself already: one that is off now was the chosen one."""
        was_chosen = not self.group.button(place).isChecked()
        self.choose(-1 if was_chosen and self.may_be_none else place)
        if self.may_be_none or not was_chosen:
            self.changed.emit(self.chosen())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last, now = len(self.group.buttons()) - 1, self.chosen()
        places = {
            back_key(self): last if now < 0 else max(0, now - 1),
            forward_key(self): min(last, now + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if event.key() in places:
            self._move(places[Qt.Key(event.key())], now)
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and self.may_be_none:
            self._move(-1, now)
        elif (place := self._place_of(event.text(), now)) is not None:
            self._move(place, now)
        else:
            super().keyPressEvent(event)

    def _place_of(self, typed: str, now: int) -> int | None:
        """The choice that a letter begins, the next one if there are several, or that a digit counts to from 1."""
        buttons = self.group.buttons()
        if typed.isdecimal():
            return int(typed) - 1 if 1 <= int(typed) <= len(buttons) else None
        after = [*range(now + 1, len(buttons)), *range(now + 1)]
        begun = [n for n in after if typed.strip() and buttons[n].text().casefold().startswith(typed.casefold())]
        return begun[0] if begun else None

    def _move(self, place: int, now: int) -> None:
        if place != now:
            self.choose(place)
            self.changed.emit(place)


class Flow(QLayout):
    """Widgets in a line that wraps."""

    def __init__(self, *widgets: QWidget, gap: int = 6):
        super().__init__()
        self.gap = gap
        self.items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        self.items.append(item)

    def count(self) -> int:
        return len(self.items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self.items[index] if 0 <= index < len(self.items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self.items.pop(index) if 0 <= index < len(self.items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        sizes = [item.sizeHint() for item in self.items]
        return QSize(max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y, line = rect.left(), rect.top(), 0
        for item in self.items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x > rect.left() and x + size.width() > rect.left() + rect.width():
                x, y, line = rect.left(), y + line + self.gap, 0
            if move:
                place = QRect(QPoint(x, y), size)
                item.setGeometry(QStyle.visualRect(QGuiApplication.layoutDirection(), rect, place))
            x, line = x + size.width() + self.gap, max(line, size.height())
        return y + line - rect.top()


class Scroll(QScrollArea):
    """As high as its content where there is room, and a scroll bar where there is none."""

    def __init__(self, content: QWidget):
        super().__init__()
        self.content = content
        self._hold()
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        snug(self)

    def sizeHint(self) -> QSize:
        bar = self.verticalScrollBar().sizeHint().width()
        width = max(1, self.width() - bar)  # as Qt measures, or the bar would stay
        content = self.content
        height = content.heightForWidth(width) if content.hasHeightForWidth() else content.sizeHint().height()
        return QSize(self.width(), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.content.minimumSizeHint().width(), min(160, self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The content has become higher or lower."""
        if watched is self.content and event.type() == QEvent.Type.LayoutRequest:
            self._hold()
            self.updateGeometry()
        elif watched is self.content and event.type() == QEvent.Type.Show:
            self._lay_out()
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        """Qt does not tell the content of a size that it got while it was hidden."""
        layout = self.content.layout()
        if layout and layout.geometry().size() != self.content.size():
            layout.setGeometry(self.content.rect())

    def _hold(self) -> None:
        """What wraps is as high as it has to be by itself, and its hint for unwrapped words would keep the bar; all else
        would be squeezed instead of scrolled."""
        layout = self.content.layout()
        holds = layout is not None and not layout.hasHeightForWidth()
        self.content.setMinimumHeight(self.content.sizeHint().height() if holds else 1)
