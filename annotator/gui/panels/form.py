"""What the inspector is put together from: the quote, the code as a field, the memo, a line with a name and a field."""

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from annotator.gui.icons import paint_icon
from annotator.gui.marks import code_swatch, words
from annotator.gui.mirror import turn_over, upright
from annotator.gui.parts import column, elided, label, row
from annotator.gui.theme import Theme, font
from annotator.model import Attribute, Code

from .fields import LineField, SegmentsField, field_for, role_that_fits, sentence_case, words_of

PAUSE = 1000  # ms without a key until a memo is taken over
GAP, NAMES = 8, 80  # px between a name and its field, and for a name


def _tr(text: str) -> str:
    return QCoreApplication.translate("Inspector", text)


class Quote(QWidget):
    """The words of the annotation on two lines, the middle left out where they are too long."""

    SPOKEN_AS = QAccessible.Role.StaticText

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme, self.text = theme, ""
        self.setFixedHeight(34)
        self.setAccessibleName("")

    def show_text(self, text: str) -> None:
        self.text = " ".join(text.split())
        self.setVisible(bool(self.text))
        self.setAccessibleName(self.text)
        self.setToolTip(self.text if len(self.text) > 60 else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        turn_over(painter, self.rect())
        painter.fillRect(0, 0, 2, self.height(), self.theme.rule)
        painter.setPen(self.theme.text)
        painter.setFont(font("small"))
        area = QRectF(self.rect().adjusted(12, 0, 0, 0))
        room = round(area.width() * 1.8)  # two lines, less what a word leaves free at the end of the first
        shown = at_words(QFontMetrics(painter.font()).elidedText(self.text, Qt.TextElideMode.ElideMiddle, room))
        option = QTextOption(Qt.AlignmentFlag.AlignVCenter)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        with upright(painter, area):
            painter.drawText(area, shown, option)
        painter.end()


def at_words(elided: str) -> str:
    """A text whose middle is left out, without the halves of words beside the gap."""
    before, gap, after = elided.partition("…")
    if not gap or " " not in before or " " not in after:
        return elided
    return f"{before.rpartition(' ')[0]} … {after.partition(' ')[2]}"


class CodeField(QAbstractButton):
    """The code of the annotation: looks like a field and opens the palette."""

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme = theme
        self.code: Code | None = None
        self.setFixedHeight(28)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_code(self, code: Code) -> None:
        self.code = code
        self.setToolTip(code.name)
        self.setAccessibleName(_tr("Code: {name}").format(name=code.name))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 28)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        turn_over(painter, self.rect())
        width = 2 if self.hasFocus() else 1
        edge = theme.accent if self.hasFocus() else theme.muted if self.underMouse() else theme.edge
        painter.setPen(QPen(edge, width))
        painter.setBrush(theme.raised)
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)
        if self.code:
            code_swatch(painter, 10, 9, self.code, theme)
            words(painter, self.rect().adjusted(28, 0, -28, 0), self.code.name, role="body", colour=theme.text)
        paint_icon(painter, "down", QRectF(self.width() - 22, 7, 14, 14), theme.muted)
        painter.end()


class MemoField(QPlainTextEdit):
    """Free words. They are taken over after a pause, with Ctrl+Enter, and when the focus leaves."""

    committed = Signal(str)
    LEAST, MOST = 48, 144

    def __init__(self):
        super().__init__()
        self._shown = ""
        self.setFont(font("small"))
        self.setFixedHeight(self.LEAST)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_tr("Memo"))
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(PAUSE)
        self.timer.timeout.connect(self.commit)
        self.textChanged.connect(self._typed)

    def show_value(self, text: str) -> None:
        """Shows a memo, unless a person is writing here."""
        is_writing = self.hasFocus() and self.toPlainText() != self._shown
        self._shown = text
        if not is_writing and text != self.toPlainText():
            self.setPlainText(text)
            self.timer.stop()

    def commit(self) -> None:
        self.timer.stop()
        if self.toPlainText() != self._shown:
            self._shown = self.toPlainText()
            self.committed.emit(self._shown)

    def _typed(self) -> None:
        self._grow()
        self.timer.start()

    def _grow(self) -> None:
        lines = round(self.document().size().height())
        needed = lines * self.fontMetrics().lineSpacing() + 12
        self.setFixedHeight(max(self.LEAST, min(self.MOST, needed)))
        fits = needed <= self.MOST
        always = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if fits else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(always)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.commit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_commit(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_commit(event):
            self.commit()
        elif _is_enter(event) and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            event.ignore()  # as in the other fields, it leads back to the text
        else:
            super().keyPressEvent(event)


def _is_enter(event: QKeyEvent) -> bool:
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def is_commit(event: QKeyEvent) -> bool:
    """Whether a key says that what was written is to be taken over."""
    return _is_enter(event) and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


class Line(QWidget):
    """A name and its control."""

    def __init__(self, control: QWidget, name: str, *, tip: str = "", below: bool = False):
        """`below`: the control needs the whole width, and stands under its name."""
        super().__init__()
        self.control = control
        self.name = elided(name, "small", "muted")
        self.name.setFixedHeight(28)
        self.name.setToolTip(tip)
        self.error = label("", "small", "danger", wrap=True)
        self.error.hide()
        if below:
            self.name.setFixedHeight(20)
            self.setLayout(column(self.name, control, self.error, gap=0))
            return
        self.name.setFixedWidth(NAMES)
        line = row(self.name, column(control, self.error, gap=2), gap=GAP)
        line.setAlignment(self.name, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)

    def take_focus(self) -> None:
        self.control.setFocus(Qt.FocusReason.TabFocusReason)

    def has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and (focus is self.control or self.control.isAncestorOf(focus))


class AttributeLine(Line):
    """An attribute and its field, and below it a sentence when what was typed is no value."""

    def __init__(self, attribute: Attribute, theme: Theme, room: int):
        name = sentence_case(attribute.name)
        beside = room - GAP - NAMES
        is_tight = role_that_fits(words_of(attribute), beside) is None
        self.attribute = attribute
        self.field = field_for(attribute, theme, room if is_tight else beside)
        self.is_required = False
        super().__init__(
            self.field, name, tip=attribute.definition, below=is_tight and isinstance(self.field, SegmentsField)
        )
        if isinstance(self.field, LineField):
            self.field.rejected.connect(self._show_error)

    def ask(self, *, required: bool) -> None:
        """Marks a field that has to be filled in."""
        self.is_required = required
        name = sentence_case(self.attribute.name)
        self.name.setText(starred(name) if required else name)
        spoken_name = _tr("{name}, required").format(name=name) if required else name
        if isinstance(self.field, SegmentsField):
            self.field.name = spoken_name
        else:
            self.field.setAccessibleName(spoken_name)
        if isinstance(self.field, LineField):
            self.field.ask(required=required)

    def _show_error(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))


def starred(name: str) -> str:
    """The name of a field that has to be filled in."""
    return _tr("{name} *").format(name=name)
