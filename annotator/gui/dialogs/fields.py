"""Fields that several dialogs use."""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QStyleOptionComboBox,
    QWidget,
)

from annotator.gui.icons import paint_icon
from annotator.gui.mirror import upright
from annotator.gui.parts import row
from annotator.gui.theme import Theme

LANGUAGES = """
ar bn cs da de el en es et fa fi fr ha he hi hr hu id it ja ka kk km ko lt lv mn ms my nl no pl ps pt ro ru sk sl sq sr sv sw
ta th tl tr uk ur uz vi zh"""


CHEVRON, EDGE = 24, 20  # beside the words of a choice


class Choice(QComboBox):
    """One of a list, drawn as a field with a chevron. Keeps a value beside each word."""

    def __init__(self, theme: Theme, choices: Iterable[tuple[str, Any]] = ()):
        super().__init__()
        self.theme = theme
        for words, value in choices:
            self.addItem(words, value)
        self.setFixedHeight(28)
        self.setStyleSheet(
            "QComboBox { combobox-popup: 0; } QComboBox::drop-down { width: 24px; border: 0; } "
            "QComboBox::down-arrow { image: none; }"
        )

    def chosen(self) -> Any:
        return self.currentData()

    def words_of(self, value: Any) -> str:
        """The words of the entry that keeps this value."""
        return self.itemText(self.findData(value))

    def choose(self, value: Any) -> None:
        """Shows the entry that keeps this value; the first when none does."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Words that do not fit end in an ellipsis; Qt would cut them."""
        super().initStyleOption(option)
        room = self.width() - CHEVRON - EDGE
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 6 if self.isRightToLeft() else self.width() - 22
        paint_icon(painter, "down", QRectF(x, (self.height() - 14) / 2, 14, 14), self.theme.muted)
        painter.end()


class LanguageField(Choice):
    """A language by name, or any BCP 47 tag typed."""

    def __init__(self, theme: Theme, tag: str = ""):
        names = sorted((language_name(tag), tag) for tag in LANGUAGES.split())
        super().__init__(theme, [("", ""), *names])
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        if field := self.lineEdit():
            field.setAccessibleName(self.tr("Language"))
        self.set_tag(tag)

    def tag(self) -> str:
        """The BCP 47 tag, "" for none said."""
        words = self.currentText().strip()
        place = self.findText(words, Qt.MatchFlag.MatchFixedString)
        return self.itemData(place) if place >= 0 else words

    def set_tag(self, tag: str) -> None:
        place = self.findData(tag)
        self.setCurrentIndex(place)
        self.setEditText(self.itemText(place) if place >= 0 else tag)


class Words(QPlainTextEdit):
    """Several lines of words; Tab goes on to the next field."""

    def __init__(self, words: str = "", *, lines: int = 3):
        super().__init__(words)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(3)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 14)

    def text(self) -> str:
        return self.toPlainText().strip()


class Tick(QCheckBox):
    """A box to tick, drawn as in the lists."""

    def __init__(self, words: str, theme: Theme, ticked: bool = False):
        super().__init__(words)
        self.theme = theme
        self.setChecked(ticked)
        self.setFixedHeight(28)
        self.setStyleSheet(
            "QCheckBox { spacing: 8px; } QCheckBox::indicator { width: 16px; height: 16px; image: none; }"
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = self.width() - 16 if self.isRightToLeft() else 0
        paint_tick(painter, x, (self.height() - 16) / 2, self.theme, ticked=self.isChecked(), focus=self.hasFocus())
        painter.end()


def paint_tick(
    painter: QPainter, x: float, y: float, theme: Theme, *, ticked: bool, focus: bool = False, size: int = 16
) -> None:
    """A box, ticked or not, in a square whose left upper corner is given."""
    area = QRectF(x + 1, y + 1, size - 2, size - 2)
    with upright(painter, area):
        _paint_tick(painter, area, theme, ticked=ticked, focus=focus)


def _paint_tick(painter: QPainter, area: QRectF, theme: Theme, *, ticked: bool, focus: bool) -> None:
    painter.setPen(QPen(theme.accent if ticked or focus else theme.muted, 2 if focus else 1))
    painter.setBrush(theme.accent if ticked else theme.canvas)
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    if ticked:
        paint_icon(painter, "check", area.adjusted(0.5, 0.5, -0.5, -0.5), theme.on_accent)


def language_name(tag: str) -> str:
    """“French (fr)”, in the language of the window."""
    name = QCoreApplication.translate("languages", QLocale.languageToString(QLocale(tag).language()))
    return f"{name} ({tag})" if tag else ""


def line(words: str = "", hint: str = "") -> QLineEdit:
    """A field of one line, 28 px high."""
    made = QLineEdit(words)
    made.setPlaceholderText(hint)
    made.setFixedHeight(28)
    return made


def button(words: str, action: Callable[[], object]) -> QPushButton:
    """A button of a dialog, pressed by Enter while the focus is on it."""
    made = QPushButton(words)
    made.clicked.connect(lambda checked: action())
    return made


def with_button(field: QWidget, push: QPushButton) -> QLayout:
    """A field with its button at the right, alike in height."""
    push.setStyleSheet("QPushButton { min-height: 26px; } QPushButton:focus { min-height: 24px; }")
    made = row(field, push, gap=8)
    made.setStretch(0, 1)
    return made
