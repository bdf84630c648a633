"""What a code means: the words of the codebook, in the codebook panel and in the palette."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from annotator.gui.parts import CodeName, cap, column, keycap, label, row
from annotator.gui.theme import Theme, font
from annotator.model import Code


class Definition(QWidget):
    """What a code means, while the coder decides; words in the order in which they are needed.

    After `reserve` it is as high as the longest definition of the codebook, so that nothing below moves when another
    code is shown. `examples` is how many of them are shown.
    """

    NAMES = 64

    def __init__(self, theme: Theme, *, ground: Literal["panel", "raised"] = "panel", examples: int = 1):
        super().__init__()
        self.theme, self.examples = theme, examples
        self.setProperty("ground", ground)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.code: Code | None = None
        self._codes: list[Code] = []
        self.name, self.key = CodeName(None, theme, ground=ground), keycap("")
        self.definition = label("", "small", wrap=True)
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(8)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnMinimumWidth(0, self.NAMES)
        self.grid.setColumnStretch(1, 1)
        names = (self.tr("Use when"), self.tr("Not when"), self.tr("Boundary"), self.tr("Example"))
        self.lines = [(label(name, "small", "muted"), label("", "small", wrap=True)) for name in names]
        top = Qt.AlignmentFlag.AlignTop
        for n, (name, said) in enumerate(self.lines):
            self.grid.addWidget(name, n, 0, top)
            self.grid.addWidget(said, n, 1, top)
        head = row(self.name, None, self.key)
        self.setLayout(column(head, self.definition, self.grid, None, gap=8, margins=(16, 12, 16, 12)))
        self.show_code(None)

    def show_code(self, code: Code | None) -> None:
        """Shows a code; of what the codebook does not say, not even the name is shown."""
        self.code = code
        self.name.set_code(code)
        self.key.setText(cap(code.key) if code else "")
        self.key.setVisible(bool(code and code.key))
        self.definition.setText(code.definition if code else "")
        self.definition.setVisible(bool(code and code.definition))
        for (name, said), text in zip(self.lines, self._said(code), strict=True):
            said.setText(text)
            for widget in (name, said):
                widget.setVisible(bool(text))
        self.setAccessibleName(self._spoken())

    def reserve(self, codes: Sequence[Code]) -> None:
        """Keeps room for the longest of these definitions at any width."""
        self._codes = [code for code in codes if code.codable and not code.retired]
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._make_room()

    def _make_room(self) -> None:
        wide = self.width() - 32
        narrow = wide - self.NAMES - self.grid.horizontalSpacing()
        metrics = QFontMetrics(font("small"))

        def high(text: str, width: int) -> int:
            return metrics.boundingRect(0, 0, max(40, width), 10_000, Qt.TextFlag.TextWordWrap, text).height()

        def needed(code: Code) -> int:
            said = [high(text, narrow) for text in self._said(code) if text]
            first = [high(code.definition, wide)] if code.definition else []
            return 24 + 18 + sum(first) + 8 * len(first) + sum(said) + 8 + 6 * max(0, len(said) - 1)

        self.setMinimumHeight(max(map(needed, self._codes), default=0))

    def _spoken(self) -> str:
        if not self.code:
            return ""
        said = [f"{name.text()}: {text.text()}" for name, text in self.lines if text.text()]
        return ". ".join([self.code.name, self.code.definition, *said])

    def _said(self, code: Code | None) -> tuple[str, str, str, str]:
        if code is None:
            return "", "", "", ""
        examples = "\n".join(map(_quoted, code.examples[: self.examples]))
        return code.use_when, code.not_when, code.boundary, examples


def _quoted(example: str) -> str:
    return example if example[:1] in "“\"'‘«" else f"“{example}”"
