"""Colours, type and spacing of theme.json, as values, a palette and a style sheet.

One `Theme` is made at the start and handed to every widget that paints. `Theme.apply(app, dark=..., high=...)` turns
that same object light or dark, with high contrast or not, and sets the style sheet anew, so whoever reads colours while
painting needs to do nothing; whoever keeps colours in a cache drops it in `changeEvent` at `QEvent.Type.PaletteChange`.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple

from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication

from annotator import colours, paths

FILE = paths.resources() / "themes" / "theme.json"
BARS = 4.5  # the least contrast of a code's bars with high contrast
FAMILIES = ["Noto Sans", "DejaVu Sans"]
FontRole = Literal["display", "title", "heading", "body", "small", "small_strong", "tiny"]
TYPE: dict[FontRole, tuple[float, bool]] = {  # points, bold: few sizes, two weights, nothing else in the window
    "display": (20, True),
    "title": (13, True),
    "heading": (10, True),
    "body": (10, False),
    "small": (9, False),
    "small_strong": (9, True),
    "tiny": (8, False),
}


def mix(a: QColor, b: QColor, share: float) -> QColor:
    """`a` with a share of `b`; opaque, so tints on tints never turn to mud."""
    pairs = zip((a.red(), a.green(), a.blue()), (b.red(), b.green(), b.blue()), strict=True)
    return QColor(*(round(x + (y - x) * share) for x, y in pairs))


def contrast(a: QColor, b: QColor) -> float:
    """Contrast ratio as WCAG 2 defines it, 1 to 21."""
    return colours.contrast(a.name(), b.name())


def font(role: FontRole = "body") -> QFont:
    """A new font for a role of TYPE."""
    points, bold = TYPE[role]
    made = QFont(FAMILIES)
    made.setPointSizeF(points)
    made.setBold(bold)
    return made


class Face(NamedTuple):
    """A font and how wide its words are: made once for whoever paints often, and never altered."""

    font: QFont
    metrics: QFontMetricsF


@cache
def face(role: FontRole = "body") -> Face:
    """The face of a role of TYPE."""
    made = font(role)
    return Face(made, QFontMetricsF(made))


class Theme:
    """The colours by role, light or dark, with high contrast or not. `set_mode` exchanges them in place."""

    canvas: QColor  # where one reads and types
    panel: QColor  # what stands around it
    raised: QColor  # what floats or can be pressed
    rule: QColor
    text: QColor
    muted: QColor
    accent: QColor
    accent_soft: QColor
    selection: QColor
    warning: QColor
    danger: QColor
    good: QColor

    def __init__(self, dark: bool = False, high: bool = False):
        self._tokens = json.loads(FILE.read_text(encoding="utf-8"))
        self.textured = False  # whether a person wants textures; high contrast always has them
        self._textures: dict[str, int] = {}
        self.set_mode(dark, high)

    def set_dark(self, dark: bool) -> None:
        """Takes the light or the dark tokens, and makes the rest from them."""
        self.set_mode(dark, self.high)

    def set_mode(self, dark: bool, high: bool) -> None:
        """Takes the tokens of light or dark, of high contrast or not. With high contrast words reach 7:1 and what is
        drawn 3:1 (WCAG AAA), else words reach 4.5:1 (AA)."""
        self.dark, self.high = dark, high
        self.words = 7.0 if high else 4.5  # the least contrast of words
        for name, value in self._tokens[("dark" if dark else "light") + ("_contrast" if high else "")].items():
            setattr(self, name, QColor(value))
        self.code_colours = [QColor(pair[dark]) for pair in self._tokens["code_colours"]]
        self.hover = self.hover_of(self.panel)
        self.sunk = mix(self.panel, self.text, 0.06)  # the trough of segmented controls, key caps
        self.edge = mix(self.rule, self.muted, 0.30)  # the border of a field
        self.on_accent = QColor(self.canvas) if dark else QColor("#ffffff")
        self.accent_ink = self.ink(self.accent, self.accent_soft)  # accent used as words
        self.selected = mix(
            self.panel, self.text, 0.16 if high else 0.11 if dark else 0.08
        )  # current row of a list without the keys
        grounds = (self.selected, self.accent_soft)
        self.muted = self.ink(self.muted, min(grounds, key=lambda ground: contrast(self.muted, ground)))

    def colour(self, pair: tuple[str, ...]) -> QColor:
        """The colour of a code from its pair (light, dark): for bars, swatches and lanes, not for words (`ink`)."""
        return self.bar(QColor(pair[self.dark]))

    def bar(self, colour: QColor) -> QColor:
        """The colour of a code as given; with high contrast moved until it stands out from its page."""
        return self.ink(colour, ratio=BARS) if self.high else colour

    def set_textures(self, textures: Mapping[str, int]) -> None:
        """Which texture each code has (see `colours.textures`), by the ids of the codes."""
        self._textures = dict(textures)

    def texture(self, code: str) -> int:
        """The texture of a code: plain (0) unless textures are wanted."""
        return self._textures.get(code, 0) if self.has_textures else 0

    @property
    def has_textures(self) -> bool:
        """Whether codes are told apart by textures too."""
        return self.textured or self.high

    def hover_of(self, ground: QColor) -> QColor:
        """A ground under the pointer."""
        return mix(ground, self.text, 0.10 if self.high else 0.04)

    def ink(self, colour: QColor, ground: QColor | None = None, ratio: float | None = None) -> QColor:
        """The colour, moved towards the text colour until it reaches the ratio on that ground (canvas): by default that
        of words."""
        ground, ratio = ground or self.canvas, ratio or self.words
        share, made = 0.0, QColor(colour)
        while contrast(made, ground) < ratio and share < 1:
            share += 0.04
            made = mix(colour, self.text, share)
        return made

    def tint(self, colour: QColor, strong: bool = False) -> QColor:
        """The ground of coded words: an opaque mix with the canvas; strong for the current annotation."""
        share = (0.36 if strong else 0.18) if self.dark else (0.26 if strong else 0.11)
        return mix(self.canvas, colour, share)

    def palette(self) -> QPalette:
        """The same colours for what the style itself draws."""
        made, role = QPalette(), QPalette.ColorRole
        pairs = {
            role.Window: self.panel,
            role.Base: self.canvas,
            role.AlternateBase: self.panel,
            role.Button: self.raised,
            role.WindowText: self.text,
            role.Text: self.text,
            role.ButtonText: self.text,
            role.PlaceholderText: self.muted,
            role.Highlight: self.selection,
            role.HighlightedText: self.text,
            role.Link: self.accent_ink,
            role.ToolTipBase: self.raised,
            role.ToolTipText: self.text,
            role.Mid: self.rule,
            role.Accent: self.accent,
        }
        for name, colour in pairs.items():
            made.setColor(name, colour)
        for name in (role.WindowText, role.Text, role.ButtonText):
            made.setColor(QPalette.ColorGroup.Disabled, name, mix(self.panel, self.muted, 0.6))
        return made

    def qss(self) -> str:
        """The style sheet with this theme's colours."""
        colours = {name: value.name() for name, value in vars(self).items() if isinstance(value, QColor)}
        text = SHEET
        for name in sorted(colours, key=len, reverse=True):
            text = text.replace(f"@{name}", colours[name])
        return text

    def apply(self, app: QApplication, *, dark: bool | None = None, high: bool | None = None) -> None:
        """Dresses the whole application; with `dark` or `high`, in other colours first. Every widget is painted anew."""
        self.set_mode(self.dark if dark is None else dark, self.high if high is None else high)
        app.setStyle("Fusion")
        app.setFont(font())
        app.setPalette(self.palette())
        app.setStyleSheet(self.qss())


