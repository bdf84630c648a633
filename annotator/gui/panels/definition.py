"""What a code means: the words of the codebook, in the codebook panel and in the palette."""

from typing import Literal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QWidget

from annotator.gui.parts import CodeName, cap, column, keycap, label, row
from annotator.gui.theme import Theme
from annotator.model import Code

NAMES = 64  # px for the names of the lines


class Definition(QWidget):
    """What a code means, while the coder decides; words in the order in which they are needed."""

    SPOKEN_AS = QAccessible.Role.Section

    shown = Signal()  # another code than before

    def __init__(self, theme: Theme, *, ground: Literal["panel", "raised"] = "panel"):
        super().__init__()
        self.theme = theme
        self.setProperty("ground", ground)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.code: Code | None = None
        self.name, self.key = CodeName(None, theme, ground=ground), keycap("")
        self.definition = label("", "small", wrap=True)
        self.hint = label(self.tr("What a code means is shown here."), "small", "muted", wrap=True)
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(8)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnMinimumWidth(0, NAMES)
        self.grid.setColumnStretch(1, 1)
        names = (self.tr("Use when"), self.tr("Not when"), self.tr("Boundary"), self.tr("Example"))
        self.lines = [(label(name, "small", "muted"), label("", "small", wrap=True)) for name in names]
        top = Qt.AlignmentFlag.AlignTop
        for n, (name, said) in enumerate(self.lines):
            self.grid.addWidget(name, n, 0, top)
            self.grid.addWidget(said, n, 1, top)
        head = row(self.name, None, self.key)
        self.setLayout(column(head, self.definition, self.hint, self.grid, None, gap=8, margins=(16, 12, 16, 12)))
        self.show_code(None)

    def show_code(self, code: Code | None) -> None:
        """Shows a code; of what the codebook does not say, not even the name is shown."""
        if code != self.code:
            self.shown.emit()
        self.code = code
        self.name.set_code(code)
        self.name.setVisible(code is not None)
        self.hint.setVisible(code is None)
        self.key.setText(cap(code.key) if code else "")
        self.key.setVisible(bool(code and code.key))
        self.definition.setText(code.definition if code else "")
        self.definition.setVisible(bool(code and code.definition))
        for (name, said), text in zip(self.lines, _said(code), strict=True):
            said.setText(text)
            for widget in (name, said):
                widget.setVisible(bool(text))
        self.setAccessibleName(self._spoken())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Where the keys may scroll it, it shows that they do."""
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.theme.accent, 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), 6, 6)
            painter.end()

    def _spoken(self) -> str:
        if not self.code:
            return self.tr("Definition: no code is chosen")
        said = [f"{name.text()}: {text.text()}" for name, text in self.lines if text.text()]
        return "\n".join(filter(None, [self.code.name, self.code.definition, *said]))


def _quoted(example: str) -> str:
    return example if example[:1] in "“\"'‘«" else f"“{example}”"


def _said(code: Code | None) -> tuple[str, str, str, str]:
    if code is None:
        return "", "", "", ""
    return code.use_when, code.not_when, code.boundary, "\n".join(map(_quoted, code.examples))
