"""Names and colours of codes, initials of coders, in the theme of the moment."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QBrush, QColor, QPainter, QPalette

from annotator.gui.textures import brush
from annotator.gui.theme import Theme, mix

LEADER = 110  # of 255: how much a leader covers
FADED, HIGH_FADED = 0.27, 0.5  # what is left of a colour while another annotation is under the pointer


class Style(NamedTuple):
    """How a code is shown."""

    name: str
    light: QColor
    dark: QColor


class Styles:
    """Answers every question of painting that depends on code, coder and theme. Colours are made once each."""

    def __init__(self, theme: Theme):
        self.theme = theme
        self._codes: dict[str, Style] = {}
        self._people: dict[str, str] = {}
        self._me: str | None = None
        self._made: dict[tuple[str, str], QColor] = {}

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self._made.clear()

    def dressed(self, palette: QPalette) -> QPalette:
        """A palette with the colours that Qt itself paints with, whether or not the window is the one in use."""
        role, theme = QPalette.ColorRole, self.theme
        roles = {
            role.Base: theme.canvas,
            role.Text: theme.text,
            role.Highlight: theme.selection,
            role.HighlightedText: theme.text,
        }
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            for name, colour in roles.items():
                palette.setColor(group, name, colour)
        return palette

    def set_codes(self, codes: Mapping[str, tuple[str, QColor | str, QColor | str]]) -> None:
        self._codes = {id: Style(name, QColor(light), QColor(dark)) for id, (name, light, dark) in codes.items()}
        self._made.clear()

    def set_people(self, people: Mapping[str, str], me: str | None) -> None:
        self._people, self._me = dict(people), me

    def name(self, code: str) -> str:
        style = self._codes.get(code)
        return style.name if style else ""

    def own(self, coder: str) -> bool:
        """Whether to draw it solid and filled: it is mine, or nobody was named."""
        return self._me is None or coder == self._me

    def initials(self, coder: str) -> str:
        """The initials of another coder; none for one's own annotations."""
        return "" if self.own(coder) else self.sign(coder)

    def sign(self, coder: str) -> str:
        """The initials of any coder."""
        return self._people.get(coder, "")

    def order(self, coder: str) -> tuple[bool, str, str]:
        """By what coders are put in order: oneself first, then by initials."""
        return coder != self._me, self.sign(coder), coder

    def colour(self, code: str) -> QColor:
        """The colour as given: of bars and stripes. A code that is not known is grey."""
        style = self._codes.get(code)
        if style is None:
            return self.theme.muted
        return self._once("bar", code, lambda: self.theme.bar(style.dark if self.theme.dark else style.light))

    def brush(self, painter: QPainter, corner: QPointF, code: str, *, plain: bool = True) -> QBrush:
        """What fills a shape of a code: its colour, or what is left of it when not plain, in its texture."""
        colour = self.colour(code) if plain else self.faded(code)
        return brush(painter, corner, colour, self.theme.texture(code), self.theme.canvas)

    def faded(self, code: str) -> QColor:
        return self._once("faded", code, lambda: self.fade(self.colour(code)))

    def tint(self, code: str) -> QColor:
        return self._once("tint", code, lambda: self.theme.tint(self.colour(code)))

    def strong(self, code: str) -> QColor:
        return self._once("strong", code, lambda: self.theme.tint(self.colour(code), True))

    def ink(self, code: str) -> QColor:
        """The colour for words on the page."""
        return self._once("ink", code, lambda: self.theme.ink(self.colour(code)))

    def faded_ink(self, code: str) -> QColor:
        return self._once("faded ink", code, lambda: self.fade(self.ink(code)))

    def leader(self, code: str, *, plain: bool) -> QColor:
        """The colour of the way from a stripe to its name."""
        if plain:
            return self._once("leader", code, lambda: _thin(self.colour(code)))
        return self._once("faded leader", code, lambda: _thin(self.faded(code)))

    def fade(self, colour: QColor) -> QColor:
        """Any colour, as it looks while another annotation is under the pointer."""
        return mix(self.theme.canvas, colour, HIGH_FADED if self.theme.high else FADED)

    def _once(self, use: str, code: str, make: Callable[[], QColor]) -> QColor:
        made = self._made.get((use, code))
        if made is None:
            made = self._made[use, code] = make()
        return made


def _thin(colour: QColor) -> QColor:
    thin = QColor(colour)
    thin.setAlpha(LEADER)
    return thin