SHEET = """
* { outline: 0; }
QMainWindow, QDialog, QWidget[ground="panel"] { background: @panel; }
QWidget[ground="canvas"] { background: @canvas; }
QWidget[ground="raised"] { background: @raised; }
QFrame[rule="true"] { background: @rule; border: 0; }
QLabel { background: transparent; color: @text; }
QLabel[tone="muted"] { color: @muted; }
QLabel[tone="accent"] { color: @accent_ink; }
QLabel[tone="warning"] { color: @warning; }
QLabel[tone="danger"] { color: @danger; }
QLabel[tone="good"] { color: @good; }

QMenuBar { background: @panel; border-bottom: 1px solid @rule; padding: 0 8px; }
QMenuBar::item { padding: 2px 8px; margin: 4px 0; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @raised; border: 1px solid @rule; padding: 4px; }
QMenu::item { padding: 4px 24px 4px 16px; border-radius: 4px; }
QMenu::item:selected { background: @accent_soft; }
QMenu::item:disabled { color: @muted; }
QMenu::separator { height: 1px; background: @rule; margin: 4px 8px; }
QStatusBar { background: @panel; border-top: 1px solid @rule; min-height: 27px; max-height: 27px; }
QStatusBar::item { border: 0; }
QToolTip { background: @raised; color: @text; border: 1px solid @rule; padding: 4px 8px; }
QSplitter::handle { background: @rule; }

QLineEdit, QPlainTextEdit, QTextEdit[field="true"] {
  background: @canvas; border: 1px solid @edge; border-radius: 6px; padding: 0 8px; min-height: 26px; color: @text;
  selection-background-color: @selection; selection-color: @text; placeholder-text-color: @muted; }
QPlainTextEdit { padding: 2px 4px; }
QLineEdit:hover, QPlainTextEdit:hover { border-color: @muted; }
QLineEdit:focus, QPlainTextEdit:focus { border: 2px solid @accent; padding: 0 7px; min-height: 24px; }
QPlainTextEdit:focus { padding: 1px 3px; }
QLineEdit[wrong="true"], QLineEdit[wrong="true"]:focus { border-color: @danger; }
QLineEdit:disabled { background: @panel; border-color: @rule; }
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus { border: 0; background: transparent; padding: 0 4px; }
QComboBox, QAbstractSpinBox {
  background: @canvas; border: 1px solid @edge; border-radius: 6px; padding: 0 8px; min-height: 26px; color: @text; }
QComboBox:hover, QAbstractSpinBox:hover { border-color: @muted; }
QComboBox:focus, QAbstractSpinBox:focus { border: 2px solid @accent; padding: 0 7px; min-height: 24px; }
QComboBox QAbstractItemView, QListView[popup="true"] {
  background: @raised; border: 1px solid @edge; padding: 0 4px; color: @text;
  selection-background-color: @accent_soft; selection-color: @text; }
QComboBox QAbstractItemView::item, QListView[popup="true"]::item { min-height: 24px; padding: 0 4px; }
QListView[popup="true"]::item:selected, QListView[popup="true"]::item:hover { background: @accent_soft; color: @text; }

QPushButton {
  background: @raised; border: 1px solid @edge; border-radius: 6px; padding: 0 12px; min-height: 30px; color: @text; }
QPushButton:hover { background: @hover; }
QPushButton:focus { border: 2px solid @accent; padding: 0 11px; min-height: 28px; }
QPushButton[primary="true"] { background: @accent; border-color: @accent; color: @on_accent; }
QPushButton[primary="true"]:hover { background: @accent_ink; }
QPushButton[primary="true"]:focus { border-color: @text; }
QPushButton[link="true"], QPushButton[link="true"]:focus {
  border: 0; background: transparent; padding: 0; min-height: 18px; color: @accent_ink; text-align: left; }
QPushButton[link="true"]:hover, QPushButton[link="true"]:focus { text-decoration: underline; }
QPushButton:disabled, QPushButton[primary="true"]:disabled {
  color: @muted; border-color: @rule; background: @panel; }
QToolButton[quiet="true"] { border: 0; border-radius: 4px; background: transparent; padding: 0; color: @muted; }
QToolButton[quiet="true"]:hover { background: @hover; color: @text; }
QToolButton[quiet="true"]:focus { border: 2px solid @accent; }

QFrame[segmented="true"] { background: @sunk; border: 2px solid @sunk; border-radius: 6px; }
QFrame[segmented="true"]:focus { border-color: @accent; }
QFrame[segmented="true"] QToolButton {
  border: 1px solid transparent; border-radius: 5px; background: transparent; color: @muted;
  padding: 0 2px; min-height: 22px; }
QFrame[segmented="true"] QToolButton:hover { color: @text; }
QFrame[segmented="true"] QToolButton:checked { background: @raised; border-color: @edge; color: @text; }
QToolButton[reason="true"] {
  border: 1px solid @edge; border-radius: 12px; background: transparent; padding: 0 11px; min-height: 22px;
  color: @text; }
QToolButton[reason="true"]:hover { background: @hover; }
QToolButton[reason="true"]:checked { background: @accent_soft; border-color: @accent; color: @accent_ink; }
QToolButton[reason="true"]:focus { border: 2px solid @accent; padding: 0 10px; min-height: 20px; }

QFrame[chip="true"] { background: transparent; border: 1px solid @edge; border-radius: 12px; }
QFrame[chip="accent"] { background: @accent_soft; border: 1px solid @accent_soft; border-radius: 12px; }
QLabel[keycap="true"] {
  background: @sunk; color: @muted; border: 1px solid @edge; border-radius: 4px; padding: 0; }
QFrame[card="true"] { background: @raised; border: 1px solid @rule; border-radius: 6px; }
QFrame[card="choice"] { background: @raised; border: 1px solid @edge; border-radius: 6px; }
QFrame[card="choice"]:hover { border-color: @muted; }
QFrame[card="choice"]:focus { border: 2px solid @accent; }
QFrame[card="chosen"] { background: @accent_soft; border: 2px solid @accent; border-radius: 6px; }
QFrame[card="drop"] { background: transparent; border: 2px solid @accent; border-radius: 6px; }
QFrame[card="empty"] { background: transparent; border: 1px dashed @edge; border-radius: 6px; }
QFrame[card="quote"] { background: transparent; border: 0; border-left: 2px solid @rule; }

QListView, QTreeView, QScrollArea { background: transparent; border: 0; }
QTreeView::branch { background: transparent; }
QTextBrowser { border: 2px solid transparent; }
QTextBrowser:focus, QTableView:focus { border: 2px solid @accent; }
QTableView {
  background: @canvas; border: 1px solid @rule; gridline-color: @rule;
  selection-background-color: @accent_soft; selection-color: @text; }
QTableView[plain="true"] { border: 2px solid transparent; }
QTableView[plain="true"]:focus { border-color: @accent; }
QTableView[plain="true"] QHeaderView { background: transparent; }
QTableView[plain="true"] QHeaderView::section { background: transparent; padding: 0 3px; }
QHeaderView::section { background: @panel; color: @muted; border: 0; border-bottom: 1px solid @rule; padding: 4px 8px; }
QTabWidget::pane { border: 0; border-top: 1px solid @rule; }
QTabBar::tab { background: transparent; color: @muted; border: 0; padding: 6px 12px; }
QTabBar::tab:selected { color: @text; border-bottom: 2px solid @accent; }
QTabBar::tab:focus { color: @accent_ink; }
QProgressBar { background: @edge; border: 0; border-radius: 2px; max-height: 4px; }
QProgressBar::chunk { background: @good; border-radius: 2px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: @edge; border-radius: 3px; min-height: 32px; margin: 2px; }
QScrollBar::handle:vertical:hover { background: @muted; }
QScrollBar:horizontal { background: transparent; height: 10px; }
QScrollBar::handle:horizontal { background: @edge; border-radius: 3px; min-width: 32px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""
