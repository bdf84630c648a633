"""Small widgets that every panel shares."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from .icons import icon
from .marks import Mark, swatch
from .theme import font


def snug(widget):
    """a part that is as high as its content, never higher: the list beside it takes the rest"""
    policy = widget.sizePolicy()
    policy.setVerticalPolicy(QSizePolicy.Policy.Maximum)
    widget.setSizePolicy(policy)
    return widget


def label(text, role="body", tone=None, wrap=False):
    made = QLabel(text)
    made.setFont(font(role))
    made.setTextFormat(Qt.TextFormat.PlainText)
    if tone:
        made.setProperty("tone", tone)
    if wrap:
        made.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made


def keycap(text):
    made = QLabel(text)
    made.setFont(font("tiny"))
    made.setProperty("keycap", "true")
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def rule(way="h"):
    made = QFrame()
    made.setProperty("rule", way)
    return made


def row(*items, gap=8, margins=(0, 0, 0, 0)):
    """a horizontal layout; None is a stretch, an int a fixed gap"""
    return _filled(QHBoxLayout(), items, gap, margins)


def column(*items, gap=8, margins=(0, 0, 0, 0)):
    return _filled(QVBoxLayout(), items, gap, margins)


def _filled(layout, items, gap, margins):
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)
    return layout


def box(layout, ground=None, **properties):
    made = QFrame()
    made.setLayout(layout)
    if ground:
        made.setProperty("ground", ground)
    for name, value in properties.items():
        made.setProperty(name, value)
    return made


def code_name(code, theme, ground, role="heading"):
    """swatch and name of a code, in its ink"""
    words = label(code.name, role)
    words.setStyleSheet(f"color: {theme.ink(code.colour(theme), ground).name()}")
    return row(Mark(10, 16, lambda p: swatch(p, 0, 3, code.colour(theme))), words, gap=8)


def chip(text, theme, sign=None, kind="true", tip=""):
    made = box(row(gap=6, margins=(9, 0, 10, 0)), chip=kind)
    made.setFixedHeight(24)
    made.setToolTip(tip)
    if isinstance(sign, str):
        picture = QLabel()
        picture.setPixmap(icon(sign, theme.muted).pixmap(14, 14))
        made.layout().addWidget(picture)
    elif sign:
        made.layout().addWidget(sign)
    made.layout().addWidget(label(text, "small"))
    return made


def search_field(placeholder, theme):
    made = QLineEdit()
    made.setPlaceholderText(placeholder)
    made.addAction(icon("search", theme.muted), QLineEdit.ActionPosition.LeadingPosition)
    made.setProperty("search", "true")
    made.setFixedHeight(32)
    return made


class Segmented(QFrame):
    """one of a few, all in sight: arrow keys move, no drop-down to open"""

    def __init__(self, words, chosen=0, role="small"):
        super().__init__()
        self.setProperty("segmented", "true")
        self.setFixedHeight(28)
        self.group = QButtonGroup(self)
        self.setLayout(row(gap=0, margins=(2, 2, 2, 2)))
        for n, word in enumerate(words):
            button = QToolButton()
            button.setText(word)
            button.setFont(font(role))
            button.setCheckable(True)
            button.setChecked(n == chosen)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.group.addButton(button, n)
            self.layout().addWidget(button)


class Scroll(QScrollArea):
    """as high as its content where there is room, and a scroll bar where there is none"""

    def __init__(self, content):
        super().__init__()
        content.setMinimumHeight(1)  # else its hint for unwrapped words counts, and the bar would stay
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        snug(self)

    def sizeHint(self):
        width = max(
            1, self.width() - self.verticalScrollBar().sizeHint().width()
        )  # as Qt measures, or the bar would stay
        height = (
            self.widget().heightForWidth(width)
            if self.widget().hasHeightForWidth()
            else self.widget().sizeHint().height()
        )
        return QSize(self.width(), height)

    def minimumSizeHint(self):
        return QSize(self.widget().minimumSizeHint().width(), 160)

    def resizeEvent(self, event):
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class Floating(QWidget):
    """a raised sheet with a soft shadow, a child of the window: no second window, no focus trouble"""

    EDGE = 24

    def __init__(self, parent, theme):
        super().__init__(parent)
        self.theme = theme
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(self.EDGE + 1, self.EDGE + 1, self.EDGE + 1, self.EDGE + 1)
        self.inside.setSpacing(0)

    def paintEvent(self, event):
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        body = QRectF(self.rect()).adjusted(self.EDGE, self.EDGE, -self.EDGE, -self.EDGE)
        weight = 2 if self.theme.dark else 1
        for n in range(self.EDGE - 6, 0, -1):
            painter.setBrush(QColor(0, 0, 0, weight * (2 if n < 8 else 1)))
            painter.drawRoundedRect(body.adjusted(-n, -n + 6, n, n + 6), 8 + n, 8 + n)
        painter.setBrush(self.theme.raised)
        painter.setPen(self.theme.edge)
        painter.drawRoundedRect(body.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()
