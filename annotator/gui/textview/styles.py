"""Names and colours of codes, initials of coders, in the theme of the moment."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtGui import QColor

from annotator.gui.theme import Theme, mix

FADED = 0.27  # what is left of a colour while another annotation is under the pointer


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
        return "" if self.own(coder) else self._people.get(coder, "")

    def colour(self, code: str) -> QColor:
        """The colour as given: of bars and stripes. A code that is not known is grey."""
        style = self._codes.get(code)
        if style is None:
            return self.theme.muted
        return style.dark if self.theme.dark else style.light

    def faded(self, code: str) -> QColor:
        return self._once("faded", code, lambda: self.fade(self.colour(code)))

    def tint(self, code: str) -> QColor:
        return self._once("tint", code, lambda: self.theme.tint(self.colour(code)))

    def strong(self, code: str) -> QColor:
        return self._once("strong", code, lambda: self.theme.tint(self.colour(code), True))

    def ink(self, code: str) -> QColor:
        """The colour for words on the page."""
        return self._once("ink", code, lambda: self.theme.ink(self.colour(code)))

    def fade(self, colour: QColor) -> QColor:
        """Any colour, as it looks while another annotation is under the pointer."""
        return mix(self.theme.canvas, colour, FADED)

    def _once(self, use: str, code: str, make: Callable[[], QColor]) -> QColor:
        made = self._made.get((use, code))
        if made is None:
            made = self._made[use, code] = make()
        return made
