"""Colours, type and spacing of theme.json, as values, a palette and a style sheet."""

import json

from PySide6.QtGui import QColor, QFont, QPalette

from .. import paths

FILE = paths.resources() / "themes" / "theme.json"
FAMILIES = ["Noto Sans", "DejaVu Sans"]
TYPE = {  # role: points, bold. Four sizes, two weights; nothing else in the window
    "display": (20, True),
    "title": (13, True),
    "heading": (10, True),
    "body": (10, False),
    "small": (9, False),
    "small_strong": (9, True),
    "tiny": (8, False),
}


def mix(a, b, share):
    """a with a share of b; opaque, so tints on tints never turn to mud"""
    return QColor(*(round(x + (y - x) * share) for x, y in zip(a.getRgb()[:3], b.getRgb()[:3])))


def luminance(colour):
    parts = [x / 12.92 if x <= 0.03928 else ((x + 0.055) / 1.055) ** 2.4 for x in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(a, b):
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def font(role="body"):
    points, bold = TYPE[role]
    made = QFont(FAMILIES)
    made.setPointSizeF(points)
    made.setBold(bold)
    return made


class Theme:
    def __init__(self, dark=False):
        data = json.loads(FILE.read_text(encoding="utf-8"))
        self.dark = dark
        for name, value in data["dark" if dark else "light"].items():
            setattr(self, name, QColor(value))
        self.code_colours = [QColor(pair[dark]) for pair in data["code_colours"]]
        self.hover = self.hover_of(self.panel)
        self.sunk = mix(self.panel, self.text, 0.06)  # the trough of segmented controls, key caps
        self.edge = mix(self.rule, self.muted, 0.30)  # the border of a field
        self.on_accent = QColor("#ffffff") if not dark else self.canvas
        self.accent_ink = self.ink(self.accent, self.accent_soft)  # accent used as text
        self.selected = mix(
            self.panel, self.text, 0.11 if dark else 0.08
        )  # current row of a list without the keyboard focus
        self.muted = self.ink(
            self.muted, min((self.selected, self.accent_soft), key=lambda ground: contrast(self.muted, ground))
        )

    def hover_of(self, ground):
        return mix(ground, self.text, 0.04)

    def ink(self, colour, ground=None, ratio=4.5):
        """the colour, moved towards the text colour until words set in it pass WCAG AA on that ground"""
        ground = ground or self.canvas
        share, made = 0.0, QColor(colour)
        while contrast(made, ground) < ratio and share < 1:
            share += 0.04
            made = mix(colour, self.text, share)
        return made

    def tint(self, colour, strong=False):
        share = (0.36 if strong else 0.18) if self.dark else (0.26 if strong else 0.11)
        return mix(self.canvas, colour, share)

    def palette(self):
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

    def qss(self):
        colours = {name: value.name() for name, value in vars(self).items() if isinstance(value, QColor)}
        text = SHEET
        for name in sorted(colours, key=len, reverse=True):
            text = text.replace(f"@{name}", colours[name])
        return text

    def apply(self, app):
        app.setStyle("Fusion")
        app.setFont(font())
        app.setPalette(self.palette())
        app.setStyleSheet(self.qss())


SHEET = """
* { outline: 0; }
QMainWindow, QWidget[ground="panel"] { background: @panel; }
QWidget[ground="canvas"] { background: @canvas; }
QFrame[rule="h"] { background: @rule; max-height: 1px; min-height: 1px; border: 0; }
QFrame[rule="v"] { background: @rule; max-width: 1px; min-width: 1px; border: 0; }
QLabel { background: transparent; color: @text; }
QLabel[tone="muted"] { color: @muted; }
QLabel[tone="accent"] { color: @accent_ink; }
QLabel[tone="warning"] { color: @warning; }

QMenuBar { background: @panel; border-bottom: 1px solid @rule; padding: 0 8px; }
QMenuBar::item { padding: 2px 8px; margin: 4px 0; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @raised; border: 1px solid @rule; padding: 4px; }
QMenu::item { padding: 4px 24px 4px 16px; border-radius: 4px; }
QMenu::item:selected { background: @accent_soft; }
QMenu::separator { height: 1px; background: @rule; margin: 4px 8px; }
QStatusBar { background: @panel; border-top: 1px solid @rule; min-height: 27px; max-height: 27px; }
QStatusBar::item { border: 0; }
QToolTip { background: @raised; color: @text; border: 1px solid @rule; padding: 4px 8px; }
QSplitter::handle { background: @rule; }

QLineEdit, QPlainTextEdit, QTextEdit[field="true"] {
  background: @canvas; border: 1px solid @edge; border-radius: 6px; padding: 0 8px; min-height: 26px; color: @text;
  selection-background-color: @selection; selection-color: @text; placeholder-text-color: @muted; }
QLineEdit[search="true"] { padding-left: 2px; }
QPlainTextEdit { padding: 2px 4px; }
QLineEdit:hover, QPlainTextEdit:hover { border-color: @muted; }
QLineEdit:focus, QPlainTextEdit:focus { border: 2px solid @accent; padding: 0 7px; min-height: 24px; }
QLineEdit[search="true"]:focus { padding-left: 1px; }
QPlainTextEdit:focus { padding: 1px 3px; }
QLineEdit:disabled { background: @panel; border-color: @rule; }
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus { border: 0; background: transparent; padding: 0 4px; }

QPushButton { background: @raised; border: 1px solid @edge; border-radius: 6px; padding: 0 12px; min-height: 30px; color: @text; }
QPushButton:hover { background: @hover; }
QPushButton:focus { border: 2px solid @accent; padding: 0 11px; min-height: 28px; }
QPushButton[primary="true"] { background: @accent; border-color: @accent; color: @on_accent; }
QPushButton[primary="true"]:hover { background: @accent_ink; }
QPushButton:disabled { color: @muted; border-color: @rule; background: @panel; }
QToolButton[quiet="true"] { border: 0; border-radius: 4px; background: transparent; padding: 0; color: @muted; }
QToolButton[quiet="true"]:hover { background: @hover; color: @text; }

QFrame[segmented="true"] { background: @sunk; border-radius: 6px; }
QFrame[segmented="true"] QToolButton { border: 1px solid transparent; border-radius: 5px; background: transparent; color: @muted; padding: 0 4px; min-height: 22px; }
QFrame[segmented="true"] QToolButton:hover { color: @text; }
QFrame[segmented="true"] QToolButton:checked { background: @raised; border-color: @edge; color: @text; }
QFrame[segmented="true"] QToolButton:focus { border-color: @accent; }
QToolButton[reason="true"] { border: 1px solid @edge; border-radius: 12px; background: transparent; padding: 0 11px; min-height: 22px; color: @text; }
QToolButton[reason="true"]:hover { background: @hover; }
QToolButton[reason="true"]:checked { background: @accent_soft; border-color: @accent; color: @accent_ink; }

QFrame[chip="true"] { background: transparent; border: 1px solid @edge; border-radius: 12px; }
QFrame[chip="accent"] { background: @accent_soft; border: 1px solid @accent_soft; border-radius: 12px; }
QLabel[keycap="true"] { background: @sunk; color: @muted; border: 1px solid @edge; border-radius: 4px; padding: 0 4px; min-width: 10px; min-height: 16px; max-height: 16px; }
QFrame[card="true"] { background: @raised; border: 1px solid @rule; border-radius: 6px; }
QFrame[card="choice"] { background: @raised; border: 1px solid @edge; border-radius: 6px; }
QFrame[card="choice"]:hover { border-color: @muted; }
QFrame[card="chosen"] { background: @accent_soft; border: 2px solid @accent; border-radius: 6px; }
QFrame[card="empty"] { background: transparent; border: 1px dashed @edge; border-radius: 6px; }
QFrame[card="quote"] { background: transparent; border: 0; border-left: 2px solid @rule; }

QListView, QTreeView, QScrollArea { background: transparent; border: 0; }
QTreeView::branch { background: transparent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: @edge; border-radius: 3px; min-height: 32px; margin: 2px; }
QScrollBar::handle:vertical:hover { background: @muted; }
QScrollBar:horizontal { background: transparent; height: 10px; }
QScrollBar::handle:horizontal { background: @edge; border-radius: 3px; min-width: 32px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""


def pairs(theme):
    """every pair of words and ground in use, for the check of contrast"""
    grounds = ("canvas", "panel", "raised", "hover", "selected", "sunk", "accent_soft")
    for words in ("text", "muted"):
        for ground in grounds:
            yield words, ground, getattr(theme, words), getattr(theme, ground)
    for words in ("warning", "danger", "good"):
        yield words, "panel", getattr(theme, words), theme.panel
    yield "accent_ink", "accent_soft", theme.accent_ink, theme.accent_soft
    yield "on_accent", "accent", theme.on_accent, theme.accent
    for n, colour in enumerate(theme.code_colours):
        yield f"ink of code {n}", "canvas", theme.ink(colour), theme.canvas
        yield f"ink of code {n}", "panel", theme.ink(colour, theme.panel), theme.panel
        yield "text", f"strong tint {n}", theme.text, theme.tint(colour, True)


if __name__ == "__main__":
    for dark in (False, True):
        worst = sorted((round(contrast(a, b), 2), words, ground) for words, ground, a, b in pairs(Theme(dark)))
        print("dark" if dark else "light", worst[:5])
